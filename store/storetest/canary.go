package storetest

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// Birds put a word of its own into every text that a command can bring, and remember what
// may be done with it. A word says which command and field it came with:
// canary for what colleagues may read, nosee for what never leaves the desk, hidden for
// contact details that are withheld.
type Birds struct {
	Dice  *rand.Rand
	Today calendar.Day
	Staff []domain.ID // who may be named where a command names staff
	n     int
	at    int // how much of a record the things are of
	all   []thing
}

// The beginnings of the words.
const (
	Canary = "canary"
	NoSee  = "nosee"
	Hidden = "hidden"
)

// Word makes the next word of a kind, with its source.
func (b *Birds) Word(kind, source string) string {
	b.n++
	source = strings.Map(func(r rune) rune {
		if r < 'a' || r > 'z' {
			return -1
		}
		return r
	}, strings.ToLower(source))
	return fmt.Sprintf("%s%s%dx", kind, source, b.n)
}

// Fill fills a command with words and with what is on the record. What hangs on something
// private is given private words.
func (b *Birds) Fill(zero domain.Command, p domain.Participant) domain.Command {
	v := reflect.New(reflect.TypeOf(zero)).Elem()
	f := filler{b: b, p: p, name: v.Type().Name(), kind: Canary}
	f.fields(v) // the things it is about
	if f.private && !speaksAnew[f.name] {
		f.kind = NoSee
		f.fields(v)
	}
	return v.Interface().(domain.Command)
}

// speaksAnew are the commands whose words are about something of its own, whatever they
// hang on: a question that is put to the adviser, a service that the person is told of, a
// session that was held, what is agreed or reviewed.
var speaksAnew = map[string]bool{
	"Ask": true, "SignpostTo": true, "RecordSession": true, "AmendSession": true, "OfferHandover": true,
}

// filler fills one command.
type filler struct {
	b       *Birds
	p       domain.Participant
	name    string // of the command
	kind    string // of its words
	private bool   // something that it is about is
}

func (f *filler) fields(v reflect.Value) {
	for i := range v.NumField() {
		field := v.Type().Field(i)
		if field.IsExported() {
			f.value(v.Field(i), field.Name)
		}
	}
}

// pools are the values that named types have.
var pools = func() map[reflect.Type]reflect.Value {
	out := map[reflect.Type]reflect.Value{}
	for _, list := range []any{
		domain.RecipientKinds, domain.ConsentItems, domain.ConsentHows, domain.ConsentGivers, domain.Owners, domain.CopyShapes, domain.CopyLanguages, domain.CopyHows,
		domain.StepStatuses, domain.Outcomes, domain.SessionKinds, domain.SignpostResults, domain.EscalationKinds, domain.TriedResults, domain.Anchors, domain.Scopes,
		domain.FitBoxes,
		[]domain.FitOption{domain.NotFit, domain.MayBeFit},
		domain.ReferralMoves, domain.ApplicationResults, domain.ChaseAnswers, domain.JobKinds,
		domain.JobStages, domain.ContactKinds, domain.AdjustmentOwners, domain.ProfileParts, domain.ReturnResults, domain.WorkStages, domain.HandoverKinds,
		domain.HandedKinds, domain.HandoverAnswers, domain.RecordClasses, domain.ExportKinds, domain.ExportFors, domain.ExportBases, domain.Roles,
		[]domain.GoalStatus{domain.GoalAchieved, domain.GoalArchived, domain.GoalActive},
		[]domain.PromiseStatus{domain.PromiseKept, domain.PromiseBroken, domain.PromiseReleased},
	} {
		v := reflect.ValueOf(list)
		out[v.Type().Elem()] = v
	}
	return out
}()

