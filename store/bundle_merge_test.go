package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/bundle"
	"coachdesk/store/storetest"
)

// Whoever was erased here stays erased, whoever sends them: the others are taken.
func TestMergeErasedStaysErased(t *testing.T) {
	a, b := deskOf(t, 51, "Ann Clark", domain.Coach), deskOf(t, 52, "Bo Hale", domain.Coach)
	introduce(t, a, b)
	ids := populate(t, a, 2)
	take(t, b, pack(t, a, b, allOf(ids...)...))
	if _, err := b.Erase(ids[0], domain.AskedToErase, storetest.Passphrase); err != nil {
		t.Fatal(err)
	}
	storetest.Do(t, a, domain.TakeNote{Participant: ids[0], Text: "More."}, domain.TakeNote{Participant: ids[1], Text: "More."})
	p, err := b.Unpack(bytes.NewReader(pack(t, a, b, allOf(ids...)...)), "")
	if err != nil {
		t.Fatal(err)
	}
	if !p.People[0].Erased || p.People[0].New != 0 || p.People[1].New != 1 {
		t.Errorf("it tells %+v", p.People)
	}
	told, err := b.Take(p, domain.Batch{})
	if err != nil || told.Erased != 1 || told.New != 1 {
		t.Errorf("%+v %v", told, err)
	}
	if rows, err := b.Rows(); err != nil || len(rows) != 1 {
		t.Errorf("%d rows: %v", len(rows), err)
	}
	before := state(t, b)
	_, err = tryTake(b, pack(t, a, b, allOf(ids[0])...))
	refused(t, err, "was erased here")
	if state(t, b) != before {
		t.Error("something was changed")
	}
}

// What was kept long enough stays empty, also when somebody still has it; and a
// colleague who says so takes the content away here too.
func TestMergeEmptiedStaysEmpty(t *testing.T) {
	a, b := deskOf(t, 53, "Ann Clark", domain.Lead), deskOf(t, 54, "Bo Hale", domain.Lead)
	p := deskOf(t, 55, "Pat Reed", domain.Provider)
	introduce(t, a, b, p)
	id := storetest.Join(t, a, "Jo Day")
	storetest.Do(t, a, domain.RecordFitNote{Participant: id, Option: domain.NotFit, From: exampleDay - 60, To: exampleDay - 40, Comments: "KINGFISHER"})
	take(t, b, pack(t, a, b, allOf(id)...))
	stale := pack(t, b, a, allOf(id)...)
	if n, _, err := a.EraseParts(id, domain.KeepFitNote, exampleDay-22, storetest.Passphrase); err != nil || n != 1 {
		t.Fatalf("%d %v", n, err)
	}
	told := take(t, a, stale)
	if told.New+told.Waiting != 0 || bytes.Contains([]byte(fmt.Sprint(sharedOf(t, a, id))), []byte("KINGFISHER")) {
		t.Errorf("it came back: %+v", told)
	}
	told = take(t, b, pack(t, a, b, allOf(id)...))
	if told.People[0].Emptied != 1 || !slices.Equal(sharedOf(t, a, id), sharedOf(t, b, id)) {
		t.Errorf("there it stays: %+v", told)
	}
	// Somebody who never had it gets the mark; what was erased before it comes, too, is
	// emptied as it comes.
	x := deskOf(t, 56, "Cy Stone", domain.Lead)
	introduce(t, x, a)
	storetest.Do(t, x, domain.EraseParts{Office: x.OfficeID(), Participant: id, Class: domain.KeepFitNote, Before: exampleDay - 22})
	y := deskOf(t, 57, "Di Wren", domain.Coach)
	introduce(t, x, y)
	storetest.Do(t, y, domain.AddContact{Office: y.OfficeID(), Contact: contactOf(t, b), Own: contactOf(t, y).Recipient})
	take(t, y, stillHeld(t, b, y, id))
	take(t, x, pack(t, y, x, allOf(id)...))
	if bytes.Contains([]byte(fmt.Sprint(sharedOf(t, x, id))), []byte("KINGFISHER")) {
		t.Error("what was erased here came in")
	}
}

// stillHeld is a bundle with a fit note that was kept too long.
func stillHeld(t testing.TB, from, to *store.Store, id domain.ID) []byte {
	t.Helper()
	r := claim(from, id, 70)
	return forged{people: []bundle.Person{{ID: id, Records: 2}}, records: [][]bundle.Record{{
		envelope(t, r, domain.Joined{Facts: map[domain.Fact]string{domain.FactName: "Jo Day"}}),
		envelope(t, seq(r, 71), domain.FitNoteRecorded{ID: example(1), Option: domain.NotFit, From: exampleDay - 60, To: exampleDay - 40, Comments: "KINGFISHER"}),
	}}}.seal(t, from, to)
}

