package domain

import (
	"slices"
	"strings"

	"coachdesk/domain/clean"
)

// DraftReferral writes a referral down that is not sent yet, or writes a draft anew.
type DraftReferral struct {
	Participant, Referral ID // the referral is zero for a new one
	Letter
}

// For names the participant.
func (c DraftReferral) For() Subject { return About(c.Participant) }

// Decide asks for a programme.
func (c DraftReferral) Decide(p Participant, s Stamp) ([]Event, error) {
	id, err := p.draftOf(c.Referral, s)
	if err != nil {
		return nil, err
	}
	l, err := c.check(s, true)
	if err != nil {
		return nil, err
	}
	return []Event{ReferralDrafted{ID: id, Letter: l}}, nil
}

// draftOf returns the referral that is to be written: a new one, or one that was not
// sent yet.
func (p Participant) draftOf(id ID, s Stamp) (ID, error) {
	if err := p.mustExist(); err != nil {
		return id, err
	}
	if id.IsZero() {
		return s.New(), nil
	}
	x, err := p.findReferral(id)
	if err == nil && x.State != ReferralDraft && x.State != ReferralChecked {
		err = Refused("referral", "That referral is %s already. Amend it, and say why.", x.State)
	}
	return id, err
}

// ReferralDrafted happens when a referral is written and not sent.
type ReferralDrafted struct {
	ID ID `json:"id"`
	Letter
}

var _ = know[ReferralDrafted]()

// Kind names the event on disk.
func (ReferralDrafted) Kind() string { return "referral.drafted" }

// Sentence says that nothing was sent.
func (ReferralDrafted) Sentence() string { return "A referral was drafted, not sent." }

func (e ReferralDrafted) makes() ID { return e.ID }

func (e ReferralDrafted) touches() []ID { return []ID{e.ID} }

func (e ReferralDrafted) apply(p *Participant, r Record) {
	x := p.written(e.ID)
	unsent := !x.State.Out() && !x.State.Ended()
	if !x.hears(ReferralEntry{What: ActDrafted, To: ReferralDraft}, r, unsent) {
		x.Letters = append(slices.Clone(x.Letters), ReferralLetter{Letter: e.Letter, On: r.Day, By: r.By, Draft: true})
		return // sent on another desk meanwhile: that stands
	}
	x.tells(e.Letter, r, "", true)
	x.State, x.Since = ReferralDraft, r.Day
}

// written returns a referral that is written: a new one where none is known.
func (p *Participant) written(id ID) *Referral {
	if x := find(p.Referrals, id); x != nil {
		return x
	}
	p.Referrals = append(p.Referrals, Referral{ID: id, State: ReferralDraft})
	return &p.Referrals[len(p.Referrals)-1]
}

// CheckReferral says that somebody went through the check list of a draft.
type CheckReferral struct {
	Participant, Referral ID
	Checks                []ReferralCheck
}

// For names the participant.
func (c CheckReferral) For() Subject { return About(c.Participant) }

// Decide refuses what stops a referral.
func (c CheckReferral) Decide(p Participant, _ Stamp) ([]Event, error) {
	x, err := p.findReferral(c.Referral)
	switch {
	case err != nil:
		return nil, err
	case x.State != ReferralDraft:
		return nil, Refused("referral", "Only a draft is checked. That referral is %s.", x.State)
	}
	accepted, err := acceptedChecks(c.Checks)
	return []Event{ReferralVetted{ID: x.ID, Accepted: accepted}}, err
}

// acceptedChecks are the points that are not settled and were accepted all the same. One
// that stops a referral is refused.
func acceptedChecks(all []ReferralCheck) ([]string, error) {
	var open []string
	for _, c := range all {
		switch c.Is {
		case CheckStops:
			return nil, Refused("check", "%s", c.Says)
		case CheckLook:
			open = append(open, c.Key)
		case CheckFine:
		}
	}
	return open, nil
}

// ReferralVetted happens when the check list of a draft was gone through.
type ReferralVetted struct {
	ID       ID       `json:"id"`
	Accepted []string `json:"accepted,omitempty"` // points that were not settled
}

var _ = know[ReferralVetted]()

// Kind names the event on disk.
func (ReferralVetted) Kind() string { return "referral.checked" }

// Sentence says that nothing was sent.
func (ReferralVetted) Sentence() string { return "A referral was checked, not sent." }

func (e ReferralVetted) touches() []ID { return []ID{e.ID} }

func (e ReferralVetted) apply(p *Participant, r Record) {
	x := find(p.Referrals, e.ID)
	if x == nil {
		return // the draft was taken back, and it held no words of its own
	}
	if x.hears(ReferralEntry{What: ActChecked, To: ReferralChecked, Text: strings.Join(e.Accepted, ", ")}, r, x.State == ReferralDraft) {
		x.State, x.Since = ReferralChecked, r.Day
	}
}

// Refer sends a referral: a new one, or a draft. Coachdesk itself sends nothing by a
// network: the page of it is pasted or printed by whoever refers.
type Refer struct {
	Participant, Referral ID // the referral is zero for a new one
	Letter
	Checks []ReferralCheck // what was looked at and accepted
}

// For names the participant.
func (c Refer) For() Subject { return About(c.Participant) }

