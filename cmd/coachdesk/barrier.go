package main

import (
	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/clean"
)

// lineWords is a text of one line that a verb needs.
func lineWords(what, prompt string) words {
	return words{what: what, prompt: prompt, field: "text", most: clean.MaxLine, must: true}
}

// perhaps is a text of one line that may be missing; nobody is asked for it at a
// terminal.
func perhaps(what string) words {
	return words{what: what, field: "text", most: clean.MaxLine}
}

// chosen is the one flag of several that was given, and its value.
func chosen(cmd *cobra.Command, names ...string) (name, value string, err error) {
	for _, n := range names {
		f := cmd.Flags().Lookup(n)
		if !f.Changed {
			continue
		}
		if name != "" {
			return "", "", misuse("--%s and --%s do not go together.", name, n)
		}
		name, value = n, f.Value.String()
	}
	return name, value, nil
}

// only refuses flags that have no meaning beside what was asked.
func only(cmd *cobra.Command, beside string, names ...string) error {
	for _, n := range names {
		if cmd.Flags().Lookup(n).Changed {
			return misuse("--%s has no meaning together with --%s.", n, beside)
		}
	}
	return nil
}

func (c *call) barrierVerb() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "barrier REF",
		Short: "Note a barrier, or say that one is gone",
		Long: "barrier notes what stands between somebody and work, in their words, from standard input or a\n" +
			"prompt. With --resolve the text says what helped, and may be missing.",
		Args: needs("REF"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if flag, item, _ := chosen(cmd, "resolve"); flag != "" {
				return c.record(args[0], perhaps("What helped"), func(s *subject, text string) (domain.Command, error) {
					id, err := s.find(itemBarrier, item)
					return domain.ResolveBarrier{Participant: s.p.ID, Barrier: id, Result: text}, err
				})
			}
			return c.record(args[0], lineWords("The barrier", "What stands in the way?"), func(s *subject, text string) (domain.Command, error) {
				return domain.NoteBarrier{Participant: s.p.ID, Text: text}, nil
			})
		},
	}
	cmd.Flags().String("resolve", "", "this `item` no longer stands in the way")
	return cmd
}

func (c *call) adjustmentVerb() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "adjustment REF",
		Short: "Add what we do differently for somebody, or remove it",
		Args:  needs("REF"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if flag, item, _ := chosen(cmd, "remove"); flag != "" {
				return c.record(args[0], words{}, func(s *subject, _ string) (domain.Command, error) {
					id, err := s.find(itemAdjustment, item)
					return domain.RemoveAdjustment{Participant: s.p.ID, Adjustment: id}, err
				})
			}
			return c.record(args[0], lineWords("The adjustment", "What do we do differently?"), func(s *subject, text string) (domain.Command, error) {
				return domain.Adjust{Participant: s.p.ID, Text: text}, nil
			})
		},
	}
	cmd.Flags().String("remove", "", "this `item` is no longer needed")
	return cmd
}
