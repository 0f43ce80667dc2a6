package ui_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/catalogue"
	"coachdesk/ui"
	"coachdesk/ui/screen"
)

// The numbers of referrals that the program carries.
func init() {
	type number struct{ Value int }
	var file struct {
		Clocks                      []catalogue.Clock
		Items                       struct{ Value []domain.ConsentItem }
		Months, Few, Again, Returns number
	}
	b, err := os.ReadFile("../assets/referrals.json")
	if err == nil {
		err = json.Unmarshal(b, &file)
	}
	if err != nil {
		panic(err)
	}
	planning.Referrals = domain.ReferralRules{Clocks: file.Clocks, Items: file.Items.Value, Months: file.Months.Value, Few: file.Few.Value, Again: file.Again.Value, Returns: file.Returns.Value}
}

// referred is a desk on which one person has a draft of a referral, one that was sent and
// one that was rejected, and another has one whose consent is gone.
func referred(t testing.TB) (*paper, domain.ID) {
	d := newPaper(t)
	id := d.join(t, "Daniel Okafor")
	day := calendar.Of(now)
	send := func(to domain.ID, programme, provider string) domain.ID {
		l := domain.Letter{Programme: programme, Provider: provider, Text: "I want to mend bikes", Items: []domain.ConsentItem{domain.ItemContact}}
		d.must(t, domain.GiveConsent{Participant: to, To: l.To(), Purpose: "referral to " + programme, Items: l.Items, Until: day + 90, How: domain.FaceToFace, Giver: domain.GivenByPerson})
		d.must(t, domain.Refer{Participant: to, Letter: l})
		p, err := d.Participant(to)
		if err != nil {
			t.Fatal(err)
		}
		return p.Referrals[len(p.Referrals)-1].ID
	}
	d.must(t, domain.MoveReferral{Participant: id, Referral: send(id, "ips-primary-care", "Bridge to Work"), To: domain.ReferralRejected, Code: "provider-full"})
	send(id, "connect-to-work", "Lea Valley Steps")
	d.must(t, domain.DraftReferral{Participant: id, Letter: domain.Letter{Programme: "workwell"}})
	other := d.join(t, "Shirin Begum")
	send(other, "workwell", "Riverside Works")
	p, _ := d.Participant(other)
	d.must(t, domain.WithdrawConsent{Participant: other, Consent: p.Consents[0].ID, How: domain.ByPhone})
	return d, id
}

