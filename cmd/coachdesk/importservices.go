package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/store"
	"coachdesk/store/oruk"
)

// servicesAsked is what the flags of an import of services ask for.
type servicesAsked struct {
	feed    string
	dry     bool
	details bool
	anew    bool
}

func (c *call) importServicesVerb() *cobra.Command {
	var a servicesAsked
	cmd := &cobra.Command{
		Use:   "services FILE|URL",
		Short: "Bring in a directory of local services (Open Referral UK)",
		Long: "import services reads a feed of Open Referral UK, version 1 or 3, from a file or from its address. No\n" +
			"service is refused because a field is wrong: the field is mended or left out, and counted. Pages are read\n" +
			"until nothing new comes, whatever the feed says of their number. What was read stays when the import is\n" +
			"interrupted, and the next one goes on from there. A second import writes only what changed; what the feed\n" +
			"does not tell of any more stays findable, and is marked.\n" +
			"\n" +
			"This is the only command that uses a network, and it sends nothing about anybody.",
		Example: "  coachdesk import services https://example.gov.uk/o/ServiceDirectoryService/v2 --feed newham\n  coachdesk import services services.json --dry-run",
		Args:    needs("FILE|URL"),
		RunE:    func(_ *cobra.Command, args []string) error { return c.importServices(args[0], a) },
	}
	f := cmd.Flags()
	f.StringVar(&a.feed, "feed", "", "the `name` of the feed; otherwise that of the file, or the address")
	f.BoolVar(&a.dry, "dry-run", false, "say what would be brought in, and write nothing")
	f.BoolVar(&a.details, "details", false, "ask for each record that the list does not tell whole: slow, and polite")
	f.BoolVar(&a.anew, "anew", false, "begin with the first page, although an import was interrupted")
	return cmd
}

// feedImport is an import of services while it goes on.
type feedImport struct {
	c       *call
	st      *store.Store
	from    *feedReader // nil for a file
	asked   servicesAsked
	feed    string
	limits  feedLimits
	known   domain.Directory
	counts  oruk.Counts
	report  servicesReport
	held    []domain.Service // changes to what is known, until the feed was read
	heldAt  map[string]int
	seen    map[string]domain.Service
	whole   bool // every page was read, from the first to the last
	stopped int  // the page to go on with; 0: none
	failed  int  // of records asked for one by one, in a row
}

// servicesReport is what came of an import of services.
type servicesReport struct {
	Feed     string
	Pages    int
	Read     int
	New      int
	Changed  int
	Same     int
	Vanished int
	Details  int
	From     int // the page that an earlier import had come to
	Skipped  []oruk.Skip
	Notes    []string // what was wrong with the feed, a sentence each
}

func (c *call) importServices(source string, a servicesAsked) error {
	im := &feedImport{c: c, asked: a, limits: usualLimits, counts: oruk.Counts{}, seen: map[string]domain.Service{}, heldAt: map[string]int{}, whole: true}
	low := strings.ToLower(source)
	if strings.Contains(low, "://") {
		r, err := newFeedReader(source, im.limits, c.world.now)
		if err != nil {
			return err
		}
		im.from, im.counts = r, r.counts
	} else if source == "-" && c.passphraseFrom() == "-" {
		return misuse("Standard input cannot be both the passphrase and the list. Put one of the two into a file.")
	}
	name := a.feed
	switch {
	case name != "":
	case im.from != nil:
		name = im.from.name()
	case source == "-":
		return misuse("Name the feed that comes from standard input, for example with --feed newham.")
	default:
		name = strings.TrimSuffix(filepath.Base(source), filepath.Ext(source))
	}
	var err error
	if im.feed, err = domain.FeedNamed(name); err != nil {
		return err
	}
	if im.st, err = c.open(); err != nil {
		return err
	}
	if no := domain.WhyNotDo(im.st.Who().Role, domain.ServicesTold{}); no != "" {
		return domain.Refused("role", "%s", no)
	}
	if im.known, err = im.st.Directory(); err != nil {
		return err
	}
	return im.run(source)
}

// run reads, writes and tells.
func (im *feedImport) run(source string) error {
	im.report.Feed = im.feed
	var fault error
	if im.from == nil {
		fault = im.file(source)
	} else {
		fault = im.pages(im.c.ctx)
	}
	if err := im.settle(); err != nil {
		return errors.Join(err, im.tell())
	}
	if err := im.tell(); err != nil {
		return err
	}
	if fault != nil && !errors.Is(fault, errInterrupted) && im.report.Read > 0 && im.stopped == 0 {
		return nil // what could be had was had, and the report says what could not
	}
	return fault
}

// file reads a page that somebody saved.
func (im *feedImport) file(name string) error {
	r := im.c.world.in
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return misuse("The file cannot be read: %s", err)
		}
		defer f.Close()
		r = f
	}
	p, err := oruk.Read(r, im.counts)
	if err != nil {
		im.whole = false
		return domain.Refused("file", "%s cannot be read: %s.", clean.Line(name, 200), strings.TrimSuffix(clean.Line(err.Error(), 300), "."))
	}
	im.report.Pages = 1
	if p.More && !p.Last {
		im.whole = false
		im.note("The file is one page of several: what it does not tell of is not taken as vanished.")
	}
	im.take(&p)
	return nil
}

