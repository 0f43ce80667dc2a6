package screen

import (
	"fmt"
	"slices"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/catalogue"
	"coachdesk/domain/clean"
)

// AskProgramme asks for a programme by a few letters of its name, or of another name that
// it is known by. When several fit, one of them is chosen.
func AskProgramme(w World, title string, then func(catalogue.Programme) Effect) Effect {
	known := w.Desk.Queue().Catalogue
	all := known.Programmes
	find := func(v string) []catalogue.Programme {
		if named, ok := known.Programme(v); ok {
			return []catalogue.Programme{named}
		}
		var fits []catalogue.Programme
	next:
		for _, p := range all {
			hay := " " + clean.Fold(strings.Join(append([]string{p.Name, strings.ReplaceAll(p.Key, "-", " ")}, p.Aliases...), " "))
			for _, word := range strings.Fields(clean.Fold(v)) {
				if !strings.Contains(hay, " "+word) {
					continue next
				}
			}
			fits = append(fits, p)
		}
		return fits
	}
	return Prompt{
		Title: title, Hint: "letters of its name, for example: mental health support",
		Echo: func(v string) (string, error) {
			switch fits := find(v); {
			case strings.TrimSpace(v) == "":
				return "", domain.Refused("programme", "Write some letters of its name. g m shows all programmes.")
			case len(fits) == 0:
				return "", domain.Refused("programme", "No programme of that name is known here. g m shows all.")
			case len(fits) == 1:
				return fits[0].Name, nil
			case len(fits) > someMost:
				return "", domain.Refused("programme", "%d programmes fit. Write more of the name.", len(fits))
			default:
				return fmt.Sprintf("%d programmes fit: enter lets you choose", len(fits)), nil
			}
		},
		Then: func(v string) Effect {
			fits := find(v)
			if len(fits) == 1 {
				return then(fits[0])
			}
			choices := make([]Choice, len(fits))
			for i, p := range fits {
				choices[i] = Choice{Key: fmt.Sprint(i + 1), Label: p.Name, Then: then(p)}
			}
			return Choose{Title: title, Choices: choices}
		},
	}
}

// Appliable returns the programmes that a person may apply for themselves.
func Appliable(c catalogue.Catalogue) []catalogue.Programme {
	return slices.DeleteFunc(slices.Clone(c.Programmes), func(p catalogue.Programme) bool {
		return !slices.ContainsFunc(p.Routes, func(r catalogue.Route) bool { return r.By == catalogue.ByApplication })
	})
}

// AskApplication writes down that a person applies for a programme: what for, since when,
// and when the job starts. Nothing leaves the desk. Renews is the award that it is to
// follow, or zero.
func AskApplication(w World, p domain.Participant, programme string, renews domain.ID) Effect {
	q, today := w.Desk.Queue(), w.Today()
	rules := q.Planning.Applying
	c := domain.Apply{Participant: p.ID, Programme: programme, Renews: renews}
	name := q.Catalogue.Name(programme)
	says := func(code string) string {
		for _, s := range domain.Of(rules.Says, programme) {
			if s.Code == code {
				return s.Says
			}
		}
		return ""
	}
	last := func(c domain.Apply) Effect {
		if c.Applied.IsZero() {
			return Do{Commands: []domain.Command{c}}
		}
		return Prompt{Title: "Their reference, when they have one", Hint: "the reference, or nothing", Then: func(v string) Effect {
			c.Reference = v
			return Do{Commands: []domain.Command{c}}
		}}
	}
	job := func(c domain.Apply) Effect {
		read := func(v string) (calendar.Day, error) {
			if v = strings.TrimSpace(v); v == "" || v == "no" || v == "none" {
				return 0, nil
			}
			return calendar.Parse(v, today, calendar.Forward)
		}
		start := ""
		if d, err := calendar.ParseISO(p.Fact(domain.FactJobStart)); err == nil && d >= today {
			start = d.Long()
		}
		return Prompt{
			Title: "When does the job start?", Hint: "a date, or none", Default: start,
			Echo: func(v string) (string, error) {
				d, err := read(v)
				if err != nil || d.IsZero() {
					return "no job that starts", err
				}
				return d.Short(today) + ", " + d.Distance(today), nil
			},
			Warn: func(v string) []string {
				d, err := read(v)
				if soon := says("job-soon"); err == nil && !d.IsZero() && int(d-today) <= q.Rules["application-job"].Days && soon != "" {
					return []string{soon}
				}
				return nil
			},
			Then: func(v string) Effect {
				d, err := read(v)
				if err != nil {
					return Say{Text: err.Error()}
				}
				c.JobStart = d
				return last(c)
			},
		}
	}
	when := func(c domain.Apply) Effect {
		return ReadDay(w, name+": on which day did they apply?", "a date; enter alone while they get it ready", "no", calendar.Backward, func(d calendar.Day) Effect {
			c.Applied = d
			return job(c)
		})
	}
	elements := domain.Of(rules.Elements, programme)
	if len(elements) == 0 {
		return when(c)
	}
	var words []string
	for i, e := range elements {
		words = append(words, fmt.Sprintf("%d %s", i+1, e.Says))
	}
	read := func(v string) ([]string, error) {
		var out []string
		for _, r := range strings.TrimSpace(v) {
			n := int(r - '0')
			if n < 1 || n > len(elements) {
				return nil, domain.Refused("elements", "Type the numbers of what they apply for, from 1 to %d, for example 12.", len(elements))
			}
			out = append(out, elements[n-1].Code)
		}
		return out, nil
	}
	return Prompt{
		Title: name + ", nothing leaves this desk. For: " + strings.Join(words, "  "), Hint: "type the numbers, for example 12; nothing when it is not known yet",
		Echo: func(v string) (string, error) {
			codes, err := read(v)
			if err != nil {
				return "", err
			}
			return ElementWords(rules, codes), nil
		},
		Then: func(v string) Effect {
			codes, err := read(v)
			if err != nil {
				return Say{Text: err.Error()}
			}
			c.Elements = codes
			return when(c)
		},
	}
}

// ElementWords says what is applied for.
func ElementWords(rules domain.ApplicationRules, codes []string) string {
	words := make([]string, len(codes))
	for i, code := range codes {
		words[i] = domain.SayCode(rules.Elements, code)
	}
	return strings.Join(words, ", ")
}

// ReadDay asks for a date that may be missing: no, none and nothing are no date.
func ReadDay(w World, title, hint, value string, lean calendar.Lean, then func(calendar.Day) Effect) Effect {
	today := w.Today()
	read := func(v string) (calendar.Day, error) {
		if v = strings.ToLower(strings.TrimSpace(v)); v == "" || v == "no" || v == "none" {
			return 0, nil
		}
		return calendar.Parse(v, today, lean)
	}
	return Prompt{
		Title: title, Hint: hint, Default: value,
		Echo: func(v string) (string, error) {
			d, err := read(v)
			switch {
			case err != nil:
				return "", err
			case d.IsZero():
				return "no date", nil
			}
			return d.Short(today) + ", " + d.Distance(today), nil
		},
		Then: func(v string) Effect {
			d, err := read(v)
			if err != nil {
				return Say{Text: err.Error()}
			}
			return then(d)
		},
	}
}
