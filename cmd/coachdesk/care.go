package main

import (
	"cmp"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/store"
)

// findingItem is something that check found, for --json.
type findingItem struct {
	Sentence string    `json:"sentence"`
	About    domain.ID `json:"about,omitzero"`
}

func (c *call) checkVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "check",
		Short: "Read everything in the store and say whether all of it is well",
		Long:  "check opens every record under its seal and compares counts, sequences and lists. Each finding is one\nsentence on standard output; with any, the exit code is 6.",
		Args:  noArgs,
		RunE:  func(*cobra.Command, []string) error { return c.check() },
	}
}

func (c *call) check() error {
	st, err := c.open()
	if err != nil {
		return err
	}
	found, err := st.Check()
	if err != nil {
		return err
	}
	items := make([]findingItem, len(found))
	for i, f := range found {
		items[i] = findingItem{f.Sentence, f.About.ID}
		if !c.json {
			c.print(clean.Line(f.Sentence, 1000))
		}
	}
	if c.json {
		if err := printItems(c, "check/1", items); err != nil {
			return err
		}
	}
	if len(found) > 0 {
		return fmt.Errorf("%w: %s", store.ErrDamaged, plural(len(found), "1 finding", "%s findings"))
	}
	c.say("All is well.")
	if n := st.Waits(); n > 0 {
		c.say("%s: coachdesk quarantine tells which.", plural(n, "1 entry of another desk waits outside the journal", "%s entries of other desks wait outside the journal"))
	}
	return nil
}

func (c *call) rebuildVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "rebuild",
		Short: "Tell the lists anew from the journal",
		Args:  noArgs,
		RunE: c.onStore(func(st *store.Store, _ []string) error {
			if err := st.Rebuild(); err != nil {
				return err
			}
			rows, err := st.Rows()
			if err != nil {
				return err
			}
			c.say("The lists of %s were told anew from the journal.", plural(len(rows), "1 person", "%s people"))
			return nil
		}),
	}
}

func (c *call) backupVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "backup FILE",
		Short: "Write a checked copy of the store; never over another file",
		Long: "backup writes a copy of the store, sealed as the store is, checks all of it, and only then gives it\n" +
			"its name. The passphrase and the recovery key open it.",
		Args: needs("FILE"),
		RunE: c.onStore(func(st *store.Store, args []string) error {
			if err := st.Backup(args[0]); err != nil {
				return err
			}
			c.say("The backup is at %s, and was checked.", clean.Line(args[0], 400))
			return nil
		}),
	}
}

func (c *call) restoreVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "restore FILE",
		Short: "Put a backup in the place of the store, which is kept beside it",
		Long: "restore checks a backup and puts it in the place of the store. What it replaces is kept under another\n" +
			"name, which is told. The passphrase is that of the backup.",
		Args: needs("FILE"),
		RunE: func(_ *cobra.Command, args []string) error { return c.restore(args[0]) },
	}
}

func (c *call) restore(src string) error {
	path, err := c.path()
	if err != nil {
		return err
	}
	o, err := c.options()
	if err != nil {
		return err
	}
	facts, err := store.Peek(src)
	if errors.Is(err, store.ErrNoStore) {
		return misuse("There is no file %s. coachdesk backups lists those that there are.", clean.Line(src, 400))
	}
	if err != nil {
		return err
	}
	secret := demoPassphrase
	if !facts.Demo {
		if secret, err = c.passphrase("Passphrase of the backup: "); err != nil {
			return err
		}
	}
	kept, err := store.Restore(src, path, secret, o)
	if err != nil {
		return err
	}
	c.say("The backup of %s is now the store at %s.", facts.Made.Long(), clean.Line(path, 400))
	if kept != "" {
		c.say("What was there is kept at %s.", clean.Line(kept, 400))
	}
	return nil
}

// versionItem is what version tells, for --json.
type versionItem struct {
	Version string `json:"version"`
	Commit  string `json:"commit,omitempty"`
	Go      string `json:"go"`
	System  string `json:"system"`
	Format  int    `json:"format"`
}

// version is set by whoever builds a release: -ldflags "-X main.version=v1.2.3".
var version string

func (c *call) versionVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Which coachdesk this is, and which format of store it writes",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			v := versionItem{Version: version, Go: runtime.Version(), System: runtime.GOOS + "/" + runtime.GOARCH, Format: store.Version}
			if b, ok := debug.ReadBuildInfo(); ok {
				v.Version = cmp.Or(version, strings.Trim(b.Main.Version, "()"))
				for _, s := range b.Settings {
					if s.Key == "vcs.revision" {
						v.Commit = s.Value
					}
				}
			}
			v.Version = cmp.Or(v.Version, "unknown")
			if c.json {
				return printItems(c, "version/1", []versionItem{v})
			}
			c.print(fmt.Sprintf("coachdesk %s%s, %s, %s, store format %d", v.Version, after(" ", v.Commit), v.Go, v.System, v.Format))
			return nil
		},
	}
}
