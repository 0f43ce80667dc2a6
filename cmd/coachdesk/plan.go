package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/ui/kit"
)

// planLook is how a plan is to be shown.
type planLook struct {
	view     string
	why      bool
	versions bool
	diff     int
	private  bool
}

// planShapes are the views of a plan.
var planShapes = map[string]func(*sheet){
	"goal": (*sheet).plan, "barriers": (*sheet).chains, "board": (*sheet).board, "timeline": (*sheet).spans,
}

func (c *call) planVerb() *cobra.Command {
	var l planLook
	cmd := &cobra.Command{
		Use:   "plan REF",
		Short: "One person's plan: goals and steps, what it may lack, versions",
		Long: "plan prints the plan by goal; --view barriers reads as barrier, what was tried, what came of it; --view board\n" +
			"by how far the steps are; --view timeline on a calendar. What the plan may lack is said gently below a line.\n" +
			"--why tells the sum behind the next review, --versions what changed between agreed versions, --diff N what\n" +
			"changed since version N.",
		Args: needs("REF"),
		RunE: func(_ *cobra.Command, args []string) error {
			if planShapes[l.view] == nil {
				return misuse("--view: write goal, barriers, board or timeline.")
			}
			return c.showPlan(args[0], l)
		},
	}
	f := cmd.Flags()
	f.StringVar(&l.view, "view", "goal", "`how` to look at it: goal, barriers, board or timeline")
	f.BoolVar(&l.why, "why", false, "the sum behind the next review")
	f.BoolVar(&l.versions, "versions", false, "every agreed version, and what changed between them")
	f.IntVar(&l.diff, "diff", 0, "what changed since version `N`")
	f.BoolVar(&l.private, "include-private", false, "show private steps")
	return cmd
}

// planItem is a plan, for --json.
type planItem struct {
	ID  domain.ID `json:"id"`
	Ref string    `json:"ref"`
	recordPlan
	Why     []string `json:"why"`
	Changes []string `json:"changes,omitempty"`
}

func (c *call) showPlan(ref string, l planLook) error {
	s, err := c.person(ref)
	if err != nil {
		return err
	}
	q, err := c.queue(s.st)
	if err != nil {
		return err
	}
	v := view{private: l.private}
	sum := s.p.Review(q.Reviewing())
	if l.diff != 0 && !slices.ContainsFunc(s.p.Plan.Agreed, func(a domain.Agreement) bool { return a.Version == l.diff }) {
		return domain.Refused("diff", "There is no version %d. coachdesk plan %s --versions lists them.", l.diff, s.ref)
	}
	if c.json {
		since := l.diff
		if since == 0 {
			since = s.p.Plan.Version()
		}
		it := planItem{ID: s.p.ID, Ref: s.ref, recordPlan: s.recordPlan(q, v), Why: sum.Lines}
		if since > 0 {
			it.Changes = s.changes(since, 0, l.private)
		}
		return printItems(c, "plan/1", []planItem{it})
	}
	sh := &sheet{subject: s, view: v, queue: q, hints: s.p.Hints(s.today, q.Reviewing())}
	sh.lines = []string{s.p.Name() + "  " + s.ref}
	switch {
	case l.why:
		sh.head("Why the next review is then")
		for _, line := range sum.Lines {
			sh.put("%s", line)
		}
	case l.versions:
		sh.versions()
	case l.diff != 0:
		sh.head(fmt.Sprintf("Changed since version %d", l.diff))
		sh.tellChanges(s.changes(l.diff, 0, l.private))
	case s.p.Plan.Empty():
		return domain.Refused("", "There is no plan yet. Set a goal: coachdesk goal %s", s.ref)
	default:
		planShapes[l.view](sh)
		if l.view == "goal" {
			sh.bare()
		}
	}
	c.print(sh.lines...)
	return nil
}

// changes tells what differs between two versions; 0 is the plan as it stands.
func (s *subject) changes(from, to int, private bool) []string {
	older, newer := s.p.PlanAt(from), s.p.Plan
	if to > 0 {
		newer = s.p.PlanAt(to)
	}
	if !private {
		older, newer = older.Public(), newer.Public()
	}
	return domain.Changes(older, newer)
}

func (sh *sheet) tellChanges(list []string) {
	for _, l := range list {
		sh.put("%s", l)
	}
	if len(list) == 0 {
		sh.put("nothing")
	}
}

