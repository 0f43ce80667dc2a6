package main

import (
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/store"
)

const cardHelp = "A card is written line by line: what to do, a suggestion a line; “# travel” for each barrier that it helps\n" +
	"with; “sector: …”, “source: …” and “come back: …” if you like. Nothing of a person may stand on it."

func (c *call) cardVerb() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "card",
		Short: "Advice cards: find, write, and see which advice worked",
		Long:  "card lists the advice cards that are in use, what worked first.",
		Args:  noArgs,
		RunE:  func(*cobra.Command, []string) error { return c.listCards("") },
	}
	cmd.AddCommand(c.cardFind(), c.cardShow(), c.cardWrite(), c.cardChange(), c.cardKeep(), c.cardRetire(), c.cardWorked(),
		c.undoOffice("Take back the last thing that you did to cards", domain.CardKinds))
	return cmd
}

// cardItem is a card, for --json.
type cardItem struct {
	ID       domain.ID    `json:"id"`
	Ref      string       `json:"ref"`
	Lines    []string     `json:"lines"`
	Barriers []string     `json:"barriers"`
	Sector   string       `json:"sector,omitempty"`
	Source   string       `json:"source,omitempty"`
	Return   string       `json:"come_back,omitempty"`
	On       calendar.Day `json:"on"`
	tallyItem
}

type tallyItem struct {
	Used   int `json:"used"`
	Tried  int `json:"tried"`
	Worked int `json:"worked"`
	Partly int `json:"partly"`
	No     int `json:"no"`
}

func cardOf(u domain.CardUse, width int) cardItem {
	barriers := u.Barriers
	if barriers == nil {
		barriers = []string{}
	}
	return cardItem{u.ID, u.ID.Ref(width), u.Lines, barriers, u.Sector, u.Source, u.Return, u.On, tallyItem(u.Tally)}
}

func cardIDs(o domain.Office) []domain.ID {
	var ids []domain.ID
	for _, card := range o.Cards {
		ids = append(ids, card.ID)
	}
	return ids
}

// cardUses opens the store and counts what came of each card.
func (c *call) cardUses() (*store.Store, []domain.CardUse, int, error) {
	st, err := c.open()
	if err != nil {
		return nil, nil, 0, err
	}
	rows, err := st.Rows()
	return st, domain.CardUses(st.Office().Cards, rows), domain.RefLength(cardIDs(st.Office())), err
}

func (c *call) listCards(typed string) error {
	st, uses, width, err := c.cardUses()
	if err != nil {
		return err
	}
	items := []cardItem{}
	t := table{head: []string{"REF", "USED", "WORKED", "PARTLY", "NO", "BARRIERS", "CARD"}, right: []int{1, 2, 3, 4}}
	for _, u := range domain.FindCards(uses, typed) {
		items = append(items, cardOf(u, width))
		t.add(u.ID.Ref(width), strconv.Itoa(u.Used), strconv.Itoa(u.Worked), strconv.Itoa(u.Partly), strconv.Itoa(u.No), strings.Join(u.Barriers, ", "), u.Title())
	}
	if c.json {
		return printItems(c, "cards/1", items)
	}
	c.printTable(t)
	if len(items) == 0 && len(st.Office().Cards) > 0 && typed != "" {
		c.say("No card is about that.")
	}
	return nil
}

func (c *call) cardFind() *cobra.Command {
	return &cobra.Command{
		Use: "find WORD…", Short: "Find cards by barrier and words; the beginning of a word is enough", Args: needs("WORD…"),
		RunE: func(_ *cobra.Command, args []string) error { return c.listCards(strings.Join(args, " ")) },
	}
}

// card finds the card that a reference means.
func (c *call) card(ref string) (*store.Store, domain.CardUse, int, error) {
	st, uses, width, err := c.cardUses()
	if err != nil {
		return nil, domain.CardUse{}, 0, err
	}
	id, err := domain.FindRef(ref, cardIDs(st.Office()))
	if err != nil {
		return nil, domain.CardUse{}, 0, notFound(err, "card", "There is no card with the reference %q. coachdesk card lists them.", clean.Line(ref, 40))
	}
	for _, u := range uses {
		if u.ID == id {
			return st, u, width, nil
		}
	}
	return nil, domain.CardUse{}, 0, domain.Refused("card", "That card was retired.")
}

func (c *call) cardShow() *cobra.Command {
	return &cobra.Command{
		Use: "show CARD", Short: "One card, and what came of it", Args: needs("CARD"),
		RunE: func(_ *cobra.Command, args []string) error {
			_, u, width, err := c.card(args[0])
			if err != nil {
				return err
			}
			if c.json {
				return printItems(c, "cards/1", []cardItem{cardOf(u, width)})
			}
			c.print(strings.Split(u.String(), "\n")...)
			c.say("Used %s, tried %d: worked %d, partly %d, no %d.", plural(u.Used, "once", "%s times"), u.Tried, u.Worked, u.Partly, u.No)
			return nil
		},
	}
}

var cardWords = words{what: "The card", prompt: "What is to be done? A suggestion a line, # before a barrier, “source: …”.", field: "text", most: 4000, must: true}

// namesKnown are the names of everybody on the caseload, also of those whom lists do
// not name: a card must name none of them.
func namesKnown(st *store.Store) ([]string, error) {
	rows, err := st.Rows()
	if err != nil {
		return nil, err
	}
	var names []string
	for _, r := range rows {
		name := r.Name
		if r.Restricted {
			p, err := st.Participant(r.ID)
			if err != nil {
				return nil, err
			}
			name = p.Name()
		}
		names = append(names, name)
	}
	return names, nil
}

