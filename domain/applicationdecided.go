package domain

import (
	"fmt"
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// ChaseApplication records that somebody asked how an application gets on.
type ChaseApplication struct {
	Participant, Application ID
	How                      ConsentHow
	Answer                   ChaseAnswer
	Comment                  string
}

// For names the participant.
func (c ChaseApplication) For() Subject { return About(c.Participant) }

// Decide refuses one that was not sent yet, and one that is decided.
func (c ChaseApplication) Decide(p Participant, _ Stamp) ([]Event, error) {
	a := find(p.Applications, c.Application)
	switch {
	case a == nil:
		return nil, noApplication
	case a.State == ApplicationPreparing:
		return nil, Refused("application", "They have not applied yet. Say first on which day they did.")
	case !a.State.Open():
		return nil, Refused("application", "It is %s already.", a.State)
	case c.Answer != ChaseAsked && c.Answer != ChaseSilent:
		return nil, Refused("answer", "Say what came of asking: asked, or no answer. Once it is decided, say what was decided.")
	case c.How != "" && !slices.Contains(ConsentHows, c.How):
		return nil, Refused("how", "Say how they were asked: face to face, phone, in writing or online.")
	}
	return []Event{ApplicationChased{ID: a.ID, How: c.How, Answer: c.Answer, Comment: clean.Line(c.Comment, clean.MaxLine)}}, nil
}

// ApplicationChased happens when somebody asks how an application gets on.
type ApplicationChased struct {
	ID      ID          `json:"id"`
	How     ConsentHow  `json:"how,omitempty"`
	Answer  ChaseAnswer `json:"answer"`
	Comment string      `json:"comment,omitempty"`
}

var _ = know[ApplicationChased]()

// Kind names the event on disk.
func (ApplicationChased) Kind() string { return "application.chased" }

// Sentence says what came of asking.
func (e ApplicationChased) Sentence() string {
	if e.Answer == ChaseSilent {
		return "An application was chased: no answer."
	}
	return "An application was chased."
}

func (e ApplicationChased) thing() ID { return e.ID }

func (e ApplicationChased) touches() []ID { return []ID{e.ID} }

func (e ApplicationChased) apply(p *Participant, r Record) {
	if a := p.application(e.ID); a != nil {
		a.Chases = append(a.Chases, Chase{On: r.Day, How: e.How, Answer: e.Answer, Comment: e.Comment, By: r.By})
	}
}

// DecideApplication writes down what was decided, or that the person withdrew.
type DecideApplication struct {
	Participant, Application ID
	Result                   ApplicationState
	Day                      calendar.Day // zero: today
	Until                    calendar.Day // of an award, its last day; zero: not said
	Reason                   string
}

// For names the participant.
func (c DecideApplication) For() Subject { return About(c.Participant) }

// Decide asks for a result, and for dates that fit each other.
func (c DecideApplication) Decide(p Participant, s Stamp) ([]Event, error) {
	a := find(p.Applications, c.Application)
	if a == nil {
		return nil, noApplication
	}
	e := ApplicationDecided{ID: a.ID, Result: c.Result, Day: c.Day, Until: c.Until, Reason: clean.Line(c.Reason, clean.MaxLine), Saw: p.known(a.ID)}
	if e.Day.IsZero() {
		e.Day = s.Today
	}
	switch {
	case !slices.Contains(ApplicationResults, e.Result):
		return nil, Refused("result", "Say what was decided: awarded, awarded in part, refused, or withdrawn by the person.")
	case e.Day > s.Today:
		return nil, Refused("day", "%s is still to come. Write it down when it is decided.", e.Day.Short(s.Today))
	case e.Day < a.Applied:
		return nil, Refused("day", "They applied %s: it cannot be decided before. Check the dates.", a.Applied.Short(s.Today))
	case !e.Until.IsZero() && !e.Result.Awarded():
		return nil, Refused("until", "Only an award has a last day.")
	case !e.Until.IsZero() && e.Until < e.Day:
		return nil, Refused("until", "The award would end before it was made. Check the dates.")
	case a.State == ApplicationPreparing && e.Result != ApplicationWithdrawn:
		return nil, Refused("application", "They have not applied yet. Say first on which day they did.")
	case a.State == e.Result && a.Decided == e.Day && a.Until == e.Until && a.Reason == e.Reason:
		return nil, Refused("result", "The record says so already.")
	}
	return []Event{e}, nil
}

// ApplicationDecided happens when an application is decided or withdrawn.
type ApplicationDecided struct {
	ID     ID               `json:"id"`
	Result ApplicationState `json:"result"`
	Day    calendar.Day     `json:"day"`
	Until  calendar.Day     `json:"until,omitzero"`
	Reason string           `json:"reason,omitempty"`
	Saw    int              `json:"saw"`
}

var _ = know[ApplicationDecided]()

// Kind names the event on disk.
func (ApplicationDecided) Kind() string { return "application.decided" }

// Sentence says what was decided.
func (e ApplicationDecided) Sentence() string {
	text := "An application was " + clean.Line(string(e.Result), 40)
	if !e.Until.IsZero() {
		text += ", until " + e.Until.Long()
	}
	return text + "."
}

func (e ApplicationDecided) thing() ID { return e.ID }

func (e ApplicationDecided) touches() []ID { return []ID{e.ID} }

func (e ApplicationDecided) apply(p *Participant, r Record) {
	a := p.application(e.ID)
	if a == nil {
		return
	}
	apart := p.apart(e, r, e.Saw)
	was := ""
	if !a.Decided.IsZero() {
		was = joinWords(string(a.State), dayWords(a.Decided), dayWords(a.Until), a.Reason)
	}
	if was != joinWords(string(e.Result), dayWords(e.Day), dayWords(e.Until), e.Reason) || !apart {
		a.keep(apart, r.Desk, "decision", was)
	}
	a.State, a.Decided, a.Until, a.Reason = e.Result, e.Day, e.Until, e.Reason
}

// ApplicationRules are what an office says about applications by the person, as data.
type ApplicationRules struct {
	Elements []CodedFor `json:"elements"` // what may be applied for
	Evidence []CodedFor `json:"evidence"` // what is asked for
	Says     []CodedFor `json:"says"`     // what is good to know
}

// CodedFor is a code with its words, of one programme or of all.
type CodedFor struct {
	CodedReason

	Programme  string `json:"programme,omitempty"`
	Date       string `json:"date"`
	Confidence string `json:"confidence"`
}

// Of returns those of a list that are of a programme.
func Of(list []CodedFor, programme string) []CodedFor {
	return slices.DeleteFunc(slices.Clone(list), func(c CodedFor) bool { return c.Programme != "" && c.Programme != programme })
}

// SayCode returns the words of a code; the code itself where there are none any more.
func SayCode(list []CodedFor, code string) string {
	for _, c := range list {
		if c.Code == code {
			return c.Says
		}
	}
	return code
}

// RowApplication is an application that is open, or an award that may have to be renewed,
// as lists know it.
type RowApplication struct {
	_ struct{} `cbor:",toarray"`

	ID        ID               `json:"i"`
	Programme string           `json:"p"`
	State     ApplicationState `json:"s,omitempty"`
	Since     calendar.Day     `json:"b,omitzero"` // applied; before that, when it was begun
	JobStart  calendar.Day     `json:"j,omitzero"`
	Chased    calendar.Day     `json:"c,omitzero"`
	Until     calendar.Day     `json:"u,omitzero"`

	Of ID `json:"-" cbor:"-"` // the record it is on, when [Lists] joined two
}

// applicationRows are the applications of a row: those that are open, and awards that end
// and were not renewed.
func (p Participant) applicationRows() []RowApplication {
	var out []RowApplication
	for _, a := range p.Applications {
		if p.Pending(a) {
			out = append(out, p.ApplicationRow(a))
		}
	}
	return out
}

// Pending reports whether an application wants something yet: nothing is decided, or what
// was awarded ends and nobody applied for what follows.
func (p Participant) Pending(a Application) bool {
	renewed := slices.ContainsFunc(p.Applications, func(o Application) bool { return o.Renews == a.ID && o.State != ApplicationWithdrawn })
	return a.State.Open() || a.State.Awarded() && !a.Until.IsZero() && !renewed
}

// ApplicationRow returns what clocks count from.
func (p Participant) ApplicationRow(a Application) RowApplication {
	r := RowApplication{ID: a.ID, Programme: a.Programme, State: a.State, Since: a.Applied, JobStart: a.JobStart, Chased: a.LastChase().On, Until: a.Until}
	if r.Since.IsZero() {
		r.Since = a.On
	}
	if r.JobStart.IsZero() {
		r.JobStart = p.jobStart()
	}
	return r
}

// ApplicationNext returns the next day on which an application wants something, and what;
// zero when it wants nothing.
func (rules Rules) ApplicationNext(r RowApplication) (calendar.Day, string) {
	switch {
	case r.State == ApplicationPreparing:
		return r.Since.AddDays(rules["application-unsent"].Days), "apply"
	case r.State == ApplicationApplied && !r.Chased.IsZero():
		return r.Chased.AddDays(rules["application-again"].Days), "ask again"
	case r.State == ApplicationApplied:
		return r.Since.AddDays(rules["application-silent"].Days), "ask how it gets on"
	case r.State.Awarded() && !r.Until.IsZero():
		return r.Until.AddDays(-rules["award-ends"].Days), "renew"
	}
	return 0, ""
}

// ApplicationWhy says how the next day of an application is reckoned, with its source.
func (rules Rules) ApplicationWhy(r RowApplication) string {
	day, what := rules.ApplicationNext(r)
	if day.IsZero() {
		return ""
	}
	key := map[string]string{"apply": "application-unsent", "ask again": "application-again", "ask how it gets on": "application-silent", "renew": "award-ends"}[what]
	return fmt.Sprintf("%s by %s: %s Source: %s (%s)", what, day.Short(0), rules[key].Says, rules[key].Source, rules[key].Confidence)
}
