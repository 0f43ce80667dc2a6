package catalogue

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// Override is an office's own file about a programme. It may be partial: a list that it
// has takes the place of the whole list, clocks and conditions those of the same key;
// what it leaves out stays as it was. Without anything but a key it gives back what the
// program carries.
type Override struct {
	Programme

	Schema    string   `json:"schema"`
	Exclusive *bool    `json:"exclusive,omitempty"`
	Sources   []Source `json:"sources,omitempty"` // documents that the program does not know
}

// programmeSchema is the version of the files that this program reads.
const programmeSchema = "coachdesk.programme/1"

// ReadOverride reads an office's file of one programme, and takes no word that it does
// not know: a field spelt wrongly would be lost in silence.
func ReadOverride(b []byte) (Override, error) {
	var o Override
	if err := strictly(b, &o); err != nil {
		return o, err
	}
	switch {
	case o.Schema != programmeSchema:
		return o, fmt.Errorf("its schema is %q, and not %q", o.Schema, programmeSchema)
	case o.Key == "":
		return o, errors.New("it has no key: say which programme it is about")
	}
	return o, nil
}

// strictly decodes one JSON value and nothing after it.
func strictly(b []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return errors.New(strings.TrimPrefix(err.Error(), "json: "))
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something stands behind its end")
	}
	return nil
}

// With returns the catalogue as an office's file changes it. The error says what would
// be wrong with it then.
func (c Catalogue) With(o Override) (Catalogue, error) {
	c.Sources = maps.Clone(c.Sources)
	for _, s := range o.Sources {
		if s.Key == "" || s.Title == "" {
			return c, errors.New("a source needs a key and a title")
		}
		was, taken := c.Sources[s.Key]
		if taken && s.Short == "" {
			s.Short = was.Short // a file of before there were short names
		}
		if taken && was != s {
			return c, fmt.Errorf("the source %q is %q already: give yours another key", s.Key, was.Title)
		}
		c.Sources[s.Key] = s
	}
	c.Programmes = slices.Clone(c.Programmes)
	i := slices.IndexFunc(c.Programmes, func(p Programme) bool { return p.Key == o.Key })
	if i < 0 {
		c.Programmes = append(c.Programmes, Programme{})
		i = len(c.Programmes) - 1
	}
	c.Programmes[i] = o.over(c.Programmes[i])
	one := c.Programmes[i]
	slices.SortFunc(c.Programmes, func(a, b Programme) int { return strings.Compare(a.Name, b.Name) })
	return c, errors.Join(c.checkOne(one), c.CheckAreas())
}

// over puts what the file says over what was known.
func (o Override) over(was Programme) Programme {
	p := o.Programme
	if p.Name == "" {
		p.Name = was.Name
	}
	if p.Part == "" {
		p.Part = was.Part
	}
	if p.Does == (Fact{}) {
		p.Does = was.Does
	}
	p.Exclusive = was.Exclusive
	if o.Exclusive != nil {
		p.Exclusive = *o.Exclusive
	}
	p.Aliases, p.Status, p.Covers, p.Routes = or(p.Aliases, was.Aliases), or(p.Status, was.Status), or(p.Covers, was.Covers), or(p.Routes, was.Routes)
	p.Serves, p.Offer, p.Figures = or(p.Serves, was.Serves), or(p.Offer, was.Offer), or(p.Figures, was.Figures)
	p.Evidence, p.Excludes, p.NotKnown = or(p.Evidence, was.Evidence), or(p.Excludes, was.Excludes), or(p.NotKnown, was.NotKnown)
	p.Clocks = byKey(was.Clocks, p.Clocks, func(k Clock) string { return k.Key })
	p.Rules = byKey(was.Rules, p.Rules, func(r Rule) string { return r.Key })
	return p
}

// or returns a list, or another where the first was not given at all.
func or[T any](given, was []T) []T {
	if given != nil {
		return given
	}
	return was
}

// byKey puts items over those of the same key; a given list that is empty clears all.
func byKey[T any](was, given []T, key func(T) string) []T {
	if given != nil && len(given) == 0 {
		return nil
	}
	out := slices.Clone(was)
	for _, g := range given {
		if i := slices.IndexFunc(out, func(x T) bool { return key(x) == key(g) }); i >= 0 {
			out[i] = g
			continue
		}
		out = append(out, g)
	}
	return out
}

// ReadArea reads an area of an office.
func ReadArea(b []byte) (Area, error) {
	var a Area
	err := strictly(b, &a)
	return a, err
}

// WithArea returns the catalogue with an area of an office: in the place of the one of
// that key, or beside the others. Without councils the built-in one comes back.
func (c Catalogue) WithArea(a Area) (Catalogue, error) {
	if len(a.Councils) == 0 && a.Key != "" {
		return c, c.CheckAreas()
	}
	areas := slices.Clone(c.Areas.Areas)
	if i := slices.IndexFunc(areas, func(one Area) bool { return one.Key == a.Key }); i >= 0 {
		areas[i] = a
	} else {
		areas = append(areas, a)
	}
	c.Areas.Areas = areas
	return c, errors.Join(errors.Join(c.Areas.check(a)...), c.CheckAreas())
}

// Slug makes a key of a name.
func Slug(name string) string { return strings.ReplaceAll(spelling(name), " ", "-") }

// In returns the programmes that run in an area or have a clock of their own there.
func (c Catalogue) In(area Area) []string {
	var keys []string
	for _, p := range c.Programmes {
		at := func(key string) bool { return key != "" && (key == area.Key || key == area.Group) }
		if slices.ContainsFunc(p.Covers, func(w Cover) bool { return at(w.Area) }) || slices.ContainsFunc(p.Clocks, func(k Clock) bool { return at(k.Area) }) {
			keys = append(keys, p.Key)
		}
	}
	return keys
}
