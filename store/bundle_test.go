package store_test

import (
	"slices"
	"testing"

	"coachdesk/domain"
	"coachdesk/store/storetest"
)

func TestBundleThereAndBack(t *testing.T) {
	a, b := deskOf(t, 11, "Ann Clark", domain.Coach), deskOf(t, 12, "Bo Hale", domain.Coach)
	introduce(t, a, b)
	ids := populate(t, a, 3)
	file := pack(t, a, b, allOf(ids[0], ids[1])...)
	told := take(t, b, file)
	if told.New == 0 || len(told.People) != 2 || told.People[0].Name != "Person 0" || told.Erased+told.Waiting != 0 {
		t.Errorf("taken: %+v", told)
	}
	rows, err := b.Rows()
	if err != nil || len(rows) != 2 {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	for _, id := range ids[:2] {
		if got, want := sharedOf(t, b, id), sharedOf(t, a, id); !slices.Equal(got, want) {
			t.Errorf("there are %d records of %d", len(got), len(want))
		}
		for _, r := range person(t, b, id).Past() {
			if r.Scope.Private() {
				t.Errorf("a record of scope %s came along", r.Scope)
			}
		}
	}
	if met := b.Office().Named(a.Who().ID); met.Name != "Ann Clark, Stratford" {
		t.Errorf("the writer is %q there", met.Name)
	}
	// What Bo writes goes back, and is under the seal that Ann has.
	storetest.Do(t, b, domain.TakeNote{Participant: ids[0], Text: "Rang on Monday.\n\n[coach only] unsure\n"})
	back := take(t, a, pack(t, b, a, allOf(ids[0])...))
	if back.New != 1 || back.People[0].Records <= 1 {
		t.Errorf("back came %+v", back)
	}
	if got, want := sharedOf(t, b, ids[0]), sharedOf(t, a, ids[0]); !slices.Equal(got, want) {
		t.Errorf("the two desks differ")
	}
	_, err = tryTake(b, file)
	refused(t, err, "was opened here before")
	// The same by another bundle is nothing new.
	if again := take(t, b, pack(t, a, b, allOf(ids[0])...)); again.New != 0 {
		t.Errorf("again: %+v", again)
	}
}
