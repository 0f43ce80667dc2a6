package participant

import (
	"slices"

	"coachdesk/domain"
	"coachdesk/ui/screen"
)

// tabKeys are the keys that turn to another tab: on a board and a calendar the arrows
// do something else.
func (s *Participant) tabKeys(always string, more ...string) []string {
	if s.tab == screen.Plan && (s.look.view == board || s.look.view == onCalendar) {
		return []string{always}
	}
	return append([]string{always}, more...)
}

// role closes what the role of who works here may not do.
func (s *Participant) role(e domain.Event) func() string {
	return func() string { return domain.WhyNotDo(s.world.Desk.Who().Role, e) }
}

func (s *Participant) planActions() []screen.Action {
	step := s.only(aStep, "Choose a step first.")
	empty := func() string {
		if s.p.Plan.Empty() {
			return "There is no plan yet. Press G to set a goal, or a to add a step."
		}
		return ""
	}
	all := []screen.Action{
		{Keys: []string{"x", "space"}, Name: "Tick the step as done, or open it again; a step of others: chase it; a goal: achieved", Short: "tick", Do: s.tick, Not: s.whyNotTick},
		{Keys: []string{"a"}, Name: "Add a step", Short: "add", Do: s.addStep},
		{Keys: []string{"t"}, Name: "Another date for the step, or what it waits for; a target for the goal", Short: "re-date", Do: s.redate, Not: s.only2(aStep, aGoal, "Choose a step or a goal first.")},
		{Keys: []string{"v"}, Name: "Look at the plan another way: by goal, by barrier, board, calendar", Short: "view", Do: s.turnView, Not: empty},
		{Keys: []string{"W"}, Name: "Another owner for the step", Do: s.reassign, Not: step},
		{Keys: []string{"i"}, Name: "The step is being done", Do: s.doing, Not: step},
		{Keys: []string{"="}, Name: "What came of the step: worked, partly, no", Do: s.cameOfIt, Not: step},
		{Keys: []string{"#"}, Name: "The barrier that the step answers", Do: s.answersBarrier, Not: step},
		{Keys: []string{"L"}, Name: "The goal that the step serves", Do: s.servesGoal, Not: step},
		{Keys: []string{"D"}, Name: "Drop the step, or put the goal aside, with a reason", Do: s.drop, Not: s.only2(aStep, aGoal, "Choose a step or a goal first.")},
		{Keys: []string{"G"}, Name: "Set a goal, with a target", Do: s.addGoal, Not: s.role(domain.GoalSet{})},
		{Keys: []string{"T"}, Name: "What often helps with the barrier: steps to choose from", Short: "what helps", Do: s.offer, Not: s.noBarrier},
		{Keys: []string{"y"}, Name: "The person says yes to the plan: a version is agreed", Short: "agree", Do: s.agree, Not: empty},
		{Keys: []string{"V"}, Name: "Versions of the plan, and what changed", Do: s.turnVersions, Not: empty},
		{Keys: []string{"w"}, Name: "Why the next review is then", Do: s.whyReview, Not: empty},
		{Keys: []string{"R"}, Name: "The plan was reviewed together", Short: "review", Do: s.review, Not: empty},
		{Keys: []string{"Z"}, Name: "New dates for all open steps after an absence", Do: s.redateAll, Not: s.nothingDated},
	}
	switch s.look.view {
	case board:
		all = append(
			all,
			screen.Action{Keys: []string{"right", "l"}, Name: "The next lane of the board", Do: s.beside(1)},
			screen.Action{Keys: []string{"left"}, Name: "The lane before", Do: s.beside(-1)},
		)
	case onCalendar:
		all = append(
			all,
			screen.Action{Keys: []string{"right", "l"}, Name: "Later on the calendar", Do: s.scrollDays(1)},
			screen.Action{Keys: []string{"left"}, Name: "Earlier on the calendar", Do: s.scrollDays(-1)},
			screen.Action{Keys: []string{"+"}, Name: "Nearer: weeks, days", Do: s.zoom(-1)},
			screen.Action{Keys: []string{"-"}, Name: "Further: weeks, months", Do: s.zoom(1)},
		)
	case versions:
		all = append(all, screen.Action{Keys: []string{"esc"}, Name: "Back to the plan as it stands", Do: s.turnVersions})
	case byGoal, byBarrier, planViews:
	}
	return all
}

func (s *Participant) again() screen.Effect {
	under := s.chosen()
	s.build()
	s.follow(under)
	return nil
}

func (s *Participant) turnView() screen.Effect {
	s.look.view++
	if s.look.view >= planViews {
		s.look.view = byGoal
	}
	s.top = 0
	return s.again()
}

func (s *Participant) turnVersions() screen.Effect {
	if s.look.view == versions {
		s.look.view = byGoal
	} else {
		s.look.view = versions
	}
	s.top, s.win.At = 0, 0
	return s.again()
}

func (s *Participant) whyReview() screen.Effect {
	s.look.why = !s.look.why
	return s.again()
}

func (s *Participant) scrollDays(by int) func() screen.Effect {
	return func() screen.Effect {
		s.look.shift += by * zooms[s.look.zoom].step
		return s.again()
	}
}

func (s *Participant) zoom(by int) func() screen.Effect {
	return func() screen.Effect {
		s.look.zoom = max(0, min(s.look.zoom+by, len(zooms)-1))
		return s.again()
	}
}

