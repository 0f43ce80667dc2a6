package catalogue

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"coachdesk/domain/calendar"
)

// Section is one part of what is known of a programme, as people read it.
type Section struct {
	Title string
	Lines []Line
}

// Line is one fact of a section, with what it adds up to: a status and its days, who may
// bring somebody, a length.
type Line struct {
	Says string // empty where the fact says all
	Fact Fact
}

// Text returns a line in words, without where it comes from.
func (l Line) Text() string {
	if l.Says == "" {
		return l.Fact.Value
	}
	return l.Says + ": " + l.Fact.Value
}

// Sections returns all that is known of a programme, in the order in which a coach asks:
// may I, for whom, where, what, how long.
func (c Catalogue) Sections(p Programme) []Section {
	all := []Section{
		{Title: "What it is", Lines: plain([]Fact{p.Does})},
		{Title: "Status", Lines: statusLines(p)},
		{Title: "Who may bring somebody", Lines: routeLines(p)},
		{Title: "Whom it serves", Lines: plain(p.Serves)},
		{Title: "Whom it does not take", Lines: plain(p.Excludes)},
		{Title: "Where", Lines: c.coverLines(p)},
		{Title: "What it gives", Lines: plain(p.Offer)},
		{Title: "How long, and what is expected", Lines: c.clockLines(p)},
		{Title: "What they will want to see", Lines: plain(p.Evidence)},
		{Title: "Conditions", Lines: ruleLines(p)},
		{Title: "Figures", Lines: plain(p.Figures)},
		{Title: "Not known", Lines: plain(p.NotKnown)},
	}
	out := all[:0]
	for _, s := range all {
		if len(s.Lines) > 0 {
			out = append(out, s)
		}
	}
	return out
}

func plain(facts []Fact) []Line {
	out := make([]Line, len(facts))
	for i, f := range facts {
		out[i] = Line{Fact: f}
	}
	return out
}

func statusLines(p Programme) []Line {
	var out []Line
	for _, s := range p.Status {
		out = append(out, Line{string(s.Is) + span(s.From, s.Until), s.Fact})
	}
	return out
}

// span says from when until when; nothing where neither is known.
func span(from, until calendar.Day) string {
	s := ""
	if !from.IsZero() {
		s += " from " + from.Short(0)
	}
	if !until.IsZero() {
		s += " until " + until.Short(0)
	}
	return s
}

// Words says what a way means, for people.
func (w Way) Words() string {
	switch w {
	case ByReferral:
		return "refers"
	case ByApplication:
		return "applies"
	case BySignpost:
		return "goes alone, nothing is sent"
	case ByEscalation:
		return "asks the adviser"
	case ByTransfer:
		return "passes on inside the Jobcentre"
	case ByCoach:
		return "gives it"
	case NoWay:
		return "cannot start this"
	}
	return string(w)
}

func routeLines(p Programme) []Line {
	var out []Line
	for _, r := range p.Routes {
		says := r.Who + " " + r.By.Words()
		if strings.Contains(r.Value, says) {
			says = "" // "A coach cannot start this: …" says it already
		}
		out = append(out, Line{says, r.Fact})
	}
	return out
}

// nationNames are the nations as people write them.
var nationNames = map[Nation]string{England: "England", Wales: "Wales", Scotland: "Scotland", NorthernIreland: "Northern Ireland"}

// testWords say what decides.
var testWords = map[Test]string{ByResidence: "where they live", ByGP: "where they are registered with a GP", ByJobcentre: "which Jobcentre"}

func (c Catalogue) coverLines(p Programme) []Line {
	var out []Line
	for _, w := range p.Covers {
		var where []string
		for _, n := range w.Nations {
			where = append(where, nationNames[n])
		}
		for _, a := range c.Areas.Named(w.Area) {
			where = append(where, a.Name)
		}
		by := testWords[w.Test]
		if w.Test == "" {
			by = testsOf(c.Areas.Named(w.Area))
		}
		if by != "" {
			by = ", by " + by
		}
		out = append(out, Line{strings.Join(where, "; ") + span(w.From, w.Until) + by, w.Fact})
	}
	return out
}

// testsOf says what decides in areas of one kind.
func testsOf(areas []Area) string {
	if len(areas) == 0 {
		return ""
	}
	var words []string
	for _, t := range areas[0].Tests {
		words = append(words, testWords[t])
	}
	return strings.Join(words, " or ")
}

func (c Catalogue) clockLines(p Programme) []Line {
	var out []Line
	for _, k := range p.Clocks {
		says := k.Length() + " from " + fromWords[k.From]
		switch k.InWork {
		case "yes":
			says += ", in work"
		case "no":
			says += ", out of work"
		}
		if k.Area != "" {
			says += ", " + c.Areas.Name(k.Area)
		}
		if k.Expects != "" {
			says = "expected within " + says
		}
		out = append(out, Line{says, k.Fact})
	}
	return out
}

