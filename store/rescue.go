package store

import (
	"bytes"
	"cmp"
	"maps"
	"slices"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// forgetErased drops whatever is left of people who were erased, also of those whose
// erasure another source tells.
func (r *rescue) forgetErased() {
	for _, rec := range r.records {
		switch e := rec.Event.(type) {
		case domain.Erased:
			r.gone.Erased = append(r.gone.Erased, domain.Erasure{ID: e.Participant, Reason: e.Reason})
		case domain.PartsErased:
			r.gone.ErasedParts = append(r.gone.ErasedParts, domain.PartsErasure(e))
		default:
		}
	}
	for _, e := range r.gone.ErasedParts {
		takes := e.Takes(slices.Collect(maps.Values(r.records)))
		maps.DeleteFunc(r.records, func(_ string, rec domain.Record) bool { return takes(rec) })
	}
	for _, e := range r.gone.Erased {
		about := subjectKey(domain.About(e.ID))
		maps.DeleteFunc(r.records, func(name string, _ domain.Record) bool { return bytes.HasPrefix([]byte(name), about) })
		maps.DeleteFunc(r.keys, func(name keyName, _ []byte) bool { return bytes.HasPrefix(name[:], about) })
		maps.DeleteFunc(r.waiting, func(name string, _ []byte) bool { return bytes.HasPrefix([]byte(name), about) })
		maps.DeleteFunc(r.drafts, func(_ domain.ID, d Draft) bool { return d.Participant == e.ID })
		delete(r.rows, e.ID)
	}
}

// forgetUnsaid drops records that no tree leads to where the counts say that there were
// no more: they are of a command that was never finished. The newest go first.
func (r *rescue) forgetUnsaid() {
	stray := map[domain.Subject][]domain.Record{}
	found := map[domain.Subject]uint64{}
	for name, rec := range r.records {
		found[rec.Subject]++
		if !r.alive[name] {
			stray[rec.Subject] = append(stray[rec.Subject], rec)
		}
	}
	for about, records := range stray {
		most, known := r.countOf(about)
		domain.Sort(records)
		for _, rec := range slices.Backward(records) {
			if !known || found[about] <= most {
				break
			}
			name := string(journalKey(rec.Subject, rec.Desk, rec.Seq))
			delete(r.records, name)
			found[about]--
		}
	}
}

// countOf returns how many records of a subject were counted, if what the living tree
// says of it can be read.
func (r *rescue) countOf(about domain.Subject) (uint64, bool) {
	switch about.Type {
	case domain.AboutParticipant:
		return uint64(max(r.rows[about.ID].Records, 0)), r.alive[string(about.ID[:])]
	case domain.AboutOffice:
		return r.counts.OfOffice, r.alive["tally"]
	case domain.AboutDesk:
		return r.counts.OfDesk, r.alive["tally"]
	case domain.AboutDirectory:
		return r.counts.ofDirectory(), r.alive["tally"]
	}
	return 0, false
}

// inOrder returns every record as it happened, with an entry in the place of each that
// is missing: between two of a sequence, or at the end where the row counted more.
func (r *rescue) inOrder() []domain.Record {
	lines := map[string][]domain.Record{} // by subject and desk
	found := map[domain.Subject]int{}
	for _, name := range slices.Sorted(maps.Keys(r.records)) {
		rec := r.records[name]
		line := name[:journalSize-8]
		for seq := r.nextIn(lines[line]); seq < rec.Seq && r.gapless(rec); seq++ {
			lines[line] = append(lines[line], r.hole(rec, seq))
		}
		lines[line] = append(lines[line], rec)
		found[rec.Subject] = found[rec.Subject] + 1
	}
	var all []domain.Record
	for _, line := range slices.Sorted(maps.Keys(lines)) {
		all = append(all, lines[line]...)
	}
	all = append(all, r.tails(lines)...)
	r.rename(all)
	slices.SortStableFunc(all, domain.Record.Before)
	return all
}

// gapless reports whether the records of the desk that wrote one count up without gaps
// here. Those of other desks about a participant need not: what is private stays with
// its writer, and came never.
func (r *rescue) gapless(rec domain.Record) bool {
	return rec.Subject.Type != domain.AboutParticipant || rec.Desk == r.facts.Desk || r.wrote < 3
}

func (r *rescue) nextIn(line []domain.Record) uint64 {
	if len(line) == 0 {
		return 1
	}
	return line[len(line)-1].Seq + 1
}

// hole is the entry in the place of a record that is lost. Its time is that of the one
// that follows it, because nothing else is known.
func (r *rescue) hole(next domain.Record, seq uint64) domain.Record {
	r.lost++
	return domain.Record{
		Subject: next.Subject, Desk: next.Desk, Seq: seq, Command: r.s.NewID(), Time: next.Time, Day: next.Day,
		Role: domain.Administrator, Kind: domain.Lost{}.Kind(), Body: []byte{0xA0}, Event: domain.Lost{},
	}
}

// tails returns entries for records at the end of a sequence that a row counted and
// nobody found. They stand in the line of whoever wrote last.
func (r *rescue) tails(lines map[string][]domain.Record) []domain.Record {
	have := map[domain.ID]int{}
	last := map[domain.ID]domain.Record{}
	for _, line := range lines {
		for _, rec := range line {
			if rec.Subject.Type == domain.AboutParticipant {
				have[rec.Subject.ID]++
				if rec.Before(last[rec.Subject.ID]) > 0 {
					last[rec.Subject.ID] = rec
				}
			}
		}
	}
	var all []domain.Record
	for _, id := range slices.SortedFunc(maps.Keys(r.rows), domain.ID.Compare) {
		next, known := last[id]
		if !known { // every record of theirs is gone: the row still tells that they were here
			next = domain.Record{Subject: domain.About(id), Desk: r.desk(), Day: cmp.Or(r.rows[id].Joined, calendar.Day(1))}
		}
		for n := have[id]; n < r.rows[id].Records; n++ {
			next = r.hole(next, next.Seq+1)
			all = append(all, next)
		}
	}
	return all
}

// rename gives people whose joining is lost their name and facts back, as their row
// tells them: in the place of the first entry that is lost.
func (r *rescue) rename(all []domain.Record) {
	joined := map[domain.ID]bool{}
	hole := map[domain.ID]int{}
	for i, rec := range all {
		_, isLost := rec.Event.(domain.Lost)
		switch rec.Event.(type) {
		case domain.Joined:
			joined[rec.Subject.ID] = true
		default:
		}
		if at, known := hole[rec.Subject.ID]; isLost && rec.Subject.Type == domain.AboutParticipant && (!known || rec.Seq < all[at].Seq) {
			hole[rec.Subject.ID] = i
		}
	}
	for id, i := range hole {
		row, known := r.rows[id]
		if joined[id] || !known || row.Name == "" {
			continue
		}
		e := domain.Joined{Facts: map[domain.Fact]string{domain.FactName: row.Name}}
		if row.Restricted {
			e.Facts[domain.FactName] = "Name lost in the damage" // the row never had it
		}
		for _, f := range row.Facts {
			e.Facts[f.Fact] = f.Value
		}
		body, err := encoder.Marshal(e)
		if err != nil {
			continue // a map of texts always can be
		}
		// Whoever wrote it was entitled to: only what counted came into the row.
		all[i].Role, all[i].Kind, all[i].Body, all[i].Event = domain.Coach, e.Kind(), body, e
	}
}

// desk is who wrote the records, for what nobody knows more of.
func (r *rescue) desk() domain.DeskID {
	for _, rec := range r.records {
		return rec.Desk
	}
	return r.s.facts.Desk
}
