package session

import (
	"fmt"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/ui/screen"
)

// outcomes are how a session may have gone, with the key of each.
var outcomes = []struct {
	key, label string
	free       string // how it is said where nobody has to come
	says       string // how help says it
	outcome    domain.Outcome
}{
	{"h", "happened: write the note", "happened: write the note", "it happened: write the note", domain.Happened},
	{"d", "did not come", "not this time", "they did not come", domain.DidNotCome},
	{"c", "came, but it did not happen", "they were here, but it was not the moment", "they came, but it did not happen", domain.CameNot},
	{"r", "was moved to another day", "another day suits better", "it was moved to another day", domain.Rescheduled},
}

// label says an outcome in the tone of the kind of session.
func (s *Session) label(i int) string {
	if s.voluntary() {
		return outcomes[i].free
	}
	return outcomes[i].label
}

// helpWords says an outcome as help tells it, in the tone of the kind of session.
func (s *Session) helpWords(i int) string {
	if s.voluntary() {
		return capital(outcomes[i].free)
	}
	return capital(outcomes[i].says)
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func (s *Session) choosingActions() []screen.Action {
	all := []screen.Action{{Keys: []string{"enter"}, Name: "Take this outcome", Short: "take", Do: s.choose}}
	for i, o := range outcomes {
		all = append(all, screen.Action{Keys: []string{o.key}, Name: s.helpWords(i), Do: func() screen.Effect { return s.turnOutcomeTo(i) }})
	}
	all = append(all, screen.Action{Keys: []string{"y"}, Name: "Say why in a few words, then save", Short: "say why", Do: s.sayWhy, Not: func() string {
		if o := outcomes[s.choice].outcome; o != domain.DidNotCome && o != domain.CameNot {
			return "Only for did not come (d), or came but did not happen (c)."
		}
		return ""
	}})
	return append(all,
		screen.Action{Keys: []string{"t"}, Name: "Another kind of session: first talk, review, support conversation, …", Short: "kind", Do: s.turnKind},
		screen.Action{Keys: []string{"down", "j", "tab"}, Name: "The next outcome", Do: func() screen.Effect { s.choice = (s.choice + 1) % len(outcomes); return nil }},
		screen.Action{Keys: []string{"up", "k", "shift+tab"}, Name: "The outcome before", Do: func() screen.Effect { s.choice = (s.choice + len(outcomes) - 1) % len(outcomes); return nil }},
		screen.Action{Keys: []string{"?", "f1"}, Name: "Help for this screen", Short: "help", Do: func() screen.Effect { return screen.Show{Panel: screen.Help} }},
	)
}

// turnOutcomeTo puts the cursor on an outcome. The note is opened at once, since nothing
// is saved by that and esc leaves it; the others are saved, so enter says that it is so.
func (s *Session) turnOutcomeTo(i int) screen.Effect {
	s.choice = i
	if outcomes[i].outcome == domain.Happened {
		return s.choose()
	}
	return nil
}

// choose goes on with the outcome: to the note, or straight to the journal.
func (s *Session) choose() screen.Effect {
	s.Outcome = outcomes[s.choice].outcome
	switch s.Outcome {
	case domain.Happened:
		s.phase = writing
		return nil
	case domain.Rescheduled:
		return s.askMover()
	case domain.DidNotCome, domain.CameNot:
	}
	return s.submit(s.command())
}

// sayWhy asks for a reason before a session that did not happen is saved.
func (s *Session) sayWhy() screen.Effect {
	s.Outcome = outcomes[s.choice].outcome
	c := s.command()
	return screen.Prompt{Title: "Why?", Hint: "a few words, as they told you", Then: func(v string) screen.Effect {
		c.Reason = v
		return s.submit(c)
	}}
}

// settles says which appointment the session tells about.
func (s *Session) settles() string {
	a, ok := s.tells()
	switch {
	case !ok:
		return "Nothing was booked for today: this stands on its own."
	case a.Day == s.today:
		return "About the appointment of today" + clockWords(a) + "."
	}
	return "About the appointment of " + a.Day.Short(s.today) + clockWords(a) + ", which has no outcome yet."
}

func clockWords(a domain.Appointment) string {
	if a.Minute < 0 {
		return ""
	}
	return ", " + calendar.Clock(a.Minute)
}

func (s *Session) askMover() screen.Effect {
	var all []screen.Choice
	for i, o := range domain.Owners {
		c := s.command()
		c.MovedBy = o
		all = append(all, screen.Choice{Key: fmt.Sprint(i + 1), Label: s.names.Called(o), Then: screen.Prompt{
			Title: "Moved: why?", Hint: "a few words, or nothing",
			Then: func(v string) screen.Effect {
				c.Reason = v
				return screen.AskMeeting(s.world, "Moved to when?", "", screen.Meeting{Participant: s.id}, func(b domain.Booking) screen.Effect {
					c.Next = &b
					return s.submit(c)
				})
			},
		}})
	}
	return screen.Choose{Title: "Who asked to move it?", Choices: all}
}
