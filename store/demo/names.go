// Package demo tells an invented caseload: people whose stories hang together,
// made of nothing but the commands that a coach gives. It knows no clock and no
// dice: the same seed, number and day tell the same stories.
package demo

import (
	"encoding/json"
	"errors"
	"fmt"

	"coachdesk/domain"
)

// Names is what the stories are made of. It comes from a data file.
type Names struct {
	Schema  string   `json:"schema"`
	Origins []Origin `json:"origins"`
	Places
	Habits
	Said
	Stories []Story  `json:"stories"`
	Cards   []string `json:"cards"` // advice cards, as people write them

	CardIDs []domain.ID `json:"-"` // the cards as the office keeps them, when it does
	// Shelf are the local services that people are told of, once they are in the directory.
	Shelf []domain.Service `json:"-"`
	Staff []domain.ID      `json:"-"` // those of [People], as they are registered
}

// Origin is names that are heard together.
type Origin struct {
	Given  []string `json:"given"`
	Family []string `json:"family"`
}

// Places is where people live, and who looks after them there.
type Places struct {
	Coaches   []string `json:"coaches"` // who own the cases of a caseload that is too large for one
	Councils  []string `json:"councils"`
	Outcodes  []string `json:"outcodes"`
	Streets   []string `json:"streets"`
	Practices []string `json:"practices"`
	Services  []string `json:"services"`  // local ones that people go to on their own
	Providers []string `json:"providers"` // who may be told, when somebody agrees
}

// Habits is what happens in every story.
type Habits struct {
	Contacts []string `json:"contacts"` // how to reach them
	Openers  []string `json:"openers"`  // the first words of a note
	Brings   []string `json:"brings"`   // what people promise
	Missed   []string `json:"missed"`   // why a talk did not happen
	Stay     []string `json:"stay"`     // goals of those who found work
	Later    []Talk   `json:"later"`    // talks after a story's own
	InWork   []Talk   `json:"in_work"`
}

// Story is one kind of life, in the words of those who live it. It names nobody
// and says neither he nor she, so that it fits whoever lives it.
type Story struct {
	Matters        string   `json:"matters"`
	Barriers       []string `json:"barriers"`
	Helped         string   `json:"helped"` // what became of the first barrier
	Adjustments    []string `json:"adjustments"`
	NotContact     string   `json:"notcontact"`
	Language       string   `json:"language"`
	Interpreter    string   `json:"interpreter"`
	Representative string   `json:"representative"`
	Goal           string   `json:"goal"`
	Work
	Talks    []Talk `json:"talks"`
	Also     Theirs `json:"also"`   // a step that neither the person nor the coach takes
	Follow   string `json:"follow"` // the step that follows from the answer
	Private  string `json:"private"`
	Third    string `json:"third"`
	Question string `json:"question"`
	Answer   string `json:"answer"`
}

// Work is where somebody stands towards work.
type Work struct {
	Employment string `json:"employment"`
	Hours      string `json:"hours"`
	Group      string `json:"group"`
	Fit        string `json:"fit"` // "not", "may be" or nothing
}

// Talk is what one session was about.
type Talk struct {
	Said    string `json:"said"`
	Step    string `json:"step"`
	Promise string `json:"promise"`
}

// Theirs is a step of a provider, an employer or the adviser.
type Theirs struct {
	Owner domain.Owner `json:"owner"`
	Text  string       `json:"text"`
}

// Read reads the data file of the stories.
func Read(b []byte) (Names, error) {
	var n Names
	if err := json.Unmarshal(b, &n); err != nil {
		return n, fmt.Errorf("the stories of the demonstration cannot be read: %w", err)
	}
	if n.Schema != "coachdesk.demo/1" {
		return n, fmt.Errorf("the stories have schema %q, and should have coachdesk.demo/1", n.Schema)
	}
	lists := [][]string{n.Coaches, n.Councils, n.Outcodes, n.Streets, n.Practices, n.Providers, n.Services, n.Contacts, n.Openers, n.Brings, n.Missed, n.Stay}
	for _, o := range n.Origins {
		lists = append(lists, o.Given, o.Family)
	}
	for _, l := range lists {
		if len(l) == 0 {
			return n, errors.New("the stories lack names, places or habits: no list may be empty")
		}
	}
	for i, c := range n.Cards {
		if card := domain.ReadCard(c); len(card.Lines) == 0 || len(card.Barriers) == 0 {
			return n, fmt.Errorf("card %d is not whole: it needs a suggestion and a barrier", i+1)
		}
	}
	if len(n.Origins) == 0 || len(n.Stories) == 0 || len(n.InWork) == 0 || len(n.Later) == 0 {
		return n, errors.New("the stories lack names or lives")
	}
	for i, s := range n.Stories {
		if len(s.Talks) < 3 || len(s.Barriers) == 0 || s.Goal == "" || s.Question == "" || s.Answer == "" || s.Follow == "" || s.Helped == "" || s.Also.Text == "" {
			return n, fmt.Errorf("story %d is not whole: it needs three talks, a barrier and what helped, a goal, a step of others, a question, an answer and what follows", i+1)
		}
	}
	return n, nil
}

// Staff is who works at the demonstration's desk.
type Staff struct {
	Name string
	Role domain.Role
}

// Office is where the demonstration takes place.
const Office = "Stratford"

// The places of the staff in [People].
const (
	ByCoach   = 0
	ByAdviser = 1
	ByLead    = 2
)

// People returns the staff: the coach first, then the adviser, then the team lead.
func People() []Staff {
	return []Staff{{"Amina Yusuf", domain.Coach}, {"Ruth Okonjo", domain.Adviser}, {"Helen Marsh", domain.Lead}}
}
