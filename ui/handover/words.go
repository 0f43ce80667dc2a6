package handover

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/ui/screen"
)

// place is what drafts of this form are kept under.
const place = "handover"

// pauseLength is how long the fingers rest before drafts are kept and the note is made
// anew.
const pauseLength = 500 * time.Millisecond

// field is one of the four texts that only the coach can write.
type field int

const (
	why field = iota
	summary
	howToWork
	gaps
	fields
)

var fieldNames = [fields]struct{ name, asks string }{
	{"Why now", "for example: on leave, back on Monday 7 December"},
	{"In one line", "who they are and where they are heading; empty: as the record says"},
	{"How to work with them", "what works and what to avoid; empty: as the record says"},
	{"Not done, not known", "the honest gaps; empty: what the record lacks"},
}

// text is where the words of a field are kept: why holds for all, the rest for one.
func (c *Compose) text(f field) *string {
	s := c.share()
	switch f {
	case summary:
		return &s.words.Summary
	case howToWork:
		return &s.words.HowToWork
	case gaps:
		return &s.words.Gaps
	case why, fields:
	}
	return &c.letter.why
}

// write goes to the words, at one of the fields.
func (c *Compose) write(f field) {
	c.phase, c.letter.field, c.look.only = writing, f, false
	c.area.SetValue(*c.text(f))
	c.area.MoveToEnd()
	c.Fit(c.width, c.height)
}

// turn goes to the next field or the one before.
func (c *Compose) turn(by int) func() screen.Effect {
	return func() screen.Effect {
		c.write((c.letter.field + field(by) + fields) % fields)
		return nil
	}
}

// nextPerson goes to the words of the next person.
func (c *Compose) nextPerson() screen.Effect {
	next := (c.under().share + 1) % len(c.shares)
	for at, sp := range c.spots() {
		if sp == (spot{next, -1}) {
			c.win.Go(at)
		}
	}
	f := c.letter.field
	if f == why {
		f = summary // why is the same for all
	}
	c.write(f)
	return c.draw()
}

type pause struct{ after int }

type kept struct{ err error }

// changed begins to wait for a pause in typing, at which drafts are kept.
func (c *Compose) changed() screen.Effect {
	c.wrong = ""
	c.pauses++
	n := c.pauses
	return screen.Run{Work: func() tea.Msg {
		time.Sleep(pauseLength)
		return pause{n}
	}}
}

// typed gives a key or a paste to the field that has the focus.
func (c *Compose) typed(msg tea.Msg) screen.Effect {
	var cmd tea.Cmd
	switch c.phase {
	case choosing:
		if k, ok := msg.(tea.KeyPressMsg); ok && (k.String() == "up" || k.String() == "down" || k.String() == "pgup" || k.String() == "pgdown") {
			c.choice.win.Key(k.String())
			return nil
		}
		before := c.choice.in.Value()
		c.choice.in, cmd = c.choice.in.Update(msg)
		if c.choice.in.Value() != before {
			c.wrong = ""
			c.choice.win.Go(0)
			c.search()
		}
	case writing:
		if k, ok := msg.(tea.KeyPressMsg); ok && c.look.win.Key(scrolls(k.String())) {
			return nil
		}
		before := c.area.Value()
		c.area, cmd = c.area.Update(msg)
		if c.area.Value() == before {
			return screen.Tea{Cmd: cmd}
		}
		*c.text(c.letter.field) = c.area.Value()
		return screen.All{screen.Tea{Cmd: cmd}, c.changed()}
	case arranging:
		if k, ok := msg.(tea.KeyPressMsg); ok {
			if c.look.win.Key(scrolls(k.String())) {
				return nil
			}
			before := c.share()
			c.win.Key(k.String())
			if c.share() != before {
				return c.draw()
			}
		}
		return nil
	case sent:
		return nil
	}
	return screen.Tea{Cmd: cmd}
}

// scrolls lets through the keys that turn the pages of the note.
func scrolls(key string) string {
	if key == "pgup" || key == "pgdown" {
		return key
	}
	return ""
}

// Update implements screen.Screen.
func (c *Compose) Update(msg tea.Msg) screen.Effect {
	switch msg := msg.(type) {
	case pause:
		if msg.after != c.pauses || c.phase == sent {
			return nil
		}
		drafts, desk := c.drafts(), c.world.Desk
		return screen.All{c.draw(), screen.Run{Work: func() tea.Msg {
			for _, d := range drafts {
				if err := desk.KeepDraft(d); err != nil {
					return kept{err}
				}
			}
			return kept{}
		}}}
	case kept:
		if msg.err != nil {
			c.wrong = "The draft could not be kept: " + msg.err.Error()
		}
	case drawn:
		c.look.take(msg)
	case kindChosen:
		return c.become(msg.kind)
	case bundled:
		return c.written(msg)
	case screen.Refused:
		c.refused(msg.Refusal)
	case screen.Failed:
		c.wrong = "Nothing was saved: " + msg.Err.Error()
	case tea.PasteMsg:
		if c.phase == choosing {
			msg.Content = clean.Line(msg.Content, clean.MaxLine)
		} else {
			msg.Content = clean.Text(msg.Content, clean.MaxText)
		}
		return c.typed(msg)
	case tea.KeyPressMsg:
		return c.typed(msg)
	}
	return nil
}

