package filter

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

const today = calendar.Day(739943) // Monday 23 November 2026

// person is a row for tests.
type person struct {
	words  string
	dates  map[string]calendar.Day
	values map[string][]string
	flags  string
}

func (p *person) Words() string { return p.words }

func (p *person) Date(field string) (calendar.Day, bool) {
	d, ok := p.dates[field]
	return d, ok
}

func (p *person) Values(field string) []string { return p.values[field] }
func (p *person) Is(flag string) bool          { return strings.Contains(p.flags, " is:"+flag+" ") }
func (p *person) Has(thing string) bool        { return strings.Contains(p.flags, " has:"+thing+" ") }

func daniel() *person {
	return &person{
		words:  clean.Fold("Daniel Siân O’Neill KX7P fit note ends 27 Nov"),
		dates:  map[string]calendar.Day{"due": today + 7, "seen": today - 28, "next": today + 1},
		values: map[string][]string{"barrier": {"Travel and transport", "Iechyd meddwl: Gŵyr"}, "area": {"Newham"}, "owner": {"Amina Khan"}},
		flags:  " has:plan has:phone is:inwork ",
	}
}

// matching holds filters, and whether Daniel is among the people they show.
var matching = map[string]bool{
	"":                         true,
	"   ":                      true,
	"dan":                      true,
	"DANIEL neill":             true,
	"daniel smith":             false,
	"sian":                     true,
	"o'neill":                  true,
	"-smith":                   true,
	"-daniel":                  false,
	`"daniel sian"`:            true,
	`"sian daniel"`:            false,
	`-"sian daniel"`:           true,
	"“fit note”":               true,
	"smith or daniel":          true,
	"smith OR jones":           false,
	"smith daniel or fit 27":   true,
	"smith or jones or kx7p":   true,
	`"or"`:                     false,
	"due<7d":                   true,
	"due<6d":                   false,
	"due>6d":                   true,
	"due>7d":                   false,
	"due<1w":                   true,
	"due>1m":                   false,
	"-due<6d":                  true,
	"Due<1W":                   true,
	"due:2026-11-30":           true,
	"due:today":                false,
	"due:none":                 false,
	"seen>4w":                  false,
	"seen>27d":                 true,
	"seen<4w":                  true,
	"seen<27d":                 false,
	"seen<1m":                  true,
	"seen:never":               false,
	"next:today":               false,
	"next:tomorrow":            true,
	"next<3d":                  true,
	"next<0d":                  false,
	"next:none":                false,
	"barrier:travel":           true,
	"barrier:TRANSPORT":        true,
	`barrier:"and transport"`:  true,
	"barrier:gwyr":             true,
	"barrier:housing":          false,
	"-barrier:housing":         true,
	"area:newham owner:amina":  true,
	"owner:khan -area:newham":  false,
	"programme:workwell":       false,
	"has:plan is:inwork":       true,
	"has:escalation":           false,
	"-has:escalation HAS:Plan": true,
	"is:new or is:inwork":      true,
	"note:bus":                 true,
	"-note:bus":                true,
	"note:bus smith":           false,
	"10:30 or daniel":          true,
	"anne-marie":               false,
}

func TestMatch(t *testing.T) {
	t.Parallel()
	for in, want := range matching {
		q, wrong := Parse(in)
		if wrong != nil {
			t.Errorf("Parse(%q): %v", in, wrong)
			continue
		}
		if got := q.Match(daniel(), today); got != want {
			t.Errorf("%q matches Daniel: %v, want %v", in, got, want)
		}
	}
}

// TestMissingDates: never seen is long ago; nothing due is not due.
func TestMissingDates(t *testing.T) {
	t.Parallel()
	overdue := &person{dates: map[string]calendar.Day{"due": today - 90, "next": today - 1}}
	for _, tt := range []struct {
		in   string
		row  *person
		want bool
	}{
		{"seen>4w", &person{}, true},
		{"seen>99y", &person{}, true},
		{"seen<1w", &person{}, false},
		{"seen:never", &person{}, true},
		{"-seen<1w", &person{}, true},
		{"due<7d", &person{}, false},
		{"due>7d", &person{}, false},
		{"due:none", &person{}, true},
		{"next:none", &person{}, true},
		{"next<9999y", &person{}, false},
		{"next:tomorrow", &person{}, false},
		{"due<7d", overdue, true},
		{"due>0d", overdue, false},
		{"next<3d", overdue, false},
		{"due:yesterday", &person{dates: map[string]calendar.Day{"due": today - 1}}, true},
	} {
		q, wrong := Parse(tt.in)
		if wrong != nil {
			t.Fatal(wrong)
		}
		if got := q.Match(tt.row, today); got != tt.want {
			t.Errorf("%q: %v, want %v", tt.in, got, tt.want)
		}
	}
}

