// Package csv reads other people's spreadsheets saved as text, whatever program
// and country they come from, and guesses what the columns mean.
//
// Nothing is lost in silence: a line that cannot be taken is listed in Refused
// with its number and the reason.
package csv

import (
	"errors"
	"fmt"
	"strings"

	"coachdesk/domain/clean"
)

const (
	// MaxFile is the largest file that is read, in bytes.
	MaxFile = 10 << 20
	// MaxCell is the largest cell that is taken, in bytes.
	MaxCell = 64 << 10
	// MaxColumns is the largest number of columns.
	MaxColumns = 256
)

// Sheet is a file that was read. Every row has as many cells as the header, and
// every cell is clean text.
type Sheet struct {
	Header  []string
	Rows    []Row
	Dialect Dialect
	Refused []Refused
}

// Row is one line of data, and the number of the line in the file where it
// begins.
type Row struct {
	Line  int
	Cells []string
}

// Refused is a line that was not taken, and why.
type Refused struct {
	Line int
	Why  string // a sentence for people
}

// Dialect is how the file turned out to be written.
type Dialect struct {
	Encoding  string // such as UTF-8, UTF-16LE or Windows-1252
	BOM       bool   // the file begins with a byte order mark
	Delimiter rune
	SepLine   bool // the first line was sep=…, as Excel writes it
}

// String describes the dialect in a few words.
func (d Dialect) String() string {
	return d.Encoding + ", " + delimiterName(d.Delimiter)
}

// Read reads a file of any dialect. The error is a sentence for people, and is
// for files from which nothing can be read.
func Read(b []byte) (*Sheet, error) {
	if len(b) > MaxFile {
		return nil, fmt.Errorf("the file has %.1f MiB, and at most %d MiB are read: split it in two", float64(len(b))/(1<<20), MaxFile>>20)
	}
	if kind := foreign(b); kind != "" {
		return nil, fmt.Errorf("the file is %s, not CSV: open it and save it as “CSV UTF-8”", kind)
	}
	text, dialect := decode(b)
	text = strings.TrimLeft(strings.ReplaceAll(text, "\x00", ""), "\ufeff")
	rest, line := dialect.sepLine(text)
	if dialect.Delimiter == 0 {
		dialect.Delimiter = guessDelimiter(rest)
	}
	sheet := &Sheet{Dialect: dialect}
	s := scanner{text: rest, line: line, delimiter: byte(dialect.Delimiter)}
	for s.next() {
		if s.blank() {
			continue
		}
		if sheet.Header == nil {
			if err := sheet.head(&s); err != nil {
				return nil, err
			}
			continue
		}
		sheet.take(&s)
	}
	if sheet.Header == nil {
		return nil, errors.New("the file is empty: the first line should name the columns")
	}
	return sheet, nil
}

func (sheet *Sheet) head(s *scanner) error {
	if s.columns > MaxColumns {
		return fmt.Errorf("line %d names %d columns, and at most %d are read", s.start, s.columns, MaxColumns)
	}
	if s.huge {
		return fmt.Errorf("line %d has a column name of more than %d KiB", s.start, MaxCell>>10)
	}
	sheet.Header = make([]string, len(s.cells))
	for i, cell := range s.cells {
		sheet.Header[i] = clean.Line(cell, clean.MaxLine)
	}
	return nil
}

// take adds the scanner's record to the rows, or to what was refused.
func (sheet *Sheet) take(s *scanner) {
	refuse := func(format string, args ...any) {
		sheet.Refused = append(sheet.Refused, Refused{s.start, fmt.Sprintf(format, args...)})
	}
	cells := make([]string, len(sheet.Header))
	switch width := s.width(); {
	case s.huge:
		refuse("A cell has more than %d KiB.", MaxCell>>10)
		return
	case s.columns > MaxColumns:
		refuse("The line has %d cells, and at most %d are read.", s.columns, MaxColumns)
		return
	case width > len(cells):
		refuse("The line has %d cells, and the header names %d: a cell that holds a %s must stand in quotation marks.",
			width, len(cells), delimiterName(sheet.Dialect.Delimiter))
		return
	}
	for i := range min(len(cells), len(s.cells)) {
		cells[i] = cell(s.cells[i])
	}
	sheet.Rows = append(sheet.Rows, Row{Line: s.start, Cells: cells})
}

// cell makes a raw cell clean. Its limit is that of the file: what is too long
// for a field is for the field to refuse, not to be cut here.
func cell(raw string) string {
	return clean.Text(Restore(strings.Trim(raw, " ")), MaxCell)
}
