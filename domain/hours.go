package domain

import (
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// hoursLeast is the shortest working day that a diary can show, in minutes.
const hoursLeast = 60

// Hours returns when this desk opens and closes, in minutes since midnight; the usual
// hours unless it was set.
func (d Desk) Hours(usual Figures) (opens, closes int) {
	opens, closes, err := ReadHours(d.Settings[SettingHours])
	if err != nil {
		return usual.Of(FigureOpens), usual.Of(FigureCloses)
	}
	return opens, closes
}

// ReadHours reads working hours: "9:00-17:00".
func ReadHours(v string) (opens, closes int, err error) {
	opens, closes, err = readSpan(clean.Line(v, clean.MaxLine))
	if err != nil || closes-opens < hoursLeast {
		return 0, 0, Refused(string(SettingHours), "Write when the desk opens and when it closes, at least an hour later, as in 9:00-17:00.")
	}
	return opens, closes, nil
}

// HoursWords writes working hours as they are stored.
func HoursWords(opens, closes int) string {
	return calendar.Clock(opens) + "-" + calendar.Clock(closes)
}
