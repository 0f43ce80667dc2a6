package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/store/document"
	"coachdesk/ui/screen"
)

// The words of the flags of copies.
var (
	shapeWords = map[string]domain.CopyShape{"plain": domain.PlainShape, "large": domain.LargePrint, "easy": domain.EasyRead}
	howWords   = map[string]domain.CopyHow{"paper": domain.OnPaper, "email": domain.ByEmail, "journal": domain.InJournal, "post": domain.ByPost, "aloud": domain.ReadAloud}
)

// form is in which form a copy is asked for.
type form struct {
	shape, language string
}

func (f *form) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.shape, "shape", "plain", "plain, large (print) or easy (read)")
	cmd.Flags().StringVar(&f.language, "language", string(domain.English), "en or cy: the language of the fixed words; no translator has reviewed the Welsh ones")
}

func (f form) read() (of screen.CopyOf, err error) {
	of = screen.CopyOf{Shape: shapeWords[f.shape], Language: domain.CopyLanguage(f.language)}
	switch {
	case of.Shape == "":
		return of, misuse("--shape: %q is not a shape of a copy. Write plain, large or easy.", clean.Line(f.shape, 40))
	case !slices.Contains(domain.CopyLanguages, of.Language):
		return of, misuse("--language: %q is not a language of a copy. Write en or cy.", clean.Line(f.language, 40))
	}
	return of, nil
}

func (c *call) exportPlanVerb() *cobra.Command {
	var p paper
	var f form
	version := 0
	cmd := &cobra.Command{
		Use:   "plan REF",
		Short: "The person's own copy of their plan",
		Long: "export plan makes the person's copy: plain English, large print or Easy Read, with fixed words in English\n" +
			"or Welsh, as text, Markdown or one HTML page to print. Nothing private is in it. copy records that it was\n" +
			"given, and how.",
		Example: "  coachdesk export plan 7K3Q-M --shape easy --format html -o .",
		Args:    needs("REF"),
		RunE:    func(_ *cobra.Command, args []string) error { return c.exportPlan(args[0], p, f, version) },
	}
	f.flags(cmd)
	cmd.Flags().StringVar(&p.format, "format", "text", "text, md or html")
	cmd.Flags().IntVar(&version, "version", 0, "the plan as it was agreed in this `version`; as it is now unless said")
	p.outFlags(cmd)
	return cmd
}

// outFlags say where a paper goes.
func (p *paper) outFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVarP(&p.out, "output", "o", "", "the `file`, or a folder for a file named by the reference; standard output unless said")
	f.BoolVar(&p.force, "force", false, "replace the file if there is one")
}

func (c *call) exportPlan(ref string, p paper, f form, version int) error {
	of, err := f.read()
	switch {
	case err != nil:
		return err
	case !slices.Contains([]string{"text", "md", "html"}, p.format):
		return misuse("--format: %q is not a format of this paper. Write text, md or html.", clean.Line(p.format, 40))
	}
	s, o, err := c.copyFor(ref, of)
	if err != nil {
		return err
	}
	if newest := s.p.Plan.Version(); version < 0 || version > newest {
		return domain.Refused("version", "There is no version %d of this plan. The newest that was agreed is %d.", version, newest)
	}
	o.Version = version
	made := document.PlanCopy(s.p, o)
	text, ending := made.Text(), ".txt"
	switch p.format {
	case "md":
		text, ending = made.Markdown(), ".md"
	case "html":
		text, ending = made.HTML(), ".html"
	}
	return c.deliver(s.st, p, leaving{name: copyName(s.p, s.ref, of) + ending, text: text, where: "The copy is at %s.", who: s.p.ID, of: copyNoted(of, p.format)})
}

// copyFor finds the person and how a copy for them is made.
func (c *call) copyFor(ref string, of screen.CopyOf) (*subject, document.CopyOptions, error) {
	s, err := c.person(ref)
	if err != nil {
		return nil, document.CopyOptions{}, err
	}
	if !s.p.Exists() {
		return nil, document.CopyOptions{}, domain.Refused("ref", "%s is not on the caseload: joining was undone.", s.ref)
	}
	q, err := c.queue(s.st)
	if err != nil {
		return nil, document.CopyOptions{}, err
	}
	o, err := copyOptions(s.st, s.ref, s.today, of, q.Reviewing(), q.Figures)
	return s, o, err
}

