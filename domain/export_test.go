package domain_test

import (
	"strings"
	"testing"

	"coachdesk/domain"
)

var theSum = strings.Repeat("ab", 32)

func TestNoteExport(t *testing.T) {
	consent := domain.ID{15: 50}
	agreed := domain.ConsentGiven{ID: consent, Purpose: "a place", To: domain.ToProvider, Name: "Riverside Works", Items: domain.ConsentItems, From: today, How: domain.ByPhone, Giver: domain.GivenByPerson}
	note := func(f func(*domain.Export)) domain.NoteExport {
		x := domain.Export{What: domain.ExportPlan, For: domain.ForPerson, Basis: domain.OnOwn, Format: "html", SHA256: theSum}
		f(&x)
		return domain.NoteExport{Participant: pat, Export: x}
	}
	same := func(*domain.Export) {}
	for _, tt := range []struct {
		name  string
		given []any
		when  domain.NoteExport
		then  string
	}{
		{"a copy for the person", []any{joined}, note(same), ""},
		{"of nobody", nil, note(same), "Nobody of that reference"},
		{"of somebody whose joining was undone: subject access still goes", []any{joined, domain.Undid{Batch: domain.ID{14: 1}}}, note(same), ""},
		{"without a sum", []any{joined}, note(func(x *domain.Export) { x.SHA256 = "ab" }), "64 hexadecimal digits"},
		{"without a format", []any{joined}, note(func(x *domain.Export) { x.Format = "" }), "which format"},
		{"for nobody that there is", []any{joined}, note(func(x *domain.Export) { x.For = "press" }), "nobody that a paper"},
		{"on a basis that there is not", []any{joined}, note(func(x *domain.Export) { x.Basis = "because" }), "not a basis"},
		{"on consent, and on none", []any{joined}, note(func(x *domain.Export) { x.Basis = domain.OnConsent }), "names the consent"},
		{"on a consent of somebody else", []any{joined}, note(func(x *domain.Export) { x.Basis, x.Consents = domain.OnConsent, []domain.ID{consent} }), "not on the record"},
		{"on consent", []any{joined, agreed}, note(func(x *domain.Export) { x.Basis, x.Consents = domain.OnConsent, []domain.ID{consent} }), ""},
	} {
		events, err := domain.Decide(tt.when, past(tt.given...), stamp(domain.Coach))
		if (err == nil) != (tt.then == "") || err != nil && !strings.Contains(err.Error(), tt.then) || err == nil && len(events) != 1 {
			t.Errorf("%s: %v %v", tt.name, events, err)
		}
	}
}

// TestOpenExports: what went out on a consent is seen at it, and more so when it is
// withdrawn, in whichever order two desks' records come.
func TestOpenExports(t *testing.T) {
	one, two := domain.ID{15: 50}, domain.ID{15: 51}
	give := func(id domain.ID, name string) domain.ConsentGiven {
		return domain.ConsentGiven{ID: id, Purpose: "a place", To: domain.ToProvider, Name: name, Items: domain.ConsentItems, From: today, How: domain.ByPhone, Giver: domain.GivenByPerson}
	}
	out := domain.ExportMade{ID: domain.ID{15: 60}, What: domain.ExportHandover, For: domain.ForProvider, Name: "Riverside", Consents: []domain.ID{one}, Basis: domain.OnConsent, Format: "text", SHA256: theSum}
	other := domain.ExportMade{ID: domain.ID{15: 61}, What: domain.ExportHandover, For: domain.ForProvider, Name: "Bow", Consents: []domain.ID{two}, Basis: domain.OnConsent, Format: "text", SHA256: theSum}
	gone := domain.ConsentWithdrawn{ID: one, How: domain.ByPhone, Stay: []domain.ID{two}}
	p := replay(joined, give(one, "Riverside"), give(two, "Bow"), out, other)
	if got := p.ExportsOn(one); len(got) != 1 || got[0].Name != "Riverside" || len(p.OpenExports()) != 0 || len(p.Exports) != 2 {
		t.Errorf("%+v", got)
	}
	for _, order := range [][]any{{out, other, gone}, {gone, out, other}} {
		p := replay(append([]any{joined, give(one, "Riverside"), give(two, "Bow")}, order...)...)
		if got := p.OpenExports(); len(got) != 1 || got[0].Name != "Riverside" {
			t.Errorf("%+v", got)
		}
	}
}

// TestNoUndoCallsBack what left the desk: the last thing to undo is the one before it.
func TestNoUndoCallsBack(t *testing.T) {
	out := domain.ExportMade{ID: domain.ID{15: 60}, What: domain.ExportPlan, Format: "html", SHA256: theSum}
	p := replay(joined, domain.BarrierNoted{ID: domain.ID{15: 50}, Text: "travel"}, out)
	if got := p.LastBatch(amina); got != (domain.ID{14: 1, 15: 1}) {
		t.Errorf("the last to undo is %v", got)
	}
	if why := p.WhyNotUndo(domain.ID{14: 1, 15: 2}, stamp(domain.Lead)); !strings.Contains(why, "It has left the desk") {
		t.Errorf("%q", why)
	}
}

func TestBundlesAreNoted(t *testing.T) {
	place, id := domain.ID{15: 60}, domain.ID{15: 70}
	opened := domain.BundleOpened{ID: id, From: bea, People: []domain.ID{pat}, SHA256: theSum, New: 3}
	for _, tt := range []struct {
		name  string
		given []any
		when  domain.Command
		then  string
	}{
		{"a list", nil, domain.NoteListExport{Office: place, Export: domain.ListExport{What: domain.ExportPeople, Format: "csv", SHA256: theSum, People: []domain.ID{pat}}}, ""},
		{"a list without a sum", nil, domain.NoteListExport{Office: place, Export: domain.ListExport{What: domain.ExportPeople, Format: "csv"}}, "64"},
		{"sent", nil, domain.NoteBundleSent{Office: place, Bundle: domain.SentBundle{ID: id, Kind: domain.BundleHandover, SHA256: theSum}}, ""},
		{"sent without a name", nil, domain.NoteBundleSent{Office: place, Bundle: domain.SentBundle{Kind: domain.BundleHandover, SHA256: theSum}}, "needs an ID"},
		{"opened", nil, domain.NoteBundleOpened{Office: place, Bundle: domain.OpenedBundle{ID: id, SHA256: theSum}}, ""},
		{"opened again", []any{opened}, domain.NoteBundleOpened{Office: place, Bundle: domain.OpenedBundle{ID: id, SHA256: theSum}}, "opened here before"},
	} {
		_, err := domain.Decide(tt.when, past(tt.given...), stamp(domain.Coach))
		if (err == nil) != (tt.then == "") || err != nil && !strings.Contains(err.Error(), tt.then) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	again := opened
	again.New = 9
	if o := domain.ReplayOffice(past(opened, again)); len(o.Opened) != 1 || o.Opened[0].New != 3 {
		t.Errorf("%+v", o.Opened)
	}
}

// TestAListKeepsNoNames: whoever is erased later is in no filter of the office.
func TestAListKeepsNoNames(t *testing.T) {
	c := domain.NoteListExport{Office: domain.ID{15: 60}, Export: domain.ListExport{What: domain.ExportPeople, Format: "csv", SHA256: theSum, Filter: `okafor -is:inwork due<7d note:sister or "mary jane" owner:"bea holt"`}}
	events, err := domain.Decide(c, nil, stamp(domain.Coach))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := events[0].(domain.ListExported).Filter, "… -is:inwork due<7d … or … … … …"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
