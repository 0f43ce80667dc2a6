package oruk

import (
	"net/mail"
	"net/url"
	"slices"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/clean"
)

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
