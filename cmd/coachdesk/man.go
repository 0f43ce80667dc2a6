package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func (c *call) completionVerb() *cobra.Command {
	return &cobra.Command{
		Use:       "completion SHELL",
		Short:     "A script that completes coachdesk's commands in bash, zsh, fish or powershell",
		Example:   "  coachdesk completion bash > ~/.local/share/bash-completion/completions/coachdesk",
		ValidArgs: []string{"bash", "zsh", "fish", "powershell"},
		Args:      needs("SHELL"),
		RunE: func(cmd *cobra.Command, args []string) error {
			root := cmd.Root()
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(c.world.out, true)
			case "zsh":
				return root.GenZshCompletion(c.world.out)
			case "fish":
				return root.GenFishCompletion(c.world.out, true)
			case "powershell":
				return root.GenPowerShellCompletionWithDesc(c.world.out)
			}
			return misuse("%q is not a shell that is known. Write bash, zsh, fish or powershell.", args[0])
		},
	}
}

func (c *call) manVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "man [DIR]",
		Short: "The manual page: on standard output, or one page a command in a folder",
		Args:  needs("[DIR]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				c.write(manual(cmd.Root(), true))
				return nil
			}
			return c.manPages(cmd.Root(), args[0])
		},
	}
}

func (c *call) manPages(root *cobra.Command, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("the folder for the manual cannot be made: %w", err)
	}
	n := 0
	for _, cmd := range tree(root) {
		name := strings.ReplaceAll(cmd.CommandPath(), " ", "-") + ".1"
		if err := os.WriteFile(filepath.Join(dir, name), []byte(manual(cmd, false)), 0o644); err != nil {
			return fmt.Errorf("a page of the manual cannot be written: %w", err)
		}
		n++
	}
	c.say("%s of the manual are in %s.", plural(n, "1 page", "%s pages"), dir)
	return nil
}

// tree lists a command and all below it that help shows, parents first.
func tree(cmd *cobra.Command) []*cobra.Command {
	all := []*cobra.Command{cmd}
	for _, sub := range cmd.Commands() {
		if !sub.Hidden && sub.Name() != "help" {
			all = append(all, tree(sub)...)
		}
	}
	return all
}

// roff is a page of a manual while it is written.
type roff struct{ strings.Builder }

