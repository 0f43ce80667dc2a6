package calendar

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

var nations = []Nation{EnglandAndWales, Scotland, NorthernIreland}

// carried returns the one-off days that the program carries.
func carried(t testing.TB) []OneOff {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "assets", "days.json"))
	if err != nil {
		t.Fatal(err)
	}
	days, err := ReadOneOffs(b)
	if err != nil {
		t.Fatal(err)
	}
	return days
}

func day(t testing.TB, s string) Day {
	t.Helper()
	d, err := ParseISO(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// golden reads a file of JSON lines.
func golden[T any](t *testing.T, name string) []T {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var rows []T
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var row T
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		t.Fatalf("%s is empty", name)
	}
	return rows
}

// TestPublishedHolidays compares rules and one-offs with the days that GOV.UK
// published, year by year.
func TestPublishedHolidays(t *testing.T) {
	t.Parallel()
	type year struct {
		Nation Nation   `json:"nation"`
		Year   int      `json:"year"`
		Days   []string `json:"days"`
	}
	oneOffs := carried(t)
	for _, want := range golden[year](t, "holidays.jsonl") {
		for _, c := range []Calendar{New(want.Nation, oneOffs), {Nation: want.Nation, OneOffs: oneOffs}} {
			var got []string
			for d := Date(want.Year, 1, 1); d <= Date(want.Year, 12, 31); d++ {
				name, off := c.Holiday(d)
				if off {
					got = append(got, d.String()[5:])
					if name == "" {
						t.Errorf("%s %s has no name", want.Nation, d)
					}
				}
				if c.Working(d) == (off || weekend(d)) {
					t.Errorf("%s %s: Working and Holiday disagree", want.Nation, d)
				}
			}
			if !slices.Equal(got, want.Days) {
				t.Errorf("%s %d:\n got %v\nwant %v", want.Nation, want.Year, got, want.Days)
			}
		}
	}
}

func TestWorkingDaysGolden(t *testing.T) {
	t.Parallel()
	type row struct {
		From   Day    `json:"from"`
		Days   int    `json:"days"`
		Nation Nation `json:"nation"`
		Want   Day    `json:"want"`
	}
	oneOffs := carried(t)
	for _, r := range golden[row](t, "working-days.jsonl") {
		for _, c := range []Calendar{New(r.Nation, oneOffs), {Nation: r.Nation, OneOffs: oneOffs}} {
			got, err := c.Add(r.From, r.Days)
			if err != nil || got != r.Want {
				t.Errorf("%s: %d working days after %s = %s (%v), want %s", r.Nation, r.Days, r.From, got, err, r.Want)
			}
			if n := c.Between(r.From, got); n != r.Days {
				t.Errorf("%s: Between(%s, %s) = %d, want %d", r.Nation, r.From, got, n, r.Days)
			}
		}
	}
}

func TestHolidayNames(t *testing.T) {
	t.Parallel()
	oneOffs := carried(t)
	for _, tt := range []struct {
		nation Nation
		day    string
		want   string
	}{
		{EnglandAndWales, "2021-12-27", "Christmas Day (substitute day)"},
		{EnglandAndWales, "2021-12-28", "Boxing Day (substitute day)"},
		{EnglandAndWales, "2022-12-27", "Christmas Day (substitute day)"},
		{Scotland, "2023-01-02", "2nd January"},
		{Scotland, "2023-01-03", "New Year’s Day (substitute day)"},
		{Scotland, "2026-06-15", "World Cup bank holiday"},
		{EnglandAndWales, "2026-06-15", ""},
		{"", "2026-04-06", "Easter Monday"},
		{NorthernIreland, "2026-07-13", "Battle of the Boyne (Orangemen’s Day) (substitute day)"},
		{EnglandAndWales, "2027-12-25", ""}, // a Saturday: only the substitute is a bank holiday
	} {
		got, ok := New(tt.nation, oneOffs).Holiday(day(t, tt.day))
		if got != tt.want || ok != (tt.want != "") {
			t.Errorf("%s %s: %q, want %q", tt.nation, tt.day, got, tt.want)
		}
	}
	if name, ok := New(Scotland, nil).Holiday(0); ok {
		t.Errorf("no day is %q", name)
	}
}

// TestTableAgreesWithRules compares the quick way with the slow one, across
// both ends of the table.
func TestTableAgreesWithRules(t *testing.T) {
	t.Parallel()
	oneOffs := append(carried(t),
		OneOff{Day: Date(1999, 12, 30), Holiday: true, Name: "before the table"},
		OneOff{Day: Date(2061, 1, 4), Holiday: true, Name: "after the table"},
		OneOff{Day: Date(2030, 1, 5), Holiday: true, Name: "on a Saturday"},
		OneOff{Day: Date(2030, 12, 25), Holiday: true, Name: "twice"})
	for _, nation := range nations {
		quick, slow := New(nation, oneOffs), Calendar{Nation: nation, OneOffs: oneOffs}
		count := 0
		from := Date(1998, 6, 1)
		for d := from + 1; d < Date(2063, 1, 1); d++ {
			if slow.Working(d) {
				count++
			}
			if quick.Working(d) != slow.Working(d) {
				t.Fatalf("%s %s: table says %v", nation, d, quick.Working(d))
			}
			if int(d)%97 == 0 {
				if a, b := quick.Between(from, d), slow.Between(from, d); a != count || b != count {
					t.Fatalf("%s: Between(%s, %s) = %d, %d, want %d", nation, from, d, a, b, count)
				}
			}
			if int(d)%431 == 0 {
				a, errA := quick.Add(d, 37)
				b, errB := slow.Add(d, 37)
				if a != b || errA != nil || errB != nil {
					t.Fatalf("%s: 37 after %s is %s or %s (%v, %v)", nation, d, a, b, errA, errB)
				}
			}
		}
	}
}

func TestAddRefuses(t *testing.T) {
	t.Parallel()
	c := New(EnglandAndWales, nil)
	for _, tt := range []struct {
		day  Day
		n    int
		want string
	}{
		{Date(2026, 4, 2), 0, "the number of working days is 0, and must be from 1 to 10000"},
		{Date(2026, 4, 2), -2, "the number of working days is -2, and must be from 1 to 10000"},
		{Date(2026, 4, 2), 10_001, "the number of working days is 10001, and must be from 1 to 10000"},
		{0, 2, "working days are counted from a date, and there is none"},
		{lastDay, 1, "that is beyond the year 9999"},
		{lastDay + 5, 1, "working days are counted in the years 1 to 9999"},
	} {
		if got, err := c.Add(tt.day, tt.n); err == nil || err.Error() != tt.want || got != 0 {
			t.Errorf("Add(%d, %d) = %v, %v; want %q", tt.day, tt.n, got, err, tt.want)
		}
	}
}

func TestBetweenEdges(t *testing.T) {
	t.Parallel()
	c := New(EnglandAndWales, nil)
	thu := Date(2026, 4, 2)
	for _, tt := range []struct {
		a, b Day
		want int
	}{
		{thu, thu, 0},
		{thu, thu - 1, 0},
		{0, thu, 0},
		{thu, 0, 0},
		{thu, thu + 4, 0}, // Good Friday, weekend, Easter Monday
		{thu, thu + 5, 1}, // Tuesday counts
		{thu - 1, thu, 1}, // b counts, a does not
		{Date(1999, 12, 31), Date(2000, 1, 4), 1},   // the first days of the table
		{Date(2060, 12, 30), Date(2060, 12, 31), 1}, // its last
	} {
		if got := c.Between(tt.a, tt.b); got != tt.want {
			t.Errorf("Between(%s, %s) = %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
}

func TestReadOneOffs(t *testing.T) {
	t.Parallel()
	if n := len(carried(t)); n != 11 {
		t.Errorf("the program carries %d one-off days, want 11", n)
	}
	for in, want := range map[string]string{
		`{`:                    "the list of one-off days cannot be read: unexpected end of JSON input",
		`{"schema":"other/1"}`: `the list of one-off days has schema "other/1", and should have coachdesk.days/1`,
		`{"schema":"coachdesk.days/1","one_offs":[{"name":"x"}]}`:                             "one-off day 1 (x) has no date",
		`{"schema":"coachdesk.days/1","one_offs":[{"day":"2026-01-05","nation":"france"}]}`:   `one-off day 2026-01-05: nation "france" is none of england-and-wales, scotland, northern-ireland`,
		`{"schema":"coachdesk.days/1","one_offs":[{"day":"2026-02-30","nation":"scotland"}]}`: "the list of one-off days cannot be read: “2026-02-30”: February 2026 has 28 days",
	} {
		if _, err := ReadOneOffs([]byte(in)); err == nil || err.Error() != want {
			t.Errorf("ReadOneOffs(%s): %v, want %q", in, err, want)
		}
	}
}

func TestParseNation(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]Nation{
		"england-and-wales": EnglandAndWales, "England and Wales": EnglandAndWales, " wales ": EnglandAndWales,
		"SCOTLAND": Scotland, "northern_ireland": NorthernIreland, "NI": NorthernIreland,
	} {
		if got, err := ParseNation(in); got != want || err != nil {
			t.Errorf("ParseNation(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
	if _, err := ParseNation("Ireland"); err == nil || err.Error() !=
		"“Ireland” is not a nation with its own bank holidays: write england-and-wales, scotland or northern-ireland" {
		t.Errorf("ParseNation(Ireland): %v", err)
	}
}

// TestEaster holds dates of Easter Sunday out of almanacs.
func TestEaster(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"1818-03-22", "1943-04-25", "2000-04-23", "2008-03-23", "2011-04-24", "2024-03-31", "2026-04-05", "2038-04-25"} {
		want := day(t, s)
		y, _, _ := want.Civil()
		if got := easter(y); got != want {
			t.Errorf("easter(%d) = %s, want %s", y, got, want)
		}
	}
	for y := 1; y < 9999; y++ {
		if d := easter(y); d.Weekday() != time.Sunday {
			t.Fatalf("easter(%d) = %s is a %s", y, d, d.Weekday())
		}
	}
}

func BenchmarkCalendar(b *testing.B) {
	oneOffs := carried(b)
	c := New(EnglandAndWales, oneOffs)
	from := Date(2026, 11, 23)
	b.Run("New", func(b *testing.B) {
		for b.Loop() {
			New(Scotland, oneOffs)
		}
	})
	b.Run("Working", func(b *testing.B) {
		for b.Loop() {
			c.Working(from)
		}
	})
	b.Run("Between", func(b *testing.B) {
		for b.Loop() {
			c.Between(from, from+30)
		}
	})
	b.Run("Add", func(b *testing.B) {
		for b.Loop() {
			_, _ = c.Add(from, 15)
		}
	})
}
