package main

import (
	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// recordItem is a whole record, for --json. Whatever is private is left out unless
// it was asked for: not even its item is there.
type recordItem struct {
	ID           domain.ID              `json:"id"`
	Ref          string                 `json:"ref"`
	Name         string                 `json:"name"`
	Joined       calendar.Day           `json:"joined"`
	Facts        map[domain.Fact]string `json:"facts"`
	Sum          int                    `json:"sum"`
	Reasons      []domain.Reason        `json:"reasons"`
	Adjustments  []textItem             `json:"adjustments"`
	recordPlan                          // flat, as JSON
	Appointments []appointmentItem      `json:"appointments"`
	FitNotes     []fitNoteItem          `json:"fit_notes"`
	Questions    []questionItem         `json:"questions"`
	Sessions     []sessionItem          `json:"sessions"`
	Notes        []noteItem             `json:"notes"`
	Consents     []consentItem          `json:"consents"`
	Exports      []exportItem           `json:"exports"`
	recordGiven                         // flat, as JSON
	recordWork                          // flat, as JSON
	recordMoving                        // flat, as JSON
	recordHands                         // flat, as JSON
	Ratings      []ratingItem           `json:"ratings,omitempty"`
	Concerns     []concernItem          `json:"concerns"`
	Referrals    []referralItem         `json:"referrals"`
	Restricted   bool                   `json:"restricted,omitempty"`
	Also         []alsoItem             `json:"also,omitempty"`
}

// textItem is what most items have.
type textItem struct {
	ID    domain.ID    `json:"id"`
	Ref   string       `json:"ref"`
	Text  string       `json:"text"`
	Scope string       `json:"scope"`
	On    calendar.Day `json:"on,omitzero"`
}

type appointmentItem struct {
	ID      domain.ID               `json:"id"`
	Ref     string                  `json:"ref"`
	Day     calendar.Day            `json:"day"`
	Time    string                  `json:"time,omitempty"`
	Length  int                     `json:"length,omitempty"`
	Channel string                  `json:"channel,omitempty"`
	Purpose string                  `json:"purpose,omitempty"`
	State   domain.AppointmentState `json:"state"`
	Kind    domain.SessionKind      `json:"kind,omitempty"`
	With    []domain.ID             `json:"with,omitempty"`
	Changes int                     `json:"changes,omitempty"`
	Reason  string                  `json:"reason,omitempty"` // why it was cancelled
}

type sessionItem struct {
	ID      domain.ID      `json:"id"`
	Ref     string         `json:"ref"`
	Day     calendar.Day   `json:"day"`
	Outcome domain.Outcome `json:"outcome"`
	Length  int            `json:"length,omitempty"`
	Channel string         `json:"channel,omitempty"`
	Reason  string         `json:"reason,omitempty"`
	MovedBy domain.Owner   `json:"moved_by,omitempty"`
	companyItem
}

type noteItem struct {
	ID      domain.ID    `json:"id"`
	Ref     string       `json:"ref"`
	On      calendar.Day `json:"on"`
	Session domain.ID    `json:"session,omitzero"`
	Text    string       `json:"text"`
	wasItem
}

// record gathers all of a record that may be shown.
func (s *subject) record(q domain.Queue, j domain.Judged, v view) recordItem {
	it := recordItem{
		ID: s.p.ID, Ref: s.ref, Name: s.p.Name(), Joined: s.p.Joined, Facts: map[domain.Fact]string{}, Sum: domain.Sum(j.Reasons), Reasons: j.Reasons,
		Adjustments: []textItem{}, FitNotes: s.fitNoteItems(), Sessions: []sessionItem{}, Notes: []noteItem{},
	}
	if it.Reasons == nil {
		it.Reasons = []domain.Reason{}
	}
	for _, f := range domain.Facts {
		switch value := s.p.Fact(f.Key); {
		case value == "":
		case f.Key == domain.FactNino && !v.private:
			it.Facts[f.Key] = domain.MaskNino(value)
		default:
			it.Facts[f.Key] = value
		}
	}
	for _, a := range s.p.Adjustments {
		if !a.Removed && may(a.Scope, v) {
			it.Adjustments = append(it.Adjustments, s.text(a.Item))
		}
	}
	for _, x := range s.p.Sessions {
		it.Sessions = append(it.Sessions, sessionItem{x.ID, s.itemRef(x.ID), x.Day, x.Outcome, x.Length, x.Channel, x.Reason, x.MovedBy, s.company(x)})
	}
	for _, n := range s.p.Notes {
		if text := n.Text(func(sc domain.Scope) bool { return may(sc, v) }); text != "" {
			it.Notes = append(it.Notes, noteItem{n.ID, s.itemRef(n.ID), n.On, n.Session, text, s.noteWas(n, v)})
		}
	}
	it.Ratings = s.ratingItems()
	it.Exports = s.exportItems()
	it.Consents, it.Concerns, it.Restricted = s.consentItems(), s.concernItems(v), s.p.Restriction.On
	for _, t := range s.p.LinkedWith() {
		it.Also = append(it.Also, alsoItem{t.With, s.c.refOf(s.st, t.With), t.As == domain.TwinUnder})
	}
	it.recordPlan, it.recordGiven = s.recordPlan(q, v), s.recordGiven()
	it.Referrals = s.referralItems(q)
	it.recordWork, it.recordMoving, it.recordHands = s.recordWork(q), s.recordMoving(q), s.recordHands()
	s.recordRest(&it, v)
	return it
}

func may(sc domain.Scope, v view) bool { return !sc.Private() || v.private }

func (s *subject) text(i domain.Item) textItem {
	return textItem{i.ID, s.itemRef(i.ID), i.Text, i.Scope.String(), i.On}
}

func (s *subject) recordRest(it *recordItem, v view) {
	it.Appointments, it.Questions = []appointmentItem{}, []questionItem{}
	for _, a := range s.p.Appointments {
		out := appointmentItem{a.ID, s.itemRef(a.ID), a.Day, clockOf(a.Minute), a.Length, a.Channel, a.Purpose, a.State, a.Kind, a.With, a.Changes, a.Reason}
		if !may(a.Scope, v) {
			out.Purpose, out.Reason = "", "" // that they meet is in every list; what for is private
		}
		it.Appointments = append(it.Appointments, out)
	}
	for _, e := range s.p.Escalations {
		if !may(e.Scope, v) {
			continue
		}
		it.Questions = append(it.Questions, s.questionItem(e, v))
	}
}
