package session

import (
	"fmt"
	"slices"
	"time"

	"coachdesk/domain"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
)

// walk goes on to another prompt. The text is left alone.
func (s *Session) walk(by int) func() screen.Effect {
	return func() screen.Effect {
		if n := len(s.rules.Of(s.Kind).Prompts); n > 0 {
			s.ask = (s.ask + by + n) % n
		}
		return nil
	}
}

// left is how much of the slot is left.
func (s *Session) left() time.Duration {
	return time.Duration(s.slot)*time.Minute - s.world.Now().Sub(s.began)
}

// closing reports that the slot is nearly over: only the next step and the next date
// are asked for.
func (s *Session) closing() bool {
	return s.form == aSession && s.left() < time.Duration(s.rules.Closing.Value)*time.Minute
}

// ends are the two things that a talk ends with, and whether each is there.
func (s *Session) ends() []string {
	t := s.world.Theme
	has := func(k domain.MarkKind) bool {
		return slices.ContainsFunc(s.words.Marks, func(m domain.Mark) bool { return m.Kind == k && m.Problem == "" })
	}
	line := func(there bool, what, how string) string {
		if there {
			return t.Good.Paint(t.Glyphs.Done + " " + what + ": there")
		}
		return t.Warn.Paint(t.Glyphs.Open + " " + what + ": " + how)
	}
	return []string{
		line(has(domain.MarkStep), "next step", "missing, ! line"),
		line(s.next != nil || has(domain.MarkAppointment), "next date", "missing, ctrl+n"),
	}
}

// promptLine is where the coach is in the prompts, in one line above the text.
func (s *Session) promptLine() []string {
	if s.form != aSession || s.side() > 0 || s.low() {
		return nil
	}
	t := s.world.Theme
	if s.closing() {
		e := s.ends()
		return []string{" " + e[0] + "   " + e[1]}
	}
	all := s.rules.Of(s.Kind).Prompts
	if len(all) == 0 {
		return nil
	}
	at := min(s.ask, len(all)-1)
	return []string{" " + t.Accent.Paint(fmt.Sprintf("%d/%d", at+1, len(all))) + " " + kit.Cut(all[at], max(0, s.width-8))}
}

// promptList is the prompts beside the text, with the one that the coach is at.
func (s *Session) promptList(width int) []string {
	if s.form != aSession {
		return nil
	}
	t := s.world.Theme
	if s.closing() {
		out := []string{" " + t.Warn.Paint("Nearly over")}
		for _, e := range s.ends() {
			out = append(out, "   "+e)
		}
		return append(out, "")
	}
	out := []string{" " + t.Muted.Paint(s.Kind.String()+", tab goes on")}
	for i, p := range s.rules.Of(s.Kind).Prompts {
		switch {
		case i == s.ask:
			out = append(out, " "+t.Strong.Paint(kit.Cut(t.Glyphs.Cursor+" "+p, width-1)))
		case i < s.ask:
			out = append(out, " "+t.Muted.Paint(kit.Cut("  "+p, width-1)))
		default:
			out = append(out, " "+kit.Cut("  "+p, width-1))
		}
	}
	return append(out, "")
}