func (c *call) exportJournalVerb() *cobra.Command {
	var p paper
	var f form
	cmd := &cobra.Command{
		Use:   "journal REF",
		Short: "Text to paste into the person's online journal after a talk",
		Long: "export journal writes what both said they would do and when they meet next, in plain words without signs.\n" +
			"How long it is, is told on standard error.",
		Args: needs("REF"),
		RunE: func(_ *cobra.Command, args []string) error {
			of, err := f.read()
			if err != nil {
				return err
			}
			of.Journal = true
			s, o, err := c.copyFor(args[0], of)
			if err != nil {
				return err
			}
			text := clean.Printable(document.Journal(s.p, o))
			c.say("%s letters.", thousands(len([]rune(text))))
			return c.deliver(s.st, p, leaving{name: copyName(s.p, s.ref, of) + ".txt", text: text, where: "The text is at %s.", who: s.p.ID, of: copyNoted(of, "text")})
		},
	}
	f.flags(cmd)
	p.outFlags(cmd)
	return cmd
}

func (c *call) copyVerb() *cobra.Command {
	var f form
	var how string
	cmd := &cobra.Command{
		Use:     "copy REF",
		Short:   "Record that the person was given a copy of the plan, and how",
		Long:    "copy notes which version was given, in which form, and how. export plan makes the copy.",
		Example: "  coachdesk copy 7K3Q-M --shape easy --how paper",
		Args:    needs("REF"),
		RunE: func(_ *cobra.Command, args []string) error {
			of, err := f.read()
			switch {
			case err != nil:
				return err
			case howWords[how] == "":
				return misuse("--how: say how they got it: paper, email, journal, post or aloud.")
			}
			return c.record(args[0], words{}, func(s *subject, _ string) (domain.Command, error) {
				return domain.GiveCopy{Participant: s.p.ID, Shape: of.Shape, Language: of.Language, How: howWords[how]}, nil
			})
		},
	}
	f.flags(cmd)
	cmd.Flags().StringVar(&how, "how", "", "paper, email, journal, post or aloud")
	return cmd
}

// signpostFlags are the flags that tell what came of a signpost.
var signpostFlags = map[string]domain.SignpostResult{
	"helped": domain.SignpostHelped, "no-help": domain.SignpostNoHelp, "did-not-go": domain.SignpostDidNotGo, "no-longer": domain.SignpostNoLonger,
}

func (c *call) signpostVerb() *cobra.Command {
	var barrier, service string
	cmd := &cobra.Command{
		Use:   "signpost REF",
		Short: "The person was told about a service, or what came of it",
		Long: "signpost records a service, from standard input or a prompt, that the person goes to on their own: nothing\n" +
			"is sent to it. --service takes one out of the directory. With another flag it records what they said came of\n" +
			"it; the text is their words, and may be missing.",
		Example: "  echo 'Riverside Mind, Thursday group' | coachdesk signpost 7K3Q-M\n  coachdesk signpost 7K3Q-M --helped 4T8R-P",
		Args:    needs("REF"),
		RunE: func(cmd *cobra.Command, args []string) error {
			flag, item, err := chosen(cmd, "helped", "no-help", "did-not-go", "no-longer")
			if err != nil {
				return err
			}
			if service != "" {
				if flag != "" {
					return misuse("--service and --%s are two things. Say one.", flag)
				}
				return c.signpostService(args[0], service, barrier)
			}
			if flag == "" {
				return c.record(args[0], lineWords("The service", "Which service were they told about?"), func(s *subject, text string) (domain.Command, error) {
					sp := domain.SignpostTo{Participant: s.p.ID, Text: text}
					var err error
					if barrier != "" {
						sp.Barrier, err = s.find(itemBarrier, barrier)
					}
					return sp, err
				})
			}
			if err := only(cmd, flag, "barrier"); err != nil {
				return err
			}
			return c.record(args[0], perhaps("Their words"), func(s *subject, text string) (domain.Command, error) {
				id, err := s.find(itemSignpost, item)
				return domain.TellSignpost{Participant: s.p.ID, Signpost: id, Result: signpostFlags[flag], Words: strings.TrimSpace(text)}, err
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&barrier, "barrier", "", "the barrier, an `item`, that it is about")
	f.StringVar(&service, "service", "", "the `reference` of a service that coachdesk services lists, instead of words")
	f.String("helped", "", "they went to this `item`, and it helped")
	f.String("no-help", "", "they went to this `item`, and it did not help")
	f.String("did-not-go", "", "they did not go to this `item`")
	f.String("no-longer", "", "they no longer want this `item`")
	return cmd
}