// Decide refuses a referral without consent, one that a check stops, and a second one to
// the same place.
func (c Refer) Decide(p Participant, s Stamp) ([]Event, error) {
	id, err := p.draftOf(c.Referral, s)
	if err != nil {
		return nil, err
	}
	l, err := c.check(s, false)
	if err != nil {
		return nil, err
	}
	if why := p.WhyNotShare(l.To(), l.Items, s.Today); why != "" {
		return nil, Refusal{"consent", why}
	}
	for _, x := range p.Referrals {
		if x.ID != id && x.State.Out() && x.Programme == l.Programme && clean.Fold(x.Provider) == clean.Fold(l.Provider) {
			return nil, Refused("programme", "They are referred there already, %s. Amend that referral, or withdraw it first.", x.State)
		}
	}
	accepted, err := acceptedChecks(c.Checks)
	return []Event{Referred{ID: id, Letter: l, Accepted: accepted}}, err
}

// Referred happens when a referral is sent.
type Referred struct {
	ID ID `json:"id"`
	Letter
	Accepted []string `json:"accepted,omitempty"` // points of the check list that were not settled
}

var _ = know[Referred]()

// Kind names the event on disk.
func (Referred) Kind() string { return "referral.sent" }

// Sentence says that somebody is told something.
func (Referred) Sentence() string { return "The person was referred. Paste or print the page of it." }

func (e Referred) thing() ID { return e.ID }

func (e Referred) makes() ID { return e.ID }

func (e Referred) touches() []ID { return []ID{e.ID} }

func (e Referred) apply(p *Participant, r Record) {
	x := p.written(e.ID)
	unsent := !x.State.Out() && !x.State.Ended()
	may := x.hears(ReferralEntry{What: ActSent, To: ReferralSent, Text: strings.Join(e.Accepted, ", ")}, r, unsent)
	if !may && x.State.Ended() {
		x.Letters = append(slices.Clone(x.Letters), ReferralLetter{Letter: e.Letter, On: r.Day, By: r.By})
		x.Both = true // it left this office, whatever another desk said of the draft
		return
	}
	x.tells(e.Letter, r, "", false)
	if x.Apart = x.Apart || !may; !may {
		return // two desks sent one draft: the later letter shows, both are kept
	}
	x.State, x.Since, x.Sent = ReferralSent, r.Day, r.Day
}

// AmendReferral changes what was sent, and says why. The provider is told the difference.
type AmendReferral struct {
	Participant, Referral ID
	Letter
	Reason string
}

// For names the participant.
func (c AmendReferral) For() Subject { return About(c.Participant) }

// Decide asks for a reason, for a difference, and for consent to all that is told now.
func (c AmendReferral) Decide(p Participant, s Stamp) ([]Event, error) {
	x, err := p.outReferral(c.Referral)
	if err != nil {
		return nil, err
	}
	l, err := c.check(s, false)
	switch {
	case err != nil:
		return nil, err
	case l.Programme != x.Programme:
		return nil, Refused("programme", "Another programme is another referral. Withdraw this one, and refer again.")
	case !l.To().same(x.To()) && x.State != ReferralSent:
		return nil, Refused("provider", "%s has answered already. Withdraw this referral, and refer again to the other provider.", x.Provider)
	case len(LetterChanges(x.Letter, l)) == 0:
		return nil, Refused("text", "Nothing is different from what was sent.")
	}
	reason, err := words("reason", "The reason", c.Reason, clean.MaxLine)
	if err != nil {
		return nil, err
	}
	if why := p.WhyNotShare(l.To(), l.Items, s.Today); why != "" {
		return nil, Refusal{"consent", why}
	}
	return []Event{ReferralAmended{ID: x.ID, Letter: l, Reason: reason, Saw: p.known(x.ID)}}, nil
}

// ReferralAmended happens when what was sent is changed.
type ReferralAmended struct {
	ID ID `json:"id"`
	Letter
	Reason string `json:"reason"`
	Saw    int    `json:"saw"`
}

var _ = know[ReferralAmended]()

// Kind names the event on disk.
func (ReferralAmended) Kind() string { return "referral.amended" }

// Sentence says that the provider is to be told.
func (ReferralAmended) Sentence() string {
	return "A referral was amended. Paste or print the page of what changed."
}

func (e ReferralAmended) thing() ID { return e.ID }

func (e ReferralAmended) touches() []ID { return []ID{e.ID} }

func (e ReferralAmended) apply(p *Participant, r Record) {
	x := p.referral(e.ID, r)
	if x == nil {
		return
	}
	apart := p.apart(e, r, e.Saw)
	x.hears(ReferralEntry{What: ActAmended, Text: e.Reason}, r, !x.State.Ended())
	x.tells(e.Letter, r, e.Reason, false)
	x.Apart = apart
}

// LetterChanges tells what differs between two versions of what is told to a provider, a
// line each, so that both desk and receiver can read it.
func LetterChanges(was, now Letter) []string {
	var out []string
	line := func(what, a, b string) {
		switch {
		case a == b:
		case a == "":
			out = append(out, what+": now "+b)
		case b == "":
			out = append(out, what+": no longer "+a)
		default:
			out = append(out, what+": now "+b+", was "+a)
		}
	}
	line("Provider", was.Provider, now.Provider)
	line("Named contact", was.Contact, now.Contact)
	line("Their reference", was.Reference, now.Reference)
	for _, it := range ConsentItems {
		switch had, has := slices.Contains(was.Items, it), slices.Contains(now.Items, it); {
		case has && !had:
			out = append(out, "Now told: "+it.String())
		case had && !has:
			out = append(out, "No longer told: "+it.String())
		}
	}
	line("Why", clean.Line(was.Text, letterMost), clean.Line(now.Text, letterMost))
	return out
}
