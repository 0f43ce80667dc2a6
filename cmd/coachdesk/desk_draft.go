package main

import (
	"errors"

	"coachdesk/domain"
	"coachdesk/store"
)

// Drafts implements screen.Desk. Everybody finds only what they wrote themselves.
func (d *desk) Drafts() ([]domain.Draft, error) {
	all, err := d.st.Drafts()
	err = d.felt(err)
	d.mu.Lock()
	defer d.mu.Unlock()
	out := make([]domain.Draft, 0, len(all)+len(d.adrift))
	for _, one := range all {
		if _, newer := d.adrift[one.ID]; !newer {
			out = d.mine(out, one)
		}
	}
	for _, one := range d.adrift {
		out = d.mine(out, one)
	}
	return out, err
}

func (d *desk) mine(out []domain.Draft, one store.Draft) []domain.Draft {
	if one.By != d.Who().ID {
		return out
	}
	about, _ := domain.ParseID(one.Fields["about"])
	return append(out, domain.Draft{ID: one.ID, Place: one.Place, Participant: one.Participant, About: about, By: one.By, At: one.At, Fields: one.Fields})
}

// KeepDraft implements screen.Desk. A draft whose command succeeded meanwhile stays
// gone, however late its last pause comes. One that the store does not take is held
// until it does.
func (d *desk) KeepDraft(one domain.Draft) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.dropped[one.ID] {
		return nil
	}
	if !one.About.IsZero() {
		one.Fields["about"] = one.About.String()
	}
	return d.put(store.Draft{ID: one.ID, Place: one.Place, Participant: one.Participant, By: one.By, At: one.At, Fields: one.Fields})
}

// put offers a draft to the store. The caller holds mu.
func (d *desk) put(one store.Draft) error {
	err := d.felt(d.st.KeepDraft(one))
	var no domain.Refusal
	switch {
	case err == nil:
		delete(d.adrift, one.ID)
	case !errors.As(err, &no):
		d.adrift[one.ID] = one
	}
	d.glance.Lock()
	defer d.glance.Unlock()
	d.unsaved = len(d.adrift) > 0
	return err
}

// Unsaved implements screen.Desk.
func (d *desk) Unsaved() bool {
	d.glance.Lock()
	defer d.glance.Unlock()
	return d.unsaved
}

// offer tries again what the store did not take.
func (d *desk) offer() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, one := range d.adrift {
		if d.put(one) != nil {
			return // the others would meet the same
		}
	}
}

// DropDraft implements screen.Desk.
func (d *desk) DropDraft(id domain.ID) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.adrift, id)
	d.dropped[id] = true // a late pause does not bring it back
	return d.felt(d.st.DropDraft(id))
}

// adopt takes up sealed drafts that an earlier sitting could not put away. Those
// that this store cannot open are held on.
func (d *desk) adopt(sealed [][]byte) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, b := range sealed {
		one, err := d.st.UnsealDraft(b)
		if err != nil {
			d.held = append(d.held, b)
			continue
		}
		_ = d.put(one) // held on and offered again if it fails
	}
}

// Lock implements screen.Desk. Drafts that the store did not take are sealed, to be
// put away after the next unlocking.
func (d *desk) Lock() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var lost bool
	for _, one := range d.adrift {
		b, err := d.st.SealDraft(one)
		if err != nil {
			lost = true
			continue
		}
		d.held = append(d.held, b)
	}
	d.adrift, d.rows, d.lines, d.here = map[domain.ID]store.Draft{}, nil, nil, around{}
	_ = d.st.Close() // it only drops what is in memory
	switch {
	case lost:
		return "What was typed last could not be sealed and is lost."
	case len(d.held) > 0:
		return "What was typed last could not be written. It is held in memory, sealed, and is written after the next unlocking, when there is room. Leave coachdesk running."
	}
	return "Drafts are kept."
}
