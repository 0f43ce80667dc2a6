package domain

import (
	"fmt"
	"strings"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Says tells a handover in one line to whoever reads it: between whom, what for, since when,
// and where it stands. Who looks after the case now is said as that.
func (h Handover) Says(me ID, named func(ID) string, today calendar.Day) string {
	by := clean.Line(named(h.By), clean.MaxLine)
	if by == "" {
		by = "a colleague"
	}
	to := clean.Line(h.ToName, clean.MaxLine)
	if h.Covers() {
		until := "until " + h.Until.Short(today)
		if h.Until <= today {
			until = "and was to until " + h.Until.Short(today)
		}
		switch me {
		case h.To:
			return "You look after this for " + by + " " + until + "."
		case h.By:
			return to + " looks after this for you " + until + "."
		}
		return to + " looks after this for " + by + " " + until + "."
	}
	line := fmt.Sprintf("Handed to %s by %s %s", to, by, h.On.Short(today))
	switch me {
	case h.To:
		line = "Handed over by " + by + " " + h.On.Short(today)
	case h.By:
		line = "Handed to " + to + " " + h.On.Short(today)
	}
	return line + ", " + h.Kind.Says() + ": " + h.stateWords(today) + "."
}

// stateWords say where a handover stands, and how much of it.
func (h Handover) stateWords(today calendar.Day) string {
	switch s := h.State(); s {
	case HandoverIsEnded:
		return "over since " + h.Ended.Short(today)
	case HandoverIsRecalled:
		return "called back " + h.Recalled.Short(today)
	case HandoverIsDoubled:
		return "somebody else has it"
	case HandoverIsToKnow:
		return "sent"
	default:
		if len(h.Items) < 2 {
			return string(s)
		}
		var parts []string
		for _, a := range []HandoverAnswer{HandoverTaken, HandoverNotMine, HandoverAsked, ""} {
			if n := h.Count(a); n > 0 {
				word := string(a)
				if a == "" {
					word = "unanswered"
				}
				parts = append(parts, fmt.Sprintf("%d %s", n, word))
			}
		}
		return strings.Join(parts, ", ")
	}
}

// Tells are the lines of what was said about a handover after it was offered, oldest first.
func (h Handover) Tells(named func(ID) string, today calendar.Day) []string {
	var out []string
	for _, t := range h.Log {
		if t.What == HandoverActOffered {
			continue
		}
		what := string(t.What)
		if t.What == HandoverActAnswered {
			what = string(t.Answer)
			if n := len(t.Items); n > 1 {
				what += fmt.Sprintf(" (%d things)", n)
			}
		}
		line := t.On.Short(today) + ", " + clean.Line(named(t.By), clean.MaxLine) + ": " + what
		if t.Words != "" {
			line += ": " + t.Words
		}
		if t.Late {
			line += " (another desk had settled it)"
		}
		out = append(out, line)
	}
	return out
}
