// Package referral is where a coach refers somebody to a provider, sees the page that is
// to be pasted or printed, and follows all referrals until something happened.
package referral

import (
	"slices"
	"strings"
	"time"

	"charm.land/bubbles/v2/textarea"
	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
	"coachdesk/ui/screen"
)

// place is what drafts of this form are kept under.
const place = "refer"

// pauseLength is how long the fingers rest before the draft is kept.
const pauseLength = 500 * time.Millisecond

// Form is a referral being written: first the check list, on which letters are keys, then
// why, in the person's words.
type Form struct {
	world  screen.World
	at     screen.Refer
	p      domain.Participant
	x      domain.Referral // what it amends or sends; zero for a new one
	q      domain.Queue
	letter domain.Letter
	passed bool          // the check list was accepted: words are being written
	was    domain.Letter // as it was filled in: nothing is kept that nobody typed
	area   textarea.Model
	draft  domain.ID
	pauses int
	ready  bool
	wrong  string
	win    kit.Window // over the lines of the check list
	width  int
	height int
}

// NewForm returns the form of a referral.
func NewForm(w screen.World, at screen.Refer) *Form {
	return &Form{world: w, at: at, draft: at.Draft, area: kit.NewArea(2000)}
}

// amends reports whether the referral was sent before.
func (f *Form) amends() bool { return f.x.State.Out() }

// Title implements screen.Screen.
func (f *Form) Title() string {
	what := "Refer "
	if f.amends() {
		what = "Amend the referral of "
	}
	return what + f.p.Name()
}

// Fit implements screen.Screen.
func (f *Form) Fit(w, h int) {
	f.width, f.height = w, h
	f.area.SetWidth(max(20, w-4))
	f.area.SetHeight(max(3, h-len(f.above())-len(f.below())))
}

// Read implements screen.Screen.
func (f *Form) Read() error {
	p, err := f.world.Desk.Participant(f.at.Participant)
	if err != nil {
		return err
	}
	f.p, f.q = p, f.world.Desk.Queue()
	for _, x := range p.Referrals {
		if x.ID == f.at.Referral {
			f.x = x
		}
	}
	if f.ready {
		return nil
	}
	f.ready = true
	rows, err := f.world.Desk.Rows()
	if err != nil {
		return err
	}
	f.letter = f.q.LetterFor(p, f.at.Programme, rows)
	if !f.x.ID.IsZero() {
		filled := f.letter
		f.letter = f.x.Letter
		f.area.SetValue(f.letter.Text)
		if !f.amends() && f.letter.Provider == "" { // a draft that says little yet
			f.letter.Provider, f.letter.Items = filled.Provider, filled.Items
		}
	}
	f.was = f.letter
	return f.findDraft()
}

func (f *Form) findDraft() error {
	drafts, err := f.world.Desk.Drafts()
	if err != nil {
		return err
	}
	slices.SortFunc(drafts, func(a, b domain.Draft) int { return b.At.Compare(a.At) }) // the newest first
	for _, d := range drafts {
		asked := f.draft.IsZero() || d.ID == f.draft
		if !asked || d.Place != place || d.Participant != f.at.Participant || d.About != f.at.Referral || d.Fields["programme"] != f.letter.Programme {
			continue
		}
		f.draft = d.ID
		f.letter.Provider, f.letter.Contact, f.letter.Reference = d.Fields["provider"], d.Fields["contact"], d.Fields["reference"]
		f.letter.Items = nil
		for _, it := range domain.ConsentItems {
			if slices.Contains(strings.Split(d.Fields["items"], ","), string(it)) {
				f.letter.Items = append(f.letter.Items, it)
			}
		}
		f.area.SetValue(d.Fields["text"])
		return nil
	}
	f.draft = f.world.Desk.NewID()
	return nil
}

