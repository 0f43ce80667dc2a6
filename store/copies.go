package store

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	bolt "go.etcd.io/bbolt"

	"coachdesk/domain"
	"coachdesk/store/seal"
)

// How many automatic backups are kept: the newest of each of so many days, and before
// them the newest of each of so many weeks.
const (
	dailyCopies  = 7
	weeklyCopies = 4
	copyEvery    = 24 * time.Hour
	copyFormat   = "2006-01-02T150405Z"
	copyEnding   = ".coach"
)

// CopyKind tells how a copy of the store came about.
type CopyKind string

// The kinds of copies.
const (
	CopyAutomatic CopyKind = "automatic backup"
	CopyNamed     CopyKind = "backup"
	CopyReplaced  CopyKind = "replaced by a restoration"
	CopyDamaged   CopyKind = "kept after damage"
)

// Copy is a file that holds what the store held at some time.
type Copy struct {
	Path  string
	Kind  CopyKind
	Made  time.Time
	Until time.Time // when an automatic one goes at the latest, while backups are made; zero: when somebody deletes it
}

// backupsPath is the folder of automatic backups beside a store.
func backupsPath(path string) string { return path + ".backups" }

// BackUpIfDue makes an automatic backup when the newest is older than a day, and
// deletes those that are not kept any longer. It returns the path of the new one, empty
// when none was due. A demo store has none: nobody in it is real.
func (s *Store) BackUpIfDue() (string, error) {
	now := s.o.Now().UTC()
	all, err := automaticCopies(s.lease.path)
	if err != nil || s.Demo() {
		return "", err
	}
	for _, c := range all {
		// One from the future was made while the clock was wrong.
		if age := now.Sub(c.Made); age >= 0 && age < copyEvery {
			return "", nil
		}
	}
	return s.BackUpNow()
}

// BackUpNow makes an automatic backup, whenever the last was made, and deletes those
// that are not kept any longer.
func (s *Store) BackUpNow() (string, error) {
	now := s.o.Now().UTC()
	all, err := automaticCopies(s.lease.path)
	if err != nil {
		return "", err
	}
	dir := backupsPath(s.lease.path)
	sweepCopies(dir)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", classify(err)
	}
	for slices.ContainsFunc(all, func(c Copy) bool { return c.Made.Equal(now.Truncate(time.Second)) }) {
		now = now.Add(time.Second) // two in one second
	}
	name := filepath.Join(dir, now.Format(copyFormat)+copyEnding)
	if err := s.copyAside(name); err != nil {
		return "", err
	}
	all = append(all, Copy{Path: name, Kind: CopyAutomatic, Made: now.Truncate(time.Second)})
	for _, c := range outlived(all, now) {
		err = errors.Join(err, os.Remove(c.Path))
	}
	return name, classify(err)
}

// sweepCopies removes what a backup left that was cut off, unless it is going on.
func sweepCopies(dir string) {
	left, err := filepath.Glob(filepath.Join(globSafe(dir), "*"+copyEnding+".new"))
	if err != nil {
		return
	}
	for _, name := range left {
		_ = sweep(name) // one that is in use is somebody's
	}
}

// globSafe keeps the signs of a folder's name from meaning something to Glob.
func globSafe(dir string) string {
	return strings.NewReplacer("*", "[*]", "?", "[?]", "[", "[[]").Replace(dir)
}

// automaticCopies lists the automatic backups, oldest first, by what their names say.
func automaticCopies(path string) ([]Copy, error) {
	entries, err := os.ReadDir(backupsPath(path))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, classify(err)
	}
	var all []Copy
	for _, e := range entries {
		made, err := time.Parse(copyFormat, strings.TrimSuffix(e.Name(), copyEnding))
		if err != nil || !e.Type().IsRegular() || !strings.HasSuffix(e.Name(), copyEnding) {
			continue // somebody else's
		}
		all = append(all, Copy{
			Path: filepath.Join(backupsPath(path), e.Name()), Kind: CopyAutomatic, Made: made,
			Until: made.AddDate(0, 0, dailyCopies+7*weeklyCopies),
		})
	}
	return all, nil
}

// outlived returns which backups go: those that are neither the newest of one of the
// last days nor of one of the last weeks. Those from the future stay until their time
// has come.
func outlived(all []Copy, now time.Time) []Copy {
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b Copy) int { return b.Made.Compare(a.Made) })
	days, weeks := map[string]bool{}, map[[2]int]bool{}
	var gone []Copy
	for _, c := range all {
		day := c.Made.Format(time.DateOnly)
		year, week := c.Made.ISOWeek()
		switch {
		case c.Made.After(now):
		case len(days) < dailyCopies && !days[day]:
			days[day] = true
		case !days[day] && len(weeks) < weeklyCopies && !weeks[[2]int{year, week}]:
			weeks[[2]int{year, week}] = true
		default:
			gone = append(gone, c)
		}
	}
	return gone
}

// copyNote remembers a backup that somebody named.
type copyNote struct {
	Path string `cbor:"1,keyasint"`
	Made int64  `cbor:"2,keyasint"` // milliseconds since 1970
}

// copyNotes is how many of them are remembered.
const copyNotes = 100

func (s *Store) noteCopy(path string) error {
	abs, err := filepath.Abs(path)
	if err != nil {
		abs = path
	}
	return s.write(func(tx *bolt.Tx) error {
		notes, err := s.copyNotes(tx)
		if err != nil {
			return err
		}
		notes = append(notes, copyNote{abs, s.o.Now().UnixMilli()})
		return writeCopyNotes(tx, s.ring.books, notes[max(0, len(notes)-copyNotes):])
	})
}

