package main

import (
	"encoding/json"
	"fmt"

	"coachdesk/assets"
	"coachdesk/domain"
)

// readNeeds reads what people look for among local services.
func readNeeds() (domain.Needs, error) {
	var file struct {
		Freshness struct {
			Fresh int `json:"fresh_months"`
			Stale int `json:"stale_months"`
		} `json:"freshness"`
		Not    []string      `json:"not"`
		Ignore []string      `json:"ignore"`
		Needs  []domain.Need `json:"needs"`
	}
	if err := json.Unmarshal(assets.Needs(), &file); err != nil {
		return domain.Needs{}, fmt.Errorf("the needs cannot be read: %w", err)
	}
	return domain.Needs{FreshMonths: file.Freshness.Fresh, StaleMonths: file.Freshness.Stale, Needs: file.Needs, Not: file.Not, Ignore: file.Ignore}, nil
}
