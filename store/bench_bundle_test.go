package store_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"

	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/storetest"
)

// benchDesks are a desk with a crowd and another that knows it.
func benchDesks(b *testing.B, people, notes int) (from, to *store.Store, out store.Outgoing) {
	b.Helper()
	from, ids := crowd(b, people, notes)
	f := storetest.Founding()
	f.Person = "Bo Hale"
	to, _, err := store.Create(filepath.Join(b.TempDir(), "desk.coach"), f, realOptions())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = to.Close() })
	introduce(b, from, to)
	return from, to, store.Outgoing{ID: from.NewID(), Kind: domain.BundleCaseload, To: []domain.Contact{contactOf(b, to)}, People: allOf(ids...)}
}

// Sealing apart from the disk. On one core: go test -cpu 1.
func BenchmarkPack(b *testing.B) {
	from, _, out := benchDesks(b, 1000, 20)
	b.ResetTimer()
	for b.Loop() {
		told, err := from.Pack(io.Discard, out)
		if err != nil {
			b.Fatal(err)
		}
		b.SetBytes(told.Bytes)
	}
}

func BenchmarkUnpack(b *testing.B) {
	from, to, out := benchDesks(b, 1000, 20)
	var file bytes.Buffer
	told, err := from.Pack(&file, out)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(told.Bytes)
	b.ResetTimer()
	for b.Loop() {
		if _, err := to.Unpack(bytes.NewReader(file.Bytes()), ""); err != nil {
			b.Fatal(err)
		}
	}
}

// Ten thousand people at once, written to a file, looked at and taken.
func BenchmarkBundleLarge(b *testing.B) {
	large(b)
	from, to, out := benchDesks(b, 10_000, 7)
	path := filepath.Join(b.TempDir(), "bundle")
	for b.Loop() {
		out.ID = from.NewID()
		file, err := os.Create(path)
		if err != nil {
			b.Fatal(err)
		}
		began := realOptions().Now()
		lap := func(what string) {
			now := realOptions().Now()
			b.ReportMetric(now.Sub(began).Seconds(), what+"-s")
			began = now
		}
		told, err := from.Pack(file, out)
		if err != nil {
			b.Fatal(err)
		}
		lap("pack")
		p, err := to.Unpack(file, "")
		if err != nil {
			b.Fatal(err)
		}
		lap("look")
		if _, err := to.Take(p, domain.Batch{}); err != nil {
			b.Fatal(err)
		}
		lap("take")
		b.ReportMetric(float64(told.Bytes)/1e6, "MB")
		b.ReportMetric(float64(told.Records), "records")
	}
}
