package participant

import (
	"fmt"
	"slices"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
	"coachdesk/ui/screen"
)

// consents is the ledger, what holds first.
func (s *Participant) consents() {
	t := s.world.Theme
	list := slices.Clone(s.p.Consents)
	slices.SortStableFunc(list, func(a, b domain.Consent) int {
		if a.InForce(s.today()) != b.InForce(s.today()) {
			if a.InForce(s.today()) {
				return -1
			}
			return 1
		}
		return int(b.From - a.From)
	})
	if len(list) == 0 {
		s.put(entry{kind: plain, lines: []string{"Nothing is agreed, so nothing may leave the office. C records a consent."}, ink: t.Muted})
	}
	for _, c := range list {
		e := entry{kind: aConsent, id: c.ID}
		if !c.InForce(s.today()) {
			e.ink = t.Muted
		}
		s.say(e, fmt.Sprintf("%s %s\nFor: %s\n%s; given %s, %s, by the %s", s.sign(c), c.WhoWhat(), c.Purpose, s.stands(c), c.From.Short(s.today()), c.How, c.Giver))
		s.wentOutOn(c)
		s.put(entry{kind: plain, lines: []string{""}})
	}
	s.wentOutElse()
}

// sign marks what holds and what does not.
func (s *Participant) sign(c domain.Consent) string {
	if c.InForce(s.today()) {
		return s.world.Theme.Glyphs.Done
	}
	return s.world.Theme.Glyphs.Dropped
}

// stands says where a consent stands, with the distance of an end that is near.
func (s *Participant) stands(c domain.Consent) string {
	text := c.State(s.today())
	if c.EndsSoon(s.today(), s.queue.Figures.Of(domain.FigureConsentSoon)) {
		text += ", " + c.Until.Distance(s.today())
	}
	return text
}

// consentsToLookAt warns on the overview of consent that ends soon or was withdrawn.
func (s *Participant) consentsToLookAt() {
	t := s.world.Theme
	all := s.p.ConsentsToLookAt(s.today(), s.queue.Figures.Of(domain.FigureConsentSoon))
	if len(all) == 0 {
		return
	}
	s.head("Consent")
	for _, c := range all {
		sign := t.Glyphs.Due
		if !c.InForce(s.today()) {
			sign = t.Glyphs.Dropped
		}
		s.say(entry{kind: plain, ink: t.Warn}, sign+" "+c.WhoWhat()+", "+s.stands(c)+s.toAskBack(c))
	}
}

// giveConsent asks who may be told, what for, and which parts, in four keys.
func (s *Participant) giveConsent() screen.Effect {
	var all []screen.Choice
	for i, kind := range domain.RecipientKinds {
		all = append(all, screen.Choice{Key: fmt.Sprint(i + 1), Label: kind.String(), Then: s.askPurpose(kind)})
	}
	return screen.Choose{Title: "Who may be told?", Choices: all}
}

// askPurpose asks who gets it and what for. Whoever knows the numbers of the parts puts
// them after a semicolon, and is asked nothing more.
func (s *Participant) askPurpose(kind domain.RecipientKind) screen.Effect {
	today := s.today()
	give := func(name, purpose string) func(agreed) domain.Command {
		return func(a agreed) domain.Command {
			return domain.GiveConsent{Participant: s.id, To: domain.Recipient{Kind: kind, Name: name}, Purpose: purpose, Items: a.items, Until: a.until, How: a.how, Giver: a.giver}
		}
	}
	return screen.Prompt{
		Title: "Who gets it, and what for? The parts may follow: " + numberedParts(), Hint: "for example: Riverside Works: a place on Connect to Work; 14, 6m",
		Echo: func(v string) (string, error) {
			who, parts, all := strings.Cut(v, ";")
			name, purpose, err := whoAndWhy(who)
			text := kind.String() + " " + name + ", for: " + purpose
			if err != nil || !all {
				return text, err
			}
			a, err := s.readParts(parts, give(name, purpose))
			return text + "; " + a.words(today, "no end") + "; " + string(a.how) + ", by the " + string(a.giver), err
		},
		Then: func(v string) screen.Effect {
			who, parts, all := strings.Cut(v, ";")
			name, purpose, err := whoAndWhy(who)
			if err != nil {
				return screen.Say{Text: err.Error()}
			}
			if !all {
				return s.askParts("Which parts, until when, how was it said?", "no end", "for example 134, 6m: numbers, end, phone / writing / online, representative", give(name, purpose))
			}
			a, err := s.readParts(parts, give(name, purpose))
			if err != nil {
				return screen.Say{Text: err.Error()}
			}
			return do(give(name, purpose)(a))
		},
	}
}

