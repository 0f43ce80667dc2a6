package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// consentHelp tells what a consent is made of.
const consentHelp = "The parts that --items takes are contact, health, adjustments, plan, work and sessions, parted by commas.\n" +
	"--how is how it was said: face to face, phone, in writing or online."

func (c *call) consentVerb() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "consent REF",
		Short: "What a person agreed that others may be told",
		Long: "consent lists the ledger of a record: who may be told what, what for, until when, how it was said, and what\n" +
			"was withdrawn. Whatever leaves the office is compared with it. Consent that ran out counts no more, by itself.",
		Args: needs("REF"),
		RunE: func(_ *cobra.Command, args []string) error { return c.consents(args[0]) },
	}
	cmd.AddCommand(c.consentGive(), c.consentNarrow(), c.consentWithdraw())
	return cmd
}

// agreement is what the flags of consent say.
type agreement struct{ to, items, from, until, how, by string }

func (c *call) consentGive() *cobra.Command {
	var a agreement
	cmd := &cobra.Command{
		Use:   "give REF",
		Short: "Record that the person agreed",
		Long: "consent give reads who gets it and what for from standard input or a prompt: “name: Riverside Works” and\n" +
			"“purpose: a place on Connect to Work”.\n" + consentHelp,
		Example: "  printf 'name: Riverside Works\\npurpose: a place there\\n' | coachdesk consent give 7K3Q-M --to provider --items contact,plan --until 6m",
		Args:    needs("REF"),
		RunE: func(_ *cobra.Command, args []string) error {
			items, err := itemsNamed(a.items)
			if err != nil {
				return err
			}
			w := words{what: "The consent", prompt: "Write “name: …”, who gets it, and “purpose: …”, what it is for.", field: "purpose", most: 3 * clean.MaxLine, must: true}
			return c.record(args[0], w, func(s *subject, text string) (domain.Command, error) { return s.giveConsent(a, items, text) })
		},
	}
	f := cmd.Flags()
	f.StringVar(&a.to, "to", "", "what the recipient is: colleague, dea, provider, employer, representative or other")
	f.StringVar(&a.items, "items", "", "which `parts` may be told")
	f.StringVar(&a.from, "from", "", "from this `date`; today unless said")
	f.StringVar(&a.until, "until", "", "until this `date`; without it, until it is withdrawn")
	f.StringVar(&a.how, "how", string(domain.FaceToFace), "how it was said")
	f.StringVar(&a.by, "by", string(domain.GivenByPerson), "who said it: person or representative")
	return cmd
}

func (s *subject) giveConsent(a agreement, items []domain.ConsentItem, text string) (domain.Command, error) {
	g := domain.GiveConsent{Participant: s.p.ID, To: domain.Recipient{Kind: domain.RecipientKind(a.to)}, Items: items, How: domain.ConsentHow(a.how), Giver: domain.ConsentGiver(a.by)}
	for i, line := range strings.Split(text, "\n") {
		name, value, _ := strings.Cut(line, ":")
		switch clean.Fold(strings.TrimSpace(name)) {
		case "name":
			g.To.Name = strings.TrimSpace(value)
		case "purpose":
			g.Purpose = strings.TrimSpace(value)
		case "":
		default:
			return nil, misuse("Line %d begins with neither name: nor purpose:.", i+1)
		}
	}
	var err error
	if a.from != "" {
		if g.From, err = s.day("from", a.from, calendar.Forward); err != nil {
			return nil, err
		}
	}
	if a.until != "" {
		g.Until, err = s.day("until", a.until, calendar.Forward)
	}
	return g, err
}

// itemsNamed reads parts of a record, parted by commas; the beginning of a name is
// enough.
func itemsNamed(list string) ([]domain.ConsentItem, error) {
	var out []domain.ConsentItem
	for word := range strings.SplitSeq(list, ",") {
		word = clean.Fold(strings.TrimSpace(word))
		i := slices.IndexFunc(domain.ConsentItems, func(it domain.ConsentItem) bool {
			return word != "" && (strings.HasPrefix(string(it), word) || strings.HasPrefix(it.String(), word))
		})
		switch {
		case i >= 0:
			out = append(out, domain.ConsentItems[i])
		case word != "":
			return nil, misuse("--items: %q is not a part of a record. The parts are: %s.", clean.Line(word, 40), itemNames())
		}
	}
	return out, nil
}

