package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/zalando/go-keyring"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/store"
	"coachdesk/store/seal"
)

// slotItem is a way to open the store, for --json.
type slotItem struct {
	Ref   string        `json:"ref"`
	Kind  seal.SlotKind `json:"kind"`
	Label string        `json:"label,omitempty"`
	Made  string        `json:"made"`
}

// leastPassphrase is the shortest passphrase that is taken, in characters. Four
// ordinary words are longer.
const leastPassphrase = 12

func (c *call) keyVerb() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "key",
		Short: "The ways to open the store: list, add, remove, change, rotate",
		Long: "Every way to open the store is a plain age file that holds the store key: one for the passphrase, one\n" +
			"for the recovery key on paper, and on request one for the office and one for the keyring of this\n" +
			"computer. Where a passphrase is asked for, the recovery key may be typed in its place.",
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			return misuse("Say what to do with the keys: coachdesk key list, add, remove, passphrase or rotate.")
		},
	}
	cmd.AddCommand(c.keyListVerb(), c.keyAddVerb(), c.keyRemoveVerb(), c.keyPassphraseVerb(), c.keyRotateVerb())
	return cmd
}

func (c *call) keyListVerb() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the ways to open the store", Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			slots, err := c.slots()
			if err != nil {
				return err
			}
			var items []slotItem
			t := table{head: []string{"REF", "KIND", "MADE", "LABEL"}}
			for _, s := range slots {
				items = append(items, slotItem{slotRef(s, slots), s.Kind, s.Label, s.Made})
				t.add(slotRef(s, slots), string(s.Kind), s.Made, s.Label)
			}
			if c.json {
				return printItems(c, "keys/1", items)
			}
			c.printTable(t)
			return nil
		},
	}
}

func (c *call) slots() ([]seal.Slot, error) {
	st, err := c.open()
	if err != nil {
		return nil, err
	}
	return st.Slots()
}

func slotIDs(slots []seal.Slot) []domain.ID {
	var ids []domain.ID
	for _, s := range slots {
		if id, err := domain.ParseID(s.Name); err == nil {
			ids = append(ids, id)
		}
	}
	return ids
}

// slotRef is how a way to open the store is named on the command line.
func slotRef(s seal.Slot, all []seal.Slot) string {
	id, err := domain.ParseID(s.Name)
	if err != nil {
		return clean.Line(s.Name, 40)
	}
	return id.Ref(domain.RefLength(slotIDs(all)))
}

func (c *call) keyRemoveVerb() *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use:   "remove REF",
		Short: "Take a way to open the store away, and change the store key",
		Args:  needs("REF"),
		RunE: func(_ *cobra.Command, args []string) error {
			if _, err := c.openForKeys(); err != nil {
				return err
			}
			slots, err := c.slots()
			if err != nil {
				return err
			}
			id, err := domain.FindRef(args[0], slotIDs(slots))
			if err != nil {
				return notFound(err, "key", "The store has no key of the reference %q. coachdesk key list lists them.", clean.Line(args[0], 40))
			}
			if err := c.wouldDrop(id.String(), yes); err != nil {
				return err
			}
			told, err := c.st.RemoveSlot(id.String(), c.secret)
			c.sayTurn(told)
			if !told.Happened {
				return c.needsPassphrase(err)
			}
			at := slices.IndexFunc(slots, func(s seal.Slot) bool { return s.Name == id.String() })
			if slots[at].Kind == seal.ByKeyring {
				// Without its slot the key opens nothing; a keyring that is gone does not matter.
				_ = keyring.Delete(keyringService, c.st.Facts().Desk.String())
			}
			c.say("It is removed, and the store key was changed: a copy of it does not open this file any more.")
			return err
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "also when it is the only passphrase, or another goes with it")
	return cmd
}