func TestNotes(t *testing.T) {
	t.Parallel()
	q, wrong := Parse(`note:Bus -note:"night shift" or daniel note:bus note:café`)
	if wrong != nil {
		t.Fatal(wrong)
	}
	if got := q.NoteWords(); !slices.Equal(got, []string{"bus", "night shift", "cafe"}) {
		t.Errorf("NoteWords = %q", got)
	}
	for notes, want := range map[string]bool{
		"the bus":              true,
		"the bus night shift":  false,
		"":                     false,
		"night shift bus cafe": true, // by the second half
	} {
		got := q.MatchNotes(daniel(), today, func(w string) bool { return strings.Contains(notes, w) })
		if got != want {
			t.Errorf("notes %q: %v, want %v", notes, got, want)
		}
	}
	if words := (Query{}).NoteWords(); words != nil {
		t.Errorf("an empty query looks for %q in notes", words)
	}
}

func TestEmpty(t *testing.T) {
	t.Parallel()
	q, wrong := Parse(" \t")
	if wrong != nil || !q.Empty() || !(Query{}).Empty() || !(Query{}).Match(&person{}, today) {
		t.Error("an empty filter does not match everybody")
	}
	if q, _ := Parse("x"); q.Empty() {
		t.Error("x is empty")
	}
}

func TestMistakes(t *testing.T) {
	t.Parallel()
	const fields = "due, seen, next, barrier, area, programme, owner, with, nation, group, lang, step, note, has and is"
	things, states := list(flags("has"), "or"), list(flags("is"), "or")
	for _, tt := range []struct{ in, marked, why string }{
		{"dan barier:travel x", "barier:travel", "There is no field “barier”: do you mean barrier:travel? The fields are " + fields + "."},
		{"prog:x", "prog:x", "There is no field “prog”: do you mean programme:workwell? The fields are " + fields + "."},
		{"zzz:x", "zzz:x", "There is no field “zzz”: the fields are " + fields + "."},
		{"has:plans", "has:plans", "“plans” is not known: do you mean has:plan? After has: comes " + things + "."},
		{"has:", "has:", "After has: comes " + things + "."},
		{"is:working", "is:working", "“working” is not known: after is: comes " + states + "."},
		{"is:overdu é", "is:overdu", "“overdu” is not known: do you mean is:overdue? After is: comes " + states + "."},
		{"é -due<7", "-due<7", "Say whether days, weeks, months or years: due<7d, due<7w, due<7m or due<7y."},
		{"due<7x", "due<7x", "Say whether days, weeks, months or years: due<7d, due<7w, due<7m or due<7y."},
		{"due<", "due<", "After due< comes a number of days, weeks, months or years: due<7d, due<2w, due<3m or due<1y."},
		{"seen>soon", "seen>soon", "After seen> comes a number of days, weeks, months or years: seen>7d, seen>2w, seen>3m or seen>1y."},
		{"seen>99999d", "seen>99999d", "That is too far away: seen> takes a number up to 9999."},
		{"next:fri", "next:fri", "After next: comes today, tomorrow, yesterday, none or a date such as 2026-11-27; a distance is written as next<7d or next>2w."},
		{"barrier:", "barrier:", "Say what to look for after barrier:, such as barrier:travel."},
		{`note:""`, `note:""`, "Say what to look for after note:, such as note:bus."},
		{"area<3", "area<3", "Area is not a date: write area:newham."},
		{"due < 7d", "<", "Write the field and its value without spaces, such as due<7d."},
		{"or dan", "or", "“or” stands between two terms, such as barrier:travel or area:newham; to look for the word itself write \"or\"."},
		{"dan or or x", "or", "“or” stands between two terms, such as barrier:travel or area:newham; to look for the word itself write \"or\"."},
		{"dan or", "or", "A term is missing after “or”, such as barrier:travel or area:newham."},
		{`dan "fit no`, `"fit no`, "The quotation mark is not closed: write another \" at the end of the phrase."},
		{`dan ""`, `""`, "There is nothing between the quotation marks: write the words to look for."},
		{"dan -", "-", "A minus goes before what should not match, such as -barrier:travel."},
	} {
		q, wrong := Parse(tt.in)
		if wrong == nil {
			t.Errorf("Parse(%q) found no mistake", tt.in)
			continue
		}
		if got := tt.in[wrong.Start:wrong.End]; got != tt.marked || wrong.Why != tt.why || wrong.Error() != tt.why || !q.Empty() {
			t.Errorf("Parse(%q) marks %q: %s\nwant %q: %s", tt.in, got, wrong.Why, tt.marked, tt.why)
		}
	}
	if _, wrong := Parse(strings.Repeat("a ", 1001)); wrong == nil || wrong.Why != "A filter of 2002 letters is too long: 2000 are enough for any." {
		t.Errorf("a long filter: %v", wrong)
	}
}

