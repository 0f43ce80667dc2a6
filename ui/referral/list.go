package referral

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
	"coachdesk/ui/theme"
)

// List is the referrals of all people: what waits longest for a provider first.
type List struct {
	world  screen.World
	q      domain.Queue
	rows   []domain.Row
	lines  []line
	counts map[shelf]int
	only   shelf
	waits  bool // how long providers take is shown in place of the list
	win    kit.Window
	width  int
	height int
}

// shelf is which referrals are shown.
type shelf int

const (
	goingOn shelf = iota
	silent
	unsent
	ended
	shelves
)

var shelfNames = [shelves]string{"with providers", "silent or late", "not sent", "ended"}

type line struct {
	who  domain.ID
	name string
	x    domain.RowReferral
	row  domain.Row
	cal  *calendar.Calendar
	due  domain.Expectation
	late int
	runs bool
}

// New returns the list.
func New(w screen.World) *List { return &List{world: w} }

// Title implements screen.Screen.
func (s *List) Title() string { return "Referrals" }

// Fit implements screen.Screen.
func (s *List) Fit(w, h int) {
	s.width, s.height = w, h
	s.win.Resize(s.length(), s.seen())
}

func (s *List) length() int {
	if s.waits {
		return len(s.waitLines())
	}
	return len(s.lines)
}

func (s *List) seen() int {
	if s.waits {
		return max(1, s.height-4)
	}
	return max(1, (s.height-3)/2)
}

// Read implements screen.Screen.
func (s *List) Read() error {
	rows, err := s.world.Desk.Rows()
	if err != nil {
		return err
	}
	under := s.line().x.ID
	s.q, s.rows = s.world.Desk.Queue(), rows
	s.lines, s.counts = s.lines[:0], map[shelf]int{}
	for _, r := range rows {
		for _, x := range r.Referrals {
			l := s.read(r, x)
			for _, sh := range l.shelves(s.q.Today) {
				s.counts[sh]++
				if sh == s.only {
					s.lines = append(s.lines, l)
				}
			}
		}
	}
	slices.SortStableFunc(s.lines, func(a, b line) int {
		return cmp.Or(a.urgency(s.q.Today)-b.urgency(s.q.Today), domain.ReferralBy(a.x, b.x), strings.Compare(a.name, b.name))
	})
	s.win.Resize(s.length(), s.seen())
	if at := slices.IndexFunc(s.lines, func(l line) bool { return l.x.ID == under }); at >= 0 && !s.waits {
		s.win.Go(at)
	}
	return nil
}

func (s *List) read(r domain.Row, x domain.RowReferral) line {
	l := line{who: x.Record(r), name: r.Name, x: x, row: r, cal: s.q.CalendarOf(r)}
	if l.due, l.runs = s.q.Expects(x, r.Pauses, l.cal); l.runs {
		l.late = l.due.Late(s.q.Today, l.cal)
	}
	if x.State == domain.ReferralBooked && x.Meets >= s.q.Today {
		l.late = 0
	}
	return l
}

// shelves are where a referral is to be found.
func (l line) shelves(today calendar.Day) []shelf {
	switch {
	case l.x.State.Ended():
		return []shelf{ended}
	case !l.x.Out():
		return []shelf{unsent}
	case l.late > 0 || l.x.WithoutConsent(today) != "":
		return []shelf{goingOn, silent}
	}
	return []shelf{goingOn}
}

// urgency puts referrals without consent first, then those that are late, the longest
// first.
func (l line) urgency(today calendar.Day) int {
	if l.x.WithoutConsent(today) != "" {
		return -10000
	}
	return -l.late
}

func (s *List) line() line {
	if s.win.At >= len(s.lines) || s.waits {
		return line{}
	}
	return s.lines[s.win.At]
}

// Update implements screen.Screen.
func (s *List) Update(msg tea.Msg) screen.Effect {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		s.win.Key(k.String())
	}
	return nil
}

// Actions implements screen.Screen.
func (s *List) Actions() []screen.Action {
	record := func(l line) screen.Effect {
		return screen.Go{To: screen.Participant{ID: l.who, Tab: screen.MovingOn}}
	}
	return append([]screen.Action{
		{Keys: []string{"enter"}, Name: "Open the record at its referrals", Short: "open", Not: s.nothing, Do: func() screen.Effect { return record(s.line()) }},
		{Keys: []string{"a"}, Name: "The provider answered: what became of it", Short: "answer", Not: s.notOut, Do: s.whole(func(p domain.Participant, x domain.Referral) screen.Effect {
			return screen.ReferralAnswer(s.world, p, x)
		})},
		{Keys: []string{"b"}, Name: "First meeting booked: when", Short: "meeting", Not: s.notOut, Do: s.whole(func(p domain.Participant, x domain.Referral) screen.Effect {
			return screen.ReferralMove(s.world, p, x, domain.ReferralBooked)
		})},
		{Keys: []string{"s"}, Name: "Started: the day, today unless said", Short: "started", Not: s.notOut, Do: s.whole(func(p domain.Participant, x domain.Referral) screen.Effect {
			return screen.ReferralMove(s.world, p, x, domain.ReferralStarted)
		})},
		{Keys: []string{"c"}, Name: "Asked after it: no answer yet", Short: "asked after", Not: s.notOut, Do: func() screen.Effect {
			return screen.Do{Commands: []domain.Command{domain.ChaseReferral{Participant: s.line().who, Referral: s.line().x.ID}}}
		}},
		{Keys: []string{"w"}, Name: "Why this date: the sum behind the clock", Short: "why", Not: s.nothing, Do: func() screen.Effect {
			l := s.line()
			return screen.WhyReferralDue(s.q, l.x, l.row.Pauses, l.cal)
		}},
		{Keys: []string{"v"}, Name: "The page of the referral, to paste or print", Not: s.notOut, Do: func() screen.Effect {
			return screen.Go{To: screen.ReferralPage{Participant: s.line().who, Referral: s.line().x.ID}}
		}},
		{Keys: []string{"f"}, Name: "With providers, silent or late, not sent, ended", Short: "which", Do: s.nextShelf},
		{Keys: []string{"t"}, Name: "How long providers take, by this desk's records; or the list again", Short: "waits", Do: s.toggle},
	}, screen.Everywhere()...)
}

