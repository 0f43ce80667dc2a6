package document_test

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"coachdesk/domain"
	"coachdesk/store/document"
	"coachdesk/store/ical"
	"coachdesk/store/storetest"
)

// TestEveryCommandIsAmongTheBirds compares the list of commands with the source: a command
// that is new would bring its words where no canary sings.
func TestEveryCommandIsAmongTheBirds(t *testing.T) {
	files, err := filepath.Glob("../../domain/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no source of the domain: %v", err)
	}
	listed := map[string]bool{}
	for _, c := range storetest.Commands {
		listed[reflect.TypeOf(c).Name()] = true
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Name.Name != "Decide" || fn.Recv == nil {
				continue
			}
			if name := fn.Recv.List[0].Type.(*ast.Ident).Name; !listed[name] {
				t.Errorf("%s is a command, and storetest.Commands does not have it", name)
			}
		}
	}
}

// tries is how often each command is tried in a round: most need something on the record
// that is in the right state.
const tries = 12

// aviary is a record that random commands wrote, and how often each was taken.
func aviary(t *testing.T, seed uint64, rounds int, taken map[string]int) domain.Participant {
	t.Helper()
	dice := rand.New(rand.NewPCG(seed, 7))
	staff := []domain.ID{{1: 1}, {1: 2}}
	birds := &storetest.Birds{Dice: dice, Today: today, Staff: staff}
	about := domain.About(domain.ID{15: 1})
	p := domain.Participant{ID: about.ID}
	var past []domain.Record
	made, batch := byte(0), uint16(0)
	do := func(zero domain.Command, role domain.Role) bool {
		c, ok := birds.Fill(zero, p).(domain.ParticipantCommand)
		if !ok {
			t.Fatalf("%T is not about a participant", zero)
		}
		at := monday.Add(time.Duration(batch) * time.Minute)
		by := staff[dice.IntN(len(staff))]
		events, err := domain.DecideOn(c, p, domain.Stamp{At: at, Today: today, Calendar: &cal, Name: "Amina Yusuf", By: by, Role: role, Demo: true, New: func() domain.ID {
			made++
			return domain.ID{13: byte(batch), 12: byte(batch >> 8), 14: 1, 15: made}
		}})
		if err != nil || len(events) == 0 {
			return false
		}
		taken[reflect.TypeOf(zero).Name()]++
		batch++
		for _, e := range events {
			past = append(past, domain.Record{Subject: about, Command: domain.ID{0: 9, 14: byte(batch >> 8), 15: byte(batch)}, Time: domain.Clock(len(past)), Day: today, By: by, Role: role, Scope: domain.ScopeOf(e), Event: e})
		}
		p = domain.Replay(about, past)
		return true
	}
	for joined := false; !joined; {
		joined = do(domain.Join{}, domain.Coach)
	}
	for range rounds {
		for _, i := range dice.Perm(len(storetest.Commands)) {
			for range tries {
				role := domain.Coach
				if dice.IntN(2) == 0 {
					role = domain.Roles[dice.IntN(len(domain.Roles))]
				}
				if do(storetest.Commands[i], role) {
					break
				}
			}
		}
	}
	return p
}

// bird finds the words of the birds in what was made, however it was cut or capitalised.
var bird = regexp.MustCompile(`(?i)(canary|nosee|hidden)([a-z]+)`)

// heard are the sources of the words in a text, by their kind.
func heard(text string) map[string][]string {
	out := map[string][]string{}
	for _, m := range bird.FindAllStringSubmatch(text, -1) {
		kind := strings.ToLower(m[1])
		out[kind] = append(out[kind], strings.ToLower(m[2]))
	}
	return out
}

// outsiders may read words of these sources and no others, written by hand and not by
// the data: facts about how to work together, adjustments, their own steps, and what was
// agreed for them.
var outsiders = []string{
	"factname", "factpronouns", "factnotcontact", "factlanguage", "factinterpreter",
	"adjusttext", "markadjustment", "markstepprovider", "markstepemployer", "addsteptext", "changesteptext",
	"giveconsentpurpose", "giveconsentname", "markstep", "turnintoreason",
}

