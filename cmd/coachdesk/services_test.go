package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"coachdesk/domain"
	"coachdesk/store"
	"coachdesk/store/oruk"
	"coachdesk/store/storetest"
)

// aService is one record of a feed, as publishers write it.
func aService(id int, more string) string {
	return fmt.Sprintf(`{"id":"s-%d","name":"Service %d","description":"<p>Help&nbsp;number %d</p>","organisation":{"id":"o","name":"Org"},"email":"a@example.org"%s}`, id, id, id, more)
}

func servicesFrom(from, to int) string {
	var all []string
	for i := from; i < to; i++ {
		all = append(all, aService(i, ""))
	}
	return strings.Join(all, ",")
}

// feedOf serves pages; a test says what else there is to say about each.
type feedOf struct {
	pages map[int]string        // the content of the list
	head  func(page int) string // what a page says of itself
	odd   func(http.ResponseWriter, *http.Request, int) bool
	asked atomic.Int32
}

func (f *feedOf) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.asked.Add(1)
	n := 1
	fmt.Sscan(r.URL.Query().Get("page"), &n)
	if f.odd != nil && f.odd(w, r, n) {
		return
	}
	w.Header().Set("Content-Type", "application/json")
	head := `"total_items":31,"size":31`
	if f.head != nil {
		head = f.head(n)
	}
	fmt.Fprintf(w, `{%s,"contents":[%s]}`, head, f.pages[n])
}

// quick are limits that let a test end soon.
func quick() feedLimits {
	l := usualLimits
	l.wait, l.between, l.answer = time.Microsecond, time.Microsecond, 5*time.Second
	return l
}

// bring imports a feed into a store and returns what it reported.
func bring(ctx context.Context, t *testing.T, st *store.Store, url string, limits feedLimits, a servicesAsked) (servicesReport, *feedImport, error) {
	t.Helper()
	im, err := newImport(ctx, t, st, url, limits, a)
	if err != nil {
		return servicesReport{}, nil, err
	}
	err = im.run("")
	return im.report, im, err
}

func newImport(ctx context.Context, t testing.TB, st *store.Store, url string, limits feedLimits, a servicesAsked) (*feedImport, error) {
	t.Helper()
	c := &call{ctx: ctx, world: world{err: &strings.Builder{}, out: &strings.Builder{}, now: time.Now}}
	im := &feedImport{c: c, st: st, asked: a, limits: limits, counts: oruk.Counts{}, seen: map[string]domain.Service{}, heldAt: map[string]int{}, whole: true, feed: "test"}
	r, err := newFeedReader(url, limits, time.Now)
	if err != nil {
		return nil, err
	}
	im.from, im.counts = r, r.counts
	im.known, err = st.Directory()
	return im, err
}

func serve(t *testing.T, f http.Handler) string {
	t.Helper()
	s := httptest.NewServer(f)
	t.Cleanup(s.Close)
	return s.URL + "/services"
}

