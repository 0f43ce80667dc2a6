package main

import (
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"coachdesk/domain"
	"coachdesk/store"
)

// scriptStore opens a store of a script between two commands.
func scriptStore(ts *testscript.TestScript, name string, do func(*store.Store)) {
	st, err := store.Open(ts.MkAbs(name), "correct horse battery staple", store.Options{Now: clockAt(ts.Getenv("TEST_NOW")), Dice: scriptWorld().dice, WorkFactor: testWork})
	ts.Check(err)
	defer st.Close()
	do(st)
}

// scriptAgree compares every shared record and row of desks with those of the first.
func scriptAgree(ts *testscript.TestScript, _ bool, args []string) {
	var first shared
	for i, name := range args {
		scriptStore(ts, name, func(st *store.Store) {
			h, err := sharedBy(st)
			ts.Check(err)
			if i == 0 {
				first = h
			}
			if d := first.differs(h); len(h.records) == 0 || len(d) > 0 {
				ts.Fatalf("%s differs from %s: %s", name, args[0], strings.Join(d, "\n"))
			}
		})
	}
}

// scriptHolds counts the entries of a kind that a store has about people: holds FILE
// kind=N….
func scriptHolds(ts *testscript.TestScript, _ bool, args []string) {
	scriptStore(ts, args[0], func(st *store.Store) {
		count := map[string]int{}
		ids, err := st.Everyone()
		ts.Check(err)
		for _, id := range ids {
			past, err := st.History(domain.About(id))
			ts.Check(err)
			for _, r := range past {
				count[r.Kind]++
				if r.Scope.Private() {
					ts.Fatalf("%s of scope %s", r.Kind, r.Scope)
				}
			}
		}
		for _, a := range args[1:] {
			kind, n, _ := strings.Cut(a, "=")
			if want, err := strconv.Atoi(n); err != nil || count[kind] != want {
				ts.Fatalf("%d of %s, want %s: %v", count[kind], kind, n, count)
			}
		}
	})
}
