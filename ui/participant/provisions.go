package participant

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/catalogue"
	"coachdesk/ui/screen"
)

// provisions are the programmes that the person is on, with their clocks, and those that
// they were on.
func (s *Participant) provisions() {
	if len(s.p.Provisions) == 0 {
		return
	}
	s.head("Programmes: support that runs, and earlier ones")
	list := slices.Clone(s.p.Provisions)
	slices.SortStableFunc(list, func(a, b domain.Provision) int {
		if a.Ended.IsZero() != b.Ended.IsZero() {
			return cmp.Compare(a.Ended, b.Ended) // those that run first
		}
		return cmp.Compare(b.Started, a.Started)
	})
	for _, x := range list {
		s.provisionLine(x)
	}
}

func (s *Participant) provisionLine(x domain.Provision) {
	t := s.world.Theme
	e := entry{kind: aProvision, id: x.ID}
	lines := []string{}
	sign, state := t.Glyphs.Doing, "started "+x.Started.Short(s.today())
	switch sum := s.supportSum(x); {
	case x.Past, !x.Ended.IsZero():
		sign, e.ink = t.Glyphs.Done, t.Muted
		state = x.Started.Short(s.today()) + " to " + x.Ended.Short(s.today())
		if why := s.queue.Planning.Reasons.Because(domain.ReasonsProvision, x.Code, x.Reason); why != "" {
			state += " (" + why + ")"
		}
	case !sum.End.IsZero():
		state += ", ends " + s.due(sum.End)
		if left := int(sum.End - s.today()); left < 0 {
			sign, e.ink, state = t.Glyphs.Urgent, t.Bad, "was to end "+s.due(sum.End)+": x says how it ended"
		} else if left <= s.queue.Rules["support-lands"].Days && len(x.Landings) == 0 {
			sign, e.ink = t.Glyphs.Due, t.Warn
		}
	default:
		state += ", end not known: " + sum.Asks
	}
	lines = append(lines, sign+" "+s.queue.Catalogue.Short(x.Programme)+" "+t.Glyphs.Sep+" "+state)
	if who := strings.Join(slices.DeleteFunc([]string{x.Provider, x.Contact, s.area(x.Area)}, func(v string) bool { return v == "" }), ", "); who != "" {
		lines = append(lines, who)
	}
	if l := x.Landing(); !l.ID.IsZero() {
		lines = append(lines, "then: "+s.landingWords(l)+" ("+l.On.Short(s.today())+")")
	} else if x.Ended.IsZero() {
		lines = append(lines, "then: nothing planned yet (L)")
	}
	s.say(e, strings.Join(lines, "\n")+s.elsewhere(domain.Shareable, x.Elsewhere))
}

func (s *Participant) landingWords(l domain.Landing) string {
	parts := []string{l.Text}
	if l.Programme != "" {
		parts = []string{s.queue.Catalogue.Short(l.Programme), l.Text}
	}
	return strings.Join(slices.DeleteFunc(parts, func(v string) bool { return v == "" }), ": ")
}

// area is how an area is called.
func (s *Participant) area(key string) string { return s.queue.Catalogue.Areas.Name(key) }

func (s *Participant) supportSum(x domain.Provision) domain.SupportSum {
	return s.p.ProvisionRow(x).Sum(s.queue.Catalogue, s.queue.CalendarOf(s.row))
}

// supportClocks are the clocks of programmes that run, for the overview.
func (s *Participant) supportClocks() {
	t := s.world.Theme
	for _, x := range s.p.Provisions {
		if end := s.supportSum(x).End; x.Ended.IsZero() && !end.IsZero() {
			s.say(entry{kind: plain}, t.Glyphs.Due+" "+s.queue.Catalogue.Short(x.Programme)+": to "+s.due(end))
		}
	}
	for _, a := range s.p.Applications {
		if day, what := s.queue.Rules.ApplicationNext(s.p.ApplicationRow(a)); !day.IsZero() {
			s.say(entry{kind: plain}, t.Glyphs.Calm+" application, "+s.queue.Catalogue.Short(a.Programme)+", "+a.State.String()+": "+what+" by "+s.due(day))
		}
	}
}

// provision is the one under the cursor; zero when there is none.
func (s *Participant) provision() domain.Provision {
	e := s.chosen()
	for _, x := range s.p.Provisions {
		if e.kind == aProvision && x.ID == e.id {
			return x
		}
	}
	return domain.Provision{}
}

