package main

import (
	"slices"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/clean"
)

// referring is what the flags of refer say.
type referring struct {
	items, consent, draftItem, amendItem string
	draft, accept, check                 bool
}

// referWords are the text of refer: who gets it and why.
var referWords = words{
	what: "The referral", prompt: "Lines “provider: …”, “contact: …” and “reference: …”, then why, in the person's words. End with ctrl+d.",
	field: "text", most: 6000,
}

func (c *call) referVerb() *cobra.Command {
	var r referring
	cmd := &cobra.Command{
		Use:   "refer REF PROGRAMME",
		Short: "Refer somebody to a provider, with consent; or draft or amend a referral",
		Long: "refer records that somebody is referred. It reads from standard input who gets it and why: lines\n" +
			"“provider: …”, “contact: …”, “reference: …”, for an amendment “reason: …”, and then the words. What is not\n" +
			"said is taken from the record. The check list is told on standard error; a point that is not settled asks\n" +
			"for --accept, and one that stops, stops. Consent must cover all that is told; --consent records the\n" +
			"person's yes along with it.\n\n" +
			"coachdesk sends nothing by itself: export referral makes the page to paste or print.",
		Example: "  printf 'provider: Riverside Works\\nI want to be among people.\\n' | coachdesk refer 7K3Q-M workwell --consent phone --accept",
		Args:    needs("REF", "PROGRAMME"),
		RunE:    func(_ *cobra.Command, args []string) error { return c.refer(args[0], args[1], r) },
	}
	f := cmd.Flags()
	f.StringVar(&r.items, "items", "", "which `parts` of the record go along, beside the name: contact, health, adjustments, plan, work, sessions")
	f.StringVar(&r.consent, "consent", "", "the person agrees now: face to face, phone, in writing or online")
	f.BoolVar(&r.accept, "accept", false, "accept the points of the check list that are not settled")
	f.BoolVar(&r.check, "check", false, "only tell the check list, and write nothing")
	f.BoolVar(&r.draft, "draft", false, "write it down without sending")
	f.StringVar(&r.draftItem, "send", "", "send or change this draft, an `item`")
	f.StringVar(&r.amendItem, "amend", "", "amend what was sent as this `item`")
	return cmd
}

func (c *call) refer(ref, programme string, r referring) error {
	if err := c.mayRead(referWords); err != nil {
		return err
	}
	s, err := c.person(ref)
	if err != nil {
		return err
	}
	q, err := c.queue(s.st)
	if err != nil {
		return err
	}
	p, ok := q.Catalogue.Programme(programme)
	if !ok {
		return domain.Refused("programme", "%q is no programme. coachdesk programmes lists them.", clean.Line(programme, 40))
	}
	rows, err := s.st.Rows()
	if err != nil {
		return err
	}
	letter, x := q.LetterFor(s.p, p.Key, rows), domain.Referral{}
	if item := r.draftItem + r.amendItem; item != "" {
		id, err := s.find(itemReferral, item)
		if err != nil {
			return err
		}
		if x, err = referralOn(s.p, id); err != nil {
			return err
		}
		letter = x.Letter
	}
	typed, err := c.readWords(referWords)
	if err != nil {
		return err
	}
	reason := letterLines(typed, &letter)
	if r.items != "" {
		if letter.Items, err = itemsNamed(r.items); err != nil {
			return err
		}
	}
	commands, err := c.referral(s, q, x, letter, r, reason)
	if err != nil || commands == nil {
		return err
	}
	return s.do(commands...)
}

// letterLines reads who gets a referral and why. What is not said stays. It returns the
// reason of an amendment.
func letterLines(text string, l *domain.Letter) (reason string) {
	into := map[string]*string{"provider": &l.Provider, "contact": &l.Contact, "reference": &l.Reference, "reason": &reason}
	if words := headed(text, into); words != "" {
		l.Text = words
	}
	return reason
}

// referral goes through the check list and returns what is to be done; nothing when only
// the list was asked for.
func (c *call) referral(s *subject, q domain.Queue, x domain.Referral, l domain.Letter, r referring, reason string) ([]domain.Command, error) {
	if r.draft {
		return []domain.Command{domain.DraftReferral{Participant: s.p.ID, Referral: x.ID, Letter: l}}, nil
	}
	var commands []domain.Command
	p := s.p
	if r.consent != "" {
		give := q.ConsentFor(s.p, l, domain.ConsentHow(r.consent))
		events, err := give.Decide(s.p, c.stampOf(s.st))
		if err != nil {
			return nil, err
		}
		commands, p = append(commands, give), withConsent(p, events)
	}
	if r.amendItem != "" {
		return append(commands, domain.AmendReferral{Participant: s.p.ID, Referral: x.ID, Letter: l, Reason: reason}), nil
	}
	checks := q.ReferralChecks(p, x.ID, l)
	for _, k := range checks {
		c.say("%s: %s", map[domain.CheckIs]string{domain.CheckFine: "fine", domain.CheckLook: "look", domain.CheckStops: "stop"}[k.Is], k.Says)
	}
	if r.check {
		return nil, nil
	}
	stops := slices.ContainsFunc(checks, func(k domain.ReferralCheck) bool { return k.Is == domain.CheckStops })
	if open := slices.ContainsFunc(checks, func(k domain.ReferralCheck) bool { return k.Is == domain.CheckLook }); open && !stops && !r.accept {
		return nil, domain.Refused("accept", "A point of the check list is not settled. Coach and person decide: --accept goes on.")
	}
	return append(commands, domain.Refer{Participant: s.p.ID, Referral: x.ID, Letter: l, Checks: checks}), nil
}

// withConsent is a record as it will be with a consent that is given along.
func withConsent(p domain.Participant, events []domain.Event) domain.Participant {
	for _, e := range events {
		if g, ok := e.(domain.ConsentGiven); ok {
			p.Consents = append(slices.Clone(p.Consents), domain.Consent{ID: g.ID, Purpose: g.Purpose, To: domain.Recipient{Kind: g.To, Name: g.Name}, Items: g.Items, From: g.From, Until: g.Until, How: g.How, Giver: g.Giver})
		}
	}
	return p
}
