//go:build !unix

package main

// become does nothing: permissions are another matter here.
func become(string) {}
