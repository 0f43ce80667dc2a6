package ui

import (
	"fmt"
	"path"
	"runtime"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// crashed is a mistake in the program, as a panic shows it. What the panic says may
// quote a record, so only its type and its place are told.
type crashed struct{ at string }

// caught turns a panic into where it happened. The caller has recovered it.
func caught(r any) crashed {
	what := fmt.Sprintf("%T", r)
	if e, ok := r.(runtime.Error); ok {
		what = e.Error() // of the language itself: it speaks of indices and types
	}
	pcs := make([]uintptr, 32)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	for {
		f, more := frames.Next()
		if strings.HasPrefix(f.Function, "coachdesk/") && !strings.Contains(f.File, "ui/fault.go") {
			return crashed{fmt.Sprintf("%s, %s:%d", what, path.Base(f.File), f.Line)}
		}
		if !more {
			return crashed{what}
		}
	}
}

// guarded runs work beside the keys. A panic in it comes back as a message.
func guarded(work func() tea.Msg) tea.Cmd {
	return func() (msg tea.Msg) {
		defer func() {
			if r := recover(); r != nil {
				msg = caught(r)
			}
		}()
		return work()
	}
}

// Fault returns the mistake in the program that ended the shell, or nil.
func (s *Shell) Fault() error {
	if s.fault.at == "" {
		return nil
	}
	return fmt.Errorf("a mistake in the program ended it (%s). What was typed was kept up to the last pause; please report these words", s.fault.at)
}
