// Package screen is the little that all screens share: what a screen must be able
// to do, what it may ask for, and where one can go.
//
// Screens do not know each other. A screen that wants the coach to be elsewhere
// returns [Go] with a [Place]; only the shell knows which screen lives there.
package screen

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/ui/theme"
)

// Desk is all that screens ask of the world behind them. Every answer is a value
// of its own; nothing that it returns changes later.
type Desk interface {
	Rows() ([]domain.Row, error)
	Participant(domain.ID) (domain.Participant, error)
	// Do carries out a batch and, in the same step, drops the draft that led to it.
	Do(b domain.Batch, draft domain.ID) (domain.Receipt, error)
	NewID() domain.ID
	Who() domain.Person
	As(person domain.ID) error
	Office() domain.Office
	Settings() domain.Desk
	Subjects() (office, desk domain.ID)
	Queue() domain.Queue
	// Diary is who meets whom when, with the hours and breaks of the desk.
	Diary() (domain.Diary, error)
	// WriteCalendar writes appointments as a file for other calendars, readable by its
	// owner alone, and returns where it is.
	WriteCalendar(path string, of Calendar) (string, error)
	// Directory is the local services, ready to be searched. The first time takes a tenth
	// of a second: ask it in a [Run], and search from the keys alone.
	Directory() (*domain.ServiceIndex, error)
	Stamp() domain.Stamp // for previews: what a command would be judged with now
	Drafts() ([]domain.Draft, error)
	KeepDraft(domain.Draft) error
	DropDraft(domain.ID) error
	// Changed returns a number that grows with whatever anybody writes. It may wait
	// for the store: never ask it while a key waits.
	Changed() (uint64, error)
	Count() int // of people, known without reading them
	Demo() bool
	// Unsaved reports that something typed could not be put away yet, as on a full disk.
	Unsaved() bool
	// ReadOnly says why nothing can be written, or nothing.
	ReadOnly() string
	// Looked writes down, soon, that somebody's record was opened.
	Looked(domain.Look)
	// Lost says why the store behind the desk can no longer be used, as when its keys
	// were changed, or nothing.
	Lost() string
	// Copy tells something that a person is given to keep, as text to paste.
	Copy(domain.ID, CopyOf) (string, error)
	// CopyInto writes it into a file for its owner alone, as a page to print where it is
	// a plan, and says where that is.
	CopyInto(domain.ID, CopyOf) (string, error)
	// Clip is Copy of what goes into the clipboard: it is recorded that it left.
	Clip(domain.ID, CopyOf) (string, error)
	// Lock closes the desk for good. It says where what was typed is now.
	Lock() string
	HandingOver
	Introducing
}

// CopyOf is what a person is given to keep: their plan, or the text for their journal
// after a talk.
type CopyOf struct {
	Journal  bool
	Referral domain.ID // the page of this referral, for its provider
	Shape    domain.CopyShape
	Language domain.CopyLanguage
}

// Door is how the shell comes by a desk: an existing store is opened with a
// passphrase, a new one is founded.
type Door interface {
	// Exists reports whether there is a store to open.
	Exists() bool
	// Open opens the store; the error is a sentence.
	Open(passphrase string) (Desk, error)
	// Found creates the store and returns the recovery key, to be shown once.
	Found(passphrase, name, office string) (Desk, string, error)
}

// Calendar is which appointments are written for other calendars.
type Calendar struct {
	From, To    calendar.Day
	Whose       domain.ID // of the desk; zero for everybody
	Participant domain.ID // zero for all
	Appointment domain.ID // zero for all
	Cancelled   bool      // those that will not be, so that they are taken out there
	Refs        bool      // titles bear the reference
}

// World is what a screen is born with.
type World struct {
	Desk  Desk
	Now   func() time.Time
	Theme *theme.Theme // the shell changes it when the terminal tells its ground
	// Patience is how long the first frame of a screen waits for what it shows. Zero
	// waits to the end.
	Patience time.Duration
}

// Today returns the day that everything on screen is judged by.
func (w World) Today() calendar.Day { return w.Desk.Queue().Today }

