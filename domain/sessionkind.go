package domain

import (
	"slices"
	"strings"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// SessionKind is what a talk is for. It decides how long the slot is, what the coach
// is reminded to ask, and in which tone; an empty one is an ordinary one-to-one.
type SessionKind string

// The kinds are stored.
const (
	OneToOne            SessionKind = ""
	FirstTalk           SessionKind = "first talk"
	ReviewTalk          SessionKind = "review"
	SupportConversation SessionKind = "support conversation" // a voluntary caseload
	InWorkCheck         SessionKind = "in-work check"
	AfterAbsence        SessionKind = "after absence"
	ThreeWayMeeting     SessionKind = "three-way meeting" // person, coach and adviser
	DirectSupport       SessionKind = "direct support"    // the adviser works with the person
)

// SessionKinds lists all there are.
var SessionKinds = []SessionKind{OneToOne, FirstTalk, ReviewTalk, SupportConversation, InWorkCheck, AfterAbsence, ThreeWayMeeting, DirectSupport}

func (k SessionKind) String() string {
	if k == OneToOne {
		return "one-to-one"
	}
	return string(k)
}

func (k SessionKind) check() error {
	if !slices.Contains(SessionKinds, k) {
		return Refused("kind", "That is no kind of session. The kinds are: %s.", listed(SessionKinds))
	}
	return nil
}

// listed names all of a list, with commas between.
func listed[T interface{ String() string }](all []T) string {
	names := make([]string, len(all))
	for i, a := range all {
		names[i] = a.String()
	}
	return strings.Join(names, ", ")
}

// ReadSessionKind returns the kind that a word names; its clear beginning is enough.
func ReadSessionKind(word string) (SessionKind, error) {
	want := clean.Fold(strings.Join(strings.Fields(strings.ReplaceAll(word, "-", " ")), " "))
	var fits []SessionKind
	for _, k := range SessionKinds {
		switch name := strings.ReplaceAll(k.String(), "-", " "); {
		case name == want:
			return k, nil
		case want != "" && strings.HasPrefix(name, want):
			fits = append(fits, k)
		}
	}
	if len(fits) != 1 {
		return "", Refused("kind", "%q is no kind of session. The kinds are: %s.", clean.Line(word, 40), listed(SessionKinds))
	}
	return fits[0], nil
}

// Voluntary reports whether somebody of a health-journey group comes because they want
// to: nothing is asked of them.
func Voluntary(group string) bool { return group == "LCWRA" || group == "ESA support group" }

// GuessKind returns what a talk is likely to be for: what was booked, what the record
// says, or a review when its day has come. The coach has the last word.
func (p Participant) GuessKind(booked SessionKind, review, today calendar.Day) SessionKind {
	switch {
	case booked != OneToOne:
		return booked
	case p.LastSeen().IsZero():
		return FirstTalk
	case Voluntary(p.Fact(FactGroup)):
		return SupportConversation
	case p.EmployedOn(today).Is():
		return InWorkCheck
	case p.missed() > 0:
		return AfterAbsence
	case !review.IsZero() && review <= today:
		return ReviewTalk
	}
	return OneToOne
}
