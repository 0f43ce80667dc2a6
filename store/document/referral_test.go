package document_test

import (
	"strings"
	"testing"

	"coachdesk/domain"
	"coachdesk/store/document"
)

// sentTo is a record with private words in every place that a page could take from, and a
// referral that tells some parts of it.
func sentTo(t *testing.T, items []domain.ConsentItem, more ...domain.Command) (domain.Participant, domain.Referral) {
	t.Helper()
	id := domain.ID{15: 1}
	letter := domain.Letter{Programme: "workwell", Provider: "Riverside Works", Text: "I want to be among people", Items: items}
	p := record(t, append([]domain.Command{
		domain.Join{ID: id, Facts: map[domain.Fact]string{
			domain.FactName: "Daniel Okafor", domain.FactPhone: "PHONE", domain.FactEmail: "EMAIL", domain.FactAddress: "ADDRESS", domain.FactPostcode: "E15 1NT",
			domain.FactContact: "RINGME", domain.FactRepresentative: "SISTER", domain.FactGroup: "LCW", domain.FactEmployment: "none", domain.FactLanguage: "Welsh", domain.FactMatters: "MATTERS", domain.FactNino: "QQ123456C",
		}},
		domain.TakeNote{Participant: id, Text: "NOTE\n+ large print\n# travel\n! provider: send the form\n\n[coach only] CANARY\n+ CANARY\n# CANARY\n! provider: CANARY\n\n[third party] CANARY sister"},
		domain.SetGoal{Participant: id, Text: "a kitchen"},
		domain.RecordFitNote{Participant: id, Option: domain.MayBeFit, Boxes: []domain.FitBox{domain.AlteredHours}, From: today - 7, To: today + 19},
		domain.GiveConsent{Participant: id, To: letter.To(), Purpose: "a place there", Items: domain.ConsentItems, Until: today + 60, How: domain.ByPhone, Giver: domain.GivenByPerson},
		domain.Refer{Participant: id, Letter: letter},
	}, more...)...)
	return p, p.Referrals[0]
}

func pageOf(p domain.Participant, x domain.Referral) string {
	page := document.ReferralPage(p, x, document.ReferralOptions{Today: today, Programme: "WorkWell", Coach: "Amina Yusuf", Office: "Stratford"})
	return page.Text() + page.Markdown() + page.HTML()
}

// TestReferralTellsWhatWasAgreed: each part of the record is on the page when it goes
// along, and only then; nothing private, no note and no number ever is.
func TestReferralTellsWhatWasAgreed(t *testing.T) {
	for part, words := range map[domain.ConsentItem][]string{
		domain.ItemContact:     {"PHONE", "EMAIL", "ADDRESS", "E15 1NT", "RINGME", "SISTER"},
		domain.ItemHealth:      {"LCW", "altered hours", "travel"},
		domain.ItemAdjustments: {"arge print", "Welsh"},
		domain.ItemWork:        {"Employment: none"},
		domain.ItemPlan:        {"a kitchen", "send the form"},
	} {
		with, x := sentTo(t, []domain.ConsentItem{part})
		var others []domain.ConsentItem
		for _, it := range domain.ConsentItems {
			if it != part {
				others = append(others, it)
			}
		}
		without, y := sentTo(t, others)
		for _, w := range words {
			if !strings.Contains(pageOf(with, x), w) {
				t.Errorf("%s goes along, and %q is not on the page", part, w)
			}
			if strings.Contains(pageOf(without, y), w) {
				t.Errorf("%s does not go along, and %q is on the page", part, w)
			}
		}
	}
	p, x := sentTo(t, domain.ConsentItems)
	text := pageOf(p, x)
	for _, never := range []string{"CANARY", "canary", "NOTE", "MATTERS", "QQ123456C", "123456"} {
		if strings.Contains(text, never) {
			t.Errorf("the page tells %q:\n%s", never, text)
		}
	}
	for _, always := range []string{"Daniel Okafor", "Riverside Works", "I want to be among people", x.Short(), "Amina Yusuf", "They may take this back"} {
		if !strings.Contains(text, always) {
			t.Errorf("the page lacks %q", always)
		}
	}
}

