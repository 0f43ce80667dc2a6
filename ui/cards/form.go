package cards

import (
	"strings"
	"time"

	"charm.land/bubbles/v2/textarea"
	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
)

// pauseLength is how long the fingers rest before the draft is kept.
const pauseLength = 500 * time.Millisecond

// draftPlace is how a draft of a card is found again.
const draftPlace = "card"

// Form is a card being written, changed, or made of an answer.
type Form struct {
	world  screen.World
	at     screen.CardForm
	area   textarea.Model
	draft  domain.ID
	first  string // what the field began with
	found  string // what looked like personal data when it was last saved
	wrong  string
	pauses int
	ready  bool
	width  int
	height int
}

// NewForm returns the form of a card.
func NewForm(w screen.World, at screen.CardForm) *Form {
	return &Form{world: w, at: at, area: kit.NewArea(4000)}
}

// Title implements screen.Screen.
func (f *Form) Title() string {
	switch {
	case !f.at.Card.IsZero():
		return "Change a card"
	case !f.at.Escalation.IsZero():
		return "Keep the answer as a card"
	}
	return "A new card"
}

// Fit implements screen.Screen.
func (f *Form) Fit(w, h int) {
	f.width, f.height = w, h
	f.area.SetWidth(max(20, w-4))
	f.area.SetHeight(max(3, h-len(f.above())-3))
}

// Read implements screen.Screen.
func (f *Form) Read() error {
	if f.ready {
		return nil
	}
	f.ready = true
	for _, c := range f.world.Desk.Office().Cards {
		if c.ID == f.at.Card {
			f.first = c.String()
		}
	}
	if !f.at.Escalation.IsZero() {
		p, err := f.world.Desk.Participant(f.at.Participant)
		if err != nil {
			return err
		}
		for _, e := range p.Escalations {
			if e.ID == f.at.Escalation {
				f.first = domain.KeepAnswer(p, e).String()
			}
		}
	}
	f.area.SetValue(f.first)
	drafts, err := f.world.Desk.Drafts()
	if err != nil {
		return err
	}
	for _, d := range drafts {
		if d.Place == draftPlace && d.About == f.about() && d.Participant == f.at.Participant {
			f.draft = d.ID
			f.area.SetValue(d.Fields["text"])
			return nil
		}
	}
	f.draft = f.world.Desk.NewID()
	return nil
}

// about is what a draft hangs on: the card, or the question whose answer it was.
func (f *Form) about() domain.ID {
	if !f.at.Card.IsZero() {
		return f.at.Card
	}
	return f.at.Escalation
}

// Actions implements screen.Screen.
func (f *Form) Actions() []screen.Action {
	empty := func() string {
		if strings.TrimSpace(f.area.Value()) == "" {
			return "Write what is to be done first, a suggestion a line."
		}
		return ""
	}
	return []screen.Action{
		{Keys: []string{"ctrl+s", "f2"}, Name: "Save the card", Short: "save", Not: empty, Do: func() screen.Effect { return f.save(false) }},
		{Keys: []string{"ctrl+o", "f3"}, Name: "Write it anyway: what was found is nobody's", Short: "write it anyway", Do: func() screen.Effect { return f.save(true) }, Not: func() string {
			if f.found == "" {
				return "Nothing that looks like personal data was found. Save it with ctrl+s."
			}
			return ""
		}},
		{Keys: []string{"f1"}, Name: "Help for this screen", Short: "help", Do: func() screen.Effect { return screen.Show{Panel: screen.Help} }},
		{Keys: []string{"esc"}, Name: "Leave; what was typed stays as a draft", Short: "keep draft", Do: func() screen.Effect { return screen.Back{} }},
	}
}

func (f *Form) save(anyway bool) screen.Effect {
	names, err := f.names()
	if err != nil {
		return screen.Say{Text: err.Error()}
	}
	office, _ := f.world.Desk.Subjects()
	c := domain.WriteCard{Office: office, Card: f.at.Card, Text: domain.ReadCard(f.area.Value()), Names: names, Anyway: anyway}
	return screen.Do{Commands: []domain.Command{c}, Draft: f.draft, After: func(domain.Receipt) screen.Effect {
		f.draft = domain.ID{}
		return screen.Back{}
	}}
}

