package domain

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// WeekMark is what was said of one week in work: how many hours, and whether it went
// well. Each week has one that shows; corrections stand behind it.
type WeekMark struct {
	thread

	ID      ID // of the mark that shows
	Week    calendar.Day
	Minutes int
	Fine    bool
	Words   string
	On      calendar.Day // it was said
	By      ID
}

// ItemID makes WeekMark findable by its ID.
func (m WeekMark) ItemID() ID { return m.ID }

// Monday returns the first day of the week of a day.
func Monday(d calendar.Day) calendar.Day {
	return d - calendar.Day((int(d.Weekday())-int(time.Monday)+7)%7)
}

// Week returns the mark of the week of a day.
func (w Working) Week(of calendar.Day) (WeekMark, bool) {
	monday := Monday(of)
	for _, m := range w.Weeks {
		if m.Week == monday {
			return m, true
		}
	}
	return WeekMark{}, false
}

// NextWeek returns the week that a mark is for when nobody says which: the last whole
// week, or when that is marked, this one. On a Monday this one has only begun.
func (w Working) NextWeek(today calendar.Day) calendar.Day {
	last, now := Monday(today)-7, Monday(today)
	if _, marked := w.Week(last); marked && today != now || !slices.ContainsFunc(w.Jobs, func(j Job) bool { return j.runsIn(last) }) {
		return now
	}
	return last
}

// runsIn reports whether a job runs on any day of a week.
func (j Job) runsIn(monday calendar.Day) bool {
	return !j.Start.IsZero() && j.Start <= monday+6 && (j.Ended.IsZero() || j.Ended >= monday)
}

// weekID names the thread of one week of one person: the same on every desk, so that two
// who mark a week apart speak of one thing.
func weekID(monday calendar.Day) ID {
	id := ID{0: 'w', 1: 'e', 2: 'e', 3: 'k'}
	n := uint64(monday)
	for i := range 8 {
		id[15-i] = byte(n >> (8 * i))
	}
	return id
}

// MarkWeek says how many hours somebody worked in a week, and whether it went well.
type MarkWeek struct {
	Participant ID
	Week        calendar.Day // any day of it; zero: the one to mark next
	Minutes     int
	Fine        bool
	Words       string
}

// For names the participant.
func (c MarkWeek) For() Subject { return About(c.Participant) }

// weeksBack is how many months back a week may be marked: further is a slip of the year.
const weeksBack = 36

// Decide refuses weeks to come and weeks without a job.
func (c MarkWeek) Decide(p Participant, s Stamp) ([]Event, error) {
	if err := p.mustExist(); err != nil {
		return nil, err
	}
	week := Monday(c.Week)
	if c.Week.IsZero() {
		week = p.InWork.NextWeek(s.Today)
	}
	said := clean.Line(c.Words, clean.MaxLine)
	started := func(j Job) bool { return !j.Start.IsZero() }
	switch {
	case !slices.ContainsFunc(p.InWork.Jobs, started):
		return nil, Refused("week", "No job with a first day is on the record. Press J, or use coachdesk job, to record it first.")
	case week > s.Today:
		return nil, Refused("week", "The week from %s is still to come.", week.Short(s.Today))
	case week < s.Today.AddMonths(-weeksBack):
		return nil, Refused("week", "The week from %s is too long ago. Check the year.", week.Short(s.Today))
	case !slices.ContainsFunc(p.InWork.Jobs, func(j Job) bool { return j.runsIn(week) }):
		return nil, Refused("week", "No job ran in the week from %s. Check the first day of the job.", week.Short(s.Today))
	case c.Minutes < 0 || c.Minutes > jobHoursMost:
		return nil, Refused("hours", "Hours of a week are a number from 0 to 100.")
	}
	if was, ok := p.InWork.Week(week); ok && was.Minutes == c.Minutes && was.Fine == c.Fine && was.Words == said {
		return nil, Refused("hours", "The week from %s is marked so already: %s.", week.Short(s.Today), was.Says())
	}
	return []Event{WeekMarked{ID: s.New(), Week: week, Minutes: c.Minutes, Fine: c.Fine, Words: said, Saw: p.known(weekID(week))}}, nil
}

