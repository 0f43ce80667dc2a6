package main

import (
	"errors"

	"github.com/spf13/cobra"

	"coachdesk/domain/clean"
	"coachdesk/store"
)

func (c *call) backupsVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "backups",
		Short: "List the files that hold what the store held, and until when",
		Long: "coachdesk makes a backup by itself when the last is a day old, keeps seven days and four weeks of them\n" +
			"in a folder beside the store, and remembers where backup wrote others.",
		Args: noArgs,
		RunE: c.onStore(func(st *store.Store, _ []string) error {
			all, err := st.Copies()
			if err != nil {
				return err
			}
			items := []copyItem{}
			for _, one := range all {
				items = append(items, copyItemOf(one))
			}
			if c.json {
				return printItems(c, "backups/1", items)
			}
			if len(items) == 0 {
				c.say("There is no backup yet.")
			}
			return c.tellCopies(items, "Each opens with the passphrase that it was made under:")
		}),
	}
}

func (c *call) compactVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "compact",
		Short: "Copy the store without what was deleted; checked before it takes the old one's place",
		Args:  noArgs,
		RunE: c.onStore(func(st *store.Store, _ []string) error {
			if err := st.Compact(); err != nil {
				return err
			}
			c.say("The store is compacted.")
			return nil
		}),
	}
}

// salvageItem is what a salvage brought back, for --json.
type salvageItem struct {
	People  int    `json:"people"`
	Records int    `json:"records"`
	Lost    int    `json:"lost"`
	Kept    string `json:"kept"`
}

func (c *call) salvageVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "salvage [BACKUP…]",
		Short: "Make a sound store of what can be read of a damaged one",
		Long: "salvage reads every page of the damaged file, opens what its seals still hold, and adds what the named\n" +
			"backups have. What is lost has a mark in its place. The damaged file is kept under another name.",
		Args: needs("[BACKUP…]"),
		RunE: func(_ *cobra.Command, args []string) error { return c.salvage(args) },
	}
}

func (c *call) salvage(backups []string) error {
	path, err := c.path()
	if err != nil {
		return err
	}
	o, err := c.options()
	if err != nil {
		return err
	}
	facts, err := store.Peek(path)
	if errors.Is(err, store.ErrNoStore) || errors.Is(err, store.ErrNewer) {
		return err
	}
	secret := demoPassphrase
	if err != nil || !facts.Demo {
		if secret, err = c.passphrase("Passphrase: "); err != nil {
			return err
		}
	}
	saved, err := store.Salvage(path, secret, o, backups...)
	if err != nil {
		return err
	}
	if c.json {
		return printItems(c, "salvage/1", []salvageItem{{saved.People, saved.Records, saved.Lost, saved.Kept}})
	}
	c.say("%s", saved)
	c.say("The damaged file is kept at %s.", clean.Line(saved.Kept, 400))
	return nil
}
