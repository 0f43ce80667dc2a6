package domain

// Figures are numbers that an office may want to change and that are no rule of the
// queue, of reviews or of sessions, by their keys.
type Figures map[string]Figure

// The keys of the figures.
const (
	FigureLock          = "lock-minutes"   // minutes without a key after which a desk locks
	FigureOpens         = "desk-opens"     // in minutes since midnight
	FigureCloses        = "desk-closes"    // in minutes since midnight
	FigureMeetings      = "meetings-a-day" // how many times of one day are offered for a meeting of three
	FigureMeetingsApart = "meetings-apart" // minutes between two of them
	FigureMeetingsAhead = "meetings-ahead" // days ahead in which they are looked for
	FigureConsentSoon   = "consent-soon"   // days before its end on which a consent is told
	FigureTried         = "tried-lines"    // lines of what was tried that go along with an escalation
	FigureCopyDone      = "copy-done"      // steps done that a copy of the plan tells
	FigureRepeated      = "repeated-words" // words of a line that says something about somebody
	FigureTransfer      = "transfer-soon"  // days before its end on which a clock wants a word when a case changes hands
)

// FigureKeys are the keys of all figures.
var FigureKeys = []string{
	FigureLock, FigureOpens, FigureCloses, FigureMeetings, FigureMeetingsApart, FigureMeetingsAhead,
	FigureConsentSoon, FigureTried, FigureCopyDone, FigureRepeated, FigureTransfer,
}

// Of returns the number under a key.
func (f Figures) Of(key string) int { return f[key].Value }
