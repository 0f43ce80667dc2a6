package participant

import (
	"fmt"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// due says a date with its distance.
func (s *Participant) due(d calendar.Day) string {
	if d.IsZero() {
		return "no date"
	}
	return d.Short(s.today()) + ", " + d.Distance(s.today())
}

// private folds text that others beside the screen should not read.
func (s *Participant) private(sc domain.Scope, text string) string {
	if !sc.Private() || s.unfold {
		return text
	}
	return "[" + sc.String() + ", folded: press o to read]"
}

func (s *Participant) called(o domain.Owner) string {
	return s.p.Callers(s.world.Desk.Who(), s.world.Desk.Office()).Called(o)
}

// timeline is everything that happened, newest first, one entry a batch.
func (s *Participant) timeline() {
	past := s.p.Past()
	undone := domain.Undone(past)
	var last calendar.Day
	for i := len(past) - 1; i >= 0; {
		j := i
		for j > 0 && past[j-1].Command == past[i].Command {
			j--
		}
		r := past[i]
		if r.Day != last {
			s.head(r.Day.Short(s.today()) + ", " + r.Day.Distance(s.today()))
			last = r.Day
		}
		s.batch(past[j:i+1], undone[r.Command])
		i = j - 1
	}
}

func (s *Participant) batch(rs []domain.Record, undone bool) {
	t := s.world.Theme
	e := entry{kind: aBatch, id: rs[0].Command}
	who := clean.Line(s.world.Desk.Office().Named(rs[0].By).Name, 40)
	for _, r := range rs {
		if why := s.p.WhyNoEffect(r); why != "" {
			e.ink = t.Muted
			who += ", no effect: " + why
			break
		}
	}
	if undone {
		e.ink = t.Muted
		who += ", undone"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s)", rs[0].Event.Sentence(), who)
	b.WriteString(s.more(rs))
	seen := map[string]int{}
	for _, r := range rs[1:] {
		if _, note := r.Event.(domain.Noted); !note {
			seen[r.Event.Sentence()]++
		}
	}
	for _, r := range rs[1:] {
		sentence := r.Event.Sentence()
		switch n := seen[sentence]; {
		case n > 1:
			fmt.Fprintf(&b, "\n%s (%d times)", sentence, n)
		case n == 1:
			b.WriteString("\n" + sentence)
		}
		delete(seen, sentence)
	}
	for _, r := range rs {
		if n, ok := r.Event.(domain.Noted); ok {
			b.WriteString("\n" + s.noteText(s.firstWords(n, r.Scope)))
		}
	}
	s.say(e, b.String())
}

// ref is what the command line calls this person.
func (s *Participant) ref() string {
	rows, err := s.world.Desk.Rows()
	if err != nil {
		return s.id.String()
	}
	return s.id.Ref(domain.RefLength(domain.RowIDs(rows)))
}

// details are all facts, known or not.
func (s *Participant) details() {
	t := s.world.Theme
	s.put(entry{kind: plain, lines: []string{fmt.Sprintf("%-26s %s", "Reference", s.ref())}, ink: t.Muted})
	s.linked()
	for _, f := range domain.Facts {
		s.fact(f)
	}
	s.head("Adjustments")
	for _, a := range s.p.Adjustments {
		if !a.Removed {
			s.say(entry{kind: anAdjustment, id: a.ID}, "+ "+s.private(a.Scope, a.Text))
		}
	}
	s.none("none recorded")
	s.retained()
}

// fact is a line of what is known of somebody, or that it is not.
func (s *Participant) fact(f domain.FactField) {
	v, e := s.p.Fact(f.Key), entry{kind: aFact, fact: f.Key}
	if f.Key == domain.FactNino && v != "" {
		v = domain.MaskNino(v)
	}
	if f.Dated() {
		if d, err := calendar.ParseISO(v); err == nil {
			v = d.Short(0)
		}
	}
	if v == "" {
		v, e.ink = "not recorded", s.world.Theme.Muted
	}
	s.say(e, fmt.Sprintf("%-26s %s", f.Label, strings.ReplaceAll(v, "\n", " / ")))
}
