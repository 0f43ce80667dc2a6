package main

import (
	"slices"

	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/document"
)

// referralOn returns a referral of a record.
func referralOn(p domain.Participant, id domain.ID) (domain.Referral, error) {
	i := slices.IndexFunc(p.Referrals, func(x domain.Referral) bool { return x.ID == id })
	if i < 0 {
		return domain.Referral{}, domain.Refused("referral", "That referral is not on the record.")
	}
	return p.Referrals[i], nil
}

// referralPage makes the page of a referral, if all that it tells may leave the office.
func referralPage(st *store.Store, p domain.Participant, x domain.Referral, q domain.Queue) (document.Paper, error) {
	if why := document.WhyNotReferral(p, x, q.Today); why != "" {
		return document.Paper{}, domain.Refused("consent", "%s", why)
	}
	o := document.ReferralOptions{Today: q.Today, Programme: q.Catalogue.Name(x.Programme), Coach: st.Who().Name, Office: st.Desk().Settings[domain.SettingOffice]}
	return document.ReferralPage(p, x, o), nil
}
