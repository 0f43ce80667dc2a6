package main

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/store"
)

func (c *call) dueVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "due",
		Short: "Who needs me today, and why: the queue with its sum",
		Long: "due lists everybody who needs the coach today, the heaviest sum first. Each reason adds\n" +
			"its points, which stand in brackets; --json tells the rule behind each.",
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			st, err := c.open()
			if err != nil {
				return err
			}
			return c.printQueue(st)
		},
	}
}

// printQueue writes the queue: everybody with a reason, the heaviest first.
func (c *call) printQueue(st *store.Store) error {
	all, err := c.judged(st, false)
	if err != nil {
		return err
	}
	width, everybody := refWidth(all), len(all)
	all = slices.DeleteFunc(all, func(j domain.Judged) bool { return len(j.Reasons) == 0 })
	slices.SortFunc(all, func(a, b domain.Judged) int {
		return cmp.Or(cmp.Compare(domain.Sum(b.Reasons), domain.Sum(a.Reasons)), strings.Compare(clean.Fold(a.Name), clean.Fold(b.Name)), a.ID.Compare(b.ID))
	})
	if c.json {
		c.lookedAtAll(c.verb + " --json")
		items := make([]personItem, len(all))
		for i, j := range all {
			items[i] = personOf(j, width)
		}
		return printItems(c, "due/1", items)
	}
	t := table{head: []string{"SUM", "REF", "PERSON", "NEXT", "WHY NOW"}, right: []int{0}}
	for _, j := range all {
		why := make([]string, len(j.Reasons))
		for i, r := range j.Reasons {
			why[i] = r.Why + " (" + strconv.Itoa(r.Weight) + ")"
		}
		t.add(strconv.Itoa(domain.Sum(j.Reasons)), j.ID.Ref(width), j.Name, c.nextWords(j), strings.Join(why, "; "))
	}
	c.printTable(t)
	if slices.ContainsFunc(all, func(j domain.Judged) bool {
		return slices.ContainsFunc(j.Reasons, func(r domain.Reason) bool { return r.Rule == "outcome-missing" })
	}) {
		c.say("coachdesk sweep lists the sessions without an outcome; in the app, g s sweeps through them.")
	}
	c.say("%s of %s you on %s.", plural(len(all), "1", "%s"), plural(everybody, "1 person needs", "%s people need"), st.Today().Long())
	return nil
}

// personItem is a person as lists show them, for --json.
type personItem struct {
	ID          domain.ID              `json:"id"`
	Ref         string                 `json:"ref"`
	Name        string                 `json:"name"`
	Joined      calendar.Day           `json:"joined,omitzero"`
	Seen        calendar.Day           `json:"seen,omitzero"`
	Missed      int                    `json:"missed,omitempty"`
	Next        *whenItem              `json:"next,omitempty"`
	Due         calendar.Day           `json:"due,omitzero"`
	Plan        *planCount             `json:"plan,omitempty"`
	Facts       map[domain.Fact]string `json:"facts,omitempty"`
	Barriers    []string               `json:"barriers,omitempty"`
	Adjustments []string               `json:"adjustments,omitempty"`
	Questions   []questionCount        `json:"questions,omitempty"`
	Sum         int                    `json:"sum"`
	Reasons     []domain.Reason        `json:"reasons"`
	Restricted  bool                   `json:"restricted,omitempty"`
	Also        []string               `json:"also,omitempty"` // references of linked records
}

type whenItem struct {
	Day  calendar.Day `json:"day"`
	Time string       `json:"time,omitempty"`
}

type planCount struct {
	Done  int `json:"done"`
	Steps int `json:"steps"`
}

type questionCount struct {
	ID       domain.ID              `json:"id"`
	State    domain.EscalationState `json:"state"`
	Asked    calendar.Day           `json:"asked,omitzero"`
	Answered calendar.Day           `json:"answered,omitzero"`
	Urgent   bool                   `json:"urgent,omitempty"`
	Text     string                 `json:"text,omitempty"`
	Kind     string                 `json:"kind"`
}

func personOf(j domain.Judged, width int) personItem {
	it := personItem{
		ID: j.ID, Ref: j.ID.Ref(width), Name: j.Name, Joined: j.Joined, Seen: j.Seen, Missed: j.Missed, Due: j.NextDue(),
		Barriers: j.Barriers, Adjustments: j.Adjusts, Sum: domain.Sum(j.Reasons), Reasons: j.Reasons,
	}
	it.Restricted = j.Restricted
	for _, id := range j.Also {
		it.Also = append(it.Also, id.Ref(width))
	}
	if it.Reasons == nil {
		it.Reasons = []domain.Reason{}
	}
	if d, ok := j.Next(j.Today); ok {
		it.Next = &whenItem{d.Day, clockOf(d.Minute)}
	}
	if j.Steps > 0 {
		it.Plan = &planCount{j.Done, j.Steps}
	}
	for _, f := range j.Facts {
		if it.Facts == nil {
			it.Facts = map[domain.Fact]string{}
		}
		it.Facts[f.Fact] = f.Value
	}
	for _, q := range j.Questions {
		it.Questions = append(it.Questions, questionCount{q.ID, q.State, q.Asked, q.Answered, q.Urgent, q.Text, q.For.String()})
	}
	return it
}

func clockOf(minute int) string {
	if minute < 0 {
		return ""
	}
	return calendar.Clock(minute)
}
