// Package participant is one person's record: the overview, what happened, the
// plan, the questions to the adviser, and the details.
package participant

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
	"coachdesk/ui/theme"
)

// Participant is the screen of one person.
type Participant struct {
	world   screen.World
	id      domain.ID
	p       domain.Participant
	row     domain.Row
	queue   domain.Queue
	tab     screen.Tab
	entries []entry
	win     kit.Window     // over entries that can be chosen
	top     int            // first line seen
	drafts  []domain.Draft // left unfinished about this person
	others  []other        // their other records
	unfold  bool           // private paragraphs are shown
	look    planLook       // how the plan is looked at
	shelf   shelf          // what is known of services that they were told of
	width   int
	height  int
}

// New returns a person's record with a tab open.
func New(w screen.World, id domain.ID, tab screen.Tab) *Participant {
	return &Participant{world: w, id: id, tab: tab, look: planLook{zoom: 1}}
}

// Title implements screen.Screen.
func (s *Participant) Title() string { return s.p.Name() }

// Fit implements screen.Screen.
func (s *Participant) Fit(w, h int) {
	first := s.width == 0
	s.width, s.height = w, h
	s.build()
	if first {
		s.begin()
	}
}

// Read implements screen.Screen.
func (s *Participant) Read() error {
	p, err := s.world.Desk.Participant(s.id)
	if err != nil {
		return err
	}
	drafts, err := s.world.Desk.Drafts()
	if err != nil {
		return err
	}
	s.drafts = slices.DeleteFunc(drafts, func(d domain.Draft) bool { return d.Participant != s.id })
	under := s.chosen()
	s.p, s.row, s.queue = p, p.Row(), s.world.Desk.Queue()
	s.readOthers()
	s.build()
	s.follow(under)
	return nil
}

// follow keeps the cursor on the same entry when others came or went.
func (s *Participant) follow(under entry) {
	for at, i := range s.choosable() {
		if e := s.entries[i]; e.kind == under.kind && e.id == under.id && e.fact == under.fact && e.day == under.day {
			s.win.Go(at)
			return
		}
	}
}

func (s *Participant) today() calendar.Day { return s.queue.Today }

var tabNames = []string{"Overview", "Timeline", "Plan", "DEA", "Referrals", "Work", "Details", "Consent"}

// entry is a block of lines that can be chosen, or a heading that cannot.
type entry struct {
	kind  entryKind
	id    domain.ID
	fact  domain.Fact
	day   calendar.Day // of a week
	lines []string
	ink   theme.Ink
}

type entryKind int

const (
	heading entryKind = iota
	plain             // read only
	aStep
	aGoal
	aPromise
	aBarrier
	anAdjustment
	aQuestion
	aBatch
	aFact
	anAppointment
	aConsent
	aTwin
	aSignpost
	aDraft
	aConcern
	aFitNote
	aProvision
	anApplication
	aTransfer
	aReferral
	aJob
	aWeek
	aProfileLine
	aWorkAdjustment
	anAbsence
	aReturn
	aContact
	aCheckIn
)

// build tells the lines of the open tab anew.
func (s *Participant) build() {
	if s.width == 0 || !s.p.Exists() {
		return
	}
	s.entries, s.look.head = nil, nil
	switch s.tab {
	case screen.Overview:
		s.overview()
	case screen.Timeline:
		s.timeline()
	case screen.Plan:
		s.plan()
	case screen.Questions:
		s.questions()
	case screen.MovingOn:
		s.movingOn()
	case screen.Work:
		s.work()
	case screen.Details:
		s.details()
	case screen.Consent:
		s.consents()
	}
	s.win.Resize(len(s.choosable()), max(1, s.height-3))
}

func (s *Participant) choosable() []int {
	var out []int
	for i, e := range s.entries {
		if e.kind != heading && e.kind != plain {
			out = append(out, i)
		}
	}
	return out
}

// chosen returns the entry under the cursor; a heading when there is none.
func (s *Participant) chosen() entry {
	c := s.choosable()
	if s.win.At < 0 || s.win.At >= len(c) {
		return entry{}
	}
	return s.entries[c[s.win.At]]
}

func (s *Participant) head(text string) {
	if len(s.entries) > 0 {
		s.put(entry{lines: []string{""}})
	}
	s.put(entry{lines: []string{text}, ink: s.world.Theme.Accent})
}

func (s *Participant) put(e entry) { s.entries = append(s.entries, e) }

