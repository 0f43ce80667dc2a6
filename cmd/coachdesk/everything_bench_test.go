package main

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// BenchmarkEverything10000 exports an invented caseload of 10,000 people, some fifty
// records each, and makes a new store of the file: to stay below ten seconds together on
// two free processors. Telling the caseload takes minutes; it is not measured.
func BenchmarkEverything10000(b *testing.B) {
	if os.Getenv("COACHDESK_BENCH") != "large" {
		b.Skip("set COACHDESK_BENCH=large for it")
	}
	dir := b.TempDir()
	w := scriptWorld()
	w.out, w.err, w.in = io.Discard, io.Discard, strings.NewReader("")
	do := func(args ...string) float64 {
		began := time.Now()
		if code := run(args, w); code != 0 {
			b.Fatalf("%v: exit code %d", args, code)
		}
		return time.Since(began).Seconds()
	}
	demo, file, again := filepath.Join(dir, "demo.db"), filepath.Join(dir, "all.jsonl"), filepath.Join(dir, "again.db")
	do("--store", demo, "demo", "--people", "10000", "--seed", "2")
	var out, in, both []float64
	for b.Loop() {
		for _, name := range []string{file, again, again + ".keys"} {
			_ = os.Remove(name)
		}
		o := do("--store", demo, "export", "everything", "--include-private", "--include-restricted", "-o", file)
		i := do("--store", again, "import", "everything", file)
		out, in, both = append(out, o), append(in, i), append(both, o+i)
	}
	for unit, all := range map[string][]float64{"s/export": out, "s/import": in, "s/both": both} {
		slices.Sort(all)
		b.ReportMetric(all[len(all)/2], unit)
	}
}