// WeekMarked happens when somebody says how a week in work was.
type WeekMarked struct {
	ID      ID           `json:"id"`
	Week    calendar.Day `json:"week"` // its Monday
	Minutes int          `json:"minutes"`
	Fine    bool         `json:"fine,omitempty"`
	Words   string       `json:"words,omitempty"`
	Saw     int          `json:"saw,omitempty"`
}

var _ = know[WeekMarked]()

// Kind names the event on disk.
func (WeekMarked) Kind() string { return "week.marked" }

// Sentence says which week, and the hours.
func (e WeekMarked) Sentence() string {
	return "The week from " + e.Week.Long() + ": " + WeekHours(e.Minutes) + " in work, " + fineWords(e.Fine) + "."
}

// Says sums a mark up.
func (m WeekMark) Says() string { return WeekHours(m.Minutes) + ", " + fineWords(m.Fine) }

func fineWords(fine bool) string {
	if fine {
		return "fine"
	}
	return "not fine"
}

func (e WeekMarked) thing() ID { return weekID(Monday(e.Week)) }

func (e WeekMarked) makes() ID { return e.ID }

func (e WeekMarked) apply(p *Participant, r Record) {
	now := WeekMark{ID: e.ID, Week: Monday(e.Week), Minutes: max(0, min(e.Minutes, jobHoursMost)), Fine: e.Fine, Words: e.Words, On: r.Day, By: r.By}
	i := slices.IndexFunc(p.InWork.Weeks, func(m WeekMark) bool { return m.Week == now.Week })
	if i < 0 {
		now.keep(false, r.Desk, "week", "")
		p.InWork.Weeks = append(p.InWork.Weeks, now)
		return
	}
	// Marked by two desks apart, the later shows, and what the other said is kept.
	was := &p.InWork.Weeks[i]
	now.thread = was.thread
	// The first mark of a week saw none, and that is no sign that its writer counted not.
	apart := p.heard.before(p.past, e.thing(), r) > e.Saw
	if said := joinWords(was.Says(), was.Words); said != joinWords(now.Says(), now.Words) || !apart {
		now.keep(apart, r.Desk, "week", said)
	}
	p.InWork.Weeks[i] = now
}

// ReadWeekHours reads hours of a week, as 16, 7.5, 7:30 or 7h30, into minutes.
func ReadWeekHours(text string) (int, error) {
	t := strings.ToLower(strings.TrimSpace(text))
	t = strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(t, "hours"), "hrs"), "h"))
	wrong := Refused("hours", "%q is not hours of a week. Write 16, 7.5 or 7:30.", clean.Line(text, 20))
	hours, rest, parted := strings.Cut(strings.Replace(t, "h", ":", 1), ":")
	if parted {
		h, errH := strconv.Atoi(hours)
		m, errM := strconv.Atoi(rest)
		if errH != nil || errM != nil || len(rest) != 2 || m > 59 || strings.ContainsAny(t, "+-") {
			return 0, wrong
		}
		return hoursWithin(h*60+m, h, wrong)
	}
	whole, part, _ := strings.Cut(strings.Replace(t, ",", ".", 1), ".")
	if whole+part == "" || strings.Trim(whole+part, "0123456789") != "" || len(whole) > 3 || len(part) > 2 {
		return 0, wrong
	}
	h, _ := strconv.Atoi(cmp.Or(whole, "0"))
	hundredths, _ := strconv.Atoi((part + "00")[:2])
	return hoursWithin(h*60+(hundredths*60+50)/100, h, wrong)
}

func hoursWithin(minutes, hours int, wrong error) (int, error) {
	if hours > jobHoursMost/60 || minutes > jobHoursMost {
		return 0, wrong
	}
	return minutes, nil
}

// WeekHours says minutes of a week as hours.
func WeekHours(minutes int) string {
	if minutes%15 == 0 {
		return strconv.FormatFloat(float64(minutes)/60, 'f', -1, 64) + " h"
	}
	return strconv.Itoa(minutes/60) + ":" + strconv.Itoa(100 + minutes%60)[1:] + " h"
}
