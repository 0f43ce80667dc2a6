package escalation

import (
	"fmt"
	"slices"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/ui/screen"
)

// open are the barriers that an escalation can be about: those that stand in the way
// and that an adviser may know.
func (f *Form) open() []domain.Barrier {
	return slices.DeleteFunc(slices.Clone(f.p.Barriers), func(b domain.Barrier) bool { return b.Resolved || b.Scope.Private() })
}

// stillOpen are the chosen barriers without those that are gone by now.
func (f *Form) stillOpen() []domain.ID {
	return slices.DeleteFunc(slices.Clone(f.barriers), func(id domain.ID) bool {
		return !slices.ContainsFunc(f.open(), func(b domain.Barrier) bool { return b.ID == id })
	})
}

func (f *Form) noBarriers() string {
	if len(f.open()) == 0 {
		return "No barrier is on the record. Press esc, then B to note one."
	}
	return ""
}

// barrierWords names barriers as marks do.
func (f *Form) barrierWords(ids []domain.ID) string {
	var words []string
	for _, b := range f.open() {
		if slices.Contains(ids, b.ID) {
			words = append(words, "# "+clean.Line(b.Text, 80))
		}
	}
	return strings.Join(words, "  ")
}

// askBarriers asks which of the open barriers it is about: numbers, or nothing for all.
func (f *Form) askBarriers() screen.Effect {
	open := f.open()
	var each []string
	for i, b := range open[:min(len(open), 9)] {
		each = append(each, fmt.Sprintf("%d %s", i+1, clean.Line(b.Text, 30)))
	}
	read := func(v string) ([]domain.ID, error) {
		var ids []domain.ID
		for _, r := range strings.Join(strings.Fields(v), "") {
			at := int(r - '1')
			if at < 0 || at >= len(each) {
				return nil, domain.Refused("barrier", "Write the numbers of the barriers, from 1 to %d, or nothing for all.", len(each))
			}
			if !slices.Contains(ids, open[at].ID) {
				ids = append(ids, open[at].ID)
			}
		}
		return ids, nil
	}
	return screen.Prompt{
		Title: "About which barriers? " + strings.Join(each, "  "), Hint: "the numbers, for example 13; nothing for all",
		Echo: func(v string) (string, error) {
			ids, err := read(v)
			if len(ids) == 0 {
				return "all open barriers", err
			}
			return f.barrierWords(ids), err
		},
		Then: func(v string) screen.Effect {
			ids, err := read(v)
			if err != nil {
				return screen.Say{Text: err.Error()}
			}
			f.barriers = ids
			f.Fit(f.width, f.height)
			return f.changed()
		},
	}
}

// writeIDs and readIDs are how a draft keeps the chosen barriers.
func writeIDs(ids []domain.ID) string {
	words := make([]string, len(ids))
	for i, id := range ids {
		words[i] = id.String()
	}
	return strings.Join(words, " ")
}

func readIDs(v string) []domain.ID {
	var ids []domain.ID
	for _, w := range strings.Fields(v) {
		if id, err := domain.ParseID(w); err == nil {
			ids = append(ids, id)
		}
	}
	return ids
}
