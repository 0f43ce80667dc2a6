package ui_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"coachdesk/assets"
	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/ui"
	"coachdesk/ui/screen"
)

// atWork is what the program carries about work.
var atWork = func() domain.WorkRules {
	var file struct {
		Counters  []domain.CounterRule
		CheckIns  []domain.CheckInRule `json:"check_ins"`
		AtRisk    struct{ Spare int }  `json:"at_risk"`
		Retention struct{ Programmes []string }
	}
	if err := json.Unmarshal(assets.InWork(), &file); err != nil {
		panic(err)
	}
	return domain.WorkRules{Counters: file.Counters, CheckIns: file.CheckIns, Spare: file.AtRisk.Spare, Routes: file.Retention.Programmes}
}()

// working is a desk with somebody in work in whose record something of everything stands.
func working(t testing.TB) (*paper, domain.ID) {
	t.Helper()
	d := newPaper(t)
	today := calendar.Of(now)
	id := d.join(t, "Daniel Okafor")
	job := func() domain.ID { p, _ := d.Participant(id); return p.InWork.Jobs[len(p.InWork.Jobs)-1].ID }
	d.must(t, domain.MoveWork{Participant: id, Stage: domain.StageEngaged, Day: today - 200, Programme: "ips-primary-care"})
	d.must(t, domain.WriteProfile{Participant: id, Part: domain.PartHours, Text: "mornings, not before nine"})
	d.must(t, domain.TakeJob{Participant: id, Title: "shelf filler", Employer: "Corner Shop", Minutes: 720, Start: today - 190})
	d.must(t, domain.EndJob{Participant: id, Job: job(), Day: today - 130, Code: "hours", Lesson: "no nights any more"})
	d.must(t, domain.GiveConsent{Participant: id, To: domain.Recipient{Kind: domain.ToEmployer, Name: "Oak Street Bakery"}, Purpose: "to agree adjustments", Items: []domain.ConsentItem{domain.ItemAdjustments}, How: domain.FaceToFace, Giver: domain.GivenByPerson})
	d.must(t, domain.TakeJob{Participant: id, Title: "assistant baker", Employer: "Oak Street Bakery", Minutes: 960, Start: today - 70})
	for week := 10; week > 1; week-- {
		m := domain.MarkWeek{Participant: id, Week: today - calendar.Day(7*week), Minutes: 960, Fine: true}
		switch week {
		case 7:
			m.Minutes = 720
		case 5, 4:
			m.Minutes, m.Fine, m.Words = 300, false, "his back"
		}
		d.must(t, m)
	}
	d.must(t, domain.ContactEmployer{Participant: id, Job: job(), Day: today, How: domain.ByPhone, Kind: domain.ContactAbout, Text: "they are content; a stool would help"})
	d.must(t, domain.PromiseWorkAdjustment{Participant: id, Job: job(), Text: "a stool at the bench", Owner: domain.OwedByEmployer, Due: today + 4})
	d.must(t, domain.PromiseWorkAdjustment{Participant: id, Job: job(), Text: "a taxi while the bus does not run", Owner: domain.OwedByAccess})
	other := d.join(t, "Shirin Begum")
	d.must(t, domain.TakeJob{Participant: other, Title: "cleaner", Employer: "Elm Court", Start: today + 4, Minutes: 600})
	third := d.join(t, "Owen Price")
	d.must(t, domain.TakeJob{Participant: third, Title: "driver", Start: today - 30, Minutes: 1800})
	d.must(t, domain.NoteAbsence{Participant: third, From: today - 3, Code: "health-body"})
	d.join(t, "Siân Llŷr")
	return d, id
}

