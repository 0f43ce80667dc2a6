package domain

import (
	"encoding/hex"
	"slices"
	"strings"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Export is something about a person that left the desk: a file, or what was put into
// the clipboard or onto standard output.
type Export struct {
	ID       ID
	What     ExportKind
	For      ExportFor
	Name     string // of who gets it, where that is known
	Consents []ID   // those on which it went
	Basis    ExportBasis
	Format   string
	SHA256   string // of the bytes, in hexadecimal
	Hidden   int    // how many lines its receiver does not see
	ToFile   bool
	On       calendar.Day
	By       ID
}

// ExportKind is what went out.
type ExportKind string

// The kinds are stored. More may come; one that is not known is shown as it is.
const (
	ExportHandover ExportKind = "handover"
	ExportPlan     ExportKind = "plan"
	ExportJournal  ExportKind = "journal"
	ExportCalendar ExportKind = "calendar"
	ExportReferral ExportKind = "referral"
	ExportAccess   ExportKind = "subject access"
	ExportPeople   ExportKind = "people"
	ExportAll      ExportKind = "everything"
)

// ExportKinds lists all there are.
var ExportKinds = []ExportKind{ExportHandover, ExportPlan, ExportJournal, ExportCalendar, ExportReferral, ExportAccess, ExportPeople, ExportAll}

// String says what went out, with its article; what a later version names, as it does.
func (k ExportKind) String() string {
	switch k {
	case ExportHandover:
		return "a handover note"
	case ExportPlan:
		return "a copy of the plan"
	case ExportJournal:
		return "a text for the online journal"
	case ExportCalendar:
		return "appointments for a calendar"
	case ExportReferral:
		return "a referral"
	case ExportAccess:
		return "everything that is held on them"
	case ExportPeople:
		return "a list of people"
	case ExportAll:
		return "everything in the store"
	case "":
		return "a paper"
	}
	return clean.Line(string(k), 40)
}

// ExportFor is who is to read it.
type ExportFor string

// The readers are stored. Nobody named means that it stays with whoever made it.
const (
	ForColleague      ExportFor = "colleague"
	ForAdviser        ExportFor = "dea"
	ForProvider       ExportFor = "provider"
	ForEmployer       ExportFor = "employer"
	ForPerson         ExportFor = "person"
	ForRepresentative ExportFor = "representative"
	ForOther          ExportFor = "other"
)

// ExportFors lists all there are.
var ExportFors = []ExportFor{ForColleague, ForAdviser, ForProvider, ForEmployer, ForPerson, ForRepresentative, ForOther}

func (f ExportFor) phrase() string {
	switch f {
	case ForColleague:
		return "a colleague"
	case ForAdviser:
		return "the Disability Employment Adviser"
	case ForProvider:
		return "a provider"
	case ForEmployer:
		return "an employer"
	case ForPerson:
		return "the person"
	case ForRepresentative:
		return "a representative"
	case ForOther:
		return "somebody else"
	}
	return ""
}

// ExportBasis is the ground on which something went out.
type ExportBasis string

// The grounds are stored.
const (
	OnConsent         ExportBasis = "consent"
	OnPublicTask      ExportBasis = "public-task"
	OnLegalObligation ExportBasis = "legal-obligation"
	OnVitalInterests  ExportBasis = "vital-interests"
	OnOwn             ExportBasis = "own"     // the person gets what is theirs
	OnRights          ExportBasis = "rights"  // they asked for everything that is held
	OnService         ExportBasis = "service" // it stays with staff who work on the case
)

// ExportBases lists all there are.
var ExportBases = []ExportBasis{OnConsent, OnPublicTask, OnLegalObligation, OnVitalInterests, OnOwn, OnRights, OnService}

func (b ExportBasis) String() string {
	switch b {
	case OnConsent:
		return "consent"
	case OnPublicTask:
		return "public task"
	case OnLegalObligation:
		return "legal obligation"
	case OnVitalInterests:
		return "vital interests"
	case OnOwn:
		return "their own copy"
	case OnRights:
		return "right of access"
	case OnService:
		return "within the service"
	}
	return string(b)
}

// Words says what went out and for whom, as one phrase.
func (x Export) Words() string {
	if to := x.Reader(); to != "" {
		return x.What.String() + " for " + to
	}
	return x.What.String()
}

// Reader says for whom it is: what they are and who, as far as either is known.
func (x Export) Reader() string {
	return strings.TrimSpace(x.For.phrase() + " " + clean.Line(x.Name, clean.MaxLine))
}

// ExportsOn returns what went out on a consent, oldest first.
func (p Participant) ExportsOn(consent ID) []Export {
	var all []Export
	for _, x := range p.Exports {
		if slices.Contains(x.Consents, consent) {
			all = append(all, x)
		}
	}
	return all
}

// OpenExports returns what went out on consent that was withdrawn since: somebody may
// want to ask for it back.
func (p Participant) OpenExports() []Export {
	gone := func(id ID) bool {
		c := find(p.Consents, id)
		return c != nil && !c.Withdrawn.IsZero()
	}
	var all []Export
	for _, x := range p.Exports {
		if slices.ContainsFunc(x.Consents, gone) {
			all = append(all, x)
		}
	}
	return all
}

// NoteExport remembers that something about a person leaves the desk. It is decided when
// the bytes are there and before anybody gets them.
type NoteExport struct {
	Participant ID
	Export      Export // without ID, On and By
}

// For names the participant.
func (c NoteExport) For() Subject { return About(c.Participant) }

// Decide asks for what went out, and for the sum of its bytes.
func (c NoteExport) Decide(p Participant, s Stamp) ([]Event, error) {
	x := c.Export
	if err := exported(x.What, x.Format, x.SHA256); err != nil {
		return nil, err
	}
	switch {
	case len(p.past) == 0:
		return nil, p.mustExist()
	case x.For != "" && !slices.Contains(ExportFors, x.For):
		return nil, Refused("for", "%q is nobody that a paper is written for.", clean.Line(string(x.For), 40))
	case x.Basis != "" && !slices.Contains(ExportBases, x.Basis):
		return nil, Refused("basis", "%q is not a basis on which something leaves.", clean.Line(string(x.Basis), 40))
	case x.Basis == OnConsent && len(x.Consents) == 0:
		return nil, Refused("consent", "What leaves on consent names the consent. Record it first.")
	}
	for _, id := range x.Consents {
		if find(p.Consents, id) == nil {
			return nil, Refused("consent", "That consent is not on the record.")
		}
	}
	return []Event{ExportMade{ID: s.New(), What: x.What, For: x.For, Name: clean.Line(x.Name, clean.MaxLine), Consents: x.Consents, Basis: x.Basis, Format: x.Format, SHA256: x.SHA256, Hidden: max(x.Hidden, 0), ToFile: x.ToFile}}, nil
}

// exported checks what every note of an export has.
func exported(what ExportKind, format, sum string) error {
	b, err := hex.DecodeString(sum)
	switch {
	case what == "" || format == "":
		return Refused("what", "Say what went out, and in which format.")
	case err != nil || len(b) != 32:
		return Refused("sha256", "The SHA-256 of what went out has 64 hexadecimal digits.")
	}
	return nil
}

// ExportMade happens when something about a person leaves the desk.
type ExportMade struct {
	ID       ID          `json:"id"`
	What     ExportKind  `json:"what"`
	For      ExportFor   `json:"for,omitempty"`
	Name     string      `json:"name,omitempty"`
	Consents []ID        `json:"consents,omitempty"`
	Basis    ExportBasis `json:"basis,omitempty"`
	Format   string      `json:"format"`
	SHA256   string      `json:"sha256"`
	Hidden   int         `json:"hidden,omitempty"`
	ToFile   bool        `json:"to_file,omitempty"`
}

var _ = know[ExportMade]()

// Kind names the event on disk.
func (ExportMade) Kind() string { return "export.made" }

// Sentence says what went out and for which kind of reader.
func (e ExportMade) Sentence() string {
	return "Went out: " + Export{What: ofToday(e.What), For: e.For}.Words() + "."
}

// ofToday returns a kind that this version can name, so that no text of a later one is
// quoted.
func ofToday(k ExportKind) ExportKind {
	if slices.Contains(ExportKinds, k) {
		return k
	}
	return ""
}

func (e ExportMade) makes() ID { return e.ID }

func (e ExportMade) apply(p *Participant, r Record) {
	p.Exports = append(p.Exports, Export{
		ID: e.ID, What: e.What, For: e.For, Name: e.Name, Consents: e.Consents, Basis: e.Basis,
		Format: e.Format, SHA256: e.SHA256, Hidden: e.Hidden, ToFile: e.ToFile, On: r.Day, By: r.By,
	})
}

// wentOut reports whether something left the desk with a batch: no undo calls it back.
func (p Participant) wentOut(batch ID) bool {
	return slices.ContainsFunc(p.past, func(r Record) bool {
		_, ok := r.Event.(ExportMade)
		return ok && r.Command == batch
	})
}
