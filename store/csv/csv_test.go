package csv

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"coachdesk/domain/clean"
)

// TestSamePeopleInEveryDialect reads the same three invented people from files
// as many programs would have saved them.
func TestSamePeopleInEveryDialect(t *testing.T) {
	t.Parallel()
	var want struct {
		Header []string   `json:"header"`
		Rows   [][]string `json:"rows"`
	}
	b, err := os.ReadFile(filepath.Join("testdata", "people.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &want); err != nil {
		t.Fatal(err)
	}
	for name, dialect := range map[string]Dialect{
		"comma-utf8-lf.csv":         {Encoding: "UTF-8", Delimiter: ','},
		"comma-utf8-bom-quoted.csv": {Encoding: "UTF-8", BOM: true, Delimiter: ','},
		"semicolon-windows1252.csv": {Encoding: "Windows-1252", Delimiter: ';'},
		"tab-utf16le-bom.txt":       {Encoding: "UTF-16LE", BOM: true, Delimiter: '\t'},
		"tab-utf16be-bom.txt":       {Encoding: "UTF-16BE", BOM: true, Delimiter: '\t'},
		"comma-utf16le.csv":         {Encoding: "UTF-16LE", Delimiter: ','},
		"comma-utf16be.csv":         {Encoding: "UTF-16BE", Delimiter: ','},
		"bar-utf8.csv":              {Encoding: "UTF-8", Delimiter: '|'},
		"comma-old-mac.csv":         {Encoding: "UTF-8", Delimiter: ','},
		"sep-semicolon.csv":         {Encoding: "UTF-8", Delimiter: ';', SepLine: true},
		"comma-space.csv":           {Encoding: "UTF-8", Delimiter: ','},
		"blank-lines.csv":           {Encoding: "UTF-8", Delimiter: ','},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, err := os.ReadFile(filepath.Join("testdata", "people", name))
			if err != nil {
				t.Fatal(err)
			}
			sheet, err := Read(b)
			if err != nil {
				t.Fatal(err)
			}
			if sheet.Dialect != dialect {
				t.Errorf("dialect %+v, want %+v", sheet.Dialect, dialect)
			}
			if !slices.Equal(sheet.Header, want.Header) {
				t.Errorf("header %q", sheet.Header)
			}
			if got := cells(sheet); !reflect.DeepEqual(got, want.Rows) {
				t.Errorf("rows %q", got)
			}
			if len(sheet.Refused) > 0 {
				t.Errorf("refused %v", sheet.Refused)
			}
		})
	}
}

func cells(sheet *Sheet) [][]string {
	var out [][]string
	for _, r := range sheet.Rows {
		out = append(out, r.Cells)
	}
	return out
}

