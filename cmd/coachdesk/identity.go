package main

import (
	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/bundle"
)

// identityItem is a card, for --json.
type identityItem struct {
	Person      domain.ID     `json:"person"`
	Name        string        `json:"name"`
	Role        domain.Role   `json:"role"`
	Office      string        `json:"office,omitempty"`
	Desk        domain.DeskID `json:"desk"`
	Recipient   string        `json:"recipient"`
	Fingerprint string        `json:"fingerprint"`
	Card        string        `json:"card"`
}

func (c *call) identityVerb() *cobra.Command {
	var digits bool
	cmd := &cobra.Command{
		Use:   "identity",
		Short: "This desk's card: what others need to send cases here",
		Long: "identity writes the card of whoever works here: name, role, office and the two public keys. It is no secret;\n" +
			"send it by mail. Whoever gets it adds it with coachdesk contacts add, rings you, and compares the fingerprint:\n" +
			"30 digits, which --fingerprint writes alone.",
		Example: "  coachdesk identity > amina.card\n  coachdesk identity --fingerprint",
		Args:    noArgs,
		RunE:    c.onStore(func(st *store.Store, _ []string) error { return c.identity(st, digits) }),
	}
	cmd.Flags().BoolVar(&digits, "fingerprint", false, "only the 30 digits that are read over the telephone")
	return cmd
}

func (c *call) identity(st *store.Store, digits bool) error {
	card, err := st.Card()
	if err != nil {
		return err
	}
	whole := contactOf(card).Fingerprint()
	switch {
	case c.json:
		return printItems(c, "identity/1", []identityItem{{card.Person, card.Name, card.Role, card.Office, card.Desk, card.Recipient, whole, card.String()}})
	case digits:
		c.print(whole)
	default:
		c.write(card.String())
		c.say("Fingerprint: %s", whole)
	}
	c.say("When somebody who has your card rings, read them the six groups digit by digit; they type the first and the last.")
	return nil
}

// contactOf is who a card says that it is of.
func contactOf(card bundle.Card) domain.Contact {
	return domain.Contact{Person: card.Person, Name: card.Name, Role: card.Role, Office: card.Office, Desk: card.Desk, Recipient: card.Recipient, Verify: card.Verify}
}
