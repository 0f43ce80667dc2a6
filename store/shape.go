package store

import (
	"fmt"
	"hash/fnv"
	"reflect"

	"coachdesk/domain"
)

// rowShape tells versions of [domain.Row] apart by their fields and by what those mean:
// rows of another shape are rebuilt when the store is opened, so that a projection never needs a
// migration.
var rowShape = shapeOf(reflect.TypeFor[domain.Row]())

func shapeOf(t reflect.Type) uint64 {
	sum := fnv.New64a()
	_, _ = fmt.Fprintf(sum, "meaning %d;", domain.RowMeaning) // never fails
	var walk func(reflect.Type)
	walk = func(t reflect.Type) {
		_, _ = sum.Write([]byte(t.Kind().String())) // never fails
		switch t.Kind() {
		case reflect.Slice, reflect.Array, reflect.Pointer, reflect.Map:
			walk(t.Elem())
		case reflect.Struct:
			for i := range t.NumField() {
				f := t.Field(i)
				_, _ = sum.Write([]byte(f.Tag.Get("json") + ";"))
				walk(f.Type)
			}
		default:
		}
	}
	walk(t)
	return sum.Sum64()
}
