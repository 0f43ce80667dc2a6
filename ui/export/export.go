// Package export is where something is written out: what, for whom, in which format,
// sealed or not; it shows what would be left out, and says where the file went.
package export

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
	"coachdesk/ui/theme"
)

// thing is something that can be written out, with the formats that it can have.
type thing struct {
	what     domain.ExportKind
	says     string
	formats  []string
	referral domain.ID
}

// ofOne are the things about one person; ofAll those about many or everybody.
var (
	ofOne = []thing{
		{domain.ExportHandover, "handover note of one screen", []string{"text", "md", "html", "json"}, domain.ID{}},
		{domain.ExportPlan, "copy of the plan, to print", []string{"html"}, domain.ID{}},
		{domain.ExportJournal, "text for the online journal", []string{"text"}, domain.ID{}},
		{domain.ExportCalendar, "their appointments, for another calendar", []string{"ics"}, domain.ID{}},
		{domain.ExportAccess, "everything held on the person, for their own request", []string{"text", "html", "json"}, domain.ID{}},
	}
	ofAll = []thing{
		{domain.ExportPeople, "list of people, as a table", []string{"csv", "json"}, domain.ID{}},
		{domain.ExportCalendar, "my appointments, for another calendar", []string{"ics"}, domain.ID{}},
		{domain.ExportAll, "everything on this desk, to read or to move", []string{"jsonl"}, domain.ID{}},
	}
)

// readers are for whom a handover note can be made.
var readers = []domain.ExportFor{domain.ForColleague, domain.ForAdviser, domain.ForProvider, domain.ForEmployer, domain.ForPerson}

// Export is the question.
type Export struct {
	world  screen.World
	at     screen.Export
	p      domain.Participant
	things []thing
	reader int
	format int
	path   string
	pass   string
	out    []string // what would be left out
	done   screen.Written
	wrong  string
	asked  int
	busy   bool
	win    kit.Window
	width  int
	height int
}

// New returns the question what is to be written out.
func New(w screen.World, at screen.Export) *Export { return &Export{world: w, at: at} }

// Title implements screen.Screen.
func (s *Export) Title() string {
	switch {
	case len(s.at.People) == 1:
		return "Write out: " + s.p.Name()
	case len(s.at.People) > 1:
		return fmt.Sprintf("Write out: %d people", len(s.at.People))
	}
	return "Write out"
}

// Fit implements screen.Screen.
func (s *Export) Fit(w, h int) {
	s.width, s.height = w, h
	s.win.Resize(len(s.things), len(s.things))
}

// Read implements screen.Screen.
func (s *Export) Read() error {
	if len(s.at.People) != 1 {
		s.things = ofAll
		if len(s.at.People) > 1 {
			s.things = ofAll[:1]
		}
		s.Fit(s.width, s.height)
		return nil
	}
	p, err := s.world.Desk.Participant(s.at.People[0])
	if err != nil {
		return err
	}
	s.p, s.things = p, slices.Clone(ofOne)
	q := s.world.Desk.Queue()
	for _, x := range p.Referrals {
		if x.State.Out() {
			s.things = append(s.things, thing{domain.ExportReferral, "page of the referral to " + clean.Line(q.Catalogue.Short(x.Programme), 60), []string{"html"}, x.ID})
		}
	}
	s.Fit(s.width, s.height)
	return nil
}

// Rest implements screen.Slow: what would be left out is worked out beside the keys.
func (s *Export) Rest() screen.Effect {
	if s.asked > 0 {
		return nil
	}
	return s.changed()
}

// Busy implements screen.Slow.
func (s *Export) Busy() bool { return false }

func (s *Export) thing() thing { return s.things[min(s.win.At, len(s.things)-1)] }

// hasReader reports whether it depends on who reads it.
func (s *Export) hasReader() bool { return s.thing().what == domain.ExportHandover }

