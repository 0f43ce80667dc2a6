package participant

import (
	"slices"

	"coachdesk/domain"
	"coachdesk/ui/screen"
)

// movingActions are what can be done on the tab of referrals: about the entry under the
// cursor, whatever it is, and for what is to come onto it.
func (s *Participant) movingActions() []screen.Action {
	mine := s.entryActions()
	var all []screen.Action
	all = append(all, mine...)
	taken := func(a screen.Action) bool {
		return slices.ContainsFunc(mine, func(m screen.Action) bool { return m.Keys[0] == a.Keys[0] })
	}
	for _, a := range s.referralActions() {
		if !taken(a) {
			all = append(all, a)
		}
	}
	return append(
		all,
		screen.Action{Keys: []string{"x", "space"}, Name: "What came of it: a service, a referral, an application, a programme; or answer a case that is offered to you", Short: "what came of it", Do: s.cameOf, Not: s.among("Choose what something came of first.", aSignpost, aReferral, aProvision, anApplication, aTransfer)},
		screen.Action{Keys: []string{"S"}, Name: "Support of a programme started, or they were on it earlier", Short: "support", Do: s.startSupport, Not: s.role(domain.ProvisionStarted{})},
		screen.Action{Keys: []string{"L"}, Name: "Landing: what replaces support when it ends", Do: s.land, Not: s.only(aProvision, "Choose a programme first. S notes that support started.")},
		screen.Action{Keys: []string{"F"}, Name: "The person applies for something, such as Access to Work; on an award: renew it", Short: "apply", Do: s.applyFor, Not: s.role(domain.ApplicationBegun{})},
		screen.Action{Keys: []string{"H"}, Name: "Hand over for good: offer the case to a colleague; or answer an offer, or call it back", Do: s.transferCase, Not: s.role(domain.CaseOffered{})},
	)
}

// entryActions are the keys that mean something else on what is not a referral.
func (s *Participant) entryActions() []screen.Action {
	switch s.chosen().kind {
	case aProvision:
		return []screen.Action{
			{Keys: []string{"enter"}, Name: "Correct what is known of the programme: days, provider, key worker, in work or not", Short: "correct", Do: s.correctSupport},
			{Keys: []string{"w"}, Name: "Why this date: the sum behind the end of support", Short: "why", Do: s.whySupport},
		}
	case anApplication:
		return []screen.Action{
			{Keys: []string{"enter"}, Name: "What is new about the application: sent, reference, job, what is at hand", Short: "go on", Do: s.goOnApplying},
			{Keys: []string{"a"}, Name: "Somebody asked how the application gets on", Short: "asked", Do: s.askedAfter, Not: func() string {
				if s.application().State != domain.ApplicationApplied {
					return "Only an application that was sent and not decided is asked after. enter says that they applied."
				}
				return ""
			}},
			{Keys: []string{"w"}, Name: "Why this date: how the next day of the application is reckoned", Short: "why", Do: func() screen.Effect {
				note := s.queue.Rules.ApplicationWhy(s.p.ApplicationRow(s.application()))
				if note == "" {
					note = "Nothing is due."
				}
				return screen.Choose{Title: "Why this date", Note: note, Choices: []screen.Choice{{Key: "o", Label: "close"}}}
			}},
		}
	case aTransfer:
		return []screen.Action{{Keys: []string{"enter"}, Name: "Answer the offer of the case, or call it back", Short: "answer", Do: s.cameOf}}
	default:
		return nil
	}
}

// cameOf asks what came of the entry under the cursor.
func (s *Participant) cameOf() screen.Effect {
	switch s.chosen().kind {
	case aProvision:
		return s.endSupport()
	case anApplication:
		return s.decided()
	case aTransfer:
		if x := s.onTransfer(); x.State == domain.TransferOffered {
			return s.answerTransfer(x)
		}
		return screen.Say{Text: "That offer is " + string(s.onTransfer().State) + " already."}
	default:
		return s.tick()
	}
}
