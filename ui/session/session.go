// Package session records a one-to-one session while the person talks: first the
// outcome, then one free note with light marks, then the next appointment.
//
// What is typed is kept as a draft at every pause of half a second and when the
// screen is left, so that a killed program loses nothing before the last pause.
package session

import (
	"strings"
	"time"

	"charm.land/bubbles/v2/textarea"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
)

// pauseLength is how long the fingers rest before the draft is kept.
const pauseLength = 500 * time.Millisecond

type phase int

const (
	choosing phase = iota // how it went; letters are keys, never text
	writing
	previewing
)

// Session is the screen on which a session, or a note without one, is written.
type Session struct {
	world   screen.World
	id      domain.ID
	p       domain.Participant
	today   calendar.Day
	names   domain.Names
	note    bool // no session: a note on its own
	phase   phase
	choice  int
	outcome domain.Outcome
	channel string
	slot    int // minutes
	began   time.Time
	area    textarea.Model
	words   domain.Words
	next    *domain.Booking
	draft   domain.ID
	found   bool   // a draft was put into the field and not drawn yet
	kept    string // the text that the draft holds
	pauses  int    // counts changes, so that only the last one's pause keeps
	wrong   string
	width   int
	height  int
}

// New returns the screen of a new session, or of a draft found again.
func New(w screen.World, id, draft domain.ID) *Session {
	return &Session{world: w, id: id, draft: draft, outcome: domain.Happened, began: w.Now(), area: kit.NewArea(clean.MaxText), slot: domain.SlotMinutes}
}

// NewNote returns the screen of a note outside a session.
func NewNote(w screen.World, id domain.ID) *Session {
	s := New(w, id, domain.ID{})
	s.note, s.phase = true, writing
	return s
}

// Title implements screen.Screen.
func (s *Session) Title() string {
	if s.note {
		return "Note on " + s.p.Name()
	}
	return "Session with " + s.p.Name()
}

// Fit implements screen.Screen.
func (s *Session) Fit(w, h int) { s.width, s.height = w, h; s.layout() }

// layout gives the field what the brief and the marks leave.
func (s *Session) layout() {
	s.area.SetWidth(max(20, s.width-4-s.side()))
	s.area.SetHeight(max(3, s.height-len(s.brief())-2-s.foot()))
	if s.found && s.height > 0 {
		// A text that was put in shows its beginning until the field has drawn it and is
		// then asked once where its cursor is.
		s.found = false
		_ = s.area.View()
		s.area, _ = s.area.Update(nil)
	}
}

// side is the width of the marks beside the text; zero puts them below it.
func (s *Session) side() int {
	if s.width >= 110 {
		return 46
	}
	return 0
}

func (s *Session) foot() int {
	if s.side() > 0 {
		return 1
	}
	return 2 + min(5, max(1, len(s.words.Marks)))
}

// Read implements screen.Screen.
func (s *Session) Read() error {
	p, err := s.world.Desk.Participant(s.id)
	if err != nil {
		return err
	}
	first := s.p.ID.IsZero()
	s.p, s.today = p, s.world.Today()
	s.names = domain.Names{Coach: s.world.Desk.Who().Name, Person: p.Name()}
	if !first {
		return nil
	}
	for _, a := range p.Unsettled(s.today) {
		if a.Day == s.today {
			s.channel = a.Channel
			if a.Length > 0 {
				s.slot = a.Length
			}
			break
		}
	}
	return s.findDraft()
}

// findDraft takes up what was left when the program ended or the screen was left.
func (s *Session) findDraft() error {
	drafts, err := s.world.Desk.Drafts()
	if err != nil {
		return err
	}
	for _, d := range drafts {
		if d.ID != s.draft && (!s.draft.IsZero() || d.Participant != s.id || d.Place != s.place()) {
			continue
		}
		s.draft, s.phase, s.kept = d.ID, writing, d.Fields["text"]
		s.outcome, s.channel = domain.Outcome(d.Fields["outcome"]), d.Fields["channel"]
		if s.outcome == "" {
			s.outcome = domain.Happened
		}
		s.next = s.readNext(d.Fields["next"])
		s.area.SetValue(s.kept)
		s.found = true
		s.mark()
		return nil
	}
	if s.draft.IsZero() {
		s.draft = s.world.Desk.NewID()
	}
	return nil
}

func (s *Session) place() string {
	if s.note {
		return "note"
	}
	return "session"
}

