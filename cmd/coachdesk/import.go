package main

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/store"
	"coachdesk/store/csv"
)

func (c *call) importVerb() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "import",
		Short: "Bring in what other programs know",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			return misuse("Say what to import: coachdesk import people FILE, or services FILE|URL.")
		},
	}
	var maps []string
	var dry bool
	people := &cobra.Command{
		Use:   "people FILE",
		Short: "Take on everybody in a CSV file of any dialect",
		Long: "import people reads a CSV file, guesses what its columns hold and says so. A line that cannot be taken is\n" +
			"told with its number and the reason; a field that cannot be right is left out and told, and the person is\n" +
			"taken on without it. Whoever is here already is not doubled: the reference decides, else name, date of\n" +
			"birth and postcode together. At the end those are told who may be one person twice.\n\n" +
			"The fields are those of add, and given, family and notes; “ignore” leaves a column out.",
		Example: "  coachdesk import people list.csv --dry-run\n  coachdesk import people list.csv --map 'Known as=name' --map 4=ignore",
		Args:    needs("FILE"),
		RunE:    func(_ *cobra.Command, args []string) error { return c.importPeople(args[0], maps, dry) },
	}
	people.Flags().StringArrayVar(&maps, "map", nil, "`column=field`: the column, by name or number, holds this field; may be given again")
	people.Flags().BoolVar(&dry, "dry-run", false, "say what would be taken on, and write nothing")
	cmd.AddCommand(people, c.importRepliesVerb(), c.importServicesVerb())
	cmd.AddCommand(c.importProgrammes(), c.importAreas(), c.importEverythingVerb())
	return cmd
}

// outcome is what became of a line of a list.
type outcome string

const (
	outcomeJoined  outcome = "joined"
	outcomeKnown   outcome = "known"
	outcomeRefused outcome = "refused"
)

// arrival is one line of a list on its way onto the caseload.
type arrival struct {
	line    int
	outcome outcome
	why     string // it was refused, or who it is already
	id      domain.ID
	facts   map[domain.Fact]string
	note    string
	left    []leftOut
	hidden  bool // here already, and nobody is told as whom
}

// leftOut is a field that could not be right.
type leftOut struct {
	Field string `json:"field"`
	Found string `json:"found,omitempty"`
	Why   string `json:"why"`
}

// intake is an import while it goes on.
type intake struct {
	c       *call
	st      *store.Store
	sheet   *csv.Sheet
	columns map[int]string // what each column holds
	list    []arrival
	dry     bool
	pairs   []domain.Pair
	ours    bool // export people wrote the list: each line of it is a record of its own
}

// ours reports whether a list is one that export people wrote: every column bears the
// name of a fact.
func ours(header []string) bool {
	return len(header) > 0 && !slices.ContainsFunc(header, func(h string) bool {
		_, known := domain.FieldOf(domain.Fact(h))
		return !known
	})
}

// batchMost is how many people are taken on in one transaction: enough to be quick,
// few enough that nothing waits for it.
const batchMost = 200

func (c *call) importPeople(file string, maps []string, dry bool) error {
	if file == "-" && c.passphraseFrom() == "-" {
		return misuse("Standard input cannot be both the passphrase and the list. Put one of the two into a file.")
	}
	b, err := c.listBytes(file)
	if err != nil {
		return err
	}
	sheet, err := csv.Read(b)
	if err != nil {
		return domain.Refused("file", "%s: %s.", clean.Line(file, 200), strings.TrimSuffix(err.Error(), "."))
	}
	in := &intake{c: c, sheet: sheet, dry: dry, ours: len(maps) == 0 && ours(sheet.Header)}
	if in.columns, err = mapColumns(sheet, maps); err != nil {
		return err
	}
	if in.st, err = c.open(); err != nil {
		return err
	}
	if !c.json {
		in.sayColumns()
	}
	in.read()
	if err := in.recognise(); err != nil {
		return err
	}
	if !dry {
		if err := in.take(); err != nil {
			return errors.Join(err, in.report(err))
		}
	}
	if err := in.findPairs(); err != nil {
		return err
	}
	return in.report(nil)
}

