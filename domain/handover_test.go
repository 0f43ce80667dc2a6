package domain_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

var (
	cyrs = domain.ID{15: 34} // and one more
	jo   = domain.ID{15: 35} // a provider's adviser
	lena = domain.ID{15: 36} // the team lead
)

// by is an event with who made it, for stories between two desks.
type by struct {
	who  domain.ID
	role domain.Role
	day  int // after today
	e    domain.Event
}

func between(events ...by) []domain.Record {
	var rs []domain.Record
	for i, x := range events {
		desk := domain.DeskID{1}
		if x.who != amina {
			desk = domain.DeskID{2}
		}
		rs = append(rs, domain.Record{
			Subject: domain.About(pat), Desk: desk, Seq: uint64(i + 1), Command: domain.ID{14: 1, 15: byte(i)}, Time: domain.Clock(uint64(monday.UnixMilli())<<16 + uint64(i)),
			Day: today + calendar.Day(x.day), By: x.who, Role: x.role, Scope: domain.ScopeOf(x.e), Kind: x.e.Kind(), Event: x.e,
		})
	}
	return rs
}

func coach(e domain.Event) by { return by{amina, domain.Coach, 0, e} }

func beaSays(e domain.Event) by { return by{bea, domain.Coach, 1, e} }

var (
	theHandover = domain.ID{15: 90}
	theCase     = domain.ID{15: 91}
	thePromise  = domain.ID{15: 92}
	promised    = domain.ID{15: 50}
	question    = domain.ID{15: 51}
	theOffer    = domain.ID{15: 53}
	covered     = domain.HandoverOffered{
		ID: theHandover, For: domain.HandoverCover, To: bea, Name: "Bea Holt", Role: domain.Coach, Until: today + 14,
		Items: []domain.HandedItem{{ID: theCase, What: domain.HandedCase}, {ID: thePromise, What: domain.HandedPromise, Of: promised}},
	}
	handed = domain.HandoverOffered{
		ID: theHandover, For: domain.HandoverTransfer, To: bea, Name: "Bea Holt", Role: domain.Coach, Transfer: theOffer,
		Items: []domain.HandedItem{{ID: theCase, What: domain.HandedCase}},
	}
	promise = domain.Promised{ID: promised, Text: "ring the landlord", Owner: domain.ByCoach, Due: today + 3}
	asking  = domain.Asked{ID: question, Question: "who pays?"}
)

func answer(a domain.HandoverAnswer, words string, items ...domain.ID) domain.HandoverAnswered {
	return domain.HandoverAnswered{ID: theHandover, Items: items, Answer: a, Words: words}
}

// kindsOf lists the kinds of some events.
func kindsOf(events []domain.Event) string {
	var out []string
	for _, e := range events {
		out = append(out, e.Kind())
	}
	return strings.Join(out, " ")
}

