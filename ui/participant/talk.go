package participant

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
)

// talkActions are what a record offers around a talk.
func (s *Participant) talkActions() []screen.Action {
	return []screen.Action{
		{Keys: []string{"b"}, Name: "Brief: what matters before a talk, and what changed since the last", Short: "brief", Do: func() screen.Effect { return screen.Go{To: screen.Brief{Participant: s.id}} }},
		{Keys: []string{"*"}, Name: "Ask how they see it themselves: three questions", Do: s.askRating, Not: s.mayNotRate},
	}
}

// draftPlace is where a draft is gone on with.
func draftPlace(d domain.Draft) screen.Place {
	switch d.Place {
	case "session":
		return screen.Session{Participant: d.Participant, Draft: d.ID}
	case "note":
		return screen.Note{Participant: d.Participant, Draft: d.ID}
	case "amendment":
		return screen.Amend{Participant: d.Participant, Item: d.About, Draft: d.ID}
	case "answer":
		return screen.Answer{Participant: d.Participant, Escalation: d.About}
	case "return":
		return screen.Answer{Participant: d.Participant, Escalation: d.About, What: screen.ReplyReturn}
	case "review":
		return screen.Answer{Participant: d.Participant, Escalation: d.About, What: screen.ReplyReview}
	case "handback":
		return screen.Answer{Participant: d.Participant, Escalation: d.About, What: screen.ReplyHandBack}
	case "say":
		return screen.Answer{Participant: d.Participant, Escalation: d.About, What: screen.ReplySay}
	case "refer":
		return screen.Refer{Participant: d.Participant, Programme: d.Fields["programme"], Referral: d.About, Draft: d.ID}
	case "handover":
		return screen.HandOver{People: []domain.ID{d.Participant}}
	case "card":
		return screen.CardForm{Participant: d.Participant, Escalation: d.About}
	}
	return screen.Ask{Participant: d.Participant, Escalation: d.About, Draft: d.ID}
}

// unfinished says what was left.
func (s *Participant) unfinished(d domain.Draft) string {
	what := map[string]string{
		"session": "a session is written and not saved", "note": "a note is written and not saved", "amendment": "an amendment is written and not saved",
		"answer": "an answer is written and not sent", "return": "what is missing is written and not sent",
		"review": "a review of direct support is written and not saved", "handback": "a handing back is written and not sent",
		"say": "words about a question are written and not sent", "card": "an advice card is written and not saved",
		"refer": "a referral is written and not sent", "handover": "a handover is written and not offered",
	}[d.Place]
	if what == "" {
		what = "a question is written and not sent"
	}
	return what + ", " + calendar.Of(d.At).Short(s.today()) + " " + d.At.Format("15:04") + ": enter goes on"
}

// draft is the draft under the cursor.
func (s *Participant) draft() (domain.Draft, bool) {
	e := s.chosen()
	for _, d := range s.drafts {
		if e.kind == aDraft && d.ID == e.id {
			return d, true
		}
	}
	return domain.Draft{}, false
}

func (s *Participant) openDraft() screen.Effect {
	d, ok := s.draft()
	if !ok {
		return nil
	}
	return screen.Go{To: draftPlace(d)}
}

func (s *Participant) mayNotRate() string {
	if len(s.queue.Sessions.Rating) == 0 {
		return "The office asks no questions of this kind."
	}
	return domain.WhyNotDo(s.world.Desk.Who().Role, domain.RatingGiven{})
}

// askRating asks one question after another. The person may see the screen and point.
func (s *Participant) askRating() screen.Effect { return s.askFrom(nil) }

func (s *Participant) askFrom(said []domain.RatingAnswer) screen.Effect {
	all := s.queue.Sessions.Rating
	if len(said) == len(all) {
		return do(domain.Rate{Participant: s.id, Answers: said})
	}
	q := all[len(said)]
	ask := screen.Choose{Title: q.Asks, Note: "They answer, not we. esc leaves all three out."}
	for n := 1; n <= domain.RatingMost; n++ {
		label := ""
		switch n {
		case 1:
			label = q.Low
		case domain.RatingMost:
			label = q.High
		}
		next := append(append([]domain.RatingAnswer{}, said...), domain.RatingAnswer{Question: q.Key, Value: n})
		ask.Choices = append(ask.Choices, screen.Choice{Key: strconv.Itoa(n), Label: label, Then: s.askFrom(next)})
	}
	return ask
}

// ratings show how the person saw it over time: a small chart, and the words for it.
func (s *Participant) ratings() {
	if len(s.p.Ratings) == 0 {
		return
	}
	s.head("How they see it")
	for _, q := range s.queue.Sessions.Rating {
		course := s.p.Course(q.Key)
		if len(course) == 0 {
			continue
		}
		last := course[len(course)-1]
		text := fmt.Sprintf("%s %s  %d of %d", kit.Fill(q.Short, 14), kit.Spark(course, domain.RatingMost, 24, s.world.Theme.Plain), last, domain.RatingMost)
		if len(course) > 1 {
			text += fmt.Sprintf(", first %d: %s", course[0], moved(last-course[0]))
		}
		s.say(entry{kind: plain}, text+fmt.Sprintf("  (1 %s, %d %s)", q.Low, domain.RatingMost, q.High))
	}
}