// startSupport writes down that support of a programme started, or that it was long ago.
func (s *Participant) startSupport() screen.Effect {
	if a := s.application(); !a.ID.IsZero() && a.State.Awarded() {
		if prog, ok := s.queue.Catalogue.Programme(a.Programme); ok {
			return s.startedWhen(prog)
		}
	}
	return screen.AskProgramme(s.world, "Support of which programme? It started, or they were on it earlier", s.startedWhen)
}

func (s *Participant) startedWhen(prog catalogue.Programme) screen.Effect {
	today, p := s.today(), s.p
	read := func(v string) (from, to calendar.Day, err error) {
		first, last, both := strings.Cut(v, " to ")
		if from, err = calendar.Parse(first, today, calendar.Backward); err != nil || !both {
			return from, 0, err
		}
		to, err = calendar.Parse(last, today, calendar.Backward)
		return from, to, err
	}
	return screen.Prompt{
		Title: prog.Name + ": on which day did support start?", Hint: "a date; earlier ones: 3 mar 2024 to 1 feb 2025", Default: "today",
		Echo: func(v string) (string, error) {
			from, to, err := read(v)
			if err != nil {
				return "", err
			}
			if why := domain.WhyNotProvision(s.queue.Catalogue, prog.Key, from, to, today); why != "" {
				return "", domain.Refusal{Field: "started", Why: why}
			}
			if !to.IsZero() {
				return from.Short(today) + " to " + to.Short(today), nil
			}
			return from.Short(today) + ", " + from.Distance(today), nil
		},
		Warn: func(v string) []string {
			from, to, err := read(v)
			if err != nil || !to.IsZero() {
				return nil
			}
			var out []string
			for _, x := range p.Beside(s.queue.Catalogue, prog.Key, from) {
				out = append(out, "They are on "+s.queue.Catalogue.Short(x.Programme)+": the two are not given side by side. Check with the provider.")
			}
			return out
		},
		Then: func(v string) screen.Effect {
			from, to, err := read(v)
			if err != nil {
				return screen.Say{Text: err.Error()}
			}
			return s.startedHow(prog, domain.StartProvision{Participant: s.id, Programme: prog.Key, Started: from, Ended: to})
		},
	}
}

// startedHow asks for what chooses between the clocks of a programme, and who gives it.
func (s *Participant) startedHow(prog catalogue.Programme, c domain.StartProvision) screen.Effect {
	who := func(c domain.StartProvision) screen.Effect {
		return screen.Prompt{Title: "Who gives it, and who is the key worker?", Hint: "provider: name and telephone; or nothing", Then: func(v string) screen.Effect {
			provider, contact, both := strings.Cut(v, ":")
			c.Provider = strings.TrimSpace(provider)
			if both {
				c.Contact = strings.TrimSpace(contact)
			}
			if c.Ended.IsZero() {
				return do(c)
			}
			return s.endReason("Why did it end?", func(code string) screen.Effect {
				c.Code = code
				return do(c)
			})
		}}
	}
	where := func(c domain.StartProvision) screen.Effect {
		areas := domain.LocalAreas(prog)
		if len(areas) == 0 || !c.Ended.IsZero() {
			return who(c)
		}
		choices := []screen.Choice{{Key: "n", Label: "another one, or not known", Then: who(c)}}
		for i, a := range areas {
			c.Area = a
			choices = append(choices, screen.Choice{Key: fmt.Sprint(i + 1), Label: s.area(a), Then: who(c)})
		}
		return screen.Choose{Title: "In which area? Some have a limit of their own", Choices: choices}
	}
	if !domain.AsksWork(prog) || !c.Ended.IsZero() {
		c.InWork = s.p.WorkOn(c.Started)
		return where(c)
	}
	in := func(w domain.AtStart) screen.Effect { c.InWork = w; return where(c) }
	now := map[domain.AtStart]string{domain.InWork: "The record says: in work then.", domain.OutOfWork: "The record says: out of work then."}[s.p.WorkOn(c.Started)]
	return screen.Choose{Title: "Were they in work when support started? The clock depends on it", Note: now, Choices: []screen.Choice{
		{Key: "n", Label: "no, out of work", Then: in(domain.OutOfWork)}, {Key: "y", Label: "yes, in work", Then: in(domain.InWork)}, {Key: "u", Label: "not known", Then: in(domain.WorkUnknown)},
	}}
}

// reasonKeys are the keys of reasons in a list.
const reasonKeys = "1234567890abcdefg"

