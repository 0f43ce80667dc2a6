package main

import (
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// jobFlags are what the flags of job say.
type jobFlags struct{ start, hours, as, code, on string }

func (c *call) jobVerb() *cobra.Command {
	var f jobFlags
	cmd := &cobra.Command{
		Use:   "job REF",
		Short: "Record a job: offered, with a first day, stable, or ended",
		Long: "job reads what the job is from standard input or a prompt; a line “employer: …” names the employer. Without\n" +
			"--start it is an offer. With --change the text may say another job or employer; with --end it says why, unless\n" +
			"--code does, and a line “lesson: …” goes into the profile. The person counts as in work from the first day on.",
		Example: "  printf 'assistant baker\\nemployer: Oak Street Bakery\\n' | coachdesk job 7K3Q-M --start mon --hours 16\n" +
			"  coachdesk job 7K3Q-M --stable 4T8R-P\n  coachdesk job 7K3Q-M --end 4T8R-P --code travel --on fri",
		Args: needs("REF"),
		RunE: func(cmd *cobra.Command, args []string) error {
			flag, item, err := chosen(cmd, "change", "stable", "training", "end")
			if err != nil {
				return err
			}
			if flag != "end" {
				if err := only(cmd, "a job that goes on", "code", "on"); err != nil {
					return err
				}
			}
			switch flag {
			case "":
				return c.newJob(args[0], f)
			case "end":
				return c.endJob(cmd, args[0], item, f)
			}
			return c.changeJob(cmd, args[0], flag, item, f)
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&f.start, "start", "", "the first `date` at work")
	fl.StringVar(&f.hours, "hours", "", "`hours` a week as agreed: 16, 7.5 or 7:30")
	fl.StringVar(&f.as, "kind", "", "as `what` they work: employed, self-employed or apprentice")
	fl.StringVar(&f.code, "code", "", "with --end: a `reason` of the office's list")
	fl.StringVar(&f.on, "on", "", "with --end: the last `date` at work, when it is not today")
	fl.String("change", "", "something else is known of this `item`")
	fl.String("stable", "", "this `item` is stable")
	fl.String("training", "", "this `item` is training on the job")
	fl.String("end", "", "this `item` ended")
	return cmd
}

// named takes the line that begins with a name and a colon out of a text.
func named(text, name string) (value, rest string) {
	var left []string
	for l := range strings.Lines(text) {
		l = strings.TrimRight(l, "\r\n")
		head, tail, is := strings.Cut(l, ":")
		if is && strings.EqualFold(strings.TrimSpace(head), name) {
			value = clean.Line(tail, clean.MaxLine)
			continue
		}
		left = append(left, l)
	}
	return value, strings.TrimSpace(strings.Join(left, " "))
}

// read reads the flags that a job and a change of one have.
func (f jobFlags) read(s *subject, to *domain.ChangeJob) error {
	if f.start != "" {
		d, err := s.day("start", f.start, calendar.Forward)
		if err != nil {
			return err
		}
		to.Start = &d
	}
	if f.hours != "" {
		m, err := domain.ReadWeekHours(f.hours)
		if err != nil {
			return err
		}
		to.Minutes = &m
	}
	if f.as != "" {
		k, err := domain.ReadJobKind(f.as)
		if err != nil {
			return err
		}
		to.As = &k
	}
	return nil
}

var jobWords = words{what: "The job", prompt: "What is the job? A line “employer: …” names the employer.", field: "title", most: 3 * clean.MaxLine, must: true}

func (c *call) newJob(ref string, f jobFlags) error {
	return c.record(ref, jobWords, func(s *subject, text string) (domain.Command, error) {
		var got domain.ChangeJob
		if err := f.read(s, &got); err != nil {
			return nil, err
		}
		employer, title := named(text, "employer")
		t := domain.TakeJob{Participant: s.p.ID, Title: title, Employer: employer}
		if got.Start != nil {
			t.Start = *got.Start
		}
		if got.Minutes != nil {
			t.Minutes = *got.Minutes
		}
		if got.As != nil {
			t.As = *got.As
		}
		return t, nil
	})
}

func (c *call) changeJob(cmd *cobra.Command, ref, flag, item string, f jobFlags) error {
	w := words{}
	if flag == "change" {
		w = perhaps("The job")
		w.most = jobWords.most
	} else if err := only(cmd, flag, "start", "hours", "kind"); err != nil {
		return err
	}
	return c.record(ref, w, func(s *subject, text string) (domain.Command, error) {
		id, err := s.find(itemJob, item)
		if err != nil {
			return nil, err
		}
		to := domain.ChangeJob{Participant: s.p.ID, Job: id}
		stage := domain.JobStable
		switch flag {
		case "training":
			stage = domain.JobTraining
			to.Stage = &stage
		case "stable":
			to.Stage = &stage
		default:
			employer, title := named(text, "employer")
			if title != "" {
				to.Title = &title
			}
			if employer != "" {
				to.Employer = &employer
			}
		}
		return to, f.read(s, &to)
	})
}

func (c *call) endJob(cmd *cobra.Command, ref, item string, f jobFlags) error {
	if err := only(cmd, "end", "start", "hours", "kind"); err != nil {
		return err
	}
	w := words{what: "The reason", prompt: "Why did the job end? A line “lesson: …” goes into the profile.", field: "reason", most: 3 * clean.MaxLine, must: f.code == ""}
	return c.record(ref, w, func(s *subject, text string) (domain.Command, error) {
		id, err := s.find(itemJob, item)
		if err != nil {
			return nil, err
		}
		lesson, why := named(text, "lesson")
		e := domain.EndJob{Participant: s.p.ID, Job: id, Code: f.code, Words: why, Lesson: lesson}
		if f.on != "" {
			if e.Day, err = s.day("on", f.on, calendar.Backward); err != nil {
				return nil, err
			}
		}
		return e, s.knowsCode(domain.ReasonsJobEnd, f.code)
	})
}
