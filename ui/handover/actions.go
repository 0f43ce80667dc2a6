package handover

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/ui/screen"
)

// Actions implements screen.Screen.
func (c *Compose) Actions() []screen.Action {
	help := screen.Action{Keys: []string{"f1"}, Name: "Help for this screen", Short: "help", Do: func() screen.Effect { return screen.Show{Panel: screen.Help} }}
	leave := screen.Action{Keys: []string{"esc"}, Name: "Leave; what was typed stays as a draft", Short: "keep draft", Do: func() screen.Effect { return screen.Back{} }}
	offer := screen.Action{Keys: []string{"ctrl+s", "f2"}, Name: "Offer it: everybody in one step, and a sealed file for each receiver of another desk", Short: "offer", Do: c.offer, Not: c.stops}
	switch c.phase {
	case choosing:
		return []screen.Action{
			{Keys: []string{"enter"}, Name: "To the one under the cursor; a comma and a day say until when", Short: "choose", Do: c.give},
			help,
			{Keys: []string{"esc"}, Name: "Leave, or back to who and what", Short: "back", Do: c.leaveChoice},
		}
	case writing:
		mine := []screen.Action{
			offer,
			{Keys: []string{"tab"}, Name: "The next text", Short: "next text", Do: c.turn(1)},
			{Keys: []string{"shift+tab"}, Name: "The text before", Do: c.turn(-1)},
			{Keys: []string{"ctrl+o", "f3"}, Name: "Who and what: receiver, kind, day, what is ticked", Short: "who and what", Do: c.arrange},
			{Keys: []string{"ctrl+y", "f4"}, Name: "The note as they will read it, or the words again", Short: "note", Do: c.preview, Not: c.besideAlready},
		}
		if len(c.shares) > 1 {
			mine = append(mine, screen.Action{Keys: []string{"ctrl+n", "f6"}, Name: "The words of the next person", Short: "next person", Do: c.nextPerson})
		}
		return append(mine, help, leave)
	case arranging:
		return append(c.arrangements(offer), screen.Everywhere()...)
	case sent:
	}
	return append([]screen.Action{
		{Keys: []string{"enter"}, Name: "Done: back to where you were", Short: "done", Do: func() screen.Effect { return screen.Back{} }},
		{Keys: []string{"r"}, Name: "Write the file again that could not be written", Short: "try again", Do: c.again, Not: c.allWritten},
	}, screen.Everywhere()...)
}

// arrangements are the keys of who and what.
func (c *Compose) arrangements(offer screen.Action) []screen.Action {
	return []screen.Action{
		offer,
		{Keys: []string{"enter", "ctrl+o"}, Name: "Write the words", Short: "words", Do: func() screen.Effect { c.write(c.letter.field); return nil }},
		{Keys: []string{"space", "x"}, Name: "Leave this out, or take it in again", Short: "leave out", Do: c.tick},
		{Keys: []string{"t"}, Name: "Another receiver, for everybody", Short: "to", Do: c.askFor(-1)},
		{Keys: []string{"W"}, Name: "Who takes this person: a receiver for them alone", Short: "who takes", Do: func() screen.Effect { return c.askFor(c.under().share)() }, Not: c.onlyOne},
		{Keys: []string{"i"}, Name: "What kind: for a while, for good, one question, a referral, a copy", Short: "kind", Do: c.askKind},
		{Keys: []string{"d"}, Name: "Until when: the first day that you are back", Short: "day", Do: c.askDay, Not: c.noDay},
		{Keys: []string{"c"}, Name: "The person agrees now: record the consent", Short: "consent", Do: c.agree, Not: c.noConsent},
		{Keys: []string{"v"}, Name: "The note as they will read it, or who and what again", Short: "note", Do: c.preview, Not: c.besideAlready},
		{Keys: []string{"o"}, Name: "Open or fold what the receiver does not read", Do: func() screen.Effect { c.look.fold = !c.look.fold; return nil }},
	}
}

func (c *Compose) leaveChoice() screen.Effect {
	c.choice.in.SetValue("")
	if c.letter.to.ID.IsZero() {
		return screen.Back{}
	}
	return c.arrange()
}

// arrange goes to who and what.
func (c *Compose) arrange() screen.Effect {
	c.phase, c.choice.one, c.look.only = arranging, -1, false
	c.Fit(c.width, c.height)
	return c.draw()
}