func TestHandoverDecides(t *testing.T) {
	cover := domain.OfferHandover{Participant: pat, Kind: domain.HandoverCover, To: bea, ToName: "Bea Holt", ToRole: domain.Coach, Until: today + 14}
	offer := func(change func(*domain.OfferHandover)) domain.OfferHandover {
		c := cover
		change(&c)
		return c
	}
	kind := func(k domain.HandoverKind, role domain.Role, items ...domain.HandoverItem) domain.OfferHandover {
		return domain.OfferHandover{Participant: pat, Kind: k, To: bea, ToName: "Bea Holt", ToRole: role, Items: items}
	}
	thing := func(k domain.HandedKind, of domain.ID) domain.HandoverItem {
		return domain.HandoverItem{What: k, Of: of}
	}
	secret := domain.Promised{ID: promised, Text: "x", Owner: domain.ByCoach, Scope: domain.CoachOnly}
	sent := domain.Referred{ID: question, Letter: letter}
	taken, all := answer(domain.HandoverTaken, "", theCase), answer(domain.HandoverTaken, "", theCase, thePromise)
	no, asked := answer(domain.HandoverNotMine, "full", theCase, thePromise), answer(domain.HandoverAsked, "since when?", theCase)
	say := func(a domain.HandoverAnswer, words string, items ...domain.ID) domain.AnswerHandover {
		return domain.AnswerHandover{Participant: pat, Handover: theHandover, Items: items, Answer: a, Words: words}
	}
	recall, end := domain.RecallHandover{Participant: pat, Handover: theHandover}, domain.EndHandover{Participant: pat, Handover: theHandover}
	reply := domain.ReplyHandover{Participant: pat, Handover: theHandover, Words: "since May"}
	fit := domain.FitNoteRecorded{ID: made(5), Option: domain.NotFit, From: today - 5, To: today + 10}
	move := kind(domain.HandoverTransfer, domain.Coach)
	for _, tt := range []struct {
		name  string
		given []by
		who   domain.ID
		role  domain.Role
		when  domain.Command
		then  string // kinds of events, or "no " and the field of the refusal
	}{
		{"cover", nil, amina, "", cover, "handover.offered"},
		{"to nobody", nil, amina, "", offer(func(c *domain.OfferHandover) { c.To = domain.ID{} }), "no to"},
		{"to oneself", nil, amina, "", offer(func(c *domain.OfferHandover) { c.To = amina }), "no to"},
		{"of no kind", nil, amina, "", offer(func(c *domain.OfferHandover) { c.Kind = "gift" }), "no kind"},
		{"to a role that cannot", nil, amina, "", offer(func(c *domain.OfferHandover) { c.ToRole = domain.Provider }), "no to"},
		{"cover without an end", nil, amina, "", offer(func(c *domain.OfferHandover) { c.Until = 0 }), "no until"},
		{"cover that is over today", nil, amina, "", offer(func(c *domain.OfferHandover) { c.Until = today }), "no until"},
		{"a transfer with an end", nil, amina, "", offer(func(c *domain.OfferHandover) { c.Kind = domain.HandoverTransfer }), "no until"},
		{"with a promise", []by{coach(promise)}, amina, "", offer(func(c *domain.OfferHandover) {
			c.Items = []domain.HandoverItem{thing(domain.HandedCase, domain.ID{}), thing(domain.HandedPromise, promised)}
		}), "handover.offered"},
		{"with a private promise", []by{coach(secret)}, amina, "", offer(func(c *domain.OfferHandover) {
			c.Items = []domain.HandoverItem{thing(domain.HandedPromise, promised)}
		}), "no items"},
		{"with what is not there", nil, amina, "", offer(func(c *domain.OfferHandover) {
			c.Items = []domain.HandoverItem{thing(domain.HandedStep, promised)}
		}), "no items"},
		{"twice to the same", []by{coach(covered)}, amina, "", cover, "no to"},
		{"the same to another", []by{coach(covered)}, amina, "", offer(func(c *domain.OfferHandover) { c.To, c.ToName = cyrs, "Cy" }), "no items"},
		{"to another after a no", []by{coach(covered), beaSays(no)}, amina, "", offer(func(c *domain.OfferHandover) { c.To, c.ToName = cyrs, "Cy" }), "handover.offered"},
		{"marked as private", nil, amina, "", offer(func(c *domain.OfferHandover) { c.Words.Gaps = "[third party] her son" }), "no text"},
		{"a transfer", nil, amina, "", move, "handover.offered transfer.offered"},
		{"a transfer without a word while a question is open", []by{coach(asking)}, amina, "", move, "no summary"},
		{"a transfer without a word while a clock ends", []by{coach(fit)}, amina, "", domain.OfferHandover{Participant: pat, Kind: domain.HandoverTransfer, To: bea, ToName: "Bea", ToRole: domain.Coach, SoonDays: 10}, "no summary"},
		{"and with one", []by{coach(asking)}, amina, "", domain.OfferHandover{Participant: pat, Kind: domain.HandoverTransfer, To: bea, ToName: "Bea", ToRole: domain.Coach, Words: domain.HandoverWords{Gaps: "g"}}, "handover.offered transfer.offered"},
		{"a transfer while another waits", []by{coach(domain.CaseOffered{ID: theOffer, To: cyrs})}, amina, "", move, "no to"},
		{"a question", []by{coach(asking)}, amina, "", kind(domain.HandoverQuestion, domain.Adviser), "handover.offered"},
		{"a question about nothing", nil, amina, "", kind(domain.HandoverQuestion, domain.Adviser), "no items"},
		{"a copy, and no word", nil, amina, "", kind(domain.HandoverCopy, domain.Coach), "handover.offered"},
		{"a copy of things", []by{coach(promise)}, amina, "", kind(domain.HandoverCopy, domain.Coach, thing(domain.HandedPromise, promised)), "no items"},
		{"a referral outside without consent", []by{coach(sent)}, amina, "", kind(domain.HandoverReferral, domain.Provider), "no consent"},
		{"a referral outside", []by{coach(sent), coach(given(made(3)))}, amina, "", kind(domain.HandoverReferral, domain.Provider), "handover.offered"},
		{"by a provider", nil, jo, domain.Provider, cover, "no role"},

		{"taken", []by{coach(promise), coach(covered)}, bea, "", say(domain.HandoverTaken, ""), "handover.answered"},
		{"by somebody else", []by{coach(covered)}, cyrs, "", say(domain.HandoverTaken, ""), "no handover"},
		{"a question without words", []by{coach(covered)}, bea, "", say(domain.HandoverAsked, " "), "no words"},
		{"a no without words", []by{coach(covered)}, bea, "", say(domain.HandoverNotMine, ""), "no words"},
		{"an answer that is none", []by{coach(covered)}, bea, "", say("maybe", "x"), "no answer"},
		{"one item", []by{coach(covered), beaSays(taken)}, bea, "", say(domain.HandoverNotMine, "full", thePromise), "handover.answered"},
		{"an item that was answered", []by{coach(covered), beaSays(taken)}, bea, "", say(domain.HandoverNotMine, "x", theCase), "no items"},
		{"an item that was asked about", []by{coach(covered), beaSays(asked)}, bea, "", say(domain.HandoverTaken, "", theCase), "handover.answered"},
		{"what is no part", []by{coach(covered)}, bea, "", say(domain.HandoverTaken, "", made(1)), "no items"},
		{"answered when all was", []by{coach(covered), beaSays(all)}, bea, "", say(domain.HandoverTaken, ""), "no handover"},
		{"a case taken for good", []by{coach(handed), coach(domain.CaseOffered{ID: theOffer, To: bea})}, bea, "", say(domain.HandoverTaken, ""), "handover.answered transfer.accepted"},
		{"a case not taken", []by{coach(handed), coach(domain.CaseOffered{ID: theOffer, To: bea})}, bea, "", say(domain.HandoverNotMine, "full"), "handover.answered transfer.declined"},

		{"replied", []by{coach(covered), beaSays(asked)}, amina, "", reply, "handover.replied"},
		{"replied by the team lead", []by{coach(covered), beaSays(asked)}, lena, domain.Lead, reply, "handover.replied"},
		{"replied by somebody else", []by{coach(covered), beaSays(asked)}, cyrs, "", reply, "no handover"},
		{"replied when nobody asked", []by{coach(covered)}, amina, "", reply, "no handover"},
		{"replied with nothing", []by{coach(covered), beaSays(asked)}, amina, "", domain.ReplyHandover{Participant: pat, Handover: theHandover}, "no words"},
		{"replied to one of two", []by{coach(covered), beaSays(answer(domain.HandoverAsked, "?", theCase, thePromise))}, amina, "", reply, "no item"},

		{"called back", []by{coach(covered), beaSays(asked)}, amina, "", recall, "handover.recalled"},
		{"called back with the case", []by{coach(handed), coach(domain.CaseOffered{ID: theOffer, To: bea})}, amina, "", recall, "handover.recalled transfer.recalled"},
		{"called back by the receiver", []by{coach(covered)}, bea, "", recall, "no handover"},
		{"called back when taken", []by{coach(covered), beaSays(taken)}, amina, "", recall, "no handover"},

		{"taken back", []by{coach(covered), beaSays(taken)}, amina, "", end, "handover.ended"},
		{"handed back", []by{coach(covered), beaSays(taken)}, bea, "", end, "handover.ended"},
		{"handed back by a third", []by{coach(covered), beaSays(taken)}, cyrs, "", end, "no handover"},
		{"taken back before it was taken", []by{coach(covered)}, amina, "", end, "no handover"},
		{"a no is put away", []by{coach(covered), beaSays(no)}, amina, "", end, "handover.ended"},
		{"a case for good does not come back so", []by{coach(handed), coach(domain.CaseOffered{ID: theOffer, To: bea}), beaSays(domain.CaseAccepted{ID: theOffer, Name: "Bea"})}, amina, "", end, "no handover"},
		{"what is not there", nil, amina, "", end, "no handover"},
	} {
		role := tt.role
		if role == "" {
			role = domain.Coach
		}
		s := stamp(role)
		s.By, s.Name = tt.who, "Bea Holt"
		events, err := domain.Decide(tt.when, between(append([]by{coach(joined)}, tt.given...)...), s)
		got := kindsOf(events)
		var no domain.Refusal
		if errors.As(err, &no) {
			got = "no " + no.Field
		}
		if got != tt.then {
			t.Errorf("%s: %s (%v), want %s", tt.name, got, err, tt.then)
		}
	}
}

