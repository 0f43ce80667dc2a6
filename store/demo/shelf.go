package demo

import (
	"encoding/json"
	"fmt"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// Feed is what the invented feed of local services is called.
const Feed = "borsetshire"

// ReadServices reads the invented local services, as they were assured before a day.
func ReadServices(raw []byte, today calendar.Day) ([]domain.Service, error) {
	var file struct {
		Services []struct {
			ID, Name, Org, Text   string
			Tags, Phones          []string
			Email                 string
			Place, Postcode, Area string
			Modes                 []domain.ServiceMode
			Ways                  []domain.ServiceWay
			Cost                  string
			Months                int
		} `json:"services"`
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		return nil, fmt.Errorf("the invented services cannot be read: %w", err)
	}
	var all []domain.Service
	for _, x := range file.Services {
		s := domain.Service{ID: x.ID, Name: x.Name, Org: x.Org, Text: x.Text, Tags: x.Tags, Entry: domain.ServiceEntry{Modes: x.Modes, Ways: x.Ways, Cost: x.Cost}}
		s.Link = "https://services." + Feed + ".example/services/" + x.ID
		s.Contact.Web = "https://" + strings.TrimPrefix(x.Email, "hello@")
		if x.Email != "" {
			s.Contact.Emails = []string{x.Email}
		} else {
			s.Contact.Web = ""
		}
		for _, p := range x.Phones {
			s.Contact.Phones = append(s.Contact.Phones, domain.ServicePhone{Number: p})
		}
		if x.Place != "" {
			s.Places = []domain.ServicePlace{{Name: x.Place, Postcode: x.Postcode}}
		}
		if x.Area != "" {
			s.Areas = []string{x.Area}
		}
		if x.Months > 0 {
			s.Assured = today.AddMonths(-x.Months)
		}
		all = append(all, s)
	}
	return all, nil
}

// Shelve are the commands that bring the services in: all of them, one of them listed
// twice, and then without a few that the feed forgot.
func Shelve(office domain.ID, all []domain.Service) []domain.Command {
	if len(all) < 8 {
		return nil
	}
	twin := all[0]
	twin.ID += "-b"
	twin.Assured = 0
	seen := map[string]bool{twin.ID: true}
	for i, s := range all {
		if i%29 != 21 { // the feed forgot it
			seen[s.ID] = true
		}
	}
	told := append(append([]domain.Service{}, all...), twin)
	return []domain.Command{
		domain.TellServices{Office: office, Feed: Feed, Services: told},
		domain.LoseServices{Office: office, Feed: Feed, Seen: seen},
	}
}

// signpost tells of a service: of one in the directory for every second person.
func (t *teller) signpost(l *life, luck int) domain.SignpostTo {
	if len(t.names.Shelf) == 0 || luck%2 == 1 {
		return domain.SignpostTo{Participant: l.id, Text: t.names.Services[luck%len(t.names.Services)]}
	}
	s := t.names.Shelf[luck*7%len(t.names.Shelf)]
	return domain.SignpostTo{Participant: l.id, Text: s.Title(), Service: domain.ServiceKey(Feed, s.ID), Feed: Feed}
}
