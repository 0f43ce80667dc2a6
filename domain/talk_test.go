package domain_test

import (
	"slices"
	"strings"
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

func TestSlots(t *testing.T) {
	for _, tt := range []struct{ typed, kept string }{
		{"20", "20"},
		{"20 minutes", "20"},
		{" first  60 ; review 30;20 ", "20; first talk 60; review 30"},
		{"support 60, one-to-one 10", "one-to-one 10; support conversation 60"},
		{"", ""},
		{"4", "!"},
		{"121", "!"},
		{"+20", "!"},
		{"20; 30", "!"},
		{"review 20; review 30", "!"},
		{"d 20; nothing 30", "!"},
		{"twenty", "!"},
	} {
		field, _ := domain.FieldOf(domain.FactSlot)
		v, err := field.Clean(tt.typed, stamp(domain.Coach))
		if tt.kept == "!" {
			if sane(t, err); v != "" {
				t.Errorf("%q becomes %q", tt.typed, v)
			}
			continue
		}
		if err != nil || v != tt.kept {
			t.Errorf("%q becomes %q: %v", tt.typed, v, err)
		}
	}
}

// TestSlotOrder holds what counts first: the booking, the person for the kind, the
// person, the kind, the usual.
func TestSlotOrder(t *testing.T) {
	rules := domain.SessionRules{Kinds: []domain.SessionRule{{Kind: domain.ReviewTalk, Minutes: 25}, {Kind: domain.FirstTalk}}}
	for _, tt := range []struct {
		fact   string
		kind   domain.SessionKind
		booked int
		want   int
	}{
		{"10; review 30", domain.ReviewTalk, 40, 40},
		{"10; review 30", domain.ReviewTalk, 0, 30},
		{"10; review 30", domain.FirstTalk, 0, 10},
		{"", domain.ReviewTalk, 0, 25},
		{"", domain.FirstTalk, 0, domain.SlotMinutes},
		{"what a later version wrote", domain.ReviewTalk, 0, 25},
	} {
		p := domain.Participant{Facts: map[domain.Fact]domain.Told{domain.FactSlot: {Value: tt.fact}}}
		if got := p.Slot(tt.kind, tt.booked, rules); got != tt.want {
			t.Errorf("%q, %s, booked %d: %d minutes, want %d", tt.fact, tt.kind, tt.booked, got, tt.want)
		}
	}
}

func TestGuessKind(t *testing.T) {
	happened := domain.SessionHeld{ID: domain.ID{15: 50}, Outcome: domain.Happened, Day: today - 30}
	away := domain.SessionHeld{ID: domain.ID{15: 51}, Outcome: domain.DidNotCome, Day: today - 10}
	fact := func(f domain.Fact, v string) domain.Described {
		return domain.Described{Facts: map[domain.Fact]string{f: v}}
	}
	for _, tt := range []struct {
		name   string
		given  []any
		booked domain.SessionKind
		review calendar.Day
		want   domain.SessionKind
	}{
		{"as booked", []any{joined}, domain.ThreeWayMeeting, today, domain.ThreeWayMeeting},
		{"never met", []any{joined, away}, "", today, domain.FirstTalk},
		{"voluntary", []any{joined, happened, fact(domain.FactGroup, "LCWRA"), fact(domain.FactEmployment, "employed")}, "", 0, domain.SupportConversation},
		{"in work", []any{joined, happened, fact(domain.FactEmployment, "employed"), away}, "", 0, domain.InWorkCheck},
		{"away last time", []any{joined, happened, away}, "", today, domain.AfterAbsence},
		{"review due", []any{joined, happened}, "", today, domain.ReviewTalk},
		{"review to come", []any{joined, happened}, "", today + 1, domain.OneToOne},
	} {
		p := domain.Replay(domain.About(pat), past(tt.given...))
		if got := p.GuessKind(tt.booked, tt.review, today); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

// TestFactMarks holds that what matters and strengths are added to what is known, and
// that a private paragraph makes no fact.
func TestFactMarks(t *testing.T) {
	story := []any{joined, domain.Described{Facts: map[domain.Fact]string{domain.FactMatters: "keep my hands busy"}}}
	take := func(text string) error {
		events, err := domain.Decide(domain.TakeNote{Participant: pat, Text: text}, past(story...), stamp(domain.Coach))
		for _, e := range events {
			story = append(story, e)
		}
		return err
	}
	if err := take("\" not be stared at\n\" Keep my hands busy\n= mends frames\n= patient with the old"); err != nil {
		t.Fatal(err)
	}
	p := domain.Replay(domain.About(pat), past(story...))
	if got := p.Fact(domain.FactMatters); got != "keep my hands busy\nnot be stared at" {
		t.Errorf("matters: %q", got)
	}
	if got := p.Fact(domain.FactStrengths); got != "mends frames\npatient with the old" {
		t.Errorf("strengths: %q", got)
	}
	sane(t, take("[coach only] = secretly proud"))
	sane(t, take("= "+strings.Repeat("very ", 300)+"\n= long"))
	_, err := domain.Decide(domain.TakeNote{Participant: pat, Text: "= x"}, past(story...), stamp(domain.Administrator))
	if err == nil {
		t.Error("an administrator added a strength")
	}
}

func TestTurnScope(t *testing.T) {
	for _, tt := range []struct {
		text string
		line int
		want string
	}{
		{"one\ntwo", 1, "[coach only] one\ntwo"},
		{"[coach only] one\ntwo", 1, "[third party] one\ntwo"},
		{"[third party] one\ntwo", 0, "one\ntwo"},
		{"one\n\ntwo", 2, "one\n\n[coach only] two"},
		{"[coach only] one\n\ntwo", 2, "[coach only] one\n\n[coach only] two"},
		{"[coach only] one\n[third party] two", 1, "[coach only] one\n[shareable] two"},
		{"one\n[third party] two", 1, "one\ntwo"},
		{"one\n> me: call", 1, "[coach only] one\n> me: call"},
		{"", 0, "[coach only] "},
		{"one", 9, "[coach only] one"},
	} {
		got, at, grew := domain.TurnScope(tt.text, tt.line)
		if got != tt.want {
			t.Errorf("%q at %d becomes %q, want %q", tt.text, tt.line, got, tt.want)
		}
		was, is := strings.Split(tt.text, "\n")[at], strings.Split(got, "\n")[at]
		if len([]rune(is))-len([]rune(was)) != grew {
			t.Errorf("%q: line %d grew by %d, not %d", tt.text, at, len(is)-len(was), grew)
		}
	}
}

// FuzzTurnScope holds that three turns come back to where they began, and that each
// line keeps its words.
func FuzzTurnScope(f *testing.F) {
	for i, s := range []string{"one\ntwo", "[coach only] one\n\ntwo", "a\n[third party] b\n[shareable] c", "", "\n\n", "[coach only]\nx"} {
		f.Add(s, i)
	}
	f.Fuzz(func(t *testing.T, s string, line int) {
		text, at, _ := domain.TurnScope(s, line)
		if len(domain.LineScopes(text)) != len(domain.LineScopes(s)) {
			t.Fatalf("%q becomes %q", s, text)
		}
		was, is := domain.LineScopes(s)[at], domain.LineScopes(text)[at]
		if want := domain.Scopes[(slices.Index(domain.Scopes, was)+1)%3]; is != want && strings.TrimSpace(strings.Split(text, "\n")[at]) != "" {
			t.Errorf("%q at %d: %s becomes %s in %q", s, at, was, is, text)
		}
	})
}

func TestRate(t *testing.T) {
	three := []domain.RatingAnswer{{Question: "a", Value: 3}, {Question: "b", Value: 5}, {Question: "c", Value: 1}}
	for _, tt := range []struct {
		answers []domain.RatingAnswer
		day     calendar.Day
		ok      bool
	}{
		{three, 0, true},
		{three, today - 3, true},
		{three, today + 1, false},
		{nil, 0, false},
		{[]domain.RatingAnswer{{Question: "a", Value: 6}}, 0, false},
		{[]domain.RatingAnswer{{Question: "a", Value: 0}}, 0, false},
		{[]domain.RatingAnswer{{Question: "a", Value: 1}, {Question: "a", Value: 2}}, 0, false},
		{[]domain.RatingAnswer{{Value: 2}}, 0, false},
	} {
		events, err := domain.Decide(domain.Rate{Participant: pat, Day: tt.day, Answers: tt.answers}, past(joined), stamp(domain.Coach))
		if (err == nil) != tt.ok {
			t.Errorf("%+v: %v", tt.answers, err)
		}
		if err != nil {
			sane(t, err)
			continue
		}
		later := domain.RatingGiven{ID: domain.ID{15: 9}, Day: today - 9, Answers: []domain.RatingAnswer{{Question: "a", Value: 1}}}
		p := domain.Replay(domain.About(pat), past(joined, events[0], later))
		if got := p.Course("a"); !slices.Equal(got, []int{1, 3}) {
			t.Errorf("the course is %v", got)
		}
	}
	// In the same batch as the session, and with it.
	events, err := domain.Decide(domain.RecordSession{Participant: pat, Outcome: domain.Happened, Rating: three}, past(joined), stamp(domain.Coach))
	if err != nil || len(events) != 2 || events[1].(domain.RatingGiven).Session != events[0].(domain.SessionHeld).ID {
		t.Errorf("%+v, %v", events, err)
	}
}

// TestBrief holds the order, that promises of both sides tell whether they were kept,
// that what happened since is there, and that nothing private is.
func TestBrief(t *testing.T) {
	first, last := domain.ID{15: 50}, domain.ID{15: 51}
	story := past(
		joined,
		domain.SessionHeld{ID: first, Outcome: domain.Happened, Day: today - 60},
		domain.Promised{ID: domain.ID{15: 60}, Text: "old and kept", Owner: domain.ByCoach},
		domain.PromiseSettled{ID: domain.ID{15: 60}, Status: domain.PromiseKept},
		domain.SessionHeld{ID: last, Outcome: domain.Happened, Day: today - 7},
		domain.Promised{ID: domain.ID{15: 61}, Text: "bring the letter", Owner: domain.ByPerson, Due: today - 1, Session: last},
		domain.Promised{ID: domain.ID{15: 62}, Text: "call Mind", Owner: domain.ByCoach, Session: last},
		domain.Promised{ID: domain.ID{15: 63}, Text: "secret", Owner: domain.ByCoach, Session: last, Scope: domain.CoachOnly},
		domain.PromiseSettled{ID: domain.ID{15: 62}, Status: domain.PromiseKept},
		domain.Adjusted{ID: domain.ID{15: 64}, Text: "large print"},
		domain.Adjusted{ID: domain.ID{15: 65}, Text: "secret", Scope: domain.ThirdParty},
		domain.FitNoteRecorded{ID: domain.ID{15: 66}, Option: domain.NotFit, From: today - 5, To: today + 12},
		domain.Noted{ID: domain.ID{15: 67}, Lines: []domain.PlacedLine{{Text: "Rang."}}},
		domain.Noted{ID: domain.ID{15: 68}, Lines: []domain.PlacedLine{{Text: "Rang again."}}},
		domain.FactAdded{Fact: domain.FactMatters, Text: "keep my hands busy"},
	)
	for i := range story { // the marks of a session are of its batch
		if i >= 5 && i <= 7 {
			story[i].Command = story[4].Command
		}
	}
	p := domain.Replay(domain.About(pat), story)
	b := domain.Queue{Today: today}.Brief(p)
	var got []string
	for _, pr := range b.Promises {
		got = append(got, pr.Text+": "+pr.State(today))
	}
	if want := []string{"bring the letter: open, was due yesterday", "call Mind: kept"}; !slices.Equal(got, want) {
		t.Errorf("promises: %q", got)
	}
	got = nil
	for _, c := range b.Changes {
		got = append(got, c.Sentence)
	}
	if b.Since != today-7 || len(b.Adjustments) != 1 || len(b.Clocks) != 1 || b.Clocks[0].Day != today+12 || !slices.Equal(b.Matters, []string{"keep my hands busy"}) {
		t.Errorf("%+v", b)
	}
	for _, want := range []string{"Something was written (third party).", "A promise: kept.", "A note was written.", "Added to: what matters to them."} {
		if !slices.Contains(got, want) {
			t.Errorf("%q is not among the changes: %q", want, got)
		}
	}
	for _, c := range b.Changes {
		if c.Sentence == "A note was written." && c.Times != 2 {
			t.Errorf("two notes are told %d times", c.Times)
		}
	}
	if fresh := (domain.Queue{Today: today}).Brief(domain.Replay(domain.About(pat), past(joined))); len(fresh.Changes) != 0 || !fresh.Since.IsZero() {
		t.Errorf("somebody new: %+v", fresh)
	}
}

// FuzzSlots holds that what was read is written in one way, and read back from it.
func FuzzSlots(f *testing.F) {
	for _, s := range []string{"20", "20; review 30; first talk 60", "support 45 min", ";;,", "1e1", "٢٠", "first talk"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		slots, err := domain.ReadSlots(s)
		if err != nil {
			sane(t, err)
			return
		}
		again, err := domain.ReadSlots(slots.String())
		if err != nil || again.String() != slots.String() || again.Usual != slots.Usual || len(again.Kinds) != len(slots.Kinds) {
			t.Errorf("%q becomes %q and then %q: %v", s, slots, again, err)
		}
	})
}

// A session tells of the appointment that was pointed at; one with the adviser tells of
// no other meeting, and no other talk is told of by it.
func TestSettles(t *testing.T) {
	booked := func(n byte, day calendar.Day, kind domain.SessionKind) domain.Booked {
		return domain.Booked{ID: domain.ID{15: n}, Day: day, Minute: 600, For: kind}
	}
	p := domain.Replay(domain.About(pat), past(joined, booked(1, today-9, ""), booked(2, today, ""), booked(3, today, domain.DirectSupport)))
	for _, tt := range []struct {
		name  string
		named byte
		kind  domain.SessionKind
		day   calendar.Day
		want  byte
	}{
		{"today's", 0, domain.OneToOne, today, 2},
		{"the oldest of a day on which none was", 0, domain.OneToOne, today - 1, 1},
		{"the one pointed at", 1, domain.OneToOne, today, 1},
		{"the adviser's own", 0, domain.DirectSupport, today, 3},
		{"none of the adviser's", 0, domain.ThreeWayMeeting, today, 0},
		{"one that is not there", 9, domain.OneToOne, today, 0},
	} {
		named := domain.ID{}
		if tt.named > 0 {
			named = domain.ID{15: tt.named}
		}
		if a, _ := p.Settles(named, tt.kind, tt.day); a.ID[15] != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, a.ID[15], tt.want)
		}
	}
}

