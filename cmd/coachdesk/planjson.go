package main

import (
	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// recordPlan is the plan of a record and what it rests on, for --json.
type recordPlan struct {
	Barriers []barrierItem `json:"barriers"`
	Goals    []goalItem    `json:"goals"`
	Steps    []stepItem    `json:"steps"`
	Review   calendar.Day  `json:"review,omitzero"`
	Promises []promiseItem `json:"promises"`
	Version  int           `json:"version,omitempty"`
	Agreed   []agreedItem  `json:"agreed,omitempty"`
	Paused   *pausedItem   `json:"paused,omitempty"`
	Hints    []domain.Hint `json:"hints,omitempty"`
}

type barrierItem struct {
	textItem
	Resolved  bool        `json:"resolved,omitempty"`
	Result    string      `json:"result,omitempty"`
	Elsewhere []otherItem `json:"elsewhere,omitempty"`
}

type goalItem struct {
	textItem
	Target    calendar.Day `json:"target,omitzero"`
	Status    string       `json:"status"`
	Code      string       `json:"code,omitempty"`
	Reason    string       `json:"reason,omitempty"`
	Outcome   string       `json:"outcome,omitempty"`
	Elsewhere []otherItem  `json:"elsewhere,omitempty"`
}

type stepItem struct {
	textItem
	Goal      domain.ID          `json:"goal,omitzero"`
	Barrier   domain.ID          `json:"barrier,omitzero"`
	Origin    domain.ID          `json:"origin,omitzero"`
	Owner     domain.Owner       `json:"owner"`
	Due       calendar.Day       `json:"due,omitzero"` // what the step waits for made out, where it is known
	Before    domain.Anchor      `json:"before,omitempty"`
	Status    string             `json:"status"`
	Code      string             `json:"code,omitempty"`
	Reason    string             `json:"reason,omitempty"`
	Result    domain.TriedResult `json:"result,omitempty"`
	Chases    []chaseItem        `json:"chases,omitempty"`
	Elsewhere []otherItem        `json:"elsewhere,omitempty"`
}

type chaseItem struct {
	On      calendar.Day       `json:"on"`
	How     domain.ConsentHow  `json:"how,omitempty"`
	Answer  domain.ChaseAnswer `json:"answer"`
	Comment string             `json:"comment,omitempty"`
}

type promiseItem struct {
	textItem
	Owner     domain.Owner `json:"owner"`
	Due       calendar.Day `json:"due,omitzero"`
	Status    string       `json:"status"`
	Elsewhere []otherItem  `json:"elsewhere,omitempty"`
}

// otherItem is what another desk said at the same time.
type otherItem struct {
	Field string `json:"field"`
	Said  string `json:"said"`
}

type agreedItem struct {
	Version int                 `json:"version"`
	On      calendar.Day        `json:"on"`
	How     domain.ConsentHow   `json:"how"`
	By      domain.ConsentGiver `json:"by"`
	Present []string            `json:"present,omitempty"`
	Crossed bool                `json:"crossed,omitempty"`
}

type pausedItem struct {
	Code   string       `json:"code,omitempty"`
	Reason string       `json:"reason,omitempty"`
	From   calendar.Day `json:"from"`
	Until  calendar.Day `json:"until,omitzero"`
}

func others(list []domain.Elsewhere) []otherItem {
	var out []otherItem
	for _, e := range list {
		out = append(out, otherItem(e))
	}
	return out
}

func (s *subject) recordPlan(q domain.Queue, v view) recordPlan {
	reviews := q.Reviewing()
	it := recordPlan{Barriers: []barrierItem{}, Goals: []goalItem{}, Steps: []stepItem{}, Review: s.p.Review(reviews).Day, Promises: []promiseItem{}, Version: s.p.Plan.Version()}
	for _, b := range s.p.Barriers {
		if may(b.Scope, v) {
			it.Barriers = append(it.Barriers, barrierItem{s.text(b.Item), b.Resolved, b.Result, others(b.Elsewhere)})
		}
	}
	for _, g := range s.p.Plan.Goals {
		if may(g.Scope, v) {
			it.Goals = append(it.Goals, s.goalItem(g))
		}
	}
	for _, st := range s.p.Plan.Steps {
		if may(st.Scope, v) {
			it.Steps = append(it.Steps, s.stepItem(st, reviews))
		}
	}
	for _, pr := range s.p.Promises {
		status := string(pr.Status)
		if pr.Status == domain.PromiseOpen {
			status = "open"
		}
		if may(pr.Scope, v) {
			it.Promises = append(it.Promises, promiseItem{s.text(pr.Item), pr.Owner, pr.Due, status, others(pr.Elsewhere)})
		}
	}
	for _, a := range s.p.Plan.Agreed {
		it.Agreed = append(it.Agreed, agreedItem{a.Version, a.On, a.How, a.Giver, a.Present, a.Crossed})
	}
	if x, ok := s.p.Plan.Paused(s.today); ok {
		it.Paused = &pausedItem{x.Code, x.Reason, x.From, x.Until}
	}
	for _, h := range s.p.Hints(s.today, reviews) {
		if s.mayHint(h, v) {
			it.Hints = append(it.Hints, h)
		}
	}
	return it
}

// mayHint leaves out what is missing of a private thing: it would tell that there is one.
func (s *subject) mayHint(h domain.Hint, v view) bool {
	for _, it := range s.items {
		if it.id == h.ID {
			return may(it.scope, v)
		}
	}
	return false
}

func (s *subject) goalItem(g domain.Goal) goalItem {
	status := string(g.Status)
	if g.Status == domain.GoalActive {
		status = "active"
	}
	return goalItem{s.text(g.Item), g.Target, status, g.Code, g.Reason, g.Outcome, others(g.Elsewhere)}
}

func (s *subject) stepItem(st domain.Step, reviews domain.Reviewing) stepItem {
	it := stepItem{
		textItem: s.text(st.Item), Goal: st.Goal, Barrier: st.Barrier, Origin: st.Origin, Owner: st.Owner, Due: s.p.DueOn(st, reviews), Before: st.Before,
		Status: st.Status.String(), Code: st.Code, Reason: st.Reason, Result: st.Result, Elsewhere: others(st.Elsewhere),
	}
	for _, c := range st.Chases {
		it.Chases = append(it.Chases, chaseItem{c.On, c.How, c.Answer, c.Comment})
	}
	return it
}
