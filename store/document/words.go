package document

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
)

// Words are the fixed words of what a person is given, in one language and shape. In
// braces stands what is filled in: {date}, {time}, {channel}, {version}, {ref}, {name},
// {coach} and {when}. A list is sentences, each a line of its own in Easy Read.
type Words struct {
	Title          string   `json:"title"`
	Agreed         []string `json:"agreed"`
	NotAgreed      []string `json:"not_agreed"`
	Changed        []string `json:"changed"`
	Made           []string `json:"made"`
	Note           []string `json:"note"` // what the reader should know of these words
	Matters        string   `json:"matters"`
	Goals          string   `json:"goals"`
	Mine           string   `json:"mine"`
	Coach          string   `json:"coach"`
	Others         string   `json:"others"`
	Done           string   `json:"done"`
	Next           string   `json:"next"`
	Adjustments    string   `json:"adjustments"`
	Change         string   `json:"change"`
	Changing       []string `json:"changing"`
	Nothing        []string `json:"nothing"`
	Paused         []string `json:"paused"`
	By             string   `json:"by"` // when the person does it
	ByGoal         string   `json:"by_goal"`
	ByOther        string   `json:"by_other"`
	PausedOpen     []string `json:"paused_open"` // nobody knows until when
	Before         string   `json:"before"`      // when the person does what waits for something, {when}
	BeforeOther    string   `json:"before_other"`
	BeforeJob      string   `json:"before_job"`
	BeforeReview   string   `json:"before_review"`
	BeforeNext     string   `json:"before_next"`
	BeforeFitNote  string   `json:"before_fitnote"`
	NoDate         string   `json:"no_date"`
	Meet           []string `json:"meet"`
	Time           string   `json:"time"`
	Review         []string `json:"review"`
	Reference      string   `json:"reference"`
	Adviser        string   `json:"dea"`
	Provider       string   `json:"provider"`
	Employer       string   `json:"employer"`
	FaceToFace     string   `json:"face_to_face"`
	Phone          string   `json:"phone"`
	Video          string   `json:"video"`
	Online         string   `json:"online"`
	Hello          string   `json:"hello"`
	Talked         []string `json:"talked"`
	JournalMine    string   `json:"journal_mine"`
	JournalCoach   string   `json:"journal_coach"`
	JournalOthers  string   `json:"journal_others"`
	JournalBy      string   `json:"journal_by"`
	JournalNothing []string `json:"journal_nothing"`
	JournalMeet    []string `json:"journal_meet"`
	JournalNone    []string `json:"journal_none"`
	JournalChange  []string `json:"journal_change"`
	Bye            string   `json:"bye"`
	Weekdays       []string `json:"weekdays"` // from Monday
	Months         []string `json:"months"`
}

// WordBook is all words there are.
type WordBook struct {
	copies []struct {
		Language   domain.CopyLanguage `json:"language"`
		Shape      domain.CopyShape    `json:"shape"`
		Source     string              `json:"source"`
		Date       string              `json:"date"`
		Confidence string              `json:"confidence"`
		Words      Words               `json:"words"`
	}
}

// ReadWords reads the file of words. It returns an error when the file is not one.
func ReadWords(b []byte) (WordBook, error) {
	var book WordBook
	var file struct {
		Copies json.RawMessage `json:"copies"`
	}
	err := json.Unmarshal(b, &file)
	if err == nil {
		err = json.Unmarshal(file.Copies, &book.copies)
	}
	if err != nil {
		return book, fmt.Errorf("the words of copies cannot be read: %w", err)
	}
	for _, c := range book.copies {
		if len(c.Words.Weekdays) != 7 || len(c.Words.Months) != 12 {
			return book, fmt.Errorf("the words of copies in %s have %d days and %d months", c.Language, len(c.Words.Weekdays), len(c.Words.Months))
		}
	}
	return book, nil
}

// In returns the words of a language and shape. Large print has the words of plain
// English, and a language without a shape its plain ones.
func (b WordBook) In(language domain.CopyLanguage, shape domain.CopyShape) Words {
	var plain Words
	for _, c := range b.copies {
		if c.Language != language {
			continue
		}
		if c.Shape == shape {
			return c.Words
		}
		if c.Shape == domain.PlainShape {
			plain = c.Words
		}
	}
	return plain
}

// day writes a date in full: nobody should have to work it out.
func (w Words) day(d calendar.Day) string {
	y, m, n := d.Civil()
	return w.Weekdays[(int(d.Weekday())+6)%7] + " " + strconv.Itoa(n) + " " + w.Months[m-1] + " " + strconv.Itoa(y)
}

// on fills a date into a text.
func (w Words) on(text string, d calendar.Day) string {
	return strings.ReplaceAll(text, "{date}", w.day(d))
}

// fill fills one thing into sentences.
func fill(sentences []string, what, with string) []string {
	out := make([]string, len(sentences))
	for i, s := range sentences {
		out[i] = strings.ReplaceAll(s, "{"+what+"}", with)
	}
	return out
}

// meet says when and how we meet. Lines of which nothing is left are dropped.
func (w Words) meet(sentences []string, a domain.Appointment) []string {
	at, how := "", ""
	if a.Minute >= 0 {
		at = strings.ReplaceAll(w.Time, "{time}", calendar.Clock(a.Minute))
	}
	switch a.Channel {
	case "face to face":
		how = w.FaceToFace
	case "phone":
		how = w.Phone
	case "video":
		how = w.Video
	case "online":
		how = w.Online
	}
	var out []string
	for _, s := range fill(fill(fill(sentences, "date", w.day(a.Day)), "time", at), "channel", how) {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// before says what a step waits for.
func (w Words) before(a domain.Anchor) string {
	switch a {
	case domain.BeforeJob:
		return w.BeforeJob
	case domain.BeforeReview:
		return w.BeforeReview
	case domain.BeforeNext:
		return w.BeforeNext
	case domain.BeforeFitNote:
		return w.BeforeFitNote
	}
	return a.String()
}

// owner names somebody who is neither the person nor their coach.
func (w Words) owner(o domain.Owner) string {
	switch o {
	case domain.ByAdviser:
		return w.Adviser
	case domain.ByProvider:
		return w.Provider
	case domain.ByEmployer:
		return w.Employer
	case domain.ByCoach, domain.ByPerson:
	}
	return string(o)
}
