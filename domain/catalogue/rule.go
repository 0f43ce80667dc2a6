package catalogue

// Rule is one condition of a programme, with the question that settles it. Its fact is
// what stands behind it: value, source, date and confidence.
type Rule struct {
	Fact

	Key  string `json:"key"`  // such as age, area, work, route, provision
	Asks string `json:"asks"` // what of the person it looks at: a [Question]'s key
	// What fits; whatever else is known does not. AtLeast and AtMost are for numbers.
	Is      []string `json:"is,omitempty"`
	Not     []string `json:"not,omitempty"`
	AtLeast int      `json:"at_least,omitempty"`
	AtMost  int      `json:"at_most,omitempty"`
	Else    string   `json:"else,omitempty"` // what is said when it does not fit
}
