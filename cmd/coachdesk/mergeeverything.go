package main

import (
	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/everything"
)

// mergedItem is what an import brought into a store that was there, for --json.
type mergedItem struct {
	New     int `json:"new"`
	Held    int `json:"held"`
	People  int `json:"people"`
	Waiting int `json:"waiting,omitempty"`
	Other   int `json:"not_taken,omitempty"`
	Erased  int `json:"erased,omitempty"`
}

// mergeEverything brings what is missing into a store that is there.
func (c *call) mergeEverything(x *everything.Index) error {
	st, err := c.open()
	if err != nil {
		return err
	}
	switch h := x.Header; {
	case h.Demo != st.Demo():
		return domain.Refused("file", "One of the two holds invented people and the other real ones. They are never mixed. Nothing was taken.")
	case h.Office != st.OfficeID():
		return domain.Refused("file", "The file is of another office. Take it into a store of its own: coachdesk import everything FILE --store NEW. Nothing was taken.")
	}
	bar := c.progress("Taking in", len(x.Entries))
	held := heldIn(x)
	held.Done = func(n int) error {
		bar.to(n)
		return c.goingOn()
	}
	a, err := st.Absorb(held)
	bar.end()
	if err != nil {
		if a.New > 0 {
			c.say("%s taken before that. Run it again to go on.", plural(a.New, "1 record was", "%s records were"))
		}
		return sayWrong("The file", err)
	}
	if c.json {
		return printItems(c, "everything-import/1", []mergedItem{{a.New, a.Held, a.Joined, a.Waiting, a.Other + a.Own, a.Erased}})
	}
	c.sayMerged(x.Header, a)
	return nil
}

func (c *call) sayMerged(h everything.Header, a store.Absorbed) {
	c.say("%s new, %s; %s here already.", plural(a.New, "1 record is", "%s records are"), plural(a.Joined, "1 person joined", "%s people joined"), plural(a.Held, "1 record was", "%s records were"))
	if a.Erased > 0 {
		c.say("%s erased here and stay so.", plural(a.Erased, "1 person was", "%s people were"))
	}
	if a.Waiting > 0 {
		c.say("%s outside the journal: another record has their name, or their clock is ahead. coachdesk check tells more.", plural(a.Waiting, "1 record waits", "%s records wait"))
	}
	if n := a.Other + a.Own; n > 0 {
		c.say("%s not taken: another record has their name here, or they say that this desk wrote them and it does not know them.", plural(n, "1 record was", "%s records were"))
	}
	c.sayNotIn(h)
}
