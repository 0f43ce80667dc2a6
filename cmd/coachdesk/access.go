package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/store"
	"coachdesk/store/document"
)

func (c *call) accessVerb() *cobra.Command {
	var p paper
	var others bool
	cmd := &cobra.Command{
		Use:   "subject-access REF",
		Short: "Everything held on one person, for their own request to see it",
		Long: "export subject-access tells every record as it is held: also what was changed or undone since, what the\n" +
			"coach wrote for themself, drafts, who opened the record, and which copies hold it. What is about somebody\n" +
			"else is taken out of the records and listed at the end, to be looked at before anything goes out;\n" +
			"--with-third-party leaves it where it stands, after somebody has looked.",
		Example: "  coachdesk export subject-access 7K3Q-M -o held.txt",
		Args:    needs("REF"),
		RunE:    func(_ *cobra.Command, args []string) error { return c.subjectAccess(args[0], p, others) },
	}
	f := cmd.Flags()
	f.StringVar(&p.format, "format", "text", "text, html or json")
	f.StringVarP(&p.out, "output", "o", "", "the `file`, or a folder for a file named by the reference; standard output unless said")
	f.BoolVar(&p.force, "force", false, "replace the file if there is one")
	f.BoolVar(&others, "with-third-party", false, "leave what is about somebody else in its place")
	return cmd
}

func (c *call) subjectAccess(ref string, p paper, others bool) error {
	if c.json {
		p.format = "json"
	}
	if !slices.Contains([]string{"text", "html", "json"}, p.format) {
		return misuse("--format: %q is not a format of this paper. Write text, html or json.", clean.Line(p.format, 40))
	}
	s, err := c.person(ref)
	if err != nil {
		return err
	}
	office, zone := s.st.Office(), c.world.now().Location()
	waiting, err := waitingOn(s.st, s.p.ID)
	if err != nil {
		return err
	}
	held, err := document.HoldOn(s.p, document.HoldOptions{
		Waiting: waiting, Ref: s.ref, Today: s.today, Zone: zone, Others: others,
		People: func(id domain.ID) string { return office.Named(id).Name },
	})
	if err != nil {
		return err
	}
	if err := c.holdBeside(s, &held); err != nil {
		return err
	}
	text, ending := held.Text(), ".txt"
	switch p.format {
	case "html":
		text, ending = held.HTML(), ".html"
	case "json":
		if text, err = jsonOf(listing[document.Held]{"coachdesk.subject-access/1", []document.Held{held}}); err != nil {
			return err
		}
		ending = ".json"
	}
	if len(held.Others) > 0 {
		c.say("%s about somebody else: look at what stands at the end before it goes out.", plural(len(held.Others), "1 record is", "%s records are"))
	}
	out := leaving{name: "subject-access-" + s.ref + ending, text: clean.Printable(text), where: "Everything held is at %s.", who: s.p.ID, always: true}
	out.of = domain.Export{What: domain.ExportAccess, For: domain.ForPerson, Basis: domain.OnRights, Format: p.format}
	if !others {
		out.of.Hidden = len(held.Others)
	}
	return c.deliver(s.st, p, out)
}

// holdBeside adds what is held outside the journal.
func (c *call) holdBeside(s *subject, held *document.Held) error {
	office, zone := s.st.Office(), c.world.now().Location()
	drafts, err := s.st.Drafts()
	if err != nil {
		return err
	}
	for _, d := range drafts {
		if d.Participant == s.p.ID {
			held.Drafts = append(held.Drafts, document.HeldDraft{At: d.At.In(zone), By: office.Named(d.By).Name, Place: d.Place, Fields: d.Fields})
		}
	}
	looks, err := s.st.Looks(s.p.ID)
	if err != nil {
		return err
	}
	for _, l := range looks {
		held.Looks = append(held.Looks, document.HeldLook{At: l.At.In(zone), By: office.Named(l.By).Name, Role: l.Role, Via: l.Via, Reason: l.Reason})
	}
	copies, err := s.st.Copies()
	if err != nil {
		return err
	}
	for _, one := range slices.DeleteFunc(copies, func(one store.Copy) bool { return !one.Holds(s.p.ID) }) {
		held.Stays = append(held.Stays, document.HeldElsewhere{Kind: string(one.Kind), Made: one.Made.In(zone)})
	}
	held.Went = wentWith(office, s.p.ID)
	for _, t := range s.p.LinkedWith() {
		held.Also = append(held.Also, t.With)
	}
	return nil
}

// waitingOn are the records about somebody that other desks brought and that are not part
// of the record.
func waitingOn(st *store.Store, id domain.ID) ([]domain.Record, error) {
	all, err := st.Quarantine()
	var mine []domain.Record
	for _, w := range all {
		if w.Record.Subject == domain.About(id) {
			mine = append(mine, w.Record)
		}
	}
	return mine, err
}

// wentWith are the lists and bundles that somebody was in. Who else was in them is not
// told.
func wentWith(office domain.Office, id domain.ID) []document.HeldGone {
	var out []document.HeldGone
	for _, x := range office.Exports {
		if slices.Contains(x.People, id) {
			out = append(out, document.HeldGone{On: x.On, By: office.Named(x.By).Name, Sentence: "In a list that left the desk.", SHA256: x.SHA256})
		}
	}
	for _, x := range office.Sent {
		if slices.Contains(x.People, id) {
			out = append(out, document.HeldGone{On: x.On, By: office.Named(x.By).Name, Sentence: "In a sealed bundle for " + receiversOf(office, x.To) + ".", SHA256: x.SHA256})
		}
	}
	for _, x := range office.Opened {
		if slices.Contains(x.People, id) {
			out = append(out, document.HeldGone{On: x.On, By: office.Named(x.By).Name, Sentence: "In a sealed bundle from " + cmp.Or(office.Named(x.From).Name, "another desk") + ".", SHA256: x.SHA256})
		}
	}
	return out
}

// receiversOf names who a bundle was closed for.
func receiversOf(office domain.Office, ids []domain.ID) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = cmp.Or(office.Named(id).Name, "another desk")
	}
	return cmp.Or(strings.Join(names, ", "), "whoever has its passphrase")
}
