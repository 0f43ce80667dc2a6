package csv

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// shared returns a path in the private test data, and skips the test where it
// is not there.
func shared(t *testing.T, path ...string) string {
	t.Helper()
	root := filepath.Join("..", "..", "..", "shared", "data")
	if given := os.Getenv("COACHDESK_SHARED"); given != "" {
		root = given
	}
	name := filepath.Join(append([]string{root}, path...)...)
	if _, err := os.Stat(name); err != nil {
		t.Skipf("the shared test data is not here (set COACHDESK_SHARED to its folder): %v", err)
	}
	return name
}

func TestFebrl(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile(shared(t, "people", "febrl-dataset1.csv"))
	if err != nil {
		t.Fatal(err)
	}
	sheet, err := Read(b)
	if err != nil {
		t.Fatal(err)
	}
	if len(sheet.Rows) != 1000 || len(sheet.Refused) != 0 || len(sheet.Header) != 11 {
		t.Fatalf("%d rows, %d refused, header %q", len(sheet.Rows), len(sheet.Refused), sheet.Header)
	}
	guess := Guess(sheet.Header, sheet.Rows)
	want := map[string]string{
		"rec_id": Reference, "given_name": Given, "surname": Family, "street_number": Address, "address_1": Address, "address_2": Address,
		"suburb": Address, "postcode": Postcode, "state": Address, "date_of_birth": Birth, "soc_sec_id": "",
	}
	births, impossible := 0, 0
	for i, title := range sheet.Header {
		if guess[i] != want[title] {
			t.Errorf("%s is guessed to be %q, want %q", title, guess[i], want[title])
		}
		for _, r := range sheet.Rows {
			if title != "date_of_birth" || r.Cells[i] == "" {
				continue
			}
			if _, ok := ParseBirth(r.Cells[i]); ok {
				births++
			} else {
				impossible++
			}
		}
	}
	// The data set holds some dates that were spoilt on purpose.
	if births < 850 || impossible > 20 {
		t.Errorf("%d births, %d impossible", births, impossible)
	}
}

func TestCSVSpectrum(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join(shared(t, "csv", "csv-spectrum", "csvs"), "*.csv"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			sheet, err := Read(b)
			if err != nil {
				t.Fatal(err)
			}
			answer := strings.Replace(strings.TrimSuffix(name, ".csv")+".json", "csvs", "json", 1)
			if b, err = os.ReadFile(answer); err != nil {
				t.Fatal(err)
			}
			var want []map[string]string
			if err := json.Unmarshal(b, &want); err != nil {
				var one map[string]string
				if err := json.Unmarshal(b, &one); err != nil {
					t.Fatal(err)
				}
				want = append(want, one)
			}
			if len(sheet.Rows) != len(want) {
				t.Fatalf("%d rows, want %d", len(sheet.Rows), len(want))
			}
			for i, r := range sheet.Rows {
				for j, title := range sheet.Header {
					if title == "Contact Phone Number" {
						continue // the published answer has another number than its file
					}
					if got, expected := r.Cells[j], strings.ReplaceAll(want[i][title], "\r\n", "\n"); got != expected {
						t.Errorf("row %d, %s: %q, want %q", i, title, got, expected)
					}
				}
			}
		})
	}
}
