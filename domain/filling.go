package domain

import (
	"slices"
	"strings"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Filling is what the places of a phrase are filled with.
type Filling struct {
	Names Names
	Today calendar.Day
	Next  Appointment // zero: none is booked
	Fit   FitNote     // zero: none is recorded
	Seen  calendar.Day
}

// FillFor returns what phrases are filled with when they are used on somebody.
func (p Participant) FillFor(coach string, today calendar.Day) Filling {
	f := Filling{Names: Names{Coach: coach, Person: p.Name()}, Today: today, Seen: p.LastSeen()}
	f.Next, _ = p.NextPublic(today)
	if fit, ok := p.CurrentFitNote(); ok {
		f.Fit = fit
	}
	return f
}

// fillings are the places that are no dates, as help lists them.
var fillings = []string{"name", "coach", "today", "next appointment", "fit note ends", "last seen"}

// Expand fills the places of a text. A place that nothing is known for stays as it is,
// and what is filled in makes no marks: a line has those that it has in the phrase.
func (f Filling) Expand(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		full := f.expandLine(line)
		if full == line {
			continue
		}
		if _, marks := Escape(full); marks > 0 && !startsAsItem(line) {
			full, _ = Escape(full)
		}
		lines[i] = full
	}
	return strings.Join(lines, "\n")
}

// startsAsItem reports whether a line begins with a mark or a scope.
func startsAsItem(line string) bool {
	_, marks := Escape(line)
	return marks > 0
}

func (f Filling) expandLine(line string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(line, "{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		place, after, closed := strings.Cut(rest, "}")
		words, known := f.fill(place)
		if !closed || !known {
			b.WriteByte('{')
			line = rest
			continue
		}
		b.WriteString(clean.Line(words, clean.MaxLine))
		line = after
	}
}

// places are the names between the braces of a text, each once.
func places(text string) []string {
	var all []string
	for line := range strings.SplitSeq(text, "\n") {
		for {
			_, rest, ok := strings.Cut(line, "{")
			if !ok {
				break
			}
			place, after, closed := strings.Cut(rest, "}")
			if !closed {
				break
			}
			if !slices.Contains(all, place) {
				all = append(all, place)
			}
			line = after
		}
	}
	return all
}

// fill returns what stands in a place, and whether it is one that can be filled.
func (f Filling) fill(place string) (string, bool) {
	day := func(d calendar.Day, none string) (string, bool) {
		if d.IsZero() {
			return none, true
		}
		return d.Short(f.Today), true
	}
	switch place = clean.Fold(strings.Join(strings.Fields(place), " ")); place {
	case "name":
		return firstName(f.Names.Person), true
	case "coach":
		return firstName(f.Names.Coach), true
	case "today":
		return f.Today.Short(f.Today), true
	case "next appointment":
		words, _ := day(f.Next.Day, "(no appointment booked)")
		if !f.Next.Day.IsZero() && f.Next.Minute >= 0 {
			words += " " + calendar.Clock(f.Next.Minute)
		}
		return words, true
	case "fit note ends":
		return day(f.Fit.To, "(no fit note)")
	case "last seen":
		return day(f.Seen, "(not seen yet)")
	}
	d, err := calendar.Parse(place, f.Today, calendar.Forward)
	if err != nil {
		return "", false
	}
	return d.Short(f.Today), true
}

// CutAbbr finds, at the end of what was typed up to the cursor, the short name of a
// phrase that waits to be expanded: ";bus".
func CutAbbr(before string) (abbr string, ok bool) {
	at := strings.LastIndexByte(before, ';')
	if at < 0 || at > 0 && !strings.ContainsRune(" \t", rune(before[at-1])) {
		return "", false // in the middle of a word a semicolon is one
	}
	word := before[at+1:]
	abbr, err := ReadAbbr(word)
	return abbr, err == nil && abbr == word
}

// Repeated is a line that somebody wrote into many records.
type Repeated struct {
	Line    string
	Records int
}

// RepeatedLines returns the lines of one author that stand in at least so many records,
// the most frequent first; a line of fewer words is true of many. It counts only what colleagues may read, and says nothing
// about whose records they are: it is for the author, who may not have noticed.
func RepeatedLines(author ID, people []Participant, least, words int) []Repeated {
	type line struct {
		text string
		in   int
	}
	seen := map[string]*line{}
	for _, p := range people {
		here := map[string]bool{}
		for _, n := range p.Notes {
			if n.By != author {
				continue
			}
			for _, l := range linesIn(n.Parts, Shareable) {
				key := clean.Fold(strings.TrimSpace(l.Text))
				if here[key] || len(strings.Fields(key)) < words {
					continue
				}
				here[key] = true
				if seen[key] == nil {
					seen[key] = &line{text: strings.TrimSpace(l.Text)}
				}
				seen[key].in++
			}
		}
	}
	var out []Repeated
	for _, l := range seen {
		if l.in >= least {
			out = append(out, Repeated{l.text, l.in})
		}
	}
	slices.SortFunc(out, func(a, b Repeated) int {
		if a.Records != b.Records {
			return b.Records - a.Records
		}
		return strings.Compare(a.Line, b.Line)
	})
	return out
}
