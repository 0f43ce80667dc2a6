package domain_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"coachdesk/domain"
)

var (
	bea = domain.ID{15: 80}
	lee = domain.ID{15: 81}
)

// keysOf gives a contact keys that one byte tells apart.
func keysOf(c domain.Contact, n byte) domain.Contact {
	c.Recipient, c.Verify = "age1"+strings.Repeat(string(rune('a'+n)), 58), bytes.Repeat([]byte{n}, 32)
	return c
}

func beaHolt(n byte) domain.Contact {
	return keysOf(domain.Contact{Person: bea, Name: "Bea Holt", Role: domain.Adviser, Office: "Stratford"}, n)
}

func addedOf(c domain.Contact) domain.ContactAdded {
	return domain.ContactAdded{Person: c.Person, Name: c.Name, Role: c.Role, Office: c.Office, Desk: c.Desk.String(), Recipient: c.Recipient, Verify: c.Verify}
}

func checkedOf(c domain.Contact) domain.ContactChecked {
	return domain.ContactChecked{Person: c.Person, Fingerprint: c.Fingerprint()}
}

func TestFingerprint(t *testing.T) {
	// By hand: SHA-256 of "coachdesk identity", a zero, the key, a zero, the recipient.
	if got := domain.Fingerprint([]byte{1}, "x"); got != "57587 44218 27570 59832 70870 49601" {
		t.Errorf("%s", got)
	}
	c := beaHolt(1)
	for _, other := range []domain.Contact{beaHolt(2), {Recipient: c.Recipient, Verify: beaHolt(2).Verify}, {Recipient: beaHolt(2).Recipient, Verify: c.Verify}} {
		if other.Fingerprint() == c.Fingerprint() {
			t.Error("other keys have the same fingerprint")
		}
	}
	groups := strings.Split(c.Fingerprint(), " ")
	if len(groups) != 6 || slices.ContainsFunc(groups, func(g string) bool { return len(g) != 5 }) {
		t.Errorf("%q is not six groups of five", c.Fingerprint())
	}
}

func TestContactCommands(t *testing.T) {
	place := domain.ID{15: 60}
	one, two := beaHolt(1), beaHolt(2)
	whole := one.Fingerprint()
	add := func(c domain.Contact, f ...func(*domain.AddContact)) domain.AddContact {
		cmd := domain.AddContact{Office: place, Contact: c, Own: beaHolt(9).Recipient}
		for _, g := range f {
			g(&cmd)
		}
		return cmd
	}
	for _, tt := range []struct {
		name  string
		given []any
		when  domain.Command
		then  string // kind of the event, or part of the refusal
	}{
		{"a card is added", nil, add(one), "contact.added"},
		{"the same card again", []any{addedOf(one)}, add(one), "in the address book already"},
		{"another office, the same keys", []any{addedOf(one)}, add(func() domain.Contact { c := one; c.Office = "Leith"; return c }()), "contact.added"},
		{"other keys are refused at first", []any{addedOf(one)}, add(two), "Ring a number that you knew"},
		{"other keys, meant", []any{addedOf(one)}, add(two, func(c *domain.AddContact) { c.Anew = true }), "contact.added"},
		{"this desk's own card", nil, add(beaHolt(9)), "this desk itself"},
		{"a card without a name", nil, add(keysOf(domain.Contact{Person: bea, Role: domain.Coach}, 1)), "whose it is"},
		{"a role that nobody has", nil, add(keysOf(domain.Contact{Person: bea, Name: "B", Role: "boss"}, 1)), "a role should stand"},
		{"half a recipient", nil, add(func() domain.Contact { c := one; c.Recipient = "age1abc"; return c }()), "not whole"},
		{"a recipient with a capital", nil, add(func() domain.Contact { c := one; c.Recipient = "age1A" + c.Recipient[5:]; return c }()), "not whole"},
		{"half a key", nil, add(func() domain.Contact { c := one; c.Verify = c.Verify[1:]; return c }()), "not whole"},
		{"compared", []any{addedOf(one)}, domain.CheckContact{Office: place, Person: bea, First: whole[:5], Last: " " + whole[30:33] + "-" + whole[33:]}, "contact.checked"},
		{"the first group differs", []any{addedOf(one)}, domain.CheckContact{Office: place, Person: bea, First: "00000", Last: whole[30:]}, "The first group does not fit"},
		{"the last group differs", []any{addedOf(one)}, domain.CheckContact{Office: place, Person: bea, First: whole[:5], Last: "00000"}, "The last group does not fit"},
		{"a group of four", []any{addedOf(one)}, domain.CheckContact{Office: place, Person: bea, First: whole[:4], Last: whole[30:]}, "five digits"},
		{"compared with nobody", nil, domain.CheckContact{Office: place, Person: bea, First: whole[:5], Last: whole[30:]}, "not in the address book"},
		{"removed", []any{addedOf(one)}, domain.RemoveContact{Office: place, Person: bea}, "contact.removed"},
		{"removed twice", []any{addedOf(one), domain.ContactRemoved{Person: bea}}, domain.RemoveContact{Office: place, Person: bea}, "not in the address book"},
		{"somebody is met", nil, domain.MeetPeople{Office: place, People: []domain.Met{{Person: bea, Name: "Bea Holt", Role: domain.Adviser, Office: "Stratford"}}}, "person.met"},
		{"met before", []any{domain.PersonMet{Person: bea, Name: "Bea Holt", Role: domain.Adviser, Office: "Stratford"}}, domain.MeetPeople{Office: place, People: []domain.Met{{Person: bea, Name: "Bea Holt", Role: domain.Adviser, Office: "Stratford"}}}, ""},
		{"who works here is not met", []any{domain.Registered{Person: bea, Name: "Bea Holt", Role: domain.Adviser}}, domain.MeetPeople{Office: place, People: []domain.Met{{Person: bea, Name: "Someone", Role: domain.Lead}}}, ""},
	} {
		events, err := domain.Decide(tt.when, past(tt.given...), stamp(domain.Coach))
		got := ""
		if err != nil {
			got = err.Error()
		} else if len(events) > 0 {
			got = events[0].Kind()
		}
		if got != tt.then && (tt.then == "" || !strings.Contains(got, tt.then)) {
			t.Errorf("%s: %q", tt.name, got)
		}
	}
}

