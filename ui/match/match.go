// Package match shows which programmes may be for somebody, with the reason by every
// rule. It advises: the person and the coach decide.
package match

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/catalogue"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
)

// Match is every programme for one person, the best match first.
type Match struct {
	world  screen.World
	id     domain.ID
	words  string // the what-if as it was typed; empty: as things stand
	p      domain.Participant
	known  catalogue.Catalogue
	list   []catalogue.Matched
	change catalogue.Change
	shifts []catalogue.Shift
	win    kit.Window
	top    int // the first line of the reasons that is seen
	width  int
	height int
}

// New returns the match of one person, perhaps with something that may come to pass.
func New(w screen.World, at screen.Match) *Match {
	return &Match{world: w, id: at.Participant, words: at.WhatIf}
}

// Title implements screen.Screen.
func (s *Match) Title() string { return "Match for " + s.p.Name() }

// Fit implements screen.Screen.
func (s *Match) Fit(w, h int) {
	s.width, s.height = w, h
	s.win.Resize(len(s.list), s.listRoom())
}

// Read implements screen.Screen. The cursor stays on its programme, also when an answer
// moved that up or down.
func (s *Match) Read() error {
	p, err := s.world.Desk.Participant(s.id)
	if err != nil {
		return err
	}
	under := s.chosen().Programme.Key
	q := s.world.Desk.Queue()
	s.p, s.known = p, q.Catalogue
	s.list, s.shifts, s.change = s.known.Match(p.Case(q.Today), q.Today), nil, catalogue.Change{}
	if s.words != "" {
		if s.change, err = catalogue.ReadChange(s.words, q.Today); err != nil {
			return err
		}
		s.whatIf(q.Today)
	}
	s.win.Resize(len(s.list), s.listRoom())
	if under == "" && s.words == "" {
		s.win.Go(s.best())
	}
	for i, m := range s.list {
		if m.Programme.Key == under {
			s.win.Go(i)
		}
	}
	return nil
}

// best is where the cursor begins: on the first programme that a coach refers to and that
// is not ruled out, since that is what the key was pressed for.
func (s *Match) best() int {
	i := slices.IndexFunc(s.list, func(m catalogue.Matched) bool {
		return m.Route.By == catalogue.ByReferral && m.Says != catalogue.DoesNotFit
	})
	return max(i, 0)
}

// whatIf shows the day of the change instead of today, what opens and closes first.
func (s *Match) whatIf(today calendar.Day) {
	c := s.p.Case(today)
	s.shifts = s.known.WhatIf(c, s.change, today)
	s.list = s.known.Match(c.With(s.change, s.change.On), s.change.On)
	var moved, rest []catalogue.Matched
	for _, m := range s.list {
		if _, ok := s.shift(m.Programme.Key); ok {
			moved = append(moved, m)
		} else {
			rest = append(rest, m)
		}
	}
	s.list = append(moved, rest...)
}

// shift is the last thing that a change makes different about a programme.
func (s *Match) shift(key string) (catalogue.Shift, bool) {
	for i := len(s.shifts) - 1; i >= 0; i-- {
		if s.shifts[i].Is.Programme.Key == key {
			return s.shifts[i], true
		}
	}
	return catalogue.Shift{}, false
}

func (s *Match) chosen() catalogue.Matched {
	if s.win.At >= len(s.list) {
		return catalogue.Matched{}
	}
	return s.list[s.win.At]
}

// Actions implements screen.Screen.
func (s *Match) Actions() []screen.Action {
	mine := []screen.Action{
		{Keys: []string{"enter"}, Name: "Go on the way of this programme: refer, signpost, ask, book", Short: "go on", Do: s.goOn, Not: s.noWay},
		{Keys: []string{"q"}, Name: "Answer the open question: it is written into the record", Short: "answer", Do: s.answer, Not: s.noQuestion},
		{Keys: []string{"w"}, Name: "What if work starts or stops: what opens, what closes", Short: "what if", Do: func() screen.Effect {
			return screen.AskWhatIf(s.world, s.words, func(v string) screen.Effect { return screen.Instead{To: screen.Match{Participant: s.id, WhatIf: v}} })
		}},
		{Keys: []string{"]"}, Name: "More of the reasons", Do: s.scroll(1), Not: s.allSeen},
		{Keys: []string{"["}, Name: "Back up in the reasons", Do: s.scroll(-1)},
	}
	if s.words != "" {
		mine = append(mine, screen.Action{Keys: []string{"esc"}, Name: "Back to how things stand", Short: "as it is", Do: func() screen.Effect {
			return screen.Instead{To: screen.Match{Participant: s.id}}
		}})
	}
	return append(mine, screen.Everywhere()...)
}

func (s *Match) scroll(by int) func() screen.Effect {
	return func() screen.Effect {
		s.top = max(0, s.top+by*max(1, s.reasonRoom()-2))
		return nil
	}
}

