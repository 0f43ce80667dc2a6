package domain_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/store/storetest"
)

// talkCommand is something that somebody may do around a talk: notes with marks, sessions,
// amendments, appointments, ratings, services and concerns.
func talkCommand(dice *rand.Rand, p domain.Participant, w string) (domain.Command, domain.Role) {
	role := []domain.Role{domain.Coach, domain.Coach, domain.Coach, domain.Lead}[dice.IntN(4)]
	var note, session, meeting, service, concern, adjustment, sent domain.ID
	if n := len(p.Notes); n > 0 {
		note = p.Notes[dice.IntN(n)].ID
	}
	if n := len(p.Sessions); n > 0 {
		session = p.Sessions[dice.IntN(n)].ID
	}
	if n := len(p.Appointments); n > 0 {
		meeting = p.Appointments[dice.IntN(n)].ID
	}
	if n := len(p.Signposts); n > 0 {
		service = p.Signposts[dice.IntN(n)].ID
	}
	if n := len(p.Concerns); n > 0 {
		concern = p.Concerns[dice.IntN(n)].ID
	}
	if n := len(p.Adjustments); n > 0 {
		adjustment = p.Adjustments[dice.IntN(n)].ID
	}
	if n := len(p.Referrals); n > 0 {
		sent = p.Referrals[dice.IntN(n)].ID
	}
	about := sent
	if dice.IntN(3) > 0 {
		about = domain.ID{} // a new one
	}
	to := pickOne(dice, domain.ReferralMoves[:3+dice.IntN(len(domain.ReferralMoves)-2)])
	tell := domain.Letter{Programme: pickOne(dice, []string{"workwell", "connect-to-work"}), Provider: "Riverside " + w, Contact: w, Reference: w, Text: w}
	here := tell
	here.Provider = trust.Name
	mark := pickOne(dice, []string{"", "> me: ", "! ", "! provider: ", "? ", "# ", "+ ", `" `, "= ", "[coach only] ! ", "[third party] ", "[coach only] ? "})
	text := pickOne(dice, []string{"Said.\n", "Said.\n\n[third party] Hers.\n\n"}) + mark + w
	booking := domain.Booking{Day: today + calendar.Day(1+dice.IntN(20)), Minute: 540 + 20*dice.IntN(20), Purpose: w}
	outcome := domain.Outcomes[dice.IntN(3)]
	return pickOne(dice, []domain.Command{
		domain.TakeNote{Participant: pat, Text: text},
		domain.RecordSession{Participant: pat, Outcome: outcome, Text: text, Present: []string{w}, Rating: []domain.RatingAnswer{{Question: "confident", Value: 1 + dice.IntN(5)}}},
		domain.RecordSession{Participant: pat, Appointment: meeting, Outcome: outcome, Reason: w},
		domain.AmendNote{Participant: pat, Note: note, Text: text, Reason: w},
		domain.AmendSession{Participant: pat, Session: session, Account: domain.Account{Outcome: domain.Outcomes[dice.IntN(3)], Present: []string{w}}, Reason: w},
		domain.AmendSession{Participant: pat, Session: session, Account: domain.Account{Outcome: outcome}, Reason: w},
		domain.Book{Participant: pat, Booking: booking},
		domain.Rebook{Participant: pat, Appointment: meeting, Booking: booking},
		domain.CancelAppointment{Participant: pat, Appointment: meeting},
		domain.Rate{Participant: pat, Answers: []domain.RatingAnswer{{Question: w, Value: 3}}},
		domain.SignpostTo{Participant: pat, Text: w},
		domain.SignpostTo{Participant: pat, Text: w + " too", Service: domain.ServiceKey("newham", w), Feed: "newham"},
		domain.TellSignpost{Participant: pat, Signpost: service, Result: pickOne(dice, domain.SignpostResults), Words: w},
		domain.RaiseConcern{Participant: pat, Text: w, Told: "a doctor", Scope: pickOne(dice, domain.Scopes)},
		domain.AcknowledgeConcern{Participant: pat, Concern: concern, Answer: w},
		domain.Adjust{Participant: pat, Text: w},
		domain.RemoveAdjustment{Participant: pat, Adjustment: adjustment},
		domain.ReviewPlan{Participant: pat, Text: w},
		domain.GiveCopy{Participant: pat, Shape: domain.PlainShape, Language: domain.English, How: domain.OnPaper},
		domain.DraftReferral{Participant: pat, Referral: about, Letter: tell},
		domain.CheckReferral{Participant: pat, Referral: sent},
		domain.GiveConsent{Participant: pat, Purpose: w, To: trust, Items: domain.ConsentItems, How: domain.ByPhone, Giver: domain.GivenByPerson},
		domain.Refer{Participant: pat, Referral: about, Letter: here},
		domain.Refer{Participant: pat, Letter: here},
		domain.AmendReferral{Participant: pat, Referral: sent, Letter: domain.Letter{Programme: "workwell", Provider: trust.Name, Text: w}, Reason: w},
		domain.AmendReferral{Participant: pat, Referral: sent, Letter: domain.Letter{Programme: "connect-to-work", Provider: trust.Name, Text: w}, Reason: w},
		domain.MoveReferral{Participant: pat, Referral: sent, To: to, Code: "other", Words: w, Contact: w},
		domain.MoveReferral{Participant: pat, Referral: sent, To: to, Code: "other", Words: w},
		domain.RecallReferral{Participant: pat, Referral: sent, Words: w},
		domain.NameReferral{Participant: pat, Referral: sent, Reference: w},
		domain.ChaseReferral{Participant: pat, Referral: sent, Words: w},
		domain.HandOverWarmly{Participant: pat, Referral: sent, Booking: booking},
		domain.SettleReferral{Participant: pat, Referral: sent, Words: w},
		domain.TakeNote{Participant: pat, Text: text},
		domain.Undo{Participant: pat},
	}), role
}

