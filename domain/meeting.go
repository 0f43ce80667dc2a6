package domain

import (
	"cmp"
	"slices"
	"strings"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Channels are the ways to meet, as they are stored.
var Channels = []string{"face to face", "phone", "video", "online"}

// readAppointment reads a date, then perhaps a time, then perhaps a channel.
func (m *Mark) readAppointment(today calendar.Day) {
	day, minute, rest, err := ReadMeeting(m.Text, today)
	if err != nil {
		m.Problem = err.Error()
		return
	}
	m.Due, m.Minute, m.Text = day, minute, rest
	for _, c := range Channels {
		if strings.HasPrefix(c, clean.Fold(rest)) && rest != "" {
			m.Channel, m.Text = c, ""
		}
	}
}

// ReadMeeting reads when to meet: a date phrase, then perhaps a time of day. It
// returns the minute since midnight or -1, and the words left over.
func ReadMeeting(text string, today calendar.Day) (day calendar.Day, minute int, rest string, err error) {
	fields := strings.Fields(strings.ReplaceAll(text, ",", " "))
	if len(fields) > 0 && (strings.EqualFold(fields[0], "on") || strings.EqualFold(fields[0], "by")) {
		fields = fields[1:]
	}
	for n := dateEnds(fields); n > 0; n-- {
		d, e := calendar.Parse(strings.Join(fields[:n], " "), today, calendar.Forward)
		if e != nil {
			err = cmp.Or(err, e) // the longest phrase is what was meant as the date
			continue
		}
		if rest := fields[n:dateEnds(fields)]; err != nil && contradicts(rest, today) {
			return 0, -1, "", err
		}
		day, err = d, nil
		fields = fields[n:]
		break
	}
	if day.IsZero() {
		if err == nil {
			err = Refused("when", "Say when, for example: fri 10:20, or 2w.")
		}
		return 0, -1, "", err
	}
	if minute, fields, err = readClock(fields); err != nil {
		return 0, -1, "", err
	}
	return day, minute, strings.Join(fields, " "), nil
}

// readClock reads a time of day where the words begin with one: 10:20, 9am, 2 pm, noon, at
// 10. A lone number is one only after "at": in "fri 2 forms to sign" it counts the forms.
// It returns -1 where there is none, and the words left over.
func readClock(fields []string) (minute int, rest []string, err error) {
	at := len(fields) > 1 && strings.EqualFold(fields[0], "at")
	if at {
		fields = fields[1:]
	}
	if len(fields) == 0 {
		return -1, fields, nil
	}
	word, n := fields[0], 1
	if len(fields) > 1 && halfOfDay(fields[1]) {
		word, n = word+fields[1], 2
	}
	m, e := calendar.ParseClock(word)
	switch lone := e == nil && strings.Trim(word, "0123456789") == ""; {
	case lone && !at && (len(fields) == 1 || isChannel(fields[1])):
		return -1, nil, Refused("when", "Is %s a time of day? Write it as %s.", word, calendar.Clock(m))
	case lone && !at:
		return -1, fields, nil
	case e == nil:
		return m, fields[n:], nil
	case clockLike(fields[0]):
		return -1, nil, Refused("when", "%q is not a time of day. Write it as 10:20.", clean.Line(fields[0], 20))
	}
	return -1, fields, nil
}

// halfOfDay reports whether a word is the am or pm of the number before it.
func halfOfDay(f string) bool {
	return slices.Contains([]string{"am", "pm", "a.m.", "p.m.", "a.m", "p.m"}, strings.ToLower(f))
}

// isChannel reports whether a word begins a way to meet.
func isChannel(f string) bool {
	return slices.ContainsFunc(Channels, func(c string) bool { return len(f) > 3 && strings.HasPrefix(c, clean.Fold(f)) })
}

// contradicts reports whether the words after a date are a date themselves, as in "mon
// 3 dec" when that is a Thursday: one of the two is a slip, and nobody but the coach
// knows which.
func contradicts(words []string, today calendar.Day) bool {
	for n := len(words); n > 0; n-- {
		if _, err := calendar.Parse(strings.Join(words[:n], " "), today, calendar.Forward); err == nil {
			return true
		}
	}
	return false
}

// dateEnds is where the date of a meeting ends: before a time of day, a channel or
// "at", and after five words at the latest.
func dateEnds(fields []string) int {
	for i, f := range fields[:min(len(fields), 5)] {
		if i > 0 && (clockLike(f) || isChannel(f) || strings.EqualFold(f, "at")) {
			return i
		}
	}
	return min(len(fields), 5)
}

// clockLike reports whether a word was meant as a time of day, right or wrong.
func clockLike(f string) bool {
	return len(f) <= 8 && f[0] >= '0' && f[0] <= '9' && strings.ContainsAny(f, ":mM") && !strings.ContainsAny(f, "/")
}