func (s *Match) allSeen() string {
	if len(s.reasons(s.reasonWidth()))-s.top <= s.reasonRoom() {
		return "All reasons are in sight."
	}
	return ""
}

// noWay says why nothing can be started with the programme from here.
func (s *Match) noWay() string {
	m := s.chosen()
	switch {
	case m.Programme.Key == "":
		return "Choose a programme first."
	case s.words != "":
		return "This is what may come to pass. Press esc to go on from how things stand."
	case m.On.Is == catalogue.Closed || m.On.Is == catalogue.Superseded:
		return m.Programme.Name + " is over: " + m.On.Value + "."
	case m.Route.By == catalogue.NoWay:
		return m.Route.Value + "."
	case m.Route.By == catalogue.ByEscalation:
		return domain.WhyNotDo(s.world.Desk.Who().Role, domain.Asked{})
	}
	return ""
}

// goOn goes on the way of the programme under the cursor. What the match says forbids
// nothing: a referral asks what it still has to.
func (s *Match) goOn() screen.Effect {
	m := s.chosen()
	switch m.Route.By {
	case catalogue.ByReferral:
		return screen.Go{To: screen.Refer{Participant: s.id, Programme: m.Programme.Key}}
	case catalogue.ByEscalation:
		return screen.Go{To: screen.Ask{Participant: s.id}}
	case catalogue.ByCoach:
		id := s.id
		return screen.AskMeeting(s.world, "You give this yourself. Book a longer talk: when?", "", screen.Meeting{Participant: id, Booking: domain.Booking{Kind: domain.SupportConversation}}, func(b domain.Booking) screen.Effect {
			return screen.Do{Commands: []domain.Command{domain.Book{Participant: id, Booking: b}}}
		})
	case catalogue.ByApplication, catalogue.BySignpost, catalogue.ByTransfer, catalogue.NoWay:
	}
	ask := screen.Choose{Title: m.Programme.Name, Note: m.Route.Value + ". Nothing is sent from this desk."}
	if m.Route.By == catalogue.ByApplication {
		ask.Choices = append(ask.Choices, screen.Choice{Key: "a", Label: "they apply, or get it ready: follow it up here", Then: screen.AskApplication(s.world, s.p, m.Programme.Key, domain.ID{})})
	}
	ask.Choices = append(
		ask.Choices,
		screen.Choice{Key: "t", Label: "I told them about it: write that down as a signpost", Then: screen.Do{Commands: []domain.Command{domain.SignpostTo{Participant: s.id, Text: m.Programme.Name}}}},
		screen.Choice{Key: "n", Label: "no, leave it"},
	)
	return ask
}

func (s *Match) noQuestion() string {
	m := s.chosen()
	key, ok := m.Question()
	switch {
	case s.words != "":
		return "This is what may come to pass. Press esc to answer for how things stand."
	case !ok && m.Says == catalogue.CannotTell:
		return "No answer of the person would settle it. Ask the programme; an administrator can write down what holds here: coachdesk import programmes."
	case !ok:
		return "Nothing is open here."
	}
	return domain.WhyNotDo(s.world.Desk.Who().Role, domain.Described{Facts: map[domain.Fact]string{domain.Fact(key): "x"}})
}

// answer asks the first open question of the programme under the cursor.
func (s *Match) answer() screen.Effect {
	key, _ := s.chosen().Question()
	q, ok := s.known.Question(key)
	field, is := domain.FieldOf(domain.Fact(key))
	if !ok || !is {
		return screen.Say{Text: "The question " + key + " is not in the list of questions."}
	}
	id := s.id
	tell := func(v string) screen.Effect {
		return screen.Do{Commands: []domain.Command{domain.Describe{Participant: id, Facts: map[domain.Fact]string{field.Key: v}}}}
	}
	if len(q.Choices) == 0 {
		st := s.world.Desk.Stamp()
		return screen.Prompt{
			Title: q.Asks, Hint: q.Why, Value: s.p.Fact(field.Key), Then: tell,
			Echo: func(v string) (string, error) {
				if clean.Line(v, clean.MaxLine) == "" {
					return "", domain.Refused(key, "Write the answer, or press esc to leave it open.")
				}
				return field.Clean(v, st)
			},
		}
	}
	ask := screen.Choose{Title: q.Asks, Note: q.Why}
	for _, c := range q.Choices {
		ask.Choices = append(ask.Choices, screen.Choice{Key: c.Key, Label: c.Says, Then: tell(c.Value)})
	}
	return ask
}

// Update implements screen.Screen.
func (s *Match) Update(msg tea.Msg) screen.Effect {
	if k, ok := msg.(tea.KeyPressMsg); ok && s.win.Key(k.String()) {
		s.top = 0
	}
	return nil
}
