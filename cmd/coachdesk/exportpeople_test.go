package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"coachdesk/domain"
	"coachdesk/store"
)

// TestPeopleComeBack exports people with all that attackers send, imports the list into a
// new store and exports it again: the same bytes.
func TestPeopleComeBack(t *testing.T) {
	s := newSitting(t)
	first, second := filepath.Join(s.dir, "desk.db"), filepath.Join(s.dir, "second.db")
	st, err := store.Open(first, "teapot", store.Options{Now: clockAt(""), Dice: scriptWorld().dice, WorkFactor: testWork})
	if err != nil {
		t.Fatal(err)
	}
	dice := rand.New(rand.NewPCG(5, 5))
	texts := append(nasty(), "'", "''", "'=1", "=1+1", "a,b", "a\"b", "\"", "a\nb", "a\n\n  b\n", "\tx", "مرحبا, بالعالم", "x\r\ny", "Jo", "Jo", "0044", "12E5", "sep=;")
	var commands []domain.Command
	for i := range 400 {
		facts := map[domain.Fact]string{domain.FactName: "Person " + texts[dice.IntN(len(texts))]}
		for _, f := range domain.Facts {
			switch v := texts[dice.IntN(len(texts))]; {
			case f.Key == domain.FactName || f.Key == domain.FactNino && i > 50:
			case f.Choices != nil:
				facts[f.Key] = append(f.Choices, "")[dice.IntN(len(f.Choices)+1)]
			case f.Key == domain.FactPostcode:
				facts[f.Key] = []string{"", "e151nt", "E15 1NT"}[dice.IntN(3)]
			case f.Key == domain.FactHours:
				facts[f.Key] = []string{"", "07.50", "16"}[dice.IntN(3)]
			case f.Key == domain.FactSlot:
				facts[f.Key] = []string{"", "20", "20; review 30"}[dice.IntN(3)]
			case f.Key == domain.FactNino:
				facts[f.Key] = fmt.Sprintf("AB1234%02dC", i)
			case f.Dated():
				facts[f.Key] = []string{"", "4 May 1987", "1901-01-31"}[dice.IntN(3)]
			default:
				facts[f.Key] = v
			}
		}
		if i%40 == 0 { // one person stands there twice
			facts = map[domain.Fact]string{domain.FactName: "The same", domain.FactReference: "UC: 1"}
		}
		commands = append(commands, domain.Join{ID: st.NewID(), Facts: facts})
	}
	for _, c := range commands {
		if _, err := st.Do(domain.Batch{ID: st.NewID(), Commands: []domain.Command{c}}); err != nil && !isRefusal(err) {
			t.Fatal(err)
		}
	}
	if n := st.Count(); n < 300 {
		t.Fatalf("only %d people", n)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	s.at(second, "init", "--name", "Bea")
	for _, mark := range []string{"--bom=false", "--bom"} {
		a, b := filepath.Join(s.dir, "a"+mark+".csv"), filepath.Join(s.dir, "b"+mark+".csv")
		s.at(first, "export", "people", "--include-private", mark, "-o", a)
		if mark == "--bom=false" {
			_, told := s.at(second, "import", "people", a)
			if strings.Contains(told, "Left out in") || strings.Contains(told, "was not taken") {
				t.Errorf("the import asks: %s", told)
			}
		}
		s.at(second, "export", "people", "--include-private", mark, "-o", b)
		x, err := os.ReadFile(a)
		if err != nil {
			t.Fatal(err)
		}
		y, err := os.ReadFile(b)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(x, y) {
			t.Fatalf("%s: %d bytes became %d; the first that differ: %s", mark, len(x), len(y), firstApart(x, y))
		}
	}
	out, _ := s.at(second, "export", "people", "--format", "json")
	if err := validate("people-export", out); err != nil || strings.Contains(out, `"nino"`) {
		t.Error(err)
	}
}

// firstApart shows where two texts part.
func firstApart(x, y []byte) string {
	i := 0
	for i < min(len(x), len(y)) && x[i] == y[i] {
		i++
	}
	return fmt.Sprintf("%.200q and %.200q", x[max(0, i-40):min(len(x), i+100)], y[max(0, i-40):min(len(y), i+100)])
}
