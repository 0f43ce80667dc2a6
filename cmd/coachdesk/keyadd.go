package main

import (
	"fmt"
	"os"
	"slices"
	"unicode/utf8"

	"filippo.io/age"
	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"
	"github.com/zalando/go-keyring"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/store"
	"coachdesk/store/seal"
)

func (c *call) keyAddVerb() *cobra.Command {
	var label, file string
	cmd := &cobra.Command{
		Use:   "add KIND [RECIPIENT]",
		Short: "Add a way to open the store: passphrase, recovery, office or keyring",
		Long: "add passphrase asks for another passphrase. add recovery makes another recovery key and shows it once.\n" +
			"add office seals to an age recipient (age1…), whose secret key the office keeps. add keyring lets this\n" +
			"computer's keyring open the store for commands; anybody who is logged in as you can then open it.\n" +
			"Labels and kinds stand in clear in the file.",
		Example: "  coachdesk key add recovery --label 'second sheet'\n  coachdesk key add office age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p",
		Args:    needs("KIND", "[RECIPIENT]"),
		RunE:    func(_ *cobra.Command, args []string) error { return c.keyAdd(args, label, file) },
	}
	cmd.Flags().StringVar(&label, "label", "", "a `word` that tells it from others; it stands in clear")
	cmd.Flags().StringVar(&file, "new-passphrase-file", "", "`file` with the new passphrase in its first line")
	return cmd
}

func (c *call) keyAdd(args []string, label, file string) error {
	kind := seal.SlotKind(args[0])
	switch {
	case kind == seal.ByOffice && len(args) < 2:
		return misuse("RECIPIENT is missing: the office's age recipient, which begins with age1.")
	case kind != seal.ByOffice && len(args) > 1:
		return misuse("Only office takes a recipient.")
	case !slices.Contains([]seal.SlotKind{seal.ByPassphrase, seal.ByRecovery, seal.ByOffice, seal.ByKeyring}, kind):
		return misuse("%q is no kind of key. Write passphrase, recovery, office or keyring.", clean.Line(args[0], 40))
	}
	st, err := c.openForKeys()
	if err != nil {
		return err
	}
	var to age.Recipient
	var sheet *age.X25519Identity
	switch kind {
	case seal.ByPassphrase:
		words, err := c.newPassphrase(file)
		if err != nil {
			return err
		}
		if to, err = seal.Passphrase(words, c.work()); err != nil {
			return err
		}
	case seal.ByOffice:
		if to, err = seal.ReadRecipient(args[1]); err != nil {
			return misuse("%s", err)
		}
	case seal.ByRecovery, seal.ByKeyring:
		if sheet, err = age.GenerateX25519Identity(); err != nil {
			return err
		}
		to = sheet.Recipient()
	}
	desk, before, noneBefore := st.Facts().Desk.String(), "", error(nil)
	if kind == seal.ByKeyring {
		before, noneBefore = keyring.Get(keyringService, desk)
		if err := keyring.Set(keyringService, desk, sheet.String()); err != nil {
			return fmt.Errorf("the keyring of this computer did not take the key: %w", err)
		}
	}
	name, err := st.AddSlot(kind, label, to)
	if err != nil {
		if kind == seal.ByKeyring && noneBefore == nil {
			_ = keyring.Set(keyringService, desk, before) // the way in that was there before
		}
		return err
	}
	slots, err := st.Slots()
	if err != nil {
		return err
	}
	if kind == seal.ByRecovery {
		c.sayRecovery(sheet.String())
		return nil
	}
	c.print(slotRef(seal.Slot{Name: name}, slots))
	return nil
}

// sayRecovery shows a recovery key, once.
func (c *call) sayRecovery(key string) {
	c.say("Write the recovery key on paper: it is shown only now, and opens the store when the passphrase is forgotten.")
	c.print(key)
}

// work is the cost of a passphrase.
func (c *call) work() int {
	o := store.Options{WorkFactor: c.world.workFactor}
	return o.Work()
}

// keyringService is the name under which the keyring of the computer keeps the key.
const keyringService = "coachdesk"

// newPassphrase reads a new passphrase: from a file, or typed twice at a terminal.
func (c *call) newPassphrase(file string) (string, error) {
	words, err := c.typedTwice(file)
	if err == nil && utf8.RuneCountInString(words) < leastPassphrase {
		err = domain.Refused("passphrase", "Use at least %d characters: four ordinary words are easy to remember.", leastPassphrase)
	}
	return words, err
}

func (c *call) typedTwice(file string) (string, error) {
	if c.typed != "" {
		return c.typed, nil
	}
	if file != "" {
		f, err := os.Open(file)
		if err != nil {
			return "", misuse("The passphrase file cannot be read: %s", err)
		}
		defer f.Close()
		return firstLine(f)
	}
	f, ok := c.world.in.(*os.File)
	if !ok || !term.IsTerminal(f.Fd()) {
		return "", misuse("There is no terminal to ask for the new passphrase. Use --new-passphrase-file FILE.")
	}
	first, err := c.unseen(f, "New passphrase: ")
	if err != nil {
		return "", err
	}
	second, err := c.unseen(f, "The same once more: ")
	if err == nil && first != second {
		err = domain.Refused("passphrase", "The two were not the same. Nothing was changed.")
	}
	return first, err
}
