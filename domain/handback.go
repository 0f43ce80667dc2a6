package domain

// ReviewSupport looks at direct support: what changed since it began, or since the
// last look.
type ReviewSupport struct {
	Participant, Escalation ID
	Text                    string
}

// For names the participant.
func (c ReviewSupport) For() Subject { return About(c.Participant) }

// Decide asks what changed.
func (c ReviewSupport) Decide(p Participant, _ Stamp) ([]Event, error) {
	if err := p.inState(c.Escalation, EscalationActive); err != nil {
		return nil, err
	}
	text, err := words("text", "What changed", c.Text, 4000)
	if err != nil {
		return nil, err
	}
	return []Event{SupportReviewed{ID: c.Escalation, Text: text}}, nil
}

// SupportReviewed happens when an adviser has looked at what direct support changed.
type SupportReviewed struct {
	ID   ID     `json:"id"`
	Text string `json:"text"`
}

var _ = know[SupportReviewed]()

// Kind names the event on disk.
func (SupportReviewed) Kind() string { return "escalation.reviewed" }

// Sentence says that somebody looked.
func (SupportReviewed) Sentence() string { return "The adviser's direct support was reviewed." }

func (e SupportReviewed) touches() []ID { return []ID{e.ID} }

func (e SupportReviewed) apply(p *Participant, r Record) {
	x := p.escalation(e.ID, r)
	x.Reviews = append(x.Reviews, SupportReview{On: r.Day, By: r.By, Text: e.Text})
	if x.hears(EntryReviewed, e.Text, r, EscalationActive) {
		x.Since = r.Day
	}
}

// HandBack ends direct support. What the text suggests becomes the coach's steps: its
// lines that begin with ! or -, or else the first.
type HandBack struct {
	Participant, Escalation ID
	Text                    string
}

// For names the participant.
func (c HandBack) For() Subject { return About(c.Participant) }

// Decide asks for the next step.
func (c HandBack) Decide(p Participant, s Stamp) ([]Event, error) {
	if err := p.inState(c.Escalation, EscalationActive); err != nil {
		return nil, err
	}
	text, err := words("text", "The next step for the coach", c.Text, 4000)
	if err != nil {
		return nil, err
	}
	events := []Event{HandedBack{ID: c.Escalation, Text: text}}
	return append(events, p.suggested(c.Escalation, text, ByCoach, s)...), nil
}

// HandedBack happens when an adviser ends direct support and says what comes next.
type HandedBack struct {
	ID   ID     `json:"id"`
	Text string `json:"text"`
}

var _ = know[HandedBack]()

// Kind names the event on disk.
func (HandedBack) Kind() string { return "escalation.handed-back" }

// Sentence says whose turn it is.
func (HandedBack) Sentence() string {
	return "The adviser's direct support ended; the next step is the coach's."
}

func (e HandedBack) touches() []ID { return []ID{e.ID} }

func (e HandedBack) apply(p *Participant, r Record) {
	x := p.escalation(e.ID, r)
	// The person may have changed their mind on another desk meanwhile: it is over in
	// either order.
	if x.hears(EntryHandedBack, e.Text, r, EscalationActive, EscalationDeclined) {
		x.State, x.HandedBack, x.Since = EscalationHandedBack, r.Day, 0
	}
}
