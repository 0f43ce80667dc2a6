package domain

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Agreement is one version of the plan, as the person said yes to it.
type Agreement struct {
	ID      ID
	Version int
	On      calendar.Day
	How     ConsentHow
	Giver   ConsentGiver
	Present []string // who else was there
	By      ID       // who wrote it down
	Crossed bool     // another desk agreed a version of the same number meanwhile

	upTo Record // its own record; the plan of this version is all that was known by then
	knew map[DeskID]uint64
}

// ItemID makes Agreement findable by its ID.
func (a Agreement) ItemID() ID { return a.ID }

// Version returns the number of the newest version that was agreed; 0 for none.
func (p Plan) Version() int {
	n := 0
	for _, a := range p.Agreed {
		n = max(n, a.Version)
	}
	return n
}

// PlanAt returns the plan as it was when a version was agreed: what the desk that
// wrote it down knew then, and nothing that came later or from elsewhere. Version 0
// is the empty plan, and so is one that was never agreed.
func (p Participant) PlanAt(version int) Plan {
	i := slices.IndexFunc(p.Plan.Agreed, func(a Agreement) bool { return a.Version == version })
	if i < 0 {
		return Plan{}
	}
	a := p.Plan.Agreed[i]
	var known []Record
	for _, r := range p.past {
		if r.Before(a.upTo) <= 0 && (r.Desk == a.upTo.Desk || r.Seq <= a.knew[r.Desk]) {
			known = append(known, r)
		}
	}
	return Replay(About(p.ID), known).Plan
}

// Public returns the plan without what is of a private scope.
func (p Plan) Public() Plan {
	p.Steps = slices.DeleteFunc(slices.Clone(p.Steps), func(s Step) bool { return s.Scope.Private() })
	p.Goals = slices.DeleteFunc(slices.Clone(p.Goals), func(g Goal) bool { return g.Scope.Private() })
	return p
}

// Changes tells in plain sentences what differs between two plans, goals before
// steps. Private scopes are told too: leave them out with [Plan.Public].
func Changes(from, to Plan) []string {
	var out []string
	for _, g := range to.Goals {
		out = append(out, g.changes(find(from.Goals, g.ID))...)
	}
	for _, g := range from.Goals {
		if find(to.Goals, g.ID) == nil {
			out = append(out, "Goal taken out: "+g.Text+".")
		}
	}
	for _, s := range to.Steps {
		out = append(out, s.changes(find(from.Steps, s.ID))...)
	}
	for _, s := range from.Steps {
		if find(to.Steps, s.ID) == nil {
			out = append(out, "Step taken out: "+s.Text+".")
		}
	}
	return out
}

func (g Goal) changes(was *Goal) []string {
	var out []string
	if was == nil {
		was = &Goal{Item: g.Item, Target: g.Target}
		out = append(out, "New goal: "+g.Text+dueWords(g.Target)+".")
	}
	if g.Target != was.Target && !g.Target.IsZero() {
		out = append(out, "Goal to reach by "+g.Target.Long()+": "+g.Text+".")
	}
	if g.Target != was.Target && g.Target.IsZero() {
		out = append(out, "Goal without a target date now: "+g.Text+".")
	}
	if g.Text != was.Text {
		out = append(out, "A goal has other words: "+g.Text+".")
	}
	if g.Status != was.Status {
		out = append(out, "Goal "+g.Status.words()+": "+g.Text+".")
	}
	return out
}

func (s GoalStatus) words() string {
	if s == GoalActive {
		return "active again"
	}
	return clean.Line(string(s), 40)
}

func (s Step) changes(was *Step) []string {
	who := (Names{}).Called(s.Owner)
	if was == nil {
		text := "New step: " + s.Text + " (" + who + dueBy(s.Due, s.Before) + ")."
		if s.Status != StepNotStarted {
			return []string{text, "Step " + s.Status.String() + ": " + s.Text + "."}
		}
		return []string{text}
	}
	var out []string
	if s.Text != was.Text {
		out = append(out, "A step has other words: "+s.Text+".")
	}
	if s.Owner != was.Owner {
		out = append(out, fmt.Sprintf("Step now for %s, not %s: %s.", who, (Names{}).Called(was.Owner), s.Text))
	}
	if s.Due != was.Due || s.Before != was.Before {
		out = append(out, fmt.Sprintf("Step now %s, not %s: %s.", s.when(), was.when(), s.Text))
	}
	if s.Status != was.Status {
		out = append(out, "Step "+s.Status.String()+": "+s.Text+".")
	}
	if s.Result != was.Result && s.Result != "" {
		out = append(out, "Step "+s.Result.came()+": "+s.Text+".")
	}
	return out
}

