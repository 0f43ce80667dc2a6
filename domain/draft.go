package domain

import "time"

// Draft is what somebody was typing. It is not part of the journal: it is kept so
// that a killed program loses nothing, and dropped when its command succeeds.
type Draft struct {
	ID          ID                `json:"id"`
	Place       string            `json:"place"` // where it was typed: session, ask, answer
	Participant ID                `json:"participant,omitzero"`
	About       ID                `json:"about,omitzero"` // an item of theirs
	By          ID                `json:"by"`
	At          time.Time         `json:"at"`
	Fields      map[string]string `json:"fields"`
}
