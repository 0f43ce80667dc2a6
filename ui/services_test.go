package ui_test

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/ui"
	"coachdesk/ui/screen"
)

// needs are three of what people look for.
var needs = domain.Needs{FreshMonths: 12, StaleMonths: 24, Not: []string{"comedy"}, Needs: []domain.Need{
	{Key: "debt", Name: "Debt and money", Strong: []string{"debt", "arrears"}, Barriers: []string{"debt", "bills"}},
	{Key: "smoke", Name: "Stop smoking", Strong: []string{"quit smoking", "smokers"}, Words: []string{"quit"}, Barriers: []string{"smoking"}},
	{Key: "talk", Name: "Talking therapies", Strong: []string{"counselling"}, Barriers: []string{"anxiety"}},
}}

// shelved puts a small directory on a desk: fresh, stale, undated, twice listed, gone.
func shelved(t testing.TB, d *paper) {
	t.Helper()
	day := calendar.Of(now)
	at := func(place, code string) []domain.ServicePlace {
		return []domain.ServicePlace{{Name: place, Postcode: code}}
	}
	all := []domain.Service{
		{
			ID: "1", Name: "Debt advice", Org: "Riverside Advice", Text: "Free help with debts, bailiffs and bills. An adviser goes through your letters with you.", Assured: day - 30, Places: at("Riverside Hall, Stratford", "E15 1AA"),
			Contact: domain.ServiceContact{Phones: []domain.ServicePhone{{Number: "020 7946 0001", Label: "office"}}, Emails: []string{"help@riverside.example"}, Web: "https://riverside.example"},
			Entry:   domain.ServiceEntry{Modes: []domain.ServiceMode{domain.ModeVenue, domain.ModePhone}, Ways: []domain.ServiceWay{domain.WayDropIn}, Cost: "free", MinAge: 18},
		},
		{ID: "2", Name: "Counselling", Org: "Riverside Mind", Text: "One-to-one counselling for anxiety.", Assured: day - 900, Places: at("Hall, East Ham", "E6 2RT")},
		{ID: "3", Name: "Help for smokers", Text: "Quit smoking with others.", Areas: []string{"Newham"}},
		{ID: "4", Name: "Quite a comedy night", Text: "Quite funny.", Assured: day, Places: at("Pub, Bow", "E3 1AA")},
		{ID: "5", Name: "Debt Advice", Org: "Riverside advice", Assured: day - 400, Places: at("Second hall, Bow", "E3 2AA")},
		{ID: "6", Name: "Money and debt", Org: "Old Office", Text: "Help with arrears.", Assured: day - 20},
	}
	d.must(t, domain.TellServices{Office: domain.ID{1}, Feed: "newham", Services: all})
	d.must(t, domain.LoseServices{Office: domain.ID{1}, Feed: "newham", Seen: map[string]bool{"1": true, "2": true, "3": true, "4": true, "5": true}})
}

// settled waits until the directory was read.
func (x *hand) settled(word string) *hand {
	x.t.Helper()
	for end := time.Now().Add(5 * time.Second); !strings.Contains(ansi.Strip(x.screen()), word); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			x.t.Fatalf("%q never came:\n%s", word, ansi.Strip(x.screen()))
		}
		x.drain()
	}
	return x
}

func (x *hand) shows(want, not string) {
	x.t.Helper()
	text := ansi.Strip(x.screen())
	if !strings.Contains(text, want) || not != "" && strings.Contains(text, not) {
		x.t.Errorf("want %q and not %q:\n%s", want, not, text)
	}
}

func TestServicesAreFound(t *testing.T) {
	d, _ := furnished(t)
	shelved(t, d)
	x := sit(t, d, 80, 24)
	x.keys("gv").settled("6 services")
	x.shows("5 of 6 services, feed newham", "")
	x.shows("not in feed", "")
	x.keys("1")
	x.shows("Debt advice", "Counselling")
	x.shows("also listed as 5 in feed newham", "comedy")
	x.shows("020 7946 0001 (office)", "")
	x.keys("2")
	x.shows("Help for smokers", "comedy")
	x.keys("0/quit")
	x.shows("Help for smokers", "comedy")
	x.keys("<esc>/counsel")
	x.shows("1 of 6", "smokers")
	x.keys("<enter>")
	x.shows("stale", "")
	x.keys("<esc>pe15")
	x.shows("Debt advice", "Counselling")
	x.keys("<enter>n")
	x.shows("What do they need?", "")
	x.keys("b").settled("No service fits")
	x.keys("<esc>")
	x.shows("5 of 6 services", "")
}

