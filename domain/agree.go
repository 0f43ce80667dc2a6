package domain

import (
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// GiveConsent records that a person agreed.
type GiveConsent struct {
	Participant ID
	Purpose     string
	To          Recipient
	Items       []ConsentItem
	From        calendar.Day // zero means today
	Until       calendar.Day
	How         ConsentHow
	Giver       ConsentGiver
}

// For names the participant.
func (c GiveConsent) For() Subject { return About(c.Participant) }

// Decide asks who gets what, what for, how long, and how it was said.
func (c GiveConsent) Decide(p Participant, s Stamp) ([]Event, error) {
	if err := p.mustExist(); err != nil {
		return nil, err
	}
	purpose, name := clean.Line(c.Purpose, clean.MaxLine), clean.Line(c.To.Name, clean.MaxLine)
	from := c.From
	if from.IsZero() {
		from = s.Today
	}
	items, err := checkItems(c.Items)
	switch {
	case err != nil:
		return nil, err
	case !slices.Contains(RecipientKinds, c.To.Kind):
		return nil, Refused("to", "%q is not a kind of recipient. Write colleague, dea, provider, employer, representative or other.", clean.Line(string(c.To.Kind), 40))
	case name == "":
		return nil, Refused("name", "Write the name of who gets it: a person consents to somebody, not to anybody.")
	case purpose == "":
		return nil, Refused("purpose", "Write what it is for, as it was said to the person.")
	case !slices.Contains(ConsentHows, c.How):
		return nil, Refused("how", "Say how consent was given: face to face, phone, in writing or online.")
	case !slices.Contains(ConsentGivers, c.Giver):
		return nil, Refused("by", "Say who gave consent: the person, or their representative.")
	case !c.Until.IsZero() && c.Until < from:
		return nil, Refused("until", "A consent cannot end before it begins.")
	case !c.Until.IsZero() && c.Until < s.Today:
		return nil, Refused("until", "%s is in the past. Say a day from today on.", c.Until.Short(s.Today))
	}
	to := Recipient{c.To.Kind, name}
	var after []ID
	for _, old := range p.Consents {
		if old.To.same(to) && !old.Withdrawn.IsZero() {
			after = append(after, old.ID)
		}
	}
	return []Event{ConsentGiven{
		ID: s.New(), Purpose: purpose, To: to.Kind, Name: to.Name, Items: items, From: from, Until: c.Until, How: c.How, Giver: c.Giver, After: after,
	}}, nil
}

// checkItems asks for at least one part, and puts them in their order, each once.
func checkItems(items []ConsentItem) ([]ConsentItem, error) {
	for _, i := range items {
		if !slices.Contains(ConsentItems, i) {
			return nil, Refused("items", "%q is not a part of a record. The parts are: %s.", clean.Line(string(i), 40), ItemWords(ConsentItems))
		}
	}
	out := onlyItems(ConsentItems, items)
	if len(out) == 0 {
		return nil, Refused("items", "Say which parts may be told: %s.", ItemWords(ConsentItems))
	}
	return out, nil
}

// onlyItems returns those of a list that stand in another.
func onlyItems(list, among []ConsentItem) []ConsentItem {
	var out []ConsentItem
	for _, i := range list {
		if slices.Contains(among, i) {
			out = append(out, i)
		}
	}
	return out
}

// ConsentGiven happens when a person agrees that somebody may be told.
type ConsentGiven struct {
	ID      ID            `json:"id"`
	Purpose string        `json:"purpose"`
	To      RecipientKind `json:"to"`
	Name    string        `json:"name"`
	Items   []ConsentItem `json:"items"`
	From    calendar.Day  `json:"from"`
	Until   calendar.Day  `json:"until,omitzero"`
	How     ConsentHow    `json:"how"`
	Giver   ConsentGiver  `json:"by"`
	After   []ID          `json:"after,omitempty"` // withdrawn ones to the same recipient that were known
}

var _ = know[ConsentGiven]()

// Kind names the event on disk.
func (ConsentGiven) Kind() string { return "consent.given" }

// Sentence says to which kind of recipient, not who.
func (e ConsentGiven) Sentence() string {
	return "Consent was given to share with " + e.To.who() + "."
}

// who is a kind of recipient in a sentence.
func (k RecipientKind) who() string {
	switch k {
	case ToAdviser:
		return "the Disability Employment Adviser"
	case ToEmployer:
		return "an employer"
	case ToOther:
		return "somebody else"
	case ToColleague, ToProvider, ToRepresentative:
	}
	return "a " + clean.Line(string(k), 40)
}

func (e ConsentGiven) makes() ID { return e.ID }

func (e ConsentGiven) apply(p *Participant, r Record) {
	c := Consent{
		ID: e.ID, Purpose: e.Purpose, To: Recipient{e.To, e.Name}, Items: e.Items, From: e.From, Until: e.Until, How: e.How, Giver: e.Giver, By: r.By,
	}
	// Somebody withdrew elsewhere, and whoever gave this one did not know: no stands.
	for _, old := range p.Consents {
		if old.To.same(c.To) && !old.Withdrawn.IsZero() && !old.Crossed && !slices.Contains(e.After, old.ID) {
			c.Withdrawn, c.WithdrawnHow, c.Crossed = old.Withdrawn, old.WithdrawnHow, true
		}
	}
	p.Consents = append(p.Consents, c)
}

// NarrowConsent takes parts away from a consent, or ends it earlier.
type NarrowConsent struct {
	Participant, Consent ID
	Items                []ConsentItem // those that stay; none leaves all
	Until                calendar.Day  // the new last day; zero leaves it
}

// For names the participant.
func (c NarrowConsent) For() Subject { return About(c.Participant) }

// Decide refuses what would widen a consent: that is a new one.
func (c NarrowConsent) Decide(p Participant, s Stamp) ([]Event, error) {
	now, err := p.standing(c.Consent, s.Today)
	if err != nil {
		return nil, err
	}
	items, until := now.Items, c.Until
	if len(c.Items) > 0 {
		if items, err = checkItems(c.Items); err != nil {
			return nil, err
		}
	}
	switch {
	case len(onlyItems(items, now.Items)) < len(items):
		return nil, Refused("items", "That would widen the consent. Give a new one for what is added.")
	case !until.IsZero() && until < s.Today:
		return nil, Refused("until", "%s is in the past. To end a consent now, withdraw it.", until.Short(s.Today))
	case !until.IsZero() && until < now.From:
		return nil, Refused("until", "A consent cannot end before it begins.")
	case !until.IsZero() && !now.Until.IsZero() && until > now.Until:
		return nil, Refused("until", "That would be longer than was agreed. Give a new consent instead.")
	}
	if until == now.Until {
		until = 0
	}
	if len(items) == len(now.Items) {
		items = nil
	}
	if items == nil && until.IsZero() {
		return nil, Refused("items", "Nothing would be narrower. Say which parts stay, or an earlier end.")
	}
	return []Event{ConsentNarrowed{ID: now.ID, Items: items, Until: until}}, nil
}

// standing returns a consent that was not withdrawn and has not run out.
func (p Participant) standing(id ID, today calendar.Day) (Consent, error) {
	c := find(p.Consents, id)
	switch {
	case c == nil:
		return Consent{}, Refused("consent", "That consent is not in the ledger.")
	case !c.Withdrawn.IsZero():
		return Consent{}, Refused("consent", "That consent was withdrawn already.")
	case !c.Until.IsZero() && c.Until < today:
		return Consent{}, Refused("consent", "That consent has run out already.")
	}
	return *c, nil
}

// ConsentNarrowed happens when a person agrees to less than before.
type ConsentNarrowed struct {
	ID    ID            `json:"id"`
	Items []ConsentItem `json:"items,omitempty"` // those that stay; absent when all do
	Until calendar.Day  `json:"until,omitzero"`  // absent when it stays
}

var _ = know[ConsentNarrowed]()

// Kind names the event on disk.
func (ConsentNarrowed) Kind() string { return "consent.narrowed" }

// Sentence says that it covers less.
func (e ConsentNarrowed) Sentence() string {
	if e.Until.IsZero() {
		return "A consent was narrowed."
	}
	return "A consent was narrowed, until " + e.Until.Long() + "."
}

func (e ConsentNarrowed) touches() []ID { return []ID{e.ID} }

// apply only ever takes away, so that two desks that narrowed apart add up to less.
func (e ConsentNarrowed) apply(p *Participant, _ Record) {
	c := find(p.Consents, e.ID)
	if c == nil {
		return
	}
	if len(e.Items) > 0 {
		c.Items = onlyItems(c.Items, e.Items)
	}
	if !e.Until.IsZero() && (c.Until.IsZero() || e.Until < c.Until) {
		c.Until = e.Until
	}
}

// WithdrawConsent takes a consent back. It needs no reason.
type WithdrawConsent struct {
	Participant, Consent ID
	How                  ConsentHow
}

// For names the participant.
func (c WithdrawConsent) For() Subject { return About(c.Participant) }

// Decide asks how it was said.
func (c WithdrawConsent) Decide(p Participant, s Stamp) ([]Event, error) {
	now, err := p.standing(c.Consent, s.Today)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(ConsentHows, c.How) {
		return nil, Refused("how", "Say how consent was withdrawn: face to face, phone, in writing or online.")
	}
	var stay []ID
	for _, o := range p.Consents {
		if o.ID != now.ID && o.To.same(now.To) && o.Withdrawn.IsZero() {
			stay = append(stay, o.ID)
		}
	}
	return []Event{ConsentWithdrawn{ID: now.ID, How: c.How, Stay: stay}}, nil
}

// ConsentWithdrawn happens when a person takes a consent back.
type ConsentWithdrawn struct {
	ID   ID         `json:"id"`
	How  ConsentHow `json:"how"`
	Stay []ID       `json:"stay,omitempty"` // other consents to the same recipient that were known and stay
}

var _ = know[ConsentWithdrawn]()

// Kind names the event on disk.
func (ConsentWithdrawn) Kind() string { return "consent.withdrawn" }

// Sentence says that it holds no more.
func (ConsentWithdrawn) Sentence() string { return "A consent was withdrawn." }

func (e ConsentWithdrawn) touches() []ID { return []ID{e.ID} }

func (e ConsentWithdrawn) apply(p *Participant, r Record) {
	c := find(p.Consents, e.ID)
	if c == nil {
		return
	}
	if c.Withdrawn.IsZero() || c.Crossed {
		c.Withdrawn, c.WithdrawnHow, c.Crossed = r.Day, e.How, false
	}
	// What another desk was given meanwhile, unknown to this one, does not stand either.
	for i := range p.Consents {
		o := &p.Consents[i]
		if o.ID != e.ID && o.To.same(c.To) && o.Withdrawn.IsZero() && !slices.Contains(e.Stay, o.ID) {
			o.Withdrawn, o.WithdrawnHow, o.Crossed = r.Day, e.How, true
		}
	}
}
