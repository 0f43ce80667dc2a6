package domain_test

import (
	"slices"
	"testing"

	"coachdesk/domain"
)

// Times are free only when everybody named has them, and those of others do not count.
func TestFreeInBothDiaries(t *testing.T) {
	coach, dea, other := domain.ID{15: 1}, domain.ID{15: 2}, domain.ID{15: 3}
	meets := func(minute, length int, who ...domain.ID) domain.Debt {
		return domain.Debt{Kind: domain.DebtAppointment, ID: domain.ID{14: byte(minute / 10)}, Day: today, Minute: minute, Length: length, With: who}
	}
	d := domain.NewDiary([]domain.Row{
		{ID: pat, Debts: []domain.Debt{meets(10*60, 60, coach), meets(11*60, 0, dea), meets(9*60, 60, other), meets(-1, 0, coach)}},
		{ID: domain.ID{15: 9}, Debts: []domain.Debt{meets(12*60, 4*60, coach, dea), {Kind: domain.DebtStep, Day: today}}},
	})
	got := d.Free(today, 9*60+30, 30, coach, dea)
	if want := []int{9*60 + 30, 11*60 + 20, 11*60 + 30, 16 * 60, 16*60 + 10, 16*60 + 20, 16*60 + 30}; !slices.Equal(got, want) {
		t.Errorf("free: %v, want %v", got, want)
	}
	if all := d.Free(today+1, 0, 60, coach); len(all) != 43 {
		t.Errorf("another day has %d times free", len(all))
	}
}
