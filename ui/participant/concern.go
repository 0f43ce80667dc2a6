package participant

import (
	"fmt"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/ui/screen"
)

// concerns are those that nobody has acknowledged, and then the others.
func (s *Participant) concerns() {
	if len(s.p.Concerns) == 0 {
		return
	}
	t := s.world.Theme
	s.head("Concerns")
	for _, c := range s.p.Concerns {
		who := c.Told
		if !c.To.IsZero() {
			who = s.world.Desk.Office().Named(c.To).Name
		}
		e := entry{kind: aConcern, id: c.ID, ink: t.Bad}
		text := fmt.Sprintf("%s %s (told: %s, %s, not acknowledged)", t.Glyphs.Urgent, s.private(c.Scope, c.Text), clean.Line(who, 60), c.On.Short(s.today()))
		if !c.Open() {
			e.ink = t.Muted
			text = fmt.Sprintf("%s %s (told: %s, acknowledged %s)", t.Glyphs.Done, s.private(c.Scope, c.Text), clean.Line(who, 60), c.Acknowledged.Short(s.today()))
			if c.Answer != "" {
				text += "\n" + s.private(c.Scope, c.Answer)
			}
		}
		s.say(e, text)
	}
}

// raiseConcern asks who was told, who may read it, and what it is.
func (s *Participant) raiseConcern() screen.Effect {
	id := s.id
	scoped := func(c domain.RaiseConcern) screen.Effect {
		var each []screen.Choice
		for i, sc := range domain.Scopes {
			c := c // each choice has its own
			c.Scope = sc
			each = append(each, screen.Choice{Key: string(rune('1' + i)), Label: sc.String(), Then: screen.Prompt{
				Title: "What worries you?", Hint: "what you saw or heard, and when", Echo: some,
				Then: func(v string) screen.Effect { c.Text = v; return do(c) },
			}})
		}
		return screen.Choose{Title: "Who may read it?", Choices: each}
	}
	var each []screen.Choice
	for i, p := range s.world.Desk.Office().People {
		if p.ID != s.world.Desk.Who().ID {
			each = append(each, screen.Choice{Key: fmt.Sprint(i + 1), Label: clean.Line(p.Name, 40) + ", " + p.Role.String(), Then: scoped(domain.RaiseConcern{Participant: id, To: p.ID})})
		}
	}
	each = append(each, screen.Choice{Key: "o", Label: "somebody else", Then: screen.Prompt{
		Title: "Who was told?", Hint: "for example: the safeguarding lead", Echo: some,
		Then: func(v string) screen.Effect { return scoped(domain.RaiseConcern{Participant: id, Told: v}) },
	}})
	return screen.Choose{Title: "A concern: who was told?", Note: "It stands in the queue until they have acknowledged it.", Choices: each}
}

func (s *Participant) acknowledge(concern domain.ID) screen.Effect {
	id := s.id
	for _, c := range s.p.Concerns {
		if c.ID == concern {
			if why := c.WhyNotAcknowledge(s.world.Desk.Stamp()); why != "" {
				return screen.Say{Text: why}
			}
		}
	}
	return screen.Prompt{Title: "Acknowledge the concern: what do you do about it?", Hint: "a few words, or nothing", Then: func(v string) screen.Effect {
		return do(domain.AcknowledgeConcern{Participant: id, Concern: concern, Answer: v})
	}}
}
