package main

import (
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "coachdesk/"

// walls say what a room may import of the house. The first pattern that fits a room
// counts; a pattern that ends in a slash stands for all rooms below.
var walls = []struct {
	room string
	may  []string
}{
	{"domain/calendar", nil},
	{"domain/clean", nil},
	{"domain/filter", []string{"domain/calendar", "domain/clean"}},
	{"domain/", []string{"domain/calendar", "domain/clean"}},
	{"domain", []string{"domain/calendar", "domain/clean", "domain/filter", "domain/catalogue"}},
	{"store/seal", nil},
	{"store/stranger", nil}, // for tests only: it was written from FORMAT.md alone
	{"store/storetest", []string{"domain", "domain/", "store"}}, // for tests only
	{"store/", []string{"domain", "domain/", "store/seal"}},
	{"store", []string{"domain", "domain/", "store/seal", "store/bundle"}},
	{"ui/kit", nil},
	{"ui/theme", nil},
	{"ui/screen", []string{"domain", "domain/", "ui/kit", "ui/theme"}},
	{"ui/", []string{"domain", "domain/", "ui/screen", "ui/kit", "ui/theme"}},
	{"ui", []string{"domain", "domain/", "ui/"}},
	{"assets", nil},
	{"cmd/", []string{"domain", "domain/", "store", "store/", "ui", "ui/", "assets"}},
}

// outside says what a room may import of what others wrote; every other room is free.
var outside = map[string][]string{
	"domain":          {},
	"domain/calendar": {},
	"domain/filter":   {},
	"domain/clean":    {"github.com/charmbracelet/x/ansi", "golang.org/x/text/"},
}

// world of the machine: only cmd may ask for time, dice and the environment.
var worldly = []string{"time.Now", "time.Since", "time.Until", "os.Getenv", "os.LookupEnv", "os.Environ"}

var badNames = []string{"app", "service", "common", "types", "util", "utils", "helper", "helpers", "manager"}

var topLevel = []string{"cmd", "ui", "store", "domain", "assets", "go.mod", "go.sum", "Makefile", "README.md", "LICENSE", "CONTRIBUTING.md"}

// TestHouseRules keeps the walls where they were built.
func TestHouseRules(t *testing.T) {
	root := filepath.Join("..", "..")
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !slices.Contains(topLevel, e.Name()) {
			t.Errorf("%s does not belong at the top level; the rooms are %s", e.Name(), strings.Join(topLevel, ", "))
		}
	}
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		if name := d.Name(); path != root && (strings.HasPrefix(name, ".") && name != ".." || name == "testdata") {
			return filepath.SkipDir
		}
		pkg, err := build.ImportDir(path, 0)
		if err != nil {
			return nil // no Go here
		}
		room, err := filepath.Rel(root, path)
		if err == nil {
			checkRoom(t, filepath.ToSlash(room), pkg)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func checkRoom(t *testing.T, room string, pkg *build.Package) {
	if slices.Contains(badNames, pkg.Name) {
		t.Errorf("%s: a package called %s says nothing about what is in it", room, pkg.Name)
	}
	may, known := allowed(room)
	if !known {
		t.Errorf("%s is a room without walls: add it to walls", room)
	}
	free, bound := outside[room]
	for _, imp := range pkg.Imports {
		rest, ours := strings.CutPrefix(imp, module)
		switch {
		case ours && !fits(may, rest):
			t.Errorf("%s must not import %s", room, rest)
		case !ours && bound && strings.Contains(strings.Split(imp, "/")[0], ".") && !fits(free, imp):
			t.Errorf("%s must not import %s", room, imp)
		case !strings.HasPrefix(room, "cmd/") && imp == "crypto/rand":
			t.Errorf("%s must not throw dice of its own: import no crypto/rand", room)
		case strings.HasPrefix(room, "domain") && slices.Contains([]string{"os", "net", "net/http", "math/rand", "math/rand/v2"}, imp):
			t.Errorf("%s must not touch the world: it imports %s", room, imp)
		}
	}
	if strings.HasPrefix(room, "cmd/") {
		return
	}
	for _, file := range pkg.GoFiles {
		checkFile(t, filepath.Join(pkg.Dir, file))
	}
}

// checkFile finds calls for the clock and the environment.
func checkFile(t *testing.T, name string) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, name, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if pkg, ok := sel.X.(*ast.Ident); ok && pkg.Obj == nil && slices.Contains(worldly, pkg.Name+"."+sel.Sel.Name) {
			t.Errorf("%s names %s.%s: only cmd does", set.Position(n.Pos()), pkg.Name, sel.Sel.Name)
		}
		return true
	})
}

func allowed(room string) ([]string, bool) {
	for _, w := range walls {
		if w.room == room || strings.HasSuffix(w.room, "/") && strings.HasPrefix(room, w.room) {
			return w.may, true
		}
	}
	return nil, false
}

func fits(may []string, imp string) bool {
	return slices.ContainsFunc(may, func(m string) bool {
		return m == imp || strings.HasSuffix(m, "/") && strings.HasPrefix(imp, m)
	})
}
