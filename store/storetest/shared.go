package storetest

import (
	"reflect"
	"slices"
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// SharedAlone checks what a colleague at another desk makes of somebody's records: those of
// scope shareable alone. They add up to the same row, but for what private records made or
// changed; and when the private ones come as well, the whole record is there again.
func SharedAlone(t testing.TB, about domain.Subject, past []domain.Record) {
	t.Helper()
	var shared, private []domain.Record
	touched := map[domain.ID]bool{}
	for _, r := range past {
		if !r.Scope.Private() {
			shared = append(shared, r)
			continue
		}
		private = append(private, r)
		named(touched, reflect.ValueOf(r.Event))
	}
	whole, alone := domain.Replay(about, past), domain.Replay(about, shared)
	if got, want := openRow(alone.Row(), touched), openRow(whole.Row(), touched); !reflect.DeepEqual(got, want) {
		t.Errorf("%s: without %d private records the row is\n%+v\nand not\n%+v", about.ID, len(private), got, want)
	}
	merged := slices.Concat(private, shared)
	domain.Sort(merged)
	if !reflect.DeepEqual(domain.Replay(about, merged), whole) {
		t.Errorf("%s: when the private records came later, the record is another one", about.ID)
	}
}

// named gathers every ID that stands in an event.
func named(into map[domain.ID]bool, v reflect.Value) {
	if id, ok := v.Interface().(domain.ID); ok {
		into[id] = true
		return
	}
	switch v.Kind() {
	case reflect.Slice:
		for i := range v.Len() {
			named(into, v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			named(into, v.Field(i))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			named(into, v.Elem())
		}
	default:
	}
}

// openRow leaves of a row what private records have no part in.
func openRow(r domain.Row, touched map[domain.ID]bool) domain.Row {
	r.Records = 0
	r.Debts = slices.DeleteFunc(slices.Clone(r.Debts), func(d domain.Debt) bool { return touched[d.ID] })
	for i := range r.Debts {
		if r.Debts[i].Before != "" {
			r.Debts[i].Day = calendar.Day(0) // it may wait for an appointment that nobody else knows of
		}
	}
	r.Questions = slices.DeleteFunc(slices.Clone(r.Questions), func(q domain.RowAsk) bool { return touched[q.ID] || touched[q.Meets] && !q.Meets.IsZero() })
	if len(touched) > 0 {
		// Counts, and texts that bear no ID.
		r.Steps, r.Done, r.Barriers, r.Adjusts, r.Reviews, r.Kept, r.Advice = 0, 0, nil, nil, nil, nil, nil
	}
	if len(r.Debts) == 0 {
		r.Debts = nil
	}
	if len(r.Questions) == 0 {
		r.Questions = nil
	}
	return r
}
