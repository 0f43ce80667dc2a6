package main

import (
	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// recordWork is the way into work and through it, for --json.
type recordWork struct {
	Work *workItem `json:"work,omitempty"`
}

type workItem struct {
	State       domain.WorkState     `json:"state,omitempty"`
	Employed    string               `json:"employed,omitempty"`
	Moves       []moveItem           `json:"moves"`
	Jobs        []jobItem            `json:"jobs"`
	Weeks       []weekItem           `json:"weeks"`
	Contacts    []contactItem        `json:"contacts"`
	Adjustments []workAdjustmentItem `json:"adjustments"`
	Profile     []profileItem        `json:"profile"`
	Absences    []absenceItem        `json:"absences"`
	Returns     []returnItem         `json:"returns"`
	Counters    []counterItem        `json:"counters"`
	Check       *checkItem           `json:"check,omitempty"`
}

type moveItem struct {
	ID        domain.ID        `json:"id"`
	Stage     domain.WorkStage `json:"stage"`
	Day       calendar.Day     `json:"day"`
	Programme string           `json:"programme,omitempty"`
	Code      string           `json:"code,omitempty"`
	Words     string           `json:"words,omitempty"`
}

type jobItem struct {
	ID        domain.ID        `json:"id"`
	Ref       string           `json:"ref"`
	Title     string           `json:"title"`
	Employer  string           `json:"employer,omitempty"`
	As        string           `json:"as"`
	Minutes   int              `json:"minutes,omitempty"`
	Start     calendar.Day     `json:"start,omitzero"`
	State     domain.WorkState `json:"state,omitempty"`
	Ended     calendar.Day     `json:"ended,omitzero"`
	Code      string           `json:"code,omitempty"`
	Words     string           `json:"words,omitempty"`
	Elsewhere []otherItem      `json:"elsewhere,omitempty"`
}

type weekItem struct {
	Week      calendar.Day `json:"week"`
	Minutes   int          `json:"minutes"`
	Fine      bool         `json:"fine"`
	Words     string       `json:"words,omitempty"`
	Elsewhere []otherItem  `json:"elsewhere,omitempty"`
}

type contactItem struct {
	ID       domain.ID          `json:"id"`
	Ref      string             `json:"ref"`
	Employer string             `json:"employer"`
	Day      calendar.Day       `json:"day"`
	How      domain.ConsentHow  `json:"how"`
	Kind     domain.ContactKind `json:"kind"`
	Text     string             `json:"text"`
}

type workAdjustmentItem struct {
	ID        domain.ID              `json:"id"`
	Ref       string                 `json:"ref"`
	Text      string                 `json:"text"`
	Owner     domain.AdjustmentOwner `json:"owner"`
	Due       calendar.Day           `json:"due,omitzero"`
	Status    domain.PromiseStatus   `json:"status,omitempty"`
	Words     string                 `json:"words,omitempty"`
	Elsewhere []otherItem            `json:"elsewhere,omitempty"`
}

type profileItem struct {
	ID        domain.ID          `json:"id"`
	Ref       string             `json:"ref"`
	Part      domain.ProfilePart `json:"part"`
	Text      string             `json:"text"`
	Was       []string           `json:"was,omitempty"`
	Removed   bool               `json:"removed,omitempty"`
	Elsewhere []otherItem        `json:"elsewhere,omitempty"`
}

type absenceItem struct {
	ID        domain.ID    `json:"id"`
	Ref       string       `json:"ref"`
	From      calendar.Day `json:"from"`
	Code      string       `json:"code,omitempty"`
	Words     string       `json:"words,omitempty"`
	FitNote   domain.ID    `json:"fit_note,omitzero"`
	Checked   calendar.Day `json:"checked,omitzero"`
	Found     string       `json:"found,omitempty"`
	Back      calendar.Day `json:"back,omitzero"`
	Elsewhere []otherItem  `json:"elsewhere,omitempty"`
}

type returnItem struct {
	ID     domain.ID           `json:"id"`
	Ref    string              `json:"ref"`
	From   calendar.Day        `json:"from"`
	Weeks  []int               `json:"weeks"`
	Words  string              `json:"words,omitempty"`
	Ended  calendar.Day        `json:"ended,omitzero"`
	Result domain.ReturnResult `json:"result,omitempty"`
}

// recordWork gathers what is known of somebody's work; nothing where nothing is.
func (s *subject) recordWork(q domain.Queue) recordWork {
	in, w := s.p.InWork, s.p.WorkRow()
	if in.Empty() {
		return recordWork{}
	}
	it := &workItem{
		State: w.State(q.Work, s.today), Employed: s.p.EmployedOn(s.today).Status,
		Moves: []moveItem{}, Jobs: []jobItem{}, Weeks: []weekItem{}, Contacts: []contactItem{}, Adjustments: []workAdjustmentItem{}, Profile: []profileItem{}, Absences: []absenceItem{}, Returns: []returnItem{},
		Counters: counterItems(w.Counters(q.Work.Counters, s.today), s.today),
	}
	if c, ok := w.CheckIn(q.Work.CheckIns, s.p.Row().Pauses, s.today); ok {
		it.Check = checkOf(c)
	}
	for _, m := range in.Moves {
		it.Moves = append(it.Moves, moveItem{m.ID, m.Stage, m.Day, m.Programme, m.Code, m.Words})
	}
	for _, j := range in.Jobs {
		it.Jobs = append(it.Jobs, jobItem{j.ID, s.itemRef(j.ID), j.Title, j.Employer, j.As.String(), j.Minutes, j.Start, w.JobState(j.ID, q.Work, s.today), j.Ended, j.Code, j.Words, others(j.Elsewhere)})
	}
	for _, m := range in.Weeks {
		it.Weeks = append(it.Weeks, weekItem{m.Week, m.Minutes, m.Fine, m.Words, others(m.Elsewhere)})
	}
	for _, x := range in.Contacts {
		it.Contacts = append(it.Contacts, contactItem{x.ID, s.itemRef(x.ID), x.Employer, x.Day, x.How, x.Kind, x.Text})
	}
	for _, a := range in.Promised {
		it.Adjustments = append(it.Adjustments, workAdjustmentItem{a.ID, s.itemRef(a.ID), a.Text, a.Owner, a.Due, a.Settled, a.Words, others(a.Elsewhere)})
	}
	for _, l := range in.Profile {
		it.Profile = append(it.Profile, profileItem{l.ID, s.itemRef(l.ID), l.Part, l.Text, l.Was, l.Removed, others(l.Elsewhere)})
	}
	for _, a := range in.Absences {
		it.Absences = append(it.Absences, absenceItem{a.ID, s.itemRef(a.ID), a.From, a.Code, a.Words, a.FitNote, a.Checked, a.Found, a.Back, others(a.Elsewhere)})
	}
	for _, x := range in.Returns {
		it.Returns = append(it.Returns, returnItem{x.ID, s.itemRef(x.ID), x.From, x.Weeks, x.Words, x.Ended, x.Result})
	}
	return recordWork{it}
}

// workItems are the things about work that have a reference.
func workItems(p domain.Participant) []item {
	in := p.InWork
	var all []item
	for _, j := range in.Jobs {
		all = append(all, item{j.ID, itemJob, j.Called(), domain.Shareable, j.Start})
	}
	for _, x := range in.Contacts {
		all = append(all, item{x.ID, itemContact, x.Text, domain.Shareable, 0})
	}
	for _, a := range in.Promised {
		all = append(all, item{a.ID, itemWorkAdjustment, a.Text, domain.Shareable, a.Due})
	}
	for _, l := range in.Profile {
		all = append(all, item{l.ID, itemProfile, l.Text, domain.Shareable, 0})
	}
	for _, a := range in.Absences {
		all = append(all, item{a.ID, itemAbsence, a.From.Long(), domain.Shareable, 0})
	}
	for _, x := range in.Returns {
		all = append(all, item{x.ID, itemReturn, x.From.Long(), domain.Shareable, x.Last()})
	}
	return all
}

// The kinds of item about work.
const (
	itemJob            itemKind = "job"
	itemContact        itemKind = "employer contact"
	itemWorkAdjustment itemKind = "adjustment at work"
	itemProfile        itemKind = "profile line"
	itemAbsence        itemKind = "absence"
	itemReturn         itemKind = "return plan"
)
