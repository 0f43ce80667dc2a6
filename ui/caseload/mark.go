package caseload

import (
	"fmt"
	"slices"

	"coachdesk/domain"
	"coachdesk/ui/screen"
)

// mark marks the person under the cursor, or takes the mark off, and goes on to the next:
// a set is marked with one key a person.
func (c *Caseload) mark() screen.Effect {
	id := c.under()
	if _, ok := c.marked[id]; ok {
		delete(c.marked, id)
	} else {
		if c.marked == nil {
			c.marked = map[domain.ID]int{}
		}
		c.marked[id] = notHanded
	}
	c.win.Go(c.win.At + 1)
	return nil
}

// notHanded marks somebody with whom nothing was begun yet.
const notHanded = 1 << 30

// unmarkHanded takes the mark off whoever was handed over since that was begun.
func (c *Caseload) unmarkHanded() {
	for _, l := range c.index.lines {
		if had, ok := c.marked[l.ID]; ok && len(l.Handovers) > had {
			delete(c.marked, l.ID)
		}
	}
}

func (c *Caseload) unmark() screen.Effect {
	c.marked = nil
	return nil
}

// chosen are those who are marked, in the order of the list's names, or else the person
// under the cursor. Whoever was taken off the caseload meanwhile is not among them.
func (c *Caseload) chosen() []domain.ID {
	var all []domain.ID
	for _, l := range c.index.lines {
		if _, ok := c.marked[l.ID]; ok {
			all = append(all, l.ID)
		}
	}
	if len(all) == 0 && c.line() != nil {
		all = []domain.ID{c.under()}
	}
	return all
}

func (c *Caseload) nobodyMarked() string {
	if c.begun && len(c.chosen()) > 0 && !c.lost {
		return ""
	}
	return c.nobody()
}

// handOver begins to hand over whoever is chosen. Who was handed over when the list is
// read again is marked no more.
func (c *Caseload) handOver() screen.Effect {
	for _, l := range c.index.lines {
		if _, ok := c.marked[l.ID]; ok {
			c.marked[l.ID] = len(l.Handovers)
		}
	}
	return screen.Go{To: screen.HandOver{People: c.chosen()}}
}

// markedWords says how many are marked, which may not all be in sight.
func (c *Caseload) markedWords() string {
	if len(c.marked) == 0 {
		return ""
	}
	return fmt.Sprintf("%s %d marked ", c.world.Theme.Glyphs.Done, len(c.marked))
}

// export asks what is to be written out: of those who are marked, or of the list.
func (c *Caseload) export() screen.Effect {
	var people []domain.ID
	if len(c.marked) > 0 {
		people = c.chosen()
	}
	return screen.Go{To: screen.Export{People: people}}
}

// manyFirst puts what is done with several before what is done with one.
func manyFirst(a screen.Action) int {
	at := slices.Index([]string{"h", "space", "esc", ">"}, a.Keys[0])
	if at < 0 {
		return 4
	}
	return at
}
