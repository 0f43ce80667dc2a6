// Package document turns a participant into papers that people read: the handover
// note in text and Markdown. It shows only what the receiver may see, and says what
// it left out and why.
package document

import (
	"fmt"
	"slices"
	"strconv"
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

func (r Receiver) String() string {
	if r == Adviser {
		return "Disability Employment Adviser"
	}
	return string(r)
}

// phrase is the receiver with its article.
func (r Receiver) phrase() string {
	switch r {
	case Colleague, Provider:
		return "a " + string(r)
	case Employer:
		return "an employer"
	case Adviser, Person:
	}
	return "the " + r.String()
}

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
	To       string  // the name of a receiver outside the office; empty is any of its kind
	By       string  // who makes it; empty says nothing
	Sharing  Sharing // who reads which lines
	Basis    Basis   // of a note that leaves the office, when it is not consent
	// The parts that the coach writes; empty leaves what the record says.
	Why, Summary, HowToWork, Gaps string
}

// Note is a handover note: its sections in order, with every line that there is. Those
// that the receiver does not read are marked; [Note.Open] leaves them out.
type Note struct {
	Ref      string
	For      Receiver
	To       string // the name of a receiver outside the office, where it is known
	By       string // who made it
	Made     calendar.Day
	Title    string
	Sections []Section
}

// Section is a heading with its lines.
type Section struct {
	Key   string
	Title string
	Lines []Line
}

// Hidden says what was left out of a section, how many lines of it, and why.
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

// tellers tell the sections, by their keys in the data.
var tellers map[string]func(*maker)

func init() { // a table of functions that lead back to it
	tellers = map[string]func(*maker){
		"one-line": (*maker).oneLine, "do-first": (*maker).doFirst, "safety": (*maker).safety, "how-to-work": (*maker).howToWork,
		"state": (*maker).state, "open": (*maker).openWithOthers, "in-work": (*maker).inWork, "consent": (*maker).consent,
		"gaps": (*maker).gaps, "sessions": (*maker).sessions,
	}
}

// Handover makes the handover note of a participant for a receiver.
func Handover(p domain.Participant, o Options) Note {
	m := &maker{p: p, o: o}
	n := Note{Ref: o.Ref, For: o.For, To: clean.Line(o.To, 80), By: clean.Line(o.By, 80), Made: o.Today, Title: "Handover: " + clean.Line(p.Name(), 60)}
	if o.Ref != "" {
		n.Title += " (" + o.Ref + ")"
	}
	for _, rule := range o.Sharing.sections {
		m.here = Section{Key: rule.Key, Title: rule.title(o.For)}
		tellers[rule.Key](m)
		if len(m.here.Lines) > 0 {
			n.Sections = append(n.Sections, m.here)
		}
	}
	n.shorten(MostLines - 3) // the title, for whom it is, and a blank
	return n
}

// Open returns the note as its receiver reads it: every paper is made of this.
func (n Note) Open() Note {
	out := n
	out.Sections = nil
	for _, s := range n.Sections {
		s.Lines = slices.DeleteFunc(slices.Clone(s.Lines), func(l Line) bool { return !l.Open() })
		if len(s.Lines) > 0 {
			out.Sections = append(out.Sections, s)
		}
	}
	return out
}

// noRoom is why the end of a long section is not read.
const noRoom = "no room on the page"

// shorten takes lines off the longest section until what is read fits on its screen,
// and says so at its end.
func (n Note) shorten(room int) {
	const more = "(more in the record)"
	for {
		used, longest, height := 0, -1, 0
		for i, s := range n.Sections {
			h, open := 0, 0
			for _, l := range s.Lines {
				if l.Open() {
					h += len(wrap(l.Text))
					open++
				}
			}
			if open > 0 {
				used += h + 1
			}
			if h > height && open > 1 {
				longest, height = i, h
			}
		}
		if used <= room || longest < 0 {
			return
		}
		s := &n.Sections[longest]
		if at := lastOpen(s.Lines); s.Lines[at].Text == more {
			s.Lines = slices.Delete(s.Lines, at, at+1)
		}
		at := lastOpen(s.Lines)
		s.Lines[at].Hidden = noRoom
		s.Lines = slices.Insert(s.Lines, at, Line{Text: more})
	}
}

