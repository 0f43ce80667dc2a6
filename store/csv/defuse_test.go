package csv

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestDefuse(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                   "",
		"Ann":                "Ann",
		"=1+1":               "'=1+1",
		"+44 20 7946 0000":   "'+44 20 7946 0000",
		"-2":                 "'-2",
		"@SUM(A1)":           "'@SUM(A1)",
		"\t=1":               "'\t=1",
		"\r=1":               "'\r=1",
		"\n=1":               "'\n=1",
		"＝1":                 "'＝1",
		"a=1":                "a=1",
		"'":                  "'",
		"'t Hooft":           "'t Hooft",
		"'=1":                "''=1",
		"''":                 "'''",
		"''t":                "'''t",
		"=cmd|' /C calc'!A0": "'=cmd|' /C calc'!A0",
	} {
		if got := Defuse(in); got != want || Restore(got) != in {
			t.Errorf("Defuse(%q) = %q, restored %q; want %q", in, got, Restore(got), want)
		}
	}
}

// TestRestoreIsTheInverse tries every short text of the letters that matter,
// and then long ones.
func TestRestoreIsTheInverse(t *testing.T) {
	t.Parallel()
	letters := []string{"'", "=", "+", "-", "@", "\t", "\r", "\n", "＝", "a", " "}
	for _, a := range letters {
		for _, b := range letters {
			for _, c := range letters {
				for _, d := range letters {
					invertible(t, a+b+c+d)
				}
			}
		}
	}
	random := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		var s strings.Builder
		for range random.IntN(30) {
			s.WriteString(letters[random.IntN(len(letters))])
		}
		invertible(t, s.String())
	}
}

func FuzzDefuse(f *testing.F) {
	f.Add("'=1")
	f.Add("\xff'")
	f.Fuzz(invertible)
}

func invertible(t *testing.T, s string) {
	t.Helper()
	defused := Defuse(s)
	if Restore(defused) != s {
		t.Errorf("%q is defused as %q and restored as %q", s, defused, Restore(defused))
	}
	if begins(defused, formula) {
		t.Errorf("%q is defused as %q, which is still a formula", s, defused)
	}
}
