package domain_test

import (
	"errors"
	"strings"
	"testing"

	"coachdesk/domain"
)

func TestPhrases(t *testing.T) {
	var rs []domain.Record
	office := domain.ID{15: 60}
	do := func(c domain.Command) error {
		events, err := domain.Decide(c, rs, stamp(domain.Coach))
		for _, e := range events {
			rs = append(rs, domain.Record{Command: domain.ID{15: byte(len(rs) + 1)}, Day: today, By: amina, Role: domain.Coach, Event: e})
		}
		return err
	}
	for _, tt := range []struct{ abbr, text, field string }{
		{"Bus", "{name} tries the bus until {2w}.", ""},
		{"bus", "{name} tries the bus until {2w}.", "text"},
		{"bus", "{name} tries the 9:40 bus.", ""},
		{"b us", "x", "abbr"},
		{"", "x", "abbr"},
		{"ok", " ", "text"},
		{"bad", "until {whenever}", "text"},
		{"open", "a brace { alone", ""},
	} {
		err := do(domain.SavePhrase{Office: office, Abbr: tt.abbr, Text: tt.text})
		var no domain.Refusal
		if errors.As(err, &no); no.Field != tt.field || (err != nil) != (tt.field != "") {
			t.Errorf("%q %q: %v", tt.abbr, tt.text, err)
		}
	}
	o := domain.ReplayOffice(rs)
	bus, _ := o.Phrase("bus")
	if len(o.Phrases) != 2 || bus.Text != "{name} tries the 9:40 bus." || len(bus.Was) != 1 {
		t.Errorf("%+v", o.Phrases)
	}
	if err := do(domain.RemovePhrase{Office: office, Abbr: "bus"}); err != nil {
		t.Error(err)
	}
	sane(t, do(domain.RemovePhrase{Office: office, Abbr: "bus"}))
	if o := domain.ReplayOffice(rs); len(o.Phrases) != 1 {
		t.Errorf("%+v", o.Phrases)
	}
}

func TestExpand(t *testing.T) {
	p := domain.Replay(domain.About(pat), past(joined,
		domain.SessionHeld{ID: domain.ID{15: 50}, Outcome: domain.Happened, Day: today - 7},
		domain.Booked{ID: domain.ID{15: 51}, Day: today + 4, Minute: 620},
		domain.FitNoteRecorded{ID: domain.ID{15: 52}, Option: domain.NotFit, From: today - 5, To: today + 12},
	))
	for _, tt := range []struct{ phrase, want string }{
		{"{name} and {coach} met on {today}.", "Daniel and Amina met on Mon 23 Nov."},
		{"Next: {next appointment}, fit note to {fit note ends}, last {Last Seen}.", "Next: Fri 27 Nov 10:20, fit note to Sat 5 Dec, last Mon 16 Nov."},
		{"> {name}: ring by {2w}", "> Daniel: ring by Mon 7 Dec"},
		{"{nothing} stays {", "{nothing} stays {"},
	} {
		if got := p.FillFor("Amina Yusuf", today).Expand(tt.phrase); got != tt.want {
			t.Errorf("%q becomes %q", tt.phrase, got)
		}
	}
	nobody := domain.Filling{Names: domain.Names{Person: "# Bobby"}, Today: today}
	if got := nobody.Expand("{name} {name}\nnext {next appointment}"); got != "\\# #\nnext (no appointment booked)" {
		t.Errorf("%q", got)
	}
	for before, want := range map[string]string{";bus": "bus", "He said ;bus": "bus", "a;bus": "", ";Bus": "", "; ": "", "": "", ";": ""} {
		if got, ok := domain.CutAbbr(before); got != want && ok || ok != (want != "") {
			t.Errorf("%q: %q %v", before, got, ok)
		}
	}
}

// FuzzExpand holds that a name, whatever it holds, makes no marks and opens no scope:
// what a line is stays what the phrase said.
func FuzzExpand(f *testing.F) {
	for _, s := range []string{"{name} x", "> {name}: {2w}", "{name}{name}", "{", "}{", "{today}\n{name}", "[{name} x"} {
		f.Add(s, "# Bobby Tables")
		f.Add(s, "[coach only] x")
	}
	f.Fuzz(func(t *testing.T, phrase, name string) {
		full := domain.Filling{Names: domain.Names{Person: name, Coach: name}, Today: today}.Expand(phrase)
		was, is := strings.Split(phrase, "\n"), strings.Split(full, "\n")
		if len(was) != len(is) {
			t.Fatalf("%q becomes %q", phrase, full)
		}
		for i := range was {
			_, before := domain.Escape(was[i])
			if _, after := domain.Escape(is[i]); after > before {
				t.Errorf("%q for %q makes an item: %q", was[i], name, is[i])
			}
		}
	})
}

func TestRepeatedLines(t *testing.T) {
	line := func(text string) domain.Participant {
		return domain.Replay(domain.About(pat), past(joined, domain.Noted{ID: domain.ID{15: 50}, Lines: []domain.PlacedLine{{Text: text}, {At: 1, Text: "Met."}, {At: 2, Text: text}}},
			domain.Noted{ID: domain.ID{15: 50}, Scope: domain.CoachOnly, Lines: []domain.PlacedLine{{Text: "kept to myself, always"}}}))
	}
	people := []domain.Participant{line("Discussed job search options."), line("discussed  job search options."), line("discussed job search options. "), line("Something of their own.")}
	people[1] = line("discussed job search options.")
	got := domain.RepeatedLines(amina, people, 3, 3)
	if len(got) != 1 || got[0].Records != 3 {
		t.Errorf("%+v", got)
	}
	if got := domain.RepeatedLines(ruth, people, 1, 3); len(got) != 0 {
		t.Errorf("somebody else is told: %+v", got)
	}
}
