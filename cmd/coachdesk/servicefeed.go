package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"coachdesk/domain/clean"
	"coachdesk/store/oruk"
)

// feedReader asks a feed for its pages. It is the only part of the program that touches
// a network, and only when somebody names the address of a feed.
type feedReader struct {
	client *http.Client
	base   *url.URL // of the list of services
	pause  func(context.Context, time.Duration) error
	now    func() time.Time
	limits feedLimits
	counts oruk.Counts
	doors  *doors
}

// feedLimits keep a feed that lies from holding anybody up.
type feedLimits struct {
	perPage   int
	pages     int           // more are never asked for
	services  int           // more are never taken
	tries     int           // of one page
	wait      time.Duration // before the second try; it doubles
	waitMost  time.Duration // that a feed may ask for
	answer    time.Duration // for one page, from the question to its end
	redirects int
	details   int           // records that are asked for one by one
	between   time.Duration // two of them
}

var usualLimits = feedLimits{
	perPage: 100, pages: 2000, services: 50_000, tries: 4, wait: 500 * time.Millisecond, waitMost: time.Minute,
	answer: time.Minute, redirects: 5, details: 2000, between: 100 * time.Millisecond,
}

// feedError is why a page could not be had.
type feedError struct {
	status int
	why    string
	again  bool          // it may be had later
	after  time.Duration // when the feed said so
}

func (e *feedError) Error() string { return e.why }

// newFeedReader takes the address of a feed: of its list of services, or of what stands
// above it.
func newFeedReader(address string, limits feedLimits, now func() time.Time) (*feedReader, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	switch {
	case err != nil || u.Host == "":
		return nil, misuse("%q is not the address of a feed.", clean.Line(address, 100))
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, misuse("The address of a feed begins with https:// or http://.")
	case u.User != nil:
		return nil, misuse("An address with a name or a password in it is not taken.")
	}
	u.Fragment = ""
	t := http.DefaultTransport.(*http.Transport).Clone() // it respects a proxy of the environment
	t.ResponseHeaderTimeout = limits.answer
	r := &feedReader{base: u, limits: limits, now: now, counts: oruk.Counts{}, pause: sleep, doors: newDoors(u)}
	t.Proxy, t.DialContext = r.doors.through, r.doors.dial
	r.client = &http.Client{Transport: t, CheckRedirect: r.follow}
	return r, nil
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return errInterrupted
	}
}

// follow allows some redirections, never from https to http, never elsewhere than to the
// web, and never into the house, unless to the host that was typed.
func (r *feedReader) follow(to *http.Request, via []*http.Request) error {
	switch last := via[len(via)-1].URL; {
	case len(via) > r.limits.redirects:
		return errors.New("it sends from one address to the next without end")
	case to.URL.Scheme != "http" && to.URL.Scheme != "https":
		return errors.New("it sends to an address that is not on the web")
	case last.Scheme == "https" && to.URL.Scheme == "http":
		return errors.New("it sends from a safe address to one that is not safe")
	case !r.doors.open(to.URL.Hostname()) && insideByName(to.URL.Hostname()):
		return errInside
	}
	return nil
}

// name is how the feed is called when nobody says otherwise: its address without what
// stands before and behind it.
func (r *feedReader) name() string {
	path := strings.TrimSuffix(strings.TrimSuffix(r.base.Path, "/"), "/services")
	return strings.ToLower(r.base.Host) + strings.TrimSuffix(path, "/")
}

func (r *feedReader) at(path string, page int) string {
	u := *r.base
	u.Path = path
	u.RawPath = ""
	if page > 0 {
		q := u.Query()
		q.Set("page", strconv.Itoa(page))
		q.Set("per_page", strconv.Itoa(r.limits.perPage))
		u.RawQuery = q.Encode()
	}
	return u.String()
}

