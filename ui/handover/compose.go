// Package handover is where a coach hands people over to a colleague, an adviser or a
// provider, sees what was handed over to whom, answers, and takes back.
package handover

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/textarea"
	"charm.land/bubbles/v2/textinput"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
)

// Compose is a handover being written: to whom, then why, with what is handed over and
// the note beside it as its receiver will read it.
type Compose struct {
	world  screen.World
	at     screen.HandOver
	q      domain.Queue
	shares []*share
	phase  phase
	choice choice
	letter letter
	area   textarea.Model
	win    kit.Window // over the lines of who and what
	look   look
	pauses int
	files  []file // that were written for other desks
	wrong  string
	width  int
	height int
}

type phase int

const (
	choosing  phase = iota // to whom: letters are text
	writing                // the words: letters are text
	arranging              // who and what: letters are keys
	sent                   // files were written
)

// choice is the question to whom.
type choice struct {
	in    textinput.Model
	found []screen.Receiver
	win   kit.Window
	one   int // the person it is asked for alone; -1 is all of them
}

// letter is what holds for all who are handed over in one go.
type letter struct {
	to    screen.Receiver
	kind  domain.HandoverKind
	until calendar.Day // the first day back
	why   string
	field field
}

// share is one person with what is handed over of them.
type share struct {
	p     domain.Participant
	to    screen.Receiver // zero: as all
	out   bool            // left out
	items []item
	words domain.HandoverWords // without Why, which holds for all
	draft domain.ID
	kept  string // what the draft holds
	drawn bool   // their note was looked at
}

type item struct {
	domain.HandoverItem
	says string
	off  bool
}

// file is a bundle that was written for a receiver.
type file struct {
	to   screen.Receiver
	at   screen.Written
	fail string
}

// NewCompose returns the form of a handover.
func NewCompose(w screen.World, at screen.HandOver) *Compose {
	c := &Compose{world: w, at: at, area: kit.NewArea(2000)}
	c.choice = choice{in: kit.NewInput("To: ", false), one: -1}
	c.look.fold = true
	return c
}

// Title implements screen.Screen.
func (c *Compose) Title() string {
	if len(c.shares) == 1 {
		return "Hand over " + c.shares[0].p.Name()
	}
	return fmt.Sprintf("Hand over %d people", len(c.shares))
}

// Fit implements screen.Screen.
func (c *Compose) Fit(w, h int) {
	c.width, c.height = w, h
	c.area.SetWidth(max(20, c.left()-4))
	c.area.SetHeight(max(2, min(8, h-len(c.head())-int(fields)-2)))
	c.choice.in.SetWidth(max(10, w-10))
	c.choice.win.Resize(len(c.choice.found), max(1, h-5))
	c.win.Resize(len(c.spots()), max(1, h-len(c.head())-2))
}

// Read implements screen.Screen. What was ticked and typed stays while others write.
func (c *Compose) Read() error {
	c.q = c.world.Desk.Queue()
	if c.shares == nil {
		if err := c.begin(); err != nil {
			return err
		}
	}
	for _, s := range c.shares {
		p, err := c.world.Desk.Participant(s.p.ID)
		if err != nil {
			return err
		}
		s.p = p
	}
	c.search()
	return nil
}

// begin reads who is handed over, and what was written of it before.
func (c *Compose) begin() error {
	who, seat := c.world.Desk.Who(), c.world.Desk.Settings().Seat()
	foreign := 0
	for _, id := range c.at.People {
		p, err := c.world.Desk.Participant(id)
		if err != nil {
			return err
		}
		if len(c.at.People) > 1 && !p.OwnCase(who, seat) {
			foreign++
			continue
		}
		c.shares = append(c.shares, &share{p: p})
	}
	if len(c.shares) == 0 {
		return domain.Refused("people", "None of them is your own case. Open a record, say why, and hand over from there.")
	}
	if foreign > 0 {
		c.wrong = fmt.Sprintf("%d who are not your own case are left out: open the record, say why, and hand over from there.", foreign)
	}
	c.letter.kind = c.at.Kind
	return c.findDrafts()
}

// search finds to whom it can go, by what was typed before the first comma.
func (c *Compose) search() {
	name, _, _ := strings.Cut(strings.ReplaceAll(c.choice.in.Value(), ";", ","), ",")
	c.choice.found = screen.Receivers(c.world.Desk, name)
	c.choice.win.Resize(len(c.choice.found), max(1, c.height-5))
}

// day reads what was typed after the comma: until when.
func (c *Compose) day() (calendar.Day, error) {
	_, typed, _ := strings.Cut(strings.ReplaceAll(c.choice.in.Value(), ";", ","), ",")
	if strings.TrimSpace(typed) == "" {
		return 0, nil
	}
	return calendar.Parse(strings.TrimSpace(typed), c.q.Today, calendar.Forward)
}

// chosen is the receiver under the cursor.
func (c *Compose) chosen() (screen.Receiver, bool) {
	if c.choice.win.At >= len(c.choice.found) {
		return screen.Receiver{}, false
	}
	return c.choice.found[c.choice.win.At], true
}

