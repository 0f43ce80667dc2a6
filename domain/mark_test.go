package domain_test

import (
	"slices"
	"strings"
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

var daniel = domain.Names{Coach: "Amina Yusuf", Person: "Daniel Okafor"}

func TestReadMarks(t *testing.T) {
	fri, twoWeeks := calendar.Date(2026, 11, 27), calendar.Date(2026, 12, 7)
	for _, tt := range []struct {
		line    string
		kind    domain.MarkKind // zero: plain words
		text    string
		owner   domain.Owner
		due     calendar.Day
		problem string
	}{
		{"> me: call Mind by fri", '>', "call Mind", domain.ByCoach, fri, ""},
		{"> call Mind", '>', "call Mind", domain.ByCoach, 0, ""},
		{"! try the 9:40 bus on two more days by 2w", '!', "try the 9:40 bus on two more days", domain.ByPerson, twoWeeks, ""},
		{"  ! DEA: look at the form", '!', "look at the form", domain.ByAdviser, 0, ""},
		{"> daniel: bring CV by 27 nov", '>', "bring CV", domain.ByPerson, fri, ""},
		{"> Amina: ring by 27/11", '>', "ring", domain.ByCoach, fri, ""},
		{"> note: ring", '>', "note: ring", domain.ByCoach, 0, ""},
		{"! get there by bus", '!', "get there by bus", domain.ByPerson, 0, ""},
		{"! get there by bus by fri", '!', "get there by bus", domain.ByPerson, fri, ""},
		{"! back by 2/52", '!', "back by 2/52", domain.ByPerson, 0, "2w"},
		{"! bring it by 31 feb", '!', "bring it by 31 feb", domain.ByPerson, 0, "31"},
		{"! me: by fri", '!', "", domain.ByCoach, fri, "words"},
		{"? would altered hours do", '?', "would altered hours do", "", 0, ""},
		{"# anxiety in groups", '#', "anxiety in groups", "", 0, ""},
		{"+ large print", '+', "large print", "", 0, ""},
		{"@ fri 10:20 phone", '@', "", "", fri, ""},
		{"@ sometime", '@', "sometime", "", 0, "sometime"},
		{"@ fri 25:99 phone", '@', "fri 25:99 phone", "", 0, "25:99"},
		{"@ mon 3 dec 10:20", '@', "mon 3 dec 10:20", "", 0, "Thursday"},
		{"@ 31 nov 10:20 phone", '@', "31 nov 10:20 phone", "", 0, "30 days"},
		{"> me: ring by 1 jan 2020", '>', "ring by 1 jan 2020", domain.ByCoach, 0, "past"},
		{">no blank after it", 0, "", "", 0, ""},
		{`\> escaped`, 0, "", "", 0, ""},
		{"5 > 3", 0, "", "", 0, ""},
		{">", 0, "", "", 0, ""},
		{"!  ", 0, "", "", 0, ""},
	} {
		w := domain.ReadNote(tt.line, today, daniel)
		if tt.kind == 0 {
			if len(w.Marks) != 0 {
				t.Errorf("%q became %+v", tt.line, w.Marks[0])
			}
			continue
		}
		if len(w.Marks) != 1 {
			t.Errorf("%q became %d marks", tt.line, len(w.Marks))
			continue
		}
		m := w.Marks[0]
		if m.Kind != tt.kind || m.Text != tt.text || m.Owner != tt.owner || m.Due != tt.due || (m.Problem == "") != (tt.problem == "") || !strings.Contains(m.Problem, tt.problem) {
			t.Errorf("%q became %+v", tt.line, m)
		}
	}
}

func TestAppointmentMark(t *testing.T) {
	m := domain.ReadNote("@ fri 10:20 phone", today, daniel).Marks[0]
	if m.Minute != 620 || m.Channel != "phone" {
		t.Fatalf("%+v", m)
	}
	if m = domain.ReadNote("@ 2w", today, daniel).Marks[0]; m.Minute != -1 || m.Problem != "" {
		t.Fatalf("%+v", m)
	}
}

func TestScopesRunToTheNextTagOrBlankLine(t *testing.T) {
	w := domain.ReadNote("open\n[third party] sister\nstill her\n\nopen again\n[coach only]\nmine\n[shareable] all\n\\[third party] words", today, daniel)
	want := map[domain.Scope][]string{
		domain.Shareable:  {"open", "open again", "all", "[third party] words"},
		domain.ThirdParty: {"sister", "still her"},
		domain.CoachOnly:  {"mine"},
	}
	for _, part := range w.Parts {
		var got []string
		for _, l := range part.Lines {
			got = append(got, l.Text)
		}
		if !slices.Equal(got, want[part.Scope]) {
			t.Errorf("%s: %q, want %q", part.Scope, got, want[part.Scope])
		}
	}
	if len(w.Parts) != 3 {
		t.Fatalf("%d parts", len(w.Parts))
	}
}

// FuzzReadNote holds that no line is lost, none changes scope without a tag, and
// what is escaped never counts.
func FuzzReadNote(f *testing.F) {
	for _, s := range []string{"> me: call by fri\n[third party] x\n\n# y", "@ 2w 10:20", `\> x`, "[coach only", "! by by by", "\x1b[31m> x\r\n? y"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		w := domain.ReadNote(text, today, daniel)
		for _, m := range w.Marks {
			if m.Line >= len(w.Lines) || w.Lines[m.Line] != m.Scope {
				t.Fatalf("mark %+v is not in the scope of its line", m)
			}
		}
		n := domain.Note{Parts: w.Parts}
		for _, p := range w.Parts {
			at := -1
			for _, l := range p.Lines {
				if l.At <= at || l.Text == "" {
					t.Fatalf("lines out of order: %+v", p)
				}
				at = l.At
			}
		}
		_ = n.Text(domain.Everything)
		escaped, _ := domain.Escape(text)
		if got := domain.ReadNote(escaped, today, daniel); len(got.Marks) != 0 || len(got.Parts) > 1 {
			t.Fatalf("an escaped text has %d marks and %d parts", len(got.Marks), len(got.Parts))
		}
	})
}