// An answer to an escalation is the adviser's acceptance as well, and the other way round.
func TestHandoverOfAQuestion(t *testing.T) {
	offered := domain.HandoverOffered{ID: theHandover, For: domain.HandoverQuestion, To: ruth, Name: "Ruth", Role: domain.Adviser, Items: []domain.HandedItem{{ID: theCase, What: domain.HandedEscalation, Of: question}}}
	rs := between(coach(joined), coach(asking), coach(offered))
	s := stamp(domain.Adviser)
	s.By = ruth
	events, err := domain.Decide(domain.AnswerHandover{Participant: pat, Handover: theHandover, Answer: domain.HandoverTaken}, rs, s)
	if err != nil || kindsOf(events) != "handover.answered escalation.accepted" {
		t.Errorf("%s, %v", kindsOf(events), err)
	}
	for _, e := range []domain.Event{domain.Accepted{ID: question}, domain.Answered{ID: question, Text: "the fund"}} {
		p := domain.Replay(domain.About(pat), between(coach(joined), coach(asking), coach(offered), by{ruth, domain.Adviser, 1, e}))
		if h := p.Handovers[0]; h.State() != domain.HandoverIsTaken || h.Items[0].By != ruth || h.Items[0].On != today+1 {
			t.Errorf("%s: %+v", e.Kind(), h)
		}
		if h := domain.Replay(domain.About(pat), between(coach(joined), coach(asking), coach(offered), by{lena, domain.Adviser, 1, e})).Handovers[0]; h.State() != domain.HandoverIsOpen {
			t.Errorf("%s by another adviser took it", e.Kind())
		}
	}
}

