package domain_test

import (
	"testing"

	"coachdesk/domain"
)

// The coach of a record is whose case it is, not whoever happens to read it.
func TestCallers(t *testing.T) {
	here := domain.Office{People: []domain.Person{{ID: amina, Name: "Amina Yusuf", Role: domain.Coach}, {ID: ruth, Name: "Ruth Okonjo", Role: domain.Adviser}}}
	there := domain.Office{People: []domain.Person{{ID: bea, Name: "Bea Holt", Role: domain.Coach}}, Met: []domain.Met{{Person: amina, Name: "Amina Yusuf", Role: domain.Coach, Office: "Stratford"}}}
	given := domain.Joined{Facts: map[domain.Fact]string{domain.FactName: "Pat Moss", domain.FactCoach: "Helen Marsh"}}
	for _, x := range []struct {
		name   string
		office domain.Office
		reader int
		first  domain.Event
		want   string
	}{
		{"the coach who reads", here, 0, joined, "Amina"},
		{"somebody is named", here, 0, given, "Helen"},
		{"an adviser reads", here, 1, joined, "the work coach"},
		{"a colleague at another desk reads", there, 0, joined, "Amina"},
	} {
		p := domain.Replay(domain.About(pat), past(x.first))
		if got := p.Callers(x.office.People[x.reader], x.office).Called(domain.ByCoach); got != x.want {
			t.Errorf("%s: %q, want %q", x.name, got, x.want)
		}
	}
}
