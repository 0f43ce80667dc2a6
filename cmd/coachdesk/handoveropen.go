package main

import (
	"errors"
	"os"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/store"
)

// cameItem is a bundle that was opened, for --json.
type cameItem struct {
	ID      domain.ID         `json:"id"`
	Kind    domain.BundleKind `json:"kind"`
	Made    time.Time         `json:"made"`
	From    string            `json:"from"`
	Role    domain.Role       `json:"role"`
	Office  string            `json:"office,omitempty"`
	Taken   bool              `json:"taken"`
	Records int               `json:"records"`
	Fresh   int               `json:"fresh"`
	People  []cameAbout       `json:"people"`
}

// cameAbout is what a bundle has of one person.
type cameAbout struct {
	Ref     string `json:"ref"`
	Name    string `json:"name,omitempty"`
	Known   bool   `json:"known"`
	Records int    `json:"records"`
	Fresh   int    `json:"fresh"`
	Erased  bool   `json:"erased,omitempty"`
}

func (c *call) handoverOpenVerb() *cobra.Command {
	var dry, card bool
	var secret string
	cmd := &cobra.Command{
		Use:   "open FILE",
		Short: "Take in what came in a sealed file; --dry-run shows what is new",
		Long: "handover open opens a file that was sealed to this desk, looks whether it is whole and who signed it, and\n" +
			"takes its records in: what is here already stays as it is, so files may come twice or in any order. Nothing\n" +
			"is taken of a file that was changed, cut, sealed to somebody else or signed by nobody whom you know.\n" +
			"--card prints the card of an unknown sender for contacts add; ring them before you do. A file with a\n" +
			"passphrase asks for it, or reads it from --bundle-passphrase-file.",
		Example: "  coachdesk handover open bundle.coachdesk --dry-run\n  coachdesk handover open bundle.coachdesk --card | coachdesk contacts add -",
		Args:    needs("FILE"),
		RunE: func(_ *cobra.Command, args []string) error {
			return c.openBundle(args[0], secret, dry, card)
		},
	}
	f := cmd.Flags()
	f.BoolVar(&dry, "dry-run", false, "tell who sent it and what is new, and take nothing")
	f.BoolVar(&card, "card", false, "only print the sender's card, which is not checked")
	f.StringVar(&secret, "bundle-passphrase-file", "", "`file` with the passphrase of the bundle in its first line")
	return cmd
}

