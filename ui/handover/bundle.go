package handover

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
	"coachdesk/ui/theme"
)

// Bundle is a file from another desk that is looked at before it is taken in.
type Bundle struct {
	world  screen.World
	files  []string
	path   string
	pass   string
	got    screen.Arrival
	known  bool // it was looked at, and is whole
	wrong  string
	asked  int
	busy   bool
	took   bool
	win    kit.Window
	width  int
	height int
}

// NewBundle returns the screen, with a file or with the newest there is.
func NewBundle(w screen.World, at screen.Bundle) *Bundle {
	return &Bundle{world: w, path: at.Path}
}

// Title implements screen.Screen.
func (s *Bundle) Title() string { return "A file from another desk" }

// Fit implements screen.Screen.
func (s *Bundle) Fit(w, h int) {
	s.width, s.height = w, h
	s.win.Resize(len(s.got.People), max(1, h-10))
}

// Read implements screen.Screen.
func (s *Bundle) Read() error {
	if s.files == nil {
		s.files = s.world.Desk.Arrived()
	}
	return nil
}

// Rest implements screen.Slow: the newest file is looked at as soon as the screen stands.
func (s *Bundle) Rest() screen.Effect {
	if s.asked > 0 {
		return nil
	}
	if s.path == "" && len(s.files) > 0 {
		s.path = s.files[0]
	}
	if s.path == "" {
		s.asked++
		return nil
	}
	return s.look(s.path, "")
}

// Busy implements screen.Slow: enter typed ahead waits until the file was looked at.
func (s *Bundle) Busy() bool { return s.busy }

// lookedAt is what came of looking at a file, or of taking it in.
type lookedAt struct {
	asked int
	took  bool
	got   screen.Arrival
	err   error
}

func (s *Bundle) look(path, pass string) screen.Effect {
	s.asked++
	s.path, s.pass, s.known, s.took, s.wrong, s.busy = path, pass, false, false, "", true
	desk, asked := s.world.Desk, s.asked
	return screen.Run{Work: func() tea.Msg {
		got, err := desk.Look(path, pass)
		return lookedAt{asked, false, got, err}
	}}
}

func (s *Bundle) takeIn() screen.Effect {
	s.asked++
	s.busy = true
	desk, asked, path, pass := s.world.Desk, s.asked, s.path, s.pass
	return screen.Run{Work: func() tea.Msg {
		got, err := desk.TakeIn(path, pass)
		return lookedAt{asked, true, got, err}
	}}
}

// Update implements screen.Screen.
func (s *Bundle) Update(msg tea.Msg) screen.Effect {
	switch msg := msg.(type) {
	case lookedAt:
		return s.heard(msg)
	case tea.KeyPressMsg:
		s.win.Key(msg.String())
	}
	return nil
}

func (s *Bundle) heard(msg lookedAt) screen.Effect {
	if msg.asked != s.asked {
		return nil
	}
	s.busy = false
	switch {
	case msg.err != nil:
		s.wrong = msg.err.Error()
	case msg.got.Sealed:
		return s.askPassphrase()
	case msg.took:
		s.got, s.known, s.took = msg.got, true, true
		return screen.All{screen.Say{Text: "Taken in: " + s.counted() + "."}, screen.Back{}}
	default:
		s.got, s.known = msg.got, true
	}
	s.Fit(s.width, s.height)
	return nil
}

func (s *Bundle) askPassphrase() screen.Effect {
	path := s.path
	return screen.Prompt{Title: "The file is sealed with a passphrase. Which?", Hint: "whoever sent it told you", Secret: true, Then: func(v string) screen.Effect {
		return s.look(path, v)
	}}
}

// counted says how many people and records are in the file, and how many are new.
func (s *Bundle) counted() string {
	n, fresh := 0, 0
	for _, p := range s.got.People {
		n += p.Records
		fresh += p.New
	}
	return fmt.Sprintf("%s, %s records, %s new", people(len(s.got.People)), kit.Thousands(n), kit.Thousands(fresh))
}

