package store_test

import (
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/storetest"
)

// manyServices is a feed of n services, each as long as real ones are.
func manyServices(n int) []domain.Service {
	all := make([]domain.Service, n)
	for i := range all {
		all[i] = domain.Service{
			ID: fmt.Sprint("s-", i), Name: fmt.Sprint("Service number ", i), Org: fmt.Sprint("Organisation ", i%300), Text: strings.Repeat("Free help for everybody who lives nearby, by phone or in person. ", 9),
			Tags: []string{"Money", "Health"}, Contact: domain.ServiceContact{Phones: []domain.ServicePhone{{Number: "020 7946 0001"}}, Emails: []string{"hello@example.org"}, Web: "https://example.org"},
			Places: []domain.ServicePlace{{Name: "Hall, Stratford", Postcode: "E15 1AA"}}, Assured: storetestDay - 100,
		}
	}
	return all
}

const storetestDay = exampleDay

// feedTold imports a feed as the program does, a page at a time.
func feedTold(t testing.TB, s *store.Store, feed string, all []domain.Service) {
	t.Helper()
	for from := 0; from < len(all); from += 100 {
		storetest.Do(t, s, domain.TellServices{Office: s.OfficeID(), Feed: feed, Services: all[from:min(from+100, len(all))], Next: from/100 + 2})
	}
	storetest.Do(t, s, domain.TellServices{Office: s.OfficeID(), Feed: feed})
}

// TestDirectoryIsKept writes a directory beside people, and finds both again after the
// store was closed, checked, rebuilt and copied; its people are not touched by it.
func TestDirectoryIsKept(t *testing.T) {
	s := storetest.New(t)
	id := storetest.Join(t, s, "Jo Marsden")
	before, err := s.Participant(id)
	if err != nil {
		t.Fatal(err)
	}
	feedTold(t, s, "newham", manyServices(250))
	seen := map[string]bool{}
	for _, one := range manyServices(240) {
		seen[one.ID] = true
	}
	storetest.Do(t, s, domain.LoseServices{Office: s.OfficeID(), Feed: "newham", Seen: seen})
	storetest.Do(t, s, domain.SignpostTo{Participant: id, Text: "Service number 7", Service: domain.ServiceKey("newham", "s-7"), Feed: "newham"})
	want, err := s.Directory()
	if err != nil || len(want.Listings) != 250 || s.DirectoryRecords() == 0 {
		t.Fatalf("%d services, %d records, %v", len(want.Listings), s.DirectoryRecords(), err)
	}
	if !want.Gone(domain.ServiceKey("newham", "s-245")) || want.Gone(domain.ServiceKey("newham", "s-7")) {
		t.Error("what vanished is not marked, or more than that is")
	}
	if found, err := s.Check(); err != nil || len(found) > 0 {
		t.Errorf("check: %v, %v", found, err)
	}
	if err := s.Rebuild(); err != nil {
		t.Error(err)
	}
	path := s.Path()
	shut(t, s)
	s, err = store.Open(path, storetest.Passphrase, storetest.Options())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if got, err := s.Directory(); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("the directory came back different: %v", err)
	}
	after, err := s.Participant(id)
	if err != nil || len(after.Past()) != len(before.Past())+2 || after.Signposts[0].Service != domain.ServiceKey("newham", "s-7") {
		t.Errorf("the person: %d records, %v", len(after.Past()), err)
	}
	if rows, err := s.Rows(); err != nil || len(rows) != 1 {
		t.Errorf("%d rows, %v", len(rows), err)
	}
}

// TestDirectorySurvivesErasureAndSalvage: somebody is erased and the file is salvaged,
// and the directory is as it was.
func TestDirectorySurvivesErasureAndSalvage(t *testing.T) {
	s := storetest.New(t)
	storetest.Join(t, s, "Jo Marsden")
	gone := storetest.Join(t, s, "Sam Finch")
	feedTold(t, s, "newham", manyServices(130))
	want, err := s.Directory()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Erase(gone, domain.AskedToErase, storetest.Passphrase); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Directory(); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("after an erasure: %v", err)
	}
	copied := filepath.Join(t.TempDir(), "copy.coach")
	if err := s.Backup(copied); err != nil {
		t.Fatal(err)
	}
	saved, err := store.Salvage(copied, storetest.Passphrase, storetest.Options())
	if err != nil || saved.Lost != 0 {
		t.Fatalf("%+v, %v", saved, err)
	}
	again, err := store.Open(copied, storetest.Passphrase, storetest.Options())
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if got, err := again.Directory(); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("after a salvage: %v", err)
	}
}

// TestDirectoryOfAnotherOffice refuses what is not for this desk.
func TestDirectoryOfAnotherOffice(t *testing.T) {
	s := storetest.New(t)
	_, err := s.Do(domain.Batch{ID: s.NewID(), Commands: []domain.Command{domain.TellServices{Office: example(77), Feed: "x", Services: manyServices(1)}}})
	if err == nil || !strings.Contains(err.Error(), "another office") {
		t.Errorf("%v", err)
	}
}

func benchDirectory(b *testing.B) *store.Store {
	b.Helper()
	o := storetest.Options()
	o.NoSync = false
	s, _, err := store.Create(filepath.Join(b.TempDir(), "desk.coach"), storetest.Founding(), o)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	return s
}

func BenchmarkDirectoryImport5000(b *testing.B) {
	all := manyServices(5000)
	for b.Loop() {
		feedTold(b, benchDirectory(b), "newham", all)
	}
}

func BenchmarkDirectoryOpen5000(b *testing.B) {
	s := benchDirectory(b)
	feedTold(b, s, "newham", manyServices(5000))
	for b.Loop() {
		if d, err := s.Directory(); err != nil || len(d.Listings) != 5000 {
			b.Fatal(len(d.Listings), err)
		}
	}
}

// BenchmarkDirectoryBeside is what a directory costs a desk that opens its rows.
func BenchmarkDirectoryBeside5000(b *testing.B) {
	s := benchDirectory(b)
	storetest.Join(b, s, "Jo Marsden")
	feedTold(b, s, "newham", manyServices(5000))
	path := s.Path()
	_ = s.Close()
	for b.Loop() {
		s, err := store.Open(path, storetest.Passphrase, storetest.Options())
		if err != nil {
			b.Fatal(err)
		}
		if _, err := s.Rows(); err != nil {
			b.Fatal(err)
		}
		_ = s.Close()
	}
}
