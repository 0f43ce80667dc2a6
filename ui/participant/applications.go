package participant

import (
	"fmt"
	"slices"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/ui/screen"
)

// applications are what the person applies for: those that are open first.
func (s *Participant) applications() {
	if len(s.p.Applications) == 0 {
		return
	}
	s.head("Applications by the person: nothing leaves this desk")
	list := slices.Clone(s.p.Applications)
	slices.SortStableFunc(list, func(a, b domain.Application) int {
		if a.State.Open() != b.State.Open() {
			if a.State.Open() {
				return -1
			}
			return 1
		}
		return int(b.On - a.On)
	})
	for _, a := range list {
		s.applicationLine(a)
	}
}

func (s *Participant) applicationLine(a domain.Application) {
	t, today, rules := s.world.Theme, s.today(), s.queue.Planning.Applying
	e := entry{kind: anApplication, id: a.ID}
	sign, state := t.Glyphs.Calm, a.State.String()
	switch a.State {
	case domain.ApplicationPreparing:
		sign, state = t.Glyphs.Open, "getting it ready since "+a.On.Short(today)
	case domain.ApplicationApplied:
		state = "applied " + s.due(a.Applied)
	default:
		state += " " + a.Decided.Short(today)
		if sign = t.Glyphs.Done; !a.State.Awarded() {
			sign, e.ink = t.Glyphs.Dropped, t.Muted
		}
		if !a.Until.IsZero() {
			state += ", until " + s.due(a.Until)
			if a.Until < today {
				state, e.ink = state+": it has ended", t.Muted
			}
		}
		if a.Reason != "" {
			state += " (" + a.Reason + ")"
		}
	}
	lines := []string{sign + " " + s.queue.Catalogue.Short(a.Programme) + " " + t.Glyphs.Sep + " " + state}
	add := func(sep, text string) {
		if text != "" {
			lines = append(lines, sep+text)
		}
	}
	add("for: ", screen.ElementWords(rules, a.Elements))
	add("reference: ", a.Reference)
	add("", a.Text)
	if a.State.Open() {
		add("", s.jobWords(a))
		have := "nothing yet"
		if len(a.Evidence) > 0 {
			have = fmt.Sprintf("%d of %d", len(a.Evidence), len(domain.Of(rules.Evidence, a.Programme)))
		}
		add("to hand in: ", have+" (enter)")
	}
	if c := a.LastChase(); !c.On.IsZero() {
		times := "once"
		if n := len(a.Chases); n > 1 {
			times = fmt.Sprintf("%d times, last", n)
		}
		add("", fmt.Sprintf("asked %s %s: %s%s", times, c.On.Short(today), c.Answer, after(": ", c.Comment)))
	}
	if day, what := s.queue.Rules.ApplicationNext(s.p.ApplicationRow(a)); !day.IsZero() {
		add("next: ", what+" by "+s.due(day))
		if day <= today {
			lines[0] = t.Glyphs.Due + strings.TrimPrefix(lines[0], sign)
			e.ink = t.Warn
		}
	}
	s.say(e, strings.Join(lines, "\n")+s.elsewhere(domain.Shareable, a.Elsewhere))
}

// jobWords says when the job starts, and what that means for an application.
func (s *Participant) jobWords(a domain.Application) string {
	job := s.p.ApplicationRow(a).JobStart
	if job.IsZero() || job < s.today() {
		return ""
	}
	text := "the job starts " + s.due(job)
	if int(job-s.today()) <= s.queue.Rules["application-job"].Days {
		for _, x := range domain.Of(s.queue.Planning.Applying.Says, a.Programme) {
			if x.Code == "job-soon" {
				text += ". " + x.Says
			}
		}
	}
	return text
}

func after(sep, text string) string {
	if text == "" {
		return ""
	}
	return sep + text
}

// application is the one under the cursor; zero when there is none.
func (s *Participant) application() domain.Application {
	e := s.chosen()
	for _, a := range s.p.Applications {
		if e.kind == anApplication && a.ID == e.id {
			return a
		}
	}
	return domain.Application{}
}

// applyFor asks for what; on an award it is its renewal.
func (s *Participant) applyFor() screen.Effect {
	if a := s.application(); a.State.Awarded() {
		return screen.AskApplication(s.world, s.p, a.Programme, a.ID)
	}
	var all []screen.Choice
	for i, prog := range screen.Appliable(s.queue.Catalogue) {
		if i < len(reasonKeys) {
			all = append(all, screen.Choice{Key: reasonKeys[i : i+1], Label: prog.Name, Then: screen.AskApplication(s.world, s.p, prog.Key, domain.ID{})})
		}
	}
	return screen.Choose{Title: "The person applies for what?", Note: "They send it themselves: nothing leaves this desk, so no consent is asked.", Choices: all}
}

