package demo

import (
	"time"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// turn is one more thing that a plan may show. They are dealt in order, so that a small
// caseload has each, and the dice are left alone, so that no other part of a story
// changes.
type turn int

const (
	agreedTwice   turn = iota // two versions with a difference
	beforeJob                 // a step waits for a job that has no date yet
	jobSoon                   // the job starts on a day that is known
	chased                    // a provider's step, chased without an answer
	paused                    // the clocks stand still
	archived                  // a goal was declined
	fromTemplate              // steps for a barrier, and what came of them
	bareBarrier               // nothing answers it, and a step has no date: hints
	representsHer             // agreed by the representative
	turnsDealt    = 20        // of so many, the others have nothing more
)

// turns plots one more thing about the plan of somebody.
func (t *teller) turns(l *life, p course) {
	switch p.fate {
	case comesToday, quiet, promiseLate, stepLate, reviewDue, outcomeMissing:
		return // their queue is told already
	default:
	}
	what := turn(t.planned % turnsDealt)
	t.planned++
	last := p.talks[len(p.talks)-1]
	then := t.at(last.Day, last.Minute+slot)
	later := t.at(t.workday(2), 16*60+10)
	add := func(at time.Time, all ...func(*life) domain.Command) {
		t.scene(l, at, ByCoach, func(l *life) []domain.Command {
			var out []domain.Command
			for _, c := range all {
				out = append(out, c(l))
			}
			return out
		})
	}
	step := func(c domain.AddStep) func(*life) domain.Command {
		return func(l *life) domain.Command {
			c.Participant, c.Goal = l.id, l.goal
			return c
		}
	}
	agree := func(l *life) domain.Command { return domain.AgreePlan{Participant: l.id, How: domain.FaceToFace} }
	switch what {
	case agreedTwice:
		first := p.talks[0]
		add(t.at(first.Day, first.Minute+slot), agree)
		add(then, agree)
	case beforeJob:
		add(then, step(domain.AddStep{Owner: domain.ByPerson, Text: "buy a bus pass", Before: domain.BeforeJob}))
	case jobSoon:
		start := t.open(t.today + 14)
		add(then, step(domain.AddStep{Owner: domain.ByEmployer, Text: "agree the hours of the first two weeks in writing", Before: domain.BeforeJob}))
		add(later, func(l *life) domain.Command {
			return domain.Describe{Participant: l.id, Facts: map[domain.Fact]string{domain.FactJobStart: start.String()}}
		})
	case chased:
		add(then, step(domain.AddStep{Owner: domain.ByProvider, Text: "send the date of the first meeting", Due: t.open(last.Day + 3)}))
		add(later, func(l *life) domain.Command {
			return domain.ChaseStep{Participant: l.id, Step: l.newestChased(), How: domain.ByPhone, Answer: domain.ChaseSilent, Comment: "left a message"}
		})
	case paused:
		add(later, func(l *life) domain.Command {
			return domain.PausePlan{Participant: l.id, Code: "hospital", Reason: "back after the operation", Until: t.open(t.today + 21)}
		})
	case archived:
		add(then, func(l *life) domain.Command {
			return domain.SetGoal{Participant: l.id, Text: "a place on the evening course", Target: last.Day.AddMonths(3)}
		})
		add(later, func(l *life) domain.Command {
			return domain.CloseGoal{Participant: l.id, Goal: l.goal, Status: domain.GoalArchived, Code: "declined", Outcome: "Evenings are for my family."}
		})
	case fromTemplate:
		t.template(l, then, later)
	case bareBarrier:
		add(then, func(l *life) domain.Command {
			return domain.NoteBarrier{Participant: l.id, Text: "nowhere quiet to fill in forms"}
		}, step(domain.AddStep{Owner: domain.ByPerson, Text: "think about which hours would be best"}))
	case representsHer:
		add(then, func(l *life) domain.Command {
			return domain.AgreePlan{Participant: l.id, How: domain.ByPhone, Giver: domain.GivenByRepresentative, Present: []string{"her representative"}}
		})
	}
}

// template plots the steps of a template for a new barrier, one of which was tried.
func (t *teller) template(l *life, then, later time.Time) {
	day := calendar.Of(then)
	t.scene(l, then, ByCoach, func(l *life) []domain.Command {
		return []domain.Command{domain.NoteBarrier{Participant: l.id, Text: "forms on the computer"}}
	})
	t.scene(l, then.Add(time.Minute), ByCoach, func(l *life) []domain.Command {
		barrier := l.barriers[len(l.barriers)-1]
		return []domain.Command{
			domain.AddStep{Participant: l.id, Barrier: barrier, Owner: domain.ByCoach, Text: "try one online form together", Before: domain.BeforeNext},
			domain.AddStep{Participant: l.id, Barrier: barrier, Owner: domain.ByPerson, Text: "practise at the library once a week", Due: t.open(day + 60)},
		}
	})
	t.scene(l, later, ByCoach, func(l *life) []domain.Command {
		done, partly := domain.StepDone, domain.ResultPartly
		return []domain.Command{domain.ChangeStep{Participant: l.id, Step: l.newest(), Status: &done, Result: &partly, Reason: "went three times; the library is loud"}}
	})
}

// newest is the step that was added last.
func (l *life) newest() domain.ID {
	return l.newestOf(func(o owed) bool { return o.step })
}

// newestChased is the newest step of somebody outside: one of the coach may have come
// after it.
func (l *life) newestChased() domain.ID {
	return l.newestOf(func(o owed) bool { return o.step && o.chased })
}

func (l *life) newestOf(fits func(owed) bool) domain.ID {
	for i := len(l.open) - 1; i >= 0; i-- {
		if fits(l.open[i]) {
			return l.open[i].id
		}
	}
	return domain.ID{}
}

// answers plots which barrier the steps of the first talks are about: one each.
func (t *teller) answers(l *life, p course) {
	for k, b := range p.talks[:min(len(p.talks), 3)] {
		t.scene(l, t.at(b.Day, b.Minute+slot-1), ByCoach, func(l *life) []domain.Command {
			if k >= len(l.barriers) {
				return nil
			}
			for i := len(l.open) - 1; i >= 0; i-- {
				if o := &l.open[i]; o.step && !o.linked {
					o.linked = true
					return []domain.Command{domain.ChangeStep{Participant: l.id, Step: o.id, Barrier: &l.barriers[k]}}
				}
			}
			return nil
		})
	}
}

// came is what came of a step that is done and was about a barrier, of most of them.
func (o owed) came(status domain.StepStatus, luck int) *domain.TriedResult {
	if !o.linked || status != domain.StepDone || luck > 200 {
		return nil
	}
	r := domain.ResultWorked
	switch {
	case luck < 85:
		r = domain.ResultNo
	case luck < 130:
		r = domain.ResultPartly
	}
	return &r
}
