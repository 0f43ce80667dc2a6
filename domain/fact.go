package domain

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
)

// Fact names one thing that may be known of a participant. Its text is stored and
// used on the command line and in files.
type Fact string

// The facts. All but the name are optional.
const (
	FactName           Fact = "name"
	FactFormalName     Fact = "formal-name"
	FactPronouns       Fact = "pronouns"
	FactPhone          Fact = "phone"
	FactEmail          Fact = "email"
	FactChannel        Fact = "channel"
	FactContact        Fact = "contact"
	FactNotContact     Fact = "not-contact"
	FactLanguage       Fact = "language"
	FactInterpreter    Fact = "interpreter"
	FactRepresentative Fact = "representative"
	FactMatters        Fact = "matters"
	FactNino           Fact = "nino"
	FactBirth          Fact = "birth"
	FactAddress        Fact = "address"
	FactPostcode       Fact = "postcode"
	FactCouncil        Fact = "council"
	FactNation         Fact = "nation"
	FactEmployment     Fact = "employment"
	FactHours          Fact = "hours"
	FactGroup          Fact = "group"
	FactGP             Fact = "gp"
	FactReference      Fact = "reference"
	FactCoach          Fact = "coach"
	FactSlot           Fact = "slot"
	FactStrengths      Fact = "strengths"
	FactJobStart       Fact = "job-start"
	FactSupportEnd     Fact = "support-end"
	FactWithhold       Fact = "withhold"
	FactBenefit        Fact = "benefit"
	FactCondition      Fact = "condition"
	FactAtRisk         Fact = "at-risk"
	FactJobOffer       Fact = "job-offer"
	FactContracted     Fact = "contracted"
	FactWHPBefore      Fact = "whp-before"
	FactTherapies      Fact = "therapies"
	FactTeam           Fact = "mental-health-team"
)

// FactField says how a fact is called, what it is for, and what it accepts.
type FactField struct {
	Key     Fact
	Label   string
	Hint    string
	Max     int      // runes
	Lines   bool     // may have several lines
	Choices []string // when it is one of a list
	check   func(value string, s Stamp) (string, error)
}