// of is what would be written as it is chosen now.
func (s *Export) of() screen.ExportOf {
	t := s.thing()
	of := screen.ExportOf{What: t.what, Referral: t.referral, Format: t.formats[s.format%len(t.formats)], Passphrase: s.pass, Path: s.path}
	if len(s.at.People) == 1 {
		of.Participant = s.at.People[0]
	} else {
		of.People = s.at.People
	}
	if s.hasReader() {
		of.For = readers[s.reader]
	}
	return of
}

// leftOut is what an export would leave out.
type leftOut struct {
	asked int
	out   []string
	err   error
}

type written struct {
	asked int
	at    screen.Written
	err   error
}

// changed asks anew what would be left out.
func (s *Export) changed() screen.Effect {
	s.asked++
	s.wrong, s.done, s.out = "", screen.Written{}, nil
	desk, of, asked := s.world.Desk, s.of(), s.asked
	return screen.Run{Work: func() tea.Msg {
		out, err := desk.LeftOut(of)
		return leftOut{asked, out, err}
	}}
}

// readerChosen is who of the readers was chosen.
type readerChosen struct{ at int }

// Update implements screen.Screen.
func (s *Export) Update(msg tea.Msg) screen.Effect {
	switch msg := msg.(type) {
	case leftOut:
		if msg.asked == s.asked {
			s.out, s.wrong = msg.out, ""
			if msg.err != nil {
				s.wrong = msg.err.Error()
			}
		}
	case readerChosen:
		s.reader = msg.at
		return s.changed()
	case written:
		s.busy = false
		s.pass = "" // it was used; the next file is asked for anew
		if s.done = msg.at; msg.err != nil {
			s.wrong = "Nothing was written: " + msg.err.Error()
		}
	case tea.KeyPressMsg:
		before := s.win.At
		if s.win.Key(msg.String()) && s.win.At != before {
			s.format, s.pass = 0, ""
			return s.changed()
		}
	}
	return nil
}

// Actions implements screen.Screen.
func (s *Export) Actions() []screen.Action {
	busy := func() string {
		if s.busy {
			return "A file is being written. One moment."
		}
		return ""
	}
	noReader := func() string {
		if !s.hasReader() {
			return "Only a handover note depends on who reads it."
		}
		return busy()
	}
	noSeal := func() string {
		if !s.hasReader() {
			return "Only a handover note is sealed from here. Other files: the age program seals them."
		}
		return busy()
	}
	oneFormat := func() string {
		if len(s.thing().formats) == 1 {
			return "It has one format: " + s.thing().formats[0] + "."
		}
		return busy()
	}
	again := func() string {
		if s.done.Path != "" {
			return "It is written. Change something first to write another file, or leave with esc."
		}
		return busy()
	}
	return append([]screen.Action{
		{Keys: []string{"enter"}, Name: "Write the file, for you alone to read", Short: "write", Do: s.write, Not: again},
		{Keys: []string{"f"}, Name: "For whom: colleague, adviser, provider, employer, the person", Short: "for whom", Do: s.askReader, Not: noReader},
		{Keys: []string{"t"}, Name: "The next format", Short: "format", Do: func() screen.Effect { s.format++; return s.changed() }, Not: oneFormat},
		{Keys: []string{"z"}, Name: "Seal it with a passphrase, or leave it open", Short: "seal", Do: s.seal, Not: noSeal},
		{Keys: []string{"p"}, Name: "Where to: a folder or a file", Short: "where", Do: s.askPath, Not: busy},
	}, screen.Everywhere()...)
}

func (s *Export) askReader() screen.Effect {
	var all []screen.Choice
	for i, r := range readers {
		all = append(all, screen.Choice{Key: fmt.Sprint(i + 1), Label: readerSays(r), Then: screen.Run{Work: func() tea.Msg { return readerChosen{i} }}})
	}
	return screen.Choose{Title: "Who reads it?", Note: "It decides what is left out. Outside the office only what consent covers goes.", Choices: all}
}

func readerSays(r domain.ExportFor) string {
	if r == domain.ForAdviser {
		return domain.Adviser.String()
	}
	if r == domain.ForPerson {
		return "the person"
	}
	return string(r)
}

