package domain

import "slices"

// EscalationKind is what the coach asks for.
type EscalationKind string

// The kinds are stored; a question without one is for advice.
const (
	KindAdvice   EscalationKind = ""
	KindThreeWay EscalationKind = "three-way meeting"
	KindDirect   EscalationKind = "direct support"
)

// EscalationKinds lists all there are.
var EscalationKinds = []EscalationKind{KindAdvice, KindThreeWay, KindDirect}

func (k EscalationKind) String() string {
	if k == KindAdvice {
		return "advice"
	}
	return string(k)
}

// Session is the kind of session that belongs to this kind of escalation.
func (k EscalationKind) Session() SessionKind {
	switch k {
	case KindThreeWay:
		return ThreeWayMeeting
	case KindDirect:
		return DirectSupport
	case KindAdvice:
	}
	return OneToOne
}

func (k EscalationKind) check() error {
	if !slices.Contains(EscalationKinds, k) {
		return Refused("kind", "That is no kind of help. The kinds are: %s.", listed(EscalationKinds))
	}
	return nil
}

// EscalationState is where an escalation stands in its life.
type EscalationState string

// The states are shown; the events that lead to them are stored.
const (
	EscalationDraft      EscalationState = "draft"
	EscalationAsked      EscalationState = "asked"
	EscalationAccepted   EscalationState = "accepted"
	EscalationReturned   EscalationState = "returned"
	EscalationAnswered   EscalationState = "answered"    // advice
	EscalationTried      EscalationState = "tried"       // advice
	EscalationBooked     EscalationState = "booked"      // three-way
	EscalationHeld       EscalationState = "held"        // three-way
	EscalationAgreed     EscalationState = "agreed"      // direct: accepted, and the person wants it
	EscalationDeclined   EscalationState = "declined"    // direct: the person does not want it
	EscalationActive     EscalationState = "active"      // direct
	EscalationHandedBack EscalationState = "handed back" // direct
	EscalationClosed     EscalationState = "closed"
	EscalationWithdrawn  EscalationState = "withdrawn"
)

// TriedResult is whether an adviser's answer helped.
type TriedResult string

// The results are stored.
const (
	ResultWorked   TriedResult = "worked"
	ResultPartly   TriedResult = "partly"
	ResultNo       TriedResult = "no"
	ResultNotTried TriedResult = "not tried"
)

// TriedResults lists all there are.
var TriedResults = []TriedResult{ResultWorked, ResultPartly, ResultNo, ResultNotTried}

// advisersTurn are the states in which the adviser has something to do.
var advisersTurn = []EscalationState{EscalationAsked, EscalationAccepted, EscalationAgreed, EscalationBooked, EscalationActive}

// Open reports whether the adviser still has something to do.
func (e Escalation) Open() bool { return slices.Contains(advisersTurn, e.State) }

// Live reports whether anybody still has something to do.
func (e Escalation) Live() bool {
	return e.State != EscalationClosed && e.State != EscalationWithdrawn && e.State != EscalationTried
}
