package main

import (
	"bufio"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/store"
)

// copyItem is a file that holds what the store held, for --json.
type copyItem struct {
	Path  string         `json:"path"`
	Kind  store.CopyKind `json:"kind"`
	Made  time.Time      `json:"made"`
	Until *calendar.Day  `json:"until,omitempty"`
}

// erasedItem is what erase did, for --json.
type erasedItem struct {
	Ref    string               `json:"ref"`
	Reason domain.ErasureReason `json:"reason"`
	On     calendar.Day         `json:"on"`
	Held   []copyItem           `json:"held_by"`
}

// eraseFlags are what erase takes beside a reference.
type eraseFlags struct {
	reason, only       string
	list, yes, backups bool
}

func (c *call) eraseVerb() *cobra.Command {
	var f eraseFlags
	cmd := &cobra.Command{
		Use:   "erase [REF]",
		Short: "Forget somebody for good; only that somebody was erased stays",
		Long: "erase removes every record, key and draft of a participant from the file, changes the store key and\n" +
			"copies the file without what was deleted. It cannot be undone. That somebody was erased, when, by whom\n" +
			"and why stays, without a name. Copies that still hold them are listed on standard output.\n" +
			"Reasons: " + strings.Join(reasonWords(), ", ") + ".\n" +
			"--only third-party and --only fit-note erase what of that class was kept as long as retention says, and\n" +
			"leave the rest: each entry that goes leaves a mark without content.",
		Example: "  coachdesk erase 7K3Q-M --reason asked-to --and-backups\n" +
			"  coachdesk erase 7K3Q-M --only third-party",
		Args: needs("[REF]"),
		RunE: func(_ *cobra.Command, args []string) error {
			switch {
			case f.list && len(args) == 0:
				return c.erasures()
			case f.list || len(args) == 0:
				return misuse("Write coachdesk erase REF --reason WHY, or coachdesk erase --list.")
			}
			return c.erase(args[0], f)
		},
	}
	cmd.Flags().BoolVar(&f.list, "list", false, "list what was erased, when, by whom and why: without a name")
	cmd.Flags().StringVar(&f.reason, "reason", "", "why, one `word` of the list")
	cmd.Flags().StringVar(&f.only, "only", "", "only what of this `class` was kept long enough: third-party or fit-note")
	cmd.Flags().BoolVar(&f.yes, "yes", false, "do not ask whether it is meant")
	cmd.Flags().BoolVar(&f.backups, "and-backups", false, "also delete the automatic backups that hold them, after a new one was made")
	return cmd
}

// erasureItem is what is left of an erasure, for --json.
type erasureItem struct {
	ID     domain.ID            `json:"id"`
	On     calendar.Day         `json:"on"`
	By     string               `json:"by"`
	Reason domain.ErasureReason `json:"reason"`
}

// erasures lists what was erased: that, when, by whom and why is all that is left.
func (c *call) erasures() error {
	st, err := c.open()
	if err != nil {
		return err
	}
	office := st.Office()
	items := []erasureItem{}
	t := table{head: []string{"ON", "BY", "WHY", "ID"}}
	for _, e := range office.Erased {
		items = append(items, erasureItem{e.ID, e.On, office.Named(e.By).Name, e.Reason})
		t.add(e.On.Short(st.Today()), office.Named(e.By).Name, string(e.Reason), e.ID.String())
	}
	if c.json {
		return printItems(c, "erasures/1", items)
	}
	c.printTable(t)
	if len(items) == 0 {
		c.say("Nobody was erased.")
	}
	return nil
}

// reasonWords are the reasons as one word each.
func reasonWords() []string {
	var all []string
	for _, r := range domain.ErasureReasons {
		all = append(all, strings.ReplaceAll(string(r), " ", "-"))
	}
	return all
}