// Actions implements screen.Screen.
func (s *Bundle) Actions() []screen.Action {
	notYet := func() string {
		switch {
		case s.path == "":
			return "No file was found. f takes its path."
		case !s.known:
			return "The file was not looked at, or not understood. f takes another one."
		case s.took:
			return "It is taken in."
		}
		return s.world.Desk.ReadOnly()
	}
	mine := []screen.Action{
		{Keys: []string{"enter"}, Name: "Take it in: what is new comes into the records", Short: "take it in", Do: s.takeIn, Not: notYet},
		{Keys: []string{"f"}, Name: "Another file: its path", Short: "file", Do: s.askPath},
		{Keys: []string{"n"}, Name: "The next file that was found", Short: "next file", Do: s.next, Not: func() string {
			if len(s.files) < 2 {
				return "No other file was found. f takes a path."
			}
			return ""
		}},
	}
	return append(mine, screen.Everywhere()...)
}

func (s *Bundle) next() screen.Effect {
	at := slices.Index(s.files, s.path)
	return s.look(s.files[(at+1)%len(s.files)], "")
}

func (s *Bundle) askPath() screen.Effect {
	return screen.Prompt{Title: "Which file?", Value: s.path, Hint: "its path; ~ is your home folder", Echo: screen.NeedsWords, Then: func(v string) screen.Effect {
		return s.look(strings.TrimSpace(v), "")
	}}
}

// View implements screen.Screen.
func (s *Bundle) View() (string, *tea.Cursor) {
	t := s.world.Theme
	width := max(20, s.width-4)
	out := []string{""}
	put := func(ink theme.Ink, text string) {
		for _, l := range kit.Wrap(clean.Line(text, 800), width) {
			out = append(out, "  "+ink.Paint(l))
		}
	}
	if s.path == "" {
		put(t.Muted, "No file from another desk was found in the usual folders. f takes its path.")
		return strings.Join(out, "\n"), nil
	}
	put(t.Muted, s.path)
	switch {
	case s.busy:
		put(t.Muted, "Being looked at "+t.Glyphs.Open)
		return strings.Join(out, "\n"), nil
	case s.wrong != "":
		put(t.Bad, s.wrong)
		put(t.Muted, "Nothing was changed. f takes another file.")
		return strings.Join(out, "\n"), nil
	case !s.known:
		put(t.Muted, "It is sealed with a passphrase. f and enter ask for it again.")
		return strings.Join(out, "\n"), nil
	}
	put(t.Strong, "From "+s.got.From)
	if s.got.Checked {
		put(t.Good, t.Glyphs.Done+" their fingerprint was compared over the telephone")
	} else {
		put(t.Warn, t.Glyphs.Due+" nobody has compared their fingerprint over the telephone yet: g b")
	}
	put(t.Text, s.got.What+", made "+s.got.Made+": "+s.counted())
	for _, n := range s.got.Notes {
		put(t.Warn, n)
	}
	out = append(out, "")
	cur := tea.NewCursor(0, len(out))
	s.win.Resize(len(s.got.People), max(1, s.height-len(out)-1))
	from, to := s.win.Seen()
	for i := from; i < to; i++ {
		p := s.got.People[i]
		text := kit.Fill(clean.Line(p.Name, clean.MaxLine), 30) + " "
		switch {
		case p.Joins:
			text += fmt.Sprintf("not here yet: %d records", p.Records)
		case p.New == 0:
			text += "nothing new"
		default:
			text += fmt.Sprintf("%d new of %d records", p.New, p.Records)
		}
		if i == s.win.At {
			cur = tea.NewCursor(0, len(out))
			out = append(out, t.Selected.Paint(kit.Fill(t.Glyphs.Cursor+" "+text, s.width)))
			continue
		}
		out = append(out, "  "+kit.Cut(text, max(0, s.width-2)))
	}
	return strings.Join(out, "\n"), cur
}
