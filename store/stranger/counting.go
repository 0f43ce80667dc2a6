package stranger

import "slices"

// Counting returns the records of a story that have an effect. It leaves out
// what was undone, and what the role of its writer may not do.
//
// The story is that of one subject, in the order in which things happened, as
// Story returns it.
func Counting(story []Record) []Record {
	undone := undoneBatches(story)
	offices := registry{people: map[string]string{}}
	if len(story) > 0 {
		offices.firstDesk = story[0].Desk
	}
	var counting []Record
	for _, rec := range story {
		switch {
		case undone[rec.Command]:
			continue
		case rec.Kind == "record.undone":
			if !mayUndo(rec, story) {
				continue
			}
		case rec.Kind == "person.registered":
			if !offices.register(rec) {
				continue
			}
		case !entitled(rec), !between(rec, story):
			continue
		}
		counting = append(counting, rec)
	}
	return counting
}

// undoneBatches reads a story from its end. An undo that was itself undone, or
// that its writer was not entitled to, does nothing.
func undoneBatches(story []Record) map[string]bool {
	undone := map[string]bool{}
	for _, rec := range slices.Backward(story) {
		if rec.Kind == "record.undone" && !undone[rec.Command] && mayUndo(rec, story) {
			undone[batchOf(rec)] = true
		}
	}
	return undone
}

// batchOf returns the text of the batch that an undo names.
func batchOf(rec Record) string {
	id, _ := rec.Fields["batch"].([]byte)
	return IDText(id)
}

// mayUndo tells whether an undo counts: from whoever made the batch, from those
// who lead, and from anybody when the batch is not there.
func mayUndo(rec Record, story []Record) bool {
	if rec.Role == "lead" || rec.Role == "administrator" {
		return true
	}
	batch := batchOf(rec)
	first := slices.IndexFunc(story, func(r Record) bool { return r.Command == batch })
	return first < 0 || story[first].By == rec.By // a batch that is not there is nobody's
}

// Groups of roles in the table of the page.
var (
	everybody = []string{"coach", "dea", "adviser", "lead", "administrator"}
	caseRoles = []string{"coach", "dea", "adviser", "lead"}
	planRoles = []string{"coach", "dea", "lead"}
	deaOnly   = []string{"dea"}
	keepers   = []string{"coach", "lead", "administrator"}
	inHouse   = []string{"coach", "dea", "lead", "administrator"}
)

