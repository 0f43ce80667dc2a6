package participant

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
)

// card is where a step stands on the board.
type card struct{ lane, row int }

// planBoard makes one entry of each step, lane by lane; drawBoard lays them out.
func (s *Participant) planBoard() {
	s.fix()
	s.look.cells = nil
	for lane, g := range s.p.Board(s.reviews()) {
		for row, st := range g.Steps {
			_, ink := s.stepSign(st)
			text := s.private(st.Scope, st.Text) + " " + s.world.Theme.Glyphs.Sep + " " + s.called(st.Owner)
			if st.Open() {
				if s.late(st) {
					ink, text = s.world.Theme.Warn, text+", late"
				} else if d := s.p.DueOn(st, s.reviews()); !d.IsZero() {
					text += ", " + d.Short(s.today())
				}
			} else if st.Result != "" {
				text += " " + s.world.Theme.Glyphs.Arrow + " " + string(st.Result)
			}
			s.put(entry{kind: aStep, id: st.ID, lines: []string{text}, ink: ink})
			s.look.cells = append(s.look.cells, card{lane, row})
		}
	}
}

// fix makes what was put so far stand over the plan, whatever is scrolled.
func (s *Participant) fix() {
	for _, e := range s.entries {
		for _, l := range e.lines {
			s.look.head = append(s.look.head, "  "+e.ink.Paint(kit.Cut(l, max(1, s.width-2))))
		}
	}
	s.entries = nil
}

// drawBoard lays the steps out in lanes, under what always stands.
func (s *Participant) drawBoard(out []string) (string, *tea.Cursor) {
	t := s.world.Theme
	lanes := make([]kit.Lane, len(domain.StepStatuses))
	for i, st := range domain.StepStatuses {
		sign, _ := s.stepSign(domain.Step{Status: st})
		lanes[i].Title = sign + " " + st.String()
		n := 0
		for _, c := range s.look.cells {
			if c.lane == i {
				n++
			}
		}
		if n > 0 { // a lane may go on below the screen
			lanes[i].Title += fmt.Sprintf(" %d", n)
		}
	}
	titles := "  "
	for _, l := range lanes {
		titles += kit.Fill(l.Title, kit.LaneWidth(len(lanes), s.width-4)) + " "
	}
	out = append(out, t.Accent.Paint(titles))
	ids := make([][]int, len(lanes))
	for i, e := range s.entries {
		lane := s.look.cells[i].lane
		lanes[lane].Cards = append(lanes[lane].Cards, e.lines[0])
		ids[lane] = append(ids[lane], i)
	}
	lines, cards, width := kit.Board(lanes, s.width-4)
	var body []string
	at, x, height := 0, 0, 1
	found := false
	for n, row := range lines {
		line := "  "
		for lane, text := range row {
			c := cards[n][lane]
			switch {
			case c < 0:
				line += text
			case ids[lane][c] == s.win.At:
				if !found {
					text = t.Glyphs.Cursor + strings.TrimPrefix(text, " ")
				}
				line += t.Selected.Paint(text)
				if !found {
					at, x, found = n, 2+lane*(width+1), true
				} else {
					height = n - at + 1
				}
			default:
				line += s.entries[ids[lane][c]].ink.Paint(text)
			}
			line += " "
		}
		body = append(body, line)
	}
	room := max(1, s.room()-1)
	s.scroll(at, height, len(body), room)
	body = body[min(s.top, len(body)):]
	cur := tea.NewCursor(x, len(out)+at-s.top)
	return strings.Join(append(out, body[:min(len(body), room)]...), "\n"), cur
}

// beside moves to the lane on one side, to the card in the same row or the last above.
func (s *Participant) beside(by int) func() screen.Effect {
	return func() screen.Effect {
		if s.win.At >= len(s.look.cells) {
			return nil
		}
		here := s.look.cells[s.win.At]
		for lane := here.lane + by; lane >= 0 && lane < len(domain.StepStatuses); lane += by {
			to := -1
			for i, c := range s.look.cells {
				if c.lane == lane && (to < 0 || c.row <= here.row) {
					to = i
				}
			}
			if to >= 0 {
				s.win.Go(to)
				return nil
			}
		}
		return nil
	}
}

// zooms are how many cells so many days take, and how far an arrow scrolls.
var zooms = []struct {
	name              string
	cells, days, step int
}{{"days", 3, 1, 7}, {"weeks", 1, 1, 14}, {"months", 1, 5, 61}}