// came is a result in a sentence about a step.
func (r TriedResult) came() string {
	switch r {
	case ResultPartly:
		return "helped partly"
	case ResultNo:
		return "did not help"
	case ResultWorked, ResultNotTried:
	}
	return clean.Line(string(r), 40)
}

// when is by when a step is to be taken, in words that stand in a sentence.
func (s Step) when() string {
	switch {
	case s.Before != "":
		return s.Before.String()
	case s.Due.IsZero():
		return "without a date"
	}
	return "by " + s.Due.Long()
}

// AgreePlan records that the person said yes to the plan as it stands.
type AgreePlan struct {
	Participant ID
	On          calendar.Day // zero means today
	How         ConsentHow
	Giver       ConsentGiver // empty means the person
	Present     []string     // who else was there
}

// For names the participant.
func (c AgreePlan) For() Subject { return About(c.Participant) }

// Decide asks for a plan, how it was agreed and a day that is not to come, and
// refuses a version in which nothing is new.
func (c AgreePlan) Decide(p Participant, s Stamp) ([]Event, error) {
	giver := cmp.Or(c.Giver, GivenByPerson)
	on := c.On
	if on.IsZero() {
		on = s.Today
	}
	switch {
	case p.Plan.Empty():
		return nil, Refused("", "There is no plan yet. Add a goal or a step first.")
	case !slices.Contains(ConsentHows, c.How):
		return nil, Refused("how", "Say how the plan was agreed: face to face, phone, in writing or online.")
	case !slices.Contains(ConsentGivers, giver):
		return nil, Refused("by", "Say who agreed: the person, or their representative.")
	case on > s.Today:
		return nil, Refused("on", "%s has not come yet. Record the agreement on the day.", on.Short(s.Today))
	case p.Plan.Version() > 0 && len(Changes(p.PlanAt(p.Plan.Version()).Public(), p.Plan.Public())) == 0:
		return nil, Refused("", "Version %d was agreed, and nothing has changed since.", p.Plan.Version())
	}
	var present []string
	for _, who := range c.Present {
		if who = clean.Line(who, clean.MaxLine); who != "" {
			present = append(present, who)
		}
	}
	e := PlanAgreed{ID: s.New(), Version: p.Plan.Version() + 1, Day: on, How: c.How, Giver: giver, Present: present}
	knew := map[DeskID]uint64{}
	for _, r := range p.past {
		knew[r.Desk] = max(knew[r.Desk], r.Seq)
	}
	for _, d := range slices.SortedFunc(maps.Keys(knew), func(a, b DeskID) int { return slices.Compare(a[:], b[:]) }) {
		e.Knew = append(e.Knew, Known{Desk: d.String(), UpTo: knew[d]})
	}
	return []Event{e}, nil
}

// PlanAgreed happens when the person says yes to the plan as it stands.
type PlanAgreed struct {
	ID      ID           `json:"id"`
	Version int          `json:"version"`
	Day     calendar.Day `json:"day"`
	How     ConsentHow   `json:"how"`
	Giver   ConsentGiver `json:"by"`
	Present []string     `json:"present,omitempty"`
	Knew    []Known      `json:"knew,omitempty"` // what was on the table: records by desk
}

// Known says up to which of its records one desk was known.
type Known struct {
	Desk string `json:"desk"` // 16 hexadecimal digits
	UpTo uint64 `json:"upto"`
}

var _ = know[PlanAgreed]()

// Kind names the event on disk.
func (PlanAgreed) Kind() string { return "plan.agreed" }

// Sentence says which version, and who said yes.
func (e PlanAgreed) Sentence() string {
	who := "the person"
	if e.Giver == GivenByRepresentative {
		who = "their representative"
	}
	return fmt.Sprintf("Version %d of the plan was agreed with %s.", e.Version, who)
}

func (e PlanAgreed) makes() ID { return e.ID }

func (e PlanAgreed) apply(p *Participant, r Record) {
	a := Agreement{ID: e.ID, Version: e.Version, On: e.Day, How: e.How, Giver: e.Giver, Present: e.Present, By: r.By, upTo: r, knew: map[DeskID]uint64{}}
	for _, k := range e.Knew {
		var d DeskID
		if d.UnmarshalText([]byte(k.Desk)) == nil {
			a.knew[d] = k.UpTo
		}
	}
	// Two desks that agreed apart both wrote the same number: both stand, and the later
	// takes the next one.
	if newest := p.Plan.Version(); a.Version <= newest {
		a.Version, a.Crossed = newest+1, true
	}
	p.Plan.Agreed = append(p.Plan.Agreed, a)
}
