package main

import (
	"strings"

	"coachdesk/domain"
	"coachdesk/store/bundle"
	"coachdesk/ui/screen"
)

// Identity implements screen.Desk.
func (d *desk) Identity() (screen.OwnCard, error) {
	card, err := d.st.Card()
	return screen.OwnCard{Contact: contactOf(card), Card: card.String()}, d.felt(err)
}

// cardMost is how large a file may be in which a card is looked for.
const cardMost = 1 << 20

// ReadCard implements screen.Desk. What has no line with dashes is the name of a file.
func (d *desk) ReadCard(typed string) (domain.Contact, error) {
	text := typed
	if !strings.Contains(typed, "-----BEGIN") {
		b, err := readSome(strings.Trim(strings.TrimSpace(typed), `"'`), cardMost)
		if err != nil {
			return domain.Contact{}, err
		}
		text = string(b)
	}
	card, err := bundle.ParseCard(text)
	if err != nil {
		return domain.Contact{}, err
	}
	return contactOf(card), nil
}