// mark reads the note's marks anew.
func (s *Session) mark() {
	s.words = domain.ReadNote(s.area.Value(), s.today, s.names)
	s.layout()
}

// Actions implements screen.Screen.
func (s *Session) Actions() []screen.Action {
	switch s.phase {
	case choosing:
		return s.choosingActions()
	case previewing:
		return []screen.Action{
			{Keys: []string{"enter", "ctrl+s"}, Name: "Save", Short: "save", Do: s.save, Not: s.unsound},
			{Keys: []string{"esc"}, Name: "Back to the text", Short: "back to the text", Do: func() screen.Effect { s.phase = writing; return nil }},
		}
	case writing:
	}
	leave := "keep draft"
	if strings.TrimSpace(s.area.Value()) == "" {
		leave = "back"
	}
	return []screen.Action{
		{Keys: []string{"ctrl+s", "f2"}, Name: "Finish: see what will be saved", Short: "finish", Do: s.preview},
		{Keys: []string{"ctrl+n", "f3"}, Name: "Next appointment", Short: "next date", Do: s.askNext},
		{Keys: []string{"ctrl+t", "f4"}, Name: "Face to face, phone, video, online", Short: "channel", Do: s.turnChannel},
		{Keys: []string{"ctrl+r", "f6"}, Name: "Let pasted marks count", Do: s.unescape, Not: s.noPasted},
		{Keys: []string{"f1"}, Name: "Help for this screen", Short: "help", Do: func() screen.Effect { return screen.Show{Panel: screen.Help} }},
		{Keys: []string{"esc"}, Name: "Leave; what was typed stays as a draft", Short: leave, Do: func() screen.Effect { return screen.Back{} }},
	}
}

func (s *Session) command() domain.RecordSession {
	return domain.RecordSession{Participant: s.id, Outcome: s.outcome, Channel: s.channel, Text: s.area.Value(), Next: s.next, Length: s.minutes()}
}

// minutes is how long the talk took, when it took at least one and was not left
// open over lunch.
func (s *Session) minutes() int {
	m := int(s.world.Now().Sub(s.began).Minutes())
	if s.outcome != domain.Happened || m < 1 || m > 3*s.slot {
		return 0
	}
	return m
}

func (s *Session) submit(c domain.Command) screen.Effect {
	return screen.Do{Commands: []domain.Command{c}, Draft: s.draft, After: func(r domain.Receipt) screen.Effect {
		s.kept = s.area.Value() // the draft is gone: leaving keeps no other
		s.saved()
		if s.note {
			return screen.Back{}
		}
		return screen.Instead{To: screen.Next{Participant: s.id, Batch: r.Batch}}
	}}
}

// saved empties the field, so that nothing of it is kept as a draft again.
func (s *Session) saved() {
	s.area.SetValue("")
	s.kept, s.next = "", nil
	s.draft = domain.ID{}
}

func (s *Session) preview() screen.Effect {
	s.wrong = ""
	if s.note && strings.TrimSpace(s.area.Value()) == "" {
		s.wrong = "The note is empty. Write at least a word, or press esc."
		return screen.Say{Text: s.wrong}
	}
	s.mark()
	s.phase = previewing
	return nil
}

// unsound says which line must be put right before anything is saved.
func (s *Session) unsound() string {
	if err := s.words.Problem(); err != nil {
		return err.Error() + " Press esc and put it right."
	}
	return ""
}

func (s *Session) save() screen.Effect {
	if s.note {
		return s.submit(domain.TakeNote{Participant: s.id, Text: s.area.Value()})
	}
	return s.submit(s.command())
}

func (s *Session) askNext() screen.Effect {
	return screen.AskMeeting(s.world, "Next appointment: when?", "", screen.Meeting{Participant: s.id}, func(b domain.Booking) screen.Effect {
		s.next = &b
		return s.changed()
	})
}

func (s *Session) turnChannel() screen.Effect {
	at := 0
	for i, c := range domain.Channels {
		if c == s.channel {
			at = i + 1
		}
	}
	s.channel = domain.Channels[at%len(domain.Channels)]
	return s.changed()
}

func (s *Session) noPasted() string {
	if domain.Escaped(s.area.Value()) == 0 {
		return "No pasted line looks like a mark."
	}
	return ""
}

func (s *Session) unescape() screen.Effect {
	s.area.SetValue(domain.Unescape(s.area.Value()))
	return s.changed()
}