func TestWorkViews(t *testing.T) {
	for _, size := range []struct {
		name  string
		w, h  int
		plain bool
	}{{"60x10", 60, 10, false}, {"80x24", 80, 24, false}, {"120x40", 120, 40, false}, {"plain", 80, 24, true}} {
		for _, at := range []struct{ name, keys string }{
			{"list", "gi"},
			{"list-away", "gifff"},
			{"record", "/dan<enter>6"},
			{"record-below", "/dan<enter>6G"},
			{"mark", "/dan<enter>6w"},
			{"fine", "/dan<enter>6w<enter>"},
			{"employer", "/dan<enter>6a"},
			{"introduce", "/dan<enter>6ai"},
			{"away", "/owe<enter>6Q"},
			{"return", "/dan<enter>6R8 8 12 16<enter>"},
			{"nothing", "/sian<enter>6"},
		} {
			t.Run(size.name+"/"+at.name, func(t *testing.T) {
				d, _ := working(t)
				x := &hand{t: t, shell: ui.New(ui.Options{World: screen.World{Desk: d, Now: func() time.Time { return now }}, Plain: size.plain})}
				x.send(tea.WindowSizeMsg{Width: size.w, Height: size.h})
				x.keys(at.keys)
				text := x.screen()
				var b strings.Builder
				for i, line := range strings.Split(text, "\n") {
					if w := ansi.StringWidth(line); w > size.w {
						t.Errorf("line %d is %d wide: %q", i+1, w, ansi.Strip(line))
					}
					b.WriteString(strings.TrimRight(ansi.Strip(line), " ") + "\n")
				}
				if n := strings.Count(text, "\n") + 1; n > size.h {
					t.Errorf("%d lines on %d", n, size.h)
				}
				golden.RequireEqual(t, b.String())
			})
		}
	}
}

// TestWorkByKeys goes the whole way: engaged, profile, search, offer, placed, stable, away,
// a graduated return, back to stable, lost, back to search, ended.
func TestWorkByKeys(t *testing.T) {
	d := newPaper(t)
	id := d.join(t, "Daniel Okafor")
	x := sit(t, d, 100, 50)
	in := func() domain.Working {
		t.Helper()
		p, err := d.Participant(id)
		if err != nil {
			t.Fatal(err)
		}
		return p.InWork
	}
	x.keys("/dan<enter>6")
	x.sees("No job is on the record")
	x.keys("wX")
	x.sees("No job is on the record. J records one")
	x.keys("ie1")
	x.sees("engaged since Mon 23 Nov, today", "counted for Individual Placement and Support")
	x.keys("V1outdoors, with few people<enter>")
	x.sees("preferences: outdoors, with few people", "profile")
	x.keys("is")
	x.sees("job search since Mon 23 Nov, today")

	// An offer gets its first day; the plan and the lists know it.
	x.keys("Jgardener<enter>Oak Park<enter><enter>16<enter>")
	x.sees("gardener, Oak Park, 16 h a week, offer", "Oak Park: no consent to speak about them")
	x.keys("kkkkkkkkx2 nov<enter>")
	if j := in().Jobs[0]; j.Start == 0 {
		t.Fatalf("%+v\n%s", j, ansi.Strip(x.screen()))
	}

	// Without consent the employer is not told of the person.
	x.keys("ap")
	x.sees("No consent to share")
	if len(in().Contacts) != 0 {
		t.Error("it was logged")
	}
	x.keys("aepany work in spring?<enter>")
	x.sees("An employer was asked, and nobody was named")
	d.must(t, domain.GiveConsent{Participant: id, To: domain.Recipient{Kind: domain.ToEmployer, Name: "oak park"}, Purpose: "adjustments", Items: []domain.ConsentItem{domain.ItemAdjustments}, How: domain.ByPhone, Giver: domain.GivenByPerson})
	x.keys("<esc>/dan<enter>6afthey are content<enter>")
	x.sees("about the person, face to face: they are content")

	// A first day that was a year off is put right; a week is marked and corrected.
	start := calendar.Of(now) - 21
	d.must(t, domain.ChangeJob{Participant: id, Job: in().Jobs[0].ID, Start: &start})
	x.keys("<esc>/dan<enter>6w<enter>f")
	x.sees("16 h, fine", "1 of 13 weeks")
	x.keys("w7:30<enter>ntoo far<enter>")
	if all := in().Weeks; len(all) != 1 || all[0].Minutes != 450 || all[0].Fine || all[0].Words != "too far" || all[0].Week != domain.Monday(calendar.Of(now))-7 { // it is a Monday: this week has only begun
		t.Errorf("%+v", all)
	}
	x.keys("kkkkkkkkkkkkx")
	x.sees("stable")

	x.keys("+ea seat by 12 dec<enter>")
	x.sees("a seat (the employer, reasonable adjustment (Equality Act 2010))")

	x.keys("Q2<enter>")
	x.sees("away since Mon 23 Nov, today", "not yet looked at what helps")
	x.keys("QcWorkWell, she rings on Friday<enter>")
	x.sees("to keep the job: WorkWell, she rings on Friday")
	x.keys("R4 to 16 in 4<enter>")
	x.sees("Return to work, planned and worked", "4 h planned", "16 h planned")
	x.keys("Qb<enter>")
	x.sees("away Mon 23 Nov to Mon 23 Nov")
	x.keys("Res")
	if got := in(); got.Returns[0].Result != domain.ReturnStable || got.Jobs[0].Stage != domain.JobStable {
		t.Errorf("%+v", got)
	}

	x.keys("kkkkkkkkkkkkX422 nov<enter>no machines<enter>")
	x.sees("dismissed", "lessons from earlier jobs: no machines", "preferences: outdoors", "job search since")
	x.keys("ix2her brother helps now<enter>")
	x.sees("support ended", "support is no longer wanted: her brother helps now")
	x.keys("u")
	x.sees("job search since")
	x.lacks("support ended")
}

