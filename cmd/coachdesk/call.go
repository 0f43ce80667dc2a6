package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"coachdesk/assets"
	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/store"
)

// call is one run of the program: its flags, and the store once it is open.
type call struct {
	world          world
	storePath      string
	passphraseFile string
	as             string
	today          string
	json           bool
	plain          bool
	noColour       bool
	because        string
	verb           string // as the log of who looked names it
	byPaper        bool   // the app was opened with the recovery key
	secret         string // the passphrase, for verbs that seal its slot anew
	typed          string // a passphrase for a paper, as it was typed on a screen
	st             *store.Store
	desk           *desk // what the app has open behind its door
	sound          soundness
	left           parting
	ctx            context.Context // ends with ctrl+c
	broken         error           // the first failure to write to standard output
}

// demoPassphrase opens every demonstration: it protects nobody, because nobody in
// it is real.
const demoPassphrase = "demonstration"

func (c *call) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "coachdesk",
		Short: "A work coach's desk: who needs me today, and why?",
		Long: "coachdesk is a work coach's desk in a terminal: caseload, sessions, escalations to the\n" +
			"Disability Employment Adviser, action plans, handover. Without a verb it opens the app.",
		Args:          noArgs,
		SilenceUsage:  true,
		SilenceErrors: true,
		RunE:          func(cmd *cobra.Command, _ []string) error { return c.app(cmd.Context()) },
		// Every verb may be interrupted while it waits for somebody to type.
		PersistentPreRun: func(cmd *cobra.Command, _ []string) { c.ctx, c.verb = cmd.Context(), cmd.Name() },
	}
	f := root.PersistentFlags()
	f.StringVar(&c.storePath, "store", "", "the store's `file` (COACHDESK_STORE)")
	f.StringVar(&c.passphraseFile, "passphrase-file", "", "`file` with the passphrase in its first line; - is standard input (COACHDESK_PASSPHRASE_FILE)")
	f.StringVar(&c.as, "as", "", "work as this registered `person`")
	f.StringVar(&c.today, "today", "", "see the desk as on this `date`; writes only in a demonstration")
	f.StringVar(&c.because, "because", "", "why you open a record that is not your own case, one `word` of: "+lookWords())
	f.BoolVar(&c.json, "json", false, "write JSON")
	f.BoolVar(&c.plain, "plain", false, "plain signs and no colour: for screen readers and simple terminals")
	f.BoolVar(&c.noColour, "no-colour", false, "no colour (NO_COLOR)")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage{err.Error()} })
	root.CompletionOptions.DisableDefaultCmd = true
	for _, g := range families {
		root.AddGroup(&cobra.Group{ID: g.key, Title: g.title + ":"})
	}
	root.SetHelpCommandGroupID(careFamily)
	root.AddCommand(c.verbs()...)
	return root
}

func noArgs(cmd *cobra.Command, args []string) error {
	switch {
	case len(args) == 0:
		return nil
	case cmd.HasParent():
		return misuse("%s takes no such word: %q.", cmd.CommandPath(), clean.Line(args[0], 60))
	}
	cmd.SuggestionsMinimumDistance = 2
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		return misuse("%q is not a command. Do you mean %s?", clean.Line(args[0], 60), near[0])
	}
	return misuse("%q is not a command. coachdesk help lists the commands.", clean.Line(args[0], 60))
}

// needs asks for as many words after a verb as its use names; the last name may
// stand for several when it ends in dots, and for none in brackets.
func needs(names ...string) cobra.PositionalArgs {
	least, most := 0, len(names)
	for _, n := range names {
		if !strings.HasPrefix(n, "[") {
			least++
		}
		if strings.HasSuffix(strings.TrimSuffix(n, "]"), "…") {
			most = 1 << 16
		}
	}
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return misuse("%s is missing. Write: %s", names[len(args)], strings.TrimSuffix(cmd.UseLine(), " [flags]"))
		case len(args) > most:
			return misuse("There is a word too many: %q. Write: %s", clean.Line(args[most], 60), strings.TrimSuffix(cmd.UseLine(), " [flags]"))
		}
		return nil
	}
}

// path returns where the store lies: the flag, the environment, or the place where
// programs of this system keep what belongs to one person.
func (c *call) path() (string, error) {
	if c.storePath != "" {
		return c.storePath, nil
	}
	if p := c.world.env("COACHDESK_STORE"); p != "" {
		return p, nil
	}
	base := c.world.env("XDG_DATA_HOME")
	if base == "" {
		switch home := c.world.env("HOME"); {
		case runtime.GOOS == "windows":
			base = c.world.env("LOCALAPPDATA")
		case home != "" && runtime.GOOS == "darwin":
			base = filepath.Join(home, "Library", "Application Support")
		case home != "":
			base = filepath.Join(home, ".local", "share")
		}
	}
	if base == "" {
		return "", misuse("Say where the store is: --store FILE, or set COACHDESK_STORE.")
	}
	return filepath.Join(base, "coachdesk", "desk.db"), nil
}