func (c *call) listBytes(file string) ([]byte, error) {
	if file != "-" {
		return readSome(file, csv.MaxFile)
	}
	s, err := c.readList()
	return []byte(s), err
}

// mapColumns guesses what the columns hold, and lets --map have the last word.
func mapColumns(sheet *csv.Sheet, maps []string) (map[int]string, error) {
	columns := csv.Guess(sheet.Header, sheet.Rows)
	if len(maps) == 0 && ours(sheet.Header) {
		for i, h := range sheet.Header {
			columns[i] = h
		}
	}
	for _, m := range maps {
		at := strings.LastIndexByte(m, '=')
		if at <= 0 {
			return nil, misuse("--map: %q is not COLUMN=FIELD.", clean.Line(m, 60))
		}
		col, err := columnNamed(sheet.Header, m[:at])
		if err != nil {
			return nil, err
		}
		field, ok := importField(m[at+1:])
		if !ok {
			return nil, misuse("--map: %q is not a field. The fields are: %s, given, family, notes, ignore.", clean.Line(m[at+1:], 40), strings.Join(factNames(), ", "))
		}
		for other, f := range columns {
			if f == field && field != csv.Address {
				delete(columns, other) // the guess gives way
			}
		}
		if columns[col] = field; field == ignored {
			delete(columns, col)
		}
	}
	return columns, nil
}

// ignored is the field of a column that is left out.
const ignored = "ignore"

func importField(name string) (string, bool) {
	n := clean.Fold(strings.TrimSpace(name))
	if slices.Contains([]string{ignored, csv.Given, csv.Family, csv.Notes}, n) {
		return n, true
	}
	f, ok := factNamed(name)
	return string(f.Key), ok
}

func columnNamed(header []string, name string) (int, error) {
	want := clean.Fold(strings.TrimSpace(name))
	for i, h := range header {
		if clean.Fold(h) == want {
			return i, nil
		}
	}
	n := 0
	for _, r := range want {
		if r < '0' || r > '9' || n > csv.MaxColumns {
			n = 0
			break
		}
		n = n*10 + int(r-'0')
	}
	if n < 1 || n > len(header) {
		return 0, misuse("--map: the file has no column %q. Its columns are: %s.", clean.Line(name, 60), clean.Line(strings.Join(header, ", "), 400))
	}
	return n - 1, nil
}

// take writes the arrivals, some at a time. A batch that is refused is tried one by
// one, so that one line never keeps the others out.
func (in *intake) take() error {
	var todo []*arrival
	for i := range in.list {
		if in.list[i].outcome == outcomeJoined {
			todo = append(todo, &in.list[i])
		}
	}
	bar := in.c.progress("Taking on", len(todo))
	defer bar.end()
	for from := 0; from < len(todo); from += batchMost {
		if in.c.ctx.Err() != nil {
			drop(todo[from:], "The import was interrupted before this line.")
			return errInterrupted
		}
		some := todo[from:min(from+batchMost, len(todo))]
		if err := in.join(some); err != nil {
			drop(todo[from:], "The import stopped before this line.")
			return err
		}
		bar.to(from + len(some))
	}
	return nil
}

func drop(rest []*arrival, why string) {
	for _, a := range rest {
		a.outcome, a.why, a.id = outcomeRefused, why, domain.ID{}
	}
}

func (in *intake) join(some []*arrival) error {
	err := in.do(some)
	if !isRefusal(err) {
		return err
	}
	for _, a := range some {
		err := in.do([]*arrival{a})
		if isRefusal(err) {
			a.outcome, a.why, a.id = outcomeRefused, err.Error(), domain.ID{}
			continue
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (in *intake) do(some []*arrival) error {
	b := domain.Batch{ID: in.st.NewID()}
	for _, a := range some {
		a.id = in.st.NewID()
		b.Commands = append(b.Commands, domain.Join{ID: a.id, Facts: a.facts})
		if a.note != "" {
			b.Commands = append(b.Commands, domain.TakeNote{Participant: a.id, Text: a.note})
		}
	}
	_, err := in.st.Do(b)
	return err
}
