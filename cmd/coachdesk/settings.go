package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/store"
)

// settingItem is one thing that a desk may choose, for --json.
type settingItem struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	Means string `json:"means"`
}

func (c *call) settingsVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "settings [NAME=VALUE…]",
		Short: "What this desk has chosen: office, nation, person, preview, lock, hours",
		Long: "settings lists what this desk has chosen, and changes what is named: the office's name; the\n" +
			"nation whose bank holidays count; the person who sits here, by a reference of staff; the preview\n" +
			"beside the caseload, on or off; after how many minutes without a key the desk locks; and when it\n" +
			"opens and closes, by which the diary tells what is free.",
		Example: "  coachdesk settings\n  coachdesk settings lock=10 preview=on hours=8:30-16:30",
		Args:    needs("[NAME=VALUE…]"),
		RunE: func(_ *cobra.Command, args []string) error {
			st, err := c.open()
			if err != nil {
				return err
			}
			if len(args) > 0 {
				return c.settle(st, args)
			}
			return c.listSettings(st)
		},
	}
}

func (c *call) settle(st *store.Store, args []string) error {
	set := map[domain.Setting]string{}
	for _, a := range args {
		name, value, ok := strings.Cut(a, "=")
		key := domain.Setting(clean.Fold(name))
		switch {
		case !ok:
			return misuse("%q has no value. Write a name and a value, as in lock=10.", clean.Line(a, 40))
		case !slices.Contains(domain.Settings, key):
			return misuse("%q is not a setting. The settings are: %s.", clean.Line(name, 40), settingNames())
		case set[key] != "":
			return misuse("%s stands there twice.", key)
		case key == domain.SettingPerson:
			id, err := domain.FindRef(value, staffIDs(st.Office()))
			if err != nil {
				return err
			}
			value = id.String()
		}
		set[key] = value
	}
	r, err := st.Do(domain.Batch{ID: st.NewID(), Commands: []domain.Command{domain.Settle{Desk: st.DeskID(), Settings: set}}})
	if err != nil {
		return err
	}
	return c.tellReceipt("", r)
}

func settingNames() string {
	var names []string
	for _, s := range domain.Settings {
		names = append(names, string(s))
	}
	return strings.Join(names, ", ")
}

func (c *call) listSettings(st *store.Store) error {
	figures, err := readFigures()
	if err != nil {
		return err
	}
	var items []settingItem
	t := table{head: []string{"SETTING", "VALUE", "MEANS"}}
	for _, s := range domain.Settings {
		value, means := settingOf(st, s, figures)
		items = append(items, settingItem{string(s), value, means})
		t.add(string(s), value, means)
	}
	if c.json {
		return printItems(c, "settings/1", items)
	}
	c.printTable(t)
	return nil
}

// settingOf returns what counts, whether it was chosen or not, and what it means.
func settingOf(st *store.Store, s domain.Setting, figures domain.Figures) (value, means string) {
	d := st.Desk()
	value = d.Settings[s]
	switch s {
	case domain.SettingOffice:
		means = "where this desk stands"
	case domain.SettingNation:
		value, means = string(d.Nation()), "whose bank holidays count"
	case domain.SettingPreview:
		if value == "" {
			value = "off"
		}
		means = "a preview beside the caseload, for whoever looks at the screen"
	case domain.SettingLock:
		value = fmt.Sprint(int(d.LockAfter(figures).Minutes()))
		means = "minutes without a key after which the desk locks"
	case domain.SettingHours:
		value = domain.HoursWords(d.Hours(figures))
		means = "when the desk opens and closes: the diary"
	case domain.SettingPerson:
		means = "who sits here"
		id, err := domain.ParseID(value)
		if p := st.Office().Person(id); err == nil && !p.ID.IsZero() {
			value, means = p.ID.Ref(domain.RefLength(staffIDs(st.Office()))), "who sits here: "+p.Name+", "+p.Role.String()
		}
	}
	return value, means
}