func TestReferences(t *testing.T) {
	var ids []domain.ID
	for i := range byte(200) {
		ids = append(ids, domain.NewID(monday, [10]byte{i * 7, i * 31, i, 3, 4, 5, 6, 7, 8, 9}))
	}
	n := domain.RefLength(ids)
	for _, id := range ids {
		ref := id.Ref(n)
		for _, typed := range []string{ref, strings.ToLower(ref), strings.ReplaceAll(ref, "-", ""), id.String()} {
			if got, err := domain.FindRef(typed, ids); err != nil || got != id {
				t.Fatalf("%q found %v, %v", typed, got, err)
			}
		}
		stem := ref[:len(ref)-2]
		for i := range stem { // every slip of one character, and every swap, is noticed
			for _, c := range "0123456789ABCDEFGHJKMNPQRSTVWXYZ" {
				wrong := stem[:i] + string(c) + stem[i+1:] + ref[len(ref)-2:]
				if _, err := domain.FindRef(wrong, ids); wrong != ref && err == nil {
					t.Fatalf("%q passes for %q", wrong, ref)
				}
			}
			if i > 0 && stem[i] != stem[i-1] {
				swapped := stem[:i-1] + string(stem[i]) + string(stem[i-1]) + stem[i+1:] + ref[len(ref)-2:]
				if _, err := domain.FindRef(swapped, ids); err == nil {
					t.Fatalf("%q passes for %q", swapped, ref)
				}
			}
		}
	}
	for _, bad := range []string{"", "7K", "7K3Q-", "!!!!", "ZZZZ", strings.Repeat("7", 40)} {
		if _, err := domain.FindRef(bad, ids); err == nil || len(err.Error()) < 15 {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestIDText(t *testing.T) {
	id := domain.NewID(monday, [10]byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 255})
	got, err := domain.ParseID(id.String())
	if err != nil || got != id || len(id.String()) != 26 {
		t.Fatalf("%s came back as %s, %v", id, got, err)
	}
}

func TestNino(t *testing.T) {
	for n, ok := range map[string]bool{
		"AA123456B": true, "aa 12 34 56 b": true, "OA123456A": true, "AB-12-34-56-C": true,
		"AO123456A": false, "BG123456A": false, "GB123456A": false, "KN123456A": false, "NK123456A": false, "NT123456A": false, "TN123456A": false, "ZZ123456A": false,
		"QQ123456C": false, "DA123456A": false, "FA123456A": false, "IA123456A": false, "UA123456A": false, "VA123456A": false, "AD123456A": false, "AQ123456A": false,
		"AA123456E": false, "AA12345A": false, "AA1234567A": false, "AA123456": false, "": false, "1 a1 11 11": false,
	} {
		if _, got := domain.Nino(n); got != ok {
			t.Errorf("%q: %v", n, got)
		}
	}
	if m := domain.MaskNino("QQ123456C"); strings.Contains(m, "12") || !strings.HasSuffix(m, "56 C") {
		t.Errorf("masked: %q", m)
	}
}