var fromWords = map[ClockFrom]string{
	FromStart: "the start of support", FromJobStart: "the first day of the job", FromSent: "the day it was sent", FromMet: "the first meeting",
}

// Length says how long a clock runs.
func (k Clock) Length() string {
	for _, l := range []struct {
		n    int
		unit string
	}{{k.Months, "month"}, {k.Weeks, "week"}, {k.WorkingDays, "working day"}, {k.Days, "day"}} {
		if l.n == 1 {
			return "1 " + l.unit
		}
		if l.n > 1 {
			return fmt.Sprintf("%d %ss", l.n, l.unit)
		}
	}
	return ""
}

func ruleLines(p Programme) []Line {
	var out []Line
	for _, r := range p.Rules {
		out = append(out, Line{r.Key, r.Fact})
	}
	return out
}

// From says where a fact comes from, short: the source, its date, how sure it is.
func (c Catalogue) From(f Fact) string {
	return strings.Join([]string{c.NameOf(f.Source), c.DateOf(f), f.Confidence.Words()}, " · ")
}

// Brief says how sure a fact is and from whom, as a list has room for it.
func (c Catalogue) Brief(f Fact) string {
	return f.Confidence.Words() + " · " + c.NameOf(f.Source)
}

// NameOf is a source as people know it: its short name, else its title. What is no key of
// a document is a name already.
func (c Catalogue) NameOf(source string) string {
	s := c.Sources[source]
	return cmp.Or(s.Short, s.Title, source)
}

// Words is a document as a list of documents names it: its key, its short name, and its
// title.
func (s Source) Words() string {
	if s.Short == "" {
		return s.Key + ": " + s.Title
	}
	return s.Key + ", " + s.Short + ": " + s.Title
}

// DateOf returns the date of a fact: its own, else that of its source.
func (c Catalogue) DateOf(f Fact) string {
	if f.Date != "" {
		return f.Date
	}
	if d := c.Sources[f.Source].Date; d != "" {
		return d
	}
	return "no date"
}

// Words says how sure a fact is.
func (k Confidence) Words() string {
	switch k {
	case Stated:
		return "stated"
	case Found:
		return "found"
	case Assumed:
		return "assumed"
	case Proposal:
		return "our proposal"
	case Uncertain:
		return "uncertain"
	}
	return string(k)
}

// Altered is what became different in one section of a programme.
type Altered struct {
	Section string   `json:"section"`
	Gone    []string `json:"gone,omitempty"`
	New     []string `json:"new,omitempty"`
}

// Difference returns what is different between two versions of a programme, section by
// section. A condition is compared whole, not only by its name.
func (c Catalogue) Difference(was, is Programme) []Altered {
	before, after := c.told(was), c.told(is)
	var out []Altered
	for _, s := range append(after, before...) {
		if slices.ContainsFunc(out, func(ch Altered) bool { return ch.Section == s.Title }) {
			continue
		}
		ch := Altered{Section: s.Title, Gone: missing(before, after, s.Title), New: missing(after, before, s.Title)}
		if len(ch.Gone)+len(ch.New) > 0 {
			out = append(out, ch)
		}
	}
	return out
}

// told is a programme in lines that differ when anything differs.
type told struct {
	Title string
	lines []string
}

func (c Catalogue) told(p Programme) []told {
	named := told{"Name", []string{p.Name}}
	if len(p.Aliases) > 0 {
		named.lines = append(named.lines, "also called "+strings.Join(p.Aliases, ", "))
	}
	if p.Exclusive {
		named.lines = append(named.lines, "not beside other contracted provision")
	}
	out := []told{named}
	for _, s := range c.Sections(p) {
		t := told{Title: s.Title}
		for _, l := range s.Lines {
			t.lines = append(t.lines, l.Text()+" ("+c.From(l.Fact)+")")
		}
		out = append(out, t)
	}
	for _, r := range p.Rules {
		if b, err := json.Marshal(r); err == nil {
			out = append(out, told{"Condition " + r.Key, []string{string(b)}})
		}
	}
	return out
}

// missing returns the lines of a section of one version that the other has not.
func missing(in, from []told, title string) []string {
	var out []string
	there := map[string]bool{}
	for _, t := range from {
		for _, l := range t.lines {
			there[t.Title+"\n"+l] = true
		}
	}
	for _, t := range in {
		for _, l := range t.lines {
			if t.Title == title && !there[title+"\n"+l] {
				out = append(out, l)
			}
		}
	}
	return out
}

// SourcesOf returns the documents of some keys, each once, by key.
func (c Catalogue) SourcesOf(keys []string) []Source {
	keys = slices.Compact(slices.Sorted(slices.Values(keys)))
	out := make([]Source, 0, len(keys))
	for _, k := range keys {
		if s, ok := c.Sources[k]; ok {
			out = append(out, s)
		}
	}
	return out
}
