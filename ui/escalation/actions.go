package escalation

import (
	"slices"

	"coachdesk/domain"
	"coachdesk/ui/screen"
)

// Actions implements screen.Screen.
func (s *Queue) Actions() []screen.Action {
	mine := []screen.Action{
		{Keys: []string{"enter"}, Name: "Open the record", Short: "open", Not: s.nothing, Do: func() screen.Effect {
			return screen.Go{To: screen.Participant{ID: s.line().who, Tab: screen.Questions}}
		}},
	}
	if s.adviser() {
		mine = append(mine, s.advising()...)
	} else {
		mine = append(mine,
			screen.Action{Keys: []string{"w"}, Name: "Why this date: the sum behind the clock", Short: "why", Not: s.nothing, Do: s.why},
			screen.Action{Keys: []string{"Z"}, Name: "The time ran out: ask again, more widely, or close", Short: "time ran out", Not: s.notLate, Do: s.askAgain},
			screen.Action{Keys: []string{"a"}, Name: "As the adviser: accept", Not: s.notAdviser, Do: s.accept},
		)
	}
	return append(append(mine,
		screen.Action{Keys: []string{"Y"}, Name: "The person was told which kind of help there will be", Short: "told", Not: s.nothing, Do: s.tell},
		screen.Action{Keys: []string{"N"}, Name: "Say something about it", Not: s.nothing, Do: s.write(screen.ReplySay)},
		screen.Action{Keys: []string{"v"}, Name: "All kinds, or one kind only", Short: "kinds", Do: s.nextKind},
	), screen.Everywhere()...)
}

// advising are an adviser's actions on what is under the cursor.
func (s *Queue) advising() []screen.Action {
	in := s.inState
	asked, accepted, agreed := domain.EscalationAsked, domain.EscalationAccepted, domain.EscalationAgreed
	return []screen.Action{
		{Keys: []string{"a"}, Name: "Accept: I will deal with it", Short: "accept", Not: in(asked), Do: s.accept},
		{Keys: []string{"n"}, Name: "Write the answer", Short: "answer", Not: s.forAdvice, Do: s.write(screen.ReplyAnswer)},
		{Keys: []string{"c"}, Name: "Answer with an advice card", Short: "card", Not: s.forAdvice, Do: func() screen.Effect {
			return screen.Go{To: screen.Cards{Participant: s.line().who, Escalation: s.line().ask.ID}}
		}},
		{Keys: []string{"r"}, Name: "Return: I need more to answer", Short: "return", Not: in(asked, accepted, agreed), Do: s.write(screen.ReplyReturn)},
		{Keys: []string{"m"}, Name: "A meeting of three: times free in both diaries", Short: "meet", Not: s.notMeet, Do: s.whole(func(p domain.Participant, e domain.Escalation) screen.Effect {
			return screen.OfferMeeting(s.world, p, e)
		})},
		{Keys: []string{"d"}, Name: "Take on direct support", Short: "direct", Not: in(asked, accepted, agreed), Do: s.whole(func(p domain.Participant, e domain.Escalation) screen.Effect {
			return screen.TakeOn(p, e, s.q.Today)
		})},
		{Keys: []string{"s"}, Name: "Record a session of direct support, or the meeting held", Short: "session", Not: s.noSession, Do: func() screen.Effect {
			l := s.line()
			return screen.Go{To: screen.Session{Participant: l.who, Kind: l.ask.For.Session(), Escalation: l.ask.ID}}
		}},
		{Keys: []string{"R"}, Name: "Review direct support: what changed", Short: "review", Not: in(domain.EscalationActive), Do: s.write(screen.ReplyReview)},
		{Keys: []string{"b"}, Name: "Hand back with the coach's next step", Short: "hand back", Not: in(domain.EscalationActive), Do: s.write(screen.ReplyHandBack)},
		{Keys: []string{"t"}, Name: "Turn it into another kind of help, and say why", Short: "turn", Not: in(asked, accepted, agreed), Do: s.turn},
		{Keys: []string{"w"}, Name: "Why this date: the sum behind the clock", Not: s.nothing, Do: s.why},
	}
}

func (s *Queue) nothing() string {
	if len(s.lines) == 0 {
		return "No escalation waits here."
	}
	return ""
}

func (s *Queue) notAdviser() string {
	if why := s.nothing(); why != "" {
		return why
	}
	return domain.WhyNotDo(s.world.Desk.Who().Role, domain.Accepted{}) + " g w works as somebody else."
}