// heardWord is a word that was accepted, with the record that holds it and what its
// writer knew.
type heardWord struct {
	word string
	r    domain.Record
	knew map[domain.DeskID]uint64
}

// sayAnew returns the item of which an event says anew what it says of itself: the words
// before may go when whoever writes it knew of them.
func sayAnew(e domain.Event) (item domain.ID, anew bool) {
	switch e := e.(type) {
	case domain.StepChanged:
		return e.ID, e.Reason != ""
	case domain.GoalClosed:
		return e.ID, true
	case domain.SignpostTold:
		return e.ID, true
	case domain.ProvisionEnded:
		return e.ID, true
	case domain.ProvisionCorrected:
		return e.ID, true
	case domain.ApplicationBegun:
		return e.ID, true
	case domain.ApplicationChanged:
		return e.ID, true
	case domain.ApplicationDecided:
		return e.ID, true
	case domain.FitNoteRecorded:
		return e.ID, true
	case domain.FitNoteCorrected:
		return e.ID, true
	}
	return workSaidAnew(e)
}

// workSaidAnew goes on with [sayAnew] for what is said about work.
func workSaidAnew(e domain.Event) (item domain.ID, anew bool) {
	switch e := e.(type) {
	case domain.JobFound:
		return e.ID, true
	case domain.JobChanged:
		return e.ID, e.Title != nil || e.Employer != nil
	case domain.WeekMarked:
		return domain.ID{14: byte(e.Week >> 8), 15: byte(e.Week)}, true
	case domain.RetentionChecked:
		return e.ID, true
	case domain.WorkplaceSettled:
		return e.ID, true
	}
	return domain.ID{}, false
}

