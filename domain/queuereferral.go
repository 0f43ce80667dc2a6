package domain

// referralRules are the reasons that referrals give.
var referralRules = []func(*judge){(*judge).consentLost, (*judge).referralSilent, (*judge).referralBack, (*judge).referralDrafted}

// consentLost: a referral goes on, and no consent covers what the provider was told.
func (j *judge) consentLost() {
	for _, r := range j.row.Referrals {
		if why := r.WithoutConsent(j.Today); why != "" {
			j.add("consent-withdrawn", 0, true, "%s, the referral to %s goes on", why, j.Catalogue.Short(r.Programme))
		}
	}
}

// referralSilent: a provider has not done what is expected.
func (j *judge) referralSilent() {
	if j.paused {
		return
	}
	for _, r := range j.row.Referrals {
		name := j.Catalogue.Short(r.Programme)
		if r.State == ReferralBooked && r.Meets < j.Today {
			j.add("referral-late", int(j.Today-r.Meets), true, "did they meet at %s, %s?", name, r.Meets.Short(j.Today))
			continue
		}
		e, ok := j.Expects(r, j.row.Pauses, j.cal)
		late := e.Late(j.Today, j.cal)
		if !ok || late == 0 || r.State == ReferralBooked || !r.Chased.IsZero() && j.cal.Between(r.Chased, j.Today) < j.Planning.Referrals.Again {
			continue
		}
		switch e.Clock.Expects {
		case ExpectAcknowledge:
			j.add("referral-silent", late, true, "silent for %s, %s", days(j.cal.Between(e.From, j.Today), "working day"), name)
		case ExpectMeet:
			j.add("referral-late", late, true, "no meeting booked, %s over, %s", days(late, "working day"), name)
		default:
			j.add("referral-late", late, false, "no plan told, %s over, %s", days(late, "working day"), name)
		}
	}
}

// referralBack: a referral came to nothing, and nobody looked at it since.
func (j *judge) referralBack() {
	for _, r := range j.row.Referrals {
		old := int(j.Today-r.Ended) > j.Planning.Referrals.Returns
		switch r.State {
		case ReferralRejected, ReferralNotEligible, ReferralNoContact, ReferralClosed, ReferralEndedEarly:
			if !r.Settled && !old {
				j.add("referral-rejected", int(j.Today-r.Ended), true, "%s, %s: what comes now?", r.State, j.Catalogue.Short(r.Programme))
			}
		default:
		}
	}
}

// referralDrafted: a referral is written and not sent.
func (j *judge) referralDrafted() {
	for _, r := range j.row.Referrals {
		if r.State == ReferralDraft || r.State == ReferralChecked {
			j.add("referral-drafted", int(j.Today-r.Since), false, "the referral to %s is not sent yet", j.Catalogue.Short(r.Programme))
		}
	}
}
