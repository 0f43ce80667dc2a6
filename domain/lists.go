package domain

import (
	"slices"

	"coachdesk/domain/calendar"
)

// Lists turns rows into the lines that lists show: the records of one person are one
// line, under the main one, and a restricted record bears its reference in place of a
// name. Without either the rows come back as they are.
func Lists(rows []Row) []Row {
	if !slices.ContainsFunc(rows, func(r Row) bool { return r.Restricted || len(r.Twins) > 0 }) {
		return rows
	}
	at := make(map[ID]int, len(rows))
	for i, r := range rows {
		at[r.ID] = i
	}
	width := RefLength(RowIDs(rows))
	out, under := slices.Clone(rows), map[ID]bool{}
	for i, r := range rows {
		if main, ok := mainOf(rows, at, r); ok {
			out[main], under[r.ID] = out[main].join(rows[i]), true
		}
	}
	out = slices.DeleteFunc(out, func(r Row) bool { return under[r.ID] })
	for i := range out {
		if out[i].Restricted {
			out[i] = out[i].redact()
			out[i].Name += " " + out[i].ID.Ref(width)
		}
	}
	return out
}

// RowIDs returns every record that stands behind some lines: what references are
// told apart by.
func RowIDs(rows []Row) []ID {
	ids := make([]ID, 0, len(rows))
	for _, r := range rows {
		ids = append(ids, r.RecordIDs()...)
	}
	return ids
}

// RecordIDs returns every record that stands behind a line.
func (r Row) RecordIDs() []ID { return append([]ID{r.ID}, r.Also...) }

// mainOf returns the row under which another is held, when both say so.
func mainOf(rows []Row, at map[ID]int, r Row) (int, bool) {
	for _, t := range r.Twins {
		main, known := at[t.With]
		if t.As != TwinUnder || !known {
			continue
		}
		m := rows[main]
		agrees := func(o RowTwin) bool { return o.With == r.ID && o.As == TwinMain }
		isUnder := func(o RowTwin) bool { return o.As == TwinUnder }
		if slices.ContainsFunc(m.Twins, agrees) && !slices.ContainsFunc(m.Twins, isUnder) {
			return main, true
		}
	}
	return 0, false
}

// join adds what another record of the same person owes and knows. Nothing that is
// due is lost: where the two differ, the more urgent stands.
func (r Row) join(o Row) Row {
	r.Also = append(slices.Clone(r.Also), o.ID)
	r.AlsoNamed += " " + o.Name + " " + o.ID.long()
	r.Restricted = r.Restricted || o.Restricted
	r.Records += o.Records
	r.Joined = earlier(r.Joined, o.Joined)
	r.Seen, r.Missed = max(r.Seen, o.Seen), max(r.Missed, o.Missed)
	r.Done, r.Steps = r.Done+o.Done, r.Steps+o.Steps
	r.Twins = append(slices.Clone(r.Twins), o.Twins...)
	r.Kept = append(slices.Clone(r.Kept), o.Kept...)
	r.Advice = append(slices.Clone(r.Advice), o.Advice...)
	r.Barriers, r.Adjusts = unique(slices.Concat(r.Barriers, o.Barriers)), unique(slices.Concat(r.Adjusts, o.Adjusts))
	r.Facts = slices.Clone(r.Facts)
	for _, f := range o.Facts {
		if r.Fact(f.Fact) == "" {
			r.Facts = append(r.Facts, f)
		}
	}
	r.Debts, r.Questions = slices.Clone(r.Debts), slices.Clone(r.Questions)
	for _, d := range o.Debts {
		d.Of = o.ID
		r.Debts = append(r.Debts, d)
	}
	r.Debts = newestFitNote(r.Debts)
	r.Reviews, r.Pauses = slices.Clone(r.Reviews), slices.Concat(r.Pauses, o.Pauses)
	for _, f := range o.Reviews {
		f.Of = o.ID
		r.Reviews = append(r.Reviews, f)
	}
	r.Provisions = slices.Clone(r.Provisions)
	for _, x := range o.Provisions {
		x.Of = o.ID
		r.Provisions = append(r.Provisions, x)
	}
	r.Work = joinWork(r.Work, o.Work, o.ID)
	r.Applications = slices.Clone(r.Applications)
	for _, x := range o.Applications {
		x.Of = o.ID
		r.Applications = append(r.Applications, x)
	}
	for _, q := range o.Questions {
		q.Of = o.ID
		r.Questions = append(r.Questions, q)
	}
	r.Referrals = slices.Clone(r.Referrals)
	for _, x := range o.Referrals {
		x.Of = o.ID
		r.Referrals = append(r.Referrals, x)
	}
	r.Handovers = slices.Clone(r.Handovers)
	for _, x := range o.Handovers {
		x.Of = o.ID
		r.Handovers = append(r.Handovers, x)
	}
	return r
}

func earlier(a, b calendar.Day) calendar.Day {
	if a.IsZero() || !b.IsZero() && b < a {
		return b
	}
	return a
}

// newestFitNote leaves of several fit notes the one that ends last: the others were
// followed by it.
func newestFitNote(debts []Debt) []Debt {
	var last calendar.Day
	for _, d := range debts {
		if d.Kind == DebtFitNote {
			last = max(last, d.Day)
		}
	}
	return slices.DeleteFunc(debts, func(d Debt) bool { return d.Kind == DebtFitNote && d.Day < last })
}
