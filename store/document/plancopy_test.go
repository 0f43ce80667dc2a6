package document_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/exp/golden"

	"coachdesk/domain"
	"coachdesk/store/document"
)

func wordBook(t testing.TB) document.WordBook {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "assets", "words.json"))
	if err != nil {
		t.Fatal(err)
	}
	book, err := document.ReadWords(b)
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func copyOptions(t testing.TB, shape domain.CopyShape, language domain.CopyLanguage) document.CopyOptions {
	t.Helper()
	return document.CopyOptions{Done: 5, Words: wordBook(t), Shape: shape, Language: language, Today: today, Coach: "Amina Yusuf", Ref: "7K3Q-M"}
}

// agreedPlan is a plan that was agreed and has moved on since.
func agreedPlan() []domain.Command {
	id := domain.ID{15: 1}
	return []domain.Command{
		domain.Join{ID: id, Facts: map[domain.Fact]string{domain.FactName: "Daniel *Okafor*", domain.FactMatters: "keep my hands busy,\nnot be stared at"}},
		domain.SetGoal{Participant: id, Text: "a workshop job <5 miles & home"},
		domain.RecordSession{Participant: id, Outcome: domain.Happened, Channel: "phone", Text: "> me: call Mind by fri\n> Daniel: bring the CV\n! try the bus by 2w\n! provider: send the form by 1w\n+ large print\n\n[third party] ! CANARY step\n# CANARY barrier"},
		domain.Book{Participant: id, Booking: domain.Booking{Day: today + 14, Minute: 620, Channel: "phone"}},
		domain.AgreePlan{Participant: id, How: domain.FaceToFace},
		domain.AddStep{Participant: id, Owner: domain.ByPerson, Text: "Look at the workshop", Due: today + 21},
		domain.AddStep{Participant: id, Owner: domain.ByEmployer, Text: "show the way in", Before: domain.BeforeJob},
		domain.ReviewPlan{Participant: id, Next: today + 28},
	}
}

func TestPlanCopy(t *testing.T) {
	p := record(t, agreedPlan()...)
	for _, shape := range domain.CopyShapes {
		for _, language := range domain.CopyLanguages {
			t.Run(string(shape)+" "+language.String(), func(t *testing.T) {
				o := copyOptions(t, shape, language)
				paper := document.PlanCopy(p, o)
				page := paper.HTML()
				golden.RequireEqual(t, paper.Text()+"\n---\n"+paper.Markdown()+"\n---\n"+page+"\n---\n"+document.Journal(p, o))
			})
		}
	}
}

// Nothing private is on a paper for the person, and what they wrote cannot become a
// tag, a list or a heading.
func TestPlanCopyHidesAndEscapes(t *testing.T) {
	p := record(t, agreedPlan()...)
	for _, shape := range domain.CopyShapes {
		o := copyOptions(t, shape, domain.English)
		paper := document.PlanCopy(p, o)
		page := paper.HTML()
		for name, text := range map[string]string{"text": paper.Text(), "Markdown": paper.Markdown(), "HTML": page, "journal": document.Journal(p, o)} {
			if strings.Contains(text, "CANARY") {
				t.Errorf("%s, %s: a private paragraph is in it", shape, name)
			}
			if !strings.Contains(text, "bus") {
				t.Errorf("%s, %s: the step is missing", shape, name)
			}
		}
		if strings.Contains(page, "<5") || strings.Contains(paper.Markdown(), " <5") {
			t.Errorf("%s: a sign of what was typed got through", shape)
		}
		if strings.Contains(page, "<title>Daniel") || strings.Contains(strings.Split(page, "<body")[0], "Okafor") {
			t.Error("the window's title names somebody")
		}
	}
}

// A copy of a version tells the plan as it was agreed; one of today says that it has
// moved on.
func TestPlanCopyOfAVersion(t *testing.T) {
	p := record(t, agreedPlan()...)
	o := copyOptions(t, domain.PlainShape, domain.English)
	now := document.PlanCopy(p, o).Text()
	o.Version = 1
	then := document.PlanCopy(p, o).Text()
	for text, want := range map[string]bool{"Look at the workshop": true, "Some things have changed": true, "Version 1, agreed on Monday 23 November 2026": true} {
		if strings.Contains(now, text) != want {
			t.Errorf("now: %q is there: %v\n%s", text, !want, now)
		}
	}
	for text, want := range map[string]bool{"Look at the workshop": false, "Some things have changed": false, "Version 1, agreed on Monday 23 November 2026": true, "Try the bus": true} {
		if strings.Contains(then, text) != want {
			t.Errorf("version 1: %q is there: %v\n%s", text, !want, then)
		}
	}
	empty := document.PlanCopy(record(t, domain.Join{ID: domain.ID{15: 1}, Facts: map[domain.Fact]string{domain.FactName: "Jo"}}), copyOptions(t, domain.PlainShape, domain.English)).Text()
	if !strings.Contains(empty, "Nothing is planned yet.") || !strings.Contains(empty, "have not agreed") {
		t.Errorf("a plan of nothing:\n%s", empty)
	}
}

