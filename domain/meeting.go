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
	minute = -1
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
	if len(fields) > 1 && strings.EqualFold(fields[0], "at") {
		fields = fields[1:]
	}
	if len(fields) > 0 {
		m, e := calendar.ParseClock(fields[0])
		switch {
		case e == nil:
			minute, fields = m, fields[1:]
		case clockLike(fields[0]):
			return 0, -1, "", Refused("when", "%q is not a time of day. Write it as 10:20.", clean.Line(fields[0], 20))
		}
	}
	return day, minute, strings.Join(fields, " "), nil
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
		channel := slices.ContainsFunc(Channels, func(c string) bool { return len(f) > 3 && strings.HasPrefix(c, clean.Fold(f)) })
		if i > 0 && (clockLike(f) || channel || strings.EqualFold(f, "at")) {
			return i
		}
	}
	return min(len(fields), 5)
}

// clockLike reports whether a word was meant as a time of day, right or wrong.
func clockLike(f string) bool {
	return len(f) <= 8 && f[0] >= '0' && f[0] <= '9' && strings.ContainsAny(f, ":mM") && !strings.ContainsAny(f, "/")
}
