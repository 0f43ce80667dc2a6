package main

import (
	"errors"
	"slices"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/store"
)

// subject is the person that a verb is about, as the record tells it now.
type subject struct {
	c     *call
	st    *store.Store
	p     domain.Participant
	ref   string
	today calendar.Day
	names domain.Names
	items []item
	width int // of the items' references
}

// person opens the store and finds who a reference means. A name is never taken:
// two people may share one.
func (c *call) person(ref string) (*subject, error) {
	st, err := c.open()
	if err != nil {
		return nil, err
	}
	ids, err := st.Everyone()
	if err != nil {
		return nil, err
	}
	id, err := domain.FindRef(ref, ids)
	if err != nil {
		return nil, err
	}
	s := &subject{c: c, st: st, ref: id.Ref(domain.RefLength(ids)), today: st.Today()}
	if err := s.read(id); err != nil {
		return nil, err
	}
	return s, c.looked(s.p)
}

// notFound puts what is missing into the words of the verb; a slip in the reference
// keeps its own.
func notFound(err error, field, format string, args ...any) error {
	var no domain.Refusal
	if errors.As(err, &no) && !strings.Contains(no.Why, "slip") {
		return domain.Refused(field, format, args...)
	}
	return err
}

// read reads the record again.
func (s *subject) read(id domain.ID) (err error) {
	if s.p, err = s.st.Participant(id); err != nil {
		return err
	}
	s.tell()
	return nil
}

// callers are the names by which the record calls its owners.
func (s *subject) callers() domain.Names { return s.p.Callers(s.st.Who(), s.st.Office()) }

// tell works out what is shown of a record.
func (s *subject) tell() {
	s.names = domain.Names{Coach: s.st.Who().Name, Person: s.p.Name()}
	s.items = itemsOf(s.p)
	ids := make([]domain.ID, len(s.items))
	for i, it := range s.items {
		ids[i] = it.id
	}
	s.width = domain.RefLength(ids)
}

// itemRef is how an item is named on the command line.
func (s *subject) itemRef(id domain.ID) string { return id.Ref(s.width) }

// find returns the item of a kind that an argument means.
func (s *subject) find(kind itemKind, ref string) (domain.ID, error) {
	var ids []domain.ID
	for _, it := range s.items {
		if it.kind == kind {
			ids = append(ids, it.id)
		}
	}
	id, err := domain.FindRef(ref, ids)
	return id, notFound(err, "item", "There is no %s with the reference %q on this record. coachdesk show %s lists them.", kind, clean.Line(ref, 40), s.ref)
}

// findBatch returns the batch that an argument means.
func (s *subject) findBatch(ref string) (domain.ID, error) {
	ids := batchIDs(s.p)
	id, err := domain.FindRef(ref, ids)
	return id, notFound(err, "batch", "The history of this person has no %q. coachdesk log %s lists what there is.", clean.Line(ref, 40), s.ref)
}

func batchIDs(p domain.Participant) []domain.ID {
	var ids []domain.ID
	for _, r := range p.Past() {
		if !slices.Contains(ids, r.Command) {
			ids = append(ids, r.Command)
		}
	}
	return ids
}

// day reads a date and echoes what it was taken for.
func (s *subject) day(flag, phrase string, lean calendar.Lean) (calendar.Day, error) {
	d, err := calendar.Parse(phrase, s.today, lean)
	if err != nil {
		return 0, misuse("--%s: %s", flag, err)
	}
	s.c.say("%s: %s, %s.", flag, d.Short(s.today), d.Distance(s.today))
	return d, nil
}

func (s *subject) owner(word string) (domain.Owner, error) {
	o, ok := s.names.Owner(word)
	if !ok {
		return "", misuse("--owner: %q is not an owner. Write me, person, dea, provider or employer.", clean.Line(word, 40))
	}
	return o, nil
}

// decide is what a verb makes of the person and the text.
type decide func(s *subject, text string) (domain.Command, error)

// record carries out a writing verb: it finds the person, reads the text, does
// what the verb makes of them, and tells what came of it.
func (c *call) record(ref string, w words, make decide) error {
	if err := c.mayRead(w); err != nil {
		return err
	}
	s, err := c.person(ref)
	if err != nil {
		return err
	}
	var text string
	if w.what != "" {
		if text, err = c.readWords(w); err != nil {
			return err
		}
		if w.field != noteField {
			if err := s.plain(text); err != nil {
				return err
			}
		}
	}
	command, err := make(s, text)
	if err != nil {
		return err
	}
	return s.do(command)
}

