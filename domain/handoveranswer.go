package domain

import (
	"slices"

	"coachdesk/domain/clean"
)

var noHandover = Refusal{"handover", "Nothing is handed over there. coachdesk handover list tells what was offered to whom."}

// AnswerHandover is what the receiver says to some items, or to all that are unanswered.
type AnswerHandover struct {
	Participant, Handover ID
	Items                 []ID // none: all that are unanswered
	Answer                HandoverAnswer
	Words                 string // of a question or a no
}

// For names the participant.
func (c AnswerHandover) For() Subject { return About(c.Participant) }

// Decide takes the answer from whom it was offered to. What the answer means elsewhere is
// told with it: the case is accepted or declined, the escalation accepted.
func (c AnswerHandover) Decide(p Participant, s Stamp) ([]Event, error) {
	h := find(p.Handovers, c.Handover)
	if h == nil {
		return nil, noHandover
	}
	if why := h.WhyNotAnswer(s.By); why != "" {
		return nil, Refusal{"handover", why}
	}
	e := HandoverAnswered{ID: h.ID, Answer: c.Answer, Words: clean.Text(c.Words, handoverMost)}
	switch {
	case !slices.Contains(HandoverAnswers, c.Answer):
		return nil, Refused("answer", "Answer taken, question or not mine.")
	case e.Words == "" && c.Answer == HandoverAsked:
		return nil, Refused("words", "Write what you want to know.")
	case e.Words == "" && c.Answer == HandoverNotMine:
		return nil, Refused("words", "Say in a few words why, so that somebody else can be asked.")
	}
	items, err := h.toAnswer(c.Items)
	if err != nil {
		return nil, err
	}
	out := []Event{e}
	for _, i := range items {
		e.Items = append(e.Items, i.ID)
		more, err := h.follows(p, s, i, c.Answer, e.Words)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	out[0] = e
	return out, nil
}

// toAnswer returns the items that an answer is about.
func (h Handover) toAnswer(wanted []ID) ([]HandoverItem, error) {
	var items []HandoverItem
	if len(wanted) == 0 {
		for _, i := range h.Items {
			if i.Answer == "" {
				items = append(items, i)
			}
		}
		if len(items) == 0 {
			return nil, Refused("items", "You asked about all that is open. Say which of it you answer now.")
		}
		return items, nil
	}
	for _, id := range wanted {
		i := find(h.Items, id)
		switch {
		case i == nil:
			return nil, Refused("items", "That is no part of the handover.")
		case i.Answer.final():
			return nil, Refused("items", "That is answered already: %s.", i.Answer)
		case !slices.ContainsFunc(items, func(o HandoverItem) bool { return o.ID == id }):
			items = append(items, *i)
		}
	}
	return items, nil
}

// follows returns what an answer to an item means for the thing itself.
func (h Handover) follows(p Participant, s Stamp, i HandoverItem, a HandoverAnswer, words string) ([]Event, error) {
	switch {
	case i.What == HandedCase && !h.Transfer.IsZero() && a.final():
		t := find(p.Transfers, h.Transfer)
		if t == nil || t.State != TransferOffered {
			return nil, nil // answered or called back by the offer itself
		}
		return AnswerTransfer{Participant: p.ID, Transfer: t.ID, Yes: a == HandoverTaken, Reason: words}.Decide(p, s)
	case i.What == HandedEscalation && a == HandoverTaken && s.Role.MayAdvise():
		if x := find(p.Escalations, i.Of); x != nil && x.State == EscalationAsked {
			return Accept{Participant: p.ID, Escalation: x.ID}.Decide(p, s)
		}
	}
	return nil, nil
}

// HandoverAnswered happens when the receiver says something to items.
type HandoverAnswered struct {
	ID     ID             `json:"id"`
	Items  []ID           `json:"items"`
	Answer HandoverAnswer `json:"answer"`
	Words  string         `json:"words,omitempty"`
}

var _ = know[HandoverAnswered]()

// Kind names the event on disk.
func (HandoverAnswered) Kind() string { return "handover.answered" }

// Sentence says how many items were answered, and how.
func (e HandoverAnswered) Sentence() string {
	n := len(e.Items)
	switch e.Answer {
	case HandoverTaken:
		return plural(n, "What was handed over was taken on.", "%d things that were handed over were taken on.")
	case HandoverNotMine:
		return plural(n, "Something that was handed over was not taken on.", "%d things that were handed over were not taken on.")
	case HandoverAsked:
	}
	return plural(n, "There is a question about something that was handed over.", "There is a question about %d things that were handed over.")
}

func (e HandoverAnswered) touches() []ID { return []ID{e.ID} }

func (e HandoverAnswered) handover() ID { return e.ID }

func (e HandoverAnswered) apply(p *Participant, r Record) {
	h := p.handover(e.ID)
	if h == nil {
		return
	}
	t := HandoverTurn{What: HandoverActAnswered, Items: e.Items, Answer: e.Answer, Words: e.Words}
	h.Items = slices.Clone(h.Items)
	for k := range h.Items {
		i := &h.Items[k]
		if !slices.Contains(e.Items, i.ID) {
			continue
		}
		if i.Answer.final() {
			h.Both = h.Both || i.Answer != e.Answer
			t.Late = true
		}
		if !i.Answer.final() || e.Answer.weight() > i.Answer.weight() {
			i.Answer, i.Words, i.On, i.By = e.Answer, e.Words, r.Day, r.By
		}
	}
	if !h.Recalled.IsZero() || !h.Ended.IsZero() {
		h.Both, t.Late = true, true
	}
	h.hears(t, r)
}

// handover returns the handover that later work is about. One that was taken back on one
// desk meanwhile is back, and called back.
func (p *Participant) handover(id ID) *Handover {
	return restored(p, &p.Handovers, id, func(h *Handover) { h.Recalled = h.On })
}

// ReplyHandover answers the receiver's question about an item, which is unanswered again.
type ReplyHandover struct {
	Participant, Handover ID
	Item                  ID // zero: the one that was asked about
	Words                 string
}

// For names the participant.
func (c ReplyHandover) For() Subject { return About(c.Participant) }

// Decide takes the reply from whoever handed over, or from the team lead.
func (c ReplyHandover) Decide(p Participant, s Stamp) ([]Event, error) {
	h := find(p.Handovers, c.Handover)
	if h == nil {
		return nil, noHandover
	}
	if why := h.WhyNotReply(s.By, s.Role); why != "" {
		return nil, Refusal{"handover", why}
	}
	text, err := words("words", "The answer", c.Words, handoverMost)
	if err != nil {
		return nil, err
	}
	asked := slices.DeleteFunc(slices.Clone(h.Items), func(i HandoverItem) bool {
		return i.Answer != HandoverAsked || !c.Item.IsZero() && i.ID != c.Item
	})
	switch {
	case len(asked) == 0:
		return nil, Refused("item", "Nobody asked about that.")
	case len(asked) > 1:
		return nil, Refused("item", "They asked about %d things. Say which of them you answer.", len(asked))
	}
	return []Event{HandoverReplied{ID: h.ID, Item: asked[0].ID, Words: text}}, nil
}

// HandoverReplied happens when a question about a handover is answered.
type HandoverReplied struct {
	ID    ID     `json:"id"`
	Item  ID     `json:"item"`
	Words string `json:"words"`
}

var _ = know[HandoverReplied]()

// Kind names the event on disk.
func (HandoverReplied) Kind() string { return "handover.replied" }

// Sentence says that the item waits again.
func (HandoverReplied) Sentence() string {
	return "A question about something that was handed over was answered."
}

func (e HandoverReplied) touches() []ID { return []ID{e.ID} }

func (e HandoverReplied) handover() ID { return e.ID }

func (e HandoverReplied) apply(p *Participant, r Record) {
	h := p.handover(e.ID)
	if h == nil {
		return
	}
	t := HandoverTurn{What: HandoverActReplied, Items: []ID{e.Item}, Words: e.Words}
	h.Items = slices.Clone(h.Items)
	if i := find(h.Items, e.Item); i != nil {
		i.Reply, i.Replied = joinWords(i.Reply, e.Words), r.Day
		if i.Answer == HandoverAsked {
			i.Answer = ""
		} else {
			t.Late = true
		}
	}
	h.hears(t, r)
}

// RecallHandover calls a handover back before anything of it was taken.
type RecallHandover struct{ Participant, Handover ID }

// For names the participant.
func (c RecallHandover) For() Subject { return About(c.Participant) }

// Decide refuses what was taken or is over.
func (c RecallHandover) Decide(p Participant, s Stamp) ([]Event, error) {
	h := find(p.Handovers, c.Handover)
	if h == nil {
		return nil, noHandover
	}
	if why := h.WhyNotRecall(s.By, s.Role); why != "" {
		return nil, Refusal{"handover", why}
	}
	out := []Event{HandoverRecalled{ID: h.ID}}
	if t := find(p.Transfers, h.Transfer); t != nil && t.State == TransferOffered {
		out = append(out, CaseCalledBack{ID: t.ID})
	}
	return out, nil
}

// HandoverRecalled happens when a handover is called back.
type HandoverRecalled struct {
	ID ID `json:"id"`
}

var _ = know[HandoverRecalled]()

// Kind names the event on disk.
func (HandoverRecalled) Kind() string { return "handover.recalled" }

// Sentence says that everything stays where it is.
func (HandoverRecalled) Sentence() string {
	return "What was handed over was called back. It stays where it is."
}

func (e HandoverRecalled) touches() []ID { return []ID{e.ID} }

func (e HandoverRecalled) handover() ID { return e.ID }

func (e HandoverRecalled) apply(p *Participant, r Record) {
	h := p.handover(e.ID)
	if h == nil {
		return
	}
	late := h.Count(HandoverTaken) > 0 || !h.Ended.IsZero()
	h.Both = h.Both || late
	if h.Recalled.IsZero() {
		h.Recalled = r.Day
	}
	h.hears(HandoverTurn{What: HandoverActRecalled, Late: late}, r)
}

// EndHandover ends what somebody took: the sender takes it back, or the receiver hands it
// back.
type EndHandover struct{ Participant, Handover ID }

// For names the participant.
func (c EndHandover) For() Subject { return About(c.Participant) }

// Decide refuses what nobody took, and a case that was handed over for good.
func (c EndHandover) Decide(p Participant, s Stamp) ([]Event, error) {
	h := find(p.Handovers, c.Handover)
	if h == nil {
		return nil, noHandover
	}
	if why := h.WhyNotEnd(s.By, s.Role); why != "" {
		return nil, Refusal{"handover", why}
	}
	return []Event{HandoverEnded{ID: h.ID}}, nil
}

// HandoverEnded happens when what was handed over comes back.
type HandoverEnded struct {
	ID ID `json:"id"`
}

var _ = know[HandoverEnded]()

// Kind names the event on disk.
func (HandoverEnded) Kind() string { return "handover.ended" }

// Sentence says that it is back.
func (HandoverEnded) Sentence() string { return "What was handed over is back." }

func (e HandoverEnded) touches() []ID { return []ID{e.ID} }

func (e HandoverEnded) handover() ID { return e.ID }

func (e HandoverEnded) apply(p *Participant, r Record) {
	h := p.handover(e.ID)
	if h == nil {
		return
	}
	late := !h.Ended.IsZero()
	if !late {
		h.Ended = r.Day
	}
	h.hears(HandoverTurn{What: HandoverActEnded, Late: late}, r)
}
