package main

import (
	"errors"
	"fmt"
	"iter"
	"os"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/store"
	"coachdesk/store/everything"
)

func (c *call) importEverythingVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "everything FILE",
		Short: "Take back what export everything wrote: into a new store, or into this one",
		Long: "import everything reads a file of export everything. Where there is no store yet it makes one, under a new\n" +
			"passphrase and with a recovery key of its own, for the same office; it writes as a desk of its own. Into a\n" +
			"store of the same office it brings what is missing: what is there stays, what was erased stays erased, and\n" +
			"what was interrupted goes on when you run it again. A file that was cut or changed is refused with the line,\n" +
			"and nothing is taken from it.",
		Example: "  coachdesk import everything all.jsonl --store new.db",
		Args:    needs("FILE"),
		RunE:    func(_ *cobra.Command, args []string) error { return c.importEverything(args[0]) },
	}
}

func (c *call) importEverything(file string) error {
	if file == "-" {
		return misuse("Name a file: it is read twice, which standard input cannot be.")
	}
	path, err := c.path()
	if err != nil {
		return err
	}
	f, err := os.Open(file)
	if err != nil {
		return misuse("The file cannot be read: %s", err)
	}
	defer f.Close()
	x, err := c.readEverything(f)
	if err != nil {
		return err
	}
	if _, err := store.Peek(path); errors.Is(err, store.ErrNoStore) {
		return c.refound(path, x)
	}
	return c.mergeEverything(x)
}

// readEverything reads a file to its end before anything is taken from it.
func (c *call) readEverything(f *os.File) (*everything.Index, error) {
	st, err := f.Stat()
	if err != nil {
		return nil, err
	}
	bar := c.progress("Reading", int(st.Size()))
	defer bar.end()
	x, err := everything.ReadIndex(f, st.Size(), func(at int64) error {
		bar.to(int(at))
		return c.goingOn()
	})
	if err != nil {
		return nil, sayWrong(f.Name(), err)
	}
	if h := x.Header; h.Format > store.Version {
		return nil, sayWrong(f.Name(), everything.Wrong{Line: 1, Why: fmt.Sprintf("it was written by a newer version of coachdesk (format %d; this one knows %d). Update coachdesk", h.Format, store.Version)})
	}
	return x, nil
}

// goingOn reports an interruption.
func (c *call) goingOn() error {
	if c.ctx != nil && c.ctx.Err() != nil {
		return errInterrupted
	}
	return nil
}

// sayWrong names the file to which a fault in a line belongs.
func sayWrong(file string, err error) error {
	var bad everything.Wrong
	if errors.As(err, &bad) {
		return domain.Refused("file", "%s: %s Nothing was taken.", clean.Line(file, 200), bad)
	}
	return err
}

// refound makes a new store of a file.
func (c *call) refound(path string, x *everything.Index) error {
	o, err := c.options()
	if err != nil {
		return err
	}
	h := x.Header
	secret := demoPassphrase
	if !h.Demo {
		if secret, err = c.passphrase("Choose a passphrase: "); err != nil {
			return err
		}
	}
	bar := c.progress("Taking in", len(x.Entries))
	held := heldIn(x)
	held.Done = func(n int) error {
		bar.to(n)
		return c.goingOn()
	}
	st, recovery, err := store.Refound(path, store.Refounding{Passphrase: secret, Demo: h.Demo, Office: h.Office, Seat: h.Seat, Founded: h.Founded}, held, o)
	bar.end()
	if err != nil {
		return sayWrong("The file", err)
	}
	c.st, c.secret = st, secret
	c.say("The store is at %s: %s of %s.\nWrite the recovery key on paper: it is shown only now, and opens the store when the passphrase is forgotten.",
		clean.Line(path, 400), plural(len(x.Entries), "1 record", "%s records"), plural(st.Count(), "1 person", "%s people"))
	c.sayNotIn(h)
	c.write(recovery + "\n")
	return nil
}

// sayNotIn tells what the file never held.
func (c *call) sayNotIn(h everything.Header) {
	if n := h.LeftOut.Records; n > 0 {
		c.say("The file was written without %s: what is private, or of people whose records are restricted.", plural(n, "1 record", "%s records"))
	}
}

// heldIn gives out what a file holds, read again piece by piece.
func heldIn(x *everything.Index) store.Held {
	h := store.Held{
		Records: len(x.Entries),
		Arrivals: func(yield func(domain.Record) bool) {
			for _, e := range x.Entries {
				if !yield(domain.Record{Subject: e.About, Desk: e.Desk, Seq: e.Seq}) {
					return
				}
			}
		},
		Subjects: subjectsIn(x),
	}
	for _, d := range x.Drafts {
		h.Drafts = append(h.Drafts, store.Draft(d))
	}
	for _, l := range x.Looks {
		h.Looks = append(h.Looks, domain.Look{At: l.At, By: l.By, Role: l.Role, Participant: l.Participant, Via: l.Via, Reason: l.Reason})
	}
	return h
}

// subjectsIn gives out the subjects in the order of a journal.
func subjectsIn(x *everything.Index) iter.Seq[store.Telling] {
	return func(yield func(store.Telling) bool) {
		all := x.InOrder()
		for from := 0; from < len(all); {
			to := from
			for to < len(all) && all[to].About == all[from].About {
				to++
			}
			mine := all[from:to]
			if !yield(store.Telling{About: mine[0].About, Records: len(mine), Read: func() ([]store.Told, error) { return toldIn(x, mine) }}) {
				return
			}
			from = to
		}
	}
}

func toldIn(x *everything.Index, mine []everything.Entry) ([]store.Told, error) {
	told := make([]store.Told, len(mine))
	for i, e := range mine {
		r, err := x.Read(e)
		if err != nil {
			return nil, err
		}
		told[i] = store.Told{Record: r.Record, Envelope: r.Envelope, Line: e.Line}
	}
	return told, nil
}
