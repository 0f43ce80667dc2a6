package csv

import (
	"strings"
	"testing"
)

func TestGuessByName(t *testing.T) {
	t.Parallel()
	for field, titles := range map[string][]string{
		Name:      {"Name", "Full Name", "Customer Name", "full_name", "Claimant"},
		Given:     {"given_name", "Forename(s)", "First Name", "FIRSTNAME", "Client first name", "first"},
		Family:    {"surname", "Last name", "family-name", "Participant Surname", "Cyfenw"},
		Birth:     {"DOB", "D.O.B.", "Date of Birth", "date_of_birth (dd/mm/yyyy)", "birth date", "Dyddiad geni"},
		Postcode:  {"Post Code", "postcode", "Home Postcode", "ZIP", "postal code"},
		Phone:     {"Phone", "Mobile", "Tel.", "Tel No", "Telephone number", "Contact Number", "Contact Phone Number", "mobile_1", "Ffôn"},
		Email:     {"E-mail", "email", "Email Address", "Contact email"},
		Address:   {"street_number", "address_1", "Address Line 2", "suburb", "Town", "City", "Town/City", "County", "House No.", "Cyfeiriad"},
		NINO:      {"NINO", "NI Number", "NI No.", "National Insurance Number", "national_insurance_no"},
		Language:  {"Language", "Preferred language", "Iaith"},
		Reference: {"rec_id", "ID", "Customer Ref", "ref", "Unique ID", "External reference", "client_id", "Case No"},
		Council:   {"Council", "Local Authority", "Borough"},
		Notes:     {"Notes", "Comments", "remarks", "Nodiadau"},
		"": {
			"soc_sec_id", "Social Security Number", "SSN", "Next of kin", "Emergency contact phone", "Employer name", "GP phone", "status",
			"start date", "", "middle name", "Work coach", "state",
		},
	} {
		for _, title := range titles {
			if got := Guess([]string{title}, nil)[0]; got != field {
				t.Errorf("%q is guessed to be %q, want %q", title, got, field)
			}
		}
	}
}

// TestSynonymsAreUnique: a name that stood for two fields would be guessed by
// chance.
func TestSynonymsAreUnique(t *testing.T) {
	t.Parallel()
	owner := map[string]string{}
	for field, names := range synonyms() {
		for name := range strings.FieldsSeq(names) {
			if other, twice := owner[name]; twice {
				t.Errorf("%q stands for %s and %s", name, other, field)
			}
			if plain(name) != name {
				t.Errorf("%q can never be found", name)
			}
			owner[name] = field
		}
	}
}

func TestGuessManyColumns(t *testing.T) {
	t.Parallel()
	header := []string{"Ref", "Forename", "Surname", "Telephone", "Mobile", "Street", "Town", "State", "Post Code", "Post code 2"}
	want := []string{Reference, Given, Family, Phone, "", Address, Address, Address, Postcode, ""}
	got := Guess(header, nil)
	for i := range header {
		if got[i] != want[i] {
			t.Errorf("%s is guessed to be %q, want %q", header[i], got[i], want[i])
		}
	}
}

func TestGuessByContents(t *testing.T) {
	t.Parallel()
	rows := func(columns ...[]string) []Row {
		var out []Row
		for i := range columns[0] {
			r := Row{Line: i + 2}
			for _, c := range columns {
				r.Cells = append(r.Cells, c[i])
			}
			out = append(out, r)
		}
		return out
	}
	emails := []string{"jo@example.org", "ann@example.com", "", "zo@example.net"}
	ninos := []string{"QQ 12 34 56 C", "qq123457a", "QQ123458", ""}
	codes := []string{"CF10 1EP", "e154bz", "SW1A 1AA", "M1 1AE"}
	phones := []string{"020 7946 0000", "+44 7700 900123", "07700 900 456", ""}
	dates := []string{"09/12/1988", "1990-02-28", "01/02/2003", "x"}
	data := rows(emails, ninos, codes, phones, dates)

	got := Guess([]string{"a", "b", "c", "d", "e"}, data)
	for i, want := range []string{Email, NINO, Postcode, Phone, ""} {
		if got[i] != want {
			t.Errorf("column %d is guessed to be %q, want %q", i, got[i], want)
		}
	}
	got = Guess([]string{"GP email", "soc_sec_id", "partner postcode", "Emergency contact", "e"}, data)
	if len(got) != 0 {
		t.Errorf("other people's columns are guessed to be %v", got)
	}
	if got := Guess([]string{"a"}, rows([]string{"jo@example.org", "ann@example.com"})); len(got) != 0 {
		t.Errorf("two cells are enough for %v", got)
	}
	if got := Guess([]string{"Phone", "b"}, rows(phones, phones)); got[1] != "" {
		t.Error("a second column of telephone numbers is taken")
	}
}

func TestLooks(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{"CF10 1EP": true, "M1 1AE": true, "EC1A 1BB": true, "W1A 0AX": true, "4011": false, "AAA 1AA": false, "CF10": false, "12345": false} {
		if looksPostcode(s) != want {
			t.Errorf("looksPostcode(%q) is %v", s, !want)
		}
	}
	for s, want := range map[string]bool{"QQ123456C": true, "QQ123456": true, "QQ123456E": false, "6988048": false, "Q1123456C": false} {
		if looksNINO(s) != want {
			t.Errorf("looksNINO(%q) is %v", s, !want)
		}
	}
	for s, want := range map[string]bool{"020 7946 0000": true, "+44 (0)20 7946 0000": true, "0044": false, "12": false, "19081209": false, "07700 900123 (Jo)": false} {
		if looksPhone(s) != want {
			t.Errorf("looksPhone(%q) is %v", s, !want)
		}
	}
}

func TestParseBirth(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"19081209": "1908-12-09", "1908-12-09": "1908-12-09", "09/12/1908": "1908-12-09", "9 Dec 1908": "1908-12-09",
		"9/12/1908": "1908-12-09", "09.12.1908": "1908-12-09", "09-12-1908": "1908-12-09", "9-Dec-1908": "1908-12-09",
		"December 9, 1908": "1908-12-09", "9th December 1908": "1908-12-09", "09 12 1908": "1908-12-09",
		"1908-12-09T00:00:00Z": "1908-12-09", "1908-12-09 00:00:00": "1908-12-09", "09/12/1908 00:00": "1908-12-09",
		"1908/12/09": "1908-12-09", "09121908": "1908-12-09", "29 feb 2000": "2000-02-29", " 1999-01-02 ": "1999-01-02",
		"": "", "19990231": "", "29/02/1999": "", "12/25/1990": "", "09/12/08": "", "9 Dec": "", "today": "", "fri 9 dec": "",
		"1908": "", "0001-01-01": "", "3000-01-01": "", "not known": "", "1908-12-09-01": "", "00000000": "", "2 weeks ago": "", "1999-13-01": "",
	} {
		got, ok := ParseBirth(in)
		if got.String() != want || ok != (want != "") {
			t.Errorf("ParseBirth(%q) = %s, %v; want %q", in, got, ok, want)
		}
	}
}

func FuzzParseBirth(f *testing.F) {
	for _, s := range []string{"19081209", "09/12/1908", "9 Dec 1908", "1908-12-09T00:00", "٣/٤/1999", "in 10 1999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, ok := ParseBirth(s)
		if ok == d.IsZero() {
			t.Errorf("ParseBirth(%q) = %d, %v", s, d, ok)
		}
		if again, _ := ParseBirth(d.String()); again != d {
			t.Errorf("ParseBirth(%q) = %s, read back as %s", s, d, again)
		}
	})
}
