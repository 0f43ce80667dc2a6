package main

import (
	"encoding/json"
	"fmt"

	"coachdesk/assets"
	"coachdesk/domain"
	"coachdesk/domain/catalogue"
)

// readCatalogue reads what is known of programmes, of the documents behind it, of the
// areas in which they run, and what matching asks.
func readCatalogue() (catalogue.Catalogue, error) {
	c, err := catalogue.Read(assets.Sources(), assets.Programmes())
	if err != nil {
		return c, fmt.Errorf("the catalogue of programmes cannot be read: %w", err)
	}
	if c.Areas, err = catalogue.ReadAreas(assets.Areas()); err != nil {
		return c, fmt.Errorf("the areas cannot be read: %w", err)
	}
	if c.Questions, err = catalogue.ReadQuestions(assets.Questions()); err != nil {
		return c, err
	}
	return c, c.CheckAreas()
}

// readPlanning reads what the office says about plans: reviews, reasons, templates.
func readPlanning() (domain.Planning, error) {
	var reviews struct {
		Rules []domain.ReviewRule `json:"rules"`
	}
	var reasons struct {
		Lists []struct {
			Key     string               `json:"key"`
			Reasons []domain.CodedReason `json:"reasons"`
		} `json:"lists"`
	}
	var templates struct {
		Templates []domain.Template `json:"templates"`
	}
	var applying domain.ApplicationRules
	var fit struct {
		Changes []domain.FitChange `json:"changes"`
	}
	for _, file := range []struct {
		name string
		b    []byte
		into any
	}{
		{"the rules of reviews", assets.Reviews(), &reviews},
		{"the lists of reasons", assets.Reasons(), &reasons},
		{"the templates", assets.Templates(), &templates},
		{"what is known of applications", assets.Applications(), &applying},
		{"what is known of fit notes", assets.FitNotes(), &fit},
	} {
		if err := json.Unmarshal(file.b, file.into); err != nil {
			return domain.Planning{}, fmt.Errorf("%s cannot be read: %w", file.name, err)
		}
	}
	p := domain.Planning{Reviews: domain.ReviewRules{}, Reasons: domain.Reasons{}, Templates: templates.Templates, Applying: applying, FitNotes: fit.Changes}
	for _, r := range reviews.Rules {
		p.Reviews[r.Key] = r
	}
	for _, l := range reasons.Lists {
		p.Reasons[l.Key] = l.Reasons
	}
	var err error
	p.Referrals, err = readReferrals()
	return p, err
}
