package domain

import (
	"fmt"
	"slices"

	"coachdesk/domain/calendar"
)

// FitStretch is a fit note in the history, and how it follows the one before.
type FitStretch struct {
	FitNote

	Gap     int       // days between the end of those before and this one; 0: none
	Overlap int       // days that another one covered already
	Was     FitOption // what the one before said, when this one says something else
}

// FitHistory is all fit notes of somebody in their order, and what they add up to.
type FitHistory struct {
	Notes []FitStretch
	Days  int // that a note covers, each once
	Gaps  int // between notes
}

// FitHistory puts the fit notes in order: by their first day, then by their last.
func (p Participant) FitHistory() FitHistory {
	notes := slices.Clone(p.FitNotes)
	slices.SortStableFunc(notes, func(a, b FitNote) int {
		if a.From != b.From {
			return int(a.From - b.From)
		}
		return int(a.To - b.To)
	})
	var h FitHistory
	var end calendar.Day // of all up to here
	for i, f := range notes {
		x := FitStretch{FitNote: f}
		if i > 0 {
			switch {
			case f.From > end+1:
				x.Gap = int(f.From-end) - 1
				h.Gaps++
			case f.From <= end:
				x.Overlap = int(min(end, f.To)-f.From) + 1
			}
			if before := notes[i-1]; before.Option != f.Option {
				x.Was = before.Option
			}
		}
		if f.To > end {
			h.Days += int(f.To - max(end, f.From-1))
			end = f.To
		}
		h.Notes = append(h.Notes, x)
	}
	return h
}

// Says tells how many weeks the notes cover, and their gaps.
func (h FitHistory) Says() string {
	if len(h.Notes) == 0 {
		return ""
	}
	text := fmt.Sprintf("%s, %s in all", days(len(h.Notes), "note"), weeksOf(h.Days))
	if h.Gaps > 0 {
		text += ", " + days(h.Gaps, "gap")
	}
	return text
}

// weeksOf says a number of days in weeks, with the days that are left.
func weeksOf(n int) string {
	switch weeks, left := n/7, n%7; {
	case weeks == 0:
		return days(n, "day")
	case left == 0:
		return days(weeks, "week")
	default:
		return days(weeks, "week") + " and " + days(left, "day")
	}
}

// Period says for how long a note runs.
func (f FitNote) Period() string { return weeksOf(int(f.To-f.From) + 1) }

// Follows says how a note follows those before: a gap, an overlap, another option.
func (x FitStretch) Follows() []string {
	var out []string
	if x.Gap > 0 {
		out = append(out, days(x.Gap, "day")+" without a note before it")
	}
	if x.Overlap > 0 {
		out = append(out, days(x.Overlap, "day")+" covered by another note already")
	}
	if x.Was != "" {
		out = append(out, "changed from "+string(x.Was)+" to "+string(x.Option))
	}
	return out
}

// Thought returns how a note would follow those on the record, before it is written down.
func (p Participant) Thought(f FitNote) FitStretch {
	p.FitNotes = append(slices.Clone(p.FitNotes), f)
	for _, x := range p.FitHistory().Notes {
		if x.ID == f.ID && x.From == f.From && x.To == f.To && x.Option == f.Option {
			return x
		}
	}
	return FitStretch{FitNote: f}
}

// FitChange is what is worth talking about when a fit note says something else than the
// one before, as data.
type FitChange struct {
	From       FitOption `json:"from"`
	To         FitOption `json:"to"`
	Says       string    `json:"says"`
	Source     string    `json:"source"`
	Date       string    `json:"date"`
	Confidence string    `json:"confidence"`
}

// FitChangeSays returns what is worth talking about when a note changed; empty: nothing.
func (p Planning) FitChangeSays(x FitStretch) string {
	for _, c := range p.FitNotes {
		if c.From == x.Was && c.To == x.Option && x.Was != "" {
			return c.Says
		}
	}
	return ""
}
