//go:build unix

package main

import (
	"flag"
	"fmt"
	"html"
	"image/color"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
)

// picture is the screen that the README shows: the program's own output, cell by
// cell.
const picture = "../../assets/screen.svg"

// TestGeneratedPicture draws the caseload of the demonstration. It fails when the
// picture in the README shows another screen than the program.
func TestGeneratedPicture(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts the program")
	}
	path := filepath.Join(t.TempDir(), "desk.db")
	cmd := coachdesk(t, "demo", "--people", "120", "--store", path)
	cmd.Env = []string{"HOME=" + t.TempDir(), "TEST_NOW=2026-11-23T10:00"}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	x := sitSized(t, path, 104, 26, "COLORTERM=truecolor")
	x.sees("Why now", "? help")
	want, err := os.ReadFile(picture)
	got := ""
	if f := flag.Lookup("update"); f != nil && f.Value.String() == "true" {
		time.Sleep(2 * time.Second) // the last frame
		got = x.svg()
		want, err = []byte(got), os.WriteFile(picture, []byte(got), 0o644)
	}
	for end := time.Now().Add(15 * time.Second); got != string(want) && time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		got = x.svg()
	}
	if err != nil || string(want) != got {
		t.Fatalf("%s shows another screen: run make generate (%v)", picture, err)
	}
}

const (
	cellWidth  = 8.4
	cellHeight = 18
)

// svg draws the screen as a picture: runs of one style as text over their ground.
func (x *terminal) svg() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	w, h := x.emu.Width(), x.emu.Height()
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %d" font-family="ui-monospace, Menlo, Consolas, monospace" font-size="14" role="img" aria-label="The caseload in coachdesk: people, why each needs the coach today, and what comes next">`+"\n", float64(w)*cellWidth+16, h*cellHeight+16)
	b.WriteString(`<rect width="100%" height="100%" rx="6" fill="#1e1e1e"/>` + "\n")
	for y := range h {
		for i := 0; i < w; {
			i = x.run(&b, i, y)
		}
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// run draws the cells from i on that share a style and returns the next one.
func (x *terminal) run(b *strings.Builder, i, y int) int {
	style, text, from := uv.Style{}, "", i
	if c := x.emu.CellAt(i, y); c != nil {
		style = c.Style
	}
	for ; i < x.emu.Width(); i++ {
		c := x.emu.CellAt(i, y)
		if c == nil || c.Width == 0 && c.Content == "" {
			if !style.Equal(&uv.Style{}) {
				break
			}
			text += " "
			continue
		}
		if !c.Style.Equal(&style) {
			break
		}
		text += c.Content
		i += max(0, c.Width-1)
	}
	if i == from {
		return i + 1
	}
	left, top := 8+float64(from)*cellWidth, 8+y*cellHeight
	if style.Bg != nil {
		fmt.Fprintf(b, `<rect x="%.1f" y="%d" width="%.1f" height="%d" fill="%s"/>`+"\n", left, top, float64(i-from)*cellWidth, cellHeight, hex(style.Bg))
	}
	if strings.TrimSpace(text) == "" {
		return i
	}
	ink, weight := "#e6e6e6", ""
	if style.Fg != nil {
		ink = hex(style.Fg)
	}
	if style.Attrs&uv.AttrBold != 0 {
		weight = ` font-weight="bold"`
	}
	fmt.Fprintf(b, `<text x="%.1f" y="%d" fill="%s"%s textLength="%.1f" xml:space="preserve">%s</text>`+"\n", left, top+13, ink, weight, float64(i-from)*cellWidth, html.EscapeString(text))
	return i
}

func hex(c color.Color) string {
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