// askFor asks for a receiver: of one person, or of all.
func (c *Compose) askFor(one int) func() screen.Effect {
	return func() screen.Effect {
		c.phase, c.choice.one = choosing, one
		c.choice.in.SetValue("")
		c.search()
		return nil
	}
}

func (c *Compose) onlyOne() string {
	if len(c.shares) == 1 {
		return "There is one person here: t names another receiver."
	}
	return ""
}

func (c *Compose) noDay() string {
	if c.letter.kind != domain.HandoverCover {
		return "Only looking after a case for a while has an end: i says what kind it is."
	}
	return ""
}

// tick leaves the line under the cursor out, or takes it in again.
func (c *Compose) tick() screen.Effect {
	at := c.under()
	s := c.shares[at.share]
	if at.item < 0 {
		s.out = !s.out
		return c.changed()
	}
	s.items[at.item].off = !s.items[at.item].off
	return c.changed()
}

func (c *Compose) askKind() screen.Effect {
	var all []screen.Choice
	for i, k := range domain.HandoverKinds {
		all = append(all, screen.Choice{Key: fmt.Sprint(i + 1), Label: k.String() + ": " + k.Says(), Then: screen.Run{Work: func() tea.Msg { return kindChosen{k} }}})
	}
	return screen.Choose{Title: "What kind of handover?", Note: "Whose case it is changes with a transfer alone, and when it is taken.", Choices: all}
}

// kindChosen is the kind of handover that was chosen.
type kindChosen struct{ kind domain.HandoverKind }

// become makes it a handover of another kind, with what that hands over.
func (c *Compose) become(k domain.HandoverKind) screen.Effect {
	c.letter.kind = k
	if !slices.Contains(k.Receivers(), c.letter.to.Role) {
		c.wrong = fmt.Sprintf("%s is %s: a %s does not go to them. t names somebody else.", clean.Line(c.letter.to.Name, 40), c.letter.to.Role, k)
	}
	c.propose()
	return screen.All{c.draw(), c.changed()}
}

func (c *Compose) askDay() screen.Effect {
	today := c.q.Today
	return screen.Prompt{
		Title: "When are you back? The first day", Hint: "for example 7 dec, or 2w",
		Echo: func(v string) (string, error) {
			d, err := calendar.Parse(v, today, calendar.Forward)
			return screen.DaySaid(d, today), err
		},
		Then: func(v string) screen.Effect {
			if d, err := calendar.Parse(v, today, calendar.Forward); err == nil {
				c.letter.until = d
			}
			return c.changed()
		},
	}
}

func (c *Compose) noConsent() string {
	s := c.share()
	r := c.receiver(s)
	switch {
	case r.Role != domain.Provider:
		return "Consent is asked for where somebody outside is told: this goes to staff."
	case domain.WhyNotDo(c.world.Desk.Who().Role, domain.ConsentGiven{}) != "":
		return domain.WhyNotDo(c.world.Desk.Who().Role, domain.ConsentGiven{})
	case c.withoutConsent(s) == "":
		return "Consent covers it already."
	}
	return ""
}

// agree asks how the person says yes, and records the consent for this receiver.
func (c *Compose) agree() screen.Effect {
	s := c.share()
	to := c.recipient(s)
	rules := c.q.Planning.Referrals
	keys := []string{"f", "p", "w", "o"}
	give := domain.GiveConsent{Participant: s.p.ID, To: to, Purpose: "handover to " + to.Name, Items: rules.Items, Giver: domain.GivenByPerson}
	if rules.Months > 0 {
		give.Until = c.q.Today.AddMonths(rules.Months)
	}
	var all []screen.Choice
	for i, how := range domain.ConsentHows {
		one := give
		one.How = how
		all = append(all, screen.Choice{Key: keys[i], Label: string(how), Then: screen.Do{Commands: []domain.Command{one}, Then: c.draw()}})
	}
	note := "Read it to them: " + clean.Line(to.Name, 60) + " is told the name, " + domain.ItemWords(give.Items) + ", until " + give.Until.Short(c.q.Today) + ". They may take it back at any time."
	return screen.Choose{Title: clean.Line(s.p.Name(), 40) + " agrees. How do they say it?", Note: note, Choices: all}
}

// preview shows the note in place of the rest, where there is no room beside it.
func (c *Compose) preview() screen.Effect {
	c.look.only = !c.look.only
	return c.draw()
}

