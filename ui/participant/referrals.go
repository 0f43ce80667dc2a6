package participant

import (
	"fmt"
	"slices"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/ui/screen"
	"coachdesk/ui/theme"
)

// referrals are those of the person: what waits longest first, what has ended last.
func (s *Participant) referrals() {
	if len(s.p.Referrals) == 0 {
		return
	}
	s.head("Referrals: data goes to a provider, with consent")
	list := slices.Clone(s.p.Referrals)
	slices.SortStableFunc(list, func(a, b domain.Referral) int { return domain.ReferralBy(s.p.ReferralRow(a), s.p.ReferralRow(b)) })
	for _, x := range list {
		s.oneReferral(x)
	}
}

func (s *Participant) oneReferral(x domain.Referral) {
	row := s.p.ReferralRow(x)
	ink, sign, state := s.referralState(row)
	text := sign + " " + s.queue.Catalogue.Short(x.Programme)
	if x.Provider != "" {
		text += " " + s.world.Theme.Glyphs.Sep + " " + x.Provider
	}
	text += "\n" + state
	var about []string
	if x.Contact != "" {
		about = append(about, "contact "+x.Contact)
	}
	if x.Reference != "" {
		about = append(about, "their reference "+x.Reference)
	}
	if x.State.Out() {
		about = append(about, "our reference "+x.Short(), "told: the name"+told(x.Items))
	}
	if len(about) > 0 {
		text += "\n" + strings.Join(about, ", ")
	}
	if a, ok := s.p.HandoverOf(x); ok && a.State == domain.AppointmentBooked {
		text += "\nWarm handover: " + s.due(a.Day) + at(a.Minute)
	}
	if x.Both {
		text += "\nIt was ended or taken back on one desk while another went on: both are kept."
	}
	if x.Apart {
		text += "\nTwo desks changed it and did not know of each other: the later shows, both are kept."
	}
	s.say(entry{kind: aReferral, id: x.ID, ink: ink}, text)
	for _, e := range x.Log {
		s.say(entry{kind: plain, ink: s.world.Theme.Muted}, "  "+s.world.Theme.Glyphs.Sep+" "+s.referralEntry(x, e))
	}
	s.put(entry{kind: plain, lines: []string{""}})
}

func told(items []domain.ConsentItem) string {
	if len(items) == 0 {
		return " only"
	}
	return ", " + domain.ItemWords(items)
}

func at(minute int) string {
	if minute <= 0 {
		return ""
	}
	return ", " + calendar.Clock(minute)
}

// referralState says where a referral stands, with a sign and how its clock runs.
func (s *Participant) referralState(r domain.RowReferral) (ink theme.Ink, sign, text string) {
	t, cal := s.world.Theme, s.queue.CalendarOf(s.row)
	sign, text = t.Glyphs.Calm, string(r.State)
	switch {
	case r.State.Ended():
		ink, sign = t.Muted, t.Glyphs.Dropped
		if r.State == domain.ReferralCompleted {
			sign = t.Glyphs.Done
		}
		text += " " + r.Ended.Short(s.today())
		if why := s.queue.Planning.Reasons.Say(r.State.Reasons(), r.Code); why != "" {
			text += " (" + why + ")"
		}
		return ink, sign, text
	case !r.Out():
		return t.Warn, t.Glyphs.Open, text + ", not sent: enter completes it"
	}
	if waiting := s.queue.Waiting(r, s.row.Pauses, cal); waiting != "" {
		text = waiting
	} else {
		text = r.StateWords(s.today())
	}
	if e, ok := s.queue.Expects(r, s.row.Pauses, cal); ok && e.Late(s.today(), cal) > 0 && r.State != domain.ReferralBooked {
		ink, sign = t.Warn, t.Glyphs.Urgent
	}
	if why := r.WithoutConsent(s.today()); why != "" {
		return t.Bad, t.Glyphs.Urgent, strings.ToUpper(why[:1]) + why[1:] + ": ask the person, or withdraw it with D.\n" + text
	}
	return ink, sign, text
}

