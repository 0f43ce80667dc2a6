package screen

import (
	"coachdesk/domain/catalogue"
	"coachdesk/domain/clean"
)

// AskWhatIf asks what may come to pass: that work starts, or stops.
func AskWhatIf(w World, value string, then func(words string) Effect) Effect {
	today := w.Today()
	return Prompt{
		Title: "What if?", Hint: "for example: starts 16 hours on 5 January, or: stops fri", Value: value,
		Echo: func(v string) (string, error) {
			c, err := catalogue.ReadChange(v, today)
			if err != nil {
				return "", err
			}
			return c.String() + ", " + c.On.Distance(today) + ". Nothing is written.", nil
		},
		Then: func(v string) Effect { return then(clean.Line(v, clean.MaxLine)) },
	}
}
