package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/zalando/go-keyring"

	"coachdesk/store"
	"coachdesk/store/seal"
)

// open opens the store for a verb; the call closes it at the end.
func (c *call) open() (*store.Store, error) {
	if c.st != nil {
		return c.st, nil
	}
	path, err := c.path()
	if err != nil {
		return nil, err
	}
	o, err := c.options()
	if err != nil {
		return nil, err
	}
	facts, err := store.Peek(path)
	if errors.Is(err, store.ErrNoStore) {
		return nil, fmt.Errorf("%w at %s. coachdesk init makes one; coachdesk demo shows an invented caseload", store.ErrNoStore, path)
	}
	if err != nil {
		return nil, err
	}
	if c.st, err = c.unlock(path, facts, o); err != nil {
		return nil, err
	}
	for _, w := range c.st.Warnings() {
		c.say("%s", w)
	}
	if c.st.ReadOnly() {
		c.say("The store may not be written: it is only read.")
	}
	return c.st, c.sitDown()
}

// unlock opens the store: a demonstration with the passphrase that everybody knows, a
// real store with the keyring of this computer if it has a slot for it, or with the
// passphrase.
func (c *call) unlock(path string, facts store.Facts, o store.Options) (*store.Store, error) {
	c.secret = demoPassphrase
	if facts.Demo {
		return store.Open(path, c.secret, o)
	}
	if c.passphraseFrom() == "" && store.HasSlot(path, seal.ByKeyring) {
		if kept, err := keyring.Get(keyringService, facts.Desk.String()); err == nil {
			if st, err := store.Open(path, kept, o); !errors.Is(err, store.ErrWrongPassphrase) {
				c.secret = ""
				return st, err
			}
		}
	}
	if c.passphraseFrom() == "" {
		c.sound.begin(path) // nobody waits for it while they type
	}
	var err error
	if c.secret, err = c.passphrase("Passphrase: "); err != nil {
		return nil, err
	}
	c.sound.wait()
	return store.Open(path, c.secret, o)
}

// sitDown picks who works, when --as names somebody.
func (c *call) sitDown() error {
	if c.as == "" {
		return nil
	}
	p, err := c.st.Office().FindPerson(c.as)
	if err != nil {
		return misuse("--as: %s", err)
	}
	return c.st.As(p.ID)
}

func (c *call) close() error {
	if c.st == nil {
		return c.broken
	}
	c.lookAfter()
	err := c.st.Close()
	c.st = nil
	return errors.Join(err, c.broken)
}

// lookAfter makes the backup of the day and compacts a file that is mostly free. What
// hinders it is told, and keeps nobody from their work.
func (c *call) lookAfter() {
	if c.st.Demo() {
		return // nobody in it is real, and its folder may be gone already
	}
	if _, err := c.st.BackUpIfDue(); err != nil && !errors.Is(err, store.ErrReadOnly) && !errors.Is(err, store.ErrClosed) && !errors.Is(err, store.ErrDamaged) {
		c.say("The backup of the day could not be made. %s", err)
	}
	if _, err := c.st.Tidy(); err != nil && !errors.Is(err, store.ErrReadOnly) && !errors.Is(err, store.ErrClosed) && !errors.Is(err, store.ErrDamaged) {
		c.say("The store could not be compacted. %s", err)
	}
}

// onStore makes a verb of what is done with the open store.
func (c *call) onStore(do func(*store.Store, []string) error) func(*cobra.Command, []string) error {
	return func(_ *cobra.Command, args []string) error {
		st, err := c.open()
		if err != nil {
			return err
		}
		return do(st, args)
	}
}