// TestHelpIsTrue: every example of the help is a filter, every flag is known.
func TestHelpIsTrue(t *testing.T) {
	t.Parallel()
	for _, f := range Fields() {
		if q, wrong := Parse(f.Example); wrong != nil || q.Empty() || !strings.HasPrefix(f.Example, f.Name) || f.Meaning == "" {
			t.Errorf("%+v: %v", f, wrong)
		}
	}
	for _, field := range []string{"has", "is"} {
		for _, flag := range flags(field) {
			q, wrong := Parse(field + ":" + flag)
			if wrong != nil || !q.Match(&person{flags: " " + field + ":" + flag + " "}, today) || q.Match(&person{}, today) {
				t.Errorf("%s:%s: %v", field, flag, wrong)
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"dan", `"fit note" or -barrier:"a b"`, "due<7d seen>4w", "next:today", "has:plan is:new", "note:x -note:y", "or", "-", "--x", "a:b", "“x”", "é<7d", "due<99999999999d", "\xff:\"", "10:30", `x"y`, "<7d", ":", "-:x", "İ",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q, wrong := Parse(s)
		if wrong != nil {
			if wrong.Start < 0 || wrong.End > len(s) || wrong.Start >= wrong.End || !q.Empty() {
				t.Errorf("Parse(%q) marks %d to %d", s, wrong.Start, wrong.End)
			}
			if !utf8.ValidString(wrong.Why) || clean.Printable(wrong.Why) != wrong.Why || !strings.HasSuffix(wrong.Why, ".") {
				t.Errorf("Parse(%q) says %q", s, wrong.Why)
			}
			return
		}
		if q.Empty() != (strings.TrimSpace(s) == "") {
			t.Errorf("Parse(%q).Empty() = %v", s, q.Empty())
		}
		match := q.Match(daniel(), today)
		if both, wrong := Parse(s + " or " + s); wrong == nil && strings.TrimSpace(s) != "" && both.Match(daniel(), today) != match {
			t.Errorf("%q or itself matches %v", s, !match)
		}
		if strings.ContainsFunc(s, func(r rune) bool { return r == '"' || r == '“' || r == '”' }) {
			return
		}
		if folded, wrong := Parse(strings.ToUpper(s)); wrong == nil && clean.Fold(strings.ToUpper(s)) == clean.Fold(s) && folded.Match(daniel(), today) != match {
			t.Errorf("%q in capitals matches %v", s, !match)
		}
	})
}

// big is a row without maps, so that the benchmark measures the filter.
type big struct {
	words string
	due   calendar.Day
	tags  []string
}

func (b *big) Words() string                    { return b.words }
func (b *big) Date(string) (calendar.Day, bool) { return b.due, b.due != 0 }
func (b *big) Values(string) []string           { return b.tags }
func (b *big) Is(string) bool                   { return false }
func (b *big) Has(string) bool                  { return false }

func crowd(n int) []Row {
	rows := make([]Row, n)
	for i := range rows {
		rows[i] = &big{
			words: fmt.Sprintf("person number %d of the caseload kx%dp fit note ends 27 nov, promise overdue, newham", i, i),
			due:   today + calendar.Day(i%60), tags: []string{"Travel and transport", "Housing", "Confidence at interviews"},
		}
	}
	return rows
}

func TestMatchingAllocatesNothing(t *testing.T) {
	rows := crowd(100)
	for _, in := range []string{"person newham", "due<7d -barrier:childcare", "seen>3m or has:plan"} {
		q, _ := Parse(in)
		if n := testing.AllocsPerRun(10, func() {
			for _, r := range rows {
				q.Match(r, today)
			}
		}); n != 0 {
			t.Errorf("%q allocates %v times", in, n)
		}
	}
}

func BenchmarkMatch10000(b *testing.B) {
	rows := crowd(10_000)
	for _, in := range []string{"person newham", "due<7d", "seen>3m", "barrier:interviews"} {
		q, _ := Parse(in)
		b.Run(in, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for _, r := range rows {
					q.Match(r, today)
				}
			}
		})
	}
}
