package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/catalogue"
	"coachdesk/domain/clean"
	"coachdesk/store/csv"
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

// areaColumns are the names of the columns that are known, folded.
var areaColumns = map[string]string{
	"area": "area", "workwell_pilot_area": "area", "council": "council", "lad24_name": "council", "lad_name": "council", "local authority": "council",
	"code": "code", "lad24_code": "code", "lad_code": "code", "share": "share", "share_of_lad": "share", "from": "from", "until": "until", "to": "until",
}

func (c *call) takeAreas(name, group, tests string, dry bool) error {
	b, err := c.listBytes(name)
	if err != nil {
		return err
	}
	sheet, err := csv.Read(b)
	if err != nil {
		return domain.Refused("file", "%s: %s.", clean.Line(name, 200), strings.TrimSuffix(err.Error(), "."))
	}
	known, err := readCatalogue()
	if err != nil {
		return err
	}
	st, err := c.open()
	if err != nil {
		return err
	}
	now := st.Office().Catalogue(known)
	in := areaIntake{known: now, today: st.Today(), group: catalogue.Slug(group)}
	for t := range strings.SplitSeq(tests, ",") {
		in.tests = append(in.tests, catalogue.Test(strings.TrimSpace(t)))
	}
	if err := in.read(sheet); err != nil {
		return err
	}
	batch := domain.Batch{ID: st.NewID()}
	report := changeReport{Schema: "coachdesk.catalogue-changes/1", Recorded: !dry}
	for _, a := range in.areas {
		item := changeItem{Key: a.Key, Name: a.Name}
		was := now.Areas.Named(a.Key)
		item.New = len(was) == 0
		item.Changes = areaChanges(was, a)
		report.Items = append(report.Items, item)
		command := domain.ChangeArea{Office: st.OfficeID(), Known: known, Area: a}
		if _, err := command.DecideOffice(st.Office(), domain.Stamp{}); err != nil {
			return err
		}
		batch.Commands = append(batch.Commands, command)
	}
	return c.changeCatalogue(batch, report)
}

// areaIntake is a list of councils while it becomes areas.
type areaIntake struct {
	known catalogue.Catalogue
	today calendar.Day
	group string
	tests []catalogue.Test
	areas []catalogue.Area
}

// read makes areas of the lines. Every line that cannot be right is told together.
func (in *areaIntake) read(sheet *csv.Sheet) error {
	at := map[string]int{}
	for i, h := range sheet.Header {
		if col, ok := areaColumns[clean.Fold(strings.TrimSpace(h))]; ok {
			at[col] = i
		}
	}
	for _, must := range []string{"area", "council"} {
		if _, ok := at[must]; !ok {
			return domain.Refused("file", "The file has no column “%s”. Its columns are: %s.", must, clean.Line(strings.Join(sheet.Header, ", "), 200))
		}
	}
	var wrong []string
	for _, r := range sheet.Refused {
		wrong = append(wrong, fmt.Sprintf("line %d: %s", r.Line, strings.TrimSuffix(r.Why, ".")))
	}
	for _, row := range sheet.Rows {
		cell := func(col string) string {
			i, ok := at[col]
			if !ok || i >= len(row.Cells) {
				return ""
			}
			return clean.Line(row.Cells[i], 120)
		}
		if err := in.line(cell); err != nil {
			wrong = append(wrong, fmt.Sprintf("line %d: %s", row.Line, err))
		}
	}
	switch {
	case len(wrong) > 0:
		return domain.Refused("file", "Nothing was taken. %s.", strings.Join(wrong, "; "))
	case len(in.areas) == 0:
		return domain.Refused("file", "The file holds no area.")
	}
	return nil
}

// line takes one council of an area.
func (in *areaIntake) line(cell func(string) string) error {
	area, typed := cell("area"), cell("council")
	council, ok := in.known.Areas.Council(typed)
	switch {
	case area == "":
		return fmt.Errorf("it names no area")
	case !ok:
		return fmt.Errorf("%q is not a council", typed)
	case council.Wide:
		return fmt.Errorf("%q is wider than one council: name its districts", typed)
	}
	m := catalogue.Member{Code: cell("code"), Name: council.Name}
	var err error
	if m.Share, err = readShare(cell("share")); err != nil {
		return err
	}
	for _, d := range []struct {
		col  string
		into *calendar.Day
	}{{"from", &m.From}, {"until", &m.Until}} {
		if v := cell(d.col); v != "" {
			if *d.into, err = calendar.Parse(v, in.today, calendar.Forward); err != nil {
				return fmt.Errorf("%s: %w", d.col, err)
			}
		}
	}
	if !m.Until.IsZero() && m.Until < m.From {
		return fmt.Errorf("%s ends before it begins", council.Name)
	}
	a := in.area(area)
	if slices.ContainsFunc(a.Councils, func(o catalogue.Member) bool { return o.Name == m.Name && o.From == m.From }) {
		return fmt.Errorf("%s stands in %s twice", council.Name, area)
	}
	a.Councils = append(a.Councils, m)
	return nil
}

// area returns the area of a name in this list: as it is known, without its councils, or
// a new one.
func (in *areaIntake) area(name string) *catalogue.Area {
	for i := range in.areas {
		if catalogue.Slug(in.areas[i].Name) == catalogue.Slug(name) {
			return &in.areas[i]
		}
	}
	a := catalogue.Area{Name: name, Key: catalogue.Slug(in.group + " " + name), Group: in.group, Tests: in.tests}
	for _, known := range in.known.Areas.Areas {
		if catalogue.Slug(known.Name) == catalogue.Slug(name) && (in.group == "" || in.group == known.Group) {
			a = known
			a.Councils = nil
		}
	}
	a.Source, a.Confidence = "office", catalogue.Found
	in.areas = append(in.areas, a)
	return &in.areas[len(in.areas)-1]
}

// readShare reads how much of a council lies in an area; zero means all of it.
func readShare(v string) (float64, error) {
	number, percent := strings.CutSuffix(v, "%")
	if v == "" {
		return 0, nil
	}
	f, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	if percent {
		f /= 100
	}
	if err != nil || !(f > 0 && f <= 1) {
		return 0, fmt.Errorf("the share %q is not between 0 and 1, or up to 100%%", v)
	}
	if f == 1 {
		return 0, nil
	}
	return f, nil
}

// areaChanges says which councils an area gains, loses or has otherwise.
func areaChanges(was []catalogue.Area, is catalogue.Area) []catalogue.Altered {
	before, after := []string{}, memberLines(is)
	for _, a := range was {
		before = append(before, memberLines(a)...)
	}
	ch := catalogue.Altered{Section: "Councils"}
	for _, l := range before {
		if !slices.Contains(after, l) {
			ch.Gone = append(ch.Gone, l)
		}
	}
	for _, l := range after {
		if !slices.Contains(before, l) {
			ch.New = append(ch.New, l)
		}
	}
	if len(ch.Gone)+len(ch.New) == 0 {
		return nil
	}
	return []catalogue.Altered{ch}
}

func memberLines(a catalogue.Area) []string {
	out := make([]string, len(a.Councils))
	for i, m := range a.Councils {
		out[i] = m.Name
		if m.Share > 0 {
			out[i] += fmt.Sprintf(", %d%% of it", int(m.Share*100+0.5))
		}
		if !m.From.IsZero() {
			out[i] += ", from " + m.From.Short(0)
		}
		if !m.Until.IsZero() {
			out[i] += ", until " + m.Until.Short(0)
		}
	}
	return out
}
