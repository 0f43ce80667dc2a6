// Package everything writes the journal of a desk as JSON Lines that anybody can read,
// and reads them again: a header, one line for each record in the order in which they
// arrived, drafts, the log of who looked, and a trailer with the SHA-256 of it all. A
// record comes back byte for byte. store/EVERYTHING.md tells a stranger what each line
// holds.
//
// It knows the lines, not where they come from: there is no store and no file in it.
package everything

import (
	"time"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// Schema is what the first line says of itself.
const Schema = "coachdesk.everything/1"

// Header is the first line.
type Header struct {
	Schema   string        `json:"schema"`
	Format   int           `json:"format"` // of the store that it was read from
	Demo     bool          `json:"demo"`
	Office   domain.ID     `json:"office"`
	Desk     domain.DeskID `json:"desk"`
	Seat     domain.ID     `json:"seat"`
	Founded  calendar.Day  `json:"founded"` // when the store was made
	Made     time.Time     `json:"made"`    // when the export began
	Arrivals uint64        `json:"arrivals"`
	Gone     uint64        `json:"erased_arrivals,omitempty"`
	People   int           `json:"people"`
	Records  int           `json:"records"`
	LeftOut  LeftOut       `json:"left_out"`
}

// LeftOut is what the file does not hold although the store does.
type LeftOut struct {
	Private    bool `json:"private"`    // private scopes and drafts
	Restricted bool `json:"restricted"` // people whose records are restricted
	Records    int  `json:"records"`
	People     int  `json:"people"`
}

// Record is a line of the journal, and what the line needs beside it.
type Record struct {
	N        uint64 // in the order of arrival
	Record   domain.Record
	Envelope []byte // as it was sealed
}

// Draft is what somebody has typed and not saved.
type Draft struct {
	ID          domain.ID         `json:"draft"`
	Place       string            `json:"place"`
	Participant domain.ID         `json:"participant,omitzero"`
	By          domain.ID         `json:"by,omitzero"`
	At          time.Time         `json:"at"`
	Fields      map[string]string `json:"fields"`
}

// Look is an entry in the log of who opened whose record.
type Look struct {
	N           int               `json:"look"` // from 1
	At          time.Time         `json:"at"`
	By          domain.ID         `json:"by,omitzero"`
	Role        domain.Role       `json:"role,omitempty"`
	Participant domain.ID         `json:"participant,omitzero"`
	Via         string            `json:"via,omitempty"`
	Reason      domain.LookReason `json:"reason,omitempty"`
}

// Trailer is the last line.
type Trailer struct {
	Records int    `json:"records"`
	Drafts  int    `json:"drafts"`
	Looks   int    `json:"looks"`
	SHA256  string `json:"sha256"` // of all lines before it, with their line feeds
}

// Line is one line as it was read: one of its parts is there.
type Line struct {
	Header  *Header
	Record  *Record
	Draft   *Draft
	Look    *Look
	Trailer *Trailer
}

// LineMost is how long a line may be: a record of the largest size, each byte of it
// escaped.
const LineMost = 128 << 20