// plainWords are fields whose text has a form, with values that are right.
var plainWords = map[string][]string{
	"Programme": {"workwell", "connect-to-work", "access-to-work", "mental-health-support-service"}, "Code": {"other", ""}, "Channel": domain.Channels,
	"SHA256": {strings.Repeat("ab", 32)}, "Format": {"text"}, "Feed": {"newham"}, "Elements": {"travel", "equipment"}, "Evidence": {"letter", "quote"},
	"Employer": {"Harbour Bakery", "Corner Shop"},
}

// marked are the commands whose text is a note with marks.
var marked = map[string]bool{"TakeNote.Text": true, "RecordSession.Text": true, "AmendNote.Text": true}

func (f *filler) value(v reflect.Value, field string) {
	dice := f.b.Dice
	switch at := v.Interface().(type) {
	case domain.ID:
		if f.kind == NoSee && !at.IsZero() { // the second time
			return
		}
		v.Set(reflect.ValueOf(f.id(field)))
		return
	case calendar.Day:
		if f.kind != NoSee {
			v.Set(reflect.ValueOf([]calendar.Day{0, f.b.Today, f.b.Today + calendar.Day(1+dice.IntN(60)), f.b.Today - calendar.Day(dice.IntN(20))}[dice.IntN(4)]))
		}
		return
	case domain.Scope:
		if f.kind != NoSee {
			v.Set(reflect.ValueOf(domain.Scopes[dice.IntN(3)]))
			f.private = f.private || v.Interface().(domain.Scope).Private()
		}
		return
	case map[domain.Fact]string:
		v.Set(reflect.ValueOf(f.facts()))
		return
	}
	if pool, ok := pools[v.Type()]; ok {
		if f.kind != NoSee {
			v.Set(pool.Index(dice.IntN(pool.Len())))
		}
		return
	}
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() {
			v.SetString(f.text(field))
		}
	case reflect.Bool:
		if f.kind != NoSee {
			v.SetBool(dice.IntN(2) == 0)
		}
	case reflect.Int, reflect.Int64:
		if f.kind != NoSee {
			v.SetInt(int64([]int{0, 1, 3, 600, 960}[dice.IntN(5)]))
		}
	case reflect.Struct:
		f.fields(v)
	case reflect.Pointer:
		if f.kind != NoSee && dice.IntN(2) == 0 {
			v.Set(reflect.New(v.Type().Elem()))
		}
		if !v.IsNil() {
			f.value(v.Elem(), field)
		}
	case reflect.Slice:
		if f.kind != NoSee {
			v.Set(reflect.MakeSlice(v.Type(), dice.IntN(3), 3))
		}
		for i := range v.Len() {
			f.value(v.Index(i), field)
		}
	default:
	}
}

// noteMarks are lines of a note that make something of their own.
var noteMarks = []struct{ line, source string }{
	{"> me: %s by fri", "promise"},
	{"> %s by 2w", "promiseof"},
	{"! %s by 2w", "step"},
	{"! provider: %s by 1w", "stepprovider"},
	{"! employer: %s", "stepemployer"},
	{"? %s", "question"},
	{"# %s", "barrier"},
	{"+ %s", "adjustment"},
	{"@ 3d 10:00 %s", "appointment"},
}

// text is a word, or a whole note of them.
func (f *filler) text(field string) string {
	if list := plainWords[field]; list != nil {
		return list[f.b.Dice.IntN(len(list))]
	}
	at := f.name + field
	if (field == "Provider" || field == "Name") && f.b.Dice.IntN(2) == 0 {
		return "Riverside Works" // so that what was agreed is for somebody who is told
	}
	if !marked[f.name+"."+field] {
		if f.b.Dice.IntN(8) == 0 {
			return ""
		}
		if f.b.Dice.IntN(12) == 0 { // what is marked where there is no scope is refused, or goes with its scope
			return "[third party] " + f.b.Word(NoSee, at)
		}
		return f.b.Word(f.kind, at)
	}
	var text strings.Builder
	for _, part := range []struct{ head, kind string }{{"", Canary}, {"[coach only] ", NoSee}, {"[third party] ", NoSee}} {
		fmt.Fprintf(&text, "%s%s\n", part.head, f.b.Word(part.kind, at))
		for _, m := range noteMarks {
			if f.b.Dice.IntN(2) == 0 {
				fmt.Fprintf(&text, m.line+"\n", f.b.Word(part.kind, "mark"+m.source))
			}
		}
		text.WriteString("\n")
	}
	return text.String()
}

