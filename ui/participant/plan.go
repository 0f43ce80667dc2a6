package participant

import (
	"fmt"
	"slices"

	"coachdesk/domain"
	"coachdesk/ui/theme"
)

// planView is one way to look at the same plan.
type planView int

const (
	byGoal planView = iota
	byBarrier
	board
	onCalendar
	planViews // how many there are
	versions  // opened by a key of its own
)

func (v planView) String() string {
	return [...]string{"by goal", "by barrier", "board", "calendar", "", "versions"}[v]
}

// planLook is how the plan is looked at just now.
type planLook struct {
	view  planView
	why   bool     // the sum behind the next review is open
	zoom  int      // of the calendar
	shift int      // of the calendar, in days
	head  []string // lines that always stand over the plan
	cells []card   // of the board, in the order of the entries
}

func (s *Participant) reviews() domain.Reviewing { return s.queue.Reviewing() }

func (s *Participant) hints() []domain.Hint { return s.p.Hints(s.today(), s.reviews()) }

// plan is goals and steps, in one of several views.
func (s *Participant) plan() {
	t := s.world.Theme
	if s.p.Plan.Empty() && len(s.p.Barriers) == 0 {
		s.put(entry{kind: plain, lines: []string{"There is no plan yet. Press G to set a goal, or a to add a step."}, ink: t.Muted})
		return
	}
	s.planHead()
	switch s.look.view {
	case byBarrier:
		s.planByBarrier()
	case board:
		s.planBoard()
	case onCalendar:
		s.planOnCalendar()
	case versions:
		s.planVersions()
	case byGoal, planViews:
		s.planByGoal()
	}
}

// planHead is what holds for the whole plan: how it is looked at, whether it is paused,
// which version was agreed, and when it is looked at again.
func (s *Participant) planHead() {
	t := s.world.Theme
	state := "not agreed yet (y)"
	if n := s.p.Plan.Version(); n > 0 {
		state = fmt.Sprintf("version %d agreed", n)
		if list := domain.Changes(s.p.PlanAt(n).Public(), s.p.Plan.Public()); len(list) > 0 {
			state += fmt.Sprintf(", %d changed since (V)", len(list))
		}
	}
	if s.height > 12 {
		s.put(entry{kind: plain, lines: []string{"View: " + s.look.view.String() + " (v)  " + t.Glyphs.Sep + "  " + state}, ink: t.Muted})
	}
	s.copyGiven()
	if x, ok := s.p.Plan.Paused(s.today()); ok {
		why := s.queue.Planning.Reasons.Because(domain.ReasonsPause, x.Code, x.Reason)
		s.say(entry{kind: plain, ink: t.Warn}, t.Glyphs.Doing+" "+domain.PauseWords(x.Until, s.today())+": "+why)
	}
	sum := s.p.Review(s.reviews())
	if !sum.Day.IsZero() && !s.look.why {
		s.put(entry{kind: plain, lines: []string{"Next review: " + s.due(sum.Day) + "  (w why)"}, ink: t.Muted})
	}
	if s.look.why {
		s.put(entry{kind: plain, lines: []string{"Why the next review is then:"}, ink: t.Accent})
		for _, l := range sum.Lines {
			s.say(entry{kind: plain}, "  "+l)
		}
	}
}

func (s *Participant) planByGoal() {
	hints := s.hints()
	for _, g := range s.p.StepsByGoal(s.reviews()) {
		switch {
		case g.Goal != nil:
			s.goalLine(*g.Goal, hints)
		case g.Barrier != nil:
			s.barrierLine(*g.Barrier, hints)
		default:
			s.head("Other steps")
		}
		for _, st := range g.Steps {
			s.stepLine(st, hints)
		}
	}
	bare := slices.DeleteFunc(slices.Clone(s.p.Barriers), func(b domain.Barrier) bool {
		return b.Resolved || domain.HintOf(hints, b.ID) == ""
	})
	if len(bare) > 0 {
		s.head("Barriers that no step answers yet (T shows what often helps)")
		for _, b := range bare {
			s.say(entry{kind: aBarrier, id: b.ID}, "# "+s.private(b.Scope, b.Text))
		}
	}
}

// planByBarrier reads as one chain: what stands in the way, what was tried, what came of
// it.
func (s *Participant) planByBarrier() {
	hints := s.hints()
	for _, g := range s.p.Chains(s.reviews()) {
		if g.Barrier == nil {
			s.head("Steps that answer no barrier")
		} else {
			s.barrierLine(*g.Barrier, hints)
		}
		for _, st := range g.Steps {
			s.stepLine(st, hints)
		}
	}
}

