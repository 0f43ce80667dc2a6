package main

import (
	"cmp"
	"path/filepath"
	"slices"

	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/ical"
	"coachdesk/ui/screen"
)

// Diary implements screen.Desk. It is read off the rows once for each change.
func (d *desk) Diary() (domain.Diary, error) {
	if _, err := d.Rows(); err != nil {
		return domain.Diary{}, err
	}
	here := d.around()
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.bookedAt != d.seen+1 {
		d.booked = domain.NewDiary(d.lines).At(here.settings, d.figures, here.cals[here.settings.Nation()])
		d.bookedAt = d.seen + 1 // zero is never
	}
	return d.booked, nil
}

// WriteCalendar implements screen.Desk.
func (d *desk) WriteCalendar(path string, of screen.Calendar) (string, error) {
	l, err := calendarText(d.st, of, ical.Options{Now: d.world.now(), Cancelled: of.Cancelled})
	if err != nil {
		return "", err
	}
	who := d.Who()
	d.Looked(domain.Look{At: d.world.now(), By: who.ID, Role: who.Role, Participant: of.Participant, Via: "calendar"})
	path, err = d.leave(l, target{path: path, name: l.name})
	if whole, e := filepath.Abs(path); err == nil && e == nil {
		path = whole // so that it is found, wherever the program was started
	}
	return path, err
}

// calendarOf gathers the appointments that are to be written, in the order of time.
// Nobody who was erased has a row; a restricted record leaves no reference. It returns
// whose they are, too.
func calendarOf(st *store.Store, of screen.Calendar) (events []ical.Event, people []domain.ID, err error) {
	ids, err := st.Everyone()
	if err != nil {
		return nil, nil, err
	}
	width := domain.RefLength(ids)
	unnamed := map[domain.ID]bool{}
	if of.Refs {
		if unnamed, err = restrictedRecords(st); err != nil {
			return nil, nil, err
		}
	}
	if !of.Participant.IsZero() {
		ids = []domain.ID{of.Participant}
	}
	for _, id := range ids {
		p, err := st.Participant(id)
		if err != nil {
			return nil, nil, err
		}
		had := len(events)
		if !p.Exists() {
			continue // joining was undone
		}
		ref := ""
		if of.Refs && !unnamed[id] {
			ref = id.Ref(width)
		}
		for _, a := range p.Appointments {
			switch {
			case !of.Appointment.IsZero() && a.ID != of.Appointment,
				!of.Whose.IsZero() && !slices.Contains(a.With, of.Whose),
				!of.From.IsZero() && a.Day < of.From, !of.To.IsZero() && a.Day > of.To,
				of.Cancelled != a.Ended():
				continue
			}
			events = append(events, ical.Event{Appointment: a, Ref: ref})
		}
		if len(events) > had {
			people = append(people, id)
		}
	}
	slices.SortFunc(events, func(a, b ical.Event) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Minute, b.Minute), a.ID.Compare(b.ID))
	})
	return events, people, nil
}

// restrictedRecords are those whose line in lists bears no name: restricted, or held
// together with one that is.
func restrictedRecords(st *store.Store) (map[domain.ID]bool, error) {
	rows, err := st.Rows()
	if err != nil {
		return nil, err
	}
	all := map[domain.ID]bool{}
	for _, r := range domain.Lists(rows) {
		for _, id := range r.RecordIDs() {
			all[id] = r.Restricted
		}
	}
	return all, nil
}
