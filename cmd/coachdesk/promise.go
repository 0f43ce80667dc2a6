package main

import (
	"github.com/spf13/cobra"

	"coachdesk/domain"
)

func (c *call) promiseVerb() *cobra.Command {
	var t task
	cmd := &cobra.Command{
		Use:   "promise REF",
		Short: "Put a promise on the record, or say what became of one",
		Long:  "promise reads what was promised from standard input or a prompt, as in “call Mind by fri”.",
		Args:  needs("REF"),
		RunE: func(cmd *cobra.Command, args []string) error {
			flag, item, err := chosen(cmd, "kept", "broken", "release", "reopen")
			if err != nil {
				return err
			}
			if flag == "" {
				return c.record(args[0], lineWords("The promise", "Who does what by when?"), func(s *subject, text string) (domain.Command, error) {
					m, err := t.read(s, domain.MarkPromise, text)
					return domain.MakePromise{Participant: s.p.ID, Owner: m.Owner, Text: m.Text, Due: m.Due}, err
				})
			}
			if err := only(cmd, flag, "owner", "due"); err != nil {
				return err
			}
			status := map[string]domain.PromiseStatus{"kept": domain.PromiseKept, "broken": domain.PromiseBroken, "release": domain.PromiseReleased, "reopen": domain.PromiseOpen}[flag]
			return c.record(args[0], words{}, func(s *subject, _ string) (domain.Command, error) {
				id, err := s.find(itemPromise, item)
				return domain.SettlePromise{Participant: s.p.ID, Promise: id, Status: status}, err
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&t.owner, "owner", "", "whose it is: me, person, dea, provider or employer")
	f.StringVar(&t.due, "due", "", "by this `date`")
	f.String("kept", "", "this `item` was kept")
	f.String("broken", "", "this `item` was not kept")
	f.String("release", "", "this `item` is no longer needed")
	f.String("reopen", "", "this `item` is open again")
	return cmd
}