// TestLyingFeeds imports what is there from feeds that say what is not so, and ends.
func TestLyingFeeds(t *testing.T) {
	long := strings.Repeat("<img src='data:image/png;base64,"+strings.Repeat("A", 70_000)+"'>", 2) + "<p>Words after the pictures.</p>"
	longJSON, _ := json.Marshal(long)
	for _, tt := range []struct {
		name  string
		feed  *feedOf
		limit func(*feedLimits)
		read  int
		page  int // to go on with
		fails string
		note  string
	}{
		{name: "the head says 31 and there are 128", feed: &feedOf{pages: map[int]string{1: servicesFrom(0, 100), 2: servicesFrom(100, 128)}}, read: 128},
		{name: "the head says nothing, and nothing says which page is the last", feed: &feedOf{pages: map[int]string{1: servicesFrom(0, 3), 2: servicesFrom(3, 5)}, head: func(int) string { return `"x":1` }}, read: 5},
		{name: "the head says that the first page is the last", feed: &feedOf{pages: map[int]string{1: servicesFrom(0, 3), 2: servicesFrom(3, 5)}, head: func(int) string { return `"last_page":true,"total_pages":1` }}, read: 5},
		{name: "a page comes twice", feed: &feedOf{pages: map[int]string{1: servicesFrom(0, 3), 2: servicesFrom(0, 3), 3: servicesFrom(3, 6)}}, read: 6, note: "repeated"},
		{name: "the same page for ever", feed: &feedOf{odd: func(w http.ResponseWriter, _ *http.Request, _ int) bool {
			fmt.Fprintf(w, `{"content":[%s]}`, servicesFrom(0, 4))
			return true
		}}, read: 4, note: "repeats itself"},
		{name: "pages without end", feed: &feedOf{odd: func(w http.ResponseWriter, _ *http.Request, n int) bool {
			fmt.Fprintf(w, `{"content":[%s]}`, servicesFrom(n*10, n*10+10))
			return true
		}}, limit: func(l *feedLimits) { l.pages = 7 }, read: 70, note: "no end"},
		{name: "services without end", feed: &feedOf{odd: func(w http.ResponseWriter, _ *http.Request, n int) bool {
			fmt.Fprintf(w, `{"content":[%s]}`, servicesFrom(n*10, n*10+10))
			return true
		}}, limit: func(l *feedLimits) { l.services = 45 }, read: 50, note: "no end"},
		{name: "no page behind the last: 404", feed: &feedOf{pages: map[int]string{1: servicesFrom(0, 3)}, odd: func(w http.ResponseWriter, _ *http.Request, n int) bool {
			if n > 1 {
				http.Error(w, "no", http.StatusNotFound)
			}
			return n > 1
		}}, read: 3},
		{name: "500 on page 3, for ever", feed: &feedOf{pages: map[int]string{1: servicesFrom(0, 3), 2: servicesFrom(3, 6), 4: servicesFrom(9, 12)}, odd: func(w http.ResponseWriter, _ *http.Request, n int) bool {
			if n == 3 {
				http.Error(w, "no", http.StatusInternalServerError)
			}
			return n == 3
		}}, read: 9, note: "Page 3 was left out"},
		{name: "500 from page 3 on", feed: &feedOf{pages: map[int]string{1: servicesFrom(0, 3), 2: servicesFrom(3, 6)}, odd: func(w http.ResponseWriter, _ *http.Request, n int) bool {
			if n >= 3 {
				http.Error(w, "no", http.StatusInternalServerError)
			}
			return n >= 3
		}}, read: 6, page: 3, fails: "stopped at page 4"},
		{name: "a web page instead of data", feed: &feedOf{odd: func(w http.ResponseWriter, _ *http.Request, _ int) bool {
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, "<html><body>Please log in</body></html>")
			return true
		}}, fails: "text/html"},
		{name: "data that says it is a web page", feed: &feedOf{odd: func(w http.ResponseWriter, _ *http.Request, n int) bool {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprintf(w, `{"contents":[%s]}`, servicesFrom(0, 2*(2-min(n, 2))))
			return true
		}}, read: 2},
		{name: "a description of 145 kB", feed: &feedOf{pages: map[int]string{1: `{"id":"s-1","name":"Long","description":` + string(longJSON) + `}`}}, read: 1},
		{name: "nothing at all", feed: &feedOf{}, read: 0},
		{name: "an endless circle", feed: &feedOf{odd: func(w http.ResponseWriter, r *http.Request, _ int) bool {
			http.Redirect(w, r, r.URL.String(), http.StatusFound)
			return true
		}}, fails: "without end"},
		{name: "elsewhere than the web", feed: &feedOf{odd: func(w http.ResponseWriter, _ *http.Request, _ int) bool {
			w.Header().Set("Location", "ftp://example.org/x")
			w.WriteHeader(http.StatusFound)
			return true
		}}, fails: "not on the web"},
		{name: "too long to wait", feed: &feedOf{pages: map[int]string{1: servicesFrom(0, 3)}, odd: func(w http.ResponseWriter, _ *http.Request, n int) bool {
			if n == 2 {
				w.Header().Set("Retry-After", "7200")
				w.WriteHeader(http.StatusTooManyRequests)
			}
			return n == 2
		}}, read: 3, page: 2, fails: "asks to wait for 2h"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			st := storetest.New(t)
			limits := quick()
			if tt.limit != nil {
				tt.limit(&limits)
			}
			got, im, err := bring(t.Context(), t, st, serve(t, tt.feed), limits, servicesAsked{})
			if tt.fails == "" && err != nil || tt.fails != "" && (err == nil || !strings.Contains(err.Error(), tt.fails)) {
				t.Fatalf("error %v, want %q", err, tt.fails)
			}
			d, err := st.Directory()
			if err != nil || got.Read != tt.read || len(d.Listings) != tt.read {
				t.Errorf("read %d, kept %d, want %d (%v)", got.Read, len(d.Listings), tt.read, err)
			}
			if d.Next("test") != tt.page {
				t.Errorf("the next import begins on page %d, want %d", d.Next("test"), tt.page)
			}
			if notes := strings.Join(got.Notes, " "); !strings.Contains(notes, tt.note) {
				t.Errorf("the notes are %q", notes)
			}
			for _, l := range d.Listings {
				if strings.Contains(l.Text, "<") || len(l.Text) > 6000 || l.Name == "Long" && l.Text != "Words after the pictures." {
					t.Errorf("%s: %.80q", l.Name, l.Text)
				}
			}
			_ = im
		})
	}
}

