// Package duplicates is the list of those who may be on the caseload twice, with what
// is alike. Somebody looks and says: one person, or two.
package duplicates

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
)

// Duplicates is the list of pairs.
type Duplicates struct {
	world  screen.World
	rows   map[domain.ID]domain.Row
	width  int // of references
	pairs  []domain.Pair
	asked  bool // somebody compares
	looked bool // somebody has compared
	win    kit.Window
	w, h   int
}

// New returns the list.
func New(w screen.World) *Duplicates { return &Duplicates{world: w} }

// Title implements screen.Screen.
func (s *Duplicates) Title() string { return "On the caseload twice?" }

// Fit implements screen.Screen.
func (s *Duplicates) Fit(w, h int) {
	s.w, s.h = w, h
	s.win.Resize(len(s.pairs), max(1, (h-2)/2))
}

// Read implements screen.Screen. Comparing everybody takes longer than a frame, so it
// is done beside; what was linked or parted since is taken out at once.
func (s *Duplicates) Read() error {
	rows, err := s.world.Desk.Rows()
	if err != nil {
		return err
	}
	s.rows = make(map[domain.ID]domain.Row, len(rows))
	for _, r := range rows {
		s.rows[r.ID] = r
	}
	s.width = domain.RefLength(domain.RowIDs(rows))
	s.take(s.pairs)
	return nil
}

// take keeps the pairs that are still to be looked at.
func (s *Duplicates) take(pairs []domain.Pair) {
	s.pairs = slices.DeleteFunc(slices.Clone(pairs), func(p domain.Pair) bool {
		a, known := s.rows[p.A]
		b, both := s.rows[p.B]
		settled := func(r domain.Row, with domain.ID) bool {
			return slices.ContainsFunc(r.Twins, func(t domain.RowTwin) bool { return t.With == with })
		}
		return !known || !both || a.Restricted || b.Restricted || settled(a, p.B) || settled(b, p.A)
	})
	s.win.Resize(len(s.pairs), max(1, (s.h-2)/2))
}

// compared is what came of comparing everybody.
type compared struct{ pairs []domain.Pair }

// Update implements screen.Screen.
func (s *Duplicates) Update(msg tea.Msg) screen.Effect {
	switch msg := msg.(type) {
	case screen.Second:
		if !s.asked {
			return s.compare()
		}
	case compared:
		s.looked = true
		s.take(msg.pairs)
	case tea.KeyPressMsg:
		s.win.Key(msg.String())
	}
	return nil
}

func (s *Duplicates) compare() screen.Effect {
	s.asked = true
	desk := s.world.Desk
	return screen.Run{Work: func() tea.Msg {
		rows, err := desk.Rows()
		if err != nil {
			return compared{}
		}
		return compared{domain.LikelyPairs(rows)}
	}}
}

func (s *Duplicates) pair() domain.Pair {
	if s.win.At >= len(s.pairs) {
		return domain.Pair{}
	}
	return s.pairs[s.win.At]
}

// Actions implements screen.Screen.
func (s *Duplicates) Actions() []screen.Action {
	nothing := func() string {
		switch {
		case len(s.pairs) > 0:
			return ""
		case !s.looked:
			return "Everybody is still being compared."
		}
		return "No pair is left to look at."
	}
	may := func() string {
		if why := nothing(); why != "" {
			return why
		}
		return domain.WhyNotDo(s.world.Desk.Who().Role, domain.Linked{})
	}
	open := func(of func(domain.Pair) domain.ID) func() screen.Effect {
		return func() screen.Effect {
			return screen.Go{To: screen.Participant{ID: of(s.pair()), Tab: screen.Details}}
		}
	}
	return append([]screen.Action{
		{Keys: []string{"enter", "1"}, Name: "Open the first record", Short: "open", Not: nothing, Do: open(func(p domain.Pair) domain.ID { return p.A })},
		{Keys: []string{"2"}, Name: "Open the second record", Short: "open second", Not: nothing, Do: open(func(p domain.Pair) domain.ID { return p.B })},
		{Keys: []string{"s"}, Name: "One person: link the two", Short: "same person", Not: may, Do: s.link},
		{Keys: []string{"d"}, Name: "Two people: do not show this pair again", Short: "two people", Not: may, Do: func() screen.Effect {
			return screen.Do{Commands: domain.PartPair(s.pair().A, s.pair().B)}
		}},
	}, screen.Everywhere()...)
}

// link asks which of the two lists show.
func (s *Duplicates) link() screen.Effect {
	p := s.pair()
	one := func(key string, main, other domain.ID) screen.Choice {
		return screen.Choice{Key: key, Label: s.called(main), Then: screen.Do{Commands: domain.LinkPair(main, other)}}
	}
	return screen.Choose{
		Title: "One person. Which record do lists show?", Note: "Both stay and both references work. Each tells of the other, and the link can be undone.",
		Choices: []screen.Choice{one("1", p.A, p.B), one("2", p.B, p.A)},
	}
}

// called is who a record is about, with the reference that tells two of a name apart.
func (s *Duplicates) called(id domain.ID) string {
	return clean.Line(s.rows[id].Name, 60) + " " + id.Ref(s.width)
}

// View implements screen.Screen.
func (s *Duplicates) View() (string, *tea.Cursor) {
	t := s.world.Theme
	if len(s.pairs) == 0 {
		text := "Nobody seems to be on the caseload twice."
		if !s.looked {
			text = "Comparing everybody."
		}
		return "\n  " + t.Muted.Paint(text), nil
	}
	out := []string{t.Muted.Paint(kit.Cut(fmt.Sprintf("  Pairs that may be one person twice, the likeliest first: %d", len(s.pairs)), s.w))}
	from, to := s.win.Seen()
	for i := from; i < to; i++ {
		p := s.pairs[i]
		mark := "  "
		if i == s.win.At {
			mark = t.Glyphs.Cursor + " "
		}
		first := mark + s.called(p.A) + "  and  " + s.called(p.B)
		second := fmt.Sprintf("    %s (%.1f)", p.Why, p.Score)
		if i == s.win.At {
			out = append(out, t.Selected.Paint(kit.Fill(first, s.w)), t.Selected.Paint(kit.Fill(second, s.w)))
			continue
		}
		out = append(out, kit.Cut(first, s.w), t.Muted.Paint(kit.Cut(second, s.w)))
	}
	return strings.Join(out, "\n"), tea.NewCursor(0, 1+2*(s.win.At-from))
}
