package domain

import "slices"

// Sample picks so many lines at random, to look at afterwards: quality is looked at,
// never approved beforehand. The dice come from whoever asks, as IDs do.
func Sample(rows []Row, n int, newID func() ID) []Row {
	left := slices.Clone(rows)
	var out []Row
	for len(out) < n && len(left) > 0 {
		id := newID()
		at := 0
		for _, b := range id[8:] { // the random part
			at = (at<<8 + int(b)) % len(left)
		}
		out = append(out, left[at])
		left = slices.Delete(left, at, at+1)
	}
	return out
}
