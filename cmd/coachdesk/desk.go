package main

import (
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"coachdesk/assets"
	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/store"
	"coachdesk/ui/screen"
)

// desk gives the screens what they ask of the world: the store, with the rows held
// in memory once they were read. What a screen asks while it draws (who sits here,
// what day it is) is answered from memory: the store may be busy for seconds when
// another process writes, and the screen must not wait for it.
type desk struct {
	st    *store.Store
	world world
	rules domain.Rules

	mu      sync.Mutex // held while the store is asked
	rows    []domain.Row
	seen    uint64             // arrivals that the rows know
	dropped map[domain.ID]bool // drafts whose commands succeeded: never kept again

	glance sync.Mutex // held for a moment
	here   around
}

// around is what stands around every record: it changes rarely.
type around struct {
	who      domain.Person
	office   domain.Office
	settings domain.Desk
	cals     map[calendar.Nation]*calendar.Calendar
}

var _ screen.Desk = (*desk)(nil)

func newDesk(st *store.Store, w world) (*desk, error) {
	rules, err := readRules()
	if err != nil {
		return nil, err
	}
	d := &desk{st: st, world: w, rules: rules, dropped: map[domain.ID]bool{}}
	d.look()
	return d, nil
}

// look asks the store what stands around; calendars are made anew only when the
// office's own days changed.
func (d *desk) look() {
	now := around{who: d.st.Who(), office: d.st.Office(), settings: d.st.Desk(), cals: d.around().cals}
	if now.cals == nil || !slices.Equal(now.office.Days, d.around().office.Days) {
		now.cals = calendarsOf(d.st)
	}
	d.glance.Lock()
	defer d.glance.Unlock()
	d.here = now
}

func (d *desk) around() around {
	d.glance.Lock()
	defer d.glance.Unlock()
	return d.here
}

// eager is how far memory may grow, in percent, while everybody is read.
const eager = 400

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
		before := debug.SetGCPercent(eager) // what is read stays: sweeping between the rows finds nothing
		d.rows, err = d.st.Rows()
		debug.SetGCPercent(before)
		if err != nil {
			return nil, err
		}
	}
	d.seen = now
	d.look()
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
	if err != nil {
		return r, err
	}
	if !draft.IsZero() {
		d.dropped[draft] = true
	}
	d.look()
	return r, nil
}

// NewID implements screen.Desk.
func (d *desk) NewID() domain.ID { return d.st.NewID() }

// Who implements screen.Desk.
func (d *desk) Who() domain.Person { return d.around().who }

// As implements screen.Desk.
func (d *desk) As(person domain.ID) error {
	err := d.st.As(person)
	d.look()
	return err
}

// Office implements screen.Desk.
func (d *desk) Office() domain.Office { return d.around().office }

// Settings implements screen.Desk.
func (d *desk) Settings() domain.Desk { return d.around().settings }

// Subjects implements screen.Desk.
func (d *desk) Subjects() (office, seat domain.ID) { return d.st.OfficeID(), d.st.DeskID() }

// Changed implements screen.Desk.
func (d *desk) Changed() (uint64, error) { return d.st.Changed() }

// Count implements screen.Desk.
func (d *desk) Count() int { return d.st.Count() }

// Demo implements screen.Desk.
func (d *desk) Demo() bool { return d.st.Demo() }

// Lock implements screen.Desk.
func (d *desk) Lock() error { return d.st.Close() }

// Queue implements screen.Desk.
func (d *desk) Queue() domain.Queue {
	here := d.around()
	return queueAt(d.world.now(), d.st.Today(), here.settings.Nation(), d.rules, here.cals)
}

// Stamp implements screen.Desk.
func (d *desk) Stamp() domain.Stamp {
	here := d.around()
	return domain.Stamp{
		At: d.world.now(), Today: d.st.Today(), Calendar: here.cals[here.settings.Nation()], By: here.who.ID, Name: here.who.Name, Role: here.who.Role,
		Demo: d.st.Demo(), New: d.st.NewID,
	}
}

// Drafts implements screen.Desk. Everybody finds only what they wrote themselves.
func (d *desk) Drafts() ([]domain.Draft, error) {
	all, err := d.st.Drafts()
	out := make([]domain.Draft, 0, len(all))
	for _, one := range all {
		if one.By != d.Who().ID {
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

func calendarsOf(st *store.Store) map[calendar.Nation]*calendar.Calendar {
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

// queueAt returns what judges who needs the coach at a moment.
func queueAt(now time.Time, today calendar.Day, nation calendar.Nation, rules domain.Rules, cals map[calendar.Nation]*calendar.Calendar) domain.Queue {
	return domain.Queue{Today: today, Minute: now.Hour()*60 + now.Minute(), Rules: rules, Calendars: cals, Nation: nation}
}
