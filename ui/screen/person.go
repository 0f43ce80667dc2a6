package screen

import (
	"fmt"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/clean"
)

// someMost is how many people can be chosen among by one key.
const someMost = 9

// AskPerson asks for somebody on the caseload by a few letters of their name or by
// their reference. When several fit, one of them is chosen. What speaks against somebody
// is told before; against may be nil.
func AskPerson(w World, title string, against func(domain.Row) []string, then func(domain.Row) Effect) Effect {
	if against == nil {
		against = func(domain.Row) []string { return nil }
	}
	rows, err := w.Desk.Rows()
	if err != nil {
		return Say{Text: err.Error()}
	}
	names := make([]string, len(rows)) // folded once, not at every letter
	width := domain.RefLength(domain.RowIDs(rows))
	for i, r := range rows {
		names[i] = " " + clean.Fold(r.Name) + " " + clean.Fold(r.ID.Ref(width))
	}
	find := func(v string) []domain.Row {
		var fits []domain.Row
	next:
		for i, r := range rows {
			for _, word := range strings.Fields(clean.Fold(v)) {
				if !strings.Contains(names[i], " "+word) {
					continue next
				}
			}
			fits = append(fits, r)
		}
		return fits
	}
	called := func(r domain.Row) string {
		return clean.Line(r.Name, 40) + " " + r.ID.Ref(width)
	}
	return Prompt{
		Title: title, Hint: "three letters of the name, or the reference",
		Echo: func(v string) (string, error) {
			switch fits := find(v); {
			case strings.TrimSpace(v) == "":
				return "", domain.Refused("name", "Write three letters of the name.")
			case len(fits) == 0:
				return "", domain.Refused("name", "Nobody of that name is on the caseload.")
			case len(fits) == 1:
				return called(fits[0]), nil
			case len(fits) > someMost:
				return "", domain.Refused("name", "%d people fit. Write more of the name.", len(fits))
			default:
				return fmt.Sprintf("%d people fit: enter lets you choose", len(fits)), nil
			}
		},
		Warn: func(v string) []string {
			if fits := find(v); len(fits) == 1 {
				return against(fits[0])
			}
			return nil
		},
		Then: func(v string) Effect {
			fits := find(v)
			if len(fits) == 1 {
				return then(fits[0])
			}
			all := make([]Choice, len(fits))
			for i, r := range fits {
				label := called(r)
				for _, why := range against(r) {
					label += "   " + w.Theme.Glyphs.Urgent + " " + why
				}
				all[i] = Choice{Key: fmt.Sprint(i + 1), Label: label, Then: then(r)}
			}
			return Choose{Title: title, Choices: all}
		},
	}
}
