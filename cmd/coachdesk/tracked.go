package main

// tracked is a progress whose whole is known only when the work tells it.
type tracked struct {
	c    *call
	what string
	bar  *progress
}

func (c *call) progressOn(what string) *tracked { return &tracked{c: c, what: what} }

// on says that n of all are done.
func (t *tracked) on(n, all int) {
	if t.bar == nil {
		t.bar = t.c.progress(t.what, all)
	}
	t.bar.to(n)
}

// end takes the line away again.
func (t *tracked) end() {
	if t.bar != nil {
		t.bar.end()
	}
}