func TestInWorkList(t *testing.T) {
	d, id := working(t)
	x := sit(t, d, 110, 30)
	x.keys("gi")
	x.sees("all 3", "at risk 1", "away 1", "Daniel Okafor", "assistant baker, Oak Street Bakery, 16 h", "7 of 13 weeks, 1 may still be missed", "away from work")
	x.lacks("Siân")
	text := ansi.Strip(x.screen())
	if o, s := strings.Index(text, "Daniel"), strings.Index(text, "Shirin"); o < 0 || o > s {
		t.Error("whose weeks are at risk does not stand first")
	}
	x.keys("w<enter>f")
	if p, _ := d.Participant(id); !slices.ContainsFunc(p.InWork.Weeks, func(m domain.WeekMark) bool { return m.Week == calendar.Of(now)-7 && m.Minutes == 960 }) {
		t.Error("the last week was not marked")
	}
	x.keys("fff")
	x.sees("Owen Price")
	x.lacks("Shirin")
	x.keys("<enter>")
	x.sees("not yet looked at what helps to keep the job")
	x.keys("gcf")
}

// TestWorkKeyCounts counts the journeys of an adviser in work: the words are not counted.
func TestWorkKeyCounts(t *testing.T) {
	for _, tt := range []struct {
		what, keys string
		most       int
		done       func(domain.Working) bool
	}{
		{"employer introduction", "aip\x00<enter>", 4, func(w domain.Working) bool { return w.Contacts[len(w.Contacts)-1].Kind == domain.ContactIntroduce }},
		{"job start", "J\x00<enter>\x00<enter>\x01<enter>\x02<enter>", 8, func(w domain.Working) bool {
			j := w.Jobs[len(w.Jobs)-1]
			return !j.Start.IsZero() && j.Minutes == 960 && j.Employer != ""
		}},
		{"weekly mark", "w<enter>f", 3, func(w domain.Working) bool {
			m, ok := w.Week(calendar.Of(now) - 7)
			return ok && m.Fine && m.Minutes == 960
		}},
		{"employer contact", "ap\x00<enter>", 3, func(w domain.Working) bool {
			return w.Contacts[len(w.Contacts)-1].Kind == domain.ContactAbout && len(w.Contacts) == 2
		}},
		{"absence", "Q2<enter>", 4, func(w domain.Working) bool { _, away := w.Absent(calendar.Of(now)); return away }},
		{"end of support with its landing", "ix1\x00<enter>", 5, func(w domain.Working) bool { m, _ := w.Move(); return m.Stage == domain.StageEnded && m.Words != "" }},
	} {
		t.Run(tt.what, func(t *testing.T) {
			d, id := working(t)
			x := sit(t, d, 80, 24)
			x.keys("/dan<enter>6")
			x.keys(strings.NewReplacer("\x00", "words that anybody would write", "\x01", "mon", "\x02", "16").Replace(tt.keys))
			n := 0
			for s := strings.NewReplacer("\x00", "", "\x01", "", "\x02", "").Replace(tt.keys); s != ""; n++ {
				if s[0] == '<' {
					s = s[strings.IndexByte(s, '>')+1:]
				} else {
					s = s[1:]
				}
			}
			if n > tt.most {
				t.Errorf("%d keys, at most %d", n, tt.most)
			}
			if p, _ := d.Participant(id); !tt.done(p.InWork) {
				t.Fatalf("it was not recorded:\n%s", ansi.Strip(x.screen()))
			}
		})
	}
}