// planOnCalendar draws each step as a bar from the day on which it was agreed to the one
// by which it is due.
func (s *Participant) planOnCalendar() {
	t := s.world.Theme
	zoom := zooms[s.look.zoom]
	label, dates := 28, 19
	if s.width < 76 {
		label, dates = max(12, s.width/3), 0
	}
	room := max(8, s.width-4-label-dates)
	axis := kit.Axis{Cells: zoom.cells, Days: zoom.days, Today: int(s.today()), Now: t.Glyphs.Bar}
	axis.Start = int(s.today()) + s.look.shift - axis.Span(room)/3
	axis.Ticks = ticks(calendar.Day(axis.Start), axis.Span(room), s.look.zoom)
	head, today := axis.Head(room)
	s.put(entry{kind: plain, lines: []string{kit.Fill("By "+zoom.name+" (+ -, arrows scroll)", label+dates) + head}, ink: t.Muted})
	s.put(entry{kind: plain, lines: []string{kit.Fill("today "+s.today().Short(s.today()), label+dates) + today}, ink: t.Muted})
	s.fix()
	for _, x := range s.p.Spans(s.reviews(), s.today()) {
		sign, ink := s.stepSign(x.Step)
		bar, when := t.Glyphs.Full, dayMonth(x.From)+" to "+dayMonth(x.To)
		switch {
		case x.Dateless && x.Step.Before != "":
			bar, when = t.Glyphs.Empty, "before "+string(x.Step.Before)
		case x.Dateless:
			bar, when = t.Glyphs.Empty, dayMonth(x.From)+", no date"
		case !x.Step.Open():
			bar = t.Glyphs.Rule
		case s.late(x.Step):
			ink, when = t.Warn, when+" late"
			x.To = s.today()
		}
		text := kit.Fill(sign+" "+s.private(x.Step.Scope, x.Step.Text), label-1) + " "
		if dates > 0 {
			text += kit.Fill(when, dates-1) + " "
		}
		s.put(entry{kind: aStep, id: x.Step.ID, lines: []string{text + axis.Draw(kit.Bar{From: int(x.From), To: int(x.To), Sign: bar}, room)}, ink: ink})
	}
}

// dayMonth is a day as it stands beside a bar.
func dayMonth(d calendar.Day) string { return d.Time().Format("2 Jan") }

// ticks are the words over a calendar: days, Mondays or months.
func ticks(from calendar.Day, n, zoom int) []kit.Tick {
	var out []kit.Tick
	for d := from; d <= from+calendar.Day(n); d++ {
		at := d.Time()
		switch {
		case zoom == 0 && d.Weekday() == time.Monday, zoom == 1 && d.Weekday() == time.Monday:
			out = append(out, kit.Tick{At: int(d), Label: at.Format("2 Jan")})
		case zoom == 0:
			out = append(out, kit.Tick{At: int(d), Label: at.Format("2")})
		case zoom == 2 && at.Day() == 1:
			out = append(out, kit.Tick{At: int(d), Label: at.Format("Jan")})
		}
	}
	return out
}

// planVersions tells every version, the newest first, and what changed between them.
func (s *Participant) planVersions() {
	t := s.world.Theme
	list := slices.Clone(s.p.Plan.Agreed)
	slices.Reverse(list)
	told := func(from, to domain.Plan, none string) {
		changes := domain.Changes(from.Public(), to.Public())
		for _, c := range changes {
			s.say(entry{kind: plain}, "  "+c)
		}
		if len(changes) == 0 {
			s.put(entry{kind: plain, lines: []string{"  " + none}, ink: t.Muted})
		}
	}
	if len(list) == 0 {
		s.put(entry{kind: plain, lines: []string{"No version was agreed yet. Press y when the person says yes to the plan."}, ink: t.Muted})
		return
	}
	s.head(fmt.Sprintf("Changed since version %d", list[0].Version))
	told(s.p.PlanAt(list[0].Version), s.p.Plan, "nothing")
	for i, a := range list {
		line := fmt.Sprintf("Version %d, %s, %s, by the %s", a.Version, a.On.Short(s.today()), a.How, a.Giver)
		if len(a.Present) > 0 {
			line += "; there: " + strings.Join(a.Present, ", ")
		}
		if a.Crossed {
			line += " (another desk agreed the same number at the same time)"
		}
		s.head(line)
		var before domain.Plan
		if i+1 < len(list) {
			before = s.p.PlanAt(list[i+1].Version)
		}
		told(before, s.p.PlanAt(a.Version), "no change that may be shown")
	}
}
