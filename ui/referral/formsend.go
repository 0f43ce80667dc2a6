package referral

import (
	"fmt"
	"slices"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/ui/screen"
)

// checking are the actions of the check list.
func (f *Form) checking() []screen.Action {
	return []screen.Action{
		{Keys: []string{"y"}, Name: "Accept the check list, and write why", Short: "accept", Do: f.pass, Not: f.stops},
		{Keys: []string{"p"}, Name: "Who gets it: the provider", Short: "provider", Do: f.ask("Who gets it? The name of the provider.", &f.letter.Provider)},
		{Keys: []string{"c"}, Name: "The person agrees now: record the consent", Short: "consent", Do: f.agree, Not: f.noConsent},
		{Keys: []string{"i"}, Name: "Which parts of the record go along", Short: "parts", Do: f.parts},
		{Keys: []string{"n"}, Name: "The named contact there", Do: f.ask("Who deals with it there? A name, or nothing.", &f.letter.Contact)},
		{Keys: []string{"R"}, Name: "Its reference in another system, such as PRaP", Do: f.ask("Which reference has it in another system?", &f.letter.Reference)},
		{Keys: []string{"d"}, Name: "Put it on the record as a draft, not sent: others see it", Do: f.record, Not: f.sent},
	}
}

func (f *Form) sent() string {
	if f.amends() {
		return "It was sent already."
	}
	return ""
}

func (f *Form) pass() screen.Effect {
	f.passed, f.wrong = true, ""
	f.Fit(f.width, f.height)
	return nil
}

func (f *Form) back() screen.Effect {
	f.passed = false
	return nil
}

// ask asks for one line of the letter.
func (f *Form) ask(title string, into *string) func() screen.Effect {
	return func() screen.Effect {
		return screen.Prompt{Title: title, Value: *into, Then: func(v string) screen.Effect {
			*into = clean.Line(v, clean.MaxLine)
			return f.changed()
		}}
	}
}

// parts asks which parts of the record go along, by their numbers.
func (f *Form) parts() screen.Effect {
	var numbers, named []string
	for i, it := range domain.ConsentItems {
		named = append(named, fmt.Sprintf("%d %s", i+1, it))
		if slices.Contains(f.letter.Items, it) {
			numbers = append(numbers, fmt.Sprint(i+1))
		}
	}
	read := func(v string) ([]domain.ConsentItem, error) {
		var out []domain.ConsentItem
		for _, r := range strings.TrimSpace(v) {
			if r < '1' || int(r-'1') >= len(domain.ConsentItems) {
				return nil, domain.Refused("items", "Type the numbers of the parts, for example 13.")
			}
			out = append(out, domain.ConsentItems[r-'1'])
		}
		slices.SortFunc(out, func(a, b domain.ConsentItem) int {
			return slices.Index(domain.ConsentItems, a) - slices.Index(domain.ConsentItems, b)
		})
		return slices.Compact(out), nil
	}
	return screen.Prompt{
		Title: "Which parts go along, beside the name? " + strings.Join(named, "  "), Value: strings.Join(numbers, ""), Hint: "nothing for the name alone",
		Echo: func(v string) (string, error) {
			items, err := read(v)
			return "the name" + and(items), err
		},
		Then: func(v string) screen.Effect {
			items, err := read(v)
			if err != nil {
				return screen.Say{Text: err.Error()}
			}
			f.letter.Items = items
			return f.changed()
		},
	}
}

func and(items []domain.ConsentItem) string {
	if len(items) == 0 {
		return " only"
	}
	return ", " + domain.ItemWords(items)
}

func (f *Form) noConsent() string {
	switch {
	case f.letter.Provider == "":
		return "Say first who gets it: p."
	case len(f.letter.Items) == 0:
		return "A consent names at least one part of the record: i chooses them."
	case domain.WhyNotDo(f.world.Desk.Who().Role, domain.ConsentGiven{}) != "":
		return domain.WhyNotDo(f.world.Desk.Who().Role, domain.ConsentGiven{})
	case f.p.WhyNotShare(f.letter.To(), f.letter.Items, f.q.Today) == "":
		return "Consent covers it already."
	}
	return ""
}

// agree asks how the person says yes, and records the consent.
func (f *Form) agree() screen.Effect {
	keys := []string{"f", "p", "w", "o"}
	var all []screen.Choice
	for i, how := range domain.ConsentHows {
		all = append(all, screen.Choice{Key: keys[i], Label: string(how), Then: screen.Do{Commands: []domain.Command{f.q.ConsentFor(f.p, f.letter, how)}}})
	}
	c := f.q.ConsentFor(f.p, f.letter, domain.FaceToFace)
	note := "Read it to them: " + clean.Line(c.To.Name, 60) + " is told the name" + and(c.Items) + ", for the " + c.Purpose + ", until " + c.Until.Short(f.q.Today) + ". They may take it back at any time."
	return screen.Choose{Title: "They agree. How do they say it?", Note: note, Choices: all}
}

func (f *Form) empty() string {
	if strings.TrimSpace(f.area.Value()) == "" {
		return "Write first why, in the person's words."
	}
	return f.stops()
}

func (f *Form) written() domain.Letter {
	l := f.letter
	l.Text = f.area.Value()
	return l
}

// record puts the draft on the record, where colleagues and the queue find it.
func (f *Form) record() screen.Effect {
	draft := domain.DraftReferral{Participant: f.p.ID, Referral: f.at.Referral, Letter: f.written()}
	return screen.Do{Commands: []domain.Command{draft}, Draft: f.draft, After: func(domain.Receipt) screen.Effect {
		f.draft = domain.ID{}
		return screen.Back{}
	}}
}

// send records the referral as sent, or what was amended of it, and shows its page. It
// sends nothing: the coach pastes or prints the page.
func (f *Form) send() screen.Effect {
	if f.amends() {
		return screen.Prompt{Title: "Why is it amended? The provider reads the difference, not the reason.", Hint: "a few words", Echo: screen.NeedsWords, Then: func(v string) screen.Effect {
			return f.submit(domain.AmendReferral{Participant: f.p.ID, Referral: f.x.ID, Letter: f.written(), Reason: v})
		}}
	}
	return f.submit(domain.Refer{Participant: f.p.ID, Referral: f.at.Referral, Letter: f.written(), Checks: f.checks()})
}

func (f *Form) submit(c domain.Command) screen.Effect {
	return screen.Do{Commands: []domain.Command{c}, Draft: f.draft, After: func(r domain.Receipt) screen.Effect {
		f.draft = domain.ID{} // nothing is left to keep
		id := f.x.ID
		for _, rec := range r.Records {
			if e, ok := rec.Event.(domain.Referred); ok {
				id = e.ID
			}
		}
		return screen.Instead{To: screen.ReferralPage{Participant: f.p.ID, Referral: id}}
	}}
}
