package main

import (
	"fmt"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

func (sh *sheet) questions() {
	sh.section("Escalations to the adviser", len(sh.p.Escalations), func(i int) { sh.question(sh.p.Escalations[i]) })
}

// question tells one escalation: its kind, state and clock, what was agreed, and the
// whole talk about it.
func (sh *sheet) question(e domain.Escalation) {
	state := e.Kind.String() + ", " + string(e.State)
	if e.Urgent {
		state = "urgent, " + state
	}
	if e.Times > 1 {
		state += fmt.Sprintf(", asked %d times", e.Times)
	}
	if due := e.Due(sh.queue.Rules.Waits(), sh.queue.CalendarOf(sh.judged.Row)); !due.IsZero() {
		state += ", the adviser has until " + sh.due(due)
	}
	sh.put("%s  %s (%s)", sh.itemRef(e.ID), shown(e.Scope, e.Question, sh.private), state)
	more := func(label, text string, scope domain.Scope) {
		if text != "" {
			sh.put("    %s: %s", label, shown(scope, text, sh.private))
		}
	}
	more("about", strings.Join(sh.p.About(e), ", "), domain.Shareable)
	more("tried before", e.Tried, e.Scope)
	if e.Both {
		more("note", "it was withdrawn and answered at the same time: both are kept", domain.Shareable)
	}
	if e.MustBeTold() {
		more("note", "the person was not told yet", domain.Shareable)
	}
	if a := e.Agreement(); !a.ID.IsZero() {
		word := "does not want it"
		if a.Yes {
			word = "agreed"
		}
		more("the person", fmt.Sprintf("%s, %s (said by the %s, %s)", word, a.On.Short(sh.today), a.Giver, a.How), domain.Shareable)
	}
	if a, ok := sh.meetingOf(e); ok {
		more("meeting", sh.due(a.Day)+clockAfter(a.Minute), domain.Shareable)
	}
	for _, t := range e.Thread {
		who := clean.Line(sh.st.Office().Named(t.By).Name, 40)
		line := fmt.Sprintf("%s, %s%s", t.On.Short(sh.today), who, after(" (", string(t.Met)))
		if t.Met != "" {
			line += " already: both are kept)"
		}
		if t.Text != "" {
			line += ": " + shown(t.Scope, t.Text, sh.private)
		}
		more(string(t.What), line, domain.Shareable)
	}
	if e.Result != "" {
		more("result", string(e.Result), domain.Shareable)
	}
}

func (sh *sheet) meetingOf(e domain.Escalation) (domain.Appointment, bool) {
	for _, a := range sh.p.Appointments {
		if a.ID == e.Appointment && !e.Appointment.IsZero() {
			return a, true
		}
	}
	return domain.Appointment{}, false
}

func clockAfter(minute int) string {
	if minute < 0 {
		return ""
	}
	return ", " + calendar.Clock(minute)
}

type questionItem struct {
	ID       domain.ID              `json:"id"`
	Ref      string                 `json:"ref"`
	Kind     string                 `json:"kind"`
	State    domain.EscalationState `json:"state"`
	Question string                 `json:"question"`
	Scope    string                 `json:"scope"`
	Tried    string                 `json:"tried,omitempty"`
	Urgent   bool                   `json:"urgent,omitempty"`
	Informed bool                   `json:"informed,omitempty"`
	Asked    calendar.Day           `json:"asked,omitzero"`
	Accepted calendar.Day           `json:"accepted,omitzero"`
	replyItem
	helpItem
	Thread []entryItem `json:"thread"`
}

type replyItem struct {
	Need     string             `json:"need,omitempty"`
	Answer   string             `json:"answer,omitempty"`
	Answered calendar.Day       `json:"answered,omitzero"`
	Card     domain.ID          `json:"card,omitzero"`
	Result   domain.TriedResult `json:"result,omitempty"`
	Comment  string             `json:"comment,omitempty"`
	Reason   string             `json:"reason,omitempty"`
}

// helpItem is what happens beyond advice.
type helpItem struct {
	Times      int            `json:"times,omitempty"`
	Widened    string         `json:"widened,omitempty"`
	Told       *tellingItem   `json:"told,omitempty"`
	Agreement  *agreementItem `json:"agreement,omitempty"`
	Meeting    domain.ID      `json:"appointment,omitzero"`
	Held       calendar.Day   `json:"held,omitzero"`
	Begun      calendar.Day   `json:"begun,omitzero"`
	HandedBack calendar.Day   `json:"handed_back,omitzero"`
}

type tellingItem struct {
	How domain.ConsentHow `json:"how"`
	On  calendar.Day      `json:"on"`
	Who domain.Owner      `json:"who"`
}

type agreementItem struct {
	Agreed bool                `json:"agreed"`
	By     domain.ConsentGiver `json:"by"`
	How    domain.ConsentHow   `json:"how"`
	On     calendar.Day        `json:"on"`
	Reason string              `json:"reason,omitempty"`
}

type entryItem struct {
	What domain.EntryKind       `json:"what"`
	On   calendar.Day           `json:"on"`
	By   domain.ID              `json:"by"`
	Text string                 `json:"text,omitempty"`
	Met  domain.EscalationState `json:"met,omitempty"` // the state it came upon when it was too late to change it
}

func (s *subject) questionItem(e domain.Escalation, v view) questionItem {
	it := questionItem{
		ID: e.ID, Ref: s.itemRef(e.ID), Kind: e.Kind.String(), State: e.State, Question: e.Question, Scope: e.Scope.String(), Tried: e.Tried, Urgent: e.Urgent, Informed: e.Informed,
		Asked: e.Asked, Accepted: e.Accepted, replyItem: replyItem{e.Need, e.Answer, e.Answered, e.Card, e.Result, e.Comment, e.Reason},
		helpItem: helpItem{Times: e.Times, Widened: e.Widened, Meeting: e.Appointment, Held: e.Held, Begun: e.Begun, HandedBack: e.HandedBack},
		Thread:   []entryItem{},
	}
	if t := e.ToldNow(); !t.On.IsZero() {
		it.Told = &tellingItem{t.How, t.On, t.Who}
	}
	if a := e.Agreement(); !a.ID.IsZero() {
		it.Agreement = &agreementItem{a.Yes, a.Giver, a.How, a.On, a.Reason}
	}
	for _, t := range e.Thread {
		if may(t.Scope, v) {
			it.Thread = append(it.Thread, entryItem{t.What, t.On, t.By, t.Text, t.Met})
		}
	}
	return it
}
