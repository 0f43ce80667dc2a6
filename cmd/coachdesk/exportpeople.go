package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/domain/filter"
	"coachdesk/store"
	"coachdesk/store/csv"
)

// peopleList is what the flags of export people say.
type peopleList struct {
	paper
	filter  string
	columns []string
	bom     bool
	private bool
}

// listMost is how many people one list may be about: what leaves is recorded with
// everybody who is on it.
const listMost = 60_000

func (c *call) exportPeopleVerb() *cobra.Command {
	var f peopleList
	cmd := &cobra.Command{
		Use:   "people [FILTER…]",
		Short: "The caseload, or those whom a filter finds, as CSV or JSON; import people reads it",
		Long: "export people writes a line for each person: what is known of them, in the columns that import people\n" +
			"knows. The CSV is that of RFC 4180; what a spreadsheet would take for a formula has an apostrophe before it,\n" +
			"which the import takes off again. People whose records are restricted are never on it. Contact details that\n" +
			"are withheld stay here, and National Insurance numbers do unless you ask for them.",
		Example: "  coachdesk export people -o caseload.csv\n  coachdesk export people area:newham --columns name,phone,language --bom -o newham.csv",
		Args:    needs("[FILTER…]"),
		RunE: func(_ *cobra.Command, args []string) error {
			f.filter = strings.ReplaceAll(strings.Join(args, " "), minusSign, "")
			return c.exportPeople(f)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.format, "format", "csv", "csv or json")
	flags.BoolVar(&f.bom, "bom", false, "begin with a byte order mark, which some spreadsheets need to read accents")
	flags.StringSliceVar(&f.columns, "columns", nil, "only these, a `list` with commas: name, phone and the other fields of add")
	flags.BoolVar(&f.private, "include-private", false, "also National Insurance numbers")
	flags.StringVarP(&f.out, "output", "o", "", "the `file`, or a folder; standard output unless said")
	flags.BoolVar(&f.force, "force", false, "replace the file if there is one")
	return cmd
}

func (c *call) exportPeople(f peopleList) error {
	query, wrong := filter.Parse(f.filter)
	if wrong != nil {
		return misuse("%s", wrong.Why)
	}
	if f.format != "csv" && f.format != "json" {
		return misuse("--format: %q is not a format of this list. Write csv or json.", clean.Line(f.format, 40))
	}
	columns, err := f.chosen()
	if err != nil {
		return err
	}
	c.verb = "export people"
	st, err := c.open()
	if err != nil {
		return err
	}
	all, err := c.judged(st, strings.Contains(f.filter, "duplicate"))
	if err != nil {
		return err
	}
	found, err := c.sift(st, all, query)
	if err != nil {
		return err
	}
	c.lookedAtAll(c.verb)
	list, err := c.factLines(st, found, columns)
	if err != nil {
		return err
	}
	out := leaving{name: "people." + f.format, where: "The list is at %s.", list: domain.ListExport{What: domain.ExportPeople, People: list.ids, Filter: f.filter, Format: f.format}}
	if out.text, err = list.text(f); err != nil {
		return err
	}
	if err := c.deliver(st, f.paper, out); err != nil {
		return err
	}
	c.say("%s on it. It is not sealed.", plural(len(list.rows), "1 person is", "%s people are"))
	list.sayLeftOut(c)
	return nil
}

// chosen returns the columns: those that were named, else all but what is private.
func (f peopleList) chosen() ([]domain.FactField, error) {
	var columns []domain.FactField
	for _, name := range f.columns {
		field, ok := factNamed(name)
		switch {
		case !ok:
			return nil, misuse("--columns: %q is not a field. The fields are: %s.", clean.Line(name, 40), strings.Join(factNames(), ", "))
		case field.Key == domain.FactNino && !f.private:
			return nil, misuse("--columns: National Insurance numbers leave only with --include-private.")
		case slices.ContainsFunc(columns, func(have domain.FactField) bool { return have.Key == field.Key }):
			return nil, misuse("--columns: %s stands there twice.", field.Key)
		}
		columns = append(columns, field)
	}
	if len(columns) > 0 {
		return columns, nil
	}
	for _, field := range domain.Facts {
		if field.Key != domain.FactNino || f.private {
			columns = append(columns, field)
		}
	}
	return columns, nil
}

// factLines is a list of people as it leaves.
type factLines struct {
	columns    []string
	rows       [][]string
	ids        []domain.ID
	restricted int // people who are not on it
	withheld   int // people whose contact details are not
}

// factLines reads what is known of people. They stand in the order of their names and
// then of everything else, so that the same people make the same list.
func (c *call) factLines(st *store.Store, found []domain.Judged, columns []domain.FactField) (*factLines, error) {
	list := &factLines{ids: []domain.ID{}}
	for _, f := range columns {
		list.columns = append(list.columns, string(f.Key))
	}
	bar := c.progress("Exporting", len(found))
	defer bar.end()
	type line struct {
		ids   []domain.ID
		name  string
		cells []string
	}
	var lines []line
	for i, j := range found {
		if err := c.goingOn(); err != nil {
			return nil, err
		}
		bar.to(i)
		if j.Restricted {
			list.restricted++
			continue
		}
		fact, withheld, err := factsOf(st, j.Row)
		if err != nil {
			return nil, err
		}
		if withheld {
			list.withheld++
		}
		l := line{ids: j.RecordIDs(), name: clean.Fold(fact(domain.FactName))}
		for _, f := range columns {
			l.cells = append(l.cells, fact(f.Key))
		}
		lines = append(lines, l)
	}
	if len(lines) > listMost {
		return nil, domain.Refused("filter", "%s people are more than one list takes. Narrow it with a filter to %s.", thousands(len(lines)), thousands(listMost))
	}
	slices.SortFunc(lines, func(a, b line) int { return cmp.Or(strings.Compare(a.name, b.name), slices.Compare(a.cells, b.cells)) })
	for _, l := range lines {
		list.rows, list.ids = append(list.rows, l.cells), append(list.ids, l.ids...)
	}
	return list, nil
}

// factsOf returns what is known of a person by all their records, the main one first,
// without what is withheld by any of them.
func factsOf(st *store.Store, r domain.Row) (func(domain.Fact) string, bool, error) {
	var all []domain.Participant
	withheld := false
	for _, id := range r.RecordIDs() {
		p, err := st.Participant(id)
		if err != nil {
			return nil, false, err
		}
		all, withheld = append(all, p), withheld || p.Withheld()
	}
	return func(f domain.Fact) string {
		if withheld && slices.Contains(domain.WithheldFacts(), f) {
			return ""
		}
		for _, p := range all {
			if v := p.Fact(f); v != "" {
				return v
			}
		}
		return ""
	}, withheld, nil
}

// text writes the list in its format.
func (l *factLines) text(f peopleList) (string, error) {
	var b bytes.Buffer
	if f.format == "csv" {
		err := csv.Write(&b, l.columns, l.rows, f.bom)
		return b.String(), err
	}
	items := make([]map[string]string, len(l.rows))
	for i, row := range l.rows {
		items[i] = map[string]string{}
		for j, v := range row {
			if v != "" {
				items[i][l.columns[j]] = v
			}
		}
	}
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(listing[map[string]string]{"coachdesk.people-export/1", items})
	return escapeJSON(b.String()), err
}

func (l *factLines) sayLeftOut(c *call) {
	if l.restricted > 0 {
		c.say("%s left out: lists do not name them.", plural(l.restricted, "1 restricted person is", "%s restricted people are"))
	}
	if l.withheld > 0 {
		c.say("Contact details of %s are withheld and not on it.", plural(l.withheld, "1 person", "%s people"))
	}
	if !slices.Contains(l.columns, string(domain.FactNino)) && len(l.columns) > 1 {
		c.say("National Insurance numbers are left out. --include-private takes them in.")
	}
}
