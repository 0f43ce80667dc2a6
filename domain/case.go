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
	if e := p.EmployedOn(day); e.Status != "" {
		c.Told[string(FactEmployment)] = catalogue.Said{As: "Employment", Value: e.Status, On: max(p.Facts[FactEmployment].On, e.Since)}
	}
	delete(c.Told, string(FactJobStart)) // a job that is on the record tells more than the fact of old
	if start := p.jobStart(); start > day || !start.IsZero() && len(p.InWork.Jobs) == 0 {
		c.Told[string(FactJobStart)] = catalogue.Said{As: "Job starts", Value: start.String(), On: p.Facts[FactJobStart].On}
	}
	for _, x := range p.Provisions {
		c.Stays = append(c.Stays, catalogue.Stay{Programme: x.Programme, From: x.Started, Until: x.Ended})
	}
	for _, f := range p.FitNotes {
		if f.From <= day && day <= f.To {
			c.Told[catalogue.LooksFitNote] = catalogue.Said{As: "Fit note", Value: "to " + f.To.Short(0), On: f.On}
		}
	}
	return c
}
