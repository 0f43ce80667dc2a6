package domain_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"coachdesk/domain"
)

func TestReadCard(t *testing.T) {
	text := "! ask for altered hours\n- in writing\nplain words\n# travel\n#travel\n# anxiety in groups\nSector: retail\nsource: GOV.UK, 10 May 2023\nCome back: in 4 weeks\n\n"
	c := domain.ReadCard(text)
	if !slices.Equal(c.Lines, []string{"ask for altered hours", "in writing", "plain words"}) || !slices.Equal(c.Barriers, []string{"travel", "anxiety in groups"}) ||
		c.Sector != "retail" || c.Source != "GOV.UK, 10 May 2023" || c.Return != "in 4 weeks" {
		t.Errorf("%+v", c)
	}
	if again := domain.ReadCard(c.String()); again.String() != c.String() {
		t.Errorf("%q is read back as %q", c.String(), again.String())
	}
}

// FuzzReadCard holds that a card that was written as it is read comes back the same.
func FuzzReadCard(f *testing.F) {
	for _, s := range []string{"! a\n# b", "source: x\nsource: y", "####", "!!!", "come back:", "a\u202eb", ": :", "-\n-"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c := domain.ReadCard(s)
		if len(c.Lines) == 0 {
			return
		}
		again := domain.ReadCard(c.String())
		if !slices.Equal(again.Barriers, c.Barriers) || again.Sector != c.Sector || again.Source != c.Source || again.Return != c.Return {
			t.Errorf("%q: %+v comes back as %+v", s, c, again)
		}
	})
}

// TestPersonalIn is written by hand: what a card must not hold, and what it may.
func TestPersonalIn(t *testing.T) {
	names := []string{"Daniel Okafor", "Siân O'Brien", "Will Grace", "Restricted 7K3Q-M"}
	for _, tt := range []struct{ text, found string }{
		{"ask for altered hours first", ""},
		{"7 hours for 13 of 16 weeks, by the 40 minute bus", ""},
		{"the leaflet of 2026, section 3.2", ""},
		{"costs £20,000 at most", ""},
		{"it will grow; ask in May", ""},
		{"as Daniel did", "name Daniel"},
		{"as daniel did", "name daniel"},
		{"ring okafor", "name okafor"},
		{"Sian knows", "name Sian"},
		{"Will knows", "name Will"},
		{"will knows", ""},
		{"born 04/05/1987", "date 04/05/1987"},
		{"born 4.5.87", "date 4.5.87"},
		{"born 1987-05-04", "date 1987-05-04"},
		{"born 4 May 1987", "date 4 may 1987"},
		{"born on the 4th of May, 1987", "date 4th of may, 1987"},
		{"born May 4, 1987", "date may 4, 1987"},
		{"in September 2019", "date september 2019"},
		{"QQ 12 34 56 C", "National Insurance number qq 12 34 56 c"},
		{"qq123456c", "National Insurance number qq123456c"},
		{"ＱＱ１２３４５６Ｃ", "National Insurance number qq123456c"},
		{"ring 020 7946 0321", "number 020 7946 0321"},
		{"ring (020) 7946-0321", "number 020) 7946-0321"},
		{"claim 48213", "number 48213"},
		{"near E15 1NT", "postcode e15 1nt"},
		{"near sw1a1aa", "postcode sw1a1aa"},
		{"write to d.okafor@example.org", "e-mail address d.okafor@example.org"},
	} {
		got := ""
		for _, f := range domain.PersonalIn(domain.CardText{Lines: []string{tt.text}}, names) {
			if f.What == "name" && strings.Contains(tt.found, "e-mail") {
				continue // the address holds a name as well
			}
			got += f.What + " " + f.Text
		}
		if got != tt.found {
			t.Errorf("%q: found %q, want %q", tt.text, got, tt.found)
		}
	}
	if found := domain.PersonalIn(domain.CardText{Lines: []string{"x"}, Source: "GOV.UK, 10 May 2023"}, nil); len(found) != 0 {
		t.Errorf("a source has a date: %v", found)
	}
	if found := domain.PersonalIn(domain.CardText{Lines: []string{"x"}, Source: "told by Daniel"}, names); len(found) != 1 {
		t.Errorf("but no name: %v", found)
	}
}

// FuzzPersonal holds that five digits and a name are found wherever they stand.
func FuzzPersonal(f *testing.F) {
	f.Add("", "")
	f.Add("4 May ", "1987")
	f.Add("a\u0301", "\xff")
	f.Fuzz(func(t *testing.T, before, after string) {
		text := before + " 73519 " + after
		if len(domain.PersonalIn(domain.CardText{Lines: []string{text}}, nil)) == 0 {
			t.Errorf("%q: the number is not found", text)
		}
		text = before + " Okafor " + after
		if found := domain.PersonalIn(domain.CardText{Lines: []string{text}}, []string{"Daniel Okafor"}); !slices.ContainsFunc(found, func(f domain.Finding) bool { return f.What == "name" }) {
			t.Errorf("%q: the name is not found: %v", text, found)
		}
	})
}