// nextKeys say what an adviser can do with a question instead, by its state and kind.
func nextKeys(now domain.EscalationState, k domain.EscalationKind) string {
	if now == domain.EscalationAccepted {
		return map[domain.EscalationKind]string{
			domain.KindAdvice:   "n answers it, c answers it with a card",
			domain.KindThreeWay: "m books the meeting",
			domain.KindDirect:   "d begins direct support when they want it",
		}[k]
	}
	return map[domain.EscalationState]string{
		domain.EscalationAsked:  "a accepts it, r returns it",
		domain.EscalationAgreed: "d begins direct support",
		domain.EscalationBooked: "s records the meeting when it was held",
		domain.EscalationActive: "s records a session, R reviews it, b hands it back",
	}[now]
}

// inState closes a key unless the question is in one of some states.
func (s *Queue) inState(states ...domain.EscalationState) func() string {
	return func() string {
		if why := s.nothing(); why != "" {
			return why
		}
		if now := s.line().ask.State; !slices.Contains(states, now) {
			return "This one is " + string(now) + ": " + nextKeys(now, s.line().ask.For) + "."
		}
		return ""
	}
}

func (s *Queue) forAdvice() string {
	if why := s.inState(domain.EscalationAsked, domain.EscalationAccepted)(); why != "" {
		return why
	}
	if k := s.line().ask.For; k != domain.KindAdvice {
		return "The coach asked for " + k.String() + ". Press t to turn it into advice first."
	}
	return ""
}

func (s *Queue) notMeet() string {
	if why := s.nothing(); why != "" {
		return why
	}
	return screen.WhyNotMeet(s.line().e)
}

func (s *Queue) noSession() string {
	if why := s.nothing(); why != "" {
		return why
	}
	switch a := s.line().ask; {
	case a.State == domain.EscalationActive, a.For == domain.KindThreeWay && a.State != domain.EscalationAsked:
		return ""
	}
	return "A session belongs to direct support that has begun, or to a meeting of three."
}

func (s *Queue) notLate() string {
	if why := s.nothing(); why != "" {
		return why
	}
	if no := domain.WhyNotDo(s.world.Desk.Who().Role, domain.AskedAgain{}); no != "" {
		return no
	}
	l := s.line()
	return l.e.CameBack(s.q.Today, s.q.Rules.Waits(), l.cal)
}

func (s *Queue) accept() screen.Effect {
	return screen.Do{Commands: []domain.Command{domain.Accept{Participant: s.line().who, Escalation: s.line().ask.ID}}}
}

func (s *Queue) write(what screen.Reply) func() screen.Effect {
	return func() screen.Effect {
		return screen.Go{To: screen.Answer{Participant: s.line().who, Escalation: s.line().ask.ID, What: what}}
	}
}

// whole reads the record behind a line before something is asked about it.
func (s *Queue) whole(then func(domain.Participant, domain.Escalation) screen.Effect) func() screen.Effect {
	return func() screen.Effect {
		l := s.line()
		p, err := s.world.Desk.Participant(l.who)
		if err != nil {
			return screen.Say{Text: err.Error()}
		}
		for _, e := range p.Escalations {
			if e.ID == l.ask.ID {
				return then(p, e)
			}
		}
		return screen.Say{Text: "That escalation is not on the record any more."}
	}
}

func (s *Queue) why() screen.Effect { return screen.WhyDue(s.q, s.line().e, s.line().cal) }

func (s *Queue) askAgain() screen.Effect {
	return screen.AskAgain(s.line().who, s.line().ask.ID)
}

func (s *Queue) tell() screen.Effect { return screen.TellPerson(s.line().who, s.line().e) }

func (s *Queue) nextKind() screen.Effect {
	s.only = (s.only + 1) % filter(len(domain.EscalationKinds)+1)
	if err := s.Read(); err != nil {
		return screen.Say{Text: err.Error()}
	}
	return nil
}

func (s *Queue) turn() screen.Effect {
	l := s.line()
	var each []screen.Choice
	for i, k := range domain.EscalationKinds {
		if k == l.ask.For {
			continue
		}
		each = append(each, screen.Choice{Key: string(rune('1' + i)), Label: k.String(), Then: screen.Prompt{
			Title: "Why " + k.String() + "? The coach reads it.", Hint: "a few words", Echo: screen.NeedsWords,
			Then: func(v string) screen.Effect {
				return screen.Do{Commands: []domain.Command{domain.TurnInto{Participant: l.who, Escalation: l.ask.ID, Kind: k, Reason: v}}}
			},
		}})
	}
	return screen.Choose{Title: "They asked for " + l.ask.For.String() + ". Turn it into:", Choices: each}
}
