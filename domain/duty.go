package domain

import (
	"slices"
	"strings"
)

// duty is one kind of work at the desk: who does it, and which events it leaves
// behind. Roles behind one passphrase keep order at work; they are not secrecy.
type duty struct {
	work  string // what it is, after "may not"
	roles []Role
	done  []Event
}

// Groups of roles. Coaches and team leads do everything on the caseload but answer in
// the adviser's place; a provider's adviser keeps the log of what happens there; an
// administrator looks after people and days, and writes nothing about health.
var (
	anybody     = Roles
	caseworkers = []Role{Coach, Adviser, Provider, Lead}
	office      = []Role{Coach, Adviser, Lead}
	keepers     = []Role{Coach, Lead, Administrator}
)

// duties is who may do what. A kind of event stands in exactly one row.
var duties = []duty{
	{"take people on or change their details", anybody, []Event{Joined{}, Described{}}},
	{"write notes", caseworkers, []Event{Noted{}, NoteAmended{}, FactAdded{}}},
	{"record sessions", caseworkers, []Event{SessionHeld{}, SessionAmended{}, RatingGiven{}}},
	{"book appointments", anybody, []Event{Booked{}, Rebooked{}, Cancelled{}}},
	{"write about barriers and adjustments", caseworkers, []Event{BarrierNoted{}, BarrierResolved{}, Adjusted{}, AdjustmentRemoved{}}},
	{"write down promises", caseworkers, []Event{Promised{}, PromiseSettled{}}},
	{"write steps of a plan", caseworkers, []Event{StepAdded{}, StepChanged{}, StepChased{}}},
	{"give copies of the plan", caseworkers, []Event{CopyGiven{}}},
	{"write down programmes that somebody is on", caseworkers, []Event{ProvisionStarted{}, ProvisionCorrected{}, ProvisionEnded{}, LandingPlanned{}}},
	{"signpost to services", caseworkers, []Event{Signposted{}, SignpostTold{}, SignpostSourced{}}},
	{"write down what the person applies for", caseworkers, []Event{ApplicationBegun{}, ApplicationChanged{}, ApplicationChased{}, ApplicationDecided{}}},
	{"hand a case to a colleague, or take one on", []Role{Coach, Lead}, []Event{CaseOffered{}, CaseAccepted{}, CaseDeclined{}, CaseCalledBack{}}},
	{"set goals, review or pause a plan", office, []Event{GoalSet{}, GoalClosed{}, GoalAimed{}, PlanReviewed{}, PlanAgreed{}, PlanPaused{}, PlanResumed{}}},
	{"keep the log of work", caseworkers, []Event{WorkMoved{}, JobFound{}, JobChanged{}, JobEnded{}, WeekMarked{}, EmployerContacted{}, WorkplacePromised{}, WorkplaceSettled{}, ProfileWritten{}, ProfileChanged{}, AbsenceBegun{}, RetentionChecked{}, AbsenceEnded{}, ReturnPlanned{}, ReturnEnded{}}},
	{"record fit notes", caseworkers, []Event{FitNoteRecorded{}, FitNoteCorrected{}}},
	{"ask the adviser", office, []Event{QuestionDrafted{}, Asked{}, Tried{}, EscalationEnded{}}},
	{"accept, return or answer an escalation", []Role{Adviser}, []Event{Accepted{}, Returned{}, Answered{}}},
	{"ask an adviser again", []Role{Coach, Lead}, []Event{AskedAgain{}}},
	{"talk with the adviser, tell the person or book a meeting of three", office, []Event{MoreSaid{}, PersonTold{}, AgreementRecorded{}, MeetingBooked{}}},
	{"turn an escalation into another kind, or give direct support", []Role{Adviser}, []Event{Turned{}, SupportBegun{}, SupportReviewed{}, HandedBack{}}},
	{"write or retire an advice card", office, []Event{CardWritten{}, CardRetired{}}},
	{"raise or acknowledge a concern", caseworkers, []Event{ConcernRaised{}, ConcernAcknowledged{}}},
	{"keep the consent ledger", office, []Event{ConsentGiven{}, ConsentNarrowed{}, ConsentWithdrawn{}}},
	{"restrict a record", keepers, []Event{Restricted{}}},
	{"say how long a record is kept", keepers, []Event{RetentionSet{}}},
	{"link or part two records", []Role{Coach, Adviser, Lead, Administrator}, []Event{Linked{}, Parted{}}},
	{"refer to a provider", office, []Event{ReferralDrafted{}, ReferralVetted{}, Referred{}, ReferralAmended{}, ReferralRecalled{}, ReferralSettled{}}},
	{"say how a referral stands", caseworkers, []Event{ReferralMoved{}, ReferralNamed{}, ReferralChased{}, WarmHandover{}}},
	{"hand something of a case over, or call it back", office, []Event{HandoverOffered{}, HandoverReplied{}, HandoverRecalled{}}},
	{"answer what was handed over, or hand it back", caseworkers, []Event{HandoverAnswered{}, HandoverEnded{}}},
	{"bring in lists of local services", keepers, []Event{ServicesTold{}, ServicesVanished{}}},
	{"undo", anybody, []Event{Undid{}}}, // whose work: see mayUndo
	{"register who works here", []Role{Lead, Administrator}, []Event{Registered{}}},
	{"change the office's days", keepers, []Event{DayChanged{}}},
	{"change the catalogue of programmes", keepers, []Event{ProgrammeChanged{}, AreaChanged{}}},
	{"change the desk's settings", anybody, []Event{Settled{}, BreakSet{}, BreakRemoved{}}},
	{"look after the address book", anybody, []Event{ContactAdded{}, ContactChecked{}, ContactRemoved{}, PersonMet{}}},
	{"write papers and lists that leave the desk", anybody, []Event{ExportMade{}, ListExported{}, BundleSent{}, BundleOpened{}}},
	{"look after the saved phrases", caseworkers, []Event{PhraseSaved{}, PhraseRemoved{}}},
	// Who may erase is decided when it is done: see [Erase]. What was erased stays so,
	// whoever says it again after a restoration.
	{"erase somebody", anybody, []Event{Erased{}, PartsErased{}, Emptied{}, Lost{}}},
}

