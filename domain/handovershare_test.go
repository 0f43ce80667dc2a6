package domain_test

import (
	"slices"
	"testing"

	"coachdesk/domain"
)

// The kinds of entries that may go outside, as the data has them.
var outsideKinds = []string{"handover.offered", "handover.answered", "handover.recalled", "handover.ended", "referral.sent", "referral.moved", "consent.given", "consent.withdrawn"}

// gone lists the kinds of what goes to somebody, in the order of the records.
func gone(records []domain.Record, to domain.ID, here ...domain.ID) ([]string, bool) {
	p := domain.Replay(domain.About(pat), records)
	may, some := p.SharedWith(to, func(id domain.ID) bool { return slices.Contains(here, id) }, outsideKinds)
	var kinds []string
	for _, r := range records {
		if some && may(r) {
			kinds = append(kinds, r.Kind)
		}
	}
	return kinds, some
}

func inScope(scope domain.Scope) domain.Noted {
	return domain.Noted{ID: domain.ID{15: 70}, Scope: scope, Lines: []domain.PlacedLine{{Text: "x"}}}
}

// What one desk may read of another's follows from what was handed over between them.
func TestSharedWith(t *testing.T) {
	taken := domain.HandoverAnswered{ID: theHandover, Items: []domain.ID{theCase, thePromise}, Answer: domain.HandoverTaken}
	no := taken
	no.Answer = domain.HandoverNotMine
	note, end := inScope(domain.Shareable), domain.HandoverEnded{ID: theHandover}
	knows := covered
	knows.For, knows.Items, knows.Until = domain.HandoverCopy, nil, 0
	accepted := domain.CaseAccepted{ID: theOffer, Name: "Bea Holt"}
	offered := domain.CaseOffered{ID: theOffer, To: bea, Note: "x"}
	for _, tt := range []struct {
		name    string
		records []domain.Record
		to      domain.ID
		here    domain.ID
		want    []string
	}{
		{"nothing was handed over", between(coach(joined), coach(note)), bea, amina, nil},
		{"what goes to another is not theirs", between(coach(joined), coach(covered)), cyrs, amina, nil},
		{"a copy is sent once", between(coach(joined), coach(knows)), bea, amina, nil},
		{"all that is shareable, nothing private", between(coach(joined), coach(covered), coach(inScope(domain.CoachOnly)), coach(inScope(domain.ThirdParty)), coach(note)), bea, amina, []string{"person.joined", "handover.offered", "note.taken"}},
		{"after the end no more", between(coach(joined), coach(covered), beaSays(taken), coach(end), coach(note)), bea, amina, []string{"person.joined", "handover.offered", "handover.answered", "handover.ended"}},
		{"nor after a no", between(coach(joined), coach(covered), beaSays(no), coach(note)), bea, amina, []string{"person.joined", "handover.offered", "handover.answered"}},
		{"nor after it was called back", between(coach(joined), coach(covered), coach(domain.HandoverRecalled{ID: theHandover}), coach(note)), bea, amina, []string{"person.joined", "handover.offered", "handover.recalled"}},
		{"nor after the offer was undone", between(coach(joined), coach(covered), coach(domain.Undid{Batch: domain.ID{14: 1, 15: 1}}), coach(note)), bea, amina, []string{"person.joined", "handover.offered", "record.undone"}},
		{"whose case it is reads all of it", between(coach(joined), coach(covered), beaSays(taken), coach(end), beaSays(note)), amina, bea, []string{"person.joined", "handover.offered", "handover.answered", "handover.ended", "note.taken"}},
		{"who gave it away reads up to then", between(coach(joined), coach(handed), coach(offered), beaSays(accepted), beaSays(note)), amina, bea, []string{"person.joined", "handover.offered", "transfer.offered", "transfer.accepted"}},
		{"whose it is now gets what is late", between(coach(joined), coach(handed), coach(offered), beaSays(accepted), coach(note)), bea, amina, []string{"person.joined", "handover.offered", "transfer.offered", "transfer.accepted", "note.taken"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for i, r := range tt.records { // the kinds of this version, whatever they are called
				if tt.records[i].Kind == (domain.Noted{}).Kind() {
					r.Kind = "note.taken"
				}
				if tt.records[i].Kind == joined.Kind() {
					r.Kind = "person.joined"
				}
				tt.records[i] = r
			}
			if got, _ := gone(tt.records, tt.to, tt.here); !slices.Equal(got, tt.want) {
				t.Errorf("%q goes, want %q", got, tt.want)
			}
		})
	}
}

// A provider's adviser gets what was handed to them, its referral and its consents, and
// nothing that was recorded when no consent held but that it is over.
func TestSharedOutside(t *testing.T) {
	consent, sent, other := domain.ID{15: 60}, domain.ID{15: 61}, domain.ID{15: 62}
	letter := func(id domain.ID, to string) domain.Referred {
		return domain.Referred{ID: id, Letter: domain.Letter{Programme: "workwell", Provider: to, Text: "x"}}
	}
	theirs := domain.HandoverOffered{ID: theHandover, For: domain.HandoverReferral, To: jo, Name: "Sam Field", Role: domain.Provider, Items: []domain.HandedItem{{ID: theCase, What: domain.HandedReferral, Of: sent}}}
	beas := covered
	beas.ID = domain.ID{15: 80}
	records := between(
		coach(joined), coach(inScope(domain.Shareable)), coach(given(consent)), coach(letter(sent, trust.Name)), coach(letter(other, "Oakside")), coach(beas), coach(theirs),
		coach(domain.ReferralMoved{ID: sent, To: domain.ReferralAcknowledged, Day: today}), coach(domain.ReferralMoved{ID: other, To: domain.ReferralAcknowledged, Day: today}),
		coach(domain.ConsentWithdrawn{ID: consent, How: domain.ByPhone}), coach(domain.ReferralMoved{ID: sent, To: domain.ReferralMet, Day: today}), coach(domain.HandoverRecalled{ID: theHandover}),
	)
	want := []string{"consent.given", "referral.sent", "handover.offered", "referral.moved", "consent.withdrawn", "handover.recalled"}
	if got, _ := gone(records, jo, amina); !slices.Equal(got, want) {
		t.Errorf("%q goes, want %q", got, want)
	}
	r := records[6]
	r.Event, r.Kind, r.Time, r.Seq, r.Command = domain.Undid{Batch: records[3].Command}, domain.Undid{}.Kind(), r.Time+1, 99, domain.ID{14: 9}
	want = []string{"consent.given", "referral.sent", "handover.offered", "record.undone"}
	if got, _ := gone(append(slices.Clone(records[:7]), r), jo, amina); !slices.Equal(got, want) {
		t.Errorf("%q goes, want %q: what takes a thing back goes where the thing went", got, want)
	}
}