func (c *call) keyPassphraseVerb() *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use:   "passphrase",
		Short: "Change the passphrase; the recovery key opens the store for it too",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			st, err := c.openForKeys()
			if err != nil {
				return err
			}
			if st.Demo() {
				return domain.Refused("passphrase", "A demonstration keeps the passphrase that everybody knows.")
			}
			words, err := c.newPassphrase(file)
			if err != nil {
				return err
			}
			told, err := st.ChangePassphrase(words)
			c.sayTurn(told)
			if told.Happened {
				c.say("The passphrase is changed. Backups that were made before still open with the old one.")
			}
			return err
		},
	}
	cmd.Flags().StringVar(&file, "new-passphrase-file", "", "`file` with the new passphrase in its first line")
	return cmd
}

func (c *call) keyRotateVerb() *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use:   "rotate",
		Short: "Change the store key; recovery key, office, keyring and your passphrase still open the store",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			st, err := c.openForKeys()
			if err != nil {
				return err
			}
			if err := c.wouldDrop("", yes); err != nil {
				return err
			}
			told, err := st.Rotate(c.secret)
			c.sayTurn(told)
			if !told.Happened {
				return c.needsPassphrase(err)
			}
			c.say("The store key was changed.")
			return err
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "also when another passphrase goes with it")
	return cmd
}

// openForKeys opens the store for a change of its keys, which is for a team lead or an
// administrator where the office has one.
func (c *call) openForKeys() (*store.Store, error) {
	st, err := c.open()
	if err != nil {
		return nil, err
	}
	if st.Office().MayErase(st.Who().Role) != nil {
		return nil, domain.Refused("role", "Only a team lead or an administrator may change the keys. You are working as %s.", st.Who().Role)
	}
	return st, nil
}

// wouldDrop asks for a yes when a change of the store key takes passphrases away: of
// those that are left without a slot, all but the one that the store was opened with,
// because nobody else's can be sealed anew.
func (c *call) wouldDrop(without string, yes bool) error {
	slots, err := c.st.Slots()
	if err != nil || yes {
		return err
	}
	words, gone := 0, []string{}
	for _, s := range slots {
		if s.Kind != seal.ByPassphrase {
			continue
		}
		words++
		if s.Name == without {
			words--
		} else {
			gone = append(gone, slotRef(s, slots)+after(" ", clean.Line(s.Label, labelShown)))
		}
	}
	switch {
	case words == 0 && without != "" && slices.ContainsFunc(slots, func(s seal.Slot) bool { return s.Name == without && s.Kind == seal.ByPassphrase }):
		return domain.Refused("yes", "That is the only passphrase: only what is on paper or with the office would be left. Add --yes if that is meant.")
	case words > 1:
		return domain.Refused("yes", "There are %d passphrases (%s), and only the one that you typed can be sealed anew: the others go, and have to be added again. Add --yes if that is meant.", words, strings.Join(gone, ", "))
	}
	return nil
}

// labelShown is how much of a label stands in a sentence.
const labelShown = 40

// needsPassphrase explains why a recovery key alone does not do.
func (c *call) needsPassphrase(err error) error {
	if !errors.Is(err, store.ErrWrongPassphrase) {
		return err
	}
	return fmt.Errorf("%w: the slot of the passphrase has to be sealed anew, so open the store with the passphrase, or set another with coachdesk key passphrase", store.ErrWrongPassphrase)
}

// sayTurn tells what a change of the store key left to do.
func (c *call) sayTurn(t store.Turn) {
	if !t.Happened {
		return
	}
	for _, s := range t.Dropped {
		c.say("Another %s could not be sealed anew and is gone%s. Add it again if it is still needed.", s.Kind, after(": ", clean.Line(s.Label, 60)))
	}
	for _, id := range t.Drafts {
		c.say("The draft %s does not open, so nobody can tell whom it is about: it was left. coachdesk salvage makes a file without it.", id)
	}
	c.say("If the store is open in another window, unlock it there again.")
	if t.Recovery != "" {
		c.say("The old recovery key opens nothing any more.")
		c.sayRecovery(t.Recovery)
	}
}
