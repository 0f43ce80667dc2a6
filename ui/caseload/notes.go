package caseload

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/ui/screen"
)

// hits are the people in whose notes a word stands, by word.
type hits map[string]map[domain.ID]bool

// chunk is how many people's notes are opened before the list shows what was found.
const chunk = 40

// search looks for words in notes, which are on no index: an index on disk would
// leak, so everybody's record is opened, in the background.
type search struct {
	words []string
	turn  int // counts searches, so that an old one's answer is told from the present one's
	done  int // people looked at
	found hits
	told  bool // it was written down that notes are searched
}

// looked is what came of one chunk.
type looked struct {
	turn  int
	found hits
	next  int
	err   error
}

// seek begins to look for the query's words, if they are others than before.
func (c *Caseload) seek() screen.Effect {
	words := c.query.NoteWords()
	if slices.Equal(words, c.search.words) {
		return nil
	}
	c.search = search{words: words, turn: c.search.turn + 1, found: hits{}, told: c.search.told}
	if len(words) == 0 {
		c.search.told = false
		return nil
	}
	if !c.search.told { // once for all letters of a search
		who := c.world.Desk.Who()
		c.world.Desk.Looked(domain.Look{At: c.world.Now(), By: who.ID, Role: who.Role, Via: "note search"})
	}
	c.search.told = true
	return c.lookFrom(0)
}

func (c *Caseload) lookFrom(at int) screen.Effect {
	some := c.index.lines[min(at, len(c.index.lines)):min(at+chunk, len(c.index.lines))]
	rows := make([]domain.Row, len(some))
	for i := range some {
		rows[i] = some[i].Row
	}
	turn, words, desk := c.search.turn, c.search.words, c.world.Desk
	return screen.Run{Work: func() tea.Msg {
		found, err := lookIn(desk, rows, words)
		return looked{turn, found, at + len(rows), err}
	}}
}

// lookIn looks into the notes of each person, in all their records. Those of a
// restricted record are not searched, nor is what others wrote for themselves.
func lookIn(desk screen.Desk, rows []domain.Row, words []string) (hits, error) {
	found, me := hits{}, desk.Who().ID
	for _, r := range rows {
		if r.Restricted {
			continue
		}
		var b strings.Builder
		for _, id := range r.RecordIDs() {
			p, err := desk.Participant(id)
			if err != nil {
				return found, err
			}
			for _, n := range p.Notes {
				b.WriteString(n.Text(func(s domain.Scope) bool { return !s.Private() || n.By == me }) + "\n")
			}
		}
		text := clean.Fold(b.String())
		for _, w := range words {
			if strings.Contains(text, clean.Fold(w)) {
				if found[w] == nil {
					found[w] = map[domain.ID]bool{}
				}
				found[w][r.ID] = true
			}
		}
	}
	return found, nil
}

// heard takes in a chunk's answer and goes on with the next.
func (c *Caseload) heard(l looked) screen.Effect {
	if l.turn != c.search.turn {
		return nil
	}
	if l.err != nil {
		return screen.Say{Text: l.err.Error()}
	}
	for w, ids := range l.found {
		if c.search.found[w] == nil {
			c.search.found[w] = map[domain.ID]bool{}
		}
		for id := range ids {
			c.search.found[w][id] = true
		}
	}
	c.search.done = l.next
	under := c.under()
	c.filter()
	c.follow(under)
	if l.next >= len(c.index.lines) {
		return nil
	}
	return c.lookFrom(l.next)
}