// Only those between whom a handover is may settle it; what others record is kept and does
// nothing.
func TestHandoverIsBetweenTwo(t *testing.T) {
	taken := answer(domain.HandoverTaken, "", theCase, thePromise)
	for _, tt := range []struct {
		name string
		last by
		want domain.HandoverState
	}{
		{"the receiver answers", beaSays(taken), domain.HandoverIsTaken},
		{"somebody else answers", by{cyrs, domain.Coach, 1, taken}, domain.HandoverIsOpen},
		{"the sender answers", coach(taken), domain.HandoverIsOpen},
		{"the sender calls it back", coach(domain.HandoverRecalled{ID: theHandover}), domain.HandoverIsRecalled},
		{"the team lead does", by{lena, domain.Lead, 1, domain.HandoverRecalled{ID: theHandover}}, domain.HandoverIsRecalled},
		{"the receiver calls it back", beaSays(domain.HandoverRecalled{ID: theHandover}), domain.HandoverIsOpen},
		{"the receiver hands it back", beaSays(domain.HandoverEnded{ID: theHandover}), domain.HandoverIsEnded},
		{"a third hands it back", by{cyrs, domain.Coach, 1, domain.HandoverEnded{ID: theHandover}}, domain.HandoverIsOpen},
	} {
		p := domain.Replay(domain.About(pat), between(coach(joined), coach(promise), coach(covered), tt.last))
		if got := p.Handovers[0].State(); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
		if idle := p.WhyNoEffect(p.Past()[3]) != ""; idle != (tt.want == domain.HandoverIsOpen) || len(p.Past()) != 4 {
			t.Errorf("%s: why it does nothing: %q", tt.name, p.WhyNoEffect(p.Past()[3]))
		}
	}
}

