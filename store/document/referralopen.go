package document

import (
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// referrals are those that lie with a provider: state, last contact, reference, named
// contact, and by when something is expected.
func (m *maker) referrals() []string {
	var lines []string
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
		}
		if d := row.Chased; !d.IsZero() {
			parts = append(parts, "asked after "+d.Short(m.o.Today))
		}
		if m.o.Calendar != nil {
			if e, ok := m.o.Queue.Expects(row, m.p.Pausing(), m.o.Calendar); ok && !e.Due.IsZero() {
				parts = append(parts, "expected by "+m.day(e.Due))
			}
		}
		to := ""
		if x.Provider != "" {
			to = ", " + clean.Line(x.Provider, 60)
		}
		lines = append(lines, "Referral, "+m.o.Queue.Catalogue.Name(x.Programme)+to+": "+strings.Join(parts, ", "))
		if why := row.WithoutConsent(m.o.Today); why != "" {
			lines = append(lines, "  "+strings.ToUpper(why[:1])+why[1:]+": ask the person, or withdraw it.")
		}
		if a, ok := m.p.HandoverOf(x); ok && a.State == domain.AppointmentBooked {
			lines = append(lines, "  Warm handover: "+m.day(a.Day)+minuteWords(a.Minute))
		}
	}
	return lines
}

func minuteWords(minute int) string {
	if minute <= 0 {
		return ""
	}
	return " " + calendar.Clock(minute)
}