// escape keeps words from being read as commands of roff.
func (r *roff) escape(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`, "…", "...", "“", `\(lq`, "”", `\(rq`).Replace(s)
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, ".") || strings.HasPrefix(l, "'") {
			lines[i] = `\&` + l
		}
	}
	return strings.Join(lines, "\n")
}

func (r *roff) line(format string, args ...any) { fmt.Fprintf(r, format+"\n", args...) }

func (r *roff) literal(text string) { r.line(".nf\n%s\n.fi", r.escape(strings.TrimRight(text, "\n"))) }

// manual is the page of a command in the language of man. Whole tells of all
// commands below it on the same page.
func manual(cmd *cobra.Command, whole bool) string {
	var r roff
	r.line(`.TH "%s" "1" "" "coachdesk" "coachdesk manual"`, strings.ToUpper(strings.ReplaceAll(cmd.CommandPath(), " ", "-")))
	r.line(".SH NAME\n%s \\- %s", r.escape(strings.ReplaceAll(cmd.CommandPath(), " ", "-")), r.escape(cmd.Short))
	r.line(".SH SYNOPSIS\n.B %s", r.escape(cmd.UseLine()))
	r.line(".SH DESCRIPTION")
	r.literal(longOf(cmd))
	if cmd.Example != "" {
		r.line(".SH EXAMPLES")
		r.literal(cmd.Example)
	}
	r.flags(".SH OPTIONS", cmd.NonInheritedFlags())
	if cmd.HasParent() {
		r.flags(".SH GLOBAL OPTIONS", cmd.InheritedFlags())
	}
	if whole {
		r.line(".SH COMMANDS")
		for _, sub := range tree(cmd)[1:] {
			r.line(".SS %s", r.escape(sub.UseLine()))
			r.literal(longOf(sub))
			r.flags("", sub.NonInheritedFlags())
		}
	}
	r.line(".SH EXIT STATUS")
	for _, e := range exits {
		r.line(".TP\n.B %d\n%s", e.code, r.escape(e.means))
	}
	r.line(".SH ENVIRONMENT")
	for _, v := range variables {
		r.line(".TP\n.B %s\n%s", v.name, r.escape(v.means))
	}
	return r.String()
}

func (r *roff) flags(head string, set *pflag.FlagSet) {
	told := false
	set.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" {
			return
		}
		if !told && head != "" {
			r.line("%s", head)
		}
		told = true
		name, means := pflag.UnquoteUsage(f)
		r.line(".TP\n.B %s\n%s", r.escape(flagName(f, name)), r.escape(means))
	})
}

// flagName is a flag as it is typed.
func flagName(f *pflag.Flag, value string) string {
	s := "--" + f.Name
	if f.Shorthand != "" {
		s = "-" + f.Shorthand + ", " + s
	}
	if value != "" {
		s += " " + strings.ToUpper(value)
	}
	return s
}

func longOf(cmd *cobra.Command) string {
	if cmd.Long != "" {
		return cmd.Long
	}
	return cmd.Short + "."
}

// exits tells the exit codes to people.
var exits = []struct {
	code  int
	means string
}{
	{exitDone, "Done."},
	{exitFault, "A fault: nothing was saved, and the sentence says what failed."},
	{exitUsage, "Wrong usage: the command line, or a reference that fits several."},
	{exitRefused, "Refused by a rule, which the sentence tells."},
	{exitInUse, "The store is in use by another window."},
	{exitPassphrase, "That passphrase or key does not open the store."},
	{exitDamaged, "The store is damaged, or the file is no store."},
	{exitInterrupted, "Interrupted."},
}

// variables tells the environment to people.
var variables = []struct{ name, means string }{
	{"COACHDESK_STORE", "The store's file, when --store does not say."},
	{"COACHDESK_PASSPHRASE_FILE", "The file with the passphrase, when --passphrase-file does not say; - is standard input."},
	{"NO_COLOR", "Any value draws without colour."},
	{"XDG_DATA_HOME", "The folder in which coachdesk/desk.db lies, when nothing says where the store is."},
}

// reference is all commands as one page of Markdown: assets/help/commands.md.
func reference(root *cobra.Command) string {
	var b strings.Builder
	b.WriteString("# Commands\n\nThis page is made from the commands themselves; `make generate` writes it anew.\n")
	b.WriteString("Data goes to standard output, talk to standard error. A REF is the reference that `people` prints, an ITEM and a BATCH those\nthat `show` and `log` print; four characters do when they fit only one.\nWhat --json writes is told shape by shape in `schema/`: dates as RFC 3339, absent rather than null, private scopes left out.\n\n")
	b.WriteString("```\n" + strings.TrimRight(longOf(root), "\n") + "\n```\n")
	b.WriteString("\n## Everywhere\n\n" + flagTable(root.PersistentFlags()))
	b.WriteString("\n## Exit codes\n\n| code | means |\n|---|---|\n")
	for _, e := range exits {
		fmt.Fprintf(&b, "| %d | %s |\n", e.code, e.means)
	}
	b.WriteString("\n## Environment\n\n| variable | means |\n|---|---|\n")
	for _, v := range variables {
		fmt.Fprintf(&b, "| `%s` | %s |\n", v.name, v.means)
	}
	for _, fam := range families {
		b.WriteString("\n## " + fam.title + "\n")
		for _, cmd := range root.Commands() {
			if cmd.GroupID != fam.key || cmd.Name() == "help" {
				continue
			}
			for _, one := range tree(cmd) {
				b.WriteString(section(one))
			}
		}
	}
	return b.String()
}

func section(cmd *cobra.Command) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n### `%s`\n\n%s.\n", cmd.UseLine(), cmd.Short)
	if cmd.Long != "" {
		fmt.Fprintf(&b, "\n```\n%s\n```\n", strings.TrimRight(cmd.Long, "\n"))
	}
	if cmd.Example != "" {
		fmt.Fprintf(&b, "\n```sh\n%s\n```\n", unindent(cmd.Example))
	}
	if t := flagTable(cmd.NonInheritedFlags()); t != "" {
		b.WriteString("\n" + t)
	}
	return b.String()
}

func unindent(s string) string {
	lines := slices.Collect(strings.SplitSeq(s, "\n"))
	for i := range lines {
		lines[i] = strings.TrimPrefix(lines[i], "  ")
	}
	return strings.Join(lines, "\n")
}

func flagTable(set *pflag.FlagSet) string {
	var b strings.Builder
	set.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" {
			return
		}
		if b.Len() == 0 {
			b.WriteString("| flag | means |\n|---|---|\n")
		}
		name, means := pflag.UnquoteUsage(f)
		if d := f.DefValue; d != "" && d != "false" && d != "0" && d != "[]" {
			means += " (" + d + ")"
		}
		fmt.Fprintf(&b, "| `%s` | %s |\n", flagName(f, name), strings.ReplaceAll(means, "|", "\\|"))
	})
	return b.String()
}
