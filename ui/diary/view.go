package diary

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
)

// View implements screen.Screen.
func (s *Diary) View() (string, *tea.Cursor) {
	if s.week {
		return s.viewWeek()
	}
	t := s.world.Theme
	out := []string{s.head(s.day.Short(s.today)+", "+s.day.Distance(s.today), s.lines), s.rule(s.day)}
	from, to := s.win.Seen()
	at := len(out)
	for i := from; i < to; i++ {
		l := s.lines[i]
		if s.nowBefore(i) {
			out = append(out, s.nowLine())
		}
		if i == s.win.At {
			at = len(out)
			out = append(out, t.Selected.Paint(kit.Fill(t.Glyphs.Cursor+" "+s.words(l), s.w)))
			continue
		}
		out = append(out, "  "+s.painted(l))
	}
	if len(s.lines) == 0 {
		out = append(out, "  "+t.Muted.Paint("Nothing is booked on this day. m books somebody."))
	} else if s.day == s.today && to == len(s.lines) && s.lines[to-1].From <= s.now {
		out = append(out, s.nowLine())
	}
	return strings.Join(append(pad(out, s.h-1), s.foot()), "\n"), tea.NewCursor(0, at)
}

// pad fills lines up to so many, so that the last line of the screen stays in place.
func pad(lines []string, n int) []string {
	for len(lines) < n {
		lines = append(lines, "")
	}
	return lines[:max(0, n)]
}

// head says whose diary it is and what it holds.
func (s *Diary) head(when string, lines []domain.Stretch) string {
	t := s.world.Theme
	booked, free, against := 0, 0, 0
	for _, l := range lines {
		switch l.Kind {
		case domain.StretchBooked:
			booked++
			against += min(1, len(l.Conflicts))
		case domain.StretchFree:
			free++
		case domain.StretchBreak:
		}
	}
	sum := fmt.Sprintf("%d booked, %d free ", booked, free)
	if s.whose.IsZero() {
		sum = fmt.Sprintf("%d booked ", booked)
	}
	if against > 0 {
		sum = t.Warn.Paint(fmt.Sprintf("%s %d to look at", t.Glyphs.Urgent, against)) + "   " + sum
	}
	sep := " " + t.Glyphs.Sep + " "
	left := "  " + t.Accent.Paint(when) + sep + s.person(s.whose)
	if s.w >= 100 {
		left += sep + t.Muted.Paint(calendar.Clock(s.times.Opens)+" to "+calendar.Clock(s.times.Closes))
	}
	return kit.Ends(left, sum, s.w)
}

// rule is the line under the head: it tells a day off.
func (s *Diary) rule(day calendar.Day) string {
	if why, off := s.times.DayOff(day); off {
		return "  " + s.world.Theme.Warn.Paint(kit.Cut(s.world.Theme.Glyphs.Due+" Day off: "+why, max(0, s.w-2)))
	}
	return ""
}

// nowBefore reports whether the line of now stands before a line.
func (s *Diary) nowBefore(i int) bool {
	return s.day == s.today && s.lines[i].From > s.now && (i == 0 || s.lines[i-1].From <= s.now)
}

func (s *Diary) nowLine() string {
	t := s.world.Theme
	words := "  " + calendar.Clock(s.now) + " now "
	return t.Accent.Paint(words + strings.Repeat(t.Glyphs.Rule, max(0, s.w-kit.Width(words)-2)))
}

// shortly is a conflict in as few words as a line has room for.
var shortly = map[domain.ConflictKind]string{
	domain.TwoAtOnce: "two at once", domain.SameDay: "twice that day", domain.OutsideHours: "outside hours",
	domain.OnDayOff: "day off", domain.InBreak: "in a break", domain.FullDay: "day is full",
}

// words are a line of the day without colour.
func (s *Diary) words(l domain.Stretch) string {
	left, right := s.parts(l)
	return kit.Fill(left, max(0, s.w-4-kit.Width(right))) + " " + right
}

// parts are what a line says: time and who, then what is to be looked at.
func (s *Diary) parts(l domain.Stretch) (left, right string) {
	t := s.world.Theme
	when := "any time   "
	if l.From >= 0 {
		when = domain.HoursWords(l.From, l.To)
	}
	switch l.Kind {
	case domain.StretchFree:
		return when + "  free", ""
	case domain.StretchBreak:
		left = when + "  " + t.Glyphs.Dash + " break"
		if l.Break.Why != "" {
			left += ": " + clean.Line(l.Break.Why, 60)
		}
		return left, ""
	case domain.StretchBooked:
	}
	left = when + "  " + clean.Line(l.Taken.Name, 40)
	if with := s.others(l.Taken); with != "" {
		left += ", with " + with
	}
	var signs []string
	for _, c := range l.Conflicts {
		signs = append(signs, t.Glyphs.Urgent+" "+shortly[c.Kind])
	}
	if s.over(l) {
		signs = append(signs, t.Glyphs.Due+" no outcome yet")
	}
	return left, strings.Join(signs, "  ")
}

// over reports whether an appointment is over; one of which a session tells is no
// longer in the diary.
func (s *Diary) over(l domain.Stretch) bool {
	day := l.Taken.Day
	return day < s.today || day == s.today && l.From >= 0 && l.To <= s.now
}

// others are who else of the desk is there.
func (s *Diary) others(t domain.Taken) string {
	var names []string
	for _, id := range t.With {
		if id != s.whose {
			names = append(names, s.person(id))
		}
	}
	return strings.Join(names, ", ")
}

func (s *Diary) painted(l domain.Stretch) string {
	t := s.world.Theme
	left, right := s.parts(l)
	left = kit.Fill(left, max(0, s.w-4-kit.Width(right)))
	if l.Kind != domain.StretchBooked {
		left = t.Muted.Paint(left)
	}
	return left + " " + t.Warn.Paint(right)
}

// foot says of what the cursor is on what there is to say in whole sentences.
func (s *Diary) foot() string {
	t := s.world.Theme
	c, ok := s.chosen()
	if !ok {
		return ""
	}
	if len(c.Conflicts) > 0 {
		return "  " + t.Warn.Paint(kit.Cut(t.Glyphs.Urgent+" "+strings.Join(screen.Against(c.Conflicts), " "), max(0, s.w-2)))
	}
	text := ""
	switch c.Kind {
	case domain.StretchFree:
		text = "Free. enter books somebody, m at any other time."
	case domain.StretchBreak:
		text = "A break, " + c.Break.When(s.today) + ". x removes it."
	case domain.StretchBooked:
		if s.over(c) {
			text = "No outcome yet: s writes it up, g s sweeps through all that have none."
		}
	}
	return "  " + t.Muted.Paint(kit.Cut(text, max(0, s.w-2)))
}
