package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/domain/filter"
	"coachdesk/store"
)

func (c *call) peopleVerb() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "people [FILTER…]",
		Short: "The caseload, or those whom a filter finds",
		Long:  "people lists the caseload by name. A filter is written as in the app:\n\n" + filterHelp() + "\nA minus negates a term, or stands between two; quotation marks keep words together.",
		Example: "  coachdesk people due<7d -barrier:travel\n" +
			"  coachdesk people note:bus or note:train",
		Args: needs("[FILTER…]"),
		RunE: func(_ *cobra.Command, args []string) error { return c.people(strings.Join(args, " ")) },
	}
	return cmd
}

func filterHelp() string {
	var b strings.Builder
	for _, f := range filter.Fields() {
		line := "  " + f.Example + strings.Repeat(" ", max(1, 20-len(f.Example)))
		for i, word := range strings.Fields(f.Meaning) {
			if i > 0 && len(line)+len(word) > 100 {
				b.WriteString(line + "\n")
				line = strings.Repeat(" ", 22) + word
				continue
			}
			if i > 0 {
				line += " "
			}
			line += word
		}
		b.WriteString(line + "\n")
	}
	return b.String()
}

// minusSign stands for the minus before a term of a filter, so that the reader of
// flags leaves it alone. No argument can hold it.
const minusSign = "\x00"

// keepMinus marks the terms of a filter that begin with a minus: after people, what
// has one dash is no flag, but for -h.
func keepMinus(args []string) []string {
	at := slices.Index(args, "people")
	if at < 0 || at > 0 && args[at-1] == "import" {
		return args
	}
	out := slices.Clone(args)
	export := at > 0 && args[at-1] == "export"
	for i := at + 1; i < len(out); i++ {
		if out[i] == "--" {
			break
		}
		if export && out[i] == "-o" {
			i++ // and its file
			continue
		}
		if a := out[i]; len(a) > 1 && a[0] == '-' && a[1] != '-' && a != "-h" {
			out[i] = minusSign + a
		}
	}
	return out
}

func (c *call) people(typed string) error {
	typed = strings.ReplaceAll(typed, minusSign, "")
	query, wrong := filter.Parse(typed)
	if wrong != nil {
		return misuse("%s", wrong.Why)
	}
	st, err := c.open()
	if err != nil {
		return err
	}
	all, err := c.judged(st, strings.Contains(typed, "duplicate"))
	if err != nil {
		return err
	}
	found, err := c.sift(st, all, query)
	if err != nil {
		return err
	}
	slices.SortFunc(found, func(a, b domain.Judged) int {
		return cmp.Or(strings.Compare(clean.Fold(a.Name), clean.Fold(b.Name)), a.ID.Compare(b.ID))
	})
	if err := c.printPeople(found, refWidth(all)); err != nil || c.json {
		return err
	}
	switch {
	case len(all) == 0:
		c.say("Nobody is on the caseload yet. coachdesk add takes somebody on; coachdesk import people reads a list.")
	case len(found) == 0:
		c.say("Nobody fits this filter; %s on the caseload.", plural(len(all), "1 person is", "%s people are"))
	}
	return nil
}

// judged returns everybody with the reasons of today.
func (c *call) judged(st *store.Store, twins bool) ([]domain.Judged, error) {
	rows, err := st.Rows()
	if err != nil {
		return nil, err
	}
	rows = domain.Lists(rows)
	q, err := c.queue(st)
	if err != nil {
		return nil, err
	}
	drafts, err := st.Drafts()
	if err != nil {
		return nil, err
	}
	written := map[domain.ID]int{}
	for _, d := range drafts {
		written[d.Participant]++
	}
	twin := map[domain.ID]bool{}
	if twins {
		twin = twinsIn(rows)
	}
	all := make([]domain.Judged, len(rows))
	for i, r := range rows {
		all[i] = q.Judge(r)
		for _, id := range r.RecordIDs() {
			all[i].Drafts, all[i].Twin = all[i].Drafts+written[id], all[i].Twin || twin[id]
		}
	}
	return all, nil
}

