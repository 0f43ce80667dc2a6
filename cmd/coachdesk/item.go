package main

import (
	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// itemKind is what an item of a record is.
type itemKind string

// The kinds of item, as show, receipts and JSON name them.
const (
	itemAdjustment  itemKind = "adjustment"
	itemBarrier     itemKind = "barrier"
	itemAppointment itemKind = "appointment"
	itemSession     itemKind = "session"
	itemNote        itemKind = "note"
	itemPromise     itemKind = "promise"
	itemGoal        itemKind = "goal"
	itemStep        itemKind = "step"
	itemFitNote     itemKind = "fit note"
	itemQuestion    itemKind = "question"
	itemConsent     itemKind = "consent"
	itemSignpost    itemKind = "signpost"
	itemRating      itemKind = "rating"
	itemConcern     itemKind = "concern"
	itemReferral    itemKind = "referral"
)

// item is one thing on a record with a reference of its own.
type item struct {
	id    domain.ID
	kind  itemKind
	text  string
	scope domain.Scope
	due   calendar.Day
}

// show returns the text for others to see: what is private says only that it is.
func (it item) show(private bool) string { return shown(it.scope, it.text, private) }

func shown(scope domain.Scope, text string, private bool) string {
	if scope.Private() && !private {
		return "[" + scope.String() + ", not shown]"
	}
	return text
}

// itemsOf lists everything on a record that has a reference.
func itemsOf(p domain.Participant) []item {
	var all []item
	for _, a := range p.Adjustments {
		all = append(all, item{a.ID, itemAdjustment, a.Text, a.Scope, 0})
	}
	for _, b := range p.Barriers {
		all = append(all, item{b.ID, itemBarrier, b.Text, b.Scope, 0})
	}
	for _, a := range p.Appointments {
		all = append(all, item{a.ID, itemAppointment, a.Purpose, a.Scope, a.Day})
	}
	for _, x := range p.Sessions {
		all = append(all, item{x.ID, itemSession, string(x.Outcome), domain.Shareable, 0})
	}
	for _, n := range p.Notes {
		text := n.Text(domain.SharedOnly)
		if text == "" {
			text = "(private)"
		}
		all = append(all, item{n.ID, itemNote, clean.Line(text, 60), domain.Shareable, 0})
	}
	for _, pr := range p.Promises {
		all = append(all, item{pr.ID, itemPromise, pr.Text, pr.Scope, pr.Due})
	}
	for _, g := range p.Plan.Goals {
		all = append(all, item{g.ID, itemGoal, g.Text, g.Scope, 0})
	}
	for _, s := range p.Plan.Steps {
		all = append(all, item{s.ID, itemStep, s.Text, s.Scope, s.Due})
	}
	all = append(all, movingItems(p)...)
	all = append(all, handedItems(p)...)
	for _, f := range p.FitNotes {
		all = append(all, item{f.ID, itemFitNote, f.Summary(), domain.Shareable, f.To})
	}
	for _, e := range p.Escalations {
		all = append(all, item{e.ID, itemQuestion, e.Question, e.Scope, 0})
	}
	for _, x := range p.Signposts {
		all = append(all, item{x.ID, itemSignpost, x.Text, x.Scope, 0})
	}
	for _, x := range p.Concerns {
		all = append(all, item{x.ID, itemConcern, x.Text, x.Scope, 0})
	}
	for _, x := range p.Referrals {
		all = append(all, item{x.ID, itemReferral, referralText(x), domain.Shareable, 0})
	}
	for _, x := range p.Consents {
		all = append(all, item{x.ID, itemConsent, x.WhoWhat(), domain.Shareable, x.Until})
	}
	for _, r := range p.Ratings {
		all = append(all, item{r.ID, itemRating, r.Day.Long(), domain.Shareable, 0})
	}
	all = append(all, workItems(p)...)
	return all
}
