package screen

import (
	"cmp"
	"slices"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

type (
	// HandOver is a handover being written: of one person or of several in one go.
	HandOver struct {
		People []domain.ID
		Kind   domain.HandoverKind // zero: as the receiver's role suggests
		Of     domain.ID           // what it is about alone, such as a question
	}
	// Handovers are what was handed over to whoever works here, and by them.
	Handovers struct{}
	// TakeBack is what happened while somebody else looked after one's people.
	TakeBack struct{}
	// Bundle is a file that came from another desk, looked at before it is taken in.
	Bundle struct{ Path string }
	// HandoverPage is one handover to read.
	HandoverPage struct{ Participant, Handover domain.ID }
	// Export is the question what is to be written out; with nobody, of everybody.
	Export struct{ People []domain.ID }
)

func (HandOver) place()  {}
func (Handovers) place() {}
func (TakeBack) place()  {}
func (Bundle) place()    {}
func (Export) place()    {}

func (HandoverPage) place() {}

// HandingOver is the part of a [Desk] that lets a case leave it and come back. Its
// methods read or write files: ask all but Note in a [Run].
type HandingOver interface {
	// Note is the handover note as its receiver will read it, with what they do not see
	// and why. It takes a moment: some milliseconds.
	Note(NoteOf) (Sheet, error)
	// Bundle writes what is new for a receiver of another desk into one sealed file and
	// says where it is.
	Bundle(to domain.ID) (Written, error)
	// Arrived are the files that may have come from other desks, the newest first.
	Arrived() []string
	// Look opens a file that came from another desk and changes nothing.
	Look(path, passphrase string) (Arrival, error)
	// TakeIn takes what a file holds into the record.
	TakeIn(path, passphrase string) (Arrival, error)
	// Export writes something out into a file for its owner alone.
	Export(ExportOf) (Written, error)
	// LeftOut is what an export would leave out and why, a sentence each.
	LeftOut(ExportOf) ([]string, error)
}

// NoteOf is whose handover note is made, for whom, and in which words of the coach.
type NoteOf struct {
	Participant domain.ID
	For         domain.Role // of the receiver
	To          string      // their name
	Kind        domain.HandoverKind
	Words       domain.HandoverWords
}

// Sheet is a paper as the coach looks at it before it goes.
type Sheet struct {
	Title    string
	Sections []SheetSection
}

// SheetSection is a heading with its lines.
type SheetSection struct {
	Title string
	Lines []SheetLine
}

// SheetLine is one line; Hidden says why the receiver does not read it.
type SheetLine struct{ Text, Hidden string }

// Written is where a file is, how long it is, and the sum that tells it from another.
type Written struct {
	Path   string
	Bytes  int64
	SHA256 string
	Notes  []string // what else there is to know, such as what was left out
}

// Arrival is what a file from another desk holds.
type Arrival struct {
	From    string // who sent it, with role and office
	Checked bool   // their key was read over the telephone
	Made    string // when
	What    string // of which kind
	Sealed  bool   // with a passphrase that is not known yet
	People  []ArrivalOf
	Notes   []string
}

// ArrivalOf is what is new of one person.
type ArrivalOf struct {
	Name    string
	New     int // records that are not here yet
	Records int
	Joins   bool // nobody of that reference is here yet
}

// ExportOf is what is written out, for whom and how.
type ExportOf struct {
	What        domain.ExportKind
	Participant domain.ID
	People      []domain.ID // of a list; none is everybody
	Referral    domain.ID
	For         domain.ExportFor
	Format      string // as the command line calls it
	Passphrase  string // seals it; empty leaves it open
	Path        string // empty: the desk chooses a folder and a name
}

// Receiver is somebody a case can be handed to.
type Receiver struct {
	ID     domain.ID
	Name   string
	Role   domain.Role
	Office string // of another desk; empty: registered here
}

// Away reports whether the receiver sits at another desk.
func (r Receiver) Away() bool { return r.Office != "" }

// Says names a receiver with role and office.
func (r Receiver) Says() string {
	text := clean.Line(r.Name, 60) + ", " + r.Role.String()
	if r.Away() {
		text += ", " + clean.Line(r.Office, 60)
	}
	return text
}

// Receivers are all to whom a case can be handed, those registered here first, whose
// name, role or office begins with what was typed.
func Receivers(desk Desk, typed string) []Receiver {
	office, me := desk.Office(), desk.Who().ID
	var all []Receiver
	for _, p := range office.People {
		if p.ID != me && p.Role != domain.Administrator {
			all = append(all, Receiver{ID: p.ID, Name: p.Name, Role: p.Role})
		}
	}
	for _, c := range office.Contacts {
		all = append(all, Receiver{ID: c.Person, Name: c.Name, Role: c.Role, Office: cmp.Or(c.Office, "another office")})
	}
	want := clean.Fold(strings.TrimSpace(typed))
	rank := func(r Receiver) int {
		name := clean.Fold(r.Name)
		switch {
		case strings.HasPrefix(name, want):
			return 0
		case strings.Contains(name, " "+want):
			return 1
		case strings.HasPrefix(clean.Fold(r.Role.String()), want), strings.HasPrefix(clean.Fold(r.Office), want), string(r.Role) == want:
			return 2
		}
		return 3
	}
	all = slices.DeleteFunc(all, func(r Receiver) bool { return rank(r) == 3 })
	away := func(r Receiver) int { return min(len(r.Office), 1) }
	slices.SortStableFunc(all, func(a, b Receiver) int { // a case goes to a coach more often than to a lead
		return cmp.Or(rank(a)-rank(b), away(a)-away(b), slices.Index(domain.Roles, a.Role)-slices.Index(domain.Roles, b.Role), strings.Compare(clean.Fold(a.Name), clean.Fold(b.Name)))
	})
	return all
}

// DaySaid says a day with its distance.
func DaySaid(d, today calendar.Day) string { return d.Short(today) + ", " + d.Distance(today) }
