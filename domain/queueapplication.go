package domain

// applications: those that nobody sent, of a job that starts soon, those that nobody
// decided, and awards that end.
func (j *judge) applications() {
	for _, r := range j.row.Applications {
		name := j.Catalogue.Short(r.Programme)
		next, _ := j.Rules.ApplicationNext(r)
		soon := j.Rules["application-job"].Days
		left := int(r.JobStart - j.Today)
		job := !r.JobStart.IsZero() && left >= 0 && left <= soon
		over := int(j.Today - next)
		switch {
		case r.State == ApplicationPreparing && job:
			j.add("application-job", soon-left, true, "job starts %s: apply for %s now and say so", r.JobStart.Distance(j.Today), name)
		case r.State == ApplicationPreparing && over >= 0:
			j.add("application-unsent", over, false, "not applied for yet: %s", name)
		case r.State == ApplicationApplied && over >= 0 && !r.Chased.IsZero():
			j.add("application-again", over, false, "no decision on %s, ask again", name)
		case r.State == ApplicationApplied && over >= 0:
			j.add("application-silent", over, false, "no decision on %s, applied %s", name, r.Since.Distance(j.Today))
		case r.State == ApplicationApplied && job:
			j.add("application-job", soon-left, false, "job starts %s, %s not decided: they know of the job?", r.JobStart.Distance(j.Today), name)
		case r.State.Awarded() && r.Until < j.Today:
			j.add("award-ends", over, true, "%s ended %s: renew it", name, r.Until.Distance(j.Today))
		case r.State.Awarded() && over >= 0:
			j.add("award-ends", over, false, "%s ends %s: renew it", name, r.Until.Distance(j.Today))
		}
	}
}

// transferOffered: somebody offered a case, and it waits for the colleague.
func (j *judge) transferOffered() {
	if j.transferAsked() {
		return
	}
	for _, d := range j.row.Debts {
		if d.Kind != DebtTransfer {
			continue
		}
		if len(d.With) == 1 && d.With[0] == j.Me {
			j.add("transfer-offered", int(j.Today-d.Day), true, "offered to you %s: accept or decline", d.Day.Distance(j.Today))
			continue
		}
		j.add("transfer-waits", int(j.Today-d.Day), false, "offered to a colleague %s, no answer", d.Day.Distance(j.Today))
	}
}
