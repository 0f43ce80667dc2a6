package csv

import (
	"bytes"
	stdcsv "encoding/csv"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"coachdesk/domain/clean"
)

// TestWrittenIsRead gives cells that are clean, as every value of a record is, to a
// reader that guesses the dialect, and to one that knows only the RFC.
func TestWrittenIsRead(t *testing.T) {
	t.Parallel()
	dice := rand.New(rand.NewPCG(8, 8))
	pieces := []string{"\"", "\"\"", "'", "=", "+", "-", "@", ",", ";", "|", "\t", "\n", "a", "Jo", " ", "é", "مرحبا", "＝", "\\", "\",", "sep=;", strings.Repeat("x", 300)}
	for range 3000 {
		rows := make([][]string, 1+dice.IntN(5))
		for i := range rows {
			rows[i] = make([]string, 3)
			for j := range rows[i] {
				var b strings.Builder
				for range dice.IntN(5) {
					b.WriteString(pieces[dice.IntN(len(pieces))])
				}
				rows[i][j] = clean.Text(b.String(), 1000)
			}
			rows[i][0] = "N" + rows[i][0] // a record has a name
		}
		var b bytes.Buffer
		if err := Write(&b, []string{"name", "phone", "matters"}, rows, dice.IntN(2) == 0); err != nil {
			t.Fatal(err)
		}
		sheet, err := Read(b.Bytes())
		if err != nil || len(sheet.Refused) > 0 || len(sheet.Rows) != len(rows) {
			t.Fatalf("%v: %v %+v", rows, err, sheet)
		}
		for i, row := range sheet.Rows {
			if !slices.Equal(row.Cells, rows[i]) {
				t.Fatalf("%q came back as %q in\n%s", rows[i], row.Cells, b.String())
			}
		}
		strict := stdcsv.NewReader(strings.NewReader(strings.TrimPrefix(b.String(), bom)))
		all, err := strict.ReadAll()
		if err != nil || len(all) != len(rows)+1 {
			t.Fatalf("%q: %v", b.String(), err)
		}
		for _, row := range all[1:] {
			for _, c := range row {
				if begins(c, formula) {
					t.Fatalf("%q is a formula", c)
				}
			}
		}
	}
}

// A line without its line feed, and every line of a file, end as the RFC says.
func TestWriteEndsLines(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := Write(&b, []string{"name", "phone"}, [][]string{{"=1+1", "a\nb"}}, true); err != nil {
		t.Fatal(err)
	}
	if want := "\xef\xbb\xbfname,phone\r\n'=1+1,\"a\r\nb\"\r\n"; b.String() != want {
		t.Errorf("%q, want %q", b.String(), want)
	}
}
