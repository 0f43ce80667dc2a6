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

// advised is a desk with a question of each kind, some of them some way on, and cards.
func advised(t testing.TB) (*paper, domain.ID) {
	t.Helper()
	d := newPaper(t)
	id := d.join(t, "Daniel Okafor")
	d.must(t, domain.NoteBarrier{Participant: id, Text: "travel before 9"})
	d.must(t, domain.Ask{Participant: id, Question: "Would altered hours serve better than a phased return?"})
	other := d.join(t, "Shirin Begum")
	d.must(t, domain.Ask{Participant: other, Question: "Can the three of us meet about the trial week?", Kind: domain.KindThreeWay, Urgent: true})
	third := d.join(t, "Owen Price")
	d.must(t, domain.Ask{Participant: third, Question: "Will you see him for some weeks?", Kind: domain.KindDirect})
	d.must(t, domain.WriteCard{Office: domain.ID{1}, Text: domain.ReadCard("! Ask for altered hours first, in writing\n! Travel training with the council\n# travel\nsource: leaflet on getting to work\ncome back: in 4 weeks")})
	d.must(t, domain.WriteCard{Office: domain.ID{1}, Text: domain.ReadCard("! A quiet corner, agreed before the first day\n# anxiety in groups\n# noise\nsector: offices")})
	return d, id
}

func (p *paper) as(role int) { p.who = p.people[role].ID }

// question returns the only escalation of somebody.
func (p *paper) question(t testing.TB, id domain.ID) domain.Escalation {
	t.Helper()
	got, err := p.Participant(id)
	if err != nil || len(got.Escalations) == 0 {
		t.Fatal(err, got.Escalations)
	}
	return got.Escalations[len(got.Escalations)-1]
}

func count(keys string) int {
	n := 0
	for s := strings.ReplaceAll(keys, "\x00", ""); s != ""; n++ {
		if s[0] == '<' {
			s = s[strings.IndexByte(s, '>')+1:]
		} else {
			s = s[1:]
		}
	}
	return n
}

// TestAdviserKeyCounts is the ten journeys of an adviser (domain.md, P3), each within
// its keys; words that anybody would write are not counted.
func TestAdviserKeyCounts(t *testing.T) {
	direct := func(t *testing.T, d *paper, id domain.ID) {
		d.as(0)
		d.must(t, domain.EndEscalation{Participant: id, Escalation: d.question(t, id).ID})
		d.must(t, domain.Ask{Participant: id, Question: "Will you see him?", Kind: domain.KindDirect, Urgent: true})
		d.must(t, domain.RecordAgreement{Participant: id, Escalation: d.question(t, id).ID, Agree: domain.Agree{Yes: true, Giver: domain.GivenByPerson, How: domain.ByPhone}})
		d.as(1)
		d.must(t, domain.Accept{Participant: id, Escalation: d.question(t, id).ID})
	}
	active := func(t *testing.T, d *paper, id domain.ID) {
		direct(t, d, id)
		d.must(t, domain.TakeOn{Participant: id, Escalation: d.question(t, id).ID})
	}
	for _, tt := range []struct {
		what, keys string
		most       int
		given      func(*testing.T, *paper, domain.ID)
		sees       string
		done       func(domain.Participant, domain.Escalation) bool
	}{
		{"1 my queue by age", "", 0, nil, "oldest first", nil},
		{"2 accept", "a", 1, nil, "accepted", func(_ domain.Participant, e domain.Escalation) bool { return e.State == domain.EscalationAccepted }},
		{"3 return", "r\x00<ctrl+s>", 2, nil, "returned", func(_ domain.Participant, e domain.Escalation) bool { return e.State == domain.EscalationReturned }},
		{"4 answer with a card", "ctra<enter>", 5, nil, "answered", func(_ domain.Participant, e domain.Escalation) bool {
			return e.State == domain.EscalationAnswered && !e.Card.IsZero() && strings.Contains(e.Answer, "Travel training")
		}},
		{"5 new advice", "n\x00<ctrl+s>", 2, nil, "answered", func(_ domain.Participant, e domain.Escalation) bool { return e.State == domain.EscalationAnswered }},
		{"6 a meeting of three", "m\x00<enter>2", 5, nil, "booked", func(p domain.Participant, e domain.Escalation) bool {
			return e.State == domain.EscalationBooked && len(p.Appointments) == 1 && len(p.Appointments[0].With) == 2
		}},
		{"7 take on direct support", "dy", 3, direct, "direct support began", func(_ domain.Participant, e domain.Escalation) bool { return e.State == domain.EscalationActive }},
		{"8 a session of direct support", "s<enter>\x00<ctrl+n>2w<enter><ctrl+s><enter>", 8, active, "Saved", func(p domain.Participant, e domain.Escalation) bool {
			return len(p.Sessions) == 1 && p.Sessions[0].Kind == domain.DirectSupport && p.Sessions[0].Escalation == e.ID && len(p.Appointments) == 1
		}},
		{"9 hand back", "b\x00<ctrl+s>", 4, active, "the next step is the coach's", func(p domain.Participant, e domain.Escalation) bool {
			return e.State == domain.EscalationHandedBack && len(p.Plan.Steps) == 1 && p.Plan.Steps[0].Owner == domain.ByCoach && p.Plan.Steps[0].Origin == e.ID
		}},
		{"10 which advice worked", "ga", 2, nil, "Which advice worked, per barrier", nil},
	} {
		t.Run(tt.what, func(t *testing.T) {
			d, id := advised(t)
			if tt.given != nil {
				tt.given(t, d, id)
			}
			d.as(1)
			x := sit(t, d, 80, 24) // an adviser begins at their desk
			for range 3 {
				if strings.Contains(ansi.Strip(x.screen()), "▸ Daniel") {
					break
				}
				x.keys("j")
			}
			x.keys(strings.ReplaceAll(tt.keys, "\x00", "words that anybody would write anyway"))
			if n := count(tt.keys); n > tt.most {
				t.Errorf("%d keys, at most %d", n, tt.most)
			}
			x.sees(tt.sees)
			if tt.done == nil {
				return
			}
			p, _ := d.Participant(id)
			if !tt.done(p, d.question(t, id)) {
				t.Errorf("it was not done: %+v", d.question(t, id))
			}
		})
	}
}