// joinCopies remembers, in a restored store, the backups that the replaced one knew of
// and the one that it came from.
func (s *Store) joinCopies(notes []copyNote, src string) error {
	if abs, err := filepath.Abs(src); err == nil && filepath.Dir(abs) != backupsPath(s.lease.path) {
		notes = append(notes, copyNote{abs, s.o.Now().UnixMilli()})
	}
	return s.write(func(tx *bolt.Tx) error {
		all, err := s.copyNotes(tx)
		if err != nil {
			return err
		}
		for _, n := range notes {
			if !slices.ContainsFunc(all, func(have copyNote) bool { return have.Path == n.Path }) {
				all = append(all, n)
			}
		}
		return writeCopyNotes(tx, s.ring.books, all[max(0, len(all)-copyNotes):])
	})
}

func writeCopyNotes(tx *bolt.Tx, books *seal.Box, notes []copyNote) error {
	if notes == nil {
		notes = []copyNote{} // an array of none, not null
	}
	raw, err := encoder.Marshal(notes)
	if err != nil {
		return err
	}
	return putSealed(tx.Bucket(metaBucket), metaBucket, copiesName, books, raw)
}

func (s *Store) copyNotes(tx *bolt.Tx) ([]copyNote, error) {
	var notes []copyNote
	if tx.Bucket(metaBucket).Get(copiesName) == nil && tx.Bucket(spareBucket) == nil { // format 1
		return nil, nil
	}
	raw, err := getSealed(tx.Bucket(metaBucket), metaBucket, copiesName, s.ring.books)
	if err != nil {
		return nil, err
	}
	if decoder.Unmarshal(raw, &notes) != nil {
		return nil, damaged("the list of its backups cannot be read")
	}
	return notes, nil
}

// Copies lists the files that are known to hold what the store held, oldest first:
// automatic backups, those that somebody named and that are still where they were
// written, and what a restoration or damage left beside the store.
func (s *Store) Copies() ([]Copy, error) {
	sweepCopies(backupsPath(s.lease.path))
	all, err := automaticCopies(s.lease.path)
	if err != nil {
		return nil, err
	}
	var notes []copyNote
	err = s.read(func(tx *bolt.Tx) (err error) {
		notes, err = s.copyNotes(tx)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, n := range notes {
		if _, err := os.Stat(n.Path); err == nil {
			all = append(all, Copy{Path: n.Path, Kind: CopyNamed, Made: time.UnixMilli(n.Made).UTC()})
		}
	}
	for part, kind := range map[string]CopyKind{".replaced-": CopyReplaced, ".damaged-": CopyDamaged} {
		names, err := os.ReadDir(filepath.Dir(s.lease.path))
		if err != nil {
			return nil, classify(err)
		}
		for _, e := range names {
			rest, ok := strings.CutPrefix(e.Name(), filepath.Base(s.lease.path)+part)
			made, err := time.Parse(stampFormat, rest[:min(len(rest), len(stampFormat))])
			if ok = ok && !strings.HasSuffix(rest, ".keys"); ok && err == nil {
				all = append(all, Copy{Path: filepath.Join(filepath.Dir(s.lease.path), e.Name()), Kind: kind, Made: made})
			}
		}
	}
	slices.SortFunc(all, func(a, b Copy) int {
		return cmp.Or(a.Made.Compare(b.Made), strings.Compare(a.Path, b.Path))
	})
	return all, nil
}

// Holds reports whether a copy has records of a participant. The names of rows are in
// clear, so no key is needed. A file that cannot be read might hold anybody.
func (c Copy) Holds(id domain.ID) bool {
	holds := true
	l := lookOnly(c.Path)
	defer l.end()
	_ = l.read(func(tx *bolt.Tx) error {
		about := subjectKey(domain.About(id))
		holds = false
		for _, name := range bucketsOf(Version) {
			b := tx.Bucket(name)
			if b == nil {
				holds = holds || bytes.Equal(name, rowsBucket) // damaged, or no store
				continue
			}
			k, _ := b.Cursor().Seek(about)
			holds = holds || bytes.HasPrefix(k, about) || bytes.Equal(name, rowsBucket) && b.Get(id[:]) != nil
		}
		return nil
	})
	return holds
}

// Delete removes a copy and the key file beside it.
func (c Copy) Delete() error {
	err := os.Remove(mirrorPath(c.Path))
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return classify(errors.Join(err, os.Remove(c.Path)))
}

// The store is compacted when it is left if more than so much of it is free, and more
// than half.
const slackMost = 16 << 20

// Tidy compacts the store when most of its file is free pages, and reports whether it
// did.
func (s *Store) Tidy() (bool, error) {
	free, size, err := slack(s.lease.path)
	if err != nil || free <= slackMost || free*2 <= size {
		return false, err
	}
	return true, s.Compact()
}

// slack returns how many bytes of a file are free pages, by its list of them.
func slack(path string) (free, size int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, 0, classify(err)
	}
	defer func() { _ = f.Close() }() // only read
	h, _ := newestHeader(f)
	st, err := f.Stat()
	if err != nil || !h.valid {
		return 0, 0, classify(err)
	}
	var page [pageHead + 8]byte
	if _, err := f.ReadAt(page[:], int64(h.free)*int64(h.pageSize)); err != nil {
		return 0, st.Size(), nil // the next opening will tell
	}
	n := uint64(binary.NativeEndian.Uint16(page[10:]))
	if n == 0xFFFF { // so many that the first of them is their number
		n = binary.NativeEndian.Uint64(page[pageHead:])
	}
	return int64(min(n, h.highWater)) * int64(h.pageSize), st.Size(), nil
}
