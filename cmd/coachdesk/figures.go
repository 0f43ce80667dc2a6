package main

import (
	"encoding/json"
	"fmt"

	"coachdesk/assets"
	"coachdesk/domain"
)

// readFigures reads the numbers that are no rule of the queue, of reviews or of sessions.
func readFigures() (domain.Figures, error) {
	var file struct {
		Figures []struct {
			Key string `json:"key"`
			domain.Figure
		} `json:"figures"`
	}
	if err := json.Unmarshal(assets.Figures(), &file); err != nil {
		return nil, fmt.Errorf("the figures cannot be read: %w", err)
	}
	figures := domain.Figures{}
	for _, f := range file.Figures {
		figures[f.Key] = f.Figure
	}
	return figures, nil
}
