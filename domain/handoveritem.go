package domain

import (
	"strings"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// ItemsOf proposes what goes with a handover of a kind: the case first; then what the coach
// promised and is still to do, escalations and referrals that live, and the appointments
// until the return, or all that are booked when no return is known. Nothing private is
// among them.
func ItemsOf(p Participant, kind HandoverKind, today, until calendar.Day) []HandoverItem {
	var out []HandoverItem
	add := func(what HandedKind, of ID) {
		if p.whyNotHand(HandedItem{What: what, Of: of}) == "" {
			out = append(out, HandoverItem{What: what, Of: of})
		}
	}
	whole := kind == HandoverCover || kind == HandoverTransfer
	if whole {
		add(HandedCase, ID{})
		for _, x := range p.Promises {
			if x.Owner == ByCoach {
				add(HandedPromise, x.ID)
			}
		}
		for _, x := range p.Plan.Steps {
			if x.Owner == ByCoach {
				add(HandedStep, x.ID)
			}
		}
	}
	if whole || kind == HandoverQuestion {
		for _, x := range p.Escalations {
			add(HandedEscalation, x.ID)
		}
	}
	if whole || kind == HandoverReferral {
		for _, x := range p.Referrals {
			add(HandedReferral, x.ID)
		}
	}
	if whole {
		for _, a := range p.Appointments {
			if a.Day >= today && (until.IsZero() || a.Day < until) {
				add(HandedAppointment, a.ID)
			}
		}
	}
	return out
}

// HandedSays tells in a line what an item of a handover is. Whoever may see the handover
// may read it: nothing private is ever handed over.
func (p Participant) HandedSays(i HandoverItem, today calendar.Day) string {
	say := func(what, text string, scope Scope, due calendar.Day) string {
		if scope.Private() {
			return what // made private later
		}
		if text = clean.Line(text, rowTextMax); text != "" {
			what += ": " + text
		}
		if !due.IsZero() {
			what += ", by " + due.Short(today)
		}
		return what
	}
	switch i.What {
	case HandedCase:
		return "the case"
	case HandedPromise:
		if x := find(p.Promises, i.Of); x != nil {
			return say("promise", x.Text, x.Scope, x.Due)
		}
	case HandedStep:
		if x := find(p.Plan.Steps, i.Of); x != nil {
			return say("step", x.Text, x.Scope, x.Due)
		}
	case HandedEscalation:
		if x := find(p.Escalations, i.Of); x != nil {
			return say("escalation", x.Question, x.Scope, 0)
		}
	case HandedReferral:
		if x := find(p.Referrals, i.Of); x != nil {
			return say("referral", strings.Join([]string{x.Programme, x.Provider}, ", "), Shareable, 0)
		}
	case HandedAppointment:
		if x := find(p.Appointments, i.Of); x != nil {
			return say("appointment", x.Day.Short(today)+clockWords(x.Minute), x.Scope, 0)
		}
	}
	return string(i.What) + " that is not on this record any more"
}
