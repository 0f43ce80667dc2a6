package main

import (
	"slices"

	"github.com/spf13/cobra"

	"coachdesk/domain"
)

func (c *call) handoverReplyVerb() *cobra.Command {
	var item string
	cmd := &cobra.Command{
		Use:   "reply REF",
		Short: "Answer a question about what you handed over",
		Long: "handover reply gives the answer, from standard input, to a question that came back about a handover of\n" +
			"yours. What was asked about is then open again for the other desk to take. --item is needed where there\n" +
			"are several questions. handover send --to NAME -o FILE carries the answer there.",
		Example: "  echo 'The mobile, after eleven.' | coachdesk handover reply 7K3Q-M",
		Args:    needs("REF"),
		RunE: func(_ *cobra.Command, args []string) error {
			return c.handoverReply(args[0], item)
		},
	}
	cmd.Flags().StringVar(&item, "item", "", "which `item`, a reference of handover list REF")
	return cmd
}

func (c *call) handoverReply(ref, item string) error {
	w := words{what: "The answer", prompt: "What do you answer?", field: "text", most: 2000, must: true}
	if err := c.mayRead(w); err != nil {
		return err
	}
	s, err := c.person(ref)
	if err != nil {
		return err
	}
	h, items, err := s.askedAbout(item)
	if err != nil {
		return err
	}
	text, err := c.readWords(w)
	if err != nil {
		return err
	}
	if err := s.plain(text); err != nil {
		return err
	}
	var commands []domain.Command
	for _, id := range items {
		commands = append(commands, domain.ReplyHandover{Participant: s.p.ID, Handover: h, Item: id, Words: text})
	}
	return s.do(commands...)
}

// askedAbout returns the handover and the items of it that one question of the receiver is
// about.
func (s *subject) askedAbout(ref string) (handover domain.ID, items []domain.ID, err error) {
	asked := func(it domain.HandoverItem) bool { return it.Answer == domain.HandoverAsked }
	who := s.st.Who()
	h, ok := s.offered(func(h domain.Handover) bool { return h.WhyNotReply(who.ID, who.Role) == "" })
	if !ok {
		return handover, nil, domain.Refused("handover", "Nobody asked anything about what you handed over of %s.", s.ref)
	}
	if ref != "" {
		item, err := s.handedItem(h, ref)
		return h.ID, []domain.ID{item}, err
	}
	first := slices.IndexFunc(h.Items, asked)
	for _, it := range h.Items {
		if !asked(it) {
			continue
		}
		if it.Words != h.Items[first].Words {
			return handover, nil, misuse("There is more than one question. Say which you answer with --item; coachdesk handover list %s shows them.", s.ref)
		}
		items = append(items, it.ID)
	}
	return h.ID, items, nil
}
