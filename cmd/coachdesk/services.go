package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/store"
)

// servicesShown is how many services a search shows unless it is asked for all.
const servicesShown = 20

func (c *call) servicesVerb() *cobra.Command {
	var q domain.ServiceQuery
	var all bool
	cmd := &cobra.Command{
		Use:   "services [WORDS…]",
		Short: "Find a local service by words, by need and by place",
		Long: "services looks through the directory that import services brought in. A need knows its own words, and takes\n" +
			"neither “quite” for “quit” nor a comedy night for help. What was checked lately comes first; what is stale, or\n" +
			"not in its feed any more, comes last and says so. A reference alone shows one service whole.\n\n" +
			helpLines("The needs: "+needWords()),
		Example: "  coachdesk services --need debt --near E15\n  coachdesk services walking group\n  coachdesk signpost 7K3Q-M --service 4T8R-P",
		Args:    needs("[WORDS…]"),
		RunE: func(_ *cobra.Command, args []string) error {
			q.Words = strings.Join(args, " ")
			return c.services(q, all)
		},
	}
	f := cmd.Flags()
	f.StringVar(&q.Need, "need", "", "what they need, one `word`")
	f.StringVar(&q.Near, "near", "", "a `place`: a town, a council or the first half of a postcode")
	f.BoolVar(&all, "all", false, fmt.Sprintf("all that are found, not the first %d", servicesShown))
	return cmd
}

// needWords are the keys of the needs, for help.
func needWords() string {
	n, err := readNeeds()
	if err != nil {
		return ""
	}
	return strings.Join(n.Keys(), ", ") + "."
}

// directory makes the directory of an open store ready to be searched.
func directoryOf(st *store.Store) (*domain.ServiceIndex, error) {
	needs, err := readNeeds()
	if err != nil {
		return nil, err
	}
	d, err := st.Directory()
	if err != nil {
		return nil, err
	}
	return domain.NewServiceIndex(d, needs), nil
}

// noServices says how to come by a directory.
const noServices = "There are no local services yet. coachdesk import services FILE|URL brings in a feed of Open Referral UK; the council knows its address."

func (c *call) services(q domain.ServiceQuery, all bool) error {
	st, err := c.open()
	if err != nil {
		return err
	}
	x, err := directoryOf(st)
	if err != nil {
		return err
	}
	if len(x.Directory.Listings) == 0 {
		if c.json {
			return printItems(c, "services/1", []serviceItem{})
		}
		return domain.Refused("services", noServices)
	}
	if _, ok := x.Needs.Need(q.Need); q.Need != "" && !ok {
		return misuse("--need: %q is not a need. The needs are: %s", clean.Line(q.Need, 40), needWords())
	}
	today, width := st.Today(), domain.RefLength(x.Directory.Refs())
	if id, err := domain.FindRef(q.Words, x.Directory.Refs()); err == nil && q.Need == "" && q.Near == "" && strings.Contains(q.Words, "-") {
		l, _ := x.Directory.Listing(id)
		return c.oneService(x, l, width, today)
	}
	found := x.Find(q, today)
	if c.json {
		items := make([]serviceItem, len(found))
		for i, f := range found {
			items[i] = serviceOf(f, width)
		}
		return printItems(c, "services/1", items)
	}
	if len(found) == 0 {
		c.say("No service fits. Try fewer words, another need, or no place.")
		return nil
	}
	t := table{head: []string{"SERVICE", "NAME", "WHERE", "HOW", "CHECKED"}}
	for i, f := range found {
		if i == servicesShown && !all {
			break
		}
		t.add(f.Ref.Ref(width), f.Title(), domain.WhereOf(f.Service), domain.HowOf(f.Service), domain.CheckedWords(f.Service, f.Age))
	}
	c.printTable(t)
	if n := len(found) - servicesShown; n > 0 && !all {
		c.say("%s. --all shows them.", plural(n, "One more fits", "%s more fit"))
	}
	return nil
}

// oneService shows one service whole.
func (c *call) oneService(x *domain.ServiceIndex, l domain.Listing, width int, today calendar.Day) error {
	f := domain.FoundService{Listing: l, Age: x.Needs.Freshness(l, today)}
	if c.json {
		return printItems(c, "services/1", []serviceItem{serviceOf(f, width)})
	}
	c.print(l.Ref.Ref(width)+"  "+l.Title(), "")
	if l.Text != "" {
		c.print(l.Text, "")
	}
	for _, line := range domain.ServiceLines(l, f.Age) {
		c.print(line.Label + ": " + line.Text)
	}
	return nil
}

// serviceItem is a service, for --json.
type serviceItem struct {
	ID       domain.ID             `json:"id"`
	Ref      string                `json:"ref"`
	Feed     string                `json:"feed"`
	FeedID   string                `json:"feed_id"`
	Name     string                `json:"name"`
	Org      string                `json:"organisation,omitempty"`
	Text     string                `json:"text,omitempty"`
	Tags     []string              `json:"tags,omitempty"`
	Contact  domain.ServiceContact `json:"contact,omitzero"`
	Places   []domain.ServicePlace `json:"places,omitempty"`
	Areas    []string              `json:"areas,omitempty"`
	Entry    domain.ServiceEntry   `json:"entry,omitzero"`
	Assured  calendar.Day          `json:"assured,omitzero"`
	Changed  calendar.Day          `json:"changed,omitzero"`
	Age      string                `json:"freshness"`
	Vanished calendar.Day          `json:"vanished,omitzero"`
	Link     string                `json:"link,omitempty"`
	Also     []string              `json:"also_listed_as,omitempty"`
}

func serviceOf(f domain.FoundService, width int) serviceItem {
	it := serviceItem{
		ID: f.Ref, Ref: f.Ref.Ref(width), Feed: f.Feed, FeedID: f.ID, Name: f.Name, Org: f.Org, Text: f.Text, Tags: f.Tags, Contact: f.Contact, Places: f.Places,
		Areas: f.Areas, Entry: f.Entry, Assured: f.Assured, Changed: f.Changed, Age: f.Age.String(), Vanished: f.Vanished, Link: f.Link,
	}
	for _, a := range f.Also {
		it.Also = append(it.Also, a.Ref.Ref(width))
	}
	return it
}

// serviceNamed finds the service that a reference on the command line means.
func (s *subject) serviceNamed(ref string) (domain.Listing, error) {
	d, err := s.st.Directory()
	if err != nil {
		return domain.Listing{}, err
	}
	id, err := domain.FindRef(ref, d.Refs())
	if err != nil {
		return domain.Listing{}, notFound(err, "service", "There is no service with the reference %q. coachdesk services lists them.", clean.Line(ref, 40))
	}
	l, _ := d.Listing(id)
	return l, nil
}

// signpostService records that the person was told of a service of the directory.
func (c *call) signpostService(ref, service, barrier string) error {
	s, err := c.person(ref)
	if err != nil {
		return err
	}
	l, err := s.serviceNamed(service)
	if err != nil {
		return err
	}
	sp := domain.SignpostTo{Participant: s.p.ID, Text: l.Title(), Service: l.Ref, Feed: l.Feed}
	if barrier != "" {
		if sp.Barrier, err = s.find(itemBarrier, barrier); err != nil {
			return err
		}
	}
	r, err := s.st.Do(domain.Batch{ID: s.st.NewID(), Commands: []domain.Command{sp}})
	if err != nil {
		return err
	}
	if !l.Vanished.IsZero() {
		c.say("Mind: its feed has not told of this service since %s.", l.Vanished.Long())
	}
	return c.tellReceipt(s.ref, r)
}
