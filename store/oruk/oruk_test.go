package oruk

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

func TestText(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"plain", "Plain words.", "Plain words."},
		{"paragraphs", "<p>One&nbsp;two</p><p>Three</p>", "One two\nThree"},
		{"a list", "Bring:<ul><li>tea</li><li>cake</li></ul>Thanks", "Bring:\n• tea\n• cake\nThanks"},
		{"a table", "<table><tr><td>Mon</td><td>9 to 5</td></tr><tr><td>Tue</td><td>shut</td></tr></table>", "Mon 9 to 5\nTue shut"},
		{"script, style, svg and pictures", "<style>p{}</style>a<script>alert('x')</script>b<svg><text>c</text></svg>d<img src='data:image/png;base64,AAAA' alt='e'>", "abd"},
		{"what editors leave behind", `<span data-cke-saved-name="x" style="color:red">Red</span> <font size=3>words</font><button>Go</button><input value=no>`, "Red words"},
		{"an element that never ends", "Before <script>alert(1)", "Before"},
		{"half an element", "Before <a href='x", "Before"},
		{"less than", "For people < 18 & > 65", "For people < 18 & > 65"},
		{"odd blanks", "a\u200bb\u00a0c\u202fd\u2028e\ufefff", "ab c d\nef"},
		{"the bullet of a word processor", "\uf0b7 one\n\uf0b7\ttwo", "• one\n• two"},
		{"escaped twice", "&lt;p&gt;Debt&amp;nbsp;advice&lt;/p&gt;", "Debt advice"},
		{"nothing once it is stripped", "<p>&nbsp;</p><br/>", ""},
		{"a link keeps its words", `See <a href="https://x.example">our page</a>.`, "See our page."},
		{"a terminal's own words", "a\x1b[31mb\x07", "ab"},
	} {
		if got, _ := Text(tt.in); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	long, told := Text("<p>" + strings.Repeat("word ", 30_000) + "</p>")
	if n := utf8.RuneCountInString(long); n > textMost || len(told) == 0 {
		t.Errorf("%d runes, %v", n, told)
	}
}

func TestPhones(t *testing.T) {
	phone := func(number, label string) domain.ServicePhone {
		return domain.ServicePhone{Number: number, Label: label}
	}
	for _, tt := range []struct {
		in   string
		want []domain.ServicePhone
	}{
		{"020 7946 0001", []domain.ServicePhone{phone("020 7946 0001", "")}},
		{"Bristol Youth MAPS: 0117 496 0111", []domain.ServicePhone{phone("0117 496 0111", "Bristol Youth MAPS")}},
		{"0300 123 3393 (Mind)", []domain.ServicePhone{phone("0300 123 3393", "Mind")}},
		{"+44 (0)20 7946 0001", []domain.ServicePhone{phone("020 7946 0001", "")}},
		{"+44 7700 900123", []domain.ServicePhone{phone("07700 900123", "")}},
		{"00442079460001", []domain.ServicePhone{phone("020 7946 0001", "")}},
		{"(01632) 960 001", []domain.ServicePhone{phone("01632 960001", "")}},
		{"Tel: 01632 960001 or 07700 900456", []domain.ServicePhone{phone("01632 960001", ""), phone("07700 900456", "")}},
		{"01632 960001/ 01632 960002", []domain.ServicePhone{phone("01632 960001", ""), phone("01632 960002", "")}},
		{"Office 01632 960001, out of hours 0800 1111", []domain.ServicePhone{phone("01632 960001", "Office"), phone("0800 1111", "out of hours")}},
		{"see the website", nil},
		{"Charity no 1122334", nil},
		{"", nil},
		{"2026-11-23 10:00", nil},
		{"123456789012345678901234567890", nil},
	} {
		if got := Phones(tt.in); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%q: %+v, want %+v", tt.in, got, tt.want)
		}
	}
}

