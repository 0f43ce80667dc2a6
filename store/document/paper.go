package document

import (
	"bytes"
	_ "embed"
	"html/template"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/clean"
)

func splitLines(text string) []string { return strings.Split(clean.Text(text, clean.MaxText), "\n") }

// apart reports whether each idea stands on a line of its own.
func (p Paper) apart() bool { return p.Shape == domain.EasyRead }

// paragraphs joins sentences into one, unless each stands alone.
func (p Paper) paragraphs(sentences []string) []string {
	if p.apart() || len(sentences) == 0 {
		return sentences
	}
	return []string{strings.Join(sentences, " ")}
}

// parts is what an item is told as: one line, or one an idea.
func (p Paper) parts(item []string) []string {
	if p.apart() {
		out := []string{sentence(item[0])}
		return append(out, item[1:]...)
	}
	return []string{strings.Join(item, ", ")}
}

// Text returns the paper as plain text in lines of at most 72 signs.
func (p Paper) Text() string {
	var b strings.Builder
	line := func(indent, text string) {
		for i, l := range wrapAt(clean.Cell(text), 72-len(indent)) {
			if i > 0 && strings.TrimSpace(indent) != "" {
				indent = strings.Repeat(" ", len(indent))
			}
			b.WriteString(indent + l + "\n")
		}
	}
	b.WriteString(strings.ToUpper(clean.Cell(p.Title)) + "\n")
	line("", p.Name)
	b.WriteString("\n")
	for _, s := range p.paragraphs(p.Stamp) {
		line("", s)
	}
	for _, block := range p.Blocks {
		b.WriteString("\n")
		line("", strings.ToUpper(block.Title))
		for _, s := range block.Said {
			line("  ", s)
		}
		for _, item := range block.Items {
			for i, part := range p.parts(item) {
				indent := "    "
				if i == 0 {
					indent = "  - "
				}
				line(indent, part)
			}
		}
	}
	b.WriteString("\n")
	for _, s := range p.Foot {
		line("", s)
	}
	return b.String()
}

// wrapAt breaks a text at blanks into rows of at most n runes.
func wrapAt(text string, n int) []string {
	var rows []string
	for text != "" {
		var row string
		row, text = cut(text, n)
		rows = append(rows, row)
	}
	return rows
}

// Markdown returns the paper as Markdown. What people wrote is escaped.
func (p Paper) Markdown() string {
	var b strings.Builder
	b.WriteString("# " + escape(p.Title) + "\n\n" + escape(p.Name) + "\n\n")
	for _, s := range p.paragraphs(p.Stamp) {
		b.WriteString(escape(s) + "\n\n")
	}
	for _, block := range p.Blocks {
		b.WriteString("## " + escape(block.Title) + "\n\n")
		for _, s := range block.Said {
			b.WriteString(escape(s) + "\n\n")
		}
		for _, item := range block.Items {
			for i, part := range p.parts(item) {
				indent := "  " // a line of the same item, with a hard break before it
				if i == 0 {
					indent = "- "
				}
				end := "\n"
				if i < len(p.parts(item))-1 {
					end = "\\\n"
				}
				b.WriteString(indent + escape(part) + end)
			}
		}
		if len(block.Items) > 0 {
			b.WriteString("\n")
		}
	}
	for _, s := range p.Foot {
		b.WriteString(escape(s) + "\n\n")
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

//go:embed paper.html
var paperPage string

var paperTemplate = template.Must(template.New("paper").Parse(paperPage))

// HTML returns the paper as one file that needs no other: with headings and lists that
// a screen reader walks, and rules for paper. The window's title holds no name.
func (p Paper) HTML() (string, error) {
	type item struct{ Parts []string }
	type block struct {
		Title string
		Said  []string
		Items []item
	}
	page := struct {
		Language, Title, Name, Class string
		Stamp, Foot                  []string
		Blocks                       []block
	}{Language: string(p.Language), Title: cell(p.Title), Name: cell(p.Name), Class: "plain", Stamp: cells(p.paragraphs(p.Stamp)), Foot: cells(p.Foot)}
	switch p.Shape {
	case domain.LargePrint:
		page.Class = "large"
	case domain.EasyRead:
		page.Class = "easy"
	case domain.PlainShape:
	}
	for _, bl := range p.Blocks {
		out := block{Title: cell(bl.Title), Said: cells(bl.Said)}
		for _, it := range bl.Items {
			out.Items = append(out.Items, item{cells(p.parts(it))})
		}
		page.Blocks = append(page.Blocks, out)
	}
	var b bytes.Buffer
	err := paperTemplate.Execute(&b, page)
	return b.String(), err
}

func cell(s string) string { return strings.TrimSpace(clean.Cell(s)) }

func cells(all []string) []string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = cell(s)
	}
	return out
}
