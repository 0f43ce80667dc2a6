package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// fitOptions and fitBoxes are the words of fitnote's flags.
var (
	fitOptions = map[string]domain.FitOption{"not-fit": domain.NotFit, "may-be-fit": domain.MayBeFit}
	fitBoxes   = map[string]domain.FitBox{
		"phased": domain.PhasedReturn, "hours": domain.AlteredHours, "duties": domain.AmendedDuty, "adaptations": domain.Adaptations,
	}
)

// fitFlags are what the flags of fitnote say.
type fitFlags struct {
	option, from, to string
	boxes            []string
	hasBoxes         bool
}

func (c *call) fitNoteVerb() *cobra.Command {
	var f fitFlags
	cmd := &cobra.Command{
		Use:   "fitnote REF",
		Short: "Put a fit note on the record, correct one, or see them all in order",
		Long: "fitnote records what a fit note says, and tells how it follows those before. Its comments may come from\n" +
			"standard input. --correct puts one right: what is not said stays. --history lists all notes in order, with\n" +
			"gaps, overlaps and changes. A fit note is advice of a clinician, not of coachdesk.",
		Example: "  coachdesk fitnote 7K3Q-M --option may-be-fit --boxes phased,hours --from 16/11 --to 4w\n" +
			"  coachdesk fitnote 7K3Q-M --correct 4T8R-P --to '11 jan'\n  coachdesk fitnote 7K3Q-M --history",
		Args: needs("REF"),
		RunE: func(cmd *cobra.Command, args []string) error {
			f.hasBoxes = cmd.Flags().Changed("boxes")
			flag, item, err := chosen(cmd, "correct", "history")
			switch {
			case err != nil:
				return err
			case flag == "history":
				if err := only(cmd, flag, "option", "boxes", "from", "to"); err != nil {
					return err
				}
				return c.fitHistory(args[0])
			case flag == "" && fitOptions[f.option] == "":
				return misuse("--option: a fit note says not-fit or may-be-fit.")
			case flag == "" && f.to == "":
				return misuse("Say until when the note runs: --to DATE.")
			}
			w := words{what: "The comments", field: "comments", most: 2000}
			return c.record(args[0], w, func(s *subject, text string) (domain.Command, error) {
				if flag == "correct" {
					return s.correctFitNote(item, text, f)
				}
				n := domain.RecordFitNote{Participant: s.p.ID, Comments: text, From: s.today}
				if err := s.fitNote(&n, f); err != nil {
					return nil, err
				}
				return n, s.tellFollows(n)
			})
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&f.option, "option", "", "not-fit or may-be-fit")
	fl.StringSliceVar(&f.boxes, "boxes", nil, "for may-be-fit: phased, hours, duties, adaptations")
	fl.StringVar(&f.from, "from", "", "the first `date`; today unless said")
	fl.StringVar(&f.to, "to", "", "the last `date`")
	fl.String("correct", "", "put this `item` right")
	fl.Bool("history", false, "all fit notes in order")
	return cmd
}

// fitNote reads what the flags say of a note; what they do not say stays.
func (s *subject) fitNote(n *domain.RecordFitNote, f fitFlags) (err error) {
	if f.option != "" {
		o, ok := fitOptions[f.option]
		if !ok {
			return misuse("--option: a fit note says not-fit or may-be-fit.")
		}
		if n.Option = o; o == domain.NotFit {
			n.Boxes = nil
		}
	}
	if f.hasBoxes {
		n.Boxes = nil
	}
	for _, b := range f.boxes {
		box, ok := fitBoxes[strings.TrimSpace(b)]
		if !ok {
			return misuse("--boxes: %q is not a box. Write phased, hours, duties, adaptations, with commas between.", clean.Line(b, 40))
		}
		n.Boxes = append(n.Boxes, box)
	}
	if f.from != "" {
		if n.From, err = s.day("from", f.from, calendar.Backward); err != nil {
			return err
		}
	}
	if f.to != "" {
		n.To, err = s.lastDay(f.to, n.From)
	}
	return err
}

// lastDay reads until when a note runs. Of a note that began in the past, 22 Nov is the
// first one after it began, and not next year's because that day has just gone.
func (s *subject) lastDay(phrase string, from calendar.Day) (calendar.Day, error) {
	to, err := calendar.Parse(phrase, s.today, calendar.Forward)
	if err != nil {
		return 0, misuse("--to: %s", err)
	}
	if first, err := calendar.Parse(phrase, from, calendar.Forward); err == nil && first.AddMonths(12) == to {
		to = first
	}
	s.c.say("to: %s, %s.", to.Short(s.today), to.Distance(s.today))
	return to, nil
}

// tellFollows tells how a note follows those on the record, before it is written down.
func (s *subject) tellFollows(n domain.RecordFitNote) error {
	q, err := s.c.queue(s.st)
	if err != nil {
		return err
	}
	x := s.p.Thought(domain.FitNote{Option: n.Option, Boxes: n.Boxes, From: n.From, To: n.To})
	for _, f := range x.Follows() {
		s.c.say("%s.", f)
	}
	if says := q.Planning.FitChangeSays(x); says != "" {
		s.c.say("It is %s.", says)
	}
	return nil
}

func (s *subject) correctFitNote(item, text string, f fitFlags) (domain.Command, error) {
	id, err := s.find(itemFitNote, item)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(s.p.FitNotes, func(x domain.FitNote) bool { return x.ID == id })
	was := s.p.FitNotes[i]
	n := domain.RecordFitNote{Participant: s.p.ID, Option: was.Option, Boxes: slices.Clone(was.Boxes), From: was.From, To: was.To, Comments: was.Comments}
	if text != "" {
		n.Comments = text
	}
	err = s.fitNote(&n, f)
	return domain.CorrectFitNote{RecordFitNote: n, FitNote: id}, err
}

// fitNoteItem is a fit note in the history, for --json.
type fitNoteItem struct {
	ID        domain.ID        `json:"id"`
	Ref       string           `json:"ref"`
	Option    domain.FitOption `json:"option"`
	Boxes     []domain.FitBox  `json:"boxes,omitempty"`
	From      calendar.Day     `json:"from"`
	To        calendar.Day     `json:"to"`
	Comments  string           `json:"comments,omitempty"`
	Gap       int              `json:"gap,omitempty"`
	Overlap   int              `json:"overlap,omitempty"`
	Was       domain.FitOption `json:"was,omitempty"`
	Elsewhere []otherItem      `json:"elsewhere,omitempty"`
}

func (s *subject) fitNoteItems() []fitNoteItem {
	out := []fitNoteItem{}
	for _, x := range s.p.FitHistory().Notes {
		out = append(out, fitNoteItem{x.ID, s.itemRef(x.ID), x.Option, x.Boxes, x.From, x.To, x.Comments, x.Gap, x.Overlap, x.Was, others(x.Elsewhere)})
	}
	return out
}

func (c *call) fitHistory(ref string) error {
	s, err := c.person(ref)
	if err != nil {
		return err
	}
	if c.json {
		return printItems(c, "fit-notes/1", s.fitNoteItems())
	}
	q, err := c.queue(s.st)
	if err != nil {
		return err
	}
	sh := &sheet{subject: s, queue: q, lines: []string{s.p.Name() + "  " + s.ref}}
	if sh.fitNotes(); len(s.p.FitNotes) == 0 {
		sh.put("No fit note is on the record.")
	}
	c.print(sh.lines...)
	return nil
}

// fitNotes tells the history of fit notes in the record.
func (sh *sheet) fitNotes() {
	h := sh.p.FitHistory()
	sh.section("Fit notes"+after(": ", h.Says()), len(h.Notes), func(i int) {
		x := h.Notes[i]
		sh.put("%s  %s, %s to %s (%s)%s", sh.itemRef(x.ID), x.Summary(), x.From.Short(sh.today), sh.due(x.To), x.Period(), after(": ", x.Comments))
		for _, f := range x.Follows() {
			sh.put("    %s", f)
		}
		if says := sh.queue.Planning.FitChangeSays(x); says != "" && i == len(h.Notes)-1 {
			sh.put("    %s", says)
		}
		sh.elsewhere(domain.Shareable, x.Elsewhere)
	})
}
