package store_test

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/storetest"
)

// large skips a benchmark that takes minutes, unless it was asked for.
func large(b *testing.B) {
	b.Helper()
	if os.Getenv("COACHDESK_BENCH") != "large" {
		b.Skip("set COACHDESK_BENCH=large for it")
	}
}

// crowd makes a store of people with a row that a real one could have, and as many
// notes each, without waiting for the disk; it returns it opened by a program that does.
func crowd(b *testing.B, people, notes int) (*store.Store, []domain.ID) {
	b.Helper()
	path := filepath.Join(b.TempDir(), "desk.coach")
	s, _, err := store.Create(path, storetest.Founding(), storetest.Options())
	if err != nil {
		b.Fatal(err)
	}
	var ids []domain.ID
	var batch []domain.Command
	for i := range people {
		id := s.NewID()
		ids = append(ids, id)
		batch = append(batch, domain.Join{ID: id, Facts: map[domain.Fact]string{
			domain.FactName: fmt.Sprintf("Person %d", i), domain.FactPostcode: "E15 1NT", domain.FactPhone: "07700 900123",
			domain.FactBirth: "1987-05-04", domain.FactLanguage: "English", domain.FactGroup: "LCW",
		}}, domain.NoteBarrier{Participant: id, Text: "Travel before nine"}, domain.MakePromise{Participant: id, Owner: "coach", Text: "Call the provider", Due: 740500})
		for j := range notes {
			batch = append(batch, domain.TakeNote{Participant: id, Text: noteText(j)})
		}
		if len(batch) > 2000 || i == people-1 {
			storetest.Do(b, s, batch...)
			batch = nil
		}
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	s, err = store.Open(path, storetest.Passphrase, realOptions())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	return s, ids
}

// beside gives one command and one bare append with a sync by turns, so that both see
// the same disk, and reports how their medians compare.
func beside(b *testing.B, s *store.Store, ids []domain.ID) {
	b.Helper()
	f, err := os.Create(filepath.Join(b.TempDir(), "bare"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	block := make([]byte, 4096)
	var ours, bare []float64
	for b.Loop() {
		began := time.Now()
		storetest.Do(b, s, domain.Describe{Participant: ids[len(ours)/100%len(ids)], Facts: map[domain.Fact]string{domain.FactContact: fmt.Sprintf("text first, then call %d", len(ours))}})
		ours = append(ours, float64(time.Since(began).Microseconds()))
		began = time.Now()
		if _, err := f.Write(block); err != nil {
			b.Fatal(err)
		}
		if err := f.Sync(); err != nil {
			b.Fatal(err)
		}
		bare = append(bare, float64(time.Since(began).Microseconds()))
	}
	slices.Sort(ours)
	slices.Sort(bare)
	mid, base := ours[len(ours)/2], bare[len(bare)/2]
	b.ReportMetric(mid, "µs/command")
	b.ReportMetric(base, "µs/append")
	b.ReportMetric(mid/base, "times")
}

// BenchmarkCommandBeside is to stay below three times.
func BenchmarkCommandBeside(b *testing.B) {
	s, ids := benchStore(b, 200)
	beside(b, s, ids)
}

// BenchmarkCommandMillion is the same in a store of 1,000,000 records: below five times.
func BenchmarkCommandMillion(b *testing.B) {
	large(b)
	s, ids := crowd(b, 10_000, 97)
	beside(b, s, ids)
}

// BenchmarkCheck10000 is to stay below two seconds.
func BenchmarkCheck10000(b *testing.B) {
	large(b)
	s, _ := crowd(b, 10_000, 5)
	for b.Loop() {
		if found, err := s.Check(); err != nil || len(found) > 0 {
			b.Fatal(found, err)
		}
	}
}

// BenchmarkOpen is from a passphrase that costs nothing to rows that are ready: to stay
// below 40 ms for 10,000 people and 350 ms for 100,000.
func BenchmarkOpen(b *testing.B) {
	for _, people := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint(people), func(b *testing.B) {
			large(b)
			s, _ := crowd(b, people, 0)
			if err := s.Close(); err != nil {
				b.Fatal(err)
			}
			o := realOptions()
			for _, way := range []struct {
				name  string
				check func(string) error
			}{{"with the check of the pages", nil}, {"without", func(string) error { return nil }}} {
				o.Check = way.check
				b.Run(way.name, func(b *testing.B) {
					for b.Loop() {
						x, err := store.Open(s.Path(), storetest.Passphrase, o)
						if err != nil {
							b.Fatal(err)
						}
						if rows, err := x.Rows(); err != nil || len(rows) != people {
							b.Fatal(len(rows), err)
						}
						if err := x.Close(); err != nil {
							b.Fatal(err)
						}
					}
				})
			}
		})
	}
}

// BenchmarkBackup is a backup, and beside it a plain copy of the same file with a sync:
// the one is to stay below twice the other.
func BenchmarkBackup(b *testing.B) {
	large(b)
	s, _ := crowd(b, 10_000, 5)
	dir, i := b.TempDir(), 0
	b.Run("backup", func(b *testing.B) {
		for b.Loop() {
			i++
			name := filepath.Join(dir, fmt.Sprint(i))
			if err := s.Backup(name); err != nil {
				b.Fatal(err)
			}
			b.StopTimer()
			_ = os.Remove(name)
			b.StartTimer()
		}
	})
	b.Run("plain copy", func(b *testing.B) {
		for b.Loop() {
			if err := plainCopy(s.Path(), filepath.Join(dir, "plain")); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("check alone", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.Check(); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("pages alone", func(b *testing.B) {
		for b.Loop() {
			if err := store.CheckStructure(s.Path()); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func plainCopy(from, to string) error {
	r, err := os.Open(from)
	if err != nil {
		return err
	}
	defer r.Close()
	w, err := os.Create(to)
	if err != nil {
		return err
	}
	defer w.Close()
	if _, err := io.Copy(w, r); err != nil {
		return err
	}
	return w.Sync()
}
