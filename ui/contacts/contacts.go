// Package contacts is the address book: people of other desks, the fingerprints of their
// keys and whether somebody compared them; and this desk's own card.
package contacts

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
	"coachdesk/ui/theme"
)

// Contacts is the address book.
type Contacts struct {
	world screen.World
	list  []domain.Contact
	names func(domain.ID) string // of whoever compared
	win   kit.Window
	w, h  int
}

// New returns the address book.
func New(w screen.World) *Contacts { return &Contacts{world: w} }

// Title implements screen.Screen.
func (s *Contacts) Title() string { return "Address book" }

// detail is how many lines stand under the list.
const detail = 6

// Fit implements screen.Screen.
func (s *Contacts) Fit(w, h int) {
	s.w, s.h = w, h
	s.win.Resize(len(s.list), max(1, h-2-detail))
}

// Read implements screen.Screen.
func (s *Contacts) Read() error {
	office := s.world.Desk.Office()
	s.list, s.names = office.Contacts, func(id domain.ID) string { return office.Named(id).Name }
	s.Fit(s.w, s.h)
	return nil
}

func (s *Contacts) chosen() (domain.Contact, bool) {
	if s.win.At >= len(s.list) {
		return domain.Contact{}, false
	}
	return s.list[s.win.At], true
}

// Actions implements screen.Screen.
func (s *Contacts) Actions() []screen.Action {
	may := func() string { return domain.WhyNotDo(s.world.Desk.Who().Role, domain.ContactAdded{}) }
	one := func() string {
		if len(s.list) == 0 {
			return "The address book is empty. Press a to add a card that somebody sent you."
		}
		return may()
	}
	return append([]screen.Action{
		{Keys: []string{"a"}, Name: "Add a card: pasted, or out of a file", Short: "add", Do: s.add, Not: may},
		{Keys: []string{"v"}, Name: "Compare the fingerprint over the telephone", Short: "compare", Do: s.compare, Not: one},
		{Keys: []string{"i"}, Name: "Your own card, and the fingerprint to read aloud", Short: "your card", Do: func() screen.Effect { return screen.Go{To: screen.Identity{}} }},
		{Keys: []string{"D"}, Name: "Remove them from the address book", Short: "remove", Do: s.remove, Not: one},
	}, screen.Everywhere()...)
}

// cardMark stands in every card; what does not have it is the name of a file.
const cardMark = "BEGIN COACHDESK IDENTITY"

func (s *Contacts) add() screen.Effect {
	return screen.Prompt{
		Title: "Paste their card, or write the name of the file that it is in", Hint: "coachdesk identity writes a card at the other desk",
		Then: s.read,
	}
}

// found is a card that was read.
type found struct {
	contact domain.Contact
	err     error
}

// read reads a card beside the keys: a file may lie on a slow disk.
func (s *Contacts) read(typed string) screen.Effect {
	if strings.TrimSpace(typed) == "" {
		return nil
	}
	desk := s.world.Desk
	return screen.Run{Work: func() tea.Msg {
		c, err := desk.ReadCard(typed)
		return found{c, err}
	}}
}

// offer asks whether a card is to be added. Keys that changed are told before anything
// else.
func (s *Contacts) offer(msg found) screen.Effect {
	if msg.err != nil {
		return screen.Say{Text: msg.err.Error()}
	}
	office, _ := s.world.Desk.Subjects()
	book := s.world.Desk.Office()
	is := msg.contact
	who := clean.Line(is.Who(), 80)
	title, note, yes := "Add "+who+", "+is.Role.String()+"?", "Fingerprint "+is.Fingerprint()+". Ring them afterwards and compare it: v.", "yes, add the card"
	was, known := book.Contact(is.Person)
	own, err := s.world.Desk.Identity()
	if err != nil {
		return screen.Say{Text: err.Error()}
	}
	add := domain.AddContact{Office: office, Contact: is, Own: own.Contact.Recipient, Anew: known && !was.SameKeys(is)}
	if _, err := add.DecideOffice(book, s.world.Desk.Stamp()); err != nil {
		return screen.Say{Text: err.Error()}
	}
	if add.Anew {
		title = s.world.Theme.Glyphs.Urgent + " The keys of " + who + " changed"
		note = "Before: " + was.Fingerprint() + ". Now: " + is.Fingerprint() + ". A new desk has new keys; so has somebody who pretends. Ring a number that you knew before you say yes."
		yes = "yes, they told me that they have new keys"
	}
	then := screen.Effect(screen.Say{Text: "Added, not compared yet. Ring " + who + " and press v."})
	return screen.Choose{Title: title, Note: note, Choices: []screen.Choice{
		{Key: "n", Label: "no, leave it"},
		{Key: "y", Label: yes, Then: screen.Do{Commands: []domain.Command{add}, Then: then}},
	}}
}

