package main

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/store"
	"coachdesk/store/document"
)

// sending is what the flags of handover send say.
type sending struct {
	to, items, restricted []string
	kind, until, words    string
	all, caseload         bool
	bundling
}

// bundling is how a bundle is to be sealed, and where to.
type bundling struct {
	out            string
	force, secret  bool
	passphraseFile string // of the bundle
}

func (s *bundling) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVarP(&s.out, "output", "o", "", "the `file`, or a folder for a file named by the bundle")
	f.BoolVar(&s.force, "force", false, "replace the file if there is one")
}

func (s *bundling) secretFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.BoolVar(&s.secret, "passphrase", false, "seal with a passphrase, typed twice, instead of the receiver's key")
	f.StringVar(&s.passphraseFile, "bundle-passphrase-file", "", "`file` with that passphrase in its first line")
}

func (c *call) handoverSendVerb() *cobra.Command {
	var f sending
	cmd := &cobra.Command{
		Use:   "send [REF…]",
		Short: "Hand cases to somebody, in a sealed file; without REF, what is new for them",
		Long: "handover send offers what is open on each record to one receiver and seals it into one file for their desk.\n" +
			"--kind is cover (they look after the case until --until, your first day back), transfer (it becomes theirs\n" +
			"when they take it), question (one escalation, to an adviser), referral (what goes with a referral to a\n" +
			"provider) or copy (to know, nothing to answer). Without it: cover where there is --until, question for an\n" +
			"adviser, referral for a provider, else transfer.\n" +
			"Your own words come from --words FILE, or from - standard input: lines of “why: …”, “summary: …”,\n" +
			"“how-to-work: …” and “gaps: …”. Paragraphs for the coach only and about third parties never go along, nor\n" +
			"the keys that open them. A provider gets only chosen parts, and only with the person's consent.\n" +
			"Without REF the file holds what is new for the receiver since the last one: answers, replies, what was\n" +
			"called back or ended, and records. --all puts in everything that is theirs to see once more.\n" +
			"The file goes to the other desk by mail or stick: coachdesk itself sends nothing. To somebody who works\n" +
			"here no file is needed.",
		Example: "  coachdesk handover send 7K3Q-M 9DR2-K --to 'Bea Holt' --until '7 dec' --words - -o bea.coachdesk\n  coachdesk handover send --to 'Bea Holt' -o news.coachdesk",
		Args:    needs("[REF…]"),
		RunE: func(_ *cobra.Command, args []string) error {
			switch {
			case len(f.to) == 0:
				return misuse("Say to whom with --to NAME. coachdesk contacts lists whom you can send to.")
			case len(args) == 0:
				return c.sendNews(f)
			case len(f.to) > 1 && domain.HandoverKind(f.kind) != domain.HandoverCopy:
				return misuse("Only a copy goes to several: --kind copy. Hand each case to one of them.")
			}
			return c.sendHandover(args, f)
		},
	}
	fl := cmd.Flags()
	fl.StringArrayVar(&f.to, "to", nil, "who gets it: somebody who works here, or a `name` of the address book; several times for a copy")
	fl.StringVar(&f.kind, "kind", "", "cover, transfer, question, referral or copy")
	fl.StringVar(&f.until, "until", "", "your first `day` back, for cover")
	fl.StringArrayVar(&f.items, "item", nil, "only this `item` of the record beside the case; may stand several times")
	fl.StringVar(&f.words, "words", "", "`file` with your own words; - is standard input")
	fl.StringArrayVar(&f.restricted, "restricted", nil, "the `reference` once more of a person whose record is restricted")
	fl.BoolVar(&f.all, "all", false, "without REF: everything that is theirs to see, not only what is new")
	f.flags(cmd)
	f.secretFlags(cmd)
	return cmd
}

// offer is one person's handover to one receiver, before it is decided.
type offer struct {
	s  *subject
	to receiver
}

// sendHandover offers people to a receiver, and writes the file for their desk.
func (c *call) sendHandover(refs []string, f sending) error {
	w := words{file: f.words, what: "The words", field: "words", most: 4 * 2000}
	if f.words != "" {
		if err := c.mayRead(w); err != nil {
			return err
		}
	}
	people, err := c.several(refs)
	if err != nil {
		return err
	}
	all, err := receiversNamed(c.st.Office(), f.to)
	if err != nil {
		return err
	}
	kind, until, err := c.handoverKind(f, all[0], people[0])
	if err != nil {
		return err
	}
	said, err := c.handoverWords(f.words, people[0])
	if err != nil {
		return err
	}
	var offers []offer
	for _, s := range people {
		if err := s.mayGo(f.restricted); err != nil {
			return err
		}
		for _, to := range all {
			offers = append(offers, offer{s, to})
		}
	}
	commands, err := c.offerAll(offers, kind, until, said, f.items)
	if err != nil {
		return err
	}
	files, err := c.bundlesFor(offers, f.bundle(kind), f.bundling)
	if err != nil {
		return err
	}
	receipt, err := c.sealOffers(files, offers, commands)
	if err != nil {
		return err
	}
	return c.tellOffers(receipt, files)
}

