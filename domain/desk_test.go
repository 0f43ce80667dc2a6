package domain

import (
	"errors"
	"testing"
	"time"
)

func TestDeskLocksAfterSomeMinutesAlways(t *testing.T) {
	for v, want := range map[string]string{"1": "1", " 10 minutes": "10", "60": "60", "0": "", "-1": "", "61": "", "never": "", "": "", "5.5": ""} {
		events, err := Settle{Settings: map[Setting]string{SettingLock: v}}.DecideDesk(Desk{}, Stamp{})
		var no Refusal
		switch {
		case want == "" && !errors.As(err, &no):
			t.Errorf("lock=%q: %v, want a refusal", v, err)
		case want != "" && (err != nil || events[0].(Settled).Settings[SettingLock] != want):
			t.Errorf("lock=%q: %v %v", v, events, err)
		}
	}
	for v, want := range map[string]time.Duration{"": 5 * time.Minute, "30": 30 * time.Minute, "0": 5 * time.Minute, "90": 5 * time.Minute} {
		if got := (Desk{Settings: map[Setting]string{SettingLock: v}}).LockAfter(Figures{FigureLock: {Value: 5}}); got != want {
			t.Errorf("set to %q it locks after %v", v, got)
		}
	}
}
