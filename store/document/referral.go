package document

import (
	"fmt"
	"slices"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// ReferralOptions say how the page of a referral is made.
type ReferralOptions struct {
	Today     calendar.Day
	Programme string // its name
	Coach     string // the name of the work coach
	Office    string
	Ref       string // of the record: the page bears no other reference of the person
}

// WhyNotReferral says why the page of a referral may not leave the office; empty means
// that consent covers all that it tells. It is the gate of the page, as of the sending.
func WhyNotReferral(p domain.Participant, x domain.Referral, today calendar.Day) string {
	switch {
	case x.State.Ended():
		return "That referral has ended: " + string(x.State) + ". Nothing more is told to the provider."
	case x.State == domain.ReferralDraft || x.State == domain.ReferralChecked:
		return "That referral is not sent yet. Send it first: then the page of it can be pasted or printed."
	}
	return p.WhyNotShare(x.To(), x.Items, today)
}

// ReferralPage makes the page of a referral for the provider: what was agreed, why, needs,
// contact unless it is withheld, and what changed since it was first sent. Nothing
// of a private scope is in it, and of the record only the parts that were agreed.
func ReferralPage(p domain.Participant, x domain.Referral, o ReferralOptions) Paper {
	p = p.Outside()
	w := referralWriter{p: p, x: x, o: o}
	out := Paper{Shape: domain.PlainShape, Language: domain.English, Title: "Referral to " + clean.Line(o.Programme, 80), Name: clean.Line(p.Name(), 80)}
	out.Stamp = []string{"Referred " + dateWords(x.Sent) + ".", "Our reference: " + x.Short() + ". Please give it with every answer."}
	if x.Reference != "" {
		out.Stamp = append(out.Stamp, "Your reference: "+clean.Line(x.Reference, 60)+".")
	}
	for _, b := range []Block{
		{Title: "To", Said: w.to()},
		{Title: "What changed", Said: w.changes()},
		{Title: "Why, in their words", Said: lines(x.Text)},
		{Title: "How to reach them", Items: w.contact()},
		{Title: "Needs and adjustments", Items: w.adjustments()},
		{Title: "Work", Items: w.work()},
		{Title: "Health", Items: w.health()},
		{Title: "Plan", Items: w.plan()},
		{Title: "Warm handover", Said: w.handover()},
		{Title: "What was agreed", Said: w.consent()},
		{Title: "Please tell us", Said: []string{"That you have it; when you meet; when support starts; and if it does not, why."}},
	} {
		if len(b.Said)+len(b.Items) > 0 {
			out.Blocks = append(out.Blocks, b)
		}
	}
	from := "From " + clean.Line(o.Coach, 60) + ", work coach"
	if o.Office != "" {
		from += ", " + clean.Line(o.Office, 60)
	}
	out.Foot = []string{from + ". For " + clean.Line(x.Provider, 80) + " only: give it to nobody else."}
	return out
}

type referralWriter struct {
	p domain.Participant
	x domain.Referral
	o ReferralOptions
}

// tells reports whether a part of the record goes along.
func (w referralWriter) tells(part domain.ConsentItem) bool { return slices.Contains(w.x.Items, part) }

func dateWords(d calendar.Day) string { return d.Long()[strings.IndexByte(d.Long(), ' ')+1:] }

func (w referralWriter) to() []string {
	to := clean.Line(w.x.Provider, 80)
	if w.x.Contact != "" {
		to += ", " + clean.Line(w.x.Contact, 80)
	}
	return []string{to}
}

// changes tells what was amended since this provider was first told, so that the receiver
// can read the difference. What another provider was told is none of their business.
func (w referralWriter) changes() []string {
	var out []string
	var was *domain.ReferralLetter
	for i := range w.x.Letters {
		now := &w.x.Letters[i]
		if now.Draft || clean.Fold(now.Provider) != clean.Fold(w.x.Provider) {
			continue
		}
		if was != nil {
			for _, l := range domain.LetterChanges(was.Letter, now.Letter) {
				out = append(out, dateWords(now.On)+": "+clean.Line(l, 600))
			}
		}
		was = now
	}
	return out
}

// facts are items of known facts, with their labels.
func (w referralWriter) facts(part domain.ConsentItem, which ...domain.Fact) [][]string {
	if !w.tells(part) {
		return nil
	}
	var out [][]string
	for _, f := range which {
		if v := w.p.Fact(f); v != "" {
			field, _ := domain.FieldOf(f)
			out = append(out, []string{field.Label + ": " + clean.Line(v, 300)})
		}
	}
	return out
}

func (w referralWriter) contact() [][]string {
	out := w.facts(domain.ItemContact, domain.FactPhone, domain.FactEmail, domain.FactAddress, domain.FactPostcode, domain.FactContact, domain.FactNotContact, domain.FactChannel, domain.FactRepresentative)
	if w.p.Withheld() {
		return append([][]string{{"Contact details are withheld. Reach them through their work coach."}}, out...)
	}
	return out
}

func (w referralWriter) adjustments() [][]string {
	if !w.tells(domain.ItemAdjustments) {
		return nil
	}
	var out [][]string
	for _, a := range w.p.Adjustments {
		if !a.Removed && !a.Scope.Private() {
			out = append(out, []string{capital(a.Text)})
		}
	}
	return append(out, w.facts(domain.ItemAdjustments, domain.FactLanguage, domain.FactInterpreter)...)
}

func (w referralWriter) work() [][]string {
	return w.facts(domain.ItemWork, domain.FactEmployment, domain.FactHours, domain.FactJobStart)
}

func (w referralWriter) health() [][]string {
	out := w.facts(domain.ItemHealth, domain.FactGroup)
	if f, ok := w.p.CurrentFitNote(); ok && w.tells(domain.ItemHealth) && f.To >= w.o.Today {
		out = append(out, []string{"Fit note: " + f.Summary() + ", until " + dateWords(f.To)})
	}
	for _, b := range w.p.Barriers {
		if w.tells(domain.ItemHealth) && !b.Resolved && !b.Scope.Private() {
			out = append(out, []string{"In the way: " + clean.Line(b.Text, 120)})
		}
	}
	return out
}

func (w referralWriter) plan() [][]string {
	if !w.tells(domain.ItemPlan) {
		return nil
	}
	var out [][]string
	for _, g := range w.p.Plan.Goals {
		if g.Status == domain.GoalActive && !g.Scope.Private() {
			out = append(out, []string{"Goal: " + clean.Line(g.Text, 120)})
		}
	}
	for _, s := range w.p.Plan.Steps {
		if s.Open() && s.Owner == domain.ByProvider && !s.Scope.Private() {
			out = append(out, []string{"Your step: " + clean.Line(s.Text, 120)})
		}
	}
	return out
}

func (w referralWriter) handover() []string {
	a, ok := w.p.HandoverOf(w.x)
	if !ok || a.State != domain.AppointmentBooked || a.Day < w.o.Today {
		return nil
	}
	return []string{"The person, their work coach and you meet on " + strings.TrimSpace(a.Day.Long()+" "+clockWords(a)) + "."}
}

func (w referralWriter) consent() []string {
	var out []string
	for _, c := range w.p.Covering(w.x.To(), w.o.Today) {
		end := ""
		if !c.Until.IsZero() {
			end = " until " + dateWords(c.Until)
		}
		out = append(out, fmt.Sprintf("%s agreed on %s that you are told: %s%s; for: %s.", giver(c), dateWords(c.From), domain.ItemWords(c.Items), end, clean.Line(c.Purpose, 120)))
	}
	return append(out, "They may take this back at any time.")
}

func giver(c domain.Consent) string {
	if c.Giver == domain.GivenByRepresentative {
		return "Their representative"
	}
	return "The person"
}
