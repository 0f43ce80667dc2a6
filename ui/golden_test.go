package ui_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/ui"
	"coachdesk/ui/screen"
)

// furnished is a desk with one rich record and a few others.
func furnished(t testing.TB) (*paper, domain.ID) {
	d := newPaper(t)
	id := d.join(t, "Daniel Okafor")
	today := calendar.Of(now)
	d.must(t, domain.Describe{Participant: id, Facts: map[domain.Fact]string{
		domain.FactMatters: "keep my hands busy, not be stared at", domain.FactNotContact: "no phone before 11", domain.FactInterpreter: "BSL",
		domain.FactNino: "QQ123456C", domain.FactPhone: "020 7946 0321", domain.FactEmployment: "none",
	}})
	d.must(t, domain.RecordSession{Participant: id, Outcome: domain.Happened, Channel: "face to face", Text: "Says mornings are still hard.\n> me: call Mind by fri\n! try the 9:40 bus by 2w\n? would a phased return be better\n# anxiety in groups\n+ large print\n[third party] His sister worries."})
	d.must(t, domain.Book{Participant: id, Booking: domain.Booking{Day: today, Minute: 620, Length: 20, Channel: "face to face"}})
	d.must(t, domain.SetGoal{Participant: id, Text: "work with my hands"})
	d.must(t, domain.RecordFitNote{Participant: id, Option: domain.MayBeFit, Boxes: []domain.FitBox{domain.AlteredHours}, From: today - 10, To: today + 5})
	d.must(t, domain.GiveConsent{
		Participant: id, To: domain.Recipient{Kind: domain.ToProvider, Name: "Riverside Works"}, Purpose: "a place on Connect to Work",
		Items: []domain.ConsentItem{domain.ItemContact, domain.ItemPlan}, Until: today + 20, How: domain.FaceToFace, Giver: domain.GivenByPerson,
	})
	for i := range 30 {
		d.join(t, fmt.Sprintf("Person %02d", i))
	}
	other := d.join(t, "Shirin Begum")
	d.must(t, domain.Ask{Participant: other, Question: "Which desk helps with one hand?", Urgent: true})
	d.must(t, domain.Rate{Participant: id, Day: today - 30, Answers: []domain.RatingAnswer{{Question: "a", Value: 2}, {Question: "b", Value: 3}, {Question: "c", Value: 4}}})
	d.must(t, domain.Rate{Participant: id, Answers: []domain.RatingAnswer{{Question: "a", Value: 4}, {Question: "b", Value: 3}, {Question: "c", Value: 2}}})
	for _, p := range [][2]string{{"bus", "{name} tries the 9:40 bus until {2w}."}, {"next", "Next talk {next appointment}."}} {
		d.must(t, domain.SavePhrase{Office: domain.ID{1}, Abbr: p[0], Text: p[1]})
	}
	if p, err := d.Participant(id); err == nil {
		d.must(t, domain.AmendNote{Participant: id, Note: p.Notes[0].ID, Text: strings.Replace(p.Notes[0].Source(), "still hard", "a little easier", 1), Reason: "heard it wrong"})
	}
	return d, id
}