func moved(by int) string {
	switch {
	case by > 0:
		return "more than at first"
	case by < 0:
		return "less than at first"
	}
	return "as at first"
}

// amendHere amends what the cursor is on: the note or the session of an entry.
func (s *Participant) amendHere() screen.Effect {
	to := func(id domain.ID) screen.Effect {
		return screen.Go{To: screen.Amend{Participant: s.id, Item: id}}
	}
	note, held := s.amendable()
	switch {
	case note.IsZero() && held.IsZero():
		return nil
	case held.IsZero():
		return to(note)
	case note.IsZero():
		return to(held)
	}
	return screen.Choose{Title: "Amend what?", Choices: []screen.Choice{
		{Key: "n", Label: "the note", Then: to(note)},
		{Key: "s", Label: "the session: outcome, length, channel, kind, who was there", Then: to(held)},
	}}
}

// amendable returns the note and the session of the entry under the cursor.
func (s *Participant) amendable() (note, held domain.ID) {
	e := s.chosen()
	for _, r := range s.p.Past() {
		if e.kind != aBatch || r.Command != e.id {
			continue
		}
		switch e := r.Event.(type) {
		case domain.Noted:
			note = e.ID
		case domain.NoteAmended:
			note = e.ID
		case domain.SessionHeld:
			held = e.ID
		case domain.SessionAmended:
			held = e.ID
		}
	}
	return note, held
}

func (s *Participant) whyNotAmendHere() string {
	note, held := s.amendable()
	if held.IsZero() {
		held = note
	}
	if held.IsZero() {
		return "Only a note or a session is amended. Choose one."
	}
	return s.p.WhyNotAmend(held, s.world.Desk.Stamp())
}

// more is what a record says beyond its sentence: how a session was held, and what was
// amended, with what it said before.
func (s *Participant) more(rs []domain.Record) string {
	var b strings.Builder
	var told domain.ID // the note or version that was told: its parts are several records
	for _, r := range rs {
		switch e := r.Event.(type) {
		case domain.Noted:
			for _, n := range s.p.Notes {
				if v := len(n.Amended); n.ID == e.ID && v > 0 && told != n.ID {
					told = n.ID
					b.WriteString("\nThe note as it was first written " + s.amendedSince(n.Amended[v-1].On, n.Apart))
				}
			}
		case domain.SessionHeld:
			b.WriteString("\n" + (domain.Account{Outcome: e.Outcome, Length: e.Length, Channel: e.Channel, MovedBy: e.MovedBy, Kind: e.For, Present: e.Present, Interpreter: e.Interpreter}).String())
			for _, x := range s.p.Sessions {
				if x.ID == e.ID && len(x.Versions) > 1 {
					b.WriteString("\n" + s.amendedSince(x.Versions[len(x.Versions)-1].On, x.Apart))
				}
			}
		case domain.Cancelled:
			if e.Reason != "" {
				b.WriteString("\n" + s.private(r.Scope, e.Reason))
			}
		case domain.SessionAmended:
			b.WriteString(s.sessionWas(e))
		case domain.NoteAmended:
			if e.Version != told {
				b.WriteString(s.noteWas(e))
			}
			told = e.Version
		}
	}
	return b.String()
}

func (s *Participant) amendedSince(on calendar.Day, apart bool) string {
	text := "(amended " + on.Short(s.today()) + ")"
	if apart {
		text = "(amended on two desks that did not know of each other; the later shows, both are here)"
	}
	return text
}

// sessionWas tells an amendment: why, and what was said before.
func (s *Participant) sessionWas(e domain.SessionAmended) string {
	for _, x := range s.p.Sessions {
		for i, v := range x.Versions {
			if v.ID == e.Version && i > 0 {
				return "\nNow: " + v.String() + "\nWas: " + x.Before(v).String() + "\nWhy: " + clean.Line(v.Reason, clean.MaxLine)
			}
		}
	}
	return ""
}

// noteWas tells an amendment of a note, private paragraphs folded.
func (s *Participant) noteWas(e domain.NoteAmended) string {
	for i := range s.p.Notes {
		n := &s.p.Notes[i]
		for _, v := range n.Amended {
			if n.ID != e.ID || v.ID != e.Version {
				continue
			}
			text := "\n" + s.noteText(n.Was(v.ID, s.may)) + "\nAmended, was: " + s.noteText(n.Was(n.BeforeID(v.ID), s.may))
			if n.Apart {
				text += "\n(two desks amended it and did not know of each other; the later shows, both are here)"
			}
			if v.Reason != "" {
				text += "\nWhy: " + s.private(v.Scope, clean.Line(v.Reason, clean.MaxLine))
			}
			return text
		}
	}
	return ""
}

// firstWords is a part of a note as it was first written, without what became private.
func (s *Participant) firstWords(e domain.Noted, sc domain.Scope) domain.Note {
	for _, n := range s.p.Notes {
		if n.ID == e.ID {
			was := n.Was(domain.ID{}, s.may)
			was.Parts = slices.DeleteFunc(was.Parts, func(p domain.Part) bool { return p.Scope != sc })
			return was
		}
	}
	return domain.Note{Parts: []domain.Part{{Scope: sc, Lines: e.Lines}}}
}
