package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/store/csv"
)

func isRefusal(err error) bool {
	var no domain.Refusal
	return errors.As(err, &no)
}

// readList reads a list from standard input.
func (c *call) readList() (string, error) {
	if _, typed := c.terminal(); typed {
		return "", misuse("There is no list on standard input. Name a file, or write: coachdesk import people - < FILE")
	}
	return c.readAll(c.world.in, csv.MaxFile)
}

// read makes an arrival of every line of the list.
func (in *intake) read() {
	stamp := domain.Stamp{Today: in.st.Today(), Demo: in.st.Demo()}
	for _, r := range in.sheet.Refused {
		in.list = append(in.list, arrival{line: r.Line, outcome: outcomeRefused, why: r.Why})
	}
	for _, row := range in.sheet.Rows {
		in.list = append(in.list, in.arrive(row, stamp))
	}
	slices.SortStableFunc(in.list, func(a, b arrival) int { return a.line - b.line })
}

// arrive reads one line. What cannot be right is left out; only a name is needed.
func (in *intake) arrive(row csv.Row, stamp domain.Stamp) arrival {
	a := arrival{line: row.Line, outcome: outcomeJoined, facts: map[domain.Fact]string{}}
	var given, family string
	var address []string
	for col, cell := range row.Cells {
		field, known := in.columns[col]
		if !known || cell == "" {
			continue
		}
		if in.ours {
			a.put(domain.Fact(field), cell, stamp)
			continue
		}
		switch field {
		case csv.Given:
			given = clean.Line(cell, csv.MaxCell)
		case csv.Family:
			family = clean.Line(cell, csv.MaxCell)
		case csv.Address:
			address = append(address, clean.Line(cell, csv.MaxCell))
		case csv.Notes:
			a.note, _ = domain.Escape(cell) // nobody wrote marks into a spreadsheet
		default:
			a.put(domain.Fact(field), cell, stamp)
		}
	}
	if a.facts[domain.FactName] == "" {
		a.put(domain.FactName, strings.TrimSpace(given+" "+family), stamp)
	}
	a.put(domain.FactAddress, joinAddress(address), stamp)
	if n := utf8.RuneCountInString(a.note); n > clean.MaxText {
		a.left = append(a.left, leftOut{csv.Notes, "", fmt.Sprintf("has %s letters and may have %s", thousands(n), thousands(clean.MaxText))})
		a.note = ""
	}
	if a.facts[domain.FactName] == "" {
		a.outcome, a.why = outcomeRefused, "There is no name in this line."
		for _, l := range a.left {
			if l.Field == string(domain.FactName) {
				a.why = "The name " + l.Why + "."
			}
		}
	}
	return a
}

// put keeps a field if it can be right.
func (a *arrival) put(key domain.Fact, raw string, stamp domain.Stamp) {
	if raw == "" {
		return
	}
	f, ok := domain.FieldOf(key)
	if !ok {
		return
	}
	leave := func(why string) {
		found := clean.Line(raw, 40)
		if key == domain.FactNino {
			found = "" // never in a report: it may be somebody's own
		}
		a.left = append(a.left, leftOut{string(key), found, why})
	}
	if n := utf8.RuneCountInString(clean.Text(raw, csv.MaxCell)); n > f.Max {
		leave(fmt.Sprintf("has %s letters and may have %s", thousands(n), thousands(f.Max)))
		return
	}
	if key == domain.FactBirth {
		d, ok := csv.ParseBirth(raw)
		if !ok {
			leave("is no date of birth such as 1987-05-04 or 04/05/1987")
			return
		}
		raw = d.String()
	}
	v, err := f.Clean(raw, stamp)
	if err != nil {
		leave(faultOf(key))
		return
	}
	if v != "" {
		a.facts[key] = v
	}
}

// faultOf says in a few words why a field was not taken. The refusals of the domain
// quote what was found; a report gathers many lines, and quotes it beside.
func faultOf(key domain.Fact) string {
	switch key {
	case domain.FactPostcode:
		return "is no UK postcode such as E15 1NT"
	case domain.FactBirth:
		return "cannot be right: it lies in the future or before 1880"
	case domain.FactNino:
		return "is no National Insurance number that can be kept here"
	case domain.FactHours:
		return "is no number of hours from 0 to 100"
	default:
	}
	if f, _ := domain.FieldOf(key); f.Choices != nil {
		return "is not one of " + strings.Join(f.Choices, ", ")
	}
	return "cannot be right"
}

// joinAddress puts the parts of an address into one line; a number goes with the
// street that follows it.
func joinAddress(parts []string) string {
	var b strings.Builder
	for i, p := range parts {
		if i > 0 {
			sep := ", "
			if before := parts[i-1]; len(before) <= 5 && strings.ContainsAny(before, "0123456789") {
				sep = " "
			}
			b.WriteString(sep)
		}
		b.WriteString(p)
	}
	return b.String()
}

// recognise finds out who is here already, or stood in the file before. A reference
// decides; without one, or when nobody has it, name, birth and postcode together do,
// unless the references say that the two are apart.
func (in *intake) recognise() error {
	rows, err := in.st.Rows()
	if err != nil {
		return err
	}
	byRef, byName := map[string]seenAt{}, map[string]seenAt{}
	remember := func(fact func(domain.Fact) string, name string, at seenAt) {
		at.ref = refKey(fact(domain.FactReference))
		if at.ref != "" {
			byRef[at.ref] = at
		}
		byName[nameKey(name, fact)] = at
	}
	for _, r := range rows {
		if !r.Restricted {
			remember(r.Fact, r.Name, seenAt{id: r.ID})
			continue
		}
		p, err := in.st.Participant(r.ID) // its row does not tell who it is
		if err != nil {
			return err
		}
		remember(p.Fact, p.Name(), seenAt{id: r.ID, hidden: true})
	}
	for i := range in.list {
		a := &in.list[i]
		if a.outcome != outcomeJoined {
			continue
		}
		fact := func(f domain.Fact) string { return a.facts[f] }
		ref := refKey(fact(domain.FactReference))
		at, known := byRef[ref]
		if !known || ref == "" {
			at, known = byName[nameKey(a.facts[domain.FactName], fact)]
			known = known && (ref == "" || at.ref == "")
		}
		if !known || in.ours && at.line > 0 {
			remember(fact, a.facts[domain.FactName], seenAt{line: a.line})
			continue
		}
		a.outcome, a.id, a.why, a.hidden = outcomeKnown, at.id, "is here already", at.hidden
		if at.line > 0 {
			a.why = fmt.Sprintf("is the same as line %d", at.line)
		}
	}
	return nil
}

// seenAt is where somebody was seen first: on the caseload, or in a line.
type seenAt struct {
	id   domain.ID
	line int
	ref  string
	// hidden is a restricted record: a report that named it beside the name in the
	// list would undo the restriction.
	hidden bool
}

func refKey(ref string) string {
	return strings.Join(strings.Fields(clean.Fold(ref)), " ")
}

func nameKey(name string, fact func(domain.Fact) string) string {
	return strings.Join(strings.Fields(clean.Fold(name)), " ") + "\x00" + fact(domain.FactBirth) + "\x00" + fact(domain.FactPostcode)
}
