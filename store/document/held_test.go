package document_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"coachdesk/domain"
	"coachdesk/store/document"
)

// TestHeldTellsWhatLiesBeside: records that wait, and the lists and bundles that somebody
// was in, are held on them too; what of it is about others waits to be looked at.
func TestHeldTellsWhatLiesBeside(t *testing.T) {
	p := daniel(t)
	about := domain.About(p.ID)
	waiting := []domain.Record{
		{Subject: about, Time: domain.Clock(1), Event: domain.BarrierNoted{ID: domain.ID{1: 1}, Text: "WAITS"}, Kind: "barrier.noted"},
		{Subject: about, Time: domain.Clock(2), Scope: domain.ThirdParty, Event: domain.BarrierNoted{ID: domain.ID{1: 2}, Text: "AUNT", Scope: domain.ThirdParty}, Kind: "barrier.noted"},
	}
	o := document.HoldOptions{Ref: "7K3Q-M", Today: today, Zone: time.UTC, People: func(domain.ID) string { return "Amina <b>" }, Waiting: waiting}
	held, err := document.HoldOn(p, o)
	if err != nil {
		t.Fatal(err)
	}
	held.Went = []document.HeldGone{{On: today, By: "Amina", Sentence: "In a list that left the desk.", SHA256: strings.Repeat("ab", 32)}}
	for form, text := range map[string]string{"text": held.Text(), "page": held.HTML()} {
		main, end, cut := strings.Cut(text, "TO BE LOOKED AT")
		for _, want := range []string{"WAITS", "In a list that left the desk.", "not part of the record", "mends frames"} {
			if !strings.Contains(main, want) {
				t.Errorf("%s: no %q", form, want)
			}
		}
		if !cut || strings.Contains(main, "AUNT") || strings.Contains(main, "his sister") || !strings.Contains(end, "AUNT") || !strings.Contains(end, "his sister") {
			t.Errorf("%s: what is about others is not apart", form)
		}
		if form == "page" && (strings.Contains(text, "<b>") || !strings.Contains(text, "Amina &lt;b&gt;")) {
			t.Error("the page takes what people wrote for markup")
		}
	}
	if len(held.Waiting) != 2 || !slices.ContainsFunc(held.Waiting, func(r document.HeldRecord) bool { return r.Withheld }) {
		t.Errorf("%d records wait", len(held.Waiting))
	}
	o.Others = true
	if held, err = document.HoldOn(p, o); err != nil || !strings.Contains(held.HTML(), "AUNT") || strings.Contains(held.HTML(), "TO BE LOOKED AT") {
		t.Errorf("after somebody looked it is in its place: %v", err)
	}
}
