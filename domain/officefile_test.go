package domain_test

import (
	"slices"
	"strings"
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/catalogue"
)

// carriedCatalogue is a small catalogue that can be checked: one programme, one area.
func carriedCatalogue(t testing.TB) catalogue.Catalogue {
	t.Helper()
	c, err := catalogue.Read([]byte(`{"sources":[{"key":"S1","title":"a document","date":"2025"},{"key":"office","title":"ours","date":""}]}`), map[string][]byte{"workwell.json": []byte(`{
		"key":"workwell","name":"WorkWell","aliases":["WW"],"exclusive":true,
		"does":{"value":"support","source":"S1","confidence":"document"},
		"status":[{"value":"runs","source":"S1","confidence":"document","is":"live"}],
		"covers":[{"value":"here","source":"S1","confidence":"document","area":"here"}],
		"routes":[{"value":"we send","source":"S1","confidence":"document","who":"coach","by":"referral"}],
		"figures":[{"value":"15 areas","source":"S1","confidence":"document"}],
		"clocks":[{"value":"eight","source":"S1","confidence":"document","key":"in","says":"8","from":"started","weeks":8},
			{"value":"sixteen","source":"S1","confidence":"document","key":"out","says":"16","from":"started","weeks":16}]}`)})
	if err != nil {
		t.Fatal(err)
	}
	if c.Areas, err = catalogue.ReadAreas([]byte(`{"nations":[{"key":"england","councils":["Newham","Tower Hamlets","Brent"],"wider":["Surrey"]}],
		"areas":[{"key":"here","name":"Here","source":"S1","confidence":"document","tests":["residence"],"councils":[{"name":"Newham"}]}]}`)); err != nil {
		t.Fatal(err)
	}
	return c
}

const head = `{"schema":"coachdesk.programme/1","key":"workwell"`

// TestOfficeFileOverCatalogue is how a partial file lies over what is known: lists whole,
// clocks by their key, all else as it was.
func TestOfficeFileOverCatalogue(t *testing.T) {
	known := carriedCatalogue(t)
	for _, tt := range []struct {
		file string
		is   func(catalogue.Programme) bool
	}{
		{head + `,"name":"WorkWell East"}`, func(p catalogue.Programme) bool {
			return p.Name == "WorkWell East" && p.Exclusive && len(p.Clocks) == 2 && len(p.Figures) == 1 && p.Aliases[0] == "WW"
		}},
		{head + `,"exclusive":false}`, func(p catalogue.Programme) bool { return !p.Exclusive && p.Name == "WorkWell" }},
		{head + `,"figures":[],"aliases":["W2"]}`, func(p catalogue.Programme) bool {
			return len(p.Figures) == 0 && slices.Equal(p.Aliases, []string{"W2"}) && len(p.Clocks) == 2
		}},
		{head + `,"clocks":[{"value":"six","source":"ours","confidence":"found","key":"in","says":"6","from":"started","weeks":6}],"sources":[{"key":"ours","title":"a letter","date":"2026"}]}`, func(p catalogue.Programme) bool {
			return len(p.Clocks) == 2 && p.Clocks[0].Weeks == 6 && p.Clocks[1].Weeks == 16
		}},
		{head + `,"clocks":[]}`, func(p catalogue.Programme) bool { return len(p.Clocks) == 0 }},
		{head + `,"does":{"value":"a\u001b[31mb\u202e","source":"S1","confidence":"found"}}`, func(p catalogue.Programme) bool {
			return !strings.ContainsAny(p.Does.Value, "\x1b\u202e") && p.Does.Confidence == catalogue.Found
		}},
	} {
		past := officeSaid(t, nil, domain.ChangeProgramme{Known: known, File: tt.file})
		o := domain.ReplayOffice(past)
		got, _ := o.Catalogue(known).Keyed("workwell")
		if !tt.is(got) {
			t.Errorf("%s: %+v", tt.file, got)
		}
		if was, _ := known.Keyed("workwell"); was.Name != "WorkWell" || len(was.Clocks) != 2 || was.Clocks[0].Weeks != 8 {
			t.Fatalf("%s changed what the program carries", tt.file)
		}
		if o.Catalogue(known).Changed["workwell"] != today {
			t.Errorf("nobody sees when it changed")
		}
		back := domain.ReplayOffice(officeSaid(t, past, domain.ChangeProgramme{Known: known, File: head + "}"}))
		if got, _ := back.Catalogue(known).Keyed("workwell"); got.Name != "WorkWell" || len(got.Clocks) != 2 || got.Clocks[0].Weeks != 8 || !got.Exclusive {
			t.Errorf("an empty file does not give back what was: %+v", got)
		}
	}
}

