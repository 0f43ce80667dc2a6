package store_test

import (
	"errors"
	"testing"

	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/bundle"
	"coachdesk/store/storetest"
)

// Whatever a known sender signs, a desk takes it or refuses it, and is sound afterwards.
func FuzzTake(f *testing.F) {
	made := func(seed byte, name string) *store.Store {
		founding, o := storetest.Founding(), storetest.Options()
		founding.Person, o.Dice = name, storetest.NewDice(seed)
		s, _, err := store.Create(f.TempDir()+"/desk.coach", founding, o)
		if err != nil {
			f.Fatal(err)
		}
		f.Cleanup(func() { _ = s.Close() })
		return s
	}
	a, b := made(81, "Ann Clark"), made(82, "Bo Hale")
	introduce(f, a, b)
	ids := populate(f, a, 2)
	take(f, b, pack(f, a, b, allOf(ids...)...))
	good := envelope(f, claim(b, ids[0], 50), domain.FactAdded{Fact: domain.FactStrengths, Text: "a line"})
	f.Add(good.Name, good.Value, false, []byte(nil))
	f.Add(good.Name, good.Value, true, make([]byte, 32))
	mark := envelope(f, claim(b, ids[0], 51), domain.Emptied{Class: domain.KeepFitNote})
	f.Add(mark.Name, mark.Value, false, []byte(nil))
	f.Fuzz(func(t *testing.T, name, value []byte, sealed bool, key []byte) {
		p := bundle.Person{ID: ids[0], Records: 1}
		if len(key) > 0 {
			p.Keys = map[byte][]byte{0: key}
		}
		file := forged{people: []bundle.Person{p}, records: [][]bundle.Record{{{Name: name, Sealed: sealed, Value: value}}}}.seal(t, b, a)
		_, err := tryTake(a, file)
		var no domain.Refusal
		if err != nil && !errors.As(err, &no) {
			t.Fatal(err)
		}
		storetest.Audit(t, a)
	})
}
