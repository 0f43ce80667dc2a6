package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/assets"
	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/store/document"
)

// paper is what the flags of an export say.
type paper struct {
	consent, receiver, format, out, words, basis string
	force                                        bool
	preview, private                             bool
	seal                                         sealing
}

func (c *call) exportVerb() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write what others are to read",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			return misuse("Say what to export: coachdesk export handover REF, plan REF, journal REF, calendar, referral REF ITEM, people, everything, or subject-access REF.")
		},
	}
	var p paper
	handover := &cobra.Command{
		Use:   "handover REF",
		Short: "A handover note of one screen, without what its receiver may not read",
		Long: "export handover makes the note from the record. What was left out and why is told on standard error.\n" +
			"--words reads what only the coach can say, as lines of “why: …”, “summary: …”, “how-to-work: …” and\n" +
			"“gaps: …”. A file that it writes is for you alone to read, and never replaces another without --force.\n\n" +
			"For a provider or an employer the person's consent must be in force (coachdesk consent give), and only the\n" +
			"parts that it covers go into the note. --basis names another legal basis: public-task, legal-obligation or\n" +
			"vital-interests. The note says so, and so does the record: it remembers what left, for whom and on which\n" +
			"ground (coachdesk exports REF).\n\n" +
			"--preview shows on your own screen what a receiver does not read, with the reason. --seal closes the file\n" +
			"with a passphrase, or --to for somebody in the address book: FILE.age. coachdesk unseal opens it, and the age\n" +
			"tool what has a passphrase.",
		Example: "  coachdesk export handover 7K3Q-M --for provider -o handover.md --format md",
		Args:    needs("REF"),
		RunE:    func(_ *cobra.Command, args []string) error { return c.handover(args[0], p) },
	}
	f := handover.Flags()
	f.StringVar(&p.receiver, "for", string(document.Colleague), "who reads it: colleague, dea, provider, employer or person")
	f.StringVar(&p.format, "format", "text", "text, md, html or json")
	f.StringVarP(&p.out, "output", "o", "", "the `file`, or a folder for a file named by the reference; standard output unless said")
	f.StringVar(&p.words, "words", "", "`file` with the coach's own words; - is standard input")
	f.StringVar(&p.basis, "basis", "", "the legal `basis` when it is not consent: public-task, legal-obligation or vital-interests")
	f.StringVar(&p.consent, "consent", "", "under which consent, when several receivers of a kind have one: a `reference` that consent lists")
	f.BoolVar(&p.force, "force", false, "replace the file if there is one")
	f.BoolVar(&p.preview, "preview", false, "show all of it on your own screen, with what its receiver does not read and why; never a file")
	f.BoolVar(&p.private, "include-private", false, "with --preview: what is coach only or third party too")
	p.seal.flags(f)
	cmd.AddCommand(handover, c.exportPlanVerb(), c.exportJournalVerb(), c.exportCalendarVerb(), c.accessVerb(), c.exportReferralVerb())
	cmd.AddCommand(c.exportEverythingVerb(), c.exportPeopleVerb())
	return cmd
}

func (c *call) handover(ref string, p paper) error {
	receiver := document.Receiver(p.receiver)
	switch {
	case !slices.Contains(document.Receivers, receiver):
		return misuse("--for: %q is not a receiver. Write colleague, dea, provider, employer or person.", clean.Line(p.receiver, 40))
	case !slices.Contains(noteFormats, p.format):
		return misuse("--format: %q is not a format of this note. Write text, md, html or json.", clean.Line(p.format, 40))
	case p.preview && (p.out != "" || p.seal.on() || p.format != "text"):
		return misuse("--preview is for your own screen: it goes to no file, is not sealed, and has one format.")
	case p.private && !p.preview:
		return misuse("--include-private goes with --preview: nothing private is in a note.")
	case p.basis != "" && !receiver.Outside():
		return misuse("--basis has a meaning only for a note that leaves the office: --for provider or employer.")
	case p.basis != "" && !slices.Contains(document.Bases, document.Basis(p.basis)):
		return misuse("--basis: %q is not a legal basis of this note. Write public-task, legal-obligation or vital-interests.", clean.Line(p.basis, 40))
	case p.words == "-" && c.passphraseFrom() == "-":
		return misuse("Standard input cannot be both the passphrase and the words. Put one of the two into a file.")
	}
	c.verb = strings.TrimSpace("handover for " + p.receiver + " " + p.basis) // what left, for whom, stands in the log
	s, err := c.person(ref)
	if err != nil {
		return err
	}
	if !s.p.Exists() {
		return domain.Refused("ref", "%s is not on the caseload: joining was undone.", s.ref)
	}
	to := ""
	if receiver.Outside() && p.basis == "" && !p.preview {
		if to, err = s.mayLeave(receiver, p.consent); err != nil {
			return err
		}
	}
	q, err := c.queue(s.st)
	if err != nil {
		return err
	}
	office := s.st.Office()
	sharing, err := document.ReadSharing(assets.Handover())
	if err != nil {
		return err
	}
	o := document.Options{
		Sharing: sharing, For: receiver, Today: s.today, Calendar: s.st.Calendar(), Waits: q.Rules.Waits(), Reviews: q.Reviewing(), Reasons: q.Planning.Reasons, Queue: q, Ref: s.ref, To: to, By: s.st.Who().Name, Basis: document.Basis(p.basis),
		People: func(id domain.ID) string { return office.Named(id).Name },
	}
	if err := c.ownWords(p.words, &o); err != nil {
		return err
	}
	note := document.Handover(s.p, o)
	if p.preview {
		c.write(clean.Printable(note.Preview(p.private)))
		return nil
	}
	text, ending, err := noteIn(p.format, note)
	if err != nil {
		return err
	}
	if p, text, err = c.sealed(p, text); err != nil {
		return err
	}
	out := leaving{who: s.p.ID, of: s.noted(receiver, to, p), name: "handover-" + s.ref + ending + p.seal.ending(), text: text, where: "The note is at %s."}
	for _, h := range note.Hidden() {
		out.of.Hidden += h.Count
	}
	if err := c.deliver(s.st, p, out); err != nil {
		return err
	}
	for _, h := range note.HiddenWords() {
		c.say("%s", h)
	}
	return nil
}

