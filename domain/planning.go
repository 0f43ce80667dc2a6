package domain

// Planning is what an office says about plans: numbers, reasons and templates, as data.
type Planning struct {
	Reviews   ReviewRules
	Reasons   Reasons
	Templates []Template
	Referrals ReferralRules
	Applying  ApplicationRules
	FitNotes  []FitChange
}

// Reasons are lists of coded reasons, by what they are for.
type Reasons map[string][]CodedReason

// CodedReason is one reason of a list: its code is stored, its words are shown.
type CodedReason struct {
	Code   string `json:"code"`
	Says   string `json:"says"`
	Source string `json:"source,omitempty"`
	About  string `json:"about,omitempty"` // the person, eligibility, the provider, health or another thing
}

// The lists of reasons that plans ask for.
const (
	ReasonsArchive = "goal-archived"
	ReasonsDrop    = "step-dropped"
	ReasonsPause   = "plan-paused"

	ReasonsProvision = "provision-ended" // why support of a programme ended
	ReasonsJobEnd    = "job-ended"
	ReasonsAbsence   = "absence"
	ReasonsWorkEnd   = "support-ended"
)

// Say returns the words of a code; the code itself where the office has no words for
// it any more.
func (r Reasons) Say(list, code string) string {
	for _, c := range r[list] {
		if c.Code == code {
			return c.Says
		}
	}
	return code
}

// Knows reports whether a list has a code.
func (r Reasons) Knows(list, code string) bool {
	for _, c := range r[list] {
		if c.Code == code {
			return true
		}
	}
	return false
}

// Because joins a coded reason and free words; empty when neither was given.
func (r Reasons) Because(list, code, words string) string {
	says := r.Say(list, code)
	switch {
	case says == "":
		return words
	case words == "":
		return says
	}
	return says + ": " + words
}
