package domain

import (
	"slices"
	"strconv"

	"coachdesk/domain/calendar"
)

// PlanCopy is a copy of the plan that the person was given, and how.
type PlanCopy struct {
	ID       ID
	Version  int // of the plan; 0 when none had been agreed
	Agreed   ID  // the agreement that made the version; zero for none
	Shape    CopyShape
	Language CopyLanguage
	How      CopyHow
	On       calendar.Day
	By       ID
}

// ItemID makes PlanCopy findable by its ID.
func (c PlanCopy) ItemID() ID { return c.ID }

// CopyShape is how a copy for the person is written and set.
type CopyShape string

// The shapes are stored.
const (
	PlainShape CopyShape = "plain English"
	LargePrint CopyShape = "large print"
	EasyRead   CopyShape = "Easy Read"
)

// CopyShapes lists all there are.
var CopyShapes = []CopyShape{PlainShape, LargePrint, EasyRead}

// CopyLanguage is the language of a copy's fixed words, as BCP 47 names it.
type CopyLanguage string

// The languages are stored.
const (
	English CopyLanguage = "en"
	Welsh   CopyLanguage = "cy"
)

// CopyLanguages lists all there are.
var CopyLanguages = []CopyLanguage{English, Welsh}

func (l CopyLanguage) String() string {
	if l == Welsh {
		return "Welsh"
	}
	return "English"
}

// CopyHow is how a copy reached the person.
type CopyHow string

// The ways are stored.
const (
	OnPaper   CopyHow = "on paper"
	ByEmail   CopyHow = "by e-mail"
	InJournal CopyHow = "in the journal"
	ByPost    CopyHow = "by post"
	ReadAloud CopyHow = "read aloud"
)

// CopyHows lists all there are.
var CopyHows = []CopyHow{OnPaper, ByEmail, InJournal, ByPost, ReadAloud}

// Words says what was given and how, for lists.
func (c PlanCopy) Words() string {
	return copyWords(c.Version, c.Shape, c.Language) + ", " + string(c.How)
}

func copyWords(version int, shape CopyShape, language CopyLanguage) string {
	text := string(shape)
	if language == Welsh {
		text += " in Welsh"
		if shape == PlainShape {
			text = "Welsh"
		}
	}
	if version > 0 {
		return "version " + strconv.Itoa(version) + ", " + text
	}
	return "not agreed yet, " + text
}

// GiveCopy records that the person was given a copy of the plan.
type GiveCopy struct {
	Participant ID
	Shape       CopyShape
	Language    CopyLanguage
	How         CopyHow
}

// For names the participant.
func (c GiveCopy) For() Subject { return About(c.Participant) }

// Decide asks for a plan, and for what was given how.
func (c GiveCopy) Decide(p Participant, s Stamp) ([]Event, error) {
	switch {
	case p.Plan.Empty():
		return nil, Refused("", "There is no plan yet. Add a goal or a step first.")
	case !slices.Contains(CopyShapes, c.Shape):
		return nil, Refused("shape", "A copy is in plain English, large print or Easy Read.")
	case !slices.Contains(CopyLanguages, c.Language):
		return nil, Refused("language", "A copy is in English (en) or Welsh (cy).")
	case !slices.Contains(CopyHows, c.How):
		return nil, Refused("how", "Say how they got it: on paper, by e-mail, in the journal, by post, or read aloud.")
	}
	v := p.Plan.Version()
	return []Event{CopyGiven{ID: s.New(), Version: v, Agreed: p.Plan.Agreement(v).ID, Shape: c.Shape, Language: c.Language, How: c.How}}, nil
}

// CopyGiven happens when the person gets a copy of the plan.
type CopyGiven struct {
	ID       ID           `json:"id"`
	Version  int          `json:"version,omitempty"`
	Agreed   ID           `json:"agreed,omitzero"` // numbers are given anew when an agreement is undone
	Shape    CopyShape    `json:"shape"`
	Language CopyLanguage `json:"language"`
	How      CopyHow      `json:"how"`
}

var _ = know[CopyGiven]()

// Kind names the event on disk.
func (CopyGiven) Kind() string { return "copy.given" }

// Sentence says what was given and how.
func (e CopyGiven) Sentence() string {
	return "A copy of the plan was given: " + PlanCopy{Version: e.Version, Shape: e.Shape, Language: e.Language, How: e.How}.Words() + "."
}

func (e CopyGiven) makes() ID { return e.ID }

func (e CopyGiven) touches() []ID { return []ID{e.Agreed} }

func (e CopyGiven) apply(p *Participant, r Record) {
	p.Plan.Copies = append(p.Plan.Copies, PlanCopy{ID: e.ID, Version: e.Version, Agreed: e.Agreed, Shape: e.Shape, Language: e.Language, How: e.How, On: r.Day, By: r.By})
}

// LastCopy returns the copy of the plan that was given last.
func (p Plan) LastCopy() (PlanCopy, bool) {
	if len(p.Copies) == 0 {
		return PlanCopy{}, false
	}
	return p.Copies[len(p.Copies)-1], true
}

// OwesCopy says that the person has no copy of the plan as it was last agreed;
// empty when they have, or when nothing was agreed.
func (p Plan) OwesCopy() string {
	last, given := p.LastCopy()
	switch v := p.Version(); {
	case v == 0:
		return ""
	case !given:
		return "The person has no copy of the plan yet."
	case last.Agreed != p.Agreement(v).ID:
		return "The plan was agreed anew; the person's copy is older."
	}
	return ""
}

// Agreement returns how a version of the plan was agreed; the zero Agreement when there
// is no such version.
func (p Plan) Agreement(version int) Agreement {
	for _, a := range p.Agreed {
		if a.Version == version {
			return a
		}
	}
	return Agreement{}
}
