package main

import (
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// replyWords are the answers of a provider as they are typed.
var replyWords = map[string]domain.ReferralState{
	"acknowledged": domain.ReferralAcknowledged, "booked": domain.ReferralBooked, "met": domain.ReferralMet, "started": domain.ReferralStarted,
	"in-progress": domain.ReferralInProgress, "job-start": domain.ReferralJobStart, "completed": domain.ReferralCompleted, "ended-early": domain.ReferralEndedEarly,
	"rejected": domain.ReferralRejected, "not-eligible": domain.ReferralNotEligible, "declined": domain.ReferralDeclined, "no-contact": domain.ReferralNoContact,
	"closed": domain.ReferralClosed,
}

// replyNames are those words in the order of a referral's life.
func replyNames() string {
	names := slices.Collect(maps.Keys(replyWords))
	slices.SortFunc(names, func(a, b string) int {
		return slices.Index(domain.ReferralStates, replyWords[a]) - slices.Index(domain.ReferralStates, replyWords[b])
	})
	return strings.Join(names, ", ")
}

// stateNamed reads an answer; its clear beginning and the words of the screens do too.
func stateNamed(word string) (domain.ReferralState, bool) {
	w := strings.ReplaceAll(clean.Fold(strings.TrimSpace(word)), " ", "-")
	if s, ok := replyWords[w]; ok {
		return s, true
	}
	var fits []domain.ReferralState
	for name, s := range replyWords {
		if w == strings.ReplaceAll(clean.Fold(string(s)), " ", "-") {
			return s, true
		}
		if len(w) > 2 && strings.HasPrefix(name, w) {
			fits = append(fits, s)
		}
	}
	if len(fits) == 1 {
		return fits[0], true
	}
	return "", false
}

func (c *call) replyVerb() *cobra.Command {
	var on, at, code string
	cmd := &cobra.Command{
		Use:   "reply REF ITEM STATE",
		Short: "The provider answered: how a referral stands now",
		Long: "reply records what a provider answered, or what became of a referral.\n" + helpLines("STATE is "+replyNames()+";") + "\n" +
			"or asked: somebody asked after it; or seen: you looked at how it ended. The words of the provider come from\n" +
			"standard input; a line “contact: …” names who deals with it there, “reference: …” their reference. Whatever\n" +
			"ends before its time asks for --code or words. With booked, --on and --at say when they meet.",
		Example: "  coachdesk reply 7K3Q-M 4F2A-9 booked --on fri --at 10:20\n  coachdesk reply 7K3Q-M 4F2A-9 rejected --code provider-full",
		Args:    needs("REF", "ITEM", "STATE"),
		RunE: func(_ *cobra.Command, args []string) error {
			return c.record(args[0], words{what: "The answer", field: "text", most: 2000}, func(s *subject, text string) (domain.Command, error) {
				id, err := s.find(itemReferral, args[1])
				if err != nil {
					return nil, err
				}
				switch clean.Fold(args[2]) {
				case "asked":
					return domain.ChaseReferral{Participant: s.p.ID, Referral: id, Words: text}, nil
				case "seen":
					return domain.SettleReferral{Participant: s.p.ID, Referral: id, Words: text}, nil
				}
				to, ok := stateNamed(args[2])
				if !ok {
					return nil, misuse("%q is no answer of a provider. Write %s, asked or seen.", clean.Line(args[2], 40), replyNames())
				}
				m := domain.MoveReferral{Participant: s.p.ID, Referral: id, To: to, Code: code}
				var l domain.Letter
				letterLines(text, &l)
				m.Words, m.Contact, m.Reference = l.Text, l.Contact, l.Reference
				return m, s.moment(&m, on, at)
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&on, "on", "", "on this `date`; today unless said")
	f.StringVar(&at, "at", "", "at this `time`, of a first meeting")
	f.StringVar(&code, "code", "", "why it ended, a `code` of the office's list")
	run := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if to, ok := stateNamed(args[2]); ok && code != "" {
			if err := c.knownCode(to.Reasons(), code); err != nil {
				return err
			}
		}
		return run(cmd, args)
	}
	return cmd
}

// moment reads when something happened; a meeting is to come, the rest has been.
func (s *subject) moment(m *domain.MoveReferral, on, at string) (err error) {
	lean := calendar.Backward
	if m.To == domain.ReferralBooked {
		lean = calendar.Forward
	}
	if on != "" {
		if m.Day, err = s.day("on", on, lean); err != nil {
			return err
		}
	}
	if at != "" {
		if m.Minute, err = calendar.ParseClock(at); err != nil {
			return misuse("--at: %s", err)
		}
	}
	return nil
}

// knownCode refuses a code that the office's list does not have.
func (c *call) knownCode(list, code string) error {
	plans, err := readPlanning()
	if err != nil {
		return err
	}
	if list == "" || plans.Reasons.Knows(list, code) {
		return nil
	}
	var codes []string
	for _, r := range plans.Reasons[list] {
		codes = append(codes, r.Code)
	}
	return misuse("--code: %q is not in the list %s. Its codes are: %s.", clean.Line(code, 40), list, strings.Join(codes, ", "))
}

func (c *call) recallVerb() *cobra.Command {
	var code string
	cmd := &cobra.Command{
		Use:   "recall REF ITEM",
		Short: "Withdraw a referral",
		Long: "recall takes a referral back, for a reason: --code, or words on standard input. Tell the provider too:\n" +
			"coachdesk sends nothing by itself. A draft is put away without a reason.",
		Args: needs("REF", "ITEM"),
		RunE: func(_ *cobra.Command, args []string) error {
			if code != "" {
				if err := c.knownCode(domain.ReasonsWithdrawn, code); err != nil {
					return err
				}
			}
			return c.record(args[0], words{what: "The reason", field: "reason", most: 2000}, func(s *subject, text string) (domain.Command, error) {
				id, err := s.find(itemReferral, args[1])
				return domain.RecallReferral{Participant: s.p.ID, Referral: id, Code: code, Words: text}, err
			})
		},
	}
	cmd.Flags().StringVar(&code, "code", "", "why, a `code` of the list referral-withdrawn")
	return cmd
}