func (s *Participant) endReason(title string, then func(code string) screen.Effect) screen.Effect {
	var all []screen.Choice
	for i, r := range s.queue.Planning.Reasons[domain.ReasonsProvision] {
		if i < len(reasonKeys) {
			all = append(all, screen.Choice{Key: reasonKeys[i : i+1], Label: r.Says, Then: then(r.Code)})
		}
	}
	return screen.Choose{Title: title, Choices: all}
}

// endSupport asks why and when support ended.
func (s *Participant) endSupport() screen.Effect {
	x := s.provision()
	return s.endReason("Support ended: why?", func(code string) screen.Effect {
		return s.date("On which day? The last day of support", "today", calendar.Backward, func(d calendar.Day) screen.Effect {
			return do(domain.EndProvision{Participant: s.id, Provision: x.ID, Day: d, Code: code})
		})
	})
}

// land asks what replaces support when it ends.
func (s *Participant) land() screen.Effect {
	x := s.provision()
	read := func(v string) domain.PlanLanding {
		c := domain.PlanLanding{Participant: s.id, Provision: x.ID, Text: v}
		if prog, ok := s.queue.Catalogue.Programme(strings.TrimSpace(v)); ok {
			c.Programme, c.Text = prog.Key, ""
		}
		return c
	}
	return screen.Prompt{
		Title: s.queue.Catalogue.Short(x.Programme) + " ends. What replaces it?", Hint: "a programme, or words: the GP's link worker; nothing is needed",
		Echo: func(v string) (string, error) {
			if c := read(v); c.Programme != "" {
				return "the programme " + s.queue.Catalogue.Short(c.Programme), nil
			}
			return some(v)
		},
		Then: func(v string) screen.Effect { return do(read(v)) },
	}
}

// correctSupport asks which part of what is known of a programme is wrong.
func (s *Participant) correctSupport() screen.Effect {
	x := s.provision()
	c := domain.CorrectProvision{Participant: s.id, Provision: x.ID}
	text := func(title, value string, set func(*string) domain.CorrectProvision) screen.Effect {
		return screen.Prompt{Title: title, Value: value, Then: func(v string) screen.Effect { return do(set(&v)) }}
	}
	day := func(title string, set func(*calendar.Day) domain.CorrectProvision) screen.Effect {
		return s.date(title, "", calendar.Backward, func(d calendar.Day) screen.Effect { return do(set(&d)) })
	}
	work := func(w domain.AtStart) screen.Effect { d := c; d.InWork = &w; return do(d) }
	choices := []screen.Choice{
		{Key: "d", Label: "the first day: " + x.Started.Short(s.today()), Then: day("Support started on which day?", func(d *calendar.Day) domain.CorrectProvision { c.Started = d; return c })},
		{Key: "p", Label: "who gives it", Then: text("Who gives it?", x.Provider, func(v *string) domain.CorrectProvision { c.Provider = v; return c })},
		{Key: "k", Label: "the key worker, and how to reach them", Then: text("The key worker, and how to reach them", x.Contact, func(v *string) domain.CorrectProvision { c.Contact = v; return c })},
		{Key: "y", Label: "they were in work when it started", Then: work(domain.InWork)},
		{Key: "n", Label: "they were out of work when it started", Then: work(domain.OutOfWork)},
	}
	if prog, ok := s.queue.Catalogue.Programme(x.Programme); ok {
		for i, a := range domain.LocalAreas(prog) {
			in := c
			in.Area = &a
			choices = append(choices, screen.Choice{Key: fmt.Sprint(i + 1), Label: "it is in " + s.area(a), Then: do(in)})
		}
	}
	if !x.Ended.IsZero() {
		runs := c
		runs.Ended = new(calendar.Day)
		choices = append(
			choices,
			screen.Choice{Key: "e", Label: "the last day: " + x.Ended.Short(s.today()), Then: day("Support ended on which day?", func(d *calendar.Day) domain.CorrectProvision { c.Ended = d; return c })},
			screen.Choice{Key: "r", Label: "it has not ended: it runs", Then: do(runs)},
		)
	}
	return screen.Choose{Title: "Correct what?", Choices: choices}
}

// whySupport shows the sum behind the end of support.
func (s *Participant) whySupport() screen.Effect {
	x := s.provision()
	sum := s.supportSum(x)
	note := strings.Join(sum.Lines, "\n")
	if sum.Asks != "" {
		note = strings.ToUpper(sum.Asks[:1]) + sum.Asks[1:] + "."
	}
	return screen.Choose{Title: "Until when " + s.queue.Catalogue.Short(x.Programme) + " may run", Note: note, Choices: []screen.Choice{{Key: "o", Label: "close"}}}
}