// names are those of everybody on the caseload, also of those whom lists do not name.
func (f *Form) names() ([]string, error) {
	rows, err := f.world.Desk.Rows()
	if err != nil {
		return nil, err
	}
	var names []string
	for _, r := range rows {
		names = append(names, r.Name+" "+r.AlsoNamed)
		if !r.Restricted {
			continue
		}
		for _, id := range r.RecordIDs() {
			p, err := f.world.Desk.Participant(id)
			if err != nil {
				return nil, err
			}
			names = append(names, p.Name())
		}
	}
	return names, nil
}

type pause struct{ after int }

type kept struct{ err error }

// Update implements screen.Screen.
func (f *Form) Update(msg tea.Msg) screen.Effect {
	switch msg := msg.(type) {
	case pause:
		if msg.after != f.pauses || f.draft.IsZero() {
			return nil
		}
		d, desk := f.asDraft(), f.world.Desk
		return screen.Run{Work: func() tea.Msg { return kept{desk.KeepDraft(d)} }}
	case kept:
		if msg.err != nil {
			f.wrong = "The draft could not be kept: " + msg.err.Error()
		}
		return nil
	case screen.Refused:
		f.wrong, f.found = msg.Refusal.Why, ""
		if msg.Refusal.Field == domain.FieldPersonal {
			f.found = msg.Refusal.Why
		}
		return nil
	case screen.Failed:
		f.wrong = "Nothing was saved: " + msg.Err.Error()
		return nil
	case tea.PasteMsg:
		msg.Content = clean.Text(msg.Content, clean.MaxText)
		return f.typed(msg)
	case tea.KeyPressMsg:
		return f.typed(msg)
	}
	return nil
}

func (f *Form) typed(msg tea.Msg) screen.Effect {
	before := f.area.Value()
	var cmd tea.Cmd
	f.area, cmd = f.area.Update(msg)
	if f.area.Value() == before {
		return screen.Tea{Cmd: cmd}
	}
	f.wrong, f.found = "", "" // another text is looked through anew
	f.pauses++
	n := f.pauses
	return screen.All{screen.Tea{Cmd: cmd}, screen.Run{Work: func() tea.Msg {
		time.Sleep(pauseLength)
		return pause{n}
	}}}
}

func (f *Form) asDraft() domain.Draft {
	return domain.Draft{
		ID: f.draft, Place: draftPlace, Participant: f.at.Participant, About: f.about(), By: f.world.Desk.Who().ID, At: f.world.Now(),
		Fields: map[string]string{"text": f.area.Value()},
	}
}

// Keep writes the draft before the screen is left. What was not changed leaves none.
func (f *Form) Keep() error {
	if f.draft.IsZero() {
		return nil
	}
	if v := f.area.Value(); v == "" || v == f.first {
		return f.world.Desk.DropDraft(f.draft)
	}
	return f.world.Desk.KeepDraft(f.asDraft())
}

func (f *Form) above() []string {
	t := f.world.Theme
	return []string{
		"", "  " + t.Accent.Paint(kit.Cut("What is to be done: a suggestion a line, after !", f.width-4)),
		"  " + t.Muted.Paint(kit.Cut("# before a barrier; sector: source: come back: before the rest", f.width-4)), "",
	}
}

// View implements screen.Screen.
func (f *Form) View() (string, *tea.Cursor) {
	t := f.world.Theme
	lines := f.above()
	y := len(lines)
	for _, l := range strings.Split(f.area.View(), "\n") {
		lines = append(lines, "  "+l)
	}
	for i, l := range kit.Wrap(clean.Line(f.wrong, 400), max(10, f.width-4)) {
		if i < 3 {
			lines = append(lines, "  "+t.Bad.Paint(l))
		}
	}
	return strings.Join(lines, "\n"), kit.Shift(f.area.Cursor(), 2, y)
}
