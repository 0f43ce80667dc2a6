package main

import (
	"coachdesk/domain"
	"coachdesk/store/everything"
)

// mergeEverything refuses to take a file into a store that is there.
func (c *call) mergeEverything(*everything.Index) error {
	return domain.Refused("store", "There is a store already. Name one that does not exist yet: coachdesk import everything FILE --store NEW.")
}