// compare asks for what the other side reads: the first and the last group.
func (s *Contacts) compare() screen.Effect {
	is, _ := s.chosen()
	who := clean.Line(is.Who(), 80)
	office, _ := s.world.Desk.Subjects()
	five := func(v string) (string, error) { return domain.ReadGroup(v) }
	return screen.Prompt{
		Title: who + " reads six groups of five digits. Type the first, as you hear it", Hint: "five digits; ring a number that you knew before", Echo: five,
		Then: func(first string) screen.Effect {
			return screen.Prompt{
				Title: "And the last group that " + who + " reads", Hint: "five digits", Echo: five,
				Then: func(last string) screen.Effect {
					c := domain.CheckContact{Office: office, Person: is.Person, First: first, Last: last}
					return screen.Do{Commands: []domain.Command{c}, Then: screen.Say{Text: "Compared. What you send to " + who + " can be opened by nobody else."}}
				},
			}
		},
	}
}

func (s *Contacts) remove() screen.Effect {
	is, _ := s.chosen()
	office, _ := s.world.Desk.Subjects()
	return screen.Choose{Title: "Remove " + clean.Line(is.Who(), 80) + "?", Note: "What they recorded keeps their name. Nothing can be sent to them until their card is added and compared again.", Choices: []screen.Choice{
		{Key: "n", Label: "no, leave them"},
		{Key: "y", Label: "yes, remove them", Then: screen.Do{Commands: []domain.Command{domain.RemoveContact{Office: office, Person: is.Person}}}},
	}}
}

// Update implements screen.Screen.
func (s *Contacts) Update(msg tea.Msg) screen.Effect {
	switch msg := msg.(type) {
	case found:
		return s.offer(msg)
	case tea.PasteMsg:
		if strings.Contains(msg.Content, cardMark) {
			return s.read(msg.Content)
		}
	case tea.KeyPressMsg:
		s.win.Key(msg.String())
	case screen.Refused:
		return screen.Say{Text: msg.Refusal.Why}
	}
	return nil
}

// standing says in a sign, a word and a colour whether the keys were compared.
func (s *Contacts) standing(c domain.Contact) (string, theme.Ink) {
	t := s.world.Theme
	switch {
	case c.Changed():
		return t.Glyphs.Urgent + " keys changed", t.Bad
	case c.Checked.IsZero():
		return t.Glyphs.Due + " not compared", t.Warn
	}
	return t.Glyphs.Done + " compared", t.Good
}

// View implements screen.Screen.
func (s *Contacts) View() (string, *tea.Cursor) {
	t := s.world.Theme
	if len(s.list) == 0 {
		out := []string{""}
		for _, l := range kit.Wrap("The address book is empty. Ask a colleague at another desk for their card (i shows yours), and press a to add it: then cases can be handed to them.", max(20, s.w-4)) {
			out = append(out, "  "+t.Muted.Paint(l))
		}
		return strings.Join(out[:min(len(out), s.h)], "\n"), nil
	}
	out := []string{t.Muted.Paint(kit.Cut("  Cases are sealed to these keys: compare each fingerprint by telephone.", s.w)), ""}
	from, to := s.win.Seen()
	y := len(out)
	wide := max(16, min(44, s.w-46))
	for i := from; i < to; i++ {
		c := s.list[i]
		state, ink := s.standing(c)
		line := kit.Fill(kit.Cut(clean.Line(c.Who(), 200), wide), wide+2) + kit.Fill(kit.Cut(short(c.Role), 22), 24)
		if i == s.win.At {
			out = append(out, t.Selected.Paint(kit.Fill(kit.Cut(t.Glyphs.Cursor+" "+line+state, s.w), s.w)))
			continue
		}
		out = append(out, kit.Cut("  "+line, s.w)+ink.Paint(kit.Cut(state, max(0, s.w-2-kit.Width(line)))))
	}
	out = append(out, s.about()...)
	return strings.Join(out[:min(len(out), s.h)], "\n"), tea.NewCursor(0, y+s.win.At-from)
}

// short is a role in as few words as a list has room for.
func short(r domain.Role) string {
	if r == domain.Adviser {
		return "DEA"
	}
	return r.String()
}

// about tells of the one who is chosen.
func (s *Contacts) about() []string {
	t := s.world.Theme
	c, ok := s.chosen()
	if !ok {
		return nil
	}
	today := s.world.Today()
	out := []string{"", "    " + t.Strong.Paint(kit.Cut(c.Fingerprint(), s.w-4))}
	if why := c.Warning(); why != "" {
		_, ink := s.standing(c)
		for _, l := range kit.Wrap(why, max(20, s.w-6)) {
			out = append(out, "    "+ink.Paint(l))
		}
	} else {
		out = append(out, "    "+t.Good.Paint(kit.Cut(t.Glyphs.Done+" compared "+when(c.Checked, today)+by(s.names(c.CheckedBy)), s.w-4)))
	}
	out = append(out, "    "+t.Muted.Paint(kit.Cut("Added "+when(c.Added, today)+by(s.names(c.By)), s.w-4)))
	if n := len(c.Former); n > 0 {
		out = append(out, "    "+t.Muted.Paint(kit.Cut(fmt.Sprintf("Until %s the fingerprint was %s", c.Former[n-1].Until.Short(today), domain.Fingerprint(c.Former[n-1].Verify, c.Former[n-1].Recipient)), s.w-4)))
	}
	return out
}

func when(d, today calendar.Day) string { return d.Short(today) }

func by(name string) string {
	if name == "" {
		return ""
	}
	return " by " + clean.Line(name, 40)
}