// facts are a few of those that there are.
func (f *filler) facts() map[domain.Fact]string {
	out := map[domain.Fact]string{domain.FactName: f.b.Word(Canary, "factname")}
	formed := map[domain.Fact]string{
		domain.FactBirth: "4 May 1987", domain.FactNino: "QQ123456C", domain.FactPostcode: "E15 1NT", domain.FactHours: "16", domain.FactSlot: "20",
		domain.FactJobStart: "7 Jan", domain.FactSupportEnd: "20 Jan",
	}
	for _, field := range domain.Facts {
		value := formed[field.Key]
		switch {
		case f.b.Dice.IntN(3) == 0 || field.Key == domain.FactName:
			continue
		case field.Key == domain.FactWithhold:
			value = "yes"
		case value != "":
		case len(field.Choices) > 0:
			value = field.Choices[f.b.Dice.IntN(len(field.Choices))]
		case slices.Contains(domain.WithheldFacts(), field.Key):
			value = f.b.Word(Hidden, "fact"+string(field.Key))
		default:
			value = f.b.Word(Canary, "fact"+string(field.Key))
		}
		out[field.Key] = value
	}
	return out
}

// id is the participant, something on the record of the kind that the field names, or
// something new.
func (f *filler) id(field string) domain.ID {
	if field == "Participant" || f.name == "Join" && field == "ID" {
		return f.p.ID
	}
	if field == "To" || field == "Adviser" || field == "By" {
		if len(f.b.Staff) > 0 && f.b.Dice.IntN(4) > 0 {
			return f.b.Staff[f.b.Dice.IntN(len(f.b.Staff))]
		}
		return domain.ID{}
	}
	if n := len(f.p.Past()); n != f.b.at {
		f.b.at, f.b.all = n, thingsOf(f.p)
	}
	all := f.b.all
	var fit []thing
	for _, x := range all {
		if strings.Contains(x.where, field) || field == "Of" || field == "Items" {
			fit = append(fit, x)
		}
	}
	if len(fit) == 0 || f.b.Dice.IntN(5) == 0 {
		return domain.ID{}
	}
	x := fit[f.b.Dice.IntN(len(fit))]
	if !strings.HasSuffix(f.name, "Step") || field == "Step" { // what a step hangs on says nothing of its words
		f.private = f.private || x.private
	}
	return x.id
}

// thing is something on a record.
type thing struct {
	id      domain.ID
	where   string // the path of fields to it
	private bool
}

// thingsOf walks a record.
func thingsOf(p domain.Participant) []thing {
	var out []thing
	var walk func(v reflect.Value, where string, private bool)
	walk = func(v reflect.Value, where string, private bool) {
		switch v.Kind() {
		case reflect.Struct:
			if s := v.FieldByName("Scope"); s.IsValid() && s.Type() == reflect.TypeFor[domain.Scope]() {
				private = private || s.Interface().(domain.Scope).Private()
			}
			if id := v.FieldByName("ID"); id.IsValid() && id.CanInterface() {
				if id, ok := id.Interface().(domain.ID); ok && !id.IsZero() {
					out = append(out, thing{id, where, private})
				}
			}
			for i := range v.NumField() {
				if f := v.Type().Field(i); f.IsExported() {
					walk(v.Field(i), where+"."+f.Name, private)
				}
			}
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i), where, private)
			}
		default:
		}
	}
	walk(reflect.ValueOf(p), "", false)
	return out
}