// Screen is one room of the house.
type Screen interface {
	// Title names the screen in the header.
	Title() string
	// Actions are what can be done here just now, in the order help shows them.
	// While letters are text, no letter is an action.
	Actions() []Action
	// Fit gives the screen its room, before the first View and whenever it changes.
	Fit(width, height int)
	// Read reads again whatever the screen shows. It takes less than 5 ms.
	Read() error
	// Update answers a message that was nobody's action.
	Update(tea.Msg) Effect
	// View draws the screen in the room that Fit gave it, and says where in it the
	// cursor stands: on the field or the row that has the focus. Nil hides it.
	View() (string, *tea.Cursor)
}

// Slow is a screen whose Read may last longer than [World].Patience. What is left
// of it then runs beside the keys, and the screen shows what it knows.
type Slow interface {
	// Rest returns what the last Read left to be waited for, once; nil is nothing.
	Rest() Effect
	// Busy reports that nothing was read yet: keys are held until something is.
	Busy() bool
}

// Others tells a screen, before it reads again, that somebody else has written.
type Others struct{}

// Action is one thing a coach can do on a screen. Dispatch, footer, help, palette
// and the key reference are all made from it.
type Action struct {
	Keys  []string // the first is shown; "g c" is g and then c
	Name  string   // a few words
	Short string   // for the footer; empty keeps it out of there
	Do    func() Effect
	// Not says why the action is closed just now; nil or empty means it is open.
	Not func() string
}

// Closed returns why the action is closed just now, or nothing.
func (a Action) Closed() string {
	if a.Not == nil {
		return ""
	}
	return a.Not()
}

// Effect is what a screen asks of the shell. The shell acts on it before it looks
// at the next key, so that no key ever reaches a screen that has been left.
//
//sumtype:decl
type Effect interface{ effect() }

type (
	// Go opens a place on top of this one.
	Go struct{ To Place }
	// Instead opens a place where this one was.
	Instead struct{ To Place }
	// Back leaves this screen.
	Back struct{}
	// Do asks the desk to carry out commands, and holds further keys until it has.
	Do struct {
		Commands []domain.Command
		Draft    domain.ID // dropped in the same step
		Then     Effect    // once it is done
		// After, when set, makes Then from what was done.
		After func(domain.Receipt) Effect
	}
	// Run runs something slow. Its answer comes to this screen's Update, wherever
	// the coach is by then, or to nobody if the screen was left.
	Run struct{ Work func() tea.Msg }
	// Prompt asks for one line of text.
	Prompt struct {
		Title, Hint, Value string
		Default            string // what an empty line means
		Secret             bool   // it is a passphrase: nobody reads it on the screen
		// Echo says what the text is understood as, or what is wrong with it.
		Echo func(string) (string, error)
		// Warn says what speaks against the text, a sentence each. It forbids nothing.
		Warn func(string) []string
		Then func(string) Effect
	}
	// Choose asks for one of a few.
	Choose struct {
		Title, Note string
		Choices     []Choice
	}
	// Say shows a sentence.
	Say struct{ Text string }
	// Show opens one of the shell's own panels.
	Show struct{ Panel Panel }
	// Enter comes in through the door with an open desk.
	Enter struct{ Desk Desk }
	// Explain opens somebody's record that is not one's own case, for a reason.
	Explain struct {
		To     Place
		Reason domain.LookReason
	}
	// Leave locks the desk.
	Leave struct{}
	// Become works as somebody else who is registered here.
	Become struct{ Person domain.ID }
	// Walk goes to the person opened before (-1) or after (+1) this one.
	Walk struct{ By int }
	// All carries out several effects in order.
	All []Effect
	// Tea hands Bubble Tea a command as it is, such as a widget's own.
	Tea struct{ Cmd tea.Cmd }
	// Quit leaves the house.
	Quit struct{}
)

func (Go) effect()      {}
func (Instead) effect() {}
func (Back) effect()    {}
func (Do) effect()      {}
func (Run) effect()     {}
func (Prompt) effect()  {}
func (Choose) effect()  {}
func (Say) effect()     {}
func (Show) effect()    {}
func (Enter) effect()   {}
func (Explain) effect() {}
func (Leave) effect()   {}
func (Become) effect()  {}
func (Walk) effect()    {}
func (All) effect()     {}
func (Tea) effect()     {}
func (Quit) effect()    {}