func refWidth(all []domain.Judged) int {
	rows := make([]domain.Row, len(all))
	for i, j := range all {
		rows[i] = j.Row
	}
	return domain.RefLength(domain.RowIDs(rows))
}

// sift keeps whom the query lets through. Notes are opened only for those who pass
// without them.
func (c *call) sift(st *store.Store, all []domain.Judged, q filter.Query) ([]domain.Judged, error) {
	var found []domain.Judged
	for i := range all {
		if q.Match(&all[i], all[i].Today) {
			found = append(found, all[i])
		}
	}
	words := q.NoteWords()
	if len(words) == 0 {
		return found, nil
	}
	me := st.Who().ID
	c.lookedAtAll("note search")
	bar := c.progress("Searching notes", len(found))
	defer bar.end()
	var kept []domain.Judged
	for i := range found {
		j := &found[i]
		if c.ctx.Err() != nil {
			return nil, errInterrupted
		}
		bar.to(i)
		text, err := notesOf(st, j.Row, me)
		if err != nil {
			return nil, err
		}
		if q.MatchNotes(j, j.Today, func(word string) bool { return strings.Contains(text, word) }) {
			kept = append(kept, *j)
		}
	}
	return kept, nil
}

// notesOf is the notes of all records of a person. Those of a restricted record are
// not searched.
func notesOf(st *store.Store, r domain.Row, me domain.ID) (string, error) {
	if r.Restricted {
		return "", nil
	}
	var b strings.Builder
	for _, id := range r.RecordIDs() {
		p, err := st.Participant(id)
		if err != nil {
			return "", err
		}
		b.WriteString(noteText(p, me))
	}
	return b.String(), nil
}

// noteText is all notes of a person that somebody may search, folded: what is
// shareable, and what they wrote for themselves.
func noteText(p domain.Participant, me domain.ID) string {
	var b strings.Builder
	for _, n := range p.Notes {
		b.WriteString(n.Text(func(s domain.Scope) bool { return !s.Private() || n.By == me }))
		b.WriteByte('\n')
	}
	return clean.Fold(b.String())
}

func (c *call) printPeople(found []domain.Judged, width int) error {
	if c.json { // it tells facts of everybody, not only what lists show
		c.lookedAtAll(c.verb + " --json")
		items := make([]personItem, len(found))
		for i, j := range found {
			items[i] = personOf(j, width)
		}
		return printItems(c, "people/1", items)
	}
	t := table{head: []string{"REF", "PERSON", "NEXT", "LAST SEEN", "PLAN", "WHY NOW"}}
	for _, j := range found {
		why := ""
		if len(j.Reasons) > 0 {
			why = j.Reasons[0].Why
		}
		t.add(j.ID.Ref(width), j.Name, c.nextWords(j), seenWords(j), c.planWords(j.Row), why)
	}
	c.printTable(t)
	return nil
}

func (c *call) nextWords(j domain.Judged) string {
	d, ok := j.Next(j.Today)
	if !ok {
		return c.none()
	}
	text := d.Day.Short(j.Today)
	if d.Minute >= 0 {
		text += " " + calendar.Clock(d.Minute)
	}
	return text
}

// none stands in a cell where there is nothing.
func (c *call) none() string {
	if c.plain {
		return "-"
	}
	return "–"
}

func seenWords(j domain.Judged) string {
	if j.Seen.IsZero() {
		return "never"
	}
	return j.Seen.Distance(j.Today)
}

func (c *call) planWords(r domain.Row) string {
	if r.Steps == 0 {
		return c.none()
	}
	return thousands(r.Done) + "/" + thousands(r.Steps)
}

// plural picks one of two phrases; the second may hold a %s for the number.
func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return strings.Replace(many, "%s", thousands(n), 1)
}
