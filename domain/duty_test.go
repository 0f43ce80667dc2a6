package domain_test

import (
	"slices"
	"strings"
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// TestDuties writes down once more, by hand, who may do what: c coach, d Disability
// Employment Adviser, p provider's adviser, l team lead, a administrator.
func TestDuties(t *testing.T) {
	letters := map[domain.Role]string{domain.Coach: "c", domain.Adviser: "d", domain.Provider: "p", domain.Lead: "l", domain.Administrator: "a"}
	health := map[domain.Fact]string{domain.FactGroup: "LCW"}
	var kinds []string
	for _, tt := range []struct {
		e   domain.Event
		may string
	}{
		{domain.Joined{}, "cdpla"},
		{domain.Described{}, "cdpla"},
		{domain.Noted{}, "cdpl"},
		{domain.NoteAmended{}, "cdpl"},
		{domain.FactAdded{}, "cdpl"},
		{domain.SessionAmended{}, "cdpl"},
		{domain.RatingGiven{}, "cdpl"},
		{domain.PhraseSaved{}, "cdpl"},
		{domain.PhraseRemoved{}, "cdpl"},
		{domain.SessionHeld{}, "cdpl"},
		{domain.Booked{}, "cdpla"},
		{domain.Rebooked{}, "cdpla"},
		{domain.Cancelled{}, "cdpla"},
		{domain.BarrierNoted{}, "cdpl"},
		{domain.BarrierResolved{}, "cdpl"},
		{domain.Adjusted{}, "cdpl"},
		{domain.AdjustmentRemoved{}, "cdpl"},
		{domain.Promised{}, "cdpl"},
		{domain.PromiseSettled{}, "cdpl"},
		{domain.StepAdded{}, "cdpl"},
		{domain.StepChanged{}, "cdpl"},
		{domain.GoalSet{}, "cdl"},
		{domain.GoalClosed{}, "cdl"},
		{domain.PlanReviewed{}, "cdl"},
		{domain.PlanAgreed{}, "cdl"},
		{domain.GoalAimed{}, "cdl"},
		{domain.PlanPaused{}, "cdl"},
		{domain.PlanResumed{}, "cdl"},
		{domain.StepChased{}, "cdpl"},
		{domain.FitNoteRecorded{}, "cdpl"},
		{domain.ProvisionStarted{}, "cdpl"},
		{domain.ProvisionCorrected{}, "cdpl"},
		{domain.ProvisionEnded{}, "cdpl"},
		{domain.LandingPlanned{}, "cdpl"},
		{domain.WorkMoved{}, "cdpl"},
		{domain.JobFound{}, "cdpl"},
		{domain.JobChanged{}, "cdpl"},
		{domain.JobEnded{}, "cdpl"},
		{domain.WeekMarked{}, "cdpl"},
		{domain.EmployerContacted{}, "cdpl"},
		{domain.WorkplacePromised{}, "cdpl"},
		{domain.WorkplaceSettled{}, "cdpl"},
		{domain.ProfileWritten{}, "cdpl"},
		{domain.ProfileChanged{}, "cdpl"},
		{domain.AbsenceBegun{}, "cdpl"},
		{domain.RetentionChecked{}, "cdpl"},
		{domain.AbsenceEnded{}, "cdpl"},
		{domain.ReturnPlanned{}, "cdpl"},
		{domain.ReturnEnded{}, "cdpl"},
		{domain.ApplicationBegun{}, "cdpl"},
		{domain.ApplicationChanged{}, "cdpl"},
		{domain.ApplicationChased{}, "cdpl"},
		{domain.ApplicationDecided{}, "cdpl"},
		{domain.CaseOffered{}, "cl"},
		{domain.CaseAccepted{}, "cl"},
		{domain.CaseDeclined{}, "cl"},
		{domain.CaseCalledBack{}, "cl"},
		{domain.FitNoteCorrected{}, "cdpl"},
		{domain.CopyGiven{}, "cdpl"},
		{domain.Signposted{}, "cdpl"},
		{domain.SignpostTold{}, "cdpl"},
		{domain.SignpostSourced{}, "cdpl"},
		{domain.ServicesTold{}, "cla"},
		{domain.ServicesVanished{}, "cla"},
		{domain.QuestionDrafted{}, "cdl"},
		{domain.Asked{}, "cdl"},
		{domain.Tried{}, "cdl"},
		{domain.EscalationEnded{}, "cdl"},
		{domain.Accepted{}, "d"},
		{domain.Returned{}, "d"},
		{domain.Answered{}, "d"},
		{domain.AskedAgain{}, "cl"},
		{domain.MoreSaid{}, "cdl"},
		{domain.PersonTold{}, "cdl"},
		{domain.AgreementRecorded{}, "cdl"},
		{domain.MeetingBooked{}, "cdl"},
		{domain.Turned{}, "d"},
		{domain.SupportBegun{}, "d"},
		{domain.SupportReviewed{}, "d"},
		{domain.HandedBack{}, "d"},
		{domain.CardWritten{}, "cdl"},
		{domain.CardRetired{}, "cdl"},
		{domain.ConcernRaised{}, "cdpl"},
		{domain.ConcernAcknowledged{}, "cdpl"},
		{domain.ConsentGiven{}, "cdl"},
		{domain.ConsentNarrowed{}, "cdl"},
		{domain.ConsentWithdrawn{}, "cdl"},
		{domain.Restricted{}, "cla"},
		{domain.RetentionSet{}, "cla"},
		{domain.Linked{}, "cdla"},
		{domain.Parted{}, "cdla"},
		{domain.Undid{}, "cdpla"},
		{domain.Registered{}, "la"},
		{domain.DayChanged{}, "cla"},
		{domain.ProgrammeChanged{}, "cla"},
		{domain.AreaChanged{}, "cla"},
		{domain.Settled{}, "cdpla"},
		{domain.BreakSet{}, "cdpla"},
		{domain.BreakRemoved{}, "cdpla"},
		{domain.ReferralDrafted{}, "cdl"},
		{domain.ReferralVetted{}, "cdl"},
		{domain.Referred{}, "cdl"},
		{domain.ReferralAmended{}, "cdl"},
		{domain.ReferralRecalled{}, "cdl"},
		{domain.ReferralSettled{}, "cdl"},
		{domain.ReferralMoved{}, "cdpl"},
		{domain.ReferralNamed{}, "cdpl"},
		{domain.ReferralChased{}, "cdpl"},
		{domain.WarmHandover{}, "cdpl"},
		{domain.HandoverOffered{}, "cdl"},
		{domain.HandoverReplied{}, "cdl"},
		{domain.HandoverRecalled{}, "cdl"},
		{domain.HandoverAnswered{}, "cdpl"},
		{domain.HandoverEnded{}, "cdpl"},
		{domain.Joined{Facts: map[domain.Fact]string{domain.FactWithhold: "yes"}}, "cla"},
		{domain.Described{Facts: map[domain.Fact]string{domain.FactWithhold: ""}}, "cla"},
		{domain.ContactAdded{}, "cdpla"},
		{domain.ContactChecked{}, "cdpla"},
		{domain.ContactRemoved{}, "cdpla"},
		{domain.PersonMet{}, "cdpla"},
		{domain.ExportMade{}, "cdpla"},
		{domain.ListExported{}, "cdpla"},
		{domain.BundleSent{}, "cdpla"},
		{domain.BundleOpened{}, "cdpla"},
		{domain.Erased{}, "cdpla"}, // who may is decided when it is done
		{domain.PartsErased{}, "cdpla"},
		{domain.Emptied{}, "cdpla"},
		{domain.Lost{}, "cdpla"},
		{domain.Joined{Facts: health}, "cdpl"},
		{domain.Described{Facts: health}, "cdpl"},
	} {
		if !slices.Contains(kinds, tt.e.Kind()) {
			kinds = append(kinds, tt.e.Kind())
		}
		got := ""
		for _, role := range domain.Roles {
			why := domain.WhyNotDo(role, tt.e)
			if why == "" {
				got += letters[role]
			} else if !strings.Contains(why, " "+role.String()+" may not ") || !strings.Contains(why, ". That is for a ") {
				t.Errorf("%s: %q does not say what and who", tt.e.Kind(), why)
			}
		}
		if got != tt.may {
			t.Errorf("%T: %s may, want %s", tt.e, got, tt.may)
		}
	}
	slices.Sort(kinds)
	if all := domain.Kinds(); !slices.Equal(kinds, all) {
		t.Errorf("the table has %v, the kinds are %v", kinds, all)
	}
	if why := domain.WhyNotDo(domain.Administrator, domain.Unknown{Name: "later.kind"}); why != "" {
		t.Errorf("what a later version wrote is judged: %s", why)
	}
}

// TestRolesInDecide holds that every path of a decision asks the table.
func TestRolesInDecide(t *testing.T) {
	office := domain.ID{15: 60}
	for _, tt := range []struct {
		name string
		role domain.Role
		when domain.Command
		want bool
	}{
		{"an administrator takes somebody on", domain.Administrator, domain.Describe{Participant: pat, Facts: map[domain.Fact]string{domain.FactPhone: "1"}}, true},
		{"and writes nothing about health", domain.Administrator, domain.Describe{Participant: pat, Facts: map[domain.Fact]string{domain.FactGroup: "LCW"}}, false},
		{"nor a note", domain.Administrator, domain.TakeNote{Participant: pat, Text: "x"}, false},
		{"a provider's adviser writes a note", domain.Provider, domain.TakeNote{Participant: pat, Text: "! try the bus"}, true},
		{"but a question in it is not theirs", domain.Provider, domain.TakeNote{Participant: pat, Text: "? who pays"}, false},
		{"a team lead does not answer", domain.Lead, domain.Answer{Participant: pat, Escalation: domain.ID{15: 50}, Text: "x"}, false},
		{"an adviser changes no days", domain.Adviser, domain.ChangeDay{Office: office, Day: calendar.OneOff{Day: today, Name: "move"}}, false},
	} {
		_, err := domain.Decide(tt.when, past(joined, domain.Asked{ID: domain.ID{15: 50}, Question: "q"}), stamp(tt.role))
		if (err == nil) != tt.want {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

// TestNotEntitled keeps what somebody from another desk had no right to do, shows it
// as such, and does nothing by it.
func TestNotEntitled(t *testing.T) {
	noted := told{domain.Noted{ID: made(0), Lines: []domain.PlacedLine{{Text: "x"}}}, domain.Administrator}
	p := domain.Replay(domain.About(pat), past(joined, noted))
	if len(p.Notes) != 0 || len(p.Past()) != 2 || p.WhyNoEffect(p.Past()[1]) == "" || p.WhyNoEffect(p.Past()[0]) != "" {
		t.Errorf("%+v", p)
	}

	rs := past(joined, domain.BarrierNoted{ID: made(0), Text: "travel"}, byAdviser(domain.Undid{Batch: domain.ID{14: 1, 15: 1}}))
	p = domain.Replay(domain.About(pat), rs)
	if len(p.Barriers) != 1 || p.WhyNoEffect(rs[2]) == "" || domain.Undone(rs)[domain.ID{14: 1, 15: 1}] {
		t.Error("an adviser undid the work of a coach")
	}
	rs[2].Role = domain.Lead
	if p = domain.Replay(domain.About(pat), rs); len(p.Barriers) != 0 || p.WhyNoEffect(rs[2]) != "" {
		t.Error("a team lead could not")
	}
}

func TestRegistering(t *testing.T) {
	office, ann, bea, cy := domain.ID{15: 60}, domain.ID{15: 61}, domain.ID{15: 62}, domain.ID{15: 63}
	var rs []domain.Record
	register := func(by domain.ID, role domain.Role, who domain.ID, name string, as domain.Role) error {
		s := stamp(role)
		s.By = by
		events, err := domain.Decide(domain.Register{Office: office, Person: who, Name: name, Role: as}, rs, s)
		for _, e := range events {
			rs = append(rs, domain.Record{Command: domain.ID{15: byte(len(rs) + 1)}, Day: today + calendar.Day(len(rs)), By: by, Role: role, Event: e})
		}
		return err
	}
	for _, tt := range []struct {
		what  string
		by    domain.ID
		role  domain.Role
		who   domain.ID
		name  string
		as    domain.Role
		whole bool
	}{
		{"the first registers themself", ann, domain.Coach, ann, "Ann", domain.Coach, true},
		{"and others, while nobody else may", ann, domain.Coach, bea, "Bea", domain.Adviser, true},
		{"also the first who may", ann, domain.Coach, bea, "Bea", domain.Lead, true},
		{"then only a lead registers", ann, domain.Coach, cy, "Cy", domain.Coach, false},
		{"nobody makes themself a lead", ann, domain.Coach, ann, "Ann", domain.Lead, false},
		{"but everybody may change their name", ann, domain.Coach, ann, "Ann Clark", domain.Coach, true},
		{"a lead registers", bea, domain.Lead, cy, "Cy", domain.Coach, true},
	} {
		if err := register(tt.by, tt.role, tt.who, tt.name, tt.as); (err == nil) != tt.whole {
			t.Errorf("%s: %v", tt.what, err)
		}
	}
	// A record from elsewhere, of somebody who may not, is kept and has no effect.
	rs = append(rs, domain.Record{Desk: domain.DeskID{9}, Command: domain.ID{15: 99}, Day: today + 9, By: ann, Role: domain.Coach, Event: domain.Registered{Person: ann, Name: "Ann Clark", Role: domain.Administrator}})
	o := domain.ReplayOffice(rs)
	if got := o.Person(ann).Role; got != domain.Coach {
		t.Errorf("Ann became %s", got)
	}
	for i, want := range []domain.Role{"", domain.Adviser, domain.Lead, domain.Lead} {
		if got := o.RoleOn(bea, today+calendar.Day(i)); got != want {
			t.Errorf("on day %d Bea was %q, want %q", i, got, want)
		}
	}
	if held := o.Person(ann).Held; len(held) != 2 || held[0].Name != "Ann" || held[1].Name != "Ann Clark" {
		t.Errorf("Ann's history: %+v", held)
	}
}
