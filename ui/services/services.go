// Package services is the directory of local services: found while somebody types, by
// need and by place, and told to the person.
package services

import (
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
)

// Services is the list of what was found, with the service under the cursor whole.
type Services struct {
	world   screen.World
	at      screen.Services
	who     domain.Participant // who is to be told; nobody: zero
	index   *domain.ServiceIndex
	asked   bool // the directory is being read
	wrong   string
	words   textinput.Model
	near    textinput.Model
	need    string
	writing field
	found   []domain.FoundService
	win     kit.Window
	width   int
	height  int
}

// field is where letters go.
type field int

const (
	noField field = iota
	wordsField
	nearField
)

// New returns the directory, for somebody or for nobody in particular.
func New(w screen.World, at screen.Services) *Services {
	return &Services{world: w, at: at, words: kit.NewInput("/ ", false), near: kit.NewInput("near ", false), need: at.Need}
}

// Title implements screen.Screen.
func (s *Services) Title() string {
	if s.who.Exists() {
		return "Local services for " + s.who.Name()
	}
	return "Local services"
}

// Fit implements screen.Screen.
func (s *Services) Fit(w, h int) {
	s.width, s.height = w, h
	s.words.SetWidth(max(8, w/2-6))
	s.near.SetWidth(max(8, w/4-8))
	s.resize()
}

// Read implements screen.Screen. The directory itself is read beside the keys.
func (s *Services) Read() error {
	s.asked = false // somebody may have brought another feed in
	if s.at.Participant.IsZero() {
		return nil
	}
	p, err := s.world.Desk.Participant(s.at.Participant)
	s.who = p
	return err
}

// opened is the directory, ready to be searched.
type opened struct {
	index *domain.ServiceIndex
	err   error
}

// Rest implements screen.Slow.
func (s *Services) Rest() screen.Effect {
	if s.asked {
		return nil
	}
	s.asked = true
	desk := s.world.Desk
	return screen.Run{Work: func() tea.Msg {
		x, err := desk.Directory()
		return opened{x, err}
	}}
}

// Busy implements screen.Slow: keys wait until there is something to search in.
func (s *Services) Busy() bool { return s.index == nil && s.wrong == "" }

// search finds anew; the cursor goes to the best.
func (s *Services) search() {
	if s.index == nil {
		return
	}
	s.found = s.index.Find(domain.ServiceQuery{Words: s.words.Value(), Need: s.need, Near: s.near.Value(), Live: s.writing == wordsField}, s.world.Today())
	s.win.At, s.win.Top = 0, 0
	s.resize()
}

func (s *Services) resize() { s.win.Resize(len(s.found), max(1, s.room())) }

// chosen is the service under the cursor.
func (s *Services) chosen() (domain.FoundService, bool) {
	if s.win.At < 0 || s.win.At >= len(s.found) {
		return domain.FoundService{}, false
	}
	return s.found[s.win.At], true
}

func (s *Services) empty() bool { return s.index != nil && len(s.index.Directory.Listings) == 0 }

// Update implements screen.Screen.
func (s *Services) Update(msg tea.Msg) screen.Effect {
	switch msg := msg.(type) {
	case opened:
		if msg.err != nil {
			s.wrong = msg.err.Error()
			return nil
		}
		s.open(msg.index)
		return nil
	case wanted:
		s.need = msg.need
		s.search()
		return nil
	case tea.PasteMsg:
		msg.Content = clean.Line(msg.Content, 80)
		return s.typed(msg)
	case tea.KeyPressMsg:
		if s.writing == noField {
			s.win.Key(msg.String())
			return nil
		}
		return s.typed(msg)
	}
	return nil
}

// open takes the directory. The cursor stays on its service where that is still found.
func (s *Services) open(x *domain.ServiceIndex) {
	if x == s.index {
		return
	}
	first := s.index == nil
	s.index = x
	if first && s.need == "" && s.who.Exists() {
		s.need = s.likely()
	}
	under, _ := s.chosen()
	s.search()
	for i, f := range s.found {
		if f.Ref == under.Ref {
			s.win.Go(i)
		}
	}
}

// likely is the need that a barrier of the person leads to: of the one that was under
// the cursor, or else of the first that is open.
func (s *Services) likely() string {
	key := ""
	for _, b := range s.who.Barriers {
		if b.Resolved && b.ID != s.at.Barrier {
			continue
		}
		of := s.index.Needs.NeedOf(b.Text)
		if b.ID == s.at.Barrier {
			return of
		}
		if key == "" {
			key = of
		}
	}
	return key
}

func (s *Services) typed(msg tea.Msg) screen.Effect {
	in := &s.words
	if s.writing == nearField {
		in = &s.near
	}
	before := in.Value()
	var cmd tea.Cmd
	*in, cmd = in.Update(msg)
	if in.Value() != before {
		s.search()
	}
	return screen.Tea{Cmd: cmd}
}

// signpost tells the person of the service under the cursor, or asks whom.
func (s *Services) signpost() screen.Effect {
	f, ok := s.chosen()
	if !ok {
		return nil
	}
	tell := func(id, barrier domain.ID) []domain.Command {
		return []domain.Command{domain.SignpostTo{Participant: id, Barrier: barrier, Text: f.Title(), Service: f.Ref, Feed: f.Feed}}
	}
	if s.who.Exists() {
		return screen.Do{Commands: tell(s.who.ID, s.at.Barrier), Then: screen.Back{}}
	}
	return screen.AskPerson(s.world, "Who was told about "+strings.TrimSuffix(f.Title(), ".")+"?", nil, func(r domain.Row) screen.Effect { return screen.Do{Commands: tell(r.ID, domain.ID{})} })
}