// theirs are the words that the person's papers may have.
var theirs = append([]string{
	"setgoaltext", "aimgoaltext", "markstep", "markpromise", "markpromiseof", "makepromisetext", "takeanswersteps", "factmatters", "narrowconsentpurpose",
	"answersuggestion", "answertext", "handbacktext", "handbacknext",
}, outsiders...)

// onAReferral are the words that the page of a referral may have besides: what was
// written for that provider, and the parts of the record that were agreed.
var onAReferral = append([]string{
	"refertext", "refercontact", "referreference", "referprovider", "draftreferraltext", "draftreferralcontact", "draftreferralreference", "draftreferralprovider",
	"amendreferraltext", "amendreferralcontact", "amendreferralreference", "amendreferralprovider", "namereferralreference", "namereferralcontact", "movereferralcontact", "movereferralreference",
	"notebarriertext", "markbarrier", "setgoaltext", "aimgoaltext", "factgp",
}, outsiders...)

// TestNoCanaryLeaves lets every command write its words on a record, in every scope, and
// looks for them in everything that is made of it for anybody else.
func TestNoCanaryLeaves(t *testing.T) {
	taken := map[string]int{}
	seen := map[string]int{}
	records, rounds := uint64(6), 6
	if testing.Short() {
		records = 2
	}
	for seed := range records {
		p := aviary(t, seed, rounds, taken)
		listen(t, p, seen)
	}
	if n := len(storetest.Commands) - len(taken); n > 15 {
		t.Errorf("%d of %d kinds of command were never taken: their words were not looked for", n, len(storetest.Commands))
	}
	if len(seen) < 100 {
		t.Errorf("words came from %d fields: the test proves little", len(seen))
	}
	for _, kind := range []string{storetest.Canary, storetest.NoSee, storetest.Hidden} {
		if seen[kind] == 0 {
			t.Errorf("no word of kind %s was written: the test proves little", kind)
		}
	}
}

// listen looks at one record.
func listen(t *testing.T, p domain.Participant, seen map[string]int) {
	t.Helper()
	withheld := p.Withheld()
	check := func(where, text string, may []string, inside bool) {
		for kind, sources := range heard(text) {
			for _, source := range sources {
				switch {
				case kind == storetest.NoSee:
					t.Errorf("%s tells what never leaves the desk: %s\n%s", where, source, around(text, kind+source))
				case kind == storetest.Hidden && withheld && !inside:
					t.Errorf("%s tells what is withheld: %s", where, source)
				case kind == storetest.Canary && may != nil && !slices.Contains(may, source):
					t.Errorf("%s tells %s\n%s", where, source, around(text, kind+source))
				}
			}
		}
	}
	for _, r := range p.Past() {
		body, err := json.Marshal(r.Event)
		if err != nil {
			t.Fatal(err)
		}
		for kind, sources := range heard(string(body)) {
			seen[kind] += len(sources)
			for _, s := range sources {
				seen[s]++
			}
		}
		if !r.Scope.Private() {
			check("the shareable record "+r.Event.Kind(), string(body), nil, true)
		}
		check("the sentence of "+r.Event.Kind(), r.Event.Sentence(), []string{"factname", "offerhandovertoname"}, true)
	}
	row, err := json.Marshal(p.Row())
	if err != nil {
		t.Fatal(err)
	}
	check("the row", string(row)+p.Row().Haystack(), nil, true)
	lists, err := json.Marshal(domain.Lists([]domain.Row{p.Row()}))
	if err != nil {
		t.Fatal(err)
	}
	if name := p.Name(); p.Restriction.On && strings.Contains(string(lists), name) {
		t.Error("a list names somebody whose record is restricted")
	}
	for _, advises := range []bool{false, true} {
		q := moving(document.Colleague).Queue
		q.Advises = advises
		check("the queue", fmt.Sprintf("%+v", q.Reasons(p.Row())), nil, true)
		check("the brief", fmt.Sprintf("%+v", q.Brief(p)), nil, true)
	}
	check("what was tried", domain.TriedBefore(p, 20), nil, true)
	check("what happened meanwhile", strings.Join(domain.Changes(domain.Plan{}, p.Plan.Public()), "\n"), nil, true)
	listenToNotes(p, check)
	listenToPapers(t, p, check)
}

