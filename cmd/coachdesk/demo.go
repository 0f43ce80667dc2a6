package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"coachdesk/assets"
	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/store"
	"coachdesk/store/demo"
)

func (c *call) demoVerb() *cobra.Command {
	var people int
	var seed uint64
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Open the app on an invented caseload; asks nothing, keeps nothing",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if people < 1 || people > 100_000 {
				return misuse("--people takes a number from 1 to 100,000.")
			}
			return c.demo(cmd.Context(), people, seed)
		},
	}
	cmd.Flags().IntVar(&people, "people", 120, "how many `people`")
	cmd.Flags().Uint64Var(&seed, "seed", 1, "the `number` that the stories grow from")
	return cmd
}

// demo tells an invented caseload into a store that is thrown away, or into the one
// that --store names.
func (c *call) demo(ctx context.Context, people int, seed uint64) error {
	path, kept := c.storePath, c.storePath != ""
	if !kept {
		dir, err := os.MkdirTemp("", "coachdesk-demo-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		path = filepath.Join(dir, "demo.db")
	}
	facts, err := store.Peek(path)
	switch {
	case err == nil && !facts.Demo:
		return domain.Refused("store", "%s is a real store. A demonstration never goes near one.", path)
	case err == nil:
		c.storePath = path
		if _, err := c.open(); err != nil {
			return err
		}
	default:
		if err := c.tellDemo(path, people, seed, !kept); err != nil {
			return err
		}
	}
	if f, ok := c.world.out.(*os.File); !ok || !term.IsTerminal(f.Fd()) {
		return c.printQueue(c.st)
	}
	d, err := newDesk(c.st, c.world)
	if err != nil {
		return err
	}
	return c.show(ctx, d, nil)
}

// tellDemo makes the store and has the stories happen in it, each at its own time.
func (c *call) tellDemo(path string, people int, seed uint64, throwAway bool) error {
	names, err := demo.Read(assets.Demo())
	if err != nil {
		return err
	}
	o, err := c.options()
	if err != nil {
		return err
	}
	clock, now := time.Time{}, c.world.now()
	o.Now = func() time.Time {
		if clock.IsZero() {
			return c.world.now()
		}
		return clock
	}
	o.WorkFactor, o.NoSync = 10, true // nobody in it is real
	staff := demo.People()
	clock = now.AddDate(-2, 0, 0)
	st, _, err := c.foundWith(path, store.Founding{
		Passphrase: demoPassphrase, Person: staff[0].Name, Role: staff[0].Role, Office: demo.Office, Nation: calendar.EnglandAndWales, Demo: true,
	}, o)
	if err != nil {
		return err
	}
	if err := c.tellStories(st, names, people, seed, now, &clock); err != nil {
		return errors.Join(fmt.Errorf("the demonstration could not be told: %w", err), st.Close())
	}
	if err := st.Close(); err != nil {
		return err
	}
	if o, err = c.options(); err != nil {
		return err
	}
	o.NoSync = throwAway
	c.st, err = store.Open(path, demoPassphrase, o)
	return err
}

// tellStories registers the staff and has every moment happen at its own time.
func (c *call) tellStories(st *store.Store, names demo.Names, people int, seed uint64, now time.Time, clock *time.Time) error {
	staff := []domain.ID{st.Who().ID}
	for _, s := range demo.People()[1:] {
		id := st.NewID()
		if _, err := st.Do(domain.Batch{ID: st.NewID(), Commands: []domain.Command{domain.Register{Office: st.OfficeID(), Person: id, Name: s.Name, Role: s.Role}}}); err != nil {
			return err
		}
		staff = append(staff, id)
	}
	if _, err := st.Do(domain.Batch{ID: st.NewID(), Commands: demo.Desk(st.DeskID(), calendar.Of(now))}); err != nil {
		return err
	}
	for _, p := range names.Phrases {
		if _, err := st.Do(domain.Batch{ID: st.NewID(), Commands: []domain.Command{domain.SavePhrase{Office: st.OfficeID(), Abbr: p.Abbr, Text: p.Text}}}); err != nil {
			return err
		}
	}
	known, err := demo.AddressBook(st.OfficeID(), seed, st.NewID)
	if err != nil {
		return err
	}
	if _, err := st.Do(domain.Batch{ID: st.NewID(), Commands: known}); err != nil {
		return err
	}
	cards, err := tellCards(st, names.Cards)
	if err != nil {
		return err
	}
	names.CardIDs = cards
	if names.Shelf, err = tellServices(st, calendar.Of(now)); err != nil {
		return err
	}
	names.Staff = staff
	by := 0
	err = demo.Tell(names, seed, people, now, func(m demo.Moment) (domain.Receipt, error) {
		*clock = m.At
		if m.By != by {
			if err := st.As(staff[m.By]); err != nil {
				return domain.Receipt{}, err
			}
			by = m.By
		}
		return st.Do(m.Batch)
	})
	if err != nil {
		return err
	}
	return st.As(staff[0])
}

// tellServices puts the invented local services into the directory. Those that nobody
// would be sent to, such as a festival, are in it as in every feed.
func tellServices(st *store.Store, today calendar.Day) ([]domain.Service, error) {
	all, err := demo.ReadServices(assets.DemoServices(), today)
	if err != nil {
		return nil, err
	}
	_, err = st.Do(domain.Batch{ID: st.NewID(), Commands: demo.Shelve(st.OfficeID(), all)})
	return all[:len(all)-8], err
}

// tellCards has the office write its advice cards.
func tellCards(st *store.Store, texts []string) ([]domain.ID, error) {
	var ids []domain.ID
	for _, text := range texts {
		r, err := st.Do(domain.Batch{ID: st.NewID(), Commands: []domain.Command{domain.WriteCard{Office: st.OfficeID(), Text: domain.ReadCard(text)}}})
		if err != nil {
			return nil, err
		}
		for _, rec := range r.Records {
			if e, ok := rec.Event.(domain.CardWritten); ok {
				ids = append(ids, e.ID)
			}
		}
	}
	return ids, nil
}