func TestRead(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, in string
		header   string // cells joined by |
		rows     string // line:cells, joined by \n
		refused  string
	}{
		{
			"ragged", "a,b,c\n1\n1,2,3,4\n1,2,3,,\n,,x", "a|b|c", "2:1||\n4:1|2|3\n5:||x",
			"3: The line has 4 cells, and the header names 3: a cell that holds a comma must stand in quotation marks.",
		},
		{"lines of several lines", "a;b\n\"x\r\ny\n\nz\";1\n2;3", "a|b", "2:x/y//z|1\n6:2|3", ""},
		{"Windows lines within and blank lines", "a,b\r\n\r\n\"x\r\ny\",1\r\n\r\n2,3\r\n", "a|b", "3:x/y|1\n6:2|3", ""},
		{"lazy quotes", "a,b\n5\" disc,x \"y\" z\n\"he said \"hi\" twice\",2", "a|b", "2:5\" disc|x \"y\" z\n3:he said \"hi\" twice|2", ""},
		{"text after a quote", "a,b\n\"x\"y,2", "a|b", "2:\"x\"y|2", ""},
		{"spaces around quotes", "a , \"b\" ,c\n 1 , \"2, 3\"  , 4 ", "a|b|c", "2:1|2, 3|4", ""},
		{"quote that never closes", "a,b\n\"x,1\ny,2\n", "a|b", "2:\"x|1\n3:y|2", ""},
		{"forgotten quote does not merge people", "a,b\n\"Smith,1\nJones,\"2, 3\"\n", "a|b", "2:\"Smith|1\n3:Jones|2, 3", ""},
		{"empty quotes", "a,b\n\"\",\"\"\"\"\n", "a|b", "2:|\"", ""},
		{"doubled quotes", "a\n\"ha \"\"ha\"\" ha\"", "a", "2:ha \"ha\" ha", ""},
		{"only a header", "a,b\r\n", "a|b", "", ""},
		{"one column", "name\nJo\nAnn", "name", "2:Jo\n3:Ann", ""},
		{"NUL bytes", "a\x00,b\n\x00\"1\",2\x00\n", "a|b", "2:1|2", ""},
		{"two marks", "\ufeff\ufeff\"a\",b\n1,2", "a|b", "2:1|2", ""},
		{"sep with quotes", "\"sep=|\"\na|b\n1|2,3", "a|b", "3:1|2,3", ""},
		{"sep that is a header", "sep=first;x\n1;2", "sep=first|x", "2:1|2", ""},
		{"semicolons with decimal commas", "name;rate\nAnn;1,5\nJo;2,5\n", "name|rate", "2:Ann|1,5\n3:Jo|2,5", ""},
		{"semicolons with names and commas", "Surname, first;born\nSmith, Ann;1990\n", "Surname, first|born", "2:Smith, Ann|1990", ""},
		{"commas with semicolons in notes", "name,notes\nAnn,a; b; c\nJo,d\n", "name|notes", "2:Ann|a; b; c\n3:Jo|d", ""},
		{"tabs that are empty", "a\tb\tc\n\t\t3\n1\t\t", "a|b|c", "2:||3\n3:1||", ""},
		{"escapes and overrides", "a,b\n\x1b[31mx,\u202ey\u200b\n", "a|b", "2:x|y", ""},
		{"formulas made safe", "a,b\n'=1+1,'\n'+44 20,''=x", "a|b", "2:=1+1|'\n3:+44 20|'=x", ""},
		{"broken UTF-8 among good", "näme,ü\nZoë,\xff\nMüller,ö\nß,ä", "näme|ü", "2:Zoë|\uFFFD\n3:Müller|ö\n4:ß|ä", ""},
		{"Latin without good UTF-8", "n\xe4me,b\nZo\xeb,\x80\n", "näme|b", "2:Zoë|€", ""},
		{"same name twice", "a,a\n1,2", "a|a", "2:1|2", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			sheet, err := Read([]byte(tt.in))
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(sheet.Header, "|"); got != tt.header {
				t.Errorf("header %q, want %q", got, tt.header)
			}
			var rows, refused []string
			for _, r := range sheet.Rows {
				rows = append(rows, fmt.Sprintf("%d:%s", r.Line, strings.ReplaceAll(strings.Join(r.Cells, "|"), "\n", "/")))
			}
			for _, r := range sheet.Refused {
				refused = append(refused, fmt.Sprintf("%d: %s", r.Line, r.Why))
			}
			if got := strings.Join(rows, "\n"); got != tt.rows {
				t.Errorf("rows\n%q, want\n%q", got, tt.rows)
			}
			if got := strings.Join(refused, "\n"); got != tt.refused {
				t.Errorf("refused %q, want %q", got, tt.refused)
			}
		})
	}
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                              "the file is empty: the first line should name the columns",
		"\n\r\n  \n,,\n":                "the file is empty: the first line should name the columns",
		"\xff\xfe":                      "the file is empty: the first line should name the columns",
		"sep=;\n":                       "the file is empty: the first line should name the columns",
		"PK\x03\x04rest":                "the file is an Excel or OpenDocument file, not CSV: open it and save it as “CSV UTF-8”",
		"%PDF-1.7":                      "the file is a PDF, not CSV: open it and save it as “CSV UTF-8”",
		strings.Repeat("a,", 256) + "a": "line 1 names 257 columns, and at most 256 are read",
		"x" + strings.Repeat("a", MaxCell) + ",b": "line 1 has a column name of more than 64 KiB",
		strings.Repeat("a", MaxFile+1):            "the file has 10.0 MiB, and at most 10 MiB are read: split it in two",
	} {
		if _, err := Read([]byte(in)); err == nil || err.Error() != want {
			t.Errorf("Read(%.20q…): %v, want %q", in, err, want)
		}
	}
}

