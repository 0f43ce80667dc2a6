package main

import (
	"slices"

	"github.com/spf13/cobra"

	"coachdesk/domain"
	"coachdesk/domain/calendar"
	"coachdesk/domain/clean"
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

// referralNoted is what the record is to remember of a page that goes to a provider.
func referralNoted(p domain.Participant, x domain.Referral, on calendar.Day, format string) domain.Export {
	return domain.Export{What: domain.ExportReferral, For: domain.ForProvider, Name: x.To().Name, Basis: domain.OnConsent, Consents: consentsOf(p, x.To(), on), Format: format}
}

func (c *call) exportReferralVerb() *cobra.Command {
	var p paper
	cmd := &cobra.Command{
		Use:   "referral REF ITEM",
		Short: "The page of a referral for its provider, to paste or print",
		Long: "export referral makes the page: what was agreed, why in the person's words, the parts of the record that\n" +
			"were agreed, and what changed since it was first sent. Consent must be in force. Contact details that are\n" +
			"withheld are not in it, nor anything private.",
		Example: "  coachdesk export referral 7K3Q-M 4F2A-9 --format html -o .",
		Args:    needs("REF", "ITEM"),
		RunE: func(_ *cobra.Command, args []string) error {
			if !slices.Contains([]string{"text", "md", "html"}, p.format) {
				return misuse("--format: %q is not a format of this paper. Write text, md or html.", clean.Line(p.format, 40))
			}
			c.verb = "referral for a provider"
			s, err := c.person(args[0])
			if err != nil {
				return err
			}
			id, err := s.find(itemReferral, args[1])
			if err != nil {
				return err
			}
			x, err := referralOn(s.p, id)
			if err != nil {
				return err
			}
			q, err := c.queue(s.st)
			if err != nil {
				return err
			}
			page, err := referralPage(s.st, s.p, x, q)
			if err != nil {
				return err
			}
			text, ending := page.Text(), ".txt"
			switch p.format {
			case "md":
				text, ending = page.Markdown(), ".md"
			case "html":
				text, ending = page.HTML(), ".html"
			}
			return c.deliver(s.st, p, leaving{
				name: "referral-" + s.ref + "-" + x.Short() + ending, text: text, where: "The page is at %s. Paste or print it: coachdesk sends nothing.",
				who: s.p.ID, of: referralNoted(s.p, x, q.Today, p.format),
			})
		},
	}
	cmd.Flags().StringVar(&p.format, "format", "text", "text, md or html")
	p.outFlags(cmd)
	return cmd
}
