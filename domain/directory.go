package domain

import (
	"cmp"
	"slices"

	"coachdesk/domain/calendar"
)

// Directory is the local services that feeds told the office of. It is replayed only
// when somebody looks for a service: thousands of them cost a desk that opens nothing.
type Directory struct {
	Listings []Listing // in the order in which they were first told
	Feeds    []Feed
	at       map[ID]int
}

// Listing is a service in the directory.
type Listing struct {
	Service
	Ref      ID // made of the feed and the service's ID there: the same on every desk
	Feed     string
	Told     calendar.Day // when the feed last told something new of it
	Vanished calendar.Day // since when the feed does not tell of it; zero: it does
}

// Feed is where services come from.
type Feed struct {
	Name string
	Told calendar.Day // when it last told something new
	Next int          // the page on which an interrupted import goes on; 0: none was
}

// Listing returns the service of a reference.
func (d Directory) Listing(ref ID) (Listing, bool) {
	i, ok := d.at[ref]
	if !ok {
		return Listing{}, false
	}
	return d.Listings[i], true
}

// Refs are the references of everything in the directory.
func (d Directory) Refs() []ID {
	refs := make([]ID, len(d.Listings))
	for i, l := range d.Listings {
		refs[i] = l.Ref
	}
	return refs
}

// Next returns the page on which the import of a feed goes on; 0 is the first.
func (d Directory) Next(feed string) int {
	for _, f := range d.Feeds {
		if f.Name == feed {
			return f.Next
		}
	}
	return 0
}

// Gone reports whether the directory knows that a service is told of no more.
func (d Directory) Gone(ref ID) bool {
	l, ok := d.Listing(ref)
	return ok && !l.Vanished.IsZero()
}

func (d *Directory) feed(name string) *Feed {
	for i := range d.Feeds {
		if d.Feeds[i].Name == name {
			return &d.Feeds[i]
		}
	}
	d.Feeds = append(d.Feeds, Feed{Name: name})
	return &d.Feeds[len(d.Feeds)-1]
}

// FeedNamed returns the name under which a feed is kept.
func FeedNamed(name string) (string, error) { return feedName(name) }

// DirectoryCommand is a command about the directory of local services.
type DirectoryCommand interface {
	Command
	// DecideDirectory returns what happens next, or a [Refusal].
	DecideDirectory(Directory, Stamp) ([]Event, error)
}

type directoryEvent interface {
	Event
	applyDirectory(*Directory, Record)
}

// ReplayDirectory returns the directory that the records, in order, add up to. Of what
// two desks fetched, the later fetch counts for each service.
func ReplayDirectory(past []Record) Directory {
	d := Directory{at: map[ID]int{}}
	counting(past, func(r Record) string { return WhyNotDo(r.Role, r.Event) }, func(r Record) {
		if e, ok := r.Event.(directoryEvent); ok {
			e.applyDirectory(&d, r)
		}
	})
	return d
}

// Freshness is how long ago somebody made sure that a service is as it is told.
type Freshness int

// The freshnesses, the best first.
const (
	Fresh Freshness = iota
	Ageing
	Undated
	Stale
	Vanished
)

func (f Freshness) String() string {
	switch f {
	case Fresh:
		return "checked lately"
	case Ageing:
		return "checked a while ago"
	case Undated:
		return "no date"
	case Stale:
		return "stale"
	case Vanished:
		return "not in the feed any more"
	}
	return ""
}

// Freshness judges a listing on a day.
func (n Needs) Freshness(l Listing, today calendar.Day) Freshness {
	when := l.Dated()
	switch {
	case !l.Vanished.IsZero():
		return Vanished
	case when.IsZero():
		return Undated
	case when >= today.AddMonths(-n.FreshMonths):
		return Fresh
	case when >= today.AddMonths(-n.StaleMonths):
		return Ageing
	}
	return Stale
}

// Dated is when a service was last assured, or else last changed.
func (s Service) Dated() calendar.Day { return cmp.Or(s.Assured, s.Changed) }

// sameService tells listings that are one service under two names of a feed.
func sameService(l Listing) string { return folded(l.Name) + "\x00" + folded(l.Org) }

// FeedNames are the names of all feeds, sorted.
func (d Directory) FeedNames() []string {
	var names []string
	for _, f := range d.Feeds {
		names = append(names, f.Name)
	}
	slices.Sort(names)
	return names
}
