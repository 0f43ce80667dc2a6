package session

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
)

// keeping is how what is typed outlives the program.
type keeping struct {
	draft  domain.ID
	waits  []domain.Draft // of the same kind on the same person, when another is begun
	found  bool           // a draft was put into the field and not drawn yet
	kept   string         // the text that the draft holds
	pauses int            // counts changes, so that only the last one's pause keeps
	was    string         // the text that was there before anybody typed: of an amended note
	over   domain.ID      // the version of it
}

// empty reports that nothing was typed.
func (k keeping) empty(s *Session) bool {
	return strings.TrimSpace(s.area.Value()) == strings.TrimSpace(k.was) && s.next == nil
}

// pause comes when the fingers have rested since a change.
type pause struct{ after int }

// keptMsg tells what came of keeping the draft.
type keptMsg struct {
	text string
	err  error
}

// Update implements screen.Screen.
func (s *Session) Update(msg tea.Msg) screen.Effect {
	switch msg := msg.(type) {
	case pause:
		if msg.after == s.keep.pauses {
			return s.keepSoon()
		}
		return nil
	case keptMsg:
		if msg.err != nil {
			s.wrong = "The draft could not be kept: " + msg.err.Error()
			return s.pauseFor(retryAfter)
		}
		s.keep.kept, s.wrong = msg.text, ""
		return nil
	case screen.Refused:
		s.backTo(msg.Refusal.Why)
		if n := s.amended(); n != nil && msg.Refusal.Field == "version" {
			if p, err := s.world.Desk.Participant(s.id); err == nil { // whoever saves again has been told
				s.p = p
				s.keep.over = s.amended().Shown()
			}
		}
		return nil
	case screen.Failed:
		s.backTo("Nothing was saved: " + msg.Err.Error())
		return nil
	case tea.PasteMsg:
		return s.paste(msg)
	}
	return s.pressed(msg)
}

// backTo shows again what could not be saved, with why.
func (s *Session) backTo(why string) {
	s.phase, s.wrong = writing, why
	switch {
	case s.form == anAmendedSession:
		s.phase = telling
	case s.form == aSession && s.Outcome != domain.Happened:
		s.phase = choosing
	}
}

// pressed gives a key to the field that has the focus.
func (s *Session) pressed(msg tea.Msg) screen.Effect {
	k, key := msg.(tea.KeyPressMsg)
	switch {
	case !key:
		return nil
	case s.phase == picking:
		return s.picker.typed(k)
	case s.phase == resuming:
		return s.typedAhead(k)
	case s.phase != writing:
		return nil
	case k.Text == " ":
		if e, done := s.expandHere(); done {
			return e
		}
	}
	return s.typed(msg)
}

func (s *Session) typed(msg tea.Msg) screen.Effect {
	before := s.area.Value()
	var cmd tea.Cmd
	s.area, cmd = s.area.Update(msg)
	if s.area.Value() == before {
		return screen.Tea{Cmd: cmd}
	}
	return screen.All{screen.Tea{Cmd: cmd}, s.changed()}
}

// paste lets text in, cleaned, with its marks inert until they are accepted.
func (s *Session) paste(msg tea.PasteMsg) screen.Effect {
	if s.phase == picking {
		msg.Content = clean.Line(msg.Content, clean.MaxLine)
		return s.picker.typed(msg)
	}
	if s.phase != writing {
		return nil
	}
	text, marks := domain.Escape(msg.Content)
	msg.Content = text
	e := s.typed(msg)
	if marks == 0 {
		return e
	}
	return screen.All{e, screen.Say{Text: fmt.Sprintf("%d pasted lines look like marks and stay plain words. ctrl+r lets them count.", marks)}}
}

// changed reads the marks anew and begins to wait for a pause.
func (s *Session) changed() screen.Effect {
	s.mark()
	s.keep.pauses++
	return s.pauseFor(pauseLength)
}

// stirred is [Session.changed] where no text was: a draft is begun by words, not by
// looking through the kinds of session.
func (s *Session) stirred() screen.Effect {
	if s.phase == choosing || s.keep.empty(s) {
		return nil
	}
	return s.changed()
}

// retryAfter is when a draft that could not be kept is tried again: there may be room
// by then.
const retryAfter = 2 * time.Second

func (s *Session) pauseFor(d time.Duration) screen.Effect {
	n := s.keep.pauses
	return screen.Run{Work: func() tea.Msg {
		time.Sleep(d)
		return pause{n}
	}}
}

