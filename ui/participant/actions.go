package participant

import (
	"slices"

	"coachdesk/domain"
	"coachdesk/ui/screen"
)

// Actions implements screen.Screen.
func (s *Participant) Actions() []screen.Action {
	place := func(p screen.Place) func() screen.Effect { return func() screen.Effect { return screen.Go{To: p} } }
	mine := s.tabActions()
	mine = append(mine,
		screen.Action{Keys: []string{"s"}, Name: "Record a session", Short: "session", Do: place(screen.Session{Participant: s.id})},
		screen.Action{Keys: []string{"e"}, Name: "Ask the Disability Employment Adviser", Short: "ask DEA", Do: place(screen.Ask{Participant: s.id}), Not: func() string { return domain.WhyNotDo(s.world.Desk.Who().Role, domain.Asked{}) }},
		screen.Action{Keys: []string{"r"}, Name: "Match and refer: which programmes may be for them, and why", Short: "refer", Do: place(screen.Match{Participant: s.id})},
		screen.Action{Keys: []string{"%"}, Name: "What if work starts or stops: which support opens, which closes", Do: s.whatIf},
		screen.Action{Keys: []string{"n"}, Name: "Write a note outside a session", Do: place(screen.Note{Participant: s.id})},
		screen.Action{Keys: []string{"m"}, Name: "Book an appointment", Short: "appointment", Do: s.book},
		screen.Action{Keys: []string{"f"}, Name: "Record a fit note", Do: s.fitNote},
		screen.Action{Keys: []string{"B"}, Name: "Add a barrier", Do: s.addBarrier},
		screen.Action{Keys: []string{"A"}, Name: "Add an adjustment", Do: s.addAdjustment},
		screen.Action{Keys: []string{"c"}, Name: "Copy: text for the journal, or the plan for the person", Short: "copy", Do: s.makeCopy},
		screen.Action{Keys: []string{"h"}, Name: "Hand over: for a while, for good, a question, a referral, a copy", Short: "hand over", Do: s.handOver, Not: s.role(domain.HandoverOffered{})},
		screen.Action{Keys: []string{">"}, Name: "Write out: handover note, plan, journal text, everything held", Do: place(screen.Export{People: []domain.ID{s.id}})},
		screen.Action{Keys: []string{"I"}, Name: "I told them about a service: signpost; enter alone searches the local services", Do: s.signpost},
		screen.Action{Keys: []string{"!"}, Name: "Raise a concern, and say who was told", Do: s.raiseConcern},
		screen.Action{Keys: []string{"C"}, Name: "The person agrees that somebody may be told: give consent", Do: s.giveConsent},
		screen.Action{Keys: []string{"P"}, Name: "Pause the plan: most clocks stand still; or let it go on", Do: s.pause, Not: s.role(domain.PlanPaused{})},
		screen.Action{Keys: []string{"u"}, Name: "Undo the last thing you did here", Short: "undo", Do: s.undo, Not: s.nothingToUndo},
		screen.Action{Keys: []string{"O"}, Name: "Open the other record of this person", Do: s.openOther, Not: s.noOther},
		screen.Action{Keys: []string{"o"}, Name: "Open or fold private paragraphs", Do: s.fold},
		screen.Action{Keys: s.tabKeys("tab", "right", "l"), Name: "The next tab", Do: s.turn(s.tab + 1)},
		screen.Action{Keys: s.tabKeys("shift+tab", "left"), Name: "The tab before", Do: s.turn(s.tab - 1)},
		screen.Action{Keys: []string{"1"}, Name: "Overview", Do: s.turn(screen.Overview)},
		screen.Action{Keys: []string{"2"}, Name: "Timeline: everything that happened", Do: s.turn(screen.Timeline)},
		screen.Action{Keys: []string{"p", "3"}, Name: "Plan: goals and steps", Short: "plan", Do: s.turn(screen.Plan)},
		screen.Action{Keys: []string{"4"}, Name: "DEA: escalations, and what the adviser said", Do: s.turn(screen.Questions)},
		screen.Action{Keys: []string{"5"}, Name: "Referrals: where the person was pointed or sent, and what came of it", Do: s.turn(screen.MovingOn)},
		screen.Action{Keys: []string{"6"}, Name: "Work: employment, fit notes", Do: s.turn(screen.Work)},
		screen.Action{Keys: []string{"7"}, Name: "Details", Do: s.turn(screen.Details)},
		screen.Action{Keys: []string{"8"}, Name: "Consent: who may be told what", Do: s.turn(screen.Consent)},
	)
	mine = append(mine, s.talkActions()...)
	return append(usedMost(mine, often[s.tab]), screen.Everywhere()...)
}

// often are the keys that are pressed most on a tab: at 80 columns the footer has room for
// six or seven, and those that are closed just now give theirs up.
var often = map[screen.Tab][]string{
	screen.MovingOn: {"enter", "r", "a", "x", "S", "F", "w"},
	screen.Work:     {"enter", "w", "J", "Q", "R", "V", "a", "x"},
}

// usedMost puts some keys first, in their order, and leaves the others as they are.
func usedMost(all []screen.Action, keys []string) []screen.Action {
	place := func(a screen.Action) int {
		if i := slices.Index(keys, a.Keys[0]); i >= 0 {
			return i
		}
		return len(keys)
	}
	return slices.SortedStableFunc(slices.Values(all), func(a, b screen.Action) int { return place(a) - place(b) })
}

