package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/store"
)

func (c *call) handoverVerb() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "handover",
		Short: "Hand cases over in sealed files, answer what came, and take them back",
		Long: "handover offers cases to a colleague, to an adviser or to a provider, and carries the records to their desk\n" +
			"in one sealed file that nobody else opens. What comes back comes the same way. A case stays yours until\n" +
			"somebody accepts a transfer of it. coachdesk identity shows your card, which the other desk takes in with\n" +
			"contacts add; coachdesk contacts lists whose card you have.",
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			return misuse("Say what to do: coachdesk handover send, cover, open, list, answer, reply, recall, back, copy or caseload.")
		},
	}
	cmd.AddCommand(c.handoverSendVerb(), c.handoverCoverVerb(), c.handoverOpenVerb(), c.handoverListVerb(), c.handoverAnswerVerb(), c.handoverReplyVerb(), c.handoverRecallVerb(),
		c.handoverBackVerb(), c.handoverCopyVerb(), c.handoverCaseloadVerb())
	for _, sub := range cmd.Commands() {
		run := sub.RunE
		sub.RunE = func(cmd *cobra.Command, args []string) error {
			c.verb = "handover " + cmd.Name() // the log of who looked tells it from the verbs of that name
			return run(cmd, args)
		}
	}
	return cmd
}

// receiver is who gets a handover: somebody who works here, or at a desk of the address
// book.
type receiver struct {
	id   domain.ID
	name string
	role domain.Role
	away *domain.Contact // nil: they work here, and need no file
}

// outside reports whether the receiver sees only what a person agreed to.
func (r receiver) outside() bool { return r.role == domain.Provider }

// recipient is the receiver as the ledger of consents knows them.
func (r receiver) recipient() domain.Recipient {
	to := domain.Recipient{Kind: domain.ToProvider}
	if r.away != nil {
		to.Name = r.away.Office
	}
	return to
}

// receiverNamed finds who was typed: a colleague of this office, then the address book.
func receiverNamed(office domain.Office, typed string) (receiver, error) {
	p, none := office.FindPerson(typed)
	x, missing := office.FindContact(typed)
	want := clean.Fold(strings.TrimSpace(typed))
	switch {
	case none == nil && (missing != nil || clean.Fold(p.Name) == want):
		return receiver{id: p.ID, name: p.Name, role: p.Role}, nil
	case missing == nil && (none != nil || clean.Fold(x.Name) == want):
		return receiver{id: x.Person, name: x.Name, role: x.Role, away: &x}, nil
	case none == nil:
		return receiver{}, domain.Refused("to", "%q may be %s, who works here, or %s of %s. Write more of the name.", clean.Line(typed, 60), p.Name, x.Name, clean.Line(x.Office, 60))
	}
	return receiver{}, domain.Refused("to", "%q is nobody who works here. %s coachdesk contacts lists whom you know; contacts add takes a card.", clean.Line(typed, 60), missing)
}

// several finds the people that references mean, each once.
func (c *call) several(refs []string) ([]*subject, error) {
	var all []*subject
	for _, ref := range refs {
		s, err := c.person(ref)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(all, func(o *subject) bool { return o.p.ID == s.p.ID }) {
			all = append(all, s)
		}
	}
	return all, nil
}

// offered returns the handover of a record that a verb is about: the newest that fits.
func (s *subject) offered(fits func(domain.Handover) bool) (domain.Handover, bool) {
	for _, h := range slices.Backward(s.p.Handovers) {
		if fits(h) {
			return h, true
		}
	}
	return domain.Handover{}, false
}

// heldHere reports whether somebody works at this office.
func heldHere(office domain.Office, id domain.ID) bool { return !office.Person(id).ID.IsZero() }

// handedItem finds an item of a handover by its own reference, or by that of what it is
// about.
func (s *subject) handedItem(h domain.Handover, ref string) (domain.ID, error) {
	var ids []domain.ID
	of := map[domain.ID]domain.ID{}
	for _, it := range h.Items {
		ids, of[it.ID] = append(ids, it.ID), it.ID
		if !it.Of.IsZero() && it.Of != s.p.ID {
			ids, of[it.Of] = append(ids, it.Of), it.ID
		}
	}
	id, err := domain.FindRef(ref, ids)
	return of[id], notFound(err, "item", "Nothing with the reference %q is in this handover. coachdesk handover list %s tells what is.", clean.Line(ref, 40), s.ref)
}

// handoverLine is one handover as handover list tells it.
type handoverLine struct {
	row domain.Row
	x   domain.RowHandover
	in  bool
}

// handoversOf gathers what was offered to this office and by it, the oldest that wait
// first.
func handoversOf(office domain.Office, me domain.ID, rows []domain.Row) []handoverLine {
	var all []handoverLine
	for _, r := range rows {
		for _, x := range r.Handovers {
			if heldHere(office, x.To) || heldHere(office, x.By) {
				all = append(all, handoverLine{r, x, comesIn(office, me, x.By, x.To)})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b handoverLine) int {
		box := func(l handoverLine) int {
			if l.in {
				return 0
			}
			return 1
		}
		return cmp.Or(box(a)-box(b), cmp.Compare(a.x.On, b.x.On), strings.Compare(clean.Fold(a.row.Name), clean.Fold(b.row.Name)), a.row.ID.Compare(b.row.ID))
	})
	return all
}

// comesIn reports whether a handover is one of the inbox: to whoever is at the desk, or to
// somebody else here from another desk.
func comesIn(office domain.Office, me, by, to domain.ID) bool {
	return to == me || by != me && heldHere(office, to)
}

// rowsNow returns the rows of everybody, as lists show them.
func rowsNow(st *store.Store) ([]domain.Row, error) {
	rows, err := st.Rows()
	return domain.Lists(rows), err
}