func seq(r domain.Record, n uint64) domain.Record {
	r.Seq = n
	return r
}

// Two records of one name are never merged by luck: the second waits, is told, and goes
// when somebody has looked at it, or with the person.
func TestMergeQuarantineDiffering(t *testing.T) {
	a, b, c := deskOf(t, 61, "Ann Clark", domain.Coach), deskOf(t, 62, "Bo Hale", domain.Coach), deskOf(t, 63, "Cy Stone", domain.Coach)
	introduce(t, a, b, c)
	id := populate(t, a, 1)[0]
	take(t, b, pack(t, a, b, allOf(id)...))
	storetest.Do(t, b, domain.TakeNote{Participant: id, Text: "Rang."})
	take(t, a, pack(t, b, a, allOf(id)...))
	past := person(t, a, id).Past()
	last := past[len(past)-1]
	if last.Desk != b.Facts().Desk {
		t.Fatalf("the last record is of desk %s", last.Desk)
	}
	before := sharedOf(t, a, id)
	other := last
	other.Command = c.NewID()
	lie := func(text string) []byte {
		return forged{people: []bundle.Person{{ID: id, Records: 1}}, records: [][]bundle.Record{{envelope(t, other, domain.FactAdded{Fact: domain.FactStrengths, Text: text})}}}.seal(t, c, a)
	}
	told := take(t, a, lie("another story"))
	if told.Waiting != 1 || told.New != 0 || told.People[0].Differing != 1 {
		t.Errorf("taken: %+v", told)
	}
	if again := take(t, a, lie("another story")); again.Waiting != 0 {
		t.Errorf("it waits twice: %+v", again)
	}
	take(t, a, lie("a third story"))
	waiting, err := a.Quarantine()
	if err != nil || len(waiting) != 2 || a.Waits() != 2 {
		t.Fatalf("%d wait: %v", len(waiting), err)
	}
	if w := waiting[0]; w.Why != store.WaitsDiffering || w.From != c.Who().ID || w.Record.Subject.ID != id || w.Bundle.IsZero() || w.Since.IsZero() {
		t.Errorf("it tells %+v", w)
	}
	if !slices.Equal(sharedOf(t, a, id), before) {
		t.Error("the record was changed")
	}
	for n := range 12 { // mischief fills no disk
		take(t, a, lie(fmt.Sprint("story ", n)))
	}
	if n := a.Waits(); n != 8 {
		t.Errorf("%d wait", n)
	}
	storetest.Audit(t, a)
	agrees(t, a)
	if n, err := a.Dismiss(id); err != nil || n != 8 || a.Waits() != 0 {
		t.Errorf("%d %v", n, err)
	}
	take(t, a, lie("another story"))
	if _, err := a.Erase(id, domain.AskedToErase, storetest.Passphrase); err != nil {
		t.Fatal(err)
	}
	if waiting, err := a.Quarantine(); err != nil || len(waiting) != 0 {
		t.Errorf("of somebody erased %d wait: %v", len(waiting), err)
	}
}