// TestContactsCross has two desks of one office keep the address book apart: in either
// order nobody sends to keys that were not compared, and no key is forgotten.
func TestContactsCross(t *testing.T) {
	one, two := beaHolt(1), beaHolt(2)
	stands := func(keys domain.Contact, checked bool, former int) func(domain.Office) bool {
		return func(o domain.Office) bool {
			c, ok := o.Contact(bea)
			return ok && len(o.Contacts) == 1 && c.SameKeys(keys) && !c.Checked.IsZero() == checked && len(c.Former) == former
		}
	}
	gone := func(o domain.Office) bool { return len(o.Contacts) == 0 && len(o.Left) == 1 }
	for _, tt := range []struct {
		name          string
		given         []any
		first, second domain.Event
		there, back   func(domain.Office) bool
	}{
		{"added | added, the same keys", nil, addedOf(one), addedOf(one), stands(one, false, 0), stands(one, false, 0)},
		{"added | added, other keys: the later shows", nil, addedOf(one), addedOf(two), stands(two, false, 1), stands(one, false, 1)},
		{"checked | added, the same keys", []any{addedOf(one)}, checkedOf(one), addedOf(one), stands(one, true, 0), stands(one, true, 0)},
		{"checked | added, other keys: not checked", []any{addedOf(one)}, checkedOf(one), addedOf(two), stands(two, false, 1), stands(two, false, 1)},
		{"checked | removed", []any{addedOf(one)}, checkedOf(one), domain.ContactRemoved{Person: bea}, gone, gone},
		{"removed | removed", []any{addedOf(one)}, domain.ContactRemoved{Person: bea}, domain.ContactRemoved{Person: bea}, gone, gone},
		{"removed | added, other keys: the later stands, not checked", []any{addedOf(one), checkedOf(one)}, domain.ContactRemoved{Person: bea}, addedOf(two), stands(two, false, 1), gone},
		{"removed | added, the same keys: compared again", []any{addedOf(one), checkedOf(one)}, domain.ContactRemoved{Person: bea}, addedOf(one), stands(one, false, 0), gone},
	} {
		if o := domain.ReplayOffice(past(append(slices.Clone(tt.given), tt.first, tt.second)...)); !tt.there(o) {
			t.Errorf("%s: %+v, gone %+v", tt.name, o.Contacts, o.Left)
		}
		if o := domain.ReplayOffice(past(append(slices.Clone(tt.given), tt.second, tt.first)...)); !tt.back(o) {
			t.Errorf("%s, the other way: %+v, gone %+v", tt.name, o.Contacts, o.Left)
		}
	}
}

