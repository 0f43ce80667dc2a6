package main

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"coachdesk/domain"
)

var update = flag.Bool("update", false, "write generated files anew")

func newRoot() *cobra.Command {
	c := &call{world: scriptWorld(), ctx: context.Background()}
	return c.root()
}

// TestGeneratedReference fails when assets/help/commands.md is not what the commands say.
func TestGeneratedReference(t *testing.T) {
	name := filepath.Join("..", "..", "assets", "help", "commands.md")
	want := reference(newRoot())
	if *update {
		if err := os.WriteFile(name, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s is stale: go test ./cmd/coachdesk -run Generated -update", name)
	}
}

// TestHelpIsWhole asks of every command what a reader needs: a sentence, an
// argument check and a family.
func TestHelpIsWhole(t *testing.T) {
	for _, cmd := range tree(newRoot())[1:] {
		switch {
		case cmd.Short == "":
			t.Errorf("%s says nothing about itself", cmd.CommandPath())
		case strings.HasSuffix(cmd.Short, "."):
			t.Errorf("%s: the short help is no sentence and ends without a full stop", cmd.CommandPath())
		case cmd.Args == nil:
			t.Errorf("%s takes any words", cmd.CommandPath())
		case cmd.Parent() == cmd.Root() && cmd.GroupID == "":
			t.Errorf("%s belongs to no family", cmd.CommandPath())
		}
		for l := range strings.SplitSeq(cmd.Long, "\n") {
			if len([]rune(l)) > 110 {
				t.Errorf("%s: a line of help is wider than 110 cells: %q", cmd.CommandPath(), l)
			}
		}
	}
}

// TestMarksHelp keeps the help of notes in step with the grammar of marks.
func TestMarksHelp(t *testing.T) {
	help := marksHelp()
	for _, m := range domain.Marks {
		if !strings.Contains(help, "\n  "+string(m.Kind)+" ") || !strings.Contains(help, m.Name+"\n") {
			t.Errorf("the help of notes has no example of %q, %s", m.Kind, m.Name)
		}
	}
}

// TestKeepMinus keeps a minus in a filter from being read as a flag.
func TestKeepMinus(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"people -due<7d", "people " + minusSign + "-due<7d"},
		{"people x --json -h", "people x --json -h"},
		{"--store f people -x", "--store f people " + minusSign + "-x"},
		{"import people - --dry-run", "import people - --dry-run"},
		{"show -x", "show -x"},
		{"people -- -x", "people -- -x"},
	} {
		if got := strings.Join(keepMinus(strings.Fields(tt.in)), " "); got != tt.want {
			t.Errorf("keepMinus(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}