// listenToNotes makes the handover note for everybody, on every ground, in every format.
func listenToNotes(p domain.Participant, check func(where, text string, may []string, inside bool)) {
	for _, r := range document.Receivers {
		bases := []document.Basis{document.ByConsent}
		if r.Outside() {
			bases = append(bases, document.Bases...)
		}
		for _, basis := range bases {
			o := moving(r)
			o.Basis, o.Why, o.Summary, o.HowToWork, o.Gaps = basis, "canaryownwords1x", "canaryownwords2x", "canaryownwords3x", "canaryownwords4x"
			if r.Outside() && basis == document.ByConsent {
				for _, c := range p.Covering(r.Recipient(), today) {
					o.To = c.To.Name
				}
			}
			may, inside := []string(nil), true
			switch {
			case r == document.Person:
				may, inside = theirs, false
			case r == document.Provider: // the person who speaks for them is named to those who work with the person
				may, inside = outsiders, false
			case r.Outside():
				may, inside = outsiders, false
			}
			n := document.Handover(p, o)
			fields, err := json.Marshal(n.Fields())
			if err != nil {
				panic(err)
			}
			for format, text := range map[string]string{"text": n.Text(), "Markdown": n.Markdown(), "page": n.HTML(), "data": string(fields), "reasons": strings.Join(n.HiddenWords(), "\n")} {
				check(fmt.Sprintf("the handover for the %s %s, %s", r, basis, format), text, may, inside)
			}
		}
	}
}

// listenToPapers makes everything else that somebody is given.
func listenToPapers(t *testing.T, p domain.Participant, check func(where, text string, may []string, inside bool)) {
	t.Helper()
	for _, shape := range domain.CopyShapes {
		for _, language := range domain.CopyLanguages {
			for version := range p.Plan.Version() + 1 {
				o := copyOptions(t, shape, language)
				o.Version = version
				paper := document.PlanCopy(p, o)
				check("the copy of the plan", paper.Text()+paper.Markdown()+paper.HTML(), theirs, false)
			}
			check("the text for the journal", document.Journal(p, copyOptions(t, shape, language)), theirs, false)
		}
	}
	for _, x := range p.Referrals {
		if document.WhyNotReferral(p, x, today) == "" {
			page := document.ReferralPage(p, x, document.ReferralOptions{Today: today, Programme: "WorkWell", Coach: "Amina Yusuf", Office: "Stratford", Ref: "7K3Q-M"})
			check("the page of a referral", page.Text()+page.Markdown()+page.HTML(), onAReferral, false)
		}
	}
	var events []ical.Event
	for _, a := range p.Appointments {
		events = append(events, ical.Event{Appointment: a, Ref: "7K3Q-M"})
	}
	for _, cancelled := range []bool{false, true} {
		check("the calendar", string(ical.Write(events, ical.Options{Now: monday, Cancelled: cancelled})), []string{}, false)
	}
	held, err := document.HoldOn(p, document.HoldOptions{Today: today, Zone: time.UTC, People: func(domain.ID) string { return "Amina" }})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range held.Records {
		if r.Scope == domain.ThirdParty.String() && r.Fields != nil {
			t.Errorf("what is about somebody else stands among the records: %v", r.Fields)
		}
	}
}

// around is a text near a word.
func around(text, word string) string {
	at := strings.Index(strings.ToLower(text), word)
	return text[max(0, at-80):min(len(text), at+120)]
}
