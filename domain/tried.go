package domain

import "strings"

// TriedBefore says what an adviser asks first: the barriers, and what was done
// about them, in at most so many lines. Nothing of a private scope is in it.
func TriedBefore(p Participant, most int) string {
	var lines []string
	for _, b := range p.Barriers {
		if !b.Resolved && !b.Scope.Private() {
			lines = append(lines, "Barrier: "+b.Text)
		}
	}
	for _, s := range p.Plan.Steps {
		if !s.Scope.Private() && !s.Open() {
			lines = append(lines, "Tried: "+s.Text+" ("+s.ended()+")")
		}
	}
	return strings.Join(lines[:min(len(lines), most)], "\n")
}

// ended is how a step ended, and what came of it where somebody said so.
func (s Step) ended() string {
	if s.Result == "" {
		return s.Status.String()
	}
	return s.Status.String() + ", " + s.Result.came()
}
