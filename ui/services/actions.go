package services

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"coachdesk/domain"
	"coachdesk/ui/screen"
)

// chips is how many needs have a digit of their own.
const chips = 9

// Actions implements screen.Screen.
func (s *Services) Actions() []screen.Action {
	if s.writing != noField {
		return s.writingActions()
	}
	none := func() string {
		if no := domain.WhyNotDo(s.world.Desk.Who().Role, domain.Signposted{}); no != "" {
			return no
		}
		if len(s.found) == 0 {
			return "There is no service here. Find one first, with / or a digit."
		}
		return ""
	}
	tell := "Tell somebody on the caseload of this service: signpost"
	if s.who.Exists() {
		tell = "The person was told of this service: signpost"
	}
	mine := []screen.Action{
		{Keys: []string{"enter", "I"}, Name: tell, Short: "signpost", Do: s.signpost, Not: none},
		{Keys: []string{"/"}, Name: "Find by words, while you type", Short: "find", Do: s.write(wordsField)},
		{Keys: []string{"p"}, Name: "Only near a place: a town, a council or the first half of a postcode", Short: "place", Do: s.write(nearField)},
		{Keys: []string{"n"}, Name: "What they need, of all there is", Short: "need", Do: s.chooseNeed},
		{Keys: []string{"0"}, Name: "Any need", Do: func() screen.Effect { return s.want("") }},
	}
	if s.index != nil {
		for i, n := range s.index.Needs.Needs {
			if i < chips {
				mine = append(mine, screen.Action{Keys: []string{fmt.Sprint(i + 1)}, Name: "Need: " + n.Name, Do: func() screen.Effect { return s.want(n.Key) }})
			}
		}
	}
	if s.words.Value()+s.near.Value()+s.need != "" {
		mine = append(mine, screen.Action{Keys: []string{"esc"}, Name: "Show all services again", Short: "all", Do: s.forget})
	}
	for _, a := range screen.Everywhere() {
		if a.Keys[0] != "/" {
			mine = append(mine, a)
		}
	}
	return mine
}

func (s *Services) writingActions() []screen.Action {
	other, name := nearField, "The place"
	if s.writing == nearField {
		other, name = wordsField, "The words"
	}
	return []screen.Action{
		{Keys: []string{"enter"}, Name: "Take what was found", Short: "take", Do: s.write(noField)},
		{Keys: []string{"tab", "shift+tab"}, Name: name, Short: "words and place", Do: s.write(other)},
		{Keys: []string{"down"}, Name: "The next service", Do: func() screen.Effect { s.win.Go(s.win.At + 1); return nil }},
		{Keys: []string{"up"}, Name: "The service before", Do: func() screen.Effect { s.win.Go(s.win.At - 1); return nil }},
		{Keys: []string{"f1"}, Name: "Help for this screen", Short: "help", Do: func() screen.Effect { return screen.Show{Panel: screen.Help} }},
		{Keys: []string{"esc"}, Name: "End the search", Short: "back", Do: s.endWriting},
	}
}

// write puts the letters into a field, or into none.
func (s *Services) write(to field) func() screen.Effect {
	return func() screen.Effect {
		s.writing = to
		s.resize()
		return nil
	}
}

// endWriting empties the field that was written in.
func (s *Services) endWriting() screen.Effect {
	if s.writing == nearField {
		s.near.SetValue("")
	} else {
		s.words.SetValue("")
	}
	s.writing = noField
	s.search()
	return nil
}

func (s *Services) want(need string) screen.Effect {
	if need == s.need {
		need = "" // the same digit again takes it back
	}
	s.need = need
	s.search()
	return nil
}

func (s *Services) forget() screen.Effect {
	s.words.SetValue("")
	s.near.SetValue("")
	s.need = ""
	s.search()
	return nil
}

// wanted is a need that was chosen of the list.
type wanted struct{ need string }

// chooseNeed offers every need.
func (s *Services) chooseNeed() screen.Effect {
	if s.index == nil {
		return nil
	}
	var all []screen.Choice
	for i, n := range s.index.Needs.Needs {
		key := ""
		if i < 26 {
			key = string(rune('a' + i))
		}
		all = append(all, screen.Choice{Key: key, Label: n.Name, Then: screen.Run{Work: func() tea.Msg { return wanted{n.Key} }}})
	}
	return screen.Choose{Title: "What do they need?", Choices: all}
}
