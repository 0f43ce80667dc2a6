package document

import (
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Journal makes the text that a coach pastes into the person's online journal after a
// talk: what both said they would do, and when they meet next. It is plain text without
// signs, because the journal shows none. Nothing of a private scope is in it, and
// nothing of health that is not a step or a promise.
func Journal(p domain.Participant, o CopyOptions) string {
	s := scribe{p: p, plan: p.Plan, o: o, w: o.Words.In(o.Language, o.Shape)}
	first, _, _ := strings.Cut(clean.Line(p.Name(), 60), " ")
	out := []string{strings.ReplaceAll(s.w.Hello, "{name}", first), ""}
	last := p.LastSeen()
	if !last.IsZero() {
		out = append(out, fill(s.w.Talked, "date", s.w.day(last))...)
		out = append(out, "")
	}
	agreed := s.since(last)
	// The coach is speaking, so nobody says what they will do.
	agreed.w.By, agreed.w.ByOther, agreed.w.Before, agreed.w.BeforeOther = s.w.JournalBy, s.w.JournalBy, "{when}", "{when}"
	said := false
	for _, part := range []struct {
		title  string
		owners []domain.Owner
	}{
		{s.w.JournalMine, []domain.Owner{domain.ByPerson}},
		{s.w.JournalCoach, []domain.Owner{domain.ByCoach}},
		{s.w.JournalOthers, []domain.Owner{domain.ByAdviser, domain.ByProvider, domain.ByEmployer}},
	} {
		items := agreed.todo(part.owners...)
		if len(items) == 0 {
			continue
		}
		said = true
		out = append(out, part.title)
		for _, item := range items {
			out = append(out, "- "+s.inLine(item))
		}
		out = append(out, "")
	}
	if !said {
		out = append(append(out, s.w.JournalNothing...), "")
	}
	if a, ok := p.NextPublic(o.Today); ok {
		out = append(out, s.w.meet(s.w.JournalMeet, a)...)
	} else {
		out = append(out, s.w.JournalNone...)
	}
	out = append(out, "")
	out = append(out, s.w.JournalChange...)
	out = append(out, "", strings.ReplaceAll(s.w.Bye, "{coach}", clean.Line(o.Coach, 60)))
	return strings.Join(append(out, s.w.Note...), "\n") + "\n"
}

// since leaves of the plan and the promises what was said on a day or later.
func (s scribe) since(day calendar.Day) scribe {
	var steps []domain.Step
	for _, st := range s.plan.Steps {
		if st.On >= day {
			steps = append(steps, st)
		}
	}
	var promises []domain.Promise
	for _, pr := range s.p.Promises {
		if pr.On >= day {
			promises = append(promises, pr)
		}
	}
	s.plan.Steps, s.p.Promises = steps, promises
	return s
}

// inLine puts an item into one line.
func (s scribe) inLine(item []string) string {
	if s.o.Shape == domain.EasyRead {
		return sentence(item[0]) + " " + sentence(capital(strings.Join(item[1:], " ")))
	}
	return strings.Join(item, ", ")
}

// sentence ends a text with a full stop.
func sentence(text string) string {
	if strings.HasSuffix(text, ".") || strings.HasSuffix(text, "?") || strings.HasSuffix(text, "!") {
		return text
	}
	return text + "."
}
