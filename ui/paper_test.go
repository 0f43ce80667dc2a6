package ui_test

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/ui"
	"coachdesk/ui/screen"
)

// now is the moment at which every test of a screen happens.
var now = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

// paper is a desk in memory: the same commands decide and the same events remember
// as in the store, but nothing reaches a disk. Its answers can be slow, and it can
// fail, as the tests ask.
type paper struct {
	mu       sync.Mutex
	records  map[domain.Subject][]domain.Record
	order    []domain.ID
	drafts   map[domain.ID]domain.Draft
	diceMu   sync.Mutex
	dice     *rand.Rand
	clock    domain.Clock
	people   []domain.Person
	who      domain.ID
	wait     func() time.Duration
	fault    func() error
	lost     string
	readOnly string
	locked   bool
	looks    []domain.Look
	seat     domain.ID
	written  []screen.CopyOf
	sent     []screen.Calendar
	office   atomic.Pointer[domain.Office] // as its records tell it
	out      handing
}

func newPaper(t testing.TB) *paper {
	t.Helper()
	p := &paper{
		records: map[domain.Subject][]domain.Record{}, drafts: map[domain.ID]domain.Draft{},
		dice: rand.New(rand.NewPCG(1, 2)), wait: func() time.Duration { return 0 }, fault: func() error { return nil },
	}
	for _, w := range []domain.Person{{Name: "Amina Yusuf", Role: domain.Coach}, {Name: "Ruth Okonjo", Role: domain.Adviser}} {
		w.ID = p.NewID()
		p.people = append(p.people, w)
	}
	p.who = p.people[0].ID
	return p
}

func (p *paper) NewID() domain.ID {
	p.diceMu.Lock()
	defer p.diceMu.Unlock()
	var b [10]byte
	for i := range b {
		b[i] = byte(p.dice.Uint32())
	}
	return domain.NewID(now, b)
}

func (p *paper) stamp() domain.Stamp {
	w := p.Office().Person(p.who)
	return domain.Stamp{At: now, Today: calendar.Of(now), By: w.ID, Name: w.Name, Role: w.Role, Demo: true, New: p.NewID, Calendar: p.Queue().Calendars[calendar.EnglandAndWales]}
}

func (p *paper) Do(b domain.Batch, draft domain.ID) (domain.Receipt, error) {
	time.Sleep(p.wait())
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.fault(); err != nil {
		return domain.Receipt{}, err
	}
	out := domain.Receipt{Batch: b.ID}
	for _, c := range b.Commands {
		about := c.For()
		events, err := domain.Decide(c, p.records[about], p.stamp())
		if err != nil {
			return domain.Receipt{}, err
		}
		p.clock = p.clock.After(now)
		if len(p.records[about]) == 0 && about.Type == domain.AboutParticipant {
			p.order = append(p.order, about.ID)
		}
		for _, e := range events {
			r := domain.Record{Subject: about, Seq: uint64(len(p.records[about]) + 1), Command: b.ID, Time: p.clock, Day: calendar.Of(now), By: p.who, Role: p.Office().Person(p.who).Role, Scope: domain.ScopeOf(e), Kind: e.Kind(), Event: e}
			p.records[about] = append(p.records[about], r)
			out.Records = append(out.Records, r)
		}
		if about.Type == domain.AboutOffice {
			office := domain.ReplayOffice(p.records[about])
			p.office.Store(&office)
		}
	}
	delete(p.drafts, draft)
	return out, nil
}

func (p *paper) Participant(id domain.ID) (domain.Participant, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	got := domain.Replay(domain.About(id), p.records[domain.About(id)])
	if !got.Exists() {
		return got, errors.New("nobody of that reference is on the caseload")
	}
	return got, nil
}

func (p *paper) Rows() ([]domain.Row, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var rows []domain.Row
	for _, id := range p.order {
		rows = append(rows, domain.Replay(domain.About(id), p.records[domain.About(id)]).Row())
	}
	return domain.Lists(rows), nil
}

