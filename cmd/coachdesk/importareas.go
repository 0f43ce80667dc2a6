package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/catalogue"
	"coachdesk/domain/clean"
	"coachdesk/store/csv"
)

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
