package domain

import (
	"coachdesk/domain/calendar"
	"coachdesk/domain/catalogue"
)

// Case is what of a record decides which programmes may be for the person on a day. Their
// name, their words and what is private are no part of it.
func (p Participant) Case(day calendar.Day) catalogue.Person {
	c := catalogue.Person{Told: make(map[string]catalogue.Said, len(catalogue.Looks))}
	for _, key := range catalogue.Looks {
		t := p.Facts[Fact(key)]
		if t.Value == "" {
			continue
		}
		field, _ := FieldOf(Fact(key))
		c.Told[key] = catalogue.Said{As: field.Label, Value: t.Value, On: t.On}
	}
	for _, f := range p.FitNotes {
		if f.From <= day && day <= f.To {
			c.Told[catalogue.LooksFitNote] = catalogue.Said{As: "Fit note", Value: "to " + f.To.Short(0), On: f.On}
		}
	}
	return c
}
