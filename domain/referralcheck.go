package domain

import (
	"slices"
	"strings"

	"coachdesk/domain/catalogue"
	"coachdesk/domain/clean"
)

// ReferralCheck is one point of the list that is gone through before a referral is sent.
type ReferralCheck struct {
	Key  string  `json:"key"`
	Is   CheckIs `json:"is"`
	Says string  `json:"says"`
}

// CheckIs is what a point of the list says.
type CheckIs string

// What a check may say.
const (
	CheckFine  CheckIs = "fine"
	CheckLook  CheckIs = "look"  // not settled: the coach decides
	CheckStops CheckIs = "stops" // nothing may be sent
)

// The points of the list.
const (
	CheckProgramme = "programme"
	CheckRoute     = "route"
	CheckRules     = "rules"
	CheckProvider  = "provider"
	CheckConsent   = "consent"
	CheckOthers    = "other provision"
	CheckWithhold  = "contact details"
)

// ReferralChecks goes through what speaks for and against a referral on a day. Coach and
// person decide: only what may not be is stopped.
func (q Queue) ReferralChecks(p Participant, id ID, l Letter) []ReferralCheck {
	out := append(q.programmeChecks(l.Programme), q.ruleChecks(p, l.Programme)...)
	if clean.Line(l.Provider, clean.MaxLine) == "" {
		return append(out, ReferralCheck{CheckProvider, CheckStops, "Nobody is named who gets it. Say which provider."})
	}
	out = append(out, ReferralCheck{CheckProvider, CheckFine, "It goes to " + clean.Line(l.Provider, clean.MaxLine) + "."})
	if why := p.WhyNotShare(l.To(), l.Items, q.Today); why != "" {
		out = append(out, ReferralCheck{CheckConsent, CheckStops, why})
	} else {
		out = append(out, ReferralCheck{CheckConsent, CheckFine, "Consent covers " + itemsTold(l.Items) + q.consentEnd(p, l) + "."})
	}
	out = append(out, q.otherProvision(p, id, l))
	if p.Withheld() && slices.Contains(l.Items, ItemContact) {
		out = append(out, ReferralCheck{CheckWithhold, CheckLook, "Contact details are withheld: address, postcode, telephone and email are left out. Agree with the person how the provider reaches them."})
	}
	return out
}

func itemsTold(items []ConsentItem) string {
	if len(items) == 0 {
		return "the name"
	}
	return "the name, " + ItemWords(items)
}

// consentEnd says until when consent covers a letter, where an end is near.
func (q Queue) consentEnd(p Participant, l Letter) string {
	_, until, _ := p.covered(l.To(), l.Items)
	if until.IsZero() {
		return ""
	}
	return ", until " + until.Short(q.Today)
}

// programmeChecks look at the programme: whether it takes people, and whether a coach may
// send them.
func (q Queue) programmeChecks(key string) []ReferralCheck {
	p, ok := q.Catalogue.Programme(key)
	if !ok {
		return []ReferralCheck{{CheckProgramme, CheckStops, "That programme is not in the catalogue. coachdesk programmes lists them."}}
	}
	at := p.On(q.Today)
	now := ReferralCheck{CheckProgramme, CheckFine, p.Name + " is live" + q.since(at) + "."}
	switch at.Is {
	case catalogue.Closed, catalogue.ClosedToNew, catalogue.Superseded, catalogue.Planned:
		now = ReferralCheck{CheckProgramme, CheckStops, p.Name + " is " + string(at.Is) + q.since(at) + ": " + at.Value + q.follows(at)}
	case catalogue.Live:
		if at.Confidence == catalogue.Uncertain {
			now = ReferralCheck{CheckProgramme, CheckLook, p.Name + ": " + at.Value + " (uncertain: ask locally)."}
		}
	default:
		now = ReferralCheck{CheckProgramme, CheckLook, "Nothing says whether " + p.Name + " takes people today. Ask locally."}
	}
	route := p.FromDesk()
	way := ReferralCheck{CheckRoute, CheckFine, "A coach may refer."}
	switch {
	case route.By == catalogue.ByReferral && route.Confidence == catalogue.Uncertain:
		way = ReferralCheck{CheckRoute, CheckLook, route.Value + " (uncertain: ask locally)."}
	case route.By == catalogue.ByReferral:
	case route.By == catalogue.ByApplication:
		way = ReferralCheck{CheckRoute, CheckStops, "The person applies themselves: " + route.Value + "."}
	case route.By == catalogue.NoWay:
		way = ReferralCheck{CheckRoute, CheckStops, "A coach cannot start this: " + route.Value + "."}
	default:
		way = ReferralCheck{CheckRoute, CheckStops, "This is no referral but: " + string(route.By) + ". " + route.Value + "."}
	}
	return []ReferralCheck{now, way}
}