// TestWithheldContact: while contact details are withheld they stand in nothing that is
// made for anybody outside.
func TestWithheldContact(t *testing.T) {
	id := domain.ID{15: 1}
	p, x := sentTo(t, domain.ConsentItems, domain.Describe{Participant: id, Facts: map[domain.Fact]string{domain.FactWithhold: "yes"}})
	open, y := sentTo(t, domain.ConsentItems)
	papers := func(p domain.Participant, x domain.Referral) map[string]string {
		out := map[string]string{"the page": pageOf(p, x)}
		for _, r := range []document.Receiver{document.Provider, document.Employer} {
			for _, basis := range append([]document.Basis{document.ByConsent}, document.Bases...) {
				o := options(r)
				o.Basis = basis
				n := document.Handover(p, o)
				out["the handover for the "+string(r)+" by "+string(basis)] = n.Text() + n.Markdown()
			}
		}
		return out
	}
	secret := []string{"PHONE", "EMAIL", "ADDRESS", "E15 1NT", "E151NT", "RINGME", "SISTER"}
	for what, text := range papers(p, x) {
		for _, s := range secret {
			if strings.Contains(text, s) {
				t.Errorf("%s tells %s", what, s)
			}
		}
	}
	seen := 0
	for _, text := range papers(open, y) {
		for _, s := range secret {
			if strings.Contains(text, s) {
				seen++
			}
		}
	}
	if seen < 8 {
		t.Errorf("only %d details stand anywhere when nothing is withheld: the test proves little", seen)
	}
	if !strings.Contains(pageOf(p, x), "Contact details are withheld") {
		t.Error("the provider is not told how to reach them")
	}
	o := options(document.Colleague)
	if !strings.Contains(document.Handover(p, o).Text(), "PHONE") {
		t.Error("a colleague of the office cannot reach them")
	}
}

// TestReferralGate: without consent to all of it, when it is not sent or when it has ended
// there is no page.
func TestReferralGate(t *testing.T) {
	id := domain.ID{15: 1}
	p, x := sentTo(t, domain.ConsentItems)
	if why := document.WhyNotReferral(p, x, today); why != "" {
		t.Fatal(why)
	}
	if document.WhyNotReferral(p, x, today+61) == "" {
		t.Error("consent ran out, and the page leaves")
	}
	p.Consents = append([]domain.Consent{}, p.Consents...)
	p.Consents[0].Withdrawn = today
	if document.WhyNotReferral(p, x, today) == "" {
		t.Error("consent was withdrawn, and the page leaves")
	}
	p, x = sentTo(t, domain.ConsentItems, domain.DraftReferral{Participant: id, Letter: domain.Letter{Programme: "connect-to-work"}})
	if document.WhyNotReferral(p, p.Referrals[1], today) == "" {
		t.Error("a draft leaves")
	}
	x.State = domain.ReferralRejected
	if document.WhyNotReferral(p, x, today) == "" {
		t.Error("what has ended leaves")
	}
}

// TestReferralTellsTheDifference: the receiver reads what an amendment changed, and not why
// we did.
func TestReferralTellsTheDifference(t *testing.T) {
	contact := []domain.ConsentItem{domain.ItemContact}
	was, x := sentTo(t, contact)
	letter := x.Letter
	letter.Text, letter.Items = "I want a kitchen", nil
	p, _ := sentTo(t, contact, domain.AmendReferral{Participant: was.ID, Referral: x.ID, Letter: letter, Reason: "INNER REASON"})
	text := pageOf(p, p.Referrals[0])
	if !strings.Contains(text, "now I want a kitchen, was I want to be among people") || !strings.Contains(text, "No longer told: contact details") || strings.Contains(text, "INNER REASON") {
		t.Error(text)
	}
}

// TestReferralTellsNothingOfAnotherProvider: a referral that goes to another provider tells
// them nothing of what the first was told, nor who that was.
func TestReferralTellsNothingOfAnotherProvider(t *testing.T) {
	was, x := sentTo(t, domain.ConsentItems)
	letter := x.Letter
	letter.Provider, letter.Text, letter.Items = "Hilltop Trust", "I want a kitchen", []domain.ConsentItem{domain.ItemWork}
	again := letter
	again.Text = "I want a bakery"
	p, _ := sentTo(t, domain.ConsentItems,
		domain.GiveConsent{Participant: was.ID, To: letter.To(), Purpose: "a place there", Items: letter.Items, Until: today + 60, How: domain.ByPhone, Giver: domain.GivenByPerson},
		domain.AmendReferral{Participant: was.ID, Referral: x.ID, Letter: letter, Reason: "no room"},
	)
	text := pageOf(p, p.Referrals[0])
	for _, never := range []string{"Riverside", "among people", "No longer told"} {
		if strings.Contains(text, never) {
			t.Errorf("%q is told to another provider:\n%s", never, text)
		}
	}
	p, _ = sentTo(t, domain.ConsentItems,
		domain.GiveConsent{Participant: was.ID, To: letter.To(), Purpose: "a place there", Items: letter.Items, Until: today + 60, How: domain.ByPhone, Giver: domain.GivenByPerson},
		domain.AmendReferral{Participant: was.ID, Referral: x.ID, Letter: letter, Reason: "no room"},
		domain.AmendReferral{Participant: was.ID, Referral: x.ID, Letter: again, Reason: "changed their mind"},
	)
	if text := pageOf(p, p.Referrals[0]); !strings.Contains(text, "now I want a bakery, was I want a kitchen") {
		t.Error("they do not read the difference:\n" + text)
	}
}