// say puts a text as an entry, wrapped, with what follows the first line set in.
func (s *Participant) say(e entry, text string) {
	for i, l := range strings.Split(clean.Text(text, clean.MaxText), "\n") {
		said := strings.TrimLeft(l, " ")
		lead := l[:len(l)-len(said)]
		for j, w := range kit.Wrap(said, max(10, s.width-6-len(lead))) {
			w = lead + w // what belongs to a line stands as far in as its beginning
			if i+j > 0 {
				w = "  " + w
			}
			e.lines = append(e.lines, w)
		}
	}
	s.put(e)
}

// Update implements screen.Screen.
func (s *Participant) Update(msg tea.Msg) screen.Effect {
	if msg, ok := msg.(shelved); ok {
		s.shelf.index = msg.index
		s.build()
		return nil
	}
	switch msg := msg.(type) {
	case copied:
		return s.wasCopied(msg)
	case clipped:
		return s.wasClipped(msg)
	}
	if k, ok := msg.(tea.KeyPressMsg); ok {
		if len(s.choosable()) == 0 {
			var w kit.Window
			w.Resize(1<<20, max(1, s.height-3))
			w.Top, w.At = s.top, s.top
			if w.Key(k.String()) {
				s.top = w.At
			}
			return nil
		}
		s.win.Key(k.String())
	}
	return nil
}

func (s *Participant) turn(to screen.Tab) func() screen.Effect {
	return func() screen.Effect {
		n := screen.Tab(len(tabNames))
		s.tab = (to + n) % n
		s.top, s.win.At, s.unfold = 0, 0, false
		s.build()
		s.begin()
		return nil
	}
}

// begin puts the cursor of the plan on the first step that is open: the one that is
// ticked most.
func (s *Participant) begin() {
	if s.tab != screen.Plan {
		return
	}
	for at, i := range s.choosable() {
		if e := s.entries[i]; e.kind == aStep && s.step(e.id).Open() {
			s.win.Go(at)
			return
		}
	}
}

// View implements screen.Screen.
func (s *Participant) View() (string, *tea.Cursor) {
	t := s.world.Theme
	out := append([]string{s.tabLine(), s.needs()}, s.look.head...)
	if s.tab == screen.Plan && s.look.view == board && len(s.entries) > 0 {
		return s.drawBoard(out)
	}
	var body []string
	at, height := 0, 1
	c := s.choosable()
	for i, e := range s.entries {
		under := len(c) > 0 && s.win.At < len(c) && c[s.win.At] == i
		if under {
			at, height = len(body), len(e.lines)
		}
		for j, l := range e.lines {
			mark := "  "
			if under && j == 0 {
				mark = t.Glyphs.Cursor + " "
			}
			if under {
				body = append(body, t.Selected.Paint(kit.Fill(mark+l, s.width)))
				continue
			}
			body = append(body, mark+e.ink.Paint(l))
		}
	}
	s.scroll(at, height, len(body), s.room())
	body = body[min(s.top, len(body)):]
	cur := tea.NewCursor(0, len(out)+at-s.top)
	return strings.Join(append(out, body[:min(len(body), s.room())]...), "\n"), cur
}

// scroll keeps the chosen entry in sight, with its heading when it is the first.
func (s *Participant) scroll(at, height, all, room int) {
	if len(s.choosable()) > 0 {
		if s.win.At == 0 && at+height <= room {
			s.top = 0
		}
		if at < s.top {
			s.top = at
		}
		if at+height > s.top+room {
			s.top = at + min(height, room) - room
		}
	}
	s.top = max(0, min(s.top, all-room))
}

// room is how many lines are left under what always stands.
func (s *Participant) room() int { return max(1, s.height-2-len(s.look.head)) }

func (s *Participant) tabLine() string {
	t := s.world.Theme
	var b strings.Builder
	for i, name := range tabNames {
		if screen.Tab(i) == s.tab {
			b.WriteString(" " + t.Selected.Paint(" "+name+" "))
			continue
		}
		b.WriteString("  " + t.Muted.Paint(name) + " ")
	}
	return kit.FillStyled(b.String(), s.width)
}

// needs is the line that stands on every tab: how to work with this person.
func (s *Participant) needs() string {
	parts := s.standing()
	for _, a := range s.p.Adjustments {
		if !a.Removed && !a.Scope.Private() {
			parts = append(parts, a.Text)
		}
	}
	for _, f := range []domain.Fact{domain.FactNotContact, domain.FactInterpreter, domain.FactLanguage, domain.FactRepresentative} {
		if v := s.p.Fact(f); v != "" {
			parts = append(parts, v)
		}
	}
	text := clean.Line(strings.Join(parts, " "+s.world.Theme.Glyphs.Sep+" "), 400)
	if text == "" {
		text = "no adjustments recorded"
	}
	return "  " + s.world.Theme.Chip.Paint(kit.Cut(text, max(0, s.width-4)))
}
