// Package document turns a participant into papers that people read: the handover
// note in text and Markdown. It shows only what the receiver may see, and says what
// it left out and why.
package document

import (
	"fmt"
	"slices"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Receiver is for whom a paper is made.
type Receiver string

// The receivers.
const (
	Colleague Receiver = "colleague"
	Adviser   Receiver = "dea"
	Provider  Receiver = "provider"
	Employer  Receiver = "employer"
	Person    Receiver = "person"
)

// Receivers lists all there are.
var Receivers = []Receiver{Colleague, Adviser, Provider, Employer, Person}

// Options say for whom, when and why a handover note is made.
type Options struct {
	For      Receiver
	Today    calendar.Day
	Calendar *calendar.Calendar
	Waits    domain.Waits
	Reviews  domain.Reviewing
	Reasons  domain.Reasons
	Queue    domain.Queue           // what the clocks of referrals and the names of programmes come from
	People   func(domain.ID) string // the name of somebody who works here
	Ref      string
	To       string // the name of a receiver outside the office; empty is any of its kind
	Basis    Basis  // of a note that leaves the office, when it is not consent
	// The parts that the coach writes; empty leaves what the record says.
	Why, Summary, HowToWork, Gaps string
}

// Note is a handover note: its sections in order, and what the receiver may not see.
type Note struct {
	Title    string
	Sections []Section
	Hidden   []Hidden
}

// Section is a heading with its lines. Lines that belong to the one above begin
// with two blanks.
type Section struct {
	Title string
	Lines []string
}

// Hidden says what was left out of a section, how many of it, and why.
type Hidden struct {
	Section string
	Count   int
	Why     string
}

// MostLines and MostColumns hold a note to one screen (domain.md, section 4).
const (
	MostLines   = 60
	MostColumns = 96
)

// part is one section of the note: who may see it, and how it is told.
type part struct {
	title string
	whose []Receiver
	tell  func(*maker) []string
}

var (
	staff    = []Receiver{Colleague, Adviser}
	outside  = []Receiver{Colleague, Adviser, Provider}
	employed = []Receiver{Colleague, Adviser, Provider, Employer}
	everyone = Receivers
)

// parts are the sections in their order, with who may see each. An unscoped
// paragraph is for colleagues and the adviser; a provider and an employer see plain
// facts only, and the person the plan and the promises.
var parts = []part{
	{"In one line", everyone, (*maker).oneLine},
	{"Do first", staff, (*maker).doFirst},
	{"Safety and restrictions", outside, (*maker).safety},
	{"How to work with this person", employed, (*maker).howToWork},
	{"State", outside, (*maker).state},
	{"Plan", everyone, (*maker).plan},
	{"Open with others", staff, (*maker).openWithOthers},
	{"In work", staff, (*maker).inWork},
	{"Consent", everyone, (*maker).consent},
	{"Not done, not known", staff, (*maker).gaps},
	{"Last three sessions", staff, (*maker).sessions},
}

type maker struct {
	p      domain.Participant
	o      Options
	hidden []Hidden
	title  string // of the section that is being told
}

// Handover makes the handover note of a participant for a receiver.
func Handover(p domain.Participant, o Options) Note {
	if o.For.Outside() {
		p = p.Outside()
	}
	m := &maker{p: p, o: o}
	n := Note{Title: "Handover: " + clean.Line(p.Name(), 60)}
	if o.Ref != "" {
		n.Title += " (" + o.Ref + ")"
	}
	for _, part := range parts {
		m.title = part.title
		lines := part.tell(m)
		if !slices.Contains(part.whose, o.For) {
			m.hide(len(lines), "not for the "+string(o.For))
			continue
		}
		if len(lines) == 0 {
			lines = []string{"No consent covers this part."}
		}
		n.Sections = append(n.Sections, Section{part.title, lines})
	}
	n.Sections = shorten(n.Sections, MostLines-2) // the title and a blank
	n.Hidden = m.hidden
	return n
}

// shorten takes lines off the longest section until the text fits on its screen,
// and says so at its end.
func shorten(sections []Section, room int) []Section {
	const more = "(more in the record)"
	for {
		used, longest, height := 0, 0, 0
		for i, s := range sections {
			h := 0
			for _, l := range s.Lines {
				h += len(wrap(l))
			}
			if used += h + 1; h > height {
				longest, height = i, h
			}
		}
		s := &sections[longest]
		if used <= room || len(s.Lines) < 2 {
			return sections
		}
		keep := s.Lines[:len(s.Lines)-1]
		if s.Lines[len(keep)] == more {
			keep = keep[:len(keep)-1]
		}
		s.Lines = append(slices.Clone(keep), more)
	}
}

func (m *maker) hide(n int, why string) {
	if n > 0 {
		m.hidden = append(m.hidden, Hidden{m.title, n, why})
	}
}

// open lets a text out unless its scope is private; then it counts as hidden.
func (m *maker) open(s domain.Scope) bool {
	if s.Private() {
		m.hide(1, s.String()+": never leaves the desk")
		return false
	}
	return true
}

func (m *maker) isStaff() bool { return slices.Contains(staff, m.o.For) }

func (m *maker) who(id domain.ID) string {
	if m.o.People == nil || id.IsZero() {
		return "the coach"
	}
	if n := m.o.People(id); n != "" {
		return clean.Line(n, 60)
	}
	return "the coach"
}

func (m *maker) day(d calendar.Day) string {
	return d.Short(m.o.Today) + ", " + d.Distance(m.o.Today)
}

// called names an owner for this receiver.
func (m *maker) called(o domain.Owner) string {
	switch o {
	case domain.ByPerson:
		if m.o.For == Person {
			return "you"
		}
		return clean.Line(m.p.Name(), 40)
	case domain.ByCoach:
		return "work coach"
	case domain.ByAdviser:
		return "DEA"
	case domain.ByProvider, domain.ByEmployer:
	}
	return "the " + string(o)
}

// fact returns a plain fact with its label; nothing when it is not known.
func (m *maker) fact(label string, f domain.Fact) []string {
	v := m.p.Fact(f)
	if v == "" {
		return nil
	}
	return []string{label + ": " + clean.Line(v, 200)}
}

// Text returns the note as plain text of at most [MostLines] lines.
func (n Note) Text() string {
	title, _ := cut(clean.Cell(n.Title), MostColumns)
	lines := []string{title, ""}
	for _, s := range n.Sections {
		lines = append(lines, strings.ToUpper(s.Title))
		for _, l := range s.Lines {
			lines = append(lines, wrap(l)...)
		}
	}
	return strings.Join(lines[:min(len(lines), MostLines)], "\n") + "\n"
}

// rowsMost is how many rows one line of a note may take; what is longer is cut.
const rowsMost = 4

// wrap breaks a line into rows of at most [MostColumns], the later ones indented. It
// counts runes: a note is read in mail and on paper, not only in a terminal.
func wrap(line string) []string {
	text := clean.Cell(line)
	trimmed := strings.TrimLeft(text, " ")
	indent := "  " + strings.Repeat(" ", len(text)-len(trimmed))
	var rows []string
	for trimmed != "" && len(rows) < rowsMost {
		row, rest := cut(trimmed, MostColumns-len(indent))
		rows = append(rows, indent+row)
		if len(rows) == 1 {
			indent += "  "
		}
		trimmed = rest
	}
	if trimmed != "" {
		last := []rune(rows[len(rows)-1])
		rows[len(rows)-1] = string(last[:min(len(last), MostColumns-1)]) + "…"
	}
	return rows
}

// cut takes a row of at most n runes off a text, at a blank if there is one.
func cut(text string, n int) (row, rest string) {
	runes := []rune(text)
	if len(runes) <= n {
		return text, ""
	}
	at := n
	for at > n/2 && runes[at] != ' ' {
		at--
	}
	if runes[at] != ' ' {
		at = n
	}
	return strings.TrimRight(string(runes[:at]), " "), strings.TrimLeft(string(runes[at:]), " ")
}

// Markdown returns the note as Markdown. What people wrote is escaped.
func (n Note) Markdown() string {
	var b strings.Builder
	b.WriteString("# " + escape(n.Title) + "\n")
	for _, s := range n.Sections {
		b.WriteString("\n## " + s.Title + "\n\n")
		for _, l := range s.Lines {
			trimmed := strings.TrimLeft(l, " ")
			indent := strings.Repeat(" ", len(l)-len(trimmed))
			b.WriteString(indent + "- " + escape(trimmed) + "\n")
		}
	}
	return b.String()
}

var markdown = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "#", `\#`, "|", `\|`, "!", `\!`, "~", `\~`, "&", `\&`, "$", `\$`)

// escape makes a text plain words in Markdown, at the beginning of a line too: there
// a sign or a number with a full stop would begin a list.
func escape(s string) string {
	s = markdown.Replace(strings.TrimSpace(clean.Cell(s)))
	if s != "" && strings.ContainsRune("-+=", rune(s[0])) {
		return `\` + s
	}
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	if digits > 0 && digits < len(s) && strings.IndexByte(".)", s[digits]) >= 0 {
		return s[:digits] + `\` + s[digits:]
	}
	return s
}

// HiddenWords says in sentences what was left out, for whoever sends the note.
func (n Note) HiddenWords() []string {
	var out []string
	for _, h := range n.Hidden {
		unit := "lines"
		if h.Count == 1 {
			unit = "line"
		}
		out = append(out, fmt.Sprintf("%s: %d %s left out, %s.", h.Section, h.Count, unit, h.Why))
	}
	return out
}
