package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// marksHelp is the grammar of notes for people; a test compares it with domain.Marks.
func marksHelp() string {
	var b strings.Builder
	b.WriteString("A line that begins with a mark and a space becomes an item of the record:\n")
	examples := map[domain.MarkKind]string{
		domain.MarkPromise: "> me: call Mind by fri", domain.MarkStep: "! try the 9:40 bus by 2w", domain.MarkQuestion: "? would a phased return be better",
		domain.MarkBarrier: "# travel before 9", domain.MarkAdjustment: "+ large print", domain.MarkAppointment: "@ fri 10:20 phone",
		domain.MarkMatters: "\" keep my hands busy", domain.MarkStrength: "= patient with the old",
	}
	for _, m := range domain.Marks {
		ex := examples[m.Kind]
		b.WriteString("  " + ex + strings.Repeat(" ", max(1, 36-len(ex))) + m.Name + "\n")
	}
	b.WriteString("A backslash before a mark makes it plain words. [coach only] or [third party] before a\n" +
		"paragraph keeps it from everybody else. A question is drafted, never sent.")
	return b.String()
}

func (c *call) noteVerb() *cobra.Command {
	return &cobra.Command{
		Use:     "note REF [FILE|-]",
		Short:   "Write a note outside a session; its marks become items",
		Long:    "note reads a note from a file, from standard input or from a prompt.\n\n" + marksHelp(),
		Example: "  coachdesk note 7K3Q-M < note.txt",
		Args:    needs("REF", "[FILE]"),
		RunE: func(_ *cobra.Command, args []string) error {
			w := noteWords(args, 1, true)
			return c.record(args[0], w, func(s *subject, text string) (domain.Command, error) {
				return domain.TakeNote{Participant: s.p.ID, Text: text}, nil
			})
		},
	}
}

func noteWords(args []string, at int, must bool) words {
	w := words{prompt: "Write the note.", what: "The note", field: noteField, most: clean.MaxText, must: must}
	if len(args) > at {
		w.file = args[at]
	}
	return w
}

// outcomes are the words of --outcome.
var outcomes = map[string]domain.Outcome{
	"happened": domain.Happened, "came-not": domain.CameNot, "did-not-come": domain.DidNotCome, "rescheduled": domain.Rescheduled,
}

// held is what the flags of session say.
type held struct {
	outcome, channel, day, movedBy, next, appointment string
	length                                            int
	kind, interpreter, escalation                     string
	present                                           []string
}

func (c *call) sessionVerb() *cobra.Command {
	var h held
	cmd := &cobra.Command{
		Use:   "session REF [FILE|-]",
		Short: "Say how a session went, with its note and the next appointment",
		Long: "session records a one-to-one session. Its note comes from a file, from standard input or, when it\n" +
			"happened, from a prompt. For one that did not happen, a first line “reason: …” says why. Who else was\n" +
			"there is said by --present in the office's words, or by a first line “present: …” in others.\n\n" + marksHelp(),
		Example: "  coachdesk session 7K3Q-M --next 'fri 10:20' < note.txt\n" +
			"  coachdesk session 7K3Q-M --outcome did-not-come",
		Args: needs("REF", "[FILE]"),
		RunE: func(_ *cobra.Command, args []string) error {
			outcome, ok := outcomes[h.outcome]
			if !ok {
				return misuse("--outcome: %q is not an outcome. Write happened, came-not, did-not-come or rescheduled.", clean.Line(h.outcome, 40))
			}
			w := noteWords(args, 1, false)
			if outcome != domain.Happened {
				w.prompt = ""
			}
			return c.record(args[0], w, func(s *subject, text string) (domain.Command, error) { return h.command(s, outcome, text) })
		},
	}
	f := cmd.Flags()
	f.StringVar(&h.outcome, "outcome", "happened", "happened, came-not, did-not-come or rescheduled")
	f.StringVar(&h.channel, "channel", "", "face to face, phone, video or online")
	f.StringVar(&h.day, "day", "", "the `date` of the session, when it was not today")
	f.IntVar(&h.length, "length", 0, "how many `minutes` it lasted")
	f.StringVar(&h.movedBy, "moved-by", "", "who asked to move it: me, person, dea, provider or employer")
	f.StringVar(&h.kind, "kind", "", "what it was for: one-to-one, first talk, review, support conversation, in-work check, after absence, three-way meeting or direct support; guessed unless said")
	f.StringSliceVar(&h.present, "present", nil, "who else was there, in `words` of the office such as family or interpreter")
	f.StringVar(&h.interpreter, "interpreter", "", "the `language` that was interpreted into, such as BSL")
	f.StringVar(&h.next, "next", "", "book the next appointment: a `date`, perhaps a time and a channel")
	f.StringVar(&h.appointment, "appointment", "", "the `item` that this session settles, when it is not the oldest")
	f.StringVar(&h.escalation, "escalation", "", "the escalation, an `item`, whose direct support or three-way meeting it was")
	return cmd
}

