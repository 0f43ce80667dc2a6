package demo

import (
	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// Phrase is a text that the office of the demonstration has saved.
type Phrase struct {
	Abbr string `json:"abbr"`
	Text string `json:"text"`
}

// Said is what is told around talks beside their notes.
type Said struct {
	Phrases   []Phrase `json:"phrases"`
	Questions []string `json:"questions"` // what people are asked about themselves, by key
	Strengths []string `json:"strengths"`
	After     string   `json:"after"`   // what a note lacked at first
	Lacked    string   `json:"lacked"`  // why it was amended
	Clocked   string   `json:"clocked"` // why a session was amended
}

// kind is what a talk was for. No dice are asked, so that no other part of a story
// changes: every kind comes up in any twenty lives.
func (l *life) kind(p course, k int) domain.SessionKind {
	final := k == len(p.talks)-1
	switch {
	case k == 0:
		return domain.FirstTalk
	case final && p.works, l.story.Employment == "employed":
		return domain.InWorkCheck
	case domain.Voluntary(l.story.Group):
		return domain.SupportConversation
	case k == 1:
		return []domain.SessionKind{domain.ReviewTalk, domain.AfterAbsence, domain.ThreeWayMeeting, domain.DirectSupport}[l.nth%4]
	}
	return domain.OneToOne
}

// company says who was there beside the two, and how the person saw it.
func (t *teller) company(l *life, p course, k int, c *domain.RecordSession) {
	c.Kind = l.kind(p, k)
	if c.Outcome != domain.Happened {
		return
	}
	if c.Kind == domain.ThreeWayMeeting {
		c.Present = append(c.Present, "adviser")
	}
	if l.story.Interpreter != "" {
		c.Present, c.Interpreter = append(c.Present, "interpreter"), l.story.Interpreter
	}
	if l.story.Representative != "" && k%2 == 0 {
		c.Present = append(c.Present, "support worker")
	}
	if l.nth%5 == 2 && k == 1 {
		c.Present = append(c.Present, "family")
	}
	if l.nth%3 != 0 {
		return
	}
	for i, q := range t.names.Questions { // most go up, one goes down now and then
		v := 2 + (l.nth+i)%2 + k*(i+1)/(i+2)
		if (l.nth+i)%5 == 4 {
			v = 4 - k
		}
		c.Rating = append(c.Rating, domain.RatingAnswer{Question: q, Value: max(1, min(v, domain.RatingMost))})
	}
}

// strength is what some are good at, as a line of the note.
func (t *teller) strength(l *life, k int) string {
	if k != 0 || l.nth%2 != 0 || len(t.names.Strengths) == 0 {
		return ""
	}
	return "= " + t.names.Strengths[l.nth/2%len(t.names.Strengths)] + "\n"
}

// amends plots, for a few, that a note and a session were put right the day after.
func (t *teller) amends(l *life, k int, day calendar.Day, by int, text string) {
	if k != 1 || t.names.After == "" {
		return
	}
	at := t.at(day+1, 9*60+5)
	switch l.nth % 6 {
	case 1:
		t.scene(l, at, by, func(l *life) []domain.Command {
			return []domain.Command{domain.AmendNote{Participant: l.id, Note: l.note, Text: text + "\n\n" + t.names.After, Reason: t.names.Lacked}}
		})
	case 4:
		t.scene(l, at, by, func(l *life) []domain.Command {
			now := l.held
			now.Length += 10
			return []domain.Command{domain.AmendSession{Participant: l.id, Session: l.talk, Account: now, Reason: t.names.Clocked}}
		})
	}
}

// slots are of those who need another time than the kind of talk has.
func (l *life) slots() string {
	switch l.nth % 7 {
	case 2:
		return "30"
	case 5:
		return "20; review 30; first talk 60"
	}
	return ""
}
