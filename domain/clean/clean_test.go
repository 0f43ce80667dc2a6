package clean

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// hostile holds text as it arrives and as it must be stored on one line.
var hostile = []struct{ name, in, want string }{
	{"plain", "Jo Ann Bloggs", "Jo Ann Bloggs"},
	{"empty", "", ""},
	{"only space", " \t\n ", ""},
	{"colour", "Ann\x1b[31mRED\x1b[0m", "AnnRED"},
	{"clear screen", "\x1b[2J\x1b[HBob", "Bob"},
	{"window title", "\x1b]0;owned\x07Bob", "Bob"},
	{"clipboard", "\x1b]52;c;cm0gLXJmIH4=\x07Bob", "Bob"},
	{"link", "\x1b]8;;http://evil.example\x1b\\Bob\x1b]8;;\x1b\\", "Bob"},
	{"eight-bit CSI", "\u009b31mBob", "31mBob"},
	{"raw byte 0x9b", "\x9b31mBob", "\uFFFD31mBob"},
	{"device control", "\x1bP$q\"p\x1b\\Bob", "Bob"},
	{"kitty graphics", "\x1b_Ga=T,f=100;AAAA\x1b\\Bob", "Bob"},
	{"title that never ends", "Bob\x1b]0;rest", "Bob"},
	{"lone escape", "Bob\x1b", "Bob"},
	{"sequence within a sequence", "\x1b\x1b[[31mBob", "31mBob"},
	{"put together by stripping", "\x1b\x1b]0;x\x07]52;c;QQ==\x07Bob", "]52;c;QQ==Bob"},
	{"title ended within a rune", "\x1b]0;\u2713Bob", "Bob"},
	{"backspaces", "approved\b\b\bdenied", "approveddenied"},
	{"carriage return", "Bob Smith\rEve", "Bob Smith Eve"},
	{"forged line", "Bob\r\nDEA: approved", "Bob DEA: approved"},
	{"tabs and runs", "a \t\t b  c\n\nd", "a b c d"},
	{"form feed and line separators", "a\fb\vc\u0085d\u2028e\u2029f", "a b c d e f"},
	{"no-break and ideographic space", "a\u00a0b\u3000c", "a b c"},
	{"NUL, BEL, DEL", "B\x00o\x07b\x7f", "Bob"},
	{"bidirectional override", "\u202etpircS\u202c exe", "tpircS exe"},
	{"bidirectional isolate", "\u2066Bob\u2069\u200e\u061c", "Bob"},
	{"zero width", "B\u200bo\ufeffb\u2060", "Bob"},
	{"soft hyphen", "Bo\u00adb", "Bob"},
	{"tags", "Bob\U000e0041\U000e0042", "Bob"},
	{"private use", "B\ue000o\U000f0000b", "Bob"},
	{"not characters", "B\uffffo\ufdd0b\U0001fffe", "Bob"},
	{"object replacement", "B\ufffcob", "Bob"},
	{"blank letters", "\u3164\u115f\u1160\uffa0\u2800\u034f\u17b4", ""},
	{"stacked marks", "B" + strings.Repeat("\u0336\u0321", 40) + "ob", "B\u0336\u0336\u0336\u0336ob"},
	{"marks on nothing", "\u0301\u0301Bob \u0301", "Bob"},
	{"invalid UTF-8", "B\xff\xfeob", "B\uFFFDob"},
	{"surrogate bytes", "\xed\xa0\x80Bob", "\uFFFDBob"},
	{"family emoji falls apart", "👨\u200d👩\u200d👧", "👨👩👧"},
	{"emoji lose their selectors", "🏳\ufe0f\u200d🌈", "🏳🌈"},
	{"Persian keeps", "می\u200cخواهم", "می\u200cخواهم"},
	{"Sinhala keeps", "ශ්\u200dරී", "ශ්\u200dරී"},
	{"joiner in a Latin name", "B\u200do\u200cb", "Bob"},
	{"joiner at the end of a word", "می\u200c خواهم\u200d", "می خواهم"},
	{"joiners in a row", "ශ්\u200d\u200d\u200cරී", "ශ්\u200dරී"},
	{"Welsh keeps", "Siân Llŷr", "Siân Llŷr"},
	{"decomposed", "Zoe\u0308", "Zoë"},
	{"accent kept apart", "Zoe\u200b\u0308", "Zoë"},
	{"typeset", "O’Brien – “£5” … €", "O’Brien – “£5” … €"},
	{"Korean", "김철수", "김철수"},
	{"Korean decomposed", norm.NFD.String("김철수"), "김철수"},
	{"Vietnamese", norm.NFD.String("Nguyễn Thị Ánh"), "Nguyễn Thị Ánh"},
	{"keycap", "1\ufe0f\u20e3", "1\u20e3"},
}

func TestLine(t *testing.T) {
	t.Parallel()
	for _, tt := range hostile {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := Line(tt.in, MaxLine); got != tt.want {
				t.Errorf("Line(%q) = %q, want %q", tt.in, got, tt.want)
			}
			audit(t, tt.in)
		})
	}
}