func (s *Participant) nothingDated() string {
	if !slices.ContainsFunc(s.p.Plan.Steps, func(st domain.Step) bool { return st.Open() && !st.Due.IsZero() }) {
		return "No open step has a date: nothing is to be moved."
	}
	return ""
}

// barrierUnder is the barrier that the cursor is at, or else the newest that no step
// answers: the one that was just noted.
func (s *Participant) barrierUnder() domain.ID {
	e := s.chosen()
	if e.kind == aBarrier {
		return e.id
	}
	if e.kind == aStep && s.look.view == byBarrier {
		if b := s.step(e.id).Barrier; !b.IsZero() {
			return b
		}
	}
	for _, b := range slices.Backward(s.p.Barriers) {
		if !b.Resolved && !slices.ContainsFunc(s.p.Plan.Steps, func(st domain.Step) bool { return st.Barrier == b.ID }) {
			return b.ID
		}
	}
	return domain.ID{}
}

func (s *Participant) noBarrier() string {
	if s.barrierUnder().IsZero() {
		return "Choose a barrier first, or press B to note one."
	}
	return ""
}

// offer shows what often helps with the barrier, or asks for a step where nothing fits.
func (s *Participant) offer() screen.Effect {
	id := s.barrierUnder()
	for _, b := range s.p.Barriers {
		if b.ID != id {
			continue
		}
		if _, ok := s.queue.Planning.TemplateFor(b.Text); ok {
			return screen.Go{To: screen.Template{Participant: s.id, Barrier: id}}
		}
		return s.askStep("No template fits. What could help with “"+s.private(b.Scope, b.Text)+"”?", "", domain.AddStep{Participant: s.id, Barrier: id})
	}
	return nil
}

func (s *Participant) whyNotTick() string {
	e := s.chosen()
	switch {
	case e.kind == aStep && s.step(e.id).Status == domain.StepDropped:
		return "" // it is opened again
	case e.kind != aStep && e.kind != aGoal && e.kind != aBarrier:
		return "Choose a step, a goal or a barrier first."
	case e.kind == aBarrier && s.p.BarrierGone(e.id):
		return "That barrier no longer stands in the way. B notes it again if it came back."
	}
	return ""
}

// tick says that what the cursor is on is done, or opens a done step again. A step of
// others is chased.
func (s *Participant) tick() screen.Effect {
	e, id := s.chosen(), s.id
	switch e.kind {
	case aPromise:
		return do(domain.SettlePromise{Participant: s.id, Promise: e.id, Status: domain.PromiseKept})
	case aConcern:
		return s.acknowledge(e.id)
	case aSignpost:
		return s.tellSignpost(e.id)
	case aReferral:
		return s.settled()
	case aGoal:
		if g := s.goal(e.id); g.Status != domain.GoalActive {
			return do(domain.CloseGoal{Participant: s.id, Goal: e.id, Status: domain.GoalActive})
		}
		return screen.Prompt{Title: "The goal is achieved. What came of it, in their own words?", Hint: "their words, or nothing", Then: func(v string) screen.Effect {
			return do(domain.CloseGoal{Participant: id, Goal: e.id, Status: domain.GoalAchieved, Outcome: v})
		}}
	case aStep:
		st := s.step(e.id)
		status := domain.StepDone
		if !st.Open() {
			status = domain.StepNotStarted
		} else if st.WhyNotTick(s.world.Desk.Who().Role) != "" {
			return s.chase(st)
		}
		return do(domain.ChangeStep{Participant: s.id, Step: e.id, Status: &status})
	case aBarrier:
		return screen.Prompt{Title: "The barrier is gone. What helped?", Hint: "a few words, or nothing", Then: func(v string) screen.Effect {
			return do(domain.ResolveBarrier{Participant: id, Barrier: e.id, Result: v})
		}}
	default:
		return nil
	}
}

// chase asks what came of asking somebody outside about a step of theirs.
func (s *Participant) chase(st domain.Step) screen.Effect {
	id := s.id
	words := func(how domain.ConsentHow, answer domain.ChaseAnswer, title string) screen.Effect {
		return screen.Prompt{Title: title, Hint: "a few words, or nothing", Then: func(v string) screen.Effect {
			return do(domain.ChaseStep{Participant: id, Step: st.ID, How: how, Answer: answer, Comment: v})
		}}
	}
	asked := func(how domain.ConsentHow) screen.Effect {
		return words(how, domain.ChaseAsked, "Chased today, "+string(how)+". What did they say?")
	}
	note := "A step of others is chased, not ticked: it is done when they say so."
	if c := st.LastChase(); !c.On.IsZero() {
		note = "Last chased " + c.On.Short(s.today()) + ", " + c.On.Distance(s.today()) + ": " + string(c.Answer) + ". " + note
	}
	return screen.Choose{Title: "This step is for " + s.called(st.Owner) + ". What is known?", Note: note, Choices: []screen.Choice{
		{Key: "d", Label: "they say it is done", Then: words("", domain.ChaseSaysDone, "They say it is done. What came of it?")},
		{Key: "n", Label: "no answer", Then: words("", domain.ChaseSilent, "No answer. What was tried?")},
		{Key: "p", Label: "chased today, by phone", Then: asked(domain.ByPhone)},
		{Key: "w", Label: "chased today, in writing", Then: asked(domain.InWriting)},
		{Key: "o", Label: "chased today, online", Then: asked(domain.Online)},
		{Key: "f", Label: "chased today, face to face", Then: asked(domain.FaceToFace)},
	}}
}