// officeSaid has commands about the office decide one after the other, and returns the records.
func officeSaid(t testing.TB, past []domain.Record, commands ...domain.Command) []domain.Record {
	t.Helper()
	for _, c := range commands {
		events, err := domain.Decide(c, past, stamp(domain.Lead))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range events {
			n := len(past) + 1
			past = append(past, domain.Record{Seq: uint64(n), Command: domain.ID{15: byte(n)}, Time: domain.Clock(n), Day: today, Role: domain.Lead, Event: e})
		}
	}
	return past
}

// TestOfficeFileRefused is every file that is not taken, with a word of why.
func TestOfficeFileRefused(t *testing.T) {
	known := carriedCatalogue(t)
	for file, why := range map[string]string{
		``:                                   "not JSON",
		`[1]`:                                "cannot be taken",
		head + `} {}`:                        "not JSON",
		`{"key":"workwell"}`:                 "its schema is",
		`{"schema":"coachdesk.programme/1"}`: "it has no key",
		`{"schema":"coachdesk.programme/1","key":"Work Well"}`: "is no key",
		head + `,"clock":[]}`: "unknown field",
		head + `,"name":7}`:   "cannot be taken",
		head + `,"figures":[{"value":"","source":"S1","confidence":"found"}]}`:                            "says nothing",
		head + `,"figures":[{"value":"x","source":"S9","confidence":"found"}]}`:                           "list of sources",
		head + `,"sources":[{"key":"S1","title":"another"}]}`:                                             "give yours another key",
		head + `,"covers":[{"value":"x","source":"S1","confidence":"found","area":"nowhere"}]}`:           "is not known",
		head + `,"status":[{"value":"x","source":"S1","confidence":"found","is":"superseded","by":"z"}]}`: "took its place",
		head + `,"name":"WorkWell"}`:                                                                                  "Nothing was changed",
		head + `,"name":"` + strings.Repeat("x", 70_000) + `"}`:                                                       "are taken",
		`{"schema":"coachdesk.programme/1","key":"own","name":"Own"}`:                                                 "needs a key",
		head + `,"clocks":[{"value":"x","source":"S1","confidence":"found","key":"in","says":"x","from":"started"}]}`: "one length",
		head + `,"routes":[{"value":"x","source":"S1","confidence":"found","who":"coach","by":"wish"}]}`:              "the route of",
	} {
		_, err := domain.Decide(domain.ChangeProgramme{Known: known, File: file}, nil, stamp(domain.Lead))
		if err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%.80s: %v, want %q", file, err, why)
		}
	}
	if _, err := domain.Decide(domain.ChangeProgramme{Known: known, File: head + `,"name":"X"}`}, nil, stamp(domain.Provider)); err == nil {
		t.Error("an adviser of a provider changed the catalogue")
	}
}

// TestOfficeAreas is an area of the office beside and in the place of one that is known.
func TestOfficeAreas(t *testing.T) {
	known := carriedCatalogue(t)
	area := func(key string, councils ...string) domain.ChangeArea {
		a := catalogue.Area{Key: key, Name: key, Source: "office", Confidence: catalogue.Found, Tests: []catalogue.Test{catalogue.ByResidence}}
		for _, c := range councils {
			a.Councils = append(a.Councils, catalogue.Member{Name: c})
		}
		return domain.ChangeArea{Known: known, Area: a}
	}
	o := domain.ReplayOffice(officeSaid(t, nil, area("here", "Brent"), area("there", "Newham", "Tower Hamlets")))
	c := o.Catalogue(known)
	for council, want := range map[string]catalogue.Verdict{"Brent": catalogue.Yes, "Newham": catalogue.No} {
		if got := c.Areas.In("here", council, today); got != want {
			t.Errorf("%s: %s", council, got)
		}
	}
	if c.Areas.In("there", "Newham", today) != catalogue.Yes || c.Changed["workwell"] != today || len(c.Changed) != 1 {
		t.Errorf("%+v", c.Changed)
	}
	if _, err := domain.Decide(area("here", "Atlantis"), nil, stamp(domain.Lead)); err == nil || !strings.Contains(err.Error(), "not a council") {
		t.Error(err)
	}
	past := officeSaid(t, nil, area("here", "Brent"))
	if _, err := domain.Decide(area("here", "Brent"), past, stamp(domain.Lead)); err == nil || !strings.Contains(err.Error(), "like that already") {
		t.Error(err)
	}
	past = officeSaid(t, past, area("here"))
	if got := domain.ReplayOffice(past).Catalogue(known).Areas.In("here", "Newham", today); got != catalogue.Yes {
		t.Errorf("an area without councils does not give back the known one: %s", got)
	}
}

