// Package programmes is the catalogue on the screen: which programmes there are, where
// each stands today, and all that is known of one with its source.
package programmes

import (
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"coachdesk/domain/calendar"
	"coachdesk/domain/catalogue"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
	"coachdesk/ui/theme"
)

// Programmes is the list of programmes, or one of them open.
type Programmes struct {
	world   screen.World
	known   catalogue.Catalogue
	today   calendar.Day
	found   []catalogue.Programme
	find    textinput.Model
	finding bool
	list    kit.Window
	open    string // the key of the one that is open; empty: the list
	lines   []line // of the one that is open
	page    kit.Window
	width   int
	height  int
}

// line is a line of an open programme.
type line struct {
	text string
	kind lineKind
}

type lineKind int

const (
	said lineKind = iota
	head
	source
)

// New returns the catalogue, or one programme of it.
func New(w screen.World, p screen.Programmes) *Programmes {
	return &Programmes{world: w, open: p.Key, find: kit.NewInput("/ ", false)}
}

// Title implements screen.Screen.
func (s *Programmes) Title() string {
	if s.open != "" {
		return clean.Line(s.known.Name(s.open), 80)
	}
	return "Programmes"
}

// Opened returns the key of the programme that is open; empty in the list.
func (s *Programmes) Opened() string { return s.open }

// Fit implements screen.Screen.
func (s *Programmes) Fit(w, h int) {
	s.width, s.height = w, h
	s.find.SetWidth(max(8, w-6))
	s.build()
}

// Read implements screen.Screen.
func (s *Programmes) Read() error {
	q := s.world.Desk.Queue()
	s.known, s.today = q.Catalogue, q.Today
	s.build()
	return nil
}

// build tells the lines anew, of the list and of the programme that is open.
func (s *Programmes) build() {
	under := s.chosen().Key
	s.found = s.found[:0:0]
	want := strings.Fields(clean.Fold(s.find.Value()))
	for _, p := range s.known.Programmes {
		if s.holds(p, want) {
			s.found = append(s.found, p)
		}
	}
	s.list.Resize(len(s.found), max(1, s.height-2))
	for i, p := range s.found {
		if p.Key == under {
			s.list.Go(i)
		}
	}
	s.lines = nil
	if p, ok := s.known.Keyed(s.open); ok {
		s.lines = s.told(p)
	}
	s.page.Resize(len(s.lines), max(1, s.height))
}

