package main

// parting is what a locked program leaves to the one that takes its place. Drafts in
// it are sealed: only the store opens them, with the passphrase.
type parting struct {
	Words  string   `json:"words"`            // to be told at the door
	Stop   bool     `json:"stop,omitempty"`   // the process was asked to stop, as by the shell's job control
	Drafts [][]byte `json:"drafts,omitempty"` // for which there was no room
}
