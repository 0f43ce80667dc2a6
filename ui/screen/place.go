package screen

import (
	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// Place is somewhere the coach can be.
//
//sumtype:decl
type Place interface{ place() }

type (
	// Caseload is everyone, perhaps with the finger on the search.
	Caseload struct{ Find bool }
	// Participant is one of them, with a tab open.
	Participant struct {
		ID  domain.ID
		Tab Tab
	}
	// Session is a session being recorded: a new one, or a draft found again; perhaps
	// the meeting or the direct support of an escalation.
	Session struct {
		Participant, Draft domain.ID
		Kind               domain.SessionKind
		Escalation         domain.ID
		Appointment        domain.ID // the one that it is about; zero: that of today, or the oldest
	}
	// Ask is a question to the adviser being written, perhaps from a draft of a note
	// or one that came back.
	Ask struct{ Participant, Escalation, Draft domain.ID }
	// Escalations is the list of all live questions: the adviser's queue.
	Escalations struct{}
	// Answer is an adviser's answer, or something else about a question, being written.
	Answer struct {
		Participant, Escalation domain.ID
		What                    Reply
	}
	// Note is a note outside a session being written: a new one, or a draft found again.
	Note struct{ Participant, Draft domain.ID }
	// Amend is a note or a session being amended.
	Amend struct{ Participant, Item, Draft domain.ID }
	// Brief is the half minute before a talk.
	Brief struct{ Participant domain.ID }
	// Phrases are the saved texts of the office.
	Phrases struct{}
	// Programmes are what is known of the programmes, or one of them open.
	Programmes struct{ Key string }
	// Cards are the advice cards and what came of them; with an escalation, to answer it
	// with one.
	Cards struct{ Participant, Escalation domain.ID }
	// CardForm is a card being written: a new one, one that is changed, or one made of
	// an answer.
	CardForm struct{ Card, Participant, Escalation domain.ID }
	// Duplicates are the pairs that may be one person.
	Duplicates struct{}
	// Diary is a day or a week of somebody of the desk.
	Diary struct{ Day calendar.Day }
	// Sweep goes through the sessions that nobody said the outcome of.
	Sweep struct{}
	// Template is what often helps with a barrier, offered step by step.
	Template struct{ Participant, Barrier domain.ID }
	// Redate is new dates for the open steps after an absence, offered step by step.
	Redate struct {
		Participant domain.ID
		From, To    calendar.Day
	}
	// Refer is a referral being written: a new one to a programme, a draft, or one that was
	// sent and is amended.
	Refer struct {
		Participant     domain.ID
		Programme       string
		Referral, Draft domain.ID
	}
	// Match is which programmes may be for somebody; with a what-if, what work that
	// starts or stops would open and close.
	Match struct {
		Participant domain.ID
		WhatIf      string
	}
	// Referrals are the referrals of all people, by how long they wait.
	Referrals struct{}
	// ReferralPage is the page of a referral, to paste or to print.
	ReferralPage struct{ Participant, Referral domain.ID }
	// Services is the directory of local services, perhaps to tell somebody of one because
	// of a barrier.
	Services struct {
		Participant, Barrier domain.ID
		Need                 string
	}
	// Next is the pause after a session: what comes next, and nobody's record. It
	// knows what was just saved, so that it can be undone.
	Next struct{ Participant, Batch domain.ID }
)

func (Caseload) place()     {}
func (Participant) place()  {}
func (Session) place()      {}
func (Ask) place()          {}
func (Escalations) place()  {}
func (Answer) place()       {}
func (Note) place()         {}
func (Amend) place()        {}
func (Brief) place()        {}
func (Phrases) place()      {}
func (Programmes) place()   {}
func (Next) place()         {}
func (Referrals) place()    {}
func (Match) place()        {}
func (ReferralPage) place() {}
func (Refer) place()        {}
func (Duplicates) place()   {}
func (Diary) place()        {}
func (Sweep) place()        {}
func (Template) place()     {}
func (Redate) place()       {}
func (Cards) place()        {}
func (CardForm) place()     {}

func (Services) place() {}

// Reply is what is being written about a question.
type Reply int

// The replies.
const (
	ReplyAnswer Reply = iota
	ReplyReturn
	ReplyReview
	ReplyHandBack
	ReplySay
)

// Tab is a page of a participant's record.
type Tab int

// The tabs, in their order.
const (
	Overview Tab = iota
	Timeline
	Plan
	Questions
	MovingOn
	Work
	Details
	Consent
)
