// Package caseload is the first screen after unlocking: everybody, and without a
// question asked, who needs the coach today and why.
package caseload

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/domain/filter"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
)

// Caseload is the list of everybody.
type Caseload struct {
	world   screen.World
	index   *Index
	reads   int // counts readings, so that a late one is told from the last
	late    chan reading
	others  bool // what is being read was changed by somebody else
	lost    bool // the person under the cursor was taken out of the list by somebody else
	tab     int
	before  int // the tab to come back to when the search ends
	find    textinput.Model
	finding bool
	query   filter.Query
	mistake *filter.Mistake
	search  search
	twins   twins
	shown   []int
	counts  []int
	win     kit.Window
	preview bool
	begun   bool              // it was read once
	failed  bool              // the last reading failed
	marked  map[domain.ID]int // chosen for what is done with several: see [Caseload.handOver]
	width   int
	height  int
}

// New returns the caseload, with the search open if asked. The index is what is
// known from when it was last shown.
func New(w screen.World, find bool, known *Index) *Caseload {
	c := &Caseload{world: w, index: known, find: kit.NewInput("/ ", false)}
	c.count()
	c.preview = w.Desk.Settings().Settings[domain.SettingPreview] == "on"
	if find {
		c.startFinding()
	}
	return c
}

// Title implements screen.Screen.
func (c *Caseload) Title() string { return "Caseload" }

// Fit implements screen.Screen.
func (c *Caseload) Fit(w, h int) {
	c.width, c.height = w, h
	c.win.Resize(len(c.shown), c.room())
}

// room is how many rows of people can be seen.
func (c *Caseload) room() int {
	used := 2 // tabs, column heads
	if c.finding || !c.query.Empty() || c.mistake != nil {
		used++
	}
	return max(0, c.height-used)
}

// filter works out which lines are shown.
func (c *Caseload) filter() {
	typed := c.find.Value()
	q, wrong := filter.Parse(typed)
	c.mistake = wrong
	if wrong == nil {
		c.query = q
	}
	c.shown = nil
	if wrong == nil {
		c.shown = c.index.show(c.tab, c.query, typed, c.search.found)
	}
	c.win.Resize(len(c.shown), c.room())
}

// under returns who the cursor is on.
func (c *Caseload) under() domain.ID {
	if l := c.line(); l != nil {
		return l.ID
	}
	return domain.ID{}
}

// follow keeps the cursor on the same person when the order changed, and reports
// whether they are still in the list.
func (c *Caseload) follow(id domain.ID) bool {
	for i, at := range c.shown {
		if c.index.lines[at].ID == id {
			c.win.Go(i)
			return true
		}
	}
	return false
}

func (c *Caseload) line() *line {
	if c.win.At >= len(c.shown) || c.win.At < 0 {
		return nil
	}
	return c.index.lines[c.shown[c.win.At]]
}

func (c *Caseload) nobody() string {
	if !c.begun {
		return "The caseload is still being read. One moment."
	}
	if c.lost {
		return "The person under the cursor is not in this list any more: somebody else has written. Choose again."
	}
	if c.line() == nil && c.finding {
		return "Nobody fits. esc ends the search."
	}
	if c.line() == nil {
		return "Nobody is in this list. Press a to add somebody, or tab for the other lists."
	}
	return ""
}

// on makes an effect about the person under the cursor.
func (c *Caseload) on(f func(domain.ID) screen.Place) func() screen.Effect {
	return func() screen.Effect { return screen.Go{To: f(c.under())} }
}