// ruleChecks tell what the match says of the person, but for whether the programme takes
// people at all. It advises: nothing of it stops a referral.
func (q Queue) ruleChecks(p Participant, key string) []ReferralCheck {
	matched := q.Catalogue.Match(p.Case(q.Today), q.Today)
	i := slices.IndexFunc(matched, func(m catalogue.Matched) bool { return m.Programme.Key == key })
	if i < 0 || matched[i].Rules[0].Is == catalogue.No {
		return nil // said already
	}
	var out []ReferralCheck
	for _, f := range matched[i].Which(catalogue.No) {
		out = append(out, ReferralCheck{CheckRules, CheckLook, "It does not fit, " + f.Rule + ": " + f.Text() + "."})
	}
	var open []string
	for _, f := range matched[i].Which(catalogue.Unknown) {
		if f.Rule != matched[i].Rules[0].Rule && !slices.Contains(open, f.Rule) {
			open = append(open, f.Rule)
		}
	}
	switch {
	case len(open) > 0:
		out = append(out, ReferralCheck{CheckRules, CheckLook, "Cannot tell from the record: " + strings.Join(open, ", ") + ". Ask before you send."})
	case len(out) == 0:
		out = append(out, ReferralCheck{CheckRules, CheckFine, "The rules that are known fit."})
	}
	return out
}

func (q Queue) since(at catalogue.Period) string {
	if at.From.IsZero() {
		return ""
	}
	return " since " + at.From.Short(q.Today)
}

func (q Queue) follows(at catalogue.Period) string {
	if at.By == "" {
		return "."
	}
	return ". In its place: " + q.Catalogue.Name(at.By) + "."
}

// otherProvision looks at what else the person is on or was sent to.
func (q Queue) otherProvision(p Participant, id ID, l Letter) ReferralCheck {
	exclusive := func(key string) bool {
		p, ok := q.Catalogue.Programme(key)
		return ok && p.Exclusive
	}
	for _, x := range p.Referrals {
		if x.ID == id || !x.State.Out() {
			continue
		}
		name := q.Catalogue.Name(x.Programme)
		if x.Programme == l.Programme && clean.Fold(x.Provider) == clean.Fold(l.Provider) {
			return ReferralCheck{CheckOthers, CheckStops, "They are referred there already, " + string(x.State) + ". Amend that referral, or withdraw it first."}
		}
		if exclusive(x.Programme) && exclusive(l.Programme) {
			return ReferralCheck{CheckOthers, CheckLook, "They are referred to " + name + ", " + string(x.State) + ": both are contracted provision, which is not given twice. Ask before you send."}
		}
		return ReferralCheck{CheckOthers, CheckLook, "They are referred to " + name + ", " + string(x.State) + ". Ask both sides whether they go together."}
	}
	return ReferralCheck{CheckOthers, CheckFine, "No other referral is open."}
}

// LetterFor fills a letter in from the record: who gets it and what may be told, as far
// as consents and earlier referrals to the programme say.
func (q Queue) LetterFor(p Participant, programme string, before []Row) Letter {
	l := Letter{Programme: programme}
	for _, c := range p.Consents {
		if c.To.Kind == ToProvider && c.InForce(q.Today) && q.about(c.Purpose, programme) {
			l.Provider = c.To.Name
			break
		}
	}
	if l.Provider == "" {
		l.Provider = usual(before, programme)
	}
	l.Items = slices.Clone(q.Planning.Referrals.Items)
	if may := p.MayShare(l.To(), q.Today); l.Provider != "" && len(may) > 0 {
		l.Items = onlyItems(l.Items, may)
	}
	return l
}

// about reports whether what a consent is for names a programme: what was agreed for one
// is not taken for another.
func (q Queue) about(purpose, programme string) bool {
	names := []string{programme}
	if p, ok := q.Catalogue.Programme(programme); ok {
		names = append(append(names, p.Name), p.Aliases...)
	}
	return slices.ContainsFunc(names, func(n string) bool { return strings.Contains(clean.Fold(purpose), clean.Fold(n)) })
}

// usual is the provider to whom this office sends people of a programme most often.
func usual(rows []Row, programme string) string {
	n, best := map[string]int{}, ""
	for _, r := range rows {
		for _, x := range r.Referrals {
			if x.Programme != programme || x.Provider == "" {
				continue
			}
			n[x.Provider]++
			if best == "" || n[x.Provider] > n[best] || n[x.Provider] == n[best] && x.Provider < best {
				best = x.Provider
			}
		}
	}
	return best
}

// ConsentFor is the consent that a letter needs: to its parts, for the programme, for as
// long as the office asks for.
func (q Queue) ConsentFor(p Participant, l Letter, how ConsentHow) GiveConsent {
	c := GiveConsent{Participant: p.ID, To: l.To(), Purpose: "referral to " + q.Catalogue.Name(l.Programme), Items: l.Items, How: how, Giver: GivenByPerson}
	if m := q.Planning.Referrals.Months; m > 0 {
		c.Until = q.Today.AddMonths(m)
	}
	return c
}

// Pausing returns when most clocks of a record stood still.
func (p Participant) Pausing() []RowPause {
	var all []RowPause
	for _, x := range p.Plan.Pauses {
		all = append(all, x.span())
	}
	return all
}
