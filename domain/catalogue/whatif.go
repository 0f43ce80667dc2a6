package catalogue

import (
	"maps"
	"strconv"
	"strings"

	"coachdesk/domain/calendar"
)

// Change is something that may come to pass: paid work starts, or stops.
type Change struct {
	Starts bool
	Hours  float64 // a week; zero: nobody said
	On     calendar.Day
}

// NotRead says why words are no change. Its Error is a sentence for people.
type NotRead struct{ Why string }

func (n *NotRead) Error() string { return n.Why }

// changeExamples ends a refusal with what would be right.
const changeExamples = "Write for example: starts 16 hours on 5 January, or: stops fri."

// starting and stopping are the words with which a change begins.
var (
	starting = []string{"starts", "start", "begins", "begin"}
	stopping = []string{"stops", "stop", "ends", "end", "leaves", "loses"}
	filling  = map[string]bool{"work": true, "working": true, "job": true, "the": true, "a": true, "paid": true, "on": true, "from": true, "with": true, "at": true, "of": true, "weekly": true}
)

// mostHours is more than anybody works in a week, as the record takes it too.
const mostHours = 100

// ReadChange reads words such as "starts 16 hours on 5 January" or "stops fri". Without a
// date it is today. The error is a *NotRead.
func ReadChange(text string, today calendar.Day) (Change, error) {
	if len(text) > 200 {
		return Change{}, &NotRead{"That is too long. " + changeExamples}
	}
	words := strings.Fields(strings.ToLower(strings.ReplaceAll(text, ",", " ")))
	if len(words) == 0 {
		return Change{}, &NotRead{"Say what starts or stops. " + changeExamples}
	}
	c := Change{On: today}
	switch {
	case among(words[0], starting):
		c.Starts = true
	case !among(words[0], stopping):
		return Change{}, &NotRead{"The first word is starts or stops. " + changeExamples}
	}
	hours, rest, err := takeHours(words[1:])
	if err != nil {
		return Change{}, err
	}
	c.Hours = hours
	for len(rest) > 0 && filling[rest[0]] {
		rest = rest[1:]
	}
	if len(rest) == 0 {
		return c, nil
	}
	day, err := calendar.Parse(strings.Join(rest, " "), today, calendar.Forward)
	if err != nil {
		return Change{}, &NotRead{err.Error()}
	}
	if day < today {
		return Change{}, &NotRead{day.Long() + " is past. Say what may still come. " + changeExamples}
	}
	c.On = day
	return c, nil
}

func among(word string, list []string) bool {
	for _, w := range list {
		if w == word {
			return true
		}
	}
	return false
}

// takeHours takes "16 hours a week", "16h" or "16 hrs" out of the words.
func takeHours(words []string) (hours float64, rest []string, err error) {
	for i, w := range words {
		n, used := hoursAt(words[i:])
		if used == 0 {
			continue
		}
		if n <= 0 || n > mostHours {
			return 0, nil, &NotRead{w + ": hours a week are a number from 1 to " + strconv.Itoa(mostHours) + ". " + changeExamples}
		}
		end := i + used
		for _, more := range [][]string{{"a", "week"}, {"per", "week"}, {"weekly"}} {
			if len(words) >= end+len(more) && strings.Join(words[end:end+len(more)], " ") == strings.Join(more, " ") {
				end += len(more)
			}
		}
		return n, append(append([]string{}, words[:i]...), words[end:]...), nil
	}
	return 0, words, nil
}

// hoursAt reads hours at the beginning of some words, and says how many it used.
func hoursAt(words []string) (hours float64, used int) {
	digits := strings.TrimRight(words[0], "hours.")
	unit := strings.TrimPrefix(words[0], digits)
	if digits == "" || strings.Trim(digits, "0123456789.") != "" {
		return 0, 0
	}
	used = 1
	if unit == "" {
		if len(words) < 2 {
			return 0, 0
		}
		unit, used = words[1], 2
	}
	if !among(unit, []string{"h", "hrs", "hr", "hour", "hours"}) {
		return 0, 0
	}
	n, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		return -1, used
	}
	return n, used
}

// String says the change as it was understood.
func (c Change) String() string {
	text := "stops work"
	if c.Starts {
		text = "starts work"
	}
	if c.Hours > 0 {
		text += ", " + strconv.FormatFloat(c.Hours, 'f', -1, 64) + " hours a week"
	}
	return text + ", " + c.On.Short(0)
}

// With returns what would be known of a person on a day if a change came to pass. Before
// work starts there is a job to start; before it stops nothing is different.
func (p Person) With(c Change, day calendar.Day) Person {
	p.Told = maps.Clone(p.Told)
	if p.Told == nil {
		p.Told = map[string]Said{}
	}
	tell := func(key, value string) { p.Told[key] = Said{As: "What if", Value: value, On: 0} }
	switch {
	case c.Starts && day < c.On:
		tell(saidStart, c.On.String())
		tell(saidOffer, string(Yes))
	case c.Starts:
		delete(p.Told, saidStart)
		delete(p.Told, saidRisk) // another job, another answer
		tell(saidEmployment, "employed")
	case day >= c.On:
		delete(p.Told, saidStart)
		delete(p.Told, saidRisk)
		tell(saidEmployment, none)
	}
	return p
}

// Shift is a programme of which a change makes a match say something else.
type Shift struct {
	Was, Is Matched
	From    calendar.Day
}

// Opens reports whether more is possible than before.
func (s Shift) Opens() bool {
	return s.Is.Says == Fits || s.Is.Says == CannotTell && s.Was.Says == DoesNotFit
}

// WhatIf says which programmes a change opens and closes, and from when: some as soon as
// it is agreed, others on the day.
func (c Catalogue) WhatIf(p Person, change Change, today calendar.Day) []Shift {
	var out []Shift
	before := c.Match(p, today)
	for _, day := range []calendar.Day{today, change.On} {
		after := c.Match(p.With(change, day), day)
		for _, is := range after {
			for _, was := range before {
				if was.Programme.Key == is.Programme.Key && was.Says != is.Says {
					out = append(out, Shift{was, is, day})
				}
			}
		}
		if before = after; change.On == today {
			break
		}
	}
	return out
}
