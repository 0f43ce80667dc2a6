package ui_test

import (
	"strings"
	"testing"

	"coachdesk/domain"
	"coachdesk/ui"
)

// brokenDesk panics with what somebody told, wherever the test says.
type brokenDesk struct {
	*paper
	at string
}

func (d *brokenDesk) fall(at string) {
	if d.at == at {
		panic("Daniel Okafor said this")
	}
}

func (d *brokenDesk) Participant(id domain.ID) (domain.Participant, error) {
	d.fall("read")
	return d.paper.Participant(id)
}

func (d *brokenDesk) Changed() (uint64, error) {
	d.fall("look")
	return d.paper.Changed()
}

func (d *brokenDesk) Do(b domain.Batch, draft domain.ID) (domain.Receipt, error) {
	d.fall("do")
	return d.paper.Do(b, draft)
}

func (d *brokenDesk) Who() domain.Person {
	d.fall("draw")
	return d.paper.Who()
}

// TestMistakesEndWithoutQuoting panics in reading, looking, writing and drawing: the
// shell ends, tells where it was, and quotes nobody.
func TestMistakesEndWithoutQuoting(t *testing.T) {
	for at, fall := range map[string]func(*hand){
		"read": func(x *hand) { x.shell.Update(named("enter")) },
		"look": func(x *hand) { x.give(ui.Second{}) },
		"do":   func(x *hand) { x.keys("aJo"); x.give(named("enter")) },
		"draw": func(x *hand) { _ = x.screen(); x.shell.Update(ui.Second{}) },
	} {
		d := &brokenDesk{paper: newPaper(t)}
		d.join(t, "Daniel Okafor")
		x := sit(t, d, 80, 24)
		d.at = at
		fall(x)
		x.until(func() bool { return x.shell.Fault() != nil })
		err := x.shell.Fault()
		if err == nil || !strings.Contains(err.Error(), "string, fault_test.go:") || strings.Contains(err.Error(), "Daniel") {
			t.Errorf("%s: %v", at, err)
		}
		d.at = ""
		_ = x.screen()
	}
}