// TestFeedIsAskedAgain waits as long as a feed asks for, and then asks again.
func TestFeedIsAskedAgain(t *testing.T) {
	st := storetest.New(t)
	var said sync.Map
	f := &feedOf{pages: map[int]string{1: servicesFrom(0, 2), 2: servicesFrom(2, 4), 3: servicesFrom(4, 6)}}
	f.odd = func(w http.ResponseWriter, _ *http.Request, n int) bool {
		if _, before := said.LoadOrStore(n, true); before || n == 1 {
			return false
		}
		if n == 2 {
			w.Header().Set("Retry-After", "3")
			w.WriteHeader(http.StatusTooManyRequests)
		} else {
			w.WriteHeader(http.StatusBadGateway)
		}
		return true
	}
	im, err := newImport(t.Context(), t, st, serve(t, f), quick(), servicesAsked{})
	if err != nil {
		t.Fatal(err)
	}
	var waited []time.Duration
	im.from.pause = func(_ context.Context, d time.Duration) error {
		waited = append(waited, d)
		return nil
	}
	if err := im.run(""); err != nil || im.report.Read != 6 {
		t.Errorf("read %d: %v", im.report.Read, err)
	}
	if len(waited) != 3 || waited[0] != 3*time.Second {
		t.Errorf("waited %v", waited)
	}
}

// TestSecondImport: the same feed writes nothing the second time, also where it tells
// two things of one service; what changed and what vanished is told.
func TestSecondImport(t *testing.T) {
	st := storetest.New(t)
	f := &feedOf{pages: map[int]string{1: servicesFrom(0, 10), 2: servicesFrom(10, 15) + `,{"id":"s-3","name":"Another name"}`}}
	url := serve(t, f)
	first, im, err := bring(t.Context(), t, st, url, quick(), servicesAsked{})
	if err != nil || first.New != 15 || im.counts[oruk.FaultDuplicate] != 1 {
		t.Fatalf("%+v, %v", first, err)
	}
	before, err := st.Changed()
	if err != nil {
		t.Fatal(err)
	}
	second, _, err := bring(t.Context(), t, st, url, quick(), servicesAsked{})
	after, _ := st.Changed()
	if err != nil || second.New+second.Changed+second.Vanished != 0 || second.Same != 15 || after != before {
		t.Errorf("the second time: %+v, %d records more, %v", second, after-before, err)
	}
	f.pages = map[int]string{1: servicesFrom(0, 9), 2: `{"id":"s-3","name":"Another name"},{"id":"s-20","name":"New here"}`}
	dry, _, err := bring(t.Context(), t, st, url, quick(), servicesAsked{dry: true})
	if n, _ := st.Changed(); err != nil || n != after || dry.New != 1 || dry.Vanished != 6 {
		t.Errorf("a dry run: %+v, %v", dry, err)
	}
	third, _, err := bring(t.Context(), t, st, url, quick(), servicesAsked{})
	if err != nil || third.New != 1 || third.Changed != 0 || third.Vanished != 6 {
		t.Errorf("the third time: %+v, %v", third, err)
	}
	d, _ := st.Directory()
	if !d.Gone(domain.ServiceKey("test", "s-12")) || d.Gone(domain.ServiceKey("test", "s-3")) {
		t.Error("what vanished is not marked, or more than that is")
	}
}

