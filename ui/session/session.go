// Package session records a one-to-one session while the person talks: first the
// outcome, then one free note with light marks, then the next appointment. The same
// screen takes notes outside a session, and amends what was written.
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
	resuming              // drafts wait: go on with one, or begin another
	writing
	telling // who was there; letters are keys
	picking // a saved phrase; letters are text
	previewing
)

// form is what is being written.
type form int

const (
	aSession form = iota
	aNote
	anAmendedNote
	anAmendedSession
)

// talk is what is said of the session beside the note.
type talk struct {
	domain.Account
	about       domain.SessionKind // what it was opened for, before anybody guesses
	escalation  domain.ID          // whose meeting or direct support it is; zero for none
	appointment domain.ID          // which was pointed at; zero: that of today, or the oldest
	booked      int                // minutes that were booked
	slot        int                // minutes
	began       time.Time          // of the talk
}

// Session is the screen on which a session, or a note without one, is written.
type Session struct {
	world  screen.World
	id     domain.ID
	item   domain.ID // what is amended
	p      domain.Participant
	today  calendar.Day
	names  domain.Names
	rules  domain.SessionRules
	form   form
	phase  phase
	choice int
	talk
	ask    int // the prompt that the coach is at
	rating []int
	area   textarea.Model
	gutter gutter
	words  domain.Words
	next   *domain.Booking
	picker picker
	keep   keeping
	wrong  string
	width  int
	height int
}

// New returns the screen of a new session, or of a draft found again.
func New(w screen.World, at screen.Session) *Session {
	s := &Session{world: w, id: at.Participant, keep: keeping{draft: at.Draft}, area: kit.NewArea(clean.MaxText)}
	s.about, s.escalation, s.appointment = at.Kind, at.Escalation, at.Appointment
	s.Outcome, s.slot, s.began = domain.Happened, domain.SlotMinutes, w.Now()
	s.area.SetPromptFunc(gutterWidth, s.inGutter)
	return s
}

// escalationText carries the escalation through a draft.
func (s *Session) escalationText() string {
	if s.escalation.IsZero() {
		return ""
	}
	return s.escalation.String()
}

// tells returns the appointment that the session tells about. One that was pointed at
// and has an outcome by now is no longer meant.
func (s *Session) tells() (domain.Appointment, bool) {
	if a, ok := s.p.Settles(s.appointment, domain.OneToOne, s.today); ok && !s.appointment.IsZero() {
		return a, true
	}
	kind := domain.OneToOne
	if !s.escalation.IsZero() {
		kind = s.about
	}
	return s.p.Settles(domain.ID{}, kind, s.today)
}

func (s *Session) appointmentText() string {
	if s.appointment.IsZero() {
		return ""
	}
	return s.appointment.String()
}

// NewNote returns the screen of a note outside a session.
func NewNote(w screen.World, id, draft domain.ID) *Session {
	s := New(w, screen.Session{Participant: id, Draft: draft})
	s.form, s.phase = aNote, writing
	return s
}

// NewAmend returns the screen on which a note or a session is amended.
func NewAmend(w screen.World, at screen.Amend) *Session {
	s := NewNote(w, at.Participant, at.Draft)
	s.form, s.item = anAmendedNote, at.Item
	return s
}

// Title implements screen.Screen.
func (s *Session) Title() string {
	switch s.form {
	case aNote:
		return "Note on " + s.p.Name()
	case anAmendedNote:
		return "Amend a note on " + s.p.Name()
	case anAmendedSession:
		return "Amend a session with " + s.p.Name()
	case aSession:
	}
	if s.about != domain.OneToOne {
		return "Session with " + s.p.Name() + ", " + s.about.String()
	}
	return "Session with " + s.p.Name()
}

// Read implements screen.Screen.
func (s *Session) Read() error {
	p, err := s.world.Desk.Participant(s.id)
	if err != nil {
		return err
	}
	first := s.p.ID.IsZero()
	s.p, s.today, s.rules = p, s.world.Today(), s.world.Desk.Queue().Sessions
	s.names = domain.Names{Coach: s.world.Desk.Who().Name, Person: p.Name()}
	if !first {
		return nil
	}
	if !s.item.IsZero() {
		if err := s.readItem(); err != nil {
			return err
		}
		return s.findDraft()
	}
	booked := s.about
	if a, ok := s.tells(); ok && (a.Day == s.today || a.ID == s.appointment) {
		s.Channel, s.booked, booked = a.Channel, a.Length, a.Kind
	}
	s.turnTo(p.GuessKind(booked, p.Review(s.world.Desk.Queue().Reviewing()).Day, s.today))
	return s.findDraft()
}

// turnTo says what the talk is for, and with it how long its slot is.
func (s *Session) turnTo(k domain.SessionKind) {
	s.Kind, s.ask = k, 0
	s.slot = s.p.Slot(k, s.booked, s.rules)
}

