//go:build race

package main

// raced says that the race detector is on. It makes traced and counted children many
// times slower and finds nothing in them.
const raced = true
