package catalogue

import "slices"

// Rule is one condition of a programme, with the question that settles it. Its fact is
// what stands behind it: value, source, date and confidence.
type Rule struct {
	Fact

	Key  string   `json:"key"`          // such as age, work, group, provision
	Asks Ask      `json:"asks"`         // what of the person it looks at
	Of   []string `json:"of,omitempty"` // the programmes that it asks about
	// What fits; whatever else is known does not. AtLeast and AtMost are for numbers.
	Is      []string `json:"is,omitempty"`
	Not     []string `json:"not,omitempty"`
	AtLeast int      `json:"at_least,omitempty"`
	AtMost  int      `json:"at_most,omitempty"`
	// Maybe is what the documents leave open: nobody can tell by it.
	Maybe []string `json:"maybe,omitempty"`
	// Unless is what fits however the rule is meant, even when nobody is sure of it.
	Unless []string `json:"unless,omitempty"`
	Else   string   `json:"else,omitempty"` // what is said when it does not fit
}

// Ask is what of a person a rule looks at.
type Ask string

// What rules can look at.
const (
	AskAge        Ask = "age"
	AskCondition  Ask = "condition"  // disabled or in ill health, in their own view
	AskWork       Ask = "work"       // one of [Works]
	AskOffer      Ask = "job-offer"  // a job offer, or a job that is to start
	AskBenefit    Ask = "benefit"    // none, UC, ESA, other
	AskGroup      Ask = "group"      // on the health journey
	AskContracted Ask = "contracted" // on contracted provision of the DWP
	AskBefore     Ask = "whp-before" // ever on one of the rule's programmes
	AskTherapies  Ask = "therapies"  // a client of NHS Talking Therapies
	AskTeam       Ask = "mental-health-team"
)

// Asks lists all there are.
var Asks = []Ask{AskAge, AskCondition, AskWork, AskOffer, AskBenefit, AskGroup, AskContracted, AskBefore, AskTherapies, AskTeam}

// The ways in which somebody stands to work, as rules name them.
const (
	OutOfWork  = "out of work"
	JobToStart = "job to start"
	AtRisk     = "in work, at risk"
	WellAtWork = "in work, not at risk"
)

// Works lists all there are.
var Works = []string{OutOfWork, JobToStart, AtRisk, WellAtWork}

// judge says whether a rule holds for what is known. Of several things that may be, each
// must say the same. A rule that nobody is sure of cannot be built on: it holds for what
// fits in any case, and else nobody can tell.
func (r Rule) judge(a Answer) Verdict {
	if len(a.May) == 0 {
		return Unknown
	}
	said := r.one(a.May[0])
	for _, v := range a.May[1:] {
		if r.one(v) != said {
			return Unknown
		}
	}
	return said
}

func (r Rule) one(v string) Verdict {
	in := func(list []string) bool { return slices.Contains(list, v) }
	n, isNumber := number(v)
	switch {
	case in(r.Unless):
		return Yes
	case r.Confidence == Uncertain, in(r.Maybe):
		return Unknown
	case in(r.Not):
		return No
	case r.AtLeast > 0 || r.AtMost > 0:
		if !isNumber {
			return Unknown
		}
		return yes(n >= r.AtLeast && (r.AtMost == 0 || n <= r.AtMost))
	case len(r.Is) > 0:
		return yes(in(r.Is))
	}
	return yes(len(r.Not) > 0)
}

func yes(b bool) Verdict {
	if b {
		return Yes
	}
	return No
}

// checkRule says what is wrong with a rule.
func (c Catalogue) checkRule(r Rule, say func(format string, args ...any)) {
	if r.Key == "" || !slices.Contains(Asks, r.Asks) {
		say("the rule %q looks at %q, which is nothing that a rule can look at", r.Key, r.Asks)
	}
	if len(r.Is)+len(r.Not)+len(r.Maybe)+len(r.Unless) == 0 && r.AtLeast == 0 && r.AtMost == 0 {
		say("the rule %q does not say what fits", r.Key)
	}
	for _, key := range r.Of {
		if !c.has(key) {
			say("the rule %q is about %q, which is not in the catalogue", r.Key, key)
		}
	}
	for _, v := range slices.Concat(r.Is, r.Not, r.Maybe, r.Unless) {
		if r.Asks == AskWork && !slices.Contains(Works, v) {
			say("the rule %q: %q is not how somebody stands to work", r.Key, v)
		}
	}
}