// lastOpen is where the last line that is read stands.
func lastOpen(lines []Line) int {
	for i, l := range slices.Backward(lines) {
		if l.Open() {
			return i
		}
	}
	return -1
}

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

// Text returns the note as its receiver reads it, as plain text of at most [MostLines]
// lines.
func (n Note) Text() string {
	lines := n.Open().rows(func(l Line) []string { return wrap(l.Text) })
	return strings.Join(lines[:min(len(lines), MostLines)], "\n") + "\n"
}

// previewMost is how many rows one line of a preview may take: the reason is never cut.
const previewMost = 40

// hiddenMark begins the lines of a preview that the receiver does not read.
const hiddenMark = "✗ "

// Preview returns all of the note for whoever writes it: what the receiver does not read
// begins with a mark and ends with the reason. It is for their own screen alone; what is
// private stays unsaid unless it is asked for, because others may see the screen.
func (n Note) Preview(private bool) string {
	return strings.Join(n.rows(func(l Line) []string {
		if l.Open() {
			return wrap(l.Text)
		}
		if l.Scope.Private() && !private {
			return wrap(hiddenMark + "[" + l.Scope.String() + ", not shown]")
		}
		return wrapIn(hiddenMark+strings.TrimSpace(l.Text)+" [left out: "+l.Hidden+"]", previewMost)
	}), "\n") + "\n"
}

// rows are the title, and the sections with their lines.
func (n Note) rows(of func(Line) []string) []string {
	title, _ := cut(clean.Cell(n.Title), MostColumns)
	made, _ := cut(clean.Cell(n.Stamp()), MostColumns)
	lines := []string{title, made, ""}
	for _, s := range n.Sections {
		lines = append(lines, strings.ToUpper(s.Title))
		first := 0
		for _, l := range s.Lines {
			if l.Kind == KindFirst && l.Open() {
				first++
				l.Text = strconv.Itoa(first) + ". " + l.Text
			}
			lines = append(lines, of(l)...)
		}
	}
	return lines
}

// Stamp says for whom the note is, of which day, and by whom.
func (n Note) Stamp() string {
	text := "For " + n.For.phrase()
	if n.To != "" {
		text += " " + n.To
	}
	text += ", made on " + dateWords(n.Made)
	if n.By != "" {
		text += " by " + n.By
	}
	return text + "."
}

// rowsMost is how many rows one line of a note may take; what is longer is cut.
const rowsMost = 4

// wrap breaks a line into rows of at most [MostColumns], the later ones indented. It
// counts runes: a note is read in mail and on paper, not only in a terminal.
func wrap(line string) []string { return wrapIn(line, rowsMost) }

func wrapIn(line string, most int) []string {
	text := clean.Cell(line)
	trimmed := strings.TrimLeft(text, " ")
	indent := "  " + strings.Repeat(" ", len(text)-len(trimmed))
	var rows []string
	for trimmed != "" && len(rows) < most {
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

// twoRows cuts a text so that it takes two rows of a note and no more.
func twoRows(text string) string {
	head, rest := cut(clean.Cell(text), MostColumns-2)
	second, rest := cut(rest, MostColumns-5)
	if rest != "" {
		second += "…"
	}
	return strings.TrimRight(head+" "+second, " ")
}

// Hidden counts what was left out, by section and reason.
func (n Note) Hidden() []Hidden {
	var out []Hidden
	for _, s := range n.Sections {
		for _, l := range s.Lines {
			if l.Open() {
				continue
			}
			at := slices.IndexFunc(out, func(h Hidden) bool { return h.Section == s.Title && h.Why == l.Hidden })
			if at < 0 {
				out, at = append(out, Hidden{s.Title, 0, l.Hidden}), len(out)
			}
			out[at].Count++
		}
	}
	return out
}

// HiddenWords says in sentences what was left out, for whoever sends the note.
func (n Note) HiddenWords() []string {
	var out []string
	for _, h := range n.Hidden() {
		unit := "lines"
		if h.Count == 1 {
			unit = "line"
		}
		out = append(out, fmt.Sprintf("%s: %d %s left out, %s.", h.Section, h.Count, unit, h.Why))
	}
	return out
}
