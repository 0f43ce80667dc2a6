// Package sweep goes at the end of the day through the sessions of which nobody said
// how they went, one key each. It shows one person at a time.
package sweep

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
)

// Sweep is the walk through them.
type Sweep struct {
	world screen.World
	whose domain.ID // zero for everybody's
	late  []domain.Taken
	more  int // those of colleagues
	plan  string
	how   string             // to meet, as it was booked
	left  map[domain.ID]bool // appointments that are left for later
	done  []step
	today calendar.Day
	width int
}

// step is one key that was pressed: an outcome, or an appointment left for later.
type step struct {
	at    domain.Taken
	batch domain.ID // zero when it was left
	words string
}

// New returns the sweep of whoever works.
func New(w screen.World) *Sweep {
	return &Sweep{world: w, whose: w.Desk.Who().ID, left: map[domain.ID]bool{}}
}

// Title implements screen.Screen.
func (s *Sweep) Title() string { return "End-of-day sweep" }

// Fit implements screen.Screen.
func (s *Sweep) Fit(w, _ int) { s.width = w }

// Read implements screen.Screen.
func (s *Sweep) Read() error {
	d, err := s.world.Desk.Diary()
	if err != nil {
		return err
	}
	q := s.world.Desk.Queue()
	s.today = q.Today
	s.late = d.Unsettled(q.Today, q.Minute, s.whose)
	s.more = len(d.Unsettled(q.Today, q.Minute, domain.ID{})) - len(s.late)
	return s.planned()
}

// planned reads what the one on screen was booked for.
func (s *Sweep) planned() error {
	s.plan, s.how = "", ""
	t, ok := s.current()
	if !ok {
		return nil
	}
	p, err := s.world.Desk.Participant(t.Participant)
	if err != nil {
		return err
	}
	for _, a := range p.Appointments {
		if a.ID != t.Appointment {
			continue
		}
		words := []string{a.Kind.String(), fmt.Sprintf("%d minutes", domain.MinutesOf(a.Length))}
		if a.Channel != "" {
			words = append(words, a.Channel)
		}
		if a.Purpose != "" && !a.Scope.Private() {
			words = append(words, a.Purpose)
		}
		s.how = a.Channel
		s.plan = clean.Line(strings.Join(words, ", "), 300)
	}
	return nil
}

// current returns the one that waits for a key: the oldest that was not left.
func (s *Sweep) current() (domain.Taken, bool) {
	for _, t := range s.late {
		if !s.left[t.Appointment] {
			return t, true
		}
	}
	return domain.Taken{}, false
}

// Actions implements screen.Screen.
func (s *Sweep) Actions() []screen.Action {
	nobody := func() string {
		if _, ok := s.current(); !ok {
			return "Nothing waits for an outcome here."
		}
		return ""
	}
	may := func() string {
		if why := nobody(); why != "" {
			return why
		}
		return domain.WhyNotDo(s.world.Desk.Who().Role, domain.SessionHeld{})
	}
	says := func(o domain.Outcome) func() screen.Effect { return func() screen.Effect { return s.settle(o) } }
	open := func(place func(domain.Taken) screen.Place) func() screen.Effect {
		return func() screen.Effect {
			t, _ := s.current()
			return screen.Go{To: place(t)}
		}
	}
	everybody := "Sweep everybody's"
	if s.whose.IsZero() {
		everybody = "Sweep my own"
	}
	return append([]screen.Action{
		{Keys: []string{"h"}, Name: "It happened", Short: "happened", Do: says(domain.Happened), Not: may},
		{Keys: []string{"d"}, Name: "They did not come", Short: "did not come", Do: says(domain.DidNotCome), Not: may},
		{Keys: []string{"c"}, Name: "They came, but it did not happen", Short: "came, not held", Do: says(domain.CameNot), Not: may},
		{Keys: []string{"n"}, Name: "Leave it for later and go on", Short: "next", Do: s.skip, Not: nobody},
		{Keys: []string{"u"}, Name: "Undo the last key", Short: "undo", Do: s.undo, Not: func() string {
			if len(s.done) == 0 {
				return "No key was pressed here yet."
			}
			return ""
		}},
		{Keys: []string{"enter"}, Name: "Open the record", Short: "open", Not: nobody, Do: open(func(t domain.Taken) screen.Place { return screen.Participant{ID: t.Participant} })},
		{Keys: []string{"s"}, Name: "Write the session up with a note", Not: may, Do: open(func(t domain.Taken) screen.Place {
			return screen.Session{Participant: t.Participant, Appointment: t.Appointment}
		})},
		{Keys: []string{"W"}, Name: everybody, Do: s.widen},
	}, screen.Everywhere()...)
}

// settle says how the one on screen went, and goes on by itself when that is saved.
func (s *Sweep) settle(o domain.Outcome) screen.Effect {
	t, ok := s.current()
	if !ok {
		return nil
	}
	words, how := s.called(t)+": "+string(o), ""
	if o == domain.Happened {
		how = s.how
	}
	return screen.Do{
		Commands: []domain.Command{domain.RecordSession{Participant: t.Participant, Appointment: t.Appointment, Outcome: o, Day: t.Day, Channel: how}},
		After: func(r domain.Receipt) screen.Effect {
			s.done = append(s.done, step{t, r.Batch, words})
			return screen.Say{Text: words + ". u undoes it."}
		},
	}
}