// TestInterruptedImport is stopped in the middle; what was read stays, and the next one
// goes on and ends with all there is.
func TestInterruptedImport(t *testing.T) {
	for stop := 1; stop <= 4; stop++ {
		st := storetest.New(t)
		ctx, cancel := context.WithCancel(t.Context())
		f := &feedOf{pages: map[int]string{}}
		for n := 1; n <= 5; n++ {
			f.pages[n] = servicesFrom(n*10, n*10+10)
		}
		f.odd = func(_ http.ResponseWriter, r *http.Request, n int) bool {
			if n == stop && ctx.Err() == nil {
				cancel()
				<-r.Context().Done()
				return true
			}
			return false
		}
		url := serve(t, f)
		first, _, err := bring(ctx, t, st, url, quick(), servicesAsked{})
		if exitCode(err) != exitInterrupted {
			t.Fatalf("stopped on page %d: %v", stop, err)
		}
		d, _ := st.Directory()
		if len(d.Listings) != (stop-1)*10 || first.Read != (stop-1)*10 || stop > 1 && d.Next("test") != stop {
			t.Errorf("stopped on page %d: %d services, next %d", stop, len(d.Listings), d.Next("test"))
		}
		second, _, err := bring(t.Context(), t, st, url, quick(), servicesAsked{})
		d, _ = st.Directory()
		if err != nil || len(d.Listings) != 50 || d.Next("test") != 0 || second.Vanished != 0 {
			t.Errorf("gone on from page %d: %d services, next %d, %+v, %v", stop, len(d.Listings), d.Next("test"), second, err)
		}
		third, _, err := bring(t.Context(), t, st, url, quick(), servicesAsked{})
		if err != nil || third.Same != 50 || third.New+third.Changed+third.Vanished != 0 {
			t.Errorf("a third time: %+v, %v", third, err)
		}
	}
}

// TestDetailsAreAskedFor: a list without contacts is filled from the whole records, once.
func TestDetailsAreAskedFor(t *testing.T) {
	st := storetest.New(t)
	var details atomic.Int32
	f := &feedOf{pages: map[int]string{1: servicesFrom(0, 8)}}
	f.odd = func(w http.ResponseWriter, r *http.Request, _ int) bool {
		id, one := strings.CutPrefix(r.URL.Path, "/services/")
		if !one {
			return false
		}
		details.Add(1)
		if id == "s-5" {
			http.Error(w, "no", http.StatusNotFound)
			return true
		}
		n := 0
		fmt.Sscanf(id, "s-%d", &n)
		fmt.Fprint(w, aService(n, `,"contacts":[{"name":"A Person","phones":[{"number":"Front desk: 020 7946 0001"}]}],"service_at_locations":[{"location":{"name":"Hall","physical_addresses":[{"address_1":"1 High Street","city":"Stratford","postal_code":"e151aa"}]}}]`))
		return true
	}
	url := serve(t, f)
	got, _, err := bring(t.Context(), t, st, url, quick(), servicesAsked{details: true})
	if err != nil || got.Details != 7 {
		t.Fatalf("%+v, %v", got, err)
	}
	d, _ := st.Directory()
	l, _ := d.Listing(domain.ServiceKey("test", "s-1"))
	if len(l.Contact.Phones) != 1 || l.Contact.Phones[0] != (domain.ServicePhone{Number: "020 7946 0001", Label: "Front desk"}) || len(l.Places) != 1 || l.Places[0].Postcode != "E15 1AA" {
		t.Errorf("%+v", l)
	}
	details.Store(0)
	before, _ := st.Changed()
	for _, a := range []servicesAsked{{}, {details: true}} {
		again, _, err := bring(t.Context(), t, st, url, quick(), a)
		if after, _ := st.Changed(); err != nil || again.Changed != 0 || after != before {
			t.Errorf("again: %+v, %v", again, err)
		}
	}
	if n := details.Load(); n != 1 { // the one that was not to be had
		t.Errorf("%d records were asked for again", n)
	}
}

