package domain

import (
	"slices"
	"strings"
)

// Was returns the note as a version had it. A line that any version has in a scope that
// may not be shown is taken out of the others: a paragraph that became private is private
// in what the note said before, too.
func (n Note) Was(version ID, may func(Scope) bool) Note {
	hidden := map[string]bool{}
	for i := range len(n.Amended) + 1 {
		of := ID{}
		if i > 0 {
			of = n.Amended[i-1].ID
		}
		for _, p := range n.Version(of) {
			if !may(p.Scope) {
				addLines(hidden, p.Lines)
			}
		}
	}
	var was Note
	for _, p := range n.Version(version) {
		if may(p.Scope) {
			p.Lines = slices.DeleteFunc(slices.Clone(p.Lines), func(l PlacedLine) bool { return hidden[strings.TrimSpace(l.Text)] })
		}
		was.Parts = append(was.Parts, p)
	}
	return was
}

// addLines adds the words of lines, blank ones left out.
func addLines(to map[string]bool, lines []PlacedLine) {
	for _, l := range lines {
		if text := strings.TrimSpace(l.Text); text != "" {
			to[text] = true
		}
	}
}

// linesOf returns the note and the lines that a record tells of; none for other records.
func linesOf(r Record) (note ID, lines []PlacedLine) {
	switch e := r.Event.(type) {
	case Noted:
		return e.ID, e.Lines
	case NoteAmended:
		return e.ID, e.Lines
	}
	return ID{}, nil
}

// TellsOthers returns whether a record holds text about somebody else: it is of the scope
// for that, or of a note of which a paragraph was put into that scope later.
func TellsOthers(past []Record) func(Record) bool {
	return tellsOf(past, func(s Scope) bool { return s == ThirdParty })
}

// TellsPrivately returns whether a record holds text of a private scope: it is of one, or
// of a note of which a paragraph was put into one later.
func TellsPrivately(past []Record) func(Record) bool { return tellsOf(past, Scope.Private) }

func tellsOf(past []Record, scopes func(Scope) bool) func(Record) bool {
	hidden := map[ID]map[string]bool{}
	for _, r := range past {
		if note, lines := linesOf(r); scopes(r.Scope) && len(lines) > 0 {
			if hidden[note] == nil {
				hidden[note] = map[string]bool{}
			}
			addLines(hidden[note], lines)
		}
	}
	return func(r Record) bool {
		note, lines := linesOf(r)
		return scopes(r.Scope) || slices.ContainsFunc(lines, func(l PlacedLine) bool { return hidden[note][strings.TrimSpace(l.Text)] })
	}
}
