package main

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"
)

// TestFeedStaysOutside holds that a feed sends nobody into the house: not by an address,
// not by a name, and not by a name of the web that stands for such an address. What
// somebody typed may be there.
func TestFeedStaysOutside(t *testing.T) {
	for text, want := range map[string]bool{
		"10.1.2.3": true, "192.168.0.1": true, "172.16.0.1": true, "127.0.0.1": true, "169.254.169.254": true, "100.64.0.1": true, "0.0.0.0": true,
		"::1": true, "fe80::1": true, "fd00::1": true, "::ffff:10.0.0.1": true, "224.0.0.1": true,
		"8.8.8.8": false, "172.32.0.1": false, "100.63.0.1": false, "2606:4700::1": false,
	} {
		if got := inside(netip.MustParseAddr(text)); got != want {
			t.Errorf("%s is inside: %t", text, got)
		}
	}
	for host, want := range map[string]bool{"localhost": true, "intranet": true, "printer.local": true, "a.internal.": true, "[::1]": true, "10.0.0.1": true, "example.org": false, "8.8.8.8": false} {
		if got := insideByName(strings.Trim(host, "[]")); got != want {
			t.Errorf("%s is inside by its name: %t", host, got)
		}
	}

	asked := false
	within := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	defer within.Close()
	port := within.URL[strings.LastIndex(within.URL, ":"):]
	feed := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://localhost"+port+"/services", http.StatusFound)
	}))
	defer feed.Close()
	r, err := newFeedReader(feed.URL+"/services", quick(), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.page(t.Context(), 1); err == nil || !strings.Contains(err.Error(), "inside this network") || asked {
		t.Errorf("it followed into the house: %v", err)
	}

	addr := within.Listener.Addr().String()
	for typed, ok := range map[string]bool{"http://example.org/": false, "http://127.0.0.1/": true} {
		u, err := url.Parse(typed)
		if err != nil {
			t.Fatal(err)
		}
		c, err := newDoors(u).dial(t.Context(), "tcp", addr)
		if (err == nil) != ok || !ok && !errors.Is(err, errInside) {
			t.Errorf("%s typed: %v", typed, err)
		}
		if c != nil {
			c.Close()
		}
	}
}
