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

// offered is a desk on which Bea has offered two people to whoever works here, and they
// one to her.
func offered(t testing.TB) (d *paper, hers, other, mine domain.ID) {
	d, mine = handed(t)
	hers, other = d.join(t, "Owen Price"), d.join(t, "Jo Taylor")
	day := calendar.Of(now)
	d.must(t, domain.RecordSession{Participant: hers, Outcome: domain.Happened, Channel: "phone", Text: "Well.\n> me: ring the college by fri"})
	offer := func(by, to int, id domain.ID) {
		d.as(by)
		p, err := d.Participant(id)
		if err != nil {
			t.Fatal(err)
		}
		d.must(t, domain.OfferHandover{
			Participant: id, Kind: domain.HandoverCover, To: d.people[to].ID, ToName: d.people[to].Name, ToRole: d.people[to].Role, Until: day + 14,
			Words: domain.HandoverWords{Why: "On leave."}, Items: domain.ItemsOf(p, domain.HandoverCover, day, day+14),
		})
	}
	offer(2, 0, hers)
	offer(2, 0, other)
	offer(0, 2, mine)
	d.as(0)
	return d, hers, other, mine
}

func TestInboxByKeys(t *testing.T) {
	d, hers, other, _ := offered(t)
	x := sit(t, d, 120, 40)
	x.keys("gh")
	x.sees("to me 2", "from me 1", "over 0", "Jo Taylor", "Owen Price", "cover until Mon 7 Dec from Bea Holt", "unanswered", "the case", "the promise", "ring the college")
	// One key an item; the cursor goes on to the next that waits.
	for range 2 {
		x.keys("t")
	}
	a, b := d.handover(t, hers), d.handover(t, other)
	if a.Count(domain.HandoverTaken)+b.Count(domain.HandoverTaken) != 2 {
		t.Fatalf("%+v\n%+v\n%s", a, b, x.screen())
	}
	x.keys("n")
	x.sees("Why is it not yours? Bea Holt reads it")
	x.keys("she knows them<enter>")
	if a, b := d.handover(t, hers), d.handover(t, other); a.Count(domain.HandoverNotMine)+b.Count(domain.HandoverNotMine) != 1 || a.Count("")+b.Count("") != 0 {
		t.Fatalf("%+v\n%+v\n%s", a, b, x.screen())
	}
	x.keys("t")
	x.sees("It is answered already")
}

func TestInboxTakesAllAndAsks(t *testing.T) {
	d, hers, other, _ := offered(t)
	x := sit(t, d, 80, 24)
	x.keys("gh")
	x.keys("q")
	x.sees("What do you want to know?")
	x.keys("when do they come?<enter>T")
	if a, b := d.handover(t, hers), d.handover(t, other); a.Count(domain.HandoverAsked)+b.Count(domain.HandoverAsked) != 1 {
		t.Fatalf("%+v\n%+v", a, b)
	}
	// Bea answers the question, and the item is open again.
	d.as(2)
	x = sit(t, d, 80, 24)
	x.keys("gh<tab>")
	x.sees("question")
	x.keys("y")
	x.sees("They ask: when do they come?")
	x.keys("on Fridays<enter>")
	if a, b := d.handover(t, hers), d.handover(t, other); a.Count(domain.HandoverAsked)+b.Count(domain.HandoverAsked) != 0 {
		t.Fatalf("%+v\n%+v\n%s", a, b, x.screen())
	}
	d.as(0)
	x = sit(t, d, 80, 24)
	x.keys("ghv")
	x.sees("On leave.", "What was said about it", "answered")
	x.keys("<enter>")
	x.sees("Overview")
}

func TestCallBackAndTakeBack(t *testing.T) {
	d, _, _, mine := offered(t)
	x := sit(t, d, 80, 24)
	x.keys("gh<tab>")
	x.sees("Daniel Okafor", "cover until Mon 7 Dec to Bea Holt")
	x.keys("B")
	x.sees("Call it back instead")
	d.as(2)
	d.must(t, domain.AnswerHandover{Participant: mine, Handover: d.handover(t, mine).ID, Answer: domain.HandoverTaken})
	d.must(t, domain.TakeNote{Participant: mine, Text: "Rang: the bus is fine."})
	d.as(0)
	x = sit(t, d, 80, 24)
	x.keys("gh<tab>U")
	x.sees("Take it back instead")
	x.keys("B")
	x.sees("While you were away", "Daniel Okafor", "Bea Holt:", "ctrl+s takes one person back")
	x.keys("<space>")
	x.sees("left out: Daniel Okafor")
	x.keys("<space><ctrl+s>")
	if h := d.handover(t, mine); h.State() != domain.HandoverIsEnded {
		t.Errorf("%+v", h)
	}
	x.keys("<tab>")
	x.sees("over 1")
}

