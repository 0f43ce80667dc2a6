package main

import (
	"coachdesk/store/oruk"
)

// skipsTold is how many services that were not taken are told one by one.
const skipsTold = 5

// tell says what came of the import.
func (im *feedImport) tell() error {
	if im.c.json {
		return im.printJSON()
	}
	r := im.report
	for _, n := range r.Notes {
		im.c.say("%s", n)
	}
	if r.Pages == 0 {
		return nil // the caller says why
	}
	would := ""
	if im.asked.dry {
		would = "would be "
	}
	im.c.say("%s: %s of %s read.", im.feed, plural(r.Read, "1 service", "%s services"), plural(r.Pages, "1 page", "%s pages"))
	im.c.say("  %s%s new, %s changed, %s as before, %s vanished from the feed, %s left out.", would, thousands(r.New), thousands(r.Changed), thousands(r.Same), thousands(r.Vanished), thousands(len(r.Skipped)))
	if r.Details > 0 {
		im.c.say("  %s asked for one by one.", plural(r.Details, "1 whole record was", "%s whole records were"))
	}
	why := map[string]int{}
	var order []string
	for _, s := range r.Skipped {
		if why[s.Why] == 0 {
			order = append(order, s.Why)
		}
		why[s.Why]++
	}
	for _, w := range order[:min(len(order), skipsTold)] {
		im.c.say("  left out %s: %s.", plural(why[w], "once", "%s times"), w)
	}
	for _, f := range im.faultsTold() {
		im.c.say("  %s: %s.", f, plural(im.counts[f], "once", "%s times"))
	}
	return nil
}

// servicesItem is the report of an import of services, for --json.
type servicesItem struct {
	Schema   string      `json:"schema"`
	DryRun   bool        `json:"dry_run,omitempty"`
	Feed     string      `json:"feed"`
	Pages    int         `json:"pages"`
	From     int         `json:"from,omitempty"`
	Next     int         `json:"next,omitempty"`
	Read     int         `json:"read"`
	New      int         `json:"new"`
	Changed  int         `json:"changed"`
	Same     int         `json:"same"`
	Vanished int         `json:"vanished"`
	Skipped  []oruk.Skip `json:"skipped"`
	Mended   []mendItem  `json:"mended"`
	Notes    []string    `json:"notes"`
}

type mendItem struct {
	What  oruk.Fault `json:"what"`
	Times int        `json:"times"`
}

func (im *feedImport) printJSON() error {
	r := im.report
	it := servicesItem{
		Schema: "coachdesk.services-import/1", DryRun: im.asked.dry, Feed: im.feed, Pages: r.Pages, From: r.From, Next: im.stopped, Read: r.Read, New: r.New, Changed: r.Changed,
		Same: r.Same, Vanished: r.Vanished, Skipped: append([]oruk.Skip{}, r.Skipped...), Mended: []mendItem{}, Notes: append([]string{}, r.Notes...),
	}
	for _, f := range im.faultsTold() {
		it.Mended = append(it.Mended, mendItem{f, im.counts[f]})
	}
	return im.c.printJSON(it)
}
