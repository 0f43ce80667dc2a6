package csv

import (
	stdcsv "encoding/csv"
	"io"
)

// bom tells a spreadsheet that what follows is UTF-8.
const bom = "\xef\xbb\xbf"

// Write writes a list after RFC 4180: commas, CRLF, quotation marks where they are
// needed. What a spreadsheet would take for a formula is defused, so that [Read] gives
// every cell back as it was.
func Write(w io.Writer, header []string, rows [][]string, mark bool) error {
	if mark {
		if _, err := io.WriteString(w, bom); err != nil {
			return err
		}
	}
	out := stdcsv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(header); err != nil {
		return err
	}
	for _, row := range rows {
		safe := make([]string, len(row))
		for i, cell := range row {
			safe[i] = Defuse(cell)
		}
		if err := out.Write(safe); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
