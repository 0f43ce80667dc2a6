package catalogue

import (
	"slices"

	"coachdesk/domain/calendar"
)

// at is where somebody belongs, as it was told.
func (a about) at() Whereabouts {
	return Whereabouts{Council: a.Told[saidCouncil].Value, GP: a.Told[saidGP].Value, Holidays: calendar.Nation(a.Told[saidNation].Value)}
}

// covers says whether a programme runs where somebody belongs: in their nation, and
// where it runs in areas, in theirs. Outside the nation no area is looked at.
func (a about) covers(p Programme) []Finding {
	on := p.CoversOn(a.day)
	if len(on) == 0 {
		return nil
	}
	out := []Finding{a.nation(on)}
	inAreas := slices.ContainsFunc(on, func(w Cover) bool { return w.Area != "" })
	if out[0].Is != No && inAreas {
		out = append(out, a.area(p))
	}
	return out
}

// nation looks at the nations in which a programme runs. A border that is only assumed
// keeps nobody out.
func (a about) nation(on []Cover) Finding {
	at, by := a.at(), on[len(on)-1]
	var nations []Nation
	for _, w := range on {
		nations = slices.Concat(nations, w.Nations, a.c.Areas.nationsOf(w.Area))
	}
	for _, w := range on { // what is sure stands for what nobody is sure of
		if w.Confidence != Uncertain && slices.Contains(slices.Concat(w.Nations, a.c.Areas.nationsOf(w.Area)), a.c.Areas.Nation(at)) {
			by = w
			break
		}
	}
	council, known := a.c.Areas.Council(at.Council)
	f := Finding{Fact: by.Fact, Rule: ruleNation, Looked: a.Told[saidCouncil].looked(), Else: "It does not run in their nation"}
	if !known && at.Holidays != "" {
		f.Looked = a.Told[saidNation].looked()
	}
	switch nation := a.c.Areas.Nation(at); {
	case nation != "":
		f.Is = yes(slices.Contains(nations, nation))
	case at.Holidays == calendar.EnglandAndWales && slices.Contains(nations, England) && slices.Contains(nations, Wales):
		f.Is = Yes
	default:
		f.Is, f.Asks = Unknown, saidCouncil
	}
	if f.Is == No && by.Confidence == Assumed {
		f.Is = Unknown
	}
	if known && council.Wide {
		f.Looked += " (wider than one council)"
	}
	return f
}

// area looks at the areas in which a programme runs.
func (a about) area(p Programme) Finding {
	at := a.at()
	said, by := a.c.Covers(p, at, a.day)
	f := Finding{Fact: by.Fact, Rule: ruleArea, Looked: a.Told[saidCouncil].looked(), Else: "It does not run in their area"}
	if gp := a.Told[saidGP]; gp.Value != "" {
		f.Looked += "; " + gp.looked()
	}
	switch said {
	case Yes, No:
		f.Is = said
	case Check, Unknown:
		f.Is = Unknown
		f.Asks = a.settlesArea(p, at)
	}
	return f
}

// settlesArea returns what would settle an area: the council while it is not clear, then
// the doctor's practice where that counts; else nothing that the person could say.
func (a about) settlesArea(p Programme, at Whereabouts) string {
	if c, ok := a.c.Areas.Council(at.Council); !ok || c.Wide {
		return saidCouncil
	}
	_, known := a.c.Areas.Council(behindComma(at.GP))
	for _, w := range p.CoversOn(a.day) {
		for _, one := range a.c.Areas.Named(w.Area) {
			if (w.Test == ByGP || w.Test == "" && slices.Contains(one.Tests, ByGP)) && !known {
				return saidGP
			}
		}
	}
	return ""
}

// nationsOf returns the nations of an area's councils, or of a group's.
func (a Areas) nationsOf(key string) []Nation {
	var all []Nation
	for _, one := range a.Named(key) {
		if len(one.Councils) == 0 {
			continue
		}
		if c, ok := a.Council(one.Councils[0].Name); ok && !slices.Contains(all, c.Nation) {
			all = append(all, c.Nation)
		}
	}
	return all
}
