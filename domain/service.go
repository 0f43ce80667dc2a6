package domain

import (
	"cmp"
	"crypto/sha256"
	"reflect"
	"slices"
	"strings"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Service is a local service as a feed told of it: public words about a place that
// people can go to. It holds nothing of anybody on the caseload.
type Service struct {
	ID      string         `json:"id"` // as its feed names it
	Name    string         `json:"name"`
	Org     string         `json:"org,omitempty"`
	Text    string         `json:"text,omitempty"` // what it does, in plain words
	Tags    []string       `json:"tags,omitempty"`
	Contact ServiceContact `json:"contact,omitzero"`
	Places  []ServicePlace `json:"places,omitempty"`
	Areas   []string       `json:"areas,omitempty"` // whom it serves, by where they live
	Entry   ServiceEntry   `json:"entry,omitzero"`
	Assured calendar.Day   `json:"assured,omitzero"` // when somebody last made sure that it is so
	Changed calendar.Day   `json:"changed,omitzero"` // when the feed last changed it
	Link    string         `json:"link,omitempty"`   // the record at its feed
}

// ServiceContact is how a service is reached.
type ServiceContact struct {
	Phones []ServicePhone `json:"phones,omitempty"`
	Emails []string       `json:"emails,omitempty"`
	Web    string         `json:"web,omitempty"`
}

// ServicePhone is a number, and what was said about it.
type ServicePhone struct {
	Number string `json:"number"`
	Label  string `json:"label,omitempty"`
}

// ServicePlace is where a service is.
type ServicePlace struct {
	Name     string `json:"name,omitempty"` // the building, the street and the town
	Postcode string `json:"postcode,omitempty"`
}

// ServiceEntry is how somebody gets in, and what it costs them.
type ServiceEntry struct {
	Modes  []ServiceMode `json:"modes,omitempty"`
	Ways   []ServiceWay  `json:"ways,omitempty"`
	Cost   string        `json:"cost,omitempty"`
	MinAge int           `json:"min_age,omitempty"` // 0: not known
	MaxAge int           `json:"max_age,omitempty"`
	Hours  string        `json:"hours,omitempty"`
}

// ServiceMode is how people take part.
type ServiceMode string

// The modes are stored.
const (
	ModeVenue  ServiceMode = "in person"
	ModePhone  ServiceMode = "phone"
	ModeOnline ServiceMode = "online"
	ModeHome   ServiceMode = "at home"
)

// ServiceWay is how somebody gets in.
type ServiceWay string

// The ways are stored.
const (
	WaySelf         ServiceWay = "self referral"
	WayDropIn       ServiceWay = "drop-in"
	WayAppointment  ServiceWay = "appointment"
	WayProfessional ServiceWay = "professional referral"
	WayMembers      ServiceWay = "members"
)

// equal reports whether a feed said the same of a service.
func (s Service) equal(o Service) bool { return reflect.DeepEqual(s, o) }

// Online reports whether somebody can take part from anywhere.
func (s Service) Online() bool {
	return slices.Contains(s.Entry.Modes, ModePhone) || slices.Contains(s.Entry.Modes, ModeOnline)
}

// Whole reports whether more than a list is known of a service.
func (s Service) Whole() bool {
	return len(s.Places) > 0 || len(s.Areas) > 0 || len(s.Entry.Modes) > 0 || s.Entry.Hours != "" || len(s.Contact.Emails) > 0 && len(s.Contact.Phones) > 0
}

// KeepDetails returns what a list of a feed says now, with what only the whole record
// said before: lists tell less.
func KeepDetails(before, now Service) Service {
	if before.Whole() && len(before.Contact.Phones) > 0 {
		now.Contact.Phones = before.Contact.Phones // those of a list were read out of its text
	}
	return now.FilledFrom(before)
}

// FilledFrom returns a service with what it does not say as another record of it does.
func (s Service) FilledFrom(o Service) Service {
	s.Org = cmp.Or(s.Org, o.Org)
	s.Text = cmp.Or(s.Text, o.Text)
	s.Tags, s.Places, s.Areas = orList(s.Tags, o.Tags), orList(s.Places, o.Places), orList(s.Areas, o.Areas)
	c := &s.Contact
	c.Phones, c.Emails, c.Web = orList(c.Phones, o.Contact.Phones), orList(c.Emails, o.Contact.Emails), cmp.Or(c.Web, o.Contact.Web)
	e, was := &s.Entry, o.Entry
	e.Modes, e.Ways = orList(e.Modes, was.Modes), orList(e.Ways, was.Ways)
	e.Cost, e.Hours = cmp.Or(e.Cost, was.Cost), cmp.Or(e.Hours, was.Hours)
	e.MinAge, e.MaxAge = cmp.Or(e.MinAge, was.MinAge), cmp.Or(e.MaxAge, was.MaxAge)
	s.Assured, s.Changed = cmp.Or(s.Assured, o.Assured), cmp.Or(s.Changed, o.Changed)
	return s
}

func orList[T any](a, b []T) []T {
	if len(a) > 0 {
		return a
	}
	return b
}

// Title is what a signpost says of a service: its name, and whose it is.
func (s Service) Title() string {
	if s.Org == "" || strings.Contains(clean.Fold(s.Name), clean.Fold(s.Org)) {
		return clean.Line(s.Name, clean.MaxLine)
	}
	return clean.Line(s.Name+", "+s.Org, clean.MaxLine)
}

// ServiceKey names a service of a feed on every desk alike.
func ServiceKey(feed, id string) ID {
	sum := sha256.Sum256([]byte("coachdesk service\x00" + feed + "\x00" + id))
	return ID(sum[:16])
}

// TellServices puts into the directory what a part of a feed said: what is new or has
// changed is written, and the rest costs nothing.
type TellServices struct {
	Office   ID
	Feed     string
	Services []Service
	// Next is the page on which an interrupted import goes on; 0 when the feed was read
	// to its end.
	Next int
}

// For names the directory.
func (c TellServices) For() Subject { return Subject{AboutDirectory, c.Office} }

// DecideDirectory tells what the directory does not know yet.
func (c TellServices) DecideDirectory(d Directory, _ Stamp) ([]Event, error) {
	feed, err := feedName(c.Feed)
	if err != nil {
		return nil, err
	}
	var news []Service
	at := map[string]int{}
	for _, s := range c.Services {
		if s.ID == "" || s.Name == "" {
			continue
		}
		if i, twice := at[s.ID]; twice {
			news[i] = s
			continue
		}
		if l, known := d.Listing(ServiceKey(feed, s.ID)); known && l.Vanished.IsZero() && l.equal(s) {
			continue
		}
		at[s.ID] = len(news)
		news = append(news, s)
	}
	if len(news) == 0 && d.Next(feed) == c.Next {
		return nil, nil
	}
	var events []Event
	for part := range slices.Chunk(news, servicesMost) {
		events = append(events, ServicesTold{Feed: feed, Services: part, Next: c.Next})
	}
	if len(events) == 0 {
		events = []Event{ServicesTold{Feed: feed, Next: c.Next}}
	}
	return events, nil
}

// servicesMost is how many services one record holds: some hundred kilobytes.
const servicesMost = 64

// feedMost is how long the name of a feed may be.
const feedMost = 120

func feedName(s string) (string, error) {
	feed := clean.Line(clean.Fold(s), feedMost)
	if feed == "" {
		return "", Refused("feed", "Name the feed, for example with --feed newham.")
	}
	return feed, nil
}

// ServicesTold happens when a feed tells something new of services.
type ServicesTold struct {
	Feed     string    `json:"feed"`
	Services []Service `json:"services"`
	Next     int       `json:"next,omitempty"`
}

var _ = know[ServicesTold]()

// Kind names the event on disk.
func (ServicesTold) Kind() string { return "services.told" }

// Sentence says how many.
func (e ServicesTold) Sentence() string {
	if len(e.Services) == 1 {
		return "A feed told of one local service."
	}
	return "A feed told of local services."
}

func (e ServicesTold) applyDirectory(d *Directory, r Record) {
	f := d.feed(e.Feed)
	f.Next, f.Told = e.Next, r.Day
	for _, s := range e.Services {
		key := ServiceKey(e.Feed, s.ID)
		i, known := d.at[key]
		if !known {
			i = len(d.Listings)
			d.at[key] = i
			d.Listings = append(d.Listings, Listing{Ref: key, Feed: e.Feed})
		}
		l := &d.Listings[i]
		l.Service, l.Told, l.Vanished = s, r.Day, 0
	}
}

// LoseServices notes which services a feed, read from its first page to its last, does
// not tell of any more.
type LoseServices struct {
	Office ID
	Feed   string
	Seen   map[string]bool // by the feed's own names
}

// For names the directory.
func (c LoseServices) For() Subject { return Subject{AboutDirectory, c.Office} }

// DecideDirectory tells which are gone. A feed that told of nothing at all is not
// believed.
func (c LoseServices) DecideDirectory(d Directory, _ Stamp) ([]Event, error) {
	feed, err := feedName(c.Feed)
	if err != nil {
		return nil, err
	}
	if len(c.Seen) == 0 {
		return nil, Refused("feed", "The feed told of no service at all. What is known of it stays; try again another day.")
	}
	var gone []string
	for _, l := range d.Listings {
		if l.Feed == feed && l.Vanished.IsZero() && !c.Seen[l.ID] {
			gone = append(gone, l.ID)
		}
	}
	if len(gone) == 0 {
		return nil, nil
	}
	return []Event{ServicesVanished{Feed: feed, IDs: gone}}, nil
}

// ServicesVanished happens when a feed stops telling of services. They stay findable,
// as what they were.
type ServicesVanished struct {
	Feed string   `json:"feed"`
	IDs  []string `json:"ids"`
}

var _ = know[ServicesVanished]()

// Kind names the event on disk.
func (ServicesVanished) Kind() string { return "services.vanished" }

// Sentence says that something is gone.
func (ServicesVanished) Sentence() string {
	return "A feed does not tell of some local services any more."
}

func (e ServicesVanished) applyDirectory(d *Directory, r Record) {
	for _, id := range e.IDs {
		if i, known := d.at[ServiceKey(e.Feed, id)]; known {
			d.Listings[i].Vanished = r.Day
		}
	}
}
