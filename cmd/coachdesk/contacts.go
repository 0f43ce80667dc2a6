package main

import (
	"bufio"
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/store"
	"coachdesk/store/bundle"
)

// bookItem is somebody in the address book, for --json.
type bookItem struct {
	Person      domain.ID     `json:"person"`
	Name        string        `json:"name"`
	Role        domain.Role   `json:"role"`
	Office      string        `json:"office,omitempty"`
	Desk        domain.DeskID `json:"desk"`
	Recipient   string        `json:"recipient"`
	Fingerprint string        `json:"fingerprint"`
	Added       calendar.Day  `json:"added"`
	Checked     calendar.Day  `json:"checked,omitzero"`
	Changed     bool          `json:"changed,omitempty"`
}

func (c *call) contactsVerb() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "contacts",
		Short: "The address book: people of other desks to whom cases may be handed",
		Long: "contacts lists who is in the address book, with the fingerprint of their keys, and whether somebody compared\n" +
			"it over the telephone. Cases are sealed to these keys: a card that came by mail could be anybody's until then.",
		Args: noArgs,
		RunE: c.onStore(func(st *store.Store, _ []string) error { return c.contacts(st) }),
	}
	var anew bool
	add := &cobra.Command{
		Use: "add FILE", Short: "Add a card that somebody sent", Args: needs("FILE"),
		Long: "contacts add reads a card, also out of a whole mail; - is standard input. Then ring its owner on a number that\n" +
			"you knew before, and compare the fingerprint with contacts check. Other keys of somebody who is in the book\n" +
			"are refused unless --new-key says that the change is real.",
		Example: "  coachdesk contacts add bea.card",
		RunE:    func(_ *cobra.Command, args []string) error { return c.addContact(args[0], anew) },
	}
	add.Flags().BoolVar(&anew, "new-key", false, "take other keys of somebody who is in the book: you know that they have new ones")
	check := &cobra.Command{
		Use: "check NAME", Short: "Compare a fingerprint over the telephone", Args: needs("NAME"),
		Long: "contacts check asks for the first and the last group of the fingerprint as you hear them; from standard input,\n" +
			"each in a line. It shows neither: let the other side read. NAME may have the office after it.",
		Example: "  coachdesk contacts check 'Bea Holt, Stratford'",
		RunE:    func(_ *cobra.Command, args []string) error { return c.checkContact(args[0]) },
	}
	remove := &cobra.Command{
		Use: "remove NAME", Short: "Take somebody out of the address book", Args: needs("NAME"),
		RunE: func(_ *cobra.Command, args []string) error {
			return c.onContact(args[0], func(st *store.Store, is domain.Contact) (domain.Command, error) {
				return domain.RemoveContact{Office: st.OfficeID(), Person: is.Person}, nil
			})
		},
	}
	cmd.AddCommand(add, check, remove)
	return cmd
}

func (c *call) contacts(st *store.Store) error {
	items := []bookItem{}
	t := table{head: []string{"NAME", "ROLE", "OFFICE", "FINGERPRINT", "COMPARED"}}
	for _, x := range st.Office().Contacts {
		items = append(items, bookItem{x.Person, x.Name, x.Role, x.Office, x.Desk, x.Recipient, x.Fingerprint(), x.Added, x.Checked, x.Changed()})
		t.add(x.Name, x.Role.String(), x.Office, x.Fingerprint(), comparedWords(x, st.Today()))
	}
	if c.json {
		return printItems(c, "contacts/1", items)
	}
	if len(items) == 0 {
		c.say("The address book is empty. Ask the other desk for its card (coachdesk identity there); coachdesk contacts add FILE adds it.")
	}
	c.printTable(t)
	return nil
}

// comparedWords says whether a fingerprint was compared.
func comparedWords(x domain.Contact, today calendar.Day) string {
	switch {
	case x.Changed():
		return "NO: the keys changed"
	case x.Checked.IsZero():
		return "not yet"
	}
	return "on " + x.Checked.Short(today)
}

func (c *call) addContact(file string, anew bool) error {
	w := words{file: file, what: "The card", field: "card", most: inputMost, must: true}
	if err := c.mayRead(w); err != nil {
		return err
	}
	st, err := c.open()
	if err != nil {
		return err
	}
	text, err := c.readWords(w)
	if err != nil {
		return err
	}
	card, err := bundle.ParseCard(text)
	if err != nil {
		return err
	}
	own, err := st.Card()
	if err != nil {
		return err
	}
	is := contactOf(card)
	if was, known := st.Office().Contact(is.Person); known && !was.SameKeys(is) && !anew {
		return domain.Refused("card", "%s is in the address book with other keys: fingerprint there %s, on this card %s. A new desk has new keys; so has somebody who pretends. Ring a number that you knew before. If it is real: coachdesk contacts add --new-key.", clean.Line(was.Who(), 200), was.Fingerprint(), is.Fingerprint())
	}
	if err := c.office(st, domain.AddContact{Office: st.OfficeID(), Contact: is, Own: own.Recipient, Anew: anew}); err != nil {
		return err
	}
	now, _ := st.Office().Contact(is.Person)
	for _, other := range st.Office().Namesakes(now) {
		c.say("Another %s is in the address book, with the fingerprint %s. Write the first digits after the name to tell the two apart.", other.Who(), other.Fingerprint())
	}
	c.say("Fingerprint: %s", now.Fingerprint())
	if why := now.Warning(); why != "" {
		c.say("%s", why)
		c.say("coachdesk contacts check '%s' asks for what they read.", strings.ReplaceAll(now.Who(), "'", " "))
	}
	return nil
}

func (c *call) checkContact(name string) error {
	if c.passphraseFrom() == "-" {
		return misuse("Standard input cannot be both the passphrase and the groups. Put the passphrase into a file.")
	}
	return c.onContact(name, func(st *store.Store, is domain.Contact) (domain.Command, error) {
		in := bufio.NewReader(c.world.in)
		check := domain.CheckContact{Office: st.OfficeID(), Person: is.Person}
		c.say("%s reads six groups of five digits to you.", is.Who())
		for _, ask := range []struct {
			prompt string
			into   *string
		}{{"The first group, as you hear it:", &check.First}, {"The last group:", &check.Last}} {
			c.say("%s", ask.prompt)
			line, err := c.typedLine(in)
			if err != nil {
				return nil, domain.Refused("group", "Both groups are needed, the first and the last. Nothing was recorded.")
			}
			*ask.into = strings.TrimSpace(line)
		}
		return check, nil
	})
}

// onContact carries out a command about somebody in the address book.
func (c *call) onContact(name string, ask func(*store.Store, domain.Contact) (domain.Command, error)) error {
	st, err := c.open()
	if err != nil {
		return err
	}
	is, err := st.Office().FindContact(name)
	if err != nil {
		return err
	}
	command, err := ask(st, is)
	if err != nil {
		return err
	}
	return c.office(st, command)
}