// turnKind goes on to the next kind of session.
func (s *Session) turnKind() screen.Effect {
	at := 0
	for i, k := range domain.SessionKinds {
		if k == s.Kind {
			at = i + 1
		}
	}
	s.turnTo(domain.SessionKinds[at%len(domain.SessionKinds)])
	return s.stirred()
}

// voluntary reports whether nothing here may speak of duty.
func (s *Session) voluntary() bool { return s.rules.Of(s.Kind).Voluntary }

// mark reads the note's marks anew. Of an amended note only those count that are new.
func (s *Session) mark() {
	s.words = domain.ReadNote(s.area.Value(), s.today, s.names)
	if n := s.amended(); n != nil {
		s.words.Marks = n.NewMarks(s.words)
	}
	s.layout()
}

// Actions implements screen.Screen.
func (s *Session) Actions() []screen.Action {
	switch s.phase {
	case choosing:
		return s.choosingActions()
	case resuming:
		return s.resumingActions()
	case telling:
		return s.tellingActions()
	case picking:
		return s.pickingActions()
	case previewing:
		return s.previewActions()
	case writing:
	}
	return s.writingActions()
}

func (s *Session) writingActions() []screen.Action {
	leave := "keep draft"
	if s.keep.empty(s) {
		leave = "back"
	}
	talk := func() string {
		if s.form != aSession {
			return "That belongs to a session; this is a note."
		}
		return ""
	}
	return []screen.Action{
		{Keys: []string{"ctrl+s", "f2"}, Name: "Finish: see what will be saved", Short: "finish", Do: s.preview},
		{Keys: []string{"ctrl+n", "f3"}, Name: "Next appointment", Short: "next date", Do: s.askNext, Not: talk},
		{Keys: []string{"tab"}, Name: "The next prompt", Short: "prompts", Do: s.walk(1), Not: talk},
		{Keys: []string{"shift+tab"}, Name: "The prompt before", Do: s.walk(-1), Not: talk},
		{Keys: []string{"ctrl+t", "f4"}, Name: "Face to face, phone, video, online", Short: "channel", Do: s.turnChannel, Not: talk},
		{Keys: []string{"ctrl+o", "f11"}, Name: "About the session: kind, who was there, interpreter", Short: "who", Do: s.tell, Not: talk},
		{Keys: []string{"ctrl+y", "f12"}, Name: "Who may read this paragraph: shareable, coach only, third party", Short: "scope", Do: s.turnScope},
		{Keys: []string{"ctrl+f"}, Name: "Saved phrases (or write ;? and a blank; ;name and a blank puts one in)", Short: "phrases", Do: s.pick},
		{Keys: []string{"ctrl+r", "f6"}, Name: "Let pasted marks count", Do: s.unescape, Not: s.noPasted},
		{Keys: []string{"f1"}, Name: "Help for this screen", Short: "help", Do: func() screen.Effect { return screen.Show{Panel: screen.Help} }},
		{Keys: []string{"esc"}, Name: "Leave; what was typed stays as a draft", Short: leave, Do: func() screen.Effect { return screen.Back{} }},
	}
}

func (s *Session) command() domain.RecordSession {
	told, _ := s.tells() // the one that the screen names
	return domain.RecordSession{
		Participant: s.id, Outcome: s.Outcome, Channel: s.Channel, Text: s.area.Value(), Next: s.next, Length: s.minutes(),
		Kind: s.Kind, Present: s.Present, Interpreter: s.Interpreter, Rating: s.answers(), Escalation: s.escalation, Appointment: told.ID,
	}
}

// minutes is how long the talk took, when it took at least one and was not left
// open over lunch.
func (s *Session) minutes() int {
	m := int(s.world.Now().Sub(s.began).Minutes())
	if s.Outcome != domain.Happened || m < 1 || m > 3*s.slot {
		return 0
	}
	return m
}

func (s *Session) submit(c domain.Command) screen.Effect {
	return screen.Do{Commands: []domain.Command{c}, Draft: s.keep.draft, After: func(r domain.Receipt) screen.Effect {
		s.saved()
		if s.form != aSession {
			return screen.Back{}
		}
		return screen.Instead{To: screen.Next{Participant: s.id, Batch: r.Batch}}
	}}
}

// saved empties the field, so that nothing of it is kept as a draft again.
func (s *Session) saved() {
	s.area.SetValue("")
	s.next = nil
	s.keep = keeping{}
}

func (s *Session) preview() screen.Effect {
	s.wrong = ""
	if s.form != aSession && strings.TrimSpace(s.area.Value()) == "" {
		s.wrong = "The note is empty. Write at least a word, or press esc."
		return screen.Say{Text: s.wrong}
	}
	s.mark()
	s.phase = previewing
	return nil
}

func (s *Session) save() screen.Effect {
	switch s.form {
	case aNote:
		return s.submit(domain.TakeNote{Participant: s.id, Text: s.area.Value()})
	case anAmendedNote, anAmendedSession:
		return s.askReason()
	case aSession:
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
		if c == s.Channel {
			at = i + 1
		}
	}
	s.Channel = domain.Channels[at%len(domain.Channels)]
	return s.stirred()
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