// TestOfficeFilesCross is two desks that changed the same apart: the later counts whole,
// in whichever order the records come, and the other stays.
func TestOfficeFilesCross(t *testing.T) {
	known := carriedCatalogue(t)
	var rs []domain.Record
	for i, e := range []domain.Event{
		domain.ProgrammeChanged{Programme: "workwell", File: head + `,"name":"First","aliases":["A"]}`},
		domain.ProgrammeChanged{Programme: "workwell", File: head + `,"name":"Second"}`},
		domain.ProgrammeChanged{Programme: "later", File: `{"schema":"coachdesk.programme/2","key":"later"}`},
		domain.AreaChanged{Area: "odd", File: `nothing`},
	} {
		rs = append(rs, domain.Record{Seq: 1, Desk: domain.DeskID{byte(i)}, Command: domain.ID{15: byte(i + 1)}, Time: domain.Clock(i), Day: today, Role: domain.Lead, Event: e})
	}
	for range 2 {
		slices.Reverse(rs)
		sorted := slices.Clone(rs)
		domain.Sort(sorted)
		o := domain.ReplayOffice(sorted)
		c := o.Catalogue(known)
		p, _ := c.Keyed("workwell")
		if p.Name != "Second" || !slices.Equal(p.Aliases, []string{"WW"}) || len(o.Files) != 4 || len(c.Wrong) != 2 || len(c.Programmes) != 1 {
			t.Errorf("%+v, %q", p, c.Wrong)
		}
	}
}

// TestProgrammeChangedReason is whom a change touches, and how long it is told.
func TestProgrammeChangedReason(t *testing.T) {
	rules := domain.Rules{"programme-changed": {Key: "programme-changed", Weight: 10, Days: 14}}
	on := func(changed calendar.Day) domain.Queue {
		q := domain.Queue{Today: today, Rules: rules, Nation: calendar.EnglandAndWales, Calendars: map[calendar.Nation]*calendar.Calendar{calendar.EnglandAndWales: &england}}
		q.Catalogue = carriedCatalogue(t)
		q.Catalogue.Changed = map[string]calendar.Day{"workwell": changed}
		return q
	}
	for _, tt := range []struct {
		name    string
		row     domain.Row
		changed calendar.Day
		want    int
	}{
		{"support runs", domain.Row{Provisions: []domain.RowProvision{{Programme: "workwell", Started: today - 30}}}, today, 1},
		{"support ended", domain.Row{Provisions: []domain.RowProvision{{Programme: "workwell", Started: today - 30, Ended: today - 1}}}, today, 0},
		{"another programme", domain.Row{Provisions: []domain.RowProvision{{Programme: "dea", Started: today - 30}}}, today, 0},
		{"a referral waits", domain.Row{Referrals: []domain.RowReferral{{Programme: "workwell", Sent: today - 3}}}, today - 14, 1},
		{"a referral ended", domain.Row{Referrals: []domain.RowReferral{{Programme: "workwell", Ended: today - 3}}}, today, 0},
		{"an application waits", domain.Row{Applications: []domain.RowApplication{{Programme: "workwell"}}}, today, 1},
		{"too long ago", domain.Row{Referrals: []domain.RowReferral{{Programme: "workwell", Sent: today - 3}}}, today - 15, 0},
	} {
		var got int
		for _, r := range on(tt.changed).Reasons(tt.row) {
			if r.Rule == "programme-changed" && strings.Contains(r.Why, "WorkWell changed") {
				got++
			}
		}
		if got != tt.want {
			t.Errorf("%s: told %d times", tt.name, got)
		}
	}
}

// FuzzOfficeFile holds that no file, and no event of another desk, breaks the catalogue.
func FuzzOfficeFile(f *testing.F) {
	for _, s := range []string{head + "}", head + `,"name":"x"}`, "null", "[]", `{"schema":"coachdesk.programme/1","key":"","clocks":[null]}`, head + `,"clocks":[null],"rules":[null]}`, "{\"key\":\"\xff\"}"} {
		f.Add(s)
	}
	known := carriedCatalogue(f)
	f.Fuzz(func(t *testing.T, s string) {
		_, err := domain.Decide(domain.ChangeProgramme{Known: known, File: s}, nil, stamp(domain.Lead))
		if err != nil {
			sane(t, err)
		}
		for _, e := range []domain.Event{domain.ProgrammeChanged{Programme: "workwell", File: s}, domain.AreaChanged{Area: "here", File: s}} {
			c := domain.ReplayOffice([]domain.Record{{Seq: 1, Command: domain.ID{1}, Time: 1, Day: today, Role: domain.Lead, Event: e}}).Catalogue(known)
			if len(c.Programmes) < 1 || len(c.Areas.Areas) < 1 || c.Check() != nil || c.CheckAreas() != nil {
				t.Errorf("%q spoils the catalogue: %v", s, c.Wrong)
			}
		}
	})
}
