package main

import (
	"encoding/json"
	"fmt"

	"coachdesk/assets"
	"coachdesk/domain"
	"coachdesk/domain/catalogue"
)

// readReferrals reads the numbers about referrals.
func readReferrals() (domain.ReferralRules, error) {
	type number struct {
		Value int `json:"value"`
	}
	var file struct {
		Clocks []catalogue.Clock `json:"clocks"`
		Items  struct {
			Value []domain.ConsentItem `json:"value"`
		} `json:"items"`
		Months, Few, Again, Returns number
	}
	if err := json.Unmarshal(assets.Referrals(), &file); err != nil {
		return domain.ReferralRules{}, fmt.Errorf("the numbers of referrals cannot be read: %w", err)
	}
	return domain.ReferralRules{
		Clocks: file.Clocks, Items: file.Items.Value,
		Months: file.Months.Value, Few: file.Few.Value, Again: file.Again.Value, Returns: file.Returns.Value,
	}, nil
}
