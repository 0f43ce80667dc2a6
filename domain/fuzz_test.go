package domain_test

import (
	"encoding/json"
	"errors"
	"maps"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	door "coachdesk/domain/clean"
)

// sane fails the test unless an error is a polite no that a screen may show.
func sane(t *testing.T, err error) {
	t.Helper()
	var no domain.Refusal
	if !errors.As(err, &no) || no.Why == "" || !utf8.ValidString(no.Why) || door.Printable(no.Why) != no.Why {
		t.Errorf("not a polite no: %q", err)
	}
}

// FuzzNino holds that what was read once is read again as the same, never both as a
// real number and as a made-up one, and that a mask shows three characters at most.
func FuzzNino(f *testing.F) {
	for _, s := range []string{"QQ 12 34 56 C", "ab-12.34.56d", "AB123456", "ＡB123456C", "BG123456A", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, real := domain.Nino(s)
		m, demo := domain.DemoNino(s)
		if real && demo || n != m {
			t.Errorf("%q is %q and %q", s, n, m)
		}
		if again, ok := domain.Nino(n); ok != real || again != n {
			t.Errorf("%q is read as %q and then as %q", s, n, again)
		}
		if (real || demo) && (len(n) != 9 || strings.Contains(domain.MaskNino(n), n[:6])) {
			t.Errorf("%q becomes %q, masked %q", s, n, domain.MaskNino(n))
		}
	})
}

// FuzzPostcode holds that a postcode is written in one way, and read back from it.
func FuzzPostcode(f *testing.F) {
	for _, s := range []string{"E15 1NT", "sw1a-1aa", "GIR 0AA", "e15", "ıo1 1aa", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, ok := domain.Postcode(s)
		if !ok {
			if p != "" {
				t.Errorf("%q is none and becomes %q", s, p)
			}
			return
		}
		again, ok := domain.Postcode(p)
		if !ok || again != p || len(p) > 8 || p[len(p)-4] != ' ' {
			t.Errorf("%q becomes %q and then %q", s, p, again)
		}
	})
}

// FuzzFact holds that a value of any fact is refused politely, or becomes a clean
// text of bounded length that stays as it is when it is entered again.
func FuzzFact(f *testing.F) {
	for i, s := range []string{"Jo", "4 May 1987", "E15 1NT", "NaN", "16.5", "1e1", "35 and a bit", "0x1p3", "scot", "QQ123456C", "a\u202eb", "\x1b[31m", "e"} {
		for j := range domain.Facts {
			f.Add(uint8(j), s, i%2 == 0)
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, s string, demo bool) {
		field := domain.Facts[int(which)%len(domain.Facts)]
		who := stamp(domain.Coach)
		who.Demo = demo
		v, err := field.Clean(s, who)
		if err != nil {
			if sane(t, err); v != "" {
				t.Errorf("%s: %q is refused and becomes %q", field.Key, s, v)
			}
			return
		}
		if utf8.RuneCountInString(v) > field.Max || door.Text(v, field.Max) != v || !field.Lines && strings.Contains(v, "\n") {
			t.Errorf("%s: %q becomes the unclean %q", field.Key, s, v)
		}
		if again, err := field.Clean(v, who); err != nil || again != v {
			t.Errorf("%s: %q becomes %q and then %q: %v", field.Key, s, v, again, err)
		}
		if field.Key == domain.FactHours && v != "" {
			if h, err := strconv.ParseFloat(v, 64); err != nil || !(h >= 0 && h <= 100) {
				t.Errorf("%q hours become %q", s, v)
			}
		}
	})
}

// FuzzParseID holds that an ID has one text, and that every other spelling of it is
// read as the same ID.
func FuzzParseID(f *testing.F) {
	for _, s := range []string{pat.String(), strings.ToLower(ruth.String()), "0OIL", strings.Repeat("Z", 26), strings.Repeat("0", 26), "ſ", "7" + strings.Repeat("Z", 25)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		id, err := domain.ParseID(s)
		if err != nil {
			if !id.IsZero() {
				t.Errorf("%q is refused and becomes %s", s, id)
			}
			return
		}
		if again, err := domain.ParseID(id.String()); !id.IsZero() && (err != nil || again != id) {
			t.Errorf("%q becomes %s and then %s: %v", s, id, again, err)
		}
		var back domain.ID
		if text, err := id.MarshalText(); err != nil || back.UnmarshalText(text) != nil || back != id {
			t.Errorf("%s comes back as %s: %v", id, back, err)
		}
	})
}

