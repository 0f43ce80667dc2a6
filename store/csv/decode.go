package csv

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// foreign names the kind of a file that is certainly no text.
func foreign(b []byte) string {
	for magic, kind := range map[string]string{
		"PK\x03\x04":       "an Excel or OpenDocument file",
		"\xd0\xcf\x11\xe0": "an old Excel file",
		"%PDF-":            "a PDF",
		"\x1f\x8b":         "compressed",
	} {
		if bytes.HasPrefix(b, []byte(magic)) {
			return kind
		}
	}
	return ""
}

// decode turns the bytes into UTF-8 and says what they were.
func decode(b []byte) (string, Dialect) {
	switch {
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		return string(b[3:]), Dialect{Encoding: "UTF-8", BOM: true}
	case bytes.HasPrefix(b, []byte("\xff\xfe")):
		return wide(b[2:], unicode.LittleEndian), Dialect{Encoding: "UTF-16LE", BOM: true}
	case bytes.HasPrefix(b, []byte("\xfe\xff")):
		return wide(b[2:], unicode.BigEndian), Dialect{Encoding: "UTF-16BE", BOM: true}
	}
	switch big, little := zeros(b); {
	case little:
		return wide(b, unicode.LittleEndian), Dialect{Encoding: "UTF-16LE"}
	case big:
		return wide(b, unicode.BigEndian), Dialect{Encoding: "UTF-16BE"}
	case mostlyUTF8(b):
		return string(b), Dialect{Encoding: "UTF-8"}
	}
	return through(b, charmap.Windows1252), Dialect{Encoding: "Windows-1252"}
}

func wide(b []byte, order unicode.Endianness) string {
	return through(b, unicode.UTF16(order, unicode.IgnoreBOM))
}

// through decodes bytes. What cannot be decoded becomes U+FFFD, so there is no
// error to speak of; should there be one, the bytes go on as they are and are
// cleaned like any other.
func through(b []byte, from encoding.Encoding) string {
	out, err := from.NewDecoder().Bytes(b)
	if err != nil {
		return string(b)
	}
	return string(out)
}

// zeros reports whether the text is UTF-16 without a mark: in European text
// nearly every other byte is zero, and always the same one of the two.
func zeros(b []byte) (big, little bool) {
	sample := b[:min(len(b), 4096)&^1]
	if len(sample) < 4 {
		return false, false
	}
	var even, odd int
	for i := 0; i < len(sample); i += 2 {
		if sample[i] == 0 {
			even++
		}
		if sample[i+1] == 0 {
			odd++
		}
	}
	pairs := len(sample) / 2
	return even*10 > pairs*6 && odd*10 < pairs, odd*10 > pairs*6 && even*10 < pairs
}

// mostlyUTF8 reports whether the text is UTF-8, if need be with a few broken
// letters. Text of Windows-1252 hardly ever looks like UTF-8 by accident.
func mostlyUTF8(b []byte) bool {
	if utf8.Valid(b) {
		return true
	}
	good, bad := 0, 0
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good++
		}
		b = b[size:]
	}
	return good > 4*bad
}

// delimiters are tried in this order; among equals the first wins. A comma
// comes last, because it stands in names and decimal numbers everywhere.
const delimiters = "\t;|,"

func delimiterName(r rune) string {
	switch r {
	case ',':
		return "comma"
	case ';':
		return "semicolon"
	case '\t':
		return "tab"
	case '|':
		return "vertical bar"
	}
	return "“" + string(r) + "”"
}

// sepLine takes a first line such as sep=; off the text, and returns the text
// that is left and the number of its first line.
func (d *Dialect) sepLine(text string) (rest string, line int) {
	end := strings.IndexAny(text, "\r\n")
	if end < 0 {
		return text, 1
	}
	first := strings.Trim(text[:end], "\" ")
	if len(first) != len("sep=;") || !strings.EqualFold(first[:4], "sep=") || !strings.ContainsRune(delimiters+":^~", rune(first[4])) {
		return text, 1
	}
	d.SepLine, d.Delimiter = true, rune(first[4])
	if strings.HasPrefix(text[end:], "\r\n") {
		end++
	}
	return text[end+1:], 2
}

// guessDelimiter chooses the delimiter by which most of the first records have
// as many cells as the header.
func guessDelimiter(text string) rune {
	best, bestScore, bestWidth := ',', -1, 0
	for _, candidate := range delimiters {
		s := scanner{text: text[:min(len(text), 256<<10)], line: 1, delimiter: byte(candidate)}
		width, same, records := 0, 0, 0
		for records < 100 && s.next() {
			if s.blank() {
				continue
			}
			if records++; records == 1 {
				width = s.columns
			}
			if s.columns == width {
				same++
			}
		}
		if width < 2 {
			continue
		}
		score := same * 10 / records
		if score > bestScore || score == bestScore && width > bestWidth {
			best, bestScore, bestWidth = candidate, score, width
		}
	}
	return best
}
