package main

import (
	"sync"

	"coachdesk/domain"
)

// shelf holds the directory of local services once somebody looked for one.
type shelf struct {
	mu      sync.Mutex
	index   *domain.ServiceIndex
	records uint64 // of the directory, when it was read
}

// Directory implements screen.Desk.
func (d *desk) Directory() (*domain.ServiceIndex, error) {
	d.shelf.mu.Lock()
	defer d.shelf.mu.Unlock()
	n := d.st.DirectoryRecords()
	if d.shelf.index != nil && d.shelf.records == n {
		return d.shelf.index, nil
	}
	x, err := directoryOf(d.st)
	if err != nil {
		return nil, d.felt(err)
	}
	d.shelf.index, d.shelf.records = x, n
	return x, nil
}
