package domain

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"coachdesk/domain/calendar"
)

func called(id, name string) Service { return Service{ID: id, Name: name, Org: "Org"} }

func TestTellServices(t *testing.T) {
	first := TellServices{Feed: "Newham", Services: []Service{called("a", "A"), called("b", "B"), {ID: "", Name: "no ID"}, {ID: "c"}}, Next: 3}
	for _, tt := range []struct {
		name  string
		given []DirectoryCommand
		when  DirectoryCommand
		want  []Event
	}{
		{"new ones are told, nameless ones are not", nil, first, []Event{ServicesTold{Feed: "newham", Services: []Service{called("a", "A"), called("b", "B")}, Next: 3}}},
		{"the same again is nothing", []DirectoryCommand{first}, first, nil},
		{"only what changed is told", []DirectoryCommand{first}, TellServices{Feed: "newham", Services: []Service{called("a", "A"), called("b", "Bee")}, Next: 3}, []Event{ServicesTold{Feed: "newham", Services: []Service{called("b", "Bee")}, Next: 3}}},
		{"the end of an interrupted import is told", []DirectoryCommand{first}, TellServices{Feed: "newham"}, []Event{ServicesTold{Feed: "newham"}}},
		{"of two under one ID the later counts", nil, TellServices{Feed: "n", Services: []Service{called("a", "A"), called("a", "Other")}}, []Event{ServicesTold{Feed: "n", Services: []Service{called("a", "Other")}}}},
		{"one that vanished and is back is told", []DirectoryCommand{first, LoseServices{Feed: "newham", Seen: map[string]bool{"a": true}}}, first, []Event{ServicesTold{Feed: "newham", Services: []Service{called("b", "B")}, Next: 3}}},
		{"another feed has its own", []DirectoryCommand{first}, TellServices{Feed: "other", Services: []Service{called("a", "A")}}, []Event{ServicesTold{Feed: "other", Services: []Service{called("a", "A")}}}},
		{"what is missing vanishes, once", []DirectoryCommand{first}, LoseServices{Feed: "newham", Seen: map[string]bool{"b": true}}, []Event{ServicesVanished{Feed: "newham", IDs: []string{"a"}}}},
		{"what vanished does not vanish again", []DirectoryCommand{first, LoseServices{Feed: "newham", Seen: map[string]bool{"b": true}}}, LoseServices{Feed: "newham", Seen: map[string]bool{"b": true}}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var past []Record
			for _, c := range tt.given {
				past = append(past, decided(t, past, c)...)
			}
			got, err := Decide(tt.when, past, Stamp{Role: Coach})
			if err != nil || !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

func TestDirectoryRefuses(t *testing.T) {
	for _, c := range []DirectoryCommand{TellServices{Feed: "  "}, LoseServices{Feed: "x"}, LoseServices{Seen: map[string]bool{"a": true}}} {
		if _, err := Decide(c, nil, Stamp{Role: Coach}); err == nil {
			t.Errorf("%+v was not refused", c)
		} else if no := (Refusal{}); !errors.As(err, &no) {
			t.Errorf("%+v: %v", c, err)
		}
	}
	for role, may := range map[Role]bool{Coach: true, Lead: true, Administrator: true, Adviser: false, Provider: false} {
		_, err := Decide(TellServices{Feed: "x", Services: []Service{called("a", "A")}}, nil, Stamp{Role: role})
		if (err == nil) != may {
			t.Errorf("a %s: %v", role, err)
		}
	}
}

// TestDirectoryHoldsMany cuts a long list into records that are not too long.
func TestDirectoryHoldsMany(t *testing.T) {
	var all []Service
	for i := range 1000 {
		all = append(all, called(fmt.Sprint(i), fmt.Sprint("Service ", i)))
	}
	past := decided(t, nil, TellServices{Feed: "x", Services: all})
	if len(past) != (1000+servicesMost-1)/servicesMost {
		t.Errorf("%d records", len(past))
	}
	d := ReplayDirectory(past)
	if len(d.Listings) != 1000 || len(d.Feeds) != 1 {
		t.Errorf("%d services of %d feeds", len(d.Listings), len(d.Feeds))
	}
	if l, ok := d.Listing(ServiceKey("x", "999")); !ok || l.Name != "Service 999" {
		t.Errorf("%+v", l)
	}
}

// TestDirectoriesMeet has two desks fetch the same feed at different times, each without
// knowing what the other wrote. In whichever order their records come, both tell the same,
// and the later fetch counts for each service.
func TestDirectoriesMeet(t *testing.T) {
	for seed := range uint64(200) {
		dice := rand.New(rand.NewPCG(seed, 7))
		var own [2][]Record
		type said struct {
			name string
			gone bool
		}
		last := map[string]said{}
		for n := 1; n <= 30; n++ {
			at := dice.IntN(2)
			id := string(rune('a' + dice.IntN(4)))
			e := Event(ServicesTold{Feed: "f", Services: []Service{called(id, fmt.Sprint("fetch ", n))}})
			last[id] = said{name: fmt.Sprint("fetch ", n)}
			if dice.IntN(4) == 0 {
				e = ServicesVanished{Feed: "f", IDs: []string{id}}
				last[id] = said{gone: true}
			}
			own[at] = append(own[at], Record{Desk: DeskID{byte(at)}, Seq: uint64(len(own[at]) + 1), Time: Clock(n), Day: calendar.Day(n), Role: Coach, Event: e})
		}
		var want Directory
		for try := range 5 {
			all := slices.Concat(own[0], own[1])
			dice.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
			Sort(all)
			got := ReplayDirectory(all)
			if try == 0 {
				want = got
			}
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("seed %d: two orders tell two directories", seed)
			}
		}
		for id, s := range last {
			l, known := want.Listing(ServiceKey("f", id))
			if known && (s.gone != !l.Vanished.IsZero() || !s.gone && l.Name != s.name) {
				t.Errorf("seed %d: %s is %q, vanished %v; the later fetch said %+v", seed, id, l.Name, l.Vanished, s)
			}
		}
	}
}

func TestFindServices(t *testing.T) {
	day := calendar.Date(2026, 11, 23)
	place := func(name, code string) []ServicePlace { return []ServicePlace{{Name: name, Postcode: code}} }
	services := []Service{
		{ID: "old", Name: "Walking group", Org: "A", Places: place("Park, Bristol", "BS1 4ST"), Assured: day.AddMonths(-30)},
		{ID: "new", Name: "Walking group", Org: "B", Places: place("Park, Bristol", "BS16 1AA"), Assured: day.AddMonths(-2)},
		{ID: "mid", Name: "Walking group", Org: "C", Areas: []string{"Bristol City Council"}, Assured: day.AddMonths(-18)},
		{ID: "none", Name: "Walking group", Org: "D", Places: place("Hall, Bath", "BA1 1AA")},
		{ID: "phone", Name: "Walking line", Org: "E", Entry: ServiceEntry{Modes: []ServiceMode{ModePhone}}, Assured: day},
		{ID: "text", Name: "Café", Org: "F", Text: "Meet before the walking tour.", Places: place("Bath", "BA1 2BB"), Assured: day},
		{ID: "twin", Name: "Walking Group", Org: "b", Places: place("Other park, Bristol", "BS2 1AA"), Assured: day.AddMonths(-12)},
		{ID: "quite", Name: "Quite a lot", Text: "An equitable evening.", Places: place("Bath", "BA1 2BB"), Assured: day},
	}
	d := replayed(t, nil, TellServices{Feed: "f", Services: append(slices.Clone(services), Service{ID: "gone", Name: "Walking group", Org: "G"})}, LoseServices{Feed: "f", Seen: map[string]bool{"old": true, "new": true, "mid": true, "none": true, "phone": true, "text": true, "twin": true, "quite": true}})
	x := NewServiceIndex(d, Needs{FreshMonths: 12, StaleMonths: 24})
	for _, tt := range []struct {
		name string
		q    ServiceQuery
		want string
	}{
		{"fresh before stale, the name before the text, what is gone last", ServiceQuery{Words: "walking group"}, "new mid none old gone"},
		{"every word must be there", ServiceQuery{Words: "walking nonsense"}, ""},
		{"in the text, behind the names", ServiceQuery{Words: "walking"}, "phone new mid none text old gone"},
		{"a town, and what can be had from anywhere", ServiceQuery{Words: "walking", Near: "bristol"}, "new mid phone old"},
		{"the first half of a postcode is not the beginning of another", ServiceQuery{Words: "walking", Near: "BS1"}, "phone old"},
		{"a whole postcode counts as its first half", ServiceQuery{Words: "group", Near: "bs16 9zz"}, "new"},
		{"one that was typed without a blank", ServiceQuery{Words: "group", Near: "BS169ZZ"}, "new"},
		{"quit is not quite", ServiceQuery{Words: "quit"}, ""},
		{"while typing a word may be half there", ServiceQuery{Words: "walk gro", Live: true}, ""},
		{"only the last word may be", ServiceQuery{Words: "walking gro", Live: true}, "new mid none old gone"},
		{"a plural is its singular", ServiceQuery{Words: "walking groups"}, "new mid none old gone"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := ""
			for i, f := range x.Find(tt.q, day) {
				if i > 0 {
					got += " "
				}
				got += f.ID
			}
			if got != tt.want {
				t.Errorf("found %q, not %q", got, tt.want)
			}
		})
	}
	twins := x.Find(ServiceQuery{Words: "walking group", Near: "BS16"}, day)
	if len(twins) != 1 || len(twins[0].Also) != 1 || twins[0].Also[0].ID != "twin" || twins[0].Age != Fresh {
		t.Errorf("%+v", twins)
	}
}

// many is a directory of n services, a little like a council's.
func many(t testing.TB, n int) Directory {
	list := invented(t)
	var all []Service
	for i := range n {
		s := list[i%len(list)].Service
		s.ID, s.Name = fmt.Sprint(i), fmt.Sprint(s.Name, " ", i)
		for len(s.Text) < 400 {
			s.Text += " It is open to everybody who lives nearby, whatever their age; ring first if you are not sure. " + s.Name
		}
		all = append(all, s)
	}
	return directoryWith(t, all...)
}

func BenchmarkFindService(b *testing.B) {
	x := NewServiceIndex(many(b, 5000), needsOf(b))
	for _, q := range []struct {
		name string
		q    ServiceQuery
	}{{"word", ServiceQuery{Words: "advice", Live: true}}, {"half", ServiceQuery{Words: "coun", Live: true}}, {"two and place", ServiceQuery{Words: "walking group", Near: "E15", Live: true}}, {"need", ServiceQuery{Need: "debt", Words: "advice", Live: true}}} {
		b.Run(q.name, func(b *testing.B) {
			for b.Loop() {
				x.Find(q.q, needDay)
			}
		})
	}
	b.Run("a need for the first time", func(b *testing.B) {
		for b.Loop() {
			clear(x.scores)
			x.Find(ServiceQuery{Need: "talking"}, needDay)
		}
	})
}

func BenchmarkServiceIndex(b *testing.B) {
	d, n := many(b, 5000), needsOf(b)
	for b.Loop() {
		NewServiceIndex(d, n)
	}
}