func (p *paper) Who() domain.Person    { return p.Office().Person(p.who) }
func (p *paper) As(id domain.ID) error { p.who = id; return nil }
func (p *paper) Office() domain.Office {
	var o domain.Office
	if now := p.office.Load(); now != nil {
		o = *now
	}
	o.Name, o.People = "Stratford", p.people
	return o
}

func (p *paper) Settings() domain.Desk {
	p.mu.Lock()
	defer p.mu.Unlock()
	d := domain.ReplayDesk(p.records[domain.Subject{Type: domain.AboutDesk, ID: domain.ID{2}}])
	if !p.seat.IsZero() {
		if d.Settings == nil {
			d.Settings = map[domain.Setting]string{}
		}
		d.Settings[domain.SettingPerson] = p.seat.String()
	}
	return d
}
func (p *paper) Subjects() (office, d domain.ID) { return domain.ID{1}, domain.ID{2} }
func (p *paper) Directory() (*domain.ServiceIndex, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	d := domain.ReplayDirectory(p.records[domain.Subject{Type: domain.AboutDirectory, ID: domain.ID{1}}])
	return domain.NewServiceIndex(d, needs), nil
}
func (p *paper) Stamp() domain.Stamp      { return p.stamp() }
func (p *paper) Changed() (uint64, error) { return uint64(p.clock), nil }
func (p *paper) Count() int               { return len(p.order) }
func (p *paper) Demo() bool               { return true }
func (p *paper) Unsaved() bool            { return false }
func (p *paper) ReadOnly() string         { return p.readOnly }
func (p *paper) Looked(l domain.Look)     { p.looks = append(p.looks, l) }
func (p *paper) Lost() string             { return p.lost }
func (p *paper) Copy(id domain.ID, of screen.CopyOf) (string, error) {
	return "copy of " + id.String() + " " + string(of.Shape), nil
}

// Clip notes that it left, as the desk does.
func (p *paper) Clip(id domain.ID, of screen.CopyOf) (string, error) {
	x := domain.Export{What: domain.ExportPlan, For: domain.ForPerson, Basis: domain.OnOwn, Format: "text", SHA256: strings.Repeat("ab", 32)}
	if _, err := p.Do(domain.Batch{ID: p.NewID(), Commands: []domain.Command{domain.NoteExport{Participant: id, Export: x}}}, domain.ID{}); err != nil {
		return "", err
	}
	return p.Copy(id, of)
}

func (p *paper) CopyInto(_ domain.ID, of screen.CopyOf) (string, error) {
	p.written = append(p.written, of)
	return "papers/plan.html", p.fault()
}
func (p *paper) Lock() string { p.locked = true; return "Drafts are kept." }
func (p *paper) KeepDraft(d domain.Draft) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.drafts[d.ID] = d
	return nil
}

func (p *paper) DropDraft(id domain.ID) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.drafts, id)
	return nil
}

func (p *paper) Drafts() ([]domain.Draft, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var all []domain.Draft
	for _, d := range p.drafts {
		all = append(all, d)
	}
	slices.SortFunc(all, func(a, b domain.Draft) int { return slices.Compare(a.ID[:], b.ID[:]) }) // as in the store
	return all, nil
}

