package filter

import (
	"slices"
	"strings"
)

// Field is one kind of term, for the help that is made of this list.
type Field struct {
	Name    string // as it is typed before the colon, < or >
	Example string
	Meaning string
}

// Fields returns every field of the language in the order in which help shows
// them.
func Fields() []Field {
	return []Field{
		{"due", "due<7d", "something is due within 7 days, or overdue; also due>2w, due:today, due:none"},
		{"seen", "seen>4w", "last seen more than 4 weeks ago, or never; also seen<1w, seen:today, seen:never"},
		{"next", "next:today", "the next appointment is today; also next:tomorrow, next<3d, next:none"},
		{"barrier", "barrier:travel", "a barrier with this in its name"},
		{"area", "area:newham", "lives in this area"},
		{"programme", "programme:workwell", "is on this programme, or on the way to it"},
		{"owner", "owner:amina", "belongs to this coach"},
		{"with", "with:bea", "was handed to this colleague, or came from them"},
		{"nation", "nation:scotland", "bank holidays of this nation count"},
		{"group", "group:intensive", "is in this group"},
		{"lang", "lang:welsh", "prefers this language"},
		{"step", "step:cv", "a step of the plan with this in its text"},
		{"note", "note:bus", "a note holds this word (looked for in the background)"},
		{"has", "has:escalation", "there is one: " + list(flags("has"), "or")},
		{"is", "is:inwork", "the state is " + list(flags("is"), "or")},
	}
}

// flags returns the words that may follow has: and is:.
func flags(field string) []string {
	if field == "has" {
		return []string{"escalation", "plan", "fitnote", "appointment", "draft", "promise", "barrier", "phone", "concern", "referral", "handover"}
	}
	return []string{"inwork", "new", "quiet", "overdue", "answered", "waiting", "duplicate", "restricted", "retention", "paused", "landing", "silent", "covering", "covered", "returned"}
}

func names() []string {
	fields := Fields()
	out := make([]string, len(fields))
	for i, f := range fields {
		out[i] = f.Name
	}
	return out
}

func example(name string) string {
	for _, f := range Fields() {
		if f.Name == name {
			return f.Example
		}
	}
	return ""
}

// list joins words as a sentence does: "a, b or c".
func list(words []string, last string) string {
	n := len(words)
	if n < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:n-1], ", ") + " " + last + " " + words[n-1]
}

// closest returns the word that was probably meant, if one is near enough.
func closest(word string, among []string) (string, bool) {
	i := slices.IndexFunc(among, func(w string) bool {
		return len(word) >= 2 && (strings.HasPrefix(w, word) || strings.HasPrefix(word, w) && len(w) > 2)
	})
	if i >= 0 {
		return among[i], true
	}
	best, at := 3, ""
	for _, w := range among {
		if d := distance(word, w); d < best && d < len(w)-1 {
			best, at = d, w
		}
	}
	return at, at != ""
}

// distance counts the letters to change, add or leave out.
func distance(a, b string) int {
	if len(a) > 20 {
		return len(a)
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := before
			if a[i] != b[j] {
				cost++
			}
			before = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
