package domain

import (
	"slices"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Signpost is a service that the person was told about and goes to on their own. No
// word about them leaves the desk, so no consent is asked.
type Signpost struct {
	Item
	thread

	Barrier ID // zero: none in particular
	Result  SignpostResult
	Words   string // what they said of it
	Told    calendar.Day
	Service ID     // in the directory; zero: it was written by hand
	Feed    string // that told of the service
}

// SignpostResult is what the person said became of it.
type SignpostResult string

// The results are stored; one without a result is open.
const (
	SignpostOpen     SignpostResult = ""
	SignpostHelped   SignpostResult = "went, and it helped"
	SignpostNoHelp   SignpostResult = "went, and it did not help"
	SignpostDidNotGo SignpostResult = "did not go"
	SignpostNoLonger SignpostResult = "no longer wanted"
)

// SignpostResults lists those that can be told.
var SignpostResults = []SignpostResult{SignpostHelped, SignpostNoHelp, SignpostDidNotGo, SignpostNoLonger}

// SignpostTo records that the person was told about a service.
type SignpostTo struct {
	Participant, Barrier ID
	Text                 string
	// Service is what the text names, when it is in the directory, and Feed is the feed
	// that told of it.
	Service ID
	Feed    string
}

// For names the participant.
func (c SignpostTo) For() Subject { return About(c.Participant) }

// Decide asks for the service, once.
func (c SignpostTo) Decide(p Participant, s Stamp) ([]Event, error) {
	if err := p.mustExist(); err != nil {
		return nil, err
	}
	text, err := words("text", "The service", c.Text, clean.MaxLine)
	if err != nil {
		return nil, err
	}
	if !c.Barrier.IsZero() && find(p.Barriers, c.Barrier) == nil {
		return nil, Refused("barrier", "That barrier is not on the record.")
	}
	for _, sp := range p.Signposts {
		if sp.Result == SignpostOpen && (clean.Fold(sp.Text) == clean.Fold(text) || !c.Service.IsZero() && sp.Service == c.Service) {
			return nil, Refused("text", "They were told about that already. Say first what came of it.")
		}
	}
	e := Signposted{ID: s.New(), Text: text, Barrier: c.Barrier}
	if c.Service.IsZero() {
		return []Event{e}, nil
	}
	feed, err := feedName(c.Feed)
	return []Event{e, SignpostSourced{ID: e.ID, Service: c.Service, Feed: feed}}, err
}

// Signposted happens when the person is told about a service.
type Signposted struct {
	ID      ID     `json:"id"`
	Text    string `json:"text"`
	Barrier ID     `json:"barrier,omitzero"`
}

var _ = know[Signposted]()

// Kind names the event on disk.
func (Signposted) Kind() string { return "signpost.given" }

// Sentence says that nothing was sent.
func (Signposted) Sentence() string {
	return "The person was told about a service. Nothing was sent to it."
}

func (e Signposted) thing() ID { return e.ID }

func (e Signposted) makes() ID { return e.ID }

func (e Signposted) touches() []ID { return []ID{e.Barrier} }

func (e Signposted) apply(p *Participant, r Record) {
	p.Signposts = append(p.Signposts, Signpost{Item: item(e.ID, e.Text, r), Barrier: e.Barrier})
}

// SignpostSourced happens when a signpost is to a service of the directory: the text
// stays what the person was told, whatever becomes of the service.
type SignpostSourced struct {
	ID      ID     `json:"id"`
	Service ID     `json:"service"`
	Feed    string `json:"feed"`
}

var _ = know[SignpostSourced]()

// Kind names the event on disk.
func (SignpostSourced) Kind() string { return "signpost.sourced" }

// Sentence says where the service stands.
func (SignpostSourced) Sentence() string {
	return "The service is in the directory of local services."
}

func (e SignpostSourced) touches() []ID { return []ID{e.ID} }

func (e SignpostSourced) apply(p *Participant, _ Record) {
	if sp := find(p.Signposts, e.ID); sp != nil {
		sp.Service, sp.Feed = e.Service, e.Feed
	}
}

// TellSignpost records what the person said became of a signpost.
type TellSignpost struct {
	Participant, Signpost ID
	Result                SignpostResult
	Words                 string
}

// For names the participant.
func (c TellSignpost) For() Subject { return About(c.Participant) }

// Decide asks for a result that is new.
func (c TellSignpost) Decide(p Participant, _ Stamp) ([]Event, error) {
	sp := find(p.Signposts, c.Signpost)
	said := clean.Line(c.Words, clean.MaxLine)
	switch {
	case sp == nil:
		return nil, Refused("signpost", "That service is not on the record.")
	case !slices.Contains(SignpostResults, c.Result):
		return nil, Refused("result", "Say what came of it: helped, did not help, did not go, or no longer wanted.")
	case sp.Result == c.Result && sp.Words == said:
		return nil, Refused("result", "The record says so already.")
	}
	return []Event{SignpostTold{ID: sp.ID, Result: c.Result, Words: said, Saw: p.known(sp.ID)}}, nil
}

// SignpostTold happens when the person says what became of a signpost.
type SignpostTold struct {
	ID     ID             `json:"id"`
	Result SignpostResult `json:"result"`
	Words  string         `json:"words,omitempty"`
	Saw    int            `json:"saw"`
}

var _ = know[SignpostTold]()

// Kind names the event on disk.
func (SignpostTold) Kind() string { return "signpost.told" }

// Sentence says what became of it.
func (e SignpostTold) Sentence() string {
	return "About a service they were told of: " + clean.Line(string(e.Result), 40) + "."
}

func (e SignpostTold) thing() ID { return e.ID }

func (e SignpostTold) touches() []ID { return []ID{e.ID} }

func (e SignpostTold) apply(p *Participant, r Record) {
	sp := restored(p, &p.Signposts, e.ID, func(*Signpost) {}) // this ends it
	if sp == nil {
		return
	}
	apart := p.apart(e, r, e.Saw)
	if e.Result != sp.Result || e.Words != sp.Words || !apart {
		sp.keep(apart, r.Desk, "result", joinWords(string(sp.Result), sp.Words))
	}
	sp.Result, sp.Words, sp.Told = e.Result, e.Words, r.Day
}
