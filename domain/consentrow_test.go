package domain_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// TestReferralConsentAsTheGate compares, for made-up consents, what a row says of a
// referral with what the gate says of the whole record, day by day. The row may never be
// the milder of the two; it may be the stricter only where consents leave a gap, which
// one span of days cannot say.
func TestReferralConsentAsTheGate(t *testing.T) {
	dice := rand.New(rand.NewPCG(10, 6))
	items := func() (some []domain.ConsentItem) {
		for _, it := range domain.ConsentItems {
			if dice.IntN(2) == 0 {
				some = append(some, it)
			}
		}
		return some
	}
	open, shut := 0, 0
	for round := range 3000 {
		var given []any
		gaps := dice.IntN(4) == 0
		n := 1 + dice.IntN(4)
		for i := range n {
			g := domain.ConsentGiven{
				ID: domain.ID{14: 1, 15: byte(i)}, Purpose: "a place", To: pickOne(dice, []domain.RecipientKind{domain.ToProvider, domain.ToProvider, domain.ToProvider, domain.ToEmployer}),
				Name: pickOne(dice, []string{letter.Provider, strings.ToUpper(letter.Provider), letter.Provider, "Somebody Else"}), Items: append(items(), pickOne(dice, domain.ConsentItems)),
				From: today - calendar.Day(dice.IntN(30)), How: domain.ByPhone, Giver: domain.GivenByPerson,
			}
			switch dice.IntN(3) {
			case 0:
				g.Until = today + calendar.Day(dice.IntN(40))
			case 1:
				if gaps || n == 1 {
					g.From = today + calendar.Day(dice.IntN(20))
				}
				g.Until = g.From + calendar.Day(dice.IntN(40))
			}
			given = append(given, g)
			switch dice.IntN(6) {
			case 0:
				given = append(given, domain.ConsentWithdrawn{ID: g.ID, How: domain.ByPhone})
			case 1:
				given = append(given, domain.ConsentNarrowed{ID: g.ID, Items: g.Items[:1], Until: today + calendar.Day(dice.IntN(20))})
			}
		}
		told := letter
		told.Items = items()
		p := replay(append([]any{joined, domain.Referred{ID: domain.ID{15: 51}, Letter: told}}, given...)...)
		row := p.Row().Referrals[0]
		for day := today; day < today+70; day++ {
			gate, says := p.WhyNotShare(told.To(), told.Items, day), row.WithoutConsent(day)
			if gate != "" && says == "" || gate == "" && says != "" && !gaps {
				t.Fatalf("round %d on %s: the row says %q, the gate %q\n%+v", round, day, says, gate, p.Consents)
			}
			if gate == "" {
				open++
			} else {
				shut++
			}
		}
	}
	if open < 10_000 || shut < 10_000 {
		t.Errorf("open on %d days and shut on %d: it proves little", open, shut)
	}
}
