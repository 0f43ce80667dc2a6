package domain

import (
	"errors"
	"slices"
	"strings"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// OfferHandover puts something of a person's case into somebody's hands. Several in one
// batch hand over a caseload, as before leave.
type OfferHandover struct {
	Participant, ID ID // the ID of the handover; zero makes a new one
	Kind            HandoverKind
	To              ID // the actor ID of the receiver, here or at another desk
	ToName          string
	ToRole          Role
	Provider        string       // whom the ledger of consent knows the receiver as; for a provider's adviser
	Until           calendar.Day // of cover: the first day back
	Words           HandoverWords
	Items           []HandoverItem // What and Of; none: the case, or the one escalation or referral
	SupportEnds     []calendar.Day // as the catalogue says: they count as clocks
	SoonDays        int            // how near a clock must be, as the figure [FigureTransfer] says
	Paper           *HandoverPaper // what somebody outside gets to see, as it was previewed
}

// For names the participant.
func (c OfferHandover) For() Subject { return About(c.Participant) }

// Decide asks for a receiver of a role that fits, and refuses what is in somebody's hands
// already.
func (c OfferHandover) Decide(p Participant, s Stamp) ([]Event, error) {
	if err := p.mustExist(); err != nil {
		return nil, err
	}
	if err := c.receiver(s); err != nil {
		return nil, err
	}
	if err := c.until(s); err != nil {
		return nil, err
	}
	items, err := c.items(p, s)
	if err != nil {
		return nil, err
	}
	if err := c.free(p, items); err != nil {
		return nil, err
	}
	e := HandoverOffered{
		ID: c.ID, For: c.Kind, To: c.To, Name: clean.Line(c.ToName, clean.MaxLine), Role: c.ToRole, Until: c.Until,
		HandoverWords: c.Words.clean(), Items: items,
	}
	if e.ID.IsZero() {
		e.ID = s.New()
	}
	if c.ToRole == Provider {
		return c.outside(p, s, e)
	}
	if c.Kind == HandoverTransfer {
		return c.transfer(p, s, e)
	}
	return []Event{e}, nil
}

// receiver looks at who gets it.
func (c OfferHandover) receiver(s Stamp) error {
	switch {
	case !slices.Contains(HandoverKinds, c.Kind):
		return Refused("kind", "Say what it is: cover, transfer, question, referral or copy.")
	case c.To.IsZero() || clean.Line(c.ToName, clean.MaxLine) == "":
		return Refused("to", "Say to whom. Somebody of another desk has to be in the address book.")
	case c.To == s.By:
		return Refused("to", "That is you. Choose somebody else.")
	case !slices.Contains(c.Kind.Receivers(), c.ToRole):
		names := make([]string, 0, len(Roles))
		for _, r := range c.Kind.Receivers() {
			names = append(names, r.String())
		}
		return Refused("to", "To %s is for a %s. Choose somebody else, or another kind.", c.Kind.Says(), strings.Join(names, ", or a "))
	}
	return nil
}

func (c OfferHandover) until(s Stamp) error {
	switch {
	case c.Kind == HandoverCover && c.Until.IsZero():
		return Refused("until", "Say until when: the first day on which you are back.")
	case c.Kind == HandoverCover && c.Until <= s.Today:
		return Refused("until", "%s is not ahead. Write the first day on which you are back.", c.Until.Long())
	case c.Kind != HandoverCover && !c.Until.IsZero():
		return Refused("until", "Only cover ends on a day. Leave the day out.")
	}
	return nil
}

// items looks at what is handed over, each thing once.
func (c OfferHandover) items(p Participant, s Stamp) ([]HandedItem, error) {
	wanted := c.Items
	if len(wanted) == 0 {
		wanted = ItemsOf(p, c.Kind, s.Today, c.Until)
		if c.Kind == HandoverCover || c.Kind == HandoverTransfer {
			wanted = wanted[:1] // the case; the rest is chosen
		}
	}
	var out []HandedItem
	for _, w := range wanted {
		i := HandedItem{What: w.What, Of: w.Of}
		if slices.ContainsFunc(out, func(o HandedItem) bool { return o.What == i.What && o.Of == i.Of }) {
			continue
		}
		if why := p.whyNotHand(i); why != "" {
			return nil, Refusal{"items", why}
		}
		i.ID = s.New()
		out = append(out, i)
	}
	holds := func(k HandedKind) bool {
		return slices.ContainsFunc(out, func(i HandedItem) bool { return i.What == k })
	}
	switch {
	case c.Kind == HandoverQuestion && (len(out) != 1 || !holds(HandedEscalation)):
		return nil, Refused("items", "Say which escalation: one question goes at a time.")
	case c.Kind == HandoverReferral && !holds(HandedReferral):
		return nil, Refused("items", "Say which referral it goes with. Send the referral first.")
	case c.Kind == HandoverTransfer && !holds(HandedCase):
		return nil, Refused("items", "A transfer hands the case itself over. Choose cover for single things.")
	case c.Kind == HandoverCopy && len(out) > 0:
		return nil, Refused("items", "A copy is to know: nothing is put into anybody's hands. Leave the items out.")
	case c.ToRole == Provider && slices.ContainsFunc(out, func(i HandedItem) bool { return i.What != HandedReferral && i.What != HandedAppointment }):
		return nil, Refused("items", "Only referrals and appointments go to somebody outside.")
	}
	return out, nil
}

// whyNotHand says why a thing cannot be handed over; empty means it can.
func (p Participant) whyNotHand(i HandedItem) string {
	private, open := false, true
	var known bool
	switch i.What {
	case HandedCase:
		known = i.Of.IsZero()
	case HandedPromise:
		x := find(p.Promises, i.Of)
		if known = x != nil; known {
			private, open = x.Scope.Private(), x.Status == PromiseOpen
		}
	case HandedStep:
		x := find(p.Plan.Steps, i.Of)
		if known = x != nil; known {
			private, open = x.Scope.Private(), x.Open()
		}
	case HandedEscalation:
		x := find(p.Escalations, i.Of)
		if known = x != nil; known {
			private, open = x.Scope.Private(), x.Live() && x.State != EscalationDraft
		}
	case HandedReferral:
		x := find(p.Referrals, i.Of)
		if known = x != nil; known {
			open = x.State.Out()
		}
	case HandedAppointment:
		x := find(p.Appointments, i.Of)
		if known = x != nil; known {
			private, open = x.Scope.Private(), x.State == AppointmentBooked
		}
	}
	switch {
	case !known:
		return "That is not on the record. coachdesk show lists what can be handed over."
	case private:
		return "That " + string(i.What) + " is private: it never leaves this desk. Leave it out."
	case !open && i.What == HandedEscalation:
		return "That escalation is not with the adviser. Ask first, or leave it out."
	case !open:
		return "That " + string(i.What) + " is not open any more. Leave it out."
	}
	return ""
}

// free refuses what is in somebody's hands already.
func (c OfferHandover) free(p Participant, items []HandedItem) error {
	shared := func(h Handover) bool {
		return slices.ContainsFunc(h.Items, func(o HandoverItem) bool {
			return o.Answer != HandoverNotMine && slices.ContainsFunc(items, func(i HandedItem) bool { return i.What == o.What && i.Of == o.Of })
		})
	}
	for _, h := range p.Handovers {
		if h.Kind != c.Kind || !h.live() {
			continue
		}
		who := clean.Line(h.ToName, clean.MaxLine)
		switch whole := c.Kind == HandoverCover || c.Kind == HandoverTransfer; {
		case h.To == c.To && (whole || shared(h)):
			return Refused("to", "%s has that from you since %s: %s. Call it back or take it back first.", who, h.On.Short(0), h.State())
		case c.Kind == HandoverCover && shared(h):
			return Refused("items", "%s was asked to look after that until %s. Call it back or take it back first.", who, h.Until.Short(0))
		}
	}
	return nil
}

// transfer offers the case as well: whose it is changes when that is accepted.
func (c OfferHandover) transfer(p Participant, s Stamp, e HandoverOffered) ([]Event, error) {
	note := e.Summary
	if note == "" {
		note = joinWords(e.Why, e.HowToWork, e.Gaps)
	}
	offered, err := OfferTransfer{Participant: p.ID, To: c.To, Note: note, SupportEnds: c.SupportEnds, SoonDays: c.SoonDays}.Decide(p, s)
	var no Refusal
	if errors.As(err, &no) && no.Field == "note" {
		return nil, Refusal{"summary", no.Why}
	}
	if err != nil {
		return nil, err
	}
	e.Transfer = offered[0].(CaseOffered).ID
	return append([]Event{e}, offered...), nil
}

// outside puts in what consent covers: whoever is outside gets no history of ours.
func (c OfferHandover) outside(p Participant, s Stamp, e HandoverOffered) ([]Event, error) {
	to := Recipient{ToProvider, clean.Line(c.Provider, clean.MaxLine)}
	for _, i := range e.Items {
		if x := find(p.Referrals, i.Of); i.What == HandedReferral && x != nil {
			to = x.To()
		}
	}
	if why := p.WhyNotShare(to, nil, s.Today); why != "" {
		return nil, Refusal{"consent", why}
	}
	e.Facts, e.Paper = p.factsFor(to, s.Today), c.Paper.clean()
	return []Event{e}, nil
}

// handedFacts are the facts of each part of a record that somebody outside may be told. The
// name goes with each of them.
var handedFacts = map[ConsentItem][]Fact{
	ItemContact:     {FactPhone, FactEmail, FactAddress, FactPostcode, FactContact, FactNotContact, FactChannel},
	ItemAdjustments: {FactLanguage, FactInterpreter},
	ItemWork:        {FactEmployment, FactHours, FactJobStart},
	ItemHealth:      {FactGroup},
}

// factsFor returns the facts that consent lets somebody outside have on a day, without what
// is withheld.
func (p Participant) factsFor(to Recipient, on calendar.Day) map[Fact]string {
	open := p.Outside()
	facts := map[Fact]string{FactName: open.Name()}
	if v := open.Fact(FactPronouns); v != "" {
		facts[FactPronouns] = v
	}
	for _, part := range p.MayShare(to, on) {
		for _, f := range handedFacts[part] {
			if v := open.Fact(f); v != "" {
				facts[f] = v
			}
		}
	}
	return facts
}

// clean keeps a page readable, whoever made it.
func (p *HandoverPaper) clean() *HandoverPaper {
	if p == nil {
		return nil
	}
	out := &HandoverPaper{}
	for _, s := range p.Sections {
		t := HandoverSection{Title: clean.Line(s.Title, clean.MaxLine)}
		for _, l := range s.Lines {
			t.Lines = append(t.Lines, clean.Line(l, handoverMost))
		}
		out.Sections = append(out.Sections, t)
	}
	return out
}

// HandedItem is an item as it is offered.
type HandedItem struct {
	ID   ID         `json:"id"`
	What HandedKind `json:"what"`
	Of   ID         `json:"of,omitzero"`
}

// HandoverOffered happens when something of a case is put into somebody's hands.
type HandoverOffered struct {
	ID   ID           `json:"id"`
	For  HandoverKind `json:"for"`
	To   ID           `json:"to"`
	Name string       `json:"name"`
	Role Role         `json:"role"`

	Until calendar.Day `json:"until,omitzero"`
	HandoverWords
	Items    []HandedItem `json:"items,omitempty"`
	Transfer ID           `json:"transfer,omitzero"`

	Facts map[Fact]string `json:"facts,omitempty"` // for somebody outside: who it is about
	Paper *HandoverPaper  `json:"paper,omitempty"`
}

var _ = know[HandoverOffered]()

// Kind names the event on disk.
func (HandoverOffered) Kind() string { return "handover.offered" }

// Sentence says who was asked for what.
func (e HandoverOffered) Sentence() string {
	who := clean.Line(e.Name, clean.MaxLine)
	switch e.For {
	case HandoverCover:
		return who + " was asked to look after the case until " + e.Until.Long() + "."
	case HandoverTransfer:
		return who + " was asked to take the case on."
	case HandoverQuestion:
		return "An escalation was handed to " + who + "."
	case HandoverReferral:
		return who + " was given what goes with a referral."
	case HandoverCopy:
		return who + " was given a copy, to know."
	}
	return "Something was handed over to " + who + "."
}

func (e HandoverOffered) makes() ID { return e.ID }

func (e HandoverOffered) touches() []ID {
	ids := []ID{e.Transfer}
	for _, i := range e.Items {
		ids = append(ids, i.Of)
	}
	return slices.DeleteFunc(ids, ID.IsZero)
}

func (e HandoverOffered) apply(p *Participant, r Record) {
	e.meet(p, r)
	if find(p.Handovers, e.ID) != nil {
		return
	}
	h := Handover{
		ID: e.ID, Kind: e.For, By: r.By, To: e.To, ToName: e.Name, ToRole: e.Role, On: r.Day, Until: e.Until,
		Words: e.HandoverWords, Transfer: e.Transfer, Paper: e.Paper,
	}
	for _, i := range e.Items {
		h.Items = append(h.Items, HandoverItem{ID: i.ID, What: i.What, Of: i.Of})
	}
	h.hears(HandoverTurn{What: HandoverActOffered}, r)
	p.Handovers = append(p.Handovers, h)
}

// meet makes the person where nobody of the ID has joined: a desk outside gets no more
// than this of who they are. Where they are known, nothing changes.
func (e HandoverOffered) meet(p *Participant, r Record) {
	if p.Exists() || len(e.Facts) == 0 {
		return
	}
	p.Joined = r.Day
	p.tell(e.Facts, r)
}

func (h *Handover) hears(t HandoverTurn, r Record) {
	t.On, t.By = r.Day, r.By
	h.Log = append(slices.Clone(h.Log), t)
}
