// Package unlock is the door of the house: it asks for the passphrase, or founds a
// store the first time and shows its recovery key once.
package unlock

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
)

// least is the shortest passphrase that a new store takes, in characters. Four
// ordinary words are longer.
const least = 12

type phase int

const (
	asking   phase = iota // for the passphrase of an existing store
	naming                // who works here
	office                // and where
	choosing              // a passphrase
	again                 // the same once more
	working               // the key is being made or opened
	showing               // the recovery key, once
)

// Unlock is the screen at the door.
type Unlock struct {
	world    screen.World
	door     screen.Door
	phase    phase
	in       textinput.Model
	name     string
	office   string
	secret   string
	wrong    string
	said     string // why the coach is here again, until a passphrase was tried
	tries    int
	recovery string
	desk     screen.Desk
	width    int
}

// New returns the door of a store that exists, or of one to be founded. Said is told
// there, for example that the desk was locked.
func New(w screen.World, d screen.Door, said string) *Unlock {
	u := &Unlock{world: w, door: d, said: said, phase: naming}
	if d.Exists() {
		u.phase = asking
	}
	u.ask()
	return u
}

func (u *Unlock) ask() {
	u.in = kit.NewInput("› ", u.phase == asking || u.phase == choosing || u.phase == again)
	u.in.SetWidth(max(20, min(60, u.width-6)))
}

// Title implements screen.Screen.
func (u *Unlock) Title() string { return "Door" }

// Read implements screen.Screen.
func (u *Unlock) Read() error { return nil }

// Fit implements screen.Screen.
func (u *Unlock) Fit(w, _ int) { u.width = w; u.in.SetWidth(max(20, min(60, w-6))) }

// Actions implements screen.Screen. Letters are text here.
func (u *Unlock) Actions() []screen.Action {
	return []screen.Action{{Keys: []string{"enter"}, Name: "Go on", Short: "go on", Do: u.enter}}
}

type opened struct {
	desk     screen.Desk
	recovery string
	err      error
}

func (u *Unlock) enter() screen.Effect {
	v := u.in.Value()
	u.wrong = ""
	switch u.phase {
	case asking:
		return u.open(v)
	case naming:
		u.name = clean.Line(v, clean.MaxLine)
		if u.name == "" {
			u.wrong = "Write the name under which you work here."
			return nil
		}
		u.phase = office
	case office:
		u.office, u.phase = clean.Line(v, clean.MaxLine), choosing
	case choosing:
		if utf8.RuneCountInString(v) < least {
			u.ask()
			u.wrong = fmt.Sprintf("Use at least %d characters: four ordinary words are easy to remember.", least)
			return nil
		}
		u.secret, u.phase = v, again
	case again:
		if v != u.secret {
			u.secret, u.phase, u.wrong = "", choosing, "The two were not the same. Choose the passphrase again."
			break
		}
		return u.found()
	case showing:
		return screen.Enter{Desk: u.desk}
	case working:
		return nil
	}
	u.ask()
	return nil
}

// open tries a passphrase. Each wrong one makes the next wait longer.
func (u *Unlock) open(v string) screen.Effect {
	door, wait := u.door, time.Duration(0)
	if u.tries > 2 {
		wait = time.Second << min(u.tries-3, 5)
	}
	u.phase, u.said = working, ""
	return screen.Run{Work: func() tea.Msg {
		time.Sleep(wait)
		d, err := door.Open(v)
		return opened{desk: d, err: err}
	}}
}

func (u *Unlock) found() screen.Effect {
	door, secret, name, where := u.door, u.secret, u.name, u.office
	u.secret, u.phase = "", working
	return screen.Run{Work: func() tea.Msg {
		d, recovery, err := door.Found(secret, name, where)
		return opened{d, recovery, err}
	}}
}

// Update implements screen.Screen.
func (u *Unlock) Update(msg tea.Msg) screen.Effect {
	switch msg := msg.(type) {
	case opened:
		return u.answered(msg)
	case tea.KeyPressMsg, tea.PasteMsg:
		if u.phase == working || u.phase == showing {
			return nil
		}
		var cmd tea.Cmd
		u.in, cmd = u.in.Update(msg)
		return screen.Tea{Cmd: cmd}
	}
	return nil
}

func (u *Unlock) answered(msg opened) screen.Effect {
	switch {
	case msg.err != nil:
		u.tries++
		u.wrong = msg.err.Error()
		u.phase = naming
		if u.door.Exists() {
			u.phase = asking
		}
		u.ask()
		return nil
	case msg.recovery != "":
		u.desk, u.recovery, u.phase = msg.desk, msg.recovery, showing
		return nil
	}
	return screen.Enter{Desk: msg.desk}
}

var words = map[phase][2]string{
	asking:   {"Passphrase", "It opens the store on this machine. So does the recovery key on its sheet."},
	naming:   {"Welcome. What is your name?", "As colleagues know you: it stands beside what you record."},
	office:   {"Where do you work?", "For example: Stratford Jobcentre. You may leave it empty."},
	choosing: {"Choose a passphrase", "Everything you record is sealed with it. Four ordinary words are good."},
	again:    {"Type the passphrase once more", ""},
	working:  {"One moment: the key is being worked out.", ""},
}

// View implements screen.Screen.
func (u *Unlock) View() (string, *tea.Cursor) {
	t := u.world.Theme
	if u.phase == showing {
		return u.showRecovery(), nil
	}
	w := words[u.phase]
	lines := []string{"", "  " + t.Strong.Paint(w[0]), "  " + t.Muted.Paint(w[1]), ""}
	if u.phase == working && u.tries > 2 {
		lines = append(lines, "  "+t.Muted.Paint("After several wrong tries each further one waits longer, up to half a minute."))
	}
	if u.phase == working {
		return strings.Join(lines, "\n"), nil
	}
	y := len(lines)
	lines = append(lines, "  "+u.in.View(), "")
	for _, l := range kit.Wrap(clean.Line(u.wrong, 400), max(20, u.width-6)) {
		lines = append(lines, "  "+t.Bad.Paint(l))
	}
	for _, l := range kit.Wrap(clean.Line(u.said, 400), max(20, u.width-6)) {
		lines = append(lines, "  "+t.Accent.Paint(l))
	}
	return strings.Join(lines, "\n"), kit.Shift(u.in.Cursor(), 2, y)
}

func (u *Unlock) showRecovery() string {
	t := u.world.Theme
	lines := []string{
		"", "  " + t.Strong.Paint("Your recovery key. It is shown only now."), "",
		"  " + t.Accent.Paint(u.recovery), "",
		"  Write it on paper and keep the paper where your office keeps keys.",
		"  If the passphrase is forgotten, this key is the only way to open the store.",
		"  Nobody else has a copy: not your office, not the makers of coachdesk.", "",
		"  " + t.Muted.Paint("enter when it is written down"),
	}
	for i, l := range lines {
		lines[i] = kit.FillStyled(l, u.width)
	}
	return strings.Join(lines, "\n")
}
