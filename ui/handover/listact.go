package handover

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/ui/screen"
)

// Actions implements screen.Screen.
func (s *List) Actions() []screen.Action {
	mine := []screen.Action{
		{Keys: []string{"enter"}, Name: "Open the record", Short: "open", Not: s.nothing, Do: func() screen.Effect {
			return screen.Go{To: screen.Participant{ID: s.line().who}}
		}},
	}
	in := []screen.Action{
		{Keys: []string{"t"}, Name: "Taken: I look after this", Short: "taken", Not: s.notAnswer, Do: s.answer(domain.HandoverTaken)},
		{Keys: []string{"q"}, Name: "A question about it first", Short: "question", Not: s.notAnswer, Do: s.answer(domain.HandoverAsked)},
		{Keys: []string{"n"}, Name: "Not mine, and why", Short: "not mine", Not: s.notAnswer, Do: s.answer(domain.HandoverNotMine)},
		{Keys: []string{"T"}, Name: "Take everything of this person that is not answered", Short: "take all", Not: s.notAll, Do: s.takeAll},
	}
	out := []screen.Action{
		{Keys: []string{"y"}, Name: "Answer what they asked", Short: "answer", Not: s.notReply, Do: s.reply},
		{Keys: []string{"U"}, Name: "Call it back, while nothing of it is taken", Short: "call back", Not: s.notRecall, Do: s.recall},
		{Keys: []string{"B"}, Name: "Take back: first what happened while I was away", Short: "take back", Not: s.notBack, Do: func() screen.Effect { return screen.Go{To: screen.TakeBack{}} }},
	}
	switch s.only {
	case inbox:
		mine = append(append(mine, in...), screen.Action{Keys: []string{"B"}, Name: "Hand it back to whoever it came from", Not: s.notHandBack, Do: s.handBack})
	case outbox:
		mine = append(mine, out...)
	case over, shelves:
	}
	mine = append(mine,
		screen.Action{Keys: []string{"v"}, Name: "Read what was written with it", Short: "read", Not: s.nothing, Do: s.read},
		screen.Action{Keys: []string{"o"}, Name: "Open a file that came from another desk", Short: "open a file", Do: func() screen.Effect { return screen.Go{To: screen.Bundle{}} }},
		screen.Action{Keys: []string{"W"}, Name: "Write what is new for somebody at another desk into a sealed file", Short: "write", Do: s.write},
		screen.Action{Keys: []string{"u"}, Name: "Undo the last thing that you did with these handovers, for everybody whom it was about", Do: s.undo, Not: s.nothingDone},
		screen.Action{Keys: []string{"tab", "right", "l"}, Name: "To me, from me, over", Do: s.turn(1)},
		screen.Action{Keys: []string{"shift+tab", "left"}, Name: "The list before", Do: s.turn(-1)},
	)
	return append(mine, screen.Everywhere()...)
}

func (s *List) nothing() string {
	if len(s.lines) == 0 {
		return "Nothing is in this list. h on a record hands it over; o opens a file that came."
	}
	return ""
}

func (s *List) notAnswer() string {
	switch l := s.line(); {
	case s.nothing() != "":
		return s.nothing()
	case l.whole.WhyNotAnswer(s.world.Desk.Who().ID) != "":
		return l.whole.WhyNotAnswer(s.world.Desk.Who().ID)
	case l.item >= 0 && (l.answer() == domain.HandoverTaken || l.answer() == domain.HandoverNotMine):
		return "That is answered: " + string(l.answer()) + "."
	}
	return ""
}

func (s *List) notAll() string {
	if why := s.nothing(); why != "" {
		return why
	}
	return s.line().whole.WhyNotAnswer(s.world.Desk.Who().ID)
}

// answer says to the item under the cursor, or to all that are open of a handover, what
// becomes of it. A question and a no want words.
func (s *List) answer(a domain.HandoverAnswer) func() screen.Effect {
	return func() screen.Effect {
		l := s.line()
		say := func(words string) screen.Effect {
			return s.do(domain.AnswerHandover{Participant: l.who, Handover: l.h.ID, Items: l.of(), Answer: a, Words: words}, l)
		}
		switch a {
		case domain.HandoverAsked:
			return screen.Prompt{Title: "What do you want to know? " + s.sender(l) + " reads it", Hint: "a few words", Echo: screen.NeedsWords, Then: say}
		case domain.HandoverNotMine:
			return screen.Prompt{Title: "Why is it not yours? " + s.sender(l) + " reads it", Hint: "a few words", Echo: screen.NeedsWords, Then: say}
		case domain.HandoverTaken:
		}
		return say("")
	}
}

func (s *List) sender(l line) string {
	return clean.Line(s.world.Desk.Office().Named(l.h.By).Name, 60)
}

