package ui_test

import (
	"fmt"
	"testing"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// crowd is a desk whose rows are given, without the records behind them.
type crowd struct {
	*paper
	rows   []domain.Row
	booked domain.Diary
}

func (c crowd) Rows() ([]domain.Row, error) { return c.rows, nil }

// Diary is made once, as the desk does.
func (c crowd) Diary() (domain.Diary, error) { return c.booked, nil }

func newCrowd(b testing.TB, n int) crowd {
	c := crowd{paper: newPaper(b)}
	today := calendar.Of(now)
	first := []string{"Daniel", "Shirin", "Owen", "Jo", "Siân", "Aoife", "Mateusz", "Ngozi"}
	last := []string{"Okafor", "Begum", "Price", "Taylor", "Llŷr", "Murphy", "Kowalski", "Adeyemi", "Singh"}
	for i := range n {
		r := domain.Row{
			ID: c.NewID(), Name: first[i%len(first)] + " " + last[i%len(last)] + fmt.Sprint(i), Records: 40, Joined: today - 300, Seen: today - calendar.Day(i%90), Done: i % 4, Steps: 5,
			Facts:    []domain.RowFact{{Fact: domain.FactPostcode, Value: "E15 1NT"}, {Fact: domain.FactCouncil, Value: "Newham"}},
			Debts:    []domain.Debt{{Kind: domain.DebtStep, Owner: domain.ByPerson, Day: today + calendar.Day(i%30) - 5}, {Kind: domain.DebtPromise, Owner: domain.ByCoach, Day: today + calendar.Day(i%40) - 3}},
			Barriers: []string{"travel before nine", "anxiety in groups"},
		}
		if i%3 > 0 {
			r.Debts = append(r.Debts, domain.Debt{Kind: domain.DebtAppointment, Day: today + calendar.Day(i%20), Minute: 540 + i%24*20, With: []domain.ID{c.who}})
		}
		c.rows = append(c.rows, r)
	}
	c.booked = domain.NewDiary(c.rows).At(domain.Desk{}, c.Queue().Figures, c.Queue().Calendars[calendar.EnglandAndWales])
	return c
}

func benchKey(b *testing.B, way string, key tea.Msg) {
	x := sit(b, newCrowd(b, 10_000), 120, 40)
	x.keys(way)
	b.ReportAllocs()
	for b.Loop() {
		x.shell.Update(key)
		_ = x.shell.View()
	}
}

// BenchmarkDown is one step down the list of 10,000 people, to the drawn frame.
func BenchmarkDown(b *testing.B) { benchKey(b, "<tab><tab>", named("down")) }

// BenchmarkPageDown is a page down.
func BenchmarkPageDown(b *testing.B) {
	benchKey(b, "<tab><tab>", tea.KeyPressMsg{Code: tea.KeyPgDown})
}

// BenchmarkFilter is a letter of a search over 10,000 people and the letter taken
// back: two keys.
func BenchmarkFilter(b *testing.B) {
	x := sit(b, newCrowd(b, 10_000), 120, 40)
	x.keys("/o")
	letter, back := tea.KeyPressMsg{Code: 'k', Text: "k"}, named("backspace")
	b.ReportAllocs()
	for b.Loop() {
		x.shell.Update(letter)
		_ = x.shell.View()
		x.shell.Update(back)
		_ = x.shell.View()
	}
}

// BenchmarkReady is the caseload of 10,000 rows, from the rows to the first frame.
func BenchmarkReady(b *testing.B) {
	c := newCrowd(b, 10_000)
	b.ReportAllocs()
	for b.Loop() {
		x := sit(b, c, 120, 40)
		_ = x.shell.View()
	}
}

// BenchmarkType is a letter typed into a note of 500 characters.
func BenchmarkType(b *testing.B) {
	d := newPaper(b)
	d.join(b, "Daniel Okafor")
	x := sit(b, d, 120, 40)
	x.keys("/dan<enter>n")
	for range 10 {
		x.send(tea.PasteMsg{Content: "Says mornings are still hard, tried the 9:40 bus.\n"})
	}
	letter, back := tea.KeyPressMsg{Code: 'k', Text: "k"}, named("backspace")
	b.ReportAllocs()
	for b.Loop() {
		x.shell.Update(letter)
		_ = x.shell.View()
		x.shell.Update(back)
		_ = x.shell.View()
	}
}

// BenchmarkReady100000 is the caseload of 100,000 rows, from the rows to the first
// frame that shows them.
func BenchmarkReady100000(b *testing.B) {
	c := newCrowd(b, 100_000)
	b.ReportAllocs()
	for b.Loop() {
		x := sit(b, c, 120, 40)
		_ = x.shell.View()
	}
}
