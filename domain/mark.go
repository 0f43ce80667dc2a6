package domain

import (
	"strings"
	"unicode"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Owner is who is to do something.
type Owner string

// The owners are stored.
const (
	ByCoach    Owner = "coach"
	ByPerson   Owner = "person"
	ByAdviser  Owner = "dea"
	ByProvider Owner = "provider"
	ByEmployer Owner = "employer"
)

// Owners lists all there are.
var Owners = []Owner{ByPerson, ByCoach, ByAdviser, ByProvider, ByEmployer}

// MarkKind is the sign at the beginning of a line that makes it an item.
type MarkKind rune

// The marks of a note. The grammar, line by line:
//
//	line   = [blanks] mark " " [owner ":"] words [" by " date] [" " before]
//	mark   = ">" promise | "!" step | "?" question to the DEA | "#" barrier
//	       | "+" adjustment | "@" appointment
//	       | `"` what matters, in the person's words | "=" a strength of theirs
//	before = "before:" ("job-start" | "review" | "next" | "fitnote-end"), of a step; "by" may
//	         stand in front of it
//	@ line = "@ " date [time] [channel]
//	scope  = "[coach only]" | "[third party]" | "[shareable]" at the start of a line;
//	         it holds until the next scope or blank line
//	escape = "\" before a mark or a scope makes it plain words
const (
	MarkPromise     MarkKind = '>'
	MarkStep        MarkKind = '!'
	MarkQuestion    MarkKind = '?'
	MarkBarrier     MarkKind = '#'
	MarkAdjustment  MarkKind = '+'
	MarkAppointment MarkKind = '@'
	MarkMatters     MarkKind = '"'
	MarkStrength    MarkKind = '='
)

// Marks lists the marks with what each makes, in the order in which help shows them.
var Marks = []struct {
	Kind MarkKind
	Name string
}{
	{MarkPromise, "promise"},
	{MarkStep, "step"},
	{MarkQuestion, "question to the DEA"},
	{MarkBarrier, "barrier"},
	{MarkAdjustment, "adjustment"},
	{MarkAppointment, "appointment"},
	{MarkMatters, "what matters to them"},
	{MarkStrength, "strength"},
}

func (k MarkKind) String() string {
	for _, m := range Marks {
		if m.Kind == k {
			return m.Name
		}
	}
	return "words"
}

// Mark is one line of a note that becomes an item on the record.
type Mark struct {
	Line    int // from 0
	Kind    MarkKind
	Text    string
	Owner   Owner        // promises and steps
	Due     calendar.Day // promises, steps; the day of an appointment
	Before  Anchor       // of a step, in place of a date
	Minute  int          // of an appointment, since midnight; -1 unknown
	Channel string       // of an appointment
	Scope   Scope
	Problem string // why the line cannot become an item as it stands
}

// Part is all text of a note in one scope. Lines keep their place in the whole
// note, so that a reader of several scopes sees them in order.
type Part struct {
	Scope Scope
	Lines []PlacedLine
}

// PlacedLine is a line of a note and where it stands.
type PlacedLine struct {
	At   int    `json:"at"`
	Text string `json:"text"`
}

// Words is a note as read: its text by scope, and its marks.
type Words struct {
	Parts []Part // without empty ones, in the order of Scopes
	Marks []Mark
	Lines []Scope // the scope of each line
}

// Problem returns the first mark that cannot become an item, as a [Refusal].
func (w Words) Problem() error {
	for _, m := range w.Marks {
		if m.Problem != "" {
			return Refused("text", "Line %d: %s", m.Line+1, m.Problem)
		}
	}
	return nil
}

// ReadNote reads a note's marks and scopes by the grammar above. Dates are taken
// from today. It never fails: what is wrong stands in each mark's Problem.
func ReadNote(text string, today calendar.Day, names Names) Words {
	var w Words
	scope := Shareable
	parts := map[Scope]*Part{}
	for i, raw := range strings.Split(clean.Text(text, clean.MaxText), "\n") {
		line := strings.TrimRightFunc(raw, unicode.IsSpace)
		if line == "" {
			scope = Shareable
			w.Lines = append(w.Lines, scope)
			continue
		}
		if s, rest, ok := cutScope(line); ok {
			scope, line = s, rest
		}
		w.Lines = append(w.Lines, scope)
		if line == "" {
			continue
		}
		if m, ok := readMark(line, today, names); ok {
			m.Line, m.Scope = i, scope
			m.refuseToHide()
			w.Marks = append(w.Marks, m)
		}
		if parts[scope] == nil {
			parts[scope] = &Part{Scope: scope}
		}
		parts[scope].Lines = append(parts[scope].Lines, PlacedLine{i, unescape(line)})
	}
	for _, s := range Scopes {
		if parts[s] != nil {
			w.Parts = append(w.Parts, *parts[s])
		}
	}
	return w
}

var scopeTags = map[string]Scope{"[coach only]": CoachOnly, "[third party]": ThirdParty, "[shareable]": Shareable}

func cutScope(line string) (Scope, string, bool) {
	trimmed := strings.TrimLeftFunc(line, unicode.IsSpace)
	if !strings.HasPrefix(trimmed, "[") {
		return 0, line, false
	}
	end := strings.IndexByte(trimmed, ']')
	if end < 0 {
		return 0, line, false
	}
	s, ok := scopeTags[strings.ToLower(strings.Join(strings.Fields(trimmed[:end+1]), " "))]
	return s, strings.TrimLeftFunc(trimmed[end+1:], unicode.IsSpace), ok
}

// Escape puts a backslash before every line of a pasted text that would count as a
// mark or a scope, so that it stays plain words until somebody accepts it. The text
// is cleaned first: what it would become is what counts.
func Escape(text string) (escaped string, marks int) {
	lines := strings.Split(clean.Printable(text), "\n")
	for i, line := range lines {
		trimmed := strings.TrimLeftFunc(line, unicode.IsSpace)
		_, _, scope := cutScope(line)
		if _, ok := cutMark(trimmed); ok || scope {
			lines[i] = line[:len(line)-len(trimmed)] + `\` + trimmed
			marks++
		}
	}
	return strings.Join(lines, "\n"), marks
}

// Unescape takes the backslashes away again: the lines count from now on.
func Unescape(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = unescape(line)
	}
	return strings.Join(lines, "\n")
}

// Escaped counts the lines of a text that would be marks without their backslash.
func Escaped(text string) int {
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		if unescape(line) != line {
			n++
		}
	}
	return n
}

func unescape(line string) string {
	trimmed := strings.TrimLeftFunc(line, unicode.IsSpace)
	rest, ok := strings.CutPrefix(trimmed, `\`)
	if !ok {
		return line
	}
	_, _, scope := cutScope(rest)
	if _, mark := cutMark(rest); !mark && !scope {
		return line
	}
	return line[:len(line)-len(trimmed)] + rest
}

// cutMark reports the mark that a line without leading blanks begins with.
func cutMark(line string) (MarkKind, bool) {
	if len(line) < 2 || line[1] != ' ' || !strings.ContainsRune(">!?#+@\"=", rune(line[0])) {
		return 0, false
	}
	return MarkKind(line[0]), strings.TrimSpace(line[2:]) != ""
}

func readMark(line string, today calendar.Day, names Names) (Mark, bool) {
	trimmed := strings.TrimLeftFunc(line, unicode.IsSpace)
	kind, ok := cutMark(trimmed)
	if !ok {
		return Mark{}, false
	}
	m := Mark{Kind: kind, Text: clean.Line(trimmed[2:], clean.MaxText), Minute: -1}
	switch kind {
	case MarkAppointment:
		m.readAppointment(today)
	case MarkPromise, MarkStep:
		m.Owner = ByCoach
		if kind == MarkStep {
			m.Owner = ByPerson
		}
		if before, after, ok := strings.Cut(m.Text, ":"); ok {
			if o, known := names.Owner(before); known {
				m.Owner, m.Text = o, strings.TrimSpace(after)
			}
		}
		m.readDue(today)
		if m.Text == "" {
			m.Problem = "a " + kind.String() + " needs words that say what is to be done."
		}
	case MarkQuestion, MarkBarrier, MarkAdjustment, MarkMatters, MarkStrength:
	}
	return m, true
}

// refuseToHide says that a private paragraph makes no fact: whoever works with the
// person reads facts.
func (m *Mark) refuseToHide() {
	if m.Scope.Private() && (m.Kind == MarkMatters || m.Kind == MarkStrength) {
		m.Problem = "whoever works with them reads this. Write it after a blank line, outside [" + m.Scope.String() + "]."
	}
}

// readDue takes a date off the end: the last " by " that a date follows.
func (m *Mark) readDue(today calendar.Day) {
	if m.readBefore() {
		return
	}
	i := strings.LastIndex(strings.ToLower(" "+m.Text), " by ")
	if i < 0 {
		return
	}
	phrase := m.Text[i+len("by "):]
	d, err := calendar.Parse(phrase, today, calendar.Forward)
	if err == nil && d < today {
		err = notPast(d, today)
	} else if err == nil {
		m.Due, m.Text = d, strings.TrimSpace(m.Text[:max(i-1, 0)])
		return
	}
	// "go by bus" is no date; "by 31 feb" was meant as one.
	if strings.ContainsAny(phrase, "0123456789") && len(strings.Fields(phrase)) <= 4 {
		m.Problem = err.Error()
	}
}
