package main

import (
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/ui/screen"
)

// The kinds of item around programmes.
const (
	itemProvision   itemKind = "programme"
	itemApplication itemKind = "application"
	itemTransfer    itemKind = "transfer"
)

// movingItems are the things about moving on that have a reference. What they are called
// is a programme's key: texts stand in show.
func movingItems(p domain.Participant) []item {
	var all []item
	for _, x := range p.Provisions {
		all = append(all, item{x.ID, itemProvision, x.Programme + after(", ", x.Provider), domain.Shareable, 0})
	}
	for _, a := range p.Applications {
		all = append(all, item{a.ID, itemApplication, a.Programme, domain.Shareable, a.Until})
	}
	for _, t := range p.Transfers {
		all = append(all, item{t.ID, itemTransfer, string(t.State), domain.Shareable, 0})
	}
	return all
}

// moving tells programmes with the sum of their clock, applications and transfers.
func (sh *sheet) moving() {
	sh.section("Programmes", len(sh.p.Provisions), func(i int) { sh.provision(sh.p.Provisions[i]) })
	sh.section("Applications by the person", len(sh.p.Applications), func(i int) { sh.application(sh.p.Applications[i]) })
	sh.section("Transfers", len(sh.p.Transfers), func(i int) {
		x := sh.p.Transfers[i]
		name := sh.named
		state := string(x.State)
		if x.State != domain.TransferOffered {
			state += " " + x.Settled.Short(sh.today)
		}
		sh.put("%s  %s to %s, %s (%s)%s", sh.itemRef(x.ID), name(x.By), name(x.To), x.On.Short(sh.today), state, after(": ", x.Reason))
		sh.about("note", x.Note)
		if x.Both {
			sh.put("    two desks settled it apart: both are kept")
		}
	})
}

// about puts a line about the entry above, where there is something to say.
func (sh *sheet) about(label, text string) {
	if text != "" {
		sh.put("    %s: %s", label, text)
	}
}

func (sh *sheet) provision(x domain.Provision) {
	state := "since " + x.Started.Short(sh.today)
	sum := sh.supportSum(sh.queue, x)
	switch {
	case !x.Ended.IsZero():
		state = x.Started.Short(sh.today) + " to " + x.Ended.Short(sh.today) + after("; ", sh.because(domain.ReasonsProvision, x.Code, x.Reason))
	case sum.End.IsZero():
		state += "; end not known: " + sum.Asks
	case sum.End < sh.today:
		state += "; was to end " + sh.due(sum.End)
	default:
		state += "; ends " + sh.due(sum.End)
	}
	sh.put("%s  %s (%s)", sh.itemRef(x.ID), sh.queue.Catalogue.Name(x.Programme), state)
	if x.Ended.IsZero() {
		for _, l := range sum.Lines {
			sh.put("    %s", l)
		}
	}
	sh.about("provider", x.Provider)
	sh.about("contact", x.Contact)
	sh.about("area", sh.queue.Catalogue.Areas.Name(x.Area))
	sh.about("in work when it started", string(x.InWork))
	for _, l := range x.Landings {
		sh.about("then, as of "+l.On.Short(sh.today), landingWords(sh.queue, l))
	}
	sh.elsewhere(domain.Shareable, x.Elsewhere)
}

// landingWords say what is to replace support.
func landingWords(q domain.Queue, l domain.Landing) string {
	if l.Programme == "" {
		return l.Text
	}
	return q.Catalogue.Name(l.Programme) + after(": ", l.Text)
}

// supportSum adds up until when support may run.
func (s *subject) supportSum(q domain.Queue, x domain.Provision) domain.SupportSum {
	return s.p.ProvisionRow(x).Sum(q.Catalogue, q.CalendarOf(s.p.Row()))
}

func (sh *sheet) application(a domain.Application) {
	rules := sh.queue.Planning.Applying
	state := a.State.String()
	switch a.State {
	case domain.ApplicationPreparing:
		state += " since " + a.On.Short(sh.today)
	case domain.ApplicationApplied:
		state += " " + sh.due(a.Applied)
	default:
		state += " " + a.Decided.Short(sh.today) + after(", until ", sh.due(a.Until)) + after(": ", a.Reason)
	}
	sh.put("%s  %s (%s)", sh.itemRef(a.ID), sh.queue.Catalogue.Name(a.Programme), state)
	sh.about("for", screen.ElementWords(rules, a.Elements))
	sh.about("their reference", a.Reference)
	sh.about("why", a.Text)
	if a.State.Open() {
		var have []string
		for _, code := range a.Evidence {
			have = append(have, domain.SayCode(rules.Evidence, code))
		}
		sh.about("at hand", strings.Join(have, "; "))
		sh.about("the job starts", sh.due(sh.p.ApplicationRow(a).JobStart))
	}
	for _, c := range a.Chases {
		sh.put("    asked %s%s: %s%s", c.On.Short(sh.today), after(", ", string(c.How)), c.Answer, after(": ", c.Comment))
	}
	if day, what := sh.queue.Rules.ApplicationNext(sh.p.ApplicationRow(a)); !day.IsZero() {
		sh.about("next", what+" by "+sh.due(day))
	}
	sh.elsewhere(domain.Shareable, a.Elsewhere)
}

