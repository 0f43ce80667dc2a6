package store_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/store"
	"coachdesk/store/storetest"
)

// benchStore is a store that waits for the disk, with fifty people of twenty
// records, the 26th of n.
func benchStore(b *testing.B, n int) (*store.Store, []domain.ID) {
	b.Helper()
	o := storetest.Options()
	o.NoSync = false
	s, _, err := store.Create(filepath.Join(b.TempDir(), "desk.coach"), storetest.Founding(), o)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	var ids []domain.ID
	for i := range 50 {
		ids = append(ids, storetest.Join(b, s, fmt.Sprintf("Person %d", i)))
	}
	for _, id := range ids {
		fill(b, s, id, 20)
	}
	fill(b, s, ids[25], n-21)
	return s, ids
}

// fill gives a participant n further records of about 250 bytes.
func fill(b testing.TB, s *store.Store, id domain.ID, n int) {
	b.Helper()
	var batch []domain.Command
	for i := range n {
		batch = append(batch, domain.TakeNote{Participant: id, Text: noteText(i)})
		if len(batch) == 50 || i == n-1 {
			storetest.Do(b, s, batch...)
			batch = nil
		}
	}
}

func noteText(i int) string {
	return fmt.Sprintf("%d. We spoke about the course in Stratford and how the travel goes. The bus is fine before nine and crowded after. We agreed to look at the times again when the new plan is out, and to call the provider together.", i)
}

func BenchmarkParticipant200(b *testing.B) {
	s, ids := benchStore(b, 200)
	b.ReportAllocs()
	for b.Loop() {
		p, err := s.Participant(ids[25])
		if err != nil || len(p.Past()) != 200 {
			b.Fatal(len(p.Past()), err)
		}
	}
}

// BenchmarkCommand changes the people of a caseload in turn, so that nobody's history
// outgrows a real one while the clock runs.
// BenchmarkCommand is to stay below three times [BenchmarkAppendFsync] of the same
// run. The history has some 200 records all the time: every now and then the next of
// many people is written to.
func BenchmarkCommand(b *testing.B) {
	s, _ := benchStore(b, 200)
	var ids []domain.ID
	for i := range 30 {
		id := storetest.Join(b, s, fmt.Sprintf("Subject %d", i))
		fill(b, s, id, 150)
		ids = append(ids, id)
	}
	i := 0
	for b.Loop() {
		i++
		storetest.Do(b, s, domain.Describe{Participant: ids[i/100%len(ids)], Facts: map[domain.Fact]string{domain.FactContact: fmt.Sprintf("text first, then call %d", i)}})
	}
}

func BenchmarkAppendFsync(b *testing.B) {
	f, err := os.Create(filepath.Join(b.TempDir(), "bare"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	page := make([]byte, 4096)
	for b.Loop() {
		if _, err := f.Write(page); err != nil {
			b.Fatal(err)
		}
		if err := f.Sync(); err != nil {
			b.Fatal(err)
		}
	}
}

// crowded is a store of n people with a row such as people have.
func crowded(b *testing.B, n int) *store.Store {
	b.Helper()
	s, _, err := store.Create(filepath.Join(b.TempDir(), "desk.coach"), storetest.Founding(), storetest.Options())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	due := calendar.Of(storetest.Begin) + 90
	for range n / 1000 {
		var batch []domain.Command
		for i := range 1000 {
			id := s.NewID()
			batch = append(batch, domain.Join{ID: id, Facts: map[domain.Fact]string{
				domain.FactName: fmt.Sprintf("Person %d", i), domain.FactPostcode: "E15 1NT", domain.FactPhone: "07700 900123",
				domain.FactBirth: "1987-05-04", domain.FactLanguage: "English", domain.FactGroup: "LCW",
			}},
				domain.NoteBarrier{Participant: id, Text: "Travel before nine"},
				domain.MakePromise{Participant: id, Owner: "coach", Text: "Call the provider", Due: due})
		}
		storetest.Do(b, s, batch...)
	}
	return s
}

func benchRows(b *testing.B, n int) {
	s := crowded(b, n)
	b.ReportAllocs()
	for b.Loop() {
		rows, err := s.Rows()
		if err != nil || len(rows) != n {
			b.Fatal(len(rows), err)
		}
	}
}

func BenchmarkRows10000(b *testing.B)  { benchRows(b, 10_000) }
func BenchmarkRows100000(b *testing.B) { benchRows(b, 100_000) }
