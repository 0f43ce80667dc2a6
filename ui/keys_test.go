package ui_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/ui"
)

// keyReference is made from the action tables of the screens, so that it cannot
// tell anything else than what the keys do.
const keyReference = "../assets/help/keys.md"

func TestGeneratedKeyReference(t *testing.T) {
	d, id := furnished(t)
	for _, p := range d.order {
		if p != id {
			d.must(t, domain.NoteBarrier{Participant: p, Text: "travel"})
		}
	}
	var b strings.Builder
	b.WriteString("# Keys\n\nMade from the action tables of the screens (`make generate`). A key that is closed just now says why.\n")
	always := map[string]bool{}
	table := func(title, keys string) {
		x := sit(t, d, 120, 40)
		x.keys(keys)
		if strings.HasPrefix(keys, "gv") {
			x.settled("feed newham")
		}
		fmt.Fprintf(&b, "\n## %s\n\n| key | does |\n|---|---|\n", title)
		for _, a := range x.shell.Actions() {
			if !always[a.Name] {
				fmt.Fprintf(&b, "| `%s` | %s |\n", strings.Join(a.Keys, "` `"), a.Name)
			}
		}
	}
	everywhere(t, &b, always)
	table("Caseload", "")
	table("Caseload, while searching", "/")
	table("A person: overview", "/dan<enter>")
	table("A person: timeline", "/dan<enter>2")
	table("A person: plan", "/dan<enter>p")
	table("A person: plan, board", "/dan<enter>pvv")
	table("A person: plan, calendar", "/dan<enter>pvvv")
	table("What often helps", "/dan<enter>pT")
	table("A person: DEA", "/dan<enter>4")
	d.must(t, domain.DraftReferral{Participant: id, Letter: domain.Letter{Programme: "workwell"}})
	table("A person: referrals", "/dan<enter>5")
	table("Referrals of all people", "gr")
	table("Referral: the check list", "/dan<enter>5<enter>")
	d.must(t, domain.GiveConsent{Participant: id, To: domain.Recipient{Kind: domain.ToProvider, Name: "Riverside Works"}, Purpose: "referral to WorkWell", Items: []domain.ConsentItem{domain.ItemContact}, How: domain.ByPhone, Giver: domain.GivenByPerson})
	table("Referral: why, in their words", "/dan<enter>5<enter>y")
	table("A person: work", "/dan<enter>6")
	table("In work", "gi")
	table("A person: details", "/dan<enter>7")
	table("A person: consent", "/dan<enter>8")
	table("On the caseload twice?", "gt")
	table("Diary: a day", "gd")
	table("Diary: a week", "gdv")
	table("End-of-day sweep", "gs")
	table("Session: how did it go", "/dan<enter>s")
	table("Session: writing", "/dan<enter>s<enter>")
	table("Session: about it", "/dan<enter>s<enter><ctrl+o>")
	table("Session: a saved phrase", "/dan<enter>s<enter><ctrl+f>")
	table("Session or note: a draft waits", "/dan<enter>nMet.<esc>n")
	table("Session: before saving", "/dan<enter>s<enter>Met.<ctrl+s>")
	table("Brief", "/dan<enter>b")
	table("Saved phrases", "gp")
	table("Address book", "gb")
	table("Your own card", "gbi")
	table("Question to the adviser", "/dan<enter>e")
	table("Adviser's desk, and all live escalations", "ge")
	table("Advice cards", "ga")
	table("An advice card being written", "gan")
	shelved(t, d)
	table("Local services", "gv")
	table("Local services, while searching", "gv/")
	d.people = append(d.people, domain.Person{ID: domain.ID{7}, Name: "Bea Holt", Role: domain.Coach})
	d.must(t, domain.OfferHandover{Participant: id, Kind: domain.HandoverCover, To: domain.ID{7}, ToName: "Bea Holt", ToRole: domain.Coach, Until: calendar.Of(now) + 14})
	table("Caseload, with people marked", "<tab><tab><space>")
	table("Handing over: to whom", "/dan<enter>h")
	table("Handing over: the words", "/shi<enter>hbea, 2w<enter>")
	table("Handing over: who and what", "/shi<enter>hbea, 2w<enter><ctrl+o>")
	table("Handovers from me", "gh<tab>")
	table("While you were away", "gh<tab>B")
	table("A file from another desk", "gho")
	table("One handover to read", "gh<tab>v")
	table("Write out", "/dan<enter>>")
	d.as(len(d.people) - 1)
	table("Handovers to me", "gh")
	d.as(1)
	table("Adviser's desk, as an adviser", "ge")
	table("Adviser's desk: answering", "gen")
	table("Adviser's desk: answering with a card", "gec")
	d.as(0)
	if f := flag.Lookup("update"); f != nil && f.Value.String() == "true" {
		if err := os.WriteFile(keyReference, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(keyReference)
	if err != nil || string(got) != b.String() {
		t.Fatalf("%s is stale: run make generate (%v)", keyReference, err)
	}
}

// everywhere lists what every screen has in common.
func everywhere(t *testing.T, b *strings.Builder, always map[string]bool) {
	t.Helper()
	b.WriteString("\n## Everywhere\n\n| key | does |\n|---|---|\n")
	for _, a := range ui.EverywhereActions() {
		fmt.Fprintf(b, "| `%s` | %s |\n", strings.Join(a.Keys, "` `"), a.Name)
		always[a.Name] = true
	}
	b.WriteString("\nLists move with `up` `down` `j` `k` `pgup` `pgdown` `home` `end` `G`.\n")
}
