package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/store"
	"coachdesk/ui"
	"coachdesk/ui/screen"
)

// benchOpen measures from the unlocked store to a frame with everybody in it, and how
// long the first frame took, which does not wait for them.
func benchOpen(b *testing.B, n int) {
	w := scriptWorld()
	st, _, err := store.Create(filepath.Join(b.TempDir(), "desk.db"), store.Founding{Passphrase: demoPassphrase, Person: "Amina", Role: domain.Coach, Nation: calendar.EnglandAndWales},
		store.Options{Now: w.now, Dice: w.dice, WorkFactor: 4, NoSync: true})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = st.Close() })
	for range n / 1000 {
		var batch []domain.Command
		for i := range 1000 {
			id := st.NewID()
			batch = append(batch, domain.Join{ID: id, Facts: map[domain.Fact]string{
				domain.FactName: fmt.Sprintf("Person %d %d", i*7919%1000, i), domain.FactPostcode: "E15 1NT", domain.FactPhone: "07700 900123", domain.FactBirth: "1987-05-04", domain.FactGroup: "LCW",
			}}, domain.NoteBarrier{Participant: id, Text: "Travel before nine"})
		}
		if _, err := st.Do(domain.Batch{ID: st.NewID(), Commands: batch}); err != nil {
			b.Fatal(err)
		}
	}
	first := time.Duration(0)
	b.ResetTimer()
	for b.Loop() {
		d, err := newDesk(st, w)
		if err != nil {
			b.Fatal(err)
		}
		s := ui.New(ui.Options{World: screen.World{Desk: d, Now: w.now}})
		if v := s.View(); !strings.Contains(v.Content, "Person") {
			b.Fatal(v.Content)
		}
	}
	b.StopTimer()
	for range b.N {
		d, err := newDesk(st, w)
		if err != nil {
			b.Fatal(err)
		}
		began := time.Now()
		_ = ui.New(ui.Options{World: screen.World{Desk: d, Now: w.now, Patience: patience}}).View()
		first += time.Since(began)
		if _, err := d.Rows(); err != nil { // the reading that went on
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(first.Microseconds())/1000/float64(b.N), "ms/first-frame")
}

func BenchmarkOpen10000(b *testing.B)  { benchOpen(b, 10_000) }
func BenchmarkOpen100000(b *testing.B) { benchOpen(b, 100_000) }
