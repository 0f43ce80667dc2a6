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
	AgreedFrom   calendar.Day  `json:"f,omitzero"` // the first day on which consent covers it

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
		r.AgreedFrom, r.Agreed, covers = p.covered(x.To(), x.Items)
		r.Lost = !covers
	}
	return r
}

// ReferralRow is a referral of the record as lists know it.
func (p Participant) ReferralRow(x Referral) RowReferral { return p.referralRow(x) }

// covered returns the first and the last day on which consents let somebody have parts of
// the record, the last zero when no end was agreed; false when no consent stands for one of
// them. Where consents leave a gap, it is the days after it.
func (p Participant) covered(with Recipient, items []ConsentItem) (from, until calendar.Day, ok bool) {
	if from, until, ok = p.coveredPart(with, ""); !ok {
		return 0, 0, false
	}
	for _, it := range items {
		first, last, ok := p.coveredPart(with, it)
		if !ok {
			return 0, 0, false
		}
		from, until = max(from, first), earlier(until, last)
	}
	return from, until, true
}

// coveredPart is covered for one part of the record; an empty one is any.
func (p Participant) coveredPart(with Recipient, item ConsentItem) (from, until calendar.Day, ok bool) {
	stands := func(c Consent) bool {
		return c.Withdrawn.IsZero() && c.To.same(with) && len(c.Items) > 0 && (item == "" || slices.Contains(c.Items, item)) && (c.Until.IsZero() || c.From <= c.Until)
	}
	all := slices.DeleteFunc(slices.Clone(p.Consents), func(c Consent) bool { return !stands(c) })
	slices.SortStableFunc(all, func(a, b Consent) int { return cmp.Compare(a.From, b.From) })
	for i, c := range all {
		if i == 0 || c.From > until+1 {
			from, until = c.From, c.Until
		}
		until = later(until, c.Until)
		if until.IsZero() {
			break
		}
	}
	return from, until, len(all) > 0
}

// later returns the later of two last days; zero is no end.
func later(a, b calendar.Day) calendar.Day {
	if a.IsZero() || b.IsZero() {
		return 0
	}
	return max(a, b)
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
	case r.AgreedFrom > today:
		return "consent begins " + r.AgreedFrom.Short(today)
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
