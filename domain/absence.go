package domain

import (
	"slices"
	"strings"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Absence is a time away from a job that goes on. It opens a retention check: which
// support for people at risk of losing their work fits now.
type Absence struct {
	thread

	ID      ID
	From    calendar.Day
	Code    string // of the office's reasons
	Words   string
	FitNote ID           // zero: none
	Checked calendar.Day // when somebody looked what would help; zero: nobody has
	Found   string       // what came of it
	Back    calendar.Day // the first day back; zero: still away
	By      ID
}

// ItemID makes Absence findable by its ID.
func (a Absence) ItemID() ID { return a.ID }

// Away reports whether somebody is away on a day.
func (a Absence) Away(on calendar.Day) bool {
	return a.From <= on && (a.Back.IsZero() || on < a.Back)
}

// healthCode begins the codes of reasons that are about health: with one of them somebody
// counts as off sick.
const healthCode = "health"

// Sick reports whether an absence is about health.
func (a Absence) Sick() bool { return strings.HasPrefix(a.Code, healthCode) || !a.FitNote.IsZero() }

// Absent returns the absence that holds on a day.
func (w Working) Absent(on calendar.Day) (Absence, bool) {
	for _, a := range slices.Backward(w.Absences) {
		if a.Away(on) {
			return a, true
		}
	}
	return Absence{}, false
}

// NoteAbsence records that somebody is away from their job.
type NoteAbsence struct {
	Participant ID
	From        calendar.Day // zero means today
	Code        string
	Words       string
	FitNote     ID
}

// For names the participant.
func (c NoteAbsence) For() Subject { return About(c.Participant) }

// Decide asks for a reason and a job that runs, and refuses a second absence at once.
func (c NoteAbsence) Decide(p Participant, s Stamp) ([]Event, error) {
	if err := p.mustExist(); err != nil {
		return nil, err
	}
	from := c.From
	if from.IsZero() {
		from = s.Today
	}
	code, said := codeOf(c.Code), clean.Line(c.Words, clean.MaxLine)
	a, away := p.InWork.Absent(s.Today)
	switch {
	case from > s.Today:
		return nil, Refused("from", "%s is still to come. Record the absence when it begins.", from.Short(s.Today))
	case away:
		return nil, Refused("", "They are away since %s already. Say first when they are back.", a.From.Short(s.Today))
	case !p.EmployedOn(from).Is():
		return nil, Refused("from", "Nobody is away from a job that is not on the record. Record the job first.")
	case code == "" && said == "":
		return nil, Refused("reason", "Say why they are away, so that what would help can be found.")
	case !c.FitNote.IsZero() && find(p.FitNotes, c.FitNote) == nil:
		return nil, Refused("fitnote", "That fit note is not on the record.")
	}
	return []Event{AbsenceBegun{ID: s.New(), From: from, Code: code, Words: said, FitNote: c.FitNote}}, nil
}

// AbsenceBegun happens when somebody is away from their job.
type AbsenceBegun struct {
	ID      ID           `json:"id"`
	From    calendar.Day `json:"from"`
	Code    string       `json:"code,omitempty"`
	Words   string       `json:"words,omitempty"`
	FitNote ID           `json:"fit_note,omitzero"`
}

var _ = know[AbsenceBegun]()

// Kind names the event on disk.
func (AbsenceBegun) Kind() string { return "absence.begun" }

// Sentence says since when, not why.
func (e AbsenceBegun) Sentence() string {
	return "They are away from work since " + e.From.Long() + "."
}

func (e AbsenceBegun) thing() ID { return e.ID }

func (e AbsenceBegun) makes() ID { return e.ID }

func (e AbsenceBegun) touches() []ID { return []ID{e.FitNote} }

func (e AbsenceBegun) apply(p *Participant, r Record) {
	p.InWork.Absences = append(p.InWork.Absences, Absence{ID: e.ID, From: e.From, Code: e.Code, Words: e.Words, FitNote: e.FitNote, By: r.By})
}

// CheckRetention says that somebody looked which support would help to keep the job.
type CheckRetention struct {
	Participant, Absence ID
	Found                string
}

// For names the participant.
func (c CheckRetention) For() Subject { return About(c.Participant) }

// Decide asks what came of it: nothing is a finding too.
func (c CheckRetention) Decide(p Participant, s Stamp) ([]Event, error) {
	a := find(p.InWork.Absences, c.Absence)
	if a == nil {
		return nil, Refused("absence", "That absence is not on the record.")
	}
	found, err := words("text", "What was found", clean.Line(c.Found, clean.MaxLine), clean.MaxLine)
	if err != nil {
		return nil, err
	}
	if a.Found == found {
		return nil, Refused("text", "The record says so already.")
	}
	return []Event{RetentionChecked{ID: a.ID, Day: s.Today, Found: found, Saw: p.known(a.ID)}}, nil
}

// RetentionChecked happens when somebody looked what would help to keep a job.
type RetentionChecked struct {
	ID    ID           `json:"id"`
	Day   calendar.Day `json:"day"`
	Found string       `json:"found"`
	Saw   int          `json:"saw"`
}

var _ = know[RetentionChecked]()

// Kind names the event on disk.
func (RetentionChecked) Kind() string { return "absence.checked" }

// Sentence says that it was looked at.
func (RetentionChecked) Sentence() string {
	return "It was looked at what would help to keep the job."
}

func (e RetentionChecked) thing() ID { return e.ID }

func (e RetentionChecked) touches() []ID { return []ID{e.ID} }

func (e RetentionChecked) apply(p *Participant, r Record) {
	a := restored(p, &p.InWork.Absences, e.ID, func(a *Absence) { a.Back = a.From })
	if a == nil {
		return
	}
	apart := p.apart(e, r, e.Saw)
	if e.Found != a.Found || !apart {
		a.keep(apart, r.Desk, "found", a.Found)
	}
	a.Checked, a.Found = e.Day, e.Found
}

// EndAbsence says that somebody is back at work.
type EndAbsence struct {
	Participant, Absence ID
	Back                 calendar.Day // the first day back; zero means today
}

// For names the participant.
func (c EndAbsence) For() Subject { return About(c.Participant) }

// Decide refuses a day before the absence began, and one still far ahead.
func (c EndAbsence) Decide(p Participant, s Stamp) ([]Event, error) {
	a := find(p.InWork.Absences, c.Absence)
	back := c.Back
	if back.IsZero() {
		back = s.Today
	}
	switch {
	case a == nil:
		return nil, Refused("absence", "That absence is not on the record.")
	case back < a.From:
		return nil, Refused("back", "They are away since %s. They cannot be back before.", a.From.Short(s.Today))
	case back > s.Today.AddMonths(6):
		return nil, Refused("back", "%s is too far ahead. Record it when they are back.", back.Short(s.Today))
	case a.Back == back:
		return nil, Refused("back", "The record says so already.")
	}
	return []Event{AbsenceEnded{ID: a.ID, Back: back, Saw: p.known(a.ID)}}, nil
}

// AbsenceEnded happens when somebody is back at work.
type AbsenceEnded struct {
	ID   ID           `json:"id"`
	Back calendar.Day `json:"back"`
	Saw  int          `json:"saw"`
}

var _ = know[AbsenceEnded]()

// Kind names the event on disk.
func (AbsenceEnded) Kind() string { return "absence.ended" }

// Sentence says from when on they are back.
func (e AbsenceEnded) Sentence() string { return "They are back at work from " + e.Back.Long() + "." }

func (e AbsenceEnded) thing() ID { return e.ID }

func (e AbsenceEnded) touches() []ID { return []ID{e.ID} }

func (e AbsenceEnded) apply(p *Participant, r Record) {
	a := restored(p, &p.InWork.Absences, e.ID, func(*Absence) {}) // this ends it
	if a == nil {
		return
	}
	apart := p.apart(e, r, e.Saw)
	if e.Back != a.Back || !apart {
		was := ""
		if !a.Back.IsZero() {
			was = a.Back.String()
		}
		a.keep(apart, r.Desk, "back", was)
	}
	a.Back = e.Back
}
