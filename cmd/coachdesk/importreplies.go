package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/store"
	"coachdesk/store/csv"
)

func (c *call) importRepliesVerb() *cobra.Command {
	var dry bool
	cmd := &cobra.Command{
		Use:   "replies FILE",
		Short: "Take in what providers answered, from a CSV file",
		Long: "import replies reads a CSV file with the columns reference, state and date, and, where there are any, reason\n" +
			"and words. The reference is ours, as the page of the referral bears it, or the provider's own. States are as\n" +
			"reply takes them. Each line says what became of it; one that is known already changes nothing, so a file\n" +
			"may come twice. New words about a known answer are kept beside the old ones.",
		Example: "  coachdesk import replies answers.csv --dry-run",
		Args:    needs("FILE"),
		RunE:    func(_ *cobra.Command, args []string) error { return c.importReplies(args[0], dry) },
	}
	cmd.Flags().BoolVar(&dry, "dry-run", false, "say what would be taken in, and write nothing")
	return cmd
}

// replyColumns are the columns of a list of answers, with other names for them.
var replyColumns = map[string][]string{
	"reference": {"reference", "ref", "our reference", "your reference", "referral"},
	"state":     {"state", "status", "answer", "outcome"},
	"date":      {"date", "on", "day"},
	"reason":    {"reason", "code"},
	"words":     {"words", "comment", "comments", "notes"},
}

// replyItem is one line of a list of answers, for --json.
type answerItem struct {
	Line    int                  `json:"line"`
	Outcome string               `json:"outcome"` // taken, known or refused
	Ref     string               `json:"ref,omitempty"`
	State   domain.ReferralState `json:"state,omitempty"`
	Why     string               `json:"why,omitempty"`
}

// awaited is a referral that an answer may be about.
type awaited struct{ person, id domain.ID }

// replies is an import of answers while it goes on.
type replies struct {
	c     *call
	st    *store.Store
	dry   bool
	codes domain.Reasons
	ours  map[string]awaited   // by our reference
	their map[string][]awaited // by the provider's
	at    map[string]int       // the columns
	width int
}

func (c *call) importReplies(file string, dry bool) error {
	if file == "-" && c.passphraseFrom() == "-" {
		return misuse("Standard input cannot be both the passphrase and the list. Put one of the two into a file.")
	}
	b, err := c.listBytes(file)
	if err != nil {
		return err
	}
	sheet, err := csv.Read(b)
	if err != nil {
		return domain.Refused("file", "%s: %s.", clean.Line(file, 200), strings.TrimSuffix(err.Error(), "."))
	}
	in := &replies{c: c, dry: dry}
	if in.at, err = replyHeader(sheet.Header); err != nil {
		return err
	}
	if in.st, err = c.open(); err != nil {
		return err
	}
	plans, err := readPlanning()
	if err != nil {
		return err
	}
	in.codes = plans.Reasons
	if err := in.gather(); err != nil {
		return err
	}
	items := []answerItem{}
	for _, r := range sheet.Refused {
		items = append(items, answerItem{Line: r.Line, Outcome: "refused", Why: r.Why})
	}
	for _, r := range sheet.Rows {
		it, err := in.line(r)
		if err != nil {
			return err
		}
		items = append(items, it)
	}
	return in.report(items)
}

// replyHeader finds the columns. Reference and state must be there.
func replyHeader(header []string) (map[string]int, error) {
	at := map[string]int{}
	for field, names := range replyColumns {
		i := slices.IndexFunc(header, func(h string) bool { return slices.Contains(names, clean.Fold(strings.TrimSpace(h))) })
		if i >= 0 {
			at[field] = i
		}
	}
	for _, must := range []string{"reference", "state"} {
		if _, ok := at[must]; !ok {
			return nil, domain.Refused("file", "The file has no column %q. Its columns are: %s.", must, clean.Line(strings.Join(header, ", "), 300))
		}
	}
	return at, nil
}

