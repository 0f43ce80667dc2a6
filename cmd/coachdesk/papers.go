package main

import (
	"os"
	"path/filepath"
	"strings"

	"coachdesk/domain"
	"coachdesk/store"
)

// papersOf lists the papers beside the store that were made for somebody: plan-REF-…
// and journal-REF. The reference was as long then as it had to be.
func papersOf(st *store.Store, id domain.ID) []string {
	folder := filepath.Join(filepath.Dir(st.Path()), papersFolder)
	files, err := os.ReadDir(folder)
	if err != nil {
		return nil // nothing was ever written there
	}
	var mine []string
	for _, f := range files {
		words := strings.FieldsFunc(f.Name(), func(r rune) bool { return r == '-' || r == '.' })
		if len(words) < 3 {
			continue
		}
		if _, err := domain.FindRef(words[1]+"-"+words[2], []domain.ID{id}); err == nil {
			mine = append(mine, filepath.Join(folder, f.Name()))
		}
	}
	return mine
}

// burn deletes the papers of somebody who was erased.
func (c *call) burn(id domain.ID) error {
	papers := papersOf(c.st, id)
	for _, f := range papers {
		if err := os.Remove(f); err != nil {
			return err
		}
	}
	if n := len(papers); n > 0 {
		c.say("%s made for them deleted from %s.", plural(n, "1 paper was", "%s papers were"), papersFolder)
	}
	return nil
}
