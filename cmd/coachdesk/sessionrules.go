package main

import (
	"encoding/json"
	"fmt"

	"coachdesk/assets"
	"coachdesk/domain"
)

// readSessions reads what sessions are recorded by: kinds, prompts, and the questions
// about oneself.
func readSessions() (domain.SessionRules, error) {
	var rules domain.SessionRules
	if err := json.Unmarshal(assets.Sessions(), &rules); err != nil {
		return rules, fmt.Errorf("the rules of sessions cannot be read: %w", err)
	}
	var file struct {
		Questions []domain.RatingQuestion `json:"questions"`
	}
	if err := json.Unmarshal(assets.Rating(), &file); err != nil {
		return rules, fmt.Errorf("the questions about oneself cannot be read: %w", err)
	}
	rules.Rating = file.Questions
	return rules, nil
}
