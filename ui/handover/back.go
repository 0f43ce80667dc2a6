package handover

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
)

// Back is what happened while somebody else looked after one's people, and the step that
// takes them back.
type Back struct {
	world  screen.World
	people []*away
	win    kit.Window
	top    int
	width  int
	height int
}

// away is one person who was looked after by somebody else.
type away struct {
	p    domain.Participant
	h    domain.Handover
	told []string
	off  bool
}

// NewBack returns the screen.
func NewBack(w screen.World) *Back { return &Back{world: w} }

// Title implements screen.Screen.
func (s *Back) Title() string { return "While you were away" }

// Fit implements screen.Screen.
func (s *Back) Fit(w, h int) {
	s.width, s.height = w, h
	s.win.Resize(len(s.people), max(1, h-3))
}

// Read implements screen.Screen. Who is left out stays so while others write.
func (s *Back) Read() error {
	rows, err := s.world.Desk.Rows()
	if err != nil {
		return err
	}
	off := map[domain.ID]bool{}
	for _, a := range s.people {
		off[a.h.ID] = a.off
	}
	me := s.world.Desk.Who()
	s.people = nil
	for _, r := range rows {
		for _, h := range r.Handovers {
			if h.By != me.ID || h.Kind != domain.HandoverCover || h.State.Over() {
				continue
			}
			p, err := s.world.Desk.Participant(h.Record(r))
			if err != nil {
				return err
			}
			whole, ok := p.FindHandover(h.ID)
			if !ok || whole.WhyNotEnd(me.ID, me.Role) != "" {
				continue
			}
			s.people = append(s.people, &away{p: p, h: whole, told: s.tell(p, whole), off: off[h.ID]})
		}
	}
	slices.SortStableFunc(s.people, func(a, b *away) int {
		return cmp.Or(len(b.told)-len(a.told), strings.Compare(a.p.Name(), b.p.Name()))
	})
	s.Fit(s.width, s.height)
	return nil
}

// tell says what others recorded since the person was handed over, a line a step of
// theirs.
func (s *Back) tell(p domain.Participant, h domain.Handover) []string {
	var out []string
	records := p.Meanwhile(h)
	today := s.world.Today()
	for i := 0; i < len(records); {
		j := i
		seen := map[string]int{}
		var said []string
		for ; j < len(records) && records[j].Command == records[i].Command; j++ {
			text := records[j].Event.Sentence()
			if seen[text]++; seen[text] == 1 {
				said = append(said, text)
			}
		}
		for k, text := range said {
			if n := seen[text]; n > 1 {
				said[k] = fmt.Sprintf("%s (%d times)", text, n)
			}
		}
		who := clean.Line(s.world.Desk.Office().Named(records[i].By).Name, 40)
		out = append(out, records[i].Day.Short(today)+", "+who+": "+strings.Join(said, " "))
		i = j
	}
	return out
}

func (s *Back) under() *away {
	if s.win.At >= len(s.people) {
		return nil
	}
	return s.people[s.win.At]
}

// Actions implements screen.Screen.
func (s *Back) Actions() []screen.Action {
	nobody := func() string {
		if len(s.people) == 0 {
			return "Nobody looks after your people just now."
		}
		return ""
	}
	none := func() string {
		if why := nobody(); why != "" {
			return why
		}
		if len(s.taking()) == 0 {
			return "Everybody is left out. space takes somebody in again."
		}
		return ""
	}
	return append([]screen.Action{
		{Keys: []string{"ctrl+s", "f2", "B"}, Name: "Take back everybody who is not left out, in one step", Short: "take back", Do: s.take, Not: none},
		{Keys: []string{"space", "x"}, Name: "Leave this person with whoever looks after them, or take them in again", Short: "leave out", Do: s.tick, Not: nobody},
		{Keys: []string{"enter"}, Name: "Open the record", Short: "open", Not: nobody, Do: func() screen.Effect {
			return screen.Go{To: screen.Participant{ID: s.under().p.ID, Tab: screen.Timeline}}
		}},
	}, screen.Everywhere()...)
}

func (s *Back) tick() screen.Effect {
	if a := s.under(); a != nil {
		a.off = !a.off
	}
	return nil
}

func (s *Back) taking() []*away {
	return slices.DeleteFunc(slices.Clone(s.people), func(a *away) bool { return a.off })
}

func (s *Back) take() screen.Effect {
	var all []domain.Command
	for _, a := range s.taking() {
		all = append(all, domain.EndHandover{Participant: a.p.ID, Handover: a.h.ID})
	}
	return screen.Do{Commands: all, Then: screen.Back{}}
}

// Update implements screen.Screen.
func (s *Back) Update(msg tea.Msg) screen.Effect {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		s.win.Key(k.String())
	}
	return nil
}

// View implements screen.Screen.
func (s *Back) View() (string, *tea.Cursor) {
	t, today := s.world.Theme, s.world.Today()
	width := max(20, s.width-4)
	if len(s.people) == 0 {
		return "\n  " + t.Muted.Paint(kit.Cut("Nobody looks after your people just now. h on the caseload hands over.", width)), nil
	}
	var body []string
	at, height := 0, 1
	for i, a := range s.people {
		ink, sign, left := t.Strong, t.Glyphs.Done, ""
		if a.off {
			ink, sign, left = t.Muted, t.Glyphs.Dropped, "left out: "
		}
		until := ""
		if !a.h.Until.IsZero() {
			until = ", until " + a.h.Until.Short(today)
		}
		text := sign + " " + left + clean.Line(a.p.Name(), 60) + " " + t.Glyphs.Sep + " " + clean.Line(s.world.Desk.Office().Named(a.h.To).Name, 40) + ", " + string(a.h.State()) + until
		from := len(body)
		if i == s.win.At {
			at = from
			body = append(body, t.Selected.Paint(kit.Fill(t.Glyphs.Cursor+" "+text, s.width)))
		} else {
			body = append(body, "  "+ink.Paint(kit.Cut(text, width)))
		}
		if len(a.told) == 0 {
			body = append(body, "      "+t.Muted.Paint("nothing was recorded by others"))
		}
		for _, l := range a.told {
			for k, row := range kit.Wrap(clean.Line(l, 600), max(16, width-6)) {
				in := "      "
				if k > 0 {
					in += "  "
				}
				body = append(body, in+kit.Cut(row, width-4))
			}
		}
		if i == s.win.At {
			height = len(body) - from
		}
	}
	room := max(1, s.height-1)
	if at < s.top {
		s.top = at
	}
	if at+height > s.top+room {
		s.top = at + min(height, room) - room
	}
	s.top = max(0, min(s.top, len(body)-room))
	head := "  " + t.Accent.Paint(kit.Cut(fmt.Sprintf("What others recorded since you handed over. ctrl+s takes %s back.", people(len(s.taking()))), width))
	shown := body[s.top:min(len(body), s.top+room)]
	return strings.Join(append([]string{head}, shown...), "\n"), tea.NewCursor(0, 1+at-s.top)
}
