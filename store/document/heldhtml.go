package document

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"coachdesk/domain/clean"
)

// HTML tells it as one page that needs no other, with headings that a screen reader
// walks. The window's title holds no name.
func (h Held) HTML() string {
	var b strings.Builder
	beginPage(&b, "en", "Everything held on one person", noteStyle)
	fmt.Fprintf(&b, "<body>\n<header>\n<h1>Everything held on %s</h1>\n<p>%s</p>\n", text(h.Ref), text(h.Made.Long()))
	for _, n := range h.Notes {
		b.WriteString("<p>" + text(n) + "</p>\n")
	}
	b.WriteString("</header>\n<main>\n")
	begin := func(title string, n int) { fmt.Fprintf(&b, "<section>\n<h2>%s: %d</h2>\n", text(title), n) }
	end := func() { b.WriteString("</section>\n") }
	records := func(title string, all []HeldRecord) {
		begin(title, len(all))
		for _, r := range all {
			fmt.Fprintf(&b, "<h3>%s, %s%s</h3>\n<p>%s (%s%s)</p>\n", r.At.Format(heldTime), text(orElsewhere(r.By)), text(roleWords(r.Role)), text(r.Sentence), text(r.Scope), text(marks(r)))
			writeFields(&b, r.Fields)
		}
		end()
	}
	records("Records", h.Records)
	begin("Drafts", len(h.Drafts))
	for _, d := range h.Drafts {
		fmt.Fprintf(&b, "<h3>%s, %s, %s</h3>\n", d.At.Format(heldTime), text(orElsewhere(d.By)), text(d.Place))
		fields := map[string]any{}
		for k, v := range d.Fields {
			fields[k] = v
		}
		writeFields(&b, fields)
	}
	end()
	lines := func(title string, all []string) {
		begin(title, len(all))
		if len(all) > 0 {
			b.WriteString("<ul>\n")
			for _, l := range all {
				b.WriteString("<li>" + text(l) + "</li>\n")
			}
			b.WriteString("</ul>\n")
		}
		end()
	}
	lines("Who opened the record", h.lookLines())
	lines("Lists and bundles that they were in", h.wentLines())
	if len(h.Waiting) > 0 {
		records("Records that another desk brought and that are not part of the record", h.Waiting)
	}
	if len(h.Also) > 0 {
		b.WriteString("<p>" + alsoHeld + "</p>\n")
	}
	lines("Copies that hold the record too", h.copyLines())
	if len(h.Others) > 0 {
		begin(toBeLookedAt, len(h.Others))
		for _, o := range h.Others {
			fmt.Fprintf(&b, "<h3>%s, %s</h3>\n", o.At.Format(heldTime), text(o.Kind))
			writeFields(&b, o.Fields)
		}
		end()
	}
	b.WriteString("</main>\n</body>\n</html>\n")
	return b.String()
}

// writeFields writes what a record holds as terms with what stands under each.
func writeFields(b *strings.Builder, fields map[string]any) {
	var terms strings.Builder
	last := ""
	for _, k := range slices.Sorted(maps.Keys(fields)) {
		eachField(k, fields[k], func(name, value string) {
			if name != last { // a list has one term
				terms.WriteString("<dt>" + text(name) + "</dt>\n")
			}
			last = name
			terms.WriteString("<dd>" + paragraph(value) + "</dd>\n")
		})
	}
	if terms.Len() > 0 {
		b.WriteString("<dl>\n" + terms.String() + "</dl>\n")
	}
}

// paragraph is a text of several lines as text of a page.
func paragraph(value string) string {
	lines := strings.Split(clean.Text(value, clean.MaxText), "\n")
	for i, l := range lines {
		lines[i] = text(l)
	}
	return strings.Join(lines, "\n")
}
