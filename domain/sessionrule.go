package domain

import "slices"

// Figure is a number that an office may want to change, with where it comes from.
type Figure struct {
	Value      int    `json:"value"`
	Source     string `json:"source"`
	Date       string `json:"date"`
	Confidence string `json:"confidence"`
}

// SessionRule is what a kind of session asks for, as data.
type SessionRule struct {
	Kind       SessionKind `json:"kind"` // empty is an ordinary one-to-one
	Says       string      `json:"says"`
	Minutes    int         `json:"minutes"`
	Voluntary  bool        `json:"voluntary,omitempty"` // nothing in it speaks of duty
	Prompts    []string    `json:"prompts"`
	Source     string      `json:"source"`
	Date       string      `json:"date"`
	Confidence string      `json:"confidence"`
}

// SessionRules are what sessions are recorded by.
type SessionRules struct {
	Kinds    []SessionRule    `json:"kinds"`
	Closing  Figure           `json:"closing"`  // how many minutes before the end only the next step and date are asked for
	Repeated Figure           `json:"repeated"` // in how many records the same line is worth a thought
	Present  PresentWords     `json:"present"`
	Rating   []RatingQuestion `json:"-"`
}

// PresentWords are who else may have been there, in the words that are offered.
type PresentWords struct {
	Words      []string `json:"words"`
	Source     string   `json:"source"`
	Date       string   `json:"date"`
	Confidence string   `json:"confidence"`
}

// Of returns the rule of a kind; of a kind without one, that of an ordinary talk.
func (r SessionRules) Of(kind SessionKind) SessionRule {
	for _, k := range []SessionKind{kind, OneToOne} {
		if i := slices.IndexFunc(r.Kinds, func(s SessionRule) bool { return s.Kind == k }); i >= 0 {
			return r.Kinds[i]
		}
	}
	return SessionRule{Kind: kind}
}