// writeCard writes a card, when nothing of a person stands on it or it is wanted anyway.
func (c *call) writeCard(st *store.Store, id domain.ID, text domain.CardText, anyway bool) error {
	names, err := namesKnown(st)
	if err != nil {
		return err
	}
	r, err := st.Do(domain.Batch{ID: st.NewID(), Commands: []domain.Command{domain.WriteCard{Office: st.OfficeID(), Card: id, Text: text, Names: names, Anyway: anyway}}})
	if err != nil {
		return err
	}
	for _, rec := range r.Records {
		if e, ok := rec.Event.(domain.CardWritten); ok {
			id = e.ID
		}
	}
	return c.tellReceipt(id.Ref(domain.RefLength(cardIDs(st.Office()))), r)
}

func anywayFlag(cmd *cobra.Command, anyway *bool) *cobra.Command {
	cmd.Flags().BoolVar(anyway, "anyway", false, "write it although something looks like personal data")
	return cmd
}

func (c *call) cardWrite() *cobra.Command {
	var anyway bool
	return anywayFlag(&cobra.Command{
		Use: "write", Short: "Write a card, from standard input or a prompt", Long: cardHelp, Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			if err := c.mayRead(cardWords); err != nil {
				return err
			}
			st, err := c.open()
			if err != nil {
				return err
			}
			text, err := c.readWords(cardWords)
			if err != nil {
				return err
			}
			return c.writeCard(st, domain.ID{}, domain.ReadCard(text), anyway)
		},
	}, &anyway)
}

func (c *call) cardChange() *cobra.Command {
	var anyway bool
	return anywayFlag(&cobra.Command{
		Use: "change CARD", Short: "Write a card anew; what it said before is kept", Long: cardHelp, Args: needs("CARD"),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := c.mayRead(cardWords); err != nil {
				return err
			}
			st, u, _, err := c.card(args[0])
			if err != nil {
				return err
			}
			text, err := c.readWords(cardWords)
			if err != nil {
				return err
			}
			return c.writeCard(st, u.ID, domain.ReadCard(text), anyway)
		},
	}, &anyway)
}

func (c *call) cardKeep() *cobra.Command {
	var anyway bool
	return anywayFlag(&cobra.Command{
		Use: "keep REF ITEM", Short: "Keep an adviser's answer as a card", Args: needs("REF", "ITEM"),
		Long: "keep makes a card of what an answer suggests, with the barriers that it was about. It is refused while\n" +
			"anything on it looks like personal data; card write takes it in other words.",
		RunE: func(_ *cobra.Command, args []string) error {
			s, err := c.person(args[0])
			if err != nil {
				return err
			}
			id, err := s.find(itemQuestion, args[1])
			if err != nil {
				return err
			}
			for _, e := range s.p.Escalations {
				if e.ID == id && e.Answer != "" {
					return c.writeCard(s.st, domain.ID{}, domain.KeepAnswer(s.p, e), anyway)
				}
			}
			return domain.Refused("item", "There is no answer to keep yet.")
		},
	}, &anyway)
}

func (c *call) cardRetire() *cobra.Command {
	w := perhaps("The reason")
	return &cobra.Command{
		Use: "retire CARD", Short: "Take a card out of use", Args: needs("CARD"),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := c.mayRead(w); err != nil {
				return err
			}
			st, u, width, err := c.card(args[0])
			if err != nil {
				return err
			}
			reason, err := c.readWords(w)
			if err != nil {
				return err
			}
			r, err := st.Do(domain.Batch{ID: st.NewID(), Commands: []domain.Command{domain.RetireCard{Office: st.OfficeID(), Card: u.ID, Reason: reason}}})
			if err != nil {
				return err
			}
			return c.tellReceipt(u.ID.Ref(width), r)
		},
	}
}

// workedItem is a barrier and the advice about it, for --json.
type workedItem struct {
	Barrier string     `json:"barrier"`
	Cards   []cardItem `json:"cards"`
	Others  tallyItem  `json:"others"` // answers about it that are on no card
}

func (c *call) cardWorked() *cobra.Command {
	return &cobra.Command{
		Use: "worked", Short: "Which advice worked, for each barrier", Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			st, _, width, err := c.cardUses()
			if err != nil {
				return err
			}
			rows, err := st.Rows()
			if err != nil {
				return err
			}
			items := []workedItem{}
			t := table{head: []string{"BARRIER", "USED", "WORKED", "PARTLY", "NO", "CARD"}, right: []int{1, 2, 3, 4}}
			for _, b := range domain.BarrierUses(st.Office().Cards, rows) {
				it := workedItem{b.Barrier, []cardItem{}, tallyItem(b.Loose)}
				tally := func(n domain.Tally, card string) {
					t.add(b.Barrier, strconv.Itoa(n.Used), strconv.Itoa(n.Worked), strconv.Itoa(n.Partly), strconv.Itoa(n.No), card)
				}
				for _, u := range b.Cards {
					it.Cards = append(it.Cards, cardOf(u, width))
					tally(u.Tally, u.ID.Ref(width)+"  "+u.Title())
				}
				if b.Loose.Used > 0 {
					tally(b.Loose, "answers on no card")
				}
				items = append(items, it)
			}
			if c.json {
				return printItems(c, "cards-worked/1", items)
			}
			c.printTable(t)
			return nil
		},
	}
}
