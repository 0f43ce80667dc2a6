// Package cards is the office's advice cards: found by barrier and words, with what
// came of each, and sent as an answer.
package cards

import (
	"fmt"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
)

// Cards is the list of cards: by barrier with what worked, or, when something was
// typed, what was found.
type Cards struct {
	world   screen.World
	answers screen.Cards // the question that is answered with a card; zero: none
	rows    []domain.Row
	office  domain.Office
	lines   []line
	find    textinput.Model
	finding bool
	win     kit.Window // over the lines that are cards
	width   int
	height  int
}

// line is a card, or what stands over some.
type line struct {
	head  string
	use   domain.CardUse
	tally domain.Tally
}

// New returns the cards; with an escalation the search is open, and enter sends.
func New(w screen.World, p screen.Cards) *Cards {
	c := &Cards{world: w, answers: p, find: kit.NewInput("/ ", false), finding: !p.Escalation.IsZero()}
	return c
}

// Title implements screen.Screen.
func (c *Cards) Title() string {
	if c.answering() {
		return "Answer with a card"
	}
	return "Advice cards"
}

func (c *Cards) answering() bool { return !c.answers.Escalation.IsZero() }

// Fit implements screen.Screen.
func (c *Cards) Fit(w, h int) {
	c.width, c.height = w, h
	c.find.SetWidth(max(8, w-6))
	c.build()
}

// Read implements screen.Screen.
func (c *Cards) Read() error {
	rows, err := c.world.Desk.Rows()
	if err != nil {
		return err
	}
	c.rows, c.office = rows, c.world.Desk.Office()
	c.build()
	return nil
}

// build tells the lines anew: by barrier, or as found.
func (c *Cards) build() {
	under, was := c.chosen().use.ID, c.win.At
	c.lines = nil
	if c.finding || c.find.Value() != "" {
		for _, u := range domain.FindCards(domain.CardUses(c.office.Cards, c.rows), c.find.Value()) {
			c.lines = append(c.lines, line{use: u, tally: u.Tally})
		}
	} else {
		c.byBarrier()
	}
	n, at := 0, -1
	for _, l := range c.lines {
		if l.head == "" {
			if l.use.ID == under && (at < 0 || n == was) { // a card may stand under several barriers
				at = n
			}
			n++
		}
	}
	c.win.At = max(0, at)
	c.win.Resize(n, max(1, c.room()))
}

func (c *Cards) byBarrier() {
	for _, b := range domain.BarrierUses(c.office.Cards, c.rows) {
		c.lines = append(c.lines, line{head: b.Barrier})
		for _, u := range b.Cards {
			c.lines = append(c.lines, line{use: u, tally: u.Tally})
		}
		if b.Loose.Used > 0 {
			c.lines = append(c.lines, line{head: "  answers on no card: " + tallyWords(b.Loose)})
		}
	}
	first := true
	for _, u := range domain.CardUses(c.office.Cards, c.rows) {
		if len(u.Barriers) > 0 {
			continue
		}
		if first {
			c.lines, first = append(c.lines, line{head: "no barrier named"}), false
		}
		c.lines = append(c.lines, line{use: u, tally: u.Tally})
	}
}

// room is what the list has, above the card under the cursor.
func (c *Cards) room() int { return max(3, c.height-2-c.detailRoom()) }

func (c *Cards) detailRoom() int { return min(8, max(0, c.height-8)) }

// chosen is the card under the cursor; zero when there is none.
func (c *Cards) chosen() line {
	n := 0
	for _, l := range c.lines {
		if l.head != "" {
			continue
		}
		if n == c.win.At {
			return l
		}
		n++
	}
	return line{}
}

func (c *Cards) none() string {
	if c.chosen().use.ID.IsZero() {
		return "There is no card here. Press n to write one."
	}
	return ""
}

