package participant

import (
	"fmt"
	"slices"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/ui/screen"
)

// openJobs are those that have not ended.
func (s *Participant) openJobs() []domain.Job {
	var all []domain.Job
	for _, j := range s.p.InWork.Jobs {
		if j.Ended.IsZero() {
			all = append(all, j)
		}
	}
	return all
}

func (s *Participant) job(id domain.ID) domain.Job {
	for _, j := range s.p.InWork.Jobs {
		if j.ID == id {
			return j
		}
	}
	return domain.Job{}
}

// whichJob asks which of several jobs is meant: that under the cursor, or the only one.
func (s *Participant) whichJob(title string, then func(domain.Job) screen.Effect) screen.Effect {
	open := s.openJobs()
	if e := s.chosen(); e.kind == aJob && s.job(e.id).Ended.IsZero() {
		return then(s.job(e.id))
	}
	if len(open) == 0 {
		return screen.Say{Text: "No job goes on. J records one."}
	}
	if len(open) == 1 {
		return then(open[0])
	}
	var all []screen.Choice
	for i, j := range open[:min(len(open), len(choiceKeys))] {
		all = append(all, screen.Choice{Key: choiceKeys[i : i+1], Label: clean.Line(j.Called(), 60), Then: then(j)})
	}
	return screen.Choose{Title: title, Choices: all}
}

// hoursPrompt asks for hours of a week.
func hoursPrompt(title, value string, then func(minutes int) screen.Effect) screen.Effect {
	return screen.Prompt{
		Title: title, Hint: "16, 7.5 or 7:30; nothing when nobody knows yet", Value: value,
		Echo: func(v string) (string, error) {
			if strings.TrimSpace(v) == "" {
				return "", nil
			}
			m, err := domain.ReadWeekHours(v)
			return domain.WeekHours(m), err
		},
		Then: func(v string) screen.Effect {
			m := 0
			if strings.TrimSpace(v) != "" {
				var err error
				if m, err = domain.ReadWeekHours(v); err != nil {
					return screen.Say{Text: err.Error()}
				}
			}
			return then(m)
		},
	}
}

// maybeDay asks for a day that may not be known.
func (s *Participant) maybeDay(title, hint string, then func(calendar.Day) screen.Effect) screen.Effect {
	today := s.today()
	return screen.Prompt{
		Title: title, Hint: hint,
		Echo: func(v string) (string, error) {
			if strings.TrimSpace(v) == "" {
				return "", nil
			}
			d, err := calendar.Parse(v, today, calendar.Forward)
			if err != nil {
				return "", err
			}
			return d.Short(today) + ", " + d.Distance(today), nil
		},
		Then: func(v string) screen.Effect {
			if strings.TrimSpace(v) == "" {
				return then(0)
			}
			d, err := calendar.Parse(v, today, calendar.Forward)
			if err != nil {
				return screen.Say{Text: err.Error()}
			}
			return then(d)
		},
	}
}

// newJob asks what, where, from when and how many hours.
func (s *Participant) newJob() screen.Effect {
	id := s.id
	return screen.Prompt{Title: "A job: what is it?", Hint: "as they call it, for example: assistant baker", Echo: some, Then: func(title string) screen.Effect {
		return screen.Prompt{Title: "With which employer?", Hint: "its name, or nothing", Then: func(employer string) screen.Effect {
			return s.maybeDay("The first day?", "for example: mon, 5 jan; nothing while it is an offer", func(start calendar.Day) screen.Effect {
				return hoursPrompt("How many hours a week?", "", func(minutes int) screen.Effect {
					return do(domain.TakeJob{Participant: id, Title: title, Employer: employer, Start: start, Minutes: minutes})
				})
			})
		}}
	}}
}

// changeWork changes what the cursor is on.
func (s *Participant) changeWork() screen.Effect {
	e, id := s.chosen(), s.id
	switch e.kind {
	case aFitNote:
		return s.changeFitNote(e.id)
	case aJob:
		return s.changeJob(s.job(e.id))
	case aWeek:
		return screen.MarkWeek(s.world, s.p, e.day)
	case aCheckIn:
		return screen.Go{To: screen.Session{Participant: id, Kind: domain.InWorkCheck}}
	case aProfileLine:
		for _, l := range s.p.InWork.Profile {
			if l.ID == e.id {
				return screen.Prompt{Title: "The line, in their words", Hint: "nothing takes it out", Value: l.Text, Then: func(v string) screen.Effect {
					return do(domain.ChangeProfile{Participant: id, Line: l.ID, Text: v})
				}}
			}
		}
	default:
	}
	return s.change()
}

