package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/everything"
)

// contents is all that a store holds, but for its keys and the record of exports.
type contents struct {
	journal map[string]string
	order   []string // of arrival
	rows    []domain.Row
	drafts  []store.Draft
	looks   []domain.Look
}

func lookInside(t *testing.T, path, secret string) contents {
	t.Helper()
	s, err := store.Open(path, secret, store.Options{Now: clockAt(""), Dice: scriptWorld().dice, WorkFactor: testWork})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	in := contents{journal: map[string]string{}}
	for n := uint64(0); ; {
		records, next, err := s.Since(n)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range records {
			if _, exported := r.Event.(domain.ListExported); exported {
				continue
			}
			name := fmt.Sprint(r.Subject, r.Desk, r.Seq)
			in.journal[name] = fmt.Sprintf("%v %v %v %v %v %v %s %x", r.Command, r.Time, r.Day, r.By, r.Role, r.Scope, r.Kind, r.Body)
			in.order = append(in.order, name)
		}
		if next == n {
			break
		}
		n = next
	}
	if in.rows, err = s.Rows(); err != nil {
		t.Fatal(err)
	}
	if in.drafts, err = s.Drafts(); err != nil {
		t.Fatal(err)
	}
	if in.looks, err = s.Looks(domain.ID{}); err != nil {
		t.Fatal(err)
	}
	if found, err := s.Check(); err != nil || len(found) > 0 {
		t.Errorf("%s: %v %v", path, found, err)
	}
	return in
}

// alike compares two stores. The second was made of the first.
func alike(t *testing.T, a, b contents) {
	t.Helper()
	if len(a.journal) == 0 || len(a.journal) != len(b.journal) {
		t.Fatalf("%d records became %d", len(a.journal), len(b.journal))
	}
	for name, r := range a.journal {
		if b.journal[name] != r {
			t.Fatalf("%s: %s became %s", name, r, b.journal[name])
		}
	}
	if fmt.Sprint(a.order) != fmt.Sprint(b.order) {
		t.Error("the records arrived in another order")
	}
	for _, pair := range [][2]any{{a.rows, b.rows}, {a.drafts, b.drafts}, {a.looks, b.looks}} {
		x, err := json.Marshal(pair[0])
		if err != nil {
			t.Fatal(err)
		}
		y, err := json.Marshal(pair[1])
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(x, y) {
			t.Errorf("%T: %.2000s became %.2000s", pair[0], x, y)
		}
	}
}

// at runs a command on a store.
func (s *sitting) at(db string, args ...string) (string, string) {
	s.t.Helper()
	code, out, e := s.run("", append([]string{"--store", db}, args...)...)
	if code != 0 {
		s.t.Fatalf("%v: %s", args, e)
	}
	return out, e
}

// TestEverythingComesBack tells an invented caseload, and what attackers send, into
// files and out of them again.
func TestEverythingComesBack(t *testing.T) {
	s := newSitting(t)
	invented, nasties := filepath.Join(s.dir, "demo.db"), filepath.Join(s.dir, "desk.db")
	s.at(invented, "demo", "--people", "200")
	for i, text := range nasty() {
		if code, out, _ := s.run(fmt.Sprintf("name: Person %d\nphone: %s", i, strings.ReplaceAll(text, "\n", " ")), "add"); code == 0 {
			s.run(text+"\n\n[third party] "+text+"\n\n[coach only] his", "note", strings.TrimSpace(out))
		}
	}
	st, err := store.Open(nasties, "teapot", store.Options{Now: clockAt(""), Dice: scriptWorld().dice, WorkFactor: testWork})
	if err != nil {
		t.Fatal(err)
	}
	ids, err := st.Everyone()
	if err != nil || len(ids) < 50 {
		t.Fatal(len(ids), err)
	}
	for i, text := range nasty() {
		if len(text) < 1000 && utf8.ValidString(text) {
			if err := st.KeepDraft(store.Draft{ID: st.NewID(), Place: "note", Participant: ids[i%len(ids)], By: st.Who().ID, At: clockAt("")(), Fields: map[string]string{"text": text}}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ db, secret string }{{invented, demoPassphrase}, {nasties, "teapot"}} {
		file, again := c.db+".jsonl", c.db+".again.db"
		s.at(c.db, "export", "everything", "--include-private", "--include-restricted", "-o", file)
		out, told := s.at(again, "import", "everything", file)
		if !strings.HasPrefix(out, "AGE-SECRET-KEY-1") || !strings.Contains(told, "recovery key") {
			t.Errorf("%s %s", out, told)
		}
		alike(t, lookInside(t, c.db, c.secret), lookInside(t, again, c.secret))
		a, err := store.Peek(c.db)
		b, err2 := store.Peek(again)
		if err != nil || err2 != nil || a.Office != b.Office || a.Seat != b.Seat || a.Demo != b.Demo || a.Made != b.Made || a.Desk == b.Desk {
			t.Errorf("%+v became %+v, %v %v", a, b, err, err2)
		}
		eachLineFits(t, file)
	}
}

// eachLineFits compares every line with the schema that is written down, and with a
// reader of JSON that knows nothing of it; no line holds what a terminal would obey.
func eachLineFits(t *testing.T, file string) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	schema, err := compiled("everything")
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]bool{}
	for i, line := range strings.Split(strings.TrimSuffix(string(b), "\n"), "\n") {
		if raw.MatchString(line) {
			t.Fatalf("line %d is not clean: %q", i+1, line)
		}
		l, err := everything.ReadLine([]byte(line))
		if err != nil {
			t.Fatal(err)
		}
		if l.Record != nil && kinds[l.Record.Record.Kind] && i%50 != 0 || l.Look != nil && i%10 != 0 {
			continue // each kind, and some of all
		}
		if l.Record != nil {
			kinds[l.Record.Record.Kind] = true
		}
		if err := fitting(schema, "everything", line); err != nil {
			t.Fatalf("line %d: %v\n%.500s", i+1, err, line)
		}
	}
}

