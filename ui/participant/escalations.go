package participant

import (
	"fmt"
	"slices"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/ui/screen"
)

// questions are the escalations, those that live first.
func (s *Participant) questions() {
	t := s.world.Theme
	list := slices.Clone(s.p.Escalations)
	slices.SortStableFunc(list, func(a, b domain.Escalation) int {
		if a.Live() != b.Live() {
			if a.Live() {
				return -1
			}
			return 1
		}
		return int(b.Drafted - a.Drafted)
	})
	if len(list) == 0 {
		s.put(entry{kind: plain, lines: []string{"Nothing was asked yet. Press e to ask the adviser."}, ink: t.Muted})
	}
	for _, e := range list {
		en := entry{kind: aQuestion, id: e.ID}
		if !e.Live() {
			en.ink = t.Muted
		}
		s.say(en, "? "+s.private(e.Scope, e.Question)+"\n"+s.state(e)+s.help(e))
		s.thread(e)
		s.put(entry{kind: plain, lines: []string{""}})
	}
}

// state says the kind, where it stands with a sign, and how its clock runs.
func (s *Participant) state(e domain.Escalation) string {
	t, cal, w := s.world.Theme, s.queue.CalendarOf(s.row), s.queue.Rules.Waits()
	sign := t.Glyphs.Calm
	text := e.Kind.String() + ", " + string(e.State)
	switch {
	case e.State == domain.EscalationDraft:
		sign, text = t.Glyphs.Open, "draft, not sent: enter completes and sends it"
	case !e.Live():
		sign = t.Glyphs.Done
	case !e.Open():
		sign = t.Glyphs.Due // the coach's turn
	}
	if e.State == domain.EscalationAsked && !e.Asked.IsZero() {
		text = e.Kind.String() + ", asked " + e.Asked.Short(s.today())
	} else if !e.Asked.IsZero() {
		text += ", asked " + e.Asked.Short(s.today())
	}
	if e.Times > 1 {
		text += fmt.Sprintf(", %d times", e.Times)
	}
	if d := e.Due(w, cal); !d.IsZero() {
		text += ", by " + s.due(d)
		if e.Expired(s.today(), w, cal) {
			sign = t.Glyphs.Urgent
			text += ": late"
			if e.CameBack(s.today(), w, cal) == "" {
				text += ". Z asks again, asks more widely, or closes it"
			}
		}
	}
	if e.Result != "" {
		text += ": " + string(e.Result)
	}
	if e.Reason != "" {
		text += " (" + e.Reason + ")"
	}
	return sign + " " + text
}

// help is what happens beyond advice: the meeting, the agreement, who was told.
func (s *Participant) help(e domain.Escalation) string {
	var out string
	if about := s.p.About(e); len(about) > 0 {
		out += "\nabout " + clean.Line(strings.Join(about, "  "), 300)
	}
	if a := e.Agreement(); !a.ID.IsZero() {
		word := "does not want it"
		if a.Yes {
			word = "agreed"
		}
		out += fmt.Sprintf("\nThe person %s: %s, said by the %s, %s", word, a.On.Short(s.today()), a.Giver, a.How)
	} else if e.Kind == domain.KindDirect && e.Open() {
		out += "\nNobody has written down whether they want it: press d"
	}
	for _, a := range s.p.Appointments {
		if a.ID == e.Appointment && !a.ID.IsZero() {
			out += "\nMeeting: " + s.due(a.Day)
			if a.Minute >= 0 {
				out += ", " + calendar.Clock(a.Minute)
			}
		}
	}
	if told := e.ToldNow(); !told.On.IsZero() {
		out += fmt.Sprintf("\nThe person was told: %s, %s", told.On.Short(s.today()), told.How)
	} else if e.MustBeTold() {
		out += "\nThe person was not told yet: press Y"
	}
	if e.Both {
		out += "\nIt was withdrawn and answered at the same time: both are kept."
	}
	return out
}

