package main

import (
	"slices"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// given tells what the person has in hand: copies of the plan, and services they were
// told about.
func (sh *sheet) given() {
	copies := sh.p.Plan.Copies
	sh.section("Copies given", len(copies), func(i int) {
		sh.put("%s, %s", copies[i].On.Short(sh.today), copies[i].Words())
	})
	gone := sh.goneServices()
	sh.section("Told about", len(sh.p.Signposts), func(i int) {
		sp := sh.p.Signposts[i]
		result := "open"
		if sp.Result != domain.SignpostOpen {
			result = string(sp.Result)
		}
		from := ""
		if sp.Service != (domain.ID{}) {
			from = ", from the directory " + sp.Feed
			if gone(sp.Service) {
				from += ", not in its feed any more"
			}
		}
		sh.put("%s  %s (%s, %s%s%s)", sh.itemRef(sp.ID), sp.Text, sp.On.Short(sh.today), result, after(": ", sp.Words), from)
		sh.elsewhere(sp.Scope, sp.Elsewhere)
	})
}

// goneServices tells which services of the directory are told of no more. The directory
// is read only when somebody was pointed to one.
func (sh *sheet) goneServices() func(domain.ID) bool {
	var d domain.Directory
	if slices.ContainsFunc(sh.p.Signposts, func(sp domain.Signpost) bool { return !sp.Service.IsZero() }) {
		d, _ = sh.st.Directory() // what cannot be read is not marked
	}
	return d.Gone
}

// recordGiven is the same for --json.
type recordGiven struct {
	Copies    []givenCopyItem `json:"copies"`
	Signposts []signpostItem  `json:"signposts"`
}

type givenCopyItem struct {
	ID       domain.ID           `json:"id"`
	On       calendar.Day        `json:"on"`
	Version  int                 `json:"version,omitempty"`
	Shape    domain.CopyShape    `json:"shape"`
	Language domain.CopyLanguage `json:"language"`
	How      domain.CopyHow      `json:"how"`
}

type signpostItem struct {
	textItem
	Barrier domain.ID             `json:"barrier,omitzero"`
	Result  domain.SignpostResult `json:"result,omitempty"`
	Words   string                `json:"words,omitempty"`
	Told    calendar.Day          `json:"told,omitzero"`
	Service domain.ID             `json:"service,omitzero"`
	Feed    string                `json:"feed,omitempty"`

	Elsewhere []otherItem `json:"elsewhere,omitempty"`
}

func (s *subject) recordGiven() recordGiven {
	it := recordGiven{Copies: []givenCopyItem{}, Signposts: []signpostItem{}}
	for _, x := range s.p.Plan.Copies {
		it.Copies = append(it.Copies, givenCopyItem{x.ID, x.On, x.Version, x.Shape, x.Language, x.How})
	}
	for _, x := range s.p.Signposts {
		it.Signposts = append(it.Signposts, signpostItem{s.text(x.Item), x.Barrier, x.Result, x.Words, x.Told, x.Service, x.Feed, others(x.Elsewhere)})
	}
	return it
}