// pages reads a feed until nothing new comes.
func (im *feedImport) pages(ctx context.Context) error {
	if err := im.from.find(ctx); err != nil {
		im.whole = false
		return domain.Refused("url", "The feed cannot be read: %s.", clean.Line(err.Error(), 200))
	}
	first := 1
	if n := im.known.Next(im.feed); n > 1 && !im.asked.anew {
		first, im.report.From, im.whole = n, n, false
		im.note("An earlier import had come to page %d: this one goes on there. Import once more to see what vanished.", n)
	}
	bar := im.c.progress("Reading", 100)
	defer bar.end()
	var fault error
	old, bad := 0, 0
	for n := first; ; n++ {
		if n >= first+im.limits.pages || len(im.seen)+len(im.report.Skipped) >= im.limits.services {
			im.whole = false
			im.note("The feed has no end: the import stopped after %d pages and %d services.", im.report.Pages, len(im.seen))
			return nil
		}
		p, err := im.from.page(ctx, n)
		if err != nil {
			end, why := im.missed(n, first, err, bad > 0)
			if fault = cmpErr(fault, why); end {
				return fault
			}
			bad++
			continue
		}
		bad = 0
		im.report.Pages++
		fresh := im.fresh(p)
		switch {
		case len(p.IDs) == 0 && len(p.Skipped) == 0:
			return fault
		case fresh == 0:
			if old++; old > 1 {
				im.note("The feed repeats itself from page %d on.", n-1)
				return fault
			}
			continue
		case old > 0:
			im.whole = false
			im.note("Page %d repeated the one before it: what it should have told of is missing.", n-1)
		}
		old = 0
		if err := im.one(ctx, n, &p); err != nil {
			im.stopped = n
			return err
		}
		bar.to(min(99, n*100/(n+4)))
	}
}

func cmpErr(a, b error) error {
	if b != nil {
		return b
	}
	return a
}

// missed judges a page that could not be had: the import ends, or goes on behind it.
func (im *feedImport) missed(n, first int, err error, again bool) (end bool, fault error) {
	var fe *feedError
	if errors.As(err, &fe) && n > first && !fe.again && (fe.status == 404 || fe.status == 400 || fe.status == 416 || fe.status == 204 || fe.status == 410) {
		return true, nil // how some feeds say that there is no such page
	}
	im.whole = false
	switch {
	case errors.Is(err, errInterrupted):
		im.stopped = n
		return true, errInterrupted
	case n == first && im.report.Pages == 0 && im.report.From == 0 && (fe == nil || !fe.again):
		return true, domain.Refused("url", "The feed cannot be read: %s.", clean.Line(err.Error(), 200))
	case again || fe == nil:
		if im.stopped = n - 1; fe == nil || im.stopped <= first {
			im.stopped = n
		}
		if im.report.Pages == 0 {
			im.stopped = 0 // the next one begins anew
		}
		return true, domain.Refused("url", "The import stopped at page %d: %s. What was read stays; run it again to go on.", n, clean.Line(err.Error(), 200))
	}
	im.note("Page %d was left out: %s.", n, clean.Line(err.Error(), 200))
	return false, nil
}

// fresh counts what a page tells that no page before it did.
func (im *feedImport) fresh(p oruk.Page) int {
	n := 0
	for _, id := range p.IDs {
		if _, known := im.seen[id]; !known {
			n++
		}
	}
	return n + len(p.Skipped)
}

// settle writes what changed and what vanished, and where an interrupted import goes on.
func (im *feedImport) settle() error {
	var changed []domain.Service
	for _, s := range im.held {
		l, known := im.known.Listing(domain.ServiceKey(im.feed, s.ID))
		switch {
		case !known:
			if im.from == nil {
				im.report.New++
			}
		case l.Vanished.IsZero() && reflect.DeepEqual(l.Service, s):
			im.report.Same++
			continue
		default:
			im.report.Changed++
		}
		changed = append(changed, s)
	}
	seen := map[string]bool{}
	for id := range im.seen {
		seen[id] = true
	}
	lost := im.whole && im.report.Read > 0
	if lost {
		for _, l := range im.known.Listings {
			if l.Feed == im.feed && l.Vanished.IsZero() && !seen[l.ID] {
				im.report.Vanished++
			}
		}
	}
	if im.asked.dry || im.report.Pages == 0 && im.report.From == 0 {
		return nil
	}
	office := im.st.OfficeID()
	commands := []domain.Command{domain.TellServices{Office: office, Feed: im.feed, Services: changed, Next: im.stopped}}
	if lost {
		commands = append(commands, domain.LoseServices{Office: office, Feed: im.feed, Seen: seen})
	}
	now, err := im.st.Directory()
	if err != nil {
		return err
	}
	if len(changed) == 0 && now.Next(im.feed) == im.stopped && im.report.Vanished == 0 {
		return nil // a second import of the same writes nothing
	}
	return im.do(commands...)
}

// faultsTold are the things that were mended, in their order.
func (im *feedImport) faultsTold() []oruk.Fault {
	return slices.DeleteFunc(slices.Clone(oruk.Faults), func(f oruk.Fault) bool { return im.counts[f] == 0 })
}