// TestCards writes, changes and retires cards by commands.
func TestCards(t *testing.T) {
	office := domain.ID{15: 60}
	var rs []domain.Record
	do := func(role domain.Role, c domain.Command) error {
		s := stamp(role)
		events, err := domain.Decide(c, rs, s)
		for _, e := range events {
			rs = append(rs, domain.Record{Subject: c.For(), Seq: uint64(len(rs) + 1), Command: domain.ID{15: byte(len(rs) + 1)}, Time: domain.Clock(len(rs)), Day: today, By: s.By, Role: role, Event: e})
		}
		return err
	}
	text := domain.CardText{Lines: []string{"ask for altered hours"}, Barriers: []string{"travel"}}
	if err := do(domain.Adviser, domain.WriteCard{Office: office, Text: domain.CardText{Barriers: []string{"travel"}}}); err == nil {
		t.Error("a card without a suggestion was written")
	}
	if err := do(domain.Administrator, domain.WriteCard{Office: office, Text: text}); err == nil {
		t.Error("an administrator wrote a card")
	}
	if err := do(domain.Adviser, domain.WriteCard{Office: office, Text: text}); err != nil {
		t.Fatal(err)
	}
	card := domain.ReplayOffice(rs).Cards[0].ID
	named := domain.CardText{Lines: []string{"as Daniel did"}}
	err := do(domain.Adviser, domain.WriteCard{Office: office, Card: card, Text: named, Names: []string{"Daniel Okafor"}})
	var no domain.Refusal
	if !errors.As(err, &no) || no.Field != domain.FieldPersonal || !strings.Contains(no.Why, `"Daniel" looks like a name`) {
		t.Errorf("a name was written: %v", err)
	}
	if err := do(domain.Adviser, domain.WriteCard{Office: office, Card: card, Text: named, Names: []string{"Daniel Okafor"}, Anyway: true}); err != nil {
		t.Errorf("not even when it was wanted: %v", err)
	}
	c := domain.ReplayOffice(rs).Cards[0]
	if c.Title() != "as Daniel did" || len(c.Before) != 1 || c.Before[0].Title() != "ask for altered hours" {
		t.Errorf("%+v", c)
	}
	if fmt.Sprintf("%+v", rs[1].Event) != fmt.Sprintf("%+v", domain.CardWritten{ID: card, Lines: named.Lines, Anyway: true}) {
		t.Errorf("more was recorded than the card: %+v", rs[1].Event)
	}
	if err := do(domain.Adviser, domain.RetireCard{Office: office, Card: card, Reason: "old"}); err != nil {
		t.Fatal(err)
	}
	if err := do(domain.Adviser, domain.RetireCard{Office: office, Card: card}); err == nil {
		t.Error("a card was retired twice")
	}
	if c := domain.ReplayOffice(rs).Cards[0]; c.Retired != today || c.Reason != "old" {
		t.Errorf("%+v", c)
	}
}

// TestWhichAdviceWorked counts cards from rows, and apart for each barrier.
func TestWhichAdviceWorked(t *testing.T) {
	hours, calm := domain.ID{15: 70}, domain.ID{15: 71}
	cards := []domain.Card{
		{ID: hours, CardText: domain.CardText{Lines: []string{"ask for altered hours"}, Barriers: []string{"travel", "pain"}}},
		{ID: calm, CardText: domain.CardText{Lines: []string{"a quiet corner"}, Barriers: []string{"travel"}}},
		{ID: domain.ID{15: 72}, CardText: domain.CardText{Lines: []string{"gone"}, Barriers: []string{"gone"}}, Retired: today},
	}
	advice := func(card domain.ID, r domain.TriedResult, barriers ...string) domain.RowAdvice {
		return domain.RowAdvice{Card: card, Result: r, Barriers: barriers}
	}
	rows := []domain.Row{
		{Advice: []domain.RowAdvice{advice(hours, domain.ResultWorked, "travel before 9"), advice(hours, domain.ResultNo, "pain in the mornings")}},
		{Advice: []domain.RowAdvice{advice(hours, "", "travel"), advice(calm, domain.ResultPartly, "Travel"), advice(domain.ID{}, domain.ResultWorked, "travel")}},
		{Advice: []domain.RowAdvice{advice(calm, domain.ResultNotTried, "debt")}},
	}
	uses := domain.CardUses(cards, rows)
	if len(uses) != 2 || uses[0].Tally != (domain.Tally{Used: 3, Tried: 2, Worked: 1, No: 1}) || uses[1].Tally != (domain.Tally{Used: 2, Tried: 1, Partly: 1}) {
		t.Errorf("%+v", uses)
	}
	per := domain.BarrierUses(cards, rows)
	if len(per) != 2 || per[0].Barrier != "travel" || per[1].Barrier != "pain" {
		t.Fatalf("%+v", per)
	}
	if got := per[1].Cards[0].Tally; got != (domain.Tally{Used: 1, Tried: 1, No: 1}) {
		t.Errorf("pain: %+v", got)
	}
	if got := per[0]; got.Cards[0].ID != hours || got.Cards[0].Tally != (domain.Tally{Used: 2, Tried: 1, Worked: 1}) || got.Loose != (domain.Tally{Used: 1, Tried: 1, Worked: 1}) {
		t.Errorf("travel: %+v", got)
	}
}