func TestLimitsOfALine(t *testing.T) {
	t.Parallel()
	in := "a,b\n" +
		strings.Repeat("x", MaxCell+1) + ",1\n" +
		"\"" + strings.Repeat("y\n", MaxCell) + "\",1\n" +
		strings.Repeat(",", 300) + "x\n" +
		strings.Repeat("z", MaxCell) + ",2\n"
	sheet, err := Read([]byte(in))
	if err != nil {
		t.Fatal(err)
	}
	want := []Refused{
		{2, "A cell has more than 64 KiB."},
		{3, "A cell has more than 64 KiB."},
		{3 + MaxCell + 1, "The line has 301 cells, and at most 256 are read."},
	}
	if !slices.Equal(sheet.Refused, want) {
		t.Errorf("refused %v, want %v", sheet.Refused, want)
	}
	if len(sheet.Rows) != 1 || len(sheet.Rows[0].Cells[0]) != MaxCell {
		t.Errorf("%d rows", len(sheet.Rows))
	}
}

// TestHostileFilesAreQuick: no file makes the reader go over it again and again.
func TestHostileFilesAreQuick(t *testing.T) {
	if testing.Short() {
		t.Skip("reads many megabytes")
	}
	for name, unit := range map[string]string{
		"stray quotes":        "\"a\n",
		"stray quotes a cell": ",\"\"x",
		"delimiters":          ",",
		"quotes":              "\"",
		"quotes and lines":    "\"\"\n",
		"one cell":            "x",
		"returns":             "\r",
		"open then pairs":     "\",\"\"",
	} {
		b := []byte("a,b\n" + strings.Repeat(unit, 256<<10/len(unit)))
		start := time.Now()
		if _, err := Read(b); err != nil {
			t.Logf("%s: %v", name, err)
		}
		if took := time.Since(start); took > 30*time.Second {
			t.Errorf("%s took %s", name, took)
		} else {
			t.Logf("%s took %s", name, took)
		}
	}
}

func TestDialectString(t *testing.T) {
	t.Parallel()
	for want, d := range map[string]Dialect{
		"UTF-8, comma":            {Encoding: "UTF-8", Delimiter: ','},
		"Windows-1252, semicolon": {Encoding: "Windows-1252", Delimiter: ';'},
		"UTF-16LE, tab":           {Encoding: "UTF-16LE", Delimiter: '\t'},
		"UTF-8, vertical bar":     {Encoding: "UTF-8", Delimiter: '|'},
		"UTF-8, “^”":              {Encoding: "UTF-8", Delimiter: '^'},
	} {
		if got := d.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob(filepath.Join("testdata", "people", "*"))
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	for _, s := range []string{"", "\"", "a,b\n\"", "sep=,", "a\x00b", "\xff\xfe\x00", "a,b\n\"x\"\"\n\",\r\r\n", "'=,''=\n'\t"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		sheet, err := Read(b)
		if err != nil {
			if clean.Cell(err.Error()) != err.Error() {
				t.Errorf("unclean sentence %q", err)
			}
			return
		}
		if len(sheet.Header) == 0 || len(sheet.Header) > MaxColumns || sheet.Dialect.Encoding == "" || sheet.Dialect.Delimiter == 0 {
			t.Errorf("header %q, dialect %+v", sheet.Header, sheet.Dialect)
		}
		line := 0
		for _, r := range sheet.Rows {
			if r.Line <= line || len(r.Cells) != len(sheet.Header) {
				t.Errorf("row of line %d after line %d with %d cells", r.Line, line, len(r.Cells))
			}
			line = r.Line
			for _, c := range r.Cells {
				if clean.Text(c, MaxCell) != c {
					t.Errorf("unclean cell %q", c)
				}
			}
		}
		for _, r := range sheet.Refused {
			if r.Line < 1 || !strings.HasSuffix(r.Why, ".") {
				t.Errorf("refused %+v", r)
			}
		}
		for column, field := range Guess(sheet.Header, sheet.Rows) {
			if column < 0 || column >= len(sheet.Header) || field == "" {
				t.Errorf("column %d is guessed to be %q", column, field)
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	var s strings.Builder
	s.WriteString("ref,first name,surname,dob,address,postcode,notes\n")
	for i := range 10_000 {
		fmt.Fprintf(&s, "C-%d,Siân,Bloggs,09/12/1988,\"Flat 2, 14 Mill Lane\",CF10 1EP,\"prefers \"\"early\"\" slots\"\n", i)
	}
	in := []byte(s.String())
	b.SetBytes(int64(len(in)))
	for b.Loop() {
		if _, err := Read(in); err != nil {
			b.Fatal(err)
		}
	}
}
