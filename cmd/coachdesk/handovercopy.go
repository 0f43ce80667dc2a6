package main

import (
	"slices"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/store"
)

func (c *call) handoverCopyVerb() *cobra.Command {
	var f sending
	cmd := &cobra.Command{
		Use:   "copy REF…",
		Short: "A copy of records in a sealed file: for yourself, for others to know, or for a passphrase",
		Long: "handover copy seals records into a file with nothing to answer. --to me makes one that only this desk's own\n" +
			"key opens: it is the only one that holds what is for the coach only or about third parties. --to NAME gives\n" +
			"a copy to somebody of the address book, and may stand several times. --passphrase without --to makes one\n" +
			"for whoever has the passphrase, typed twice.",
		Example: "  coachdesk handover copy 7K3Q-M --to me -o .\n  coachdesk handover copy 7K3Q-M --to 'Bea Holt' --to 'Cy Ng' -o copy.coachdesk",
		Args:    needs("REF…"),
		RunE: func(_ *cobra.Command, args []string) error {
			switch me := slices.Contains(f.to, "me"); {
			case me && len(f.to) > 1:
				return misuse("A copy for this desk's own key goes to nobody else. Make two.")
			case me && (f.secret || f.passphraseFile != ""):
				return misuse("A copy for this desk's own key has no passphrase. Leave one of the two out.")
			case len(f.to) == 0 && !f.secret && f.passphraseFile == "":
				return misuse("Say for whom: --to me, --to NAME, or --passphrase.")
			case me || len(f.to) == 0:
				return c.copyOut(args, f)
			}
			f.kind = string(domain.HandoverCopy)
			return c.sendHandover(args, f)
		},
	}
	fl := cmd.Flags()
	fl.StringArrayVar(&f.to, "to", nil, "me, or a `name` of the address book")
	fl.StringVar(&f.words, "words", "", "`file` with your own words; - is standard input")
	fl.StringArrayVar(&f.restricted, "restricted", nil, "the `reference` once more of a person whose record is restricted")
	f.flags(cmd)
	f.secretFlags(cmd)
	return cmd
}

// copyOut seals records for this desk's own key, or for a passphrase: nobody is offered
// anything.
func (c *call) copyOut(refs []string, f sending) error {
	people, err := c.several(refs)
	if err != nil {
		return err
	}
	file := &sealedFile{out: store.Outgoing{ID: c.st.NewID(), Kind: domain.BundleCopy}}
	for _, s := range people {
		if err := s.mayGo(f.restricted); err != nil {
			return err
		}
		file.out.People = append(file.out.People, store.Parcel{ID: s.p.ID})
	}
	return c.sealFor(file, f)
}

// sealFor writes a file for this desk's own key or for a passphrase.
func (c *call) sealFor(file *sealedFile, f sending) error {
	if f.out == "" {
		return misuse("Say which file to write: -o FILE.")
	}
	file.to = target{f.out, bundleName(file.out.ID), f.force}
	var err error
	if file.out.Passphrase, err = c.bundleSecret(f.bundling); err != nil {
		return err
	}
	if file.out.Passphrase != "" {
		c.say("Whoever has the file and the passphrase reads all that is shareable: give them to staff of the service only, and not by the same way.")
	} else {
		me, err := c.myContact()
		if err != nil {
			return err
		}
		file.out.To = []domain.Contact{me}
	}
	if _, err := c.seal([]*sealedFile{file}); err != nil {
		return err
	}
	return c.tellFiles([]*sealedFile{file}, c.refWidth())
}