// tellOffers says what was offered, and where the files are.
func (c *call) tellOffers(r domain.Receipt, files []*sealedFile) error {
	r.Records = slices.DeleteFunc(slices.Clone(r.Records), func(rec domain.Record) bool { return rec.Subject.Type != domain.AboutParticipant })
	if !c.json {
		c.sayChanges(r)
	}
	return c.tellFiles(files, c.refWidth())
}

// sealOffers seals what was offered. Of several people it says about whom a refusal is.
func (c *call) sealOffers(files []*sealedFile, offers []offer, commands []domain.Command) (domain.Receipt, error) {
	r, err := c.seal(files, commands...)
	var failed store.Failed
	var no domain.Refusal
	if errors.As(err, &failed) && errors.As(err, &no) && len(offers) > 1 && failed.Command < len(offers) {
		err = aboutPerson(offers[failed.Command].s, err)
	}
	return r, err
}

// bundle is what kind of bundle carries a handover.
func (f sending) bundle(kind domain.HandoverKind) domain.BundleKind {
	switch {
	case f.caseload:
		return domain.BundleCaseload
	case kind == domain.HandoverCopy:
		return domain.BundleCopy
	}
	return domain.BundleHandover
}

// refWidth is how long references have to be.
func (c *call) refWidth() int {
	ids, err := c.st.Everyone()
	if err != nil {
		return 0
	}
	return domain.RefLength(ids)
}

func receiversNamed(office domain.Office, typed []string) ([]receiver, error) {
	var all []receiver
	for _, t := range typed {
		r, err := receiverNamed(office, t)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(all, func(o receiver) bool { return o.id == r.id }) {
			all = append(all, r)
		}
	}
	return all, nil
}

// handoverKind is what --kind and --until say, or what the receiver is for.
func (c *call) handoverKind(f sending, to receiver, s *subject) (domain.HandoverKind, calendar.Day, error) {
	kind := domain.HandoverKind(f.kind)
	switch {
	case f.kind != "":
	case f.until != "":
		kind = domain.HandoverCover
	case to.role.MayAdvise():
		kind = domain.HandoverQuestion
	case to.outside():
		kind = domain.HandoverReferral
	default:
		kind = domain.HandoverTransfer
	}
	if !slices.Contains(domain.HandoverKinds, kind) {
		return kind, 0, misuse("--kind: %q is no kind of handover. Write cover, transfer, question, referral or copy.", clean.Line(f.kind, 40))
	}
	if f.until == "" {
		return kind, 0, nil
	}
	if kind != domain.HandoverCover {
		return kind, 0, misuse("--until has a meaning only for --kind cover.")
	}
	day, err := s.day("until", f.until, calendar.Forward)
	return kind, day, err
}

// handoverWords reads the parts of a handover that only the coach can write.
func (c *call) handoverWords(file string, s *subject) (domain.HandoverWords, error) {
	var o document.Options
	if err := c.ownWords(file, &o); err != nil {
		return domain.HandoverWords{}, err
	}
	said := domain.HandoverWords{Why: o.Why, Summary: o.Summary, HowToWork: o.HowToWork, Gaps: o.Gaps}
	return said, s.plain(strings.Join([]string{said.Why, said.Summary, said.HowToWork, said.Gaps}, "\n\n"))
}

// mayGo refuses a restricted record that was not meant expressly, and one that is gone.
func (s *subject) mayGo(meant []string) error {
	if !s.p.Exists() {
		return domain.Refused("ref", "%s is not on the caseload: joining was undone.", s.ref)
	}
	if !s.p.Restriction.On {
		return nil
	}
	for _, ref := range meant {
		if id, err := domain.FindRef(ref, []domain.ID{s.p.ID}); err == nil && id == s.p.ID {
			return nil
		}
	}
	return domain.Refused("restricted", "The record of %s is restricted. If it is really to go, name it once more with --restricted %s.", s.ref, s.ref)
}

