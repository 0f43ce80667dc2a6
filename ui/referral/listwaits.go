package referral

import (
	"fmt"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/ui/kit"
)

// waitLines tell how long providers take.
func (s *List) waitLines() []domain.ProviderWait { return s.q.ReferralWaits(s.rows) }

func (s *List) drawWaits() []string {
	t := s.world.Theme
	few := s.q.Planning.Referrals.Few
	wide := max(20, s.width-46)
	out := []string{"  " + t.Muted.Paint(kit.Fill("Provider, programme", wide)+" "+kit.Cut("sent  have it  meet  start  started", 40))}
	from, to := s.win.Seen()
	for i, w := range s.waitLines() {
		if i < from || i >= to {
			continue
		}
		name := kit.Fill(clean.Line(w.Provider+", "+s.q.Catalogue.Short(w.Programme), 120), wide)
		if w.Hidden {
			out = append(out, "  "+t.Muted.Paint(name+fmt.Sprintf(" %4d  fewer than %d: not told", w.Cases, few)))
			continue
		}
		rate := fmt.Sprintf("%d of %d", w.Started, w.Cases)
		text := fmt.Sprintf(" %4d  %7s  %4s  %5s  %s", w.Cases, middle(w.Acknowledge), middle(w.Meet), middle(w.Start), rate)
		out = append(out, "  "+name+text)
		for _, why := range w.NotTaken[:min(2, len(w.NotTaken))] {
			out = append(out, "      "+t.Muted.Paint(kit.Cut(fmt.Sprintf("%d %s", why.N, why.Why), max(0, s.width-8))))
		}
	}
	return append(out, "", "  "+t.Muted.Paint(kit.Cut("Median working days from sending, by this desk's own records.", max(0, s.width-4))))
}

func middle(m domain.WaitMedian) string {
	if m.Of == 0 {
		return "-"
	}
	return fmt.Sprint(m.Days)
}