// do submits an answer. When it was the last that somebody of another desk waited for,
// writing the answers is offered.
func (s *List) do(c domain.Command, l line) screen.Effect {
	return screen.Do{Commands: []domain.Command{c}, After: func(domain.Receipt) screen.Effect {
		to := screen.Receiver{}
		for _, r := range screen.Receivers(s.world.Desk, "") {
			if r.ID == l.h.By && r.Away() {
				to = r
			}
		}
		waits := slices.ContainsFunc(s.lines, func(o line) bool { return o.h.By == l.h.By && o.h.State == domain.HandoverIsOpen })
		if to.ID.IsZero() || waits {
			return nil
		}
		return screen.Choose{
			Title: "Everything from " + clean.Line(to.Name, 60) + " is answered. Write the answers into a file for them?",
			Note:  "coachdesk sends nothing itself: you send the file.",
			Choices: []screen.Choice{
				{Key: "y", Label: "yes, write the answers", Then: writeBundle(s.world.Desk, to)},
				{Key: "n", Label: "later: W writes them"},
			},
		}
	}}
}

// takeAll takes everything of this person that nobody answered yet.
func (s *List) takeAll() screen.Effect {
	l := s.line()
	return s.do(domain.AnswerHandover{Participant: l.who, Handover: l.h.ID, Answer: domain.HandoverTaken}, l)
}

func (s *List) me() (domain.ID, domain.Role) {
	w := s.world.Desk.Who()
	return w.ID, w.Role
}

func (s *List) notReply() string {
	if why := s.nothing(); why != "" {
		return why
	}
	return s.line().whole.WhyNotReply(s.me())
}

// reply answers the question under the cursor, or the first there is.
func (s *List) reply() screen.Effect {
	l := s.line()
	at := l.item
	if at < 0 || l.answer() != domain.HandoverAsked {
		at = slices.IndexFunc(l.whole.Items, func(i domain.HandoverItem) bool { return i.Answer == domain.HandoverAsked })
	}
	if at < 0 {
		return nil
	}
	it := l.whole.Items[at]
	return screen.Prompt{
		Title: "They ask: " + clean.Line(it.Words, 300), Hint: "your answer; the item is open again then", Echo: screen.NeedsWords,
		Then: func(v string) screen.Effect {
			return screen.Do{Commands: []domain.Command{domain.ReplyHandover{Participant: l.who, Handover: l.h.ID, Item: it.ID, Words: v}}}
		},
	}
}

func (s *List) notRecall() string {
	if why := s.nothing(); why != "" {
		return why
	}
	return s.line().whole.WhyNotRecall(s.me())
}

func (s *List) recall() screen.Effect {
	l := s.line()
	return screen.Do{Commands: []domain.Command{domain.RecallHandover{Participant: l.who, Handover: l.h.ID}}}
}

func (s *List) notBack() string {
	if why := s.nothing(); why != "" {
		return why
	}
	if slices.ContainsFunc(s.lines, func(l line) bool { return l.whole.WhyNotEnd(s.me()) == "" }) {
		return ""
	}
	return s.line().whole.WhyNotEnd(s.me())
}

func (s *List) notHandBack() string {
	if why := s.nothing(); why != "" {
		return why
	}
	return s.line().whole.WhyNotEnd(s.me())
}

// handBack gives what was taken back to whoever it came from.
func (s *List) handBack() screen.Effect {
	l := s.line()
	return screen.Choose{Title: "Hand " + clean.Line(l.name, 40) + " back to " + s.sender(l) + "?", Choices: []screen.Choice{
		{Key: "n", Label: "no, keep it"},
		{Key: "y", Label: "yes, hand it back", Then: s.do(domain.EndHandover{Participant: l.who, Handover: l.h.ID}, l)},
	}}
}

// read shows what was written with the handover, and what was said about it since.
func (s *List) read() screen.Effect {
	l := s.line()
	return screen.Go{To: screen.HandoverPage{Participant: l.who, Handover: l.h.ID}}
}

// write asks for whom, and writes what is new for them.
func (s *List) write() screen.Effect {
	var all []screen.Choice
	for _, r := range screen.Receivers(s.world.Desk, "") {
		if r.Away() {
			all = append(all, screen.Choice{Key: fmt.Sprint(len(all) + 1), Label: r.Says(), Then: writeBundle(s.world.Desk, r)})
		}
	}
	if len(all) == 0 {
		return screen.Say{Text: "Nobody of another desk is in the address book: g b adds them from the card that they send you."}
	}
	return screen.Choose{Title: "Write what is new for whom?", Note: "Offers, answers, replies and records since the last file for them, sealed to their desk.", Choices: all}
}

// bundled is what came of writing a file for somebody.
type bundled struct {
	to  screen.Receiver
	at  screen.Written
	err error
}

func (b bundled) says() screen.Effect {
	if b.err != nil {
		return screen.Say{Text: "No file was written: " + b.err.Error()}
	}
	return screen.Say{Text: "For " + clean.Line(b.to.Name, 40) + ": " + clean.Line(b.at.Path, 300) + ", " + writtenLines(b.at)[1] + ". You send it yourself."}
}

// writeBundle writes what is new for somebody of another desk, beside the keys.
func writeBundle(desk screen.Desk, to screen.Receiver) screen.Effect {
	return screen.Run{Work: func() tea.Msg {
		at, err := desk.Bundle(to.ID)
		return bundled{to, at, err}
	}}
}