// Facts lists every fact in the order in which forms ask for it.
var Facts = []FactField{
	{Key: FactName, Label: "Name", Hint: "as the person wants to be called", Max: clean.MaxLine},
	{Key: FactFormalName, Label: "Formal name", Hint: "as on letters, when it differs", Max: clean.MaxLine},
	{Key: FactPronouns, Label: "Pronouns", Hint: "as the person says", Max: 40},
	{Key: FactPhone, Label: "Telephone", Hint: "and whose it is, if not their own", Max: clean.MaxLine},
	{Key: FactEmail, Label: "Email", Max: clean.MaxLine},
	{Key: FactChannel, Label: "Best way to talk", Hint: "face to face, phone, video, online", Max: 40, Choices: Channels},
	{Key: FactContact, Label: "How to reach them", Hint: "for example: text first", Max: clean.MaxLine},
	{Key: FactNotContact, Label: "When not to", Hint: "for example: no phone before 11", Max: clean.MaxLine},
	{Key: FactLanguage, Label: "Language", Hint: "they prefer to speak and read", Max: 60},
	{Key: FactInterpreter, Label: "Interpreter", Hint: "for example: BSL", Max: clean.MaxLine},
	{Key: FactRepresentative, Label: "Representative", Hint: "appointee, power of attorney, someone they trust", Max: clean.MaxLine},
	{Key: FactMatters, Label: "What matters to them", Hint: "in their own words", Max: 1000, Lines: true},
	{Key: FactStrengths, Label: "Strengths", Hint: "what they are good at, and what helps", Max: 1000, Lines: true},
	{Key: FactBirth, Label: "Date of birth", Hint: "for example 4 May 1987", Max: 40, check: checkBirth},
	{Key: FactNino, Label: "National Insurance number", Hint: "optional", Max: 20, check: checkNino},
	{Key: FactAddress, Label: "Address", Max: 400, Lines: true},
	{Key: FactPostcode, Label: "Postcode", Max: 12, check: checkPostcode},
	{Key: FactCouncil, Label: "Council", Max: 80},
	{Key: FactNation, Label: "Nation", Hint: "when bank holidays differ from the desk's", Max: 40, Choices: []string{string(calendar.EnglandAndWales), string(calendar.Scotland), string(calendar.NorthernIreland)}},
	{Key: FactEmployment, Label: "Employment", Hint: "none, employed, self-employed, apprentice, off sick", Max: 40, Choices: []string{"none", "employed", "self-employed", "apprentice", "off sick"}},
	{Key: FactHours, Label: "Hours a week", Max: 5, check: checkHours},
	{Key: FactGroup, Label: "Health-journey group", Hint: "pre-WCA, LCW, LCWRA, ESA; none: not on it", Max: 40, Choices: []string{"pre-WCA", "LCW", "LCWRA", "ESA WRAG", "ESA support group", "none"}},
	{Key: FactGP, Label: "GP registration", Hint: "practice and its council, where it decides an area: Grove Surgery, Enfield", Max: clean.MaxLine},
	{Key: FactReference, Label: "External reference", Hint: "system: number", Max: clean.MaxLine},
	{Key: FactCoach, Label: "Work coach", Hint: "who owns the case, if not this desk", Max: clean.MaxLine},
	{Key: FactSlot, Label: "Slot", Hint: "minutes: 10, 20, 30 or 60; or: 20; review 30; first talk 60", Max: clean.MaxLine, check: checkSlots},
	{Key: FactJobStart, Label: "Job starts", Hint: "the first day at work, for example 7 Dec", Max: 40, check: checkDay},
	{Key: FactSupportEnd, Label: "Support ends", Hint: "the day on which a programme that runs ends", Max: 40, check: checkDay},
	{Key: FactWithhold, Label: "Withhold contact details", Hint: "yes: address, postcode, telephone and email go to nobody outside", Max: 5, Choices: []string{"yes"}},
	{Key: FactBenefit, Label: "Benefit", Hint: "none, UC, ESA, other", Max: 20, Choices: []string{"none", "UC", "ESA", "other"}},
	{Key: FactCondition, Label: "Disabled or in ill health", Hint: "yes or no, in their own view; never which", Max: 10, Choices: yesNo},
	{Key: FactAtRisk, Label: "Work at risk", Hint: "yes or no: because of their health, in their own view", Max: 10, Choices: yesNo},
	{Key: FactJobOffer, Label: "Job offer", Hint: "yes or no: an offer, or a job that is to start", Max: 10, Choices: yesNo},
	{Key: FactContracted, Label: "Contracted provision", Hint: "yes or no: on other provision that the DWP contracts", Max: 10, Choices: yesNo},
	{Key: FactWHPBefore, Label: "WHP or Pioneer before", Hint: "yes or no: ever on the Work and Health Programme or Pioneer", Max: 10, Choices: yesNo},
	{Key: FactTherapies, Label: "NHS Talking Therapies", Hint: "yes or no: goes there; never what for", Max: 10, Choices: yesNo},
	{Key: FactTeam, Label: "Mental health team", Hint: "yes or no: a team in secondary care; never what for", Max: 10, Choices: yesNo},
}

var yesNo = []string{"yes", "no"}

// Dated reports whether the value of a fact is a date.
func (f FactField) Dated() bool {
	return f.Key == FactBirth || f.Key == FactJobStart || f.Key == FactSupportEnd
}

// FieldOf returns how a fact is called and checked.
func FieldOf(f Fact) (FactField, bool) {
	i := slices.IndexFunc(Facts, func(ff FactField) bool { return ff.Key == f })
	if i < 0 {
		return FactField{}, false
	}
	return Facts[i], true
}

// cleanFacts cleans and checks each value; the first that is wrong is refused
// under the fact's own name.
func cleanFacts(facts map[Fact]string, s Stamp) (map[Fact]string, error) {
	out := make(map[Fact]string, len(facts))
	for _, f := range Facts {
		raw, ok := facts[f.Key]
		if !ok {
			continue
		}
		v, err := f.Clean(raw, s)
		if err != nil {
			return nil, err
		}
		out[f.Key] = v
	}
	for key := range facts {
		if _, ok := FieldOf(key); !ok {
			return nil, Refused(string(key), "%q is not something a record holds. The fields are: %s.", clean.Line(string(key), 40), strings.Join(factKeys(), ", "))
		}
	}
	return out, nil
}

