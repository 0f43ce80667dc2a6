package main

import (
	"errors"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"coachdesk/assets"
	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/catalogue"
	"coachdesk/store"
	"coachdesk/ui/screen"
)

// desk gives the screens what they ask of the world: the store, with the rows held
// in memory once they were read. What a screen asks while it draws (who sits here,
// what day it is) is answered from memory: the store may be busy for seconds when
// another process writes, and the screen must not wait for it.
type desk struct {
	st      *store.Store
	world   world
	rules   domain.Rules
	plans   domain.Planning
	keep    domain.RetentionRules
	talks   domain.SessionRules
	known   catalogue.Catalogue // of programmes
	figures domain.Figures
	work    domain.WorkRules

	readOnly string // why nothing can be written

	mu       sync.Mutex                // held while the store is asked
	rows     []domain.Row              // of each record
	lines    []domain.Row              // of each person, as lists show them
	seen     uint64                    // arrivals that the rows know
	booked   domain.Diary              // read off the lines
	bookedAt uint64                    // when seen was one less
	dropped  map[domain.ID]bool        // drafts whose commands succeeded: never kept again
	adrift   map[domain.ID]store.Draft // drafts that the store did not take, as on a full disk
	held     [][]byte                  // sealed drafts that wait for a store that can take them

	shelf shelf

	glance sync.Mutex // held for a moment
	here   around
	lost   string                          // why the store cannot be used any more
	whys   map[domain.ID]domain.LookReason // why records were opened that are not one's own case
	// unsaved says that drafts are adrift.
	unsaved bool
}

// around is what stands around every record: it changes rarely.
type around struct {
	who      domain.Person
	office   domain.Office
	settings domain.Desk
	cals     map[calendar.Nation]*calendar.Calendar

	programmes catalogue.Catalogue // with the office's own files over what is known
}

var _ screen.Desk = (*desk)(nil)

func newDesk(st *store.Store, w world) (*desk, error) {
	rules, err := readRules()
	if err != nil {
		return nil, err
	}
	keep, err := readRetention()
	if err != nil {
		return nil, err
	}
	talks, err := readSessions()
	if err != nil {
		return nil, err
	}
	plans, err := readPlanning()
	if err != nil {
		return nil, err
	}
	known, err := readCatalogue()
	if err != nil {
		return nil, err
	}
	figures, err := readFigures()
	if err != nil {
		return nil, err
	}
	work, err := readWork()
	if err != nil {
		return nil, err
	}
	readOnly := ""
	if st.ReadOnly() {
		readOnly = readOnlyWords
	}
	d := &desk{
		st: st, readOnly: readOnly, world: w, rules: rules, keep: keep, talks: talks, plans: plans, known: known, figures: figures, work: work,
		dropped: map[domain.ID]bool{}, adrift: map[domain.ID]store.Draft{},
	}
	d.look()
	return d, nil
}

// look asks the store what stands around; calendars are made anew only when the
// office's own days changed.
func (d *desk) look() {
	now := around{who: d.st.Who(), office: d.st.Office(), settings: d.st.Desk(), cals: d.around().cals, programmes: d.around().programmes}
	if now.cals == nil || !slices.Equal(now.office.Days, d.around().office.Days) {
		now.cals = calendarsOf(d.st)
	}
	if now.programmes.Programmes == nil || !slices.Equal(now.office.Files, d.around().office.Files) {
		now.programmes = now.office.Catalogue(d.known)
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
	err = d.felt(err)
	if err != nil || d.rows != nil && now == d.seen {
		return d.lines, err
	}
	if d.rows == nil || now-d.seen > few || !d.patch() {
		before := debug.SetGCPercent(eager) // what is read stays: sweeping between the rows finds nothing
		d.rows, err = d.st.Rows()
		debug.SetGCPercent(before)
		if err != nil {
			return nil, d.felt(err)
		}
	}
	d.seen, d.lines = now, domain.Lists(d.rows)
	d.look()
	return d.lines, nil
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
func (d *desk) Participant(id domain.ID) (domain.Participant, error) {
	p, err := d.st.Participant(id)
	return p, d.felt(err)
}

// Do implements screen.Desk.
func (d *desk) Do(b domain.Batch, draft domain.ID) (domain.Receipt, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	r, err := d.st.DoAndDrop(b, draft)
	if err != nil {
		return r, d.felt(err)
	}
	if !draft.IsZero() {
		d.dropped[draft] = true
		delete(d.adrift, draft)
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
	return d.felt(err)
}

// Office implements screen.Desk.
func (d *desk) Office() domain.Office { return d.around().office }

// Settings implements screen.Desk.
func (d *desk) Settings() domain.Desk { return d.around().settings }

// Subjects implements screen.Desk.
func (d *desk) Subjects() (office, seat domain.ID) { return d.st.OfficeID(), d.st.DeskID() }

// Changed implements screen.Desk. It is asked every second, so what the store did
// not take before is offered to it again here.
func (d *desk) Changed() (uint64, error) {
	d.offer()
	n, err := d.st.Changed()
	return n, d.felt(err)
}

// Count implements screen.Desk.
func (d *desk) Count() int { return d.st.Count() }

// readOnlyWords are told on the first screen, and by every key that would write.
const readOnlyWords = "This store can only be read: its file may not be written by you. Nothing is recorded."

// ReadOnly implements screen.Desk.
func (d *desk) ReadOnly() string { return d.readOnly }

// Looked implements screen.Desk.
func (d *desk) Looked(l domain.Look) {
	d.glance.Lock()
	if d.whys == nil {
		d.whys = map[domain.ID]domain.LookReason{}
	}
	d.whys[l.Participant] = l.Reason
	d.glance.Unlock()
	if d.readOnly == "" {
		d.st.Looked(l)
	}
}

// reason is why somebody's record was opened last; nothing for one's own case.
func (d *desk) reason(of domain.ID) domain.LookReason {
	d.glance.Lock()
	defer d.glance.Unlock()
	return d.whys[of]
}

// Demo implements screen.Desk.
func (d *desk) Demo() bool { return d.st.Demo() }

// felt notes that a store is lost for this process: every further operation would
// meet the same error.
func (d *desk) felt(err error) error {
	if errors.Is(err, store.ErrReplaced) {
		d.glance.Lock()
		defer d.glance.Unlock()
		d.lost = "The store was replaced by another one, or its keys were changed."
	}
	return err
}

// Lost implements screen.Desk.
func (d *desk) Lost() string {
	d.glance.Lock()
	defer d.glance.Unlock()
	return d.lost
}

// Queue implements screen.Desk.
func (d *desk) Queue() domain.Queue {
	here := d.around()
	q := queueAt(d.world.now(), d.st.Today(), here.settings.Nation(), d.rules, here.cals)
	q.Retention, q.Sessions, q.Planning, q.Catalogue = d.keep, d.talks, d.plans, here.programmes
	q.Figures, q.Work = d.figures, d.work
	q.Me, q.Name, q.Advises = here.who.ID, here.who.Name, here.who.Role.MayAdvise()
	q.Named = func(id domain.ID) string { return here.office.Named(id).Name }
	return q
}

// Stamp implements screen.Desk.
func (d *desk) Stamp() domain.Stamp {
	here := d.around()
	return domain.Stamp{
		At: d.world.now(), Today: d.st.Today(), Calendar: here.cals[here.settings.Nation()], By: here.who.ID, Name: here.who.Name, Role: here.who.Role,
		Demo: d.st.Demo(), New: d.st.NewID,
	}
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
