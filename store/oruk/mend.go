package oruk

import (
	"net/mail"
	"net/url"
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

func (m *mender) contact(text string, org thing) domain.ServiceContact {
	t := m.one
	var c domain.ServiceContact
	if e := m.email(t.text("email")); e != "" {
		c.Emails = append(c.Emails, e)
	}
	c.Web = m.web(t.text("url", "website"))
	if c.Web == "" {
		c.Web = m.web(org.text("website", "url"))
	}
	contacts := append(t.list("contacts"), org.list("contacts")...)
	for _, x := range contacts {
		// The name of a contact is a person's, and is not kept; a title is an office's.
		title := line(x.text("title", "department"), 40)
		for _, ph := range x.list("phones") {
			m.phone(&c, ph.text("number"), line(ph.text("description"), 40), title)
		}
		if n := x.text("phone", "telephone"); n != "" {
			m.phone(&c, n, "", title)
		}
		if e := m.email(x.text("email")); e != "" && !slices.Contains(c.Emails, e) && len(c.Emails) < 3 {
			c.Emails = append(c.Emails, e)
		}
	}
	m.phone(&c, t.text("phone", "telephone"))
	for _, ph := range slices.Concat(t.list("phones"), org.list("phones"), m.located("phones")) {
		m.phone(&c, ph.text("number"), line(ph.text("description"), 40))
	}
	if len(c.Emails) == 0 {
		if e := m.email(org.text("email")); e != "" {
			c.Emails = append(c.Emails, e)
		}
	}
	if len(c.Phones) == 0 {
		if c.Phones = Phones(text); len(c.Phones) > 0 {
			m.tell(FaultOfText)
			for i := range c.Phones {
				c.Phones[i].Label = "" // the words before it are a sentence
			}
		}
	}
	return c
}

// located are the parts of all places of a service under one name.
func (m *mender) located(key string) []thing {
	var all []thing
	for _, at := range m.one.list("service_at_locations") {
		all = append(all, at.list(key)...)
		all = append(all, at.object("location").list(key)...)
	}
	return all
}

func (m *mender) phone(c *domain.ServiceContact, field string, labels ...string) {
	if field == "" {
		return
	}
	found := Phones(plain(field))
	if len(found) == 0 {
		m.tell(FaultNoPhone)
		return
	}
	if len(found) > 1 || found[0].Label != "" {
		m.tell(FaultPhone)
	}
	for _, p := range found {
		for _, l := range labels {
			if p.Label == "" {
				p.Label = l
			}
		}
		if len(c.Phones) < phonesMost && !contains(c.Phones, p.Number) {
			c.Phones = append(c.Phones, p)
		}
	}
}

// email mends an address, and leaves out what cannot be one.
func (m *mender) email(raw string) string {
	s := raw
	if strings.Contains(s, "</") || strings.Contains(s, "&") {
		s = plain(s) // angle brackets alone may hold the address
	}
	s = strings.ToLower(strings.Trim(clean.Line(s, 254), " .,;"))
	s = strings.TrimPrefix(s, "mailto:")
	if s == "" {
		return ""
	}
	if a, err := mail.ParseAddress(s); err != nil || strings.HasSuffix(s, ".invalid") || !strings.Contains(a.Address[strings.LastIndexByte(a.Address, '@')+1:], ".") {
		m.tell(FaultNoEmail)
		return ""
	} else if a.Address != s {
		s = a.Address // a name stood before it
	}
	if s != raw {
		m.tell(FaultEmail)
	}
	return s
}

// web mends an address: a scheme that is missing, in capitals or half written.
func (m *mender) web(raw string) string {
	s := strings.Trim(clean.Line(plain(raw), 500), " .,;<>\"'")
	if s == "" {
		return ""
	}
	low := strings.ToLower(s)
	for _, scheme := range []string{"https", "http"} {
		for _, sep := range []string{"://", ":/", ":", "//", "/"} {
			rest, ok := strings.CutPrefix(low, scheme+sep)
			if !ok {
				continue
			}
			s = scheme + "://" + strings.TrimLeft(s[len(s)-len(rest):], "/:")
			return m.webOf(raw, s)
		}
	}
	return m.webOf(raw, "https://"+strings.TrimLeft(s, "/:"))
}

func (m *mender) webOf(raw, s string) string {
	u, err := url.Parse(s)
	if err != nil || u.User != nil || u.Host == "" || !strings.Contains(u.Host, ".") || strings.ContainsAny(u.Host, " @") || strings.HasSuffix(u.Hostname(), ".invalid") {
		m.tell(FaultNoWeb)
		return ""
	}
	u.Host = strings.ToLower(u.Host)
	if out := u.String(); out != raw {
		m.tell(FaultWeb)
		return out
	}
	return raw
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
