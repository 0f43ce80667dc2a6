package main

import (
	"bufio"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// lookItem is an entry of the log of who opened whose record, for --json.
type lookItem struct {
	At     time.Time         `json:"at"`
	By     domain.ID         `json:"by"`
	Name   string            `json:"name,omitempty"`
	Role   domain.Role       `json:"role"`
	Ref    string            `json:"ref,omitempty"`
	Via    string            `json:"via"`
	Reason domain.LookReason `json:"reason,omitempty"`
}

func (c *call) openedVerb() *cobra.Command {
	var forget bool
	cmd := &cobra.Command{
		Use:   "opened [REF]",
		Short: "Who opened whose record, when, and why if it was not their own case",
		Args:  needs("[REF]"),
		RunE: func(_ *cobra.Command, args []string) error {
			if forget {
				return c.forgetLooks(args)
			}
			return c.opened(args)
		},
	}
	cmd.Flags().BoolVar(&forget, "forget-old", false, "drop the entries that were kept as long as the retention list says")
	return cmd
}

// forgetLooks drops entries of the log that are older than their class is kept.
func (c *call) forgetLooks(args []string) error {
	if len(args) > 0 {
		return misuse("--forget-old is about the whole log: leave the reference out.")
	}
	rules, err := readRetention()
	if err != nil {
		return err
	}
	rule := rules[domain.KeepAccessLog]
	st, err := c.open()
	if err != nil {
		return err
	}
	who := st.Who()
	if err := st.Office().MayErase(who.Role); err != nil {
		return err
	}
	n, err := st.ForgetLooks(rule.Months)
	if err != nil {
		return err
	}
	c.lookedAtAll(fmt.Sprintf("forgot %d", n))
	c.say("%s dropped. They are kept for %d months: %s (confidence %s).", plural(n, "1 entry was", "%s entries were"), rule.Months, rule.Source, rule.Confidence)
	return nil
}

func (c *call) opened(args []string) error {
	st, err := c.open()
	if err != nil {
		return err
	}
	ids, err := st.Everyone()
	if err != nil {
		return err
	}
	var about domain.ID
	if len(args) > 0 {
		// Who looked at somebody who was erased can still be asked.
		if about, err = domain.FindRef(args[0], append(ids, st.Office().ErasedIDs()...)); err != nil {
			return err
		}
	}
	looks, err := st.Looks(about)
	if err != nil {
		return err
	}
	width, office := domain.RefLength(ids), st.Office()
	items := []lookItem{}
	t := table{head: []string{"WHEN", "WHO", "RECORD", "BY", "WHY"}}
	for _, l := range looks {
		ref := ""
		if !l.Participant.IsZero() {
			ref = l.Participant.Ref(width)
		}
		at := l.At.In(c.world.now().Location())
		items = append(items, lookItem{at, l.By, office.Named(l.By).Name, l.Role, ref, l.Via, l.Reason})
		why := "own case"
		if l.Reason != "" {
			why = l.Reason.String()
		}
		if ref == "" {
			ref, why = "everybody", ""
		}
		t.add(calendar.Of(at).Short(st.Today())+" "+at.Format("15:04"), office.Named(l.By).Name+", "+string(l.Role), ref, l.Via, why)
	}
	if c.json {
		return printItems(c, "opened/1", items)
	}
	c.printTable(t)
	if len(items) == 0 {
		c.say("Nobody opened a record yet.")
	}
	return nil
}

// lookedAtAll has it written down that somebody looked at what many records hold.
func (c *call) lookedAtAll(via string) {
	who := c.st.Who()
	c.st.Looked(domain.Look{At: c.world.now(), By: who.ID, Role: who.Role, Via: via})
}

// looked asks why a record is opened that is not one's own case, and has it written
// down that it was opened.
func (c *call) looked(p domain.Participant) error {
	who := c.st.Who()
	look := domain.Look{At: c.world.now(), By: who.ID, Role: who.Role, Participant: p.ID, Via: c.verb}
	if !p.OwnCase(who, c.st.Desk().Seat()) {
		reason, err := c.lookReason()
		if err != nil {
			return err
		}
		look.Reason = reason
	}
	c.st.Looked(look)
	return nil
}

func lookWords() string {
	var all []string
	for _, r := range domain.LookReasons {
		all = append(all, string(r))
	}
	return strings.Join(all, ", ")
}

// lookReason reads why, from --because or at a prompt.
func (c *call) lookReason() (domain.LookReason, error) {
	if c.because != "" {
		for _, r := range domain.LookReasons {
			if string(r) == c.because {
				return r, nil
			}
		}
		return "", misuse("--because: write one of %s.", lookWords())
	}
	f, typed := c.terminal()
	if !typed {
		return "", domain.Refused("because", "This is not your own case. Say why you open it with --because: %s.", lookWords())
	}
	lines := []string{"This is not your own case. Why do you open it?"}
	for i, r := range domain.LookReasons {
		lines = append(lines, fmt.Sprintf("  %d  %s", i+1, r))
	}
	c.say("%s", strings.Join(lines, "\n"))
	line, err := c.typedLine(bufio.NewReader(f))
	if err != nil {
		return "", err
	}
	n, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil || n < 1 || n > len(domain.LookReasons) {
		return "", domain.Refused("because", "%q is not one of the numbers. The record stays closed.", clean.Line(line, 20))
	}
	return domain.LookReasons[n-1], nil
}
