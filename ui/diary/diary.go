// Package diary shows a day or a week of somebody of the desk: who comes when, what is
// free to book, and what speaks against what is booked.
//
// The participant may see the screen. The week shows initials alone; names stand in
// the day, which nobody needs to open to book somebody who sits there: the question
// when shows the free times.
package diary

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
)

// Diary is the screen of a day or a week.
type Diary struct {
	world screen.World
	times domain.Diary
	today calendar.Day
	now   int       // minute of the day
	whose domain.ID // zero for everybody
	day   calendar.Day
	week  bool
	lines []domain.Stretch // of the day
	win   kit.Window       // over the lines
	grid  grid
	begun bool
	last  lastDone
	w, h  int
}

// New returns the diary of whoever works, at a day; zero is today.
func New(w screen.World, day calendar.Day) *Diary {
	return &Diary{world: w, day: day, whose: w.Desk.Who().ID}
}

// Title implements screen.Screen.
func (s *Diary) Title() string { return "Diary" }

// Fit implements screen.Screen.
func (s *Diary) Fit(w, h int) {
	first := s.w == 0
	s.w, s.h = w, h
	s.resize()
	if first && s.begun { // until now nobody knew how much can be seen
		s.win.Top, s.grid.win.Top = 0, 0
		s.begin()
	}
}

// used are the lines above and below the list: heads, and what is said of the chosen.
const used = 3

func (s *Diary) resize() {
	room := max(1, s.h-used)
	s.grid.win.Resize(s.grid.rows(), room)
	if s.day == s.today {
		room = max(1, room-1) // the line of now
	}
	s.win.Resize(len(s.lines), room)
}

// Read implements screen.Screen.
func (s *Diary) Read() error {
	book, err := s.world.Desk.Diary()
	if err != nil {
		return err
	}
	s.times = book
	s.clock()
	if s.day.IsZero() {
		s.day = s.today
	}
	under, ok := s.chosen()
	s.build()
	switch {
	case !s.begun:
		s.begin()
	case ok:
		s.follow(under)
	}
	s.begun = true
	return nil
}

func (s *Diary) clock() {
	q := s.world.Desk.Queue()
	s.today, s.now = q.Today, q.Minute
}

// slot is how long the free times are that can be stood on.
func slot() int { return domain.MinutesOf(0) }

// stretches returns a day of whoever's diary is open. What has passed is not free.
func (s *Diary) stretches(day calendar.Day) []domain.Stretch {
	earliest := 0
	switch {
	case day < s.today:
		earliest = s.times.Closes
	case day == s.today:
		earliest = s.now
	}
	return s.times.Day(day, earliest, slot(), s.whose)
}

func (s *Diary) build() {
	if s.week {
		s.grid.build(s)
	} else {
		s.lines = s.stretches(s.day)
	}
	s.resize()
}

// begin puts the cursor on what is now, or on the first line of another day.
func (s *Diary) begin() {
	at := 0
	if s.day == s.today {
		at = slices.IndexFunc(s.lines, func(l domain.Stretch) bool { return l.From >= 0 && l.To > s.now })
		if at < 0 {
			at = max(0, len(s.lines)-1) // the day is over: what was last stands nearest to now
		}
	}
	s.win.Go(at)
	if s.week {
		s.grid.seek(s.now)
	}
}

// follow keeps the cursor on the same appointment, or on the same time.
func (s *Diary) follow(under domain.Stretch) {
	if s.week {
		return // the grid has not moved
	}
	same := func(l domain.Stretch) bool {
		return under.Kind == domain.StretchBooked && l.Kind == under.Kind && l.Taken.Appointment == under.Taken.Appointment
	}
	at := slices.IndexFunc(s.lines, same)
	if at < 0 {
		at = slices.IndexFunc(s.lines, func(l domain.Stretch) bool { return l.From >= under.From })
	}
	if at < 0 {
		at = len(s.lines) - 1
	}
	s.win.Go(at)
}

// chosen returns what the cursor is on.
func (s *Diary) chosen() (domain.Stretch, bool) {
	if s.week {
		return s.grid.at(s.day)
	}
	if s.win.At < 0 || s.win.At >= len(s.lines) {
		return domain.Stretch{}, false
	}
	return s.lines[s.win.At], true
}

// Update implements screen.Screen.
func (s *Diary) Update(msg tea.Msg) screen.Effect {
	switch msg := msg.(type) {
	case screen.Second:
		before := s.now
		if s.clock(); s.now != before {
			under, ok := s.chosen()
			s.build()
			if ok {
				s.follow(under)
			}
		}
	case whoseMsg:
		s.whose = msg.whose
		s.build()
		s.begin()
	case wrote:
		if msg.err != nil {
			return screen.Say{Text: msg.err.Error()}
		}
		return screen.Say{Text: "Written, for you alone to read: " + clean.Line(msg.path, 300)}
	case tea.KeyPressMsg:
		if s.week {
			s.grid.win.Key(msg.String())
			return nil
		}
		s.win.Key(msg.String())
	}
	return nil
}

// step goes to another day, or in the week to another week when the day is outside.
func (s *Diary) step(days int) func() screen.Effect {
	return func() screen.Effect {
		s.day += calendar.Day(days)
		if s.week {
			s.grid.land(s, days)
		}
		row := s.grid.minute()
		s.build()
		if s.week {
			s.grid.seek(row)
			return nil
		}
		s.win.Go(0)
		s.begin()
		return nil
	}
}

// turn goes a day on, or in the week a week.
func (s *Diary) turn(by int) func() screen.Effect {
	return func() screen.Effect {
		if s.week {
			by *= 7
		}
		return s.step(by)()
	}
}

func (s *Diary) goToday() screen.Effect {
	s.day = s.today
	s.build()
	s.begin()
	return nil
}

// toggle changes between day and week, and stays at the same time.
func (s *Diary) toggle() screen.Effect {
	under, ok := s.chosen()
	s.week = !s.week
	s.build()
	switch {
	case !ok:
		s.begin()
	case s.week:
		s.grid.seek(under.From)
	default:
		s.follow(under)
	}
	return nil
}

// person returns how somebody of the desk is called.
func (s *Diary) person(id domain.ID) string {
	if id.IsZero() {
		return "everybody here"
	}
	return clean.Line(s.world.Desk.Office().Named(id).Name, 30)
}

// initials are as much of a name as a week shows.
func initials(name string) string {
	words := strings.Fields(name)
	if len(words) == 0 {
		return "?"
	}
	first := []rune(words[0])[:1]
	if len(words) == 1 {
		return string(first)
	}
	return string(append(first, []rune(words[len(words)-1])[0]))
}
