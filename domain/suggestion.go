package domain

import (
	"strings"

	"coachdesk/domain/clean"
)

// Suggestions returns what a text suggests to do: its lines that begin with ! or -, or
// else its first line.
func Suggestions(text string) []string {
	var all []string
	first := ""
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSpace(line)
		if first == "" {
			first = line
		}
		for _, mark := range []string{"!", "-", "•"} {
			if rest, ok := strings.CutPrefix(line, mark); ok && strings.TrimSpace(rest) != "" {
				all = append(all, clean.Line(rest, clean.MaxLine))
				break
			}
		}
	}
	if line := clean.Line(first, clean.MaxLine); len(all) == 0 && line != "" {
		all = append(all, line)
	}
	return all
}

// suggested are the steps that a text about an escalation suggests, those left out
// that are in the plan already. Each is read as the line of a note is: an owner before
// a colon, a date after the last "by".
func (p Participant) suggested(origin ID, text string, owner Owner, s Stamp) []Event {
	var steps []Event
	for _, line := range Suggestions(text) {
		step := StepAdded{Origin: origin, Text: line, Owner: owner}
		if w := ReadNote("! "+line, s.Today, p.names(s)); w.Problem() == nil && len(w.Marks) == 1 {
			m := w.Marks[0]
			step.Text, step.Due, step.Before = m.Text, m.Due, m.Before
			if strings.Contains(line, ":") && !strings.HasPrefix(line, m.Text) {
				step.Owner = m.Owner
			}
		}
		if !p.Plan.everTook(origin, step.Text) {
			step.ID = s.New()
			steps = append(steps, step)
		}
	}
	return steps
}

// everTook reports whether a suggestion became a step before, whatever became of it.
func (p Plan) everTook(origin ID, text string) bool {
	for _, st := range p.Steps {
		if st.Origin == origin && clean.Fold(st.Text) == clean.Fold(text) {
			return true
		}
	}
	return false
}

// TakeAnswer takes an adviser's answer into the plan: each of its suggestions becomes
// a step that says where it came from.
type TakeAnswer struct{ Participant, Escalation ID }

// For names the participant.
func (c TakeAnswer) For() Subject { return About(c.Participant) }

// Decide asks for an answer, of which something is not in the plan yet.
func (c TakeAnswer) Decide(p Participant, s Stamp) ([]Event, error) {
	x := find(p.Escalations, c.Escalation)
	if x == nil || x.Answer == "" {
		return nil, Refused("escalation", "There is no answer to take yet.")
	}
	steps := p.suggested(x.ID, x.Answer, ByPerson, s)
	if len(steps) == 0 {
		return nil, Refused("escalation", "Everything that the answer suggests is in the plan already.")
	}
	return steps, nil
}