func (c *Compose) besideAlready() string {
	if c.beside() {
		return "The note stands beside it."
	}
	return ""
}

// offer offers everything in one step.
func (c *Compose) offer() screen.Effect {
	commands, err := c.commands()
	if err != nil {
		c.wrong = err.Error()
		return nil
	}
	first := c.going()[0].draft
	return screen.Do{Commands: commands, Draft: first, After: func(domain.Receipt) screen.Effect { return c.offered() }}
}

// commands are an offer for each person.
func (c *Compose) commands() ([]domain.Command, error) {
	var all []domain.Command
	for _, s := range c.going() {
		r := c.receiver(s)
		o := domain.OfferHandover{
			Participant: s.p.ID, ID: c.world.Desk.NewID(), Kind: c.letter.kind, To: r.ID, ToName: r.Name, ToRole: r.Role, Provider: r.Office, Words: c.said(s),
			SupportEnds: c.q.SupportEnds(s.p), SoonDays: c.q.Figures.Of(domain.FigureTransfer),
		}
		if c.letter.kind == domain.HandoverCover {
			o.Until = c.letter.until
		}
		for _, it := range s.items {
			if !it.off {
				o.Items = append(o.Items, it.HandoverItem)
			}
		}
		if r.Role == domain.Provider {
			sheet, err := c.world.Desk.Note(c.noteOf(s))
			if err != nil {
				return nil, err
			}
			o.Paper = paper(sheet)
		}
		all = append(all, o)
	}
	return all, nil
}

// paper is what the receiver reads of a sheet.
func paper(s screen.Sheet) *domain.HandoverPaper {
	out := &domain.HandoverPaper{}
	for _, sec := range s.Sections {
		var lines []string
		for _, l := range sec.Lines {
			if l.Hidden == "" {
				lines = append(lines, l.Text)
			}
		}
		if len(lines) > 0 {
			out.Sections = append(out.Sections, domain.HandoverSection{Title: sec.Title, Lines: lines})
		}
	}
	return out
}

// refused shows why nothing was offered, with the cursor on the person it is about.
func (c *Compose) refused(no domain.Refusal) {
	c.wrong = no.Why
	commands, err := c.commands()
	if err != nil {
		return
	}
	for i, s := range c.going() {
		one, ok := commands[i].(domain.ParticipantCommand)
		if !ok {
			continue
		}
		if _, err := one.Decide(s.p, c.world.Desk.Stamp()); err == nil {
			continue
		}
		if len(c.shares) > 1 {
			c.wrong = clean.Line(s.p.Name(), 40) + ": " + no.Why
		}
		for at, sp := range c.spots() {
			if c.shares[sp.share] == s && sp.item < 0 {
				c.win.Go(at)
			}
		}
		return
	}
}

// offered drops the drafts, and has a file written for each receiver of another desk.
func (c *Compose) offered() screen.Effect {
	var away []screen.Receiver
	for _, s := range c.shares {
		if s.out {
			continue // what was left out stays a draft
		}
		if err := c.world.Desk.DropDraft(s.draft); err != nil {
			c.wrong = "A draft could not be dropped: " + err.Error()
		}
		s.draft = domain.ID{}
		if r := c.receiver(s); r.Away() && !slices.ContainsFunc(away, func(o screen.Receiver) bool { return o.ID == r.ID }) {
			away = append(away, r)
		}
	}
	if len(away) == 0 {
		return screen.Back{}
	}
	c.phase, c.files = sent, nil
	var all screen.All
	for _, r := range away {
		c.files = append(c.files, file{to: r})
		all = append(all, writeBundle(c.world.Desk, r))
	}
	return all
}

func (c *Compose) allWritten() string {
	if slices.ContainsFunc(c.files, func(f file) bool { return f.fail != "" }) {
		return ""
	}
	return "Every file is written."
}

// again has those files written that could not be.
func (c *Compose) again() screen.Effect {
	var all screen.All
	for i, f := range c.files {
		if f.fail != "" {
			c.files[i].fail = ""
			all = append(all, writeBundle(c.world.Desk, f.to))
		}
	}
	return all
}

// written takes in what came of a file.
func (c *Compose) written(msg bundled) screen.Effect {
	for i, f := range c.files {
		if f.to.ID != msg.to.ID {
			continue
		}
		c.files[i].at = msg.at
		if msg.err != nil {
			c.files[i].fail = msg.err.Error()
		}
	}
	return nil
}
