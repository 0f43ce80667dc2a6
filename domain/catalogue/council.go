package catalogue

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// accents are the letters of Welsh, Gaelic and Scots names that people type without.
var accents = strings.NewReplacer("â", "a", "ê", "e", "î", "i", "ô", "o", "û", "u", "ŵ", "w", "ŷ", "y", "à", "a", "è", "e", "ì", "i", "ò", "o", "ù", "u")

// spelling folds a name: small letters, words without marks between them.
func spelling(s string) string {
	s = accents.Replace(strings.ToLower(s))
	s = strings.ReplaceAll(s, "&", " and ")
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			return r
		case r == '\'' || r == '’':
			return -1
		}
		return ' '
	}, s)
	words := strings.Fields(s)
	for i, w := range words {
		if w == "saint" {
			words[i] = "st"
		}
	}
	return strings.Join(words, " ")
}

// titles are the words with which councils call themselves, and what forms add.
var titles = map[string]bool{
	"council": true, "borough": true, "boro": true, "district": true, "county": true, "city": true, "metropolitan": true, "royal": true, "of": true,
	"the": true, "unitary": true, "authority": true, "ua": true, "lb": true, "lbc": true, "mbc": true, "bc": true, "dc": true, "cc": true, "cbc": true,
	"cyngor": true, "sir": true, "dinas": true,
}

// bare drops titles from a folded name; a name that is nothing else stays. London is
// dropped where it only says whose borough it is.
func bare(folded string) string {
	for _, whose := range []string{"london borough of ", "london borough ", "london boro of "} {
		folded = strings.TrimPrefix(folded, whose)
	}
	for _, whose := range []string{" london borough council", " london borough", " london boro"} {
		folded = strings.TrimSuffix(folded, whose)
	}
	words := slices.DeleteFunc(strings.Fields(folded), func(w string) bool { return titles[w] })
	if len(words) == 0 {
		return folded
	}
	return strings.Join(words, " ")
}

// behindComma returns the place that somebody wrote behind a practice, as in "Grove
// Surgery, Enfield"; without a comma, all of it.
func behindComma(practice string) string {
	return strings.TrimSpace(practice[strings.LastIndexByte(practice, ',')+1:])
}

// areasFile is the file of areas and councils.
type areasFile struct {
	Nations []struct {
		Key      Nation   `json:"key"`
		Councils []string `json:"councils"`
		Wider    []string `json:"wider"`
	} `json:"nations"`
	Also  map[string]string `json:"also"`
	Areas []Area            `json:"areas"`
}

// ReadAreas reads the areas and councils. What is wrong with them, [Areas.Check] says.
func ReadAreas(b []byte) (Areas, error) {
	var file areasFile
	if err := json.Unmarshal(b, &file); err != nil {
		return Areas{}, fmt.Errorf("the list of areas cannot be read: %w", err)
	}
	return Areas{Areas: file.Areas, councils: sync.OnceValue(file.index)}, nil
}

// index returns every council by each of its spellings. A name that is a council's goes
// before one that is wider, and a whole name before a bare one.
func (f areasFile) index() map[string]Council {
	all := make(map[string]Council, 1024)
	for _, n := range f.Nations {
		for _, name := range n.Wider {
			full := spelling(name)
			all[full], all[bare(full)] = Council{name, n.Key, true}, Council{name, n.Key, true}
		}
	}
	for _, n := range f.Nations {
		for _, name := range n.Councils {
			full := spelling(name)
			all[full] = Council{name, n.Key, false}
			if _, taken := all[bare(full)]; !taken {
				all[bare(full)] = all[full]
			}
		}
	}
	for name, of := range f.Also {
		all[spelling(name)] = all[spelling(of)]
	}
	return all
}

// Check says what is wrong with the areas.
func (a Areas) Check() error {
	var wrong []error
	for _, one := range a.Areas {
		wrong = append(wrong, a.check(one)...)
	}
	return errors.Join(wrong...)
}

// check says what is wrong with an area.
func (a Areas) check(one Area) []error {
	var wrong []error
	say := func(format string, args ...any) {
		wrong = append(wrong, fmt.Errorf("the area %q: "+format, append([]any{one.Key}, args...)...))
	}
	if one.Key == "" || one.Name == "" || one.Source == "" || len(one.Councils) == 0 || len(one.Tests) == 0 {
		say("it needs a key, a name, a source, a test and a council")
	}
	if !slices.Contains(Confidences, one.Confidence) {
		say("%q is not a confidence", one.Confidence)
	}
	for _, t := range one.Tests {
		if !slices.Contains(Tests, t) {
			say("%q is not a test of an area", t)
		}
	}
	for _, m := range one.Councils {
		if c, ok := a.Council(m.Name); !ok || c.Wide {
			say("%q is not a council", m.Name)
		}
		if m.Share < 0 || m.Share > 1 {
			say("the share of %q is %v, and not between 0 and 1", m.Name, m.Share)
		}
		if !m.Until.IsZero() && m.Until < m.From {
			say("%q ends on %s, before it begins on %s", m.Name, m.Until, m.From)
		}
	}
	return wrong
}

// CheckAreas says which programmes name an area that is not known.
func (c Catalogue) CheckAreas() error {
	var wrong []error
	for _, p := range c.Programmes {
		named := map[string]bool{}
		for _, w := range p.Covers {
			named[w.Area] = true
		}
		for _, k := range p.Clocks {
			named[k.Area] = true
		}
		delete(named, "")
		for key := range named {
			if len(c.Areas.Named(key)) == 0 {
				wrong = append(wrong, fmt.Errorf("%s: the area %q is not known", p.Key, key))
			}
		}
	}
	return errors.Join(wrong...)
}
