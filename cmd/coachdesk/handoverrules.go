package main

import (
	"encoding/json"
	"fmt"

	"coachdesk/assets"
)

// handoverRules are what the office says of handing over beside the note.
type handoverRules struct {
	// Outside are the kinds of entries of which some go to somebody outside.
	Outside []string
}

func readHandoverRules() (handoverRules, error) {
	var file struct {
		Outside struct {
			Says       string   `json:"says"`
			Kinds      []string `json:"kinds"`
			Source     string   `json:"source"`
			Date       string   `json:"date"`
			Confidence string   `json:"confidence"`
		} `json:"outside"`
	}
	if err := json.Unmarshal(assets.Handover(), &file); err != nil {
		return handoverRules{}, fmt.Errorf("the rules of handing over cannot be read: %w", err)
	}
	o := file.Outside
	if len(o.Kinds) == 0 || o.Says == "" || o.Source == "" || o.Date == "" || o.Confidence == "" {
		return handoverRules{}, fmt.Errorf("the rules of handing over do not say which entries go to somebody outside, or where that comes from")
	}
	return handoverRules{Outside: o.Kinds}, nil
}
