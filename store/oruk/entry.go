package oruk

import (
	"cmp"
	"slices"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/clean"
)

// entry is how somebody gets in: the words of version 1, and what version 3 says in
// schedules, costs and ages.
func (m *mender) entry() domain.ServiceEntry {
	t := m.one
	e := domain.ServiceEntry{MinAge: m.age("minimum_age"), MaxAge: m.age("maximum_age"), Cost: m.cost()}
	for _, x := range t.list("eligibilitys", "eligibilities", "eligibility") {
		at := &mender{one: x, counts: m.counts}
		e.MinAge = cmp.Or(e.MinAge, at.age("minimum_age"))
		e.MaxAge = cmp.Or(e.MaxAge, at.age("maximum_age"))
	}
	if e.MaxAge > 0 && e.MaxAge < e.MinAge {
		m.tell(FaultAge)
		e.MinAge, e.MaxAge = 0, 0
	}
	types, access := []string{flat(t["attending_type"])}, []string{flat(t["attending_access"])}
	schedules := append(t.list("schedules", "regular_schedules", "regular_schedule"), m.located("schedules")...)
	schedules = append(schedules, m.located("regular_schedule")...)
	for _, s := range schedules {
		types = append(types, flat(s["attending_type"]))
		access = append(access, flat(s["attending_access"]))
	}
	e.Modes, e.Ways = modes(strings.Join(types, " ")), ways(strings.Join(access, " "))
	if len(schedules) > 0 {
		e.Hours = hours(schedules)
	}
	return e
}

// flat is a field as words: publishers write a text, or a list of texts or objects.
func flat(v any) string {
	switch v := v.(type) {
	case []any:
		var all []string
		for _, one := range v[:min(len(v), listMost)] {
			all = append(all, flat(one))
		}
		return strings.Join(all, " ")
	case map[string]any:
		return thing(v).text("label", "name", "value")
	}
	return clean.Fold(textOf(v))
}

// modes reads how people take part.
func modes(s string) []domain.ServiceMode {
	s = strings.NewReplacer("_", " ", "-", " ").Replace(clean.Fold(s))
	var out []domain.ServiceMode
	for _, w := range []struct {
		mode  domain.ServiceMode
		words []string
	}{
		{domain.ModeVenue, []string{"venue", "in person", "face to face", "physical", "on site"}},
		{domain.ModePhone, []string{"phone", "telephone"}},
		{domain.ModeOnline, []string{"online", "virtual", "video", "web", "remote", "webchat"}},
		{domain.ModeHome, []string{"home visit", "own home", "at home"}},
	} {
		if slices.ContainsFunc(w.words, func(word string) bool { return strings.Contains(s, word) }) {
			out = append(out, w.mode)
		}
	}
	return out
}

// ways reads how somebody gets in.
func ways(s string) []domain.ServiceWay {
	s = strings.NewReplacer("_", " ", "-", " ").Replace(clean.Fold(s))
	var out []domain.ServiceWay
	for _, w := range []struct {
		way   domain.ServiceWay
		words []string
	}{
		{domain.WaySelf, []string{"self referral", "selfreferral", "self refer"}},
		{domain.WayDropIn, []string{"drop in", "dropin", "walk in"}},
		{domain.WayAppointment, []string{"appointment", "booking"}},
		{domain.WayProfessional, []string{"professional", "referral by", "gp referral", "referral only", "referred", "referral"}},
		{domain.WayMembers, []string{"member"}},
	} {
		if w.way == domain.WayProfessional {
			s = strings.NewReplacer("self referral", "", "selfreferral", "").Replace(s)
		}
		if slices.ContainsFunc(w.words, func(word string) bool { return strings.Contains(s, word) }) {
			out = append(out, w.way)
		}
	}
	return out
}

func (m *mender) cost() string {
	t := m.one
	var parts []string
	for _, c := range t.list("cost_options", "costs") {
		amount := c.text("amount")
		text := ""
		if amount != "" {
			text = money(amount)
		}
		for _, key := range []string{"amount_description", "option"} {
			if w := line(c.text(key), 80); w != "" {
				text = strings.TrimSpace(text + " " + w)
			}
		}
		if text != "" && !slices.Contains(parts, text) {
			parts = append(parts, text)
		}
	}
	if fees := line(t.text("fees_description", "fees"), costMost); fees != "" && len(parts) == 0 {
		parts = append(parts, fees)
	}
	return clean.Line(strings.Join(parts, "; "), costMost)
}

var weekdays = []struct{ short, long string }{
	{"MO", "Mon"}, {"TU", "Tue"}, {"WE", "Wed"}, {"TH", "Thu"}, {"FR", "Fri"}, {"SA", "Sat"}, {"SU", "Sun"},
}

// hours says when a service is open, in a few words.
func hours(schedules []thing) string {
	var parts []string
	for _, s := range schedules {
		var days []string
		by := strings.FieldsFunc(strings.ToUpper(s.text("byday", "weekday")), func(r rune) bool { return r < 'A' || r > 'Z' })
		for _, d := range weekdays {
			if slices.ContainsFunc(by, func(w string) bool { return strings.HasPrefix(w, d.short) }) {
				days = append(days, d.long)
			}
		}
		text := strings.Join(days, ", ")
		if from, to := clock(s.text("opens_at")), clock(s.text("closes_at")); from != "" && to != "" {
			text = strings.TrimSpace(text + " " + from + " to " + to)
		}
		if text == "" {
			text = line(s.text("description"), 80)
		}
		if text != "" && !slices.Contains(parts, text) && len(parts) < 7 {
			parts = append(parts, text)
		}
	}
	return clean.Line(strings.Join(parts, "; "), 160)
}

// clock reads a time of day out of 10:00:00, 10:00 or a whole date.
func clock(s string) string {
	if i := strings.IndexByte(s, 'T'); i > 0 {
		s = s[i+1:]
	}
	if len(s) >= 5 && isDigit(s[0]) && isDigit(s[1]) && s[2] == ':' && isDigit(s[3]) && isDigit(s[4]) {
		return s[:5]
	}
	return ""
}