// gather lists every referral that was sent, by our reference and by theirs.
func (in *replies) gather() error {
	rows, err := in.st.Rows()
	if err != nil {
		return err
	}
	in.width = domain.RefLength(domain.RowIDs(rows))
	in.ours, in.their = map[string]awaited{}, map[string][]awaited{}
	for _, r := range rows {
		if !slices.ContainsFunc(r.Referrals, func(x domain.RowReferral) bool { return !x.Sent.IsZero() }) {
			continue
		}
		p, err := in.st.Participant(r.ID)
		if err != nil {
			return err
		}
		for _, x := range p.Referrals {
			a := awaited{p.ID, x.ID}
			in.ours[clean.Fold(x.Short())] = a
			if x.Reference != "" {
				key := clean.Fold(x.Reference)
				in.their[key] = append(in.their[key], a)
			}
		}
	}
	return nil
}

// find returns the referral that a reference means.
func (in *replies) find(ref string) (awaited, string) {
	key := clean.Fold(strings.TrimSpace(ref))
	if a, ok := in.ours[key]; ok {
		return a, ""
	}
	switch all := in.their[key]; len(all) {
	case 0:
		return awaited{}, "no referral has the reference " + clean.Line(ref, 40)
	case 1:
		return all[0], ""
	}
	return awaited{}, "more than one referral has the reference " + clean.Line(ref, 40) + "; use ours"
}

// line takes one answer in.
func (in *replies) line(r csv.Row) (answerItem, error) {
	get := func(field string) string {
		if i, ok := in.at[field]; ok && i < len(r.Cells) {
			return strings.TrimSpace(r.Cells[i])
		}
		return ""
	}
	it := answerItem{Line: r.Line, Outcome: "refused"}
	a, why := in.find(get("reference"))
	to, known := stateNamed(get("state"))
	it.State = to
	switch {
	case why != "":
		it.Why = why
		return it, nil
	case !known:
		it.Why = "“" + clean.Line(get("state"), 40) + "” is no answer: write " + replyNames()
		return it, nil
	}
	it.Ref = a.person.Ref(in.width)
	m := domain.MoveReferral{Participant: a.person, Referral: a.id, To: to, Words: get("words")}
	if d := get("date"); d != "" {
		day, err := calendar.Parse(d, in.st.Today(), calendar.Backward)
		if err != nil {
			it.Why = err.Error()
			return it, nil
		}
		m.Day = day
	}
	if reason := get("reason"); in.codes.Knows(to.Reasons(), reason) {
		m.Code = reason
	} else if reason != "" {
		m.Words = strings.Trim(reason+"; "+m.Words, "; ")
	}
	return in.take(it, a, m)
}

// take writes an answer, unless it is known already.
func (in *replies) take(it answerItem, a awaited, m domain.MoveReferral) (answerItem, error) {
	p, err := in.st.Participant(a.person)
	if err != nil {
		return it, err
	}
	x, err := referralOn(p, a.id)
	if err != nil {
		return it, err
	}
	if x.Knows(m.To, m.Day, m.Code, m.Words) {
		it.Outcome = "known"
		return it, nil
	}
	if on := x.On(m.To); m.Day.IsZero() && !on.IsZero() {
		m.Day = on // more words about what is known
	}
	if in.dry {
		_, err = m.Decide(p, in.c.stampOf(in.st))
	} else {
		_, err = in.st.Do(domain.Batch{ID: in.st.NewID(), Commands: []domain.Command{m}})
	}
	if isRefusal(err) {
		it.Why = err.Error()
		return it, nil
	}
	it.Outcome = "taken"
	return it, err
}

// report tells what became of every line. When not one could be taken, the file is
// refused.
func (in *replies) report(items []answerItem) error {
	n := map[string]int{}
	for _, it := range items {
		n[it.Outcome]++
	}
	if in.c.json {
		if err := printItems(in.c, "replies/1", items); err != nil {
			return err
		}
	} else {
		t := table{head: []string{"LINE", "REF", "STATE", "BECAME"}}
		for _, it := range items {
			became := it.Outcome
			if it.Why != "" {
				became += ": " + it.Why
			}
			t.add(plural(it.Line, "1", "%s"), it.Ref, string(it.State), became)
		}
		in.c.printTable(t)
		would := "taken in"
		if in.dry {
			would = "would be taken in"
		}
		in.c.say("%s %s; %s known already; %s.", plural(n["taken"], "1 answer", "%s answers"), would, plural(n["known"], "1 is", "%s are"), plural(n["refused"], "1 line was refused", "%s lines were refused"))
	}
	if n["taken"]+n["known"] == 0 {
		return domain.Refused("file", "No line of this file could be taken in.")
	}
	return nil
}
