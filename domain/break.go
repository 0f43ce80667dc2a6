package domain

import (
	"slices"
	"strings"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Break is a time at which nobody is booked: weekly on some days, or once.
type Break struct {
	ID       ID
	From, To int          // minutes since midnight
	Weekdays []Weekday    // empty when it is on one day
	Day      calendar.Day // zero when it is weekly
	Why      string
}

// Weekday is a day of the week, as it is stored.
type Weekday string

// Weekdays lists all there are, from Monday.
var Weekdays = []Weekday{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

// workweek is when a break is that nobody said the days of.
var workweek = Weekdays[:5]

func weekdayOf(d calendar.Day) Weekday { return Weekdays[(int(d.Weekday())+6)%7] }

// On reports whether the break is on a day.
func (b Break) On(day calendar.Day) bool {
	if !b.Day.IsZero() {
		return b.Day == day
	}
	return slices.Contains(b.Weekdays, weekdayOf(day))
}

// Span says from when to when.
func (b Break) Span() string { return calendar.Clock(b.From) + " to " + calendar.Clock(b.To) }

// When says on which days: "every Mon, Wed", or a date.
func (b Break) When(today calendar.Day) string {
	switch {
	case !b.Day.IsZero():
		return b.Day.Short(today)
	case slices.Equal(b.Weekdays, workweek):
		return "Monday to Friday"
	case len(b.Weekdays) == len(Weekdays):
		return "every day"
	}
	names := make([]string, len(b.Weekdays))
	for i, d := range b.Weekdays {
		names[i] = strings.ToUpper(string(d[:1])) + string(d[1:])
	}
	return "every " + strings.Join(names, ", ")
}

// breakMost is how many breaks a desk keeps.
const breakMost = 100

// SetBreak keeps a time free of appointments.
type SetBreak struct {
	Desk     ID
	From, To int
	Weekdays []Weekday
	Day      calendar.Day
	Why      string
}

// For names the desk.
func (c SetBreak) For() Subject { return Subject{AboutDesk, c.Desk} }

// DecideDesk refuses a break without an end, on no day, or set already.
func (c SetBreak) DecideDesk(d Desk, s Stamp) ([]Event, error) {
	switch {
	case c.From < 0 || c.To > 24*60 || c.From >= c.To:
		return nil, Refused("span", "A break ends after it begins, on the same day. Write it as 12:20-13:00.")
	case len(c.Weekdays) > 0 == !c.Day.IsZero():
		return nil, Refused("days", "Say on which days of the week the break is, or on which date.")
	case !c.Day.IsZero() && c.Day < s.Today:
		return nil, Refused("days", "%s is in the past. Say a day from today on.", c.Day.Short(s.Today))
	case len(d.Breaks) >= breakMost:
		return nil, Refused("span", "There are %d breaks already. Remove one first.", breakMost)
	}
	e := BreakSet{ID: s.New(), From: c.From, To: c.To, Day: c.Day, Why: clean.Line(c.Why, 60)}
	for _, w := range Weekdays { // in their order, each once
		if slices.Contains(c.Weekdays, w) {
			e.Weekdays = append(e.Weekdays, w)
		}
	}
	for _, w := range c.Weekdays {
		if !slices.Contains(Weekdays, w) {
			return nil, Refused("days", "%q is no day of the week. Write mon, tue, wed, thu, fri, sat or sun.", clean.Line(string(w), 20))
		}
	}
	for _, b := range d.Breaks {
		if b.From == e.From && b.To == e.To && b.Day == e.Day && slices.Equal(b.Weekdays, e.Weekdays) {
			return nil, Refused("span", "That break is set already.")
		}
	}
	return []Event{e}, nil
}

// BreakSet happens when a time is kept free of appointments.
type BreakSet struct {
	ID       ID           `json:"id"`
	From     int          `json:"from"` // minutes since midnight
	To       int          `json:"to"`
	Weekdays []Weekday    `json:"weekdays,omitempty"`
	Day      calendar.Day `json:"day,omitzero"`
	Why      string       `json:"why,omitempty"`
}

var _ = know[BreakSet]()

// Kind names the event on disk.
func (BreakSet) Kind() string { return "break.set" }

// Sentence says when nobody is booked.
func (e BreakSet) Sentence() string {
	b := Break(e)
	when := b.When(0)
	if !b.Day.IsZero() {
		when = b.Day.Long()
	}
	return "A break was set: " + b.Span() + ", " + when + "."
}

func (e BreakSet) applyDesk(d *Desk, _ Record) {
	if !slices.ContainsFunc(d.Breaks, func(b Break) bool { return b.ID == e.ID }) {
		d.Breaks = append(d.Breaks, Break(e))
	}
}

// RemoveBreak gives the time of a break back.
type RemoveBreak struct{ Desk, Break ID }

// For names the desk.
func (c RemoveBreak) For() Subject { return Subject{AboutDesk, c.Desk} }

// DecideDesk refuses one that is not there.
func (c RemoveBreak) DecideDesk(d Desk, _ Stamp) ([]Event, error) {
	if !slices.ContainsFunc(d.Breaks, func(b Break) bool { return b.ID == c.Break }) {
		return nil, Refused("break", "That break is not set.")
	}
	return []Event{BreakRemoved{ID: c.Break}}, nil
}

// BreakRemoved happens when the time of a break is given back.
type BreakRemoved struct {
	ID ID `json:"id"`
}

var _ = know[BreakRemoved]()

// Kind names the event on disk.
func (BreakRemoved) Kind() string { return "break.removed" }

// Sentence says that there is one fewer.
func (BreakRemoved) Sentence() string { return "A break was removed." }

func (e BreakRemoved) applyDesk(d *Desk, _ Record) {
	d.Breaks = slices.DeleteFunc(slices.Clone(d.Breaks), func(b Break) bool { return b.ID == e.ID })
}

// ReadBreak reads a break as people write it: from when to when, then perhaps on which
// days of the week or on which date, then perhaps what for. Nothing about days means
// Monday to Friday.
func ReadBreak(text string, today calendar.Day) (SetBreak, error) {
	var c SetBreak
	fields := strings.Fields(strings.ReplaceAll(clean.Line(text, clean.MaxLine), ",", " "))
	n := min(len(fields), 3) // "9 to 10" is three words
	for ; n > 0; n-- {
		if from, to, err := readSpan(strings.Join(fields[:n], " ")); err == nil {
			c.From, c.To = from, to
			break
		}
	}
	if n == 0 {
		return c, Refused("span", "Write from when to when, as in 12:20-13:00.")
	}
	fields = fields[n:]
	for n := dateEnds(fields); n > 0; n-- {
		phrase := strings.Join(fields[:n], " ")
		if days := ReadWeekdays(phrase); len(days) > 0 {
			c.Weekdays, fields = days, fields[n:]
			break
		}
		if day, err := calendar.Parse(phrase, today, calendar.Forward); err == nil {
			c.Day, fields = day, fields[n:]
			break
		}
	}
	if len(c.Weekdays) == 0 && c.Day.IsZero() {
		c.Weekdays = workweek
	}
	c.Why = strings.Join(fields, " ")
	return c, nil
}

// ReadWeekdays reads days of the week: "mon wed", "tue-thu", "daily". It returns none
// when a word is something else.
func ReadWeekdays(text string) []Weekday {
	var out []Weekday
	for _, w := range strings.FieldsFunc(clean.Fold(text), func(r rune) bool { return r == ' ' || r == ',' }) {
		first, last, span := strings.Cut(w, "-")
		switch a, b := weekdayNamed(first), weekdayNamed(last); {
		case w == "every" || w == "on":
		case w == "daily":
			out = append(out, Weekdays...)
		case w == "weekdays":
			out = append(out, workweek...)
		case span && a >= 0 && b >= a:
			out = append(out, Weekdays[a:b+1]...)
		case !span && a >= 0:
			out = append(out, Weekdays[a])
		default:
			return nil
		}
	}
	return out
}

// weekdayNamed returns the place of a day whose name begins with three letters or
// more; -1 for none.
func weekdayNamed(s string) int {
	for i, long := range []string{"mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays"} {
		if len(s) >= 3 && strings.HasPrefix(long, s) {
			return i
		}
	}
	return -1
}

// readSpan reads from when to when: "12:20-13:00", "9 to 10".
func readSpan(text string) (from, to int, err error) {
	text = strings.NewReplacer("–", "-", "—", "-", " to ", "-", " until ", "-").Replace(clean.Fold(text))
	a, b, both := strings.Cut(text, "-")
	if !both {
		return 0, 0, Refused("span", "Write from when to when, as in 12:20-13:00.")
	}
	if from, err = calendar.ParseClock(a); err != nil {
		return 0, 0, err
	}
	to, err = calendar.ParseClock(b)
	return from, to, err
}
