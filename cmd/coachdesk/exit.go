package main

import (
	"errors"
	"fmt"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/store"
)

// The exit codes are part of the contract with scripts.
const (
	exitDone        = 0
	exitFault       = 1
	exitUsage       = 2
	exitRefused     = 3
	exitInUse       = 4
	exitPassphrase  = 5
	exitDamaged     = 6
	exitInterrupted = 130
)

var errInterrupted = errors.New("interrupted")

// usage is a mistake in how the command was written.
type usage struct{ why string }

func (u usage) Error() string { return u.why }

func misuse(format string, args ...any) error { return usage{fmt.Sprintf(format, args...)} }

func exitCode(err error) int {
	var no domain.Refusal
	var many domain.Ambiguous
	var odd domain.Malformed
	var wrong usage
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errInterrupted):
		return exitInterrupted
	case errors.As(err, &wrong), errors.As(err, &many), errors.As(err, &odd):
		return exitUsage
	case errors.As(err, &no), errors.Is(err, store.ErrExists), errors.Is(err, store.ErrNotFound):
		return exitRefused
	case errors.Is(err, store.ErrInUse):
		return exitInUse
	case errors.Is(err, store.ErrWrongPassphrase):
		return exitPassphrase
	case errors.Is(err, store.ErrDamaged), errors.Is(err, store.ErrNotStore):
		return exitDamaged
	}
	return exitFault
}

// complain tells an error on standard error, clean of whatever it quotes.
func (c *call) complain(err error) {
	fmt.Fprintln(c.world.err, "coachdesk: "+clean.Text(err.Error(), 2000))
}
