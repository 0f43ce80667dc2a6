package oruk

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"coachdesk/domain/clean"
)

// textMost is how long the description of a service is kept, in runes: what is said in
// more words is read at its own address.
const textMost = 1500

// markupMost bounds how much markup is read of one field: beyond it there are pictures.
const markupMost = 1 << 20

// silent are elements whose content is not for reading.
var silent = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Svg: true, atom.Template: true, atom.Noscript: true, atom.Head: true,
	atom.Iframe: true, atom.Object: true, atom.Select: true, atom.Textarea: true, atom.Title: true, atom.Button: true,
}

// blocks are elements that begin a line of their own.
var blocks = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Br: true, atom.Tr: true, atom.Table: true, atom.Ul: true, atom.Ol: true, atom.Section: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Blockquote: true, atom.Hr: true,
}

// Text makes plain lines of a description: markup, pictures and scripts are gone, every
// kind of blank is one, and bullets are bullets. Told says what was done.
func Text(s string) (text string, told []Fault) {
	raw := s
	if len(s) > markupMost {
		s = strings.ToValidUTF8(s[:markupMost], "")
		told = append(told, FaultLong)
	}
	s = stripped(s)
	if again := stripped(s); strings.Contains(s, "<") && again != s && looksMarked(s) {
		s, told = again, append(told, FaultEscaped)
	}
	if strings.ContainsAny(raw, "<&") && s != raw {
		told = append(told, FaultMarkup)
	}
	s = tidy(s)
	if short := clean.Text(s, textMost); short != s {
		if len([]rune(s)) > textMost {
			told = append(told, FaultLong)
		}
		s = short
	}
	if s == "" && strings.TrimSpace(raw) != "" {
		told = append(told, FaultEmpty)
	}
	return s, told
}

// looksMarked reports whether a text still has elements in it: it was escaped twice.
func looksMarked(s string) bool {
	low := strings.ToLower(s)
	for _, tag := range []string{"<p", "<br", "<div", "<span", "<ul", "<li", "<strong", "<b>", "<a ", "<em", "<h"} {
		if strings.Contains(low, tag) {
			return true
		}
	}
	return strings.Contains(low, "&nbsp;") || strings.Contains(low, "&amp;")
}

// plain is a short field without markup.
func plain(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return s
	}
	return strings.TrimSpace(stripped(s))
}

// stripped leaves the words of a text with markup.
func stripped(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return s
	}
	z := html.NewTokenizer(strings.NewReader(s))
	z.SetMaxBuf(markupMost + 1)
	var b strings.Builder
	hidden := atom.Atom(0)
	deep := 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			if hidden == 0 {
				b.Write(z.Text())
			}
		case html.StartTagToken:
			name, _ := z.TagName()
			tag := atom.Lookup(name)
			switch {
			case hidden != 0:
				if tag == hidden {
					deep++
				}
			case silent[tag]:
				hidden, deep = tag, 1
			default:
				begin(&b, tag)
			}
		case html.SelfClosingTagToken:
			name, _ := z.TagName()
			if hidden == 0 {
				begin(&b, atom.Lookup(name))
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			tag := atom.Lookup(name)
			switch {
			case hidden != 0:
				if tag == hidden {
					if deep--; deep == 0 {
						hidden = 0
					}
				}
			case blocks[tag] || tag == atom.Li:
				b.WriteByte('\n')
			}
		case html.CommentToken, html.DoctypeToken:
		}
	}
}

// begin writes what stands for the beginning of an element.
func begin(b *strings.Builder, tag atom.Atom) {
	switch {
	case tag == atom.Li:
		b.WriteString("\n• ")
	case blocks[tag]:
		b.WriteByte('\n')
	case tag == atom.Td || tag == atom.Th:
		b.WriteByte(' ')
	}
}

// bullets are signs that word processors use for a point in a list.
var bullets = strings.NewReplacer("\uf0b7", "•", "\uf0a7", "•", "\uf0d8", "•", "\uf076", "•", "\u00b7 ", "• ", "\u00a0", " ", "\u202f", " ", "\u2007", " ")

// tidy leaves no empty lines and no run of blanks.
func tidy(s string) string {
	var out []string
	for l := range strings.SplitSeq(clean.Text(bullets.Replace(s), clean.MaxText), "\n") {
		l = strings.Join(strings.Fields(l), " ")
		if l = strings.TrimSpace(l); l == "" || l == "•" {
			continue
		}
		out = append(out, l)
	}
	return strings.Join(out, "\n")
}
