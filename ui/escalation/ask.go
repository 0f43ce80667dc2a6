// Package escalation is where a coach asks a Disability Employment Adviser, and
// where the adviser accepts, returns and answers.
package escalation

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

// pauseLength is how long the fingers rest before the draft is kept.
const pauseLength = 500 * time.Millisecond

// Form is a text being written about one escalation: the coach's question, the
// adviser's answer, or what the adviser needs.
type Form struct {
	world    screen.World
	kind     formKind
	id       domain.ID // of the participant
	about    domain.ID // the escalation; zero for a new question
	p        domain.Participant
	e        domain.Escalation
	area     textarea.Model
	tried    string
	help     domain.EscalationKind // what is asked for
	barriers []domain.ID           // that it is about; none means all open ones
	urgent   bool
	informed bool
	draft    domain.ID
	pauses   int
	ready    bool
	wrong    string
	width    int
	height   int
}

type formKind string

const (
	asking      formKind = "ask"
	answering   formKind = "answer"
	returning   formKind = "return"
	reviewing   formKind = "review"
	handingBack formKind = "handback"
	saying      formKind = "say"
)

// told is what each form is called, what it asks for, and what sending it is called.
var told = map[formKind]struct{ title, what, empty, send string }{
	asking:      {"Ask the DEA about", "Question, in one sentence if you can", "Write the question first, in one sentence if you can.", "send"},
	answering:   {"Answer about", "Answer: what to do (! before each step), where it comes from, when to come back", "Write the answer first.", "send the answer"},
	returning:   {"Return about", "What do you need to know before you can answer?", "Write first what you need to know.", "return"},
	reviewing:   {"Review of direct support for", "What changed since the last look?", "Write first what changed.", "save the review"},
	handingBack: {"Hand back", "The coach's next step; lines with ! or - become steps, or else the first", "Write the coach's next step first.", "hand back"},
	saying:      {"Talk about", "What do you want to add?", "Write first what you want to say.", "send"},
}

var replies = map[screen.Reply]formKind{
	screen.ReplyAnswer: answering, screen.ReplyReturn: returning, screen.ReplyReview: reviewing, screen.ReplyHandBack: handingBack, screen.ReplySay: saying,
}

// NewAsk returns the form of a question, perhaps from a draft of a note or one that was
// begun before.
func NewAsk(w screen.World, p screen.Ask) *Form {
	return &Form{world: w, kind: asking, id: p.Participant, about: p.Escalation, draft: p.Draft, area: kit.NewArea(2000)}
}

// NewAnswer returns the form of an answer, or of what is missing.
func NewAnswer(w screen.World, p screen.Answer) *Form {
	limit := 4000
	if p.What == screen.ReplyReturn || p.What == screen.ReplySay {
		limit = 2000
	}
	return &Form{world: w, kind: replies[p.What], id: p.Participant, about: p.Escalation, area: kit.NewArea(limit)}
}

// Title implements screen.Screen.
func (f *Form) Title() string { return told[f.kind].title + " " + f.p.Name() }

// Fit implements screen.Screen.
func (f *Form) Fit(w, h int) {
	f.width, f.height = w, h
	f.area.SetWidth(max(20, w-4))
	f.area.SetHeight(max(3, h-len(f.above())-len(f.below())))
}

// Read implements screen.Screen.
func (f *Form) Read() error {
	p, err := f.world.Desk.Participant(f.id)
	if err != nil {
		return err
	}
	f.p = p
	for _, e := range p.Escalations {
		if e.ID == f.about {
			f.e = e
		}
	}
	if f.ready {
		return nil
	}
	f.ready = true
	if f.kind == asking {
		f.tried = domain.TriedBefore(p, f.world.Desk.Queue().Figures.Of(domain.FigureTried))
		f.help = f.e.Kind
		if f.e.State == domain.EscalationDeclined {
			f.help = domain.KindAdvice // what they did not want is not asked again
		}
		f.area.SetValue(f.e.Question)
	}
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
		if asked && d.Participant == f.id && d.Place == string(f.kind) && d.About == f.about {
			f.draft = d.ID
			f.area.SetValue(d.Fields["text"])
			f.urgent, f.informed = d.Fields["urgent"] != "", d.Fields["informed"] != ""
			if k := domain.EscalationKind(d.Fields["kind"]); f.kind == asking && slices.Contains(domain.EscalationKinds, k) {
				f.help = k
			}
			f.barriers = readIDs(d.Fields["barriers"])
			return nil
		}
	}
	f.draft = f.world.Desk.NewID()
	return nil
}

// another puts the question that is being written away as a draft and begins a new one.
func (f *Form) another() screen.Effect {
	if err := f.Keep(); err != nil {
		f.wrong = "The draft could not be kept: " + err.Error()
		return nil
	}
	f.area.SetValue("")
	f.urgent, f.informed, f.help, f.barriers, f.draft = false, false, domain.KindAdvice, nil, f.world.Desk.NewID()
	f.pauses++
	return screen.Say{Text: "The question before waits as a draft: it stands at the top of the record."}
}

func (f *Form) notAnother() string {
	switch {
	case !f.about.IsZero():
		return "This escalation is on the record already. Press esc, then e for another one."
	case strings.TrimSpace(f.area.Value()) == "":
		return "Nothing is written yet: write the question here."
	}
	return ""
}

