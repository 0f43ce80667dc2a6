package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// view is how a record is to be shown.
type view struct {
	asOf    string
	private bool
	all     bool
}

func (c *call) showVerb() *cobra.Command {
	var v view
	cmd := &cobra.Command{
		Use:   "show REF",
		Short: "One person's record",
		Long: "show prints a record: facts, why now, barriers, plan, escalations, sessions and notes. What is\n" +
			"private stays out unless --include-private asks for it; the National Insurance number is masked.",
		Args: needs("REF"),
		RunE: func(_ *cobra.Command, args []string) error { return c.showRecord(args[0], v) },
	}
	f := cmd.Flags()
	f.StringVar(&v.asOf, "as-of", "", "as the record stood at the end of this `date`")
	f.BoolVar(&v.private, "include-private", false, "show private paragraphs and the whole National Insurance number")
	f.BoolVar(&v.all, "all", false, "every session and note, not only the newest")
	return cmd
}

func (c *call) showRecord(ref string, v view) error {
	s, err := c.person(ref)
	if err != nil {
		return err
	}
	if v.asOf != "" {
		if err := s.asOf(v.asOf); err != nil {
			return err
		}
	}
	if !s.p.Exists() {
		return domain.Refused("ref", "%s is not on the caseload: joining was undone. coachdesk log %s tells the history.", s.ref, s.ref)
	}
	q, err := c.queue(s.st)
	if err != nil {
		return err
	}
	q.Today = s.today
	j := q.Judge(s.p.Row())
	if c.json {
		return printItems(c, "record/1", []recordItem{s.record(q, j, v)})
	}
	(&sheet{subject: s, view: v, queue: q, judged: j}).print()
	return nil
}

// asOf replays the record only up to the end of a day.
func (s *subject) asOf(phrase string) error {
	day, err := calendar.Parse(phrase, s.today, calendar.Backward)
	if err != nil {
		return misuse("--as-of: %s", err)
	}
	if day > s.today {
		return misuse("--as-of: %s is still to come.", day.Short(s.today))
	}
	var past []domain.Record
	for _, r := range s.p.Past() {
		if r.Day <= day {
			past = append(past, r)
		}
	}
	s.p = domain.Replay(domain.About(s.p.ID), past)
	if !s.p.Exists() {
		return domain.Refused("as-of", "On %s this person was not on the caseload yet.", day.Long())
	}
	s.c.say("As the record stood on %s.", day.Long())
	s.today = day
	s.tell()
	return nil
}

// sheet is a record as text.
type sheet struct {
	*subject
	view
	queue  domain.Queue
	judged domain.Judged
	hints  []domain.Hint // what the plan may lack, when it is asked for
	lines  []string
}

func (sh *sheet) head(title string) { sh.lines = append(sh.lines, "", title) }

func (sh *sheet) put(format string, args ...any) {
	for i, l := range strings.Split(fmt.Sprintf(format, args...), "\n") {
		if i > 0 {
			l = "  " + l
		}
		sh.lines = append(sh.lines, "  "+l)
	}
}

func (sh *sheet) print() {
	sh.lines = []string{sh.p.Name() + "  " + sh.ref}
	sh.standing()
	sh.facts()
	sh.section("Why now", len(sh.judged.Reasons), func(i int) {
		sh.put("%s (%d)", sh.judged.Reasons[i].Why, sh.judged.Reasons[i].Weight)
	})
	sh.life()
	sh.plan()
	sh.promises()
	sh.diary()
	sh.questions()
	sh.referrals()
	sh.moving()
	sh.handovers()
	sh.working()
	sh.given()
	sh.concerns()
	sh.consents()
	sh.ratings()
	sh.talks()
	sh.c.print(sh.lines...)
}

func (sh *sheet) section(title string, n int, each func(int)) {
	if n == 0 {
		return
	}
	sh.head(title)
	for i := range n {
		each(i)
	}
}

// standing tells what stands over the whole record: that it is restricted, and under
// which other reference the person is held.
func (sh *sheet) standing() {
	if k := sh.p.Retention; k.Class != "" || !k.Until.IsZero() {
		sh.put("kept as %s%s", cmp.Or(k.Class, domain.KeepCaseload), after(", at least until ", untilWords(k.Until, sh.today)))
	}
	if r := sh.p.Restriction; r.On {
		sh.put("RESTRICTED since %s%s", r.Since.Short(sh.today), after(": ", r.Reason))
	}
	for _, t := range sh.p.LinkedWith() {
		sh.put("Also held under %s%s", sh.c.refOf(sh.st, t.With), map[bool]string{true: ", the main record"}[t.As == domain.TwinUnder])
	}
}

func (sh *sheet) facts() {
	for _, f := range domain.Facts {
		v := sh.p.Fact(f.Key)
		if v == "" || f.Key == domain.FactName {
			continue
		}
		sh.put("%s: %s", f.Label, sh.fact(f.Key, v))
	}
}

// fact shows a fact as people may see it.
func (sh *sheet) fact(key domain.Fact, v string) string {
	switch {
	case key == domain.FactNino && !sh.private:
		return domain.MaskNino(v)
	case dated(key):
		if d, err := calendar.ParseISO(v); err == nil {
			return d.Long()[strings.IndexByte(d.Long(), ' ')+1:]
		}
	}
	return v
}

