package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/store"
)

func (c *call) initVerb() *cobra.Command {
	var name, office, nation, role string
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Make a new store and show its recovery key, once",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			path, err := c.path()
			if err != nil {
				return err
			}
			if clean.Line(name, clean.MaxLine) == "" {
				return misuse("Say who works here: --name NAME.")
			}
			n, err := calendar.ParseNation(nation)
			if err != nil {
				return misuse("--nation: %s", err)
			}
			secret, err := c.passphrase("Choose a passphrase: ")
			if err != nil {
				return err
			}
			st, recovery, err := c.found(path, store.Founding{Passphrase: secret, Person: name, Role: domain.Role(role), Office: office, Nation: n})
			if err != nil {
				return err
			}
			c.st = st
			fmt.Fprintf(c.world.err, "The store is at %s.\nWrite the recovery key on paper: it is shown only now, and opens the store when the passphrase is forgotten.\n", clean.Line(path, 400))
			fmt.Fprintln(c.world.out, recovery)
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&name, "name", "", "the `name` under which you work here")
	f.StringVar(&role, "role", string(domain.Coach), "coach, dea, adviser, lead or administrator")
	f.StringVar(&office, "office", "", "the `name` of the office")
	f.StringVar(&nation, "nation", string(calendar.EnglandAndWales), "whose bank holidays: england-and-wales, scotland or northern-ireland")
	return cmd
}

// found makes a store and the folder that it lies in.
func (c *call) found(path string, f store.Founding) (*store.Store, string, error) {
	o, err := c.options()
	if err != nil {
		return nil, "", err
	}
	return c.foundWith(path, f, o)
}

func (c *call) foundWith(path string, f store.Founding, o store.Options) (*store.Store, string, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, "", fmt.Errorf("the folder for the store cannot be made: %w", err)
	}
	return store.Create(path, f, o)
}

// structureVerb is how the program calls itself to check a store's structure.
const structureVerb = "structure-of"

func (c *call) structure() *cobra.Command {
	return &cobra.Command{
		Use:    structureVerb + " FILE",
		Hidden: true,
		Args:   cobra.ExactArgs(1),
		RunE:   func(_ *cobra.Command, args []string) error { return store.CheckStructure(args[0]) },
	}
}
