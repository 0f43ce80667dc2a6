package escalation

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
)

// above is what stands over the field: for an adviser the question, for a coach
// what is asked for.
func (f *Form) above() []string {
	t := f.world.Theme
	if f.kind == asking {
		mark := func(on bool, words string) string {
			if on {
				return t.Good.Paint(t.Glyphs.Done + " " + words)
			}
			return t.Muted.Paint(t.Glyphs.Open + " " + words)
		}
		lines := []string{"", "  " + t.Chip.Paint("for "+f.help.String()) + "   " + mark(f.urgent, "urgent") + "   " + mark(f.informed, "the person knows that we ask")}
		if len(f.barriers) > 0 {
			lines = append(lines, "  "+t.Chip.Paint(kit.Cut("about "+f.barrierWords(f.barriers), f.width-4)))
		}
		if f.e.State == domain.EscalationReturned {
			lines = append(lines, "  "+t.Warn.Paint(kit.Cut("The adviser needs: "+clean.Line(f.e.Need, 300), f.width-4)))
		}
		if f.e.State == domain.EscalationDeclined {
			lines = append(lines, "  "+t.Warn.Paint(kit.Cut("They did not want direct support.", f.width-4)))
		}
		return append(lines, "", "  "+t.Accent.Paint(told[asking].what))
	}
	lines := []string{"", "  " + t.Accent.Paint("Question")}
	for _, l := range kit.Wrap(clean.Text(f.e.Question, 2000), max(20, f.width-6)) {
		lines = append(lines, "  "+l)
	}
	for _, l := range f.before() {
		lines = append(lines, "  "+t.Muted.Paint(kit.Cut(l, max(20, f.width-6))))
	}
	if room := max(4, f.height/2); len(lines) > room {
		lines = append(lines[:room], "  …")
	}
	return append(lines, "", "  "+t.Accent.Paint(kit.Cut(told[f.kind].what, max(20, f.width-4))))
}

// before is what was tried and said until now, short: the record has all of it.
func (f *Form) before() []string {
	var lines []string
	for _, l := range strings.Split(clean.Text(f.e.Tried, 4000), "\n") {
		if l != "" {
			lines = append(lines, l)
		}
	}
	for _, t := range f.e.Thread {
		if t.Text != "" && t.What != domain.EntryAsked && t.What != domain.EntryDrafted && !t.Scope.Private() {
			lines = append(lines, string(t.What)+": "+clean.Line(t.Text, 300))
		}
	}
	return lines
}

// below shows what goes along with a question.
func (f *Form) below() []string {
	t := f.world.Theme
	var lines []string
	if f.kind == asking && f.tried != "" {
		lines = append(lines, "  "+t.Muted.Paint("Goes along, from the record:"))
		for _, l := range strings.Split(f.tried, "\n") {
			lines = append(lines, "  "+t.Muted.Paint(kit.Cut(clean.Line(l, 300), max(20, f.width-4))))
		}
		if room := max(2, f.height/3); len(lines) > room {
			lines = append(lines[:room], "  "+t.Muted.Paint("…"))
		}
	}
	return append(lines, "  "+t.Bad.Paint(kit.Cut(clean.Line(f.wrong, 300), max(0, f.width-4))))
}

// View implements screen.Screen.
func (f *Form) View() (string, *tea.Cursor) {
	lines := f.above()
	y := len(lines)
	for _, l := range strings.Split(f.area.View(), "\n") {
		lines = append(lines, "  "+l)
	}
	return strings.Join(append(lines, f.below()...), "\n"), kit.Shift(f.area.Cursor(), 2, y)
}