// A desk outside makes the person from what consent covers; where they are known, nothing
// changes, whatever the offer says.
func TestHandoverOutside(t *testing.T) {
	known := domain.Joined{Facts: map[domain.Fact]string{domain.FactName: "Daniel", domain.FactPhone: "020 7946 0000", domain.FactGroup: "LCW", domain.FactEmployment: "none"}}
	sent, agreed := domain.Referred{ID: question, Letter: letter}, domain.ConsentGiven{ID: made(3), Purpose: "p", To: domain.ToProvider, Name: letter.Provider, Items: []domain.ConsentItem{domain.ItemContact, domain.ItemWork}, From: today, How: domain.ByPhone, Giver: domain.GivenByPerson}
	paper := &domain.HandoverPaper{Sections: []domain.HandoverSection{{Title: "Who", Lines: []string{"Daniel"}}}}
	rs := between(coach(known), coach(sent), coach(agreed))
	s := stamp(domain.Coach)
	s.By = amina
	events, err := domain.Decide(domain.OfferHandover{Participant: pat, Kind: domain.HandoverReferral, To: jo, ToName: "Jo Field", ToRole: domain.Provider, Paper: paper}, rs, s)
	if err != nil {
		t.Fatal(err)
	}
	e := events[0].(domain.HandoverOffered)
	want := map[domain.Fact]string{domain.FactName: "Daniel", domain.FactPhone: "020 7946 0000", domain.FactEmployment: "none"}
	if !reflect.DeepEqual(e.Facts, want) {
		t.Errorf("it goes out with %v, and consent covers %v", e.Facts, want)
	}
	there := domain.Replay(domain.About(pat), between(coach(sent), coach(e)))
	if there.Name() != "Daniel" || !there.Exists() || len(there.Handovers) != 1 || there.Handovers[0].Paper == nil || there.Fact(domain.FactGroup) != "" {
		t.Errorf("outside they are %+v", there.Facts)
	}
	e.Facts = map[domain.Fact]string{domain.FactName: "Somebody else", domain.FactReference: "x"}
	if p := domain.Replay(domain.About(pat), append(rs, between(coach(joined), coach(joined), coach(joined), coach(e))[3])); p.Name() != "Daniel" || p.Fact(domain.FactReference) != "" {
		t.Errorf("a handover changed who they are: %+v", p.Facts)
	}
	// The offer was taken back, and they had written already: they know of whom.
	undone := between(coach(e), by{jo, domain.Provider, 1, domain.Noted{ID: made(4), Lines: []domain.PlacedLine{{Text: "came"}}}}, coach(domain.Undid{Batch: domain.ID{14: 1, 15: 0}}))
	if p := domain.Replay(domain.About(pat), undone); p.Name() != "Somebody else" || len(p.Notes) != 1 || len(p.Handovers) != 0 {
		t.Errorf("after the offer was undone they are %q with %d notes", p.Name(), len(p.Notes))
	}
	withheld := domain.Described{Facts: map[domain.Fact]string{domain.FactWithhold: "yes"}}
	events, err = domain.Decide(domain.OfferHandover{Participant: pat, Kind: domain.HandoverReferral, To: jo, ToName: "Jo Field", ToRole: domain.Provider}, between(coach(known), coach(sent), coach(agreed), coach(withheld)), s)
	if err != nil || events[0].(domain.HandoverOffered).Facts[domain.FactPhone] != "" {
		t.Errorf("withheld details went out: %v, %v", events, err)
	}
}

