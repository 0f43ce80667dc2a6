package document_test

import (
	"strings"
	"testing"

	"coachdesk/domain"
	"coachdesk/store/document"
)

// TestHandoverTellsInWhoseHands: what somebody looks after or is asked to take is open with
// others; what is over is not.
func TestHandoverTellsInWhoseHands(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*domain.Handover)
		want   string
	}{
		{"it waits", func(*domain.Handover) {}, "Handed to Cy Marsh by"},
		{"it is taken", func(h *domain.Handover) { h.Items[0].Answer = domain.HandoverTaken }, "Cy Marsh looks after this for"},
		{"it is over", func(h *domain.Handover) { h.Ended = today }, ""},
		{"a copy", func(h *domain.Handover) { h.Kind, h.Items = domain.HandoverCopy, nil }, ""},
	} {
		h := domain.Handover{By: domain.ID{1}, To: domain.ID{2}, Kind: domain.HandoverCover, ToName: "Cy Marsh", On: today, Until: today + 14, Items: []domain.HandoverItem{{What: domain.HandedCase}}}
		tt.change(&h)
		p := onTheMove(t)
		p.Handovers = []domain.Handover{h}
		text := document.Handover(p, moving(document.Colleague)).Text()
		if got := strings.Contains(text, "Cy Marsh"); got != (tt.want != "") || !strings.Contains(text, tt.want) {
			t.Errorf("%s:\n%s", tt.name, text)
		}
	}
}