// give names the receiver, and goes on to the words.
func (c *Compose) give() screen.Effect {
	r, ok := c.chosen()
	day, err := c.day()
	switch {
	case !ok:
		c.wrong = "Nobody fits. Type the first letters of a name, or esc."
		return nil
	case err != nil:
		c.wrong = err.Error()
		return nil
	}
	c.wrong = ""
	if c.choice.one >= 0 {
		c.shares[c.choice.one].to = r
		return c.arrange()
	}
	was := c.letter
	c.letter.to = r
	if !day.IsZero() {
		c.letter.until = day
	}
	if c.at.Kind == "" && was.to.Role != r.Role {
		c.letter.kind = c.kindFor(r)
	}
	if len(c.items()) == 0 || c.letter.kind != was.kind || was.to.ID.IsZero() {
		c.propose()
	}
	c.write(c.letter.field)
	return screen.All{c.draw(), c.changed()}
}

// kindFor is what one with such a role is asked first.
func (c *Compose) kindFor(r screen.Receiver) domain.HandoverKind {
	one := c.shares[0].p
	switch {
	case r.Role == domain.Provider:
		return domain.HandoverReferral
	case r.Role.MayAdvise() && len(c.shares) == 1 && slices.ContainsFunc(one.Escalations, domain.Escalation.Live):
		return domain.HandoverQuestion
	case r.Role.MayAdvise():
		return domain.HandoverCopy
	}
	return domain.HandoverCover
}

// propose lists what is handed over of each person, all of it ticked.
func (c *Compose) propose() {
	for _, s := range c.shares {
		s.items = nil
		for i, it := range domain.ItemsOf(s.p, c.letter.kind, c.q.Today, c.letter.until) {
			off := c.letter.kind == domain.HandoverQuestion && i > 0 // one goes at a time
			if c.letter.kind != domain.HandoverCover && c.letter.kind != domain.HandoverTransfer && !c.at.Of.IsZero() {
				off = it.Of != c.at.Of
			}
			s.items = append(s.items, item{HandoverItem: it, says: s.p.HandedSays(it, c.q.Today), off: off})
		}
	}
	c.win.Resize(len(c.spots()), c.win.Height)
}

func (c *Compose) items() []item {
	var all []item
	for _, s := range c.shares {
		all = append(all, s.items...)
	}
	return all
}

// spot is one line of who and what: a person, or an item of theirs.
type spot struct{ share, item int }

func (c *Compose) spots() []spot {
	var all []spot
	for i, s := range c.shares {
		all = append(all, spot{i, -1})
		for j := range s.items {
			all = append(all, spot{i, j})
		}
	}
	return all
}

// under is the line under the cursor.
func (c *Compose) under() spot {
	all := c.spots()
	if c.win.At >= len(all) {
		return spot{0, -1}
	}
	return all[c.win.At]
}

// share is the person under the cursor.
func (c *Compose) share() *share { return c.shares[c.under().share] }

// receiver is to whom a person goes.
func (c *Compose) receiver(s *share) screen.Receiver {
	if !s.to.ID.IsZero() {
		return s.to
	}
	return c.letter.to
}

// going are those who are not left out.
func (c *Compose) going() []*share {
	return slices.DeleteFunc(slices.Clone(c.shares), func(s *share) bool { return s.out })
}

// said is everything that the coach wrote of one person.
func (c *Compose) said(s *share) domain.HandoverWords {
	w := s.words
	w.Why = c.letter.why
	return w
}

// stops says what keeps it from being sent; empty means nothing does.
func (c *Compose) stops() string {
	switch {
	case c.letter.to.ID.IsZero():
		return "Say first to whom."
	case len(c.going()) == 0:
		return "Everybody is left out. space takes somebody in again."
	case c.letter.kind == domain.HandoverCover && c.letter.until.IsZero():
		return "Say until when: ctrl+o, then d. The day is the first that you are back."
	}
	for _, s := range c.going() {
		if why := c.withoutConsent(s); why != "" {
			return clean.Line(s.p.Name(), 40) + ": " + why
		}
	}
	return ""
}

// withoutConsent says why a person's facts may not go to their receiver, when that is
// somebody outside.
func (c *Compose) withoutConsent(s *share) string {
	r := c.receiver(s)
	if r.Role != domain.Provider {
		return ""
	}
	if why := s.p.WhyNotShare(c.recipient(s), nil, c.q.Today); why != "" {
		return why + " In ctrl+o, c records it."
	}
	return ""
}

// recipient is whom a consent must name for a receiver outside: the provider of the
// referral that goes along, or else theirs.
func (c *Compose) recipient(s *share) domain.Recipient {
	for _, it := range s.items {
		if it.off || it.What != domain.HandedReferral {
			continue
		}
		for _, x := range s.p.Referrals {
			if x.ID == it.Of {
				return x.To()
			}
		}
	}
	return domain.Recipient{Kind: domain.ToProvider, Name: c.receiver(s).Office}
}