func (sh *sheet) life() {
	var barriers, adjustments []string
	for _, b := range sh.p.Barriers {
		line := sh.itemRef(b.ID) + "  " + shown(b.Scope, b.Text, sh.private)
		if b.Resolved {
			line += " (no longer stands in the way" + after(": ", shown(b.Scope, b.Result, sh.private)) + ")"
		}
		barriers = append(barriers, line)
	}
	for _, a := range sh.p.Adjustments {
		if !a.Removed {
			adjustments = append(adjustments, sh.itemRef(a.ID)+"  "+shown(a.Scope, a.Text, sh.private))
		}
	}
	sh.section("Barriers", len(barriers), func(i int) { sh.put("%s", barriers[i]) })
	sh.section("Adjustments", len(adjustments), func(i int) { sh.put("%s", adjustments[i]) })
}

func after(sep, text string) string {
	if text == "" {
		return ""
	}
	return sep + text
}

func (sh *sheet) promises() {
	sh.section("Promises", len(sh.p.Promises), func(i int) {
		pr := sh.p.Promises[i]
		status := string(pr.Status)
		if pr.Status == domain.PromiseOpen {
			status = "open" + after(", by ", sh.due(pr.Due))
		}
		sh.put("%s  %s: %s (%s)", sh.itemRef(pr.ID), sh.callers().Called(pr.Owner), shown(pr.Scope, pr.Text, sh.private), status)
	})
}

func (sh *sheet) diary() {
	var booked []domain.Appointment
	for _, a := range sh.p.Appointments {
		if a.State == domain.AppointmentBooked || a.State == domain.AppointmentCancelled && a.Day >= sh.p.LastSeen() {
			booked = append(booked, a)
		}
	}
	sh.section("Appointments", len(booked), func(i int) {
		a := booked[i]
		line := sh.due(a.Day)
		if a.Minute >= 0 {
			line = a.Day.Short(sh.today) + " " + calendar.Clock(a.Minute) + ", " + a.Day.Distance(sh.today)
		}
		if a.State == domain.AppointmentCancelled {
			line += ", cancelled"
			if a.Reason != "" {
				line += " (" + shown(a.Scope, a.Reason, sh.private) + ")"
			}
		}
		sh.put("%s  %s%s%s%s", sh.itemRef(a.ID), line, after(", ", a.Channel), sh.meeting(a), after(": ", shown(a.Scope, a.Purpose, sh.private)))
	})
	sh.fitNotes()
}

// meeting says what an appointment is for when that is not the usual, and who of the
// desk is there when that is somebody else.
func (sh *sheet) meeting(a domain.Appointment) string {
	text := after(", ", string(a.Kind))
	for _, id := range a.With {
		if id != sh.st.Who().ID {
			text += after(", with ", sh.st.Office().Named(id).Name)
		}
	}
	return text
}

func (sh *sheet) consents() {
	sh.section("Consent", len(sh.p.Consents), func(i int) {
		x := sh.p.Consents[i]
		sh.put("%s  %s (%s): %s", sh.itemRef(x.ID), x.WhoWhat(), x.State(sh.today), x.Purpose)
		for _, out := range sh.p.ExportsOn(x.ID) {
			line := "went out on it " + out.On.Short(sh.today) + ": " + out.Words()
			if !x.Withdrawn.IsZero() {
				line += ". The consent is withdrawn: ask for it back"
			}
			sh.put("  %s", line)
		}
	})
	others := slices.DeleteFunc(slices.Clone(sh.p.Exports), func(x domain.Export) bool { return len(x.Consents) > 0 })
	sh.section("Went out", len(others), func(i int) {
		x := others[i]
		sh.put("%s, %s%s", x.On.Short(sh.today), x.Words(), after(", ", x.Basis.String()))
	})
}

// newest is how many sessions and how many notes show prints unless all are asked for.
const newest = 8

// talks tells sessions and notes, the newest first.
func (sh *sheet) talks() {
	sessions, notes := slices.Clone(sh.p.Sessions), slices.Clone(sh.p.Notes)
	slices.SortStableFunc(sessions, func(a, b domain.Session) int { return int(b.Day - a.Day) })
	slices.Reverse(notes)
	sh.section("Sessions", sh.cut(len(sessions)), func(i int) {
		x := sessions[i]
		sh.put("%s  %s, %s%s%s", sh.itemRef(x.ID), x.Day.Short(sh.today), x.Account(), after(": ", x.Reason), sh.sessionWas(x))
	})
	sh.more(len(sessions))
	sh.section("Notes", sh.cut(len(notes)), func(i int) {
		sh.put("%s  %s\n%s%s", sh.itemRef(notes[i].ID), notes[i].On.Short(sh.today), noteShown(notes[i], sh.private), sh.noteWas(notes[i]))
	})
	sh.more(len(notes))
}

func (sh *sheet) cut(n int) int {
	if sh.all {
		return n
	}
	return min(n, newest)
}

func (sh *sheet) more(n int) {
	if left := n - sh.cut(n); left > 0 {
		sh.put("… and %s; --all shows them", plural(left, "1 earlier", "%s earlier"))
	}
}

// noteShown is a note with its private parts only named, unless they were asked for.
func noteShown(n domain.Note, private bool) string {
	text := n.Text(func(s domain.Scope) bool { return !s.Private() || private })
	if private {
		return text
	}
	for _, part := range n.Parts {
		if part.Scope.Private() {
			text += "\n" + shown(part.Scope, "", false)
		}
	}
	return strings.TrimPrefix(text, "\n")
}

// untilWords is a day, or nothing.
func untilWords(d, today calendar.Day) string {
	if d.IsZero() {
		return ""
	}
	return d.Short(today)
}

func dated(key domain.Fact) bool {
	f, ok := domain.FieldOf(key)
	return ok && f.Dated()
}
