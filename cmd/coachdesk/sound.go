package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"

	"coachdesk/store"
)

// soundness is the structural check of a store, begun while somebody types the
// passphrase. Its result counts only for the file that it looked at: one that was
// written since is checked again when it is opened.
type soundness struct {
	run  func(path string) error // nil is checkInChild
	path string
	was  footprint
	done chan struct{}
	err  error
}

// begin starts the check. Until it is done it has the store's lock.
func (s *soundness) begin(path string) {
	was, ok := footprintOf(path)
	if !ok {
		return
	}
	s.path, s.was, s.done = path, was, make(chan struct{})
	go func() {
		defer close(s.done)
		s.err = s.check(path)
	}()
}

// wait waits until nobody checks any more: opening the store would only wait for
// the lock.
func (s *soundness) wait() {
	if s.done != nil {
		<-s.done
	}
}

// of tells whether the structure of a store holds together.
func (s *soundness) of(path string) error {
	if s.done != nil && s.path == path {
		<-s.done
		if now, ok := footprintOf(path); ok && s.err == nil && now.same(s.was) {
			return nil
		}
	}
	return s.check(path)
}

func (s *soundness) check(path string) error {
	if s.run != nil {
		return s.run(path)
	}
	return checkInChild(path)
}

// footprint is by what a file that was written is known: its size, its time, and the two
// headers, one of which every commit changes.
type footprint struct {
	info  os.FileInfo
	heads []byte
}

// headsSize reaches over the second header, whatever the size of pages.
const headsSize = 64<<10 + 128

func footprintOf(path string) (p footprint, ok bool) {
	f, err := os.Open(path)
	if err != nil {
		return p, false
	}
	defer f.Close()
	if p.info, err = f.Stat(); err != nil {
		return p, false
	}
	p.heads, err = io.ReadAll(io.LimitReader(f, headsSize))
	return p, err == nil
}

func (p footprint) same(q footprint) bool {
	return os.SameFile(p.info, q.info) && p.info.Size() == q.info.Size() && p.info.ModTime().Equal(q.info.ModTime()) && bytes.Equal(p.heads, q.heads)
}

// checkLimit is how long the structural check of a store may take.
const checkLimit = 10 * time.Second

// checkInChild has another process of this program check the structure of a store:
// damage that kills the checker must not kill the desk.
func checkInChild(path string) error {
	self, err := os.Executable()
	if err != nil {
		return store.CheckStructure(path)
	}
	ctx, stop := context.WithTimeout(context.Background(), checkLimit)
	defer stop()
	cmd := exec.CommandContext(ctx, self, structureVerb, path)
	cmd.Args[0] = os.Args[0]
	cmd.Env = append(os.Environ(), "GOTRACEBACK=none")
	var died *exec.ExitError
	err = cmd.Run()
	switch {
	case err == nil:
		return nil
	case errors.As(err, &died) && died.ExitCode() == exitInUse:
		return fmt.Errorf("%w: another process held it while its structure was to be checked. Try again", store.ErrInUse)
	case errors.As(err, &died):
		return fmt.Errorf("%w: its pages do not fit together. Bring back what can be read with coachdesk salvage, or restore the newest backup; coachdesk backups lists those that there are", store.ErrDamaged)
	}
	return store.CheckStructure(path) // no child could be started
}