func (h held) command(s *subject, outcome domain.Outcome, text string) (domain.Command, error) {
	r := domain.RecordSession{Participant: s.p.ID, Outcome: outcome, Length: h.length, Channel: h.channel, Text: text}
	var err error
	if outcome != domain.Happened {
		r.Reason, r.Text = cutHead("reason", text)
	}
	if err = h.company(s, &r); err != nil {
		return nil, err
	}
	if h.day != "" {
		if r.Day, err = s.day("day", h.day, calendar.Backward); err != nil {
			return nil, err
		}
	}
	if h.movedBy != "" {
		if r.MovedBy, err = s.owner(h.movedBy); err != nil {
			return nil, err
		}
	}
	if h.next != "" {
		b, err := s.booking("--next", h.next)
		if err != nil {
			return nil, err
		}
		r.Next = &b
	}
	if h.appointment != "" {
		if r.Appointment, err = s.find(itemAppointment, h.appointment); err != nil {
			return nil, err
		}
	}
	if h.escalation != "" {
		if r.Escalation, err = s.find(itemQuestion, h.escalation); err != nil {
			return nil, err
		}
		for _, e := range s.p.Escalations {
			if e.ID == r.Escalation {
				r.Kind = e.Kind.Session()
			}
		}
	}
	if r.Kind == domain.OneToOne && h.kind == "" {
		r.Kind, err = s.guess(r)
	}
	return r, err
}

// guess is what the session was likely for, by the appointment that it settles.
func (s *subject) guess(r domain.RecordSession) (domain.SessionKind, error) {
	q, err := s.c.queue(s.st)
	if err != nil {
		return "", err
	}
	day, booked := cmp.Or(r.Day, s.today), domain.OneToOne
	for _, a := range s.p.Unsettled(day) {
		if a.ID == r.Appointment || r.Appointment.IsZero() && a.Day == day {
			booked = a.Kind
			break
		}
	}
	return s.p.GuessKind(booked, s.p.Review(q.Reviewing()).Day, day), nil
}

// company says what the session was for and who else was there.
func (h held) company(s *subject, r *domain.RecordSession) error {
	var err error
	if h.kind != "" {
		if r.Kind, err = domain.ReadSessionKind(h.kind); err != nil {
			return misuse("--kind: %s", err)
		}
	}
	if r.Present, err = s.c.presentWords(h.present); err != nil {
		return err
	}
	who := ""
	if who, r.Text = cutHead("present", r.Text); who != "" {
		for one := range strings.SplitSeq(who, ",") {
			r.Present = append(r.Present, strings.TrimSpace(one))
		}
	}
	r.Interpreter = h.interpreter
	return nil
}

// presentWords takes only words that the office has: a name has no place in arguments.
func (c *call) presentWords(words []string) ([]string, error) {
	rules, err := readSessions()
	if err != nil {
		return nil, err
	}
	var out []string
	for _, w := range words {
		w = clean.Fold(strings.TrimSpace(w))
		if !slices.Contains(rules.Present.Words, w) {
			return nil, misuse("--present: %q is none of %s. Others stand in the text, in a first line “present: …”.", clean.Line(w, 40), strings.Join(rules.Present.Words, ", "))
		}
		out = append(out, w)
	}
	return out, nil
}

// cutHead takes a first line such as "reason: …" off a text.
func cutHead(name, text string) (value, rest string) {
	first, rest, _ := strings.Cut(text, "\n")
	word, value, ok := strings.Cut(first, ":")
	if !ok || !strings.EqualFold(strings.TrimSpace(word), name) {
		return "", text
	}
	return strings.TrimSpace(value), strings.TrimLeft(rest, "\n")
}

// booking reads when and how to meet, and echoes it.
func (s *subject) booking(flag, phrase string) (domain.Booking, error) {
	day, minute, rest, err := domain.ReadMeeting(phrase, s.today)
	if err != nil {
		return domain.Booking{}, misuse("%s: %s", flag, err)
	}
	b := domain.Booking{Day: day, Minute: minute}
	if rest != "" {
		f, _ := domain.FieldOf(domain.FactChannel)
		if b.Channel, err = f.Clean(rest, domain.Stamp{}); err != nil {
			return b, misuse("%s: after the date and the time comes face to face, phone, video or online, not %q.", flag, clean.Line(rest, 60))
		}
	}
	when := day.Short(s.today)
	if minute >= 0 {
		when += " " + calendar.Clock(minute)
	}
	s.c.say("%s: %s%s, %s.", strings.TrimPrefix(flag, "--"), when, after(", ", b.Channel), day.Distance(s.today))
	return b, nil
}
