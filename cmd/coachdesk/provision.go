package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/catalogue"
	"coachdesk/domain/clean"
)

// provisionFlags are what the flags of provision say.
type provisionFlags struct{ from, to, inWork, area, code, programme, on string }

var provisionWords = words{what: "The text", field: "text", most: 3 * clean.MaxLine}

func (c *call) provisionVerb() *cobra.Command {
	var f provisionFlags
	cmd := &cobra.Command{
		Use:   "provision REF [PROGRAMME]",
		Short: "A programme somebody is on, with its clock: started, what follows, ended; or an earlier one",
		Long: "provision writes down that support of a programme started, and tells until when it may run. Lines “provider:\n" +
			"…” and “contact: …” on standard input say who gives it. An earlier programme has both days, --from and --to,\n" +
			"and --code or words for why it ended. --correct puts right what is known; --land says what is to replace\n" +
			"support when it ends: --programme, or words; --end that it ended, with --code or words for why.",
		Example: "  printf 'provider: Riverside Works\\ncontact: Bo Hale, 020 7946 0000\\n' | coachdesk provision 7K3Q-M mental-health-support-service --from '3 mar'\n" +
			"  coachdesk provision 7K3Q-M work-programme --from '5 jan 2016' --to '3 jan 2018' --code completed\n" +
			"  coachdesk provision 7K3Q-M --land 4T8R-P --programme connect-to-work\n  coachdesk provision 7K3Q-M --end 4T8R-P --code job",
		Args: needs("REF", "[PROGRAMME]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			flag, item, err := chosen(cmd, "correct", "land", "end")
			if err == nil {
				err = provisionTogether(cmd, flag, len(args))
			}
			if err != nil {
				return err
			}
			return c.record(args[0], provisionWords, func(s *subject, text string) (domain.Command, error) {
				q, err := c.queue(s.st)
				if err != nil {
					return nil, err
				}
				if flag == "" {
					return s.startProvision(q, args[1], text, f)
				}
				id, err := s.find(itemProvision, item)
				if err != nil {
					return nil, err
				}
				switch flag {
				case "correct":
					return s.correctProvision(q, id, text, f)
				case "land":
					return s.landProvision(q, id, text, f)
				}
				return s.endProvision(id, text, f)
			})
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&f.from, "from", "", "support started on this `date`; today unless said")
	fl.StringVar(&f.to, "to", "", "it is over: the last `date`; with --correct no: it runs after all")
	fl.StringVar(&f.inWork, "in-work", "", "`whether` they were in work when it started: yes, no or unknown; as the record says unless said")
	fl.StringVar(&f.area, "area", "", "the `area`, where a programme has limits of its own there")
	fl.StringVar(&f.code, "code", "", "why it ended, a `reason` of the office's list")
	fl.String("correct", "", "put right what is known of this `item`")
	fl.String("land", "", "what is to replace this `item` when it ends")
	fl.StringVar(&f.programme, "programme", "", "with --land: the `programme` that replaces it")
	fl.String("end", "", "this `item` ended")
	fl.StringVar(&f.on, "on", "", "with --end: the last `date`; today unless said")
	return cmd
}

// provisionTogether refuses what does not go together.
func provisionTogether(cmd *cobra.Command, flag string, args int) error {
	switch {
	case flag == "" && args < 2:
		return misuse("Say which programme. coachdesk programmes lists them.")
	case flag != "" && args > 1:
		return misuse("--%s names the programme on the record: leave the other out.", flag)
	}
	of := map[string][]string{"": {"from", "to", "in-work", "area", "code"}, "correct": {"from", "to", "in-work", "area"}, "land": {"programme"}, "end": {"code", "on"}}
	if err := belongs(cmd, flag, of); err != nil {
		return err
	}
	if flag == "" && cmd.Flags().Changed("code") && !cmd.Flags().Changed("to") {
		return misuse("--code says why it ended: say with --to when.")
	}
	return nil
}

// atStart are the words of --in-work.
var atStart = map[string]domain.AtStart{"yes": domain.InWork, "no": domain.OutOfWork, "unknown": domain.WorkUnknown}

func (s *subject) startProvision(q domain.Queue, programme, text string, f provisionFlags) (domain.Command, error) {
	prog, err := s.programme(q, programme)
	if err != nil {
		return nil, err
	}
	p := domain.StartProvision{Participant: s.p.ID, Programme: prog.Key, Started: s.today, Code: f.code}
	p.Reason = headed(text, map[string]*string{"provider": &p.Provider, "contact": &p.Contact})
	if f.from != "" {
		if p.Started, err = s.day("from", f.from, calendar.Backward); err != nil {
			return nil, err
		}
	}
	if f.to != "" {
		if p.Ended, err = s.day("to", f.to, calendar.Backward); err != nil {
			return nil, err
		}
	}
	if why := domain.WhyNotProvision(q.Catalogue, prog.Key, p.Started, p.Ended, s.today); why != "" {
		return nil, domain.Refusal{Field: "from", Why: why}
	}
	if p.Ended.IsZero() && p.Reason != "" {
		return nil, domain.Refused("text", "Say who gives it in lines that begin with “provider:” and “contact:”. Other words say why it ended, and it runs.")
	}
	if err := s.provisionPlace(q, prog, &p, f); err != nil {
		return nil, err
	}
	if p.Ended.IsZero() {
		for _, x := range s.p.Beside(q.Catalogue, prog.Key, p.Started) {
			s.c.say("They are on %s: the two are not given side by side. Check with the provider.", q.Catalogue.Name(x.Programme))
		}
		s.tellSum(q, domain.Provision{Programme: p.Programme, Started: p.Started, InWork: p.InWork, Area: p.Area})
	}
	return p, s.knowsCode(domain.ReasonsProvision, f.code)
}

// provisionPlace reads what chooses between the clocks of a programme. What is not said
// of work is what the record says of that day.
func (s *subject) provisionPlace(q domain.Queue, prog catalogue.Programme, p *domain.StartProvision, f provisionFlags) (err error) {
	p.InWork = s.p.WorkOn(p.Started)
	if f.inWork != "" {
		if p.InWork, err = inWorkNamed(f.inWork); err != nil {
			return err
		}
	}
	p.Area, err = areaNamed(q, prog, f.area)
	return err
}

func inWorkNamed(word string) (domain.AtStart, error) {
	in, ok := atStart[word]
	if !ok {
		return "", misuse("--in-work: write yes, no or unknown.")
	}
	return in, nil
}

// areaNamed finds an area in which a programme has limits of its own, by key or name.
func areaNamed(q domain.Queue, prog catalogue.Programme, typed string) (string, error) {
	if typed == "" || clean.Fold(typed) == "none" {
		return "", nil
	}
	all := domain.LocalAreas(prog)
	for _, a := range all {
		if want := clean.Fold(typed); clean.Fold(a) == want || clean.Fold(q.Catalogue.Areas.Name(a)) == want {
			return a, nil
		}
	}
	if len(all) == 0 {
		return "", misuse("--area: %s has the same limits everywhere.", prog.Name)
	}
	return "", misuse("--area: %s has limits of its own in: %s.", prog.Name, strings.Join(all, ", "))
}

// tellSum tells until when support may run, with the sum behind it.
func (s *subject) tellSum(q domain.Queue, x domain.Provision) {
	sum := s.supportSum(q, x)
	for _, l := range sum.Lines {
		s.c.say("%s", l)
	}
	if sum.Asks != "" {
		s.c.say("Until when it may run is not known: %s.", sum.Asks)
	}
}

func (s *subject) onProvision(id domain.ID) domain.Provision {
	i := slices.IndexFunc(s.p.Provisions, func(x domain.Provision) bool { return x.ID == id })
	if i < 0 {
		return domain.Provision{}
	}
	return s.p.Provisions[i]
}

func (s *subject) correctProvision(q domain.Queue, id domain.ID, text string, f provisionFlags) (domain.Command, error) {
	x := s.onProvision(id)
	to := domain.CorrectProvision{Participant: s.p.ID, Provision: id}
	var provider, contact string
	if rest := headed(text, map[string]*string{"provider": &provider, "contact": &contact}); rest != "" {
		return nil, domain.Refused("text", "Say what is to be corrected in lines that begin with “provider:” and “contact:”.")
	}
	if provider != "" {
		to.Provider = &provider
	}
	if contact != "" {
		to.Contact = &contact
	}
	if f.inWork != "" {
		in, err := inWorkNamed(f.inWork)
		if err != nil {
			return nil, err
		}
		to.InWork = &in
	}
	if f.area != "" {
		prog, _ := q.Catalogue.Programme(x.Programme)
		area, err := areaNamed(q, prog, f.area)
		if err != nil {
			return nil, err
		}
		to.Area = &area
	}
	if f.from != "" {
		d, err := s.day("from", f.from, calendar.Backward)
		if err != nil {
			return nil, err
		}
		to.Started = &d
	}
	var err error
	to.Ended, err = s.dayOrNone("to", f.to, calendar.Backward)
	return to, err
}

func (s *subject) landProvision(q domain.Queue, id domain.ID, text string, f provisionFlags) (domain.Command, error) {
	l := domain.PlanLanding{Participant: s.p.ID, Provision: id, Text: text}
	if f.programme != "" {
		prog, err := s.programme(q, f.programme)
		if err != nil {
			return nil, err
		}
		l.Programme = prog.Key
	}
	return l, nil
}

func (s *subject) endProvision(id domain.ID, text string, f provisionFlags) (domain.Command, error) {
	e := domain.EndProvision{Participant: s.p.ID, Provision: id, Day: s.today, Code: f.code, Reason: text}
	if f.on != "" {
		var err error
		if e.Day, err = s.day("on", f.on, calendar.Backward); err != nil {
			return nil, err
		}
	}
	return e, s.knowsCode(domain.ReasonsProvision, f.code)
}
