package catalogue

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Read reads a catalogue: the list of sources, and a file for each programme. What is
// wrong in any of them is told with the file's name.
func Read(sources []byte, programmes map[string][]byte) (Catalogue, error) {
	var list struct {
		Sources []Source `json:"sources"`
	}
	if err := json.Unmarshal(sources, &list); err != nil {
		return Catalogue{}, fmt.Errorf("the list of sources cannot be read: %w", err)
	}
	c := Catalogue{Sources: map[string]Source{}}
	for _, s := range list.Sources {
		c.Sources[s.Key] = s
	}
	var wrong []error
	for name, b := range programmes {
		var p Programme
		if err := json.Unmarshal(b, &p); err != nil {
			wrong = append(wrong, fmt.Errorf("%s cannot be read: %w", name, err))
			continue
		}
		c.Programmes = append(c.Programmes, p)
	}
	slices.SortFunc(c.Programmes, func(a, b Programme) int { return strings.Compare(a.Name, b.Name) })
	return c, errors.Join(append(wrong, c.Check())...)
}

// Check says what is wrong with a catalogue: a fact without a source, a date or a
// confidence, a word that is none of those there are.
func (c Catalogue) Check() error {
	var wrong []error
	for _, p := range c.Programmes {
		wrong = append(wrong, c.checkOne(p))
	}
	return errors.Join(wrong...)
}

func (c Catalogue) checkOne(p Programme) error {
	var wrong []error
	if p.Key == "" || p.Name == "" || len(p.Status) == 0 || len(p.Routes) == 0 {
		wrong = append(wrong, fmt.Errorf("%s: a programme needs a key, a name, a status and a route", p.Key))
	}
	for _, f := range p.Facts() {
		if err := c.checkFact(f); err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %w", p.Key, err))
		}
	}
	return errors.Join(append(wrong, c.checkWords(p)...)...)
}

// checkWords looks for words of lists that are in no list, and for programmes that are
// not there.
func (c Catalogue) checkWords(p Programme) []error {
	var wrong []error
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Errorf(p.Key+": "+format, args...)) }
	for _, s := range p.Status {
		if !slices.Contains(States, s.Is) {
			say("%q is not a status", s.Is)
		}
		if !s.Until.IsZero() && s.Until < s.From {
			say("the status %q ends on %s, before it begins on %s", s.Is, s.Until, s.From)
		}
		if !c.has(s.By) {
			say("%q took its place, but is not in the catalogue", s.By)
		}
	}
	if !c.has(p.Part) {
		say("it is a part of %q, which is not in the catalogue", p.Part)
	}
	for _, w := range p.Covers {
		if len(w.Nations) > 0 == (w.Area != "") {
			say("%q names nations or an area, one of the two", w.Value)
		}
		for _, n := range w.Nations {
			if !slices.Contains(Nations, n) {
				say("%q is not a nation", n)
			}
		}
		if w.Test != "" && !slices.Contains(Tests, w.Test) {
			say("%q is not a test of an area", w.Test)
		}
	}
	for _, r := range p.Routes {
		if !slices.Contains(Ways, r.By) || r.Who == "" {
			say("the route of %q by %q", r.Who, r.By)
		}
	}
	for _, r := range p.Rules {
		c.checkRule(r, say)
	}
	for _, k := range p.Clocks {
		if !slices.Contains(ClockFroms, k.From) || lengths(k) != 1 {
			say("the clock %q needs one length and an event to count from", k.Key)
		}
	}
	return wrong
}

// has reports whether a programme is in the catalogue; no key at all is fine.
func (c Catalogue) has(key string) bool {
	return key == "" || slices.ContainsFunc(c.Programmes, func(p Programme) bool { return p.Key == key })
}

func (c Catalogue) checkFact(f Fact) error {
	_, known := c.Sources[f.Source]
	switch {
	case f.Value == "":
		return fmt.Errorf("a fact of %s says nothing", f.Source)
	case !known:
		return fmt.Errorf("%q comes from %q, which is not in the list of sources", f.Value, f.Source)
	case !slices.Contains(Confidences, f.Confidence):
		return fmt.Errorf("%q: %q is not a confidence", f.Value, f.Confidence)
	}
	return nil
}

func lengths(k Clock) int {
	n := 0
	for _, l := range []int{k.Days, k.Weeks, k.Months, k.WorkingDays} {
		if l > 0 {
			n++
		}
	}
	return n
}

// Facts returns every fact of a programme.
func (p Programme) Facts() []Fact {
	all := []Fact{p.Does}
	for _, s := range p.Status {
		all = append(all, s.Fact)
	}
	for _, w := range p.Covers {
		all = append(all, w.Fact)
	}
	for _, r := range p.Routes {
		all = append(all, r.Fact)
	}
	all = slices.Concat(all, p.Serves, p.Offer, p.Figures, p.Evidence, p.Excludes, p.NotKnown)
	for _, r := range p.Rules {
		all = append(all, r.Fact)
	}
	for _, k := range p.Clocks {
		all = append(all, k.Fact)
	}
	return all
}
