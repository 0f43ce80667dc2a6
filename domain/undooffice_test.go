package domain_test

import (
	"slices"
	"strings"
	"testing"

	"coachdesk/domain"
)

var (
	ruthHere = domain.ID{15: 2}
	library  = domain.ID{15: 70} // a card
)

// shelf makes records of the office: each event a batch of its own, numbered from one,
// of Ruth's unless somebody else's.
func shelf(events ...any) []domain.Record {
	var out []domain.Record
	for i, e := range events {
		r := domain.Record{Desk: domain.DeskID{1}, By: ruthHere, Role: domain.Adviser}
		switch e := e.(type) {
		case domain.Record:
			r = e
		case domain.Event:
			r.Event = e
		}
		r.Subject, r.Seq, r.Command = domain.Subject{Type: domain.AboutOffice, ID: domain.ID{1}}, uint64(i+1), domain.ID{15: byte(i + 1)}
		r.Time, r.Kind = domain.Clock(i+1)<<16, r.Event.Kind()
		out = append(out, r)
	}
	return out
}

// Given what was done to cards and phrases, when something is taken back, then what
// stands, or why not.
func TestUndoOffice(t *testing.T) {
	card := domain.CardWritten{ID: library, Lines: []string{"a quiet corner"}}
	better := domain.CardWritten{ID: library, Lines: []string{"a quiet corner, agreed before"}}
	bus, train := domain.PhraseSaved{Abbr: "bus", Text: "the bus"}, domain.PhraseSaved{Abbr: "bus", Text: "the train"}
	amina := domain.Record{By: domain.ID{15: 1}, Role: domain.Coach, Event: bus}
	title := func(o domain.Office) string {
		var words []string
		for _, c := range o.Cards {
			words = append(words, c.Title())
			if !c.Retired.IsZero() {
				words = append(words, "retired")
			}
		}
		for _, p := range o.Phrases {
			words = append(words, p.Abbr+": "+p.Text)
		}
		return strings.Join(words, ", ")
	}
	for _, tt := range []struct {
		name  string
		given []any
		undo  byte
		then  string // what stands
		no    string // or why not
	}{
		{"a card that was written", []any{card}, 1, "", ""},
		{"a change of a card", []any{card, better}, 2, "a quiet corner", ""},
		{"a card that was changed since", []any{card, better}, 1, "", "Later work rests on it"},
		{"a card that was retired", []any{card, domain.CardRetired{ID: library}}, 2, "a quiet corner", ""},
		{"a phrase that was saved", []any{bus}, 1, "", ""},
		{"a phrase that was changed", []any{bus, train}, 2, "bus: the bus", ""},
		{"a phrase that was removed", []any{bus, domain.PhraseRemoved{Abbr: "bus"}}, 2, "bus: the bus", ""},
		{"an undo", []any{bus, domain.PhraseRemoved{Abbr: "bus"}, domain.Undid{Batch: domain.ID{15: 2}}}, 3, "", ""},
		{"twice", []any{bus, domain.Undid{Batch: domain.ID{15: 1}}}, 1, "", "undone already"},
		{"somebody else's", []any{amina}, 1, "", "Somebody else did that"},
		{"who works here", []any{domain.Registered{Person: ruthHere, Name: "Ruth", Role: domain.Adviser}}, 1, "", "Only cards and phrases"},
		{"nothing", nil, 0, "", "nothing of yours"},
	} {
		past := shelf(tt.given...)
		c := domain.UndoOffice{Office: domain.ID{1}}
		if tt.undo > 0 {
			c.Batch = domain.ID{15: tt.undo}
		}
		events, err := domain.Decide(c, past, domain.Stamp{By: ruthHere, Role: domain.Adviser})
		if tt.no != "" {
			if err == nil || !strings.Contains(err.Error(), tt.no) {
				t.Errorf("%s: %v, want %q", tt.name, err, tt.no)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		all := tt.given
		for _, e := range events {
			all = append(slices.Clone(all), e)
		}
		if got := title(domain.ReplayOffice(shelf(all...))); got != tt.then {
			t.Errorf("%s: %q stands, want %q", tt.name, got, tt.then)
		}
	}
}

// TestPhrasesApart: what two desks did to one phrase apart loses none of the words,
// whichever came first, and a removal can be taken back with the newest words.
func TestPhrasesApart(t *testing.T) {
	bus, train := domain.PhraseSaved{Abbr: "bus", Text: "the bus"}, domain.PhraseSaved{Abbr: "bus", Text: "the train"}
	gone := domain.PhraseRemoved{Abbr: "bus"}
	for _, tt := range []struct {
		name string
		a, b domain.Event
		then func(domain.Office) bool
	}{
		{"changed and removed", train, gone, func(o domain.Office) bool {
			p, ok := o.Phrase("bus")
			if !ok {
				p, ok = o.GonePhrase("bus")
			}
			return ok && p.Text == "the train" && slices.Equal(p.Was, []string{"the bus"})
		}},
		{"removed twice", gone, gone, func(o domain.Office) bool { return len(o.Phrases) == 0 && len(o.Gone) == 1 }},
		{"changed twice", train, domain.PhraseSaved{Abbr: "bus", Text: "the tram"}, func(o domain.Office) bool {
			p, _ := o.Phrase("bus")
			return len(p.Was) == 2 && strings.Contains(p.Text+p.Was[1], "train") && strings.Contains(p.Text+p.Was[1], "tram")
		}},
	} {
		for i, pair := range [][]any{{tt.a, tt.b}, {tt.b, tt.a}} {
			rs := shelf(append([]any{bus}, pair...)...)
			rs[1].Desk, rs[2].Desk = domain.DeskID{byte(1 + i)}, domain.DeskID{byte(2 - i)}
			if o := domain.ReplayOffice(rs); !tt.then(o) {
				t.Errorf("%s, order %d: %+v", tt.name, i, o)
			}
		}
	}
	o := domain.ReplayOffice(shelf(bus, train, gone, domain.Undid{Batch: domain.ID{15: 3}}))
	if p, ok := o.Phrase("bus"); !ok || p.Text != "the train" {
		t.Errorf("after the removal was taken back: %+v", o.Phrases)
	}
}