// recordMoving is the same for --json.
type recordMoving struct {
	Provisions   []provisionItem   `json:"provisions"`
	Applications []applicationItem `json:"applications"`
	Transfers    []transferItem    `json:"transfers"`
}

type provisionItem struct {
	ID        domain.ID      `json:"id"`
	Ref       string         `json:"ref"`
	Programme string         `json:"programme"`
	Provider  string         `json:"provider,omitempty"`
	Contact   string         `json:"contact,omitempty"`
	Area      string         `json:"area,omitempty"`
	InWork    domain.AtStart `json:"in_work,omitempty"`
	Started   calendar.Day   `json:"started"`
	Ended     calendar.Day   `json:"ended,omitzero"`
	provisionMore
}

// provisionMore is what follows of a programme, and the sum of its clock.
type provisionMore struct {
	Code      string        `json:"code,omitempty"`
	Reason    string        `json:"reason,omitempty"`
	Past      bool          `json:"past,omitempty"`
	Referral  domain.ID     `json:"referral,omitzero"`
	Ends      calendar.Day  `json:"ends,omitzero"`
	Sum       []string      `json:"sum"`
	Asks      string        `json:"asks,omitempty"`
	Landings  []landingItem `json:"landings"`
	Elsewhere []otherItem   `json:"elsewhere,omitempty"`
}

type landingItem struct {
	On        calendar.Day `json:"on"`
	Text      string       `json:"text,omitempty"`
	Programme string       `json:"programme,omitempty"`
}

type applicationItem struct {
	ID        domain.ID    `json:"id"`
	Ref       string       `json:"ref"`
	Programme string       `json:"programme"`
	State     string       `json:"state"`
	Elements  []string     `json:"elements"`
	Evidence  []string     `json:"evidence"`
	Text      string       `json:"text,omitempty"`
	Reference string       `json:"reference,omitempty"`
	Applied   calendar.Day `json:"applied,omitzero"`
	JobStart  calendar.Day `json:"job_start,omitzero"`
	applicationMore
}

// applicationMore is what became of an application, and what it wants next.
type applicationMore struct {
	Chases    []chaseItem  `json:"chases"`
	Decided   calendar.Day `json:"decided,omitzero"`
	Until     calendar.Day `json:"until,omitzero"`
	Reason    string       `json:"reason,omitempty"`
	Renews    domain.ID    `json:"renews,omitzero"`
	Next      calendar.Day `json:"next,omitzero"`
	NextWhat  string       `json:"next_what,omitempty"`
	Elsewhere []otherItem  `json:"elsewhere,omitempty"`
}

type transferItem struct {
	ID      domain.ID            `json:"id"`
	Ref     string               `json:"ref"`
	By      domain.ID            `json:"by"`
	To      domain.ID            `json:"to"`
	On      calendar.Day         `json:"on"`
	State   domain.TransferState `json:"state"`
	Note    string               `json:"note,omitempty"`
	Reason  string               `json:"reason,omitempty"`
	Settled calendar.Day         `json:"settled,omitzero"`
	Both    bool                 `json:"both,omitempty"`
}

// recordMoving gathers what is known of programmes, applications and transfers.
func (s *subject) recordMoving(q domain.Queue) recordMoving {
	it := recordMoving{Provisions: []provisionItem{}, Applications: []applicationItem{}, Transfers: []transferItem{}}
	for _, x := range s.p.Provisions {
		out := provisionItem{x.ID, s.itemRef(x.ID), x.Programme, x.Provider, x.Contact, x.Area, x.InWork, x.Started, x.Ended, provisionMore{
			Code: x.Code, Reason: x.Reason, Past: x.Past, Referral: x.Referral, Sum: []string{}, Landings: []landingItem{}, Elsewhere: others(x.Elsewhere),
		}}
		if x.Ended.IsZero() {
			sum := s.supportSum(q, x)
			out.Ends, out.Asks, out.Sum = sum.End, sum.Asks, append(out.Sum, sum.Lines...)
		}
		for _, l := range x.Landings {
			out.Landings = append(out.Landings, landingItem{l.On, l.Text, l.Programme})
		}
		it.Provisions = append(it.Provisions, out)
	}
	for _, a := range s.p.Applications {
		it.Applications = append(it.Applications, s.applicationItem(q, a))
	}
	for _, t := range s.p.Transfers {
		it.Transfers = append(it.Transfers, transferItem{t.ID, s.itemRef(t.ID), t.By, t.To, t.On, t.State, t.Note, t.Reason, t.Settled, t.Both})
	}
	return it
}

func (s *subject) applicationItem(q domain.Queue, a domain.Application) applicationItem {
	out := applicationItem{
		a.ID, s.itemRef(a.ID), a.Programme, a.State.String(), append([]string{}, a.Elements...), append([]string{}, a.Evidence...), a.Text, a.Reference, a.Applied, a.JobStart,
		applicationMore{Chases: []chaseItem{}, Decided: a.Decided, Until: a.Until, Reason: a.Reason, Renews: a.Renews, Elsewhere: others(a.Elsewhere)},
	}
	out.Next, out.NextWhat = q.Rules.ApplicationNext(s.p.ApplicationRow(a))
	for _, c := range a.Chases {
		out.Chases = append(out.Chases, chaseItem{c.On, c.How, c.Answer, c.Comment})
	}
	return out
}