// find finds out where the list of services is: at the address, or below it.
func (r *feedReader) find(ctx context.Context) error {
	path := strings.TrimSuffix(r.base.Path, "/")
	if strings.HasSuffix(path, "/services") {
		r.base.Path = path
		return nil
	}
	var first error
	for _, try := range []string{path + "/services", r.base.Path} {
		old := r.counts
		r.counts = oruk.Counts{}
		_, err := r.try(ctx, r.at(try, 1))
		r.counts = old
		if err == nil {
			r.base.Path = try
			return nil
		}
		var fe *feedError
		if errors.Is(err, errInterrupted) || errors.As(err, &fe) && (fe.status == 0 || fe.again) {
			r.base.Path = path + "/services" // it may be there later
			return nil
		}
		if first == nil {
			first = err
		}
	}
	return first
}

// page asks for one page, again when it may be had later.
func (r *feedReader) page(ctx context.Context, n int) (oruk.Page, error) {
	return r.patient(ctx, r.at(r.base.Path, n))
}

// detail asks for one whole record.
func (r *feedReader) detail(ctx context.Context, id string) (oruk.Page, error) {
	return r.patient(ctx, r.link(id))
}

// link is where one record is.
func (r *feedReader) link(id string) string {
	u := *r.base
	u.RawQuery = ""
	return u.JoinPath(url.PathEscape(id)).String()
}

func (r *feedReader) patient(ctx context.Context, address string) (oruk.Page, error) {
	wait := r.limits.wait
	for n := 1; ; n++ {
		p, err := r.try(ctx, address)
		var fe *feedError
		if err == nil || !errors.As(err, &fe) || !fe.again {
			return p, err
		}
		if fe.after > r.limits.waitMost {
			return p, fmt.Errorf("the feed asks to wait for %s", fe.after.Round(time.Second))
		}
		if n >= r.limits.tries {
			return p, err
		}
		if err := r.pause(ctx, max(wait, fe.after)); err != nil {
			return p, err
		}
		wait *= 2
	}
}

// try asks once.
func (r *feedReader) try(ctx context.Context, address string) (oruk.Page, error) {
	one, stop := context.WithTimeout(ctx, r.limits.answer)
	defer stop()
	req, err := http.NewRequestWithContext(one, http.MethodGet, address, nil)
	if err != nil {
		return oruk.Page{}, &feedError{why: "the address cannot be asked"}
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "coachdesk")
	res, err := r.client.Do(req)
	if err != nil {
		if ctx.Err() != nil {
			return oruk.Page{}, errInterrupted
		}
		return oruk.Page{}, &feedError{why: "the feed does not answer: " + reason(err), again: !strings.Contains(err.Error(), "it sends ")}
	}
	defer func() { _ = res.Body.Close() }() // it was read
	if no := r.refused(res); no != nil {
		return oruk.Page{}, no
	}
	p, err := oruk.Read(res.Body, r.counts)
	switch {
	case ctx.Err() != nil:
		return p, errInterrupted
	case err == nil:
		return p, nil
	}
	kind, _, _ := mime.ParseMediaType(res.Header.Get("Content-Type"))
	if kind == "text/html" || strings.Contains(kind, "xml") {
		return p, &feedError{status: res.StatusCode, why: "the feed answers with " + kind + ", not with data"}
	}
	broken := errors.Is(err, io.ErrUnexpectedEOF) || one.Err() != nil
	return p, &feedError{status: res.StatusCode, why: "the answer cannot be read: " + reason(err), again: broken}
}

// reason leaves the address out of an error: it is known, and may hold a key.
func reason(err error) string {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	return clean.Line(err.Error(), 160)
}

// refused reads what the feed says instead of a page.
func (r *feedReader) refused(res *http.Response) *feedError {
	if res.StatusCode == http.StatusOK {
		return nil
	}
	e := &feedError{status: res.StatusCode, why: "the feed says " + clean.Line(res.Status, 60)}
	e.again = res.StatusCode == http.StatusTooManyRequests || res.StatusCode >= 500 || res.StatusCode == http.StatusRequestTimeout
	after := res.Header.Get("Retry-After")
	if n, err := strconv.Atoi(strings.TrimSpace(after)); err == nil && n > 0 {
		e.after = time.Duration(min(n, 1<<20)) * time.Second
	} else if at, err := http.ParseTime(after); err == nil {
		e.after = max(0, at.Sub(r.now()))
	}
	return e
}
