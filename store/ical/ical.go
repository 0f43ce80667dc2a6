// Package ical writes appointments as other calendars read them: RFC 5545.
//
// Calendars leak: they are shared with colleagues, shown in trains and copied to
// telephones. So a title says "Appointment" and nothing else, unless a reference is
// asked for; there is no description, no place, no organiser and no attendee, and every
// event is private. A cancellation alone has an organiser, because RFC 5546 (3.2.5) asks
// for one; it names no mailbox that there could be. Other files have none: RFC 5545
// (3.8.4.3) forbids it where nobody is invited.
package ical

import (
	"bytes"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// Event is an appointment with the reference that its title may bear; empty for none.
type Event struct {
	domain.Appointment
	Ref string
}

// Options say when and how a file is written.
type Options struct {
	Now time.Time // in the time zone of the desk, by which minutes of a day are read
	// Cancelled takes the events out of the calendar that reads the file.
	Cancelled bool
}

const (
	lineMost = 75 // octets, without the end of line
	utc      = "20060102T150405Z"
	date     = "20060102"
)

// nobody is an organiser without a mailbox: no host ends in .invalid (RFC 2606).
const nobody = "mailto:desk@coachdesk.invalid"

// Write returns a calendar with these events. A cancellation has a method and an
// organiser, as RFC 5546 asks.
func Write(events []Event, o Options) []byte {
	var w writer
	w.line("BEGIN", "", "VCALENDAR")
	w.line("VERSION", "", "2.0")
	w.line("PRODID", "", "-//coachdesk//coachdesk//EN")
	w.line("CALSCALE", "", "GREGORIAN")
	if o.Cancelled {
		w.line("METHOD", "", "CANCEL")
	}
	for _, e := range events {
		w.event(e, o)
	}
	w.line("END", "", "VCALENDAR")
	return w.Bytes()
}

type writer struct{ bytes.Buffer }

func (w *writer) event(e Event, o Options) {
	sequence, status := e.Changes, "CONFIRMED"
	if o.Cancelled {
		sequence, status = sequence+1, "CANCELLED"
	}
	title := "Appointment"
	if e.Ref != "" {
		title += " " + e.Ref
	}
	w.line("BEGIN", "", "VEVENT")
	w.line("UID", "", e.ID.String()+"@coachdesk")
	w.line("DTSTAMP", "", o.Now.UTC().Format(utc))
	w.line("SEQUENCE", "", strconv.Itoa(sequence))
	w.times(e.Appointment, o.Now.Location())
	w.line("SUMMARY", "", escape(title))
	w.line("STATUS", "", status)
	w.line("CLASS", "", "PRIVATE")
	if o.Cancelled {
		w.line("ORGANIZER", "", nobody)
	}
	w.line("END", "", "VEVENT")
}

// times writes begin and end. What has no time is of the whole day, and leaves it free
// for others.
func (w *writer) times(a domain.Appointment, zone *time.Location) {
	if a.Minute < 0 {
		w.line("DTSTART", "VALUE=DATE", a.Day.Time().Format(date))
		w.line("DTEND", "VALUE=DATE", (a.Day + 1).Time().Format(date))
		w.line("TRANSP", "", "TRANSPARENT")
		return
	}
	begin := at(a.Day, a.Minute, zone)
	w.line("DTSTART", "", begin.UTC().Format(utc))
	w.line("DTEND", "", begin.Add(time.Duration(domain.MinutesOf(a.Length))*time.Minute).UTC().Format(utc))
}

// at is a time that a clock on the wall shows in a zone.
func at(d calendar.Day, minute int, zone *time.Location) time.Time {
	y, m, day := d.Civil()
	return time.Date(y, m, day, minute/60, minute%60, 0, 0, zone)
}

// escape writes a text as the value of a property. Line ends become \n; other control
// characters have no place in a calendar.
func escape(text string) string {
	var b strings.Builder
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	for _, r := range strings.ToValidUTF8(text, "\uFFFD") {
		switch {
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\\' || r == ';' || r == ',':
			b.WriteString(`\` + string(r))
		case r == '\t' || r >= 0x20 && r != 0x7f:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// line writes a content line, folded at 75 octets and never inside a character. What
// follows a fold begins with a blank, which counts.
func (w *writer) line(name, parameter, value string) {
	text := name
	if parameter != "" {
		text += ";" + parameter
	}
	text += ":" + value
	room := lineMost
	for len(text) > room {
		cut := room
		for !utf8.RuneStart(text[cut]) {
			cut--
		}
		w.WriteString(text[:cut] + "\r\n ")
		text, room = text[cut:], lineMost-1
	}
	w.WriteString(text + "\r\n")
}
