package main

import (
	"sync"

	"coachdesk/assets"
	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/store"
	"coachdesk/ui/screen"
)

// desk gives the screens what they ask of the world: the store, with the rows held
// in memory once they were read.
type desk struct {
	st    *store.Store
	world world
	rules domain.Rules

	mu      sync.Mutex
	rows    []domain.Row
	seen    uint64 // arrivals that the rows know
	cals    map[calendar.Nation]*calendar.Calendar
	office  int                // days in the office's list when cals were made
	dropped map[domain.ID]bool // drafts whose commands succeeded: never kept again
}

var _ screen.Desk = (*desk)(nil)

func newDesk(st *store.Store, w world) (*desk, error) {
	rules, err := readRules()
	if err != nil {
		return nil, err
	}
	return &desk{st: st, world: w, rules: rules, dropped: map[domain.ID]bool{}}, nil
}

// few is up to how many people are read again one by one after a change.
const few = 64

// Rows implements screen.Desk. After a change only those whom it touched are read.
func (d *desk) Rows() ([]domain.Row, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	now, err := d.st.Changed()
	if err != nil || d.rows != nil && now == d.seen {
		return d.rows, err
	}
	if d.rows == nil || now-d.seen > few || !d.patch() {
		if d.rows, err = d.st.Rows(); err != nil {
			return nil, err
		}
	}
	d.seen = now
	return d.rows, nil
}

// patch replaces the rows of those whom new arrivals touched. It reports false when
// everything has to be read: somebody joined, or is gone.
func (d *desk) patch() bool {
	records, _, err := d.st.Since(d.seen)
	if err != nil {
		return false
	}
	touched := map[domain.ID]bool{}
	for _, r := range records {
		if r.Subject.Type == domain.AboutParticipant {
			touched[r.Subject.ID] = true
		}
	}
	rows := make([]domain.Row, len(d.rows))
	copy(rows, d.rows) // screens may still hold the old ones
	for i := range rows {
		if !touched[rows[i].ID] {
			continue
		}
		p, err := d.st.Participant(rows[i].ID)
		if err != nil || !p.Exists() {
			return false
		}
		rows[i] = p.Row()
		delete(touched, rows[i].ID)
	}
	if len(touched) > 0 {
		return false
	}
	d.rows = rows
	return true
}

// Participant implements screen.Desk.
func (d *desk) Participant(id domain.ID) (domain.Participant, error) { return d.st.Participant(id) }

// Do implements screen.Desk.
func (d *desk) Do(b domain.Batch, draft domain.ID) (domain.Receipt, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	r, err := d.st.DoAndDrop(b, draft)
	if err == nil && !draft.IsZero() {
		d.dropped[draft] = true
	}
	return r, err
}

// NewID implements screen.Desk.
func (d *desk) NewID() domain.ID { return d.st.NewID() }

// Who implements screen.Desk.
func (d *desk) Who() domain.Person { return d.st.Who() }

// As implements screen.Desk.
func (d *desk) As(person domain.ID) error { return d.st.As(person) }

// Office implements screen.Desk.
func (d *desk) Office() domain.Office { return d.st.Office() }

// Settings implements screen.Desk.
func (d *desk) Settings() domain.Desk { return d.st.Desk() }

// Subjects implements screen.Desk.
func (d *desk) Subjects() (office, seat domain.ID) { return d.st.OfficeID(), d.st.DeskID() }

// Changed implements screen.Desk.
func (d *desk) Changed() (uint64, error) { return d.st.Changed() }

// Demo implements screen.Desk.
func (d *desk) Demo() bool { return d.st.Demo() }

// Lock implements screen.Desk.
func (d *desk) Lock() error { return d.st.Close() }

// Queue implements screen.Desk.
func (d *desk) Queue() domain.Queue {
	d.mu.Lock()
	defer d.mu.Unlock()
	if n := len(d.st.Office().Days); d.cals == nil || n != d.office {
		d.cals, d.office = calendarsOf(d.st, d.world), n
	}
	return queueOf(d.st, d.rules, d.cals, d.world)
}

// Stamp implements screen.Desk.
func (d *desk) Stamp() domain.Stamp {
	who := d.st.Who()
	return domain.Stamp{
		At: d.world.now(), Today: d.st.Today(), Calendar: d.st.Calendar(), By: who.ID, Name: who.Name, Role: who.Role,
		Demo: d.st.Demo(), New: d.st.NewID,
	}
}

// Drafts implements screen.Desk. Everybody finds only what they wrote themselves.
func (d *desk) Drafts() ([]domain.Draft, error) {
	all, err := d.st.Drafts()
	out := make([]domain.Draft, 0, len(all))
	for _, one := range all {
		if one.By != d.st.Who().ID {
			continue
		}
		about, _ := domain.ParseID(one.Fields["about"])
		out = append(out, domain.Draft{ID: one.ID, Place: one.Place, Participant: one.Participant, About: about, By: one.By, At: one.At, Fields: one.Fields})
	}
	return out, err
}

// KeepDraft implements screen.Desk. A draft whose command succeeded meanwhile stays
// gone, however late its last pause comes.
func (d *desk) KeepDraft(one domain.Draft) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.dropped[one.ID] {
		return nil
	}
	if !one.About.IsZero() {
		one.Fields["about"] = one.About.String()
	}
	return d.st.KeepDraft(store.Draft{ID: one.ID, Place: one.Place, Participant: one.Participant, By: one.By, At: one.At, Fields: one.Fields})
}

// DropDraft implements screen.Desk.
func (d *desk) DropDraft(id domain.ID) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.st.DropDraft(id)
}

func calendarsOf(st *store.Store, _ world) map[calendar.Nation]*calendar.Calendar {
	days, err := calendar.ReadOneOffs(assets.Days())
	if err != nil {
		days = nil // the store was opened with the same list; it cannot fail here
	}
	days = append(days, st.Office().Days...)
	all := map[calendar.Nation]*calendar.Calendar{}
	for _, n := range []calendar.Nation{calendar.EnglandAndWales, calendar.Scotland, calendar.NorthernIreland} {
		cal := calendar.New(n, days)
		all[n] = &cal
	}
	return all
}

func queueOf(st *store.Store, rules domain.Rules, cals map[calendar.Nation]*calendar.Calendar, w world) domain.Queue {
	now := w.now()
	return domain.Queue{Today: st.Today(), Minute: now.Hour()*60 + now.Minute(), Rules: rules, Calendars: cals, Nation: st.Desk().Nation()}
}