// Actions implements screen.Screen.
func (f *Form) Actions() []screen.Action {
	all := []screen.Action{{Keys: []string{"ctrl+s", "f2"}, Name: "Send it", Short: told[f.kind].send, Do: func() screen.Effect { return f.send(screen.Back{}) }, Not: f.empty}}
	if f.kind == answering {
		keep := screen.Instead{To: screen.CardForm{Participant: f.id, Escalation: f.about}}
		all = append(all, screen.Action{Keys: []string{"ctrl+t", "f4"}, Name: "Send it, and keep it as a card for others", Short: "send and keep", Do: func() screen.Effect { return f.send(keep) }, Not: f.empty})
	}
	if f.kind == asking {
		all = append(all,
			screen.Action{Keys: []string{"ctrl+u", "f3"}, Name: "Urgent, or not", Short: "urgent", Do: func() screen.Effect { f.urgent = !f.urgent; return f.changed() }},
			screen.Action{Keys: []string{"ctrl+o", "f6"}, Name: "For advice, a meeting of three, or direct support", Short: "kind", Do: f.turnKind},
			screen.Action{Keys: []string{"ctrl+b", "f12"}, Name: "Which barriers it is about; all open ones unless said", Do: f.askBarriers, Not: f.noBarriers},
			screen.Action{Keys: []string{"ctrl+n", "f11"}, Name: "Another question: this one waits as a draft", Do: f.another, Not: f.notAnother},
			screen.Action{Keys: []string{"ctrl+t", "f4"}, Name: "The person knows that we ask, or does not yet", Short: "person knows", Do: func() screen.Effect { f.informed = !f.informed; return f.changed() }},
		)
	}
	return append(all,
		screen.Action{Keys: []string{"f1"}, Name: "Help for this screen", Short: "help", Do: func() screen.Effect { return screen.Show{Panel: screen.Help} }},
		screen.Action{Keys: []string{"esc"}, Name: "Leave; what was typed stays as a draft", Short: "keep draft", Do: func() screen.Effect { return screen.Back{} }},
	)
}

func (f *Form) empty() string {
	if strings.TrimSpace(f.area.Value()) == "" {
		return told[f.kind].empty
	}
	return ""
}

func (f *Form) turnKind() screen.Effect {
	at := slices.Index(domain.EscalationKinds, f.help)
	f.help = domain.EscalationKinds[(at+1)%len(domain.EscalationKinds)]
	return f.changed()
}

func (f *Form) command() domain.Command {
	text := f.area.Value()
	switch f.kind {
	case answering:
		return domain.Answer{Participant: f.id, Escalation: f.about, Text: text}
	case returning:
		return domain.Return{Participant: f.id, Escalation: f.about, Need: text}
	case reviewing:
		return domain.ReviewSupport{Participant: f.id, Escalation: f.about, Text: text}
	case handingBack:
		return domain.HandBack{Participant: f.id, Escalation: f.about, Text: text}
	case saying:
		return domain.Say{Participant: f.id, Escalation: f.about, Text: text}
	case asking:
	}
	return domain.Ask{Participant: f.id, Escalation: f.about, Kind: f.help, Question: text, Tried: f.tried, Barriers: f.stillOpen(), Urgent: f.urgent, Informed: f.informed}
}

func (f *Form) send(then screen.Effect) screen.Effect {
	return screen.Do{Commands: []domain.Command{f.command()}, Draft: f.draft, After: func(domain.Receipt) screen.Effect {
		f.draft = domain.ID{} // nothing is left to keep
		return then
	}}
}

type pause struct{ after int }

type kept struct{ err error }

// changed begins to wait for a pause in typing, at which the draft is kept.
func (f *Form) changed() screen.Effect {
	f.pauses++
	return f.pauseFor(pauseLength)
}

// retryAfter is when a draft that could not be kept is tried again: there may be room
// by then.
const retryAfter = 2 * time.Second

func (f *Form) pauseFor(d time.Duration) screen.Effect {
	n := f.pauses
	return screen.Run{Work: func() tea.Msg {
		time.Sleep(d)
		return pause{n}
	}}
}

func (f *Form) asDraft() domain.Draft {
	flag := func(b bool) string {
		if b {
			return "yes"
		}
		return ""
	}
	return domain.Draft{
		ID: f.draft, Place: string(f.kind), Participant: f.id, About: f.about, By: f.world.Desk.Who().ID, At: f.world.Now(),
		Fields: map[string]string{"text": f.area.Value(), "urgent": flag(f.urgent), "informed": flag(f.informed), "kind": string(f.help), "barriers": writeIDs(f.barriers)},
	}
}

// Keep writes the draft before the screen is left. An empty form leaves none.
func (f *Form) Keep() error {
	if f.draft.IsZero() {
		return nil
	}
	if f.area.Value() == "" || f.kind == asking && f.area.Value() == f.e.Question {
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
		f.wrong = ""
		if msg.err != nil {
			f.wrong = "The draft could not be kept: " + msg.err.Error()
			return f.pauseFor(retryAfter)
		}
		return nil
	case screen.Refused:
		f.wrong = msg.Refusal.Why
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
	f.wrong = ""
	return screen.All{screen.Tea{Cmd: cmd}, f.changed()}
}
