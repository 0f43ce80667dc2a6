package caseload

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/ui/screen"
)

// twins is who may be on the caseload twice. To know it everybody is compared with
// many others, so it is worked out in the background, and only when somebody asks.
type twins struct {
	asked bool // in this search
	found map[domain.ID]bool
}

// compared is what came of comparing everybody.
type compared struct{ found map[domain.ID]bool }

// compare begins to compare when the search asks for duplicates.
func (c *Caseload) compare() screen.Effect {
	if c.twins.asked || !strings.Contains(c.find.Value(), "duplicate") {
		return nil
	}
	c.twins.asked = true
	desk := c.world.Desk
	return screen.Run{Work: func() tea.Msg {
		found := map[domain.ID]bool{}
		rows, err := desk.Rows()
		if err != nil {
			return compared{found}
		}
		for _, p := range domain.LikelyPairs(rows) {
			found[p.A], found[p.B] = true, true
		}
		return compared{found}
	}}
}

func (c *Caseload) learn(msg compared) {
	c.twins.found = msg.found
	c.markTwins()
	under := c.under()
	c.filter()
	c.follow(under)
}

// markTwins marks the lines of whoever was found. Marked lines are made anew: the old
// ones may be read beside the keys just now.
func (c *Caseload) markTwins() {
	lines := slices.Clone(c.index.lines)
	for i, l := range lines {
		if twin := c.twins.found[l.ID]; twin != l.Twin {
			fresh := *l
			fresh.Twin = twin
			lines[i] = &fresh
		}
	}
	c.index.lines = lines
}