// Actions implements screen.Screen.
func (c *Caseload) Actions() []screen.Action {
	open := screen.Action{Keys: []string{"enter"}, Name: "Open the record", Short: "open", Do: c.open, Not: c.nobody}
	if c.finding {
		return []screen.Action{
			open,
			{Keys: []string{"esc"}, Name: "End the search", Short: "end search", Do: c.stopFinding},
		}
	}
	mine := []screen.Action{
		open,
		{Keys: []string{"s"}, Name: "Record a session", Short: "session", Not: c.nobody, Do: c.on(func(id domain.ID) screen.Place { return screen.Session{Participant: id} })},
		{Keys: []string{"e"}, Name: "Ask the Disability Employment Adviser", Short: "ask DEA", Not: c.nobody, Do: c.on(func(id domain.ID) screen.Place { return screen.Ask{Participant: id} })},
		{Keys: []string{"p"}, Name: "Open the plan", Short: "plan", Not: c.nobody, Do: c.on(func(id domain.ID) screen.Place { return screen.Participant{ID: id, Tab: screen.Plan} })},
		{Keys: []string{"n"}, Name: "Write a note outside a session", Not: c.nobody, Do: c.on(func(id domain.ID) screen.Place { return screen.Note{Participant: id} })},
		{Keys: []string{"w"}, Name: "Why here: the sum behind the order", Short: "why", Not: c.nobody, Do: c.why},
		{Keys: []string{"/"}, Name: "Find somebody, or filter", Short: "find", Do: func() screen.Effect { c.startFinding(); return nil }},
		{Keys: []string{"tab", "right", "l"}, Name: "The next list", Do: func() screen.Effect { c.turn(1); return nil }},
		{Keys: []string{"shift+tab", "left"}, Name: "The list before", Do: func() screen.Effect { c.turn(-1); return nil }},
		{Keys: []string{"a"}, Name: "Add somebody to the caseload", Short: "add", Do: c.add},
		{Keys: []string{"h"}, Name: "Hand over: the person under the cursor, or all who are marked", Short: "hand over", Do: c.handOver, Not: c.nobodyMarked},
		{Keys: []string{"space"}, Name: "Mark the person for what is done with several, or take the mark off", Short: "mark", Do: c.mark, Not: c.nobody},
		{Keys: []string{"v"}, Name: "Show or hide the preview (the person beside you can see the screen)", Do: c.togglePreview, Not: c.narrow},
		{Keys: []string{">"}, Name: "Write out: the list, or papers about whoever is marked", Do: c.export},
		{Keys: []string{"g o"}, Name: "Register somebody who works here", Do: c.register},
		{Keys: []string{"S"}, Name: "Sample: look at records drawn by lot", Do: c.sample},
		{Keys: []string{"g l"}, Name: "Lock after how many minutes without a key", Do: c.lockAfter},
		{Keys: []string{"q"}, Name: "Leave, from here", Do: func() screen.Effect { return screen.Quit{} }},
	}
	switch {
	case !c.query.Empty() || c.mistake != nil:
		mine = append(mine, screen.Action{Keys: []string{"esc"}, Name: "Clear the filter", Short: "clear", Do: c.stopFinding})
	case len(c.marked) > 0:
		mine = append(mine, screen.Action{Keys: []string{"esc"}, Name: "Take all marks off", Short: "unmark", Do: c.unmark})
		first := func(a, b screen.Action) int { return cmp.Compare(manyFirst(a), manyFirst(b)) }
		slices.SortStableFunc(mine, first) // what is done with several is what is looked for now
	}
	return append(mine, without(screen.Everywhere(), "/")...)
}

func without(actions []screen.Action, key string) []screen.Action {
	var out []screen.Action
	for _, a := range actions {
		if a.Keys[0] != key {
			out = append(out, a)
		}
	}
	return out
}

func (c *Caseload) open() screen.Effect {
	c.finding = false
	c.find.Blur()
	id := c.under()
	return screen.Go{To: screen.Participant{ID: id}}
}

func (c *Caseload) narrow() string {
	if c.width < 110 {
		return "The preview needs a terminal at least 110 columns wide."
	}
	return ""
}

func (c *Caseload) togglePreview() screen.Effect { c.preview = !c.preview; return nil }

func (c *Caseload) turn(by int) {
	c.lost = false
	c.tab = (c.tab + by + len(tabs)) % len(tabs)
	c.win.Go(0)
	c.filter()
}

func (c *Caseload) startFinding() {
	c.lost = false
	if !c.finding && c.tab != allTab {
		c.before = c.tab
		c.tab = allTab
	}
	c.finding = true
	c.twins.asked = false
	c.find.SetValue("")
	c.find.Focus()
	c.filter()
}

func (c *Caseload) stopFinding() screen.Effect {
	c.finding = false
	c.find.SetValue("")
	c.find.Blur()
	c.tab = c.before
	under := c.under()
	c.filter()
	c.win.Go(0)
	c.follow(under)
	return nil
}

