package bundle

import "github.com/fxamacker/cbor/v2"

// encoder writes CBOR in the one deterministic way of RFC 8949, section 4.2.1: what is
// signed has one form.
var encoder = func() cbor.EncMode {
	m, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		panic(err) // a mistake in the options above
	}
	return m
}()

// decoder refuses what no encoder of ours writes, and what is long or nested without
// reason.
var decoder = func() cbor.DecMode {
	m, err := cbor.DecOptions{
		DupMapKey:         cbor.DupMapKeyEnforcedAPF,
		MaxNestedLevels:   8,
		MaxArrayElements:  1 << 16,
		MaxMapPairs:       1 << 8,
		IndefLength:       cbor.IndefLengthForbidden,
		TagsMd:            cbor.TagsForbidden,
		FieldNameMatching: cbor.FieldNameMatchingCaseSensitive,
	}.DecMode()
	if err != nil {
		panic(err) // a mistake in the options above
	}
	return m
}()
