package catalogue

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// Question is one that would settle what matching cannot tell. Its key is the fact of a
// record that the answer becomes.
type Question struct {
	Key     string   `json:"key"`
	Asks    string   `json:"asks"`
	Why     string   `json:"why,omitempty"`
	Choices []Choice `json:"choices,omitempty"` // none: a line is asked for
}

// Choice is an answer to a question: a key to press, what is stored, what is shown.
type Choice struct {
	Key   string `json:"key"`
	Value string `json:"value"`
	Says  string `json:"says"`
}

// ReadQuestions reads the questions of matching. Every question that a rule can lead to
// must be there.
func ReadQuestions(b []byte) ([]Question, error) {
	var file struct {
		Questions []Question `json:"questions"`
	}
	if err := json.Unmarshal(b, &file); err != nil {
		return nil, fmt.Errorf("the questions of matching cannot be read: %w", err)
	}
	var wrong []error
	for _, key := range Settles {
		i := slices.IndexFunc(file.Questions, func(q Question) bool { return q.Key == key })
		if i < 0 || file.Questions[i].Asks == "" {
			wrong = append(wrong, fmt.Errorf("no question asks for %q", key))
		}
	}
	return file.Questions, errors.Join(wrong...)
}

// Question returns the question of a key.
func (c Catalogue) Question(key string) (Question, bool) {
	i := slices.IndexFunc(c.Questions, func(q Question) bool { return q.Key == key })
	if i < 0 {
		return Question{}, false
	}
	return c.Questions[i], true
}

// Settles lists the facts that a question to the person can settle.
var Settles = []string{
	saidBirth, saidCouncil, saidGP, saidEmployment, saidRisk, saidOffer, saidBenefit, saidGroup, saidCondition,
	saidContracted, string(AskBefore), string(AskTherapies), string(AskTeam),
}
