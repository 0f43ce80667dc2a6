// Package storetest makes stores for tests: real ones, in a folder that is thrown
// away, with a clock and dice that repeat. Every store is audited when its test
// ends.
package storetest

import (
	"errors"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/store"
)

// Passphrase opens every store that this package makes.
const Passphrase = "correct horse battery staple teapot"

// Begin is when the clocks of tests start: a Monday morning.
var Begin = time.Date(2026, time.November, 2, 9, 0, 0, 0, time.UTC)

// Clock is a clock that moves by a second with every look, or as the test says.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock returns a clock that shows the time.
func NewClock(at time.Time) *Clock { return &Clock{now: at} }

// Now returns the time, a second later than when it was last asked.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(time.Second)
	return c.now
}

// Set moves the clock, in whichever direction.
func (c *Clock) Set(to time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = to
}

// Dice are dice that always fall alike, and that several goroutines may throw.
type Dice struct {
	mu  sync.Mutex
	rng *rand.ChaCha8
}

// NewDice returns dice of a seed.
func NewDice(seed byte) *Dice {
	return &Dice{rng: rand.NewChaCha8([32]byte{0: seed})}
}

// Read throws.
func (d *Dice) Read(b []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.rng.Read(b)
}

// Option changes what [New] makes.
type Option func(*store.Founding, *store.Options)

// As makes the first person somebody of another name and role.
func As(name string, role domain.Role) Option {
	return func(f *store.Founding, _ *store.Options) { f.Person, f.Role = name, role }
}

// Demo makes a demo store.
func Demo() Option { return func(f *store.Founding, _ *store.Options) { f.Demo = true } }

// Nation sets whose bank holidays the desk keeps.
func Nation(n calendar.Nation) Option {
	return func(f *store.Founding, _ *store.Options) { f.Nation = n }
}

// With changes the options, for example the clock.
func With(change func(*store.Options)) Option {
	return func(_ *store.Founding, o *store.Options) { change(o) }
}

// Options returns the options of stores for tests.
func Options() store.Options {
	return store.Options{Now: NewClock(Begin).Now, Dice: NewDice(1), WorkFactor: 4, NoSync: true}
}

// Founding returns what stores for tests begin with.
func Founding() store.Founding {
	return store.Founding{Passphrase: Passphrase, Person: "Ann Clark", Role: domain.Coach, Office: "Stratford", Nation: calendar.EnglandAndWales}
}

// New makes a store that is audited and closed when the test ends.
func New(t testing.TB, options ...Option) *store.Store {
	t.Helper()
	f, o := Founding(), Options()
	for _, option := range options {
		option(&f, &o)
	}
	s, _, err := store.Create(filepath.Join(t.TempDir(), "desk.coach"), f, o)
	if err != nil {
		t.Fatalf("make a store: %v", err)
	}
	t.Cleanup(func() {
		Audit(t, s)
		if err := s.Close(); err != nil {
			t.Errorf("close the store: %v", err)
		}
	})
	return s
}

// Audit fails the test when anything in the store is not as it should be; its check
// compares every row with what the journal adds up to.
func Audit(t testing.TB, s *store.Store) {
	t.Helper()
	found, err := s.Check()
	if errors.Is(err, store.ErrClosed) { // the test closed it: audit what it left
		again, openErr := store.Open(s.Path(), Passphrase, Options())
		if openErr != nil {
			t.Errorf("audit of the store: %v", openErr)
			return
		}
		defer func() { _ = again.Close() }() // nothing was written
		found, err = again.Check()
	}
	if err != nil {
		t.Errorf("audit of the store: %v", err)
	}
	for _, f := range found {
		t.Errorf("audit of the store: %s", f.Sentence)
	}
}

// Do carries out commands as one batch and fails the test if they are refused.
func Do(t testing.TB, s *store.Store, commands ...domain.Command) domain.Receipt {
	t.Helper()
	r, err := s.Do(domain.Batch{ID: s.NewID(), Commands: commands})
	if err != nil {
		t.Fatalf("do %T: %v", commands[0], err)
	}
	return r
}

// Join takes a participant of a name onto the caseload.
func Join(t testing.TB, s *store.Store, name string) domain.ID {
	t.Helper()
	id := s.NewID()
	Do(t, s, domain.Join{ID: id, Facts: map[domain.Fact]string{domain.FactName: name}})
	return id
}
