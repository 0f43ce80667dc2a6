package document

import (
	"strings"

	"coachdesk/domain/calendar"
)

// NoteFields is a note as its receiver reads it, as data: what coachdesk.handover/1 has
// for each item.
type NoteFields struct {
	Ref      string        `json:"ref"`
	For      Receiver      `json:"for"`
	To       string        `json:"to,omitempty"`
	By       string        `json:"by,omitempty"`
	Made     calendar.Day  `json:"made"`
	Title    string        `json:"title"`
	Sections []NoteSection `json:"sections"`
}

// NoteSection is a section of it.
type NoteSection struct {
	Key   string     `json:"key"`
	Title string     `json:"title"`
	Lines []NoteLine `json:"lines"`
}

// NoteLine is a line of a section.
type NoteLine struct {
	Kind  Kind   `json:"kind,omitempty"`
	Text  string `json:"text"`
	Under bool   `json:"under,omitempty"` // it belongs to the line above
}

// Fields returns the note as data, without what its receiver does not read.
func (n Note) Fields() NoteFields {
	out := NoteFields{Ref: n.Ref, For: n.For, To: n.To, By: n.By, Made: n.Made, Title: n.Title, Sections: []NoteSection{}}
	for _, s := range n.Open().Sections {
		lines := make([]NoteLine, len(s.Lines))
		for i, l := range s.Lines {
			lines[i] = NoteLine{l.Kind, strings.TrimSpace(l.Text), l.under()}
		}
		out.Sections = append(out.Sections, NoteSection{s.Key, s.Title, lines})
	}
	return out
}
