package main

import (
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/clean"
)

func (c *call) profileVerb() *cobra.Command {
	var part string
	cmd := &cobra.Command{
		Use:   "profile REF",
		Short: "What a person wants from work, line by line in their words",
		Long: "profile adds a line to the vocational profile, from standard input or a prompt. --part is preferences,\n" +
			"lessons, adjustments, hours or travel; strengths are a fact of the record (coachdesk change). With --line the\n" +
			"text takes the place of a line; what it said before is kept.",
		Example: "  echo 'mornings, not before nine' | coachdesk profile 7K3Q-M --part hours\n  coachdesk profile 7K3Q-M --remove 4T8R-P",
		Args:    needs("REF"),
		RunE: func(cmd *cobra.Command, args []string) error {
			flag, item, err := chosen(cmd, "line", "remove")
			if err != nil {
				return err
			}
			if flag != "" {
				if err := only(cmd, flag, "part"); err != nil {
					return err
				}
				w := words{}
				if flag == "line" {
					w = lineWords("The line", "What do they say?")
				}
				return c.record(args[0], w, func(s *subject, text string) (domain.Command, error) {
					id, err := s.find(itemProfile, item)
					return domain.ChangeProfile{Participant: s.p.ID, Line: id, Text: text}, err
				})
			}
			to, err := profilePart(part)
			if err != nil {
				return err
			}
			return c.record(args[0], lineWords("The line", "What do they say?"), func(s *subject, text string) (domain.Command, error) {
				return domain.WriteProfile{Participant: s.p.ID, Part: to, Text: text}, nil
			})
		},
	}
	cmd.Flags().StringVar(&part, "part", "preferences", "which `part`")
	cmd.Flags().String("line", "", "this `item` says something else")
	cmd.Flags().String("remove", "", "this `item` is taken out")
	return cmd
}

// profilePart returns the part that a word begins.
func profilePart(word string) (domain.ProfilePart, error) {
	for _, p := range domain.ProfileParts {
		if word != "" && strings.HasPrefix(string(p), strings.ToLower(word)) {
			return p, nil
		}
	}
	return "", misuse("--part: %q is none of preferences, lessons, adjustments, hours and travel.", clean.Line(word, 40))
}
