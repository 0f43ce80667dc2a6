package main

import (
	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/store"
	"coachdesk/store/ical"
	"coachdesk/ui/screen"
)

// calendarFile is what the flags of export calendar say.
type calendarFile struct {
	paper
	person, from, to, whose string
	of                      screen.Calendar
}

func (c *call) exportCalendarVerb() *cobra.Command {
	var f calendarFile
	cmd := &cobra.Command{
		Use:   "calendar",
		Short: "Appointments for another calendar (.ics), without names",
		Long: "export calendar writes appointments from today on as iCalendar (RFC 5545). Titles say “Appointment” and\n" +
			"nothing else: calendars are often open for others to see. --ref adds the reference; a restricted record\n" +
			"leaves none. --cancelled writes those that will not be instead, so that the other calendar takes them out.",
		Example: "  coachdesk export calendar -o diary.ics\n  coachdesk export calendar --person 7K3Q-M --to 3m -o appointments.ics",
		Args:    noArgs,
		RunE:    func(*cobra.Command, []string) error { return c.exportCalendar(f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.person, "person", "", "only of this participant, a `reference`")
	flags.StringVar(&f.whose, "whose", "", "of this `person` of the desk, or all; whoever works unless said")
	flags.StringVar(&f.from, "from", "", "the first `date`; today unless said")
	flags.StringVar(&f.to, "to", "", "the last `date`")
	flags.BoolVar(&f.of.Cancelled, "cancelled", false, "those that were cancelled or moved away")
	flags.BoolVar(&f.of.Refs, "ref", false, "titles bear the reference")
	flags.StringVarP(&f.out, "output", "o", "", "the `file`, or a folder; standard output unless said")
	flags.BoolVar(&f.force, "force", false, "replace the file if there is one")
	return cmd
}

func (c *call) exportCalendar(f calendarFile) error {
	c.verb = "calendar"
	of, st, err := c.calendarAsked(f)
	if err != nil {
		return err
	}
	l, err := calendarText(st, of, ical.Options{Now: c.world.now(), Cancelled: of.Cancelled})
	if err != nil {
		return err
	}
	if of.Participant.IsZero() {
		c.lookedAtAll(c.verb)
	}
	return c.deliver(st, f.paper, l)
}

// calendarAsked reads which appointments are meant.
func (c *call) calendarAsked(f calendarFile) (screen.Calendar, *store.Store, error) {
	of := f.of
	var st *store.Store
	if f.person != "" {
		s, err := c.person(f.person)
		if err != nil {
			return of, nil, err
		}
		of.Participant, st = s.p.ID, s.st
	}
	if st == nil {
		var err error
		if st, err = c.open(); err != nil {
			return of, nil, err
		}
	}
	of.From = st.Today()
	for _, d := range []struct {
		flag, typed string
		into        *calendar.Day
	}{{"from", f.from, &of.From}, {"to", f.to, &of.To}} {
		if d.typed == "" {
			continue
		}
		day, err := calendar.Parse(d.typed, st.Today(), calendar.Forward)
		if err != nil {
			return of, nil, misuse("--%s: %s", d.flag, err)
		}
		*d.into = day
	}
	if !of.To.IsZero() && of.To < of.From {
		return of, nil, misuse("--to, %s, lies before --from, %s.", of.To.Short(st.Today()), of.From.Short(st.Today()))
	}
	if f.whose == "" && f.person != "" {
		return of, st, nil // all of theirs, whoever of the desk is there
	}
	var typed []string
	if f.whose != "" {
		typed = []string{f.whose}
	}
	ids, err := c.colleagues(st, typed)
	if len(ids) > 0 {
		of.Whose = ids[0]
	}
	return of, st, err
}

// calendarText writes appointments for other calendars. A file without any would be no
// calendar by the standard.
func calendarText(st *store.Store, of screen.Calendar, o ical.Options) (leaving, error) {
	events, people, err := calendarOf(st, of)
	if err != nil {
		return leaving{}, err
	}
	if len(events) == 0 {
		return leaving{}, domain.Refused("calendar", "There is no appointment to write. Choose other days, or another person's diary.")
	}
	l := leaving{name: "diary.ics", text: string(ical.Write(events, o)), where: "The calendar is at %s.", who: of.Participant}
	l.of = domain.Export{What: domain.ExportCalendar, Format: "ics"}
	l.list = domain.ListExport{What: domain.ExportCalendar, Format: "ics", People: people}
	return l, nil
}
