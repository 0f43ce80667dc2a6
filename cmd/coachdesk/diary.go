package main

import (
	"github.com/spf13/cobra"
)

func (c *call) undoVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "undo REF [BATCH]",
		Short: "Take back the last thing you did on a record, or the one that log names",
		Long:  "undo takes back everything that one command did. What happened stays in the history; it only stops\ncounting. An undo can be undone.",
		Args:  needs("REF", "[BATCH]"),
		RunE: func(_ *cobra.Command, args []string) error {
			s, err := c.person(args[0])
			if err != nil {
				return err
			}
			batch := s.p.LastBatch(s.st.Who().ID)
			if len(args) > 1 {
				if batch, err = s.findBatch(args[1]); err != nil {
					return err
				}
			}
			return s.do(s.p.UndoCommands(batch)...)
		},
	}
}