func TestWhoIsNamed(t *testing.T) {
	here, met, left := domain.ID{15: 90}, domain.ID{15: 91}, keysOf(domain.Contact{Person: domain.ID{15: 92}, Name: "Lee Moss", Role: domain.Coach}, 4)
	o := domain.ReplayOffice(past(
		domain.Registered{Person: here, Name: "Amina Yusuf", Role: domain.Coach},
		domain.PersonMet{Person: here, Name: "Somebody Else", Role: domain.Lead, Office: "Leith"},
		addedOf(beaHolt(1)), domain.PersonMet{Person: bea, Name: "Bea", Role: domain.Coach, Office: "Bow"},
		domain.PersonMet{Person: met, Name: "Jo Field", Role: domain.Provider, Office: "Riverside"},
		domain.PersonMet{Person: met, Name: "Jo Field", Role: domain.Provider, Office: "Riverside Works"},
		addedOf(left), domain.ContactRemoved{Person: left.Person},
	))
	for id, want := range map[domain.ID]string{here: "Amina Yusuf", bea: "Bea Holt, Stratford", met: "Jo Field, Riverside Works", left.Person: "Lee Moss, another desk", {15: 99}: ""} {
		if got := o.Named(id).Name; got != want {
			t.Errorf("%v is %q, want %q", id, got, want)
		}
	}
	if len(o.People) != 1 || len(o.Met) != 3 {
		t.Errorf("%+v %+v", o.People, o.Met)
	}
}

func TestFindContact(t *testing.T) {
	leith := keysOf(domain.Contact{Person: lee, Name: "Bea Holt", Role: domain.Coach, Office: "Leith"}, 3)
	twin := keysOf(domain.Contact{Person: domain.ID{15: 82}, Name: "Bea Holt", Role: domain.Coach, Office: "Leith"}, 5)
	jo := keysOf(domain.Contact{Person: domain.ID{15: 83}, Name: "Jo Field", Role: domain.Provider, Office: "Riverside Works"}, 6)
	johan := keysOf(domain.Contact{Person: domain.ID{15: 84}, Name: "Jo", Role: domain.Provider, Office: "Riverside Works"}, 7)
	book := domain.ReplayOffice(past(addedOf(beaHolt(1)), addedOf(leith), addedOf(jo), addedOf(johan)))
	twins := domain.ReplayOffice(past(addedOf(leith), addedOf(twin)))
	for _, tt := range []struct {
		o     domain.Office
		typed string
		want  domain.ID
		says  string
	}{
		{book, "Bea Holt, Stratford", bea, ""},
		{book, "bea leith", lee, ""},
		{book, "Bea Holt", domain.ID{}, "It may be: Bea Holt, Leith ("},
		{book, "field", jo.Person, ""},
		{book, "jo", johan.Person, ""}, // the whole name of one, the beginning of two
		{book, "zoe", domain.ID{}, "In it are: Bea Holt, Leith ("},
		{book, "", domain.ID{}, "not one person"},
		{twins, "Bea Holt, Leith", domain.ID{}, twin.Fingerprint()[:5]},
		{twins, "Bea Holt " + twin.Fingerprint()[:5], twin.Person, ""},
		{domain.Office{}, "bea", domain.ID{}, "The address book is empty"},
	} {
		c, err := tt.o.FindContact(tt.typed)
		if c.Person != tt.want || (err == nil) != (tt.says == "") || err != nil && !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%q finds %v: %v", tt.typed, c.Who(), err)
		}
	}
	if n := twins.Namesakes(leith); len(n) != 1 || n[0].Person != twin.Person || len(book.Namesakes(leith)) != 0 {
		t.Errorf("%+v", n)
	}
}

// TestChangedKeysAreTold says so until somebody compares the new ones.
func TestChangedKeysAreTold(t *testing.T) {
	one, two := beaHolt(1), beaHolt(2)
	for _, tt := range []struct {
		given []any
		says  string
	}{
		{[]any{addedOf(one)}, "Nobody has compared"},
		{[]any{addedOf(one), checkedOf(two)}, "Nobody has compared"},
		{[]any{addedOf(one), checkedOf(one)}, ""},
		{[]any{addedOf(one), checkedOf(one), addedOf(two)}, "are not those of before"},
		{[]any{addedOf(one), checkedOf(one), addedOf(two), checkedOf(two)}, ""},
	} {
		c, _ := domain.ReplayOffice(past(tt.given...)).Contact(bea)
		if got := c.Warning(); (got == "") != (tt.says == "") || !strings.Contains(got, tt.says) {
			t.Errorf("%d records: %q", len(tt.given), got)
		}
	}
}

// FuzzReadGroup takes five digits however they are set apart, and nothing else.
func FuzzReadGroup(f *testing.F) {
	for _, s := range []string{"01234", "0 12-34", "o1234", "", "１２３４５", "123456", "1234\x1b5", "12345\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		got, err := domain.ReadGroup(typed)
		plain := strings.Map(func(r rune) rune {
			if r == ' ' || r == '-' || r == '\t' {
				return -1
			}
			return r
		}, typed)
		fits := len(plain) == 5 && !strings.ContainsFunc(plain, func(r rune) bool { return r < '0' || r > '9' })
		if (err == nil) != fits || err == nil && got != plain {
			t.Errorf("%q reads as %q: %v", typed, got, err)
		}
	})
}
