package domain

import (
	"slices"
	"strings"
	"unicode"
)

// LineScopes returns the scope of each line of a text that is being written.
func LineScopes(text string) []Scope {
	scope := Shareable
	var all []Scope
	for line := range strings.SplitSeq(text, "\n") {
		scope = scopeAfter(scope, line)
		all = append(all, scope)
	}
	return all
}

// scopeAfter returns the scope of a line after one of a scope.
func scopeAfter(scope Scope, line string) Scope {
	if strings.TrimFunc(line, unicode.IsSpace) == "" {
		return Shareable
	}
	if s, _, ok := cutScope(line); ok {
		return s
	}
	return scope
}

// TurnScope gives the paragraph around a line the next scope: from shareable to coach
// only, to third party, and back. It returns the text, the line on which the tag now
// stands, and by how many letters that line grew at its beginning.
func TurnScope(text string, line int) (turned string, at, grew int) {
	lines := strings.Split(text, "\n")
	at = max(0, min(line, len(lines)-1))
	for at > 0 && strings.TrimSpace(lines[at]) != "" && strings.TrimSpace(lines[at-1]) != "" {
		if _, _, tag := cutScope(lines[at]); tag {
			break
		}
		at--
	}
	scopes := LineScopes(text)
	next := Scopes[(slices.Index(Scopes, scopes[at])+1)%len(Scopes)]
	inherited := Shareable
	if at > 0 {
		inherited = scopes[at-1] // a blank line is shareable: it ends every paragraph
	}
	was := lines[at]
	words := was
	if _, rest, tag := cutScope(was); tag {
		words = rest
	}
	if next != inherited {
		words = "[" + next.String() + "] " + words
	}
	lines[at] = words
	return strings.Join(lines, "\n"), at, len([]rune(words)) - len([]rune(was))
}
