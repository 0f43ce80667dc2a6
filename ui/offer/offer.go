// Package offer shows several things that can be done in one step, each of which can be
// left out: the steps of a template, new dates after an absence.
package offer

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
)

// Offer is the list, with what is left out.
type Offer struct {
	world screen.World
	id    domain.ID
	make  func(domain.Participant, *Offer) error
	p     domain.Participant
	title string
	note  string
	lines []line
	ways  string // what the other ways are called; empty: there are none
	win   kit.Window
	width int
}

// line is one thing that can be done, in one of several ways.
type line struct {
	ways []way
	at   int
	off  bool
}

type way struct {
	text    string
	command domain.Command
}

// NewTemplate offers what often helps with a barrier.
func NewTemplate(w screen.World, at screen.Template) *Offer {
	return &Offer{world: w, id: at.Participant, make: func(p domain.Participant, s *Offer) error { return s.template(p, at.Barrier) }}
}

// NewRedate offers new dates for the open steps after an absence.
func NewRedate(w screen.World, at screen.Redate) *Offer {
	return &Offer{world: w, id: at.Participant, make: func(p domain.Participant, s *Offer) error { return s.redate(p, at) }}
}

// template makes a line of each step; the other ways are other owners.
func (s *Offer) template(p domain.Participant, barrier domain.ID) error {
	text := ""
	for _, b := range p.Barriers {
		if b.ID == barrier {
			text = b.Text
		}
	}
	t, ok := s.world.Desk.Queue().Planning.TemplateFor(text)
	if !ok {
		return domain.Refused("barrier", "No template fits this barrier. Press a to add a step of your own.")
	}
	st := s.world.Desk.Stamp()
	names := domain.Names{Coach: st.Name, Person: p.Name()}
	s.title, s.ways = "What often helps: "+t.Says, "another owner"
	s.note = "A start, not advice: leave out what does not fit. Each step keeps the barrier that it answers. (" + t.Source + ")"
	for _, step := range t.Steps {
		add, err := step.Add(p.ID, barrier, st)
		if err != nil {
			return err
		}
		when := "no date"
		switch {
		case add.Before != "":
			when = add.Before.String()
		case !add.Due.IsZero():
			when = "by " + add.Due.Short(st.Today)
		}
		l := line{}
		for _, o := range domain.Owners {
			one := add
			one.Owner = o
			if o == add.Owner {
				l.at = len(l.ways)
			}
			l.ways = append(l.ways, way{names.Called(o) + ": " + step.Text + ", " + when, one})
		}
		s.lines = append(s.lines, l)
	}
	return nil
}

// redate makes a line of each open step, from its old date to its new one.
func (s *Offer) redate(p domain.Participant, at screen.Redate) error {
	st := s.world.Desk.Stamp()
	list, err := p.Plan.Redates(at.From, at.To, st)
	if err != nil {
		return err
	}
	n := int(at.To-at.From) + 1
	s.title = fmt.Sprintf("After an absence of %d days, %s to %s: new dates", n, at.From.Short(st.Today), at.To.Short(st.Today))
	s.note = "Every open step moves by the same, never onto a day off. Leave out what stays."
	for _, r := range list {
		text := r.Step.Text
		if r.Step.Scope.Private() {
			text = "[" + r.Step.Scope.String() + "]"
		}
		s.lines = append(s.lines, line{ways: []way{{fmt.Sprintf("%s %s %s  %s", r.Old.Short(st.Today), s.world.Theme.Glyphs.Arrow, r.New.Short(st.Today), text), r.Command(p.ID)}}})
	}
	return nil
}

// Title implements screen.Screen.
func (s *Offer) Title() string {
	if s.ways != "" {
		return "What often helps"
	}
	return "New dates"
}

// Fit implements screen.Screen.
func (s *Offer) Fit(w, h int) {
	s.width = w
	s.win.Resize(len(s.lines), max(1, h-7))
}

// Read implements screen.Screen. What is offered is made once: what was left out stays
// so while somebody else writes.
func (s *Offer) Read() error {
	p, err := s.world.Desk.Participant(s.id)
	if err != nil {
		return err
	}
	s.p = p
	if s.lines != nil {
		return nil
	}
	if err := s.make(p, s); err != nil {
		return err
	}
	s.win.Resize(len(s.lines), max(1, s.win.Height))
	return nil
}

// Actions implements screen.Screen.
func (s *Offer) Actions() []screen.Action {
	nothing := func() string {
		if !slices.ContainsFunc(s.lines, func(l line) bool { return !l.off }) {
			return "Everything is left out. Press space to take a line back in, or esc to leave it."
		}
		return ""
	}
	mine := []screen.Action{
		{Keys: []string{"enter", "ctrl+s"}, Name: "Do what is not left out, in one step", Short: "do it", Do: s.carry, Not: nothing},
		{Keys: []string{"space", "x"}, Name: "Leave this line out, or take it in again", Short: "leave out", Do: s.toggle},
	}
	if s.ways != "" {
		mine = append(mine, screen.Action{Keys: []string{"W"}, Name: "Another owner for this step", Short: s.ways, Do: s.turn})
	}
	return append(mine, screen.Everywhere()...)
}

func (s *Offer) toggle() screen.Effect {
	if s.win.At < len(s.lines) {
		s.lines[s.win.At].off = !s.lines[s.win.At].off
	}
	return nil
}

func (s *Offer) turn() screen.Effect {
	if s.win.At < len(s.lines) {
		l := &s.lines[s.win.At]
		l.at = (l.at + 1) % len(l.ways)
	}
	return nil
}

func (s *Offer) carry() screen.Effect {
	var all []domain.Command
	for _, l := range s.lines {
		if !l.off {
			all = append(all, l.ways[l.at].command)
		}
	}
	return screen.Do{Commands: all, Then: screen.Back{}}
}

// Update implements screen.Screen.
func (s *Offer) Update(msg tea.Msg) screen.Effect {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		s.win.Key(k.String())
	}
	return nil
}

// View implements screen.Screen.
func (s *Offer) View() (string, *tea.Cursor) {
	t := s.world.Theme
	out := []string{" " + t.Accent.Paint(kit.Cut(s.title, max(1, s.width-2)))}
	for _, l := range kit.Wrap(s.note, max(10, s.width-2)) {
		out = append(out, " "+t.Muted.Paint(l))
	}
	out = append(out, "")
	top := len(out)
	from, to := s.win.Seen()
	for i := from; i < to; i++ {
		l := s.lines[i]
		sign, ink := t.Glyphs.Done, t.Text
		text := l.ways[l.at].text
		if l.off {
			sign, ink, text = t.Glyphs.Dropped, t.Muted, "left out: "+text
		}
		mark := "  "
		if i == s.win.At {
			mark, ink = t.Glyphs.Cursor+" ", t.Selected
		}
		out = append(out, ink.Paint(kit.Fill(mark+sign+" "+text, s.width)))
	}
	// What is too long for its line stands in full below.
	if s.win.At < len(s.lines) {
		if l := s.lines[s.win.At]; kit.Width(l.ways[l.at].text)+4 > s.width {
			out = append(out, "")
			for _, w := range kit.Wrap(l.ways[l.at].text, max(10, s.width-2)) {
				out = append(out, " "+t.Muted.Paint(w))
			}
		}
	}
	return strings.Join(out, "\n"), tea.NewCursor(0, top+s.win.At-from)
}
