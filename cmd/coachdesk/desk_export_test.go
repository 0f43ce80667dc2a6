package main

import (
	"strings"
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/filter"
	"coachdesk/store/storetest"
	"coachdesk/ui/screen"
)

// TestExportOfThoseWhoAreMarked holds that the filter of a list of chosen people finds
// them and nobody else.
func TestExportOfThoseWhoAreMarked(t *testing.T) {
	s := storetest.New(t)
	d, err := newDesk(s, scriptWorld())
	if err != nil {
		t.Fatal(err)
	}
	var all []domain.ID
	for range 40 {
		id := s.NewID()
		all = append(all, id)
		if _, err := s.Do(domain.Batch{ID: s.NewID(), Commands: []domain.Command{domain.Join{ID: id, Facts: map[domain.Fact]string{domain.FactName: "Sam Example"}}}}); err != nil {
			t.Fatal(err)
		}
	}
	args, name, err := d.exportArgs(screen.ExportOf{What: domain.ExportPeople, Format: "csv", People: all[3:6]})
	if err != nil || name != "people.csv" {
		t.Fatal(name, err)
	}
	q, wrong := filter.Parse(strings.Join(args[4:], " "))
	if wrong != nil {
		t.Fatal(wrong)
	}
	rows, err := d.Rows()
	if err != nil {
		t.Fatal(err)
	}
	queue, found := d.Queue(), 0
	for i := range rows {
		j := queue.Judge(rows[i])
		if q.Match(&j, queue.Today) {
			found++
		}
	}
	if found != 3 {
		t.Errorf("%d of %q", found, args)
	}
}