// numberedParts are the parts of a record with the numbers that they are typed by.
func numberedParts() string {
	numbered := make([]string, len(domain.ConsentItems))
	for i, it := range domain.ConsentItems {
		numbered[i] = fmt.Sprintf("%d %s", i+1, it)
	}
	return strings.Join(numbered, "  ")
}

// readParts reads what was agreed and asks the command whether it may be.
func (s *Participant) readParts(v string, command func(agreed) domain.Command) (agreed, error) {
	a, err := readAgreed(v, s.today())
	if err != nil {
		return a, err
	}
	if pc, ok := command(a).(domain.ParticipantCommand); ok {
		_, err = pc.Decide(s.p, s.world.Desk.Stamp())
	}
	return a, err
}

func whoAndWhy(v string) (name, purpose string, err error) {
	name, purpose, _ = strings.Cut(clean.Line(v, 2*clean.MaxLine), ":")
	name, purpose = strings.TrimSpace(name), strings.TrimSpace(purpose)
	if name == "" || purpose == "" {
		err = domain.Refused("purpose", "Write a name, a colon, and what it is for.")
	}
	return name, purpose, err
}

// agreed is what the last question of a consent was understood as.
type agreed struct {
	items []domain.ConsentItem
	until calendar.Day
	how   domain.ConsentHow
	giver domain.ConsentGiver
}

// readAgreed reads "134, 6m, phone, representative": numbers of parts, an end, how it
// was said and by whom, in any order.
func readAgreed(v string, today calendar.Day) (agreed, error) {
	a := agreed{how: domain.FaceToFace, giver: domain.GivenByPerson}
	for part := range strings.SplitSeq(v, ",") {
		part = clean.Fold(strings.TrimSpace(part))
		how := slices.IndexFunc(domain.ConsentHows, func(h domain.ConsentHow) bool { return len(part) > 3 && strings.Contains(string(h), part) })
		switch {
		case part == "":
		case strings.Trim(part, "123456") == "":
			for _, r := range part {
				a.items = append(a.items, domain.ConsentItems[r-'1'])
			}
		case how >= 0:
			a.how = domain.ConsentHows[how]
		case len(part) > 2 && strings.HasPrefix(string(domain.GivenByRepresentative), part):
			a.giver = domain.GivenByRepresentative
		default:
			d, err := calendar.Parse(part, today, calendar.Forward)
			if err != nil {
				return a, err
			}
			a.until = d
		}
	}
	return a, nil
}

func (a agreed) words(today calendar.Day, noEnd string) string {
	text := domain.ItemWords(a.items)
	if text == "" {
		text = "all parts as before"
	}
	if a.until.IsZero() {
		return text + "; " + noEnd
	}
	return text + "; until " + a.until.Short(today) + ", " + a.until.Distance(today)
}

// askParts asks for parts and an end, and echoes what was understood.
func (s *Participant) askParts(title, noEnd, hint string, command func(agreed) domain.Command) screen.Effect {
	today := s.today()
	read := func(v string) (agreed, error) { return s.readParts(v, command) }
	return screen.Prompt{
		Title: title + " " + numberedParts(), Hint: hint,
		Echo: func(v string) (string, error) {
			a, err := read(v)
			return a.words(today, noEnd) + "; " + string(a.how) + ", by the " + string(a.giver), err
		},
		Then: func(v string) screen.Effect {
			a, err := read(v)
			if err != nil {
				return screen.Say{Text: err.Error()}
			}
			return do(command(a))
		},
	}
}

// narrowConsent asks which parts stay, or for an earlier end.
func (s *Participant) narrowConsent() screen.Effect {
	id := s.chosen().id
	return s.askParts("Which parts stay, or until when?", "the end stays", "numbers of the parts that stay, or an earlier end", func(a agreed) domain.Command {
		return domain.NarrowConsent{Participant: s.id, Consent: id, Items: a.items, Until: a.until}
	})
}

// withdrawConsent asks only how it was said.
func (s *Participant) withdrawConsent() screen.Effect {
	id := s.chosen().id
	keys := map[domain.ConsentHow]string{domain.FaceToFace: "f", domain.ByPhone: "p", domain.InWriting: "w", domain.Online: "o"}
	var all []screen.Choice
	for _, how := range domain.ConsentHows {
		all = append(all, screen.Choice{Key: keys[how], Label: string(how), Then: do(domain.WithdrawConsent{Participant: s.id, Consent: id, How: how})})
	}
	return screen.Choose{Title: "Withdraw the consent. How did they say it?", Choices: all}
}
