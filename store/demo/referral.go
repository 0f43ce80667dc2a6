package demo

import (
	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// journey is how a referral went so far, in working days before today; zero did not
// happen. A provider is to acknowledge within two, and to meet within fifteen.
type journey struct {
	agreed   int // consent was given; always the first
	drafted  int
	checked  bool
	sent     int
	moves    []move
	handover bool // a meeting of three is booked
	amended  int
	recalled string // the code of our reason
	lost     bool   // the consent was withdrawn since
	withheld bool   // contact details go to nobody outside
	code     string // of the last move
}

type move struct {
	ago int // a meeting to come is negative
	to  domain.ReferralState
}

// needyJourneys and fineJourneys are dealt in order, so that a caseload has each: those
// that need the coach to people who do already.
var needyJourneys = []journey{
	{agreed: 10, sent: 9}, // silent
	{agreed: 4, drafted: 3},
	{agreed: 16, sent: 15, moves: []move{{14, domain.ReferralAcknowledged}, {2, domain.ReferralBooked}}}, // is over
	{agreed: 33, sent: 32, moves: []move{{31, domain.ReferralAcknowledged}, {26, domain.ReferralMet}, {24, domain.ReferralStarted}, {3, domain.ReferralCompleted}}},
	{agreed: 20, sent: 19, moves: []move{{17, domain.ReferralAcknowledged}, {4, domain.ReferralEndedEarly}}, code: "health"},
	{agreed: 14, sent: 13, moves: []move{{3, domain.ReferralRejected}}, code: "provider-full"},
	{agreed: 14, sent: 13, moves: []move{{12, domain.ReferralAcknowledged}, {2, domain.ReferralNotEligible}}, code: "eligibility-area"},
	{agreed: 10, sent: 9, moves: []move{{5, domain.ReferralDeclined}}, code: "person-other"},
	{agreed: 25, sent: 24, moves: []move{{23, domain.ReferralAcknowledged}, {6, domain.ReferralNoContact}}, code: "person-unreached"},
	{agreed: 12, sent: 11, moves: []move{{10, domain.ReferralAcknowledged}}, lost: true},
	{agreed: 21, sent: 20, moves: []move{{8, domain.ReferralClosed}}, code: "provider-closed"},
	{agreed: 6, drafted: 5, checked: true},
	{agreed: 18, sent: 17, moves: []move{{16, domain.ReferralAcknowledged}}}, // no meeting booked in time
}

var fineJourneys = []journey{
	{agreed: 3, sent: 2},
	{agreed: 2}, // consent is there, nothing is written yet
	{agreed: 12, sent: 11, moves: []move{{10, domain.ReferralAcknowledged}}},
	{agreed: 9, sent: 8, moves: []move{{7, domain.ReferralAcknowledged}, {-3, domain.ReferralBooked}}},
	{agreed: 16, sent: 15, moves: []move{{14, domain.ReferralAcknowledged}, {5, domain.ReferralBooked}, {5, domain.ReferralMet}}},
	{agreed: 22, sent: 21, moves: []move{{20, domain.ReferralAcknowledged}, {12, domain.ReferralMet}, {8, domain.ReferralStarted}}},
	{agreed: 30, sent: 29, moves: []move{{28, domain.ReferralAcknowledged}, {22, domain.ReferralMet}, {18, domain.ReferralStarted}, {6, domain.ReferralInProgress}}},
	{agreed: 32, sent: 31, moves: []move{{30, domain.ReferralAcknowledged}, {20, domain.ReferralMet}, {19, domain.ReferralStarted}, {4, domain.ReferralJobStart}}},
	{agreed: 12, sent: 11, recalled: "provider-silent"},
	{agreed: 9, sent: 8, moves: []move{{7, domain.ReferralAcknowledged}}, amended: 4, handover: true},
	{agreed: 7, sent: 6, moves: []move{{5, domain.ReferralAcknowledged}}, withheld: true},
}

// sentTo are the programmes to which a coach refers, dealt in turn.
var sentTo = []struct{ key, name string }{
	{"workwell", "WorkWell"}, {"connect-to-work", "Connect to Work"}, {"ips-primary-care", "IPS in Primary Care"},
}

// reasonsToGo are why they want it, in their words.
var reasonsToGo = []string{
	"I want to be back among people, and I need somebody who talks with the employer beside me.",
	"Some days are bad. I want to learn how to plan round them before I start.",
	"I have not worked for three years. I want to try it out, not to be thrown in.",
}

// referral plots how somebody was referred. The dice are left alone, so that no other part
// of a story changes.
func (t *teller) referral(l *life, p course) {
	list := fineJourneys
	if l.needs {
		list = needyJourneys
	}
	n, ok := l.dealt(0, len(list))
	if !ok || t.workday(list[n].agreed) <= p.talks[0].Day {
		return
	}
	j := list[n]
	t.referred++
	programme := sentTo[t.referred%len(sentTo)]
	provider := t.names.Providers[t.referred%len(sentTo)%len(t.names.Providers)]
	items := []domain.ConsentItem{domain.ItemContact, domain.ItemAdjustments, domain.ItemWork}
	letter := domain.Letter{Programme: programme.key, Provider: provider, Text: reasonsToGo[t.referred%len(reasonsToGo)], Items: items}
	do := func(ago, minute int, what func(*life) []domain.Command) {
		t.scene(l, t.at(t.workday(ago), minute), ByCoach, what)
	}
	do(j.agreed, 15*60+20, func(l *life) []domain.Command {
		all := []domain.Command{domain.GiveConsent{
			Participant: l.id, To: letter.To(), Purpose: "referral to " + programme.name, Items: items, Until: t.today.AddMonths(5), How: domain.FaceToFace, Giver: domain.GivenByPerson,
		}}
		if j.withheld && l.coach == 0 { // whose case it is says so
			all = append(all, domain.Describe{Participant: l.id, Facts: map[domain.Fact]string{domain.FactWithhold: "yes"}})
		}
		return all
	})
	if j.drafted > 0 {
		do(j.drafted, 15*60+30, func(l *life) []domain.Command {
			return []domain.Command{domain.DraftReferral{Participant: l.id, Letter: letter}}
		})
	}
	if j.checked {
		do(j.drafted, 15*60+31, func(l *life) []domain.Command {
			return []domain.Command{domain.CheckReferral{Participant: l.id, Referral: l.sent}}
		})
	}
	if j.sent == 0 {
		return
	}
	do(j.sent, 15*60+35, func(l *life) []domain.Command {
		return []domain.Command{domain.Refer{Participant: l.id, Letter: letter}}
	})
	do(j.sent, 15*60+37, func(l *life) []domain.Command {
		return []domain.Command{wentOut(l, domain.Export{What: domain.ExportReferral, For: domain.ForProvider, Name: provider, Basis: domain.OnConsent, Consents: []domain.ID{l.consent}, Format: "html", ToFile: true})}
	})
	t.journey(l, j, letter, do)
}

// journey plots what became of a referral that was sent.
func (t *teller) journey(l *life, j journey, letter domain.Letter, do func(int, int, func(*life) []domain.Command)) {
	for i, m := range j.moves {
		ago, day := m.ago, t.workday(max(0, m.ago))
		c := domain.MoveReferral{To: m.to, Day: day}
		if m.to == domain.ReferralBooked {
			ago, c.Minute = m.ago+2, 10*60+20
			if m.ago < 0 {
				ago, c.Day = 2, t.open(t.today+calendar.Day(-m.ago))
			}
		}
		if i == len(j.moves)-1 {
			c.Code = j.code
		}
		if i == 0 && m.to == domain.ReferralAcknowledged {
			c.Contact, c.Reference = "Jo Field", "P-"+itoa(1200+t.referred)
		}
		do(ago, 16*60+i, func(l *life) []domain.Command {
			c.Participant, c.Referral = l.id, l.sent
			return []domain.Command{c}
		})
	}
	if j.amended > 0 {
		do(j.amended, 16*60+20, func(l *life) []domain.Command {
			letter.Contact, letter.Text = "Jo Field", letter.Text+" Mornings are easier since the new tablets."
			return []domain.Command{domain.AmendReferral{Participant: l.id, Referral: l.sent, Letter: letter, Reason: "they can come in the morning now"}}
		})
	}
	if j.handover {
		booking := t.ahead(l, 5)
		do(3, 16*60+25, func(l *life) []domain.Command {
			return []domain.Command{domain.HandOverWarmly{Participant: l.id, Referral: l.sent, Booking: booking}}
		})
	}
	if j.recalled != "" {
		do(2, 16*60+30, func(l *life) []domain.Command {
			return []domain.Command{domain.RecallReferral{Participant: l.id, Referral: l.sent, Code: j.recalled}}
		})
	}
	if j.lost {
		do(1, 16*60+35, func(l *life) []domain.Command {
			return []domain.Command{domain.WithdrawConsent{Participant: l.id, Consent: l.consent, How: domain.ByPhone}}
		})
	}
}