// holds reports whether every word stands in what is known of a programme: its names,
// its status, its facts.
func (s *Programmes) holds(p catalogue.Programme, want []string) bool {
	if len(want) == 0 {
		return true
	}
	hay := []string{p.Key, p.Name, strings.Join(p.Aliases, " "), string(p.On(s.today).Is)}
	for _, sec := range s.known.Sections(p) {
		for _, l := range sec.Lines {
			hay = append(hay, l.Text())
		}
	}
	text := clean.Fold(strings.Join(hay, " "))
	for _, w := range want {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// chosen is the programme under the cursor of the list.
func (s *Programmes) chosen() catalogue.Programme {
	if s.list.At < len(s.found) {
		return s.found[s.list.At]
	}
	return catalogue.Programme{}
}

// told is all that is known of a programme, broken into lines that fit.
func (s *Programmes) told(p catalogue.Programme) []line {
	var out []line
	add := func(kind lineKind, in int, text string) {
		for _, part := range kit.Wrap(clean.Line(text, 2000), max(8, s.width-in-2)) {
			out = append(out, line{kit.Blank(in) + part, kind})
		}
	}
	at := p.On(s.today)
	status := statusWord(at) + " on " + s.today.Short(0)
	if at.By != "" {
		status += ", in its place: " + s.known.Name(at.By)
	}
	add(said, 2, status)
	if len(p.Aliases) > 0 {
		add(said, 2, "also called: "+strings.Join(p.Aliases, ", "))
	}
	if p.Part != "" {
		add(said, 2, "a part of: "+s.known.Name(p.Part))
	}
	if p.Exclusive {
		add(said, 2, "contracted provision: not beside another")
	}
	if day := s.known.Changed[p.Key]; !day.IsZero() {
		add(said, 2, "changed by this office "+day.Distance(s.today))
	}
	var used []string
	for _, sec := range s.known.Sections(p) {
		out = append(out, line{})
		add(head, 2, sec.Title)
		for _, l := range sec.Lines {
			add(said, 4, l.Text())
			add(source, 6, s.signs(s.known.From(l.Fact)))
			used = append(used, l.Fact.Source)
		}
	}
	out = append(out, line{})
	add(head, 2, "Sources")
	for _, src := range s.known.SourcesOf(used) {
		add(said, 4, src.Words())
	}
	return out
}

// signs says where a fact comes from with the signs of the theme.
func (s *Programmes) signs(from string) string {
	return strings.ReplaceAll(clean.Line(from, 120), "·", s.world.Theme.Glyphs.Sep)
}

func statusWord(at catalogue.Period) string {
	if at.Is == "" {
		return "not known"
	}
	return string(at.Is)
}

// statusSign is the glyph of a status and its colour; the word stands beside it.
func statusSign(t *theme.Theme, is catalogue.State) (string, theme.Ink) {
	switch is {
	case catalogue.Live:
		return t.Glyphs.Calm, t.Good
	case catalogue.Planned:
		return t.Glyphs.Open, t.Accent
	case catalogue.ClosedToNew:
		return t.Glyphs.Due, t.Warn
	case catalogue.Superseded:
		return t.Glyphs.Arrow, t.Warn
	case catalogue.Closed:
	}
	return t.Glyphs.Dropped, t.Muted
}

// Actions implements screen.Screen.
func (s *Programmes) Actions() []screen.Action {
	if s.finding {
		return []screen.Action{
			{Keys: []string{"enter"}, Name: "Take what was found", Short: "take", Do: func() screen.Effect { s.finding = false; return nil }},
			{Keys: []string{"down", "tab"}, Name: "The next programme", Do: func() screen.Effect { s.list.Go(s.list.At + 1); return nil }},
			{Keys: []string{"up", "shift+tab"}, Name: "The programme before", Do: func() screen.Effect { s.list.Go(s.list.At - 1); return nil }},
			{Keys: []string{"f1"}, Name: "Help for this screen", Short: "help", Do: func() screen.Effect { return screen.Show{Panel: screen.Help} }},
			{Keys: []string{"esc"}, Name: "End the search", Short: "back", Do: s.endFinding},
		}
	}
	var mine []screen.Action
	if s.open == "" {
		mine = append(mine,
			screen.Action{Keys: []string{"enter"}, Name: "Open the programme: every fact with its source", Short: "open", Not: s.none, Do: s.enter},
			screen.Action{Keys: []string{"/"}, Name: "Find a programme by any word of what is known of it", Short: "find", Do: func() screen.Effect { s.finding = true; return nil }})
		if s.find.Value() != "" {
			mine = append(mine, screen.Action{Keys: []string{"esc"}, Name: "Show all programmes", Short: "all", Do: s.endFinding})
		}
	}
	for _, a := range screen.Everywhere() {
		if a.Keys[0] != "/" || s.open != "" {
			mine = append(mine, a)
		}
	}
	return mine
}

func (s *Programmes) none() string {
	if s.chosen().Key == "" {
		return "No programme is there. Press esc to see all."
	}
	return ""
}

func (s *Programmes) enter() screen.Effect {
	return screen.Go{To: screen.Programmes{Key: s.chosen().Key}}
}

func (s *Programmes) endFinding() screen.Effect {
	s.finding = false
	s.find.SetValue("")
	s.build()
	return nil
}

// Update implements screen.Screen.
func (s *Programmes) Update(msg tea.Msg) screen.Effect {
	if p, ok := msg.(tea.PasteMsg); ok {
		p.Content = clean.Line(p.Content, 80)
		msg = p
	}
	if s.finding {
		before := s.find.Value()
		var cmd tea.Cmd
		s.find, cmd = s.find.Update(msg)
		if s.find.Value() != before {
			s.found, s.list.At = nil, 0 // the first that is found stands under the cursor
			s.build()
		}
		return screen.Tea{Cmd: cmd}
	}
	if k, ok := msg.(tea.KeyPressMsg); ok {
		if s.open != "" {
			s.page.Key(k.String())
		} else {
			s.list.Key(k.String())
		}
	}
	return nil
}

// View implements screen.Screen.
func (s *Programmes) View() (string, *tea.Cursor) {
	if s.open != "" {
		return s.viewOne()
	}
	t := s.world.Theme
	top, cur := t.Muted.Paint(kit.Cut("Where each programme stands today, and which document says so.", s.width-4)), (*tea.Cursor)(nil)
	switch {
	case s.finding:
		top, cur = s.find.View(), kit.Shift(s.find.Cursor(), 2, 0)
	case s.find.Value() != "":
		top = t.Muted.Paint(kit.Cut("found: "+s.find.Value(), s.width-4))
	case len(s.known.Wrong) > 0:
		top = t.Bad.Paint(kit.Cut(clean.Line(s.known.Wrong[0], 300), s.width-4))
	}
	out := []string{"  " + top}
	if len(s.found) == 0 {
		return strings.Join(append(out, "", "  "+kit.Cut("Nothing that is known of a programme says that.", s.width-4)), "\n"), cur
	}
	from, to := s.list.Seen()
	for i := from; i < to; i++ {
		out = append(out, s.row(s.found[i], i == s.list.At))
	}
	if cur == nil {
		cur = tea.NewCursor(0, 1+s.list.At-from)
	}
	return strings.Join(out, "\n"), cur
}

// row is a programme in the list: its name, its status, how it is reached, the source.
func (s *Programmes) row(p catalogue.Programme, under bool) string {
	t := s.world.Theme
	at := p.On(s.today)
	sign, ink := statusSign(t, at.Is)
	way, from := "", ""
	room := s.width - 4 - 17
	if s.width >= 76 {
		way = kit.Fill("  "+wayWords(p, at.Is), 26)
		room -= 26
	}
	if s.width >= 110 {
		from = kit.Fill("  "+s.signs(s.known.Brief(at.Fact)), 38)
		room -= 38
	}
	name := kit.Fill(nameIn(p, max(8, room)), max(8, room))
	status := kit.Fill(sign+" "+statusWord(at), 16)
	if under {
		return t.Selected.Paint(kit.Fill(t.Glyphs.Cursor+" "+name+" "+status+way+from, s.width))
	}
	return "  " + name + " " + ink.Paint(status) + way + t.Muted.Paint(from)
}

// nameIn is the name of a programme, or where it has no room the longest of its other
// names that has: two names may begin alike.
func nameIn(p catalogue.Programme, room int) string {
	name := clean.Line(p.Name, 120)
	if kit.Width(name) <= room {
		return name
	}
	short := ""
	for _, a := range p.Aliases {
		if a = clean.Line(a, 120); kit.Width(a) <= room && kit.Width(a) > max(5, kit.Width(short)) {
			short = a
		}
	}
	if short != "" {
		return short
	}
	return name
}

// wayWords say how somebody comes to a programme from this desk.
func wayWords(p catalogue.Programme, is catalogue.State) string {
	r := p.FromDesk()
	switch {
	case is == catalogue.ClosedToNew:
		return "nobody new"
	case r.By == catalogue.NoWay:
		return "not from this desk"
	case r.Who == "person":
		return "the person " + map[catalogue.Way]string{catalogue.ByApplication: "applies", catalogue.BySignpost: "goes alone"}[r.By]
	}
	return map[catalogue.Way]string{
		catalogue.ByReferral: "we refer", catalogue.ByEscalation: "we ask the adviser", catalogue.ByTransfer: "inside the Jobcentre",
		catalogue.ByCoach: "the coach gives it", catalogue.BySignpost: "we signpost", catalogue.ByApplication: "we apply",
	}[r.By]
}

func (s *Programmes) viewOne() (string, *tea.Cursor) {
	t := s.world.Theme
	if len(s.lines) == 0 {
		return "  " + kit.Cut("This desk does not know that programme any more.", s.width-4), nil
	}
	var out []string
	from, to := s.page.Seen()
	for _, l := range s.lines[from:to] {
		switch l.kind {
		case head:
			out = append(out, t.Accent.Paint(l.text))
		case source:
			out = append(out, t.Muted.Paint(l.text))
		default:
			out = append(out, l.text)
		}
	}
	return strings.Join(out, "\n"), tea.NewCursor(0, s.page.At-from)
}
