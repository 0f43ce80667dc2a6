package document

import (
	"strconv"
	"strings"

	"coachdesk/domain/clean"
)

// Markdown returns the note as its receiver reads it, as Markdown. What people wrote is
// escaped.
func (n Note) Markdown() string {
	var b strings.Builder
	b.WriteString("# " + escape(n.Title) + "\n\n" + escape(n.Stamp()) + "\n")
	for _, s := range n.Open().Sections {
		b.WriteString("\n## " + escape(s.Title) + "\n\n")
		first := 0
		for _, l := range s.Lines {
			mark := "- "
			if l.Kind == KindFirst {
				first++
				mark = strconv.Itoa(first) + ". "
			}
			trimmed := strings.TrimLeft(l.Text, " ")
			indent := strings.Repeat(" ", len(l.Text)-len(trimmed))
			b.WriteString(indent + mark + escape(trimmed) + "\n")
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
