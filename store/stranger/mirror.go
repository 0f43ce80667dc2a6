package stranger

import (
	"bytes"
	"encoding/json"
	"os"
)

// Mirror is what lies beside a store in its file of keys.
type Mirror struct {
	Schema string   `json:"schema"`
	Desk   string   `json:"desk"`
	Slots  []Slot   `json:"slots"`
	Erased []string `json:"erased"`
}

// ReadMirror reads the mirror of a store and checks the sum of each slot. The
// reader of the store does not need it: it refuses a store with a damaged
// slot, where a program that repairs would take the slot of the mirror.
func ReadMirror(path string) (*Mirror, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	m := &Mirror{}
	in := json.NewDecoder(bytes.NewReader(data))
	in.DisallowUnknownFields()
	if err := in.Decode(m); err != nil {
		return nil, damage("mirror: %v", err)
	}
	if m.Schema != "coachdesk.keys/1" {
		return nil, damage("mirror: schema %q", m.Schema)
	}
	for _, s := range m.Slots {
		if err := s.check(); err != nil {
			return nil, err
		}
	}
	return m, nil
}