func TestReferralViews(t *testing.T) {
	for _, size := range []struct {
		name  string
		w, h  int
		plain bool
	}{{"60x10", 60, 10, false}, {"80x24", 80, 24, false}, {"120x40", 120, 40, false}, {"plain", 80, 24, true}} {
		for _, at := range []struct{ name, keys string }{
			{"tab", "/dan<enter>5"},
			{"list", "gr"},
			{"silent", "grf"},
			{"waits", "grt"},
			{"answer", "/dan<enter>5a"},
			{"checks", "/dan<enter>5<down><enter>"},
			{"consent", "/dan<enter>5<down><enter>c"},
			{"words", "/dan<enter>5<down><enter>cfyI want to be among people."},
			{"amend", "/dan<enter>5Ey"},
		} {
			t.Run(at.name+"-"+size.name, func(t *testing.T) {
				d, _ := referred(t)
				x := &hand{t: t, shell: ui.New(ui.Options{World: screen.World{Desk: d, Now: func() time.Time { return now }}, Plain: size.plain})}
				x.start(x.shell.Init())
				x.send(tea.WindowSizeMsg{Width: size.w, Height: size.h})
				x.keys(at.keys)
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

func TestReferByKeys(t *testing.T) {
	d, id := referred(t)
	x := sit(t, d, 100, 40)
	last := func() domain.Referral {
		p, err := d.Participant(id)
		if err != nil {
			t.Fatal(err)
		}
		return p.Referrals[len(p.Referrals)-1]
	}
	x.keys("/dan<enter>5<down><enter>")
	x.sees("WorkWell", "It cannot be sent yet", "It goes to Riverside Works", "the name, contact details, adjustments, work history")
	x.keys("y")
	x.sees("No consent to share with a provider is in force")
	x.keys("c")
	x.sees("Read it to them", "referral to WorkWell", "take it back at any time")
	x.keys("f")
	x.sees("Consent covers the name", "y accepts the list")
	x.keys("y<ctrl+s>")
	x.sees("Write first why")
	x.keys("I want to be among people.<ctrl+s>")
	x.sees("Paste or print this: coachdesk sends nothing itself")
	if r := last(); r.State != domain.ReferralSent || r.Provider != "Riverside Works" || r.Text != "I want to be among people." {
		t.Fatalf("%+v", r)
	}
	p, _ := d.Participant(id)
	if c := p.Consents[len(p.Consents)-1]; c.To.Name != "Riverside Works" || c.Until.IsZero() {
		t.Errorf("the consent was not recorded: %+v", c)
	}
	if drafts, _ := d.Drafts(); len(drafts) > 0 {
		t.Errorf("drafts are left: %+v", drafts)
	}

	// The provider answers, in four keys each.
	x.keys("<esc>gc/dan<enter>5")
	for _, tt := range []struct {
		keys string
		want domain.ReferralState
	}{{"aa<enter>", domain.ReferralAcknowledged}, {"abfri 10:20<enter>", domain.ReferralBooked}} {
		before := len(p.Past())
		x.keys(tt.keys)
		p, _ = d.Participant(id)
		if len(p.Past()) != before+1 && tt.want != domain.ReferralAcknowledged {
			t.Fatalf("%s: nothing happened\n%s", tt.keys, x.screen())
		}
	}
	moved := 0
	for _, r := range p.Referrals {
		for _, e := range r.Log {
			if e.To == domain.ReferralAcknowledged || e.To == domain.ReferralBooked {
				moved++
			}
		}
	}
	if moved != 2 {
		t.Errorf("%d answers", moved)
	}
}

func TestReferralDraftIsFoundAgain(t *testing.T) {
	d, id := referred(t)
	x := sit(t, d, 100, 40)
	x.keys("/dan<enter>5<down><enter>cfyMornings are easier.<esc>")
	drafts, _ := d.Drafts()
	if len(drafts) != 1 || drafts[0].Place != "refer" || drafts[0].Participant != id {
		t.Fatalf("%+v", drafts)
	}
	x.keys("1")
	x.sees("a referral is written and not sent")
	x.keys("<enter>")
	x.sees("Riverside Works", "Consent covers the name")
	x.keys("y")
	x.sees("Mornings are easier.")
	x.keys("<esc>gc/dan<enter>5<down><enter>")
	x.sees("Riverside Works")
}

func TestReferralAmendAndWithdraw(t *testing.T) {
	d, id := referred(t)
	x := sit(t, d, 100, 40)
	x.keys("/dan<enter>5Ey and to ride them<ctrl+s>")
	x.sees("Why is it amended?")
	x.keys("they said more<enter>")
	x.sees("Paste or print this")
	x.keys("<esc>")
	x.sees("amended", "they said more", "Why: now")
	x.keys("D")
	x.sees("Withdraw the referral: why?", "Tell the provider too")
	x.keys("1")
	p, _ := d.Participant(id)
	i := -1
	for n, r := range p.Referrals {
		if r.Programme == "connect-to-work" {
			i = n
		}
	}
	if r := p.Referrals[i]; r.State != domain.ReferralWithdrawn || r.Code() != "person" || len(r.Letters) != 2 {
		t.Errorf("%+v", r)
	}
	// What was rejected is the coach's again, until somebody looked at it.
	q := d.Queue()
	q.Rules = domain.Rules{"referral-rejected": {Key: "referral-rejected", Weight: 43}}
	because := func() bool {
		p, _ := d.Participant(id)
		for _, r := range q.Reasons(p.Row()) {
			if r.Rule == "referral-rejected" {
				return true
			}
		}
		return false
	}
	if !because() {
		t.Fatal("what was rejected is not in the queue")
	}
	x.keys("Gx")
	for range 3 {
		if strings.Contains(x.screen(), "What comes now?") {
			break
		}
		x.keys("<esc><up>x")
	}
	x.keys("asks again in spring<enter>")
	p, _ = d.Participant(id)
	settled := 0
	for _, r := range p.Referrals {
		if !r.Settled.IsZero() {
			settled++
		}
	}
	if settled != 1 {
		t.Errorf("%d are looked at\n%s", settled, x.screen())
	}
}

// TestProviderKeys: the adviser of a provider books the first meeting and says that
// support started (domain.md, P4-3 in 5 keys and P4-4 in 2).
func TestProviderKeys(t *testing.T) {
	d, id := referred(t)
	d.people = append(d.people, domain.Person{ID: domain.ID{9}, Name: "Jo Field", Role: domain.Provider})
	d.as(len(d.people) - 1)
	x := sit(t, d, 100, 40)
	x.keys("gr<down>bfri 10:20<enter>")
	x.keys("s<enter>")
	p, _ := d.Participant(id)
	for _, r := range p.Referrals {
		if r.Programme == "connect-to-work" && r.State != domain.ReferralStarted {
			t.Errorf("%+v\n%s", r, x.screen())
		}
	}
}
