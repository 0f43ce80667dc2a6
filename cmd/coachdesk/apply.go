package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/catalogue"
	"coachdesk/domain/clean"
	"coachdesk/ui/screen"
)

// applyFlags are what the flags of apply say.
type applyFlags struct {
	elements, evidence               []string
	applied, job, renews             string
	how, result, on, until           string
	silent, hasElements, hasEvidence bool
}

// applyResults are the words of --result.
var applyResults = map[string]domain.ApplicationState{
	"awarded": domain.ApplicationAwarded, "in-part": domain.ApplicationInPart, "refused": domain.ApplicationRefused, "withdrawn": domain.ApplicationWithdrawn,
}

var applyWords = words{what: "The text", field: "text", most: 1200}

func (c *call) applyVerb() *cobra.Command {
	var f applyFlags
	cmd := &cobra.Command{
		Use:   "apply REF [PROGRAMME]",
		Short: "What the person applies for themselves, such as Access to Work: begun, sent, asked after, decided",
		Long: "apply writes down that somebody applies for a programme themselves, or gets an application ready. What they\n" +
			"need it for comes from standard input, with a line “reference: …” where there is one. Nothing leaves this\n" +
			"desk, so no consent is asked. --change says what is new: --applied that they sent it. --asked says that\n" +
			"somebody asked after it; the text says what came of it, and --silent that nobody answered. --decide says\n" +
			"with --result what was decided; the text says what was said. --renews names the award that an application is\n" +
			"to follow.",
		Example: "  coachdesk apply 7K3Q-M access-to-work --for travel-to-work --job 'mon 7 dec'\n" +
			"  echo 'reference: AW-1042' | coachdesk apply 7K3Q-M --change 4T8R-P --applied today\n" +
			"  coachdesk apply 7K3Q-M --decide 4T8R-P --result awarded --until 12m",
		Args: needs("REF", "[PROGRAMME]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			f.hasElements, f.hasEvidence = cmd.Flags().Changed("for"), cmd.Flags().Changed("evidence")
			flag, item, err := chosen(cmd, "change", "asked", "decide")
			if err == nil {
				err = applyTogether(cmd, flag, len(args))
			}
			if err != nil {
				return err
			}
			return c.record(args[0], applyWords, func(s *subject, text string) (domain.Command, error) {
				if flag == "" {
					return s.apply(args[1], text, f)
				}
				id, err := s.find(itemApplication, item)
				if err != nil {
					return nil, err
				}
				switch flag {
				case "change":
					return s.changeApplication(id, text, f)
				case "asked":
					return s.chaseApplication(id, text, f), nil
				}
				return s.decideApplication(id, text, f)
			})
		},
	}
	fl := cmd.Flags()
	fl.StringSliceVar(&f.elements, "for", nil, "what they apply for, `codes` with commas between")
	fl.StringSliceVar(&f.evidence, "evidence", nil, "what is at hand of what is asked for, `codes` with commas between")
	fl.StringVar(&f.applied, "applied", "", "they applied on this `date`; no: not yet")
	fl.StringVar(&f.job, "job", "", "the job starts on this `date`; no: none")
	fl.StringVar(&f.renews, "renews", "", "it follows the award of this `item`")
	fl.String("change", "", "more is known of this `item`")
	fl.String("asked", "", "somebody asked how this `item` gets on")
	fl.StringVar(&f.how, "how", "", "with --asked: face to face, phone, in writing or online")
	fl.BoolVar(&f.silent, "silent", false, "with --asked: nobody answered")
	fl.String("decide", "", "this `item` is decided, or withdrawn by the person")
	fl.StringVar(&f.result, "result", "", "with --decide: awarded, in-part, refused or withdrawn")
	fl.StringVar(&f.on, "on", "", "with --decide: on this `date`; today unless said")
	fl.StringVar(&f.until, "until", "", "with --decide: the last `date` of the award")
	return cmd
}

// applyTogether refuses what does not go together.
func applyTogether(cmd *cobra.Command, flag string, args int) error {
	switch {
	case flag == "" && args < 2:
		return misuse("Say what they apply for: a programme that takes applications. coachdesk programmes lists them.")
	case flag != "" && args > 1:
		return misuse("--%s names the application: leave the programme out.", flag)
	}
	of := map[string][]string{"": {"for", "evidence", "applied", "job", "renews"}, "change": {"for", "evidence", "applied", "job"}, "asked": {"how", "silent"}, "decide": {"result", "on", "until"}}
	return belongs(cmd, flag, of)
}

// belongs refuses a flag that has no meaning beside the one that says what is to be done;
// of lists for each of those what goes with it.
func belongs(cmd *cobra.Command, flag string, of map[string][]string) error {
	var all []string
	for _, names := range of {
		all = append(all, names...)
	}
	slices.Sort(all)
	for _, n := range slices.Compact(all) {
		if !cmd.Flags().Changed(n) || slices.Contains(of[flag], n) {
			continue
		}
		if flag != "" {
			return misuse("--%s has no meaning together with --%s.", n, flag)
		}
		return misuse("--%s has no meaning here. coachdesk help %s tells what it goes with.", n, cmd.Name())
	}
	return nil
}