func (s *Export) askPath() screen.Effect {
	return screen.Prompt{Title: "Where to? A folder, or the name of a new file", Value: s.path, Hint: "nothing: the folder for papers beside the store; ~ is your home folder", Then: func(v string) screen.Effect {
		s.path = strings.TrimSpace(v)
		return s.changed()
	}}
}

// seal asks for a passphrase twice, or leaves the file open again.
func (s *Export) seal() screen.Effect {
	if s.pass != "" {
		s.pass = ""
		return s.changed()
	}
	return screen.Prompt{Title: "Passphrase for the file. Tell it to the receiver by another way", Hint: "any age program opens the file with it", Secret: true, Echo: longEnough, Then: func(v string) screen.Effect {
		return screen.Prompt{Title: "The passphrase once more", Secret: true, Echo: func(again string) (string, error) {
			if again != v {
				return "", domain.Refused("passphrase", "The two differ. Type it again, or esc.")
			}
			return "the same", nil
		}, Then: func(string) screen.Effect {
			s.pass = v
			return s.changed()
		}}
	}}
}

// passphraseLeast is how long a passphrase of a file must be: less is guessed in an
// afternoon by whoever has the file.
const passphraseLeast = 12

func longEnough(v string) (string, error) {
	if len([]rune(v)) < passphraseLeast {
		return "", domain.Refused("passphrase", "Use at least %d letters: whoever has the file can try for as long as they like.", passphraseLeast)
	}
	return fmt.Sprintf("%d letters", len([]rune(v))), nil
}

func (s *Export) write() screen.Effect {
	s.busy, s.wrong, s.done = true, "", screen.Written{}
	desk, of, asked := s.world.Desk, s.of(), s.asked
	return screen.Run{Work: func() tea.Msg {
		at, err := desk.Export(of)
		return written{asked, at, err}
	}}
}

// View implements screen.Screen.
func (s *Export) View() (string, *tea.Cursor) {
	t := s.world.Theme
	width := max(20, s.width-4)
	var out []string
	put := func(ink theme.Ink, text string) {
		for _, l := range kit.Wrap(clean.Line(text, 600), width) {
			out = append(out, "  "+ink.Paint(l))
		}
	}
	cur := tea.NewCursor(0, 0)
	for i, th := range s.things {
		if i == s.win.At {
			cur = tea.NewCursor(0, len(out))
			out = append(out, t.Selected.Paint(kit.Fill(t.Glyphs.Cursor+" "+th.says, s.width)))
			continue
		}
		out = append(out, "  "+kit.Cut(th.says, width))
	}
	of := s.of()
	set := func(label, value, key string) {
		out = append(out, "  "+t.Muted.Paint(kit.Fill(label, 10))+kit.Cut(clean.Line(value, 300), max(10, width-14))+"  "+t.Muted.Paint(key))
	}
	if s.hasReader() {
		set("For", readerSays(of.For), "f")
	}
	set("Format", of.Format, "t")
	sealed := "no: whoever has the file can read it"
	if of.Passphrase != "" {
		sealed = "yes, with a passphrase"
	}
	if s.hasReader() {
		set("Sealed", sealed, "z")
	}
	where := of.Path
	if where == "" {
		where = "the folder for papers beside the store"
	}
	set("Where", where, "p")
	switch {
	case s.busy:
		put(t.Muted, t.Glyphs.Open+" being written")
	case s.wrong != "":
		put(t.Bad, s.wrong)
	case s.done.Path != "":
		put(t.Good, t.Glyphs.Done+" Written: "+s.done.Path)
		put(t.Text, kit.Thousands(int(s.done.Bytes))+" bytes, SHA-256 begins "+s.done.SHA256[:min(12, len(s.done.SHA256))])
		for _, n := range s.done.Notes {
			put(t.Muted, n)
		}
	default:
		if len(s.out) > 0 {
			put(t.Accent, "Left out")
		}
		for _, l := range s.out {
			put(t.Text, t.Glyphs.Dropped+" "+l)
		}
	}
	return strings.Join(out, "\n"), cur
}
