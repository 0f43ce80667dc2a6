package main

import (
	"fmt"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// plan tells the plan by goal, as show and plan print it.
func (sh *sheet) plan() {
	plan := sh.p.Plan
	if plan.Empty() {
		return
	}
	done, all := plan.Count()
	sh.head(fmt.Sprintf("Plan, %d of %s done", done, plural(all, "1 step", "%s steps")))
	sh.planState()
	for _, g := range sh.p.StepsByGoal(sh.queue.Reviewing()) {
		if g.Goal != nil {
			sh.goal(*g.Goal)
		}
		for _, st := range g.Steps {
			sh.step(st)
		}
	}
}

// planState is what holds for the whole plan: whether it is paused, agreed, and when
// it is looked at again.
func (sh *sheet) planState() {
	if x, ok := sh.p.Plan.Paused(sh.today); ok {
		sh.put("%s%s", domain.PauseWords(x.Until, sh.today), after(": ", sh.because(domain.ReasonsPause, x.Code, x.Reason)))
	}
	if list := sh.p.Plan.Agreed; len(list) > 0 {
		sh.put("%s", agreedWords(list[len(list)-1], sh.today))
	}
	if next := sh.p.Review(sh.queue.Reviewing()).Day; !next.IsZero() {
		sh.put("next review: %s", sh.due(next))
	}
}

func (sh *sheet) because(list, code, words string) string {
	return sh.queue.Planning.Reasons.Because(list, code, words)
}

func (sh *sheet) goal(g domain.Goal) {
	status := "active"
	if g.Status != domain.GoalActive {
		status = string(g.Status) + after(": ", sh.because(domain.ReasonsArchive, g.Code, g.Reason))
	}
	if !g.Target.IsZero() && g.Status == domain.GoalActive {
		status += ", by " + sh.due(g.Target)
	}
	sh.put("%s  goal: %s (%s)", sh.itemRef(g.ID), shown(g.Scope, g.Text, sh.private), status)
	if g.Outcome != "" {
		sh.put("    in their words: %s", shown(g.Scope, g.Outcome, sh.private))
	}
	sh.elsewhere(g.Scope, g.Elsewhere)
	sh.hint(g.ID)
}

func (sh *sheet) step(st domain.Step) {
	line := fmt.Sprintf("%s  step: %s: %s (%s", sh.itemRef(st.ID), sh.callers().Called(st.Owner), shown(st.Scope, st.Text, sh.private), st.Status)
	if due := sh.p.DueSays(st, sh.queue.Reviewing(), sh.today); st.Open() && due != "no date" {
		if st.Before == "" {
			due = "by " + due
		}
		line += ", " + due
	}
	line += after(": ", shown(st.Scope, sh.because(domain.ReasonsDrop, st.Code, st.Reason), sh.private))
	if !st.Origin.IsZero() {
		line += ", from answer " + sh.itemRef(st.Origin)
	}
	if c := st.LastChase(); !c.On.IsZero() {
		line += ", last chased " + c.On.Short(sh.today) + ": " + string(c.Answer)
	}
	if st.Result != "" {
		line += ", result: " + string(st.Result)
	}
	sh.put("%s)", line)
	sh.elsewhere(st.Scope, st.Elsewhere)
	sh.hint(st.ID)
}

// elsewhere tells what another desk said at the same time.
func (sh *sheet) elsewhere(scope domain.Scope, list []domain.Elsewhere) {
	for _, e := range list {
		sh.put("    said at the same time on another desk, %s: %s", e.Field, shown(scope, e.Said, sh.private))
	}
}

// hint tells gently what may be missing; only plan asks for hints.
func (sh *sheet) hint(id domain.ID) {
	if says := domain.HintOf(sh.hints, id); says != "" {
		sh.put("    · %s", says)
	}
}

// agreedWords says which version was agreed with whom, how and when.
func agreedWords(a domain.Agreement, today calendar.Day) string {
	text := fmt.Sprintf("version %d agreed %s, %s, by the %s", a.Version, a.On.Short(today), a.How, a.Giver)
	if len(a.Present) > 0 {
		text += "; there: " + strings.Join(a.Present, ", ")
	}
	if a.Crossed {
		text += "; another desk agreed the same number at the same time"
	}
	return text
}
