package domain

import "coachdesk/domain/clean"

// AskAgain sends a question anew that nobody dealt with in time: to the same advisers,
// or wider. Its clock begins anew, and how often it was asked is kept.
type AskAgain struct {
	Participant, Escalation ID
	To                      string // whom it goes to now, in words; empty asks the same advisers
	Text                    string // words that go along, or nothing
}

// For names the participant.
func (c AskAgain) For() Subject { return About(c.Participant) }

// Decide takes what an adviser has and did not deal with.
func (c AskAgain) Decide(p Participant, _ Stamp) ([]Event, error) {
	if err := p.inState(c.Escalation, EscalationAsked, EscalationAccepted, EscalationAgreed); err != nil {
		return nil, err
	}
	e := find(p.Escalations, c.Escalation)
	return []Event{AskedAgain{ID: e.ID, Was: e.State, To: clean.Line(c.To, clean.MaxLine), Text: clean.Text(c.Text, 2000)}}, nil
}

// AskedAgain happens when a question that nobody dealt with is asked once more.
type AskedAgain struct {
	ID   ID              `json:"id"`
	Was  EscalationState `json:"was"` // as far as whoever asks knew
	To   string          `json:"to,omitempty"`
	Text string          `json:"text,omitempty"`
}

var _ = know[AskedAgain]()

// Kind names the event on disk.
func (AskedAgain) Kind() string { return "escalation.asked-again" }

// Sentence says which of the two.
func (e AskedAgain) Sentence() string {
	if e.To != "" {
		return "The escalation was passed on more widely."
	}
	return "The adviser was asked again."
}

func (e AskedAgain) touches() []ID { return []ID{e.ID} }

func (e AskedAgain) apply(p *Participant, r Record) {
	x := p.escalation(e.ID, r)
	what, text := EntryAgain, e.Text
	if e.To != "" {
		what = EntryWidened
		text = "to " + e.To
		if e.Text != "" {
			text += "\n" + e.Text
		}
	}
	from := []EscalationState{EscalationAsked}
	if e.Was == EscalationAccepted || e.Was == EscalationAgreed { // else accepted meanwhile, unknown to whoever asks: that stands
		from = append(from, EscalationAccepted, EscalationAgreed)
	}
	may := x.hears(what, text, r, from...)
	if e.To != "" {
		x.Widened = e.To
	}
	x.Times++
	if may {
		x.State, x.Accepted, x.Adviser, x.Since = EscalationAsked, 0, ID{}, r.Day
	}
}