// do carries out commands as a batch of their own and tells what came of it.
func (s *subject) do(commands ...domain.Command) error {
	receipt, err := s.st.Do(domain.Batch{ID: s.st.NewID(), Commands: commands})
	if err != nil {
		return err
	}
	before := s.items
	if err := s.read(s.p.ID); err != nil {
		return err
	}
	return s.report(receipt, before)
}

// noteField is the field of a text in which scopes and marks count.
const noteField = "text of the note"

// plain refuses a private scope where it would have no effect: what was meant for
// one pair of eyes must not land where many read.
func (s *subject) plain(text string) error {
	for _, scope := range domain.ReadNote(text, s.today, s.names).Lines {
		if scope.Private() {
			return domain.Refused("text", "This text is not kept apart by scope, so [%s] would be read by others. Write it in a note: coachdesk note %s.", scope, s.ref)
		}
	}
	return nil
}

// receiptItem is what a writing verb did, for --json.
type receiptItem struct {
	Ref     string          `json:"ref,omitempty"`
	Batch   string          `json:"batch"`
	BatchID domain.ID       `json:"batch_id"`
	Again   bool            `json:"again,omitempty"`
	Changes []receiptChange `json:"changes"`
	Made    []receiptMade   `json:"made"`
}

type receiptChange struct {
	Kind     string `json:"kind"`
	Sentence string `json:"sentence"`
	Scope    string `json:"scope"`
}

type receiptMade struct {
	Ref  string       `json:"ref"`
	ID   domain.ID    `json:"id"`
	Kind itemKind     `json:"kind"`
	Due  calendar.Day `json:"due,omitzero"`
}

// report tells a receipt: sentences on standard error, and on standard output the
// references of what is new.
func (s *subject) report(r domain.Receipt, before []item) error {
	out := receiptItem{Ref: s.ref, Batch: r.Batch.Ref(domain.RefLength(batchIDs(s.p))), BatchID: r.Batch, Again: r.Again, Changes: changesOf(r), Made: []receiptMade{}}
	var fresh []item
	for _, it := range s.items {
		if !slices.ContainsFunc(before, func(b item) bool { return b.id == it.id }) {
			fresh = append(fresh, it)
			out.Made = append(out.Made, receiptMade{s.itemRef(it.id), it.id, it.kind, it.due})
		}
	}
	if s.c.json {
		return printItems(s.c, "receipt/1", []receiptItem{out})
	}
	s.c.sayChanges(r)
	if len(fresh) == 1 {
		s.c.print(s.itemRef(fresh[0].id))
		return nil
	}
	t := table{head: []string{"REF", "WHAT", "DUE", "TEXT"}}
	for _, it := range fresh {
		t.add(s.itemRef(it.id), string(it.kind), s.due(it.due), it.show(false))
	}
	s.c.printTable(t)
	return nil
}

// tellReceipt tells the receipt of what is not about an item of a record: the
// reference, if there is one, goes to standard output.
func (c *call) tellReceipt(ref string, r domain.Receipt) error {
	if c.json {
		return printItems(c, "receipt/1", []receiptItem{{Ref: ref, Batch: r.Batch.Ref(0), BatchID: r.Batch, Again: r.Again, Changes: changesOf(r), Made: []receiptMade{}}})
	}
	c.sayChanges(r)
	if ref != "" {
		c.print(ref)
	}
	return nil
}

func changesOf(r domain.Receipt) []receiptChange {
	out := []receiptChange{}
	for _, rec := range r.Records {
		out = append(out, receiptChange{rec.Kind, rec.Event.Sentence(), rec.Scope.String()})
	}
	return out
}

// sayChanges tells each sentence of a receipt once.
func (c *call) sayChanges(r domain.Receipt) {
	var said []string
	for _, rec := range r.Records {
		if s := rec.Event.Sentence(); !slices.Contains(said, s) {
			said = append(said, s)
		}
	}
	if r.Again {
		said = append(said, "That had been done already; nothing was done twice.")
	}
	c.say("%s", strings.Join(said, "\n"))
}

func (s *subject) due(d calendar.Day) string {
	if d.IsZero() {
		return ""
	}
	return d.Short(s.today) + ", " + d.Distance(s.today)
}
