// Package assets is what the program carries and people read: rules as data, days,
// help, words, the invented people of the demonstration.
package assets

import (
	"embed"
	"encoding/json"
	"fmt"
)

//go:embed *.json programmes/*.json
var files embed.FS

// Queue is the rules of the queue: which reasons there are, what each weighs, and
// where every number comes from.
func Queue() []byte { return must("queue.json") }

// Figures are numbers that are no rule of the queue, of reviews or of sessions.
func Figures() []byte { return must("figures.json") }

// Retention is how long what is kept, and where every period comes from.
func Retention() []byte { return must("retention.json") }

// Words are the fixed words of what the person is given, by language and shape.
func Words() []byte { return must("words.json") }

// Sessions is what each kind of session asks for: minutes, prompts, tone.
func Sessions() []byte { return must("sessions.json") }

// Rating is the questions about oneself, with the words for both ends.
func Rating() []byte { return must("rating.json") }

// Reviews is when plans are looked at again, and where every number comes from.
func Reviews() []byte { return must("reviews.json") }

// Reasons are the lists of coded reasons that plans ask for.
func Reasons() []byte { return must("reasons.json") }

// Applications are what a person may apply for, what is asked for, and what is good to
// know about it.
func Applications() []byte { return must("applications.json") }

// FitNotes are what is worth talking about when a fit note changed.
func FitNotes() []byte { return must("fitnotes.json") }

// Templates are what often helps with one kind of barrier: invented, and a start.
func Templates() []byte { return must("templates.json") }

// Referrals are the numbers about referrals, and where each comes from.
func Referrals() []byte { return must("referrals.json") }

// InWork is what is counted in work, when people there are asked how it goes, and where
// every number comes from.
func InWork() []byte { return must("inwork.json") }

// Handover is who reads which lines of a handover note, how much is told, and where every
// number of handing over comes from.
func Handover() []byte { return must("handover.json") }

// Sources are the documents that facts about programmes come from.
func Sources() []byte { return must("sources.json") }

// Programmes are what is known of each programme, a file each, by the file's name.
func Programmes() map[string][]byte {
	entries, err := files.ReadDir("programmes")
	if err != nil {
		panic(fmt.Sprintf("assets: the programmes were not built in: %v", err))
	}
	all := map[string][]byte{}
	for _, e := range entries {
		all[e.Name()] = raw("programmes/" + e.Name())
	}
	return all
}

// Areas are the areas in which programmes run, and the councils of each nation.
func Areas() []byte { return raw("areas.json") }

// Needs are what people look for among local services, and how it is told.
func Needs() []byte { return must("needs.json") }

// Questions are what matching asks about a person, with the answers there are.
func Questions() []byte { return must("questions.json") }

// Days is the list of one-off days that the rules of bank holidays do not know.
func Days() []byte { return must("days.json") }

// Demo is the names and phrases of the invented caseload.
func Demo() []byte { return must("demo.json") }

// DemoServices are the invented local services, with the needs that each serves.
func DemoServices() []byte { return must("demo-services.json") }

// must reads a file that the build has put there.
func must(name string) []byte {
	b := raw(name)
	if !json.Valid(b) {
		panic("assets: " + name + " is not JSON")
	}
	return b
}

// raw reads a file that is large and read at every start: whoever reads it says what is
// wrong with it.
func raw(name string) []byte {
	b, err := files.ReadFile(name)
	if err != nil {
		panic(fmt.Sprintf("assets: %s was not built in: %v", name, err))
	}
	return b
}