// asFields is what a draft keeps of one person.
func (c *Compose) asFields(s *share) map[string]string {
	r := c.receiver(s)
	var off []string
	for _, it := range s.items {
		if it.off {
			off = append(off, it.Of.String())
		}
	}
	f := map[string]string{
		"kind": string(c.letter.kind), "why": c.letter.why, "summary": s.words.Summary, "how": s.words.HowToWork, "gaps": s.words.Gaps,
		"to": r.ID.String(), "off": strings.Join(off, ","),
	}
	if !c.letter.until.IsZero() {
		f["until"] = c.letter.until.String()
	}
	if s.out {
		f["out"] = "yes"
	}
	return f
}

// typedOf reports whether anybody typed or changed anything of a person: a receiver that
// was only looked for leaves no draft.
func (c *Compose) typedOf(s *share) bool {
	return strings.TrimSpace(c.letter.why+s.words.Summary+s.words.HowToWork+s.words.Gaps) != ""
}

// drafts are those that changed since they were kept: one for each person, so that a
// person who is erased takes theirs along.
func (c *Compose) drafts() []domain.Draft {
	var all []domain.Draft
	for _, s := range c.shares {
		d := domain.Draft{ID: s.draft, Place: place, Participant: s.p.ID, By: c.world.Desk.Who().ID, At: c.world.Now(), Fields: c.asFields(s)}
		if now := fmt.Sprint(d.Fields); now != s.kept && c.typedOf(s) && !s.draft.IsZero() {
			s.kept = now
			all = append(all, d)
		}
	}
	return all
}

// Keep writes the drafts before the screen is left. A form into which nobody typed a word
// leaves none.
func (c *Compose) Keep() error {
	for _, s := range c.shares {
		if s.draft.IsZero() || c.typedOf(s) {
			continue
		}
		if err := c.world.Desk.DropDraft(s.draft); err != nil {
			return err
		}
	}
	for _, d := range c.drafts() {
		if err := c.world.Desk.KeepDraft(d); err != nil {
			return err
		}
	}
	return nil
}

// findDrafts goes on with what was written before of these people, the newest first.
func (c *Compose) findDrafts() error {
	drafts, err := c.world.Desk.Drafts()
	if err != nil {
		return err
	}
	slices.SortFunc(drafts, func(a, b domain.Draft) int { return b.At.Compare(a.At) })
	began := false
	for _, s := range c.shares {
		at := slices.IndexFunc(drafts, func(d domain.Draft) bool { return d.Place == place && d.Participant == s.p.ID })
		if at < 0 {
			s.draft = c.world.Desk.NewID()
			continue
		}
		d := drafts[at]
		s.draft = d.ID
		s.words = domain.HandoverWords{Summary: d.Fields["summary"], HowToWork: d.Fields["how"], Gaps: d.Fields["gaps"]}
		if !began {
			began = true
			c.resume(d)
		}
	}
	if !began {
		return nil
	}
	c.propose()
	for _, s := range c.shares {
		at := slices.IndexFunc(drafts, func(d domain.Draft) bool { return d.ID == s.draft })
		if at < 0 {
			continue
		}
		s.out = drafts[at].Fields["out"] != ""
		off := strings.Split(drafts[at].Fields["off"], ",")
		for i := range s.items {
			s.items[i].off = slices.Contains(off, s.items[i].Of.String())
		}
		if r, ok := c.receiverOf(drafts[at].Fields["to"]); ok && r.ID != c.letter.to.ID {
			s.to = r
		}
	}
	return nil
}

// resume takes over what a draft says that holds for all.
func (c *Compose) resume(d domain.Draft) {
	if k := domain.HandoverKind(d.Fields["kind"]); slices.Contains(domain.HandoverKinds, k) && c.at.Kind == "" {
		c.letter.kind = k
	}
	c.letter.why = d.Fields["why"]
	if until, err := calendar.ParseISO(d.Fields["until"]); err == nil {
		c.letter.until = until
	}
	if r, ok := c.receiverOf(d.Fields["to"]); ok {
		c.letter.to = r
		c.write(why)
	}
}

func (c *Compose) receiverOf(id string) (screen.Receiver, bool) {
	for _, r := range screen.Receivers(c.world.Desk, "") {
		if r.ID.String() == id {
			return r, true
		}
	}
	return screen.Receiver{}, false
}
