package domain

import (
	"reflect"
	"slices"
	"strings"
)

// scopedKinds begin the kinds of event whose words were taken apart by their scopes
// already: what is left of a tag in the middle of a line of them is words.
var scopedKinds = []string{"note"}

// whyNotOpen says why an event cannot hold its words: whoever wrote them marked a part as
// private, and the event would keep it open. Empty means it can.
func whyNotOpen(e Event) string {
	group, _, _ := strings.Cut(e.Kind(), ".")
	if slices.Contains(scopedKinds, group) || ScopeOf(e).Private() {
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
	case reflect.Map:
		for _, k := range v.MapKeys() {
			if says(v.MapIndex(k), words) {
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
