package demo

import (
	"fmt"
	"strings"
	"time"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// fate is how somebody's story stands today.
type fate int

const (
	calm fate = iota
	answered
	asked
	accepted
	returned
	silent // asked long ago: expired, as computed
	drafted
	triedWell
	triedPartly
	triedBadly
	untried
	closed
	withdrawn
	comesToday
	outcomeMissing
	fitNoteEnding
	promiseLate
	quiet
	newcomer
	stayedAway
	rescheduled
	cameInVain
	reviewDue
	fates // how many there are
)

// fateOf gives the first people one fate each, so that a small caseload shows every
// state; of the others most are calm.
func (t *teller) fateOf(i int) fate {
	if i+1 < int(fates) {
		return fate(i + 1)
	}
	switch n := t.dice.IntN(100); {
	case n < 82:
		return calm
	case n < 88:
		return comesToday
	}
	return pick(t.dice, []fate{comesToday, comesToday, fitNoteEnding, quiet, stayedAway, newcomer, reviewDue, drafted, asked, accepted, promiseLate})
}

// live plots one life from joining to today.
func (t *teller) live(i int) {
	l := &life{story: t.names.Stories[(i+i/len(t.names.Stories))%len(t.names.Stories)]}
	l.name = t.names.Given[i%len(t.names.Given)] + " " + t.names.Family[(i*7+i/len(t.names.Given))%len(t.names.Family)]
	f := t.fateOf(i)
	joined := 120 + t.dice.IntN(230)
	if f == newcomer {
		joined = 2 + t.dice.IntN(5)
	}
	day := t.day(joined)
	at := t.at(day, t.minute())
	l.id = t.id(at)
	facts := t.facts(l)
	t.scene(l, at, ByCoach, func(l *life) []domain.Command {
		return []domain.Command{domain.Join{ID: l.id, Facts: facts}}
	})
	if f != newcomer {
		t.talks(l, f, joined)
	}
}

func (t *teller) facts(l *life) map[domain.Fact]string {
	s := l.story
	facts := map[domain.Fact]string{
		domain.FactName: l.name, domain.FactMatters: s.Matters, domain.FactEmployment: s.Employment, domain.FactGroup: s.Group,
		domain.FactNotContact: s.NotContact, domain.FactLanguage: s.Language, domain.FactInterpreter: s.Interpreter,
		domain.FactRepresentative: s.Representative, domain.FactHours: s.Hours,
		domain.FactCouncil:  pick(t.dice, t.names.Councils),
		domain.FactPostcode: fmt.Sprintf("%s %d%c%c", pick(t.dice, t.names.Outcodes), t.dice.IntN(10), "ABDEFGHJLNPQRSTUWXYZ"[t.dice.IntN(20)], "ABDEFGHJLNPQRSTUWXYZ"[t.dice.IntN(20)]),
		domain.FactPhone:    fmt.Sprintf("07700 900%03d", t.dice.IntN(1000)), // Ofcom keeps these numbers for drama
		domain.FactBirth:    calendar.Date(1962+t.dice.IntN(42), time.Month(1+t.dice.IntN(12)), 1+t.dice.IntN(28)).String(),
	}
	if t.dice.IntN(4) > 0 {
		facts[domain.FactNino] = fmt.Sprintf("QQ%06d%c", t.dice.IntN(1_000_000), 'A'+rune(t.dice.IntN(4)))
	}
	for k, v := range facts {
		if v == "" {
			delete(facts, k)
		}
	}
	return facts
}

// talks plots the sessions up to the last, and then what the fate asks for.
func (t *teller) talks(l *life, f fate, joined int) {
	last := 6 + t.dice.IntN(12) // days ago
	switch f {
	case quiet:
		last = 40 + t.dice.IntN(30)
	case stayedAway:
		last = 24 + t.dice.IntN(10)
	}
	n := 3 + t.dice.IntN(3)
	gap := max(7, (joined-last)/n)
	for k := range n {
		ago := last + (n-1-k)*gap
		t.talk(l, f, k, n, ago)
	}
	t.ending(l, f, last)
}

// talk plots one session: its note with marks, what was done since the one before,
// and the next appointment when another session follows.
func (t *teller) talk(l *life, f fate, k, n, ago int) {
	talk := l.story.Talks[min(k, len(l.story.Talks)-1)]
	final := k == n-1
	note := t.note(l, k, talk, final, f)
	channel := pick(t.dice, []string{"face to face", "face to face", "phone"})
	at := t.at(t.day(ago), t.minute())
	if k > 1 && k < n-1 && t.dice.IntN(4) == 0 { // a gap as in every life
		why := pick(t.dice, []domain.Outcome{domain.DidNotCome, domain.CameNot, domain.Rescheduled})
		t.scene(l, at, ByCoach, func(l *life) []domain.Command {
			c := domain.RecordSession{Participant: l.id, Outcome: why, Channel: channel, Reason: "unwell that day"}
			if why == domain.Rescheduled {
				c.MovedBy = domain.ByPerson
			}
			return []domain.Command{c}
		})
		return
	}
	t.scene(l, at, ByCoach, func(l *life) []domain.Command {
		cs := []domain.Command{domain.RecordSession{Participant: l.id, Outcome: domain.Happened, Channel: channel, Length: 15 + 5*t.dice.IntN(3), Text: note}}
		if k == 0 {
			cs = append(cs, domain.SetGoal{Participant: l.id, Text: l.story.Goal})
		}
		if k > 0 {
			cs = append(cs, l.settleBefore(t.dice.IntN(5) > 0)...)
		}
		return cs
	})
}

// settleBefore is what a coach ticks at the beginning of the next talk.
func (l *life) settleBefore(kept bool) []domain.Command {
	var cs []domain.Command
	if n := len(l.promises); n > 0 {
		status := domain.PromiseKept
		if !kept {
			status = domain.PromiseReleased
		}
		cs = append(cs, domain.SettlePromise{Participant: l.id, Promise: l.promises[n-1], Status: status})
	}
	if n := len(l.steps); n > 0 {
		status, reason := domain.StepDone, ""
		if !kept {
			status, reason = domain.StepDropped, "another way was found"
		}
		cs = append(cs, domain.ChangeStep{Participant: l.id, Step: l.steps[n-1], Status: &status, Reason: reason})
	}
	return cs
}

// note writes a session's note as a coach would, with marks.
func (t *teller) note(l *life, k int, talk Talk, final bool, f fate) string {
	var b strings.Builder
	b.WriteString(talk.Said + "\n")
	within, promised := fmt.Sprintf("%dw", 3+t.dice.IntN(2)), fmt.Sprintf("%dw", 2+t.dice.IntN(2))
	if final {
		within, promised = fmt.Sprintf("%dw", 4+t.dice.IntN(3)), "6w"
		if f == promiseLate {
			promised = "3d"
		}
	}
	fmt.Fprintf(&b, "! %s by %s\n", talk.Step, within)
	fmt.Fprintf(&b, "> me: %s by %s\n", talk.Promise, promised)
	if k == 0 {
		for _, x := range l.story.Barriers {
			b.WriteString("# " + x + "\n")
		}
		for _, x := range l.story.Adjustments {
			b.WriteString("+ " + x + "\n")
		}
	}
	if final && f == drafted {
		b.WriteString("? " + l.story.Question + "\n")
	}
	if k == 1 && l.story.Third != "" {
		b.WriteString("[third party] " + l.story.Third + "\n\n")
	}
	if k == 2 && l.story.Private != "" {
		b.WriteString("[coach only] " + l.story.Private + "\n")
	}
	return b.String()
}
