package document

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"coachdesk/domain"
)

// Sharing is what the office says about notes: the sections and who reads which lines,
// for whom paragraphs are, and how much is told. The zero value opens nothing.
type Sharing struct {
	sections []sectionRule
	lines    map[Kind]lineRule
	scopes   map[domain.Scope][]Receiver
	figures  domain.Figures
}

// sectionRule is a section of the note with its lines.
type sectionRule struct {
	Key        string              `json:"key"`
	Title      string              `json:"title"`
	Titles     map[Receiver]string `json:"titles"` // for receivers who call it otherwise
	Source     string              `json:"source"`
	Date       string              `json:"date"`
	Confidence string              `json:"confidence"`
	Lines      []lineRule          `json:"lines"`
}

// title is what a receiver calls the section.
func (s sectionRule) title(r Receiver) string { return cmp.Or(s.Titles[r], s.Title) }

// lineRule says who reads lines of a kind, and what the others are told as the reason.
type lineRule struct {
	Key  Kind       `json:"key"`
	Says string     `json:"says"`
	For  []Receiver `json:"for"`
	Why  string     `json:"why"` // after “… ”: why the others do not
}

// The keys of the figures of notes.
const (
	figureFirstDays = "first-days" // days ahead that are told as first to do
	figureFirst     = "first-most" // how many things are
	figureSessions  = "sessions"   // of the last, how many
	figureWeeks     = "weeks"      // marks in work, how many
	figureTalks     = "talks"      // with an employer, how many
)

var noteFigures = []string{figureFirstDays, figureFirst, figureSessions, figureWeeks, figureTalks}

// ReadSharing reads the file of handing over. It returns an error when a kind of line
// has no rule, a rule has no kind, or the file would open what is private.
func ReadSharing(b []byte) (Sharing, error) {
	var file struct {
		Sections []sectionRule `json:"sections"`
		Scopes   []struct {
			Scope string     `json:"scope"`
			For   []Receiver `json:"for"`
		} `json:"scopes"`
		Notes []struct {
			Key string `json:"key"`
			domain.Figure
		} `json:"notes"`
	}
	if err := json.Unmarshal(b, &file); err != nil {
		return Sharing{}, fmt.Errorf("the rules of handing over cannot be read: %w", err)
	}
	out := Sharing{sections: file.Sections, lines: map[Kind]lineRule{}, scopes: map[domain.Scope][]Receiver{}, figures: domain.Figures{}}
	for _, s := range file.Sections {
		if tellers[s.Key] == nil {
			return out, fmt.Errorf("the rules of handing over have a section that the note has not: %s", s.Key)
		}
		for _, l := range s.Lines {
			if _, twice := out.lines[l.Key]; twice {
				return out, fmt.Errorf("the rules of handing over name a line twice: %s", l.Key)
			}
			if err := knownReceivers(l.For); err != nil {
				return out, fmt.Errorf("the rules of handing over, %s: %w", l.Key, err)
			}
			out.lines[l.Key] = l
		}
	}
	for _, x := range file.Scopes {
		at := slices.IndexFunc(domain.Scopes, func(s domain.Scope) bool { return s.String() == x.Scope })
		if at < 0 {
			return out, fmt.Errorf("the rules of handing over have a scope that there is not: %s", x.Scope)
		}
		if domain.Scopes[at].Private() && len(x.For) > 0 {
			return out, fmt.Errorf("the rules of handing over would open what is %s: it never leaves the desk", x.Scope)
		}
		if err := knownReceivers(x.For); err != nil {
			return out, fmt.Errorf("the rules of handing over, %s: %w", x.Scope, err)
		}
		out.scopes[domain.Scopes[at]] = x.For
	}
	for _, f := range file.Notes {
		out.figures[f.Key] = f.Figure
	}
	for _, key := range noteFigures {
		if out.figures.Of(key) <= 0 {
			return out, fmt.Errorf("the rules of handing over have no number for %s", key)
		}
	}
	if len(out.sections) != len(tellers) {
		return out, fmt.Errorf("the rules of handing over have %d sections, and the note %d", len(out.sections), len(tellers))
	}
	return out, nil
}

func knownReceivers(all []Receiver) error {
	for _, r := range all {
		if !slices.Contains(Receivers, r) {
			return fmt.Errorf("%s is no receiver", r)
		}
	}
	return nil
}

// whyNot says why a receiver does not read lines of a kind.
func (s Sharing) whyNot(k Kind, r Receiver) string {
	rule, ok := s.lines[k]
	switch {
	case !ok:
		return "no rule says who may read it"
	case paragraphs[k] && !slices.Contains(s.scopes[domain.Shareable], r):
		return "what was written for colleagues is not for the " + r.String()
	case slices.Contains(rule.For, r):
		return ""
	case rule.Why != "":
		return rule.Why
	}
	return "not for the " + r.String()
}

// paragraphs are the kinds that tell what somebody wrote in a note: their scope says for
// whom it is, whatever the line says.
var paragraphs = map[Kind]bool{KindSaid: true, KindConcern: true}