func (s *Participant) changeJob(j domain.Job) screen.Effect {
	id := s.id
	say := func(c domain.ChangeJob) screen.Effect { c.Participant, c.Job = id, j.ID; return do(c) }
	var kinds []screen.Choice
	for i, k := range domain.JobKinds {
		kinds = append(kinds, screen.Choice{Key: fmt.Sprint(i + 1), Label: k.String(), Then: say(domain.ChangeJob{As: &k})})
	}
	training := domain.JobTraining
	return screen.Choose{Title: "Change what of " + clean.Line(j.Called(), 60) + "?", Choices: []screen.Choice{
		{Key: "s", Label: "the first day", Then: s.maybeDay("The first day?", "for example: mon, 5 jan", func(d calendar.Day) screen.Effect { return say(domain.ChangeJob{Start: &d}) })},
		{Key: "h", Label: "the hours", Then: hoursPrompt("How many hours a week?", "", func(m int) screen.Effect { return say(domain.ChangeJob{Minutes: &m}) })},
		{Key: "t", Label: "what it is", Then: screen.Prompt{Title: "What is the job?", Value: j.Title, Echo: some, Then: func(v string) screen.Effect { return say(domain.ChangeJob{Title: &v}) }}},
		{Key: "e", Label: "the employer", Then: screen.Prompt{Title: "With which employer?", Value: j.Employer, Then: func(v string) screen.Effect { return say(domain.ChangeJob{Employer: &v}) }}},
		{Key: "k", Label: "as what they work", Then: screen.Choose{Title: "As what do they work?", Choices: kinds}},
		{Key: "g", Label: "it is training on the job again", Then: say(domain.ChangeJob{Stage: &training})},
	}}
}

// onAtWork lets what the cursor is on go on a stage.
func (s *Participant) onAtWork() screen.Effect {
	e, id := s.chosen(), s.id
	switch e.kind {
	case anAbsence:
		return s.backAtWork(e.id)
	case aReturn:
		return s.endReturn(e.id)
	case aWorkAdjustment:
		settle := func(st domain.PromiseStatus) screen.Effect {
			return screen.Prompt{Title: "The adjustment: " + string(st) + ". What came of it?", Hint: "a few words, or nothing", Then: func(v string) screen.Effect {
				return do(domain.SettleWorkAdjustment{Participant: id, Adjustment: e.id, Status: st, Words: v})
			}}
		}
		return screen.Choose{Title: "What became of the adjustment at work?", Choices: []screen.Choice{
			{Key: "k", Label: "kept: it is done", Then: settle(domain.PromiseKept)},
			{Key: "n", Label: "not kept", Then: settle(domain.PromiseBroken)},
			{Key: "r", Label: "no longer needed", Then: settle(domain.PromiseReleased)},
		}}
	default:
	}
	j := s.job(e.id)
	switch stable := domain.JobStable; {
	case !j.Ended.IsZero():
		return screen.Say{Text: "That job ended. J records the next one."}
	case j.Start.IsZero():
		return s.maybeDay("The offer is taken. The first day?", "for example: mon, 5 jan", func(d calendar.Day) screen.Effect {
			return do(domain.ChangeJob{Participant: id, Job: j.ID, Start: &d})
		})
	case j.Stage == domain.JobStable:
		return screen.Say{Text: "It is stable. In-work checks and weeks show whether it stays so; X says that it ended."}
	default:
		return do(domain.ChangeJob{Participant: id, Job: j.ID, Stage: &stable})
	}
}

func (s *Participant) markWeek() screen.Effect {
	e := s.chosen()
	if e.kind == aWeek {
		return screen.MarkWeek(s.world, s.p, e.day)
	}
	return screen.MarkWeek(s.world, s.p, 0)
}