func TestText(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, in, want string }{
		{"lines keep", "one\n\n  two\nthree", "one\n\n  two\nthree"},
		{"Windows lines", "one\r\ntwo\r\n", "one\ntwo"},
		{"old Mac lines", "one\rtwo", "one\ntwo"},
		{"tab", "a\tb", "a    b"},
		{"separators", "a\u2028b\u2029c\u0085d\fe", "a\nb\nc\nd\ne"},
		{"spacing keeps", "a  b", "a  b"},
		{"ends are trimmed", "\n\n a \n\u200b\n", "a"},
		{"mark at the start of a line", "a\n\u0301b", "a\nb"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := Text(tt.in, MaxText)
			if got != tt.want {
				t.Errorf("Text(%q) = %q, want %q", tt.in, got, tt.want)
			}
			audit(t, tt.in)
		})
	}
}

func TestLimit(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, in string
		max      int
		want     string
	}{
		{"fits", "abcde", 5, "abcde"},
		{"too long", "abcdef", 5, "abcd…"},
		{"already cut", "abcd…", 5, "abcd…"},
		{"accents count once", "éééééé", 5, "éééé…"},
		{"decomposed accents count once", strings.Repeat("e\u0301", 5), 5, "ééééé"},
		{"space before the cut", "abc def", 5, "abc…"},
		{"space at the cut", "abcd ef", 5, "abcd…"},
		{"never between letter and mark", "abcx\u0323\u0325d", 5, "abc…"},
		{"never inside a chain", "ab\u0dc1\u0dca\u200d\u0dbb", 5, "ab…"},
		{"one rune", "abc", 1, "…"},
		{"nothing", "abc", 0, ""},
		{"less than nothing", "abc", -3, ""},
		{"spaces do not count at the end", "abc" + strings.Repeat(" ", 50) + "\u200b", 3, "abc"},
		{"far beyond", strings.Repeat("é\u200b", 4000), 3, "éé…"},
		{"many marks", strings.Repeat("x\u0323\u0325\u0330\u0331", 50), 11, "x\u0323\u0325\u0330\u0331x\u0323\u0325\u0330\u0331…"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := Line(tt.in, tt.max); got != tt.want {
				t.Errorf("Line(%q, %d) = %q, want %q", tt.in, tt.max, got, tt.want)
			}
		})
	}
}

func TestPrintable(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, in, want, cell string }{
		{"as it was", "  a  b\n\n c \n", "  a  b\n\n c \n", "  a  b   c  "},
		{"escape", "a\x1b[31mb\n", "ab\n", "ab "},
		{"tab", "a\tb", "a    b", "a b"},
		{"carriage return", "a\rb", "a\nb", "a b"},
		{"overrides", "\u202eabc", "abc", "abc"},
		{"accents", "  Sia\u0302n  ", "  Siân  ", "  Siân  "},
		{"mark on nothing", " \u0301x", " x", " x"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := Printable(tt.in); got != tt.want {
				t.Errorf("Printable(%q) = %q, want %q", tt.in, got, tt.want)
			}
			if got := Cell(tt.in); got != tt.cell {
				t.Errorf("Cell(%q) = %q, want %q", tt.in, got, tt.cell)
			}
		})
	}
}