var rules = domain.Rules{
	"appointment-today": {Key: "appointment-today", Weight: 40},
	"never-met":         {Key: "never-met", Weight: 24},
	"adviser-answered":  {Key: "adviser-answered", Weight: 50},
	"question-drafted":  {Key: "question-drafted", Weight: 26},
	"fitnote-ends":      {Key: "fitnote-ends", Weight: 28, Days: 7},
	"draft-unfinished":  {Key: "draft-unfinished", Weight: 110},
	"my-step-due":       {Key: "my-step-due", Weight: 30},
	"adviser-accepts":   {Key: "adviser-accepts", Days: 2, Says: "Working days within which the adviser accepts or returns.", Source: "as a provider's acknowledgement", Date: "2023-05-10", Confidence: "proposal by analogy"},
	"adviser-books":     {Key: "adviser-books", Days: 5},
	"adviser-holds":     {Key: "adviser-holds", Days: 15},
	"adviser-agrees":    {Key: "adviser-agrees", Days: 10},
	"adviser-begins":    {Key: "adviser-begins", Days: 5},
	"adviser-reviews":   {Key: "adviser-reviews", Days: 28},
	"meeting-minutes":   {Key: "meeting-minutes", Days: 40},
	"meeting-offers":    {Key: "meeting-offers", Days: 6},
	"concern-open":      {Key: "concern-open", Weight: 70},
	"handed-back":       {Key: "handed-back", Weight: 46},
	"advise-accept":     {Key: "advise-accept", Weight: 40},

	"support-lands": {Key: "support-lands", Weight: 18, Days: 56}, "support-ends": {Key: "support-ends", Weight: 32, Days: 14}, "support-over": {Key: "support-over", Weight: 30, Days: 28},
	"application-job": {Key: "application-job", Weight: 34, Days: 28}, "application-unsent": {Key: "application-unsent", Weight: 17, Days: 7},
	"application-silent": {Key: "application-silent", Weight: 16, Days: 28, Says: "Days to a first question.", Source: "product proposal", Confidence: "proposal"}, "application-again": {Key: "application-again", Weight: 16, Days: 14},
	"award-ends": {Key: "award-ends", Weight: 21, Days: 84}, "transfer-offered": {Key: "transfer-offered", Weight: 50}, "transfer-waits": {Key: "transfer-waits", Weight: 10},
}

func (p *paper) Queue() domain.Queue {
	cal := calendar.New(calendar.EnglandAndWales, nil)
	return domain.Queue{Today: calendar.Of(now), Minute: 600, Rules: rules, Nation: calendar.EnglandAndWales, Retention: retention, Sessions: talks, Planning: planning, Catalogue: known, Figures: figures, Work: atWork, Me: p.who, Advises: p.Office().Person(p.who).Role.MayAdvise(), Calendars: map[calendar.Nation]*calendar.Calendar{calendar.EnglandAndWales: &cal}}
}

// talks are rules of sessions: of three kinds, and with the questions about oneself.
var talks = domain.SessionRules{
	Kinds: []domain.SessionRule{
		{Minutes: 20, Prompts: []string{"What went well?", "What was hard?", "One step", "Next date"}},
		{Kind: domain.FirstTalk, Minutes: 30, Prompts: []string{"What do we call you?", "What matters?  \" line", "Strengths?  = line", "Barriers?  # line", "One step", "Next date"}},
		{Kind: domain.SupportConversation, Minutes: 45, Voluntary: true, Prompts: []string{"Is this a good time?", "What matters to you?  \" line", "What are you good at?  = line", "What makes it hard?  # line"}},
	},
	Closing:  domain.Figure{Value: 2},
	Repeated: domain.Figure{Value: 3},
	Present:  domain.PresentWords{Words: []string{"representative", "interpreter", "support worker", "family"}},
	Rating: []domain.RatingQuestion{
		{Key: "a", Asks: "How well are you getting by?", Short: "getting by", Low: "hardly", High: "well"},
		{Key: "b", Asks: "How sure are you of work?", Short: "hope", Low: "not at all", High: "very"},
		{Key: "c", Asks: "Have you the help you need?", Short: "help", Low: "alone", High: "all I need"},
	},
}

// figures are those that the program carries.
var figures = func() domain.Figures {
	var file struct {
		Figures []struct {
			Key   string
			Value int
		}
	}
	b, err := os.ReadFile("../assets/figures.json")
	if err == nil {
		err = json.Unmarshal(b, &file)
	}
	if err != nil {
		panic(err)
	}
	all := domain.Figures{}
	for _, f := range file.Figures {
		all[f.Key] = domain.Figure{Value: f.Value}
	}
	return all
}()

var retention = domain.RetentionRules{
	domain.KeepCaseload: {Class: domain.KeepCaseload, Months: 24, Source: "our proposal", Confidence: "low"},
	domain.KeepFitNote:  {Class: domain.KeepFitNote, Months: 0, Source: "our proposal", Confidence: "low"},
}

func (p *paper) Diary() (domain.Diary, error) {
	rows, err := p.Rows()
	return domain.NewDiary(rows).At(p.Settings(), figures, p.Queue().Calendars[calendar.EnglandAndWales]), err
}

