package domain_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

func row(n byte, name, birth, address string) domain.Row {
	return domain.Row{ID: domain.ID{15: n}, Name: name, Facts: []domain.RowFact{{Fact: domain.FactBirth, Value: birth}, {Fact: domain.FactAddress, Value: address}}}
}

func TestLikelyPairs(t *testing.T) {
	base := row(1, "Siân Llewellyn", "1987-05-04", "12 Tower Road, Stratford")
	for _, tt := range []struct {
		name string
		b    domain.Row
		want bool
	}{
		{"a slip in the name", row(2, "Sian Llewelyn", "1987-05-04", "12 Tower Road, Stratford"), true},
		{"swapped names, day and month", row(2, "Llewellyn, Sian", "1987-04-05", "12 Tower Rd, Stratford"), true},
		{"no date of birth", row(2, "Sian Llewellyn", "", "12 Tower Road, Stratford"), true},
		{"moved house", row(2, "Siân Llewellyn", "1987-05-04", ""), true},
		{"a sister", row(2, "Bethan Llewellyn", "1989-11-30", "12 Tower Road, Stratford"), false},
		{"a namesake", row(2, "Siân Llewellyn", "1961-02-17", "4 Mill Lane, Cardiff"), false},
		{"another first name: it may be a twin, so a person looks", row(2, "Rhodri Llewellyn", "1987-05-04", "12 Tower Road, Stratford"), true},
		{"somebody else", row(2, "Daniel Okafor", "1987-05-04", ""), false},
	} {
		got := domain.LikelyPairs([]domain.Row{base, tt.b})
		if (len(got) == 1) != tt.want {
			t.Errorf("%s: %+v", tt.name, got)
		}
		if len(got) == 1 && len(got[0].Why) == 0 {
			t.Errorf("%s: no reason is given", tt.name)
		}
	}
}

// TestLikelyPairsOnFebrl measures recall and precision on 1,000 invented people of
// whom 500 are others with errors. The file is not part of the project.
func TestLikelyPairsOnFebrl(t *testing.T) {
	shared := os.Getenv("COACHDESK_SHARED")
	if shared == "" {
		shared = "../../shared"
	}
	f, err := os.Open(filepath.Join(shared, "data/people/febrl-dataset1.csv"))
	if err != nil {
		t.Skip("the FEBRL data set is not here: ", err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.TrimLeadingSpace = true
	lines, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []domain.Row
	truth := map[domain.ID]string{}
	for i, l := range lines[1:] {
		id := domain.ID{14: byte(i >> 8), 15: byte(i)}
		birth := ""
		if b := l[9]; len(b) == 8 {
			if d, err := calendar.ParseISO(fmt.Sprintf("%s-%s-%s", b[:4], b[4:6], b[6:])); err == nil {
				birth = d.String()
			}
		}
		rows = append(rows, domain.Row{ID: id, Name: strings.TrimSpace(l[1] + " " + l[2]), Facts: []domain.RowFact{
			{Fact: domain.FactBirth, Value: birth}, {Fact: domain.FactAddress, Value: strings.Join([]string{l[3], l[4], l[5], l[6]}, ", ")},
		}})
		truth[id] = strings.Split(l[0], "-")[1]
	}
	right, wrong := 0, 0
	for _, p := range domain.LikelyPairs(rows) {
		if truth[p.A] == truth[p.B] {
			right++
		} else {
			wrong++
		}
	}
	recall, precision := float64(right)/500, float64(right)/float64(right+wrong)
	t.Logf("recall %.3f, precision %.3f (%d right, %d wrong)", recall, precision, right, wrong)
	if recall < 0.95 || precision < 0.99 {
		t.Errorf("recall %.3f and precision %.3f, want 0.95 and 0.99", recall, precision)
	}
}