// FuzzFindRef holds that a reference never names somebody who is not there, that what
// it names is one whose own reference begins like it, and that a slip in the check
// character is never taken.
func FuzzFindRef(f *testing.F) {
	var ids []domain.ID
	for i := range byte(40) {
		ids = append(ids, domain.ID{0: 1, 6: i * 37, 7: i * 11, 15: i})
	}
	n := domain.RefLength(ids)
	for _, id := range ids[:5] {
		f.Add(id.Ref(n))
		f.Add(strings.ReplaceAll(id.Ref(n), "-", ""))
		f.Add(id.String())
	}
	for _, s := range []string{"", "-", "0000-", "OOOO", "Jo Taylor", "0000-0-0", strings.Repeat("0", 17)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		id, err := domain.FindRef(s, ids)
		var no domain.Refusal
		var odd domain.Malformed
		var many domain.Ambiguous
		if err != nil {
			if !errors.As(err, &no) && !errors.As(err, &odd) && !errors.As(err, &many) || !id.IsZero() {
				t.Errorf("%q gives %s, %v", s, id, err)
			}
			return
		}
		if again, err := domain.FindRef(id.Ref(n), ids); err != nil || again != id {
			t.Errorf("%q is %s, whose reference %s is %s: %v", s, id, id.Ref(n), again, err)
		}
		stem, mark, checked := strings.Cut(id.Ref(n), "-")
		wrong := map[bool]string{true: "1", false: "0"}[mark == "0"]
		if _, err := domain.FindRef(stem+"-"+wrong, ids); err == nil || !checked {
			t.Errorf("%s is taken for %s", stem+"-"+wrong, id)
		}
	})
}

// FuzzReadMeeting holds that a meeting has a day of the calendar and a minute of the
// day, and that nothing but words of the text is left over.
func FuzzReadMeeting(f *testing.F) {
	for _, s := range []string{"fri 10:20", "on 2w at 9am phone", "27/11, video", "tomorrow 25:00", "by by", "at", "2w 10:20 10:20"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		day, minute, rest, err := domain.ReadMeeting(s, today)
		if err != nil {
			if !day.IsZero() || minute != -1 || rest != "" {
				t.Errorf("%q is refused and gives %s, %d, %q", s, day, minute, rest)
			}
			return
		}
		if again, err := calendar.ParseISO(day.String()); err != nil || again != day || minute < -1 || minute >= 24*60 {
			t.Errorf("%q is on %s, minute %d: %v", s, day, minute, err)
		}
		for _, word := range strings.Fields(rest) {
			if !strings.Contains(s, word) {
				t.Errorf("%q leaves %q", s, rest)
			}
		}
	})
}

// FuzzSettle holds that a setting is refused politely or kept as a clean line that
// the desk then knows; the same a second time is no change.
func FuzzSettle(f *testing.F) {
	f.Add("nation", "scot")
	f.Add("office", "Leith\x00\n")
	f.Add("preview", "on")
	f.Add("colour", "blue")
	f.Fuzz(func(t *testing.T, k, v string) {
		c := domain.Settle{Desk: pat, Settings: map[domain.Setting]string{domain.Setting(k): v}}
		events, err := c.DecideDesk(domain.Desk{}, stamp(domain.Coach))
		if err != nil {
			sane(t, err)
			return
		}
		set := events[0].(domain.Settled).Settings
		for _, v := range set {
			if door.Line(v, door.MaxLine) != v {
				t.Errorf("%q is kept as %q", v, set)
			}
		}
		if _, err := c.DecideDesk(domain.Desk{Settings: maps.Clone(set)}, stamp(domain.Coach)); err == nil {
			t.Errorf("%q=%q is a change again after %v", k, v, set)
		}
	})
}

// FuzzRules holds that whatever numbers the file of the queue's rules and a row have,
// nobody is judged twice differently, and every reason says why.
func FuzzRules(f *testing.F) {
	f.Add([]byte(`{"rules":[{"key":"quiet","days":21,"weight":3,"per_day":1,"most":9}]}`), []byte(`{"name":"Jo"}`))
	f.Add([]byte(`{"rules":[{"key":"promise-due","per_day":9223372036854775807,"most":-1}]}`), []byte(`{"name":"Jo","records":3}`))
	f.Fuzz(func(t *testing.T, b, r []byte) {
		var file struct {
			Rules []domain.Rule `json:"rules"`
		}
		var row domain.Row
		if json.Unmarshal(b, &file) != nil || json.Unmarshal(r, &row) != nil {
			return
		}
		rules := domain.Rules{}
		for _, r := range file.Rules {
			rules[r.Key] = r
		}
		q := domain.Queue{Today: today, Rules: rules, Calendars: map[calendar.Nation]*calendar.Calendar{calendar.EnglandAndWales: &england}, Nation: calendar.EnglandAndWales}
		if first, second := q.Judge(row), q.Judge(row); !reflect.DeepEqual(first, second) {
			t.Errorf("judged as %+v and as %+v", first, second)
		}
		for _, reason := range q.Reasons(row) {
			if reason.Rule == "" || reason.Why == "" {
				t.Errorf("a reason says nothing: %+v", reason)
			}
		}
	})
}