// tabActions are what can be done with the entry under the cursor.
func (s *Participant) tabActions() []screen.Action {
	switch s.tab {
	case screen.Plan:
		return s.planActions()
	case screen.Questions:
		return s.questionActions()
	case screen.MovingOn:
		return s.movingActions()
	case screen.Work:
		return s.workActions()
	case screen.Details:
		return []screen.Action{
			{Keys: []string{"enter"}, Name: "Change this", Short: "change", Do: s.change},
			{Keys: []string{"x"}, Name: "Remove the adjustment; part the linked record", Do: s.remove, Not: s.only2(anAdjustment, aTwin, "Only an adjustment or a link is removed like this; enter changes the rest.")},
			{Keys: []string{"K"}, Name: "How long the record is kept", Do: s.keep, Not: func() string { return domain.WhyNotDo(s.world.Desk.Who().Role, domain.RetentionSet{}) }},
			{Keys: []string{"R"}, Name: "Restrict the record: no list names the person; or lift it", Do: s.restrict, Not: func() string { return s.p.WhyNotRestrict(s.world.Desk.Stamp()) }},
		}
	case screen.Consent:
		consent := s.only(aConsent, "Choose a consent first.")
		return []screen.Action{
			{Keys: []string{"E"}, Name: "Narrow the consent: fewer parts, or an earlier end", Short: "narrow", Do: s.narrowConsent, Not: consent},
			{Keys: []string{"D"}, Name: "Withdraw the consent", Short: "withdraw", Do: s.withdrawConsent, Not: consent},
		}
	case screen.Timeline:
		return []screen.Action{
			{Keys: []string{"U"}, Name: "Undo what the cursor is on", Short: "undo this", Do: s.undoThis, Not: s.whyNotUndoThis},
			{Keys: []string{"E"}, Name: "Amend the note or the session under the cursor", Short: "amend", Do: s.amendHere, Not: s.whyNotAmendHere},
		}
	case screen.Overview:
	}
	return []screen.Action{
		{Keys: []string{"x", "space"}, Name: "Done: promise kept, barrier gone, concern acknowledged, what came of a signpost", Short: "done", Do: s.tick, Not: s.among("Choose a promise, a barrier, a concern or a service first.", aPromise, aBarrier, aConcern, aSignpost)},
		{Keys: []string{"enter"}, Name: "Go on with the draft", Do: s.openDraft, Not: s.only(aDraft, "Choose a draft first: what is written and not saved stands at the top.")},
		{Keys: []string{"T"}, Name: "What often helps with the barrier: steps to choose from", Do: s.offer, Not: s.noBarrier},
		{Keys: []string{"X"}, Name: "Promise not kept; appointment cancelled", Do: s.cross, Not: s.only2(aPromise, anAppointment, "Choose a promise or the appointment first.")},
		{Keys: []string{"M"}, Name: "Move the appointment to another time", Do: s.move, Not: s.notBooked},
	}
}

func (s *Participant) only(k entryKind, why string) func() string {
	return s.only2(k, k, why)
}

// among closes an action where the cursor is on none of some kinds of entry.
func (s *Participant) among(why string, kinds ...entryKind) func() string {
	return func() string {
		if !slices.Contains(kinds, s.chosen().kind) {
			return why
		}
		return ""
	}
}

func (s *Participant) only2(a, b entryKind, why string) func() string { return s.among(why, a, b) }

func do(c domain.Command) screen.Effect { return screen.Do{Commands: []domain.Command{c}} }

func (s *Participant) fold() screen.Effect {
	s.unfold = !s.unfold
	s.build()
	return nil
}

func (s *Participant) nothingToUndo() string {
	if s.p.LastBatch(s.world.Desk.Who().ID).IsZero() {
		return "There is nothing of yours to undo here."
	}
	return ""
}

// undo takes back the last thing at once when it is of today. What is older is named
// first: a coach who presses u means what they just did.
func (s *Participant) undo() screen.Effect {
	batch := s.p.LastBatch(s.world.Desk.Who().ID)
	e := s.takeBack(batch)
	for _, r := range s.p.Past() {
		if r.Command == batch && r.Day != s.today() {
			return screen.Choose{Title: "Undo what was done " + r.Day.Distance(s.today()) + "?", Note: r.Event.Sentence(), Choices: []screen.Choice{
				{Key: "n", Label: "no, leave it"}, {Key: "y", Label: "yes, undo it", Then: e},
			}}
		}
	}
	return e
}

// takeBack undoes a batch. When nobody is left of the record, the coach is taken back
// to the caseload.
func (s *Participant) takeBack(batch domain.ID) screen.Effect {
	desk, id := s.world.Desk, s.id
	return screen.Do{Commands: s.p.UndoCommands(batch), After: func(domain.Receipt) screen.Effect {
		if _, err := desk.Participant(id); err != nil {
			return screen.Go{To: screen.Caseload{}}
		}
		return nil
	}}
}

func (s *Participant) undoThis() screen.Effect {
	return s.takeBack(s.chosen().id)
}

func (s *Participant) whyNotUndoThis() string {
	if s.chosen().kind != aBatch {
		return "There is nothing to undo here."
	}
	return s.p.WhyNotUndo(s.chosen().id, s.world.Desk.Stamp())
}
