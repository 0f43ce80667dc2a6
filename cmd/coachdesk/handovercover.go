package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/store"
)

func (c *call) handoverCoverVerb() *cobra.Command {
	var f sending
	var plan string
	cmd := &cobra.Command{
		Use:   "cover",
		Short: "Before leave: hand a set of cases over in one go, with who takes whom",
		Long: "handover cover reads lines of “REF NAME” from --plan FILE, or from - standard input: who looks after whom\n" +
			"until you are back. All of it happens at once or not at all, and is one undo on each record. For receivers\n" +
			"at other desks it writes one sealed file each into the folder -o; who works here needs none.\n" +
			"handover back takes all of it back and tells what happened meanwhile.",
		Example: "  coachdesk handover cover --until '7 dec' --plan plan.txt -o .",
		Args:    noArgs,
		RunE: func(*cobra.Command, []string) error {
			switch {
			case f.until == "":
				return misuse("Say until when: --until DAY, the first day on which you are back.")
			case plan == "":
				return misuse("Say who looks after whom: --plan FILE with lines of “REF NAME”.")
			case plan == "-" && f.words == "-" || (plan == "-" || f.words == "-") && c.passphraseFrom() == "-":
				return misuse("Standard input cannot be two things. Put one of them into a file.")
			}
			return c.handoverCover(plan, f)
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&f.until, "until", "", "your first `day` back")
	fl.StringVar(&plan, "plan", "", "`file` with lines of “REF NAME”; - is standard input")
	fl.StringVar(&f.words, "words", "", "`file` with your own words for all of them; - is standard input")
	fl.StringArrayVar(&f.restricted, "restricted", nil, "the `reference` once more of a person whose record is restricted")
	fl.StringVarP(&f.out, "output", "o", "", "the `folder` for the sealed files")
	fl.BoolVar(&f.force, "force", false, "replace a file if there is one")
	return cmd
}

func (c *call) handoverCover(plan string, f sending) error {
	text, err := c.rawWords(words{file: plan, what: "The plan", field: "plan", most: inputMost})
	if err != nil {
		return err
	}
	offers, err := c.readPlan(text, f.restricted)
	if err != nil {
		return err
	}
	until, err := offers[0].s.day("until", f.until, calendar.Forward)
	if err != nil {
		return err
	}
	said, err := c.handoverWords(f.words, offers[0].s)
	if err != nil {
		return err
	}
	commands, err := c.offerAll(offers, domain.HandoverCover, until, said, nil)
	if err != nil {
		return err
	}
	var files []*sealedFile
	for _, o := range offers {
		if o.to.away == nil {
			continue
		}
		if f.out == "" {
			return misuse("%s has a desk of their own. Say into which folder the sealed files go: -o FOLDER.", o.to.name)
		}
		at := slices.IndexFunc(files, func(x *sealedFile) bool { return x.out.To[0].Person == o.to.id })
		if at < 0 {
			c.sayWarning(*o.to.away)
			id := c.st.NewID()
			files = append(files, &sealedFile{to: target{f.out, bundleName(id), f.force}, out: store.Outgoing{ID: id, Kind: domain.BundleHandover, To: []domain.Contact{*o.to.away}}})
			at = len(files) - 1
		}
		files[at].out.People = append(files[at].out.People, c.parcelFor(o))
	}
	if err := oneFolder(files); err != nil {
		return err
	}
	receipt, err := c.sealOffers(files, offers, commands)
	if err != nil {
		return err
	}
	return c.tellOffers(receipt, files)
}

// oneFolder refuses a single file for several bundles: one would take the other's place.
func oneFolder(files []*sealedFile) error {
	for _, f := range files {
		to, err := f.to.settled()
		if err != nil {
			return err
		}
		if len(files) > 1 && to.path == f.to.path {
			return misuse("--output: %s is no folder, and there is a file for each receiver. Make the folder first.", clean.Line(f.to.path, 400))
		}
	}
	return nil
}

// readPlan reads who looks after whom.
func (c *call) readPlan(text string, restricted []string) ([]offer, error) {
	var offers []offer
	for i, line := range strings.Split(clean.Text(text, inputMost), "\n") {
		ref, name, _ := strings.Cut(strings.TrimSpace(line), " ")
		if ref == "" || strings.HasPrefix(ref, "#") {
			continue
		}
		s, err := c.person(ref)
		if err != nil {
			return nil, misuse("The plan, line %d: %s", i+1, err)
		}
		if err := s.mayGo(restricted); err != nil {
			return nil, err
		}
		to, err := receiverNamed(c.st.Office(), name)
		switch {
		case err != nil:
			return nil, domain.Refused("to", "The plan, line %d: %s", i+1, err)
		case to.outside():
			return nil, domain.Refused("to", "The plan, line %d: %s is a provider's adviser and looks after no case of yours. Name a colleague.", i+1, to.name)
		case slices.ContainsFunc(offers, func(o offer) bool { return o.s.p.ID == s.p.ID }):
			return nil, misuse("The plan, line %d: %s stands there twice.", i+1, s.ref)
		}
		offers = append(offers, offer{s, to})
	}
	if len(offers) == 0 {
		return nil, misuse("The plan names nobody. Write lines of “REF NAME”.")
	}
	return offers, nil
}