// Easy Read has one short sentence a line: of the fixed words none is longer than
// fifteen words, and none has two sentences.
func TestEasyReadIsShort(t *testing.T) {
	for _, language := range domain.CopyLanguages {
		w := reflect.ValueOf(wordBook(t).In(language, domain.EasyRead))
		for i := range w.NumField() {
			var all []string
			switch v := w.Field(i).Interface().(type) {
			case string:
				all = []string{v}
			case []string:
				all = v
			}
			for _, s := range all {
				if n := len(strings.Fields(s)); n > 15 || strings.Count(strings.TrimRight(s, ".?"), ". ") > 0 {
					t.Errorf("%s, %s: %q", language, w.Type().Field(i).Name, s)
				}
			}
		}
	}
}

// Every language and shape has every word, and only those that the program fills in
// stand in braces.
func TestWordsAreWhole(t *testing.T) {
	known := strings.NewReplacer("{date}", "", "{time}", "", "{channel}", "", "{version}", "", "{ref}", "", "{name}", "", "{coach}", "", "{when}", "")
	var file struct {
		Copies []struct {
			Language domain.CopyLanguage
			Shape    domain.CopyShape
			Source   string
			Date     string
			Words    map[string]any
		}
	}
	b, err := os.ReadFile(filepath.Join("..", "..", "assets", "words.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &file); err != nil {
		t.Fatal(err)
	}
	fields := reflect.TypeFor[document.Words]()
	for _, c := range file.Copies {
		where := string(c.Language) + " " + string(c.Shape)
		if c.Source == "" || c.Date == "" {
			t.Errorf("%s: no source or no date", where)
		}
		if len(c.Words) != fields.NumField() {
			t.Errorf("%s: %d words, want %d", where, len(c.Words), fields.NumField())
		}
		for i := range fields.NumField() {
			key := fields.Field(i).Tag.Get("json")
			raw, there := c.Words[key]
			text, err := json.Marshal(raw)
			switch {
			case !there || err != nil:
				t.Errorf("%s: no %s", where, key)
			case key != "note" && len(text) < 4:
				t.Errorf("%s: %s is empty", where, key)
			case strings.ContainsAny(strings.Trim(known.Replace(string(text)), "{}"), "{}"):
				t.Errorf("%s: %s has a brace that nothing fills: %s", where, key, text)
			}
		}
	}
	if cy := wordBook(t).In(domain.Welsh, domain.PlainShape); len(cy.Note) == 0 {
		t.Error("the Welsh words do not say that no translator has reviewed them")
	}
}

// Whatever was typed, a paper is valid UTF-8 without control signs, and its lines are
// short enough to print.
func FuzzPlanCopy(f *testing.F) {
	f.Add("a step", "what matters")
	f.Add("\x1b]52;c;aaaa\x07 <script>alert(1)</script>", "\u202e backwards\n\n# heading\n- item")
	book := wordBook(f)
	f.Fuzz(func(t *testing.T, step, matters string) {
		id := domain.ID{15: 1}
		cs := []domain.Command{domain.Join{ID: id, Facts: map[domain.Fact]string{domain.FactName: "Jo", domain.FactMatters: matters}}}
		if strings.TrimSpace(step) != "" {
			add := domain.AddStep{Participant: id, Owner: domain.ByPerson, Text: step}
			if _, err := add.Decide(record(t, cs...), domain.Stamp{Today: today, New: func() domain.ID { return id }}); err == nil {
				cs = append(cs, add)
			}
		}
		p := record(t, cs...)
		for _, shape := range domain.CopyShapes {
			o := document.CopyOptions{Done: 5, Words: book, Shape: shape, Language: domain.Welsh, Today: today}
			paper := document.PlanCopy(p, o)
			page := paper.HTML()
			if strings.Contains(page, "<script") {
				t.Errorf("a script got through: %q", page)
			}
			for _, text := range []string{paper.Text(), paper.Markdown(), page, document.Journal(p, o)} {
				if !utf8.ValidString(text) || strings.ContainsAny(text, "\x00\x07\x1b\u202e") {
					t.Errorf("unclean: %q", text)
				}
			}
			for line := range strings.Lines(paper.Text()) {
				if utf8.RuneCountInString(strings.TrimRight(line, "\n")) > 72 {
					t.Errorf("a line of the text is too long: %q", line)
				}
			}
		}
	})
}
