package domain

import (
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// handoverRules are the reasons that handovers give, to coaches and advisers alike.
var handoverRules = []func(*judge){(*judge).handedToMe, (*judge).handedByMe, (*judge).coverEnds}

// handedToMe: somebody put something into my hands, and it waits for my answer.
func (j *judge) handedToMe() {
	for _, h := range j.row.Handovers {
		if h.To != j.Me || h.State.Over() || h.Unanswered == 0 {
			continue
		}
		j.add("handover-waits", int(j.Today-h.Since), true, "handed to you %s: %s, from %s", h.Since.Distance(j.Today), h.Kind.asks(h.Until, j.Today), j.called(h.By))
	}
}

// asks says in a few words what the receiver is asked for.
func (k HandoverKind) asks(until, today calendar.Day) string {
	switch k {
	case HandoverCover:
		return "look after it until " + until.Short(today)
	case HandoverTransfer:
		return "take the case on"
	case HandoverQuestion:
		return "an escalation"
	case HandoverReferral:
		return "take the referral on"
	case HandoverCopy:
	}
	return "to know"
}

// handedByMe: what I handed over is asked about, is not taken, or nobody says anything.
func (j *judge) handedByMe() {
	for _, h := range j.row.Handovers {
		if h.By != j.Me {
			continue
		}
		who := j.receiver(h)
		switch h.State {
		case HandoverIsAsked:
			j.add("handover-asked", int(j.Today-h.Since), true, "%s asks about what you handed over: answer", who)
		case HandoverIsDeclined:
			j.add("handover-declined", 0, true, "%s did not take it: ask somebody else, or put it away", who)
		case HandoverIsDoubled:
			j.add("handover-declined", 0, true, "somebody else has it already: tell %s", who)
		case HandoverIsOpen:
			silent := j.cal.Between(h.Since, j.Today)
			if over := silent - j.Rules["handover-silent"].Days; over >= 0 {
				j.add("handover-silent", over, false, "%s has not answered for %s", who, days(silent, "working day"))
			}
		default:
		}
	}
}

// coverEnds: the time for which somebody looks after the case is over.
func (j *judge) coverEnds() {
	for _, h := range j.row.Handovers {
		if !h.Covers || h.Until > j.Today || h.Until.IsZero() {
			continue
		}
		over := int(j.Today - h.Until)
		when := "ends today"
		if over > 0 {
			when = "ended " + h.Until.Distance(j.Today)
		}
		switch j.Me {
		case h.By:
			j.add("cover-ends", over, true, "cover by %s %s: take it back", j.receiver(h), when)
		case h.To:
			j.add("cover-ends", over, false, "your cover for %s %s: hand it back", j.called(h.By), when)
		}
	}
}

// covered says who looks after the case meanwhile. It weighs nothing and stands beside what
// is to be done; alone it brings nobody into the queue.
func (j *judge) covered() {
	h, ok := j.row.Cover()
	if !ok || len(j.out) == 0 || h.Until <= j.Today {
		return
	}
	if h.To == j.Me {
		j.add("covering", 0, false, "you look after it for %s until %s", j.called(h.By), h.Until.Short(j.Today))
		return
	}
	j.add("covered", 0, false, "%s looks after it until %s", j.receiver(h), h.Until.Short(j.Today))
}

// called is the name of somebody on the staff of any desk.
func (q Queue) called(id ID) string {
	if q.Named != nil {
		if name := clean.Line(q.Named(id), clean.MaxLine); name != "" {
			return name
		}
	}
	return "a colleague"
}

func (j *judge) receiver(h RowHandover) string {
	if h.Name != "" {
		return h.Name
	}
	return j.called(h.To)
}

// here is who works at the desk that asks.
func (q Queue) here() Person {
	who := Person{ID: q.Me, Name: q.Name, Role: Coach}
	if q.Advises {
		who.Role = Adviser
	}
	return who
}

// with names the people with whom a case is, or from whom it came.
func (q Queue) with(r Row) []string {
	var out []string
	for _, h := range r.Handovers {
		if h.State.Over() {
			continue
		}
		if h.Name != "" {
			out = append(out, h.Name)
		}
		if q.Named != nil && h.To == q.Me {
			out = append(out, q.Named(h.By))
		}
	}
	return slices.Compact(out)
}

// transferAsked reports whether a handover says already that the case was offered.
func (j *judge) transferAsked() bool {
	return slices.ContainsFunc(j.row.Handovers, func(h RowHandover) bool { return h.Kind == HandoverTransfer && h.State.Waits() })
}
