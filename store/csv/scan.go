package csv

import "strings"

// scanner cuts text into records. It keeps what a strict reader refuses: bare
// quotation marks, ragged lines, any line end.
type scanner struct {
	text      string
	at        int // the next byte
	line      int // its line in the file
	delimiter byte

	start   int      // the line where the record begins
	cells   []string // raw, at most MaxColumns of them
	columns int      // how many there were
	huge    bool     // a cell was too large, and is missing
}

// next reads the next record, and reports false at the end.
func (s *scanner) next() bool {
	if s.at >= len(s.text) {
		return false
	}
	s.start, s.cells, s.columns, s.huge = s.line, s.cells[:0], 0, false
	for {
		s.add(s.cell())
		if s.at >= len(s.text) {
			return true
		}
		if s.text[s.at] == s.delimiter {
			s.at++
			continue
		}
		s.lineEnd()
		return true
	}
}

func (s *scanner) add(cell string) {
	s.columns++
	switch {
	case len(cell) > MaxCell:
		s.huge = true
	case s.columns <= MaxColumns:
		s.cells = append(s.cells, cell)
	}
}

// lineEnd steps over CRLF, LF or CR.
func (s *scanner) lineEnd() {
	if strings.HasPrefix(s.text[s.at:], "\r\n") {
		s.at++
	}
	s.at++
	s.line++
}

// cell reads one cell and stops before the delimiter or line end after it.
func (s *scanner) cell() string {
	i := s.at
	for i < len(s.text) && s.text[i] == ' ' {
		i++
	}
	if i < len(s.text) && s.text[i] == '"' && s.columns < MaxColumns {
		if cell, end, lines, ok := s.quoted(i + 1); ok {
			s.at, s.line = end, s.line+lines
			return cell
		}
	}
	for i < len(s.text) && !s.ends(i) {
		i++
	}
	cell := s.text[s.at:i]
	s.at = i
	return cell
}

// ends reports whether the byte at i ends a cell outside quotation marks.
func (s *scanner) ends(i int) bool {
	c := s.text[i]
	return c == s.delimiter || c == '\n' || c == '\r'
}

// quoted reads a cell whose text begins at from, after its quotation mark. It
// is not ok where the mark turns out to be a stray one: when nothing closes it,
// or when a further stray one stands in a cell of several lines. Were that
// accepted, one forgotten mark would make one person out of two.
func (s *scanner) quoted(from int) (cell string, end, lines int, ok bool) {
	var b strings.Builder
	stray := false
	for i := from; i < len(s.text); i++ {
		switch c := s.text[i]; {
		case stray && (c == '\n' || c == '\r' || i-from > MaxCell):
			return "", 0, 0, false
		case c == '\n' || c == '\r':
			lines++
			if c == '\r' && i+1 < len(s.text) && s.text[i+1] == '\n' {
				i++
			}
			keep(&b, '\n')
		case c != '"':
			keep(&b, c)
		case i+1 < len(s.text) && s.text[i+1] == '"':
			keep(&b, '"')
			i++
		default:
			if end, closes := s.closes(i + 1); closes {
				return b.String(), end, lines, true
			}
			if lines > 0 {
				return "", 0, 0, false
			}
			stray = true
			keep(&b, '"')
		}
	}
	return "", 0, 0, false
}

// closes reports whether a cell may end before i, where only spaces stand
// before the delimiter, the line end or the end of the file.
func (s *scanner) closes(i int) (end int, ok bool) {
	for i < len(s.text) && s.text[i] == ' ' {
		i++
	}
	return i, i == len(s.text) || s.ends(i)
}

// keep adds a byte, but no more than it takes to know that the cell is too
// large.
func keep(b *strings.Builder, c byte) {
	if b.Len() <= MaxCell {
		b.WriteByte(c)
	}
}

// blank reports whether there is nothing in the record but delimiters and
// spaces.
func (s *scanner) blank() bool {
	return s.width() == 0
}

// width returns the number of cells without the empty ones at the end.
func (s *scanner) width() int {
	if s.huge || s.columns > MaxColumns {
		return s.columns
	}
	n := len(s.cells)
	for n > 0 && strings.Trim(s.cells[n-1], " \t") == "" {
		n--
	}
	return n
}
