package domain

import (
	"cmp"
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// RowReferral is a referral, short enough for a list: with the days that clocks and
// waiting times count from.
type RowReferral struct {
	_ struct{} `cbor:",toarray"`

	ID           ID            `json:"i"`
	Programme    string        `json:"p"`
	Provider     string        `json:"n,omitempty"`
	State        ReferralState `json:"s"`
	Since        calendar.Day  `json:"b,omitzero"`
	Sent         calendar.Day  `json:"t,omitzero"`
	Acknowledged calendar.Day  `json:"a,omitzero"`
	Meets        calendar.Day  `json:"m,omitzero"` // the day of the first meeting, booked
	Minute       int           `json:"u,omitempty"`
	Met          calendar.Day  `json:"e,omitzero"`
	Started      calendar.Day  `json:"r,omitzero"`
	Ended        calendar.Day  `json:"d,omitzero"`
	Code         string        `json:"c,omitempty"` // why it ended
	Chased       calendar.Day  `json:"h,omitzero"`
	Agreed       calendar.Day  `json:"g,omitzero"`  // the last day on which consent covers what was sent; zero: no end
	Lost         bool          `json:"l,omitempty"` // no consent covers it any more
	Settled      bool          `json:"x,omitempty"`

	Of ID `json:"-" cbor:"-"` // the record it is on, when [Lists] joined two
}

// row is a referral as lists know it.
func (p Participant) referralRow(x Referral) RowReferral {
	r := RowReferral{
		ID: x.ID, Programme: x.Programme, Provider: clean.Line(x.Provider, rowTextMax), State: x.State, Since: x.Since, Sent: x.Sent,
		Acknowledged: x.On(ReferralAcknowledged), Met: x.On(ReferralMet), Started: x.On(ReferralStarted), Ended: x.EndedOn(),
		Code: x.Code(), Chased: x.LastChase(), Settled: !x.Settled.IsZero(),
	}
	r.Meets, r.Minute = x.Meets()
	if x.State.Out() {
		var covers bool
		r.Agreed, covers = p.covered(x.To(), x.Items)
		r.Lost = !covers
	}
	return r
}

// ReferralRow is a referral of the record as lists know it.
func (p Participant) ReferralRow(x Referral) RowReferral { return p.referralRow(x) }

// covered returns the last day on which consents let somebody have parts of the record,
// zero when no end was agreed; false when no consent stands for one of them.
func (p Participant) covered(with Recipient, items []ConsentItem) (until calendar.Day, ok bool) {
	stands := func(item ConsentItem) (last calendar.Day, ok bool) {
		for _, c := range p.Consents {
			if !c.Withdrawn.IsZero() || !c.To.same(with) || len(c.Items) == 0 || item != "" && !slices.Contains(c.Items, item) {
				continue
			}
			if c.Until.IsZero() {
				return 0, true
			}
			last, ok = max(last, c.Until), true
		}
		return last, ok
	}
	if until, ok = stands(""); !ok {
		return 0, false
	}
	for _, it := range items {
		last, ok := stands(it)
		if !ok {
			return 0, false
		}
		until = earlier(until, last)
	}
	return until, true
}

// Out reports whether data about the person lies with the provider.
func (r RowReferral) Out() bool { return r.State.Out() }

// StateWords tell how a referral that no clock watches stands, and since when.
func (r RowReferral) StateWords(today calendar.Day) string {
	since := r.Since.Short(today)
	switch r.State {
	case ReferralInProgress:
		return "in progress since " + since
	case ReferralJobStart:
		return "a job started " + since
	case ReferralBooked:
		return "first meeting " + r.Meets.Short(today)
	default:
		return string(r.State) + " " + since
	}
}

// WithoutConsent says why a referral that goes on should not, on a day; empty when
// consent covers what was sent.
func (r RowReferral) WithoutConsent(today calendar.Day) string {
	switch {
	case !r.Out():
		return ""
	case r.Lost:
		return "consent withdrawn"
	case !r.Agreed.IsZero() && r.Agreed < today:
		return "consent ran out " + r.Agreed.Short(today)
	}
	return ""
}

// referralRows are all referrals of the record.
func (p Participant) referralRows() []RowReferral {
	var all []RowReferral
	for _, x := range p.Referrals {
		all = append(all, p.referralRow(x))
	}
	return all
}

// Record returns on whose record a referral of a line stands.
func (r RowReferral) Record(line Row) ID {
	if r.Of.IsZero() {
		return line.ID
	}
	return r.Of
}

// ReferralBy orders referrals for a list: what waits longest for somebody first, then
// what goes on, then drafts, then what has ended.
func ReferralBy(a, b RowReferral) int {
	rank := func(r RowReferral) int {
		switch {
		case r.State == ReferralSent:
			return 0
		case r.Out():
			return 1
		case !r.State.Ended():
			return 2
		}
		return 3
	}
	if ra, rb := rank(a), rank(b); ra != rb {
		return cmp.Compare(ra, rb)
	}
	if a.State.Ended() {
		return cmp.Compare(b.Ended, a.Ended)
	}
	return cmp.Compare(a.Since, b.Since)
}