// TestBriefCountsByTheirOwnHolidays: the clock of a question runs by the holidays of the
// person's nation, as it does in the queue; a private appointment is not read out.
func TestBriefCountsByTheirOwnHolidays(t *testing.T) {
	scots := calendar.New(calendar.Scotland, []calendar.OneOff{{Day: today + 1, Name: "a day off", Holiday: true, Nation: calendar.Scotland}})
	q := domain.Queue{
		Today: today, Nation: calendar.EnglandAndWales, Rules: domain.Rules{"adviser-accepts": {Days: 2}},
		Calendars: map[calendar.Nation]*calendar.Calendar{calendar.EnglandAndWales: &england, calendar.Scotland: &scots},
	}
	asked := domain.Asked{ID: domain.ID{15: 50}, Question: "q"}
	secret := domain.Booked{ID: domain.ID{15: 51}, Day: today + 1, Minute: 600, Scope: domain.CoachOnly}
	north := domain.Described{Facts: map[domain.Fact]string{domain.FactNation: string(calendar.Scotland)}}
	south := q.Brief(domain.Replay(domain.About(pat), past(joined, asked, secret))).Clocks
	there := q.Brief(domain.Replay(domain.About(pat), past(joined, asked, secret, north))).Clocks
	if len(south) != 1 || len(there) != 1 || there[0].Day != south[0].Day+1 {
		t.Errorf("south %+v, north %+v", south, there)
	}
}
