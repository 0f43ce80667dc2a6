package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/store"
)

// leaving is something that leaves the desk, and what is to be remembered of it.
type leaving struct {
	name, text string // of the file, and in it
	where      string // the sentence that tells where it is, with a %s

	who    domain.ID         // the participant; zero for a list
	of     domain.Export     // of a participant, without the sum
	list   domain.ListExport // of several, without the sum
	always bool              // it goes even where nothing can be recorded: the law asks for it
}

// doing carries out one command: in the store, or in what the app has open.
type doing func(domain.Command) error

// book is how the command line records what leaves.
func book(st *store.Store) doing {
	return func(c domain.Command) error {
		_, err := st.Do(domain.Batch{ID: st.NewID(), Commands: []domain.Command{c}})
		return err
	}
}

// remember records that something is about to leave. Whoever writes it waits for this:
// nothing goes out of which nobody could say later that it did.
func (l leaving) remember(do doing, office domain.ID, sum [sha256.Size]byte, toFile bool) error {
	var c domain.Command
	if l.who.IsZero() {
		l.list.SHA256 = fmt.Sprintf("%x", sum)
		c = domain.NoteListExport{Office: office, Export: l.list}
	} else {
		l.of.SHA256, l.of.ToFile = fmt.Sprintf("%x", sum), toFile
		c = domain.NoteExport{Participant: l.who, Export: l.of}
	}
	err := do(c)
	if errors.Is(err, store.ErrReadOnly) {
		return domain.Refused("store", "Nothing was written: what leaves the desk is recorded first, and this store may only be read. Open it where it may be written.")
	}
	return err
}

// into writes it into a file, once that is recorded.
func (l leaving) into(do doing, office domain.ID, to target, say func(string, ...any)) (string, error) {
	done, err := writeFile(to, func(w io.Writer) error {
		_, err := io.WriteString(w, l.text)
		return err
	}, func(made written) error { return l.excused(l.remember(do, office, made.SHA256, true), say) })
	return done.Path, err
}

// excused lets what must go out go, and says that nobody will be able to see that it did.
func (l leaving) excused(err error, say func(string, ...any)) error {
	if err == nil || !l.always {
		return err
	}
	say("Nothing could be recorded of this going out: %s", err)
	return nil
}

// deliver is how everything leaves on the command line: to standard output, or to a file
// for its owner alone.
func (c *call) deliver(st *store.Store, p paper, l leaving) error {
	if p.out == "" || p.out == "-" {
		if err := l.excused(l.remember(book(st), st.OfficeID(), sha256.Sum256([]byte(l.text)), false), c.say); err != nil {
			return err
		}
		c.write(l.text)
		return nil
	}
	path, err := l.into(book(st), st.OfficeID(), target{p.out, l.name, p.force}, c.say)
	if err != nil {
		return err
	}
	c.say(l.where, clean.Line(path, 400))
	return nil
}

// consentsOf returns the consents on which something goes to a recipient.
func consentsOf(p domain.Participant, to domain.Recipient, on calendar.Day) []domain.ID {
	var all []domain.ID
	for _, x := range p.Covering(to, on) {
		all = append(all, x.ID)
	}
	return all
}
