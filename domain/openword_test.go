package domain_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"coachdesk/domain"
)

// TestNothingPrivateIsKeptOpen: words marked as private never go into an event that keeps
// them open, wherever somebody types them: they would stand in what the person asks for,
// and in what a colleague reads. Whoever typed them is told where they belong.
func TestNothingPrivateIsKeptOpen(t *testing.T) {
	refused := map[string]bool{}
	for seed := range uint64(150) {
		dice := rand.New(rand.NewPCG(seed, 5))
		n := 0
		id := func() domain.ID { n++; return domain.ID{12: 3, 14: byte(n >> 8), 15: byte(n)} }
		d := &apart{desk: domain.DeskID{1}, new: id}
		d.do(domain.Join{ID: pat, Facts: map[domain.Fact]string{domain.FactName: "Daniel Okafor"}}, amina, domain.Coach, id())
		for step := range 90 {
			p := domain.Replay(domain.About(pat), d.past)
			word := fmt.Sprintf("w%dx%dz", seed, step)
			draw := pickOne(dice, []func(*rand.Rand, domain.Participant, string) (domain.Command, domain.Role){workCommand, movingCommand, talkCommand})
			private := fmt.Sprintf("well\n[%s] %s", pickOne(dice, []string{"coach only", "Third  Party"}), word)
			if dice.IntN(2) == 0 {
				private = word
			}
			c, role := draw(dice, p, private)
			s := stamp(role)
			s.New = id
			_, err := domain.Decide(c, d.past, s)
			var no domain.Refusal
			if errors.As(err, &no) && strings.Contains(no.Why, "Nothing private can stand here") {
				refused[reflect.TypeOf(c).Name()] = true
			}
			at := len(d.past)
			d.do(c, amina, role, id())
			for _, r := range d.past[at:] {
				kind, _, _ := strings.Cut(r.Kind, ".")
				switch kind {
				case "note":
					continue
				}
				if text := strings.ToLower(fmt.Sprintf("%+v", r.Event)); !r.Scope.Private() && (strings.Contains(text, "[coach only]") || strings.Contains(text, "[third")) {
					t.Fatalf("%s keeps open what is private: %s", r.Kind, text)
				}
			}
		}
	}
	for _, c := range []domain.Command{domain.MoveReferral{}, domain.RecallReferral{}, domain.OfferTransfer{}, domain.Apply{}, domain.EndProvision{}, domain.RecordFitNote{}, domain.ContactEmployer{}, domain.EndJob{}, domain.MarkWeek{}, domain.NoteAbsence{}, domain.WriteProfile{}, domain.ChangeJob{}} {
		if name := reflect.TypeOf(c).Name(); !refused[name] {
			t.Errorf("%s was never refused: it proves little", name)
		}
	}
}
