package csv

import (
	"maps"
	"strings"
	"unicode"

	"coachdesk/domain/clean"
)

// The fields that a column may be guessed to hold.
const (
	Name      = "name"
	Given     = "given"
	Family    = "family"
	Birth     = "birth"
	Postcode  = "postcode"
	Phone     = "phone"
	Email     = "email"
	Address   = "address" // may be several columns, to be joined in their order
	NINO      = "nino"
	Language  = "language"
	Reference = "reference"
	Council   = "council"
	Notes     = "notes"
)

// synonyms holds the names of columns, without accents, spaces and figures at
// the end, of which the field is certain. Among them is the Welsh of forms.
func synonyms() map[string]string {
	return map[string]string{
		Name:     "name fullname personname customer participant claimant client enw enwllawn",
		Given:    "given givenname givennames forename forenames firstname firstnames first christianname fname enwcyntaf",
		Family:   "family familyname surname lastname last secondname lname cyfenw",
		Birth:    "birth dob dateofbirth birthdate birthday born dateborn bdate dyddiadgeni",
		Postcode: "postcode postcodes postalcode zip zipcode pcode codpost",
		Phone: "phone phones telephone tel mobile mob cell cellphone landline phonenumber phoneno telephonenumber telephoneno " +
			"telnumber telno mobilenumber mobileno mobilephone contactnumber contactno daytimephone homephone ffon rhifffon",
		Email: "email emailaddress emailaddr mail emailid ebost",
		Address: "address addressline addr addrline fulladdress street streetnumber streetno streetname streetaddress house housenumber houseno " +
			"housename flat flatnumber building buildingname road suburb locality village town city townorcity towncity posttown " +
			"county state countystate statecounty cyfeiriad tref sir",
		NINO:      "nino ninonumber ninumber ninono nationalinsurance nationalinsurancenumber nationalinsuranceno natinsno rhifyswiriantgwladol",
		Language:  "language languages lang preferredlanguage spokenlanguage firstlanguage languagepreference mainlanguage iaith",
		Reference: "reference ref refno referenceno referencenumber id recid recordid uniqueid urn externalid externalref externalreference customerref customerreference customerid caseid caseref casereference casenumber caseno cyfeirnod",
		Council:   "council councilname localauthority localauthorityname authority borough lad ladname cyngor",
		Notes:     "note notes comment comments remark remarks additionalinformation additionalinfo nodiadau",
	}
}

// prefixes say whose a column is, and can be left out: a client's first name.
func prefixes() []string {
	return []string{"participant", "claimant", "customer", "client", "person", "contact", "home", "current", "primary", "main", "their"}
}

// Guess says which field each column probably holds, by its name and, where
// the name says nothing, by what is in it. A column that cannot be told is
// missing. Several columns may be the address; of any other field the first
// column counts.
func Guess(header []string, rows []Row) map[int]string {
	byName := map[string]string{}
	for field, names := range synonyms() {
		for name := range strings.FieldsSeq(names) {
			byName[name] = field
		}
	}
	guessed := map[int]string{}
	taken := map[string]bool{}
	claim := func(column int, field string) {
		if field != "" && (field == Address || !taken[field]) {
			guessed[column], taken[field] = field, true
		}
	}
	for i, title := range header {
		claim(i, named(title, byName))
	}
	dropLoneState(header, guessed)
	for i := range header {
		if _, known := guessed[i]; !known && !telling(header[i]) {
			claim(i, content(i, rows))
		}
	}
	return guessed
}

// named looks a column's name up, also without a word that only says whose it
// is.
func named(title string, byName map[string]string) string {
	name := plain(title)
	if field, ok := byName[name]; ok {
		return field
	}
	for _, prefix := range prefixes() {
		if rest, found := strings.CutPrefix(name, prefix); found {
			if field, ok := byName[rest]; ok {
				return field
			}
		}
	}
	return ""
}

// plain leaves the small letters of a title: "Address_Line 2" is addressline.
func plain(title string) string {
	if i := strings.IndexAny(title, "(["); i > 0 {
		title = title[:i] // a remark such as (dd/mm/yyyy)
	}
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, clean.Fold(title))
	return strings.TrimRight(letters, "0123456789")
}

// dropLoneState forgets columns called state where no other is an address: then
// they say how far a case has got.
func dropLoneState(header []string, guessed map[int]string) {
	isState := func(i int, field string) bool { return field == Address && plain(header[i]) == "state" }
	for i, field := range guessed {
		if field == Address && !isState(i, field) {
			return
		}
	}
	maps.DeleteFunc(guessed, isState)
}

// telling reports whether a column's name says clearly that it is some other
// number, so that its contents must not be trusted. Foreign security numbers
// can look like ours, and a relative's telephone is not the person's.
func telling(title string) bool {
	name := plain(title)
	for _, word := range []string{"socsec", "socialsecurity", "ssn", "emergency", "nextofkin", "employer", "gp", "coach", "adviser", "advisor", "parent", "carer", "office", "partner"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// content tells a field by its contents: at least three cells are filled, and
// nearly all of them look alike.
func content(column int, rows []Row) string {
	tests := []struct {
		field string
		looks func(string) bool
	}{{Email, looksEmail}, {NINO, looksNINO}, {Postcode, looksPostcode}, {Phone, looksPhone}}
	hits := make([]int, len(tests))
	filled := 0
	for _, r := range rows[:min(len(rows), 200)] {
		if column >= len(r.Cells) || r.Cells[column] == "" {
			continue
		}
		filled++
		for i, t := range tests {
			if t.looks(r.Cells[column]) {
				hits[i]++
			}
		}
	}
	for i, t := range tests {
		if filled >= 3 && hits[i]*10 >= filled*9 {
			return t.field
		}
	}
	return ""
}
