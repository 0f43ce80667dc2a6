package catalogue

import (
	"slices"

	"coachdesk/domain/calendar"
)

// Nation is a nation as programmes name it. Bank holidays have nations of their own.
type Nation string

// The nations.
const (
	England         Nation = "england"
	Wales           Nation = "wales"
	Scotland        Nation = "scotland"
	NorthernIreland Nation = "northern-ireland"
)

// Nations lists all there are.
var Nations = []Nation{England, Wales, Scotland, NorthernIreland}

// Test is what of a person decides whether an area is theirs.
type Test string

// The tests.
const (
	ByResidence Test = "residence"
	ByGP        Test = "gp" // where they are registered with a doctor
	ByJobcentre Test = "jobcentre"
)

// Tests lists all there are.
var Tests = []Test{ByResidence, ByGP, ByJobcentre}

// Cover says where a programme runs: in whole nations, or in an area. A programme with
// several runs where any of them holds.
type Cover struct {
	Fact

	Nations []Nation     `json:"nations,omitempty"`
	Area    string       `json:"area,omitempty"` // the key of an area, or of a group of areas
	Test    Test         `json:"test,omitempty"` // empty: by residence
	From    calendar.Day `json:"from,omitzero"`
	Until   calendar.Day `json:"until,omitzero"` // the last day
}

// CoversOn returns where a programme runs on a day.
func (p Programme) CoversOn(day calendar.Day) []Cover {
	return slices.DeleteFunc(slices.Clone(p.Covers), func(c Cover) bool {
		return !c.From.IsZero() && day < c.From || !c.Until.IsZero() && day > c.Until
	})
}
