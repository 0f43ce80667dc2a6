package participant

import (
	"fmt"
	"slices"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/ui/screen"
)

// overview is what a coach reads in the half minute before a talk.
func (s *Participant) overview() {
	t := s.world.Theme
	if why := s.queue.Reasons(s.row); len(why)+len(s.drafts) > 0 {
		s.head("Why now")
		for _, d := range s.drafts {
			s.say(entry{kind: aDraft, id: d.ID, ink: t.Bad}, t.Glyphs.Urgent+" "+s.unfinished(d))
		}
		for _, r := range why {
			s.say(entry{kind: plain, ink: t.Warn}, t.Glyphs.Due+" "+screen.WhyNow(r))
		}
	}
	s.whyOthers()
	s.inWhoseHands()
	if v := s.p.Fact(domain.FactMatters); v != "" {
		s.head("What matters to them")
		s.say(entry{kind: plain}, v)
	}
	if v := s.p.Fact(domain.FactStrengths); v != "" {
		s.head("Strengths")
		s.say(entry{kind: plain}, v)
	}
	s.concerns()
	s.head("Barriers")
	for _, b := range s.p.Barriers {
		if !b.Resolved {
			s.say(entry{kind: aBarrier, id: b.ID}, "# "+s.private(b.Scope, b.Text)+s.tried(b.ID))
		}
	}
	s.none("no barrier recorded")
	s.head("Promises")
	for _, pr := range s.p.Promises {
		if pr.Status == domain.PromiseOpen {
			s.say(entry{kind: aPromise, id: pr.ID}, "> "+s.called(pr.Owner)+": "+s.private(pr.Scope, pr.Text)+" ("+s.due(pr.Due)+")")
		}
	}
	s.none("none open" + s.kept())
	s.head("Clocks")
	s.clocks()
	s.consentsToLookAt()
	s.signposts()
	s.ratings()
	s.hintsHere()
	s.head("Last session")
	s.lastSession()
}

// none puts a muted word when a heading has nothing under it.
func (s *Participant) none(word string) {
	if n := len(s.entries); n > 0 && s.entries[n-1].kind == heading {
		s.put(entry{kind: plain, lines: []string{word}, ink: s.world.Theme.Muted})
	}
}

// tried tells what was done about a barrier.
func (s *Participant) tried(barrier domain.ID) string {
	done, all := 0, 0
	for _, st := range s.p.Plan.Steps {
		if st.Barrier == barrier {
			all++
			if st.Status == domain.StepDone {
				done++
			}
		}
	}
	if all == 0 {
		return ""
	}
	return fmt.Sprintf("  (%d of %d steps done)", done, all)
}

func (s *Participant) kept() string {
	kept, all := 0, 0
	for _, pr := range s.p.Promises {
		if pr.Status == domain.PromiseOpen {
			continue
		}
		all++
		if pr.Status == domain.PromiseKept {
			kept++
		}
	}
	if all == 0 {
		return ""
	}
	return fmt.Sprintf(" (kept %d of %d)", kept, all)
}

func (s *Participant) clocks() {
	t := s.world.Theme
	if a, ok := s.p.NextAppointment(s.today()); ok {
		when := s.due(a.Day)
		if a.Minute >= 0 {
			when += ", " + calendar.Clock(a.Minute)
		}
		word := "@ next appointment: "
		if a.Day == s.today() && a.Minute >= 0 && a.Minute+domain.MinutesOf(a.Length) <= s.queue.Minute {
			word = "@ appointment, over, no outcome yet: "
		}
		s.say(entry{kind: anAppointment, id: a.ID}, word+strings.TrimSpace(when+" "+a.Channel+" "+s.private(a.Scope, a.Purpose)))
	}
	for _, a := range s.p.CancelledSince(s.p.LastSeen()) {
		text := "@ cancelled: " + s.due(a.Day)
		if a.Reason != "" {
			text += ": " + s.private(a.Scope, a.Reason)
		}
		s.say(entry{kind: plain, ink: t.Muted}, text)
	}
	if f, ok := s.p.CurrentFitNote(); ok {
		s.say(entry{kind: plain}, t.Glyphs.Due+" fit note: "+f.Summary()+", to "+s.due(f.To))
	}
	for _, e := range s.p.Escalations {
		if d := e.Due(s.queue.Rules.Waits(), s.queue.CalendarOf(s.row)); !d.IsZero() {
			s.say(entry{kind: plain}, t.Glyphs.Calm+" DEA, "+e.Kind.String()+", "+string(e.State)+": by "+s.due(d))
		}
	}
	s.supportClocks()
	if d := s.p.Review(s.reviews()).Day; !d.IsZero() {
		s.say(entry{kind: plain}, t.Glyphs.Calm+" plan review: "+s.due(d))
	}
	if x, ok := s.p.Plan.Paused(s.today()); ok {
		s.say(entry{kind: plain, ink: t.Warn}, t.Glyphs.Doing+" plan "+domain.PauseWords(x.Until, s.today())+": most clocks stand still (P lets it go on)")
	}
	s.none("nothing runs")
}

func (s *Participant) lastSession() {
	if len(s.p.Sessions) == 0 {
		s.none("none recorded")
		return
	}
	last := slices.MaxFunc(s.p.Sessions, func(a, b domain.Session) int { return int(a.Day - b.Day) })
	s.say(entry{kind: plain}, last.Day.Short(s.today())+", "+last.Account().String())
	if n := len(last.Versions); n > 1 {
		s.say(entry{kind: plain, ink: s.world.Theme.Muted}, s.amendedSince(last.Versions[n-1].On, last.Apart))
	}
	for _, n := range s.p.SessionNotes(last.ID) {
		s.say(entry{kind: plain}, s.noteText(n))
		if v := len(n.Amended); v > 0 {
			s.say(entry{kind: plain, ink: s.world.Theme.Muted}, s.amendedSince(n.Amended[v-1].On, n.Apart))
		}
	}
}

// may reports whether text of a scope stands open on the screen.
func (s *Participant) may(sc domain.Scope) bool { return !sc.Private() || s.unfold }

// noteText is a note with its private paragraphs folded, unless they were opened.
func (s *Participant) noteText(n domain.Note) string {
	text := n.Text(s.may)
	if s.unfold {
		return text
	}
	for _, part := range n.Parts {
		if part.Scope.Private() {
			text += "\n" + s.private(part.Scope, "")
		}
	}
	return strings.TrimPrefix(text, "\n")
}