// While somebody was away: what others did, by day, once for each thing saved, without what
// they wrote for themselves.
func TestMeanwhile(t *testing.T) {
	secret := domain.Noted{ID: made(2), Scope: domain.CoachOnly, Lines: []domain.PlacedLine{{Text: "x"}}}
	rs := between(coach(joined), coach(promise),
		by{cyrs, domain.Coach, 0, domain.BarrierNoted{ID: made(1), Text: "before"}},
		coach(covered), beaSays(answer(domain.HandoverTaken, "", theCase, thePromise)),
		beaSays(domain.BarrierNoted{ID: made(3), Text: "travel"}), beaSays(secret), coach(domain.BarrierNoted{ID: made(4), Text: "mine"}),
		beaSays(domain.BarrierNoted{ID: made(5), Text: "slip"}), beaSays(domain.Undid{Batch: domain.ID{14: 1, 15: 8}}),
		by{bea, domain.Coach, 2, domain.PromiseSettled{ID: promised, Status: domain.PromiseKept}},
		by{amina, domain.Coach, 9, domain.HandoverEnded{ID: theHandover}},
		by{bea, domain.Coach, 10, domain.BarrierNoted{ID: made(6), Text: "after"}})
	p := domain.Replay(domain.About(pat), rs)
	away := domain.WhileAway(amina, p, domain.Replay(domain.About(domain.ID{15: 9}), nil))
	if len(away) != 1 || len(away[0].Doings) != 2 {
		t.Fatalf("%+v", away)
	}
	want := []domain.Doings{
		{Day: today + 1, By: bea, Role: domain.Coach, Says: []string{domain.BarrierNoted{}.Sentence()}},
		{Day: today + 2, By: bea, Role: domain.Coach, Says: []string{domain.PromiseSettled{Status: domain.PromiseKept}.Sentence()}},
	}
	if !reflect.DeepEqual(away[0].Doings, want) {
		t.Errorf("%+v, want %+v", away[0].Doings, want)
	}
	if len(domain.WhileAway(bea, p)) != 0 {
		t.Error("whoever covered was not away")
	}
}

// Who had the case, and who looked after it.
func TestHolders(t *testing.T) {
	coachIs := func(name string) domain.Event {
		return domain.Described{Facts: map[domain.Fact]string{domain.FactCoach: name}}
	}
	p := domain.Replay(domain.About(pat), between(coach(joined), by{amina, domain.Coach, 1, coachIs("Amina Yusuf")}, by{amina, domain.Coach, 2, covered},
		by{bea, domain.Coach, 3, answer(domain.HandoverTaken, "", theCase)}, by{amina, domain.Coach, 9, domain.HandoverEnded{ID: theHandover}},
		by{amina, domain.Coach, 10, domain.CaseOffered{ID: theOffer, To: cyrs}}, by{cyrs, domain.Coach, 11, domain.CaseAccepted{ID: theOffer, Name: "Cy Marsh"}}))
	want := []domain.Holder{
		{From: today, Until: today + 1},
		{Name: "Amina Yusuf", From: today + 1, Until: today + 11},
		{Name: "Bea Holt", From: today + 3, Until: today + 9, Cover: true},
		{Name: "Cy Marsh", From: today + 11},
	}
	if got := p.Holders(); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
}

