package ui_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"coachdesk/domain"
	"coachdesk/ui"
	"coachdesk/ui/screen"
)

// cardOf is a card with keys that one byte tells apart.
func cardOf(person byte, name string, role domain.Role, office string, keys byte) domain.Contact {
	return domain.Contact{
		Person: domain.ID{40, 15: person}, Name: name, Role: role, Office: office,
		Recipient: "age1" + strings.Repeat(string(rune('a'+keys)), 58), Verify: bytes.Repeat([]byte{keys}, 32),
	}
}

var (
	beasCard = cardOf(1, "Bea Holt", domain.Adviser, "Eastmere", 1)
	beasNew  = cardOf(1, "Bea Holt", domain.Adviser, "Eastmere", 2)
	josCard  = cardOf(2, "Jo Field", domain.Provider, "Riverside Works", 3)
	tomsCard = cardOf(3, "Tom Ridley", domain.Coach, "Northgate", 4)
	tomsNew  = cardOf(3, "Tom Ridley", domain.Coach, "Northgate", 5)
	ownCard  = cardOf(4, "Amina Yusuf", domain.Coach, "Stratford", 6)
)

// Identity implements screen.Desk.
func (p *paper) Identity() (screen.OwnCard, error) {
	return screen.OwnCard{Contact: ownCard, Card: "-----BEGIN COACHDESK IDENTITY-----\nown\n-----END COACHDESK IDENTITY-----\n"}, p.fault()
}

// ReadCard implements screen.Desk: a few files, and a pasted card that has a name in it.
func (p *paper) ReadCard(typed string) (domain.Contact, error) {
	for name, c := range map[string]domain.Contact{"bea.card": beasCard, "bea-new.card": beasNew, "own.card": ownCard, "JO": josCard} {
		if typed == name || strings.Contains(typed, "BEGIN") && strings.Contains(typed, name) {
			return c, nil
		}
	}
	return domain.Contact{}, domain.Refused("card", "There is no identity in it.")
}

// acquainted is a desk with an address book in which each state stands once.
func acquainted(t testing.TB) *paper {
	d, _ := furnished(t)
	add := func(c domain.Contact, anew bool) {
		d.must(t, domain.AddContact{Office: domain.ID{1}, Contact: c, Anew: anew})
	}
	check := func(c domain.Contact) {
		digits := c.Fingerprint()
		d.must(t, domain.CheckContact{Office: domain.ID{1}, Person: c.Person, First: digits[:5], Last: digits[30:]})
	}
	add(beasCard, false)
	check(beasCard)
	add(josCard, false)
	add(tomsCard, false)
	check(tomsCard)
	add(tomsNew, true)
	return d
}

func TestAddressBook(t *testing.T) {
	d, _ := furnished(t)
	x := sit(t, d, 80, 24)
	x.keys("gb")
	x.sees("Address book", "The address book is empty", "press a to add it")
	x.keys("v")
	x.sees("Press a to add a card that somebody sent you")

	// A file that is none, this desk's own, and Bea's.
	x.keys("anothing.card<enter>")
	x.sees("There is no identity in it")
	x.keys("aown.card<enter>")
	x.sees("this desk itself")
	x.keys("abea.card<enter>")
	x.sees("Add Bea Holt, Eastmere, Disability Employment Adviser?", beasCard.Fingerprint())
	x.keys("n")
	if n := len(d.Office().Contacts); n > 0 {
		t.Fatal("added after a no")
	}
	x.keys("abea.card<enter>")
	x.sees("Add Bea Holt")
	x.keys("y")
	x.sees("not compared", "Nobody has compared the fingerprint")

	// The first and the last group, as they are heard.
	digits := beasCard.Fingerprint()
	x.keys("v123")
	x.sees("five digits, for example")
	x.keys("<esc>v00000<enter>" + digits[30:] + "<enter>")
	x.sees("The first group does not fit the card of Bea Holt, Eastmere")
	x.rest()
	x.sees("not compared")
	x.keys("v" + digits[:5] + "<enter>" + digits[30:] + "<enter>")
	x.sees("compared Mon 23 Nov by Amina Yusuf")
	x.lacks("not compared")

	// Other keys are told before anything else, and are not compared.
	x.keys("abea-new.card<enter>")
	x.sees("The keys of Bea Holt, Eastmere changed", "so has somebody who pretends")
	x.keys("y")
	x.sees("keys changed", "are not those of before", "Until Mon 23 Nov the fingerprint was "+digits)

	// A card may be pasted straight onto the list.
	x.send(tea.PasteMsg{Content: "Hello,\n-----BEGIN COACHDESK IDENTITY-----\nJO\n-----END"})
	x.sees("Add Jo Field, Riverside Works, provider's adviser?")
	x.keys("y<down>D")
	x.sees("Remove Jo Field, Riverside Works?")
	x.keys("n")
	x.sees("Jo Field")
	x.keys("Dy")
	x.lacks("Jo Field")
	if o := d.Office(); len(o.Contacts) != 1 || len(o.Left) != 1 {
		t.Errorf("%+v %+v", o.Contacts, o.Left)
	}
}