func (c *call) consentNarrow() *cobra.Command {
	var a agreement
	cmd := &cobra.Command{
		Use:   "narrow REF ITEM",
		Short: "Fewer parts, or an earlier end",
		Long:  "consent narrow takes parts away from a consent, or ends it earlier. --items names those that stay.\n" + consentHelp,
		Args:  needs("REF", "ITEM"),
		RunE: func(_ *cobra.Command, args []string) error {
			items, err := itemsNamed(a.items)
			if err != nil {
				return err
			}
			return c.record(args[0], words{}, func(s *subject, _ string) (domain.Command, error) {
				n := domain.NarrowConsent{Participant: s.p.ID, Items: items}
				if n.Consent, err = s.find(itemConsent, args[1]); err == nil && a.until != "" {
					n.Until, err = s.day("until", a.until, calendar.Forward)
				}
				return n, err
			})
		},
	}
	cmd.Flags().StringVar(&a.items, "items", "", "the `parts` that stay")
	cmd.Flags().StringVar(&a.until, "until", "", "the new last `date`")
	return cmd
}

func (c *call) consentWithdraw() *cobra.Command {
	var how string
	cmd := &cobra.Command{
		Use:   "withdraw REF ITEM",
		Short: "The person takes a consent back",
		Long:  "consent withdraw ends a consent at once. It needs no reason.",
		Args:  needs("REF", "ITEM"),
		RunE: func(_ *cobra.Command, args []string) error {
			return c.record(args[0], words{}, func(s *subject, _ string) (domain.Command, error) {
				id, err := s.find(itemConsent, args[1])
				return domain.WithdrawConsent{Participant: s.p.ID, Consent: id, How: domain.ConsentHow(how)}, err
			})
		},
	}
	cmd.Flags().StringVar(&how, "how", string(domain.FaceToFace), "how it was said: face to face, phone, in writing or online")
	return cmd
}

// consentItem is a line of the ledger, for --json.
type consentItem struct {
	ID           domain.ID            `json:"id"`
	Ref          string               `json:"ref"`
	Purpose      string               `json:"purpose"`
	To           domain.RecipientKind `json:"to"`
	Name         string               `json:"name"`
	Items        []domain.ConsentItem `json:"items"`
	From         calendar.Day         `json:"from"`
	Until        calendar.Day         `json:"until,omitzero"`
	How          domain.ConsentHow    `json:"how"`
	By           domain.ConsentGiver  `json:"by"`
	Withdrawn    calendar.Day         `json:"withdrawn,omitzero"`
	WithdrawnHow domain.ConsentHow    `json:"withdrawn_how,omitempty"`
	InForce      bool                 `json:"in_force"`
}

func (s *subject) consentItems() []consentItem {
	all := []consentItem{}
	for _, x := range s.p.Consents {
		items := x.Items
		if items == nil {
			items = []domain.ConsentItem{}
		}
		all = append(all, consentItem{
			ID: x.ID, Ref: s.itemRef(x.ID), Purpose: x.Purpose, To: x.To.Kind, Name: x.To.Name, Items: items, From: x.From, Until: x.Until,
			How: x.How, By: x.Giver, Withdrawn: x.Withdrawn, WithdrawnHow: x.WithdrawnHow, InForce: x.InForce(s.today),
		})
	}
	return all
}

// consents prints the ledger of a record.
func (c *call) consents(ref string) error {
	s, err := c.person(ref)
	if err != nil {
		return err
	}
	if c.json {
		return printItems(c, "consent/1", s.consentItems())
	}
	t := table{head: []string{"REF", "TO", "PARTS", "FOR", "STATE", "GIVEN"}}
	for _, x := range s.p.Consents {
		t.add(s.itemRef(x.ID), x.To.String(), domain.ItemWords(x.Items), x.Purpose, x.State(s.today), x.From.Short(s.today)+", "+string(x.How)+", by the "+string(x.Giver))
	}
	c.printTable(t)
	if len(s.p.Consents) == 0 {
		c.say("No consent to share with others is recorded.")
	}
	return nil
}

// itemNames are the parts as --items takes them.
func itemNames() string {
	var all []string
	for _, i := range domain.ConsentItems {
		all = append(all, string(i))
	}
	return strings.Join(all, ", ")
}
