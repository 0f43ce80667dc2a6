package main

import (
	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// referralText is a referral in one line.
func referralText(x domain.Referral) string { return x.Programme + after(", ", x.Provider) }

// referrals tells every referral, how its clock runs, and everything that was said of it.
func (sh *sheet) referrals() {
	sh.section("Referrals", len(sh.p.Referrals), func(i int) {
		x := sh.p.Referrals[i]
		row, cal := sh.p.ReferralRow(x), sh.queue.CalendarOf(sh.judged.Row)
		state := string(x.State)
		if waiting := sh.queue.Waiting(row, sh.p.Pausing(), cal); waiting != "" {
			state = waiting
			if x.State != domain.ReferralSent && x.State != domain.ReferralBooked {
				state = string(x.State) + "; " + waiting
			}
		}
		sh.put("%s  %s%s (%s)", sh.itemRef(x.ID), sh.queue.Catalogue.Name(x.Programme), after(", ", x.Provider), state)
		more := func(label, text string) {
			if text != "" {
				sh.put("    %s: %s", label, text)
			}
		}
		more("note", row.WithoutConsent(sh.today))
		more("contact", x.Contact)
		more("their reference", x.Reference)
		if x.State.Out() {
			more("our reference", x.Short())
			more("told", "the name"+after(", ", domain.ItemWords(x.Items)))
		}
		more("why", x.Text)
		if a, ok := sh.p.HandoverOf(x); ok {
			more("warm handover", sh.due(a.Day)+clockAfter(a.Minute))
		}
		for _, e := range x.Log {
			sh.put("    %s", sh.referralEntry(e))
		}
	})
}

func (sh *sheet) referralEntry(e domain.ReferralEntry) string {
	what := string(e.What)
	if e.What == domain.ActMoved {
		what = string(e.To)
	}
	text := what + " " + e.Day.Short(sh.today)
	if e.At > 0 {
		text += ", " + calendar.Clock(e.At)
	}
	text += after(": ", sh.queue.Planning.Reasons.Because(e.To.Reasons(), e.Code, e.Text))
	if e.Met != "" {
		text += " (it was " + string(e.Met) + " already: both are kept)"
	}
	return text
}

// referralItem is a referral on a record, for --json.
type referralItem struct {
	ID        domain.ID            `json:"id"`
	Ref       string               `json:"ref"`
	Programme string               `json:"programme"`
	State     domain.ReferralState `json:"state"`
	Since     calendar.Day         `json:"since,omitzero"`
	Sent      calendar.Day         `json:"sent,omitzero"`
	Provider  string               `json:"provider,omitempty"`
	Contact   string               `json:"contact,omitempty"`
	Reference string               `json:"reference,omitempty"`
	Ours      string               `json:"our_reference"`
	Text      string               `json:"text,omitempty"`
	Items     []domain.ConsentItem `json:"items"`
	clockItem
	Handover domain.ID           `json:"handover,omitzero"`
	Settled  calendar.Day        `json:"settled,omitzero"`
	Log      []referralEntryItem `json:"log"`
}

// clockItem is how the clock of a referral runs.
type clockItem struct {
	Due       calendar.Day `json:"due,omitzero"`
	Late      int          `json:"late,omitempty"` // working days
	NoConsent string       `json:"no_consent,omitempty"`
}

type referralEntryItem struct {
	What domain.ReferralAct   `json:"what"`
	To   domain.ReferralState `json:"to,omitempty"`
	On   calendar.Day         `json:"on"`
	Day  calendar.Day         `json:"day"`
	Time string               `json:"time,omitempty"`
	By   domain.ID            `json:"by"`
	Code string               `json:"code,omitempty"`
	Text string               `json:"text,omitempty"`
	Met  domain.ReferralState `json:"met,omitempty"`
}

func clockOn(q domain.Queue, r domain.RowReferral, pauses []domain.RowPause, cal *calendar.Calendar) clockItem {
	it := clockItem{NoConsent: r.WithoutConsent(q.Today)}
	if e, ok := q.Expects(r, pauses, cal); ok {
		it.Due, it.Late = e.Due, e.Late(q.Today, cal)
	}
	return it
}

func (s *subject) referralItems(q domain.Queue) []referralItem {
	all := []referralItem{}
	cal := q.CalendarOf(s.p.Row())
	for _, x := range s.p.Referrals {
		it := referralItem{
			ID: x.ID, Ref: s.itemRef(x.ID), Programme: x.Programme, State: x.State, Since: x.Since, Sent: x.Sent, Provider: x.Provider, Contact: x.Contact,
			Reference: x.Reference, Ours: x.Short(), Text: x.Text, Items: x.Items, clockItem: clockOn(q, s.p.ReferralRow(x), s.p.Pausing(), cal),
			Handover: x.Handover, Settled: x.Settled, Log: []referralEntryItem{},
		}
		if it.Items == nil {
			it.Items = []domain.ConsentItem{}
		}
		for _, e := range x.Log {
			entry := referralEntryItem{What: e.What, To: e.To, On: e.On, Day: e.Day, By: e.By, Code: e.Code, Text: e.Text, Met: e.Met}
			if e.At > 0 {
				entry.Time = calendar.Clock(e.At)
			}
			it.Log = append(it.Log, entry)
		}
		all = append(all, it)
	}
	return all
}