// contactKeys are the keys of how somebody was spoken with.
var contactKeys = map[domain.ConsentHow]string{domain.ByPhone: "p", domain.FaceToFace: "f", domain.InWriting: "w", domain.Online: "o"}

// contactEmployer logs a talk with an employer. Without consent only an enquiry can be
// logged, in which nobody was named.
func (s *Participant) contactEmployer() screen.Effect {
	var now []string // where they work: that is who is meant
	for _, j := range s.openJobs() {
		if j.Employer != "" && !slices.Contains(now, j.Employer) {
			now = append(now, j.Employer)
		}
	}
	if len(now) == 1 {
		return s.howContacted(now[0])
	}
	return s.whichEmployer()
}

func (s *Participant) whichEmployer() screen.Effect {
	all := s.p.Employers()
	other := screen.Prompt{Title: "Which employer?", Hint: "its name", Echo: some, Then: s.howContacted}
	switch len(all) {
	case 0:
		return other
	case 1:
		return s.howContacted(all[0])
	}
	var each []screen.Choice
	for i, name := range all[:min(len(all), 9)] {
		each = append(each, screen.Choice{Key: fmt.Sprint(i + 1), Label: clean.Line(name, 60), Then: s.howContacted(name)})
	}
	return screen.Choose{Title: "Which employer?", Choices: append(each, screen.Choice{Key: "o", Label: "another one", Then: other})}
}

func (s *Participant) howContacted(employer string) screen.Effect {
	id := s.id
	var job domain.ID
	for _, j := range s.p.InWork.Jobs {
		if clean.Fold(j.Employer) == clean.Fold(employer) {
			job = j.ID
		}
	}
	shut := s.p.WhyNotSpeak(employer, s.today())
	how := func(kind domain.ContactKind, title string) []screen.Choice {
		var each []screen.Choice
		for _, h := range []domain.ConsentHow{domain.ByPhone, domain.FaceToFace, domain.InWriting, domain.Online} {
			var then screen.Effect = screen.Prompt{Title: title, Hint: "what was said, in a line or two", Echo: some, Then: func(v string) screen.Effect {
				return do(domain.ContactEmployer{Participant: id, Job: job, Employer: employer, How: h, Kind: kind, Text: v})
			}}
			if shut != "" && kind != domain.ContactEnquiry {
				then = screen.Say{Text: shut + " C records it. e logs an enquiry in which nobody was named."}
			}
			each = append(each, screen.Choice{Key: contactKeys[h], Label: string(h), Then: then})
		}
		return each
	}
	may := "They may be told: " + domain.ItemWords(s.p.MaySay(employer, s.today())) + "."
	if shut != "" {
		may = shut + " Until then only e can be logged."
	}
	choices := how(domain.ContactAbout, "Spoke with "+clean.Line(employer, 60)+" about them: what was said?")
	introduced := screen.Choose{Title: "Introduced, how?", Note: may, Choices: how(domain.ContactIntroduce, "Introduced to "+clean.Line(employer, 60)+": what was said?")}
	asked := screen.Choose{Title: "Asked without a name, how?", Choices: how(domain.ContactEnquiry, "Asked "+clean.Line(employer, 60)+", nobody was named: what was said?")}
	return screen.Choose{Title: "Spoke with " + clean.Line(employer, 60) + " about them: how?", Note: may, Choices: append(
		choices,
		screen.Choice{Key: "i", Label: "an introduction", Then: introduced},
		screen.Choice{Key: "e", Label: "an enquiry, nobody was named", Then: asked},
		screen.Choice{Key: "x", Label: "another employer", Then: screen.Prompt{Title: "Which employer?", Hint: "its name", Echo: some, Then: s.howContacted}},
	)}
}

// promiseAtWork asks who owes an adjustment, and what by when.
func (s *Participant) promiseAtWork() screen.Effect {
	id := s.id
	return s.whichJob("At which job?", func(j domain.Job) screen.Effect {
		var all []screen.Choice
		for i, o := range domain.AdjustmentOwners {
			all = append(all, screen.Choice{Key: "ea"[i : i+1], Label: o.Duty(), Then: screen.Prompt{
				Title: "What will be done differently, by when?", Hint: "for example: a stool at the till by 12 dec", Echo: some,
				Then: func(v string) screen.Effect {
					text, due, err := domain.ReadPromised(v, s.today())
					if err != nil {
						return screen.Say{Text: err.Error()}
					}
					return do(domain.PromiseWorkAdjustment{Participant: id, Job: j.ID, Text: text, Owner: o, Due: due})
				},
			}})
		}
		return screen.Choose{Title: "Who owes the adjustment?", Choices: all}
	})
}

