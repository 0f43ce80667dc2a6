package domain

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"coachdesk/domain/clean"
)

// Slots is how long the talks with one person take, when they need other times than
// the office's: a usual length, and one for each kind that differs.
type Slots struct {
	Usual int // minutes; 0 leaves it to the kind
	Kinds map[SessionKind]int
}

// A slot is long enough to say hello in, and no longer than a morning's half.
const (
	slotLeast = 5
	slotMost  = 120
)

// ReadSlots reads what a fact says, such as "20; review 30; first talk 60". The clear
// beginning of a kind is enough.
func ReadSlots(v string) (Slots, error) {
	s := Slots{Kinds: map[SessionKind]int{}}
	parts := strings.FieldsFunc(v, func(r rune) bool { return r == ';' || r == ',' || r == '\n' })
	for _, part := range parts {
		words := strings.Fields(clean.Fold(part))
		if n := len(words); n > 1 && (words[n-1] == "min" || words[n-1] == "minutes") {
			words = words[:n-1]
		}
		if len(words) == 0 {
			continue
		}
		last := len(words) - 1
		n, err := strconv.Atoi(words[last])
		if err != nil || strings.Trim(words[last], "0123456789") != "" || n < slotLeast || n > slotMost {
			return Slots{}, Refused(string(FactSlot), "Slot: %q has no number of minutes from %d to %d at its end. Write 20, or: 20; review 30; first talk 60.", clean.Line(part, 40), slotLeast, slotMost)
		}
		if last == 0 {
			if s.Usual != 0 {
				return Slots{}, Refused(string(FactSlot), "Slot: two usual lengths, %d and %d. Say for which kind of session one of them is.", s.Usual, n)
			}
			s.Usual = n
			continue
		}
		kind, err := ReadSessionKind(strings.Join(words[:last], " "))
		if err != nil {
			return Slots{}, Refused(string(FactSlot), "Slot: %s", err)
		}
		if _, twice := s.Kinds[kind]; twice {
			return Slots{}, Refused(string(FactSlot), "Slot: %s stands there twice. Leave one of the two.", kind)
		}
		s.Kinds[kind] = n
	}
	return s, nil
}

// String writes the slots as a fact holds them.
func (s Slots) String() string {
	var parts []string
	if s.Usual > 0 {
		parts = append(parts, strconv.Itoa(s.Usual))
	}
	in := func(k SessionKind) int { return slices.Index(SessionKinds, k) }
	for _, k := range slices.SortedFunc(maps.Keys(s.Kinds), func(a, b SessionKind) int { return cmp.Compare(in(a), in(b)) }) {
		parts = append(parts, fmt.Sprintf("%s %d", k, s.Kinds[k]))
	}
	return strings.Join(parts, "; ")
}

func checkSlots(v string, _ Stamp) (string, error) {
	s, err := ReadSlots(v)
	if err != nil {
		return "", err
	}
	return s.String(), nil
}

// Slot returns how many minutes a talk of a kind has: what was booked, what the person
// needs for the kind, what they usually need, what the kind has, or the usual slot.
func (p Participant) Slot(kind SessionKind, booked int, rules SessionRules) int {
	s, err := ReadSlots(p.Fact(FactSlot))
	if err != nil {
		s = Slots{} // written by another version: the kind decides
	}
	return cmp.Or(booked, s.Kinds[kind], s.Usual, rules.Of(kind).Minutes, SlotMinutes)
}