// TestAnyInterleavingOfAllParts has three desks do whatever they may with one person, of all
// parts of the program, now and then meeting, and merges the records in any order. The
// record is the same; every word that was accepted is in it, or in what an item said
// before, but for what was undone or said anew by somebody who knew; a row is made of it,
// and nothing of a private scope is in the row.
func TestAnyInterleavingOfAllParts(t *testing.T) {
	done := map[string]int{}
	for seed := range uint64(850) {
		dice := rand.New(rand.NewPCG(seed, 11))
		n := 0
		id := func() domain.ID { n++; return domain.ID{12: 2, 13: byte(n >> 16), 14: byte(n >> 8), 15: byte(n)} }
		desks := [3]*apart{{desk: domain.DeskID{1}, new: id}, {desk: domain.DeskID{2}, new: id}, {desk: domain.DeskID{3}, new: id}}
		desks[0].do(domain.Join{ID: pat, Facts: map[domain.Fact]string{domain.FactName: "Daniel Okafor"}}, amina, domain.Coach, id())
		desks[1].meet(desks[0])
		desks[2].meet(desks[0])
		var said []heardWord
		for step := range 130 {
			d := desks[dice.IntN(3)]
			p := domain.Replay(domain.About(pat), d.past)
			word := fmt.Sprintf("w%dx%dz", seed, step)
			var c domain.Command
			role := domain.Coach
			switch dice.IntN(6) {
			case 5:
				c, role = handoverCommand(dice, p, word)
			case 4:
				c, role = workCommand(dice, p, word)
			case 2:
				c, role = movingCommand(dice, p, word)
			case 0:
				s := &story{dice: dice}
				c, _, _ = s.command(p)
				c = reword(c, "word1z", word)
			case 1:
				c, role = anyCommand(dice, p, word)
			default:
				c, role = talkCommand(dice, p, word)
			}
			by := staffOf(role, d.desk[0])
			knew := map[domain.DeskID]uint64{}
			for _, r := range d.past {
				knew[r.Desk] = max(knew[r.Desk], r.Seq)
			}
			before := len(d.past)
			if d.do(c, by, role, id()) {
				done[reflect.TypeOf(c).Name()]++
				for _, r := range d.past[before:] {
					_, anew := sayAnew(r.Event)
					if anew || written([]domain.Record{r}, word) {
						said = append(said, heardWord{word, r, knew})
					}
				}
			}
			if dice.IntN(9) == 0 {
				i, k := dice.IntN(3), dice.IntN(3)
				desks[i].meet(desks[k])
				desks[k].meet(desks[i])
			}
		}
		for i := range 2 * len(desks) {
			desks[i%3].meet(desks[(i+1)%3])
		}
		want := domain.Replay(domain.About(pat), desks[0].past)
		for range 3 {
			mixed := slices.Clone(desks[1].past)
			dice.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
			domain.Sort(mixed)
			if got := domain.Replay(domain.About(pat), mixed); !reflect.DeepEqual(got, want) || !reflect.DeepEqual(got.Row(), want.Row()) {
				t.Fatalf("seed %d: two merges tell two stories", seed)
			}
		}
		nothingSaidIsLost(t, seed, want, said)
		storetest.SharedAlone(t, domain.About(pat), want.Past())
		row := fmt.Sprintf("%+v", want.Row())
		for _, w := range said {
			if w.r.Scope.Private() && strings.Contains(row, w.word) && !shareableToo(said, w.word) {
				t.Errorf("seed %d: %s is private and in the row", seed, w.word)
			}
		}
		if t.Failed() {
			return
		}
	}
	for _, c := range []domain.Command{domain.TakeNote{}, domain.AmendNote{}, domain.RecordSession{}, domain.AmendSession{}, domain.Rebook{}, domain.CancelAppointment{}, domain.TellSignpost{}, domain.AcknowledgeConcern{}, domain.Undo{}, domain.Answer{}, domain.HandBack{}, domain.BookMeeting{}, domain.TakeAnswer{}, domain.ChaseStep{}, domain.ChangeStep{}, domain.CloseGoal{}, domain.PausePlan{}, domain.AgreePlan{}, domain.ReviewPlan{}, domain.StartProvision{}, domain.EndProvision{}, domain.CorrectProvision{}, domain.PlanLanding{}, domain.DraftReferral{}, domain.CheckReferral{}, domain.Refer{}, domain.AmendReferral{}, domain.MoveReferral{}, domain.RecallReferral{}, domain.NameReferral{}, domain.ChaseReferral{}, domain.HandOverWarmly{}, domain.SettleReferral{}, domain.Apply{}, domain.ChangeApplication{}, domain.ChaseApplication{}, domain.DecideApplication{}, domain.OfferTransfer{}, domain.AnswerTransfer{}, domain.RecallTransfer{}, domain.RecordFitNote{}, domain.CorrectFitNote{}, domain.TakeJob{}, domain.ChangeJob{}, domain.EndJob{}, domain.MarkWeek{}, domain.NoteAbsence{}, domain.CheckRetention{}, domain.EndAbsence{}, domain.PlanReturn{}, domain.EndReturn{}, domain.ContactEmployer{}, domain.PromiseWorkAdjustment{}, domain.SettleWorkAdjustment{}, domain.WriteProfile{}, domain.ChangeProfile{}, domain.MoveWork{}, domain.OfferHandover{}, domain.AnswerHandover{}, domain.ReplyHandover{}, domain.RecallHandover{}, domain.EndHandover{}} {
		if name := reflect.TypeOf(c).Name(); done[name] < 10 {
			t.Errorf("%s happened %d times only: it proves little", name, done[name])
		}
	}
}