// A record from too far in the future waits, and comes in when its time has come; the
// clock of this desk is not dragged along.
func TestMergeQuarantineAhead(t *testing.T) {
	now := storetest.NewClock(storetest.Begin)
	far := storetest.NewClock(storetest.Begin)
	a := deskOf(t, 64, "Ann Clark", domain.Coach, storetest.With(func(o *store.Options) { o.Now = far.Now }))
	b := deskOf(t, 65, "Bo Hale", domain.Coach, storetest.With(func(o *store.Options) { o.Now = now.Now }))
	introduce(t, a, b)
	id := populate(t, a, 1)[0]
	far.Set(storetest.Begin.Add(40 * time.Hour))
	storetest.Do(t, a, domain.TakeNote{Participant: id, Text: "From the day after tomorrow."})
	late := storetest.Join(t, a, "Jo Late") // nobody but the future knows them
	told := take(t, b, pack(t, a, b, allOf(id, late)...))
	if told.Waiting != 2 || told.People[0].Ahead != 1 || told.New == 0 {
		t.Errorf("taken: %+v", told)
	}
	note := storetest.Do(t, b, domain.TakeNote{Participant: id, Text: "Now."})
	if ahead := note.Records[0].At().Sub(storetest.Begin); ahead > 24*time.Hour {
		t.Errorf("the clock is %s ahead", ahead)
	}
	if rows, err := b.Rows(); err != nil || len(rows) != 1 {
		t.Errorf("%d rows: %v", len(rows), err)
	}
	agrees(t, b)
	if n, err := b.LetIn(); err != nil || n != 0 || b.Waits() != 2 {
		t.Errorf("let in too early: %d %v", n, err)
	}
	path := b.Path()
	backup := path + ".copy"
	if err := b.Backup(backup); err != nil {
		t.Fatal(err)
	}
	for _, way := range []string{"by opening", "by the next bundle"} {
		t.Run(way, func(t *testing.T) {
			file := copied(t, backup)
			o := storetest.Options()
			clock := storetest.NewClock(storetest.Begin.Add(20 * time.Hour))
			o.Now = clock.Now
			if way == "by the next bundle" {
				clock.Set(storetest.Begin)
			}
			x, err := store.Open(file, storetest.Passphrase, o)
			if err != nil {
				t.Fatal(err)
			}
			defer shut(t, x)
			if way == "by the next bundle" {
				clock.Set(storetest.Begin.Add(20 * time.Hour))
				take(t, x, pack(t, a, x, allOf(id)...))
			}
			if x.Waits() != 0 {
				t.Errorf("%d wait", x.Waits())
			}
			if rows, err := x.Rows(); err != nil || len(rows) != 2 || rows[1].Name != "Jo Late" {
				t.Errorf("%+v %v", rows, err)
			}
			storetest.Audit(t, x)
			agrees(t, x)
			// They were let in under the key that came with them.
			if got := sharedOf(t, x, late); !slices.Equal(got, sharedOf(t, a, late)) {
				t.Error("they differ")
			}
		})
	}
}

// A copy for oneself brings back what a restored store lacks, private scopes and all;
// and what went to a colleague comes back from there.
func TestMergeAfterRestore(t *testing.T) {
	a, b := deskOf(t, 66, "Ann Clark", domain.Coach), deskOf(t, 67, "Bo Hale", domain.Coach)
	introduce(t, a, b)
	id := private(t, a)
	backup := a.Path() + ".backup"
	if err := a.Backup(backup); err != nil {
		t.Fatal(err)
	}
	storetest.Do(t, a, domain.TakeNote{Participant: id, Text: "Later.\n\n[coach only] The later " + coachCanary + ".\n"})
	gone := private(t, a)
	take(t, b, pack(t, a, b, allOf(id)...))
	own := ownBundle(t, a, id, gone)
	want := tellOf(t, a, id, gone)
	shut(t, a)
	if _, err := store.Restore(backup, a.Path(), storetest.Passphrase, storetest.Options()); err != nil {
		t.Fatal(err)
	}
	x := reopen(t, a.Path())
	defer shut(t, x)
	if told := take(t, x, pack(t, b, x, allOf(id)...)); told.New != 1 || tellOf(t, x, id) == tellOf(t, b, id) {
		t.Errorf("from Bo came %+v", told)
	}
	told := take(t, x, own)
	if told.New == 0 || tellOf(t, x, id, gone) != want {
		t.Errorf("not all came back: %+v", told)
	}
	storetest.Do(t, x, domain.TakeNote{Participant: id, Text: "On."})
	storetest.Audit(t, x)
	agrees(t, x)
}

// tellOf writes down all records of some people.
func tellOf(t testing.TB, s *store.Store, ids ...domain.ID) string {
	t.Helper()
	text := ""
	for _, id := range ids {
		past, err := s.History(domain.About(id))
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range past {
			text += fmt.Sprintln(r.Desk, r.Seq, r.Scope, r.Kind, r.Body)
		}
	}
	return text
}

// A store that was put back by hand to an older copy of itself would write under names
// that it used before: what it lacks is refused, with what to do.
func TestMergeRolledBackByHand(t *testing.T) {
	a, b := deskOf(t, 68, "Ann Clark", domain.Coach), deskOf(t, 69, "Bo Hale", domain.Coach)
	introduce(t, a, b)
	id := populate(t, a, 1)[0]
	shut(t, a)
	old := copied(t, a.Path())
	a = reopen(t, a.Path())
	storetest.Do(t, a, domain.TakeNote{Participant: id, Text: "Later."})
	take(t, b, pack(t, a, b, allOf(id)...))
	back := pack(t, b, a, allOf(id)...)
	shut(t, a)
	x := reopen(t, old)
	defer shut(t, x)
	_, err := tryTake(x, back)
	refused(t, err, "coachdesk restore")
}

