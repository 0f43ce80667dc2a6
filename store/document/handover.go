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
	People   func(domain.ID) string // the name of somebody who works here
	Ref      string
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
	for_  []Receiver
	least int // lines that are kept however little room there is
	tell  func(*maker) []string
}

var staff = []Receiver{Colleague, Adviser}

// parts are the sections in their order, with who may see each. An unscoped
// paragraph is for colleagues and the adviser; others see plain facts only.
var parts = []part{
	{"In one line", []Receiver{Colleague, Adviser, Provider, Employer, Person}, 2, (*maker).oneLine},
	{"Do first", []Receiver{Colleague, Adviser}, 3, (*maker).doFirst},
	{"Safety and restrictions", []Receiver{Colleague, Adviser, Provider}, 1, (*maker).safety},
	{"How to work with this person", []Receiver{Colleague, Adviser, Provider, Employer, Person}, 4, (*maker).howToWork},
	{"State", []Receiver{Colleague, Adviser, Provider}, 6, (*maker).state},
	{"Plan", []Receiver{Colleague, Adviser, Provider, Employer, Person}, 8, (*maker).plan},
	{"Open with others", staff, 3, (*maker).openWithOthers},
	{"In work", []Receiver{Colleague, Adviser, Provider}, 1, (*maker).inWork},
	{"Consent", []Receiver{Colleague, Adviser, Provider}, 1, (*maker).consent},
	{"Not done, not known", staff, 2, (*maker).gaps},
	{"Last three sessions", staff, 6, (*maker).sessions},
}

type maker struct {
	p      domain.Participant
	o      Options
	hidden []Hidden
	title  string // of the section that is being told
}

// Handover makes the handover note of a participant for a receiver.
func Handover(p domain.Participant, o Options) Note {
	m := &maker{p: p, o: o}
	n := Note{Title: "Handover: " + clean.Line(p.Name(), 60)}
	if o.Ref != "" {
		n.Title += " (" + o.Ref + ")"
	}
	room := MostLines - 2
	for _, part := range parts {
		m.title = part.title
		lines := part.tell(m)
		if !slices.Contains(part.for_, o.For) {
			if len(lines) > 0 {
				m.hide(len(lines), "not for the "+string(o.For))
			}
			continue
		}
		n.Sections = append(n.Sections, Section{part.title, lines})
	}
	n.Sections = shorten(n.Sections, room)
	n.Hidden = m.hidden
	return n
}

// shorten cuts the longest sections until the note fits on its screen.
func shorten(sections []Section, room int) []Section {
	for {
		used, longest := 0, 0
		for i, s := range sections {
			used += len(s.Lines) + 2
			if len(s.Lines) > len(sections[longest].Lines) {
				longest = i
			}
		}
		if used <= room || len(sections[longest].Lines) <= 2 {
			return sections
		}
		s := &sections[longest]
		s.Lines = append(s.Lines[:len(s.Lines)-2:len(s.Lines)-2], "(more in the record)")
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
	lines := []string{fit(n.Title, MostColumns), ""}
	for _, s := range n.Sections {
		lines = append(lines, strings.ToUpper(s.Title))
		for _, l := range s.Lines {
			lines = append(lines, fit("  "+l, MostColumns))
		}
	}
	return strings.Join(lines[:min(len(lines), MostLines)], "\n") + "\n"
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

// fit cuts a line by runes: notes are read in mail and on paper, not only here.
func fit(s string, n int) string {
	r := []rune(clean.Cell(s))
	if len(r) <= n {
		return string(r)
	}
	return string(r[:n-1]) + "…"
}

var markdown = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "#", `\#`, "|", `\|`, "!", `\!`, "~", `\~`)

func escape(s string) string { return markdown.Replace(clean.Cell(s)) }

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
