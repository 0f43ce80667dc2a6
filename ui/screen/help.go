package screen

import (
	"cmp"
	"fmt"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// What the adviser's desk and the record ask in the same words about an escalation.

// NeedsWords is an Echo that asks for at least a word.
func NeedsWords(v string) (string, error) {
	if clean.Line(v, clean.MaxLine) == "" {
		return "", domain.Refused("text", "Write at least a word.")
	}
	return "", nil
}

func one(c domain.Command) Effect { return Do{Commands: []domain.Command{c}} }

// WhyDue shows the sum behind the date of a question: from when, how many days, whose
// number, and its source.
func WhyDue(q domain.Queue, e domain.Escalation, cal *calendar.Calendar) Effect {
	lines := q.DueSum(e, cal)
	if len(lines) == 0 {
		return Say{Text: "No clock runs: it is " + string(e.State) + ", and the coach's turn."}
	}
	return Choose{Title: e.Kind.String() + ", " + string(e.State), Note: strings.Join(lines, "\n"), Choices: []Choice{{Key: "ok", Label: "close"}}}
}

// AskAgain offers what can be done with a question whose time ran out: ask again, pass
// it on more widely, or close it.
func AskAgain(participant, escalation domain.ID) Effect {
	return Choose{Title: "The adviser's time ran out. It is yours again:", Choices: []Choice{
		{Key: "a", Label: "ask again: the clock begins anew", Then: one(domain.AskAgain{Participant: participant, Escalation: escalation})},
		{Key: "w", Label: "ask more widely: the DEA leader, another office", Then: Prompt{
			Title: "To whom does it go now?", Hint: "for example: the DEA leader", Echo: NeedsWords,
			Then: func(v string) Effect {
				return one(domain.AskAgain{Participant: participant, Escalation: escalation, To: v})
			},
		}},
		{Key: "c", Label: "close it: it is not needed any more", Then: one(domain.EndEscalation{Participant: participant, Escalation: escalation, Reason: "the time ran out"})},
	}}
}

// hows are the ways in which something was said, with the key of each.
var hows = []struct {
	key string
	how domain.ConsentHow
}{{"1", domain.FaceToFace}, {"2", domain.ByPhone}, {"3", domain.InWriting}, {"4", domain.Online}}

// TellPerson asks how the person was told which kind of help there will be.
func TellPerson(participant domain.ID, e domain.Escalation) Effect {
	var each []Choice
	for _, h := range hows {
		each = append(each, Choice{Key: h.key, Label: string(h.how), Then: one(domain.TellPerson{Participant: participant, Escalation: e.ID, How: h.how})})
	}
	return Choose{Title: "They were told today that there will be: " + e.Kind.String() + ". How?", Choices: each}
}

// AskAgreement asks what the person said to direct support, and goes on with it.
func AskAgreement(title string, then func(domain.Agree) Effect) Effect {
	how := func(giver domain.ConsentGiver) []Choice {
		var each []Choice
		for _, h := range hows {
			each = append(each, Choice{Key: h.key, Label: "yes, " + string(h.how), Then: then(domain.Agree{Yes: true, Giver: giver, How: h.how})})
		}
		return each
	}
	no := Prompt{Title: "They do not want it. Why, if they said?", Hint: "a few words, or nothing", Then: func(v string) Effect {
		return then(domain.Agree{Giver: domain.GivenByPerson, How: domain.FaceToFace, Reason: v})
	}}
	return Choose{Title: title, Note: "Direct support needs their agreement. The coach stays the owner.", Choices: append(how(domain.GivenByPerson),
		Choice{Key: "r", Label: "yes, their representative said so", Then: Choose{Title: "How did the representative say it?", Choices: how(domain.GivenByRepresentative)}},
		Choice{Key: "n", Label: "no, they do not want it", Then: no},
	)}
}

// Agreement asks what the person said to direct support and writes it down.
func Agreement(participant, escalation domain.ID) Effect {
	return AskAgreement("Do they want the adviser's direct support?", func(a domain.Agree) Effect {
		return one(domain.RecordAgreement{Participant: participant, Escalation: escalation, Agree: a})
	})
}

// because asks for the reason of turning a question of another kind, and goes on; one
// that is of the kind already goes on at once.
func because(e domain.Escalation, kind domain.EscalationKind, then func(reason string) Effect) Effect {
	if e.Kind == kind {
		return then("")
	}
	return Prompt{Title: "They asked for " + e.Kind.String() + ". Why " + kind.String() + " instead? The coach reads it.", Hint: "a few words", Echo: NeedsWords, Then: then}
}

// TakeOn begins direct support, with the person's agreement in sight.
func TakeOn(p domain.Participant, e domain.Escalation, today calendar.Day) Effect {
	return because(e, domain.KindDirect, func(reason string) Effect {
		take := func(a domain.Agree) Effect {
			return one(domain.TakeOn{Participant: p.ID, Escalation: e.ID, Agree: a, Reason: reason})
		}
		now := e.Agreement()
		if !now.Yes {
			return AskAgreement("Take on direct support. Do they want it?", take)
		}
		return Choose{
			Title: "Take on direct support?", Note: fmt.Sprintf("Agreed on %s by the %s, %s.", now.On.Short(today), now.Giver, now.How),
			Choices: []Choice{{Key: "y", Label: "yes, it begins today", Then: take(domain.Agree{})}, {Key: "n", Label: "not yet"}},
		}
	})
}

// OfferMeeting offers times at which coach and adviser are both free, and books one in
// both diaries.
func OfferMeeting(w World, p domain.Participant, e domain.Escalation) Effect {
	q := w.Desk.Queue()
	diary, err := w.Desk.Diary()
	if err != nil {
		return Say{Text: err.Error()}
	}
	minutes := cmp.Or(q.Rules["meeting-minutes"].Days, domain.SlotMinutes)
	people := e.MeetingPeople(w.Desk.Who().ID)
	slots := diary.MeetingSlots(q.Today, q.CalendarOf(p.Row()), minutes, q.Rules["meeting-offers"].Days, q.Figures, people)
	return because(e, domain.KindThreeWay, func(reason string) Effect {
		book := func(b domain.Booking) Effect {
			b.Length = minutes
			return one(domain.BookMeeting{Participant: p.ID, Escalation: e.ID, Booking: b, Reason: reason})
		}
		var each []Choice
		for i, s := range slots {
			b := domain.Booking{Day: s.Day, Minute: s.Minute}
			each = append(each, Choice{Key: fmt.Sprint(i + 1), Label: BookingWords(b, q.Today), Then: book(b)})
		}
		each = append(each, Choice{Key: "o", Label: "another time", Then: AskMeeting(w, "The meeting of three: when?", "", Meeting{Participant: p.ID, Booking: domain.Booking{Length: minutes, Kind: domain.ThreeWayMeeting, With: people}}, book)})
		return Choose{Title: fmt.Sprintf("A meeting of three, %d minutes: both are free", minutes), Choices: each}
	})
}

// WhyNotMeet says why no three-way meeting can be booked; empty means it can.
func WhyNotMeet(e domain.Escalation) string {
	switch e.State {
	case domain.EscalationAsked, domain.EscalationAccepted, domain.EscalationAgreed:
		return ""
	case domain.EscalationBooked:
		return "A meeting is booked already. Cancel it on the overview to book another."
	default:
		return "A meeting is booked while the adviser has the escalation. This one is " + string(e.State) + "."
	}
}