// versions tells every version, the newest first, and what changed between them.
func (sh *sheet) versions() {
	list := sh.p.Plan.Agreed
	if len(list) == 0 {
		sh.head("No version was agreed yet")
		return
	}
	sh.head(fmt.Sprintf("Changed since version %d", list[len(list)-1].Version))
	sh.tellChanges(sh.changes(list[len(list)-1].Version, 0, sh.private))
	for i, a := range slices.Backward(list) {
		sh.head(agreedWords(a, sh.today))
		before := 0
		if i > 0 {
			before = list[i-1].Version
		}
		sh.tellChanges(sh.changes(before, a.Version, sh.private))
	}
}

// bare lists the barriers that no step answers yet.
func (sh *sheet) bare() {
	var bare []domain.Barrier
	for _, b := range sh.p.Barriers {
		if domain.HintOf(sh.hints, b.ID) != "" {
			bare = append(bare, b)
		}
	}
	sh.section("Barriers that no step answers yet", len(bare), func(i int) {
		sh.put("%s  %s", sh.itemRef(bare[i].ID), shown(bare[i].Scope, bare[i].Text, sh.private))
	})
}

// chains reads as barrier, what was tried, what came of it.
func (sh *sheet) chains() {
	sh.head("Barriers, what was tried, and what came of it")
	for _, g := range sh.p.Chains(sh.queue.Reviewing()) {
		if b := g.Barrier; b != nil {
			line := "# " + shown(b.Scope, b.Text, sh.private)
			if b.Resolved {
				line += " (no longer stands in the way" + after(": ", shown(b.Scope, b.Result, sh.private)) + ")"
			}
			sh.put("%s  %s", sh.itemRef(b.ID), line)
			sh.elsewhere(b.Scope, b.Elsewhere)
			sh.hint(b.ID)
		} else {
			sh.put("Steps that answer no barrier")
		}
		for _, st := range g.Steps {
			sh.step(st)
		}
	}
}

// board lists the steps by how far they are, one lane after the other: it is read aloud
// as well.
func (sh *sheet) board() {
	for _, g := range sh.p.Board(sh.queue.Reviewing()) {
		sh.head(fmt.Sprintf("%s: %d", g.Status, len(g.Steps)))
		for _, st := range g.Steps {
			sh.step(st)
		}
	}
}

// spanCells is how wide the bars of a timeline are on paper.
const spanCells = 48

// spans draws the steps on a calendar, with their days in words before each bar.
func (sh *sheet) spans() {
	list := sh.p.Spans(sh.queue.Reviewing(), sh.today)
	if len(list) == 0 {
		sh.head("There is no step yet")
		return
	}
	first, last := sh.today, sh.today
	for _, x := range list {
		first, last = min(first, x.From), max(last, x.To)
	}
	axis := kit.Axis{Start: int(first), Cells: 1, Days: int(last-first)/spanCells + 1, Today: int(sh.today), Now: "|"}
	for d := first; d <= last; d++ {
		if at := d.Time(); at.Day() == 1 {
			axis.Ticks = append(axis.Ticks, kit.Tick{At: int(d), Label: at.Format("Jan")})
		}
	}
	ticks, today := axis.Head(spanCells)
	sh.head(fmt.Sprintf("Steps from %s to %s; one sign is %s", first.Short(sh.today), last.Short(sh.today), plural(axis.Days, "a day", "%s days")))
	row := func(days, bar, text string) {
		sh.put("%s", strings.TrimRight(kit.Fill(days, 18)+" "+bar+" "+text, " "))
	}
	row("", ticks, "")
	row("today "+shortDay(sh.today), today, "")
	for _, x := range list {
		sign, days := "#", shortDay(x.From)+" to "+shortDay(x.To)
		switch {
		case x.Dateless && x.Step.Before != "":
			sign, days = ".", "before "+string(x.Step.Before)
		case x.Dateless:
			sign, days = ".", shortDay(x.From)+", no date"
		case !x.Step.Open():
			sign = "-"
		}
		row(days, axis.Draw(kit.Bar{From: int(x.From), To: int(x.To), Sign: sign}, spanCells), shown(x.Step.Scope, x.Step.Text, sh.private)+" ("+x.Step.Status.String()+")")
	}
}

func shortDay(d calendar.Day) string { return d.Time().Format("2 Jan") }
