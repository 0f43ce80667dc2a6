package document_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"coachdesk/assets"
	"coachdesk/domain"
	"coachdesk/store/document"
)

// changed reads the rules of the program after something was replaced in them.
func changed(t *testing.T, was, is string) (document.Sharing, error) {
	t.Helper()
	file := string(assets.Handover())
	if !strings.Contains(file, was) {
		t.Fatalf("the rules have no %q", was)
	}
	return document.ReadSharing([]byte(strings.ReplaceAll(file, was, is)))
}

// TestSharingRefuses what nobody could mean: above all a file that would open what is
// private.
func TestSharingRefuses(t *testing.T) {
	for _, tt := range []struct{ name, was, is, want string }{
		{"what is for the coach alone", `themself. The program opens it for nobody, whatever stands here.", "for": []`, `themself", "for": ["colleague"]`, "never leaves the desk"},
		{"what is about others", `somebody else. The program opens it for nobody, whatever stands here.", "for": []`, `somebody else", "for": ["dea"]`, "never leaves the desk"},
		{"a receiver that is none", `"employer", "person"]`, `"aunt"]`, "aunt is no receiver"},
		{"a section that is none", `"key": "in-work"`, `"key": "secrets"`, "secrets"},
		{"a line twice", `"key": "goal-over"`, `"key": "goal"`, "twice"},
		{"a number that is missing", `"first-most"`, `"first-least"`, "first-most"},
		{"a scope that is none", `"scope": "shareable"`, `"scope": "everyone"`, "everyone"},
		{"no JSON", `{`, `[`, "cannot be read"},
	} {
		if _, err := changed(t, tt.was, tt.is); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

// TestDataNeverOpensThePrivate lets the data open every line for everybody, and looks
// for what is private all the same; and for what no consent covers.
func TestDataNeverOpensThePrivate(t *testing.T) {
	var file map[string]any
	if err := json.Unmarshal(assets.Handover(), &file); err != nil {
		t.Fatal(err)
	}
	everybody := []string{"colleague", "dea", "provider", "employer", "person"}
	for _, s := range file["sections"].([]any) {
		for _, l := range s.(map[string]any)["lines"].([]any) {
			l.(map[string]any)["for"] = everybody
		}
	}
	for _, s := range file["scopes"].([]any) {
		if s := s.(map[string]any); s["scope"] == "shareable" {
			s["for"] = everybody
		}
	}
	b, err := json.Marshal(file)
	if err != nil {
		t.Fatal(err)
	}
	wide, err := document.ReadSharing(b)
	if err != nil {
		t.Fatal(err)
	}
	p := private(t)
	for _, r := range document.Receivers {
		o := options(r)
		o.Sharing = wide
		n := document.Handover(p, o)
		if out := n.Text() + n.Markdown(); strings.Contains(out, "CANARY") {
			t.Errorf("data opened what is private to the %s:\n%s", r, out)
		}
		o.Basis = document.ByConsent
		if text := document.Handover(p, o).Text(); r.Outside() && (strings.Contains(text, "a job") || strings.Contains(text, "Plain.")) {
			t.Errorf("data opened what no consent covers to the %s:\n%s", r, text)
		}
	}
}

// TestNoRuleNoLine: what the data do not name is for nobody.
func TestNoRuleNoLine(t *testing.T) {
	s, err := changed(t, `"key": "strengths"`, `"key": "strong"`)
	if err != nil {
		t.Fatal(err)
	}
	o := options(document.Colleague)
	o.Sharing = s
	if n := document.Handover(daniel(t), o); strings.Contains(n.Text(), "mends frames") || !strings.Contains(n.Preview(true), "mends frames [left out: no rule says who may read it]") {
		t.Error(n.Preview(true))
	}
}

// TestEachKindHasItsRule: the rules name each kind of line that notes make, with where the
// rule comes from.
func TestEachKindHasItsRule(t *testing.T) {
	var file struct {
		Sections []struct {
			Key, Title, Source, Date, Confidence string
			Lines                                []struct{ Key, Says string }
		}
		Scopes, Notes []struct{ Says, Source, Date, Confidence string }
	}
	if err := json.Unmarshal(assets.Handover(), &file); err != nil {
		t.Fatal(err)
	}
	var named []string
	for _, s := range file.Sections {
		if s.Title == "" || s.Source == "" || s.Date == "" || s.Confidence == "" {
			t.Errorf("%s does not say where it comes from", s.Key)
		}
		for _, l := range s.Lines {
			if l.Says == "" {
				t.Errorf("%s does not say what it is", l.Key)
			}
			named = append(named, l.Key)
		}
	}
	for _, x := range append(file.Scopes, file.Notes...) {
		if x.Says == "" || x.Source == "" || x.Date == "" || x.Confidence == "" {
			t.Errorf("%+v does not say what it is and where it comes from", x)
		}
	}
	made := map[string]bool{}
	for _, p := range []domain.Participant{daniel(t), private(t), onTheMove(t)} {
		for _, s := range document.Handover(p, moving(document.Colleague)).Sections {
			for _, l := range s.Lines {
				made[string(l.Kind)] = true
				if l.Kind != "" && !slices.Contains(named, string(l.Kind)) {
					t.Errorf("no rule for %s", l.Kind)
				}
			}
		}
	}
	if len(made) < 20 {
		t.Errorf("only %d kinds were made", len(made))
	}
}

// TestPreviewMarksWhatIsHidden: whoever writes the note sees every line, and why the
// receiver does not; the paper has none of them.
func TestPreviewMarksWhatIsHidden(t *testing.T) {
	n := document.Handover(daniel(t), options(document.Employer))
	preview := strings.Join(strings.Fields(n.Preview(true)), " ")
	for _, want := range []string{
		"✗ his sister worries [left out: third party: never leaves the desk]",
		"✗ go slowly [left out: coach only: never leaves the desk]",
		"✗ Barrier: travel before nine, nothing tried yet [left out: barriers are for colleagues and the adviser]",
		"✗ provider Riverside Works: contact details, plan; for: a place there",
		"[left out: what was agreed for others]",
		"Adjustments: large print",
	} {
		if !strings.Contains(preview, want) {
			t.Errorf("no %q in\n%s", want, n.Preview(true))
		}
	}
	if folded := n.Preview(false); strings.Contains(folded, "sister") || !strings.Contains(folded, "✗ [third party, not shown]") {
		t.Errorf("what is private stands on the screen unasked:\n%s", folded)
	}
	if text := n.Text() + n.Markdown(); strings.Contains(text, "left out") || strings.Contains(text, "✗") || strings.Contains(text, "sister") {
		t.Errorf("the paper has what is hidden:\n%s", text)
	}
}
