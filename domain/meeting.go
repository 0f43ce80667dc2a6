package domain

import (
	"cmp"
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
	for n := min(len(fields), 5); n > 0; n-- {
		d, e := calendar.Parse(strings.Join(fields[:n], " "), today, calendar.Forward)
		if e != nil {
			err = cmp.Or(e, err) // the shortest phrase's reason is the plainest
			continue
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
		if m, e := calendar.ParseClock(fields[0]); e == nil {
			minute, fields = m, fields[1:]
		}
	}
	return day, minute, strings.Join(fields, " "), nil
}