// Choice is one of a few, with the key that picks it.
type Choice struct {
	Key, Label string
	Then       Effect
}

// Panel is one of the shell's own panels.
type Panel int

// The panels.
const (
	Help Panel = iota
	Palette
	Curtain
	WorkAs
)

// Refused tells a screen that the desk said no to its command.
type Refused struct{ Refusal domain.Refusal }

// Failed tells a screen that its command could not be carried out: nothing was
// saved, and what it shows is all there is.
type Failed struct{ Err error }

// Everywhere are the actions of every screen on which letters are not text.
func Everywhere() []Action {
	open := func(p Place) func() Effect { return func() Effect { return Go{p} } }
	show := func(p Panel) func() Effect { return func() Effect { return Show{p} } }
	return []Action{
		{Keys: []string{"g c"}, Name: "Go to the caseload", Do: open(Caseload{})},
		{Keys: []string{"/"}, Name: "Find somebody", Short: "find", Do: open(Caseload{Find: true})},
		{Keys: []string{"g e"}, Name: "Go to the escalations to the adviser", Do: open(Escalations{})},
		{Keys: []string{"g a"}, Name: "Go to the advice cards: which advice worked, per barrier", Do: open(Cards{})},
		{Keys: []string{"g r"}, Name: "Go to the referrals: what waits for a provider, and for how long", Do: open(Referrals{})},
		{Keys: []string{"g h"}, Name: "Go to the handovers: to me, from me, and files from other desks", Do: open(Handovers{})},
		{Keys: []string{"g d"}, Name: "Go to the diary", Do: open(Diary{})},
		{Keys: []string{"g i"}, Name: "Go to those in work: weeks at risk first, then by the next in-work check", Do: open(InWork{})},
		{Keys: []string{"g s"}, Name: "End-of-day sweep: sessions without an outcome, one key each", Do: open(Sweep{})},
		{Keys: []string{"g t"}, Name: "Go to those who may be on the caseload twice", Do: open(Duplicates{})},
		{Keys: []string{"g m"}, Name: "Go to the programmes: where each stands, what it gives, and which document says so", Do: open(Programmes{})},
		{Keys: []string{"g p"}, Name: "Go to the saved phrases", Do: open(Phrases{})},
		{Keys: []string{"g v"}, Name: "Go to the local services: find one by words, need and place", Do: open(Services{})},
		{Keys: []string{"g b"}, Name: "Go to the address book: people of other desks, and your own card", Do: open(Contacts{})},
		{Keys: []string{"g w"}, Name: "Work as somebody else who is registered here", Do: show(WorkAs)},
		{Keys: []string{"?", "f1"}, Name: "Help for this screen", Short: "help", Do: show(Help)},
		{Keys: []string{":", "ctrl+p"}, Name: "Palette: find what can be done", Short: "command", Do: show(Palette)},
	}
}

// Always are the actions of every screen, also where letters are text.
func Always() []Action {
	return []Action{
		{Keys: []string{"esc"}, Name: "Back", Do: func() Effect { return Back{} }},
		{Keys: []string{"ctrl+g", "f9"}, Name: "Curtain: hide the screen", Do: func() Effect { return Show{Curtain} }},
		{Keys: []string{"ctrl+l", "f10"}, Name: "Lock the desk", Do: func() Effect { return Leave{} }},
		{Keys: []string{"alt+left", "f7"}, Name: "The person opened before", Do: func() Effect { return Walk{-1} }},
		{Keys: []string{"alt+right", "f8"}, Name: "The person opened after", Do: func() Effect { return Walk{1} }},
		{Keys: []string{"f5"}, Name: "Draw the screen again", Do: func() Effect { return Tea{tea.ClearScreen} }},
		{Keys: []string{"ctrl+c"}, Name: "Leave coachdesk", Do: func() Effect { return Quit{} }},
	}
}

// Second passes once a second to the screen on top, for clocks.
type Second struct{}