func TestAnswersForAnotherDeskAreWritten(t *testing.T) {
	d, hers, other, _ := offered(t)
	d.people = d.people[:2] // Bea works elsewhere now
	d.must(t, domain.AddContact{Office: domain.ID{1}, Contact: domain.Contact{
		Person: domain.ID{7}, Name: "Bea Holt", Role: domain.Coach, Office: "Barking", Recipient: "age1b" + manyQ, Verify: make([]byte, 32),
	}})
	x := sit(t, d, 100, 30)
	x.keys("ghT")
	x.lacks("Write the answers")
	x.keys("T")
	x.sees("Everything from Bea Holt is answered. Write the answers into a file for them?")
	x.keys("y")
	x.sees("bundle-1.age")
	if len(d.out.bundles) != 1 || d.out.bundles[0] != (domain.ID{7}) {
		t.Errorf("%v", d.out.bundles)
	}
	_, _ = hers, other
	x.keys("W")
	x.sees("Write what is new for whom?", "Bea Holt, work coach, Barking", "Bronwen Rees")
}

func TestAFileFromAnotherDesk(t *testing.T) {
	d, _, _, _ := offered(t)
	d.out.arrived = []string{"/home/amina/Downloads/b.coachdesk", "/home/amina/Downloads/a.coachdesk"}
	d.out.parcels = map[string]parcel{
		"/home/amina/Downloads/b.coachdesk": {pass: "a long passphrase", holds: screen.Arrival{
			From: "Bronwen Rees, work coach, Ilford", What: "handover", Made: "Mon 23 Nov 09:10",
			People: []screen.ArrivalOf{{Name: "Sam Example", New: 31, Records: 31, Joins: true}, {Name: "Daniel Okafor", New: 2, Records: 40}},
		}},
		"/home/amina/Downloads/a.coachdesk": {bad: domain.Refused("file", "The file was changed on the way: it is not what Bronwen Rees signed.")},
	}
	x := sit(t, d, 80, 24)
	x.keys("gho")
	x.sees("sealed with a passphrase. Which?")
	x.keys("a long passphrase")
	x.lacks("a long passphrase")
	x.keys("<enter>")
	x.sees("From Bronwen Rees, work coach, Ilford", "nobody has compared their fingerprint", "2 people, 71 records, 33 new", "Sam Example", "not here yet: 31 records", "2 new of 40 records")
	if len(d.out.taken) > 0 {
		t.Fatal("it was taken in before anybody said so")
	}
	x.keys("n")
	x.sees("The file was changed on the way", "Nothing was changed")
	x.keys("<enter>")
	x.sees("not understood")
	x.keys("n")
	x.sees("Which?")
	x.keys("a long passphrase<enter><enter>")
	x.sees("to me 2")
	if len(d.out.taken) != 1 {
		t.Errorf("%v", d.out.taken)
	}
}

