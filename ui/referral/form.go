// Package referral is where a coach refers somebody to a provider, sees the page that is
// to be pasted or printed, and follows all referrals until something happened.
package referral

import (
	"fmt"
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

// checking are the actions of the check list.
func (f *Form) checking() []screen.Action {
	return []screen.Action{
		{Keys: []string{"y"}, Name: "Accept the check list, and write why", Short: "accept", Do: f.pass, Not: f.stops},
		{Keys: []string{"p"}, Name: "Who gets it: the provider", Short: "provider", Do: f.ask("Who gets it? The name of the provider.", &f.letter.Provider)},
		{Keys: []string{"c"}, Name: "The person agrees now: record the consent", Short: "consent", Do: f.agree, Not: f.noConsent},
		{Keys: []string{"i"}, Name: "Which parts of the record go along", Short: "parts", Do: f.parts},
		{Keys: []string{"n"}, Name: "The named contact there", Do: f.ask("Who deals with it there? A name, or nothing.", &f.letter.Contact)},
		{Keys: []string{"R"}, Name: "Its reference in another system, such as PRaP", Do: f.ask("Which reference has it in another system?", &f.letter.Reference)},
		{Keys: []string{"d"}, Name: "Put it on the record as a draft, not sent: others see it", Do: f.record, Not: f.sent},
	}
}

func (f *Form) sent() string {
	if f.amends() {
		return "It was sent already."
	}
	return ""
}

func (f *Form) pass() screen.Effect {
	f.passed, f.wrong = true, ""
	f.Fit(f.width, f.height)
	return nil
}

func (f *Form) back() screen.Effect {
	f.passed = false
	return nil
}

// ask asks for one line of the letter.
func (f *Form) ask(title string, into *string) func() screen.Effect {
	return func() screen.Effect {
		return screen.Prompt{Title: title, Value: *into, Then: func(v string) screen.Effect {
			*into = clean.Line(v, clean.MaxLine)
			return f.changed()
		}}
	}
}

// parts asks which parts of the record go along, by their numbers.
func (f *Form) parts() screen.Effect {
	var numbers, named []string
	for i, it := range domain.ConsentItems {
		named = append(named, fmt.Sprintf("%d %s", i+1, it))
		if slices.Contains(f.letter.Items, it) {
			numbers = append(numbers, fmt.Sprint(i+1))
		}
	}
	read := func(v string) ([]domain.ConsentItem, error) {
		var out []domain.ConsentItem
		for _, r := range strings.TrimSpace(v) {
			if r < '1' || int(r-'1') >= len(domain.ConsentItems) {
				return nil, domain.Refused("items", "Type the numbers of the parts, for example 13.")
			}
			out = append(out, domain.ConsentItems[r-'1'])
		}
		slices.SortFunc(out, func(a, b domain.ConsentItem) int {
			return slices.Index(domain.ConsentItems, a) - slices.Index(domain.ConsentItems, b)
		})
		return slices.Compact(out), nil
	}
	return screen.Prompt{
		Title: "Which parts go along, beside the name? " + strings.Join(named, "  "), Value: strings.Join(numbers, ""), Hint: "nothing for the name alone",
		Echo: func(v string) (string, error) {
			items, err := read(v)
			return "the name" + and(items), err
		},
		Then: func(v string) screen.Effect {
			items, err := read(v)
			if err != nil {
				return screen.Say{Text: err.Error()}
			}
			f.letter.Items = items
			return f.changed()
		},
	}
}

func and(items []domain.ConsentItem) string {
	if len(items) == 0 {
		return " only"
	}
	return ", " + domain.ItemWords(items)
}

func (f *Form) noConsent() string {
	switch {
	case f.letter.Provider == "":
		return "Say first who gets it: p."
	case len(f.letter.Items) == 0:
		return "A consent names at least one part of the record: i chooses them."
	case domain.WhyNotDo(f.world.Desk.Who().Role, domain.ConsentGiven{}) != "":
		return domain.WhyNotDo(f.world.Desk.Who().Role, domain.ConsentGiven{})
	case f.p.WhyNotShare(f.letter.To(), f.letter.Items, f.q.Today) == "":
		return "Consent covers it already."
	}
	return ""
}

// agree asks how the person says yes, and records the consent.
func (f *Form) agree() screen.Effect {
	keys := []string{"f", "p", "w", "o"}
	var all []screen.Choice
	for i, how := range domain.ConsentHows {
		all = append(all, screen.Choice{Key: keys[i], Label: string(how), Then: screen.Do{Commands: []domain.Command{f.q.ConsentFor(f.p, f.letter, how)}}})
	}
	c := f.q.ConsentFor(f.p, f.letter, domain.FaceToFace)
	note := "Read it to them: " + clean.Line(c.To.Name, 60) + " is told the name" + and(c.Items) + ", for the " + c.Purpose + ", until " + c.Until.Short(f.q.Today) + ". They may take it back at any time."
	return screen.Choose{Title: "They agree. How do they say it?", Note: note, Choices: all}
}

func (f *Form) empty() string {
	if strings.TrimSpace(f.area.Value()) == "" {
		return "Write first why, in the person's words."
	}
	return f.stops()
}

func (f *Form) written() domain.Letter {
	l := f.letter
	l.Text = f.area.Value()
	return l
}

// record puts the draft on the record, where colleagues and the queue find it.
func (f *Form) record() screen.Effect {
	draft := domain.DraftReferral{Participant: f.p.ID, Referral: f.at.Referral, Letter: f.written()}
	return screen.Do{Commands: []domain.Command{draft}, Draft: f.draft, After: func(domain.Receipt) screen.Effect {
		f.draft = domain.ID{}
		return screen.Back{}
	}}
}

// send records the referral as sent, or what was amended of it, and shows its page. It
// sends nothing: the coach pastes or prints the page.
func (f *Form) send() screen.Effect {
	if f.amends() {
		return screen.Prompt{Title: "Why is it amended? The provider reads the difference, not the reason.", Hint: "a few words", Echo: screen.NeedsWords, Then: func(v string) screen.Effect {
			return f.submit(domain.AmendReferral{Participant: f.p.ID, Referral: f.x.ID, Letter: f.written(), Reason: v})
		}}
	}
	return f.submit(domain.Refer{Participant: f.p.ID, Referral: f.at.Referral, Letter: f.written(), Checks: f.checks()})
}

func (f *Form) submit(c domain.Command) screen.Effect {
	return screen.Do{Commands: []domain.Command{c}, Draft: f.draft, After: func(r domain.Receipt) screen.Effect {
		f.draft = domain.ID{} // nothing is left to keep
		id := f.x.ID
		for _, rec := range r.Records {
			if e, ok := rec.Event.(domain.Referred); ok {
				id = e.ID
			}
		}
		return screen.Instead{To: screen.ReferralPage{Participant: f.p.ID, Referral: id}}
	}}
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
