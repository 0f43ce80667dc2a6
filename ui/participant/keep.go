package participant

import (
	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/ui/screen"
)

// retained says until when what is kept, and how sure that is.
func (s *Participant) retained() {
	t := s.world.Theme
	all := s.queue.Retention.Expiries(s.row.Kept)
	if len(all) == 0 {
		return
	}
	s.head("Kept until (K changes it; nothing is erased by itself)")
	for _, e := range all {
		line := entry{kind: plain, ink: t.Muted}
		text := e.Day.Short(0)
		if e.Day <= s.today() {
			line.ink = t.Warn
			text = t.Glyphs.Due + " " + text + ", over"
		}
		s.say(line, text+"  "+e.Why())
	}
	if r := s.p.Retention; r.Reason != "" {
		s.say(entry{kind: plain, ink: t.Muted}, "Set "+r.On.Short(s.today())+": "+r.Reason)
	}
}

// keep asks for a class, a day and a reason.
func (s *Participant) keep() screen.Effect {
	class := func(key string, c domain.RetentionClass, label string) screen.Choice {
		return screen.Choice{Key: key, Label: label, Then: s.keepAs(c)}
	}
	return screen.Choose{Title: "How long is the record kept?", Note: "The periods are our proposals: your records team has the true ones.", Choices: []screen.Choice{
		class("c", domain.KeepCaseload, "like every record"),
		class("d", domain.KeepDispute, "longer: a complaint, an appeal or a claim"),
		{Key: "u", Label: "at least until a date", Then: s.date("At least until?", "", calendar.Forward, func(d calendar.Day) screen.Effect {
			class := s.p.Retention.Class
			if class == "" {
				class = domain.KeepCaseload
			}
			return s.why(domain.SetRetention{Participant: s.id, Class: class, Until: d})
		})},
	}}
}

func (s *Participant) keepAs(c domain.RetentionClass) screen.Effect {
	return s.why(domain.SetRetention{Participant: s.id, Class: c, Until: s.p.Retention.Until})
}

// why asks for the reason of a retention.
func (s *Participant) why(r domain.SetRetention) screen.Effect {
	return s.line("Why?", "so that whoever looks at the due list knows", func(v string) domain.Command {
		r.Reason = clean.Line(v, clean.MaxLine)
		return r
	})
}