func TestOwnCard(t *testing.T) {
	d := acquainted(t)
	x := sit(t, d, 80, 24)
	x.keys("gbi")
	groups := strings.Fields(ownCard.Fingerprint())
	x.sees("Your card", "Amina Yusuf, work coach, Stratford", "1.   "+strings.Join(strings.Split(groups[0], ""), " "), "6.   "+strings.Join(strings.Split(groups[5], ""), " "))
	x.keys("c")
	x.sees("Your card is in the clipboard")
	x.keys("<enter>")
	x.sees("Address book")
}

// TestPeopleElsewhereAreNamed with the office, so that nobody takes them for a colleague.
func TestPeopleElsewhereAreNamed(t *testing.T) {
	d, id := furnished(t)
	d.must(t, domain.MeetPeople{Office: domain.ID{1}, People: []domain.Met{{Person: domain.ID{50}, Name: "Bronwen Rees", Role: domain.Coach, Office: "Ilford"}}})
	d.mu.Lock()
	about := domain.About(id)
	last := d.records[about][len(d.records[about])-1]
	last.By, last.Desk, last.Command, last.Time = domain.ID{50}, domain.DeskID{9}, domain.ID{51}, last.Time+1
	last.Event = domain.GoalSet{ID: domain.ID{52}, Text: "a kitchen"}
	d.records[about] = append(d.records[about], last)
	d.mu.Unlock()
	x := sit(t, d, 120, 40)
	x.keys("/dan<enter>2")
	x.sees("Bronwen Rees, Ilford")
}

// TestWhatWentOut stands at its consent, red once that is withdrawn, and the rest below.
func TestWhatWentOut(t *testing.T) {
	d, id := furnished(t)
	p, err := d.Participant(id)
	if err != nil {
		t.Fatal(err)
	}
	consent := p.Consents[0].ID
	out := domain.Export{What: domain.ExportHandover, For: domain.ForProvider, Name: "Riverside Works", Basis: domain.OnConsent, Consents: []domain.ID{consent}, Format: "text", SHA256: strings.Repeat("ab", 32)}
	d.must(t, domain.NoteExport{Participant: id, Export: out})
	x := sit(t, d, 120, 40)
	x.keys("/dan<enter>cj")
	x.sees("In the clipboard")
	x.keys("8")
	x.sees("went out Mon 23 Nov: a handover note for a provider Riverside Works, by Amina Yusuf", "Went out", "their own copy")
	x.lacks("ask for it back")
	d.must(t, domain.WithdrawConsent{Participant: id, Consent: consent, How: domain.ByPhone})
	x = sit(t, d, 120, 40)
	x.keys("/dan<enter>")
	x.sees("a paper went out on it: ask for it back")
	x.keys("8")
	x.sees("ask for it back: went out Mon 23 Nov: a handover note for a provider Riverside Works")
	// No undo calls it back.
	x.keys("u")
	if p, err = d.Participant(id); err != nil || len(p.Exports) != 2 || !p.Consents[0].Withdrawn.IsZero() {
		t.Errorf("%+v %v", p.Exports, err)
	}
}

// A store that may not be written lets nothing out, not into the clipboard either.
func TestNothingLeavesUnrecorded(t *testing.T) {
	d, _ := furnished(t)
	x := sit(t, d, 120, 40)
	x.keys("/dan<enter>")
	d.fault = func() error { return errFull }
	x.keys("cj")
	x.sees("The disk is full.")
	x.lacks("In the clipboard")
}

func TestContactViews(t *testing.T) {
	for _, size := range []struct {
		name  string
		w, h  int
		plain bool
	}{{"60x10", 60, 10, false}, {"80x24", 80, 24, false}, {"120x40", 120, 40, false}, {"plain", 80, 24, true}} {
		for _, at := range []struct {
			name, keys string
			full       bool
		}{
			{"book", "gb", true},
			{"changed", "gb<down><down>", true},
			{"empty", "gb", false},
			{"offer", "gbabea-new.card<enter>", true},
			{"compare", "gbv123", true},
			{"own", "gbi", true},
		} {
			t.Run(at.name+"-"+size.name, func(t *testing.T) {
				d, _ := furnished(t)
				if at.full {
					d = acquainted(t)
				}
				x := &hand{t: t, shell: ui.New(ui.Options{World: screen.World{Desk: d, Now: func() time.Time { return now }}, Plain: size.plain})}
				x.send(tea.WindowSizeMsg{Width: size.w, Height: size.h})
				x.keys(at.keys)
				x.patiently(func() bool { return at.name != "offer" || strings.Contains(x.screen(), "A new desk has new") })
				text := x.screen()
				var b strings.Builder
				for i, line := range strings.Split(text, "\n") {
					plain := ansi.Strip(line)
					if w := ansi.StringWidth(line); w > size.w {
						t.Errorf("line %d is %d wide: %q", i+1, w, plain)
					}
					if size.plain && strings.ContainsFunc(plain, func(r rune) bool { return r > 0x7e && r != '›' && r != '…' && r != '•' }) {
						t.Errorf("plain shows %q", plain)
					}
					b.WriteString(strings.TrimRight(plain, " ") + "\n")
				}
				if n := strings.Count(text, "\n") + 1; n > size.h {
					t.Errorf("%d lines on %d", n, size.h)
				}
				golden.RequireEqual(t, b.String())
			})
		}
	}
}
