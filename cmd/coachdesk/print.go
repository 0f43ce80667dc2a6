package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/term"

	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
)

// The rules of output. Data goes to standard output, talk to standard error. All
// text passes clean.Printable or clean.Cell here, at the printer, whatever it went
// through before: a record may come from a desk that cleans less.

// say tells the coach something, as one or more whole sentences.
func (c *call) say(format string, args ...any) {
	fmt.Fprintln(c.world.err, clean.Printable(fmt.Sprintf(format, args...)))
}

// print writes lines of data.
func (c *call) print(lines ...string) {
	for _, l := range lines {
		c.write(clean.Printable(l) + "\n")
	}
}

// write writes to standard output as it is. The first failure is kept and becomes
// the program's fault at the end: a list cut short must not look whole.
func (c *call) write(s string) {
	if c.broken != nil {
		return
	}
	if _, err := io.WriteString(c.world.out, s); err != nil {
		c.broken = fmt.Errorf("the output could not be written whole: %w", err)
	}
}

// table is rows of cells under headings. The last column is never cut where there
// is no terminal, and no other is wider than cellMost.
type table struct {
	head  []string
	rows  [][]string
	right []int // columns whose cells stand at the right, as numbers do
}

// cellMost keeps one long name from pushing every other column off the screen.
const cellMost = 40

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

func (c *call) printTable(t table) {
	if len(t.rows) == 0 {
		return
	}
	widths := make([]int, len(t.head))
	all := append([][]string{t.head}, t.rows...)
	for _, row := range all {
		for i, cell := range row {
			row[i] = clean.Cell(cell)
			widths[i] = min(max(widths[i], kit.Width(row[i])), cellMost)
		}
	}
	right := map[int]bool{}
	for _, i := range t.right {
		right[i] = true
	}
	most := c.columns()
	var b strings.Builder
	for _, row := range all {
		line := ""
		for i, cell := range row {
			switch {
			case right[i]:
				line += kit.Right(cell, widths[i])
			case i == len(row)-1:
				line += cell
			default:
				line += kit.Fill(cell, widths[i])
			}
			if i < len(row)-1 {
				line += "  "
			}
		}
		if most > 0 {
			line = kit.Cut(line, most)
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	c.write(b.String())
}

// columns is how many cells a line of the terminal has; 0 where there is none.
func (c *call) columns() int {
	f, ok := c.world.out.(*os.File)
	if !ok || !term.IsTerminal(f.Fd()) {
		return 0
	}
	w, _, err := term.GetSize(f.Fd())
	if err != nil {
		return 0
	}
	return w
}

// listing is the shape of everything that --json writes.
type listing[T any] struct {
	Schema string `json:"schema"`
	Items  []T    `json:"items"`
}

// printItems writes a list as JSON. An empty list is [], not null.
func printItems[T any](c *call, schema string, items []T) error {
	if items == nil {
		items = []T{}
	}
	return c.printJSON(listing[T]{"coachdesk." + schema, items})
}

func (c *call) printJSON(v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("the answer cannot be written as JSON: %w", err)
	}
	c.write(escapeJSON(b.String()))
	return nil
}

// escapeJSON writes as \u whatever clean would not let onto a terminal. The JSON
// means the same; a terminal that shows it stays as it was.
func escapeJSON(s string) string {
	if clean.Printable(s) == s {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf && r != 0x7f || clean.Printable("a"+string(r)+"a") == "a"+string(r)+"a":
			b.WriteRune(r)
		case r > 0xffff:
			r -= 0x10000
			fmt.Fprintf(&b, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// progress draws how far a long work is, on a terminal only and on one line.
type progress struct {
	c     *call
	what  string
	all   int
	shown int
	draws bool
}

func (c *call) progress(what string, all int) *progress {
	f, ok := c.world.err.(*os.File)
	return &progress{c: c, what: what, all: all, shown: -1, draws: ok && term.IsTerminal(f.Fd()) && all > 0}
}

// to says that n of all are done, and draws when that is another per cent.
func (p *progress) to(n int) {
	const width = 30
	if !p.draws || n*100/p.all == p.shown {
		return
	}
	p.shown = n * 100 / p.all
	full := n * width / p.all
	fmt.Fprintf(p.c.world.err, "\r%s [%s%s] %3d %%", p.what, strings.Repeat("#", full), strings.Repeat(".", width-full), p.shown)
}

// end takes the line away again.
func (p *progress) end() {
	if p.draws && p.shown >= 0 {
		fmt.Fprintf(p.c.world.err, "\r%s\r", kit.Blank(kit.Width(p.what)+40))
	}
}