func (p *paper) WriteCalendar(path string, of screen.Calendar) (string, error) {
	p.sent = append(p.sent, of)
	return "/home/amina/" + path, p.fault()
}

// join puts somebody on the caseload.
func (p *paper) join(t testing.TB, name string) domain.ID {
	t.Helper()
	id := p.NewID()
	p.must(t, domain.Join{ID: id, Facts: map[domain.Fact]string{domain.FactName: name}})
	return id
}

func (p *paper) must(t testing.TB, cs ...domain.Command) domain.Receipt {
	t.Helper()
	r, err := p.Do(domain.Batch{ID: p.NewID(), Commands: cs}, domain.ID{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// hand drives a shell without a terminal: keys in, the screen out.
type hand struct {
	t       testing.TB
	shell   *ui.Shell
	pending []chan tea.Msg // work that has not answered yet: pauses in typing, clocks
}

func sit(t testing.TB, d screen.Desk, w, h int) *hand {
	t.Helper()
	x := &hand{t: t, shell: ui.New(ui.Options{World: screen.World{Desk: d, Now: func() time.Time { return now }}})}
	x.send(tea.WindowSizeMsg{Width: w, Height: h})
	return x
}

// send gives the shell a message and waits until the desk has answered. Other work,
// such as a pause in typing, answers when it is done.
func (x *hand) send(msg tea.Msg) {
	x.t.Helper()
	x.drain()
	x.give(msg)
	for end := time.Now().Add(5 * time.Second); x.shell.Waiting(); time.Sleep(50 * time.Microsecond) {
		if time.Now().After(end) {
			x.t.Fatal("the desk never answered")
		}
		x.drain()
	}
}

func (x *hand) give(msg tea.Msg) {
	if all, ok := msg.(tea.BatchMsg); ok {
		for _, c := range all {
			x.start(c)
		}
		return
	}
	if msg != nil {
		_, cmd := x.shell.Update(msg)
		x.start(cmd)
	}
}

// start runs a command. What answers at once is given to the shell at once.
func (x *hand) start(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	got := make(chan tea.Msg, 1)
	go func() { got <- cmd() }()
	select {
	case msg := <-got:
		x.give(msg)
	case <-time.After(time.Millisecond):
		x.pending = append(x.pending, got)
	}
}

// drain gives the shell what has been answered since.
func (x *hand) drain() {
	waiting := x.pending
	x.pending = nil
	for _, c := range waiting {
		select {
		case msg := <-c:
			x.give(msg)
		default:
			x.pending = append(x.pending, c)
		}
	}
}

// keys presses keys: names in angle brackets, the rest letter by letter.
func (x *hand) keys(s string) *hand {
	x.t.Helper()
	for len(s) > 0 {
		if s[0] == '<' {
			if end := indexByte(s, '>'); end > 1 {
				x.send(named(s[1:end]))
				s = s[end+1:]
				continue
			}
		}
		r := []rune(s)[0]
		x.send(tea.KeyPressMsg{Code: r, Text: string(r)})
		s = s[len(string(r)):]
	}
	return x
}

func indexByte(s string, b byte) int {
	for i := range len(s) {
		if s[i] == b {
			return i
		}
	}
	return -1
}

func named(name string) tea.KeyPressMsg {
	plain := map[string]rune{"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown, "space": tea.KeySpace, "left": tea.KeyLeft, "right": tea.KeyRight, "backspace": tea.KeyBackspace, "delete": tea.KeyDelete, "f1": tea.KeyF1}
	if name == "shift+tab" {
		return tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift}
	}
	if code, ok := plain[name]; ok {
		return tea.KeyPressMsg{Code: code}
	}
	if len(name) == 6 && name[:5] == "ctrl+" {
		return tea.KeyPressMsg{Code: rune(name[5]), Mod: tea.ModCtrl}
	}
	if len(name) > 4 && name[:4] == "alt+" {
		return tea.KeyPressMsg{Code: plain[name[4:]], Mod: tea.ModAlt}
	}
	panic("no key is called " + name)
}

func (x *hand) screen() string { return x.shell.View().Content }
