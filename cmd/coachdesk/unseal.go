package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"filippo.io/age"
	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/store/seal"
)

// paperMost is the largest paper that is opened: everything held on a person is far less.
const paperMost = 64 << 20

func (c *call) unsealVerb() *cobra.Command {
	var p paper
	cmd := &cobra.Command{
		Use:   "unseal FILE",
		Short: "Open a paper that was closed for you: with this desk's key, or a passphrase",
		Long: "unseal opens FILE.age as export handover --to or --seal makes it, and prints the paper, or writes it into a\n" +
			"file with -o. A paper is for reading: nothing of it comes into the store. A bundle is opened with handover\n" +
			"open. The passphrase is asked for, or read with --seal-passphrase-file.",
		Example: "  coachdesk unseal handover-7K3Q-M.txt.age",
		Args:    needs("FILE"),
		RunE:    func(_ *cobra.Command, args []string) error { return c.unseal(args[0], p) },
	}
	cmd.Flags().StringVar(&p.seal.file, "seal-passphrase-file", "", "`file` with the passphrase in its first line")
	p.outFlags(cmd)
	return cmd
}

func (c *call) unseal(file string, p paper) error {
	f, err := os.Open(file)
	if err != nil {
		return misuse("The file cannot be read: %s", err)
	}
	defer f.Close()
	sealed, err := io.ReadAll(io.LimitReader(f, paperMost+1))
	if err != nil {
		return misuse("The file cannot be read: %s", err)
	}
	if len(sealed) > paperMost {
		return domain.Refused("file", "That file is larger than any paper. A bundle is opened with coachdesk handover open.")
	}
	with, err := c.unsealWith(p.seal.file, sealed)
	if err != nil {
		return err
	}
	text, err := unsealed(sealed, with)
	if err != nil {
		return err
	}
	if p.out == "" || p.out == "-" {
		c.write(clean.Printable(text))
		return nil
	}
	name := strings.TrimSuffix(strings.TrimSuffix(clean.Line(f.Name(), 400), ".age"), "/")
	made, err := writeFile(target{p.out, name[strings.LastIndexAny(name, `/\`)+1:], p.force}, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	}, nil)
	if err == nil {
		c.say("The paper is at %s.", clean.Line(made.Path, 400))
	}
	return err
}

// unsealWith is the key of this desk, or the passphrase when the file asks for one.
func (c *call) unsealWith(file string, sealed []byte) (age.Identity, error) {
	header, _, _ := bytes.Cut(sealed[:min(len(sealed), 4096)], []byte("\n---"))
	if !bytes.HasPrefix(header, []byte("age-encryption.org/")) {
		return nil, domain.Refused("file", "That is no closed paper: nothing of it was opened.")
	}
	if !bytes.Contains(header, []byte("\n-> scrypt ")) {
		st, err := c.open()
		if err != nil {
			return nil, err
		}
		return st.Identity()
	}
	words, err := c.oncePassphrase(file)
	if err != nil {
		return nil, err
	}
	return seal.Try(words)
}

// oncePassphrase reads the passphrase of a file that somebody else closed.
func (c *call) oncePassphrase(file string) (string, error) {
	if file == "" {
		if f, ok := c.world.in.(*os.File); ok {
			return c.unseen(f, "Passphrase of the file: ")
		}
		return "", misuse("There is no terminal to ask for the passphrase. Use --seal-passphrase-file FILE.")
	}
	return c.typedTwice(file)
}

// unsealed opens a paper. What is no text is a bundle, or nothing of ours.
func unsealed(sealed []byte, with age.Identity) (string, error) {
	var other *age.NoIdentityMatchError
	r, err := age.Decrypt(bytes.NewReader(sealed), with)
	switch {
	case errors.As(err, &other):
		return "", domain.Refused("file", "That paper was closed for somebody else, or with another passphrase. Ask the sender.")
	case err != nil:
		return "", domain.Refused("file", "That paper cannot be opened: it was changed, or closed in another way. Ask for it again.")
	}
	text, err := io.ReadAll(io.LimitReader(r, paperMost))
	if err != nil {
		return "", domain.Refused("file", "That paper was changed or cut on its way. Ask for it again.")
	}
	if !utf8.Valid(text) {
		return "", domain.Refused("file", "That is no paper. A bundle is opened with coachdesk handover open.")
	}
	return string(text), nil
}