// TestEverythingLeavesOut searches an export for words that must not be in it.
func TestEverythingLeavesOut(t *testing.T) {
	s := newSitting(t)
	ref := func(in string, args ...string) string {
		code, out, e := s.run(in, args...)
		if code != 0 {
			t.Fatalf("%v: %s", args, e)
		}
		return strings.TrimSpace(out)
	}
	open := ref("name: Jo Open", "add")
	hidden := ref("name: Sam Hidden", "add")
	ref("Said SHAREDWORD.\n\n[third party] OTHERWORD\n\n[coach only] COACHWORD", "note", open)
	ref("HIDDENWORD", "note", hidden)
	ref("danger", "restrict", hidden)
	s.amendLater(t, "LATERWORD")
	read := func(name string, args ...string) string {
		file := filepath.Join(s.dir, name)
		if code, _, e := s.run("", append([]string{"export", "everything", "-o", file}, args...)...); code != 0 {
			t.Fatal(e)
		}
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	has := func(name, text string, words ...string) {
		t.Helper()
		for _, w := range []string{"SHAREDWORD", "OTHERWORD", "COACHWORD", "LATERWORD", "HIDDENWORD", "Sam Hidden"} {
			if want := strings.Contains(" "+strings.Join(words, " ")+" ", " "+strings.Fields(w)[0]); strings.Contains(text, w) != want {
				t.Errorf("%s: %s is in it: %t", name, w, !want)
			}
		}
	}
	has("plain", read("a.jsonl"), "SHAREDWORD")
	has("private", read("b.jsonl", "--include-private"), "SHAREDWORD", "OTHERWORD", "COACHWORD", "LATERWORD")
	has("restricted", read("c.jsonl", "--include-restricted"), "SHAREDWORD", "HIDDENWORD", "Sam")
	all := read("d.jsonl", "--include-private", "--include-restricted")
	has("all", all, "SHAREDWORD", "OTHERWORD", "COACHWORD", "LATERWORD", "HIDDENWORD", "Sam")
	var h everything.Header
	first, _, _ := strings.Cut(read("e.jsonl"), "\n")
	if err := json.Unmarshal([]byte(first), &h); err != nil || !h.LeftOut.Private || !h.LeftOut.Restricted || h.LeftOut.People != 1 || h.LeftOut.Records < 4 || h.People != 1 {
		t.Errorf("%+v, %v", h, err)
	}
}

// amendLater puts a paragraph of a note into a private scope after it was written as
// one that everybody may read.
func (s *sitting) amendLater(t *testing.T, word string) {
	t.Helper()
	st, err := store.Open(filepath.Join(s.dir, "desk.db"), "teapot", store.Options{Now: clockAt(""), Dice: scriptWorld().dice, WorkFactor: testWork})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	rows, err := st.Rows()
	if err != nil {
		t.Fatal(err)
	}
	who := slices.IndexFunc(rows, func(r domain.Row) bool { return r.Name == "Jo Open" })
	do := func(c domain.Command) []domain.Record {
		r, err := st.Do(domain.Batch{ID: st.NewID(), Commands: []domain.Command{c}})
		if err != nil {
			t.Fatal(err)
		}
		return r.Records
	}
	note := do(domain.TakeNote{Participant: rows[who].ID, Text: word})[0].Event.(domain.Noted)
	do(domain.AmendNote{Participant: rows[who].ID, Note: note.ID, Text: "[third party] " + word, Reason: "she asked"})
}

// resum writes a trailer that fits what stands before it.
func resum(lines []string) string {
	body := strings.Join(lines[:len(lines)-1], "\n") + "\n"
	sum := sha256.Sum256([]byte(body))
	return body + regexp.MustCompile(`"sha256":"[0-9a-f]*"`).ReplaceAllString(lines[len(lines)-1], `"sha256":"`+fmt.Sprintf("%x", sum)+`"`) + "\n"
}

// TestEverythingRefuses gives files that were cut, changed, or are of others. Nothing is
// taken, and nothing is left behind.
func TestEverythingRefuses(t *testing.T) {
	s := newSitting(t)
	if code, _, e := s.run("name: Jo Taylor", "add"); code != 0 {
		t.Fatal(e)
	}
	good := filepath.Join(s.dir, "good.jsonl")
	if code, _, e := s.run("", "export", "everything", "-o", good); code != 0 {
		t.Fatal(e)
	}
	b, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	text := string(b)
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	n := len(lines)
	with := func(change func(l []string) []string) string { return resum(change(append([]string(nil), lines...))) }
	set := func(i int, old, now string) string {
		return with(func(l []string) []string {
			if !strings.Contains(l[i], old) {
				t.Fatalf("%q is not in %s", old, l[i])
			}
			l[i] = strings.Replace(l[i], old, now, 1)
			return l
		})
	}
	for name, c := range map[string]struct{ file, want string }{
		"empty":                {"", "Line 1: the file is empty"},
		"something else":       {"Name,Phone\nJo,1\n", "Line 1: it is not JSON"},
		"another schema":       {set(0, "coachdesk.everything/1", "coachdesk.people/1"), `Line 1: it says that it is "coachdesk.people/1"`},
		"a newer schema":       {set(0, "coachdesk.everything/1", "coachdesk.everything/2"), "Line 1: it was written by a newer version"},
		"a newer format":       {set(0, `"format":`, `"format":9`), "newer version of coachdesk"},
		"cut at a line":        {strings.Join(lines[:n-1], "\n") + "\n", fmt.Sprintf("Line %d: the file is cut off behind it", n-1)},
		"cut in a line":        {text[:len(text)-len(lines[n-1])-10], fmt.Sprintf("Line %d: the file ends in the middle of it", n-1)},
		"one letter":           {strings.Replace(text, "Jo Taylor", "Jo Tailor", 1), fmt.Sprintf("Line %d: the lines before it are not those", n)},
		"a line less":          {strings.Replace(text, lines[2]+"\n", "", 1), fmt.Sprintf("Line %d: ", n-1)},
		"a line twice":         {with(func(l []string) []string { return append(l[:3:3], l[2:]...) }), "Line 4: its number is 2 and does not follow 2"},
		"a record twice":       {with(func(l []string) []string { l[3] = strings.Replace(l[2], `"n":2`, `"n":3`, 1); return l }), "Line 4: it is of the same record as line 3"},
		"it goes on":           {text + lines[1] + "\n", fmt.Sprintf("Line %d: the file goes on after its end", n+1)},
		"two files":            {strings.Join(lines[:2], "\n") + "\n" + text, "Line 3: a second file begins here"},
		"a scope of nobody":    {set(3, `"scope":"shareable"`, `"scope":"open"`), "Line 4: scope: it is none of"},
		"a body of another":    {set(3, `,"body":`, `,"cbor":"AQI=","body":`), "Line 4: what this record tells cannot be read"},
		"about another office": {set(1, `"subject":"`+idBehind(lines[1], `"subject":"`), `"subject":"01JDDJMTVKSJTEAMX7MSM1FYYK`), "another office or desk"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			file := filepath.Join(dir, "x.jsonl")
			if err := os.WriteFile(file, []byte(c.file), 0o600); err != nil {
				t.Fatal(err)
			}
			code, out, e := s.run("", "--store", filepath.Join(dir, "new.db"), "import", "everything", file)
			if code == 0 || out != "" || !strings.Contains(e, c.want) {
				t.Errorf("code %d, %q, want %q", code, e, c.want)
			}
			if left := inFolder(t, dir); left != "x.jsonl" {
				t.Errorf("left behind: %s", left)
			}
		})
	}
}

// idBehind returns the ID behind a mark.
func idBehind(s, mark string) string {
	_, rest, _ := strings.Cut(s, mark)
	return rest[:26]
}
