package participant

import (
	"coachdesk/domain"
	"coachdesk/ui/screen"
)

// booked returns the appointment under the cursor, or else the next one.
func (s *Participant) booked() (domain.Appointment, bool) {
	if e := s.chosen(); e.kind == anAppointment {
		for _, a := range s.p.Appointments {
			if a.ID == e.id {
				return a, true
			}
		}
	}
	return s.p.NextAppointment(s.today())
}

func (s *Participant) notBooked() string {
	if _, ok := s.booked(); !ok {
		return "Nothing is booked that could be moved. m books an appointment."
	}
	return ""
}

// move asks for another time of the appointment.
func (s *Participant) move() screen.Effect {
	a, ok := s.booked()
	if !ok {
		return nil
	}
	return screen.Moving(s.world, s.id, a, nil)
}
