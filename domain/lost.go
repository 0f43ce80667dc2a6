package domain

// Lost stands in the place of a record that damage took, so that the loss is seen and
// no sequence has a hole. What it was about is not known.
type Lost struct{}

var _ = know[Lost]()

// Kind names the event on disk.
func (Lost) Kind() string { return "record.lost" }

// Sentence says what is not known any more.
func (Lost) Sentence() string { return "An entry was lost when the file was damaged." }
