package csv

import (
	"strings"
	"testing"
)

// FuzzGuess holds that a guess names columns that there are, no field but the address
// twice, and the same every time.
func FuzzGuess(f *testing.F) {
	f.Add("Surname\tFirst name\tD.O.B.\tPost Code", "Okafor\tBeth\t04/05/1987\tE15 1NT")
	f.Add("\t\t", "07700 900123\tQQ123456C\ta@b.c")
	f.Add("state\tstate\tClient's name (full)", "x")
	f.Add("ＮＡＭＥ\tİ", "\xff")
	f.Fuzz(func(t *testing.T, head, row string) {
		header, cells := strings.Split(head, "\t"), strings.Split(row, "\t")
		if len(header) > MaxColumns {
			return
		}
		for len(cells) < len(header) {
			cells = append(cells, "")
		}
		rows := []Row{{Line: 2, Cells: cells[:len(header)]}}
		got, again := Guess(header, rows), Guess(header, rows)
		seen := map[string]bool{}
		for column, field := range got {
			if column < 0 || column >= len(header) || field == "" || seen[field] && field != Address || again[column] != field {
				t.Errorf("%q: column %d is %q, and then %q", header, column, field, again[column])
			}
			seen[field] = true
		}
		if len(again) != len(got) {
			t.Errorf("%q: %v, and then %v", header, got, again)
		}
	})
}