// mayTell says which roles may tell which kind of event.
var mayTell = map[string][]string{
	"participant.joined": everybody, "participant.described": everybody,
	"appointment.booked": everybody, "appointment.rebooked": everybody, "appointment.cancelled": everybody,
	"desk.settled": everybody, "break.set": everybody, "break.removed": everybody, "participant.erased": everybody, "record.lost": everybody,
	"participant.parts-erased": everybody, "record.erased": everybody,

	"note.taken": caseRoles, "session.held": caseRoles,
	"note.amended": caseRoles, "fact.added": caseRoles, "session.amended": caseRoles, "rating.given": caseRoles,
	"phrase.saved": caseRoles, "phrase.removed": caseRoles,
	"barrier.noted": caseRoles, "barrier.resolved": caseRoles,
	"adjustment.added": caseRoles, "adjustment.removed": caseRoles,
	"promise.made": caseRoles, "promise.settled": caseRoles,
	"step.added": caseRoles, "step.changed": caseRoles, "step.chased": caseRoles, "fitnote.recorded": caseRoles,
	"provision.started": caseRoles, "provision.corrected": caseRoles, "provision.ended": caseRoles, "provision.landing": caseRoles,
	"fitnote.corrected": caseRoles, "application.begun": caseRoles, "application.changed": caseRoles, "application.chased": caseRoles, "application.decided": caseRoles,
	"transfer.offered": {"coach", "lead"}, "transfer.accepted": {"coach", "lead"}, "transfer.declined": {"coach", "lead"}, "transfer.recalled": {"coach", "lead"},
	"copy.given": caseRoles, "signpost.given": caseRoles, "signpost.told": caseRoles,
	"signpost.sourced": caseRoles,
	"services.told":    keepers, "services.vanished": keepers,

	"goal.set": planRoles, "goal.closed": planRoles, "plan.reviewed": planRoles, "plan.agreed": planRoles,
	"goal.aimed": planRoles, "plan.paused": planRoles, "plan.resumed": planRoles,
	"escalation.drafted": planRoles, "escalation.asked": planRoles,
	"escalation.tried": planRoles, "escalation.ended": planRoles,
	"consent.given": planRoles, "consent.narrowed": planRoles, "consent.withdrawn": planRoles,

	"escalation.accepted": deaOnly, "escalation.returned": deaOnly, "escalation.answered": deaOnly,

	"escalation.turned": deaOnly, "escalation.begun": deaOnly, "escalation.reviewed": deaOnly, "escalation.handed-back": deaOnly,
	"escalation.asked-again": {"coach", "lead"},
	"escalation.said":        planRoles, "escalation.told": planRoles, "escalation.agreement": planRoles, "escalation.booked": planRoles,
	"card.written": planRoles, "card.retired": planRoles,
	"concern.raised": caseRoles, "concern.acknowledged": caseRoles,

	"referral.drafted": planRoles, "referral.checked": planRoles, "referral.sent": planRoles, "referral.amended": planRoles,
	"referral.withdrawn": planRoles, "referral.settled": planRoles,
	"referral.moved": caseRoles, "referral.named": caseRoles, "referral.chased": caseRoles, "referral.handover": caseRoles,
	"handover.offered": planRoles, "handover.replied": planRoles, "handover.recalled": planRoles,
	"handover.answered": caseRoles, "handover.ended": caseRoles,
	"work.moved": caseRoles, "job.found": caseRoles, "job.changed": caseRoles, "job.ended": caseRoles, "week.marked": caseRoles,
	"employer.contacted": caseRoles, "workplace.promised": caseRoles, "workplace.settled": caseRoles,
	"profile.written": caseRoles, "profile.changed": caseRoles,
	"absence.begun": caseRoles, "absence.checked": caseRoles, "absence.ended": caseRoles, "return.planned": caseRoles, "return.ended": caseRoles,

	"participant.restricted": keepers, "retention.set": keepers, "day.changed": keepers, "programme.changed": keepers, "area.changed": keepers,

	"contact.added": everybody, "contact.checked": everybody, "contact.removed": everybody, "person.met": everybody,
	"export.made": everybody, "list.exported": everybody, "bundle.sent": everybody, "bundle.opened": everybody,

	"duplicate.linked": inHouse, "duplicate.parted": inHouse,
}

// entitled tells whether the role in the envelope may do what the record
// tells. A kind that is not known has no rule, and is left in.
func entitled(rec Record) bool {
	roles, known := mayTell[rec.Kind]
	if !known {
		return true
	}
	if !slices.Contains(roles, rec.Role) {
		return false
	}
	if rec.Role == "administrator" && (rec.Kind == "participant.joined" || rec.Kind == "participant.described") {
		facts, _ := rec.Fields["facts"].(map[string]any)
		for _, fact := range []string{"matters", "group", "interpreter", "strengths", "condition", "at-risk", "therapies", "mental-health-team"} {
			if text, _ := facts[fact].(string); text != "" {
				return false
			}
		}
	}
	if rec.Kind == "participant.joined" || rec.Kind == "participant.described" {
		facts, _ := rec.Fields["facts"].(map[string]any)
		text, said := facts["withhold"].(string)
		if said && (text != "" || rec.Kind == "participant.described") && !slices.Contains(keepers, rec.Role) {
			return false
		}
	}
	return true
}

// registry is who works in the office, as far as a story has been read.
type registry struct {
	firstDesk string            // the desk that wrote the first record about the office
	people    map[string]string // text of an ID to a role
}

// register takes one person.registered, and tells whether it counts.
func (o *registry) register(rec Record) bool {
	id, _ := rec.Fields["person"].([]byte)
	person := IDText(id)
	role, _ := rec.Fields["role"].(string)
	led := false
	for _, r := range o.people {
		led = led || r == "lead" || r == "administrator"
	}
	was, known := o.people[person]
	switch {
	case rec.Desk == o.firstDesk, !led:
	case known && rec.By == person && was == role:
	case rec.Role == "lead" || rec.Role == "administrator":
	default:
		return false
	}
	o.people[person] = role
	return true
}