func TestFold(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                     "",
		"amina":                "amina",
		"Amina KHAN":           "amina khan",
		"Siân Llŷr":            "sian llyr",
		"Zoe\u0308":            "zoe",
		"ŁUKASZ Straße":        "lukasz strasse",
		"Ægir Ødegård":         "aegir odegard",
		"O’Brien":              "o'brien",
		"İstanbul ISPARTA ırk": "istanbul isparta irk",
		"Nguyễn Thị":           "nguyen thi",
		"Ｆｕｌｌ":                 "full",
		"Ελλάδα":               "ελλαδα",
		"김철수":                  "김철수",
		"कि":                   "कि",
		"مُحَمَّد":             "محمد",
		"می\u200cخواهم":        "میخواهم",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestRandomSequences puts together what attackers would, in every order.
func TestRandomSequences(t *testing.T) {
	t.Parallel()
	letters := []rune{
		0x1b, 0x1b, '[', ']', '0', '5', ';', 'm', 7, 0x9b, 0x9c, 0x9d, 0x90, 'P', '\\', 'A', ' ', ' ',
		0x202e, 0x200b, 0x200c, 0x200d, 0x301, 0x323, 0x308, 0x304, 0x1d165, 0x302e, 0x903, 0x915, 0x1161, 0x11a8, 0x1100,
		'é', 'ǖ', 0x1f468, 0xfe0f, 0x20e3, '\n', '\r', '\t', 8, '…', 0x34f, 0x2126, 0x2000, 0x3164, '김', 'ệ',
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 10_000 { // the fuzz test goes further
		var b strings.Builder
		for range random.IntN(16) {
			if random.IntN(12) == 0 {
				b.WriteByte(byte(0x80 + random.IntN(128)))
			} else {
				b.WriteRune(letters[random.IntN(len(letters))])
			}
		}
		audit(t, b.String())
		if t.Failed() {
			return
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, tt := range hostile {
		f.Add(tt.in)
	}
	f.Add("\U0001d15e\U0001d165\U0001d165" + strings.Repeat("\U0001d165", 40))
	f.Add("ǖ\u200b\u0323\u0331\u0330\u0325\u0324")
	f.Fuzz(audit)
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"Amina", "Siân", "ŁUKASZ", "İI", "ΑΣ", "ﬁ Ⅷ ½", "ϴ ẞ", "\u1e9e\u0345"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if twice := Fold(once); twice != once {
			t.Errorf("Fold(%q) = %q, and again %q", s, once, twice)
		}
		if !utf8.ValidString(once) {
			t.Errorf("Fold(%q) = %q is not valid UTF-8", s, once)
		}
	})
}

// TestFoldEveryRune looks for the odd letter whose folding is not settled.
func TestFoldEveryRune(t *testing.T) {
	t.Parallel()
	for r := rune(0); r <= unicode.MaxRune; r++ {
		once := Fold(string(r))
		if twice := Fold(once); twice != once {
			t.Errorf("Fold(U+%04X) = %q, and again %q", r, once, twice)
		}
	}
}

// audit checks every promise of the package on one input.
func audit(t *testing.T, in string) {
	t.Helper()
	for _, max := range []int{1, 2, 3, 5, 9, MaxLine} {
		line, text := Line(in, max), Text(in, max)
		inspect(t, "Line", in, line, max, Line(line, max))
		inspect(t, "Text", in, text, max, Text(text, max))
		if strings.ContainsRune(line, '\n') {
			t.Errorf("Line(%q) = %q has more than one line", in, line)
		}
		if Printable(text) != text || Cell(line) != line {
			t.Errorf("the printer changes what the door let in: %q, %q", text, line)
		}
	}
	printable, cell := Printable(in), Cell(in)
	inspect(t, "Printable", in, printable, 4*len(in), Printable(printable))
	inspect(t, "Cell", in, cell, 4*len(in), Cell(cell))
	if slow := (pass{}).through(printable, len(printable)); slow != printable {
		t.Errorf("the quick look lets %q through, the filter makes it %q", printable, slow)
	}
}

func inspect(t *testing.T, who, in, out string, max int, again string) {
	t.Helper()
	if out != again {
		t.Errorf("%s(%q, %d) = %q, and again %q", who, in, max, out, again)
	}
	if n := utf8.RuneCountInString(out); n > max {
		t.Errorf("%s(%q, %d) has %d runes", who, in, max, n)
	}
	if !utf8.ValidString(out) || !norm.NFC.IsNormalString(out) {
		t.Errorf("%s(%q) = %q is not composed UTF-8", who, in, out)
	}
	marks := 0
	for _, r := range norm.NFD.String(out) {
		if unicode.IsControl(r) && r != '\n' || unicode.In(r, unicode.Co, unicode.Cs, unicode.Bidi_Control) ||
			r >= 0xe0000 && r <= 0xe007f || r == 0x200b || r == 0xfeff || r == 0x3164 || r == 0x34f {
			t.Errorf("%s(%q) = %q holds U+%04X", who, in, out, r)
		}
		if unicode.In(r, unicode.Mn, unicode.Me) {
			marks++
		} else if r != 0x200c && r != 0x200d && !unicode.Is(unicode.Mc, r) {
			marks = 0
		}
		if marks > maxMarks {
			t.Errorf("%s(%q) = %q piles up more than %d marks", who, in, out, maxMarks)
		}
	}
}

func TestPlainTextCostsNothing(t *testing.T) {
	for name, f := range map[string]func(){
		"Line":      func() { Line("Macdonald, Amelia", MaxLine) },
		"Line é":    func() { Line("Siân O’Neill", MaxLine) },
		"Text":      func() { Text("agreed to try\na work trial", MaxText) },
		"Printable": func() { Printable("  agreed to try\na work trial\n") },
		"Cell":      func() { Cell("  Amelia  ") },
		"Fold":      func() { Fold("macdonald amelia") },
	} {
		if n := testing.AllocsPerRun(100, f); n != 0 {
			t.Errorf("%s allocates %v times for plain text", name, n)
		}
	}
}

func BenchmarkText(b *testing.B) {
	for name, s := range map[string]string{
		"name":    "Macdonald, Amelia",
		"Welsh":   "Siân Llŷr",
		"note":    strings.Repeat("agreed to try a work trial – café. ", 60),
		"hostile": "\x1b]8;;http://evil.example\x1b\\Bob\x1b]8;;\x1b\\",
		"Persian": "می\u200cخواهم",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Text(s, MaxText)
			}
		})
	}
}