// What the queue says of a handover, to each of those it concerns.
func TestHandoversInTheQueue(t *testing.T) {
	england := calendar.New(calendar.EnglandAndWales, nil)
	rules := domain.Rules{}
	for _, k := range []string{"handover-waits", "handover-asked", "handover-declined", "cover-ends", "covering", "covered", "promise-due"} {
		rules[k] = domain.Rule{Key: k}
	}
	rules["handover-silent"] = domain.Rule{Key: "handover-silent", Days: 2}
	taken := answer(domain.HandoverTaken, "", theCase, thePromise)
	no := answer(domain.HandoverNotMine, "full", theCase, thePromise)
	for _, tt := range []struct {
		name  string
		story []by
		who   domain.Person
		on    int
		want  string
		is    string // words of the filter that hold
	}{
		{"offered", nil, domain.Person{ID: bea, Name: "Bea Holt"}, 0, "handover-waits", ""},
		{"offered, to the sender", nil, domain.Person{ID: amina}, 1, "", ""},
		{"not answered for two working days", nil, domain.Person{ID: amina}, 2, "handover-silent", ""},
		{"asked about", []by{beaSays(answer(domain.HandoverAsked, "?", theCase))}, domain.Person{ID: amina}, 1, "handover-asked", ""},
		{"asked about, to the receiver", []by{beaSays(answer(domain.HandoverAsked, "?", theCase, thePromise))}, domain.Person{ID: bea}, 1, "", ""},
		{"replied", []by{beaSays(answer(domain.HandoverAsked, "?", theCase, thePromise)), coach(domain.HandoverReplied{ID: theHandover, Item: theCase, Words: "x"})}, domain.Person{ID: bea}, 1, "handover-waits", ""},
		{"not taken", []by{beaSays(no)}, domain.Person{ID: amina}, 1, "handover-declined", ""},
		{"not taken, to the receiver", []by{beaSays(no)}, domain.Person{ID: bea, Name: "Bea Holt"}, 5, "", "returned"},
		{"covered", []by{beaSays(taken)}, domain.Person{ID: amina}, 3, "promise-due covered", "covered"},
		{"covering", []by{beaSays(taken)}, domain.Person{ID: bea}, 3, "promise-due covering", "covering"},
		{"nothing else is to be done", []by{beaSays(taken)}, domain.Person{ID: amina}, 2, "", "covered"},
		{"cover ends", []by{beaSays(taken)}, domain.Person{ID: amina}, 14, "promise-due cover-ends", "covered"},
		{"cover is over", []by{beaSays(taken)}, domain.Person{ID: bea}, 16, "promise-due cover-ends", "covering"},
		{"taken back", []by{beaSays(taken), {amina, domain.Coach, 3, domain.HandoverEnded{ID: theHandover}}}, domain.Person{ID: bea, Name: "Bea Holt"}, 4, "", "returned"},
		{"taken back, to the sender", []by{beaSays(taken), {amina, domain.Coach, 3, domain.HandoverEnded{ID: theHandover}}}, domain.Person{ID: amina}, 4, "promise-due", ""},
		{"it is the receiver's own case", []by{beaSays(no), coach(domain.Described{Facts: map[domain.Fact]string{domain.FactCoach: "Bea Holt"}})}, domain.Person{ID: bea, Name: "Bea Holt"}, 4, "promise-due", ""},
	} {
		p := domain.Replay(domain.About(pat), between(append([]by{coach(joined), coach(promise), coach(covered)}, tt.story...)...))
		q := domain.Queue{Today: today + calendar.Day(tt.on), Me: tt.who.ID, Name: tt.who.Name, Rules: rules, Nation: calendar.EnglandAndWales, Calendars: map[calendar.Nation]*calendar.Calendar{calendar.EnglandAndWales: &england}}
		q.Named = func(id domain.ID) string { return map[domain.ID]string{amina: "Amina Yusuf", bea: "Bea Holt"}[id] }
		j := q.Judge(p.Row())
		var got []string
		for _, r := range j.Reasons {
			got = append(got, r.Rule)
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: %v, want %s", tt.name, j.Reasons, tt.want)
		}
		for _, flag := range []string{"covering", "covered", "returned"} {
			if j.Is(flag) != (flag == tt.is) {
				t.Errorf("%s: is:%s is %v", tt.name, flag, j.Is(flag))
			}
		}
		open := !p.Handovers[0].State().Over()
		if j.Has("handover") != open || open && !slices.Contains(j.Values("with"), "Bea Holt") || tt.who.ID == bea && open && !slices.Contains(j.Values("with"), "Amina Yusuf") {
			t.Errorf("%s: has %v, with %v", tt.name, j.Has("handover"), j.Values("with"))
		}
		if got := p.Row().OwnCase(tt.who, amina); tt.who.ID == bea && got != (open || tt.name == "it is the receiver's own case") {
			t.Errorf("%s: their own case: %v", tt.name, got)
		}
	}
}

// What is proposed to go along.
func TestItemsOf(t *testing.T) {
	p := domain.Replay(domain.About(pat), between(coach(joined), coach(promise), coach(asking),
		coach(domain.Promised{ID: made(1), Text: "hers", Owner: domain.ByPerson}), coach(domain.Promised{ID: made(2), Text: "x", Owner: domain.ByCoach, Scope: domain.CoachOnly}),
		coach(domain.StepAdded{ID: made(3), Text: "write", Owner: domain.ByCoach}), coach(domain.Booked{ID: made(4), Day: today + 3, Minute: 600}),
		coach(domain.Booked{ID: made(5), Day: today + 30, Minute: 600}), coach(domain.Booked{ID: made(6), Day: today + 4, Minute: 600, Scope: domain.ThirdParty})))
	got := ""
	for _, i := range domain.ItemsOf(p, domain.HandoverCover, today, today+14) {
		got += p.HandedSays(i, today) + "; "
	}
	if want := "the case; promise: ring the landlord, by " + (today + 3).Short(today) + "; step: write; escalation: who pays?; appointment: " + (today + 3).Short(today) + ", 10:00; "; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	if n := len(domain.ItemsOf(p, domain.HandoverCopy, today, 0)); n != 0 {
		t.Errorf("a copy hands %d things over", n)
	}
}