func TestMending(t *testing.T) {
	m := &mender{counts: Counts{}}
	for in, want := range map[string]string{
		"a@example.org": "a@example.org", "a@example.org.": "a@example.org", "\u00a0A@Example.org\u00a0": "a@example.org", "Unknown-1777@noemail.invalid": "",
		"mailto:a@example.org": "a@example.org", "not an address": "", "a@b": "", "": "", "Jo <jo@example.org>": "jo@example.org",
	} {
		if got := m.email(in); got != want {
			t.Errorf("e-mail %q: %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"https://example.org/a": "https://example.org/a", "www.example.org": "https://www.example.org", "http:www.example.org": "http://www.example.org", "HTTPS://Example.org": "https://example.org",
		"http//example.org": "http://example.org", "javascript:alert(1)": "", "https://me:pw@example.org": "", "see us": "", "": "", "https://x.invalid": "",
	} {
		if got := m.web(in); got != want {
			t.Errorf("web %q: %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"e151aa": "E15 1AA", "BS1 4ST": "BS1 4ST", "ABC 1234": "", "BS1": "", "": "", "W1A 0AX": "W1A 0AX", "nonsense": ""} {
		if got := m.postcode(in); got != want {
			t.Errorf("postcode %q: %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]calendar.Day{"2026-10-01": calendar.Date(2026, 10, 1), "2026-10-01T09:00:00": calendar.Date(2026, 10, 1), "01/10/2026": calendar.Date(2026, 10, 1), "0001-01-01": 0, "soon": 0, "": 0} {
		if got := m.day(in); got != want {
			t.Errorf("day %q: %s, want %s", in, got, want)
		}
	}
}

// versionThree is a whole record of version 3 with every quirk that was seen.
const versionThree = "\ufeff" + `{"total_items":31,"total_pages":1,"page_number":1,"size":31,"first_page":true,"last_page":true,"empty":false,"contents":[
{"id":"a","name":" Debt &amp; money ","status":"active","description":"<p>Help</p>","url":"","email":"","fees":"","minimum_age":-1,"maximum_age":"-1","assured_date":"","assured_by":"Ann Assurer","assurer_email":"ann@example.org",
"last_modified":"2026-10-01T10:30:45.123","logo":"data:image/png;base64,AAAA","organisation":{"id":"o","name":"Riverside","website":"riverside.example"},
"service_areas":[{"serviceId":"a","service_area":"Newham","uri":"http://example.com"}],
"contacts":[{"name":"Ann Persona","phones":[{"number":"020 7946 0001 ext 2"}]}],
"service_at_locations":[{"location":{"location_type":"physical","name":"Hall","addresses":[{"attention":"A. Persona","address_1":"1 Main Street","city":"Stratford","region":"","state_province":"London","postal_code":"E15 1AA"}]},
 "schedules":[{"byday":"SA,TU","opens_at":"10:00:00","closes_at":"18:00:00","attending_type":"in-person or via video conferencing"}]}],
"cost_options":[{"amount":35,"amount_description":"per session"}],"attributes":[{"taxonomy_term":{"name":"Dementia "}},{"taxonomy_term":{"name":"dementia"}},{"label":"Money"}]},
"a string","",null,{"id":7,"name":"Number as ID"},{"id":"c","name":" "},{"id":"d","name":"Shut","status":"Defunct"}]}`

func TestReadVersionThree(t *testing.T) {
	counts := Counts{}
	p, err := Read(strings.NewReader(versionThree), counts)
	if err != nil || len(p.Services) != 2 || len(p.Skipped) != 5 || p.Bare || !p.Last || p.More || p.Cut != "" {
		t.Fatalf("%+v, %v", p, err)
	}
	want := domain.Service{
		ID: "a", Name: "Debt & money", Org: "Riverside", Text: "Help", Tags: []string{"Dementia", "Money"},
		Contact: domain.ServiceContact{Phones: []domain.ServicePhone{{Number: "020 7946 0001"}}, Web: "https://riverside.example"},
		Places:  []domain.ServicePlace{{Name: "Hall, 1 Main Street, Stratford, London", Postcode: "E15 1AA"}}, Areas: []string{"Newham"},
		Entry:   domain.ServiceEntry{Modes: []domain.ServiceMode{domain.ModeVenue, domain.ModeOnline}, Cost: "£35 per session", Hours: "Tue, Sat 10:00 to 18:00"},
		Changed: calendar.Date(2026, 10, 1),
	}
	if !reflect.DeepEqual(p.Services[0], want) {
		t.Errorf("got  %+v\nwant %+v", p.Services[0], want)
	}
	if p.Services[1].ID != "7" {
		t.Errorf("%+v", p.Services[1])
	}
	if counts[FaultAge] != 2 || counts[FaultTrimmed] == 0 || counts[FaultMarkup] != 1 {
		t.Errorf("%v", counts)
	}
}

func TestReadOthers(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		n        int
		cut      bool
		fails    bool
	}{
		{"version 1", `{"totalElements":1,"content":[{"id":"1","name":"A","description":"d"}]}`, 1, false, false},
		{"a bare list", `[{"id":"1","name":"A"},{"id":"2","name":"B"}]`, 2, false, false},
		{"one service", `{"id":"1","name":"A","description":"d"}`, 1, false, false},
		{"a service at a location", `{"id":"1","location":{"name":"Hall"},"service":{"id":"2","name":"A"}}`, 1, false, false},
		{"a page that breaks off", `{"content":[{"id":"1","name":"A"},{"id":"2","na`, 1, true, false},
		{"what the head says comes last", `{"content":[{"id":"1","name":"A"}],"last":true,"totalPages":4}`, 1, false, false},
		{"an empty page", `{"content":[]}`, 0, false, false},
		{"the list is an object", `{"content":{"a":{"b":[1]}},"items":[{"id":"1","name":"A"}]}`, 1, false, false},
		{"a web page", `<html>`, 0, false, true},
		{"nothing", ``, 0, false, true},
		{"something else", `{"version":"3"}`, 0, false, true},
		{"a number", `7`, 0, false, true},
		{"fields of other shapes", `{"contents":[{"id":"1","name":"A","organisation":"Org","contacts":"x","service_at_locations":{"location":[{"name":"H"}]},"cost_options":3,"attributes":{"label":"x"},"minimum_age":"a lot","description":["x"]}]}`, 1, false, false},
	} {
		p, err := Read(strings.NewReader(tt.in), nil)
		if (err != nil) != tt.fails || len(p.Services) != tt.n || (p.Cut != "") != tt.cut {
			t.Errorf("%s: %d services, cut %q, %v", tt.name, len(p.Services), p.Cut, err)
		}
	}
}

// FuzzRead reads anything: it ends, and whatever it takes is clean.
func FuzzRead(f *testing.F) {
	f.Add(versionThree)
	f.Add(`{"content":[{"id":"1","name":"A","description":"&lt;p&gt;x<svg>"}]`)
	f.Add(`[{"id":1e400,"name":"\u001b[31m","phones":[{"number":"+44(0)"}]}]`)
	f.Fuzz(func(t *testing.T, in string) {
		p, _ := Read(strings.NewReader(in), Counts{})
		for _, s := range p.Services {
			if s.ID == "" || s.Name == "" || clean.Line(s.Name, clean.MaxLine) != s.Name || clean.Text(s.Text, textMost) != s.Text {
				t.Errorf("%+v", s)
			}
			for _, c := range s.Contact.Phones {
				if !plausible(strings.ReplaceAll(c.Number, " ", "")) {
					t.Errorf("%+v", c)
				}
			}
			if s.Contact.Web != "" && !strings.HasPrefix(s.Contact.Web, "http") {
				t.Errorf("%q", s.Contact.Web)
			}
			if s.Entry.MinAge < 0 || s.Entry.MaxAge < 0 || len(s.Tags) > tagsMost || len(s.Places) > placesMost {
				t.Errorf("%+v", s)
			}
		}
	})
}

// FuzzPhones finds numbers in anything, and again in what it found.
func FuzzPhones(f *testing.F) {
	f.Add("Tel: +44 (0) 1632 960 001 or 0800 1111")
	f.Fuzz(func(t *testing.T, in string) {
		for _, p := range Phones(in) {
			if again := Phones(p.Number); len(again) != 1 || again[0].Number != p.Number {
				t.Errorf("%q of %q reads as %+v", p.Number, in, again)
			}
		}
	})
}
