package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/term"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
)

// words is a text about a person that a verb wants: from a file, from standard
// input, or typed at a prompt. It never comes from an argument, which would stand
// in the shell's history and in every list of processes.
type words struct {
	file   string // the FILE argument; - and empty are standard input
	prompt string // what to write; empty asks for nothing at a terminal
	what   string // as the subject of a sentence: "The note"
	field  string
	most   int  // runes
	must   bool // nothing will not do
}

// inputMost is how many bytes of a text are read: more than any field holds.
const inputMost = 4 << 20

// terminal returns standard input if somebody types there.
func (c *call) terminal() (*os.File, bool) {
	f, ok := c.world.in.(*os.File)
	return f, ok && term.IsTerminal(f.Fd())
}

// mayRead refuses a text from standard input where the passphrase comes from it,
// before anything is opened.
func (c *call) mayRead(w words) error {
	if c.passphraseFrom() != "-" || w.file != "" && w.file != "-" || !w.must && w.file == "" {
		return nil
	}
	return misuse("Standard input cannot be both the passphrase and the text. Put one of the two into a file.")
}

// readWords returns the text, clean, or why it will not do.
func (c *call) readWords(w words) (string, error) {
	raw, err := c.rawWords(w)
	if err != nil {
		return "", err
	}
	text := clean.Text(raw, inputMost)
	switch n := utf8.RuneCountInString(text); {
	case text == "" && w.must:
		return "", domain.Refused(w.field, "%s is empty. Write at least a word, from standard input or at the prompt.", w.what)
	case n > w.most:
		return "", domain.Refused(w.field, "%s has %s letters and may have %s. Shorten it; nothing was saved.", w.what, thousands(n), thousands(w.most))
	}
	return text, nil
}

func (c *call) rawWords(w words) (string, error) {
	if w.file != "" && w.file != "-" {
		b, err := readSome(w.file, inputMost)
		return string(b), err
	}
	f, typed := c.terminal()
	switch {
	case !typed && w.file == "" && !w.must && c.passphraseFrom() == "-":
		return "", nil // the passphrase was all there was
	case !typed:
		return c.readAll(c.world.in, inputMost)
	case w.prompt == "" && w.file == "":
		return "", nil
	}
	if w.most > clean.MaxLine {
		c.say("%s End with a line that holds only a full stop, or with ctrl+d.", w.prompt)
		return c.typedLines(f)
	}
	c.say("%s", w.prompt)
	return c.typedLine(bufio.NewReader(f))
}

func (c *call) readAll(r io.Reader, most int64) (string, error) {
	var b []byte
	err := c.patiently(func() (err error) {
		b, err = io.ReadAll(io.LimitReader(r, most+1))
		return err
	})
	if err == nil && int64(len(b)) > most {
		err = domain.Refused("text", "Standard input holds more than %d MiB.", most>>20)
	}
	return string(b), err
}

func (c *call) typedLine(r *bufio.Reader) (string, error) {
	var line string
	err := c.patiently(func() (err error) {
		line, err = r.ReadString('\n')
		return err
	})
	if errors.Is(err, io.EOF) && line != "" {
		err = nil
	}
	return line, err
}

func (c *call) typedLines(f io.Reader) (string, error) {
	r := bufio.NewReader(f)
	var b strings.Builder
	for b.Len() < inputMost {
		line, err := c.typedLine(r)
		if strings.TrimRight(line, "\r\n") == "." || errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return "", err
		}
		b.WriteString(line)
	}
	return b.String(), nil
}

// readSome reads a file of at most some bytes.
func readSome(name string, most int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, misuse("The file cannot be read: %s", err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, most+1))
	switch {
	case err != nil:
		return nil, misuse("The file cannot be read: %s", err)
	case int64(len(b)) > most:
		return nil, domain.Refused("file", "%s holds more than %d MiB.", clean.Line(name, 200), most>>20)
	}
	return b, nil
}

// readFacts reads lines such as "phone: 020 7946 0001". A line that begins with a
// blank goes on with the value before it.
func readFacts(text string) (map[domain.Fact]string, error) {
	facts := map[domain.Fact]string{}
	var last domain.Fact
	for i, line := range strings.Split(text, "\n") {
		switch {
		case strings.TrimSpace(line) == "":
			continue
		case line[0] == ' ' && last != "":
			facts[last] += "\n" + strings.TrimSpace(line)
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		f, known := factNamed(name)
		switch {
		case !ok:
			return nil, misuse("Line %d: a field and its value are parted by a colon, as in “name: Jo Taylor”.", i+1)
		case !known:
			return nil, misuse("Line %d: %q is not something a record holds. The fields are: %s.", i+1, clean.Line(name, 40), strings.Join(factNames(), ", "))
		}
		if _, twice := facts[f.Key]; twice {
			return nil, misuse("Line %d: %s stands there twice.", i+1, f.Key)
		}
		facts[f.Key], last = strings.TrimSpace(value), f.Key
	}
	for key, v := range facts {
		if err := factFits(key, v); err != nil {
			return nil, err
		}
	}
	return facts, nil
}

// factFits refuses what is too long for a field, so that nothing is cut in silence.
func factFits(key domain.Fact, v string) error {
	f, _ := domain.FieldOf(key)
	if n := utf8.RuneCountInString(clean.Text(v, inputMost)); n > f.Max {
		return domain.Refused(string(key), "%s has %s letters and may have %s.", f.Label, thousands(n), thousands(f.Max))
	}
	return nil
}

// factNamed finds a field by its key or by what forms call it.
func factNamed(name string) (domain.FactField, bool) {
	want := clean.Fold(strings.Join(strings.Fields(name), " "))
	for _, f := range domain.Facts {
		if want == string(f.Key) || want == strings.ReplaceAll(string(f.Key), "-", " ") || want == clean.Fold(f.Label) {
			return f, true
		}
	}
	return domain.FactField{}, false
}

func factNames() []string {
	var names []string
	for _, f := range domain.Facts {
		names = append(names, string(f.Key))
	}
	return names
}

// askFacts asks at a terminal for one field after another.
func (c *call) askFacts(f *os.File, first string) (map[domain.Fact]string, error) {
	c.say("Write a field and its value, as in “phone: 020 7946 0001”. An empty line ends.\nFields: %s.", strings.Join(factNames(), ", "))
	r := bufio.NewReader(f)
	var b strings.Builder
	for prompt := first; ; prompt = "" {
		if prompt != "" {
			fmt.Fprint(c.world.err, prompt)
		} else {
			fmt.Fprint(c.world.err, "field: ")
		}
		line, err := c.typedLine(r)
		if errors.Is(err, io.EOF) || err == nil && strings.TrimSpace(line) == "" {
			break
		}
		if err != nil {
			return nil, err
		}
		if !strings.Contains(line, ":") && prompt != "" {
			line = prompt + line
		}
		if _, err := readFacts(clean.Text(line, inputMost)); err != nil {
			c.say("%s", err)
			continue
		}
		b.WriteString(strings.TrimRight(line, "\r\n") + "\n")
	}
	return readFacts(clean.Text(b.String(), inputMost))
}

// thousands writes a number as people read it: 20,000.
var thousands = kit.Thousands
