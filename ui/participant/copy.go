package participant

import (
	"fmt"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/ui/screen"
)

// forms are the forms in which a person can have a copy, with the key of each.
var forms = []struct {
	key, label string
	shape      domain.CopyShape
	language   domain.CopyLanguage
}{
	{"p", "the plan, plain English", domain.PlainShape, domain.English},
	{"l", "the plan, large print", domain.LargePrint, domain.English},
	{"e", "the plan, Easy Read", domain.EasyRead, domain.English},
	{"w", "the plan, Welsh (not reviewed either)", domain.PlainShape, domain.Welsh},
	{"W", "the plan, Easy Read in Welsh (not reviewed either)", domain.EasyRead, domain.Welsh},
}

// ways are how a copy reaches somebody, with the key of each.
var ways = []struct {
	key, label string
	how        domain.CopyHow
}{
	{"p", "printed, on paper", domain.OnPaper},
	{"e", "by e-mail", domain.ByEmail},
	{"j", "in their journal", domain.InJournal},
	{"o", "by post", domain.ByPost},
	{"r", "read aloud to them", domain.ReadAloud},
}

// makeCopy asks what is to be copied and in which form. The clipboard is named as one:
// other programs read it, and many keep what was in it.
func (s *Participant) makeCopy() screen.Effect {
	journal := screen.CopyOf{Journal: true, Shape: domain.PlainShape, Language: domain.English}
	easy, welsh := journal, journal
	easy.Shape, welsh.Language = domain.EasyRead, domain.Welsh
	all := []screen.Choice{
		{Key: "j", Label: "text for the journal, into the clipboard", Then: s.toClipboard(journal)},
		{Key: "J", Label: "the same, Easy Read", Then: s.toClipboard(easy)},
		{Key: "y", Label: "the same, Welsh (no translator has reviewed it)", Then: s.toClipboard(welsh)},
		{Key: "f", Label: "text for the journal, into a file", Then: s.intoFile(journal, "")},
	}
	for _, f := range forms {
		of := screen.CopyOf{Shape: f.shape, Language: f.language}
		all = append(all, screen.Choice{Key: f.key, Label: f.label, Then: s.askHow(of)})
	}
	return screen.Choose{Title: "Copy what?", Note: "Other programs can read the clipboard, and some keep it.", Choices: all}
}

func (s *Participant) toClipboard(of screen.CopyOf) screen.Effect {
	desk, id := s.world.Desk, s.id
	return screen.Run{Work: func() tea.Msg {
		text, err := desk.Clip(id, of)
		return clipped{text, err}
	}}
}

// clipped is what goes into the clipboard, now that the record knows.
type clipped struct {
	text string
	err  error
}

func (s *Participant) wasClipped(msg clipped) screen.Effect {
	if msg.err != nil {
		return screen.Say{Text: msg.err.Error()}
	}
	if err := s.Read(); err != nil { // the record says now that it left
		return screen.Say{Text: err.Error()}
	}
	return screen.All{screen.Tea{Cmd: tea.SetClipboard(msg.text)}, screen.Say{Text: fmt.Sprintf("In the clipboard: %d letters. If nothing can be pasted, press c f for a file.", utf8.RuneCountInString(msg.text))}}
}

// askHow asks how the person gets the copy, so that the record can show that they did.
func (s *Participant) askHow(of screen.CopyOf) screen.Effect {
	if s.p.Plan.Empty() { // before anything is written: a page of nothing helps nobody
		return screen.Say{Text: "There is no plan to copy yet. Press p, then G for a goal or a for a step."}
	}
	var all []screen.Choice
	for _, w := range ways {
		all = append(all, screen.Choice{Key: w.key, Label: w.label, Then: s.intoFile(of, w.how)})
	}
	all = append(all, screen.Choice{Key: "n", Label: "not yet: only write the file", Then: s.intoFile(of, "")})
	return screen.Choose{Title: "How do they get it?", Note: "The page is written to a file; the record notes that it was given.", Choices: all}
}