// Between the first person and the last a bundle may be broken off; then nothing of it
// is there.
func TestBundleBrokenOff(t *testing.T) {
	a, b := deskOf(t, 70, "Ann Clark", domain.Coach), deskOf(t, 71, "Bo Hale", domain.Coach)
	introduce(t, a, b)
	ids := populate(t, a, 30)
	ctx, stop := context.WithCancel(context.Background())
	var seen []int
	at := func(n int) store.Progress {
		return func(done, of int) {
			seen = append(seen, done)
			if of != 30 {
				t.Errorf("%d of %d", done, of)
			}
			if done >= n {
				stop()
			}
		}
	}
	whole := pack(t, a, b, allOf(ids...)...)
	before := state(t, b)
	if _, err := b.UnpackContext(ctx, bytes.NewReader(whole), "", at(7)); !errors.Is(err, context.Canceled) || len(seen) != 7 {
		t.Errorf("unpacking: %v after %v", err, seen)
	}
	p, err := b.Unpack(bytes.NewReader(whole), "")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop = context.WithCancel(context.Background())
	if _, err := b.TakeContext(ctx, p, domain.Batch{}, at(20)); !errors.Is(err, context.Canceled) {
		t.Errorf("taking: %v", err)
	}
	if state(t, b) != before {
		t.Error("a part of it was taken")
	}
	ctx, stop = context.WithCancel(context.Background())
	stop()
	if _, err := a.PackContext(ctx, &bytes.Buffer{}, store.Outgoing{ID: a.NewID(), Kind: domain.BundleCopy, To: []domain.Contact{contactOf(t, b)}, People: allOf(ids...)}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("packing: %v", err)
	}
	if told, err := b.Take(p, domain.Batch{}); err != nil || len(told.People) != 30 {
		t.Errorf("afterwards: %v", err)
	}
}

// The commands of a batch happen with the bundle, or neither does.
func TestTakeWithCommands(t *testing.T) {
	a, b := deskOf(t, 72, "Ann Clark", domain.Coach), deskOf(t, 73, "Bo Hale", domain.Coach)
	introduce(t, a, b)
	id := populate(t, a, 1)[0]
	file := pack(t, a, b, allOf(id)...)
	before := state(t, b)
	_, err := tryTake(b, file, domain.TakeNote{Participant: id, Text: ""})
	var no domain.Refusal
	if !errors.As(err, &no) || state(t, b) != before {
		t.Errorf("a command was refused, and the bundle taken: %v", err)
	}
	told := take(t, b, file, domain.TakeNote{Participant: id, Text: "Taken on."})
	if n := len(told.Receipt.Records); n < 3 {
		t.Errorf("the receipt has %d records", n)
	}
	opened, ok := b.Office().OpenedBundle(told.ID)
	if !ok || opened.From != a.Who().ID || opened.New != told.New || !slices.Equal(opened.People, []domain.ID{id}) {
		t.Errorf("it is remembered as %+v", opened)
	}
	if got := person(t, b, id).Past(); got[len(got)-1].Desk != b.Facts().Desk {
		t.Error("the note is missing")
	}
}

// acts are what people do at their desks, at random.
func act(t *testing.T, dice *rand.Rand, s *store.Store, ids []domain.ID) {
	t.Helper()
	id := ids[dice.IntN(len(ids))]
	if _, err := s.Participant(id); errors.Is(err, store.ErrNotFound) {
		return
	}
	p := person(t, s, id)
	c := []domain.Command{
		domain.TakeNote{Participant: id, Text: fmt.Sprintf("Line %d.\n> me: call by 27/11\n", dice.IntN(1000))},
		domain.TakeNote{Participant: id, Text: "Open.\n\n[coach only] closed\n> me: think\n\n[third party] a brother\n"},
		domain.NoteBarrier{Participant: id, Text: fmt.Sprintf("barrier %d", dice.IntN(5))},
		domain.Describe{Participant: id, Facts: map[domain.Fact]string{domain.FactPhone: fmt.Sprintf("07700 90012%d", dice.IntN(10))}},
		domain.SetGoal{Participant: id, Text: fmt.Sprintf("goal %d", dice.IntN(9))},
		domain.MakePromise{Participant: id, Owner: "coach", Text: "ring", Due: exampleDay + 3},
	}[dice.IntN(6)]
	if past := p.Past(); dice.IntN(6) == 0 {
		c = domain.Undo{Participant: id, Batch: past[dice.IntN(len(past))].Command}
	}
	_, err := s.Do(domain.Batch{ID: s.NewID(), Commands: []domain.Command{c}})
	var no domain.Refusal
	if err != nil && !errors.As(err, &no) {
		t.Fatal(err)
	}
}

