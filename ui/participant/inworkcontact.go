package participant

import (
	"fmt"
	"slices"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/ui/screen"
)

// contactKeys are the keys of how somebody was spoken with.
var contactKeys = map[domain.ConsentHow]string{domain.ByPhone: "p", domain.FaceToFace: "f", domain.InWriting: "w", domain.Online: "o"}

// contactEmployer logs a talk with an employer. Without consent only an enquiry can be
// logged, in which nobody was named.
func (s *Participant) contactEmployer() screen.Effect {
	var now []string // where they work: that is who is meant
	for _, j := range s.openJobs() {
		if j.Employer != "" && !slices.Contains(now, j.Employer) {
			now = append(now, j.Employer)
		}
	}
	if len(now) == 1 {
		return s.howContacted(now[0])
	}
	return s.whichEmployer()
}

func (s *Participant) whichEmployer() screen.Effect {
	all := s.p.Employers()
	other := screen.Prompt{Title: "Which employer?", Hint: "its name", Echo: some, Then: s.howContacted}
	switch len(all) {
	case 0:
		return other
	case 1:
		return s.howContacted(all[0])
	}
	var each []screen.Choice
	for i, name := range all[:min(len(all), 9)] {
		each = append(each, screen.Choice{Key: fmt.Sprint(i + 1), Label: clean.Line(name, 60), Then: s.howContacted(name)})
	}
	return screen.Choose{Title: "Which employer?", Choices: append(each, screen.Choice{Key: "o", Label: "another one", Then: other})}
}

func (s *Participant) howContacted(employer string) screen.Effect {
	id := s.id
	var job domain.ID
	for _, j := range s.p.InWork.Jobs {
		if clean.Fold(j.Employer) == clean.Fold(employer) {
			job = j.ID
		}
	}
	shut := s.p.WhyNotSpeak(employer, s.today())
	how := func(kind domain.ContactKind, title string) []screen.Choice {
		var each []screen.Choice
		for _, h := range []domain.ConsentHow{domain.ByPhone, domain.FaceToFace, domain.InWriting, domain.Online} {
			var then screen.Effect = screen.Prompt{Title: title, Hint: "what was said, in a line or two", Echo: some, Then: func(v string) screen.Effect {
				return do(domain.ContactEmployer{Participant: id, Job: job, Employer: employer, How: h, Kind: kind, Text: v})
			}}
			if shut != "" && kind != domain.ContactEnquiry {
				then = screen.Say{Text: shut + " C records it. e logs an enquiry in which nobody was named."}
			}
			each = append(each, screen.Choice{Key: contactKeys[h], Label: string(h), Then: then})
		}
		return each
	}
	may := "They may be told: " + domain.ItemWords(s.p.MaySay(employer, s.today())) + "."
	if shut != "" {
		may = shut + " Until then only e can be logged."
	}
	choices := how(domain.ContactAbout, "Spoke with "+clean.Line(employer, 60)+" about them: what was said?")
	introduced := screen.Choose{Title: "Introduced, how?", Note: may, Choices: how(domain.ContactIntroduce, "Introduced to "+clean.Line(employer, 60)+": what was said?")}
	asked := screen.Choose{Title: "Asked without a name, how?", Choices: how(domain.ContactEnquiry, "Asked "+clean.Line(employer, 60)+", nobody was named: what was said?")}
	return screen.Choose{Title: "Spoke with " + clean.Line(employer, 60) + " about them: how?", Note: may, Choices: append(
		choices,
		screen.Choice{Key: "i", Label: "an introduction", Then: introduced},
		screen.Choice{Key: "e", Label: "an enquiry, nobody was named", Then: asked},
		screen.Choice{Key: "x", Label: "another employer", Then: screen.Prompt{Title: "Which employer?", Hint: "its name", Echo: some, Then: s.howContacted}},
	)}
}

// promiseAtWork asks who owes an adjustment, and what by when.
func (s *Participant) promiseAtWork() screen.Effect {
	id := s.id
	return s.whichJob("At which job?", func(j domain.Job) screen.Effect {
		var all []screen.Choice
		for i, o := range domain.AdjustmentOwners {
			all = append(all, screen.Choice{Key: "ea"[i : i+1], Label: o.Duty(), Then: screen.Prompt{
				Title: "What will be done differently, by when?", Hint: "for example: a stool at the till by 12 dec", Echo: some,
				Then: func(v string) screen.Effect {
					text, due, err := domain.ReadPromised(v, s.today())
					if err != nil {
						return screen.Say{Text: err.Error()}
					}
					return do(domain.PromiseWorkAdjustment{Participant: id, Job: j.ID, Text: text, Owner: o, Due: due})
				},
			}})
		}
		return screen.Choose{Title: "Who owes the adjustment?", Choices: all}
	})
}