func TestViews(t *testing.T) {
	for _, size := range []struct {
		name  string
		w, h  int
		plain bool
	}{{"60x10", 60, 10, false}, {"80x24", 80, 24, false}, {"120x40", 120, 40, false}, {"plain", 80, 24, true}} {
		for _, at := range []struct{ name, keys string }{
			{"caseload", ""},
			{"find", "/dan"},
			{"why", "w"},
			{"overview", "/dan<enter>"},
			{"timeline", "/dan<enter>2"},
			{"plan", "/dan<enter>p"},
			{"plan-barriers", "/dan<enter>pv"},
			{"plan-board", "/dan<enter>pvv"},
			{"plan-calendar", "/dan<enter>pvvv"},
			{"plan-versions", "/dan<enter>py1<enter>V"},
			{"template", "/dan<enter>pT"},
			{"redate", "/dan<enter>pZ9 nov<enter>"},
			{"questions", "/dan<enter>4"},
			{"details", "/dan<enter>5"},
			{"consent", "/dan<enter>6"},
			{"outcome", "/dan<enter>s"},
			{"session", "/dan<enter>s<enter>Came early.<enter>> me: ring by 3d"},
			{"preview", "/dan<enter>s<enter>Came early.<enter>> me: ring by 3d<ctrl+s>"},
			{"about", "/dan<enter>s<enter><ctrl+o>3"},
			{"scopes", "/dan<enter>s<enter>Came early.<enter><enter>[coach only] Go slowly with this one, because it is a long line that breaks somewhere before its end.<enter>And another."},
			{"phrases", "/dan<enter>s<enter><ctrl+f>"},
			{"resume", "/dan<enter>nCame early.<esc>n"},
			{"brief", "/dan<enter>b"},
			{"match", "/dan<enter>r"},
			{"match-question", "/dan<enter>r<down>q"},
			{"match-what-if", "/dan<enter>%starts 16 hours on 5 January<enter>"},
			{"amend", "/dan<enter>2<down><down><down><down><down><down>"},
			{"phrase list", "gp"},
			{"ask", "/dan<enter>e"},
			{"escalations", "ge"},
			{"help", "?"},
			{"palette", ":ask"},
		} {
			t.Run(size.name+"/"+at.name, func(t *testing.T) {
				d, _ := furnished(t)
				x := &hand{t: t, shell: ui.New(ui.Options{World: screen.World{Desk: d, Now: func() time.Time { return now }}, Plain: size.plain})}
				x.send(tea.WindowSizeMsg{Width: size.w, Height: size.h})
				x.keys(at.keys)
				text := x.screen()
				if size.plain {
					for _, r := range ansi.Strip(text) {
						if r > 0x7e && r != '›' && r != '…' && r != '•' {
							t.Fatalf("plain shows %q", r)
						}
					}
				}
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

// TestNastyNames puts a hundred kinds of hostile text into every list and record:
// nothing raw reaches the screen and no line grows.
func TestNastyNames(t *testing.T) {
	for i, nasty := range nastyStrings() {
		d := newPaper(t)
		id := d.NewID()
		if _, err := d.Do(domain.Batch{ID: d.NewID(), Commands: []domain.Command{domain.Join{ID: id, Facts: map[domain.Fact]string{domain.FactName: "x" + nasty}}, domain.TakeNote{Participant: id, Text: "x" + nasty + "\n# " + nasty + "x"}}}, domain.ID{}); err != nil {
			continue // refused with a sentence
		}
		x := sit(t, d, 80, 24)
		for _, way := range []string{"", "<tab>", "<enter>", "2", "5", "6", "7", "s"} {
			x.keys(way)
			for n, line := range strings.Split(x.screen(), "\n") {
				plain := ansi.Strip(line)
				if ansi.StringWidth(line) > 80 {
					t.Fatalf("string %d: line %d is too wide: %q", i, n, plain)
				}
				for _, r := range plain {
					if r < 0x20 || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r >= 0xe0000 && r <= 0xe007f || r == 0xfeff {
						t.Fatalf("string %d: %U reaches the screen: %q", i, r, plain)
					}
				}
			}
		}
	}
}

func nastyStrings() []string {
	all := []string{
		"\x1b[31mred", "\x1b]0;title\x07", "\x1b]52;c;aGk=\x07", "\x1b[2J", "\x1b[?1049l", "\x9b31m", "\u009b31m", "\u009d0;x\u009c", "a\rb", "a\bb", "a\x00b", "a\x07b", "\x7f",
		"\u202egpj.exe", "\u2066x\u2069", "\u200b\u200b", "\ufeffbom", "\U000e0041tag", "\uf8ff", "\u115f\u3164", "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301", "👩‍⚕️ doctor", "⚠️ sign", "नमस्ते", "日本語日本語日本語日本語日本語日本語日本語日本語", "\xff\xfe\xfd", "\xed\xa0\x80", "\u2028line", "tab\tbed", "line\nbreak", "\r\n\r\n",
		strings.Repeat("long ", 300), strings.Repeat("W", 1<<20), strings.Repeat("界", 5000), strings.Repeat("\x1b[", 1000), "'; DROP TABLE people;--", "<script>alert(1)</script>", "=1+1", "%s%n%d", "${HOME}", "$(reboot)", "`id`", "../../etc/passwd", "\\", "\"", "'", "NULL", "null", "undefined", "NaN", "0", "-1", "1e309", "true",
	}
	for i := range 60 {
		all = append(all, string(rune(i*7+1))+"name"+string(rune(0x300+i))+string(rune(0x2000+i))+string(rune(0x80+i)))
	}
	return all
}
