package main

import (
	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// employerFlags are what the flags of employer say.
type employerFlags struct{ kind, how, job, on, status string }

func (c *call) employerVerb() *cobra.Command {
	var f employerFlags
	cmd := &cobra.Command{
		Use:   "employer REF",
		Short: "Log a talk with an employer, or an adjustment promised at work",
		Long: "employer logs what was said, from standard input or a prompt; a line “employer: …” names the employer when it\n" +
			"is of no job of the record. Without a consent for that employer only --kind enquiry can be logged, in which\n" +
			"nobody was named. With --promised the text is the adjustment and its date, as in “a stool by fri”, owed by the\n" +
			"employer (Equality Act 2010) or by Access to Work.",
		Example: "  echo 'they are content' | coachdesk employer 7K3Q-M --how phone\n" +
			"  echo 'a stool at the till by fri' | coachdesk employer 7K3Q-M --promised employer\n  coachdesk employer 7K3Q-M --settle 4T8R-P --status kept",
		Args: needs("REF"),
		RunE: func(cmd *cobra.Command, args []string) error {
			flag, value, err := chosen(cmd, "promised", "settle")
			if err != nil {
				return err
			}
			switch flag {
			case "promised":
				if err := only(cmd, flag, "kind", "how", "on", "status"); err != nil {
					return err
				}
				return c.promisedAtWork(args[0], value, f)
			case "settle":
				if err := only(cmd, flag, "kind", "how", "on", "job"); err != nil {
					return err
				}
				return c.settleAtWork(args[0], value, f)
			}
			if err := only(cmd, "a talk", "status"); err != nil {
				return err
			}
			return c.contactEmployer(args[0], f)
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&f.kind, "kind", "about", "what it was: about (the person), introduction, or enquiry (nobody named)")
	fl.StringVar(&f.how, "how", string(domain.ByPhone), "how: face to face, phone, in writing or online")
	fl.StringVar(&f.job, "job", "", "the job, an `item`; without it the one that goes on")
	fl.StringVar(&f.on, "on", "", "the `date`, when it was not today")
	fl.StringVar(&f.status, "status", "kept", "with --settle: kept, not kept, or no longer needed")
	fl.String("promised", "", "an adjustment was promised; `who` owes it: employer or access to work")
	fl.String("settle", "", "it is known what became of this `item`")
	return cmd
}

// jobMeant is the job that a flag names, or the newest that has not ended.
func (s *subject) jobMeant(ref string) (domain.Job, error) {
	var id domain.ID
	var err error
	if ref != "" {
		if id, err = s.find(itemJob, ref); err != nil {
			return domain.Job{}, err
		}
	}
	var out domain.Job
	for _, j := range s.p.InWork.Jobs {
		if j.ID == id || id.IsZero() && j.Ended.IsZero() {
			out = j
		}
	}
	return out, nil
}

func (c *call) contactEmployer(ref string, f employerFlags) error {
	kinds := map[string]domain.ContactKind{"about": domain.ContactAbout, "introduction": domain.ContactIntroduce, "enquiry": domain.ContactEnquiry}
	kind, ok := kinds[f.kind]
	if !ok {
		return misuse("--kind: %q is none of about, introduction and enquiry.", clean.Line(f.kind, 40))
	}
	w := words{what: "The talk", prompt: "What was said? A line “employer: …” names the employer.", field: "text", most: 1000 + clean.MaxLine, must: true}
	return c.record(ref, w, func(s *subject, text string) (domain.Command, error) {
		employer, said := named(text, "employer")
		e := domain.ContactEmployer{Participant: s.p.ID, Employer: employer, How: domain.ConsentHow(f.how), Kind: kind, Text: said}
		if employer == "" {
			j, err := s.jobMeant(f.job)
			if err != nil {
				return nil, err
			}
			e.Job, e.Employer = j.ID, j.Employer
		}
		var err error
		if f.on != "" {
			e.Day, err = s.day("on", f.on, calendar.Backward)
		}
		return e, err
	})
}

func (c *call) promisedAtWork(ref, owner string, f employerFlags) error {
	return c.record(ref, lineWords("The adjustment", "What will be done differently, by when?"), func(s *subject, text string) (domain.Command, error) {
		j, err := s.jobMeant(f.job)
		if err != nil {
			return nil, err
		}
		what, due, err := domain.ReadPromised(text, s.today)
		if !due.IsZero() {
			s.c.say("due: %s.", s.due(due))
		}
		return domain.PromiseWorkAdjustment{Participant: s.p.ID, Job: j.ID, Text: what, Owner: domain.AdjustmentOwner(owner), Due: due}, err
	})
}

func (c *call) settleAtWork(ref, item string, f employerFlags) error {
	return c.record(ref, perhaps("What came of it"), func(s *subject, text string) (domain.Command, error) {
		id, err := s.find(itemWorkAdjustment, item)
		return domain.SettleWorkAdjustment{Participant: s.p.ID, Adjustment: id, Status: domain.PromiseStatus(f.status), Words: text}, err
	})
}