// Actions implements screen.Screen.
func (c *Cards) Actions() []screen.Action {
	if c.finding {
		return c.findingActions()
	}
	may := func() string {
		if no := domain.WhyNotDo(c.world.Desk.Who().Role, domain.CardWritten{}); no != "" {
			return no
		}
		return c.none()
	}
	mine := []screen.Action{
		{Keys: []string{"enter", "e"}, Name: "Change the card; what it said is kept", Short: "change", Not: may, Do: func() screen.Effect {
			return screen.Go{To: screen.CardForm{Card: c.chosen().use.ID}}
		}},
		{Keys: []string{"/"}, Name: "Find a card by barrier or words", Short: "find", Do: func() screen.Effect { c.finding = true; c.build(); return nil }},
		{Keys: []string{"n"}, Name: "Write a new card", Short: "new", Do: func() screen.Effect { return screen.Go{To: screen.CardForm{}} }, Not: func() string {
			return domain.WhyNotDo(c.world.Desk.Who().Role, domain.CardWritten{})
		}},
		{Keys: []string{"x"}, Name: "Retire the card: it is not used any more", Short: "retire", Not: may, Do: c.retire},
		{Keys: []string{"u"}, Name: "Undo the last thing that you did to cards", Short: "undo", Do: c.undo, Not: c.nothingDone},
	}
	if c.find.Value() != "" {
		mine = append(mine, screen.Action{Keys: []string{"esc"}, Name: "Show all cards by barrier", Short: "all", Do: c.endFinding})
	}
	for _, a := range screen.Everywhere() {
		if a.Keys[0] != "/" {
			mine = append(mine, a)
		}
	}
	return mine
}

func (c *Cards) findingActions() []screen.Action {
	enter := screen.Action{Keys: []string{"enter"}, Name: "Take what was found", Short: "take", Do: func() screen.Effect { c.finding = false; c.build(); return nil }}
	if c.answering() {
		enter = screen.Action{Keys: []string{"enter", "ctrl+s", "f2"}, Name: "Send this card as the answer", Short: "send", Not: c.none, Do: c.send}
	}
	end := screen.Action{Keys: []string{"esc"}, Name: "End the search", Short: "back", Do: c.endFinding}
	if c.answering() {
		end.Do = func() screen.Effect { return screen.Back{} }
	}
	return []screen.Action{
		enter,
		{Keys: []string{"down", "tab"}, Name: "The next card", Do: func() screen.Effect { c.win.Go(c.win.At + 1); return nil }},
		{Keys: []string{"up", "shift+tab"}, Name: "The card before", Do: func() screen.Effect { c.win.Go(c.win.At - 1); return nil }},
		{Keys: []string{"f1"}, Name: "Help for this screen", Short: "help", Do: func() screen.Effect { return screen.Show{Panel: screen.Help} }},
		end,
	}
}

func (c *Cards) endFinding() screen.Effect {
	c.finding = false
	c.find.SetValue("")
	c.build()
	return nil
}

func (c *Cards) send() screen.Effect {
	u := c.chosen().use
	return screen.Do{
		Commands: []domain.Command{domain.Answer{Participant: c.answers.Participant, Escalation: c.answers.Escalation, Text: u.Answer(), Card: u.ID}},
		Then:     screen.Back{},
	}
}

func (c *Cards) retire() screen.Effect {
	office, _ := c.world.Desk.Subjects()
	id := c.chosen().use.ID
	return screen.Prompt{Title: "Retire the card: why?", Hint: "a few words, or nothing", Then: func(v string) screen.Effect {
		return screen.Do{Commands: []domain.Command{domain.RetireCard{Office: office, Card: id, Reason: v}}}
	}}
}

func (c *Cards) lastDone() domain.ID {
	return c.office.LastBatch(c.world.Desk.Who().ID, domain.CardKinds)
}

func (c *Cards) nothingDone() string {
	if c.lastDone().IsZero() {
		return "You wrote and retired no card that could be undone."
	}
	return ""
}

func (c *Cards) undo() screen.Effect {
	office, _ := c.world.Desk.Subjects()
	return screen.Do{Commands: []domain.Command{domain.UndoOffice{Office: office, Batch: c.lastDone()}}}
}