func (c *call) erase(ref string, f eraseFlags) error {
	if f.only != "" && f.reason == "" {
		f.reason = reasonWords()[0] // kept long enough
	}
	at := slices.Index(reasonWords(), f.reason)
	if at < 0 {
		return misuse("--reason: write one of %s.", strings.Join(reasonWords(), ", "))
	}
	reason := domain.ErasureReasons[at]
	st, err := c.open()
	if err != nil {
		return err
	}
	ids, err := st.Everyone()
	if err != nil {
		return err
	}
	id, err := domain.FindRef(ref, ids)
	if err != nil {
		return err
	}
	full := id.Ref(domain.RefLength(ids))
	if p, err := st.Participant(id); err == nil { // damage does not keep anybody in the file
		rules, err := readRetention()
		if err != nil {
			return err
		}
		if why := rules.WhyNotErase(p.Row().Kept, reason, st.Today()); why != "" && f.only == "" {
			return domain.Refused("reason", "%s coachdesk retention set %s says how long it is kept.", why, full)
		}
		for _, t := range p.LinkedWith() {
			c.say("The same person is also held under %s: that record stays.", t.With.Ref(domain.RefLength(ids)))
		}
	}
	if err := c.meant(full, f.yes); err != nil {
		return err
	}
	told, err := c.eraseFor(id, full, reason, domain.RetentionClass(f.only))
	c.sayTurn(told)
	if err != nil {
		return c.needsPassphrase(err)
	}
	if f.only == "" {
		if err := c.burn(id); err != nil {
			return err
		}
	}
	held, err := c.stillHeld(id, f.backups)
	if err != nil {
		return err
	}
	if c.json {
		return printItems(c, "erased/1", []erasedItem{{full, reason, st.Today(), held}})
	}
	return c.tellCopies(held, "These files still hold them:")
}

// eraseFor erases somebody, or what of one class was kept long enough.
func (c *call) eraseFor(id domain.ID, ref string, reason domain.ErasureReason, class domain.RetentionClass) (store.Turn, error) {
	if class == "" {
		told, err := c.st.Erase(id, reason, c.secret)
		if told.Happened {
			c.say("%s was erased for good.", ref)
		}
		return told, err
	}
	rules, err := readRetention()
	if err != nil {
		return store.Turn{}, err
	}
	rule, known := rules[class]
	if !known {
		return store.Turn{}, misuse("--only: %q is not a class of parts. Write third-party or fit-note.", clean.Line(string(class), 40))
	}
	n, told, err := c.st.EraseParts(id, class, c.st.Today().AddMonths(-rule.Months)+1, c.secret)
	if told.Happened {
		c.say("%s of %s erased on the record %s. Their period: %s (confidence %s).", plural(n, "1 entry", "%s entries"), plural(n, string(class)+" was", string(class)+" were"), ref, rule.Source, rule.Confidence)
	}
	return told, err
}

// meant asks whether an erasure is meant, by having the reference typed again.
func (c *call) meant(ref string, yes bool) error {
	if yes {
		return nil
	}
	f, typed := c.terminal()
	if !typed {
		return misuse("There is no terminal to ask whether you mean it. Add --yes.")
	}
	c.say("This cannot be undone. To erase for good what you named of %s, type the reference once more:", ref)
	line, err := c.typedLine(bufio.NewReader(f))
	if err == nil && !strings.EqualFold(strings.TrimSpace(line), ref) {
		err = domain.Refused("ref", "That was not %s. Nothing was erased.", ref)
	}
	return err
}

// stillHeld lists the copies that hold somebody, and deletes the automatic ones first
// where that is wanted.
func (c *call) stillHeld(id domain.ID, backups bool) ([]copyItem, error) {
	if backups {
		if _, err := c.st.BackUpNow(); err != nil {
			return nil, err
		}
	}
	all, err := c.st.Copies()
	if err != nil {
		return nil, err
	}
	items := []copyItem{}
	for _, one := range all {
		switch {
		case !one.Holds(id):
		case backups && one.Kind == store.CopyAutomatic:
			err = errors.Join(err, one.Delete())
		default:
			items = append(items, copyItemOf(one))
		}
	}
	return items, err
}

func copyItemOf(one store.Copy) copyItem {
	item := copyItem{Path: one.Path, Kind: one.Kind, Made: one.Made}
	if !one.Until.IsZero() {
		day := calendar.Of(one.Until)
		item.Until = &day
	}
	return item
}

func (c *call) tellCopies(items []copyItem, title string) error {
	if len(items) == 0 {
		return nil
	}
	c.say("%s", title)
	t := table{head: []string{"MADE", "KIND", "UNTIL", "FILE"}}
	for _, i := range items {
		until := "you delete it"
		if i.Until != nil {
			until = i.Until.Short(c.st.Today())
		}
		t.add(calendar.Of(i.Made).Short(c.st.Today()), string(i.Kind), until, clean.Line(i.Path, 400))
	}
	c.printTable(t)
	return nil
}
