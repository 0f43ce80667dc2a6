package participant

import (
	"cmp"
	"fmt"
	"slices"

	"coachdesk/domain"
)

// employers are what each may be told, and the talks with them, the newest first.
func (s *Participant) employers() {
	t := s.world.Theme
	all := s.p.Employers()
	if len(all) == 0 {
		return
	}
	s.head("Employer")
	for _, name := range all {
		if why := s.p.WhyNotSpeak(name, s.today()); why != "" {
			s.say(entry{kind: plain, ink: t.Warn}, t.Glyphs.Dropped+" "+name+": no consent to speak about them (C records it)")
			continue
		}
		s.say(entry{kind: plain, ink: t.Good}, t.Glyphs.Done+" "+name+" may be told: "+domain.ItemWords(s.p.MaySay(name, s.today())))
	}
	list := slices.Clone(s.p.InWork.Contacts)
	slices.SortStableFunc(list, func(a, b domain.EmployerContact) int { return cmp.Compare(b.Day, a.Day) })
	for _, c := range list {
		s.say(entry{kind: aContact, id: c.ID}, fmt.Sprintf("%s, %s, %s, %s: %s", c.Day.Short(s.today()), c.Employer, c.Kind, c.How, c.Text))
	}
}

func (s *Participant) promisedAtWork() {
	if len(s.p.InWork.Promised) == 0 {
		return
	}
	t := s.world.Theme
	s.head("Adjustments at work")
	for _, a := range s.p.InWork.Promised {
		e := entry{kind: aWorkAdjustment, id: a.ID, ink: t.Muted}
		sign, tail := t.Glyphs.Done, ", "+string(a.Settled)
		switch a.Settled {
		case domain.PromiseOpen:
			sign, tail, e.ink = t.Glyphs.Open, ", "+s.due(a.Due), t.Text
			if !a.Due.IsZero() && a.Due < s.today() {
				sign, e.ink = t.Glyphs.Due, t.Warn
			}
		case domain.PromiseBroken:
			sign, e.ink = t.Glyphs.Urgent, t.Warn
		case domain.PromiseReleased:
			sign = t.Glyphs.Dropped
		case domain.PromiseKept:
		}
		if a.Words != "" {
			tail += ": " + a.Words
		}
		s.say(e, sign+" "+a.Text+" ("+a.Owner.Duty()+")"+tail+s.elsewhere(domain.Shareable, a.Elsewhere))
	}
}