func factKeys() []string {
	keys := make([]string, len(Facts))
	for i, f := range Facts {
		keys[i] = string(f.Key)
	}
	return keys
}

// Clean returns a value as it is stored, or a [Refusal] on the fact's name.
func (f FactField) Clean(raw string, s Stamp) (string, error) {
	v := clean.Line(raw, f.Max)
	if f.Lines {
		v = clean.Text(raw, f.Max)
	}
	if v == "" {
		return "", nil
	}
	if f.Choices != nil {
		return f.choose(v)
	}
	if f.check == nil {
		return v, nil
	}
	v, err := f.check(v, s)
	var r Refusal
	if errors.As(err, &r) && r.Field == "" {
		return "", Refused(string(f.Key), "%s: %s", f.Label, r.Why)
	}
	return v, err
}

// choose accepts any clear beginning of a choice.
func (f FactField) choose(v string) (string, error) {
	var fits []string
	for _, c := range f.Choices {
		if strings.EqualFold(c, v) {
			return c, nil
		}
		if strings.HasPrefix(strings.ToLower(c), strings.ToLower(v)) {
			fits = append(fits, c)
		}
	}
	if len(fits) == 1 {
		return fits[0], nil
	}
	return "", Refused(string(f.Key), "%s: %q is not one of %s.", f.Label, v, strings.Join(f.Choices, ", "))
}

func checkBirth(v string, s Stamp) (string, error) {
	d, err := calendar.Parse(v, s.Today, calendar.Backward)
	if err != nil {
		return "", Refused(string(FactBirth), "Date of birth: %s", err)
	}
	if d > s.Today {
		return "", Refused(string(FactBirth), "Date of birth: %s lies in the future. Check the year.", d.Long())
	}
	if y, _, _ := d.Time().Date(); y < 1880 {
		return "", Refused(string(FactBirth), "Date of birth: the year %d cannot be right. Write it as 4 May 1987.", y)
	}
	return d.String(), nil
}

// checkDay accepts a date as people write it; one without a year is to come.
func checkDay(v string, s Stamp) (string, error) {
	d, err := calendar.Parse(v, s.Today, calendar.Forward)
	if err != nil {
		return "", Refused("", "%s", err)
	}
	return d.String(), nil
}

func checkHours(v string, _ Stamp) (string, error) {
	h, err := strconv.ParseFloat(v, 64)
	if err != nil || strings.Trim(v, "0123456789.") != "" || h > 100 { // no 1e1, 0x10, NaN
		return "", Refused(string(FactHours), "Hours a week: %q is not a number from 0 to 100.", v)
	}
	return v, nil
}

// checkPostcode accepts the shape of a UK postcode and writes it with its space.
// What cannot be one is kept out, so that an area is never guessed from it.
func checkPostcode(v string, _ Stamp) (string, error) {
	p, ok := Postcode(v)
	if !ok {
		return "", Refused(string(FactPostcode), "Postcode: %q is not a UK postcode such as E15 1NT. Leave it empty if it is not known.", v)
	}
	return p, nil
}

// Postcode returns a UK postcode in capitals with its space, and whether the text
// has the shape of one: one or two letters, a digit, an optional digit or letter,
// then a digit and two letters that are not C, I, K, M, O or V.
func Postcode(s string) (string, bool) {
	var b []byte
	for _, r := range strings.ToUpper(s) {
		switch {
		case r == ' ' || r == '-':
		case r >= 'A' && r <= 'Z' || r >= '0' && r <= '9':
			b = append(b, byte(r))
		default:
			return "", false
		}
	}
	n := len(b)
	if n < 5 || n > 7 {
		return "", false
	}
	out, in := string(b[:n-3]), string(b[n-3:])
	if out+in == "GIR0AA" {
		return "GIR 0AA", true
	}
	shape := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return '9'
		}
		return 'A'
	}, out)
	shapes := []string{"A9", "A99", "AA9", "AA99", "A9A", "AA9A"}
	if !slices.Contains(shapes, shape) || in[0] < '0' || in[0] > '9' {
		return "", false
	}
	if strings.ContainsAny(in[1:], "0123456789CIKMOV") || strings.ContainsAny(out[:1], "QVX") {
		return "", false
	}
	return out + " " + in, true
}
