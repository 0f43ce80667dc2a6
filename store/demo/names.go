// Package demo tells an invented caseload: people whose stories hang together,
// made of nothing but the commands that a coach gives. It knows no clock and no
// dice: the same seed, number and day tell the same stories.
package demo

import (
	"encoding/json"
	"fmt"

	"coachdesk/domain"
)

// Names is what the stories are made of. It comes from a data file.
type Names struct {
	Schema   string   `json:"schema"`
	Given    []string `json:"given"`
	Family   []string `json:"family"`
	Councils []string `json:"councils"`
	Outcodes []string `json:"outcodes"`
	Stories  []Story  `json:"stories"`
}

// Story is one kind of life, in the words of those who live it.
type Story struct {
	Matters        string   `json:"matters"`
	Barriers       []string `json:"barriers"`
	Adjustments    []string `json:"adjustments"`
	NotContact     string   `json:"notcontact"`
	Language       string   `json:"language"`
	Interpreter    string   `json:"interpreter"`
	Representative string   `json:"representative"`
	Goal           string   `json:"goal"`
	Employment     string   `json:"employment"`
	Hours          string   `json:"hours"`
	Group          string   `json:"group"`
	Fit            string   `json:"fit"` // "not", "may be" or nothing
	Talks          []Talk   `json:"talks"`
	Private        string   `json:"private"`
	Third          string   `json:"third"`
	Question       string   `json:"question"`
	Answer         string   `json:"answer"`
}

// Talk is what one session was about.
type Talk struct {
	Said    string `json:"said"`
	Step    string `json:"step"`
	Promise string `json:"promise"`
}

// Read reads the data file of the stories.
func Read(b []byte) (Names, error) {
	var n Names
	if err := json.Unmarshal(b, &n); err != nil {
		return n, fmt.Errorf("the stories of the demonstration cannot be read: %w", err)
	}
	switch {
	case n.Schema != "coachdesk.demo/1":
		return n, fmt.Errorf("the stories have schema %q, and should have coachdesk.demo/1", n.Schema)
	case len(n.Given) == 0 || len(n.Family) == 0 || len(n.Councils) == 0 || len(n.Outcodes) == 0 || len(n.Stories) == 0:
		return n, fmt.Errorf("the stories lack names, places or lives")
	}
	for i, s := range n.Stories {
		if len(s.Talks) < 3 || len(s.Barriers) == 0 || s.Goal == "" || s.Question == "" || s.Answer == "" {
			return n, fmt.Errorf("story %d is not whole: it needs three talks, a barrier, a goal, a question and an answer", i+1)
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
)

// People returns the staff: the coach first, then the adviser, then the team lead.
func People() []Staff {
	return []Staff{{"Amina Yusuf", domain.Coach}, {"Ruth Okonjo", domain.Adviser}, {"Helen Marsh", domain.Lead}}
}