// offerAll makes the commands that offer people to receivers.
func (c *call) offerAll(offers []offer, kind domain.HandoverKind, until calendar.Day, said domain.HandoverWords, items []string) ([]domain.Command, error) {
	q, err := c.queue(c.st)
	if err != nil {
		return nil, err
	}
	if len(items) > 0 && len(offers) > 1 {
		return nil, misuse("--item names items of one person. Hand the others over with a command of their own.")
	}
	var commands []domain.Command
	for _, o := range offers {
		x := domain.OfferHandover{
			Participant: o.s.p.ID, ID: c.st.NewID(), Kind: kind, To: o.to.id, ToName: o.to.name, ToRole: o.to.role, Until: until, Words: said,
			SupportEnds: q.SupportEnds(o.s.p), SoonDays: q.Figures.Of(domain.FigureTransfer),
		}
		if x.Items, err = o.s.handedOver(kind, until, items); err != nil {
			return nil, aboutPerson(o.s, err)
		}
		if o.to.outside() {
			if x.Paper, err = c.paperFor(o, q, x); err != nil {
				return nil, aboutPerson(o.s, err)
			}
		}
		commands = append(commands, x)
	}
	return commands, nil
}

// handedOver is what of a record is put into the receiver's hands: what was named, or what
// is open.
func (s *subject) handedOver(kind domain.HandoverKind, until calendar.Day, refs []string) ([]domain.HandoverItem, error) {
	open := domain.ItemsOf(s.p, kind, s.today, until)
	if len(refs) == 0 {
		return open, nil
	}
	var ids []domain.ID
	for _, it := range open {
		if !it.Of.IsZero() {
			ids = append(ids, it.Of)
		}
	}
	out := slices.DeleteFunc(slices.Clone(open), func(it domain.HandoverItem) bool { return it.What != domain.HandedCase })
	for _, ref := range refs {
		id, err := domain.FindRef(ref, ids)
		if err != nil {
			return nil, notFound(err, "item", "%q is nothing open on this record that a %s hands over. coachdesk show %s lists what there is.", clean.Line(ref, 40), kind, s.ref)
		}
		out = append(out, open[slices.IndexFunc(open, func(it domain.HandoverItem) bool { return it.Of == id })])
	}
	return out, nil
}

// aboutPerson says whom a refusal is about, where a command is about several.
func aboutPerson(s *subject, err error) error {
	return domain.Refused("ref", "%s: %s", s.ref, err)
}

// bundlesFor makes a bundle for each receiver of another desk.
func (c *call) bundlesFor(offers []offer, bundleKind domain.BundleKind, how bundling) ([]*sealedFile, error) {
	away := slices.ContainsFunc(offers, func(o offer) bool { return o.to.away != nil })
	switch {
	case away && how.out == "":
		return nil, misuse("Say which file to write: -o FILE. It is sealed for the receiver.")
	case !away && how.out != "":
		return nil, misuse("%s works here and needs no file: leave -o out.", offers[0].to.name)
	case !away:
		return nil, nil
	case slices.ContainsFunc(offers, func(o offer) bool { return o.to.outside() != offers[0].to.outside() }):
		return nil, misuse("A provider gets only chosen parts, and staff all that is shareable: make a file for each.")
	}
	f := &sealedFile{out: store.Outgoing{ID: c.st.NewID(), Kind: bundleKind}}
	for _, o := range offers {
		if o.to.away == nil {
			continue
		}
		if !slices.ContainsFunc(f.out.To, func(x domain.Contact) bool { return x.Person == o.to.id }) {
			c.sayWarning(*o.to.away)
			f.out.To = append(f.out.To, *o.to.away)
		}
		if !slices.ContainsFunc(f.out.People, func(p store.Parcel) bool { return p.ID == o.s.p.ID }) {
			f.out.People = append(f.out.People, c.parcelFor(o))
		}
	}
	var err error
	if f.out.Passphrase, err = c.bundleSecret(how); err != nil {
		return nil, err
	}
	f.to = target{how.out, bundleName(f.out.ID), how.force}
	return []*sealedFile{f}, nil
}

// bundleName is the name of the file of a bundle. It names nobody.
func bundleName(id domain.ID) string { return "bundle-" + id.Ref(8) + bundleEnding }

// bundleSecret is the passphrase of a bundle; empty seals to keys.
func (c *call) bundleSecret(how bundling) (string, error) {
	if !how.secret && how.passphraseFile == "" {
		return "", nil
	}
	if _, typed := c.terminal(); !typed && how.passphraseFile == "" {
		return "", misuse("There is no terminal to ask for the passphrase of the bundle. Use --bundle-passphrase-file FILE.")
	}
	return c.newPassphrase(how.passphraseFile)
}
