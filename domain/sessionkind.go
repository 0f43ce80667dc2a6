package domain

import (
	"slices"
	"strings"
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
