package domain

import (
	"slices"
	"time"

	"coachdesk/domain/clean"
)

// Look is an entry in the log of who opened whose record.
type Look struct {
	At          time.Time
	By          ID
	Role        Role
	Participant ID     // zero for a search through everybody's notes
	Via         string // the screen or the verb
	Reason      LookReason
}

// LookReason says why somebody opened a record that is not their own case.
type LookReason string

// The reasons are stored. A look at one's own case needs none.
const (
	LookCover       LookReason = "cover"
	LookAsked       LookReason = "asked"
	LookHandover    LookReason = "handover"
	LookSupervision LookReason = "supervision"
	LookRights      LookReason = "rights"
	LookOther       LookReason = "other"
)

// LookReasons lists all there are, the most frequent first.
var LookReasons = []LookReason{LookCover, LookAsked, LookHandover, LookSupervision, LookRights, LookOther}

func (r LookReason) String() string {
	switch r {
	case LookCover:
		return "I stand in for their coach"
	case LookAsked:
		return "they or their coach asked me"
	case LookHandover:
		return "the case is handed over"
	case LookSupervision:
		return "supervision or a check of quality"
	case LookRights:
		return "a complaint, or a request for their own data"
	case LookOther:
		return "another reason at work"
	}
	return string(r)
}

// OwnCase reports whether somebody who works here opens a record as their own case:
// they are the coach whom the record names, or sit at the desk whose case it is when
// it names nobody; an adviser also while a question about the person is open, and
// whoever has it in their hands by a handover.
func (p Participant) OwnCase(who Person, seat ID) bool {
	return p.HeldBy(who.ID) || ownCase(p.Fact(FactCoach), slices.ContainsFunc(p.Escalations, Escalation.Live), who, seat)
}

// OwnCase is [Participant.OwnCase] as far as the row tells.
func (r Row) OwnCase(who Person, seat ID) bool {
	return r.HeldBy(who.ID) || ownCase(r.Fact(FactCoach), len(r.Questions) > 0, who, seat)
}

func ownCase(coach string, asked bool, who Person, seat ID) bool {
	switch {
	case who.Role.MayAdvise() && asked:
		return true
	case coach != "":
		return clean.Fold(coach) == clean.Fold(who.Name)
	}
	return seat.IsZero() || who.ID == seat
}

// Seat returns who sits at the desk; zero when it was never set.
func (d Desk) Seat() ID {
	id, err := ParseID(d.Settings[SettingPerson])
	if err != nil {
		return ID{}
	}
	return id
}