func TestFindCards(t *testing.T) {
	use := func(n byte, line string, barriers ...string) domain.CardUse {
		return domain.CardUse{Card: domain.Card{ID: domain.ID{15: n}, CardText: domain.CardText{Lines: []string{line}, Barriers: barriers, Sector: "retail"}}}
	}
	uses := []domain.CardUse{use(1, "ask for altered hours"), use(2, "a quiet corner", "anxiety in groups"), use(3, "an anxious start is usual"), use(4, "travel training", "travel")}
	for _, tt := range []struct{ typed, want string }{
		{"", "1234"},
		{"anx", "23"}, // the barrier first
		{"axn", "23"}, // two letters changed places
		{"anc", "23"},
		{"tra", "4"},
		{"trv", "4"}, // one missing
		{"quiet grou", "2"},
		{"zzz", ""},
		{"retail", "1234"},
		{"ALT hou", "1"},
	} {
		got := ""
		for _, u := range domain.FindCards(uses, tt.typed) {
			got += string('0' + u.ID[15])
		}
		if got != tt.want {
			t.Errorf("%q finds %q, want %q", tt.typed, got, tt.want)
		}
	}
}

func TestSample(t *testing.T) {
	rows := []domain.Row{{ID: domain.ID{1}}, {ID: domain.ID{2}}, {ID: domain.ID{3}}}
	n := byte(0)
	dice := func() domain.ID { n += 7; return domain.ID{15: n} }
	seen := map[domain.ID]int{}
	for range 60 {
		got := domain.Sample(rows, 2, dice)
		if len(got) != 2 || got[0].ID == got[1].ID {
			t.Fatalf("%v", got)
		}
		seen[got[0].ID]++
	}
	if len(seen) != 3 || len(domain.Sample(rows, 9, dice)) != 3 {
		t.Errorf("%v", seen)
	}
}

// TestCardsCross has two desks change and retire one card apart: retired stands, in
// either order, and no words are lost.
func TestCardsCross(t *testing.T) {
	id := domain.ID{15: 70}
	begin := domain.CardWritten{ID: id, Lines: []string{"one"}}
	for _, pair := range [][2]domain.Event{
		{domain.CardWritten{ID: id, Lines: []string{"two"}}, domain.CardRetired{ID: id, Reason: "old"}},
		{domain.CardRetired{ID: id, Reason: "old"}, domain.CardWritten{ID: id, Lines: []string{"two"}}},
		{domain.CardWritten{ID: id, Lines: []string{"two"}}, domain.CardWritten{ID: id, Lines: []string{"three"}}},
	} {
		var rs []domain.Record
		for i, e := range []domain.Event{begin, pair[0], pair[1]} {
			rs = append(rs, domain.Record{Seq: uint64(i + 1), Desk: domain.DeskID{byte(i)}, Command: domain.ID{15: byte(i + 1)}, Time: domain.Clock(i), Day: today, Role: domain.Adviser, Event: e})
		}
		c := domain.ReplayOffice(rs).Cards[0]
		_, last := pair[1].(domain.CardRetired)
		_, first := pair[0].(domain.CardRetired)
		text := c.String()
		for _, b := range c.Before {
			text += "\n" + b.String()
		}
		if (last || first) == c.Retired.IsZero() || !strings.Contains(text, "one") || !strings.Contains(text, "two") || !last && !first && !strings.Contains(text, "three") {
			t.Errorf("%T and %T: %s", pair[0], pair[1], text)
		}
	}
}

// TestACardRetiredTwice keeps why, of both desks.
func TestACardRetiredTwice(t *testing.T) {
	id := domain.ID{15: 80}
	o := domain.ReplayOffice(past(domain.CardWritten{ID: id, Lines: []string{"x"}}, domain.CardRetired{ID: id, Reason: "closed"}, domain.CardRetired{ID: id, Reason: "moved away"}))
	if c := o.Cards[0]; c.Retired != today || !strings.Contains(c.Reason, "closed") || !strings.Contains(c.Reason, "moved away") {
		t.Errorf("%+v", c)
	}
}