func (s *List) nothing() string {
	switch {
	case s.waits:
		return "These are the providers' times. t goes back to the referrals."
	case len(s.lines) == 0:
		return "No referral is here."
	}
	return ""
}

func (s *List) notOut() string {
	if why := s.nothing(); why != "" {
		return why
	}
	return screen.WhyNotAnswer(domain.Referral{ID: s.line().x.ID, State: s.line().x.State})
}

// whole reads the record behind a line before something is asked about it.
func (s *List) whole(then func(domain.Participant, domain.Referral) screen.Effect) func() screen.Effect {
	return func() screen.Effect {
		l := s.line()
		p, err := s.world.Desk.Participant(l.who)
		if err != nil {
			return screen.Say{Text: err.Error()}
		}
		for _, x := range p.Referrals {
			if x.ID == l.x.ID {
				return then(p, x)
			}
		}
		return screen.Say{Text: "That referral is not on the record any more."}
	}
}

func (s *List) nextShelf() screen.Effect {
	s.waits = false
	s.only = (s.only + 1) % shelves
	s.win.At = 0
	return s.again()
}

func (s *List) toggle() screen.Effect {
	s.waits = !s.waits
	s.win.At = 0
	return s.again()
}

func (s *List) again() screen.Effect {
	if err := s.Read(); err != nil {
		return screen.Say{Text: err.Error()}
	}
	return nil
}

// View implements screen.Screen.
func (s *List) View() (string, *tea.Cursor) {
	t := s.world.Theme
	out := []string{kit.FillStyled(s.head(), s.width), ""}
	if s.waits {
		return strings.Join(append(out, s.drawWaits()...), "\n"), nil
	}
	if len(s.lines) == 0 {
		return strings.Join(append(out, "  "+t.Muted.Paint("Nothing is here. r on a record finds a programme and refers.")), "\n"), nil
	}
	from, to := s.win.Seen()
	for i := from; i < to; i++ {
		l := s.lines[i]
		mark := "  "
		if i == s.win.At {
			mark = t.Glyphs.Cursor + " "
		}
		ink, state := s.state(l)
		first := kit.Fill(clean.Line(l.name, clean.MaxLine), min(24, s.width/4)) + " " + state
		second := "    " + s.q.Catalogue.Short(l.x.Programme)
		if l.x.Provider != "" {
			second += " " + t.Glyphs.Sep + " " + clean.Line(l.x.Provider, 60)
		}
		if i == s.win.At {
			out = append(out, t.Selected.Paint(kit.Fill(mark+first, s.width)), t.Selected.Paint(kit.Fill(second, s.width)))
			continue
		}
		out = append(out, mark+ink.Paint(kit.Cut(first, max(0, s.width-2))), t.Muted.Paint(kit.Cut(second, s.width)))
	}
	return strings.Join(out, "\n"), tea.NewCursor(0, 2+2*(s.win.At-from))
}

// head counts the referrals of each shelf, and says which is shown.
func (s *List) head() string {
	t := s.world.Theme
	out := " "
	for sh := range shelves {
		text := fmt.Sprintf(" %s %d ", shelfNames[sh], s.counts[sh])
		if sh == s.only && !s.waits {
			out += t.Selected.Paint(text)
			continue
		}
		out += t.Muted.Paint(text)
	}
	if s.waits {
		out += t.Selected.Paint(" waits ")
	}
	return out
}

// state says where a referral stands and how its clock runs: a sign and words.
func (s *List) state(l line) (theme.Ink, string) {
	t := s.world.Theme
	today := s.q.Today
	switch {
	case l.x.WithoutConsent(today) != "":
		return t.Bad, t.Glyphs.Urgent + " " + l.x.WithoutConsent(today) + ", " + string(l.x.State)
	case l.x.State.Ended():
		text := string(l.x.State) + " " + l.x.Ended.Short(today)
		if why := s.q.Planning.Reasons.Say(l.x.State.Reasons(), l.x.Code); why != "" {
			text += ", " + why
		}
		if l.x.State == domain.ReferralCompleted {
			return t.Muted, t.Glyphs.Done + " " + text
		}
		return t.Muted, t.Glyphs.Dropped + " " + text
	case !l.x.Out():
		return t.Warn, t.Glyphs.Open + " " + string(l.x.State) + ", not sent, " + l.x.Since.Distance(today)
	case !l.runs:
		return t.Text, t.Glyphs.Calm + " " + l.x.StateWords(today)
	}
	text, _, _ := strings.Cut(s.q.Waiting(l.x, l.row.Pauses, l.cal), " (") // w tells the source
	if l.late > 0 {
		return t.Warn, t.Glyphs.Urgent + " " + text
	}
	return t.Text, t.Glyphs.Calm + " " + text
}
