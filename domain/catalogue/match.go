package catalogue

import (
	"cmp"
	"slices"
	"strings"

	"coachdesk/domain/calendar"
)

// Says is what a match says of one programme. It advises; people decide.
type Says string

// What a match can say, the best first.
const (
	Fits       Says = "fits"
	CannotTell Says = "cannot tell"
	DoesNotFit Says = "does not fit"
)

// AllSays lists all there are.
var AllSays = []Says{Fits, CannotTell, DoesNotFit}

// Finding is what one rule says of somebody, and where it comes from.
type Finding struct {
	Fact

	Rule   string
	Is     Verdict
	Else   string // what is said when it does not fit
	Looked string // what of the record was looked at
	Asks   string // the question that would settle it; empty: the programme has to be asked
}

// Text says what stands behind the answer.
func (f Finding) Text() string {
	if f.Is == No && f.Else != "" {
		return f.Else
	}
	return f.Value
}

// Matched is what all rules of a programme together say of somebody on a day.
type Matched struct {
	Programme Programme
	Says      Says
	On        Period // where the programme stands on the day
	Route     Route  // how a coach brings somebody there
	Rules     []Finding
}

// Which returns the rules that gave an answer.
func (v Matched) Which(is Verdict) []Finding {
	return slices.DeleteFunc(slices.Clone(v.Rules), func(f Finding) bool { return f.Is != is })
}

// Decides returns the rules by which the match says what it says: those that say no, else
// those that leave it open, else all.
func (v Matched) Decides() []Finding {
	switch v.Says {
	case DoesNotFit:
		return v.Which(No)
	case CannotTell:
		return v.Which(Unknown)
	case Fits:
	}
	return v.Rules
}

// Question returns the first question to the person that would settle something; false
// where none would.
func (v Matched) Question() (string, bool) {
	if v.Says != CannotTell {
		return "", false
	}
	for _, f := range v.Which(Unknown) {
		if f.Asks != "" {
			return f.Asks, true
		}
	}
	return "", false
}

// The rules that every programme has.
const (
	ruleStatus  = "status"
	ruleNation  = "nation"
	ruleArea    = "area"
	ruleAlready = "already"
)

// Match says of every programme whether it may be one for a person on a day, the best
// match first.
func (c Catalogue) Match(p Person, day calendar.Day) []Matched {
	a := about{Person: p, c: c, day: day}.know()
	out := make([]Matched, len(c.Programmes))
	for i, prog := range c.Programmes {
		out[i] = a.matched(prog)
	}
	slices.SortStableFunc(out, compare)
	return out
}

// matched puts what the rules say together: one no is a no, and one that cannot tell
// leaves the rest open. What is over asks nothing more.
func (a about) matched(p Programme) Matched {
	v := Matched{Programme: p, On: p.On(a.day), Route: p.FromDesk(), Says: Fits}
	v.Rules = append(v.Rules, a.status(v.On))
	if v.Rules[0].Is != No {
		v.Rules = append(v.Rules, a.already(p)...)
		v.Rules = append(v.Rules, a.covers(p)...)
		for _, r := range p.Rules {
			w := a.answer(r)
			v.Rules = append(v.Rules, found(r.Key, r.Fact, r.Else, r.judge(w), w))
		}
	}
	for _, f := range v.Rules {
		switch {
		case f.Is == No:
			v.Says = DoesNotFit
		case f.Is == Unknown && v.Says == Fits:
			v.Says = CannotTell
		}
	}
	return v
}

// found puts an answer beside what was looked at. A question stands there only where
// what it asks would settle something.
func found(key string, fact Fact, otherwise string, is Verdict, w Answer) Finding {
	f := Finding{Fact: fact, Rule: key, Is: is, Else: otherwise, Looked: w.Looked}
	if is == Unknown && len(w.May) != 1 {
		f.Asks = w.Asks
	}
	return f
}

// status is where the programme stands: what is over takes nobody; what nobody is sure
// of has to be asked.
func (a about) status(on Period) Finding {
	f := Finding{Fact: on.Fact, Rule: ruleStatus, Looked: "Status: " + cmp.Or(string(on.Is), "not known")}
	switch {
	case on.Is == Closed, on.Is == Superseded:
		f.Is = No
	case on.Confidence == Uncertain, on.Is == "":
		f.Is = Unknown
	default:
		f.Is = yes(on.Is == Live)
	}
	return f
}

// already speaks up when they are on the programme now.
func (a about) already(p Programme) []Finding {
	for _, s := range a.Stays {
		if s.Programme == p.Key && s.runs(a.day) {
			return []Finding{{Fact: p.Does, Rule: ruleAlready, Is: No, Else: "They are on it now", Looked: "On it since " + s.From.Short(0)}}
		}
	}
	return nil
}

// compare puts the best match first: what fits, what runs, what a coach can start, what
// leaves least open, what an answer would settle.
func compare(a, b Matched) int {
	open := func(v Matched) (n int) {
		for _, f := range v.Rules {
			if f.Is == Unknown {
				n++
			}
		}
		return n
	}
	asks := func(v Matched) bool {
		_, ok := v.Question()
		return ok
	}
	runs := func(v Matched) bool { return v.On.Is == Live }
	return cmp.Or(
		cmp.Compare(slices.Index(AllSays, a.Says), slices.Index(AllSays, b.Says)),
		first(runs(a), runs(b)),
		first(a.Route.Who == byCoach && a.Route.By != NoWay, b.Route.Who == byCoach && b.Route.By != NoWay),
		cmp.Compare(slices.Index(waysHere, a.Route.By), slices.Index(waysHere, b.Route.By)),
		cmp.Compare(open(a), open(b)),
		first(asks(a), asks(b)),
		strings.Compare(a.Programme.Name, b.Programme.Name),
	)
}

// byCoach is who starts a route here.
const byCoach = "coach"

// waysHere are the ways in the order in which a coach thinks of them.
var waysHere = []Way{ByReferral, ByTransfer, ByEscalation, ByCoach, ByApplication, BySignpost, NoWay}

func first(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}
