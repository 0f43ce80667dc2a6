package document

import (
	"fmt"
	"slices"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/clean"
)

// Line is one line of a note. A line that belongs to the one above begins with two
// blanks. Whoever writes the note sees what the receiver does not, with the reason; no
// paper of the note has those lines.
type Line struct {
	Kind   Kind
	Text   string
	Hidden string // why the receiver does not read it; empty: they do
	Scope  domain.Scope
}

// Open reports whether the receiver reads the line.
func (l Line) Open() bool { return l.Hidden == "" }

// Kind says what a line tells. Who may read it stands in the data; what consent it
// needs stands here.
type Kind string

// The kinds of line, in the order of the note.
const (
	KindName        Kind = "name"
	KindSince       Kind = "since"
	KindHeading     Kind = "heading"
	KindSummary     Kind = "summary"
	KindWhy         Kind = "why"
	KindFirst       Kind = "first"
	KindRestriction Kind = "restriction"
	KindConcern     Kind = "concern"
	KindSafety      Kind = "safety"
	KindHowTo       Kind = "how-to"
	KindPronouns    Kind = "pronouns"
	KindMatters     Kind = "matters"
	KindStrengths   Kind = "strengths"
	KindAdjustments Kind = "adjustments"
	KindReach       Kind = "reach"
	KindTalk        Kind = "talk"
	KindLanguage    Kind = "language"
	KindFriend      Kind = "representative"
	KindGroup       Kind = "group"
	KindFitNote     Kind = "fit-note"
	KindEmployment  Kind = "employment"
	KindNumber      Kind = "number"
	KindGoal        Kind = "goal"
	KindGoalOver    Kind = "goal-over"
	KindPaused      Kind = "paused"
	KindPauseWhy    Kind = "pause-why"
	KindAgreed      Kind = "agreed"
	KindCount       Kind = "count"
	KindBarrier     Kind = "barrier"
	KindStepPerson  Kind = "step-person"
	KindStepCoach   Kind = "step-coach"
	KindStepAdviser Kind = "step-dea"
	KindStepGiver   Kind = "step-provider"
	KindStepJob     Kind = "step-employer"
	KindChased      Kind = "chased"
	KindPromise     Kind = "promise"
	KindNext        Kind = "next"
	KindEscalation  Kind = "escalation"
	KindReferral    Kind = "referral"
	KindMoving      Kind = "moving-on"
	KindCase        Kind = "case"
	KindSignpost    Kind = "signpost"
	KindWork        Kind = "work"
	KindConsent     Kind = "consent"
	KindKnows       Kind = "knows"
	KindGaps        Kind = "gaps"
	KindMissing     Kind = "missing"
	KindSession     Kind = "session"
	KindSaid        Kind = "said"
	KindHistory     Kind = "history"
)

// partOf is the part of the record that consent has to cover before a line of a kind
// goes out of the office. What is not here is the name, or words about the note itself.
var partOf = map[Kind]domain.ConsentItem{
	KindSince: domain.ItemSessions, KindHeading: domain.ItemPlan, KindSummary: domain.ItemSessions, KindWhy: domain.ItemSessions,
	KindFirst: domain.ItemPlan, KindRestriction: domain.ItemSessions, KindConcern: domain.ItemSessions,
	KindHowTo: domain.ItemAdjustments, KindPronouns: domain.ItemAdjustments, KindMatters: domain.ItemSessions, KindStrengths: domain.ItemSessions,
	KindAdjustments: domain.ItemAdjustments, KindReach: domain.ItemContact, KindTalk: domain.ItemContact, KindLanguage: domain.ItemAdjustments, KindFriend: domain.ItemContact,
	KindGroup: domain.ItemHealth, KindFitNote: domain.ItemHealth, KindEmployment: domain.ItemWork, KindNumber: domain.ItemContact,
	KindGoal: domain.ItemPlan, KindGoalOver: domain.ItemPlan, KindPaused: domain.ItemPlan, KindPauseWhy: domain.ItemPlan, KindAgreed: domain.ItemPlan, KindCount: domain.ItemPlan,
	KindBarrier: domain.ItemHealth, KindStepPerson: domain.ItemPlan, KindStepCoach: domain.ItemPlan, KindStepAdviser: domain.ItemPlan, KindStepGiver: domain.ItemPlan, KindStepJob: domain.ItemPlan,
	KindChased: domain.ItemPlan, KindPromise: domain.ItemPlan, KindNext: domain.ItemPlan,
	KindEscalation: domain.ItemSessions, KindReferral: domain.ItemSessions, KindMoving: domain.ItemSessions, KindCase: domain.ItemSessions, KindSignpost: domain.ItemSessions,
	KindWork: domain.ItemWork, KindGaps: domain.ItemSessions, KindMissing: domain.ItemSessions, KindSession: domain.ItemSessions, KindSaid: domain.ItemSessions, KindHistory: domain.ItemSessions,
}

