package calendar

import (
	"fmt"
	"strings"
)

const clockExamples = "write a time such as 10:20, 9am or 2:30pm."

// ParseClock reads a time of day as people write it, such as "10:20", "10.20",
// "1020", "9am", "2:30 pm" or "14", and returns the minutes after midnight. A
// bare hour is on the 24-hour clock. The error is an *Unclear.
func ParseClock(s string) (minutes int, err error) {
	word := strings.ToLower(strings.Join(strings.Fields(s), ""))
	switch word {
	case "":
		return 0, unclear(s, "there is no time here: "+clockExamples)
	case "noon", "midday":
		return 12 * 60, nil
	case "midnight":
		return 0, nil
	}
	figures, half := word, byte(0)
	for _, suffix := range []string{"am", "pm", "a.m.", "p.m.", "a.m", "p.m"} {
		if cut, found := strings.CutSuffix(word, suffix); found {
			figures, half = cut, suffix[0]
			break
		}
	}
	hour, minute, ok := hourAndMinute(figures)
	switch {
	case !ok:
		return 0, unclear(s, "this is not a time of day: "+clockExamples)
	case minute > 59:
		return 0, unclear(s, fmt.Sprintf("there is no minute %d: %s", minute, clockExamples))
	case half != 0 && hour > 12 && hour < 24:
		return 0, unclear(s, fmt.Sprintf("do you mean %02d:%02d or %d%cm?", hour, minute, hour-12, half))
	case half != 0 && (hour < 1 || hour > 12), hour > 23:
		return 0, unclear(s, fmt.Sprintf("there is no hour %d: %s", hour, clockExamples))
	case half == 'a' && hour == 12:
		hour = 0
	case half == 'p' && hour < 12:
		hour += 12
	}
	return hour*60 + minute, nil
}

// hourAndMinute reads 10:20, 10.20, 1020, 930 and 14.
func hourAndMinute(s string) (hour, minute int, ok bool) {
	if i := strings.IndexAny(s, ":."); i >= 0 {
		hour, okHour := digits(s[:i])
		minute, okMinute := digits(s[i+1:])
		return hour, minute, okHour && okMinute && i <= 2 && len(s)-i == 3
	}
	n, ok := digits(s)
	switch {
	case !ok || len(s) > 4:
		return 0, 0, false
	case len(s) > 2:
		return n / 100, n % 100, true
	}
	return n, 0, true
}

// Clock writes minutes after midnight as 10:20. Minutes beyond a day wrap
// around.
func Clock(minutes int) string {
	minutes = ((minutes % 1440) + 1440) % 1440
	return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60)
}
