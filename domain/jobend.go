package domain

import (
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// EndJob ends a job. What was learned from it goes into the profile.
type EndJob struct {
	Participant, Job ID
	Day              calendar.Day // the last day at work; zero means today
	Code             string
	Words            string
	Lesson           string // for the next job, in the person's words
}

// For names the participant.
func (c EndJob) For() Subject { return About(c.Participant) }

// Decide asks why, and refuses a job that has ended.
func (c EndJob) Decide(p Participant, s Stamp) ([]Event, error) {
	j := find(p.InWork.Jobs, c.Job)
	if j == nil {
		return nil, Refused("job", "That job is not on the record.")
	}
	day := c.Day
	if day.IsZero() {
		day = s.Today
	}
	code, said := codeOf(c.Code), clean.Line(c.Words, clean.MaxLine)
	switch {
	case !j.Ended.IsZero():
		return nil, Refused("job", "That job ended on %s.", j.Ended.Short(s.Today))
	case day > s.Today.AddMonths(6):
		return nil, Refused("day", "%s is too far ahead for the last day. Check the date.", day.Short(s.Today))
	case !j.Start.IsZero() && day < j.Start && !j.Start.IsZero() && j.Start <= s.Today:
		return nil, Refused("day", "The job started on %s. It cannot have ended before.", j.Start.Short(s.Today))
	case code == "" && said == "":
		return nil, Refused("reason", "Say why the job ended, so that the next one fits better.")
	}
	out := []Event{JobEnded{ID: j.ID, Day: day, Code: code, Words: said, Saw: p.known(j.ID)}}
	if lesson := clean.Line(c.Lesson, clean.MaxLine); lesson != "" {
		out = append(out, ProfileWritten{ID: s.New(), Part: PartLessons, Text: lesson})
	}
	return out, nil
}

// JobEnded happens when a job ends, or an offer comes to nothing.
type JobEnded struct {
	ID    ID           `json:"id"`
	Day   calendar.Day `json:"day"`
	Code  string       `json:"code,omitempty"`
	Words string       `json:"words,omitempty"`
	Saw   int          `json:"saw"`
}

var _ = know[JobEnded]()

// Kind names the event on disk.
func (JobEnded) Kind() string { return "job.ended" }

// Sentence says when, not why.
func (e JobEnded) Sentence() string {
	return "A job ended: the last day was " + e.Day.Long() + "."
}

func (e JobEnded) thing() ID { return e.ID }

func (e JobEnded) touches() []ID { return []ID{e.ID} }

func (e JobEnded) apply(p *Participant, r Record) {
	j := restored(p, &p.InWork.Jobs, e.ID, func(*Job) {}) // this ends it
	if j == nil {
		return
	}
	apart := p.apart(e, r, e.Saw)
	was := joinWords(j.Code, j.Words)
	if !j.Ended.IsZero() {
		was = joinWords(j.Ended.String(), was)
	}
	if now := joinWords(e.Day.String(), joinWords(e.Code, e.Words)); now != was || !apart {
		j.keep(apart, r.Desk, "end", was)
	}
	// Ended by two desks, the later shows, and the words of both are kept.
	j.Ended, j.Code, j.Words = e.Day, e.Code, e.Words
}
