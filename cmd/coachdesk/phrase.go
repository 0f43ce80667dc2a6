package main

import (
	"strconv"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/store"
)

func (c *call) phraseVerb() *cobra.Command {
	var repeated bool
	cmd := &cobra.Command{
		Use:   "phrase",
		Short: "The texts that are written often, under their short names",
		Long: "phrase lists the office's saved phrases. In a note of the app, ;name and a blank puts one in, with its\n" +
			"places filled for that person: {name} {coach} {today} {next appointment} {fit note ends} {last seen}, and\n" +
			"any date such as {2w}. --repeated tells you alone which lines of yours stand in many records word for\n" +
			"word: the same words about many people may say too little about each.",
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			st, err := c.open()
			if err != nil {
				return err
			}
			if repeated {
				return c.repeated(st)
			}
			return c.phrases(st)
		},
	}
	cmd.Flags().BoolVar(&repeated, "repeated", false, "which lines of yours stand in many records")
	cmd.AddCommand(
		&cobra.Command{
			Use: "save NAME [FILE|-]", Short: "Save a phrase, or change one", Args: needs("NAME", "[FILE]"),
			Long:    "phrase save reads the text from a file, from standard input or from a prompt.",
			Example: "  echo '{name} tries the 9:40 bus until {2w}.' | coachdesk phrase save bus",
			RunE:    func(_ *cobra.Command, args []string) error { return c.savePhrase(args) },
		},
		&cobra.Command{
			Use: "remove NAME", Short: "Take a phrase off the list", Args: needs("NAME"),
			RunE: func(_ *cobra.Command, args []string) error {
				st, err := c.open()
				if err != nil {
					return err
				}
				return c.office(st, domain.RemovePhrase{Office: st.OfficeID(), Abbr: args[0]})
			},
		},
		c.undoOffice("Take back the last thing that you did to phrases", domain.PhraseKinds))
	return cmd
}

// undoOffice takes back the last thing that whoever works did to cards or to phrases.
func (c *call) undoOffice(short, kinds string) *cobra.Command {
	return &cobra.Command{
		Use: "undo", Short: short, Args: noArgs,
		Long: "undo takes back your last change that still counts; again takes back the one before. What happened stays\nin the history.",
		RunE: func(*cobra.Command, []string) error {
			st, err := c.open()
			if err != nil {
				return err
			}
			return c.office(st, domain.UndoOffice{Office: st.OfficeID(), Batch: st.Office().LastBatch(st.Who().ID, kinds)})
		},
	}
}

// office carries out a command about the office and tells what came of it.
func (c *call) office(st *store.Store, command domain.Command) error {
	r, err := st.Do(domain.Batch{ID: st.NewID(), Commands: []domain.Command{command}})
	if err != nil {
		return err
	}
	return c.tellReceipt("", r)
}

func (c *call) savePhrase(args []string) error {
	w := words{what: "The phrase", prompt: "Write the phrase.", field: "text", most: 2000, must: true}
	if len(args) > 1 {
		w.file = args[1]
	}
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
	return c.office(st, domain.SavePhrase{Office: st.OfficeID(), Abbr: args[0], Text: text})
}

// phraseItem is a saved phrase, for --json.
type phraseItem struct {
	Name string       `json:"name"`
	Text string       `json:"text"`
	On   calendar.Day `json:"on"`
	Was  []string     `json:"was,omitempty"`
}

func (c *call) phrases(st *store.Store) error {
	var items []phraseItem
	t := table{head: []string{"NAME", "PHRASE"}}
	for _, p := range st.Office().Phrases {
		items = append(items, phraseItem{p.Abbr, p.Text, p.On, p.Was})
		t.add(p.Abbr, clean.Line(p.Text, 2000))
	}
	if c.json {
		return printItems(c, "phrases/1", items)
	}
	if len(items) == 0 {
		c.say("No phrase is saved yet. coachdesk phrase save NAME saves one.")
	}
	c.printTable(t)
	return nil
}

// repeatedItem is a line that its author wrote into many records, for --json.
type repeatedItem struct {
	Line    string `json:"line"`
	Records int    `json:"records"`
}

// repeated tells whoever works here about lines of their own, and about nobody else's.
func (c *call) repeated(st *store.Store) error {
	rules, err := readSessions()
	if err != nil {
		return err
	}
	figures, err := readFigures()
	if err != nil {
		return err
	}
	ids, err := st.Everyone()
	if err != nil {
		return err
	}
	var people []domain.Participant
	for _, id := range ids {
		p, err := st.Participant(id)
		if err != nil {
			return err
		}
		p = domain.Participant{Notes: p.Notes} // the rest of the record is not looked at
		people = append(people, p)
	}
	c.lookedAtAll(c.verb + " --repeated")
	least := rules.Repeated.Value
	var items []repeatedItem
	t := table{head: []string{"RECORDS", "LINE"}, right: []int{0}}
	for _, r := range domain.RepeatedLines(st.Who().ID, people, least, figures.Of(domain.FigureRepeated)) {
		items = append(items, repeatedItem{r.Line, r.Records})
		t.add(strconv.Itoa(r.Records), clean.Line(r.Line, 2000))
	}
	if c.json {
		return printItems(c, "repeated/1", items)
	}
	if len(items) == 0 {
		c.say("No line of yours stands in %d records or more.", least)
		return nil
	}
	c.printTable(t)
	c.say("Only you are told. %s.", rules.Repeated.Source)
	return nil
}
