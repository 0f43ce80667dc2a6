package main

import (
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
)

func (c *call) inWorkVerb() *cobra.Command {
	var code string
	cmd := &cobra.Command{
		Use:   "inwork [REF]",
		Short: "Everybody in work: what is counted, and who is asked next",
		Long: "inwork lists everybody in work or about to be: whose weeks are at risk first, then by the next in-work\n" +
			"check. With REF it tells the weeks of one person. --begin PROGRAMME (a key of the catalogue, or none) says\n" +
			"that support begins and whose weeks are counted, --search that the search for a job is on, --end that\n" +
			"support ended: --code is why, and the text what takes its place.",
		Example: "  coachdesk inwork\n  coachdesk inwork 7K3Q-M --begin ips-primary-care\n  echo 'the job club helps from now on' | coachdesk inwork 7K3Q-M --end --code sustained",
		Args:    needs("[REF]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			flag, value, err := chosen(cmd, "begin", "search", "end")
			switch {
			case err != nil:
				return err
			case flag == "" && len(args) == 0:
				return c.listInWork()
			case len(args) == 0:
				return misuse("--%s needs the REF of a person.", flag)
			case flag == "":
				return c.oneInWork(args[0])
			}
			return c.moveWork(args[0], flag, value, code)
		},
	}
	cmd.Flags().String("begin", "", "support begins; the weeks of this `programme` are counted")
	cmd.Flags().Bool("search", false, "the search for a job is on")
	cmd.Flags().Bool("end", false, "support ended")
	cmd.Flags().StringVar(&code, "code", "", "with --end: a `reason` of the office's list")
	return cmd
}

func (c *call) moveWork(ref, flag, value, code string) error {
	m := domain.MoveWork{Stage: domain.StageEngaged}
	w := words{}
	switch flag {
	case "begin":
		known, err := readCatalogue()
		if err != nil {
			return err
		}
		if value != "none" {
			for _, p := range known.Programmes {
				if p.Key == value {
					m.Programme = value
				}
			}
			if m.Programme == "" {
				return misuse("--begin: %q is no key of the catalogue. coachdesk programmes lists them; none counts for none in particular.", clean.Line(value, 60))
			}
		}
	case "search":
		m.Stage = domain.StageSearch
	default:
		m.Stage, m.Code = domain.StageEnded, code
		w = perhaps("What takes its place")
	}
	return c.record(ref, w, func(s *subject, text string) (domain.Command, error) {
		m.Participant, m.Words = s.p.ID, text
		return m, s.knowsCode(domain.ReasonsWorkEnd, m.Code)
	})
}

// inWorkItem is somebody in work, for --json.
type inWorkItem struct {
	ID       domain.ID        `json:"id"`
	Ref      string           `json:"ref"`
	Name     string           `json:"name"`
	State    domain.WorkState `json:"state"`
	Job      string           `json:"job,omitempty"`
	Minutes  int              `json:"minutes,omitempty"`
	Check    *checkItem       `json:"check,omitempty"`
	Counters []counterItem    `json:"counters"`
	AtRisk   bool             `json:"at_risk,omitempty"`
	Away     bool             `json:"away,omitempty"`
}

type checkItem struct {
	Says string       `json:"says"`
	Due  calendar.Day `json:"due"`
	Late int          `json:"late,omitempty"`
}

type counterItem struct {
	Key     string       `json:"key"`
	Says    string       `json:"says"`
	Stands  string       `json:"stands"`
	Good    int          `json:"good"`
	Need    int          `json:"need"`
	Spare   int          `json:"spare"`
	Blank   int          `json:"blank"`
	Until   calendar.Day `json:"until,omitzero"`
	Reached calendar.Day `json:"reached,omitzero"`
	Source  string       `json:"source"`
}

func counterItems(all []domain.Standing, today calendar.Day) []counterItem {
	out := []counterItem{}
	for _, st := range all {
		out = append(out, counterItem{st.Rule.Key, st.Rule.Says, st.Says(today), st.Good, st.Need, st.Spare, len(st.Blank), st.Until, st.Done, st.Rule.Source})
	}
	return out
}

