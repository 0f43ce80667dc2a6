package domain

import (
	"slices"
	"strings"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// NoteVersion is a note as one amendment left it.
type NoteVersion struct {
	ID     ID
	After  []ID // the versions that its writer knew of, the one they changed first; empty is the note as first written
	On     calendar.Day
	By     ID
	Reason string // why, and who may read it: it is only in the scopes whose words changed
	Scope  Scope

	changed []Part // of the scopes that it touches; one without lines became empty
}

// ItemID makes NoteVersion findable by its ID.
func (v NoteVersion) ItemID() ID { return v.ID }

// settle works out what the note says now: the newest version. Of two desks that
// amended apart both versions stay, and the note says that there are two.
func (n *Note) settle() {
	n.Parts, n.Apart = n.Version(n.Shown()), len(n.heads()) > 1
}

// Shown is the version that the note shows; zero as it was first written.
func (n *Note) Shown() ID {
	if len(n.Amended) == 0 {
		return ID{}
	}
	return n.Amended[len(n.Amended)-1].ID
}

// heads are the versions that no other knew of, the one that shows first.
func (n *Note) heads() []ID {
	known := map[ID]bool{}
	for _, v := range n.Amended {
		for _, id := range v.After {
			known[id] = true
		}
	}
	var heads []ID
	for _, v := range slices.Backward(n.Amended) {
		if !known[v.ID] {
			heads = append(heads, v.ID)
		}
	}
	return heads
}

// Version returns what the note said in a version; a zero ID is as first written.
func (n *Note) Version(id ID) []Part {
	at := slices.IndexFunc(n.Amended, func(v NoteVersion) bool { return v.ID == id })
	if at < 0 {
		return n.first
	}
	v, before := n.Amended[at], n.first
	if len(v.After) > 0 {
		// A version rests on an earlier one; one that names a later one is not believed.
		if i := slices.IndexFunc(n.Amended[:at], func(o NoteVersion) bool { return o.ID == v.After[0] }); i >= 0 {
			before = n.Version(v.After[0])
		}
	}
	var parts []Part
	for _, s := range Scopes {
		from := before
		if slices.ContainsFunc(v.changed, func(p Part) bool { return p.Scope == s }) {
			from = v.changed
		}
		for _, p := range from {
			if p.Scope == s && len(p.Lines) > 0 {
				parts = append(parts, p)
			}
		}
	}
	return parts
}

// Before returns what the note said before a version.
func (n *Note) Before(version ID) []Part { return n.Version(n.BeforeID(version)) }

// BeforeID returns which version a version was written over; zero is as first written.
func (n *Note) BeforeID(version ID) ID {
	if v := find(n.Amended, version); v != nil && len(v.After) > 0 {
		return v.After[0]
	}
	return ID{}
}

// Source writes a note as it would be typed, with the tags of its scopes, so that it
// can be amended. Read again it says the same.
func (n Note) Source() string {
	at := map[int]Scope{}
	text := map[int]string{}
	last := -1
	for _, p := range n.Parts {
		for _, l := range p.Lines {
			at[l.At], text[l.At], last = p.Scope, l.Text, max(last, l.At)
		}
	}
	lines := make([]string, last+1)
	scope := Shareable
	for i := range lines {
		words, there := text[i]
		if !there {
			scope = Shareable
			continue
		}
		if _, _, tag := cutScope(words); tag {
			words = words[:len(words)-len(strings.TrimLeft(words, " "))] + `\` + strings.TrimLeft(words, " ")
		}
		if at[i] != scope {
			scope = at[i]
			if i > 0 && lines[i-1] == "" && strings.HasPrefix(words, " ") {
				lines[i-1] = "[" + scope.String() + "]" // before a line that is set in, the tag stood alone
			} else {
				words = "[" + scope.String() + "] " + words
			}
		}
		lines[i] = words
	}
	return strings.Join(lines, "\n")
}

// NewMarks leaves of an amended text the marks of lines that no version had: what was
// written before has become an item already.
func (n *Note) NewMarks(w Words) []Mark {
	had := map[string]int{}
	for i := range len(n.Amended) + 1 {
		version := ID{}
		if i > 0 {
			version = n.Amended[i-1].ID
		}
		for line, times := range count(n.Version(version)) {
			had[line] = max(had[line], times)
		}
	}
	lines := map[int]string{}
	for _, p := range w.Parts {
		for _, l := range p.Lines {
			lines[l.At] = strings.TrimSpace(l.Text)
		}
	}
	var fresh []Mark
	for _, m := range w.Marks {
		if line := lines[m.Line]; had[line] > 0 {
			had[line]--
			continue
		}
		fresh = append(fresh, m)
	}
	return fresh
}

// count tells how often each line stands in a note.
func count(parts []Part) map[string]int {
	times := map[string]int{}
	for _, p := range parts {
		for _, l := range p.Lines {
			times[strings.TrimSpace(l.Text)]++
		}
	}
	return times
}

// AmendNote changes what a note says. What it said before is kept.
type AmendNote struct {
	Participant, Note ID
	Text              string
	Reason            string
	// Over is the version that was read; another may have come while somebody wrote. Nil
	// is whatever shows now.
	Over *ID
}

// For names the participant.
func (c AmendNote) For() Subject { return About(c.Participant) }

// Decide asks for a reason and for words that differ.
func (c AmendNote) Decide(p Participant, s Stamp) ([]Event, error) {
	n := find(p.Notes, c.Note)
	if n == nil {
		return nil, Refused("note", "That note is not on the record.")
	}
	if err := mayAmend(n.By, s); err != nil {
		return nil, err
	}
	if c.Over != nil && *c.Over != n.Shown() {
		return nil, Refused("version", "Somebody amended the note while you wrote. Look at it on the timeline; save again to put yours over theirs. Both are kept.")
	}
	if clean.Text(c.Text, clean.MaxText) == "" {
		return nil, Refused("text", "The note would be empty. Leave at least a word; a note that should not be there is undone.")
	}
	w := ReadNote(c.Text, s.Today, p.names(s))
	w.Marks = n.NewMarks(w)
	if err := w.Problem(); err != nil {
		return nil, err
	}
	reason, err := words("reason", "The reason", c.Reason, clean.MaxLine)
	if err != nil {
		return nil, err
	}
	events := n.amended(w, s.New(), reason)
	if events == nil {
		return nil, Refused("text", "Nothing is different from what the note says already.")
	}
	more, err := p.markEvents(w.Marks, n.Session, s)
	return append(events, more...), err
}

// amended tells each scope that differs. The reason goes to the most private one in which
// words changed, so that why a private paragraph was amended stays as private as it.
func (n *Note) amended(w Words, version ID, reason string) []Event {
	var events []Event
	why := -1
	for _, s := range Scopes { // the most private last
		was, now := linesIn(n.Parts, s), linesIn(w.Parts, s)
		if slices.Equal(was, now) {
			continue
		}
		e := NoteAmended{ID: n.ID, Version: version, After: n.heads(), Scope: s, Lines: now}
		if !slices.EqualFunc(was, now, func(a, b PlacedLine) bool { return a.Text == b.Text }) {
			why = len(events)
		}
		events = append(events, e)
	}
	if why < 0 {
		return nil
	}
	e := events[why].(NoteAmended)
	e.Reason = reason
	events[why] = e
	return events
}

func linesIn(parts []Part, s Scope) []PlacedLine {
	var lines []PlacedLine
	for _, p := range parts {
		if p.Scope == s {
			lines = append(lines, p.Lines...)
		}
	}
	return lines
}

// mayAmend lets people amend what they wrote; a team lead may amend for anybody.
func mayAmend(by ID, s Stamp) error {
	if by != s.By && s.Role != Lead {
		return Refused("role", "Somebody else wrote that. Ask them to amend it, or write a note of your own.")
	}
	return nil
}

// WhyNotAmend says why a note or a session may not be amended by somebody; empty means
// it may.
func (p Participant) WhyNotAmend(item ID, s Stamp) string {
	var err error
	if n := find(p.Notes, item); n != nil {
		err = mayAmend(n.By, s)
	} else if x := find(p.Sessions, item); x != nil {
		err = mayAmend(x.By, s)
	} else {
		return "Only a note or a session is amended."
	}
	if err != nil {
		return err.Error()
	}
	return WhyNotDo(s.Role, NoteAmended{})
}

// NoteAmended happens when a note, or the part of it in one scope, says something else.
// The parts of one version come in one batch.
type NoteAmended struct {
	ID      ID           `json:"id"`
	Version ID           `json:"version"`
	After   []ID         `json:"after,omitempty"`
	Scope   Scope        `json:"scope,omitempty"`
	Lines   []PlacedLine `json:"lines,omitempty"`
	Reason  string       `json:"reason,omitempty"`
}

var _ = know[NoteAmended]()

// Kind names the event on disk.
func (NoteAmended) Kind() string { return "note.amended" }

// Sentence says that words were changed, and in which scope if a private one.
func (e NoteAmended) Sentence() string {
	if e.Scope.Private() {
		return "A note was amended (" + e.Scope.String() + ")."
	}
	return "A note was amended."
}

// InScope implements [Scoped].
func (e NoteAmended) InScope() Scope { return e.Scope }

func (e NoteAmended) makes() ID { return e.Version }

func (e NoteAmended) touches() []ID { return append([]ID{e.ID}, e.After...) }

func (e NoteAmended) apply(p *Participant, r Record) {
	n := p.noteOf(e.ID)
	if n.On.IsZero() { // what was first written was undone elsewhere, or erased
		n.On, n.By = r.Day, r.By
	}
	v := find(n.Amended, e.Version)
	if v == nil {
		n.Amended = append(n.Amended, NoteVersion{ID: e.Version, After: e.After, On: r.Day, By: r.By})
		v = &n.Amended[len(n.Amended)-1]
	}
	v.changed = append(v.changed, Part{Scope: r.Scope, Lines: e.Lines})
	if e.Reason != "" && (v.Reason == "" || v.Scope.Private()) {
		v.Reason, v.Scope = e.Reason, r.Scope
	}
	n.settle()
}
