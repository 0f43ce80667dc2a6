package main

import (
	"context"
	"errors"
	"fmt"
	"reflect"

	"coachdesk/domain"
	"coachdesk/domain/clean"
	"coachdesk/store/oruk"
)

// one takes a page and writes what is new of it.
func (im *feedImport) one(ctx context.Context, n int, p *oruk.Page) error {
	news := im.take(p)
	if p.Bare && im.asked.details {
		if err := im.detail(ctx, news); err != nil {
			im.write(n)
			return err
		}
	}
	return im.writeNews(news, n+1)
}

// take sorts what a page tells into what is new and what has changed.
func (im *feedImport) take(p *oruk.Page) []domain.Service {
	var news []domain.Service
	im.report.Skipped = append(im.report.Skipped, p.Skipped...)
	if p.Cut != "" {
		im.whole = false
		im.note("%s", p.Cut)
	}
	for _, id := range p.IDs {
		if _, known := im.seen[id]; !known {
			im.seen[id] = domain.Service{}
		}
	}
	for _, s := range p.Services {
		if im.from != nil {
			s.Link = clean.Line(im.from.link(s.ID), 500)
		}
		l, known := im.known.Listing(domain.ServiceKey(im.feed, s.ID))
		if known && p.Bare {
			s = domain.KeepDetails(l.Service, s)
		}
		before := im.seen[s.ID]
		if before.ID != "" {
			if reflect.DeepEqual(before, s) {
				continue
			}
			im.counts[oruk.FaultDuplicate]++
		} else {
			im.report.Read++
		}
		im.seen[s.ID] = s
		if known || before.ID != "" || im.from == nil {
			im.hold(s)
			continue
		}
		news = append(news, s)
	}
	return news
}

// hold keeps a change until the feed was read: of two that it tells of one service the
// later counts, and a second import must find nothing new.
func (im *feedImport) hold(s domain.Service) {
	if i, held := im.heldAt[s.ID]; held {
		im.held[i] = s
		return
	}
	im.heldAt[s.ID] = len(im.held)
	im.held = append(im.held, s)
}

// detail asks for the whole record of each that is new or changed.
func (im *feedImport) detail(ctx context.Context, news []domain.Service) error {
	ask := func(s *domain.Service) error {
		if im.failed >= 5 || im.report.Details >= im.limits.details {
			return nil
		}
		if err := im.from.pause(ctx, im.limits.between); err != nil {
			return err
		}
		p, err := im.from.detail(ctx, s.ID)
		switch {
		case errors.Is(err, errInterrupted):
			return err
		case err != nil || len(p.Services) != 1 || p.Services[0].ID != s.ID:
			im.failed++
			return nil
		}
		im.failed = 0
		im.report.Details++
		link := s.Link
		*s = p.Services[0].FilledFrom(*s)
		s.Link = link
		im.seen[s.ID] = *s
		return nil
	}
	for i := range news {
		if err := ask(&news[i]); err != nil {
			return err
		}
	}
	for i := range im.held {
		l, known := im.known.Listing(domain.ServiceKey(im.feed, im.held[i].ID))
		if known && (!reflect.DeepEqual(l.Service, im.held[i]) || !l.Whole()) {
			if err := ask(&im.held[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (im *feedImport) note(format string, args ...any) {
	im.report.Notes = append(im.report.Notes, fmt.Sprintf(format, args...))
}

// writeNews writes what is new of a page, with the page to go on with.
func (im *feedImport) writeNews(news []domain.Service, next int) error {
	im.report.New += len(news)
	if len(news) == 0 || im.asked.dry {
		return nil
	}
	return im.do(domain.TellServices{Office: im.st.OfficeID(), Feed: im.feed, Services: news, Next: next})
}

func (im *feedImport) do(cs ...domain.Command) error {
	_, err := im.st.Do(domain.Batch{ID: im.st.NewID(), Commands: cs})
	return err
}

// write remembers the page to go on with.
func (im *feedImport) write(next int) { im.stopped = next }