// copied tells where a copy lies and how the person gets it.
type copied struct {
	of   screen.CopyOf
	how  domain.CopyHow
	path string
	err  error
}

func (s *Participant) intoFile(of screen.CopyOf, how domain.CopyHow) screen.Effect {
	desk, id := s.world.Desk, s.id
	return screen.Run{Work: func() tea.Msg {
		path, err := desk.CopyInto(id, of)
		return copied{of, how, path, err}
	}}
}

// wasCopied records that a copy was given, once it is written.
func (s *Participant) wasCopied(msg copied) screen.Effect {
	if msg.err != nil {
		return screen.Say{Text: "No copy was written, and nothing was recorded: " + msg.err.Error()}
	}
	where := screen.Say{Text: "The file is " + clean.Line(msg.path, 400)}
	if msg.how == "" {
		if err := s.Read(); err != nil { // the record says now that it left
			return screen.Say{Text: err.Error()}
		}
		return where
	}
	give := domain.GiveCopy{Participant: s.id, Shape: msg.of.Shape, Language: msg.of.Language, How: msg.how}
	where.Text = "Noted as given. " + where.Text
	return screen.Do{Commands: []domain.Command{give}, Then: where}
}

// copyGiven says which copy the person has, or that they should have one.
func (s *Participant) copyGiven() {
	t := s.world.Theme
	if why := s.p.Plan.OwesCopy(); why != "" {
		s.say(entry{kind: plain, ink: t.Warn}, t.Glyphs.Due+" "+why+" c makes one.")
	}
	if last, ok := s.p.Plan.LastCopy(); ok {
		s.say(entry{kind: plain, ink: t.Muted}, "Copy given "+last.On.Short(s.today())+": "+last.Words())
	}
}

// signpost notes that the person was told about a service and goes there alone.
func (s *Participant) signpost() screen.Effect {
	barrier := domain.ID{}
	if e := s.chosen(); e.kind == aBarrier {
		barrier = e.id
	}
	return screen.Prompt{
		Title: "Told them about which service?", Hint: "enter alone searches the local services; nothing is sent, they go on their own",
		Then: func(v string) screen.Effect {
			if strings.TrimSpace(v) == "" {
				return screen.Go{To: screen.Services{Participant: s.id, Barrier: barrier}}
			}
			return do(domain.SignpostTo{Participant: s.id, Barrier: barrier, Text: v})
		},
	}
}

// signposts are the services that the person was told about.
func (s *Participant) signposts() {
	t := s.world.Theme
	if len(s.p.Signposts) == 0 {
		return
	}
	s.head("Told about")
	for _, sp := range s.p.Signposts {
		e := entry{kind: aSignpost, id: sp.ID}
		text := sp.Text + " " + t.Glyphs.Sep + " " + sp.On.Short(s.today())
		if sp.Result == domain.SignpostOpen {
			text += ", ask what came of it"
		} else {
			e.ink = t.Muted
			text += ", " + string(sp.Result)
		}
		if s.shelf.gone(sp.Service) {
			e.ink = t.Warn
			text += " " + t.Glyphs.Sep + " " + t.Glyphs.Due + " not in its feed any more"
		}
		if sp.Words != "" {
			text += ": " + sp.Words
		}
		s.say(e, text+s.elsewhere(sp.Scope, sp.Elsewhere))
	}
}

// tellSignpost asks what came of a signpost.
func (s *Participant) tellSignpost(id domain.ID) screen.Effect {
	var all []screen.Choice
	for i, key := range []string{"h", "n", "d", "w"} {
		all = append(all, screen.Choice{Key: key, Label: string(domain.SignpostResults[i]), Then: do(domain.TellSignpost{Participant: s.id, Signpost: id, Result: domain.SignpostResults[i]})})
	}
	return screen.Choose{Title: "What came of it?", Choices: all}
}