// openBundle looks at a bundle, and takes it in unless it is only looked at.
func (c *call) openBundle(file, secretFile string, dry, card bool) error {
	st, err := c.open()
	if err != nil {
		return err
	}
	f, err := os.Open(file)
	if err != nil {
		return misuse("The file cannot be read: %s", err)
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || info.IsDir() {
		return misuse("The file cannot be read: %s is a folder.", clean.Line(file, 400))
	}
	parcels, err := c.unpack(f, secretFile)
	var stranger store.Unknown
	switch {
	case card && errors.As(err, &stranger):
		c.say("Nobody has compared this card yet. Ring a number that you know already, and compare the fingerprint: %s.", stranger.Card.Contact().Fingerprint())
		c.write(stranger.Card.String())
		return nil
	case err != nil:
		return err
	case card:
		c.write(parcels.From.String())
		return nil
	}
	c.sayBundle(parcels)
	people := parcels.People
	if !dry {
		bar := c.progressOn("Taking in")
		taken, err := st.TakeContext(c.ctx, parcels, domain.Batch{ID: st.NewID()}, bar.on)
		bar.end()
		if err != nil {
			return err
		}
		people = taken.People
	}
	return c.tellCame(parcels, people, dry)
}

// unpack opens the seal of a bundle, asking for its passphrase where it has one.
func (c *call) unpack(f *os.File, secretFile string) (*store.Parcels, error) {
	secret := ""
	if secretFile != "" {
		p, err := os.Open(secretFile)
		if err != nil {
			return nil, misuse("The passphrase file cannot be read: %s", err)
		}
		defer p.Close()
		if secret, err = firstLine(p); err != nil {
			return nil, err
		}
	}
	bar := c.progressOn("Checking")
	defer bar.end()
	parcels, err := c.st.UnpackContext(c.ctx, f, secret, bar.on)
	var no domain.Refusal
	if typed, ok := c.terminal(); ok && secret == "" && errors.As(err, &no) && no.Field == "passphrase" {
		if secret, err = c.unseen(typed, "Passphrase of the bundle: "); err != nil {
			return nil, err
		}
		return c.st.UnpackContext(c.ctx, f, secret, bar.on)
	}
	return parcels, err
}

// sayBundle says who sent a bundle, when, and what is new in it.
func (c *call) sayBundle(p *store.Parcels) {
	who := "this desk itself"
	if !p.Own {
		who = p.From.Contact().Who() + ", " + p.From.Role.String()
	}
	at := p.Made.In(c.world.now().Location())
	c.say("%s, sealed by %s on %s: about %s, %s.", bundleWords(p.Kind), who, calendar.Of(at).Short(c.st.Today())+" "+at.Format("15:04"),
		plural(len(p.People), "1 person", "%s people"), plural(p.New(), "1 new record", "%s new records"))
}

// bundleWords say what a bundle is.
func bundleWords(k domain.BundleKind) string {
	switch k {
	case domain.BundleHandover:
		return "A handover"
	case domain.BundleAnswers:
		return "Answers and news"
	case domain.BundleCopy:
		return "A copy"
	case domain.BundleCaseload:
		return "A whole caseload"
	}
	return "A bundle"
}

// tellCame tells per person what was taken, or would be.
func (c *call) tellCame(p *store.Parcels, people []store.Arriving, dry bool) error {
	ids, err := c.st.Everyone()
	if err != nil {
		return err
	}
	for _, a := range people {
		if !slices.Contains(ids, a.ID) {
			ids = append(ids, a.ID)
		}
	}
	width := domain.RefLength(ids)
	it := cameItem{ID: p.ID, Kind: p.Kind, Made: p.Made, From: p.From.Name, Role: p.From.Role, Office: p.From.Office, Taken: !dry, People: []cameAbout{}}
	t := table{head: []string{"REF", "PERSON", "RECORDS", ""}, right: []int{2}}
	waiting := 0
	for _, a := range people {
		it.Records, it.Fresh, waiting = it.Records+a.Records, it.Fresh+a.New, waiting+a.Ahead+a.Differing
		it.People = append(it.People, cameAbout{a.ID.Ref(width), a.Name, a.Here, a.Records, a.New, a.Erased})
		t.add(a.ID.Ref(width), a.Name, strconv.Itoa(a.Records), cameWords(a))
	}
	if c.json {
		return printItems(c, "bundle/1", []cameItem{it})
	}
	c.printTable(t)
	if waiting > 0 {
		c.say("%s in quarantine: coachdesk quarantine tells why.", plural(waiting, "1 record waits", "%s records wait"))
	}
	if dry {
		c.say("Nothing was taken in.")
		return nil
	}
	return c.sayUnanswered()
}

// cameWords say what is new of one person.
func cameWords(a store.Arriving) string {
	switch {
	case a.Erased:
		return "was erased here and stays so"
	case !a.Here:
		return "new here"
	case a.New == 0 && a.Emptied == 0:
		return "nothing new"
	}
	return strconv.Itoa(a.New) + " new"
}

// sayUnanswered says what waits for an answer now.
func (c *call) sayUnanswered() error {
	rows, err := rowsNow(c.st)
	if err != nil {
		return err
	}
	n := 0
	for _, l := range handoversOf(c.st.Office(), c.st.Who().ID, rows) {
		if l.in && l.x.Unanswered > 0 && !l.x.State.Over() {
			n++
		}
	}
	if n > 0 {
		c.say("%s for your answer: coachdesk handover list shows them, handover answer REF --taken answers.", plural(n, "1 handover waits", "%s handovers wait"))
	}
	return nil
}