// TestCoachAsksByKeys is P1-7 and what comes back: each kind, the agreement, one key to
// the plan, what ran out.
func TestCoachAsksByKeys(t *testing.T) {
	d := newPaper(t)
	id := d.join(t, "Daniel Okafor")
	x := sit(t, d, 80, 24)
	x.keys("/oka<enter>e")
	x.sees("for advice")
	x.keys("<ctrl+o><ctrl+o>Will you see him?")
	x.sees("for direct support")
	x.keys("<ctrl+s>")
	x.sees("asked for direct support")
	x.keys("4")
	x.sees("direct support, asked", "Nobody has written down whether they want it")
	x.keys("w")
	x.sees("By Wed 25 Nov", "2 working days", "as a provider's acknowledgement")
	x.keys("<esc>Z")
	x.sees("has not run out")
	x.keys("dr2")
	x.sees("The person agreed", "said by the representative, phone")
	x.keys("Y2")
	x.sees("The person was told")
	x.keys("NOnly mornings are hard.<ctrl+s>")
	x.sees("added to the talk")
	x.sees("Only mornings are hard.")
	x.keys("dnhe has found somebody<enter>")
	x.sees("declined", "he has found somebody")
	x.keys("<enter>")
	x.sees("They did not want direct support", "for advice")
	x.keys("<ctrl+s>")
	x.sees("asked for advice")
	d.as(1)
	d.must(t, domain.Answer{Participant: id, Escalation: d.question(t, id).ID, Text: "See below.\n! me: ring the council by fri\n! ask for altered hours"})
	d.as(0)
	x = sit(t, d, 80, 24)
	x.keys("/oka<enter>4a")
	x.sees("A step was added")
	if p, _ := d.Participant(id); len(p.Plan.Steps) != 2 || p.Plan.Steps[0].Owner != domain.ByCoach || p.Plan.Steps[0].Due != calendar.Of(now)+4 {
		t.Fatalf("%+v", p.Plan.Steps)
	}
	x.keys("a")
	x.sees("in the plan already")
}

// TestWhatRanOutComesBack lets the clock of a question run out: one key offers to ask
// again, more widely, or to close.
func TestWhatRanOutComesBack(t *testing.T) {
	for keys, want := range map[string]func(domain.Escalation) bool{
		"Za":                      func(e domain.Escalation) bool { return e.Times == 2 && e.State == domain.EscalationAsked },
		"Zwthe DEA leader<enter>": func(e domain.Escalation) bool { return e.Times == 2 && e.Widened == "the DEA leader" },
		"Zc":                      func(e domain.Escalation) bool { return e.State == domain.EscalationWithdrawn },
	} {
		d := newPaper(t)
		id := d.join(t, "Daniel Okafor")
		d.must(t, domain.Ask{Participant: id, Question: "q"})
		about := domain.About(id)
		d.records[about][1].Day -= 10
		x := sit(t, d, 80, 24)
		x.keys("/oka<enter>4")
		x.sees("late. Z asks")
		x.keys(keys)
		if e := d.question(t, id); !want(e) {
			t.Errorf("%s: %+v", keys, e)
		}
	}
}

// rest waits until the shell listens again after a refusal.
func (x *hand) rest() {
	x.t.Helper()
	for end := time.Now().Add(5 * time.Second); x.shell.Deaf(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			x.t.Fatal("the shell never listens again")
		}
		x.drain()
	}
}

