package main

import (
	"fmt"
	"strconv"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// companyItem is what a session was for and who was there, for --json.
type companyItem struct {
	Kind        domain.SessionKind `json:"kind,omitempty"`
	Present     []string           `json:"present,omitempty"`
	Interpreter string             `json:"interpreter,omitempty"`
	wasItem
}

// wasItem is what was amended, for --json.
type wasItem struct {
	Amended []amendedItem `json:"amended,omitempty"`
	Apart   bool          `json:"amended_apart,omitempty"` // on two desks that did not know of each other
}

// amendedItem is one amendment: when, why, and what it said before.
type amendedItem struct {
	On     calendar.Day `json:"on"`
	Reason string       `json:"reason,omitempty"`
	Was    string       `json:"was,omitempty"`
}

// ratingItem is how a person saw it on a day, for --json.
type ratingItem struct {
	ID      domain.ID             `json:"id"`
	Ref     string                `json:"ref"`
	Day     calendar.Day          `json:"day"`
	Session domain.ID             `json:"session,omitzero"`
	Answers []domain.RatingAnswer `json:"answers"`
}

func (s *subject) ratingItems() []ratingItem {
	var all []ratingItem
	for _, r := range s.p.Ratings {
		all = append(all, ratingItem{r.ID, s.itemRef(r.ID), r.Day, r.Session, r.Answers})
	}
	return all
}

func (s *subject) company(x domain.Session) companyItem {
	it := companyItem{Kind: x.Kind, Present: x.Present, Interpreter: x.Interpreter}
	it.Apart = x.Apart
	for i, v := range x.Versions {
		if i > 0 {
			it.Amended = append(it.Amended, amendedItem{v.On, v.Reason, x.Before(v).String()})
		}
	}
	return it
}

// noteWas tells the amendments of a note, in the scopes that may be shown.
func (s *subject) noteWas(n domain.Note, v view) wasItem {
	it := wasItem{Apart: n.Apart}
	for _, a := range n.Amended {
		show := func(sc domain.Scope) bool { return may(sc, v) }
		one := amendedItem{On: a.On, Was: n.Was(n.BeforeID(a.ID), show).Text(show)}
		if may(a.Scope, v) {
			one.Reason = a.Reason
		}
		it.Amended = append(it.Amended, one)
	}
	return it
}

// may reports whether text of a scope may be shown.
func (sh *sheet) may(sc domain.Scope) bool { return !sc.Private() || sh.private }

// noteWas tells in lines what was amended of a note.
func (sh *sheet) noteWas(n domain.Note) string {
	text := ""
	for _, a := range n.Amended {
		text += "\n(amended " + a.On.Short(sh.today)
		if a.Reason != "" {
			text += ": " + shown(a.Scope, a.Reason, sh.private)
		}
		text += "; was: " + strings.ReplaceAll(noteShown(n.Was(n.BeforeID(a.ID), sh.may), sh.private), "\n", " / ") + ")"
	}
	return text + apart(n.Apart)
}

// sessionWas tells in lines what was amended of a session.
func (sh *sheet) sessionWas(x domain.Session) string {
	text := ""
	for i, v := range x.Versions {
		if i > 0 {
			text += fmt.Sprintf("\n(amended %s: %s; was: %s)", v.On.Short(sh.today), v.Reason, x.Before(v))
		}
	}
	return text + apart(x.Apart)
}

func apart(is bool) string {
	if !is {
		return ""
	}
	return "\n(two desks amended it and did not know of each other; the later is shown)"
}

// ratings are how the person saw it over time, as numbers with the words for both ends.
func (sh *sheet) ratings() {
	if len(sh.p.Ratings) == 0 {
		return
	}
	sh.head("How they see it")
	for _, q := range sh.queue.Sessions.Rating {
		var course []string
		for _, v := range sh.p.Course(q.Key) {
			course = append(course, strconv.Itoa(v))
		}
		if len(course) > 0 {
			sh.put("%s: %s (1 %s, %d %s)", q.Short, strings.Join(course, " "), q.Low, domain.RatingMost, q.High)
		}
	}
}
