package domain

import (
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// RatingMost is the highest answer to a question about oneself; the lowest is 1.
const RatingMost = 5

// RatingQuestion is one thing that people say about themselves, as data: the words for
// both ends stand beside the number, so that a number alone is never shown.
type RatingQuestion struct {
	Key        string `json:"key"`
	Asks       string `json:"asks"`
	Short      string `json:"short"`
	Low        string `json:"low"`
	High       string `json:"high"`
	Source     string `json:"source"`
	Date       string `json:"date"`
	Confidence string `json:"confidence"`
}

// RatingAnswer is what somebody said to one question.
type RatingAnswer struct {
	Question string `json:"question"` // its key
	Value    int    `json:"value"`
}

// Rating is how somebody saw themself on a day. It is theirs: nothing is derived from
// it, and no list is ordered by it.
type Rating struct {
	ID      ID
	Day     calendar.Day
	Session ID // zero when it was asked outside of one
	Answers []RatingAnswer
	By      ID
}

// ItemID makes Rating findable by its ID.
func (r Rating) ItemID() ID { return r.ID }

// Course returns the answers to a question over time, oldest first.
func (p Participant) Course(question string) []int {
	list := slices.Clone(p.Ratings)
	slices.SortStableFunc(list, func(a, b Rating) int { return int(a.Day - b.Day) })
	var course []int
	for _, r := range list {
		for _, a := range r.Answers {
			if a.Question == question {
				course = append(course, a.Value)
			}
		}
	}
	return course
}

// Rate records how somebody sees themself.
type Rate struct {
	Participant ID
	Day         calendar.Day // zero means today
	Answers     []RatingAnswer
}

// For names the participant.
func (c Rate) For() Subject { return About(c.Participant) }

// Decide asks for one answer from 1 to 5 to each question.
func (c Rate) Decide(p Participant, s Stamp) ([]Event, error) {
	if err := p.mustExist(); err != nil {
		return nil, err
	}
	day := c.Day
	if day.IsZero() {
		day = s.Today
	}
	if day > s.Today {
		return nil, Refused("day", "%s is still to come. Ask them then.", day.Short(s.Today))
	}
	e, err := rated(c.Answers, day, ID{}, s)
	if err != nil {
		return nil, err
	}
	return []Event{e}, nil
}

// rated checks the answers.
func rated(answers []RatingAnswer, day calendar.Day, session ID, s Stamp) (Event, error) {
	var out []RatingAnswer
	for _, a := range answers {
		a.Question = clean.Line(a.Question, 40)
		switch {
		case a.Question == "":
			return nil, Refused("rating", "Say to which question the answer is.")
		case a.Value < 1 || a.Value > RatingMost:
			return nil, Refused("rating", "An answer is a number from 1 to %d.", RatingMost)
		case slices.ContainsFunc(out, func(o RatingAnswer) bool { return o.Question == a.Question }):
			return nil, Refused("rating", "Each question has one answer.")
		}
		out = append(out, a)
	}
	if len(out) == 0 {
		return nil, Refused("rating", "There is no answer. Write a number from 1 to %d for each question.", RatingMost)
	}
	return RatingGiven{ID: s.New(), Day: day, Session: session, Answers: out}, nil
}

// RatingGiven happens when somebody says how they see themself.
type RatingGiven struct {
	ID      ID             `json:"id"`
	Day     calendar.Day   `json:"day"`
	Session ID             `json:"session,omitzero"`
	Answers []RatingAnswer `json:"answers"`
}

var _ = know[RatingGiven]()

// Kind names the event on disk.
func (RatingGiven) Kind() string { return "rating.given" }

// Sentence says that they were asked, not what they said.
func (e RatingGiven) Sentence() string {
	return "They said on " + e.Day.Long() + " how they see it themselves."
}

func (e RatingGiven) makes() ID { return e.ID }

func (e RatingGiven) touches() []ID { return []ID{e.Session} }

func (e RatingGiven) apply(p *Participant, r Record) {
	p.Ratings = append(p.Ratings, Rating{ID: e.ID, Day: e.Day, Session: e.Session, Answers: e.Answers, By: r.By})
}
