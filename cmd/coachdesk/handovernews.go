package main

import (
	"slices"

	"coachdesk/domain"
	"coachdesk/store"
)

// traffic is what went to other desks and came from them, as the office remembers it.
type traffic struct {
	sent, opened []moved
}

// moved is a bundle that went or came.
type moved struct {
	at     domain.Clock
	with   []domain.ID // whom it went to, or who sent it
	people []domain.ID
}

func trafficOf(st *store.Store) (traffic, error) {
	past, err := st.History(domain.Subject{Type: domain.AboutOffice, ID: st.OfficeID()})
	var t traffic
	for _, r := range past {
		switch e := r.Event.(type) {
		case domain.BundleSent:
			t.sent = append(t.sent, moved{r.Time, e.To, e.People})
		case domain.BundleOpened:
			t.opened = append(t.opened, moved{r.Time, []domain.ID{e.From}, e.People})
		}
	}
	return t, err
}

// lastSent is when somebody's record last went to a desk; zero: never.
func (t traffic) lastSent(person, to domain.ID) domain.Clock {
	for _, m := range slices.Backward(t.sent) {
		if slices.Contains(m.with, to) && slices.Contains(m.people, person) {
			return m.at
		}
	}
	return 0
}

// cameSince reports whether records of somebody came from a third desk after a time: they
// are older than that, and new to whom it is to go to.
func (t traffic) cameSince(person, to domain.ID, at domain.Clock) bool {
	return slices.ContainsFunc(t.opened, func(m moved) bool {
		return m.at > at && slices.Contains(m.people, person) && !slices.Contains(m.with, to)
	})
}

// news reports whether a record holds what a desk has not got yet.
func (t traffic) news(p domain.Participant, to receiver, may func(domain.Record) bool) bool {
	last := t.lastSent(p.ID, to.id)
	if t.cameSince(p.ID, to.id, last) {
		return true
	}
	return slices.ContainsFunc(p.Past(), func(r domain.Record) bool {
		return r.Time > last && r.Scope == domain.Shareable && r.Desk != to.away.Desk && may(r)
	})
}

// sendNews writes what is new for somebody of another desk since the last file for them.
func (c *call) sendNews(f sending) error {
	if len(f.to) > 1 || f.kind != "" || f.until != "" || f.words != "" || len(f.items) > 0 {
		return misuse("Without REF, send takes one --to and no words of a handover: it sends what is new for them.")
	}
	st, err := c.open()
	if err != nil {
		return err
	}
	to, err := receiverNamed(st.Office(), f.to[0])
	if err != nil {
		return err
	}
	if to.away == nil {
		return domain.Refused("to", "%s works here and sees everything as it is. No file is needed.", to.name)
	}
	if f.out == "" {
		return misuse("Say which file to write: -o FILE.")
	}
	file := &sealedFile{out: store.Outgoing{ID: st.NewID(), To: []domain.Contact{*to.away}}}
	file.to = target{f.out, bundleName(file.out.ID), f.force}
	if file.out.People, err = c.newsFor(to, f); err != nil {
		return err
	}
	if len(file.out.People) == 0 {
		c.say("Nothing is new for %s. No file was written; --all writes everything that is theirs to see once more.", to.away.Who())
		if c.json {
			return printItems(c, "bundles/1", []bundleItem{})
		}
		return nil
	}
	if file.out.Kind, err = c.kindOfNews(to, file.out.People); err != nil {
		return err
	}
	c.sayWarning(*to.away)
	if file.out.Passphrase, err = c.bundleSecret(f.bundling); err != nil {
		return err
	}
	if _, err := c.seal([]*sealedFile{file}); err != nil {
		return err
	}
	return c.tellFiles([]*sealedFile{file}, c.refWidth())
}

// kindOfNews is a handover when the file is the first to carry one, as after offers made
// on a screen.
func (c *call) kindOfNews(to receiver, people []store.Parcel) (domain.BundleKind, error) {
	rows, err := c.st.Rows()
	if err != nil {
		return "", err
	}
	fresh, err := c.unsent(c.st, rows)
	if err != nil {
		return "", err
	}
	for _, r := range rows {
		goes := func(x store.Parcel) bool { return slices.Contains(r.RecordIDs(), x.ID) }
		offered := func(x domain.RowHandover) bool { return x.To == to.id && fresh[x.ID] }
		if slices.ContainsFunc(people, goes) && slices.ContainsFunc(r.Handovers, offered) {
			return domain.BundleHandover, nil
		}
	}
	return domain.BundleAnswers, nil
}

// newsFor gathers the people about whom something is new for a receiver.
func (c *call) newsFor(to receiver, f sending) ([]store.Parcel, error) {
	rows, err := c.st.Rows()
	if err != nil {
		return nil, err
	}
	t, err := trafficOf(c.st)
	if err != nil {
		return nil, err
	}
	rules, err := readHandoverRules()
	if err != nil {
		return nil, err
	}
	office, out := c.st.Office(), []store.Parcel{}
	for _, r := range rows {
		between := func(x domain.RowHandover) bool { return x.To == to.id || x.By == to.id }
		if !slices.ContainsFunc(r.Handovers, between) && t.lastSent(r.ID, to.id) == 0 {
			continue // an offer that was undone is in no row, but in a file that went out
		}
		p, err := c.st.Participant(r.ID)
		if err != nil {
			return nil, err
		}
		here := func(id domain.ID) bool { return heldHere(office, id) }
		may, some := p.SharedWith(to.id, here, rules.Outside)
		if !some || !f.all && !t.news(p, to, may) {
			continue
		}
		if p.Restriction.On && !slices.Contains(refsOf(f.restricted, r.ID), r.ID) {
			c.say("%s is restricted and stays here. If it is really to go, add --restricted %s.", c.refOf(c.st, r.ID), c.refOf(c.st, r.ID))
			continue
		}
		out = append(out, store.Parcel{ID: r.ID, Outside: to.outside() || c.st.Who().Role == domain.Provider, Only: may})
	}
	return out, nil
}

// refsOf returns somebody's ID when one of the references names them.
func refsOf(refs []string, id domain.ID) []domain.ID {
	for _, ref := range refs {
		if found, err := domain.FindRef(ref, []domain.ID{id}); err == nil {
			return []domain.ID{found}
		}
	}
	return nil
}

// unsent are the handovers to other desks that no file carried yet.
func (c *call) unsent(st *store.Store, rows []domain.Row) (map[domain.ID]bool, error) {
	out := map[domain.ID]bool{}
	t, err := trafficOf(st)
	if err != nil {
		return nil, err
	}
	office := st.Office()
	for _, r := range rows {
		for _, x := range r.Handovers {
			if !heldHere(office, x.By) || heldHere(office, x.To) || x.State.Over() {
				continue
			}
			p, err := st.Participant(x.Record(r))
			if err != nil {
				return nil, err
			}
			for _, rec := range p.Past() {
				if e, ok := rec.Event.(domain.HandoverOffered); ok && e.ID == x.ID && t.lastSent(p.ID, x.To) < rec.Time {
					out[x.ID] = true
				}
			}
		}
	}
	return out, nil
}
