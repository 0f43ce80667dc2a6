package main

import (
	"strings"

	"github.com/spf13/cobra"

	"coachdesk/ui/kit"
)

// helpLines folds what is longer than a line of help: a list that grows with its data.
func helpLines(text string) string { return strings.Join(kit.Wrap(text, 108), "\n") }

// The families of verbs, as help lists them.
const (
	lookFamily    = "look"
	writeFamily   = "write"
	adviserFamily = "adviser"
	carryFamily   = "carry"
	careFamily    = "care"
)

var families = []struct{ key, title string }{
	{lookFamily, "Look"},
	{writeFamily, "Write on a record"},
	{adviserFamily, "Ask the Disability Employment Adviser"},
	{carryFamily, "Bring in and hand over"},
	{careFamily, "Look after the desk"},
}

// verbs are all commands, in the order in which help lists them.
func (c *call) verbs() []*cobra.Command {
	in := func(family string, all ...*cobra.Command) []*cobra.Command {
		for _, v := range all {
			v.GroupID = family
		}
		return all
	}
	var all []*cobra.Command
	all = append(all, in(lookFamily, c.dueVerb(), c.peopleVerb(), c.showVerb(), c.briefVerb(), c.planVerb(), c.logVerb(), c.duplicatesVerb(), c.openedVerb(), c.daysVerb(), c.diaryVerb(), c.sweepVerb(), c.sampleVerb(),
		c.programmesVerb(), c.referralsVerb(), c.servicesVerb(), c.inWorkVerb())...)
	all = append(all, in(writeFamily, c.addVerb(), c.changeVerb(), c.noteVerb(), c.sessionVerb(), c.amendVerb(), c.rateVerb(), c.barrierVerb(), c.adjustmentVerb(),
		c.goalVerb(), c.stepVerb(), c.templateVerb(), c.reviewVerb(), c.agreeVerb(), c.pauseVerb(), c.resumeVerb(), c.redateVerb(), c.promiseVerb(), c.appointVerb(), c.fitNoteVerb(),
		c.signpostVerb(), c.referVerb(), c.replyVerb(), c.recallVerb(), c.applyVerb(), c.provisionVerb(), c.transferVerb(), c.copyVerb(), c.consentVerb(), c.concernVerb(),
		c.jobVerb(), c.markVerb(), c.employerVerb(), c.profileVerb(), c.absenceVerb(), c.returnPlanVerb(), c.restrictVerb(), c.undoVerb())...)
	all = append(all, in(adviserFamily, c.askVerb(), c.acceptVerb(), c.returnVerb(), c.answerVerb(), c.takeVerb(), c.triedVerb(), c.withdrawVerb(),
		c.reaskVerb(), c.widenVerb(), c.sayVerb(), c.turnVerb(), c.toldVerb(), c.meetVerb(), c.agreementVerb(), c.beginVerb(), c.progressVerb(), c.handBackVerb(),
		c.questionsVerb(), c.cardVerb())...)
	all = append(all, in(carryFamily, c.importVerb(), c.exportVerb(), c.exportsVerb(), c.identityVerb(), c.contactsVerb())...)
	all = append(all, in(carryFamily, c.handoverVerb(), c.unsealVerb())...)
	all = append(all, in(careFamily, c.demoVerb(), c.initVerb(), c.registerVerb(), c.staffVerb(), c.settingsVerb(), c.phraseVerb(), c.keyVerb(), c.retentionVerb(), c.eraseVerb(),
		c.checkVerb(), c.rebuildVerb(), c.backupVerb(), c.backupsVerb(), c.restoreVerb(), c.salvageVerb(), c.quarantineVerb(), c.compactVerb(), c.completionVerb(), c.manVerb(), c.versionVerb())...)
	return append(all, c.structure())
}
