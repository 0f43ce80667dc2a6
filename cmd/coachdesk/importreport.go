package main

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/clean"
)

// sayColumns tells how the file was read, before anything is done.
func (in *intake) sayColumns() {
	in.c.say("The file is %s, %s.", in.sheet.Dialect, plural(len(in.sheet.Rows), "1 line of data", "%s lines of data"))
	var left []string
	for i, h := range in.sheet.Header {
		if field, ok := in.columns[i]; ok {
			in.c.say("  column %d, %q, holds: %s", i+1, clean.Line(h, 60), field)
			continue
		}
		left = append(left, strconv.Quote(clean.Line(h, 60)))
	}
	if len(left) > 0 {
		in.c.say("  left out: %s. --map COLUMN=FIELD takes a column in.", strings.Join(left, ", "))
	}
}

// findPairs looks for people who may be on the caseload twice, and keeps the pairs
// of which one came with this list.
func (in *intake) findPairs() error {
	if in.dry {
		return nil
	}
	rows, err := in.st.Rows()
	if err != nil {
		return err
	}
	fresh := map[domain.ID]bool{}
	for _, a := range in.list {
		if a.outcome == outcomeJoined {
			fresh[a.id] = true
		}
	}
	for _, p := range domain.LikelyPairs(domain.Lists(rows)) {
		if fresh[p.A] || fresh[p.B] {
			in.pairs = append(in.pairs, p)
		}
	}
	return nil
}

func (in *intake) count(o outcome) int {
	n := 0
	for _, a := range in.list {
		if a.outcome == o {
			n++
		}
	}
	return n
}

// report tells what came of the import. The fault that ended it, if any, is told by
// the caller.
func (in *intake) report(fault error) error {
	rows, err := in.st.Rows()
	if err != nil {
		return errors.Join(fault, err)
	}
	ids, names := make([]domain.ID, len(rows)), map[domain.ID]string{}
	for i, r := range rows {
		ids[i], names[r.ID] = r.ID, r.Name
	}
	width := domain.RefLength(ids)
	if in.c.json {
		if err := in.printJSON(width); err != nil {
			return err
		}
	} else {
		in.sayLeftOut()
		in.sayLines()
		in.sayPairs(width, names)
	}
	if fault == nil && in.count(outcomeJoined) == 0 && in.count(outcomeKnown) == 0 {
		return domain.Refused("file", "Nobody in this file could be taken on.")
	}
	return nil
}

func (in *intake) sayLines() {
	joined := "taken on"
	if in.dry {
		joined = "would be taken on"
	}
	var same []string
	for _, a := range in.list {
		switch {
		case a.outcome == outcomeRefused:
			in.c.say("Line %d was not taken: %s", a.line, a.why)
		case a.outcome == outcomeKnown && a.id.IsZero():
			same = append(same, fmt.Sprintf("%d %s", a.line, a.why))
		}
	}
	if len(same) > 0 {
		in.c.say("Stood in the file twice: line %s.", strings.Join(same, "; line "))
	}
	in.c.say("%s %s; %s here already; %s.", plural(in.count(outcomeJoined), "1 person", "%s people"), joined,
		plural(in.count(outcomeKnown), "1 is", "%s are"), plural(in.count(outcomeRefused), "1 line was refused", "%s lines were refused"))
}

// sayLeftOut gathers the fields that were left out by what was wrong with them: a
// list from abroad has a thousand postcodes that are none, and one sentence says so.
func (in *intake) sayLeftOut() {
	type key struct{ field, why string }
	type fault struct {
		lines []int
		found []string
	}
	faults := map[key]*fault{}
	var order []key
	for _, a := range in.list {
		if a.outcome == outcomeRefused {
			continue
		}
		for _, l := range a.left {
			k := key{l.Field, l.Why}
			if faults[k] == nil {
				faults[k], order = &fault{}, append(order, k)
			}
			f := faults[k]
			f.lines = append(f.lines, a.line)
			if l.Found != "" && len(f.found) < 3 {
				f.found = append(f.found, fmt.Sprintf("%q in line %d", l.Found, a.line))
			}
		}
	}
	for _, k := range order {
		f := faults[k]
		example := ""
		if len(f.found) > 0 {
			example = " Found: " + strings.Join(f.found, ", ") + dots(len(f.lines) > len(f.found)) + "."
		}
		in.c.say("Left out in %s, %s: %s, which %s.%s", plural(len(f.lines), "1 line", "%s lines"), ranges(f.lines), k.field, k.why, example)
	}
	if len(order) > 0 {
		in.c.say("The people of these lines are taken on without what was left out.")
	}
}

