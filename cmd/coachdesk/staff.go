package main

import (
	"slices"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

func (c *call) registerVerb() *cobra.Command {
	var role, person string
	cmd := &cobra.Command{
		Use:     "register",
		Short:   "Register somebody who works here, or change their name or role",
		Long:    "register reads a name from standard input or a prompt. --as then works under that name.",
		Example: "  echo 'Dev Shah' | coachdesk register --role dea",
		Args:    noArgs,
		RunE:    func(*cobra.Command, []string) error { return c.register(domain.Role(role), person) },
	}
	f := cmd.Flags()
	f.StringVar(&role, "role", string(domain.Coach), "coach, dea, adviser, lead or administrator")
	f.StringVar(&person, "person", "", "change this registered person, a reference of staff")
	return cmd
}

func (c *call) register(role domain.Role, person string) error {
	w := lineWords("The name", "Name:")
	w.field = "name"
	if err := c.mayRead(w); err != nil {
		return err
	}
	if !slices.Contains(domain.Roles, role) {
		return misuse("--role: %q is not a role. Write coach, dea, adviser, lead or administrator.", clean.Line(string(role), 40))
	}
	st, err := c.open()
	if err != nil {
		return err
	}
	id := st.NewID()
	if person != "" {
		if id, err = domain.FindRef(person, staffIDs(st.Office())); err != nil {
			return err
		}
	}
	name, err := c.readWords(w)
	if err != nil {
		return err
	}
	r, err := st.Do(domain.Batch{ID: st.NewID(), Commands: []domain.Command{domain.Register{Office: st.OfficeID(), Person: id, Name: name, Role: role}}})
	if err != nil {
		return err
	}
	return c.tellReceipt(id.Ref(domain.RefLength(staffIDs(st.Office()))), r)
}

func staffIDs(o domain.Office) []domain.ID {
	ids := make([]domain.ID, len(o.People))
	for i, p := range o.People {
		ids[i] = p.ID
	}
	return ids
}

// staffItem is somebody who works here, for --json.
type staffItem struct {
	ID    domain.ID    `json:"id"`
	Ref   string       `json:"ref"`
	Name  string       `json:"name"`
	Role  domain.Role  `json:"role"`
	Since calendar.Day `json:"since,omitzero"`
	Here  bool         `json:"here,omitempty"` // the one who is at the desk
}

func (c *call) staffVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "staff",
		Short: "Who works here, and who is at the desk",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			st, err := c.open()
			if err != nil {
				return err
			}
			width := domain.RefLength(staffIDs(st.Office()))
			var items []staffItem
			t := table{head: []string{"REF", "NAME", "ROLE", "SINCE", ""}}
			for _, p := range st.Office().People {
				here := p.ID == st.Who().ID
				items = append(items, staffItem{p.ID, p.ID.Ref(width), p.Name, p.Role, p.Since, here})
				mark := ""
				if here {
					mark = "at the desk"
				}
				t.add(p.ID.Ref(width), p.Name, p.Role.String(), p.Since.Short(st.Today()), mark)
			}
			if c.json {
				return printItems(c, "staff/1", items)
			}
			c.printTable(t)
			return nil
		},
	}
}
