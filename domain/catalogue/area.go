package catalogue

import (
	"slices"

	"coachdesk/domain/calendar"
)

// Area is a part of the country in which something runs. Areas overlap.
type Area struct {
	Key        string       `json:"key"`
	Name       string       `json:"name"`
	Group      string       `json:"group,omitempty"` // several areas of one programme, such as workwell
	Source     string       `json:"source"`
	Confidence Confidence   `json:"confidence"`
	From       calendar.Day `json:"from,omitzero"`
	Until      calendar.Day `json:"until,omitzero"` // the last day
	Tests      []Test       `json:"tests"`          // any of them decides
	Councils   []Member     `json:"councils"`
}

// Member is a council that lies in an area, wholly or in part.
type Member struct {
	Code  string       `json:"code,omitempty"` // of the Office for National Statistics
	Name  string       `json:"name"`
	Share float64      `json:"share,omitempty"` // of the council; zero means all of it
	From  calendar.Day `json:"from,omitzero"`
	Until calendar.Day `json:"until,omitzero"`
}

// Areas are the areas that this desk knows, and the councils of each nation.
type Areas struct {
	Areas []Area
	// councils are all by every spelling, as [spelling] folds it. They are put in order
	// when somebody asks first: most runs of the program never do.
	councils func() map[string]Council
}

// Council is a council, or a name that is wider than one.
type Council struct {
	Name   string
	Nation Nation
	Wide   bool // a county or region: which district it is decides, and nobody said
}

// Verdict is whether an area is somebody's.
type Verdict string

// The verdicts.
const (
	Yes     Verdict = "yes"
	No      Verdict = "no"
	Check   Verdict = "check"   // the council straddles the border, or nobody is sure
	Unknown Verdict = "unknown" // what would decide it is not on the record
)

// likeliest orders verdicts when any of several is enough.
var likeliest = []Verdict{Yes, Check, Unknown, No}

// Whereabouts is what is known of where somebody belongs, as it was typed.
type Whereabouts struct {
	Council  string
	GP       string // the practice; its council where somebody wrote it behind a comma
	Holidays calendar.Nation
}

// Council returns the council of a name in any of its spellings.
func (a Areas) Council(typed string) (Council, bool) {
	if a.councils == nil {
		return Council{}, false
	}
	folded := spelling(typed)
	for _, key := range []string{folded, bare(folded)} {
		if c, ok := a.councils()[key]; ok && key != "" {
			return c, true
		}
	}
	return Council{}, false
}

// Nation returns the nation in which somebody lives: that of their council, else what
// their bank holidays tell; empty when that leaves England or Wales.
func (a Areas) Nation(at Whereabouts) Nation {
	if c, ok := a.Council(at.Council); ok {
		return c.Nation
	}
	switch at.Holidays {
	case calendar.Scotland:
		return Scotland
	case calendar.NorthernIreland:
		return NorthernIreland
	case calendar.EnglandAndWales:
	}
	return ""
}

// Named returns the area of a key, or the areas of a group.
func (a Areas) Named(key string) []Area {
	var all []Area
	for _, one := range a.Areas {
		if key != "" && (one.Key == key || one.Group == key) {
			all = append(all, one)
		}
	}
	return all
}

// Name returns how an area is called; its key where this desk does not know it.
func (a Areas) Name(key string) string {
	if i := slices.IndexFunc(a.Areas, func(one Area) bool { return one.Key == key }); i >= 0 {
		return a.Areas[i].Name
	}
	return key
}

// Of returns the areas in which a council lies on a day, also those that it only
// touches.
func (a Areas) Of(council string, day calendar.Day) []Area {
	c, ok := a.Council(council)
	if !ok {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(a.Areas), func(one Area) bool { return one.share(c, a, day) == 0 })
}

// Covers returns whether a programme runs where somebody belongs, and what says so.
// Without an entry it runs everywhere.
func (c Catalogue) Covers(p Programme, at Whereabouts, day calendar.Day) (Verdict, Cover) {
	if len(p.Covers) == 0 {
		return Yes, Cover{}
	}
	verdict, by := No, Cover{}
	for i, w := range p.CoversOn(day) {
		v := c.Areas.holds(w, at, day)
		if v == Yes && w.Confidence == Uncertain {
			v = Check
		}
		if i == 0 || slices.Index(likeliest, v) < slices.Index(likeliest, verdict) {
			verdict, by = v, w
		}
	}
	return verdict, by
}

// holds judges one entry of where a programme runs.
func (a Areas) holds(w Cover, at Whereabouts, day calendar.Day) Verdict {
	if w.Area == "" {
		nation := a.Nation(at)
		switch {
		case nation != "" && !slices.Contains(w.Nations, nation):
			return No
		case nation != "":
			return Yes
		case at.Holidays == calendar.EnglandAndWales && slices.Contains(w.Nations, England) && slices.Contains(w.Nations, Wales):
			return Yes
		}
		return Unknown
	}
	tests := []Test{w.Test}
	if w.Test == "" {
		tests = nil
		for _, one := range a.Named(w.Area) {
			tests = append(tests, one.Tests...)
		}
	}
	verdict := No
	for _, place := range []struct {
		by Test
		at string
	}{{ByResidence, at.Council}, {ByGP, behindComma(at.GP)}, {ByJobcentre, at.Council}} {
		if !slices.Contains(tests, place.by) {
			continue
		}
		if v := a.In(w.Area, place.at, day); slices.Index(likeliest, v) < slices.Index(likeliest, verdict) {
			verdict = v
		}
	}
	return verdict
}

// In returns whether a council lies in an area, or in a group of areas, on a day.
func (a Areas) In(key, council string, day calendar.Day) Verdict {
	c, ok := a.Council(council)
	if !ok {
		return Unknown
	}
	share := 0.0
	for _, one := range a.Named(key) {
		share += one.share(c, a, day)
	}
	switch {
	case share > 0.99: // two areas of one group may share a council
		return Yes
	case share > 0 || c.Wide && c.Nation == England:
		return Check
	}
	return No
}

// share is how much of a council lies in an area on a day.
func (one Area) share(c Council, a Areas, day calendar.Day) float64 {
	if c.Wide || !one.From.IsZero() && day < one.From || !one.Until.IsZero() && day > one.Until {
		return 0
	}
	for _, m := range one.Councils {
		if !m.From.IsZero() && day < m.From || !m.Until.IsZero() && day > m.Until {
			continue
		}
		if m.Name != c.Name {
			if known, ok := a.Council(m.Name); !ok || known.Name != c.Name {
				continue
			}
		}
		if m.Share == 0 {
			return 1
		}
		return m.Share
	}
	return 0
}