// referralEntry is one turn of a referral's story.
func (s *Participant) referralEntry(x domain.Referral, e domain.ReferralEntry) string {
	what := string(e.What)
	if e.What == domain.ActMoved {
		what = string(e.To)
	}
	text := fmt.Sprintf("%s %s%s, %s", what, e.Day.Short(s.today()), at(e.At), clean.Line(s.world.Desk.Office().Named(e.By).Name, 40))
	if why := s.queue.Planning.Reasons.Because(e.To.Reasons(), e.Code, e.Text); why != "" {
		text += ": " + why
	}
	if e.What == domain.ActAmended {
		for _, l := range s.amendment(x, e) {
			text += "\n  " + l
		}
	}
	if e.Met != "" {
		text += " (it was " + string(e.Met) + " already: both are kept)"
	}
	return text
}

// amendment tells the difference that an amendment made.
func (s *Participant) amendment(x domain.Referral, e domain.ReferralEntry) []string {
	for i, l := range x.Letters {
		if i > 0 && l.On == e.On && l.Reason == e.Text && l.By == e.By {
			return domain.LetterChanges(x.Letters[i-1].Letter, l.Letter)
		}
	}
	return nil
}

// sent is the referral under the cursor; zero when there is none.
func (s *Participant) sent() domain.Referral {
	e := s.chosen()
	for _, x := range s.p.Referrals {
		if e.kind == aReferral && x.ID == e.id {
			return x
		}
	}
	return domain.Referral{}
}

// referralActions are what can be done with the referral under the cursor.
func (s *Participant) referralActions() []screen.Action {
	chosen := s.only(aReferral, "Choose a referral first. r finds a programme and refers.")
	may := func(e domain.Event) func() string {
		return func() string { return domain.WhyNotDo(s.world.Desk.Who().Role, e) }
	}
	out := func() string { return screen.WhyNotAnswer(s.sent()) }
	ended := func() string {
		if s.sent().State.Ended() {
			return "That referral has ended: " + string(s.sent().State) + "."
		}
		return ""
	}
	return []screen.Action{
		{Keys: []string{"enter"}, Name: "Complete a draft, or say how the referral stands now", Short: "open", Do: s.nextOfReferral, Not: also(chosen, ended)},
		{Keys: []string{"a"}, Name: "The provider answered: what became of the referral", Short: "answer", Do: func() screen.Effect { return screen.ReferralAnswer(s.world, s.p, s.sent()) }, Not: also(chosen, out)},
		{Keys: []string{"E"}, Name: "Amend what was sent, and say why", Short: "amend", Do: s.writeReferral, Not: also(also(chosen, out), may(domain.ReferralAmended{}))},
		{Keys: []string{"D"}, Name: "Withdraw the referral", Short: "withdraw", Do: func() screen.Effect { return screen.RecallReferral(s.world, s.id, s.sent()) }, Not: also(also(chosen, ended), may(domain.ReferralRecalled{}))},
		{Keys: []string{"v"}, Name: "The page of the referral, to paste or print", Short: "page", Do: func() screen.Effect {
			return screen.Go{To: screen.ReferralPage{Participant: s.id, Referral: s.sent().ID}}
		}, Not: also(chosen, out)},
		{Keys: []string{"W"}, Name: "Warm handover: book when the person, you and the provider meet", Do: func() screen.Effect { return screen.WarmHandover(s.world, s.id, s.sent()) }, Not: also(chosen, ended)},
		{Keys: []string{"w"}, Name: "Why this date: the sum behind the clock of the referral", Short: "why", Do: func() screen.Effect {
			return screen.WhyReferralDue(s.queue, s.p.ReferralRow(s.sent()), s.row.Pauses, s.queue.CalendarOf(s.row))
		}, Not: chosen},
	}
}

// nextOfReferral goes on with a referral: a draft in its form, one that is out with the
// provider's answer.
func (s *Participant) nextOfReferral() screen.Effect {
	if s.sent().State.Out() {
		return screen.ReferralAnswer(s.world, s.p, s.sent())
	}
	return s.writeReferral()
}

func (s *Participant) writeReferral() screen.Effect {
	x := s.sent()
	return screen.Go{To: screen.Refer{Participant: s.id, Programme: x.Programme, Referral: x.ID}}
}

// settled says that somebody looked at how a referral ended; with one that goes on, it
// asks what became of it.
func (s *Participant) settled() screen.Effect {
	x := s.sent()
	if x.State.Ended() && x.Settled.IsZero() {
		return screen.SettleReferral(s.id, x)
	}
	return screen.ReferralAnswer(s.world, s.p, x)
}