// checks are the points of the list.
func (f *Form) checks() []domain.ReferralCheck {
	all := f.q.ReferralChecks(f.p, f.x.ID, f.letter)
	if f.amends() { // it is with the provider: whether it may begin is no question any more
		all = slices.DeleteFunc(all, func(c domain.ReferralCheck) bool {
			return c.Key == domain.CheckProgramme || c.Key == domain.CheckRoute || c.Key == domain.CheckRules || c.Key == domain.CheckOthers
		})
	}
	return all
}

// stops says what keeps the referral from being sent; empty means nothing does.
func (f *Form) stops() string {
	for _, c := range f.checks() {
		if c.Is == domain.CheckStops {
			key := map[string]string{domain.CheckProvider: " p names it.", domain.CheckConsent: " c records it."}[c.Key]
			return c.Says + key
		}
	}
	return ""
}

// Actions implements screen.Screen.
func (f *Form) Actions() []screen.Action {
	if !f.passed {
		return append(f.checking(), screen.Everywhere()...)
	}
	send := "send"
	if f.amends() {
		send = "amend"
	}
	return []screen.Action{
		{Keys: []string{"ctrl+s", "f2"}, Name: "Record it as sent, and show the page to paste or print", Short: send, Do: f.send, Not: f.empty},
		{Keys: []string{"ctrl+o", "f3"}, Name: "Back to the check list", Short: "check list", Do: f.back},
		{Keys: []string{"f1"}, Name: "Help for this screen", Short: "help", Do: func() screen.Effect { return screen.Show{Panel: screen.Help} }},
		{Keys: []string{"esc"}, Name: "Leave; what was typed stays as a draft", Short: "keep draft", Do: func() screen.Effect { return screen.Back{} }},
	}
}

type pause struct{ after int }

type kept struct{ err error }

// changed begins to wait for a pause in typing, at which the draft is kept.
func (f *Form) changed() screen.Effect {
	f.wrong = ""
	f.pauses++
	n := f.pauses
	return screen.Run{Work: func() tea.Msg {
		time.Sleep(pauseLength)
		return pause{n}
	}}
}

func (f *Form) asDraft() domain.Draft {
	var items []string
	for _, it := range f.letter.Items {
		items = append(items, string(it))
	}
	return domain.Draft{
		ID: f.draft, Place: place, Participant: f.at.Participant, About: f.at.Referral, By: f.world.Desk.Who().ID, At: f.world.Now(),
		Fields: map[string]string{
			"programme": f.letter.Programme, "provider": f.letter.Provider, "contact": f.letter.Contact, "reference": f.letter.Reference,
			"items": strings.Join(items, ","), "text": f.area.Value(),
		},
	}
}

// Keep writes the draft before the screen is left. A form in which nobody changed
// anything leaves none.
func (f *Form) Keep() error {
	switch {
	case f.draft.IsZero():
		return nil
	case f.area.Value() == f.was.Text && len(domain.LetterChanges(f.was, f.letter)) == 0:
		return f.world.Desk.DropDraft(f.draft)
	}
	return f.world.Desk.KeepDraft(f.asDraft())
}

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
	case screen.Refused:
		f.wrong = msg.Refusal.Why
	case screen.Failed:
		f.wrong = "Nothing was saved: " + msg.Err.Error()
	case tea.PasteMsg:
		msg.Content = clean.Text(msg.Content, clean.MaxText)
		return f.typed(msg)
	case tea.KeyPressMsg:
		return f.typed(msg)
	}
	return nil
}

func (f *Form) typed(msg tea.Msg) screen.Effect {
	if !f.passed {
		if k, ok := msg.(tea.KeyPressMsg); ok { // letters are keys here; the list may be longer than the screen
			f.win.Key(k.String())
		}
		return nil
	}
	before := f.area.Value()
	var cmd tea.Cmd
	f.area, cmd = f.area.Update(msg)
	if f.area.Value() == before {
		return screen.Tea{Cmd: cmd}
	}
	return screen.All{screen.Tea{Cmd: cmd}, f.changed()}
}