// why shows the sum behind somebody's place in the queue.
func (c *Caseload) why() screen.Effect {
	l := c.line()
	title := fmt.Sprintf("Why now: %s, %d points", clean.Line(l.Name, 40), l.sum)
	if len(l.Reasons) == 0 {
		return screen.Choose{Title: title, Note: "Nothing needs you here today.", Choices: []screen.Choice{{Key: "ok", Label: "close"}}}
	}
	var each []screen.Choice
	for _, r := range l.Reasons {
		each = append(each, screen.Choice{Key: fmt.Sprintf("+%d", r.Weight), Label: screen.WhyNow(r)})
	}
	return screen.Choose{Title: title, Note: "Each reason adds its points; more days add more. The heaviest sum stands first.", Choices: each}
}

// add asks for a name and takes a new person on.
func (c *Caseload) add() screen.Effect {
	id := c.world.Desk.NewID()
	return screen.Prompt{
		Title: "Add somebody: what do they want to be called?", Hint: "A name is enough. The rest can follow.",
		Echo: func(v string) (string, error) {
			if clean.Line(v, clean.MaxLine) == "" {
				return "", domain.Refused("name", "Write a name.")
			}
			return clean.Line(v, clean.MaxLine) + " joins the caseload.", nil
		},
		Then: func(v string) screen.Effect {
			return screen.Do{
				Commands: []domain.Command{domain.Join{ID: id, Facts: map[domain.Fact]string{domain.FactName: v}}},
				Then:     screen.Go{To: screen.Participant{ID: id, Tab: screen.Details}},
			}
		},
	}
}

// register asks for a role and a name, so that somebody else can work here too.
func (c *Caseload) register() screen.Effect {
	office, _ := c.world.Desk.Subjects()
	var all []screen.Choice
	for i, role := range domain.Roles {
		id := c.world.Desk.NewID()
		all = append(all, screen.Choice{Key: fmt.Sprint(i + 1), Label: role.String(), Then: screen.Prompt{
			Title: "Name of the " + role.String(), Hint: "as colleagues know them",
			Then: func(v string) screen.Effect {
				return screen.Do{Commands: []domain.Command{domain.Register{Office: office, Person: id, Name: v, Role: role}}}
			},
		}})
	}
	return screen.Choose{Title: "Register somebody who works here, as", Choices: all}
}

// lockAfter asks after how many minutes without a key the desk locks.
func (c *Caseload) lockAfter() screen.Effect {
	_, seat := c.world.Desk.Subjects()
	now := int(c.world.Desk.Settings().LockAfter(c.world.Desk.Queue().Figures).Minutes())
	return screen.Prompt{
		Title: fmt.Sprintf("The desk locks after %d minutes without a key. After how many shall it be?", now), Hint: "1 to 60 minutes",
		Echo: func(v string) (string, error) {
			n, err := domain.ReadLockMinutes(v)
			return fmt.Sprintf("It locks after %d minutes.", n), err
		},
		Then: func(v string) screen.Effect {
			return screen.Do{Commands: []domain.Command{domain.Settle{Desk: seat, Settings: map[domain.Setting]string{domain.SettingLock: v}}}}
		},
	}
}

// Update implements screen.Screen.
func (c *Caseload) Update(msg tea.Msg) screen.Effect {
	switch msg := msg.(type) {
	case looked:
		return c.heard(msg)
	case reading:
		return c.heardRows(msg)
	case screen.Others:
		c.others = true
	case compared:
		c.learn(msg)
	case tea.KeyPressMsg:
		c.lost = false
		name := msg.String()
		if c.finding && len(name) == 1 || !c.win.Key(name) {
			return c.typed(msg)
		}
	case tea.PasteMsg:
		msg.Content = clean.Line(msg.Content, clean.MaxLine)
		return c.typed(msg)
	}
	return nil
}

func (c *Caseload) typed(msg tea.Msg) screen.Effect {
	if !c.finding {
		return nil
	}
	before := c.find.Value()
	var cmd tea.Cmd
	c.find, cmd = c.find.Update(msg)
	if c.find.Value() == before {
		return screen.Tea{Cmd: cmd}
	}
	c.filter()
	c.win.Go(0)
	return screen.All{screen.Tea{Cmd: cmd}, c.seek(), c.compare()}
}

// nextWords says when somebody comes, short enough for a column.
func nextWords(d domain.Debt, today calendar.Day) string {
	day := d.Day.Short(d.Day) // the year would not fit, and is never far
	if d.Day == today {
		day = "today"
	}
	if d.Minute < 0 {
		return day
	}
	if d.Day == today {
		return strings.TrimSpace(day + " " + calendar.Clock(d.Minute))
	}
	return day
}