// TestUnsafeAddresses are refused before anything is asked.
func TestUnsafeAddresses(t *testing.T) {
	for _, bad := range []string{"ftp://example.org/x", "file:///etc/passwd", "https://me:secret@example.org/", "https://", "http://"} {
		if _, err := newFeedReader(bad, quick(), time.Now); exitCode(err) != exitUsage {
			t.Errorf("%s: %v", bad, err)
		}
	}
	r, err := newFeedReader("https://Example.org/a/services?key=secret", quick(), time.Now)
	if err != nil || r.name() != "example.org/a" || strings.Contains(r.link("x y/z"), "secret") || r.link("x y/z") != "https://Example.org/a/services/x%20y%2Fz" {
		t.Errorf("%v %q %q", err, r.name(), r.link("x y/z"))
	}
	safe := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://example.org/", http.StatusFound)
	}))
	defer safe.Close()
	r, err = newFeedReader(safe.URL+"/services", quick(), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	follow := r.client.CheckRedirect
	r.client = safe.Client()
	r.client.CheckRedirect = follow
	if _, err := r.page(t.Context(), 1); err == nil || !strings.Contains(err.Error(), "not safe") {
		t.Errorf("%v", err)
	}
}

// TestSharedFeeds reads every list of services of the official examples.
func TestSharedFeeds(t *testing.T) {
	root := sharedFolder()
	if root == "" {
		t.Skip("there are no shared examples here")
	}
	files, err := filepath.Glob(filepath.Join(root, "data", "oruk", "*", "service_*.json"))
	more, err2 := filepath.Glob(filepath.Join(root, "data", "oruk", "spec-v3", "examples", "service_*.json"))
	if files = append(files, more...); err != nil || err2 != nil || len(files) == 0 {
		t.Skip("there are no shared examples of services here")
	}
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		p, err := oruk.Read(f, oruk.Counts{})
		f.Close()
		if err != nil || len(p.Services) == 0 || p.Services[0].Name == "" {
			t.Errorf("%s: %d services, %v", name, len(p.Services), err)
		}
	}
}

// BenchmarkImportServices5000 reads 5,000 services from a feed, a hundred a page, into a
// store that waits for the disk.
func BenchmarkImportServices5000(b *testing.B) {
	f := &feedOf{pages: map[int]string{}}
	more := fmt.Sprintf(`,"description":"<p>%s</p>","contacts":[{"phones":[{"number":"020 7946 0001"}]}]`, strings.Repeat("Help for everybody&nbsp;who lives nearby. ", 20))
	for n := 1; n <= 50; n++ {
		var all []string
		for i := n * 100; i < n*100+100; i++ {
			all = append(all, aService(i, more))
		}
		f.pages[n] = strings.Join(all, ",")
	}
	s := httptest.NewServer(f)
	defer s.Close()
	o := storetest.Options()
	o.NoSync = false
	for b.Loop() {
		st, _, err := store.Create(filepath.Join(b.TempDir(), "desk.coach"), storetest.Founding(), o)
		if err != nil {
			b.Fatal(err)
		}
		im, err := newImport(b.Context(), b, st, s.URL+"/services", quick(), servicesAsked{})
		if err != nil {
			b.Fatal(err)
		}
		if err := im.run(""); err != nil || im.report.New != 5000 {
			b.Fatalf("%+v, %v", im.report, err)
		}
		_ = st.Close()
	}
}
