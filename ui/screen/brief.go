package screen

import (
	"fmt"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/theme"
)

// briefLabel is how wide the names of a brief's parts are.
const briefLabel = 18

// BriefLines draws a brief, in its order, in lines of a width.
func BriefLines(b domain.Brief, names domain.Names, today calendar.Day, t *theme.Theme, width int) []string {
	w := max(20, width-briefLabel-2)
	var out []string
	part := func(label string, lines []string, ink theme.Ink) {
		for i, l := range lines {
			if i > 0 {
				label = ""
			}
			out = append(out, "  "+t.Muted.Paint(kit.Fill(label, briefLabel))+ink.Paint(l))
		}
	}
	part("Promises", briefPromises(b, names, today, t, w), t.Text)
	part("Adjustments", briefWrap(orWord(strings.Join(b.Adjustments, " "+t.Glyphs.Sep+" "), "none recorded"), w), t.Chip)
	var clocks []string
	for _, c := range b.Clocks {
		when := c.Day.Short(today)
		if c.Minute >= 0 {
			when += " " + calendar.Clock(c.Minute)
		}
		clocks = append(clocks, kit.Cut(clean.Line(c.What+": "+when+", "+c.Day.Distance(today), 300), w))
	}
	if clocks == nil {
		clocks = []string{"nothing runs"}
	}
	part("Clocks", clocks, t.Text)
	part("What matters", briefTexts(b.Matters, w), t.Strong)
	part("Strengths", briefTexts(b.Strengths, w), t.Text)
	part(briefSince(b, today), briefChanges(b, today, w), t.Text)
	return out
}

func briefSince(b domain.Brief, today calendar.Day) string {
	if b.Since.IsZero() {
		return "So far"
	}
	return kit.Cut("Since "+b.Since.Short(today), briefLabel-1)
}

func orWord(text, word string) string {
	if text == "" {
		return word
	}
	return text
}

func briefWrap(text string, w int) []string { return kit.Wrap(clean.Line(text, 600), w) }

// hanging breaks a text, with what follows its first line a little to the right.
func hanging(text string, w int) []string {
	lines := kit.Wrap(text, w-2)
	for i := 1; i < len(lines); i++ {
		lines[i] = "  " + lines[i]
	}
	return lines
}

func briefTexts(texts []string, w int) []string {
	var out []string
	for _, text := range texts {
		out = append(out, briefWrap(text, w)...)
	}
	return out
}

func briefPromises(b domain.Brief, names domain.Names, today calendar.Day, t *theme.Theme, w int) []string {
	var out []string
	for _, pr := range b.Promises {
		sign := t.Glyphs.Open
		switch pr.Status {
		case domain.PromiseKept:
			sign = t.Glyphs.Done
		case domain.PromiseBroken, domain.PromiseReleased:
			sign = t.Glyphs.Dropped
		case domain.PromiseOpen:
		}
		text := sign + " " + names.Called(pr.Owner) + ": " + clean.Line(pr.Text, 200) + " (" + pr.State(today) + ")"
		out = append(out, hanging(text, w)...)
	}
	if out == nil {
		out = []string{"none"}
	}
	return out
}

func briefChanges(b domain.Brief, today calendar.Day, w int) []string {
	var out []string
	for i := len(b.Changes) - 1; i >= 0; i-- {
		c := b.Changes[i]
		text := c.Day.Short(today) + "  " + clean.Line(c.Sentence, 300)
		if c.Times > 1 {
			text += fmt.Sprintf(" (%d times)", c.Times)
		}
		out = append(out, hanging(text, w)...)
	}
	if out == nil {
		out = []string{"nothing changed"}
	}
	return out
}