// noted is what the record is to remember of a handover note.
func (s *subject) noted(r document.Receiver, to string, p paper) domain.Export {
	x := domain.Export{What: domain.ExportHandover, For: domain.ExportFor(r), Name: cmp.Or(to, p.seal.name), Basis: domain.ExportBasis(p.basis), Format: p.format}
	switch {
	case r == document.Person:
		x.Basis = domain.OnOwn
	case !r.Outside():
		x.Basis = domain.OnService
	case p.basis == "":
		x.Basis, x.Consents = domain.OnConsent, consentsOf(s.p, domain.Recipient{Kind: r.Recipient().Kind, Name: to}, s.today)
	}
	return x
}

// mayLeave refuses a note that no consent covers today, and returns the name of the one
// whom it is for. What was agreed for one receiver never goes to another.
func (s *subject) mayLeave(r document.Receiver, consent string) (string, error) {
	with := r.Recipient()
	if why := s.p.WhyNotShare(with, nil, s.today); why != "" {
		return "", domain.Refused("for", "%s Record it with coachdesk consent give %s --to %s, or name another legal basis with --basis.", why, s.ref, with.Kind)
	}
	covering := s.p.Covering(with, s.today)
	with.Name = covering[0].To.Name
	if consent != "" {
		id, err := s.find(itemConsent, consent)
		if err != nil {
			return "", err
		}
		at := slices.IndexFunc(covering, func(x domain.Consent) bool { return x.ID == id })
		if at < 0 {
			return "", domain.Refused("consent", "That consent is not for a %s, or not in force today.", with.Kind)
		}
		with.Name = covering[at].To.Name
	} else if other := s.p.Covering(with, s.today); len(other) < len(covering) {
		s.c.sayConsents(s, covering)
		return "", domain.Refused("consent", "Consent stands for more than one %s. Say for which the note is: --consent REF.", with.Kind)
	}
	s.c.sayConsents(s, s.p.Covering(with, s.today))
	s.c.say("Give the note to nobody else.")
	return with.Name, nil
}

func (c *call) sayConsents(s *subject, all []domain.Consent) {
	for _, x := range all {
		c.say("Consent %s for: %s, %s.", s.itemRef(x.ID), clean.Line(x.WhoWhat(), 300), x.State(s.today))
	}
}

// ownWords reads the parts of a handover that only the coach can write.
func (c *call) ownWords(file string, o *document.Options) error {
	if file == "" {
		return nil
	}
	text, err := c.readWords(words{file: file, what: "The words", field: "words", most: 8000})
	if err != nil {
		return err
	}
	parts := map[string]*string{"why": &o.Why, "summary": &o.Summary, "how-to-work": &o.HowToWork, "gaps": &o.Gaps}
	var last *string
	for i, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		if line[0] == ' ' && last != nil {
			*last += "\n" + strings.TrimSpace(line)
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		if last = parts[clean.Fold(strings.TrimSpace(name))]; !ok || last == nil {
			return misuse("--words: line %d begins with none of why:, summary:, how-to-work: and gaps:.", i+1)
		}
		*last = strings.TrimSpace(value)
	}
	return nil
}