func (c *call) listInWork() error {
	st, err := c.open()
	if err != nil {
		return err
	}
	rows, err := st.Rows()
	if err != nil {
		return err
	}
	q, err := c.queue(st)
	if err != nil {
		return err
	}
	lines := q.InWork(domain.Lists(rows))
	width := domain.RefLength(domain.RowIDs(rows))
	if c.json {
		c.lookedAtAll(c.verb + " --json")
		items := make([]inWorkItem, len(lines))
		for i, l := range lines {
			items[i] = inWorkItem{l.Record, l.Record.Ref(width), l.Name, l.State, l.Job, l.Minutes, checkOf(l.Check), counterItems(l.Counters, q.Today), l.AtRisk, l.Away}
		}
		return printItems(c, "inwork/1", items)
	}
	t := table{head: []string{"REF", "PERSON", "STATE", "HOURS", "NEXT CHECK", "COUNTED"}, right: []int{3}}
	for _, l := range lines {
		state, counted := string(l.State), ""
		if l.Away {
			state = "away from work"
		}
		for _, s := range l.Counters {
			if !s.Rule.Beside {
				counted = s.Says(q.Today)
				break
			}
		}
		hours, check := "", ""
		if l.Minutes > 0 {
			hours = strings.TrimSuffix(domain.WeekHours(l.Minutes), " h")
		}
		if l.Check.Says != "" {
			check = l.Check.Says + ", " + l.Check.Day.Short(q.Today)
		}
		t.add(l.Record.Ref(width), l.Name, state, hours, check, counted)
	}
	c.printTable(t)
	c.say("%s in work or about to be.", plural(len(lines), "1 person is", "%s people are"))
	return nil
}

func checkOf(x domain.CheckIn) *checkItem {
	if x.Says == "" {
		return nil
	}
	return &checkItem{x.Says, x.Day, x.Late}
}

// oneInWork tells the way through work of one person, with the weeks as a chart.
func (c *call) oneInWork(ref string) error {
	s, err := c.person(ref)
	if err != nil {
		return err
	}
	q, err := c.queue(s.st)
	if err != nil {
		return err
	}
	r, w := s.p.Row(), s.p.WorkRow()
	check, _ := w.CheckIn(q.Work.CheckIns, r.Pauses, s.today)
	counters := w.Counters(q.Work.Counters, s.today)
	if c.json {
		it := inWorkItem{ID: s.p.ID, Ref: s.ref, Name: s.p.Name(), State: w.State(q.Work, s.today), Check: checkOf(check), Counters: counterItems(counters, s.today)}
		for _, j := range s.p.InWork.Jobs {
			if j.Ended.IsZero() {
				it.Job, it.Minutes = j.Called(), it.Minutes+j.Minutes
			}
		}
		_, it.Away = s.p.InWork.Absent(s.today)
		for _, st := range counters {
			it.AtRisk = it.AtRisk || !st.Rule.Beside && st.AtRisk(q.Work.Spare)
		}
		return printItems(c, "inwork/1", []inWorkItem{it})
	}
	if s.p.InWork.Empty() {
		return domain.Refused("ref", "Nothing about work is on this record. coachdesk job %s records a job.", s.ref)
	}
	sh := &sheet{subject: s, queue: q}
	sh.lines = []string{s.p.Name() + "  " + s.ref}
	sh.working()
	sh.head("Weeks")
	for _, l := range sh.chart() {
		sh.put("%s", l)
	}
	sh.c.print(sh.lines...)
	return nil
}

// chart draws the weeks of the last year, the newest first, with signs that every reader
// knows.
func (sh *sheet) chart() []string {
	var list []kit.Measure
	now := domain.Monday(sh.today)
	for monday := now; monday > now-7*53; monday -= 7 {
		m := kit.Measure{Label: monday.Short(sh.today), Says: "not marked"}
		runs := false
		for _, j := range sh.p.InWork.Jobs {
			if j.Runs(monday) || j.Runs(monday+6) {
				runs = true
				m.Target += j.Minutes
			}
		}
		if x, ok := sh.p.InWork.Return(); ok {
			if planned, in := x.Planned(monday); in {
				m.Target = planned
				m.Says = domain.WeekHours(planned) + " planned, " + m.Says
			}
		}
		if mark, ok := sh.p.InWork.Week(monday); ok {
			m.Known, m.Value, m.Says = true, mark.Minutes, mark.Says()+after(": ", mark.Words)
		} else if !runs {
			continue
		}
		list = append(list, m)
	}
	return kit.Chart(list, 100, "#", ".")
}

