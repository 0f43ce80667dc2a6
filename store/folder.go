package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// syncFolder makes a rename in a file's folder last. Windows has no such thing, and
// its file systems order renames by themselves.
func syncFolder(name string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(filepath.Dir(name))
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// moveNew gives a finished file its name, unless there is a file of that name.
func moveNew(tmp, path string) error {
	err := os.Link(tmp, path)
	switch {
	case err == nil:
		if err := syncFolder(path); err != nil {
			_ = os.Remove(path) // a name that may not last is worse than none: it is in the way
			return err
		}
		return os.Remove(tmp)
	case errors.Is(err, fs.ErrExist):
		return sayExists(path)
	}
	// Some file systems of sticks have no links.
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return sayExists(path)
	}
	if err := os.Rename(tmp, path); err != nil {
		return err
	}
	if err := syncFolder(path); err != nil {
		_ = os.Remove(path) // as above
		return err
	}
	return nil
}

func sayExists(path string) error {
	return say(ErrExists, nil, "There is a file %s already. Nothing was changed; choose another name or move that file away.", path)
}

// carried are the folders that a program on this computer copies elsewhere. A store
// in one of them would be torn: the program copies the file while it is written.
var carried = []struct{ part, name string }{
	{"onedrive", "OneDrive"},
	{"dropbox", "Dropbox"},
	{"google drive", "Google Drive"},
	{"googledrive", "Google Drive"},
	{"my drive", "Google Drive"},
	{"icloud", "iCloud"},
	{"mobile documents", "iCloud"},
	{"nextcloud", "Nextcloud"},
	{"owncloud", "ownCloud"},
	{"syncthing", "Syncthing"},
	{"box sync", "Box"},
	{"sharepoint", "SharePoint"},
	{"pcloud", "pCloud"},
	{"mega", "MEGA"},
	{"seafile", "Seafile"},
}

// warnOf says what makes a place unsafe for a store, as far as its path tells.
func warnOf(path string) []string {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil
	}
	if real, err := filepath.EvalSymlinks(filepath.Dir(abs)); err == nil {
		abs = filepath.Join(real, filepath.Base(abs))
	}
	var all []string
	for _, part := range strings.FieldsFunc(strings.ToLower(filepath.Dir(abs)), func(r rune) bool { return r == '/' || r == '\\' }) {
		for _, c := range carried {
			if part == c.part || strings.HasPrefix(part, c.part+" ") || strings.HasPrefix(part, c.part+"-") || c.part == "onedrive" && strings.HasPrefix(part, c.part) {
				all = append(all, "The store is in a folder that "+c.name+" copies while it is written. Copies may be torn: keep the store on this computer's own disk.")
			}
		}
	}
	if remote(abs) {
		all = append(all, "The store is on a network drive. Two computers that write at once would damage it: keep it on this computer's own disk.")
	}
	return all
}

// remote reports whether a path is on a network file system, as far as can be told.
func remote(abs string) bool {
	return strings.HasPrefix(abs, `\\`) || remoteFS(filepath.Dir(abs))
}