// Whatever desks write, and in whichever order their bundles come, are lost or come
// twice: in the end all have the same shareable records, and the same rows of whoever has
// no private ones.
func TestMergeConverges(t *testing.T) {
	for seed := range uint64(rounds(4, 60)) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			dice := rand.New(rand.NewPCG(seed, 5))
			desks := []*store.Store{
				deskOf(t, byte(100+3*seed), "Ann Clark", domain.Coach), deskOf(t, byte(101+3*seed), "Bo Hale", domain.Lead),
			}
			if seed%2 == 1 {
				desks = append(desks, deskOf(t, byte(102+3*seed), "Cy Stone", domain.Adviser))
			}
			introduce(t, desks...)
			var ids []domain.ID
			for i, s := range desks {
				ids = append(ids, storetest.Join(t, s, fmt.Sprintf("Person %d", i)), storetest.Join(t, s, fmt.Sprintf("Other %d", i)))
			}
			var travelling []struct {
				to   *store.Store
				file []byte
			}
			send := func(from, to *store.Store) {
				var people []store.Parcel
				for _, id := range ids {
					if _, err := from.Participant(id); err == nil {
						people = append(people, store.Parcel{ID: id})
					}
				}
				travelling = append(travelling, struct {
					to   *store.Store
					file []byte
				}{to, pack(t, from, to, people...)})
			}
			for range 60 {
				from := dice.IntN(len(desks))
				switch dice.IntN(6) {
				case 0:
					send(desks[from], desks[(from+1+dice.IntN(len(desks)-1))%len(desks)])
				case 1:
					if len(travelling) == 0 {
						continue
					}
					i := dice.IntN(len(travelling))
					_, err := tryTake(travelling[i].to, travelling[i].file)
					var no domain.Refusal
					if err != nil && (!errors.As(err, &no) || !contains(no.Why, "opened here before")) {
						t.Fatal(err)
					}
					if dice.IntN(3) > 0 { // else it may come again
						travelling = slices.Delete(travelling, i, i+1)
					}
				default:
					act(t, dice, desks[from], ids)
				}
			}
			for range 2 {
				travelling = nil
				for _, from := range desks {
					for _, to := range desks {
						if from != to {
							send(from, to)
						}
					}
				}
				for _, i := range dice.Perm(len(travelling)) {
					take(t, travelling[i].to, travelling[i].file)
				}
			}
			same(t, desks, ids)
		})
	}
}

// same compares what desks have of people.
func same(t *testing.T, desks []*store.Store, ids []domain.ID) {
	t.Helper()
	open := 0
	for _, id := range ids {
		want := sharedOf(t, desks[0], id)
		first, wantRow := openRow(t, desks[0], id)
		for i, s := range desks {
			if got := sharedOf(t, s, id); !slices.Equal(got, want) {
				t.Errorf("desk %d has %d shareable records, desk 0 %d", i, len(got), len(want))
			}
			private, row := openRow(t, s, id)
			first = first || private
			if !reflect.DeepEqual(row, wantRow) {
				t.Errorf("the open row of %s differs at desk %d:\n%+v\n%+v", id.Ref(4), i, row, wantRow)
			}
		}
		if first {
			continue
		}
		open++
		for i, s := range desks {
			if !reflect.DeepEqual(rowFor(t, s, id), rowFor(t, desks[0], id)) {
				t.Errorf("the row of %s differs at desk %d", id.Ref(4), i)
			}
		}
	}
	for _, s := range desks {
		storetest.Audit(t, s)
	}
	t.Logf("%d people, %d of them without anything private", len(ids), open)
}

// openRow is the row that the shareable records alone add up to, and whether there are
// others.
func openRow(t *testing.T, s *store.Store, id domain.ID) (private bool, row domain.Row) {
	t.Helper()
	past, err := s.History(domain.About(id))
	if err != nil {
		t.Fatal(err)
	}
	n := len(past)
	past = slices.DeleteFunc(past, func(r domain.Record) bool { return r.Scope.Private() })
	return len(past) < n, domain.Replay(domain.About(id), past).Row()
}

func rowFor(t *testing.T, s *store.Store, id domain.ID) domain.Row {
	t.Helper()
	rows, err := s.Rows()
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(rows, func(r domain.Row) bool { return r.ID == id })
	if i < 0 {
		return domain.Row{}
	}
	return rows[i]
}
