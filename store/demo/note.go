package demo

import (
	"fmt"
	"strings"

	"coachdesk/domain/calendar"
)

// note writes a session's note as a coach would, with marks.
func (t *teller) note(l *life, p course, k int) string {
	s, final := l.story, k == len(p.talks)-1
	var talk Talk
	switch {
	case final && p.works:
		talk = pick(t.dice, t.names.InWork)
	case k < len(s.Talks):
		talk = s.Talks[k]
	default: // one after the other, so that nobody says the same twice
		talk = t.names.Later[(int(l.id[15])+k)%len(t.names.Later)]
	}
	by := func(d calendar.Day) string {
		if p.fate == quiet && final {
			return "" // nothing was dated, and nobody came back to it
		}
		return " by " + t.short(d)
	}
	step, promise, theirs := t.dues(p, k)
	var b strings.Builder
	if t.chance(60) {
		b.WriteString(pick(t.dice, t.names.Openers) + " ")
	}
	fmt.Fprintf(&b, "%s\n! %s%s\n> me: %s%s\n", talk.Said, talk.Step, by(step), talk.Promise, by(promise))
	if t.chance(40) {
		first, _, _ := strings.Cut(l.name, " ")
		fmt.Fprintf(&b, "> %s: %s%s\n", first, pick(t.dice, t.names.Brings), by(theirs))
	}
	if k == 1 {
		fmt.Fprintf(&b, "! %s: %s%s\n", s.Also.Owner, s.Also.Text, by(theirs))
	}
	if k == 0 {
		for _, x := range s.Barriers {
			b.WriteString("# " + x + "\n")
		}
		for _, x := range s.Adjustments {
			b.WriteString("+ " + x + "\n")
		}
	}
	if final && p.fate == drafted {
		b.WriteString("? " + s.Question + "\n")
	}
	if k == 1 && s.Third != "" {
		b.WriteString("[third party] " + s.Third + "\n\n")
	}
	if k == 2 && s.Private != "" {
		b.WriteString("[coach only] " + s.Private + "\n")
	}
	return b.String()
}

// dues are the dates of a note's marks: until the next talk, and after the last one
// some time from today, unless the fate wants them late.
func (t *teller) dues(p course, k int) (step, promise, theirs calendar.Day) {
	if k < len(p.talks)-1 {
		next := p.talks[k+1].Day
		return next, min(next, t.open(p.talks[k].Day+calendar.Day(2+t.dice.IntN(12)))), next
	}
	after := func() calendar.Day { return t.open(t.today + calendar.Day(4+t.dice.IntN(30))) }
	step, promise, theirs = after(), after(), after()
	if p.fate == promiseLate || p.also == promiseLate {
		promise = t.today - calendar.Day(t.dice.IntN(4))
	}
	if p.fate == stepLate {
		step = t.today - calendar.Day(1+t.dice.IntN(5))
	}
	return step, promise, theirs
}