// writeProfile asks for a line in the person's words.
func (s *Participant) writeProfile() screen.Effect {
	id := s.id
	var all []screen.Choice
	for i, part := range domain.ProfileParts {
		all = append(all, screen.Choice{Key: fmt.Sprint(i + 1), Label: string(part), Then: s.line("What they say about "+string(part), "in their own words, a line", func(v string) domain.Command {
			return domain.WriteProfile{Participant: id, Part: part, Text: v}
		})})
	}
	strengths := screen.Prompt{Title: "Strengths", Hint: "what they are good at, and what helps", Value: s.p.Fact(domain.FactStrengths), Then: func(v string) screen.Effect {
		return do(domain.Describe{Participant: id, Facts: map[domain.Fact]string{domain.FactStrengths: v}})
	}}
	all = append(all, screen.Choice{Key: "6", Label: "strengths", Then: strengths})
	return screen.Choose{Title: "What they want from work: which part?", Choices: all}
}

// absent says that somebody is away and why; when they are, that they are back or what
// would help to keep the job.
func (s *Participant) absent() screen.Effect {
	id := s.id
	if a, away := s.p.InWork.Absent(s.today()); away {
		return screen.Choose{Title: "Away since " + s.due(a.From) + ". What is known?", Note: s.retentionNote(), Choices: []screen.Choice{
			{Key: "c", Label: "looked at what helps to keep the job", Then: s.checkRetention(a.ID)},
			{Key: "b", Label: "back at work", Then: s.backAtWork(a.ID)},
		}}
	}
	var note domain.ID
	if f, ok := s.p.CurrentFitNote(); ok && f.From <= s.today() && s.today() <= f.To {
		note = f.ID
	}
	return s.reasons("Away from work: why?", domain.ReasonsAbsence, func(code string) screen.Effect {
		today := s.today()
		return screen.Prompt{
			Title: "Since when?", Hint: "for example: mon, 3 nov; enter alone for today", Default: today.Short(0),
			Echo: func(v string) (string, error) {
				d, err := calendar.Parse(v, today, calendar.Backward)
				if err != nil {
					return "", err
				}
				return s.due(d), nil
			},
			Then: func(v string) screen.Effect {
				d, err := calendar.Parse(v, today, calendar.Backward)
				if err != nil {
					return screen.Say{Text: err.Error()}
				}
				c := domain.NoteAbsence{Participant: id, From: d, Code: code}
				if strings.HasPrefix(code, "health") {
					c.FitNote = note
				}
				return screen.Do{Commands: []domain.Command{c}, Then: screen.Say{Text: "Away since " + d.Short(today) + ". Now look what helps to keep the job: r matches, Q says what was found."}}
			},
		}
	})
}

// retentionNote names the programmes that may help somebody to keep a job.
func (s *Participant) retentionNote() string {
	var names []string
	for _, key := range s.queue.Work.Routes {
		names = append(names, s.programmeName(key))
	}
	return "May help, where they fit: " + strings.Join(names, ", ") + ". r matches."
}

func (s *Participant) checkRetention(absence domain.ID) screen.Effect {
	id := s.id
	return screen.Prompt{Title: "What helps to keep the job?", Hint: "what was found, and what happens next; nothing found is a finding", Echo: some, Then: func(v string) screen.Effect {
		return do(domain.CheckRetention{Participant: id, Absence: absence, Found: v})
	}}
}

func (s *Participant) backAtWork(absence domain.ID) screen.Effect {
	id := s.id
	return s.date("Back at work: the first day?", s.today().Short(0), calendar.Backward, func(d calendar.Day) screen.Effect {
		return do(domain.EndAbsence{Participant: id, Absence: absence, Back: d})
	})
}