func (s *Session) asDraft() domain.Draft {
	return domain.Draft{
		ID: s.keep.draft, Place: s.place(), Participant: s.id, About: s.item, By: s.world.Desk.Who().ID, At: s.world.Now(),
		Fields: map[string]string{
			"text": s.area.Value(), "outcome": string(s.Outcome), "channel": s.Channel, "next": s.nextText(),
			"kind": string(s.Kind), "present": strings.Join(s.Present, "\n"), "interpreter": s.Interpreter, "prompt": strconv.Itoa(s.ask), "over": s.keep.over.String(),
			"escalation": s.escalationText(), "appointment": s.appointmentText(),
		},
	}
}

// keepSoon writes the draft in the background.
func (s *Session) keepSoon() screen.Effect {
	if s.keep.draft.IsZero() {
		return nil
	}
	d, desk := s.asDraft(), s.world.Desk
	return screen.Run{Work: func() tea.Msg { return keptMsg{d.Fields["text"], desk.KeepDraft(d)} }}
}

// Keep writes the draft before the screen is left. An empty note leaves none.
func (s *Session) Keep() error {
	if s.keep.draft.IsZero() || s.phase == choosing || s.phase == resuming || s.form == anAmendedSession {
		return nil
	}
	if s.keep.empty(s) {
		return s.world.Desk.DropDraft(s.keep.draft)
	}
	d := s.asDraft()
	if err := s.world.Desk.KeepDraft(d); err != nil {
		return err
	}
	s.keep.kept = d.Fields["text"]
	return nil
}

// place names the form in drafts.
func (s *Session) place() string {
	switch s.form {
	case aNote:
		return "note"
	case anAmendedNote, anAmendedSession:
		return "amendment"
	case aSession:
	}
	return "session"
}

// findDraft takes up what was left when the program ended or the screen was left. When
// something of the same kind waits and nobody said which is meant, the coach is asked.
func (s *Session) findDraft() error {
	drafts, err := s.world.Desk.Drafts()
	if err != nil {
		return err
	}
	for _, d := range drafts {
		if !s.keep.draft.IsZero() && d.ID == s.keep.draft {
			s.takeUp(d)
			return nil
		}
		if d.Participant == s.id && d.Place == s.place() && d.About == s.item && d.Fields["escalation"] == s.escalationText() {
			s.keep.waits = append(s.keep.waits, d)
		}
	}
	if len(s.keep.waits) > 0 && s.keep.draft.IsZero() && s.form != anAmendedSession {
		slices.SortFunc(s.keep.waits, func(a, b domain.Draft) int { return cmp.Or(b.At.Compare(a.At), slices.Compare(a.ID[:], b.ID[:])) })
		s.picker.win = kit.Window{}
		s.phase = resuming
		return nil
	}
	if s.keep.draft.IsZero() {
		s.keep.draft = s.world.Desk.NewID()
	}
	return nil
}

// takeUp puts a draft into the field.
func (s *Session) takeUp(d domain.Draft) {
	f := d.Fields
	s.keep.draft, s.keep.kept, s.keep.found = d.ID, f["text"], true
	s.phase = writing
	if s.form == aSession {
		s.turnTo(domain.SessionKind(f["kind"]))
		s.Outcome, s.Channel, s.Interpreter = domain.Outcome(f["outcome"]), f["channel"], f["interpreter"]
		if s.Outcome == "" {
			s.Outcome = domain.Happened
		}
		s.Present = nil
		if f["present"] != "" {
			s.Present = strings.Split(f["present"], "\n")
		}
		s.ask, _ = strconv.Atoi(f["prompt"])
		if id, err := domain.ParseID(f["escalation"]); err == nil {
			s.about, s.escalation = s.Kind, id
		}
		if id, err := domain.ParseID(f["appointment"]); err == nil {
			s.appointment = id
		}
		s.next = s.readNext(f["next"])
	}
	if over, err := domain.ParseID(f["over"]); err == nil {
		s.keep.over = over
	}
	s.area.SetValue(s.keep.kept)
	s.mark()
}

// readNext and nextText carry the next appointment through a draft.
func (s *Session) readNext(v string) *domain.Booking {
	var b domain.Booking
	day, rest, ok := strings.Cut(v, "|")
	if !ok {
		return nil
	}
	d, err := calendar.ParseISO(day)
	if err != nil {
		return nil
	}
	minute, channel, _ := strings.Cut(rest, "|")
	if _, err := fmt.Sscan(minute, &b.Minute); err != nil {
		return nil
	}
	b.Day, b.Channel = d, channel
	return &b
}

func (s *Session) nextText() string {
	if s.next == nil {
		return ""
	}
	return fmt.Sprintf("%s|%d|%s", s.next.Day, s.next.Minute, s.next.Channel)
}
