package stranger

import (
	"encoding/hex"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// kinds is the table of FORMAT.md, field by field: a name, a question mark
// when it may be absent, and a type. A list of words stands in brackets.
var kinds = map[string]string{
	"participant.joined":       "facts:facts",
	"participant.described":    "facts:facts",
	"adjustment.added":         "id:ID text:text scope?:scope",
	"adjustment.removed":       "id:ID",
	"barrier.noted":            "id:ID text:text session?:ID scope?:scope",
	"barrier.resolved":         "id:ID result?:text scope?:scope",
	"appointment.booked":       "id:ID day:int minute:int length?:int channel?:channel purpose?:text for?:talk with?:[ID scope?:scope",
	"appointment.rebooked":     "id:ID day:int minute:int length?:int channel?:channel",
	"appointment.cancelled":    "id:ID reason?:text scope?:scope",
	"session.held":             "id:ID appointment?:ID outcome:outcome day:int length?:int channel?:channel reason?:text moved_by?:owner for?:talk present?:[text interpreter?:text escalation?:ID",
	"note.taken":               "id:ID session?:ID scope?:scope lines:lines",
	"note.amended":             "id:ID version:ID after?:[ID scope?:scope lines?:lines reason?:text",
	"fact.added":               "fact:lined text:text",
	"session.amended":          "id:ID version:ID after?:[ID outcome:outcome length?:int channel?:channel moved_by?:owner for?:talk present?:[text interpreter?:text reason:text",
	"rating.given":             "id:ID day:int session?:ID answers:answers",
	"phrase.saved":             "abbr:text text:text",
	"phrase.removed":           "abbr:text",
	"promise.made":             "id:ID text:text owner:owner due?:int session?:ID scope?:scope",
	"promise.settled":          "id:ID status:promise saw?:int",
	"goal.set":                 "id:ID text:text target?:int",
	"goal.closed":              "id:ID status:goal reason?:text code?:text outcome?:text saw?:int",
	"goal.aimed":               "id:ID target:int saw:int",
	"step.added":               "id:ID goal?:ID barrier?:ID origin?:ID session?:ID text:text owner:owner due?:int before?:anchor scope?:scope",
	"step.changed":             "id:ID status?:step owner?:owner due?:int before?:anchor goal?:some barrier?:some result?:result code?:text reason?:text saw?:int scope?:scope",
	"step.chased":              "id:ID how?:how answer:answer comment?:text scope?:scope",
	"plan.reviewed":            "next:int text?:text",
	"plan.paused":              "id:ID code?:text reason?:text from:int until?:int",
	"plan.resumed":             "id:ID day:int",
	"plan.agreed":              "id:ID version:int day:int how:how by:consenter present?:[text knew?:knew",
	"fitnote.recorded":         "id:ID option:fit boxes?:[boxes from:int to:int comments?:text",
	"provision.started":        "id:ID programme:text provider?:text contact?:text area?:text in_work?:yesno started:int referral?:ID past?:bool",
	"provision.corrected":      "id:ID provider?:text contact?:text area?:text in_work?:yesno started?:int ended?:int saw:int",
	"provision.ended":          "id:ID day:int code?:text reason?:text saw:int",
	"provision.landing":        "id:ID landing:ID text?:text programme?:text saw:int",
	"fitnote.corrected":        "id:ID option:fit boxes?:[boxes from:int to:int comments?:text saw:int",
	"application.begun":        "id:ID programme:text elements?:[text evidence?:[text text?:text reference?:text applied?:int job_start?:int renews?:ID",
	"application.changed":      "id:ID elements?:[text evidence?:[text text?:text reference?:text applied?:int job_start?:int saw:int",
	"application.chased":       "id:ID how?:how answer:answer comment?:text",
	"application.decided":      "id:ID result:decision day:int until?:int reason?:text saw:int",
	"transfer.offered":         "id:ID to:ID note?:text",
	"transfer.accepted":        "id:ID name:text",
	"transfer.declined":        "id:ID reason:text",
	"transfer.recalled":        "id:ID",
	"copy.given":               "id:ID version?:int agreed?:ID shape:shape language:language how:copy",
	"handover.offered":         "id:ID for:handover to:ID name:text role:role until?:int why?:text summary?:text how?:text gaps?:text items?:handed transfer?:ID facts?:facts paper?:paper",
	"handover.answered":        "id:ID items:[ID answer:said words?:text",
	"handover.replied":         "id:ID item:ID words:text",
	"handover.recalled":        "id:ID",
	"handover.ended":           "id:ID",
	"signpost.given":           "id:ID text:text barrier?:ID",
	"signpost.told":            "id:ID result:signpost words?:text saw:int",
	"referral.drafted":         "id:ID programme:text provider?:text contact?:text reference?:text text?:text items?:[part",
	"referral.checked":         "id:ID accepted?:[text",
	"referral.sent":            "id:ID programme:text provider?:text contact?:text reference?:text text?:text items?:[part accepted?:[text",
	"referral.amended":         "id:ID programme:text provider?:text contact?:text reference?:text text?:text items?:[part reason:text saw:int",
	"referral.moved":           "id:ID to:referral day:int minute?:int code?:text words?:text",
	"referral.withdrawn":       "id:ID code?:text words?:text",
	"referral.named":           "id:ID contact?:text reference?:text",
	"referral.chased":          "id:ID words?:text",
	"referral.handover":        "id:ID appointment:ID",
	"referral.settled":         "id:ID words?:text",
	"escalation.drafted":       "id:ID question:text session?:ID scope?:scope",
	"escalation.asked":         "id:ID question:text tried?:text urgent?:bool informed?:bool for?:help barriers?:[ID",
	"escalation.accepted":      "id:ID",
	"escalation.returned":      "id:ID need:text",
	"escalation.answered":      "id:ID text:text card?:ID",
	"escalation.asked-again":   "id:ID was:has to?:text text?:text",
	"escalation.said":          "id:ID text:text",
	"escalation.turned":        "id:ID for?:help reason:text",
	"escalation.told":          "id:ID for?:help how:how on:int who:teller",
	"escalation.agreement":     "id:ID agreement:ID yes?:bool by:consenter how:how on:int reason?:text after?:[ID",
	"escalation.booked":        "id:ID appointment:ID",
	"escalation.begun":         "id:ID",
	"escalation.reviewed":      "id:ID text:text",
	"escalation.handed-back":   "id:ID text:text",
	"concern.raised":           "id:ID text:text to?:ID told?:text scope?:scope",
	"concern.acknowledged":     "id:ID answer?:text scope?:scope",
	"card.written":             "id:ID lines:[text barriers?:[text sector?:text source?:text return?:text anyway?:bool",
	"card.retired":             "id:ID reason?:text",
	"escalation.tried":         "id:ID result:tried comment?:text",
	"escalation.ended":         "id:ID closed?:bool reason?:text scope?:scope",
	"consent.given":            "id:ID purpose:text to:recipient name:text items:[part from:int until?:int how:how by:consenter after?:[ID",
	"consent.narrowed":         "id:ID items?:[part until?:int",
	"consent.withdrawn":        "id:ID how:how stay?:[ID",
	"signpost.sourced":         "id:ID service:ID feed:text",
	"services.told":            "feed:text services:services next?:int",
	"services.vanished":        "feed:text ids:[text",
	"participant.restricted":   "on:bool reason?:text",
	"retention.set":            "class:class until?:int reason:text",
	"duplicate.linked":         "with:ID main?:bool",
	"duplicate.parted":         "with:ID",
	"work.moved":               "id:ID stage:work-stage day:int programme?:text code?:text words?:text",
	"job.found":                "id:ID title:text employer?:text as?:job-kind minutes?:int start?:int",
	"job.changed":              "id:ID title?:text employer?:text as?:job-kind minutes?:int start?:int stage?:job-stage saw:int",
	"job.ended":                "id:ID day:int code?:text words?:text saw:int",
	"week.marked":              "id:ID week:int minutes:int fine?:bool words?:text saw?:int",
	"employer.contacted":       "id:ID job?:ID employer:text day:int how:how for:contact text:text",
	"workplace.promised":       "id:ID job?:ID text:text owner:work-owner due?:int",
	"workplace.settled":        "id:ID status:promise words?:text saw:int",
	"profile.written":          "id:ID part:profile text:text",
	"profile.changed":          "id:ID text?:text saw:int",
	"absence.begun":            "id:ID from:int code?:text words?:text fit_note?:ID",
	"absence.checked":          "id:ID day:int found:text saw:int",
	"absence.ended":            "id:ID back:int saw:int",
	"return.planned":           "id:ID from:int weeks:[int words?:text",
	"return.ended":             "id:ID day:int result:return",
	"record.undone":            "batch:ID what?:text",
	"record.lost":              "",
	"record.erased":            "class:part-class",
	"person.registered":        "person:ID name:text role:role",
	"participant.erased":       "participant:ID reason:erasure",
	"participant.parts-erased": "participant:ID class:part-class before:int",
	"programme.changed":        "programme:text file:text",
	"area.changed":             "area:text file:text",
	"day.changed":              "day:int nation?:nation holiday?:bool name:text",
	"desk.settled":             "settings:settings",
	"break.set":                "id:ID from:int to:int weekdays?:[weekday day?:int why?:text",
	"break.removed":            "id:ID",
	"contact.added":            "person:ID name:text role:role office?:text desk:text recipient:text verify:bytes",
	"contact.checked":          "person:ID fingerprint:text",
	"contact.removed":          "person:ID",
	"person.met":               "person:ID name:text role:role office?:text",
	"export.made":              "id:ID what:export for?:reader name?:text consents?:[ID basis?:basis format:text sha256:text hidden?:int to_file?:bool",
	"list.exported":            "id:ID what:export people:[ID filter?:text format:text sha256:text",
	"bundle.sent":              "id:ID kind:bundle to?:[ID people:[ID sha256:text records:int",
	"bundle.opened":            "id:ID from:ID people:[ID sha256:text new:int",
}

// words are the lists of words of the page.
var words = map[string][]string{
	"owner":      {"person", "coach", "dea", "provider", "employer"},
	"talk":       {"first talk", "review", "support conversation", "in-work check", "after absence", "three-way meeting", "direct support"},
	"help":       {"three-way meeting", "direct support"},
	"has":        {"asked", "accepted", "agreed"},
	"teller":     {"coach", "dea"},
	"channel":    {"face to face", "phone", "video", "online"},
	"nation":     {"england-and-wales", "scotland", "northern-ireland"},
	"recipient":  {"colleague", "dea", "provider", "employer", "representative", "other"},
	"part":       {"contact", "health", "adjustments", "plan", "work", "sessions"},
	"how":        {"face to face", "phone", "in writing", "online"},
	"outcome":    {"happened", "came but did not happen", "did not come", "rescheduled"},
	"promise":    {"kept", "not kept", "no longer needed", ""},
	"goal":       {"achieved", "archived", ""},
	"step":       {"doing", "done", "dropped", ""},
	"anchor":     {"job-start", "review", "next", "fitnote-end", ""},
	"result":     {"worked", "partly", "no", "not tried", ""},
	"answer":     {"asked", "says done", "no answer"},
	"fit":        {"not fit for work", "may be fit for work"},
	"decision":   {"awarded", "awarded in part", "refused", "withdrawn by the person"},
	"yesno":      {"yes", "no", ""},
	"boxes":      {"phased return", "altered hours", "amended duties", "workplace adaptations"},
	"shape":      {"plain English", "large print", "Easy Read"},
	"language":   {"en", "cy"},
	"copy":       {"on paper", "by e-mail", "in the journal", "by post", "read aloud"},
	"signpost":   {"went, and it helped", "went, and it did not help", "did not go", "no longer wanted"},
	"tried":      {"worked", "partly", "no", "not tried"},
	"consenter":  {"person", "representative"},
	"class":      {"caseload", "dispute"},
	"part-class": {"third-party", "fit-note"},
	"role":       {"coach", "dea", "adviser", "lead", "administrator"},
	"work-stage": {"engaged", "job search", "support ended"},
	"job-kind":   {"self-employed", "apprentice", ""},
	"job-stage":  {"training on the job", "stable"},
	"contact":    {"about the person", "introduction", "enquiry, nobody named"},
	"work-owner": {"employer", "access to work"},
	"profile":    {"preferences", "lessons from earlier jobs", "adjustments needed", "hours wanted", "travel wanted"},
	"return":     {"stable", "planned anew", "stopped"},
	"erasure":    {"kept long enough", "asked to", "recorded by mistake", "transferred"},
	"facts": {
		"name", "formal-name", "pronouns", "phone", "email", "channel", "contact", "not-contact", "language",
		"interpreter", "representative", "matters", "nino", "birth", "address", "postcode", "council", "nation",
		"employment", "hours", "group", "gp", "reference", "coach", "slot", "strengths", "job-start", "support-end", "withhold",
		"benefit", "condition", "at-risk", "job-offer", "contracted", "whp-before", "therapies", "mental-health-team",
	},
	"referral": {"acknowledged", "first meeting booked", "met", "started", "in progress", "job start", "completed", "ended early", "rejected", "not eligible", "declined by the person", "no contact", "programme closed"},
	"settings": {"office", "nation", "person", "preview", "lock", "hours"},
	"mode":     {"in person", "phone", "online", "at home"},
	"way":      {"self referral", "drop-in", "appointment", "professional referral", "members"},
	"weekday":  {"mon", "tue", "wed", "thu", "fri", "sat", "sun"},
	"lined":    {"matters", "strengths"},
	"export":   {"handover", "plan", "journal", "calendar", "referral", "subject access", "people", "everything"},
	"reader":   {"colleague", "dea", "provider", "employer", "person", "representative", "other"},
	"basis":    {"consent", "public-task", "legal-obligation", "vital-interests", "own", "rights", "service"},
	"bundle":   {"handover", "answers", "copy", "caseload"},
	"handover": {"cover", "transfer", "question", "referral", "copy"},
	"said":     {"taken", "question", "not mine"},
	"thing":    {"case", "promise", "step", "escalation", "referral", "appointment"},
}

// odd tells what in a record the table of kinds does not explain.
func odd(rec Record) []string {
	table, known := kinds[rec.Kind]
	if !known {
		return []string{"the kind is not in the table"}
	}
	var out []string
	explained := map[string]bool{}
	for _, field := range strings.Fields(table) {
		name, kind, _ := strings.Cut(field, ":")
		name, maybe := strings.CutSuffix(name, "?")
		explained[name] = true
		v, there := rec.Fields[name]
		if !there {
			if !maybe {
				out = append(out, name+" is absent")
			}
			continue
		}
		if !fits(kind, v) {
			out = append(out, fmt.Sprintf("%s is no %s: %v", name, kind, v))
		}
		// A field of these kinds that is present changes, even to empty.
		anew := rec.Kind == "step.changed" || rec.Kind == "provision.corrected" || rec.Kind == "job.changed" || rec.Kind == "application.changed"
		if maybe && !anew && (v == "" || v == uint64(0) || v == false) {
			out = append(out, name+" is present and empty")
		}
	}
	for name := range rec.Fields {
		if !explained[name] {
			out = append(out, name+" is not in the table")
		}
	}
	return out
}

// fits tells whether a value has a type of the table.
func fits(kind string, v any) bool {
	if list, ok := strings.CutPrefix(kind, "["); ok {
		items, ok := v.([]any)
		return ok && !slices.ContainsFunc(items, func(item any) bool { return !fits(list, item) })
	}
	text, isText := v.(string)
	number, isNumber := integer(v)
	switch kind {
	case "text":
		return isText
	case "int":
		return isNumber
	case "scope":
		return isNumber && number >= 0 && number <= 2
	case "bool":
		_, ok := v.(bool)
		return ok
	case "ID":
		id, ok := v.([]byte)
		return ok && len(id) == idLen && !isZero(id)
	case "bytes":
		_, ok := v.([]byte)
		return ok
	case "some": // an ID, or zeros for none
		id, ok := v.([]byte)
		return ok && len(id) == idLen
	case "lines":
		lines, ok := v.([]any)
		for _, line := range lines {
			m, isMap := line.(map[string]any)
			ok = ok && isMap && len(m) == 2 && fits("int", m["at"]) && fits("text", m["text"])
		}
		return ok
	case "knew":
		list, ok := v.([]any)
		for _, one := range list {
			m, isMap := one.(map[string]any)
			ok = ok && isMap && len(m) == 2 && fits("text", m["desk"]) && fits("int", m["upto"])
		}
		return ok
	case "answers":
		answers, ok := v.([]any)
		for _, a := range answers {
			m, isMap := a.(map[string]any)
			ok = ok && isMap && len(m) == 2 && fits("text", m["question"]) && fits("int", m["value"])
		}
		return ok
	case "services":
		return fitServices(v)
	case "handed":
		return mapped(v, "id:ID what:thing of?:ID")
	case "paper":
		m, isMap := v.(map[string]any)
		return isMap && len(m) == 1 && mapped(m["sections"], "title:text lines?:[text")
	case "facts", "settings":
		m, ok := v.(map[string]any)
		for name, value := range m {
			ok = ok && slices.Contains(words[kind], name) && fits("text", value)
		}
		return ok
	}
	return isText && slices.Contains(words[kind], text)
}

// mapping tells whether a value is a map with nothing in it but what a table names, and
// all that the table asks for.
func mapping(v any, table string) bool {
	m, ok := v.(map[string]any)
	there := 0
	for _, field := range strings.Fields(table) {
		name, kind, _ := strings.Cut(field, ":")
		name, maybe := strings.CutSuffix(name, "?")
		value, is := m[name]
		if is {
			there++
		}
		ok = ok && (is || maybe) && (!is || fits(kind, value))
	}
	return ok && there == len(m)
}

// mapped goes through a list of maps.
func mapped(v any, table string) bool {
	list, ok := v.([]any)
	return ok && !slices.ContainsFunc(list, func(one any) bool { return !mapping(one, table) })
}

// fitServices tells whether a list of services is as the page says.
func fitServices(v any) bool {
	list, ok := v.([]any)
	for _, one := range list {
		m, isMap := one.(map[string]any)
		if !isMap {
			return false
		}
		flat := map[string]any{}
		for name, value := range m {
			switch name {
			case "contact":
				c, isMap := value.(map[string]any)
				ok = ok && isMap && (c["phones"] == nil || mapped(c["phones"], "number:text label?:text"))
				ok = ok && (c["emails"] == nil || fits("[text", c["emails"])) && (c["web"] == nil || fits("text", c["web"]))
			case "places":
				ok = ok && mapped(value, "name?:text postcode?:text")
			case "entry":
				ok = ok && mapping(value, "modes?:[mode ways?:[way cost?:text min_age?:int max_age?:int hours?:text")
			default:
				flat[name] = value
			}
		}
		ok = ok && mapping(flat, "id:text name:text org?:text text?:text tags?:[text areas?:[text assured?:int changed?:int link?:text")
	}
	return ok
}

// examples are the bodies that are kept as text: kinds that came after a store was
// released are in no released store.
func examples(t *testing.T) []Record {
	t.Helper()
	text, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	var all []Record
	for line := range strings.Lines(string(text)) {
		kind, body, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok || !strings.Contains(kind, ".") { // envelopes and rows stand there too
			continue
		}
		b, err := hex.DecodeString(body)
		if err != nil {
			t.Fatal(err)
		}
		rec := Record{Kind: kind}
		if rec.Fields, err = decodeText(b); err != nil {
			t.Fatal(err)
		}
		all = append(all, rec)
	}
	return all
}

// TestKinds checks every body in the released stores, and one example of every kind of
// today, against the table of the page.
func TestKinds(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range stores {
		records, err := Read(s.path, s.recovery())
		if err != nil {
			t.Fatal(err)
		}
		for _, rec := range records {
			seen[rec.Kind] = true
			for _, what := range odd(rec) {
				t.Errorf("%s, arrival %d, %s: %s", s.path, rec.Arrival, rec.Kind, what)
			}
		}
	}
	for _, rec := range examples(t) {
		seen[rec.Kind] = true
		for _, what := range odd(rec) {
			t.Errorf("the example of %s: %s", rec.Kind, what)
		}
	}
	for kind := range kinds {
		if !seen[kind] {
			t.Errorf("no record of %s", kind)
		}
		if kind == "record.undone" || kind == "person.registered" {
			continue
		}
		if mayTell[kind] == nil {
			t.Errorf("the table of roles has no %s", kind)
		}
	}
}
