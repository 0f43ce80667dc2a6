package document

import (
	_ "embed"
	"fmt"
	"strings"
)

//go:embed note.css
var noteStyle string

// HTML returns the note as its receiver reads it, as one file that needs no other, with
// headings and lists that a screen reader walks and rules for paper. The window's title
// holds no name. See [Paper.HTML] for why no template makes it.
func (n Note) HTML() string {
	var b strings.Builder
	beginPage(&b, "en", "Handover note", noteStyle)
	fmt.Fprintf(&b, "<body>\n<header>\n<h1>%s</h1>\n<p>%s</p>\n</header>\n<main>\n", text(n.Title), text(n.Stamp()))
	for _, s := range n.Open().Sections {
		fmt.Fprintf(&b, "<section>\n<h2>%s</h2>\n", text(s.Title))
		writeItems(&b, s)
		b.WriteString("</section>\n")
	}
	b.WriteString("</main>\n<footer>\n<p>For its receiver alone. Keep it safe, and destroy it when it has done its work.</p>\n</footer>\n</body>\n</html>\n")
	return b.String()
}

// beginPage writes a page up to its body.
func beginPage(b *strings.Builder, language, title, style string) {
	fmt.Fprintf(b, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", text(language))
	b.WriteString("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"robots\" content=\"noindex\">\n")
	fmt.Fprintf(b, "<title>%s</title>\n<style>\n%s</style>\n</head>\n", text(title), style)
}

// writeItems writes the lines of a section as a list: numbered where their order counts,
// and with a list of its own below a line that others belong to.
func writeItems(b *strings.Builder, s Section) {
	list := "ul"
	if s.Lines[0].Kind == KindFirst {
		list = "ol"
	}
	b.WriteString("<" + list + ">\n")
	for i := 0; i < len(s.Lines); {
		b.WriteString("<li>" + text(s.Lines[i].Text))
		if i++; i < len(s.Lines) && s.Lines[i].under() {
			b.WriteString("\n<ul>\n")
			for ; i < len(s.Lines) && s.Lines[i].under(); i++ {
				b.WriteString("<li>" + text(s.Lines[i].Text) + "</li>\n")
			}
			b.WriteString("</ul>\n")
		}
		b.WriteString("</li>\n")
	}
	b.WriteString("</" + list + ">\n")
}

// under reports whether a line belongs to the one above.
func (l Line) under() bool { return strings.HasPrefix(l.Text, "  ") }