// stepOf is the kind of the line of a step, by whose it is.
var stepOf = map[domain.Owner]Kind{
	domain.ByPerson: KindStepPerson, domain.ByCoach: KindStepCoach, domain.ByAdviser: KindStepAdviser, domain.ByProvider: KindStepGiver, domain.ByEmployer: KindStepJob,
}

// maker makes a note, line by line.
type maker struct {
	p    domain.Participant
	o    Options
	here Section // the section that is being told
}

// put adds a line to the section.
func (m *maker) put(k Kind, s domain.Scope, format string, args ...any) {
	m.here.Lines = append(m.here.Lines, Line{k, fmt.Sprintf(format, args...), m.whyNot(k, s), s})
}

// because adds a line that is hidden for a reason, or open without one.
func (m *maker) because(k Kind, why, text string) {
	m.here.Lines = append(m.here.Lines, Line{Kind: k, Text: text, Hidden: why})
}

// plain adds a line that is of no scope.
func (m *maker) plain(k Kind, format string, args ...any) {
	m.put(k, domain.Shareable, format, args...)
}

// known adds a fact with its label, when it is known.
func (m *maker) known(k Kind, label string, f domain.Fact) {
	v := m.p.Fact(f)
	if v == "" {
		return
	}
	why := m.whyNot(k, domain.Shareable)
	if m.p.Withheld() && !m.o.For.staff() && slices.Contains(domain.WithheldFacts(), f) {
		why = "contact details are withheld"
	}
	m.because(k, why, label+": "+clean.Line(v, 200))
}

// whyNot is the gate of every line: it says why the receiver of the note does not read
// it. What is private is closed here, whatever the data say; so is what no consent
// covers. A kind that the data do not name is for nobody.
func (m *maker) whyNot(k Kind, s domain.Scope) string {
	if s.Private() {
		return s.String() + ": never leaves the desk"
	}
	if why := m.o.Sharing.whyNot(k, m.o.For); why != "" {
		return why
	}
	return m.notAgreed(k)
}

// anyOpen reports whether the receiver reads anything of the section so far.
func (m *maker) anyOpen() bool { return slices.ContainsFunc(m.here.Lines, Line.Open) }

// piece is a part of a line that has rules of its own.
type piece struct {
	kind  Kind
	scope domain.Scope
	text  string
}

// joined puts pieces into one line, and those that the receiver does not read into
// lines of their own.
func (m *maker) joined(head, between, end string, pieces ...piece) {
	var open []string
	var hidden []Line
	kind := Kind("")
	for _, x := range pieces {
		if x.text == "" {
			continue
		}
		if why := m.whyNot(x.kind, x.scope); why != "" {
			hidden = append(hidden, Line{x.kind, head + x.text, why, x.scope})
			continue
		}
		if kind == "" {
			kind = x.kind
		}
		open = append(open, x.text)
	}
	if len(open) > 0 {
		m.here.Lines = append(m.here.Lines, Line{Kind: kind, Text: head + strings.Join(open, between) + end})
	}
	m.here.Lines = append(m.here.Lines, hidden...)
}
