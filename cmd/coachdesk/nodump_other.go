//go:build !unix

package main

// noDump has nothing to ask of systems that dump no memory unless told to.
func noDump() {}
