package main

import (
	"encoding/json"
	"fmt"

	"coachdesk/assets"
	"coachdesk/domain"
)

// readWork reads what the office says about work: counters, check-ins, and from when on a
// counter is at risk.
func readWork() (domain.WorkRules, error) {
	var file struct {
		Counters  []domain.CounterRule `json:"counters"`
		CheckIns  []domain.CheckInRule `json:"check_ins"`
		AtRisk    struct{ Spare int }  `json:"at_risk"`
		Retention struct {
			Programmes []string `json:"programmes"`
		} `json:"retention"`
	}
	if err := json.Unmarshal(assets.InWork(), &file); err != nil {
		return domain.WorkRules{}, fmt.Errorf("the rules about work cannot be read: %w", err)
	}
	return domain.WorkRules{Counters: file.Counters, CheckIns: file.CheckIns, Spare: file.AtRisk.Spare, Routes: file.Retention.Programmes}, nil
}
