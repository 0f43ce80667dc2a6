package main

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain/calendar"
	"coachdesk/domain/catalogue"
	"coachdesk/domain/clean"
	"coachdesk/store"
)

func (c *call) programmesVerb() *cobra.Command {
	var on, whatIf string
	cmd := &cobra.Command{
		Use:   "programmes [PROGRAMME|REF]",
		Short: "The programmes of the state and the NHS: status, ways in, limits, with the source of each fact",
		Long: "programmes lists the catalogue: where each programme stands today or on a day, how somebody comes to it from\n" +
			"this desk, and which document says so. With a programme (its key, name or another name) it tells all that is\n" +
			"known of it, fact by fact. Without a store it tells what the program carries; with one, what the office said\n" +
			"in files of its own lies over it. With the REF of a person it tells which programmes may be for them, by\n" +
			"every rule with its source; it advises, and people decide.",
		Example: "  coachdesk programmes\n  coachdesk programmes --on 2019-06-01\n  coachdesk programmes MHSS",
		Args:    needs("[PROGRAMME|REF]"),
		RunE: func(_ *cobra.Command, args []string) error {
			if whatIf != "" {
				if len(args) == 0 {
					return misuse("--what-if is about a person: write their REF.")
				}
				return c.matchPerson(args[0], whatIf)
			}
			known, today, err := c.catalogue()
			if err != nil {
				return err
			}
			if on != "" {
				if today, err = calendar.Parse(on, today, calendar.Forward); err != nil {
					return misuse("--on: %s", err)
				}
			}
			if len(args) == 0 {
				return c.listProgrammes(known, today)
			}
			p, ok := known.Programme(args[0])
			if !ok {
				return c.matchOrNone(args[0])
			}
			return c.tellProgramme(known, p, today)
		},
	}
	cmd.Flags().StringVar(&whatIf, "what-if", "", "with a REF: what these `words` would open and close, such as: starts 16 hours on 5 January")
	cmd.Flags().StringVar(&on, "on", "", "where programmes stood, or will stand, on this `date`")
	return cmd
}

// catalogue returns what is known of programmes, with the office's own files over it
// where there is a store, and today.
func (c *call) catalogue() (catalogue.Catalogue, calendar.Day, error) {
	known, err := readCatalogue()
	if err != nil {
		return known, 0, err
	}
	st, err := c.open()
	if errors.Is(err, store.ErrNoStore) {
		o, err := c.options()
		today := o.Today
		if today.IsZero() {
			today = calendar.Of(c.world.now())
		}
		return known, today, err
	}
	if err != nil {
		return known, 0, err
	}
	known = st.Office().Catalogue(known)
	for _, w := range known.Wrong {
		c.say("%s", w)
	}
	return known, st.Today(), nil
}

// programmeItem is a programme in the list, for --json.
type programmeItem struct {
	Key        string               `json:"key"`
	Name       string               `json:"name"`
	Aliases    []string             `json:"aliases,omitempty"`
	Status     catalogue.State      `json:"status,omitempty"`
	Says       string               `json:"says,omitempty"`
	By         string               `json:"by,omitempty"` // the programme that took its place
	FromDesk   catalogue.Way        `json:"from_desk"`
	Source     string               `json:"source,omitempty"`
	Title      string               `json:"title,omitempty"`
	Date       string               `json:"date,omitempty"`
	Confidence catalogue.Confidence `json:"confidence,omitempty"`
	Changed    calendar.Day         `json:"changed,omitzero"` // by this office
}

func (c *call) listProgrammes(known catalogue.Catalogue, on calendar.Day) error {
	var items []programmeItem
	t := table{head: []string{"PROGRAMME", "STATUS", "FROM THIS DESK", "SOURCE", "KEY"}}
	for _, p := range known.Programmes {
		at := p.On(on)
		item := programmeItem{
			Key: p.Key, Name: p.Name, Aliases: p.Aliases, Status: at.Is, Says: at.Value, By: at.By, FromDesk: p.FromDesk().By,
			Source: at.Source, Title: known.Sources[at.Source].Title, Confidence: at.Confidence, Changed: known.Changed[p.Key],
		}
		from := ""
		if at.Is != "" {
			item.Date, from = known.DateOf(at.Fact), known.Brief(at.Fact)
		}
		items = append(items, item)
		t.add(p.Name, statusWords(at), deskWay(p), from, p.Key)
	}
	if c.json {
		return printItems(c, "programmes/1", items)
	}
	c.printTable(t)
	c.say("How they stand on %s. coachdesk programmes KEY tells all that is known of one, with the date and the title of each source.", on.Long())
	return nil
}

// statusWords says where a programme stands; nothing is known where no period holds.
func statusWords(at catalogue.Period) string {
	if at.Is == "" {
		return "not known"
	}
	return string(at.Is)
}

// deskWay says how somebody comes to a programme from this desk, short.
func deskWay(p catalogue.Programme) string {
	r := p.FromDesk()
	if r.By == catalogue.NoWay {
		return "cannot start this"
	}
	return r.Who + " " + r.By.Words()
}

func (c *call) tellProgramme(known catalogue.Catalogue, p catalogue.Programme, on calendar.Day) error {
	if c.json {
		return c.printJSON(struct {
			Schema string `json:"schema"`
			catalogue.Programme
		}{"coachdesk.programme/1", p})
	}
	at := p.On(on)
	c.print(p.Name + "  (" + p.Key + ")")
	c.print("  " + statusWords(at) + " on " + on.Long())
	if at.By != "" {
		c.print("  in its place: " + known.Name(at.By))
	}
	if len(p.Aliases) > 0 {
		c.print("  also called: " + strings.Join(p.Aliases, ", "))
	}
	if p.Part != "" {
		c.print("  a part of: " + known.Name(p.Part))
	}
	if p.Exclusive {
		c.print("  contracted provision: not beside another")
	}
	if day := known.Changed[p.Key]; !day.IsZero() {
		c.print("  changed by this office on " + day.Long())
	}
	var used []string
	for _, s := range known.Sections(p) {
		c.print("", s.Title)
		for _, l := range s.Lines {
			c.print("  - "+clean.Line(l.Text(), 2000), "      "+known.From(l.Fact))
			used = append(used, l.Fact.Source)
		}
	}
	c.print("", "Sources")
	for _, s := range known.SourcesOf(used) {
		c.print("  " + sourceWords(s))
	}
	return nil
}

// sourceWords is a document as a list of documents names it.
func sourceWords(s catalogue.Source) string {
	words := s.Words()
	if s.Date != "" {
		words += ", " + s.Date
	}
	if s.Note != "" {
		words += " (" + s.Note + ")"
	}
	return words
}
