package demo_test

import (
	"slices"
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// onRecord says of each rule, from the whole record and by hand, whether it brings
// somebody into the queue on a day. The queue is made from rows: what a row lost or
// got wrong would show here, rule by rule.
var onRecord = map[string]func(p domain.Participant, q domain.Queue) bool{
	"outcome-missing": func(p domain.Participant, q domain.Queue) bool {
		return slices.ContainsFunc(p.Appointments, func(a domain.Appointment) bool { return booked(a) && over(a, q) })
	},
	"appointment-today": func(p domain.Participant, q domain.Queue) bool {
		a, ok := p.NextAppointment(q.Today)
		return ok && a.Day == q.Today && !over(a, q)
	},
	"adviser-answered": asks(domain.EscalationAnswered),
	"adviser-returned": asks(domain.EscalationReturned),
	"question-drafted": asks(domain.EscalationDraft),
	"concern-open": func(p domain.Participant, _ domain.Queue) bool {
		return slices.ContainsFunc(p.Concerns, domain.Concern.Open)
	},
	"transfer-waits": func(p domain.Participant, q domain.Queue) bool {
		x, ok := p.OpenTransfer()
		return ok && x.To != q.Me
	},
	"promise-due": func(p domain.Participant, q domain.Queue) bool {
		return slices.ContainsFunc(p.Promises, func(x domain.Promise) bool { return due(x, q) && x.Owner == domain.ByCoach })
	},
	"fitnote-ends": func(p domain.Participant, q domain.Queue) bool {
		f, ok := p.CurrentFitNote()
		soon := calendar.Day(q.Rules["fitnote-ends"].Days)
		return ok && f.To <= q.Today+soon && f.To >= q.Today-4*soon
	},
	"never-met": func(p domain.Participant, q domain.Queue) bool {
		_, comes := p.NextAppointment(q.Today)
		return !comes && !slices.ContainsFunc(p.Sessions, func(s domain.Session) bool {
			return s.Outcome == domain.Happened || s.Outcome == domain.DidNotCome
		})
	},
	"did-not-come": func(p domain.Participant, q domain.Queue) bool {
		_, comes := p.NextAppointment(q.Today)
		talks := slices.SortedStableFunc(slices.Values(p.Sessions), func(a, b domain.Session) int { return int(a.Day - b.Day) })
		for _, s := range slices.Backward(talks) {
			switch s.Outcome {
			case domain.DidNotCome:
				return !comes
			case domain.Happened:
				return false
			default:
			}
		}
		return false
	},
	"quiet": func(p domain.Participant, q domain.Queue) bool {
		_, comes := p.NextAppointment(q.Today)
		seen := calendar.Day(0)
		for _, s := range p.Sessions {
			if s.Outcome == domain.Happened {
				seen = max(seen, s.Day)
			}
		}
		return !comes && seen > 0 && int(q.Today-seen) >= q.Rules["quiet"].Days
	},
	"referral-drafted": func(p domain.Participant, _ domain.Queue) bool {
		return slices.ContainsFunc(p.Referrals, func(x domain.Referral) bool { return x.Sent.IsZero() && !x.State.Ended() })
	},
	"referral-rejected": func(p domain.Participant, q domain.Queue) bool {
		return slices.ContainsFunc(p.Referrals, func(x domain.Referral) bool {
			nothing := slices.Contains([]domain.ReferralState{domain.ReferralRejected, domain.ReferralNotEligible, domain.ReferralNoContact, domain.ReferralClosed, domain.ReferralEndedEarly}, x.State)
			return nothing && x.Settled.IsZero() && int(q.Today-x.EndedOn()) <= q.Planning.Referrals.Returns
		})
	},
	"consent-withdrawn": func(p domain.Participant, q domain.Queue) bool {
		return slices.ContainsFunc(p.Referrals, func(x domain.Referral) bool {
			return x.State.Out() && p.WhyNotShare(x.To(), x.Items, q.Today) != ""
		})
	},
	"absence-unchecked": func(p domain.Participant, q domain.Queue) bool {
		a, away := p.InWork.Absent(q.Today)
		return away && a.Checked.IsZero() && supported(p)
	},
	"work-adjustment-late": func(p domain.Participant, q domain.Queue) bool {
		return supported(p) && slices.ContainsFunc(p.InWork.Promised, func(a domain.WorkAdjustment) bool {
			return a.Settled == domain.PromiseOpen && !a.Due.IsZero() && a.Due <= q.Today
		})
	},
}

func asks(state domain.EscalationState) func(domain.Participant, domain.Queue) bool {
	return func(p domain.Participant, _ domain.Queue) bool {
		return slices.ContainsFunc(p.Escalations, func(e domain.Escalation) bool { return e.State == state })
	}
}

func booked(a domain.Appointment) bool { return a.State == domain.AppointmentBooked }

func over(a domain.Appointment, q domain.Queue) bool {
	length := a.Length
	if length == 0 {
		length = domain.SlotMinutes
	}
	return a.Day < q.Today || a.Day == q.Today && a.Minute >= 0 && a.Minute+length <= q.Minute
}

func due(x domain.Promise, q domain.Queue) bool {
	return x.Status == domain.PromiseOpen && !x.Due.IsZero() && x.Due <= q.Today
}

func supported(p domain.Participant) bool {
	m, ok := p.InWork.Move()
	return !ok || m.Stage != domain.StageEnded
}

// TestReasonsFromRowsAreThoseOfTheRecord goes through invented lives, on the day and on
// days to come. Whoever's clocks stand still is left out: most rules rest then.
func TestReasonsFromRowsAreThoseOfTheRecord(t *testing.T) {
	q := queue(t)
	q.Planning.Referrals.Returns = 28
	for key := range onRecord {
		if _, ok := q.Rules[key]; !ok {
			t.Errorf("%s is no rule", key)
		}
	}
	seen := map[string]int{}
	for seed := range uint64(4) {
		for about, past := range tell(t, seed, 150, now).past {
			p := domain.Replay(about, past)
			if about.Type != domain.AboutParticipant || len(p.Plan.Pauses) > 0 || p.Restriction.On {
				continue
			}
			row := p.Row()
			for _, later := range []calendar.Day{0, 3, 10, 45} {
				q := q
				q.Today += later
				why := q.Reasons(row)
				for key, holds := range onRecord {
					says := slices.ContainsFunc(why, func(r domain.Reason) bool { return r.Rule == key })
					if says != holds(p, q) {
						t.Fatalf("seed %d, %s on %s: %s is %t by the row, %t by the record", seed, p.Name(), q.Today, key, says, !says)
					}
					if says {
						seen[key]++
					}
				}
			}
		}
	}
	for key := range onRecord {
		if seen[key] == 0 {
			t.Errorf("%s brought nobody: it proves nothing", key)
		}
	}
}
