package main

import (
	"slices"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/store"
)

func (c *call) handoverCaseloadVerb() *cobra.Command {
	var f sending
	cmd := &cobra.Command{
		Use:   "caseload",
		Short: "The whole caseload in one sealed file: for yourself, or handed to somebody",
		Long: "handover caseload takes everybody on the caseload. --to me seals a copy to this desk's own key. --to NAME\n" +
			"hands all of it to a colleague: --kind copy unless said, or cover with --until, or transfer.\n" +
			"Restricted records are never in it; a sentence says how many were left out.",
		Example: "  coachdesk handover caseload --to 'Bea Holt' --kind cover --until '7 dec' -o all.coachdesk",
		Args:    noArgs,
		RunE: func(*cobra.Command, []string) error {
			if len(f.to) != 1 {
				return misuse("Say for whom: --to me or --to NAME.")
			}
			return c.handoverCaseload(f)
		},
	}
	fl := cmd.Flags()
	fl.StringArrayVar(&f.to, "to", nil, "me, or a `name` of the address book")
	fl.StringVar(&f.kind, "kind", "", "copy, cover or transfer")
	fl.StringVar(&f.until, "until", "", "your first `day` back, for cover")
	fl.StringVar(&f.words, "words", "", "`file` with your own words for all of them; - is standard input")
	f.flags(cmd)
	return cmd
}

func (c *call) handoverCaseload(f sending) error {
	st, err := c.open()
	if err != nil {
		return err
	}
	refs, err := c.caseload()
	if err != nil {
		return err
	}
	if f.to[0] == "me" {
		file := &sealedFile{out: store.Outgoing{ID: st.NewID(), Kind: domain.BundleCaseload}}
		people, err := c.several(refs)
		if err != nil {
			return err
		}
		for _, s := range people {
			file.out.People = append(file.out.People, store.Parcel{ID: s.p.ID})
		}
		return c.sealFor(file, f)
	}
	to, err := receiverNamed(st.Office(), f.to[0])
	if err != nil {
		return err
	}
	if to.outside() {
		return domain.Refused("to", "%s is a provider's adviser: a caseload goes only to staff of the service.", clean.Line(to.name, 60))
	}
	if f.kind == "" && f.until == "" {
		f.kind = string(domain.HandoverCopy)
	}
	if !slices.Contains([]string{"", string(domain.HandoverCopy), string(domain.HandoverCover), string(domain.HandoverTransfer)}, f.kind) {
		return misuse("--kind: a caseload goes as copy, cover or transfer.")
	}
	f.caseload = true
	return c.sendHandover(refs, f)
}

// caseload lists whom a bundle of the whole caseload holds.
func (c *call) caseload() ([]string, error) {
	rows, err := c.st.Rows()
	if err != nil {
		return nil, err
	}
	var refs []string
	hidden := 0
	for _, r := range rows {
		if r.Restricted {
			hidden++
			continue
		}
		refs = append(refs, r.ID.Ref(0))
	}
	if hidden > 0 {
		c.say("%s left out: %s restricted.", plural(hidden, "1 record is", "%s records are"), plural(hidden, "it is", "they are"))
	}
	if len(refs) == 0 {
		return nil, domain.Refused("people", "There is nobody on the caseload to put into the file.")
	}
	return refs, nil
}