// planReturn asks for the hours of each week; a plan that runs is ended or replaced.
func (s *Participant) planReturn() screen.Effect {
	id, today := s.id, s.today()
	from := domain.Monday(today) + 7
	say := func(v string) (string, error) {
		weeks, err := domain.ReadReturn(v)
		if err != nil {
			return "", err
		}
		each := make([]string, len(weeks))
		for i, m := range weeks {
			each[i] = strings.TrimSuffix(domain.WeekHours(m), " h")
		}
		return fmt.Sprintf("%d weeks: %s hours", len(weeks), strings.Join(each, " ")), nil
	}
	plan := screen.Prompt{
		Title: "Hours in each week, from " + from.Short(today) + " on?", Hint: "for example: 8 8 12 16, or 8x2 12, or 8 to 20 in 4", Echo: say,
		Then: func(v string) screen.Effect {
			weeks, err := domain.ReadReturn(v)
			if err != nil {
				return screen.Say{Text: err.Error()}
			}
			return do(domain.PlanReturn{Participant: id, From: from, Weeks: weeks})
		},
	}
	x, runs := s.p.InWork.Return()
	if !runs {
		return plan
	}
	return screen.Choose{Title: "A return is planned from " + x.From.Short(today) + ".", Choices: []screen.Choice{
		{Key: "n", Label: "plan it anew", Then: plan},
		{Key: "e", Label: "it is over", Then: s.endReturn(x.ID)},
	}}
}

func (s *Participant) endReturn(id domain.ID) screen.Effect {
	end := func(r domain.ReturnResult) screen.Effect {
		return do(domain.EndReturn{Participant: s.id, Return: id, Result: r})
	}
	return screen.Choose{Title: "How did the return end?", Choices: []screen.Choice{
		{Key: "s", Label: "in stable work", Then: end(domain.ReturnStable)},
		{Key: "x", Label: "it was stopped", Then: end(domain.ReturnStopped)},
	}}
}

// moveWork says where support stands; an end asks why and what takes its place.
func (s *Participant) moveWork() screen.Effect {
	id := s.id
	begin := []screen.Choice{{Key: "n", Label: "none in particular", Then: do(domain.MoveWork{Participant: id, Stage: domain.StageEngaged})}}
	seen := map[string]bool{}
	for _, c := range s.queue.Work.Counters {
		if c.Programme != "" && !seen[c.Programme] {
			seen[c.Programme] = true
			begin = append(begin, screen.Choice{Key: fmt.Sprint(len(begin)), Label: s.programmeName(c.Programme) + ": " + c.Says, Then: do(domain.MoveWork{Participant: id, Stage: domain.StageEngaged, Programme: c.Programme})})
		}
	}
	end := s.reasons("Support in work ends: why?", domain.ReasonsWorkEnd, func(code string) screen.Effect {
		return screen.Prompt{Title: "What takes its place?", Hint: "the landing: who helps from now on, with what", Then: func(v string) screen.Effect {
			return do(domain.MoveWork{Participant: id, Stage: domain.StageEnded, Code: code, Words: v})
		}}
	})
	return screen.Choose{Title: "Support on the way into work and in it", Choices: []screen.Choice{
		{Key: "e", Label: "begins", Then: screen.Choose{Title: "Which programme's weeks are counted?", Choices: begin}},
		{Key: "s", Label: "the search for a job is on", Then: do(domain.MoveWork{Participant: id, Stage: domain.StageSearch})},
		{Key: "x", Label: "ends", Then: end},
	}}
}

// endJob asks why a job ended and what it teaches.
func (s *Participant) endJob() screen.Effect {
	id, today := s.id, s.today()
	return s.whichJob("Which job ended?", func(j domain.Job) screen.Effect {
		return s.reasons("The job ended: why?", domain.ReasonsJobEnd, func(code string) screen.Effect {
			return s.date("The last day at work?", today.Short(0), calendar.Backward, func(d calendar.Day) screen.Effect {
				return screen.Prompt{Title: "What would they want to be different next time?", Hint: "in their words, for the profile; or nothing", Then: func(v string) screen.Effect {
					return do(domain.EndJob{Participant: id, Job: j.ID, Day: d, Code: code, Lesson: v})
				}}
			})
		})
	})
}
