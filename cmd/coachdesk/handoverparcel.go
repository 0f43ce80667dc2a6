package main

import (
	"coachdesk/assets"
	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/document"
)

// sayWarning says that nobody compared the keys of a contact yet.
func (c *call) sayWarning(x domain.Contact) {
	if why := x.Warning(); why != "" {
		c.say("%s", why)
	}
}

// parcelFor is what of a record goes to a receiver. What somebody outside gets is chosen
// when the offer is on the record: see [call.pack].
func (c *call) parcelFor(o offer) store.Parcel {
	return store.Parcel{ID: o.s.p.ID, Outside: o.to.outside() || c.st.Who().Role == domain.Provider}
}

// choose leaves in a bundle for somebody outside only what was handed to them.
func choose(d store.Doing, f *sealedFile, office domain.Office) error {
	rules, err := readHandoverRules()
	if err != nil {
		return err
	}
	for i := range f.out.People {
		parcel := &f.out.People[i]
		for _, to := range f.out.To {
			if parcel.Only != nil || to.Role != domain.Provider {
				continue
			}
			p, err := d.Participant(parcel.ID)
			if err != nil {
				return err
			}
			parcel.Only, _ = p.SharedWith(to.Person, func(id domain.ID) bool { return heldHere(office, id) }, rules.Outside)
		}
	}
	return nil
}

// paperFor is the page that somebody outside gets to see: what is previewed is what goes.
func (c *call) paperFor(o offer, q domain.Queue, x domain.OfferHandover) (*domain.HandoverPaper, error) {
	office := c.st.Office()
	sharing, err := document.ReadSharing(assets.Handover())
	if err != nil {
		return nil, err
	}
	note := document.Handover(o.s.p, document.Options{
		Sharing: sharing, For: document.Provider, Today: o.s.today, Calendar: c.st.Calendar(), Waits: q.Rules.Waits(), Reviews: q.Reviewing(), Reasons: q.Planning.Reasons, Queue: q, Ref: o.s.ref,
		To: o.s.providerOf(o.to, x.Items), People: func(id domain.ID) string { return office.Named(id).Name },
		Why: x.Words.Why, Summary: x.Words.Summary, HowToWork: x.Words.HowToWork, Gaps: x.Words.Gaps,
	})
	paper := &domain.HandoverPaper{}
	for _, s := range note.Sections {
		out := domain.HandoverSection{Title: s.Title}
		for _, l := range s.Lines {
			if l.Open() {
				out.Lines = append(out.Lines, l.Text)
			}
		}
		paper.Sections = append(paper.Sections, out)
	}
	for _, h := range note.HiddenWords() {
		c.say("%s", h)
	}
	return paper, nil
}

// providerOf is the name under which the person agreed to a receiver outside: that of the
// referral, or the office of their desk.
func (s *subject) providerOf(to receiver, items []domain.HandoverItem) string {
	for _, it := range items {
		for _, r := range s.p.Referrals {
			if it.What == domain.HandedReferral && r.ID == it.Of {
				return r.Provider
			}
		}
	}
	return to.recipient().Name
}

// tellSeveral tells what a verb did about several people.
func (c *call) tellSeveral(people []*subject, r domain.Receipt) error {
	if !c.json {
		c.sayChanges(r)
		for _, s := range people {
			c.print(s.ref)
		}
		return nil
	}
	items := []receiptItem{}
	for _, s := range people {
		mine := domain.Receipt{Batch: r.Batch, Again: r.Again}
		for _, rec := range r.Records {
			if rec.Subject == domain.About(s.p.ID) {
				mine.Records = append(mine.Records, rec)
			}
		}
		items = append(items, receiptItem{Ref: s.ref, Batch: r.Batch.Ref(0), BatchID: r.Batch, Again: r.Again, Changes: changesOf(mine), Made: []receiptMade{}})
	}
	return printItems(c, "receipt/1", items)
}

// myContact is this desk as its own receiver.
func (c *call) myContact() (domain.Contact, error) {
	card, err := c.st.Card()
	return domain.Contact{Person: card.Person, Name: card.Name, Role: card.Role, Office: card.Office, Desk: card.Desk, Recipient: card.Recipient, Verify: card.Verify}, err
}
