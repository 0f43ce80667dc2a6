package ui_test

import (
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// handed is a desk with two more colleagues, a provider's adviser of another desk, and a
// person of whom much is open.
func handed(t testing.TB) (*paper, domain.ID) {
	d, id := furnished(t)
	d.people = append(d.people,
		domain.Person{ID: domain.ID{7}, Name: "Bea Holt", Role: domain.Coach},
		domain.Person{ID: domain.ID{8}, Name: "Carl Hay", Role: domain.Lead},
	)
	d.must(t, domain.AddContact{Office: domain.ID{1}, Contact: domain.Contact{
		Person: domain.ID{9}, Name: "Bronwen Rees", Role: domain.Coach, Office: "Ilford", Recipient: "age1" + manyQ, Verify: make([]byte, 32),
	}})
	d.must(t, domain.AddContact{Office: domain.ID{1}, Contact: domain.Contact{
		Person: domain.ID{10}, Name: "Jo Field", Role: domain.Provider, Office: "Riverside Works", Recipient: "age1p" + manyQ, Verify: make([]byte, 32),
	}})
	return d, id
}

var errFull = domain.Refused("file", "The disk is full.")

const manyQ = "qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq"

// handover is the last handover of somebody.
func (p *paper) handover(t testing.TB, id domain.ID) domain.Handover {
	t.Helper()
	one, err := p.Participant(id)
	if err != nil || len(one.Handovers) == 0 {
		t.Fatalf("nothing is handed over: %v", err)
	}
	return one.Handovers[len(one.Handovers)-1]
}

func TestHandOverBeforeLeave(t *testing.T) {
	d, id := handed(t)
	x := sit(t, d, 120, 40)
	x.keys("/dan<enter>h")
	x.sees("Hand over Daniel Okafor", "To whom?", "Bea Holt, work coach", "Bronwen Rees, work coach, Ilford", "keys not compared")
	x.keys("be")
	x.sees("Bea Holt")
	x.lacks("Bronwen", "Carl")
	x.keys(", 7 dec")
	x.sees("back Mon 7 Dec, in 2 weeks")
	x.keys("<enter>")
	x.sees("cover: looks after it, back to you Mon 7 Dec", "Why now", "As Bea Holt will read it", "not shown (third party: never leaves the desk)")
	x.lacks("His sister worries")
	x.keys("On leave.<ctrl+s>")
	x.sees("Bea Holt was asked to look after the case until", "Overview")
	h := d.handover(t, id)
	if h.Kind != domain.HandoverCover || h.To != (domain.ID{7}) || h.Words.Why != "On leave." || h.Until != calendar.Of(now)+14 || len(h.Items) < 2 {
		t.Errorf("%+v", h)
	}
	if drafts, _ := d.Drafts(); len(drafts) > 0 {
		t.Errorf("drafts are left: %+v", drafts)
	}
	if len(d.out.bundles) > 0 {
		t.Error("a file was written for somebody who works here")
	}
}

func TestHandSeveralOverInOneGo(t *testing.T) {
	d, _ := handed(t)
	x := sit(t, d, 120, 40)
	x.keys("<tab><tab><space><space><space>")
	x.sees("3 marked")
	x.keys("hbea, 2w<enter>On leave.")
	x.sees("Hand over 3 people", "Why now, for everybody", "ctrl+s offers 3 people")
	// One of them goes to somebody else, in another office; and one is left out again.
	x.keys("<ctrl+o><down>")
	x.keys("<down>W")
	x.sees("alone? The first letters")
	x.keys("bron<enter>")
	x.sees("Bronwen Rees")
	x.keys("<ctrl+s>")
	x.sees("Offered. coachdesk sends nothing itself", "Bronwen Rees, work coach, Ilford", "/home/amina/handovers/bundle-1.age", "12,345 bytes, SHA-256 begins abababababab")
	if len(d.out.bundles) != 1 || d.out.bundles[0] != (domain.ID{9}) {
		t.Errorf("%v", d.out.bundles)
	}
	to := map[domain.ID]int{}
	batches := map[domain.ID]bool{}
	for _, id := range d.order {
		p, err := d.Participant(id)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range p.Handovers {
			to[h.To]++
			batches[p.Past()[len(p.Past())-1].Command] = true
			if h.Words.Why != "On leave." {
				t.Errorf("%+v", h.Words)
			}
		}
	}
	if to[domain.ID{7}] != 2 || to[domain.ID{9}] != 1 || len(batches) != 1 {
		t.Errorf("%v in %d batches", to, len(batches))
	}
	x.keys("<enter>")
	x.sees("Today", "Person")
	x.lacks("3 marked")
}

func TestHandOverFileThatCannotBeWritten(t *testing.T) {
	d, id := handed(t)
	d.out.full = errFull
	x := sit(t, d, 100, 40)
	x.keys("/dan<enter>hbron, 2w<enter>On leave.<ctrl+s>")
	x.sees("could not be written, and the offer stands: The disk is full.")
	if h := d.handover(t, id); h.To != (domain.ID{9}) {
		t.Errorf("%+v", h)
	}
	d.out.full = nil
	x.keys("r")
	x.sees("bundle-1.age")
}

func TestHandOverDraftIsFoundAgain(t *testing.T) {
	d, id := handed(t)
	x := sit(t, d, 120, 40)
	x.keys("/dan<enter>hbea, 2w<enter>On leave.<tab>Heading for the bakery.<esc>")
	drafts, _ := d.Drafts()
	if len(drafts) != 1 || drafts[0].Place != "handover" || drafts[0].Participant != id {
		t.Fatalf("%+v", drafts)
	}
	x.sees("a handover is written and not offered")
	x.keys("1<enter>")
	x.sees("Bea Holt", "cover: looks after it, back to you Mon 7 Dec", "On leave.", "Heading for the bakery.")
	x.keys("<ctrl+s>")
	if h := d.handover(t, id); h.Words.Summary != "Heading for the bakery." || h.Words.Why != "On leave." {
		t.Errorf("%+v", h.Words)
	}
	if drafts, _ := d.Drafts(); len(drafts) > 0 {
		t.Errorf("drafts are left: %+v", drafts)
	}
	// What nobody wrote leaves no draft.
	x.keys("hcarl<enter><esc>")
	if drafts, _ := d.Drafts(); len(drafts) > 0 {
		t.Errorf("a draft of nothing: %+v", drafts)
	}
}

func TestHandOverIsRefusedWhereItStands(t *testing.T) {
	d, id := handed(t)
	x := sit(t, d, 80, 24)
	x.keys("/dan<enter>hbea<enter>")
	x.sees("Say until when: ctrl+o, then d")
	x.keys("<ctrl+s>")
	x.sees("Say until when")
	x.keys("<ctrl+o>d1 dec<enter>")
	x.sees("back to you Tue 1 Dec")
	x.keys("i2")
	x.sees("transfer: take the case on for good")
	x.keys("<ctrl+s>")
	x.sees("Write what your colleague has to know")
	x.rest()
	x.keys("<enter><tab>He rings on Fridays.<ctrl+s>")
	if h := d.handover(t, id); h.Kind != domain.HandoverTransfer || h.Transfer.IsZero() {
		t.Errorf("%+v", h)
	}
	// The note stands in place of the words where there is no room beside them.
	x.keys("hcarl, 3w<enter><ctrl+y>")
	x.sees("As Carl Hay will read it", "In one line")
	x.keys("<ctrl+y>Away.")
	x.sees("Why now")
}

func TestHandOverOutsideNeedsConsent(t *testing.T) {
	d, id := handed(t)
	day := calendar.Of(now)
	p, _ := d.Participant(id)
	d.must(t, domain.WithdrawConsent{Participant: id, Consent: p.Consents[0].ID, How: domain.ByPhone})
	l := domain.Letter{Programme: "workwell", Provider: "Riverside Works", Text: "I want to mend bikes"}
	d.must(t, domain.GiveConsent{Participant: id, To: l.To(), Purpose: "referral", Items: []domain.ConsentItem{domain.ItemContact}, Until: day + 90, How: domain.FaceToFace, Giver: domain.GivenByPerson})
	d.must(t, domain.Refer{Participant: id, Letter: l})
	p, _ = d.Participant(id)
	d.must(t, domain.WithdrawConsent{Participant: id, Consent: p.Consents[len(p.Consents)-1].ID, How: domain.ByPhone})
	x := sit(t, d, 120, 40)
	x.keys("/dan<enter>hjo f<enter>Please ring.<ctrl+s>")
	x.sees("No consent", "In ctrl+o, c records it")
	x.keys("<ctrl+o>c")
	x.sees("Riverside Works is told the name", "They may take it back at any time")
	x.keys("f")
	x.sees("not for the provider")
	x.keys("<ctrl+s>")
	x.sees("bundle-1.age")
	h := d.handover(t, id)
	if h.Kind != domain.HandoverReferral || h.Paper == nil || len(h.Items) != 1 {
		t.Fatalf("%+v", h)
	}
	for _, sec := range h.Paper.Sections {
		for _, l := range sec.Lines {
			if l == "His sister worries." || l == "Says mornings are still hard." {
				t.Errorf("the paper for the provider says %q", l)
			}
		}
	}
}