func shareableToo(said []heardWord, word string) bool {
	return slices.ContainsFunc(said, func(w heardWord) bool { return w.word == word && !w.r.Scope.Private() })
}

// reword puts another word into the texts of a command.
func reword(c domain.Command, from, to string) domain.Command {
	v := reflect.New(reflect.TypeOf(c)).Elem()
	v.Set(reflect.ValueOf(c))
	for i := range v.NumField() {
		switch f := v.Field(i); {
		case f.Kind() == reflect.String && f.String() == from:
			f.SetString(to)
		case f.Type() == reflect.TypeFor[[]string]() && f.Len() == 1 && f.Index(0).String() == from:
			f.Set(reflect.ValueOf([]string{to}))
		}
	}
	return v.Interface().(domain.Command)
}

// nothingSaidIsLost looks for every word in all that a record tells.
func nothingSaidIsLost(t *testing.T, seed uint64, p domain.Participant, said []heardWord) {
	t.Helper()
	undone := domain.Undone(p.Past())
	var b strings.Builder
	for _, part := range []any{p.Facts, p.Adjustments, p.Barriers, p.Appointments, p.Sessions, p.Notes, p.Promises, p.Plan.Goals, p.Plan.Steps, p.Plan.Reviews, p.Plan.Pauses, p.Escalations, p.Signposts, p.Ratings, p.Concerns, p.Provisions, p.Referrals, p.Consents, p.Applications, p.Transfers, p.FitNotes, p.InWork, p.Handovers} {
		texts(&b, reflect.ValueOf(part))
	}
	for _, a := range p.Plan.Agreed {
		b.WriteString(strings.Join(a.Present, "\n"))
	}
	text := b.String()
	anew := func(w heardWord) bool {
		item, is := sayAnew(w.r.Event)
		return is && slices.ContainsFunc(said, func(o heardWord) bool {
			same, is := sayAnew(o.r.Event)
			return is && same == item && w.r.Before(o.r) < 0 && !undone[o.r.Command] && (o.r.Desk == w.r.Desk || o.knew[w.r.Desk] >= w.r.Seq)
		})
	}
	for _, w := range said {
		if written([]domain.Record{w.r}, w.word) && !undone[w.r.Command] && !strings.Contains(text, w.word) && !anew(w) {
			t.Errorf("seed %d: %q was accepted (%s) and is nowhere: %+v", seed, w.word, w.r.Kind, w.r.Event)
		}
	}
}

// texts writes every text in a value, however deep it lies.
func texts(b *strings.Builder, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		b.WriteString(v.String() + "\n")
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return // an ID
		}
		for i := range v.Len() {
			texts(b, v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			texts(b, v.Field(i))
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			texts(b, v.MapIndex(k))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			texts(b, v.Elem())
		}
	default: // no text
	}
}
