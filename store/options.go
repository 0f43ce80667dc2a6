package store

import (
	"errors"
	"io"
	"time"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// Options is the one door through which the world reaches a store.
type Options struct {
	Now        func() time.Time        // the clock, in the desk's time zone
	Dice       io.Reader               // for keys and IDs
	WorkFactor int                     // of age's scrypt; 0 means 17, about 300 ms
	Today      calendar.Day            // moves what commands see as today, never the time of a record
	OneOffs    []calendar.OneOff       // days that the program carries, joined with the office's own
	NoSync     bool                    // do not wait for the disk: for tests and throw-away demos only
	Check      func(path string) error // runs [CheckStructure] in a child process; nil checks in this one
}

// Founding is what a new store begins with.
type Founding struct {
	Passphrase string
	Person     string // the name of the first person at the desk
	Role       domain.Role
	Office     string
	Nation     calendar.Nation
	Demo       bool
}

// defaultWork makes a guess cost about 300 ms on the laptop of an office.
const defaultWork = 17

// Work returns the work factor that passphrases are stretched with.
func (o Options) Work() int {
	if o.WorkFactor == 0 {
		return defaultWork
	}
	return o.WorkFactor
}

func (o Options) valid() error {
	if o.Now == nil || o.Dice == nil {
		return errors.New("store: Options need a clock and dice")
	}
	return nil
}