// headed takes the lines that begin with one of the names and a colon out of a text.
func headed(text string, into map[string]*string) (rest string) {
	var left []string
	for line := range strings.SplitSeq(text, "\n") {
		name, value, ok := strings.Cut(line, ":")
		if at := into[clean.Fold(strings.TrimSpace(name))]; ok && at != nil {
			*at = strings.TrimSpace(value)
			continue
		}
		left = append(left, line)
	}
	return strings.TrimSpace(strings.Join(left, "\n"))
}

// programme finds a programme of the catalogue by its key or name.
func (s *subject) programme(q domain.Queue, typed string) (catalogue.Programme, error) {
	p, ok := q.Catalogue.Programme(typed)
	if !ok {
		return p, domain.Refused("programme", "%q is no programme. coachdesk programmes lists them.", clean.Line(typed, 40))
	}
	return p, nil
}

func (s *subject) apply(programme, text string, f applyFlags) (domain.Command, error) {
	q, err := s.c.queue(s.st)
	if err != nil {
		return nil, err
	}
	p, err := s.programme(q, programme)
	if err != nil {
		return nil, err
	}
	if takes := screen.Appliable(q.Catalogue); !slices.ContainsFunc(takes, func(t catalogue.Programme) bool { return t.Key == p.Key }) {
		var names []string
		for _, t := range takes {
			names = append(names, t.Key)
		}
		return nil, domain.Refused("programme", "Nobody applies for %s themselves. These take applications: %s.", p.Name, strings.Join(names, ", "))
	}
	a := domain.Apply{Participant: s.p.ID, Programme: p.Key, Elements: f.elements, Evidence: f.evidence}
	a.Text = headed(text, map[string]*string{"reference": &a.Reference})
	if f.renews != "" {
		if a.Renews, err = s.find(itemApplication, f.renews); err != nil {
			return nil, err
		}
	}
	applied, job, err := s.applyDays(f)
	if err != nil {
		return nil, err
	}
	if applied != nil {
		a.Applied = *applied
	}
	if job != nil {
		a.JobStart = *job
	}
	return a, knownFor(q.Planning.Applying, p.Key, f)
}

// applyDays reads --applied and --job; nil is what was not said.
func (s *subject) applyDays(f applyFlags) (applied, job *calendar.Day, err error) {
	if applied, err = s.dayOrNone("applied", f.applied, calendar.Backward); err != nil {
		return nil, nil, err
	}
	job, err = s.dayOrNone("job", f.job, calendar.Forward)
	return applied, job, err
}

// dayOrNone reads a date that may be missing: nil when the flag was not given, no date
// for no and none.
func (s *subject) dayOrNone(flag, phrase string, lean calendar.Lean) (*calendar.Day, error) {
	switch clean.Fold(strings.TrimSpace(phrase)) {
	case "":
		return nil, nil
	case "no", "none":
		return new(calendar.Day), nil
	}
	d, err := s.day(flag, phrase, lean)
	return &d, err
}

// knownFor refuses codes that the office's lists do not have.
func knownFor(rules domain.ApplicationRules, programme string, f applyFlags) error {
	for _, list := range []struct {
		flag  string
		codes []string
		known []domain.CodedFor
	}{{"for", f.elements, rules.Elements}, {"evidence", f.evidence, rules.Evidence}} {
		var names []string
		for _, k := range domain.Of(list.known, programme) {
			names = append(names, k.Code)
		}
		for _, code := range list.codes {
			if code = clean.Fold(strings.TrimSpace(code)); code != "" && !slices.Contains(names, code) {
				return misuse("--%s: %q is not in the list of this programme. The codes are: %s.", list.flag, clean.Line(code, 40), strings.Join(names, ", "))
			}
		}
	}
	return nil
}

func (s *subject) changeApplication(id domain.ID, text string, f applyFlags) (domain.Command, error) {
	q, err := s.c.queue(s.st)
	if err != nil {
		return nil, err
	}
	to := domain.ChangeApplication{Participant: s.p.ID, Application: id}
	var reference string
	if words := headed(text, map[string]*string{"reference": &reference}); words != "" {
		to.Text = &words
	}
	if reference != "" {
		to.Reference = &reference
	}
	if f.hasElements {
		to.Elements = &f.elements
	}
	if f.hasEvidence {
		to.Evidence = &f.evidence
	}
	if to.Applied, to.JobStart, err = s.applyDays(f); err != nil {
		return nil, err
	}
	for _, a := range s.p.Applications {
		if a.ID == id {
			return to, knownFor(q.Planning.Applying, a.Programme, f)
		}
	}
	return to, nil
}

func (s *subject) chaseApplication(id domain.ID, text string, f applyFlags) domain.Command {
	chase := domain.ChaseApplication{Participant: s.p.ID, Application: id, How: domain.ConsentHow(f.how), Answer: domain.ChaseAsked, Comment: text}
	if f.silent {
		chase.Answer = domain.ChaseSilent
	}
	return chase
}

func (s *subject) decideApplication(id domain.ID, text string, f applyFlags) (domain.Command, error) {
	d := domain.DecideApplication{Participant: s.p.ID, Application: id, Result: applyResults[f.result], Reason: text}
	if d.Result == "" {
		return nil, misuse("--result: write awarded, in-part, refused or withdrawn.")
	}
	var err error
	if f.on != "" {
		if d.Day, err = s.day("on", f.on, calendar.Backward); err != nil {
			return nil, err
		}
	}
	if f.until != "" {
		d.Until, err = s.day("until", f.until, calendar.Forward)
	}
	return d, err
}
