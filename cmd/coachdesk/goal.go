package main

import (
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

func (c *call) goalVerb() *cobra.Command {
	var target, code string
	cmd := &cobra.Command{
		Use:   "goal REF",
		Short: "Set a goal, or say what became of one",
		Long: "goal sets a goal in the person's words, from standard input or a prompt. With --achieved, and with --archive\n" +
			"and --code, the text is what the person says came of it; with --archive alone it is the reason. Either may\n" +
			"be missing. Declined is a result.",
		Example: "  echo 'work with my hands' | coachdesk goal 7K3Q-M --target 6m\n  coachdesk goal 7K3Q-M --archive 4T8R-P --code declined",
		Args:    needs("REF"),
		RunE: func(cmd *cobra.Command, args []string) error {
			flag, item, err := chosen(cmd, "achieved", "archive", "reopen", "aim")
			switch {
			case err != nil:
				return err
			case flag != "archive" && code != "":
				return misuse("--code goes with --archive.")
			case flag == "":
				return c.setGoal(args[0], target)
			case flag == "aim":
				return c.aimGoal(args[0], item, target)
			case target != "":
				return misuse("--target goes with a new goal, or with --aim.")
			}
			return c.closeGoal(args[0], flag, item, code)
		},
	}
	f := cmd.Flags()
	f.StringVar(&target, "target", "", "the `date` by which it is to be reached, such as 3m, 6m or 12m; with --aim also none")
	f.StringVar(&code, "code", "", "with --archive: a `reason` of the office's list")
	f.String("achieved", "", "this `item` is achieved")
	f.String("archive", "", "this `item` is put aside")
	f.String("reopen", "", "this `item` is active again")
	f.String("aim", "", "this `item` has another --target")
	return cmd
}

func (c *call) setGoal(ref, target string) error {
	return c.record(ref, lineWords("The goal", "The goal, in the person's words:"), func(s *subject, text string) (domain.Command, error) {
		d, err := s.target(target)
		return domain.SetGoal{Participant: s.p.ID, Text: text, Target: d}, err
	})
}

// target reads a target date; none and nothing are no date.
func (s *subject) target(phrase string) (calendar.Day, error) {
	if phrase == "" || phrase == "none" {
		return 0, nil
	}
	return s.day("target", phrase, calendar.Forward)
}

func (c *call) aimGoal(ref, item, target string) error {
	if target == "" {
		return misuse("--aim needs --target DATE, or --target none.")
	}
	return c.record(ref, words{}, func(s *subject, _ string) (domain.Command, error) {
		id, err := s.find(itemGoal, item)
		if err != nil {
			return nil, err
		}
		d, err := s.target(target)
		return domain.AimGoal{Participant: s.p.ID, Goal: id, Target: d}, err
	})
}

func (c *call) closeGoal(ref, flag, item, code string) error {
	status := map[string]domain.GoalStatus{"achieved": domain.GoalAchieved, "archive": domain.GoalArchived, "reopen": domain.GoalActive}[flag]
	return c.record(ref, perhaps("The text"), func(s *subject, text string) (domain.Command, error) {
		id, err := s.find(itemGoal, item)
		if err != nil {
			return nil, err
		}
		end := domain.CloseGoal{Participant: s.p.ID, Goal: id, Status: status, Code: code}
		if status == domain.GoalAchieved || code != "" {
			end.Outcome = text
		} else {
			end.Reason = text
		}
		return end, s.knowsCode(domain.ReasonsArchive, code)
	})
}

// codesOf lists the codes of reasons.
func codesOf(list []domain.CodedReason) string {
	codes := make([]string, len(list))
	for i, r := range list {
		codes[i] = r.Code
	}
	return strings.Join(codes, ", ")
}
