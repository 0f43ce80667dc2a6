package domain

import (
	"strings"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Row is the little that lists and the queue need to know about a participant. It
// holds nothing of a private scope, and nothing that depends on the day on which
// it is read. It is stored as an array, without names of fields, because ten thousand
// rows are read at a start; a change of its shape asks for a rebuild.
type Row struct {
	_ struct{} `cbor:",toarray"`

	ID        ID           `json:"i"`
	Name      string       `json:"n"`
	Records   int          `json:"r"` // in the journal, so that a lost one is noticed
	Facts     []RowFact    `json:"f,omitempty"`
	Joined    calendar.Day `json:"j,omitzero"`
	Seen      calendar.Day `json:"s,omitzero"` // last session that happened
	Missed    int          `json:"m,omitempty"`
	Done      int          `json:"d,omitempty"`
	Steps     int          `json:"a,omitempty"` // all that were not dropped
	Debts     []Debt       `json:"t,omitempty"`
	Questions []RowAsk     `json:"q,omitempty"`
	Barriers  []string     `json:"b,omitempty"`
	Adjusts   []string     `json:"u,omitempty"`

	// Restricted hides who it is: there is no name, and no fact or text that tells.
	Restricted bool      `json:"x,omitempty"`
	Twins      []RowTwin `json:"w,omitempty"`
	Kept       []RowKept `json:"k,omitempty"` // what the rules of retention count from

	Reviews []RowReview `json:"v,omitempty"` // what the rules of reviews count from; one for each record
	Pauses  []RowPause  `json:"p,omitempty"`
	Advice  []RowAdvice `json:"c,omitempty"` // answers of advisers, and what came of them

	Provisions []RowProvision `json:"l,omitempty"` // programmes that run, or ended with nothing to follow
	Referrals  []RowReferral  `json:"y,omitempty"`
	Work       []RowWork      `json:"o,omitempty"` // one for each record that has any

	Applications []RowApplication `json:"z,omitempty"` // open ones, and awards that end

	Handovers []RowHandover `json:"h,omitempty"`

	// What [Lists] adds to the line of a person with several records.
	Also      []ID   `json:"-" cbor:"-"`
	AlsoNamed string `json:"-" cbor:"-"` // for bare words to find
}

// RowMeaning counts how often the same records came to mean another row, by fields of
// the same shape. Whoever changes what [Participant.Row] puts into them adds one, so
// that rows of older versions are told anew.
const RowMeaning = 2

// RowTwin is what is known of another record that may be of the same person.
type RowTwin struct {
	_ struct{} `cbor:",toarray"`

	With ID     `json:"w"`
	As   TwinAs `json:"a"`
}

// RowFact is a fact that lists can filter by.
type RowFact struct {
	_ struct{} `cbor:",toarray"`

	Fact  Fact   `json:"k"`
	Value string `json:"v"`
}

// rowFacts are the facts that a row carries: what filters and headers ask for.
var rowFacts = []Fact{FactReference, FactPostcode, FactAddress, FactCouncil, FactNation, FactLanguage, FactInterpreter, FactGroup, FactEmployment, FactNotContact, FactCoach, FactPhone, FactBirth}

// DebtKind is what somebody owes.
type DebtKind string

// The kinds of debt that a row counts.
const (
	DebtAppointment DebtKind = "appointment"
	DebtStep        DebtKind = "step"
	DebtPromise     DebtKind = "promise"
	DebtReview      DebtKind = "review"
	DebtFitNote     DebtKind = "fitnote"
	DebtConcern     DebtKind = "concern"  // nobody has acknowledged it
	DebtTransfer    DebtKind = "transfer" // the case was offered to a colleague
)

// waits reports whether a debt waits for somebody and has no day of its own.
func (k DebtKind) waits() bool { return k == DebtConcern || k == DebtTransfer }

// Debt is one thing that falls due on a day. It carries no words, so that private
// ones can be counted too.
type Debt struct {
	_ struct{} `cbor:",toarray"`

	Kind   DebtKind     `json:"k"`
	ID     ID           `json:"i,omitzero"`
	Owner  Owner        `json:"o,omitempty"`
	Day    calendar.Day `json:"d,omitzero"`
	Minute int          `json:"m,omitempty"` // of an appointment
	Length int          `json:"l,omitempty"`
	With   []ID         `json:"w,omitempty"` // who of the desk is there
	Before Anchor       `json:"b,omitempty"` // what a step is to be done before; the day is made out where it is known
	Chased calendar.Day `json:"c,omitzero"`  // when somebody last asked after a step of others
	Of     ID           `json:"-" cbor:"-"`  // the record it is on, when [Lists] joined two
}

// RowAsk is a question to the adviser, short enough for a list.
type RowAsk struct {
	_ struct{} `cbor:",toarray"`

	ID       ID              `json:"i"`
	State    EscalationState `json:"s"`
	Asked    calendar.Day    `json:"a,omitzero"`
	Accepted calendar.Day    `json:"c,omitzero"`
	Answered calendar.Day    `json:"w,omitzero"`
	Urgent   bool            `json:"u,omitempty"`
	Text     string          `json:"t,omitempty"`

	For    EscalationKind `json:"f,omitempty"`
	Since  calendar.Day   `json:"b,omitzero"`  // when the clock that runs began
	Times  int            `json:"n,omitempty"` // how often it was asked
	Told   bool           `json:"p,omitempty"` // the person was told which kind of help it is
	Agreed string         `json:"g,omitempty"` // to direct support: yes, no, or nothing said
	Meets  ID             `json:"m,omitzero"`  // the appointment of three

	Of ID `json:"-" cbor:"-"` // the record it is on, when [Lists] joined two
}

// rowTextMax keeps rows small: 96 runes are what the widest list shows.
const rowTextMax = 96

// Row returns the participant's line in lists.
func (p Participant) Row() Row {
	r := Row{ID: p.ID, Name: p.Name(), Records: len(p.past), Joined: p.Joined, Seen: p.LastSeen(), Missed: p.missed()}
	for _, f := range rowFacts {
		if v := p.Fact(f); v != "" {
			r.Facts = append(r.Facts, RowFact{Fact: f, Value: v})
		}
	}
	r.Done, r.Steps = p.Plan.Count()
	r.Debts = p.debts()
	if f, ok := p.reviewFacts(); ok {
		r.Reviews = []RowReview{f}
	}
	for _, x := range p.Plan.Pauses {
		r.Pauses = append(r.Pauses, x.span())
	}
	for _, e := range p.Escalations {
		if !e.Live() {
			continue
		}
		r.Questions = append(r.Questions, e.row())
	}
	for _, b := range p.Barriers {
		if !b.Resolved && !b.Scope.Private() {
			r.Barriers = append(r.Barriers, clean.Line(b.Text, rowTextMax))
		}
	}
	for _, a := range p.Adjustments {
		if !a.Removed && !a.Scope.Private() {
			r.Adjusts = append(r.Adjusts, clean.Line(a.Text, rowTextMax))
		}
	}
	for _, t := range p.Twins {
		r.Twins = append(r.Twins, RowTwin{With: t.With, As: t.As})
	}
	r.Kept = p.kept()
	r.Advice = p.advice()
	r.Provisions = p.provisionRows()
	r.Applications = p.applicationRows()
	r.Referrals = p.referralRows()
	if w := p.workRow(); !w.Empty() {
		r.Work = []RowWork{w}
	}
	r.Handovers = p.handoverRows()
	if p.Restriction.On {
		return r.redact()
	}
	return r
}

func (p Participant) debts() []Debt {
	var all []Debt
	for _, a := range p.Appointments {
		if a.State == AppointmentBooked {
			all = append(all, Debt{Kind: DebtAppointment, ID: a.ID, Day: a.Day, Minute: a.Minute, Length: a.Length, With: a.With})
		}
	}
	for _, s := range p.Plan.Steps {
		if s.Open() {
			d := Debt{Kind: DebtStep, ID: s.ID, Owner: s.Owner, Day: s.Due, Before: s.Before, Chased: s.LastChase().On}
			if s.Before != "" {
				d.Day = p.anchorDay(s.Before, s.On)
			}
			all = append(all, d)
		}
	}
	for _, pr := range p.Promises {
		if pr.Status == PromiseOpen {
			all = append(all, Debt{Kind: DebtPromise, ID: pr.ID, Owner: pr.Owner, Day: pr.Due})
		}
	}
	if f, ok := p.CurrentFitNote(); ok {
		all = append(all, Debt{Kind: DebtFitNote, ID: f.ID, Day: f.To})
	}
	for _, c := range p.Concerns {
		if c.Open() {
			all = append(all, Debt{Kind: DebtConcern, ID: c.ID, Day: c.On, With: c.receivers()})
		}
	}
	if t, ok := p.OpenTransfer(); ok {
		all = append(all, Debt{Kind: DebtTransfer, ID: t.ID, Day: t.On, With: []ID{t.To}})
	}
	return all
}

// missed counts how often in a row the person did not come, up to now.
func (p Participant) missed() int {
	n := 0
	var last calendar.Day
	for _, s := range p.Sessions {
		if s.Day < last {
			continue // recorded late: it does not end the row
		}
		last = s.Day
		switch s.Outcome {
		case DidNotCome:
			n++
		case Happened, CameNot:
			n = 0
		case Rescheduled:
		}
	}
	return n
}

// Fact returns a fact of the row; empty when it is not known or not carried.
func (r Row) Fact(f Fact) string {
	for _, rf := range r.Facts {
		if rf.Fact == f {
			return rf.Value
		}
	}
	return ""
}

// Next returns the appointment nearest to come from a day on.
func (r Row) Next(today calendar.Day) (Debt, bool) {
	var next Debt
	for _, d := range r.Debts {
		if d.Kind != DebtAppointment || d.Day < today {
			continue
		}
		if next.Day.IsZero() || d.Day < next.Day || d.Day == next.Day && d.Minute < next.Minute {
			next = d
		}
	}
	return next, !next.Day.IsZero()
}

// NextDue returns the earliest day on which anything but an appointment is due. A
// concern has no day, nor has a case that was offered: they wait for somebody.
func (r Row) NextDue() calendar.Day {
	var due calendar.Day
	for _, d := range r.Debts {
		if d.Kind != DebtAppointment && !d.Kind.waits() && !d.Day.IsZero() && (due.IsZero() || d.Day < due) {
			due = d.Day
		}
	}
	return due
}

// Haystack is what bare words in a filter search: the name, the reference and
// every fact that a row shows, folded.
func (r Row) Haystack() string {
	var b strings.Builder
	b.WriteString(r.Name)
	b.WriteByte(' ')
	b.WriteString(r.ID.long())
	b.WriteString(r.AlsoNamed)
	for _, f := range r.Facts {
		if f.Fact != FactBirth {
			b.WriteByte(' ')
			b.WriteString(f.Value)
		}
	}
	for _, list := range [][]string{r.Barriers, r.Adjusts} {
		for _, t := range list {
			b.WriteByte(' ')
			b.WriteString(t)
		}
	}
	return clean.Fold(b.String())
}
