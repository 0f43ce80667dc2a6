package oruk

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// american is how the standard spells whose a service is.
const american = "organi" + "zation"

// mender makes a service of one object and counts what it had to mend.
type mender struct {
	one    thing
	counts Counts
}

func (m *mender) tell(f Fault) {
	if m.counts != nil {
		m.counts[f]++
	}
}

// How many of each are kept, and how long.
const (
	tagsMost   = 16
	placesMost = 8
	areasMost  = 12
	costMost   = 120
)

func (m *mender) service(id, name string) domain.Service {
	t := m.one
	s := domain.Service{ID: clean.Line(id, clean.MaxLine), Name: name}
	org := t.object(american)
	if org == nil {
		org = t.object("organisation")
	}
	s.Org = line(org.text("name"), clean.MaxLine)
	if s.Org == "" {
		s.Org = line(textOf(t[american]), clean.MaxLine)
	}
	whole := t.text("description")
	var told []Fault
	s.Text, told = Text(whole)
	for _, f := range told {
		m.tell(f)
	}
	if short := t.text("summary", "alert"); s.Text == "" && short != "" {
		s.Text, _ = Text(short)
	}
	s.Tags = m.tags()
	s.Places = m.places()
	s.Areas = m.areas()
	s.Contact = m.contact(s.Text, org)
	s.Entry = m.entry()
	s.Assured = m.day(t.text("assured_date"))
	s.Changed = m.day(t.text("last_modified", "lastModified", "last_updated"))
	return s
}

// tags are the terms that a service is filed under, by their words.
func (m *mender) tags() []string {
	var out []string
	add := func(raw string) {
		tag := line(raw, 80)
		if tag == "" {
			return
		}
		if tag != raw {
			m.tell(FaultTrimmed)
		}
		same := func(o string) bool { return clean.Fold(o) == clean.Fold(tag) }
		if !slices.ContainsFunc(out, same) && len(out) < tagsMost {
			out = append(out, tag)
		}
	}
	t := m.one
	for _, a := range t.list("attributes", "service_taxonomys", "service_taxonomies", "taxonomies") {
		terms := a.list("taxonomy_term", "taxonomy")
		for _, x := range terms {
			add(rawText(x, "name", "label", "term"))
		}
		if len(terms) == 0 {
			add(rawText(a, "label", "name", "value"))
		}
	}
	for _, a := range t.list("target_directories", "needs", "suitabilities", "target_audience", "targetAudience", "categories", "taxonomy_terms") {
		add(rawText(a, "label", "name"))
	}
	for _, key := range []string{"target_audience", "targetAudience", "categories", "tags"} {
		if list, is := t[key].([]any); is {
			for _, v := range list[:min(len(list), listMost)] {
				if s, is := v.(string); is {
					add(s)
				}
			}
		}
	}
	return out
}

func rawText(t thing, keys ...string) string {
	for _, key := range keys {
		if s, is := t[key].(string); is && strings.TrimSpace(s) != "" {
			return s
		}
	}
	return ""
}

func (m *mender) places() []domain.ServicePlace {
	var out []domain.ServicePlace
	var locations []thing
	for _, at := range m.one.list("service_at_locations") {
		if l := at.object("location"); l != nil {
			locations = append(locations, l)
		}
	}
	locations = append(locations, m.one.list("locations", "location")...)
	for _, l := range locations {
		addresses := l.list("physical_addresses", "addresses")
		if len(addresses) == 0 {
			addresses = []thing{{}}
		}
		for _, a := range addresses {
			p := domain.ServicePlace{Postcode: m.postcode(a.text("postal_code", "postcode"))}
			var parts []string
			for _, part := range []string{l.text("name"), a.text("address_1"), a.text("city"), a.text("state_province", "region")} {
				part = strings.Trim(line(part, 100), " ,")
				same := func(o string) bool { return strings.Contains(clean.Fold(o), clean.Fold(part)) }
				if part != "" && !slices.ContainsFunc(parts, same) {
					parts = append(parts, part)
				}
			}
			p.Name = clean.Line(strings.Join(parts, ", "), clean.MaxLine)
			if p != (domain.ServicePlace{}) && !slices.Contains(out, p) && len(out) < placesMost {
				out = append(out, p)
			}
		}
	}
	return out
}

// postcode writes a postcode as it should be, and leaves out what cannot be one.
func (m *mender) postcode(raw string) string {
	s := strings.ToUpper(strings.Join(strings.Fields(clean.Line(raw, 20)), ""))
	if s == "" {
		return ""
	}
	n := len(s)
	letter := func(c byte) bool { return c >= 'A' && c <= 'Z' }
	ok := n >= 5 && n <= 7 && isDigit(s[n-3]) && letter(s[n-2]) && letter(s[n-1]) && letter(s[0])
	if ok {
		out := s[:n-3]
		digits := strings.Count(strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return '0'
			}
			return r
		}, out), "0")
		ok = digits >= 1 && digits <= 2 && (len(out) < 3 || isDigit(out[1]) || isDigit(out[2]))
		ok = ok && (len(out) < 4 || letter(out[1]))
	}
	if !ok {
		m.tell(FaultPostcode)
		return ""
	}
	return s[:n-3] + " " + s[n-3:]
}

func (m *mender) areas() []string {
	var out []string
	for _, a := range m.one.list("service_areas", "service_area") {
		s := line(a.text("service_area", "name"), 100)
		if s != "" && !slices.Contains(out, s) && len(out) < areasMost {
			out = append(out, s)
		}
	}
	return out
}

// day reads a date, whatever stands behind it. A year that nobody can mean is none.
func (m *mender) day(raw string) calendar.Day {
	if raw == "" {
		return 0
	}
	if len(raw) >= 10 {
		if at, err := time.Parse(time.DateOnly, raw[:10]); err == nil && at.Year() >= 1990 && at.Year() < 2200 {
			return calendar.Of(at)
		}
		if at, err := time.Parse("02/01/2006", raw[:10]); err == nil && at.Year() >= 1990 && at.Year() < 2200 {
			return calendar.Of(at)
		}
	}
	m.tell(FaultDate)
	return 0
}

// age reads an age; less than nothing and more than anybody's is unknown.
func (m *mender) age(key string) int {
	if m.one.text(key) == "" {
		return 0
	}
	n, ok := m.one.number(key)
	if !ok || n < 0 || n > 120 {
		m.tell(FaultAge)
		return 0
	}
	return n
}

// money writes an amount.
func money(s string) string {
	f, err := strconv.ParseFloat(strings.TrimLeft(s, "£ "), 64)
	switch {
	case err != nil:
		return line(s, costMost)
	case f == 0:
		return "free"
	case f == float64(int(f)):
		return "£" + strconv.Itoa(int(f))
	}
	return "£" + strconv.FormatFloat(f, 'f', 2, 64)
}
