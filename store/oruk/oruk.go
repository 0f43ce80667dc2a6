// Package oruk reads what publishers of Open Referral UK make of it, versions 1 and 3,
// into services. It rejects nothing on schema: what is wrong with a field is mended or
// left out, and counted.
package oruk

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/clean"
)

// Page is what one answer of a feed told.
type Page struct {
	Services []domain.Service
	IDs      []string // of all that the page listed, also of what could not be taken
	Skipped  []Skip
	// Bare reports that nothing on the page says how to reach a service: details have to
	// be asked for one by one.
	Bare bool
	// Last and More are what the page says of itself: that it is the last of several, or
	// that there are more. Neither is to be trusted alone.
	Last, More bool
	// Cut says why the page ended before its end; empty: it did not.
	Cut string
}

// Skip is a service that could not be taken.
type Skip struct {
	ID  string `json:"id,omitempty"`
	Why string `json:"why"`
}

// Counts is how often each thing had to be mended.
type Counts map[Fault]int

// Fault is something that had to be mended.
type Fault string

// The faults.
const (
	FaultMarkup    Fault = "markup taken out of a description"
	FaultLong      Fault = "description shortened"
	FaultEmpty     Fault = "description empty once its markup was gone"
	FaultEmail     Fault = "e-mail address mended"
	FaultNoEmail   Fault = "e-mail address that cannot be one left out"
	FaultWeb       Fault = "web address mended"
	FaultNoWeb     Fault = "web address that cannot be one left out"
	FaultPhone     Fault = "number taken out of prose"
	FaultNoPhone   Fault = "telephone field without a number"
	FaultAge       Fault = "age that means unknown"
	FaultDate      Fault = "date that cannot be read"
	FaultShape     Fault = "field of another shape than it should be"
	FaultPostcode  Fault = "postcode that cannot be one"
	FaultOfText    Fault = "telephone number found in the description"
	FaultEscaped   Fault = "markup that was escaped twice"
	FaultTrimmed   Fault = "tag mended"
	FaultDuplicate Fault = "same ID twice with another content: the later one counts"
)

// Faults are all of them, in the order in which they are told.
var Faults = []Fault{
	FaultMarkup, FaultEscaped, FaultLong, FaultEmpty, FaultEmail, FaultNoEmail, FaultWeb, FaultNoWeb, FaultPhone, FaultNoPhone, FaultOfText,
	FaultAge, FaultDate, FaultPostcode, FaultTrimmed, FaultShape, FaultDuplicate,
}

// MaxPage is how long a page may be.
const MaxPage = 32 << 20

// What a page may hold besides: a page of nothing but tiny things would need a hundred
// times its length in memory.
const (
	takenMost   = 50_000 // services
	skippedMost = 10_000 // things that are no service
	partsMost   = 200_000
	depthMost   = 10_000
)

var (
	errTooMany = errors.New("it lists more than anybody could look through")
	errTooDeep = errors.New("its parts lie in each other without end")
)

// parts is at least how many values a raw value has.
func parts(raw []byte) int {
	n := 1
	for _, c := range raw {
		if c == '{' || c == '[' || c == ',' {
			n++
		}
	}
	return n
}

// ErrNotServices says that what was read is no list of services.
var ErrNotServices = errors.New("this is no list of services: neither “contents” of version 3 nor “content” of version 1 was found")

// names of the list that holds the services, as publishers call it.
var lists = []string{"contents", "content", "services", "items", "results", "data"}

// Read reads one page, or a single service. What can be read of a page that breaks off
// is taken.
func Read(r io.Reader, counts Counts) (Page, error) {
	lim := &limited{r: r, left: MaxPage}
	b := bufio.NewReader(lim)
	if mark, err := b.Peek(3); err == nil && string(mark) == "\ufeff" {
		_, _ = b.Discard(3) // they were there a moment ago
	}
	d := json.NewDecoder(b)
	d.UseNumber()
	p := &page{counts: counts}
	err := p.whole(d)
	if lim.spent {
		err = fmt.Errorf("the page is longer than %d MB", MaxPage>>20)
	}
	if err != nil && (len(p.IDs) == 0 && !errors.Is(err, errTooMany) || errors.Is(err, ErrNotServices)) {
		return p.Page, err
	}
	if err != nil {
		p.Cut = "The page broke off: " + clean.Line(err.Error(), 200)
	}
	p.Bare = len(p.Services) > 0 && !p.detailed
	return p.Page, nil
}

// details are the fields that only whole records have.
var details = []string{"contacts", "phones", "service_at_locations", "locations", "regular_schedules", "schedules", "cost_options", "service_taxonomys", "attributes"}