// health is the duty of writing facts that are about health.
var health = duty{work: "write what is about health", roles: caseworkers}

// withholds is the duty of saying that contact details go to nobody outside.
var withholds = duty{work: "withhold contact details, or stop withholding them", roles: keepers}

// healthFacts are the facts that tell of health or of the talk.
var healthFacts = []Fact{FactMatters, FactGroup, FactInterpreter, FactStrengths, FactCondition, FactAtRisk, FactTherapies, FactTeam}

var dutyOf = func() map[string]*duty {
	all := map[string]*duty{}
	for i := range duties {
		for _, e := range duties[i].done {
			all[e.Kind()] = &duties[i]
		}
	}
	return all
}()

// WhyNotDo says why a role may not do what leaves an event behind, and who may;
// empty means it may. What a later version wrote is not judged.
func WhyNotDo(role Role, e Event) string {
	d := dutyOf[e.Kind()]
	switch e := e.(type) {
	case Joined:
		d = orHealth(d, e.Facts)
		if e.Facts[FactWithhold] != "" && !slices.Contains(withholds.roles, role) {
			d = &withholds
		}
	case Described:
		d = orHealth(d, e.Facts)
		if _, said := e.Facts[FactWithhold]; said && !slices.Contains(withholds.roles, role) {
			d = &withholds
		}
	}
	if d == nil || slices.Contains(d.roles, role) {
		return ""
	}
	who := "Somebody without a role"
	if role != "" {
		who = article(role) + " " + role.String()
	}
	names := make([]string, len(d.roles))
	for i, r := range d.roles {
		names[i] = r.String()
	}
	last := len(names) - 1
	may := names[last]
	if last > 0 {
		may = strings.Join(names[:last], ", ") + " or " + may
	}
	return who + " may not " + d.work + ". That is for a " + may + "."
}

func article(r Role) string {
	if r == Administrator {
		return "An"
	}
	return "A"
}

func orHealth(d *duty, facts map[Fact]string) *duty {
	for _, f := range healthFacts {
		if facts[f] != "" {
			return &health
		}
	}
	return d
}

// checked refuses events that the role may not leave behind.
func checked(events []Event, err error, why func(Event) string) ([]Event, error) {
	if err != nil {
		return nil, err
	}
	for _, e := range events {
		if no := why(e); no != "" {
			return nil, Refusal{"role", no}
		}
	}
	return events, nil
}

// WhyNoEffect says why a record of this person is kept and does nothing: whoever made
// it was not entitled. Empty means it counts.
func (p Participant) WhyNoEffect(r Record) string { return whyNoEffect(p.past, r) }

func whyNoEffect(past []Record, r Record) string {
	if e, ok := r.Event.(Undid); ok && !mayUndo(past, e.Batch, r.By, r.Role) {
		return notYours
	}
	if why := WhyNotDo(r.Role, r.Event); why != "" {
		return why
	}
	if e, ok := r.Event.(ofHandover); ok {
		return whyNotHandover(past, r, e)
	}
	return ""
}

// notYours is why somebody may not undo the work of others.
const notYours = "Somebody else did that. Ask them or your team lead to undo it."

// mayUndo reports whether somebody may take a batch back: their own work, or as team
// lead or administrator that of anybody.
func mayUndo(past []Record, batch, by ID, role Role) bool {
	first := slices.IndexFunc(past, func(r Record) bool { return r.Command == batch })
	return first < 0 || past[first].By == by || role == Lead || role == Administrator
}

// whyNot says why somebody may not do something to the office as it is. Until
// somebody is there who may register others, anybody may: a desk must not lock itself
// out. Everybody may change their own name.
func (o Office) whyNot(by ID, role Role, e Event) string {
	if reg, ok := e.(Registered); ok {
		keeper := func(p Person) bool { return WhyNotDo(p.Role, e) == "" }
		self := o.Person(by)
		if !slices.ContainsFunc(o.People, keeper) || !self.ID.IsZero() && reg.Person == by && reg.Role == self.Role {
			return ""
		}
	}
	return WhyNotDo(role, e)
}
