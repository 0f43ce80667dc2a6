package ui

import (
	"fmt"

	"coachdesk/domain"
	"coachdesk/ui/screen"
)

// lookAt is somebody who works here and somebody whose record they open.
type lookAt struct{ who, at domain.ID }

// about returns whose record a place shows; zero for one that shows nobody's alone.
func about(p screen.Place) domain.ID {
	switch p := p.(type) {
	case screen.Participant:
		return p.ID
	case screen.Session:
		return p.Participant
	case screen.Note:
		return p.Participant
	case screen.Match:
		return p.Participant
	case screen.Amend:
		return p.Participant
	case screen.Brief:
		return p.Participant
	case screen.Ask:
		return p.Participant
	case screen.Answer:
		return p.Participant
	case screen.Template:
		return p.Participant
	case screen.Redate:
		return p.Participant
	case screen.HandOver:
		if len(p.People) == 1 { // of several, each is noted when their note is looked at
			return p.People[0]
		}
		return domain.ID{}
	case screen.HandoverPage:
		return p.Participant
	case screen.Export:
		if len(p.People) == 1 {
			return p.People[0]
		}
		return domain.ID{}
	default:
		return domain.ID{}
	}
}

// asksWhy asks for a reason before a record is opened that is not one's own case, once
// in a sitting, and has it written down that a record was opened. What is opened on top
// of the same record is no further look.
func (s *Shell) asksWhy(p screen.Place) bool {
	id := about(p)
	if id.IsZero() {
		s.lookingAt = id // whoever comes back looks again
	}
	if id.IsZero() || s.lookingAt == id && len(s.stack) > 1 {
		return false
	}
	desk := s.world.Desk
	who := desk.Who()
	key := lookAt{who.ID, id}
	if _, told := s.explained[key]; !told {
		one, err := desk.Participant(id)
		switch {
		case err != nil || !one.Exists():
			return false // whoever reads the record will say so
		case !one.OwnCase(who, desk.Settings().Seat()):
			s.over = &chooser{ask: whyChoices(p), theme: s.world.Theme}
			return true
		}
		s.explained[key] = ""
	}
	s.lookingAt = id
	desk.Looked(domain.Look{At: s.world.Now(), By: who.ID, Role: who.Role, Participant: id, Via: "app", Reason: s.explained[key]})
	return false
}

func whyChoices(p screen.Place) screen.Choose {
	ask := screen.Choose{Title: "This is not your own case. Why do you open it?", Note: "That you opened it, when and why is written down."}
	for i, r := range domain.LookReasons {
		ask.Choices = append(ask.Choices, screen.Choice{Key: fmt.Sprint(i + 1), Label: r.String(), Then: screen.Explain{To: p, Reason: r}})
	}
	return ask
}
