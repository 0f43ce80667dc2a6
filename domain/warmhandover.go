package domain

// HandOverWarmly books an appointment of three at which the provider welcomes the person
// and the first meeting is agreed.
type HandOverWarmly struct {
	Participant, Referral ID
	Booking
}

// For names the participant.
func (c HandOverWarmly) For() Subject { return About(c.Participant) }

// Decide asks for a referral that is not ended and a time at which nothing else is.
func (c HandOverWarmly) Decide(p Participant, s Stamp) ([]Event, error) {
	x, err := p.findReferral(c.Referral)
	switch {
	case err != nil:
		return nil, err
	case x.State.Ended():
		return nil, Refused("referral", "That referral has ended: %s.", x.State)
	}
	b := c.Booking
	if b.Purpose == "" {
		b.Purpose = "warm handover to the provider"
	}
	booked, err := (Book{Participant: p.ID, Booking: b}).Decide(p, s)
	if err != nil {
		return nil, err
	}
	return append(booked, WarmHandover{ID: x.ID, Appointment: booked[0].(Booked).ID}), nil
}

// WarmHandover happens when the appointment of a warm handover is booked.
type WarmHandover struct {
	ID          ID `json:"id"`
	Appointment ID `json:"appointment"`
}

var _ = know[WarmHandover]()

// Kind names the event on disk.
func (WarmHandover) Kind() string { return "referral.handover" }

// Sentence says that they will meet.
func (WarmHandover) Sentence() string {
	return "A warm handover was booked: the person, the coach and the provider."
}

func (e WarmHandover) touches() []ID { return []ID{e.ID, e.Appointment} }

func (e WarmHandover) apply(p *Participant, r Record) {
	x := p.referral(e.ID, r)
	if x == nil {
		return
	}
	when := ""
	if a := find(p.Appointments, e.Appointment); a != nil {
		when = a.Day.Long() + clockWords(a.Minute)
	}
	if x.hears(ReferralEntry{What: ActHandover, Text: when}, r, !x.State.Ended()) {
		x.Handover = e.Appointment
	}
}

// HandoverOf returns the appointment of a warm handover; false when none is known.
func (p Participant) HandoverOf(x Referral) (Appointment, bool) {
	if x.Handover.IsZero() {
		return Appointment{}, false
	}
	if a := find(p.Appointments, x.Handover); a != nil {
		return *a, true
	}
	return Appointment{}, false
}
