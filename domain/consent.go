package domain

import (
	"slices"
	"strings"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Consent is one line of the ledger: what a person agreed that somebody outside may
// be told, what for and how long. That it has run out is worked out from the day.
type Consent struct {
	ID      ID
	Purpose string
	To      Recipient
	Items   []ConsentItem
	From    calendar.Day
	Until   calendar.Day // the last day; zero: no end was agreed
	How     ConsentHow
	Giver   ConsentGiver
	By      ID // who wrote it down

	Withdrawn    calendar.Day // zero: it stands
	WithdrawnHow ConsentHow
	Crossed      bool // another desk gave it without knowing of a withdrawal
}

// ItemID makes Consent findable by its ID.
func (c Consent) ItemID() ID { return c.ID }

// Recipient is who is told: a kind, and the name of the one who gets it.
type Recipient struct {
	Kind RecipientKind
	Name string
}

// RecipientKind is what somebody who is told is to the person.
type RecipientKind string

// The kinds of recipient are stored.
const (
	ToColleague      RecipientKind = "colleague"
	ToAdviser        RecipientKind = "dea"
	ToProvider       RecipientKind = "provider"
	ToEmployer       RecipientKind = "employer"
	ToRepresentative RecipientKind = "representative"
	ToOther          RecipientKind = "other"
)

// RecipientKinds lists all there are.
var RecipientKinds = []RecipientKind{ToColleague, ToAdviser, ToProvider, ToEmployer, ToRepresentative, ToOther}

func (k RecipientKind) String() string {
	if k == ToAdviser {
		return "Disability Employment Adviser"
	}
	return string(k)
}

// ConsentItem is one part of a record that a consent may cover. The list is closed
// and short, so that it can be read to a person in one breath.
type ConsentItem string

// The parts are stored. A name goes with each of them.
const (
	ItemContact     ConsentItem = "contact"     // telephone, email, when and how to reach them
	ItemHealth      ConsentItem = "health"      // fit notes, barriers, health-journey group
	ItemAdjustments ConsentItem = "adjustments" // what to do differently, language, interpreter
	ItemPlan        ConsentItem = "plan"        // goals, steps, appointments
	ItemWork        ConsentItem = "work"        // employment and hours
	ItemSessions    ConsentItem = "sessions"    // what was said and done
)

// ConsentItems lists all there are, in the order in which forms number them.
var ConsentItems = []ConsentItem{ItemContact, ItemHealth, ItemAdjustments, ItemPlan, ItemWork, ItemSessions}

func (i ConsentItem) String() string {
	switch i {
	case ItemContact:
		return "contact details"
	case ItemWork:
		return "work history"
	case ItemSessions:
		return "session notes"
	case ItemHealth, ItemAdjustments, ItemPlan:
	}
	return string(i)
}

// ConsentHow is how somebody said yes or no.
type ConsentHow string

// The ways are stored.
const (
	FaceToFace ConsentHow = "face to face"
	ByPhone    ConsentHow = "phone"
	InWriting  ConsentHow = "in writing"
	Online     ConsentHow = "online"
)

// ConsentHows lists all there are.
var ConsentHows = []ConsentHow{FaceToFace, ByPhone, InWriting, Online}

// ConsentGiver is who said yes.
type ConsentGiver string

// The givers are stored.
const (
	GivenByPerson         ConsentGiver = "person"
	GivenByRepresentative ConsentGiver = "representative"
)

// ConsentGivers lists all there are.
var ConsentGivers = []ConsentGiver{GivenByPerson, GivenByRepresentative}

// InForce reports whether a consent holds on a day, for at least one part.
func (c Consent) InForce(on calendar.Day) bool {
	return len(c.Items) > 0 && c.Withdrawn.IsZero() && c.From <= on && (c.Until.IsZero() || on <= c.Until)
}

// State says where a consent stands on a day, in words.
func (c Consent) State(on calendar.Day) string {
	switch {
	case c.Crossed:
		return "withdrawn elsewhere at the same time " + c.Withdrawn.Short(on)
	case !c.Withdrawn.IsZero():
		return "withdrawn " + c.Withdrawn.Short(on)
	case !c.Until.IsZero() && c.Until < on:
		return "ran out " + c.Until.Short(on)
	case c.From > on:
		return "begins " + c.From.Short(on)
	case len(c.Items) == 0:
		return "narrowed twice at the same time until no part was left"
	case c.Until.IsZero():
		return "in force, no end agreed"
	}
	return "in force until " + c.Until.Short(on)
}

// EndsSoon reports whether a consent holds and ends within so many days of a day.
func (c Consent) EndsSoon(on calendar.Day, days int) bool {
	return c.InForce(on) && !c.Until.IsZero() && c.Until <= on.AddDays(days)
}

// ConsentsToLookAt returns what a coach should see before a talk: consents that end
// within so many days, and those withdrawn that nothing has taken the place of.
func (p Participant) ConsentsToLookAt(on calendar.Day, days int) []Consent {
	var all []Consent
	for _, c := range p.Consents {
		replaced := slices.ContainsFunc(p.Consents, func(o Consent) bool { return o.To.same(c.To) && o.InForce(on) })
		if c.EndsSoon(on, days) || !c.Withdrawn.IsZero() && !replaced {
			all = append(all, c)
		}
	}
	return all
}

// WhoWhat says in one phrase who gets what.
func (c Consent) WhoWhat() string { return c.To.String() + ": " + ItemWords(c.Items) }

func (r Recipient) String() string {
	if r.Name == "" {
		return r.Kind.String()
	}
	return r.Kind.String() + " " + r.Name
}

func (r Recipient) same(o Recipient) bool {
	return r.Kind == o.Kind && clean.Fold(r.Name) == clean.Fold(o.Name)
}

// ItemWords lists parts of a record as people say them.
func ItemWords(items []ConsentItem) string {
	words := make([]string, len(items))
	for i, it := range items {
		words[i] = it.String()
	}
	return strings.Join(words, ", ")
}

// MayShare returns the parts of the record that consents let somebody have on a day.
// A recipient without a name is anybody of its kind.
func (p Participant) MayShare(with Recipient, on calendar.Day) []ConsentItem {
	var may []ConsentItem
	for _, c := range p.Covering(with, on) {
		may = append(may, c.Items...)
	}
	return onlyItems(ConsentItems, may)
}

// Covering returns the consents that hold for somebody on a day.
func (p Participant) Covering(with Recipient, on calendar.Day) []Consent {
	var all []Consent
	for _, c := range p.Consents {
		if c.InForce(on) && c.To.Kind == with.Kind && (with.Name == "" || c.To.same(with)) {
			all = append(all, c)
		}
	}
	return all
}

// WhyNotShare is the gate of everything that leaves the desk: it says why parts of a
// record may not go to somebody on a day. Empty means that consents cover it. With
// no parts it asks whether anything may go at all.
func (p Participant) WhyNotShare(with Recipient, items []ConsentItem, on calendar.Day) string {
	holds := p.Covering(with, on)
	if len(holds) == 0 {
		return p.noConsent(with, on)
	}
	may := p.MayShare(with, on)
	missing := slices.DeleteFunc(slices.Clone(items), func(i ConsentItem) bool { return slices.Contains(may, i) })
	if len(missing) == 0 {
		return ""
	}
	return "The consent for " + with.Kind.who() + " does not cover " + ItemWords(missing) + ". Ask the person, and record what they say."
}

// noConsent says what is missing, and what became of consent that there was.
func (p Participant) noConsent(with Recipient, on calendar.Day) string {
	was := ""
	for _, c := range p.Consents {
		if c.To.Kind == with.Kind && (with.Name == "" || c.To.same(with)) {
			was = " The last one: " + c.State(on) + "."
		}
	}
	return "No consent to share with " + with.Kind.who() + " is in force." + was + " Ask the person, and record what they say."
}
