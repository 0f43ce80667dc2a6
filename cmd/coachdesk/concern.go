package main

import (
	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

func (c *call) concernVerb() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "concern REF",
		Short: "Raise a concern with somebody, or acknowledge one",
		Long: "concern reads from standard input or a prompt what worries you. Its first line may say “told: …” when who\n" +
			"was told does not work here. It stands in the queue until it is acknowledged by who was told.",
		Example: "  echo 'sounded hopeless on the phone' | coachdesk concern 7K3Q-M --to helen --scope 'coach only'\n  coachdesk concern 7K3Q-M --ack 4T8R-P",
		Args:    needs("REF"),
	}
	var to, scope, ack string
	f := cmd.Flags()
	f.StringVar(&to, "to", "", "who was told, if they work here: a `name` or a role")
	f.StringVar(&scope, "scope", domain.Shareable.String(), "shareable, coach only or third party")
	f.StringVar(&ack, "ack", "", "acknowledge this `item`; the text, if any, is the answer")
	cmd.RunE = func(_ *cobra.Command, args []string) error {
		if ack != "" {
			if err := only(cmd, "ack", "to", "scope"); err != nil {
				return err
			}
			return c.record(args[0], words{what: "The answer", field: "text", most: 2000}, func(s *subject, text string) (domain.Command, error) {
				id, err := s.find(itemConcern, ack)
				return domain.AcknowledgeConcern{Participant: s.p.ID, Concern: id, Answer: text}, err
			})
		}
		w := words{what: "The concern", prompt: "What worries you?", field: "text", most: 2000, must: true}
		return c.record(args[0], w, func(s *subject, text string) (domain.Command, error) { return s.concern(to, scope, text) })
	}
	return cmd
}

func (s *subject) concern(to, scope, text string) (domain.Command, error) {
	r := domain.RaiseConcern{Participant: s.p.ID, Scope: 99}
	for _, sc := range domain.Scopes {
		if sc.String() == scope {
			r.Scope = sc
		}
	}
	if r.Scope == 99 {
		return nil, misuse("--scope: %q is no scope. Write shareable, “coach only” or “third party”.", clean.Line(scope, 40))
	}
	r.Told, r.Text = cutHead("told", text)
	if to != "" {
		who, err := s.st.Office().FindPerson(to)
		if err != nil {
			return nil, err
		}
		r.To = who.ID
	}
	return r, nil
}

// concernItem is a concern, for --json.
type concernItem struct {
	textItem
	To           domain.ID    `json:"to,omitzero"`
	Told         string       `json:"told,omitempty"`
	Acknowledged calendar.Day `json:"acknowledged,omitzero"`
	Answer       string       `json:"answer,omitempty"`
}

func (s *subject) concernItems(v view) []concernItem {
	out := []concernItem{}
	for _, x := range s.p.Concerns {
		if may(x.Scope, v) {
			out = append(out, concernItem{s.text(x.Item), x.To, x.Told, x.Acknowledged, x.Answer})
		}
	}
	return out
}

func (sh *sheet) concerns() {
	sh.section("Concerns", len(sh.p.Concerns), func(i int) {
		x := sh.p.Concerns[i]
		who := x.Told
		if !x.To.IsZero() {
			who = sh.st.Office().Named(x.To).Name
		}
		state := "told: " + who + ", not acknowledged"
		if !x.Open() {
			state = "told: " + who + ", acknowledged " + x.Acknowledged.Short(sh.today)
		}
		sh.put("%s  %s (%s)", sh.itemRef(x.ID), shown(x.Scope, x.Text, sh.private), state)
		if x.Answer != "" {
			sh.put("    answer: %s", shown(x.Scope, x.Answer, sh.private))
		}
	})
}
