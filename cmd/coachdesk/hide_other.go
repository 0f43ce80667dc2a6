//go:build !linux

package main

func hide() {}
