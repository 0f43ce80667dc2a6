package document

import (
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// referrals are those that lie with a provider: state, last contact, reference, named
// contact, and by when something is expected.
func (m *maker) referrals() {
	for _, x := range m.p.Referrals {
		if !x.State.Out() && x.State != domain.ReferralDraft && x.State != domain.ReferralChecked {
			continue
		}
		row := m.p.ReferralRow(x)
		parts := []string{string(x.State) + " " + x.Since.Short(m.o.Today)}
		if day, at := x.Meets(); x.State == domain.ReferralBooked {
			parts = []string{"first meeting " + m.day(day) + minuteWords(at)}
		}
		if !x.Sent.IsZero() && x.State != domain.ReferralSent {
			parts = append(parts, "sent "+x.Sent.Short(m.o.Today))
		}
		if x.Contact != "" {
			parts = append(parts, "contact "+clean.Line(x.Contact, 60))
		}
		if x.Reference != "" {
			parts = append(parts, "reference "+clean.Line(x.Reference, 40))
		} else if x.State.Out() {
			parts = append(parts, "our reference "+x.Short())
		}
		if d := row.Chased; !d.IsZero() {
			parts = append(parts, "asked after "+d.Short(m.o.Today))
		}
		if d := m.expected(x); !d.IsZero() {
			parts = append(parts, "expected by "+m.day(d))
		}
		to := ""
		if x.Provider != "" {
			to = ", " + clean.Line(x.Provider, 60)
		}
		m.plain(KindReferral, "Referral, %s%s: %s", m.programme(x.Programme), to, strings.Join(parts, ", "))
		if why := row.WithoutConsent(m.o.Today); why != "" {
			m.plain(KindReferral, "  %s: ask the person, or withdraw it.", strings.ToUpper(why[:1])+why[1:])
		}
		if a, ok := m.p.HandoverOf(x); ok && a.State == domain.AppointmentBooked {
			m.plain(KindReferral, "  Warm handover: %s", m.day(a.Day)+minuteWords(a.Minute))
		}
	}
}

// expected is the day by which somebody owes word on a referral; zero for none.
func (m *maker) expected(x domain.Referral) calendar.Day {
	if m.o.Calendar == nil {
		return 0
	}
	e, _ := m.o.Queue.Expects(m.p.ReferralRow(x), m.p.Pausing(), m.o.Calendar)
	return e.Due
}

func minuteWords(minute int) string {
	if minute <= 0 {
		return ""
	}
	return " " + calendar.Clock(minute)
}