func TestWriteOut(t *testing.T) {
	d, id := handed(t)
	x := sit(t, d, 80, 24)
	x.keys("/dan<enter>>")
	x.sees("Write out: Daniel Okafor", "handover note of one screen", "Left out", "third party: never leaves the desk")
	x.keys("tt")
	x.sees("html")
	x.keys("f3")
	x.sees("No consent to share with a provider is in force.")
	x.keys("f1<enter>")
	x.sees("Written: /home/amina/papers/handover-7K3Q.txt", "2,345 bytes, SHA-256 begins 0f0f0f0f0f0f")
	if e := d.out.exported; len(e) != 1 || e[0].Participant != id || e[0].For != domain.ForColleague || e[0].Format != "html" || e[0].What != domain.ExportHandover {
		t.Errorf("%+v", e)
	}
	x.keys("zshort<enter>")
	x.sees("Use at least 12 letters")
	x.keys("<esc>z0123456789ab<enter>0123456789a<enter>")
	x.sees("The two differ")
	x.keys("b<enter>")
	x.sees("yes, with a passphrase")
	x.keys("<enter>")
	if e := d.out.exported; len(e) != 2 || e[1].Passphrase != "0123456789ab" {
		t.Errorf("%+v", e)
	}
	x.sees("no: whoever has the file can read it")
	x.keys("<enter>")
	x.sees("It is written.")
	if len(d.out.exported) != 2 {
		t.Error("a second enter wrote a second file")
	}
	d.out.full = errFull
	x.keys("t<enter>")
	x.sees("Nothing was written: The disk is full.")
	x.keys("<esc>gc>")
	x.sees("list of people, as a table", "everything on this desk")
}