func (s *Participant) goalLine(g domain.Goal, hints []domain.Hint) {
	t := s.world.Theme
	text := "Goal: " + s.private(g.Scope, g.Text)
	if g.Status != domain.GoalActive {
		text += " (" + string(g.Status)
		if why := s.queue.Planning.Reasons.Because(domain.ReasonsArchive, g.Code, g.Reason); why != "" {
			text += ": " + s.private(g.Scope, why)
		}
		text += ")"
		if g.Outcome != "" {
			text += "\nin their words: " + s.private(g.Scope, g.Outcome)
		}
	} else if !g.Target.IsZero() {
		text += ", by " + s.due(g.Target)
	}
	text += s.elsewhere(g.Scope, g.Elsewhere) + s.hintLine(hints, g.ID)
	ink := t.Accent
	if g.Status != domain.GoalActive {
		ink = t.Muted
	}
	if len(s.entries) > 2 {
		s.put(entry{kind: plain, lines: []string{""}})
	}
	s.say(entry{kind: aGoal, id: g.ID, ink: ink}, text)
}

func (s *Participant) barrierLine(b domain.Barrier, hints []domain.Hint) {
	text := "# " + s.private(b.Scope, b.Text)
	ink := s.world.Theme.Accent
	if b.Resolved {
		text += " (no longer stands in the way"
		if b.Result != "" {
			text += ": " + s.private(b.Scope, b.Result)
		}
		text, ink = text+")", s.world.Theme.Muted
	}
	text += s.elsewhere(b.Scope, b.Elsewhere) + s.hintLine(hints, b.ID)
	s.put(entry{kind: plain, lines: []string{""}})
	s.say(entry{kind: aBarrier, id: b.ID, ink: ink}, text)
}

// elsewhere tells what another desk said at the same time.
func (s *Participant) elsewhere(sc domain.Scope, list []domain.Elsewhere) string {
	text := ""
	for _, e := range list {
		text += "\nanother desk said at the same time, " + e.Field + ": " + s.private(sc, e.Said)
	}
	return text
}

func (s *Participant) hintLine(hints []domain.Hint, id domain.ID) string {
	if says := domain.HintOf(hints, id); says != "" {
		return "\n" + s.world.Theme.Glyphs.Calm + " " + says
	}
	return ""
}

// stepSign is the sign and the ink of how far a step is.
func (s *Participant) stepSign(st domain.Step) (string, theme.Ink) {
	t := s.world.Theme
	switch st.Status {
	case domain.StepDone:
		return t.Glyphs.Done, t.Good
	case domain.StepDropped:
		return t.Glyphs.Dropped, t.Muted
	case domain.StepDoing:
		return t.Glyphs.Doing, t.Text
	case domain.StepNotStarted:
	}
	return t.Glyphs.Open, t.Text
}

func (s *Participant) late(st domain.Step) bool {
	if _, paused := s.p.Plan.Paused(s.today()); paused || !st.Open() {
		return false
	}
	d := s.p.DueOn(st, s.reviews())
	return !d.IsZero() && d < s.today()
}

func (s *Participant) stepLine(st domain.Step, hints []domain.Hint) {
	t := s.world.Theme
	sign, ink := s.stepSign(st)
	e := entry{kind: aStep, id: st.ID, ink: ink}
	text := fmt.Sprintf("%s %s %s %s", sign, s.private(st.Scope, st.Text), t.Glyphs.Sep, s.called(st.Owner))
	if st.Open() {
		text += ", " + s.p.DueSays(st, s.reviews(), s.today())
		if s.late(st) {
			e.ink = t.Warn
			text += ", late"
		}
	} else {
		text += ", " + st.Status.String() + " " + st.Since.Short(s.today())
	}
	if st.Result != "" {
		text += " " + t.Glyphs.Arrow + " " + string(st.Result)
	}
	if why := s.queue.Planning.Reasons.Because(domain.ReasonsDrop, st.Code, st.Reason); why != "" {
		text += " (" + s.private(st.Scope, why) + ")"
	}
	if !st.Origin.IsZero() {
		text += " [from the adviser]"
	}
	if c := st.LastChase(); !c.On.IsZero() {
		text += "\nlast chased " + c.On.Short(s.today()) + ", " + c.On.Distance(s.today()) + ": " + string(c.Answer)
		if c.Comment != "" {
			text += ", " + s.private(st.Scope, c.Comment)
		}
	}
	s.say(e, text+s.elsewhere(st.Scope, st.Elsewhere)+s.hintLine(hints, st.ID))
}

// hintsHere is what the plan may lack, on the overview: how many, and where to look.
func (s *Participant) hintsHere() {
	hints := s.hints()
	if len(hints) == 0 {
		return
	}
	s.head("The plan may lack (p)")
	count := map[domain.HintKind]int{}
	for _, h := range hints {
		count[h.Kind]++
	}
	for _, k := range domain.HintKinds {
		if n := count[k]; n > 0 {
			s.put(entry{kind: plain, lines: []string{fmt.Sprintf("%s %d %s", s.world.Theme.Glyphs.Calm, n, k)}, ink: s.world.Theme.Muted})
		}
	}
}
