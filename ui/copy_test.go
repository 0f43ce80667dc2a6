package ui_test

import (
	"errors"
	"testing"

	"coachdesk/domain"
	"coachdesk/ui/screen"
)

// Text for the journal goes into the clipboard only after the clipboard was named.
func TestJournalTextIntoTheClipboard(t *testing.T) {
	d, _ := furnished(t)
	x := sit(t, d, 80, 24)
	x.keys("/dan<enter>c")
	x.sees("Other programs can read the clipboard")
	x.keys("j")
	x.sees("In the clipboard:")
	if len(d.written) > 0 {
		t.Errorf("a file was written: %v", d.written)
	}
	x.keys("cJ")
	x.sees("In the clipboard:")
	x.keys("cy")
	x.sees("In the clipboard:")
	x.keys("cf")
	x.sees("The file is papers/plan.html")
	if len(d.written) != 1 || !d.written[0].Journal {
		t.Errorf("written: %v", d.written)
	}
}

// A copy that could not be written is not recorded as given, and one that is not given
// yet is not either.
func TestCopyIsRecordedOnlyWhenGiven(t *testing.T) {
	d, id := furnished(t)
	x := sit(t, d, 80, 24)
	x.keys("/dan<enter>cpn")
	x.sees("The file is papers/plan.html")
	d.fault = func() error { return errors.New("the disk is full") }
	x.keys("clp")
	x.sees("nothing was recorded: the disk is full")
	d.fault = func() error { return nil }
	p, err := d.Participant(id)
	if err != nil || len(p.Plan.Copies) > 0 {
		t.Fatalf("recorded as given: %v, %v", p.Plan.Copies, err)
	}
	x.keys("cWr")
	x.sees("Noted as given")
	if p, err = d.Participant(id); err != nil || len(p.Plan.Copies) != 1 {
		t.Fatalf("not recorded: %v, %v", p.Plan.Copies, err)
	}
	if got := p.Plan.Copies[0]; got.How != domain.ReadAloud || got.Shape != domain.EasyRead || got.Language != domain.Welsh {
		t.Errorf("recorded: %+v", got)
	}
	if last := d.written[len(d.written)-1]; last != (screen.CopyOf{Shape: domain.EasyRead, Language: domain.Welsh}) {
		t.Errorf("written: %+v", last)
	}
	x.keys("p")
	x.sees("Copy given Mon 23 Nov: not agreed yet, Easy Read in Welsh, read aloud")
}

// What came of a signpost is told from the overview.
func TestSignpostIsFollowedUp(t *testing.T) {
	d, id := furnished(t)
	d.must(t, domain.SignpostTo{Participant: id, Text: "Riverside Mind"})
	x := sit(t, d, 120, 40)
	x.keys("/dan<enter>G")
	x.sees("Told about", "Riverside Mind", "ask what came of it")
	x.keys("xh")
	x.sees("went, and it helped")
}

// Without a plan no page is written, and the key says what to do first.
func TestNoCopyOfNoPlan(t *testing.T) {
	d := newPaper(t)
	d.join(t, "Jo Taylor")
	x := sit(t, d, 80, 24)
	x.keys("/jo<enter>ce")
	x.sees("There is no plan to copy yet")
	if len(d.written) > 0 {
		t.Errorf("written: %v", d.written)
	}
}