func TestHandoverViews(t *testing.T) {
	for _, size := range []struct {
		name  string
		w, h  int
		plain bool
	}{{"60x10", 60, 10, false}, {"80x24", 80, 24, false}, {"120x40", 120, 40, false}, {"plain", 80, 24, true}} {
		for _, at := range []struct {
			name, keys string
			as         int
		}{
			{"inbox", "gh", 0},
			{"outbox", "gh<tab>", 0},
			{"over", "gh<tab><tab>", 2},
			{"page", "ghv", 0},
			{"marked", "<tab><tab><space><space>", 0},
			{"to whom", "/dan<enter>hb, 2w", 0},
			{"words", "/shi<enter>hbr, 2w<enter>On leave.", 0},
			{"note", "/shi<enter>hbr, 2w<enter>On leave.<ctrl+y>", 0},
			{"who and what", "/shi<enter>hcarl, 2w<enter>On leave.<ctrl+o>", 0},
			{"several", "<tab><tab><space><space><space>hcarl, 2w<enter>On leave.<ctrl+o><down>", 0},
			{"files", "/shi<enter>hbr, 2w<enter>On leave.<ctrl+s>", 0},
			{"back", "gh<tab>B", 2},
			{"file", "gho", 0},
			{"no file", "gho", 2},
			{"write out", "/dan<enter>>", 0},
			{"written", "/dan<enter>><enter>", 0},
			{"write out list", ">", 0},
		} {
			t.Run(at.name+"-"+size.name, func(t *testing.T) {
				d, hers, _, _ := offered(t)
				d.must(t, domain.AnswerHandover{Participant: hers, Handover: d.handover(t, hers).ID, Answer: domain.HandoverTaken})
				d.must(t, domain.TakeNote{Participant: hers, Text: "Rang the college."})
				if at.as == 0 {
					d.out.arrived = []string{"/home/amina/Downloads/b.coachdesk"}
				}
				d.out.parcels = map[string]parcel{"/home/amina/Downloads/b.coachdesk": {holds: screen.Arrival{
					From: "Bronwen Rees, work coach, Ilford", What: "handover", Made: "Mon 23 Nov 09:10", Notes: []string{"7K3Q was erased here and stays erased."},
					People: []screen.ArrivalOf{{Name: "Sam Example", New: 31, Records: 31, Joins: true}, {Name: "Daniel Okafor", New: 2, Records: 40}},
				}}}
				d.as(at.as)
				x := &hand{t: t, shell: ui.New(ui.Options{World: screen.World{Desk: d, Now: func() time.Time { return now }}, Plain: size.plain})}
				x.start(x.shell.Init())
				x.send(tea.WindowSizeMsg{Width: size.w, Height: size.h})
				x.keys(at.keys)
				x.calm()
				text := x.screen()
				var b strings.Builder
				for i, line := range strings.Split(text, "\n") {
					plain := ansi.Strip(line)
					if w := ansi.StringWidth(line); w > size.w {
						t.Errorf("line %d is %d wide: %q", i+1, w, plain)
					}
					for _, r := range plain {
						if size.plain && r > 0x7e && r != '›' && r != '…' && r != '“' && r != '”' {
							t.Errorf("plain shows %q: %s", r, plain)
						}
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

// calm waits until nothing more comes of what is under way, as a note or a file that is
// looked at.
func (x *hand) calm() {
	for range 60 {
		time.Sleep(time.Millisecond)
		x.drain()
	}
}

// TestRecordSaysInWhoseHands holds that the record says on every tab who looks after it.
func TestRecordSaysInWhoseHands(t *testing.T) {
	d, hers, _, _ := offered(t)
	x := sit(t, d, 120, 40)
	x.keys("/owen<enter>")
	x.sees("handed over by Bea Holt: g h answers")
	d.must(t, domain.AnswerHandover{Participant: hers, Handover: d.handover(t, hers).ID, Answer: domain.HandoverTaken})
	x = sit(t, d, 120, 40)
	x.keys("<tab><tab>")
	x.sees("Owen Price ◐ cover")
	x.keys("/owen<enter>7")
	x.sees("◐ you look after this for Bea Holt until Mon 7 Dec")
	d.as(2)
	x = sit(t, d, 120, 40)
	x.keys("<tab><tab>")
	x.sees("Owen Price ◐ covered")
	x.keys("/owen<enter>")
	x.sees("◐ Amina Yusuf looks after this until Mon 7 Dec")
}

// TestNastyNamesInHandovers puts hostile text into names, offices and words: nothing raw
// reaches the screen and no line grows.
func TestNastyNamesInHandovers(t *testing.T) {
	for i, nasty := range nastyStrings()[:45] {
		d, hers, _, mine := offered(t)
		d.must(t, domain.AddContact{Office: domain.ID{1}, Contact: domain.Contact{
			Person: domain.ID{30}, Name: "Zoe" + nasty, Role: domain.Coach, Office: "z" + nasty, Recipient: "age1x" + manyQ, Verify: make([]byte, 32),
		}})
		id := d.NewID()
		batch := domain.Batch{ID: d.NewID(), Commands: []domain.Command{
			domain.Join{ID: id, Facts: map[domain.Fact]string{domain.FactName: "x" + nasty}},
			domain.OfferHandover{Participant: id, Kind: domain.HandoverCopy, To: domain.ID{30}, ToName: "Zoe" + nasty, ToRole: domain.Coach, Words: domain.HandoverWords{Why: "w" + nasty, Gaps: nasty}},
			domain.AnswerHandover{Participant: hers, Handover: d.handover(t, hers).ID, Answer: domain.HandoverAsked, Words: "q" + nasty},
		}}
		if _, err := d.Do(batch, domain.ID{}); err != nil {
			continue // refused with a sentence
		}
		_ = mine
		d.out.arrived = []string{"/tmp/" + nasty}
		d.out.parcels = map[string]parcel{"/tmp/" + nasty: {holds: screen.Arrival{From: nasty, What: nasty, Made: nasty, Notes: []string{nasty}, People: []screen.ArrivalOf{{Name: nasty}}}}}
		for _, way := range []string{"gh", "gh<tab>", "ghv", "gho", "/zzz<esc>hzoe<enter>", "/zzz<esc>hzoe, 2w<enter>x<ctrl+o>", "/zzz<esc>>"} {
			x := sit(t, d, 80, 24)
			x.keys(way)
			x.drain()
			for n, line := range strings.Split(x.screen(), "\n") {
				plain := ansi.Strip(line)
				if ansi.StringWidth(line) > 80 {
					t.Fatalf("string %d, %s: line %d is too wide: %q", i, way, n, plain)
				}
				for _, r := range plain {
					if r < 0x20 || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r >= 0xe0000 && r <= 0xe007f || r == 0xfeff {
						t.Fatalf("string %d, %s: %U reaches the screen: %q", i, way, r, plain)
					}
				}
			}
		}
	}
}

// TestUndoOfManyHandovers holds that handing several over in one go is undone in one go.
func TestUndoOfManyHandovers(t *testing.T) {
	d, _ := handed(t)
	x := sit(t, d, 100, 30)
	x.keys("<tab><tab><space><space><space>hbea, 2w<enter>On leave.<ctrl+s>gh<tab>")
	x.sees("from me 3")
	x.keys("u")
	x.sees("Undo for 3 people?", "asked to look after the case")
	x.keys("y")
	x.sees("from me 0")
	x.keys("u")
	x.sees("was not about a handover")
}