// limited reads so many bytes and remembers that there were more.
type limited struct {
	r     io.Reader
	left  int
	spent bool
}

func (l *limited) Read(b []byte) (int, error) {
	if l.left <= 0 {
		l.spent = true
		return 0, io.ErrUnexpectedEOF
	}
	n, err := l.r.Read(b[:min(len(b), l.left)])
	l.left -= n
	return n, err
}

type page struct {
	Page
	counts   Counts
	detailed bool // something says more than a list does
}

// whole goes through a page without ever holding more of it than one service.
func (p *page) whole(d *json.Decoder) error {
	t, err := d.Token()
	if err != nil {
		return err
	}
	switch t {
	case json.Delim('['):
		return p.list(d)
	case json.Delim('{'):
		return p.object(d)
	}
	return ErrNotServices
}

// object is a page of either version, or one service.
func (p *page) object(d *json.Decoder) error {
	alone := map[string]any{} // what a single service says of itself
	found, left := false, partsMost
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return err
		}
		key, _ := t.(string)
		var raw json.RawMessage
		if slices.Contains(lists, key) {
			t, err := d.Token()
			if err != nil {
				return err
			}
			if t == json.Delim('[') {
				found = true
				if err := p.list(d); err != nil {
					return err
				}
				continue
			}
			if _, is := t.(json.Delim); is { // an object where a list should be
				if err := drain(d); err != nil {
					return err
				}
			}
			continue
		}
		if err := d.Decode(&raw); err != nil {
			return err
		}
		if left -= parts(raw); left < 0 {
			continue // what is more than a service can be tells nothing
		}
		var v any
		if err := decode(raw, &v); err == nil {
			alone[key] = v
		}
	}
	p.hints(alone)
	if found {
		return nil
	}
	if thing(alone).object("service").text("id") != "" {
		p.take(alone)
		return nil
	}
	if thing(alone).text("name") != "" && (thing(alone).text("id") != "" || alone["description"] != nil) {
		p.take(alone)
		return nil
	}
	return ErrNotServices
}

// hints reads what a page says of its place among others.
func (p *page) hints(t thing) {
	is := func(keys ...string) bool {
		for _, key := range keys {
			if yes, _ := t[key].(bool); yes {
				return true
			}
		}
		return false
	}
	p.Last = is("last", "last_page")
	for _, key := range []string{"totalPages", "total_pages"} {
		if n, ok := t.number(key); ok && n > 1 {
			p.More = true
		}
	}
}

// drain passes over the rest of a value.
func drain(d *json.Decoder) error {
	for depth := 1; depth > 0; {
		t, err := d.Token()
		if err != nil {
			return err
		}
		switch t {
		case json.Delim('{'), json.Delim('['):
			if depth++; depth > depthMost {
				return errTooDeep
			}
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
	}
	return nil
}

func decode(raw []byte, v *any) error {
	d := json.NewDecoder(strings.NewReader(string(raw)))
	d.UseNumber()
	return d.Decode(v)
}

func (p *page) list(d *json.Decoder) error {
	for d.More() {
		if len(p.Services) >= takenMost || len(p.Skipped) >= skippedMost {
			return errTooMany
		}
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return err
		}
		if parts(raw) > partsMost {
			p.skip("", "it has more parts than a service can have")
			continue
		}
		var v any
		if err := decode(raw, &v); err != nil {
			return err
		}
		one, is := v.(map[string]any)
		if !is {
			p.skip("", "it is no service but something else")
			continue
		}
		p.take(one)
	}
	_, err := d.Token()
	return err
}

func (p *page) skip(id, why string) { p.Skipped = append(p.Skipped, Skip{ID: id, Why: why}) }

// take reads one service.
func (p *page) take(one thing) {
	if inner := one.object("service"); inner != nil && one.text("name") == "" {
		inner["service_at_locations"] = []any{map[string]any(one)} // a list of services at locations
		one = inner
	}
	id := one.text("id")
	if id != "" {
		p.IDs = append(p.IDs, id)
	}
	name := clean.Line(plain(one.text("name")), clean.MaxLine)
	switch {
	case id == "":
		p.skip("", "it has no ID")
		return
	case name == "":
		p.skip(id, "it has no name")
		return
	}
	if s := strings.ToLower(one.text("status")); slices.Contains([]string{"inactive", "defunct", "temporarily closed", "closed", "deleted"}, s) {
		p.skip(id, "its feed says that it is "+s)
		return
	}
	p.detailed = p.detailed || slices.ContainsFunc(details, func(key string) bool { return len(one.list(key)) > 0 })
	m := &mender{one: one, counts: p.counts}
	p.Services = append(p.Services, m.service(id, name))
}
