package handover

import (
	"cmp"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
)

// List is what was handed over to whoever works here, and by them.
type List struct {
	world  screen.World
	q      domain.Queue
	lines  []line
	counts [shelves]int
	only   shelf
	known  map[domain.ID]person // records that were read, so that only what changed is read again
	win    kit.Window
	width  int
	height int
}

// person is a record as it was when so many records were in it.
type person struct {
	records int
	p       domain.Participant
}

// shelf is which handovers are shown.
type shelf int

const (
	inbox shelf = iota
	outbox
	over
	shelves
)

var shelfNames = [shelves]string{"to me", "from me", "over"}

// line is a handover, or an item of the one above it.
type line struct {
	who   domain.ID
	name  string
	h     domain.RowHandover
	whole domain.Handover
	item  int // -1: the handover itself
}

// NewList returns the inbox and the outbox.
func NewList(w screen.World) *List { return &List{world: w, known: map[domain.ID]person{}} }

// Title implements screen.Screen.
func (s *List) Title() string { return "Handovers" }

// Fit implements screen.Screen.
func (s *List) Fit(w, h int) {
	s.width, s.height = w, h
	s.win.Resize(len(s.lines), max(1, h-4))
}

// Read implements screen.Screen.
func (s *List) Read() error {
	rows, err := s.world.Desk.Rows()
	if err != nil {
		return err
	}
	under, me := s.line(), s.world.Desk.Who().ID
	s.q, s.lines, s.counts = s.world.Desk.Queue(), nil, [shelves]int{}
	var all []line
	for _, r := range rows {
		for _, h := range r.Handovers {
			sh := shelfOf(h, me)
			if sh == shelves {
				continue
			}
			s.counts[sh]++
			if sh == s.only {
				all = append(all, line{who: h.Record(r), name: r.Name, h: h, item: -1})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b line) int {
		return cmp.Or(urgency(a.h)-urgency(b.h), int(a.h.On-b.h.On), strings.Compare(a.name, b.name))
	})
	for _, l := range all {
		if err := s.open(&l, rows); err != nil {
			return err
		}
		s.lines = append(s.lines, l)
		if s.only == over {
			continue
		}
		for i := range l.whole.Items {
			it := l
			it.item = i
			s.lines = append(s.lines, it)
		}
	}
	s.Fit(s.width, s.height)
	s.follow(under)
	return nil
}

// shelfOf says where a handover is found; shelves is nowhere: it is between others.
func shelfOf(h domain.RowHandover, me domain.ID) shelf {
	switch {
	case h.To != me && h.By != me:
		return shelves
	case h.State.Over():
		return over
	case h.To == me:
		return inbox
	}
	return outbox
}

// urgency puts first what waits for a word: unanswered, then asked about.
func urgency(h domain.RowHandover) int {
	switch h.State {
	case domain.HandoverIsOpen:
		return 0
	case domain.HandoverIsAsked:
		return 1
	default:
		return 2
	}
}

// open reads the record behind a line, if it is not the same as before.
func (s *List) open(l *line, rows []domain.Row) error {
	records := 0
	if at := slices.IndexFunc(rows, func(r domain.Row) bool { return r.ID == l.who }); at >= 0 {
		records = rows[at].Records
	}
	was, ok := s.known[l.who]
	if !ok || records == 0 || was.records != records {
		p, err := s.world.Desk.Participant(l.who)
		if err != nil {
			return err
		}
		was = person{records, p}
		s.known[l.who] = was
	}
	l.whole, _ = was.p.FindHandover(l.h.ID)
	return nil
}

// follow keeps the cursor on the same line. Of what was just answered it goes on to the
// next that is not.
func (s *List) follow(under line) {
	at := slices.IndexFunc(s.lines, func(l line) bool { return l.h.ID == under.h.ID && l.item == under.item })
	if at < 0 {
		s.win.Go(s.win.At)
	} else {
		s.win.Go(at)
	}
	if s.only == inbox && under.item >= 0 && under.answer() == "" && s.line().answer() != "" {
		s.next()
	}
	if s.only == inbox && under.h.ID.IsZero() {
		s.next()
	}
}

// next goes to the next item that nobody answered, from the cursor on and then from the
// top.
func (s *List) next() {
	for i := range s.lines {
		at := (s.win.At + i) % len(s.lines)
		if l := s.lines[at]; l.item >= 0 && l.answer() == "" && l.h.State.Waits() {
			s.win.Go(at)
			return
		}
	}
}

func (l line) answer() domain.HandoverAnswer {
	if l.item < 0 || l.item >= len(l.whole.Items) {
		return ""
	}
	return l.whole.Items[l.item].Answer
}

// of is the item of a line; the whole handover has none.
func (l line) of() []domain.ID {
	if l.item < 0 || l.item >= len(l.whole.Items) {
		return nil
	}
	return []domain.ID{l.whole.Items[l.item].ID}
}

func (s *List) line() line {
	if s.win.At >= len(s.lines) {
		return line{item: -1}
	}
	return s.lines[s.win.At]
}

// Update implements screen.Screen.
func (s *List) Update(msg tea.Msg) screen.Effect {
	switch msg := msg.(type) {
	case bundled:
		return msg.says()
	case tea.KeyPressMsg:
		s.win.Key(msg.String())
	}
	return nil
}

func (s *List) again() screen.Effect {
	if err := s.Read(); err != nil {
		return screen.Say{Text: err.Error()}
	}
	return nil
}

// turn goes to another of the three lists.
func (s *List) turn(by int) func() screen.Effect {
	return func() screen.Effect {
		s.only = (s.only + shelf(by) + shelves) % shelves
		s.win.Go(0)
		s.lines = nil
		return s.again()
	}
}

// today is the day that everything here is judged by.
func (s *List) today() calendar.Day { return s.q.Today }
