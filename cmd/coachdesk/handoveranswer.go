package main

import (
	"github.com/spf13/cobra"

	"coachdesk/domain"
)

// handoverAnswers are the answers as flags.
var handoverAnswers = map[string]domain.HandoverAnswer{"taken": domain.HandoverTaken, "question": domain.HandoverAsked, "not-mine": domain.HandoverNotMine}

func (c *call) handoverAnswerVerb() *cobra.Command {
	var items []string
	cmd := &cobra.Command{
		Use:   "answer REF…",
		Short: "Answer what was handed to you: taken, a question, or not mine",
		Long: "handover answer answers everything of a handover that is not answered yet, or the items that --item names.\n" +
			"Words come from standard input: a question needs them, and so does not-mine, which says why or who else.\n" +
			"To take a transfer is to take the case on. handover send --to NAME -o FILE then carries the answers back.",
		Example: "  coachdesk handover answer 7K3Q-M 9DR2-K --taken\n  echo 'Which number does he pick up?' | coachdesk handover answer 7K3Q-M --question --item 4F2A-9",
		Args:    needs("REF…"),
		RunE: func(cmd *cobra.Command, args []string) error {
			flag, _, err := chosen(cmd, "taken", "question", "not-mine")
			switch {
			case err != nil:
				return err
			case flag == "":
				return misuse("Say how you answer: --taken, --question or --not-mine.")
			case len(items) > 0 && len(args) > 1:
				return misuse("--item names items of one person. Answer the others with a command of their own.")
			}
			return c.handoverAnswer(args, handoverAnswers[flag], items)
		},
	}
	f := cmd.Flags()
	f.Bool("taken", false, "you take it on")
	f.Bool("question", false, "you ask something first; the words come from standard input")
	f.Bool("not-mine", false, "you do not take it on; why comes from standard input")
	f.StringArrayVar(&items, "item", nil, "only this `item`, a reference of handover list REF; may stand several times")
	return cmd
}

func (c *call) handoverAnswer(refs []string, answer domain.HandoverAnswer, items []string) error {
	w := words{}
	switch answer {
	case domain.HandoverAsked:
		w = words{what: "The question", prompt: "What do you want to know?", field: "text", most: 2000, must: true}
	case domain.HandoverNotMine:
		w = words{what: "The reason", prompt: "Why not, or whose is it? The sender reads it.", field: "text", most: 2000, must: true}
	case domain.HandoverTaken:
	}
	return c.recordSeveral(refs, w, func(s *subject, text string) (domain.Command, error) {
		me := s.st.Who().ID
		h, ok := s.offered(func(h domain.Handover) bool { return h.To == me && h.WhyNotAnswer(me) == "" })
		if !ok {
			if h, ok = s.offered(func(h domain.Handover) bool { return h.To == me }); ok {
				return nil, domain.Refused("handover", "%s", h.WhyNotAnswer(me))
			}
			return nil, domain.Refused("handover", "Nothing of %s is offered to you. coachdesk handover list shows what is.", s.ref)
		}
		ids, err := s.handedItems(h, items)
		return domain.AnswerHandover{Participant: s.p.ID, Handover: h.ID, Items: ids, Answer: answer, Words: text}, err
	})
}

func (s *subject) handedItems(h domain.Handover, refs []string) ([]domain.ID, error) {
	var ids []domain.ID
	for _, ref := range refs {
		id, err := s.handedItem(h, ref)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// recordSeveral is record for a verb about one or several people: what it does happens
// to all of them or to none.
func (c *call) recordSeveral(refs []string, w words, make decide) error {
	if len(refs) == 1 {
		return c.record(refs[0], w, make)
	}
	if err := c.mayRead(w); err != nil {
		return err
	}
	people, err := c.several(refs)
	if err != nil {
		return err
	}
	text := ""
	if w.what != "" {
		if text, err = c.readWords(w); err != nil {
			return err
		}
		if err := people[0].plain(text); err != nil {
			return err
		}
	}
	var commands []domain.Command
	for _, s := range people {
		command, err := make(s, text)
		if err != nil {
			return aboutPerson(s, err)
		}
		commands = append(commands, command)
	}
	receipt, err := c.st.Do(domain.Batch{ID: c.st.NewID(), Commands: commands})
	if err != nil {
		return err
	}
	return c.tellSeveral(people, receipt)
}
