package main

import (
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/clean"
)

// correction is what the flags of amend say of a session.
type correction struct {
	outcome, channel, movedBy, kind, interpreter string
	length                                       int
	present                                      []string
	print                                        bool
}

func (c *call) amendVerb() *cobra.Command {
	var k correction
	cmd := &cobra.Command{
		Use:   "amend REF ITEM [FILE|-]",
		Short: "Amend a note, or how a session went; what it said before is kept",
		Long: "amend reads from a file, from standard input or from a prompt a first line “reason: …”, and then, for a\n" +
			"note, the whole note as it should be; --print writes it as it is, with the tags of its scopes, to be\n" +
			"changed. Lines that stood there before make no items again; new marks do. A session is amended by the\n" +
			"flags. Whoever wrote it may amend it, and a team lead.",
		Example: "  coachdesk amend 7K3Q-M N2F4 --print > note.txt\n" +
			"  (echo 'reason: heard it wrong'; cat note.txt) | coachdesk amend 7K3Q-M N2F4\n" +
			"  echo 'reason: they were downstairs' | coachdesk amend 7K3Q-M S9QD --outcome happened",
		Args: needs("REF", "ITEM", "[FILE]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if k.print {
				return c.printSource(args[0], args[1])
			}
			w := noteWords(args, 2, true)
			w.what, w.prompt = "The amendment", "Write a first line “reason: …”; for a note, then the whole note."
			return c.record(args[0], w, func(s *subject, text string) (domain.Command, error) {
				return k.command(s, args[1], text, cmd.Flags().Changed)
			})
		},
	}
	f := cmd.Flags()
	f.BoolVar(&k.print, "print", false, "write the note as it is, to be changed")
	f.StringVar(&k.outcome, "outcome", "", "happened, came-not, did-not-come or rescheduled")
	f.StringVar(&k.channel, "channel", "", "face to face, phone, video or online")
	f.StringVar(&k.movedBy, "moved-by", "", "who asked to move it: me, person, dea, provider or employer")
	f.StringVar(&k.kind, "kind", "", "what it was for, such as review")
	f.IntVar(&k.length, "length", 0, "how many `minutes` it lasted")
	f.StringSliceVar(&k.present, "present", nil, "who else was there, in `words` of the office; none for nobody")
	f.StringVar(&k.interpreter, "interpreter", "", "the `language` that was interpreted into; none for nobody")
	return cmd
}

// findTalk returns the note or the session that an argument means.
func (s *subject) findTalk(ref string) (id domain.ID, kind itemKind, err error) {
	var ids []domain.ID
	kinds := map[domain.ID]itemKind{}
	for _, it := range s.items {
		if it.kind == itemNote || it.kind == itemSession {
			ids = append(ids, it.id)
			kinds[it.id] = it.kind
		}
	}
	id, err = domain.FindRef(ref, ids)
	return id, kinds[id], notFound(err, "item", "There is no note and no session with the reference %q on this record. coachdesk show %s lists them.", clean.Line(ref, 40), s.ref)
}

// printSource writes a note with its tags, to whoever may amend it.
func (c *call) printSource(ref, item string) error {
	s, err := c.person(ref)
	if err != nil {
		return err
	}
	id, _, err := s.findTalk(item)
	if err != nil {
		return err
	}
	stamp := domain.Stamp{By: s.st.Who().ID, Role: s.st.Who().Role}
	if why := s.p.WhyNotAmend(id, stamp); why != "" {
		return domain.Refused("role", "%s", why)
	}
	for _, n := range s.p.Notes {
		if n.ID == id {
			c.print(strings.Split(n.Source(), "\n")...)
			return nil
		}
	}
	return misuse("Only a note has a text to print. A session is amended by the flags.")
}

func (k correction) command(s *subject, item, text string, given func(string) bool) (domain.Command, error) {
	id, kind, err := s.findTalk(item)
	if err != nil {
		return nil, err
	}
	reason, text := cutHead("reason", text)
	if kind == itemNote {
		for _, name := range []string{"outcome", "channel", "moved-by", "kind", "length", "present", "interpreter"} {
			if given(name) {
				return nil, misuse("--%s is of a session, and %s is a note.", name, clean.Line(item, 20))
			}
		}
		return domain.AmendNote{Participant: s.p.ID, Note: id, Text: text, Reason: reason}, nil
	}
	if err := s.plain(reason); err != nil {
		return nil, err
	}
	if strings.TrimSpace(text) != "" {
		return nil, misuse("A session has no text: write only the line “reason: …”, and amend its note by the note's own reference.")
	}
	a := domain.AmendSession{Participant: s.p.ID, Session: id, Reason: reason}
	for _, x := range s.p.Sessions {
		if x.ID == id {
			a.Account = x.Account()
		}
	}
	return a, k.change(s, &a.Account, given)
}

// change puts what the flags say in the place of what was said.
func (k correction) change(s *subject, a *domain.Account, given func(string) bool) error {
	var err error
	if given("outcome") {
		o, ok := outcomes[k.outcome]
		if !ok {
			return misuse("--outcome: %q is not an outcome. Write happened, came-not, did-not-come or rescheduled.", clean.Line(k.outcome, 40))
		}
		if a.Outcome = o; o != domain.Rescheduled {
			a.MovedBy = ""
		}
	}
	if given("channel") {
		a.Channel = k.channel
	}
	if given("length") {
		a.Length = k.length
	}
	if given("interpreter") {
		if a.Interpreter = k.interpreter; k.interpreter == "none" {
			a.Interpreter = ""
		}
	}
	if given("moved-by") {
		if a.MovedBy, err = s.owner(k.movedBy); err != nil {
			return err
		}
	}
	if given("kind") {
		if a.Kind, err = domain.ReadSessionKind(k.kind); err != nil {
			return misuse("--kind: %s", err)
		}
	}
	if given("present") {
		if len(k.present) == 1 && k.present[0] == "none" {
			a.Present = nil
			return nil
		}
		a.Present, err = s.c.presentWords(k.present)
	}
	return err
}