func (c *call) options() (store.Options, error) {
	days, err := calendar.ReadOneOffs(assets.Days())
	if err != nil {
		return store.Options{}, err
	}
	o := store.Options{Now: c.world.now, Dice: c.world.dice, WorkFactor: c.world.workFactor, OneOffs: days, Check: c.sound.of}
	if c.today != "" {
		d, err := calendar.Parse(c.today, calendar.Of(c.world.now()), calendar.Forward)
		if err != nil {
			return o, misuse("--today: %s", err)
		}
		o.Today = d
	}
	return o, nil
}

// passphrase reads the passphrase from the file that was named, or asks for it at
// a terminal without showing it.
func (c *call) passphrase(prompt string) (string, error) {
	name := c.passphraseFrom()
	switch {
	case name == "-":
		return firstLine(c.world.in)
	case name != "":
		f, err := os.Open(name)
		if err != nil {
			return "", misuse("The passphrase file cannot be read: %s", err)
		}
		defer f.Close()
		return firstLine(f)
	}
	f, ok := c.world.in.(*os.File)
	if !ok || !term.IsTerminal(f.Fd()) {
		return "", misuse("There is no terminal to ask for the passphrase. Use --passphrase-file FILE.")
	}
	return c.unseen(f, prompt)
}

// unseen reads a line that a terminal does not show.
func (c *call) unseen(f *os.File, prompt string) (string, error) {
	fmt.Fprint(c.world.err, prompt)
	before, err := term.GetState(f.Fd())
	if err != nil {
		return "", err
	}
	var b []byte
	err = c.patiently(func() (err error) {
		b, err = term.ReadPassword(f.Fd())
		return err
	})
	if errors.Is(err, errInterrupted) {
		_ = term.Restore(f.Fd(), before) // the program ends: a terminal without echo would stay
	}
	fmt.Fprintln(c.world.err)
	return string(b), err
}

// passphraseFrom returns the file that holds the passphrase; - is standard input,
// empty asks at the terminal.
func (c *call) passphraseFrom() string {
	return cmp.Or(c.passphraseFile, c.world.env("COACHDESK_PASSPHRASE_FILE"))
}

// patiently waits for somebody to type, or for ctrl+c.
func (c *call) patiently(read func() error) error {
	done := make(chan error, 1)
	go func() { done <- read() }()
	select {
	case err := <-done:
		return err
	case <-c.ctx.Done():
		return errInterrupted
	}
}

func firstLine(r io.Reader) (string, error) {
	line, err := bufio.NewReader(io.LimitReader(r, 4096)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	line = strings.TrimRight(line, "\r\n")
	if line == "" {
		return "", misuse("The passphrase is empty.")
	}
	return line, nil
}

func readRules() (domain.Rules, error) {
	var file struct {
		Rules []domain.Rule `json:"rules"`
	}
	if err := json.Unmarshal(assets.Queue(), &file); err != nil {
		return nil, fmt.Errorf("the rules of the queue cannot be read: %w", err)
	}
	rules := domain.Rules{}
	for _, r := range file.Rules {
		rules[r.Key] = r
	}
	return rules, nil
}

// queue returns what judges who needs the coach, as of now.
func (c *call) queue(st *store.Store) (domain.Queue, error) {
	rules, err := readRules()
	if err != nil {
		return domain.Queue{}, err
	}
	q := queueAt(c.world.now(), st.Today(), st.Desk().Nation(), rules, calendarsOf(st))
	office := st.Office()
	q.Me, q.Name, q.Advises = st.Who().ID, st.Who().Name, st.Who().Role.MayAdvise()
	q.Named = func(id domain.ID) string { return office.Named(id).Name }
	if q.Retention, err = readRetention(); err != nil {
		return q, err
	}
	if q.Sessions, err = readSessions(); err != nil {
		return q, err
	}
	if q.Planning, err = readPlanning(); err != nil {
		return q, err
	}
	if q.Figures, err = readFigures(); err != nil {
		return q, err
	}
	if q.Work, err = readWork(); err != nil {
		return q, err
	}
	known, err := readCatalogue()
	q.Catalogue = st.Office().Catalogue(known)
	return q, err
}
