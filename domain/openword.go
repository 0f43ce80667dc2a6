package domain

import (
	"reflect"
	"slices"
	"strings"
)

// openKinds begin the kinds of event whose words have no scope: all of them stand in
// whatever tells of the record, also in what the person asks for.
var openKinds = []string{"referral", "provision", "application", "transfer", "fitnote", "job", "week", "work", "workplace", "absence", "return", "employer", "profile", "handover"}

// whyNotOpen says why an event cannot hold its words: whoever wrote them marked a part as
// private, and the event would keep it open. Empty means it can.
func whyNotOpen(e Event) string {
	group, _, _ := strings.Cut(e.Kind(), ".")
	if !slices.Contains(openKinds, group) || ScopeOf(e).Private() {
		return ""
	}
	for tag, scope := range scopeTags {
		if scope.Private() && says(reflect.ValueOf(e), tag) {
			return "Nothing private can stand here, for it is shown with the record. Take the part marked " + tag + " out, and write it in a note."
		}
	}
	return ""
}

// says reports whether any text in a value has some words in it.
func says(v reflect.Value, words string) bool {
	switch v.Kind() {
	case reflect.String:
		return strings.Contains(strings.ToLower(strings.Join(strings.Fields(v.String()), " ")), words)
	case reflect.Pointer:
		return !v.IsNil() && says(v.Elem(), words)
	case reflect.Struct:
		for i := range v.NumField() {
			if says(v.Field(i), words) {
				return true
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			if says(v.Index(i), words) {
				return true
			}
		}
	default: // no text
	}
	return false
}