func dots(more bool) string {
	if more {
		return ", …"
	}
	return ""
}

// ranges writes sorted numbers shortly: 2-5, 8.
func ranges(n []int) string {
	var out []string
	for i := 0; i < len(n); {
		j := i
		for j+1 < len(n) && n[j+1] <= n[j]+1 {
			j++
		}
		if n[i] == n[j] {
			out = append(out, strconv.Itoa(n[i]))
		} else {
			out = append(out, fmt.Sprintf("%d-%d", n[i], n[j]))
		}
		i = j + 1
	}
	return strings.Join(out, ", ")
}

func (in *intake) sayPairs(width int, names map[domain.ID]string) {
	if len(in.pairs) == 0 {
		return
	}
	in.c.say("%s. Compare them with coachdesk show.", plural(len(in.pairs), "One pair may be one person twice", "%s pairs may each be one person twice"))
	t := table{head: []string{"REF", "PERSON", "REF", "PERSON", "ALIKE"}}
	for _, p := range in.pairs {
		t.add(p.A.Ref(width), names[p.A], p.B.Ref(width), names[p.B], p.Why)
	}
	in.c.printTable(t)
}

// importReport is the whole import, for --json.
type importReport struct {
	Schema  string       `json:"schema"`
	DryRun  bool         `json:"dry_run,omitempty"`
	Dialect string       `json:"dialect"`
	Columns []columnItem `json:"columns"`
	Items   []lineItem   `json:"items"`
	Pairs   []pairItem   `json:"pairs"`
}

type columnItem struct {
	Column string `json:"column"`
	Field  string `json:"field,omitempty"`
}

type lineItem struct {
	Line    int       `json:"line"`
	Outcome outcome   `json:"outcome"`
	Ref     string    `json:"ref,omitempty"`
	ID      domain.ID `json:"id,omitzero"`
	Why     string    `json:"why,omitempty"`
	LeftOut []leftOut `json:"left_out,omitempty"`
}

type pairItem struct {
	A    domain.ID `json:"a"`
	ARef string    `json:"a_ref"`
	B    domain.ID `json:"b"`
	BRef string    `json:"b_ref"`
	Why  string    `json:"why,omitempty"`
}

func (in *intake) printJSON(width int) error {
	out := importReport{Schema: "coachdesk.import/1", DryRun: in.dry, Dialect: in.sheet.Dialect.String(), Items: []lineItem{}, Pairs: []pairItem{}}
	for i, h := range in.sheet.Header {
		out.Columns = append(out.Columns, columnItem{h, in.columns[i]})
	}
	for _, a := range in.list {
		it := lineItem{Line: a.line, Outcome: a.outcome, Why: a.why, LeftOut: slices.Clone(a.left)}
		if !a.id.IsZero() && !a.hidden {
			it.ID = a.id
			it.Ref = a.id.Ref(width)
		}
		out.Items = append(out.Items, it)
	}
	for _, p := range in.pairs {
		out.Pairs = append(out.Pairs, pairItem{p.A, p.A.Ref(width), p.B, p.B.Ref(width), p.Why})
	}
	return in.c.printJSON(out)
}

// twinsIn returns everybody who may be on the caseload twice.
func twinsIn(rows []domain.Row) map[domain.ID]bool {
	twin := map[domain.ID]bool{}
	for _, p := range domain.LikelyPairs(rows) {
		twin[p.A], twin[p.B] = true, true
	}
	return twin
}
