package domain

import (
	"slices"
	"strings"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Office is what everybody in the office shares: who works here, and the days
// that the rules of bank holidays do not know.
type Office struct {
	Name   string
	People []Person
	Days   []calendar.OneOff
	Erased []Erasure
	// Phrases are the saved texts that everybody here may use, by their short names.
	Phrases []Phrase
	// ErasedParts are the parts of records that must never come back.
	ErasedParts []PartsErasure
	Cards       []Card
	// Gone are phrases that were removed, with their last words: another desk may have
	// changed one before it knew, and whoever saves it again goes on from there.
	Gone []Phrase
	// Files are what the office says itself of programmes and areas, oldest first.
	Files []OfficeFile
	// Contacts is the address book; Left are those who were taken out of it, and Met
	// others of whom there are records here.
	Contacts []Contact
	Left     []Contact
	Met      []Met
	Exports  []ListExport
	Sent     []SentBundle
	Opened   []OpenedBundle

	past []Record
}

// Person is somebody who works at the desk.
type Person struct {
	ID    ID
	Name  string
	Role  Role
	Since calendar.Day // of the name and role as they are now
	Held  []Held       // all names and roles that they had, oldest first
}

// Held is a name and a role that somebody had from a day on.
type Held struct {
	Name  string
	Role  Role
	Since calendar.Day
}

// RoleOn returns the role that somebody had on a day; empty before they were
// registered.
func (o Office) RoleOn(person ID, on calendar.Day) Role {
	var role Role
	for _, h := range o.Person(person).Held {
		if h.Since <= on {
			role = h.Role
		}
	}
	return role
}

// Person returns who an ID names; zero if nobody is registered under it.
func (o Office) Person(id ID) Person {
	i := slices.IndexFunc(o.People, func(p Person) bool { return p.ID == id })
	if i < 0 {
		return Person{}
	}
	return o.People[i]
}

// FindPerson returns the one registered person whose name or role begins with what
// was typed.
func (o Office) FindPerson(typed string) (Person, error) {
	want := clean.Fold(strings.TrimSpace(typed))
	var fits []Person
	for _, p := range o.People {
		if clean.Fold(p.Name) == want {
			return p, nil
		}
		if want != "" && (strings.Contains(clean.Fold(p.Name), want) || string(p.Role) == want) {
			fits = append(fits, p)
		}
	}
	if len(fits) == 1 {
		return fits[0], nil
	}
	var names []string
	for _, p := range o.People {
		names = append(names, p.Name)
	}
	return Person{}, Refused("as", "%q is not one person who works here. Registered are: %s.", clean.Line(typed, 60), strings.Join(names, ", "))
}

// Register adds somebody who works here, or changes their name or role.
type Register struct {
	Office ID
	Person ID
	Name   string
	Role   Role
}

// For names the office.
func (c Register) For() Subject { return Subject{AboutOffice, c.Office} }

// DecideOffice asks for a name that nobody else has and a role that exists.
func (c Register) DecideOffice(o Office, _ Stamp) ([]Event, error) {
	name := clean.Line(c.Name, clean.MaxLine)
	switch {
	case name == "":
		return nil, Refused("name", "Write the name under which you work here.")
	case !slices.Contains(Roles, c.Role):
		return nil, Refused("role", "%q is not a role. The roles are coach, dea, adviser, lead and administrator.", clean.Line(string(c.Role), 40))
	case c.Person.IsZero():
		return nil, Refused("person", "A person needs an ID.")
	}
	for _, p := range o.People {
		if p.ID != c.Person && clean.Fold(p.Name) == clean.Fold(name) {
			return nil, Refused("name", "%s is registered already. Add something that tells the two apart.", p.Name)
		}
	}
	if now := o.Person(c.Person); now.Name == name && now.Role == c.Role {
		return nil, Refused("name", "%s is registered as %s already.", name, c.Role)
	}
	return []Event{Registered{Person: c.Person, Name: name, Role: c.Role}}, nil
}

// Registered happens when somebody starts to work here or changes role.
type Registered struct {
	Person ID     `json:"person"`
	Name   string `json:"name"`
	Role   Role   `json:"role"`
}

var _ = know[Registered]()

// Kind names the event on disk.
func (Registered) Kind() string { return "person.registered" }

// Sentence says who works here as what.
func (e Registered) Sentence() string {
	return clean.Line(e.Name, clean.MaxLine) + " works here as " + e.Role.String() + "."
}

func (e Registered) applyOffice(o *Office, r Record) {
	held := Held{e.Name, e.Role, r.Day}
	who := Person{e.Person, e.Name, e.Role, r.Day, []Held{held}}
	if i := slices.IndexFunc(o.People, func(p Person) bool { return p.ID == e.Person }); i >= 0 {
		who.Held = append(slices.Clone(o.People[i].Held), held)
		o.People[i] = who
		return
	}
	o.People = append(o.People, who)
}

// ChangeDay adds a one-off day to the office's calendar: an extra holiday, or a
// bank holiday that is worked.
type ChangeDay struct {
	Office ID
	Day    calendar.OneOff
}

// For names the office.
func (c ChangeDay) For() Subject { return Subject{AboutOffice, c.Office} }

// DecideOffice asks for a day and a name.
func (c ChangeDay) DecideOffice(o Office, _ Stamp) ([]Event, error) {
	d := c.Day
	d.Name = clean.Line(d.Name, clean.MaxLine)
	if d.Day.IsZero() {
		return nil, Refused("day", "Say which day, for example 15 June 2026.")
	}
	if d.Name == "" {
		return nil, Refused("name", "Say what the day is, for example: office move.")
	}
	if slices.Contains(o.Days, d) {
		return nil, Refused("day", "That day is in the calendar already.")
	}
	return []Event{DayChanged{Day: d.Day, Nation: d.Nation, Holiday: d.Holiday, Name: d.Name}}, nil
}

// DayChanged happens when the office's calendar gains a one-off day.
type DayChanged struct {
	Day     calendar.Day    `json:"day"`
	Nation  calendar.Nation `json:"nation,omitempty"`
	Holiday bool            `json:"holiday,omitempty"`
	Name    string          `json:"name"`
}

var _ = know[DayChanged]()

// Kind names the event on disk.
func (DayChanged) Kind() string { return "day.changed" }

// Sentence says what the day is now.
func (e DayChanged) Sentence() string {
	if e.Holiday {
		return e.Day.Long() + " is a holiday."
	}
	return e.Day.Long() + " is a working day."
}

func (e DayChanged) applyOffice(o *Office, _ Record) {
	o.Days = slices.DeleteFunc(o.Days, func(d calendar.OneOff) bool { return d.Day == e.Day && d.Nation == e.Nation })
	o.Days = append(o.Days, calendar.OneOff{Day: e.Day, Nation: e.Nation, Holiday: e.Holiday, Name: e.Name})
}
