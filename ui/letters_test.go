package ui_test

import (
	"strings"
	"testing"
)

// meanings are the letters that several screens have, each with what it does on all of
// them: the words with which its name may begin.
var meanings = map[string][]string{
	"a": {"Add", "Accept", "As the adviser: accept"},
	"x": {"Done:", "Tick", "Say whether the advice worked", "What came of it", "Remove", "Retire"},
	"w": {"Why"},
	"W": {"Another owner", "Whose diary", "Sweep everybody's", "Write what is new"},
	"D": {"Drop", "Withdraw"},
	"Z": {"New dates", "The time ran out"},
	"N": {"Say something about it"},
	"Y": {"The person was told"},
	"y": {"The person says yes to the plan", "Answer what they asked"},
	"h": {"Hand over", "It happened", "The day before"},
	"T": {"What often helps", "Take everything"},
	"B": {"Add a barrier", "Set a break", "Take back", "Hand it back"}, // the first two are older
	"U": {"Undo", "Call it back"},
	">": {"Write out"},
	"M": {"Move the appointment", "Book the meeting of three"},
	"R": {"The plan was reviewed", "Review direct support", "Restrict the record"}, // the last one is older
	"K": {"Keep", "How long the record is kept"},
	"E": {"Amend", "Narrow the consent"},
}

// TestALetterMeansOneThing holds that a letter does on the tabs of a record, in the
// caseload, in the diary, the sweep and at the adviser's desk what it does on the others.
func TestALetterMeansOneThing(t *testing.T) {
	d, _ := furnished(t)
	for _, as := range []int{0, 1} {
		d.as(as)
		for _, keys := range []string{"gc", "/dan<enter>1", "/dan<enter>2", "/dan<enter>3", "/dan<enter>4", "/dan<enter>7", "/dan<enter>8", "gd", "gs", "ge", "gh", "gh<tab>", "gh<tab><tab>"} {
			x := sit(t, d, 120, 40)
			x.keys(keys)
			for _, a := range x.shell.Actions() {
				for _, k := range a.Keys {
					if may, ok := meanings[k]; ok && !begins(a.Name, may) {
						t.Errorf("after %q: %s is %q, and elsewhere %q", keys, k, a.Name, may)
					}
				}
			}
		}
	}
}

func begins(name string, with []string) bool {
	for _, w := range with {
		if strings.HasPrefix(name, w) {
			return true
		}
	}
	return false
}
