package main

import (
	"bytes"
	"encoding/json"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/catalogue"
	"coachdesk/domain/clean"
)

func (c *call) importProgrammes() *cobra.Command {
	var dry bool
	cmd := &cobra.Command{
		Use: "programmes FILE", Short: "Put the office's own file over what the catalogue says", Args: needs("FILE"),
		Long: "import programmes reads a file as coachdesk programmes KEY --json writes it, of one programme or a list of\n" +
			"several. It may be partial: beside schema and key, a list that it has takes the place of the whole list,\n" +
			"clocks and rules those of the same key; what it leaves out stays. A file with nothing but schema and key\n" +
			"gives back what the program carries. Documents of your own stand in it under sources. What differs is told;\n" +
			"who brought it in and when stands in the history.",
		Example: "  coachdesk import programmes local.json --dry-run",
		RunE:    func(_ *cobra.Command, args []string) error { return c.takeProgrammes(args[0], dry) },
	}
	cmd.Flags().BoolVar(&dry, "dry-run", false, "say what would be different, and write nothing")
	return cmd
}

func (c *call) importAreas() *cobra.Command {
	var group, tests string
	var dry bool
	cmd := &cobra.Command{
		Use: "areas FILE", Short: "Say which councils an area has, from a CSV file", Args: needs("FILE"),
		Long: "import areas reads a line for each council of an area: area, council, and perhaps share (0.4, or 40%, of the\n" +
			"council), from, until and code. All lines of an area together take the place of what was known of it; a\n" +
			"new area stands beside the others. Areas may overlap. An area with a line that cannot be right is not taken.",
		Example: "  coachdesk import areas workwell-2026.csv --group workwell --tests residence,gp",
		RunE:    func(_ *cobra.Command, args []string) error { return c.takeAreas(args[0], group, tests, dry) },
	}
	cmd.Flags().StringVar(&group, "group", "", "the `group` that new areas belong to, such as workwell")
	cmd.Flags().StringVar(&tests, "tests", "residence", "what makes a new area somebody's: residence, gp, jobcentre; with commas between")
	cmd.Flags().BoolVar(&dry, "dry-run", false, "say what would be different, and write nothing")
	return cmd
}

// changeItem is what one file changes, for --json.
type changeItem struct {
	Key     string              `json:"key"`
	Name    string              `json:"name"`
	New     bool                `json:"new,omitempty"`
	Changes []catalogue.Altered `json:"changes"`
}

// changeReport is what an import into the catalogue did or would do, for --json.
type changeReport struct {
	Schema   string       `json:"schema"`
	Recorded bool         `json:"recorded"`
	Items    []changeItem `json:"items"`
}

func (c *call) takeProgrammes(name string, dry bool) error {
	b, err := c.listBytes(name)
	if err != nil {
		return err
	}
	files, err := programmeFiles(b)
	if err != nil {
		return err
	}
	known, err := readCatalogue()
	if err != nil {
		return err
	}
	st, err := c.open()
	if err != nil {
		return err
	}
	batch := domain.Batch{ID: st.NewID()}
	report := changeReport{Schema: "coachdesk.catalogue-changes/1", Recorded: !dry}
	for _, file := range files {
		p, err := st.Office().Propose(known, file)
		if err != nil {
			return err
		}
		report.Items = append(report.Items, changeItem{p.Is.Key, p.Is.Name, p.New, p.Changes})
		batch.Commands = append(batch.Commands, domain.ChangeProgramme{Office: st.OfficeID(), Known: known, File: file})
	}
	return c.changeCatalogue(batch, report)
}

// changeCatalogue tells what differs and carries it out, unless it was only asked for.
func (c *call) changeCatalogue(batch domain.Batch, report changeReport) error {
	same := true
	for _, item := range report.Items {
		same = same && len(item.Changes) == 0
	}
	if !c.json {
		c.printChanges(report.Items)
	}
	switch {
	case !report.Recorded && same:
		c.say("Nothing would be different.")
	case !report.Recorded:
		c.say("Nothing was written: this was only a look.")
	default:
		r, err := c.st.Do(batch)
		if err != nil {
			return err
		}
		c.sayChanges(r)
	}
	if !c.json {
		return nil
	}
	for i := range report.Items {
		if report.Items[i].Changes == nil {
			report.Items[i].Changes = []catalogue.Altered{}
		}
	}
	return c.printJSON(report)
}

func (c *call) printChanges(items []changeItem) {
	for _, item := range items {
		what := ""
		if item.New {
			what = ", new here"
		}
		c.print(item.Name + "  (" + item.Key + what + ")")
		for _, ch := range item.Changes {
			c.print("  " + ch.Section)
			for _, l := range ch.Gone {
				c.print("    - " + l)
			}
			for _, l := range ch.New {
				c.print("    + " + l)
			}
		}
	}
}

// programmeFiles returns the programmes of a file: one, or a list of them.
func programmeFiles(b []byte) ([]string, error) {
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	if !bytes.HasPrefix(bytes.TrimSpace(b), []byte("[")) {
		return []string{string(b)}, nil
	}
	var list []json.RawMessage
	if err := json.Unmarshal(b, &list); err != nil {
		return nil, domain.Refused("file", "The file is not JSON: %s.", clean.Line(err.Error(), 200))
	}
	if len(list) == 0 {
		return nil, domain.Refused("file", "The file holds no programme.")
	}
	out := make([]string, len(list))
	for i, one := range list {
		out[i] = string(one)
	}
	return out, nil
}
