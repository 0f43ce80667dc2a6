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
		if p.Key == "" || p.Name == "" || len(p.Status) == 0 || len(p.Routes) == 0 {
			wrong = append(wrong, fmt.Errorf("%s: a programme needs a key, a name, a status and a route", p.Key))
		}
		for _, f := range p.Facts() {
			if err := c.checkFact(f); err != nil {
				wrong = append(wrong, fmt.Errorf("%s: %w", p.Key, err))
			}
		}
		for _, s := range p.Status {
			if !slices.Contains(States, s.Is) {
				wrong = append(wrong, fmt.Errorf("%s: %q is not a status", p.Key, s.Is))
			}
		}
		for _, r := range p.Routes {
			if !slices.Contains(Ways, r.By) || r.Who == "" {
				wrong = append(wrong, fmt.Errorf("%s: the route of %q by %q", p.Key, r.Who, r.By))
			}
		}
		for _, k := range p.Clocks {
			if !slices.Contains(ClockFroms, k.From) || lengths(k) != 1 {
				wrong = append(wrong, fmt.Errorf("%s: the clock %q needs one length and an event to count from", p.Key, k.Key))
			}
		}
	}
	return errors.Join(wrong...)
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

// Facts returns every fact of a programme, in the order of its file.
func (p Programme) Facts() []Fact {
	all := []Fact{p.Does}
	for _, s := range p.Status {
		all = append(all, s.Fact)
	}
	for _, r := range p.Routes {
		all = append(all, r.Fact)
	}
	all = slices.Concat(all, p.Serves, p.Offer, p.Figures, p.Evidence)
	for _, r := range p.Rules {
		all = append(all, r.Fact)
	}
	for _, k := range p.Clocks {
		all = append(all, k.Fact)
	}
	return all
}
