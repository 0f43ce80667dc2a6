package main

import (
	"cmp"
	"slices"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/store"
)

// exportItem is something that left the desk, for --json.
type exportItem struct {
	ID       domain.ID          `json:"id"`
	On       calendar.Day       `json:"on"`
	By       domain.ID          `json:"by"`
	Name     string             `json:"by_name,omitempty"`
	Ref      string             `json:"ref,omitempty"`
	People   int                `json:"people,omitempty"`
	What     string             `json:"what"`
	For      domain.ExportFor   `json:"for,omitempty"`
	To       string             `json:"to,omitempty"`
	Basis    domain.ExportBasis `json:"basis,omitempty"`
	Consents []string           `json:"consents,omitempty"`
	Open     bool               `json:"ask_back,omitempty"`
	Format   string             `json:"format"`
	SHA256   string             `json:"sha256"`
	Hidden   int                `json:"hidden,omitempty"`
	File     bool               `json:"file,omitempty"`

	told, reader string // in words
}

func (c *call) exportsVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "exports [REF]",
		Short: "What left the desk: for whom, when, and on which consent",
		Long: "exports lists every paper, file, clipboard and sealed bundle that left, the newest first, with the SHA-256 of\n" +
			"its bytes (compare with sha256sum). What went out on consent that was withdrawn since is marked:\n" +
			"ask for it back.",
		Args: needs("[REF]"),
		RunE: func(_ *cobra.Command, args []string) error { return c.exports(args) },
	}
}

func (c *call) exports(args []string) error {
	var items []exportItem
	var st *store.Store
	if len(args) > 0 {
		s, err := c.person(args[0])
		if err != nil {
			return err
		}
		items, st = s.exportItems(), s.st
	} else {
		var err error
		if st, err = c.open(); err != nil {
			return err
		}
		if items, err = c.allExports(st); err != nil {
			return err
		}
		c.lookedAtAll(c.verb)
	}
	slices.SortStableFunc(items, func(a, b exportItem) int {
		return cmp.Or(cmp.Compare(b.On, a.On), b.ID.Compare(a.ID))
	})
	if c.json {
		return printItems(c, "exports/1", items)
	}
	t := table{head: []string{"WHEN", "WHO", "ABOUT", "WHAT", "FOR", "ON", "FORMAT", "SHA-256"}}
	for _, x := range items {
		about := x.Ref
		if about == "" {
			about = plural(x.People, "1 person", "%s people")
		}
		t.add(x.On.Short(st.Today()), x.Name, about, x.told, x.reader, x.ground(), x.Format, x.SHA256)
	}
	c.printTable(t)
	if len(items) == 0 {
		c.say("Nothing left the desk yet.")
	}
	return nil
}

// ground says on what something went out.
func (x exportItem) ground() string {
	switch {
	case x.Open:
		return "CONSENT WITHDRAWN: ask for it back"
	case len(x.Consents) > 0:
		return "consent " + x.Consents[0]
	}
	return x.Basis.String()
}

// exportItems is what left about a person.
func (s *subject) exportItems() []exportItem {
	items, office, open := []exportItem{}, s.st.Office(), s.p.OpenExports()
	for _, x := range s.p.Exports {
		it := exportItem{
			ID: x.ID, On: x.On, By: x.By, Name: office.Named(x.By).Name, Ref: s.ref, What: string(x.What), For: x.For, To: x.Name,
			Basis: x.Basis, Format: x.Format, SHA256: x.SHA256, Hidden: x.Hidden, File: x.ToFile, told: x.What.String(), reader: x.Reader(),
		}
		for _, id := range x.Consents {
			it.Consents = append(it.Consents, s.itemRef(id))
		}
		it.Open = slices.ContainsFunc(open, func(o domain.Export) bool { return o.ID == x.ID })
		items = append(items, it)
	}
	return items
}

// allExports is what left about anybody: papers, lists and bundles.
func (c *call) allExports(st *store.Store) ([]exportItem, error) {
	ids, err := st.Everyone()
	if err != nil {
		return nil, err
	}
	items, office, width := []exportItem{}, st.Office(), domain.RefLength(ids)
	for _, id := range ids {
		p, err := st.Participant(id)
		if err != nil {
			return nil, err
		}
		if len(p.Exports) > 0 {
			s := &subject{c: c, st: st, p: p, ref: id.Ref(width), today: st.Today()}
			s.tell()
			items = append(items, s.exportItems()...)
		}
	}
	for _, x := range office.Exports {
		items = append(items, exportItem{
			ID: x.ID, On: x.On, By: x.By, Name: office.Named(x.By).Name, People: len(x.People), What: string(x.What), Format: x.Format, SHA256: x.SHA256,
			told: x.What.String(),
		})
	}
	for _, x := range office.Sent {
		it := exportItem{ID: x.ID, On: x.On, By: x.By, Name: office.Named(x.By).Name, People: len(x.People), What: "bundle", Format: "age", SHA256: x.SHA256, told: "a sealed bundle"}
		for i, to := range x.To {
			if i > 0 {
				it.To += "; "
			}
			it.To += office.Named(to).Name
		}
		it.reader = it.To
		items = append(items, it)
	}
	return items, nil
}
