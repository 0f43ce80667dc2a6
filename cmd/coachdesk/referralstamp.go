package main

import (
	"coachdesk/domain"
	"coachdesk/store"
)

// stampOf is what a command would be judged with now, to say beforehand what it would be
// refused for.
func (c *call) stampOf(st *store.Store) domain.Stamp {
	who := st.Who()
	return domain.Stamp{
		At: c.world.now(), Today: st.Today(), Calendar: st.Calendar(), By: who.ID, Name: who.Name, Role: who.Role, Demo: st.Demo(), New: st.NewID,
	}
}