func (s *Sweep) skip() screen.Effect {
	t, ok := s.current()
	if !ok {
		return nil
	}
	s.left[t.Appointment] = true
	s.done = append(s.done, step{at: t, words: s.called(t) + ": left for later"})
	if err := s.planned(); err != nil {
		return screen.Say{Text: err.Error()}
	}
	return nil
}

// undo takes the last key back. The one that it was about is on screen again.
func (s *Sweep) undo() screen.Effect {
	last := s.done[len(s.done)-1]
	if last.batch.IsZero() {
		delete(s.left, last.at.Appointment)
		s.done = s.done[:len(s.done)-1]
		if err := s.planned(); err != nil {
			return screen.Say{Text: err.Error()}
		}
		return nil
	}
	return screen.Do{
		Commands: []domain.Command{domain.Undo{Participant: last.at.Participant, Batch: last.batch}},
		After: func(domain.Receipt) screen.Effect {
			s.done = s.done[:len(s.done)-1]
			return nil
		},
	}
}

// widen changes between one's own and everybody's.
func (s *Sweep) widen() screen.Effect {
	if s.whose.IsZero() {
		s.whose = s.world.Desk.Who().ID
	} else {
		s.whose = domain.ID{}
	}
	if err := s.Read(); err != nil {
		return screen.Say{Text: err.Error()}
	}
	return nil
}

// Update implements screen.Screen.
func (s *Sweep) Update(tea.Msg) screen.Effect { return nil }

func (s *Sweep) called(t domain.Taken) string { return clean.Line(t.Name, 60) }

// View implements screen.Screen.
func (s *Sweep) View() (string, *tea.Cursor) {
	th := s.world.Theme
	open := len(s.late)
	for _, t := range s.late {
		if s.left[t.Appointment] {
			open--
		}
	}
	settled := 0
	for _, d := range s.done {
		if !d.batch.IsZero() {
			settled++
		}
	}
	whose := "Sessions of mine without an outcome"
	if s.whose.IsZero() {
		whose = "All sessions without an outcome"
	}
	out := []string{kit.Ends("  "+th.Accent.Paint(whose), th.Muted.Paint(fmt.Sprintf("%d settled, %d left ", settled, len(s.late))), s.width), ""}
	t, ok := s.current()
	if !ok {
		return strings.Join(append(out, s.ending(settled)...), "\n"), tea.NewCursor(2, len(out))
	}
	when := t.Day.Short(s.today) + ", " + t.Day.Distance(s.today)
	if t.From >= 0 {
		when = calendar.Clock(t.From) + ", " + when
	}
	at := len(out)
	out = append(out,
		th.Selected.Paint(kit.Fill(th.Glyphs.Cursor+" "+s.called(t)+"   "+when, s.width)),
		"  "+kit.Cut(s.plan, max(0, s.width-4)), "",
		"  "+s.keys(), "",
	)
	if open > 1 {
		out = append(out, "  "+th.Muted.Paint(fmt.Sprintf("%d more after this one", open-1)))
	}
	return strings.Join(append(out, s.lastLine()...), "\n"), tea.NewCursor(0, at)
}

func (s *Sweep) keys() string {
	th := s.world.Theme
	var b strings.Builder
	for i, k := range [][2]string{{"h", "happened"}, {"d", "did not come"}, {"c", "came, not held"}, {"n", "next"}} {
		if i > 0 {
			b.WriteString("   ")
		}
		b.WriteString(th.Strong.Paint(k[0]) + " " + k[1])
	}
	return b.String()
}

// lastLine says what the last key did, so that a wrong one is seen.
func (s *Sweep) lastLine() []string {
	if len(s.done) == 0 {
		return nil
	}
	th := s.world.Theme
	return []string{"  " + th.Muted.Paint(kit.Cut("last: "+s.done[len(s.done)-1].words+" (u undoes it)", max(0, s.width-4)))}
}

// ending says what is left when there is nobody to go on to.
func (s *Sweep) ending(settled int) []string {
	th := s.world.Theme
	var out []string
	switch {
	case len(s.late) > 0:
		out = append(out, "  "+th.Warn.Paint(fmt.Sprintf("%s %s left for later. They stay in the queue.", th.Glyphs.Due, plural(len(s.late), "session"))))
	case settled > 0:
		out = append(out, "  "+th.Good.Paint(th.Glyphs.Done+" Every session has an outcome."))
	default:
		out = append(out, "  "+th.Good.Paint(th.Glyphs.Done+" Nothing to sweep: every session has an outcome."))
	}
	if s.more > 0 {
		out = append(out, "  "+th.Muted.Paint(plural(s.more, "session")+" of colleagues without an outcome: W shows all."))
	}
	return append(out, s.lastLine()...)
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
