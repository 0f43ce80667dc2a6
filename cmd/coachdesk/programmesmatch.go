package main

import (
	"errors"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/catalogue"
	"coachdesk/domain/clean"
	"coachdesk/store"
)

// matchItem is what a match says of one programme, for --json.
type matchItem struct {
	Programme string         `json:"programme"`
	Name      string         `json:"name"`
	Says      catalogue.Says `json:"says"`
	Was       catalogue.Says `json:"was,omitempty"`  // today, where a change would make it different
	From      calendar.Day   `json:"from,omitzero"`  // from when
	Way       catalogue.Way  `json:"way"`            // from this desk
	Asks      string         `json:"asks,omitempty"` // the question that would settle something
	Rules     []ruleItem     `json:"rules"`

	way string // in words
}

// ruleItem is what one rule says.
type ruleItem struct {
	Rule       string               `json:"rule"`
	Is         catalogue.Verdict    `json:"is"`
	Text       string               `json:"text"`
	Looked     string               `json:"looked"`
	Source     string               `json:"source"`
	Date       string               `json:"date,omitempty"`
	Confidence catalogue.Confidence `json:"confidence"`
}

// matchPerson tells which programmes may be for somebody, the best match first, and with
// which reasons; with words for what may come to pass, only what that opens and closes.
func (c *call) matchPerson(ref, whatIf string) error {
	s, err := c.person(ref)
	if err != nil {
		return err
	}
	q, err := c.queue(s.st)
	if err != nil {
		return err
	}
	person := s.p.Case(q.Today)
	items := []matchItem{}
	if whatIf == "" {
		for _, m := range q.Catalogue.Match(person, q.Today) {
			items = append(items, matchOf(q.Catalogue, m))
		}
	} else {
		change, err := catalogue.ReadChange(whatIf, q.Today)
		if err != nil {
			return misuse("--what-if: %s", err)
		}
		c.say("What if: %s. Nothing is written.", change)
		for _, x := range q.Catalogue.WhatIf(person, change, q.Today) {
			it := matchOf(q.Catalogue, x.Is)
			it.Was, it.From = x.Was.Says, x.From
			items = append(items, it)
		}
	}
	if c.json {
		return printItems(c, "match/1", items)
	}
	for _, it := range items {
		says := string(it.Says)
		if it.Was != "" {
			says = string(it.Was) + " today, " + string(it.Says) + " from " + it.From.Short(q.Today)
		}
		c.print(it.Name + ": " + says + "  (" + it.Programme + ", " + it.way + ")")
		for _, r := range it.Rules {
			c.print("  "+r.Rule+", "+string(r.Is)+": "+r.Text, "      "+r.Looked+" · "+q.Catalogue.NameOf(r.Source)+" · "+r.Date+" · "+string(r.Confidence))
		}
		if question, ok := q.Catalogue.Question(it.Asks); ok {
			c.print("  ask: " + question.Asks)
		}
	}
	c.say("This advises. The person and their coach decide.")
	return nil
}

func matchOf(known catalogue.Catalogue, m catalogue.Matched) matchItem {
	it := matchItem{Programme: m.Programme.Key, Name: m.Programme.Name, Says: m.Says, Way: m.Route.By, Rules: []ruleItem{}, way: deskWay(m.Programme)}
	it.Asks, _ = m.Question()
	for _, f := range m.Rules {
		it.Rules = append(it.Rules, ruleItem{f.Rule, f.Is, f.Text(), f.Looked, f.Source, known.DateOf(f.Fact), f.Confidence})
	}
	return it
}

// matchOrNone takes a word that is no programme for the reference of a person.
func (c *call) matchOrNone(word string) error {
	err := c.matchPerson(word, "")
	var no domain.Refusal
	if errors.As(err, &no) || errors.Is(err, store.ErrNoStore) {
		return misuse("%q is no programme and no REF of a person. coachdesk programmes lists the programmes.", clean.Line(word, 60))
	}
	return err
}