func TestServiceIsToldFromTheRecord(t *testing.T) {
	d, id := furnished(t)
	d.must(t, domain.NoteBarrier{Participant: id, Text: "unpaid bills"})
	shelved(t, d)
	x := sit(t, d, 80, 24)
	x.keys("/dan<enter>I<enter>").settled("2 Stop smoking")
	x.settled("Counselling") // anxiety in groups came first
	x.shows("Daniel Okafor › Local services", "Debt advice")
	x.keys("1<enter>")
	p, err := d.Participant(id)
	if err != nil || len(p.Signposts) != 1 {
		t.Fatalf("%+v, %v", p.Signposts, err)
	}
	if sp := p.Signposts[0]; sp.Text != "Debt advice, Riverside Advice" || sp.Service != domain.ServiceKey("newham", "1") || sp.Feed != "newham" {
		t.Errorf("%+v", sp)
	}
	x.shows("Overview", "Local services")
	x.keys("I<enter>").settled("2 Stop smoking")
	x.keys("1<enter>")
	x.shows("told about that already", "")
	x = sit(t, d, 80, 24)
	// It vanishes: the record says so.
	d.must(t, domain.LoseServices{Office: domain.ID{1}, Feed: "newham", Seen: map[string]bool{"2": true}})
	x.keys("/dan<enter>5").settled("feed any more")
}

func TestServiceIsToldFromTheDirectory(t *testing.T) {
	d, id := furnished(t)
	shelved(t, d)
	x := sit(t, d, 80, 24)
	x.keys("gv").settled("6 services")
	x.keys("1I")
	x.shows("Who was told about Debt advice, Riverside Advice?", "")
	x.keys("dan<enter>")
	if p, err := d.Participant(id); err != nil || len(p.Signposts) != 1 || p.Signposts[0].Service.IsZero() {
		t.Errorf("%+v, %v", p.Signposts, err)
	}
}

func TestServicesWithoutAnyImport(t *testing.T) {
	d, _ := furnished(t)
	x := sit(t, d, 80, 24)
	x.keys("gv").settled("coachdesk import services")
	x.keys("<enter>")
	x.shows("There is no service here", "")
}

func TestServiceViews(t *testing.T) {
	for _, size := range []struct {
		name  string
		w, h  int
		plain bool
	}{{"60x10", 60, 10, false}, {"80x24", 80, 24, false}, {"120x40", 120, 40, false}, {"plain", 80, 24, true}} {
		for _, at := range []struct{ name, keys, word string }{
			{"all", "gv", "of 6"},
			{"need", "gv1", "of 6"},
			{"writing", "gv/quit", "of 6"},
			{"told", "gv1", "of 6"},
			{"none", "gv", "There are no local"},
		} {
			t.Run(size.name+"/"+at.name, func(t *testing.T) {
				d, id := furnished(t)
				if at.name != "none" {
					shelved(t, d)
				}
				if at.name == "told" {
					d.must(t, domain.SignpostTo{Participant: id, Text: "Money and debt, Old Office", Service: domain.ServiceKey("newham", "6"), Feed: "newham"})
				}
				x := &hand{t: t, shell: ui.New(ui.Options{World: screen.World{Desk: d, Now: func() time.Time { return now }}, Plain: size.plain})}
				x.send(tea.WindowSizeMsg{Width: size.w, Height: size.h})
				x.keys(at.keys[:2]).settled(at.word)
				x.keys(at.keys[2:])
				if at.name == "told" {
					x.keys("gc/dan<enter>5").settled("feed any more")
				}
				var b strings.Builder
				text := x.screen()
				for i, line := range strings.Split(text, "\n") {
					if w := ansi.StringWidth(line); w > size.w {
						t.Errorf("line %d is %d wide: %q", i+1, w, ansi.Strip(line))
					}
					b.WriteString(strings.TrimRight(ansi.Strip(line), " ") + "\n")
				}
				if n := strings.Count(text, "\n") + 1; n > size.h {
					t.Errorf("%d lines on %d", n, size.h)
				}
				golden.RequireEqual(t, b.String())
			})
		}
	}
}
