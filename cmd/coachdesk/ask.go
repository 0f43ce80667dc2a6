package main

import (
	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/clean"
)

func (c *call) askVerb() *cobra.Command {
	var draft, triedFile, kind string
	var about []string
	var urgent, informed bool
	cmd := &cobra.Command{
		Use:   "ask REF",
		Short: "Ask the adviser: a new question, or a draft that a note left",
		Long: "ask sends a question, from standard input or a prompt, to the Disability Employment Adviser: for advice to\n" +
			"you, for a meeting of three, or for direct support of the person. What was tried goes along from the record:\n" +
			"barriers, and steps that are done or dropped. With --draft the words of the draft are sent, or the text in\n" +
			"their place.",
		Args: needs("REF"),
		RunE: func(_ *cobra.Command, args []string) error {
			help, err := helpNamed(kind)
			if err != nil {
				return err
			}
			w := words{what: "The question", prompt: "The question, in one sentence if you can:", field: "question", most: 2000, must: draft == ""}
			if draft != "" {
				w.prompt = ""
			}
			return c.record(args[0], w, func(s *subject, text string) (domain.Command, error) {
				a := domain.Ask{Participant: s.p.ID, Kind: help, Question: text, Urgent: urgent, Informed: informed}
				figures, err := readFigures()
				if err != nil {
					return nil, err
				}
				a.Tried = domain.TriedBefore(s.p, figures.Of(domain.FigureTried))
				if triedFile != "" {
					b, err := readSome(triedFile, inputMost)
					if err != nil {
						return nil, err
					}
					a.Tried = clean.Text(string(b), 4000)
				}
				for _, b := range about {
					id, err := s.find(itemBarrier, b)
					if err != nil {
						return nil, err
					}
					a.Barriers = append(a.Barriers, id)
				}
				if draft == "" {
					return a, nil
				}
				id, err := s.find(itemQuestion, draft)
				if err != nil {
					return nil, err
				}
				a.Escalation = id
				return a, s.draftWords(&a)
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&draft, "draft", "", "send this `item`: a draft, or an escalation that came back")
	f.StringVar(&kind, "for", "advice", "for advice, three-way or direct")
	f.BoolVar(&urgent, "urgent", false, "it cannot wait")
	f.BoolVar(&informed, "informed", false, "the person knows that we ask")
	f.StringArrayVar(&about, "barrier", nil, "a barrier that it is about, an `item`; again for more, all open ones unless said")
	f.StringVar(&triedFile, "tried-file", "", "say what was tried in this `file`, not from the record")
	return cmd
}

// draftWords takes a draft's own words where none were written. A private draft is
// never sent as it stands: the adviser would read what was kept apart.
func (s *subject) draftWords(a *domain.Ask) error {
	if a.Question != "" {
		return nil
	}
	for _, e := range s.p.Escalations {
		if e.ID != a.Escalation {
			continue
		}
		if e.Scope.Private() {
			return domain.Refused("question", "This draft is marked %s. Write the question anew, in words that the adviser may read.", e.Scope)
		}
		a.Question = e.Question
	}
	return nil
}

// onQuestion is a verb about one question to the adviser.
func (c *call) onQuestion(use, short string, w words, make func(s *subject, id domain.ID, text string) (domain.Command, error)) *cobra.Command {
	return &cobra.Command{
		Use:   use + " REF ITEM",
		Short: short,
		Args:  needs("REF", "ITEM"),
		RunE: func(_ *cobra.Command, args []string) error {
			return c.record(args[0], w, func(s *subject, text string) (domain.Command, error) {
				id, err := s.find(itemQuestion, args[1])
				if err != nil {
					return nil, err
				}
				return make(s, id, text)
			})
		},
	}
}

func (c *call) acceptVerb() *cobra.Command {
	return c.onQuestion("accept", "As the adviser: I will answer this", words{}, func(s *subject, id domain.ID, _ string) (domain.Command, error) {
		return domain.Accept{Participant: s.p.ID, Escalation: id}, nil
	})
}

func (c *call) returnVerb() *cobra.Command {
	w := words{what: "What you need to know", prompt: "What do you need to know before you can answer?", field: "need", most: 2000, must: true}
	return c.onQuestion("return", "As the adviser: I need more to answer", w, func(s *subject, id domain.ID, text string) (domain.Command, error) {
		return domain.Return{Participant: s.p.ID, Escalation: id, Need: text}, nil
	})
}

func (c *call) answerVerb() *cobra.Command {
	var card string
	w := words{what: "The answer", prompt: "The answer: what to do, where it comes from, when to come back.", field: "text", most: 4000, must: true}
	answer := func(text string, from domain.ID) *cobra.Command {
		return c.onQuestion("answer", "", w, func(s *subject, id domain.ID, typed string) (domain.Command, error) {
			if typed != "" && text != "" {
				typed += "\n" + text
			} else if typed == "" {
				typed = text
			}
			return domain.Answer{Participant: s.p.ID, Escalation: id, Text: typed, Card: from}, nil
		})
	}
	cmd := &cobra.Command{
		Use:   "answer REF ITEM",
		Short: "As the adviser: answer from standard input, a prompt, or a card",
		Long: "answer sends the text to the coach. Each line that begins with ! or - becomes a step when the coach takes\n" +
			"the answer. With --card the card is the answer, after what you write.",
		Args: needs("REF", "ITEM"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if card == "" {
				return answer("", domain.ID{}).RunE(cmd, args)
			}
			_, u, _, err := c.card(card)
			if err != nil {
				return err
			}
			w.must, w.prompt = false, ""
			return answer(u.Answer(), u.ID).RunE(cmd, args)
		},
	}
	cmd.Flags().StringVar(&card, "card", "", "answer with this advice `card`")
	return cmd
}

func (c *call) withdrawVerb() *cobra.Command {
	return c.onQuestion("withdraw", "Withdraw an escalation, or close one that is answered", perhaps("The reason"), func(s *subject, id domain.ID, text string) (domain.Command, error) {
		return domain.EndEscalation{Participant: s.p.ID, Escalation: id, Reason: text}, nil
	})
}

// results are the words of --result.
var results = map[string]domain.TriedResult{
	"worked": domain.ResultWorked, "partly": domain.ResultPartly, "no": domain.ResultNo, "not-tried": domain.ResultNotTried,
}

func (c *call) triedVerb() *cobra.Command {
	var result string
	w := words{what: "The comment", field: "comment", most: 2000}
	cmd := c.onQuestion("tried", "Say whether the adviser's answer worked", w, func(s *subject, id domain.ID, text string) (domain.Command, error) {
		return domain.TellResult{Participant: s.p.ID, Escalation: id, Result: results[result], Comment: text}, nil
	})
	cmd.Flags().StringVar(&result, "result", "", "worked, partly, no or not-tried")
	run := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if results[result] == "" {
			return misuse("--result: write worked, partly, no or not-tried.")
		}
		return run(cmd, args)
	}
	return cmd
}

func (c *call) takeVerb() *cobra.Command {
	var t task
	cmd := &cobra.Command{
		Use:   "take REF ITEM",
		Short: "Take an answer into the plan: each suggestion is a step that says where it came from",
		Long: "take makes a step of each line of the answer that begins with ! or -, or else of its first line. With words\n" +
			"on standard input, or a flag, it makes one step, which is read as step reads it.",
		Args: needs("REF", "ITEM"),
		RunE: func(_ *cobra.Command, args []string) error {
			return c.record(args[0], perhaps("The step"), func(s *subject, text string) (domain.Command, error) {
				id, err := s.find(itemQuestion, args[1])
				if err != nil {
					return nil, err
				}
				if text == "" && t == (task{}) {
					return domain.TakeAnswer{Participant: s.p.ID, Escalation: id}, nil
				}
				if text == "" {
					if text, err = s.firstSuggestion(id); err != nil {
						return nil, err
					}
				}
				m, err := t.read(s, domain.MarkStep, text)
				return domain.AddStep{Participant: s.p.ID, Origin: id, Owner: m.Owner, Text: m.Text, Due: m.Due, Before: m.Before}, err
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&t.owner, "owner", "", "whose it is: me, person, dea, provider or employer")
	f.StringVar(&t.due, "due", "", "by this `date`")
	return cmd
}

// firstSuggestion is what of an answer becomes one step.
func (s *subject) firstSuggestion(id domain.ID) (string, error) {
	for _, e := range s.p.Escalations {
		if all := domain.Suggestions(e.Answer); e.ID == id && len(all) > 0 {
			return all[0], nil
		}
	}
	return "", domain.Refused("item", "There is no answer to take yet.")
}
