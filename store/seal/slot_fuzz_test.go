package seal_test

import (
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"testing"

	"filippo.io/age"

	"coachdesk/store/seal"
)

// FuzzReadRecovery holds that a recovery key is taken only when its checksum fits,
// and that what is taken is the key which was printed.
func FuzzReadRecovery(f *testing.F) {
	sheet, err := age.GenerateX25519Identity()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(sheet.String())
	f.Add(strings.ToLower(sheet.String()))
	f.Add(sheet.String()[:40] + " \n" + sheet.String()[40:])
	f.Add("AGE-SECRET-KEY-1")
	f.Add("AGE-SECRET-KEY-PQ-1QQ")
	f.Add("\xff")
	f.Fuzz(func(t *testing.T, typed string) {
		i, err := seal.ReadRecovery(typed)
		if err != nil {
			if i != nil || len(typed) > 20 && strings.Contains(err.Error(), typed) {
				t.Errorf("%v, and the error is %v", i, err)
			}
			return
		}
		text := fmt.Sprint(i)
		if again, err := seal.ReadRecovery(text); err != nil || fmt.Sprint(again) != text || text != strings.ToUpper(strings.Join(strings.Fields(typed), "")) {
			t.Errorf("a key of %d characters is read as another", len(typed))
		}
	})
}

// FuzzSlot holds that no text that somebody put in the place of a slot opens it, that
// it is not whole, and that the error never says more than that it does not fit.
func FuzzSlot(f *testing.F) {
	sheet, err := age.GenerateX25519Identity()
	if err != nil {
		f.Fatal(err)
	}
	k, err := seal.NewKey(rand.Reader)
	if err != nil {
		f.Fatal(err)
	}
	s, err := seal.Slot{Name: "n", Kind: seal.ByRecovery, Made: "2026-11-23"}.Close(sheet.Recipient(), k)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(s.Age)
	f.Add(strings.ReplaceAll(s.Age, "\n", "\r\n"))
	f.Add(s.Age[:len(s.Age)/2])
	f.Add("age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 4\n")
	f.Add("-----BEGIN AGE ENCRYPTED FILE-----\n-----END AGE ENCRYPTED FILE-----\n")
	f.Fuzz(func(t *testing.T, text string) {
		x := s
		x.Age = text
		if x.Whole() != (text == s.Age) {
			t.Error("a slot with another text is whole")
		}
		switch got, err := x.Open(sheet); {
		case err == nil && got != k:
			t.Error("a slot that was changed gives another key")
		case err != nil && !errors.Is(err, seal.ErrWrongKey):
			t.Errorf("%v", err)
		}
	})
}
