package catalogue

import (
	"slices"
	"strconv"

	"coachdesk/domain/calendar"
)

// Person is what a match looks at: what was told of somebody, by the names of the facts
// of a record, and the programmes that they are or were on. It has no name.
type Person struct {
	Told  map[string]Said
	Stays []Stay
}

// Said is one thing that was told of somebody.
type Said struct {
	As    string // how the record calls it
	Value string
	On    calendar.Day
}

// Stay is a time on a programme.
type Stay struct {
	Programme   string
	From, Until calendar.Day // the last day; zero: it runs
}

func (s Stay) runs(day calendar.Day) bool {
	return s.From <= day && (s.Until.IsZero() || day <= s.Until)
}

// Answer is what is known of somebody under one question.
type Answer struct {
	May    []string // what it may be; none: nothing is known
	Looked string   // what of the record was looked at
	Asks   string   // the question that would settle it
}

// The facts of a record that matching reads, by the names that they have there.
const (
	saidBirth      = "birth"
	saidCouncil    = "council"
	saidNation     = "nation"
	saidGP         = "gp"
	saidEmployment = "employment"
	saidRisk       = "at-risk"
	saidStart      = "job-start"
	saidOffer      = "job-offer"
	saidBenefit    = "benefit"
	saidGroup      = "group"
	saidCondition  = "condition"
	saidFitNote    = LooksFitNote
	saidContracted = "contracted"
)

// Looks lists the facts of a record that matching reads.
var Looks = []string{
	saidBirth, saidCouncil, saidNation, saidGP, saidEmployment, saidRisk, saidStart, saidOffer, saidBenefit, saidGroup,
	saidCondition, saidContracted, string(AskBefore), string(AskTherapies), string(AskTeam),
}

// LooksFitNote is the name under which a fit note that runs is told; it is no fact.
const LooksFitNote = "fit-note"

const none = "none"

// about is one person on one day, as rules ask about them.
type about struct {
	Person

	c       Catalogue
	day     calendar.Day
	answers map[Ask]Answer
}

func (s Said) looked() string {
	if s.Value == "" {
		return "not recorded"
	}
	text := s.As + ": " + s.Value
	if !s.On.IsZero() {
		text += ", recorded " + s.On.Short(0)
	}
	return text
}

// said answers with a fact as it was told.
func (a about) said(key string) Answer {
	s := a.Told[key]
	out := Answer{Looked: s.looked(), Asks: key}
	if s.Value != "" {
		out.May = []string{s.Value}
	}
	return out
}

// answer returns what is known under a rule's question.
func (a about) answer(r Rule) Answer {
	if r.Asks == AskBefore {
		return a.before(r.Of)
	}
	return a.answers[r.Asks]
}

// know makes out all that rules can ask for.
func (a about) know() about {
	a.answers = map[Ask]Answer{
		AskAge: a.age(), AskCondition: a.condition(), AskWork: a.work(), AskOffer: a.offer(), AskBenefit: a.benefit(),
		AskGroup: a.said(saidGroup), AskContracted: a.contracted(),
		AskTherapies: a.said(string(AskTherapies)), AskTeam: a.said(string(AskTeam)),
	}
	return a
}

func (a about) age() Answer {
	out := a.said(saidBirth)
	born, err := calendar.ParseISO(a.Told[saidBirth].Value)
	if err != nil {
		return Answer{Looked: out.Looked, Asks: out.Asks}
	}
	years := 0
	for born.AddMonths(12*(years+1)) <= a.day {
		years++
	}
	out.May = []string{strconv.Itoa(years)}
	out.Looked = "Age: " + out.May[0]
	return out
}

// condition is what they say themselves; whoever is on the health journey or has a fit
// note has said so already.
func (a about) condition() Answer {
	out := a.said(saidCondition)
	if len(out.May) > 0 {
		return out
	}
	group, note := a.Told[saidGroup], a.Told[saidFitNote]
	switch {
	case group.Value != "" && group.Value != none:
		out.May, out.Looked = []string{string(Yes)}, group.looked()
	case note.Value != "":
		out.May, out.Looked = []string{string(Yes)}, note.looked()
	}
	return out
}

// work is how they stand to work on the day. A job that was to start and a record that
// says otherwise from before that day leave it open.
func (a about) work() Answer {
	e, starts := a.Told[saidEmployment], a.day0(saidStart)
	out := Answer{Looked: e.looked(), Asks: saidEmployment}
	switch {
	case starts > a.day:
		out.Looked += "; " + a.Told[saidStart].As + ": " + starts.Short(0)
	case e.Value == none && !starts.IsZero() && e.On < starts:
		out.May = Works
		out.Looked += "; a job was to start " + starts.Short(0)
		return out
	}
	switch {
	case e.Value == "" && starts > a.day:
		out.May = []string{JobToStart, AtRisk, WellAtWork}
	case e.Value == "":
	case e.Value == none && (starts > a.day || a.Told[saidOffer].Value == string(Yes)):
		out.May = []string{JobToStart}
	case e.Value == none:
		out.May = []string{OutOfWork}
	default:
		return a.inWork(out)
	}
	return out
}

// inWork tells those whose work is at risk from the others. Whoever is off sick is.
func (a about) inWork(out Answer) Answer {
	risk := a.said(saidRisk)
	switch {
	case a.Told[saidEmployment].Value == "off sick":
		out.May = []string{AtRisk}
	case len(risk.May) == 0:
		out.May, out.Asks = []string{AtRisk, WellAtWork}, saidRisk
		out.Looked += "; nobody asked whether the work is at risk"
	case risk.May[0] == string(Yes):
		out.May, out.Looked = []string{AtRisk}, out.Looked+"; "+risk.Looked
	default:
		out.May, out.Looked = []string{WellAtWork}, out.Looked+"; "+risk.Looked
	}
	return out
}

func (a about) offer() Answer {
	out := a.said(saidOffer)
	if starts := a.day0(saidStart); starts > a.day {
		out.May, out.Looked = []string{string(Yes)}, a.Told[saidStart].As+": "+starts.Short(0)
	}
	return out
}

// benefit is what was told; the groups of the health journey exist in two benefits alone.
func (a about) benefit() Answer {
	out := a.said(saidBenefit)
	group := a.Told[saidGroup]
	if len(out.May) > 0 || group.Value == "" || group.Value == none {
		return out
	}
	out.May, out.Looked = []string{"UC", "ESA"}, group.looked()
	if len(group.Value) > 3 && group.Value[:3] == "ESA" {
		out.May = []string{"ESA"}
	}
	return out
}

// contracted is whether they are on provision that does not go beside another.
func (a about) contracted() Answer {
	for _, s := range a.Stays {
		if p, ok := a.c.Programme(s.Programme); ok && p.Exclusive && s.runs(a.day) {
			return Answer{May: []string{string(Yes)}, Looked: "On " + p.Name + " since " + s.From.Short(0)}
		}
	}
	return a.said(saidContracted)
}

// before is whether they ever were on one of some programmes.
func (a about) before(of []string) Answer {
	for _, s := range a.Stays {
		if slices.Contains(of, s.Programme) && s.From <= a.day {
			return Answer{May: []string{string(Yes)}, Looked: "On " + a.c.Name(s.Programme) + " from " + s.From.Short(0)}
		}
	}
	return a.said(string(AskBefore))
}

// day0 is a fact that is a date; zero when there is none.
func (a about) day0(key string) calendar.Day {
	d, err := calendar.ParseISO(a.Told[key].Value)
	if err != nil {
		return 0
	}
	return d
}

func number(v string) (int, bool) {
	n, err := strconv.Atoi(v)
	return n, err == nil
}
