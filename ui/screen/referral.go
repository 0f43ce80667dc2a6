package screen

import (
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// What the list of referrals and the record ask in the same words about a referral.

// referralKeys are the answers of a provider, with the key of each.
var referralKeys = []struct {
	key   string
	to    domain.ReferralState
	label string
}{
	{"a", domain.ReferralAcknowledged, "they have it: acknowledged"},
	{"b", domain.ReferralBooked, "first meeting booked"},
	{"m", domain.ReferralMet, "they met"},
	{"s", domain.ReferralStarted, "started"},
	{"p", domain.ReferralInProgress, "in progress: needs and plan are written"},
	{"j", domain.ReferralJobStart, "a job started"},
	{"c", domain.ReferralCompleted, "completed"},
	{"e", domain.ReferralEndedEarly, "ended early"},
	{"r", domain.ReferralRejected, "rejected"},
	{"n", domain.ReferralNotEligible, "not eligible"},
	{"d", domain.ReferralDeclined, "the person does not want it"},
	{"x", domain.ReferralNoContact, "no contact"},
	{"z", domain.ReferralClosed, "the programme is closed"},
}

// ReferralAnswer asks what a provider answered, or what became of a referral. Only what
// can follow is offered.
func ReferralAnswer(w World, p domain.Participant, x domain.Referral) Effect {
	if why := WhyNotAnswer(x); why != "" {
		return Say{Text: why}
	}
	st := w.Desk.Stamp()
	var all []Choice
	for _, k := range referralKeys {
		// What is offered is what the command would take, with a reason where it needs one.
		try := domain.MoveReferral{Participant: p.ID, Referral: x.ID, To: k.to, Code: "other"}
		if _, err := try.Decide(p, st); err == nil {
			all = append(all, Choice{Key: k.key, Label: k.label, Then: ReferralMove(w, p, x, k.to)})
		}
	}
	all = append(all,
		Choice{Key: "o", Label: "who deals with it there, and their reference", Then: nameReferral(p.ID, x)},
		Choice{Key: "q", Label: "asked after it: no answer yet", Then: one(domain.ChaseReferral{Participant: p.ID, Referral: x.ID})},
	)
	return Choose{Title: "What did the provider answer?", Choices: all}
}

// WhyNotAnswer says why there is nothing to answer about a referral; empty means there is.
func WhyNotAnswer(x domain.Referral) string {
	switch {
	case x.ID.IsZero():
		return "Choose a referral first."
	case x.State.Ended():
		return "That referral has ended: " + string(x.State) + "."
	case !x.State.Out():
		return "That referral is not sent yet: enter completes it."
	}
	return ""
}

// ReferralMove asks when something happened, and why where it ends.
func ReferralMove(w World, p domain.Participant, x domain.Referral, to domain.ReferralState) Effect {
	move := domain.MoveReferral{Participant: p.ID, Referral: x.ID, To: to}
	if to == domain.ReferralBooked {
		return askFirstMeeting(w, p, move)
	}
	list := to.Reasons()
	if list == "" {
		return askMoved(w, p, move)
	}
	var each []Choice
	for i, r := range w.Desk.Queue().Planning.Reasons[list] {
		m := move
		m.Code = r.Code
		each = append(each, Choice{Key: string(rune('1' + i)), Label: r.Says, Then: askMoved(w, p, m)})
	}
	return Choose{Title: "Why: " + string(to) + "?", Choices: each}
}

// askMoved asks on which day, and takes what was said after a colon.
func askMoved(w World, p domain.Participant, move domain.MoveReferral) Effect {
	today := w.Today()
	read := func(v string) (domain.MoveReferral, error) {
		m := move
		day, words, _ := strings.Cut(v, ":")
		d, err := calendar.Parse(day, today, calendar.Backward)
		m.Day, m.Words = d, strings.TrimSpace(words)
		if err == nil {
			_, err = m.Decide(p, w.Desk.Stamp())
		}
		return m, err
	}
	return Prompt{
		Title: "On which day: " + string(move.To) + "? A colon and what they said may follow.", Hint: "for example: fri, or fri: they asked for a later start", Default: "today",
		Echo: func(v string) (string, error) {
			m, err := read(v)
			if err != nil {
				return "", err
			}
			return m.Day.Short(today) + ", " + m.Day.Distance(today), nil
		},
		Then: func(v string) Effect {
			m, err := read(v)
			if err != nil {
				return Say{Text: err.Error()}
			}
			return one(m)
		},
	}
}

// askFirstMeeting asks when the provider and the person meet.
func askFirstMeeting(w World, p domain.Participant, move domain.MoveReferral) Effect {
	today := w.Today()
	read := func(v string) (domain.MoveReferral, error) {
		m := move
		day, minute, words, err := domain.ReadMeeting(v, today)
		m.Day, m.Minute, m.Words = day, max(0, minute), words
		if err == nil {
			_, err = m.Decide(p, w.Desk.Stamp())
		}
		return m, err
	}
	return Prompt{
		Title: "When do the provider and the person meet?", Hint: "for example: fri 10:20",
		Echo: func(v string) (string, error) {
			m, err := read(v)
			if err != nil {
				return "", err
			}
			at := -1
			if m.Minute > 0 {
				at = m.Minute
			}
			return BookingWords(domain.Booking{Day: m.Day, Minute: at}, today), nil
		},
		Then: func(v string) Effect {
			m, err := read(v)
			if err != nil {
				return Say{Text: err.Error()}
			}
			return one(m)
		},
	}
}

func nameReferral(participant domain.ID, x domain.Referral) Effect {
	value := x.Contact
	if x.Reference != "" {
		value += " / " + x.Reference
	}
	return Prompt{
		Title: "Who deals with it there, and under which reference? A stroke stands between.", Hint: "for example: Jo Field / P-1234", Value: value, Echo: NeedsWords,
		Then: func(v string) Effect {
			contact, reference, _ := strings.Cut(v, "/")
			return one(domain.NameReferral{Participant: participant, Referral: x.ID, Contact: strings.TrimSpace(contact), Reference: strings.TrimSpace(reference)})
		},
	}
}

// RecallReferral asks why a referral is withdrawn. A draft is simply put away.
func RecallReferral(w World, participant domain.ID, x domain.Referral) Effect {
	recall := domain.RecallReferral{Participant: participant, Referral: x.ID}
	if !x.State.Out() {
		return Choose{Title: "Put the draft away? Nothing was sent.", Choices: []Choice{{Key: "n", Label: "no, keep it"}, {Key: "y", Label: "yes", Then: one(recall)}}}
	}
	var each []Choice
	for i, r := range w.Desk.Queue().Planning.Reasons[domain.ReasonsWithdrawn] {
		c := recall
		c.Code = r.Code
		each = append(each, Choice{Key: string(rune('1' + i)), Label: r.Says, Then: one(c)})
	}
	return Choose{Title: "Withdraw the referral: why?", Note: "Tell the provider too: coachdesk sends nothing itself.", Choices: each}
}

// SettleReferral asks what comes now that a referral has ended.
func SettleReferral(participant domain.ID, x domain.Referral) Effect {
	return Prompt{Title: "What comes now? It leaves the queue.", Hint: "a few words, or nothing", Then: func(v string) Effect {
		return one(domain.SettleReferral{Participant: participant, Referral: x.ID, Words: v})
	}}
}

// WarmHandover asks when the person, the coach and the provider meet.
func WarmHandover(w World, participant domain.ID, x domain.Referral) Effect {
	m := Meeting{Participant: participant, Booking: domain.Booking{Length: domain.SlotMinutes}}
	return AskMeeting(w, "Warm handover: when do the person, you and the provider meet?", "", m, func(b domain.Booking) Effect {
		return one(domain.HandOverWarmly{Participant: participant, Referral: x.ID, Booking: b})
	})
}

// WhyReferralDue shows the sum behind the date of a referral.
func WhyReferralDue(q domain.Queue, r domain.RowReferral, pauses []domain.RowPause, cal *calendar.Calendar) Effect {
	lines := q.ReferralSum(r, pauses, cal)
	if len(lines) == 0 {
		return Say{Text: "No clock runs: it is " + string(r.State) + "."}
	}
	return Choose{Title: clean.Line(q.Catalogue.Name(r.Programme), 60) + ", " + string(r.State), Note: strings.Join(lines, "\n"), Choices: []Choice{{Key: "ok", Label: "close"}}}
}
