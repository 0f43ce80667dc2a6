package screen

import "coachdesk/domain"

// WhyNow says a reason of the queue, with the key that settles many of its kind.
func WhyNow(r domain.Reason) string {
	if r.Rule == "outcome-missing" {
		return r.Why + " (g s sweeps through them)"
	}
	return r.Why
}