// goOnApplying asks what is new about an application.
func (s *Participant) goOnApplying() screen.Effect {
	a := s.application()
	c := domain.ChangeApplication{Participant: s.id, Application: a.ID}
	day := func(title, value string, lean calendar.Lean, set func(*calendar.Day) domain.ChangeApplication) screen.Effect {
		return screen.ReadDay(s.world, title, "a date, or no", value, lean, func(d calendar.Day) screen.Effect { return do(set(&d)) })
	}
	text := func(title, value string, set func(*string) domain.ChangeApplication) screen.Effect {
		return screen.Prompt{Title: title, Value: value, Then: func(v string) screen.Effect { return do(set(&v)) }}
	}
	choices := []screen.Choice{
		{Key: "a", Label: "they applied: on which day", Then: day("On which day did they apply?", "today", calendar.Backward, func(d *calendar.Day) domain.ChangeApplication { c.Applied = d; return c })},
		{Key: "r", Label: "their reference", Then: text("Their reference", a.Reference, func(v *string) domain.ChangeApplication { c.Reference = v; return c })},
		{Key: "j", Label: "the job starts", Then: day("When does the job start?", "", calendar.Forward, func(d *calendar.Day) domain.ChangeApplication { c.JobStart = d; return c })},
		{Key: "w", Label: "what they need it for, in their words", Then: text("What do they need it for?", a.Text, func(v *string) domain.ChangeApplication { c.Text = v; return c })},
	}
	for i, x := range domain.Of(s.queue.Planning.Applying.Evidence, a.Programme) {
		have := slices.Clone(a.Evidence)
		label := "at hand: " + x.Says
		if at := slices.Index(have, x.Code); at >= 0 {
			have, label = slices.Delete(have, at, at+1), "not at hand after all: "+x.Says
		} else {
			have = append(have, x.Code)
		}
		with := c
		with.Evidence = &have
		choices = append(choices, screen.Choice{Key: fmt.Sprint(i + 1), Label: label, Then: do(with)})
	}
	return screen.Choose{Title: "What is new about the application?", Choices: choices}
}

// askedAfter records that somebody asked how an application gets on.
func (s *Participant) askedAfter() screen.Effect {
	a := s.application()
	ask := func(answer domain.ChaseAnswer) screen.Effect {
		return screen.Prompt{Title: "What was said?", Hint: "a few words, or nothing", Then: func(v string) screen.Effect {
			return do(domain.ChaseApplication{Participant: s.id, Application: a.ID, Answer: answer, Comment: v})
		}}
	}
	return screen.Choose{Title: "How does the application get on?", Choices: []screen.Choice{
		{Key: "a", Label: "asked: it is being looked at", Then: ask(domain.ChaseAsked)},
		{Key: "n", Label: "no answer", Then: ask(domain.ChaseSilent)},
		{Key: "d", Label: "it is decided", Then: s.decided()},
	}}
}

// decided asks what was decided, and until when.
func (s *Participant) decided() screen.Effect {
	a := s.application()
	c := domain.DecideApplication{Participant: s.id, Application: a.ID}
	why := func(r domain.ApplicationState) screen.Effect {
		return screen.Prompt{Title: "What was said?", Hint: "a few words, or nothing", Then: func(v string) screen.Effect {
			c.Result, c.Reason = r, v
			return do(c)
		}}
	}
	award := func(r domain.ApplicationState) screen.Effect {
		return screen.ReadDay(s.world, "Until when? The last day of the award", "a date, 12m, or no when it is not said", "no", calendar.Forward, func(d calendar.Day) screen.Effect {
			c.Until = d
			return why(r)
		})
	}
	return screen.Choose{Title: "What was decided?", Choices: []screen.Choice{
		{Key: "a", Label: "awarded", Then: award(domain.ApplicationAwarded)},
		{Key: "p", Label: "awarded in part", Then: award(domain.ApplicationInPart)},
		{Key: "r", Label: "refused", Then: why(domain.ApplicationRefused)},
		{Key: "w", Label: "the person withdrew it", Then: why(domain.ApplicationWithdrawn)},
	}}
}