// thread is the talk about a question, each turn under the one before; what the first
// line says already is left out.
func (s *Participant) thread(e domain.Escalation) {
	t := s.world.Theme
	for i, en := range e.Thread {
		if i == 0 && en.Text == e.Question && en.Met == "" {
			continue
		}
		who := clean.Line(s.world.Desk.Office().Named(en.By).Name, 40)
		text := fmt.Sprintf("  %s %s, %s, %s", t.Glyphs.Sep, en.What, who, en.On.Short(s.today()))
		ink := t.Muted
		if en.Met != "" {
			text += " (it was " + string(en.Met) + " already: both are kept)"
		}
		if en.Text != "" && (en.Text != e.Question || en.Met != "") { // the first line says it already
			ink = t.Text
			text += ":\n    " + strings.ReplaceAll(s.private(en.Scope, en.Text), "\n", "\n    ")
		}
		s.say(entry{kind: plain, ink: ink}, text)
	}
}

// escalation is the one under the cursor; zero when there is none.
func (s *Participant) escalation() domain.Escalation {
	id := s.chosen().id
	for _, e := range s.p.Escalations {
		if e.ID == id && s.chosen().kind == aQuestion {
			return e
		}
	}
	return domain.Escalation{}
}

// inState closes a key unless the question is in one of some states.
func (s *Participant) inState(why string, states ...domain.EscalationState) func() string {
	return func() string {
		e := s.escalation()
		switch {
		case e.ID.IsZero():
			return "There is no escalation here yet."
		case slices.Contains(states, e.State):
			return ""
		}
		return why + " This one is " + string(e.State) + "."
	}
}

// also closes a key for a second reason.
func also(first, second func() string) func() string {
	return func() string {
		if why := first(); why != "" {
			return why
		}
		return second()
	}
}

func (s *Participant) questionActions() []screen.Action {
	state, question := s.inState, s.only(aQuestion, "There is no escalation here yet.")
	may := func(e domain.Event) func() string {
		return func() string { return domain.WhyNotDo(s.world.Desk.Who().Role, e) }
	}
	answered := state("There is no answer yet.", domain.EscalationAnswered, domain.EscalationTried, domain.EscalationClosed)
	live := func() string {
		if !s.escalation().Live() {
			return "It has ended already."
		}
		return ""
	}
	return []screen.Action{
		{Keys: []string{"enter"}, Name: "Complete and send a draft, or one that came back", Short: "send", Do: s.send, Not: state("Only a draft, or what was returned or declined, is sent.", domain.EscalationDraft, domain.EscalationReturned, domain.EscalationDeclined)},
		{Keys: []string{"a"}, Name: "Add the answer to the plan: each suggestion becomes a step", Short: "add to plan", Do: s.take, Not: answered},
		{Keys: []string{"x"}, Name: "Say whether the advice worked", Short: "tried", Do: s.result, Not: state("There is no answer to try yet.", domain.EscalationAnswered, domain.EscalationTried)},
		{Keys: []string{"w"}, Name: "Why this date: the sum behind the clock", Short: "why", Not: question, Do: func() screen.Effect { return screen.WhyDue(s.queue, s.escalation(), s.queue.CalendarOf(s.row)) }},
		{Keys: []string{"Z"}, Name: "The time ran out: ask again, more widely, or close", Short: "time ran out", Do: func() screen.Effect { return screen.AskAgain(s.id, s.escalation().ID) }, Not: also(also(question, may(domain.AskedAgain{})), s.notLate)},
		{Keys: []string{"N"}, Name: "Say something about it", Short: "say", Not: also(question, s.notSay), Do: func() screen.Effect {
			return screen.Go{To: screen.Answer{Participant: s.id, Escalation: s.escalation().ID, What: screen.ReplySay}}
		}},
		{Keys: []string{"Y"}, Name: "The person was told which kind of help there will be", Not: also(question, live), Do: func() screen.Effect { return screen.TellPerson(s.id, s.escalation()) }},
		{Keys: []string{"d"}, Name: "What the person said to direct support", Short: "agreement", Not: also(question, s.notDirect), Do: func() screen.Effect { return screen.Agreement(s.id, s.escalation().ID) }},
		{Keys: []string{"M"}, Name: "Book the meeting of three: times free in both diaries", Short: "meet", Not: also(question, s.notMeet), Do: func() screen.Effect { return screen.OfferMeeting(s.world, s.p, s.escalation()) }},
		{Keys: []string{"S"}, Name: "Record the meeting held, or a session of direct support", Short: "record", Not: also(question, s.notSession), Do: func() screen.Effect {
			e := s.escalation()
			return screen.Go{To: screen.Session{Participant: s.id, Kind: e.Kind.Session(), Escalation: e.ID}}
		}},
		{Keys: []string{"K"}, Name: "Keep the answer as an advice card for others", Not: answered, Do: func() screen.Effect {
			return screen.Go{To: screen.CardForm{Participant: s.id, Escalation: s.escalation().ID}}
		}},
		{Keys: []string{"D"}, Name: "Withdraw or close the escalation", Do: s.end, Not: also(question, func() string {
			if e := s.escalation(); e.State == domain.EscalationClosed || e.State == domain.EscalationWithdrawn {
				return "It has ended already."
			}
			return ""
		})},
	}
}