// working tells jobs, counters, employers, promises and what the person wants.
func (sh *sheet) working() {
	in, w := sh.p.InWork, sh.p.WorkRow()
	if in.Empty() {
		return
	}
	sh.head("In work")
	if state := w.State(sh.queue.Work, sh.today); state != domain.WorkNone {
		since := ""
		if m, ok := in.Move(); ok {
			since = " (" + string(m.Stage) + " since " + m.Day.Short(sh.today) + after(": ", sh.because(domain.ReasonsWorkEnd, m.Code, m.Words)) + ")"
		}
		sh.put("%s%s", state, since)
	}
	for _, j := range in.Jobs {
		sh.job(j, w)
	}
	for _, a := range in.Absences {
		back := "still away"
		if !a.Back.IsZero() {
			back = "back " + a.Back.Short(sh.today)
		}
		sh.put("%s  away from %s, %s: %s%s", sh.itemRef(a.ID), a.From.Short(sh.today), back, sh.because(domain.ReasonsAbsence, a.Code, a.Words), after("; to keep the job: ", a.Found))
		sh.elsewhere(domain.Shareable, a.Elsewhere)
	}
	for _, x := range in.Returns {
		if x.Ended.IsZero() {
			sh.put("%s  return from %s, %s: %s", sh.itemRef(x.ID), x.From.Short(sh.today), plural(len(x.Weeks), "1 week", "%s weeks"), hoursOf(x.Weeks))
		}
	}
	for _, st := range w.Counters(sh.queue.Work.Counters, sh.today) {
		sh.put("%s: %s (source: %s)", st.Rule.Says, st.Says(sh.today), sh.queue.Catalogue.NameOf(st.Rule.Source))
	}
	if c, ok := w.CheckIn(sh.queue.Work.CheckIns, sh.p.Row().Pauses, sh.today); ok {
		sh.put("in-work check, %s: %s", c.Says, sh.due(c.Day))
	}
	for _, x := range in.Contacts {
		sh.put("%s  %s, %s, %s, %s: %s", sh.itemRef(x.ID), x.Day.Short(sh.today), x.Employer, x.Kind, x.How, x.Text)
	}
	for _, a := range in.Promised {
		state := "open" + after(", by ", sh.due(a.Due))
		if a.Settled != domain.PromiseOpen {
			state = string(a.Settled) + after(": ", a.Words)
		}
		sh.put("%s  %s (owed by %s; %s)", sh.itemRef(a.ID), a.Text, a.Owner.Duty(), state)
		sh.elsewhere(domain.Shareable, a.Elsewhere)
	}
	for _, l := range in.Profile {
		if !l.Removed {
			sh.put("%s  %s: %s", sh.itemRef(l.ID), l.Part, l.Text)
			sh.elsewhere(domain.Shareable, l.Elsewhere)
		}
	}
}

func (sh *sheet) job(j domain.Job, w domain.RowWork) {
	state := string(w.JobState(j.ID, sh.queue.Work, sh.today))
	if !j.Ended.IsZero() && j.Ended < sh.today {
		state = "ended " + j.Ended.Short(sh.today) + after(": ", sh.because(domain.ReasonsJobEnd, j.Code, j.Words))
	}
	hours := ""
	if j.Minutes > 0 {
		hours = ", " + domain.WeekHours(j.Minutes)
	}
	from := ""
	if !j.Start.IsZero() {
		from = ", from " + j.Start.Short(sh.today)
	}
	sh.put("%s  %s%s%s, %s", sh.itemRef(j.ID), j.Called(), hours, from, state)
	sh.elsewhere(domain.Shareable, j.Elsewhere)
}

func hoursOf(weeks []int) string {
	each := make([]string, len(weeks))
	for i, m := range weeks {
		each[i] = strings.TrimSuffix(domain.WeekHours(m), " h")
	}
	return strings.Join(each, " ") + " h"
}
