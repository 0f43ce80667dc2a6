package domain

import (
	"fmt"
	"slices"
	"strings"

	"coachdesk/domain/calendar"
)

// WhereOf is where a service is, in a few words.
func WhereOf(s Service) string {
	if len(s.Places) == 0 {
		if len(s.Areas) > 0 {
			return s.Areas[0]
		}
		return strings.Join(modeWords(s), ", ")
	}
	p := s.Places[0]
	text := p.Postcode
	if at := strings.LastIndex(p.Name, ", "); at >= 0 {
		text = joinBlank(p.Name[at+2:], p.Postcode)
	} else if p.Name != "" {
		text = joinBlank(p.Name, p.Postcode)
	}
	if n := len(s.Places) - 1; n > 0 {
		text += fmt.Sprintf(" +%d", n)
	}
	return text
}

func joinBlank(a, b string) string { return strings.TrimSpace(a + " " + b) }

func modeWords(s Service) []string {
	var out []string
	for _, m := range s.Entry.Modes {
		out = append(out, string(m))
	}
	return out
}

// HowOf is how somebody gets in, in a few words.
func HowOf(s Service) string {
	var out []string
	for _, w := range s.Entry.Ways {
		out = append(out, string(w))
	}
	if len(out) == 0 && len(s.Contact.Phones) > 0 {
		return "ring"
	}
	return strings.Join(out, ", ")
}

// CheckedWords is when a service was last made sure of, and what that means.
func CheckedWords(s Service, age Freshness) string {
	switch age {
	case Vanished, Undated:
		return age.String()
	case Stale:
		return monthOf(s.Dated()) + ", stale"
	default:
	}
	return monthOf(s.Dated())
}

func monthOf(d calendar.Day) string {
	y, m, _ := d.Civil()
	return m.String()[:3] + " " + fmt.Sprint(y)
}

// ServiceLine is one thing to know of a service.
type ServiceLine struct{ Label, Text string }

// ServiceLines are what there is to know of a service before somebody goes there, its
// description aside.
func ServiceLines(l Listing, age Freshness) []ServiceLine {
	var out []ServiceLine
	add := func(label, text string) {
		if text = strings.TrimSpace(text); text != "" {
			out = append(out, ServiceLine{label, text})
		}
	}
	var phones []string
	for _, p := range l.Contact.Phones {
		text := p.Number
		if p.Label != "" {
			text += " (" + p.Label + ")"
		}
		phones = append(phones, text)
	}
	add("phone", strings.Join(phones, ", "))
	add("e-mail", strings.Join(l.Contact.Emails, ", "))
	add("web", l.Contact.Web)
	for _, p := range l.Places[:min(2, len(l.Places))] {
		add("where", strings.Trim(p.Name+", "+p.Postcode, ", "))
	}
	if n := len(l.Places) - 2; n > 0 {
		add("where", fmt.Sprintf("and %d more places", n))
	}
	add("for", strings.Join(slices.Concat(l.Areas, ageWords(l.Entry)), "; "))
	add("how", strings.Join(slices.DeleteFunc([]string{strings.Join(modeWords(l.Service), ", "), HowOf(l.Service)}, func(s string) bool { return s == "" }), "; "))
	add("open", l.Entry.Hours)
	add("cost", l.Entry.Cost)
	checked := age.String()
	if age != Undated {
		checked = "last checked " + l.Dated().Long() + ", " + checked
	}
	if age == Vanished {
		checked = age.String() + " since " + l.Vanished.Long()
	}
	add("told by", "feed "+l.Feed+"; "+checked)
	add("record", l.Link)
	return out
}

func ageWords(e ServiceEntry) []string {
	switch {
	case e.MinAge > 0 && e.MaxAge > 0:
		return []string{fmt.Sprintf("%d to %d years", e.MinAge, e.MaxAge)}
	case e.MinAge > 0:
		return []string{fmt.Sprintf("from %d years", e.MinAge)}
	case e.MaxAge > 0:
		return []string{fmt.Sprintf("up to %d years", e.MaxAge)}
	}
	return nil
}
