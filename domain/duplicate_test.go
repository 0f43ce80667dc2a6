package domain_test

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"coachdesk/domain"
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
// whom 500 are others with errors: as names, dates and addresses tell, and with a
// reference from another system beside them. The file is not part of the project.
func TestLikelyPairsOnFebrl(t *testing.T) {
	lines := febrl(t)
	for _, with := range []struct {
		name      string
		reference bool
		recall    float64
	}{{"without a reference", false, 0.95}, {"with a reference", true, 0.98}} {
		var rows []domain.Row
		truth := map[domain.ID]string{}
		for i, l := range lines {
			r := numbered(i)
			r.Name = strings.TrimSpace(l[1] + " " + l[2])
			r.Facts = []domain.RowFact{fact(domain.FactBirth, l[9]), fact(domain.FactAddress, strings.Join(l[3:7], ", ")), fact(domain.FactPostcode, l[7])}
			if with.reference {
				r.Facts = append(r.Facts, fact(domain.FactReference, l[10]))
			}
			rows = append(rows, r)
			truth[r.ID] = strings.Split(l[0], "-")[1]
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
		t.Logf("%s: recall %.3f, precision %.3f (%d right, %d wrong)", with.name, recall, precision, right, wrong)
		if recall < with.recall || precision < 0.99 {
			t.Errorf("%s: recall %.3f and precision %.3f, want %.2f and 0.99", with.name, recall, precision, with.recall)
		}
	}
}

func febrl(t *testing.T) [][]string {
	t.Helper()
	shared := cmp.Or(os.Getenv("COACHDESK_SHARED"), "../../shared")
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
	return lines[1:]
}

func numbered(n int) domain.Row { return domain.Row{ID: domain.ID{14: byte(n >> 8), 15: byte(n)}} }

func fact(f domain.Fact, value string) domain.RowFact { return domain.RowFact{Fact: f, Value: value} }

// crowd makes many people of one town who share few names and streets, where chance
// makes the most likenesses, and twins of the first of them, with slips.
func crowd(people, twins int) []domain.Row {
	dice := rand.New(rand.NewPCG(1, 2))
	given, family := syllables(dice, 60), syllables(dice, 150)
	rows := make([]domain.Row, 0, people+twins)
	for i := range people {
		r := numbered(i)
		r.Name = given[dice.IntN(len(given))] + " " + family[dice.IntN(len(family))]
		r.Facts = []domain.RowFact{
			fact(domain.FactBirth, fmt.Sprintf("%d-%02d-%02d", 1960+dice.IntN(45), 1+dice.IntN(12), 1+dice.IntN(28))),
			fact(domain.FactAddress, fmt.Sprintf("%d %s Road, Stratford", 1+dice.IntN(200), family[dice.IntN(len(family))])),
			fact(domain.FactPostcode, fmt.Sprintf("E%d %d%c%c", 1+dice.IntN(17), dice.IntN(10), 'A'+rune(dice.IntN(8)), 'A'+rune(dice.IntN(8)))),
		}
		rows = append(rows, r)
	}
	for i := range twins {
		r := numbered(people + i)
		r.Name, r.Facts = rows[i].Name, slices.Clone(rows[i].Facts)
		spoil(dice, i, &r)
		rows = append(rows, r)
	}
	return rows
}

func TestLikelyPairsInACrowd(t *testing.T) {
	const people, twins = 4_000, 400
	pairs := domain.LikelyPairs(crowd(people, twins))
	right := 0
	for _, p := range pairs {
		a, b := int(p.A[14])<<8|int(p.A[15]), int(p.B[14])<<8|int(p.B[15])
		if a < twins && b == people+a {
			right++
		}
	}
	t.Logf("%d of %d found, %d others told", right, twins, len(pairs)-right)
	if right < twins*95/100 || len(pairs)-right > twins/100 {
		t.Errorf("%d of %d found, and %d others told", right, twins, len(pairs)-right)
	}
}

func BenchmarkLikelyPairs(b *testing.B) {
	rows := crowd(10_000, 400)
	for b.Loop() {
		domain.LikelyPairs(rows)
	}
}

func syllables(dice *rand.Rand, n int) []string {
	parts := []string{"ba", "lor", "min", "ta", "ren", "osh", "vik", "del", "sa", "hu", "mor", "eli", "cap", "wyn", "go", "fer"}
	var out []string
	for range n {
		var b strings.Builder
		for range 2 + dice.IntN(2) {
			b.WriteString(parts[dice.IntN(len(parts))])
		}
		out = append(out, b.String())
	}
	return out
}

// spoil makes one or two of the mistakes that people make when they write somebody
// down a second time.
func spoil(dice *rand.Rand, i int, r *domain.Row) {
	first, last, _ := strings.Cut(r.Name, " ")
	say := func(n int, v string) { r.Facts[n].Value = v }
	if i%2 == 0 { // a slip in the family name
		at := 1 + dice.IntN(len(last)-2)
		last = last[:at] + last[at+1:]
	}
	r.Name = first + " " + last
	switch birth := r.Facts[0].Value; i % 5 {
	case 0:
		r.Name = last + ", " + first
	case 1: // day and month swapped, or one figure wrong
		say(0, birth[:5]+birth[8:]+"-"+birth[5:7])
	case 2:
		say(0, "")
	case 3: // moved house
		say(1, "")
		say(2, "")
	case 4:
		say(1, strings.Replace(r.Facts[1].Value, "Road", "Rd", 1))
	}
}