// Update implements screen.Screen.
func (c *Cards) Update(msg tea.Msg) screen.Effect {
	if p, ok := msg.(tea.PasteMsg); ok {
		p.Content = clean.Line(p.Content, 80)
		msg = p
	}
	if !c.finding {
		if k, ok := msg.(tea.KeyPressMsg); ok {
			c.win.Key(k.String())
		}
		return nil
	}
	before := c.find.Value()
	var cmd tea.Cmd
	c.find, cmd = c.find.Update(msg)
	if c.find.Value() != before {
		c.win.At = 0
		c.lines = nil // the best that is found stands under the cursor
		c.build()
	}
	return screen.Tea{Cmd: cmd}
}

func tallyWords(t domain.Tally) string {
	if t.Used == 0 {
		return "not used yet"
	}
	words := fmt.Sprintf("used %d", t.Used)
	for _, n := range []struct {
		n    int
		word string
	}{{t.Worked, "worked"}, {t.Partly, "partly"}, {t.No, "no"}} {
		if n.n > 0 {
			words += fmt.Sprintf(", %s %d", n.word, n.n)
		}
	}
	return words
}

// View implements screen.Screen.
func (c *Cards) View() (string, *tea.Cursor) {
	t := c.world.Theme
	var out []string
	var cur *tea.Cursor
	switch {
	case c.finding:
		out = append(out, "  "+c.find.View())
		cur = kit.Shift(c.find.Cursor(), 2, 0)
	case c.find.Value() != "":
		out = append(out, "  "+t.Muted.Paint(kit.Cut("found: "+c.find.Value(), c.width-4)))
	default:
		out = append(out, "  "+t.Muted.Paint(kit.Cut("Which advice worked, per barrier. Nothing of anybody stands on a card.", c.width-4)))
	}
	if c.win.Len == 0 {
		word := "There is no card yet. An answer can be kept as one, or press n to write one."
		if c.find.Value() != "" {
			word = "No card is about that."
		}
		return strings.Join(append(out, "", "  "+kit.Cut(word, c.width-4)), "\n"), cur
	}
	lines, at := c.listed()
	if cur == nil {
		cur = tea.NewCursor(0, len(out)+at)
	}
	out = append(out, lines...)
	return strings.Join(append(out, c.detail()...), "\n"), cur
}

// listed are the lines of the list that have room, and where among them the cursor is.
func (c *Cards) listed() (lines []string, at int) {
	t := c.world.Theme
	n := -1
	for _, l := range c.lines {
		if l.head != "" {
			lines = append(lines, "  "+t.Accent.Paint(kit.Cut(clean.Line(l.head, 200), c.width-4)))
			continue
		}
		n++
		words := tallyWords(l.tally)
		text := kit.Fill(clean.Line(l.use.Title(), 200), max(8, c.width-6-kit.Width(words)-2)) + "  " + words
		if n == c.win.At {
			at = len(lines)
			lines = append(lines, t.Selected.Paint(kit.Fill(t.Glyphs.Cursor+"   "+text, c.width)))
			continue
		}
		lines = append(lines, kit.Cut("    "+text, c.width))
	}
	room := c.room()
	top := max(0, min(at-room/2, len(lines)-room))
	return lines[top:min(len(lines), top+room)], at - top
}

// detail is the card under the cursor, whole.
func (c *Cards) detail() []string {
	t := c.world.Theme
	room := c.detailRoom()
	u := c.chosen().use
	if room < 3 || u.ID.IsZero() {
		return nil
	}
	out := []string{"", "  " + t.Muted.Paint(strings.Repeat(t.Glyphs.Rule, max(0, c.width-4)))}
	for _, l := range strings.Split(u.String(), "\n") {
		for i, part := range kit.Wrap(clean.Line(l, 300), max(8, c.width-6)) {
			if i > 0 {
				part = "  " + part
			}
			out = append(out, "  "+part)
		}
	}
	if len(out) > room {
		out = append(out[:room-1], "  …")
	}
	return out
}
