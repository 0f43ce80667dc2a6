package domain

import (
	"maps"
	"strconv"
	"strings"
	"time"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Desk is what belongs to this desk alone: where it stands and how it likes things.
type Desk struct {
	Settings map[Setting]string
	Breaks   []Break
}

// Setting names one thing that a desk may choose.
type Setting string

// The settings are stored.
const (
	SettingOffice  Setting = "office"
	SettingNation  Setting = "nation"
	SettingPerson  Setting = "person"  // who sits here, as an ID
	SettingPreview Setting = "preview" // "on" shows a preview beside the caseload
	SettingLock    Setting = "lock"    // after so many minutes without a key the desk locks
	SettingHours   Setting = "hours"   // when the desk opens and closes, "09:00-17:00"
)

// Settings are all of them, in the order in which they are listed.
var Settings = []Setting{SettingOffice, SettingNation, SettingPerson, SettingPreview, SettingLock, SettingHours}

// lockMost is the most minutes after which a desk locks: never is not offered.
const lockMost = 60

// LockAfter returns after how long without a key this desk locks: the usual time unless
// it was set, and a minute when nobody says what is usual.
func (d Desk) LockAfter(usual Figures) time.Duration {
	n, err := strconv.Atoi(d.Settings[SettingLock])
	if err != nil || n < 1 || n > lockMost {
		n = min(max(usual.Of(FigureLock), 1), lockMost)
	}
	return time.Duration(n) * time.Minute
}

// ReadLockMinutes reads after how many minutes a desk is to lock.
func ReadLockMinutes(v string) (int, error) {
	n, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(clean.Fold(clean.Line(v, clean.MaxLine)), "minutes")))
	if err != nil || n < 1 || n > lockMost {
		return 0, Refused(string(SettingLock), "The desk locks after 1 to %d minutes without a key. It always locks: the screen shows what people told you.", lockMost)
	}
	return n, nil
}

// Nation returns the nation whose bank holidays this desk keeps; England and
// Wales unless it was set.
func (d Desk) Nation() calendar.Nation {
	if n, err := calendar.ParseNation(d.Settings[SettingNation]); err == nil {
		return n
	}
	return calendar.EnglandAndWales
}

// Settle changes settings of the desk.
type Settle struct {
	Desk     ID
	Settings map[Setting]string
}

// For names the desk.
func (c Settle) For() Subject { return Subject{AboutDesk, c.Desk} }

// DecideDesk refuses settings that do not exist or do not fit.
func (c Settle) DecideDesk(d Desk, _ Stamp) ([]Event, error) {
	out := map[Setting]string{}
	for k, v := range c.Settings {
		v = clean.Line(v, clean.MaxLine)
		switch k {
		case SettingOffice, SettingPerson:
		case SettingPreview:
			if v != "on" && v != "off" {
				return nil, Refused(string(k), "The preview is on or off.")
			}
		case SettingLock:
			n, err := ReadLockMinutes(v)
			if err != nil {
				return nil, err
			}
			v = strconv.Itoa(n)
		case SettingHours:
			opens, closes, err := ReadHours(v)
			if err != nil {
				return nil, err
			}
			v = HoursWords(opens, closes)
		case SettingNation:
			n, err := calendar.ParseNation(v)
			if err != nil {
				return nil, Refusal{"nation", err.Error()}
			}
			v = string(n)
		default:
			return nil, Refused(string(k), "%q is not a setting.", clean.Line(string(k), 40))
		}
		out[k] = v
	}
	maps.DeleteFunc(out, func(k Setting, v string) bool { return d.Settings[k] == v })
	if len(out) == 0 {
		return nil, Refused("", "The desk is set like that already.")
	}
	return []Event{Settled{Settings: out}}, nil
}

// Settled happens when settings of the desk change.
type Settled struct {
	Settings map[Setting]string `json:"settings"`
}

var _ = know[Settled]()

// Kind names the event on disk.
func (Settled) Kind() string { return "desk.settled" }

// Sentence says that something was set.
func (Settled) Sentence() string { return "The desk's settings were changed." }

func (e Settled) applyDesk(d *Desk, _ Record) {
	if d.Settings == nil {
		d.Settings = map[Setting]string{}
	}
	maps.Copy(d.Settings, e.Settings)
}