func (s *Participant) notLate() string {
	return s.escalation().CameBack(s.today(), s.queue.Rules.Waits(), s.queue.CalendarOf(s.row))
}

func (s *Participant) notSay() string {
	switch s.escalation().State {
	case domain.EscalationDraft:
		return "It is not sent yet. Write it into the question: enter."
	case domain.EscalationClosed, domain.EscalationWithdrawn:
		return "It has ended already. Press e to ask anew."
	default:
		return ""
	}
}

func (s *Participant) notDirect() string {
	switch e := s.escalation(); {
	case e.Kind != domain.KindDirect:
		return "Only direct support needs their agreement. This one asks for " + e.Kind.String() + "."
	case !e.Live() || e.State == domain.EscalationHandedBack:
		return "It has ended already."
	}
	return ""
}

func (s *Participant) notMeet() string {
	e := s.escalation()
	if e.Kind != domain.KindThreeWay || e.State == domain.EscalationAsked {
		return "The adviser accepts an escalation for a meeting of three first."
	}
	return screen.WhyNotMeet(e)
}

func (s *Participant) notSession() string {
	switch e := s.escalation(); {
	case e.State == domain.EscalationActive, e.Kind == domain.KindThreeWay && e.Live() && e.State != domain.EscalationAsked:
		return ""
	}
	return "A session belongs to direct support that has begun, or to a meeting of three. s records an ordinary one."
}

func (s *Participant) send() screen.Effect {
	return screen.Go{To: screen.Ask{Participant: s.id, Escalation: s.chosen().id}}
}

// take turns every suggestion of an answer into a step of the plan, which keeps where
// it came from.
func (s *Participant) take() screen.Effect {
	return do(domain.TakeAnswer{Participant: s.id, Escalation: s.chosen().id})
}

func (s *Participant) result() screen.Effect {
	from := s.chosen().id
	keys := map[domain.TriedResult]string{domain.ResultWorked: "w", domain.ResultPartly: "p", domain.ResultNo: "n", domain.ResultNotTried: "x"}
	var all []screen.Choice
	for _, r := range domain.TriedResults {
		all = append(all, screen.Choice{Key: keys[r], Label: string(r), Then: do(domain.TellResult{Participant: s.id, Escalation: from, Result: r})})
	}
	return screen.Choose{Title: "Did the advice work?", Choices: all}
}

func (s *Participant) end() screen.Effect {
	id, from := s.id, s.chosen().id
	return screen.Prompt{Title: "Withdraw or close the escalation: why?", Hint: "a few words, or nothing", Then: func(v string) screen.Effect {
		return do(domain.EndEscalation{Participant: id, Escalation: from, Reason: v})
	}}
}
