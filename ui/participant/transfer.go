package participant

import (
	"fmt"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/ui/screen"
)

// transfers are the offers of the case to colleagues, and whose case it was.
func (s *Participant) transfers() {
	if len(s.p.Transfers) == 0 && len(s.p.Holders()) < 2 {
		return
	}
	t := s.world.Theme
	s.head("Transfers: the record stays in this office")
	name := func(id domain.ID) string { return clean.Line(s.world.Desk.Office().Named(id).Name, 40) }
	for i := len(s.p.Transfers) - 1; i >= 0; i-- {
		x := s.p.Transfers[i]
		e := entry{kind: aTransfer, id: x.ID}
		sign := t.Glyphs.Calm
		state := string(x.State)
		if x.State != domain.TransferOffered {
			sign, e.ink = t.Glyphs.Done, t.Muted
			state += " " + x.Settled.Short(s.today())
		} else if x.To == s.world.Desk.Who().ID {
			sign, e.ink = t.Glyphs.Urgent, t.Warn
			state += ": x accepts or declines it"
		}
		text := fmt.Sprintf("%s %s to %s, %s %s %s%s", sign, name(x.By), name(x.To), x.On.Short(s.today()), t.Glyphs.Sep, state, after(": ", x.Reason))
		if x.Note != "" {
			text += "\n" + x.Note
		}
		if x.Both {
			text += "\nTwo desks settled it apart: both are kept."
		}
		s.say(e, text)
	}
	s.heldBy()
}

// heldBy is the history of who had the case, and who looked after it for them.
func (s *Participant) heldBy() {
	all := s.p.Holders()
	if len(all) < 2 {
		return
	}
	s.say(entry{kind: plain, ink: s.world.Theme.Muted}, "Held by: "+strings.Join(domain.HoldersSay(all, s.today()), "; "))
}

// onTransfer is the offer under the cursor, or the one that waits; zero when there is none.
func (s *Participant) onTransfer() domain.Transfer {
	e := s.chosen()
	for _, x := range s.p.Transfers {
		if e.kind == aTransfer && x.ID == e.id {
			return x
		}
	}
	x, _ := s.p.OpenTransfer()
	return x
}

// handOver begins to hand over what the cursor is on: a question, a referral, or the case.
func (s *Participant) handOver() screen.Effect {
	to := screen.HandOver{People: []domain.ID{s.id}}
	if e := s.chosen(); e.kind == aQuestion || e.kind == aReferral {
		to.Of = e.id
	}
	return screen.Go{To: to}
}

// transferCase hands the case over for good; while an offer waits, it answers that or
// calls it back.
func (s *Participant) transferCase() screen.Effect {
	if x, waits := s.p.OpenTransfer(); waits {
		return s.answerTransfer(x)
	}
	return screen.Go{To: screen.HandOver{People: []domain.ID{s.id}, Kind: domain.HandoverTransfer}}
}

// answerTransfer asks the colleague for an answer; whoever offered can call it back.
func (s *Participant) answerTransfer(x domain.Transfer) screen.Effect {
	no := screen.Prompt{Title: "Why not? Your colleague reads it", Hint: "a few words", Echo: some, Then: func(v string) screen.Effect {
		return do(domain.AnswerTransfer{Participant: s.id, Transfer: x.ID, Reason: v})
	}}
	if x.WhyNotAnswer(s.world.Desk.Who().ID) == "" {
		return screen.Choose{Title: "The case is offered to you", Note: x.Note, Choices: []screen.Choice{
			{Key: "y", Label: "accept it: the case is mine", Then: do(domain.AnswerTransfer{Participant: s.id, Transfer: x.ID, Yes: true})},
			{Key: "n", Label: "decline it, and say why", Then: no},
		}}
	}
	return screen.Choose{Title: "The case was offered to " + clean.Line(s.world.Desk.Office().Named(x.To).Name, 40) + " and waits for an answer", Choices: []screen.Choice{
		{Key: "w", Label: "wait"},
		{Key: "b", Label: "call the offer back", Then: do(domain.RecallTransfer{Participant: s.id, Transfer: x.ID})},
	}}
}

// escalationLines shows questions to the adviser among the ways of moving on: the whole stands on
// the tab of the adviser.
func (s *Participant) escalationLines() {
	t := s.world.Theme
	first := true
	for _, e := range s.p.Escalations {
		if !e.Live() {
			continue
		}
		if first {
			s.head("Escalations: inside this office (4 shows them)")
			first = false
		}
		s.say(entry{kind: plain}, t.Glyphs.Calm+" "+e.Kind.String()+" "+t.Glyphs.Sep+" "+string(e.State)+" "+max(e.Since, e.Asked).Short(s.today())+after(", by ", s.dueOr(e)))
	}
}

func (s *Participant) dueOr(e domain.Escalation) string {
	if d := e.Due(s.queue.Rules.Waits(), s.queue.CalendarOf(s.row)); !d.IsZero() {
		return s.due(d)
	}
	return ""
}