// TestCardsByKeys writes, finds and retires cards, and keeps what somebody is named in
// from being written by accident.
func TestCardsByKeys(t *testing.T) {
	d, id := advised(t)
	d.must(t, domain.Restrict{Participant: id, On: true})
	d.as(1)
	x := sit(t, d, 80, 24)
	x.keys("ga")
	x.sees("travel", "anxiety in groups", "not used yet")
	x.keys("n! as Okafor did, born 4 May 1987<enter># travel<ctrl+s>")
	x.sees(`"Okafor" looks like a name`, `"4 may 1987" looks like a date`)
	if len(d.Office().Cards) != 2 {
		t.Fatal("it was written")
	}
	x.rest()
	x.keys("<ctrl+o>")
	x.sees("An advice card was written")
	x.keys("/anx<enter>")
	x.sees("found: anx", "A quiet corner")
	x.lacks("Travel training")
	x.keys("xout of date<enter>")
	x.sees("retired", "No card is about that")
	x.keys("u")
	x.sees("Undone: An advice card was retired.", "A quiet corner")
	x.rest()
	x.keys("xout of date<enter>")
	x.keys("<esc>")
	x.sees("Which advice worked")
	x.lacks("A quiet corner")
	// An answer is kept as a card in one go.
	x.keys("ge")
	for range 3 {
		if strings.Contains(ansi.Strip(x.screen()), "▸ Restricted") {
			break
		}
		x.keys("j")
	}
	x.keys("n! Ask the council for a pass<ctrl+t>")
	x.sees("Keep the answer as a card", "! Ask the council for a pass", "# travel before 9")
	x.keys("<ctrl+s>")
	x.sees("An advice card was written")
	if cards := d.Office().Cards; cards[len(cards)-1].Title() != "Ask the council for a pass" {
		t.Errorf("%+v", cards[len(cards)-1])
	}
}

// TestConcernByKeys raises a concern and has the receiver acknowledge it.
func TestConcernByKeys(t *testing.T) {
	d, id := advised(t)
	x := sit(t, d, 80, 24)
	x.keys("/oka<enter>!22alone at home<enter>")
	x.sees("A concern was raised", "Concerns", "folded")
	x.lacks("alone at home")
	if p, _ := d.Participant(id); p.Concerns[0].Scope != domain.CoachOnly || p.Concerns[0].To != d.people[1].ID {
		t.Fatalf("%+v", p.Concerns)
	}
	x.keys("kx")
	x.sees("Only who was told acknowledges it")
	d.as(1)
	x = sit(t, d, 80, 24)
	x.keys("/oka<enter>")
	x.keys("x")
	x.keys("I ring today<enter>")
	x.sees("A concern was acknowledged")
	d.as(0)
	x = sit(t, d, 80, 24)
	x.keys("S")
	x.sees("A sample, by lot")
}

// TestAdviserViews draws the screens of this part at every size.
func TestAdviserViews(t *testing.T) {
	for _, size := range []struct {
		name  string
		w, h  int
		plain bool
	}{{"60x10", 60, 10, false}, {"80x24", 80, 24, false}, {"120x40", 120, 40, false}, {"plain", 80, 24, true}} {
		for _, at := range []struct{ name, keys string }{
			{"desk", ""},
			{"meet", "m"},
			{"direct", "jjd"},
			{"why", "w"},
			{"return", "r"},
			{"cards", "ga"},
			{"card", "gan! do this<enter># travel"},
			{"withcard", "jctra"},
			{"record", "<enter>"},
		} {
			t.Run(size.name+"/"+at.name, func(t *testing.T) {
				d, _ := advised(t)
				d.as(1)
				x := &hand{t: t, shell: ui.New(ui.Options{World: screen.World{Desk: d, Now: func() time.Time { return now }}, Plain: size.plain})}
				x.send(tea.WindowSizeMsg{Width: size.w, Height: size.h})
				x.keys(at.keys)
				text := x.screen()
				var b strings.Builder
				for i, line := range strings.Split(text, "\n") {
					if w := ansi.StringWidth(line); w > size.w {
						t.Errorf("line %d is %d wide: %q", i+1, w, ansi.Strip(line))
					}
					for _, r := range ansi.Strip(line) {
						if size.plain && r > 0x7e && r != '›' && r != '…' && r != '•' {
							t.Fatalf("plain shows %q", r)
						}
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

// TestAdviserKeysAreListedOnce holds that no key of these screens means two things.
func TestAdviserKeysAreListedOnce(t *testing.T) {
	for _, keys := range []string{"", "ga", "gan", "ga/", "c", "n", "<enter>"} {
		d, _ := advised(t)
		d.as(1)
		x := sit(t, d, 80, 24)
		x.keys("j" + keys)
		seen := map[string]string{}
		for _, a := range x.shell.Actions() {
			for _, k := range a.Keys {
				if other, ok := seen[k]; ok && k != "esc" {
					t.Errorf("after %q: %s is both %q and %q", keys, k, other, a.Name)
				}
				seen[k] = a.Name
			}
		}
	}
}
