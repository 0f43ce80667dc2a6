package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"syscall"
)

// errInside is said of a feed that sends the program to a machine of the house: a
// stranger's feed must not have the program knock on doors that it could not reach itself.
var errInside = errors.New("it sends to an address inside this network, which only you may name: type that address yourself if it is right")

// inside reports whether an address is of a machine of the house, or of none.
func inside(a netip.Addr) bool {
	a = a.Unmap()
	return !a.IsGlobalUnicast() || a.IsPrivate() || carrierNAT.Contains(a)
}

// carrierNAT is the shared space of RFC 6598, behind the machine of a carrier.
var carrierNAT = netip.MustParsePrefix("100.64.0.0/10")

// insideByName reports whether a host says by its name that it is of the house.
func insideByName(host string) bool {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	if a, err := netip.ParseAddr(host); err == nil {
		return inside(a)
	}
	if !strings.Contains(host, ".") {
		return true
	}
	for _, end := range []string{".localhost", ".local", ".internal", ".lan", ".home.arpa"} {
		if strings.HasSuffix(host, end) {
			return true
		}
	}
	return false
}

// doors says which hosts may be inside: the one that was typed, and the proxy of the
// environment.
type doors struct {
	typed string
	mu    sync.Mutex
	proxy map[string]bool
}

func newDoors(typed *url.URL) *doors {
	return &doors{typed: strings.ToLower(typed.Hostname()), proxy: map[string]bool{}}
}

// open reports whether a host may be inside.
func (d *doors) open(host string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	host = strings.ToLower(host)
	return host == d.typed || d.proxy[host]
}

// through is the proxy of the environment, which is remembered: it may be inside.
func (d *doors) through(req *http.Request) (*url.URL, error) {
	u, err := http.ProxyFromEnvironment(req)
	if u != nil {
		d.mu.Lock()
		d.proxy[strings.ToLower(u.Hostname())] = true
		d.mu.Unlock()
	}
	return u, err
}

// dial connects, and looks at the address that a name stands for: a name of the web may
// stand for a machine of the house.
func (d *doors) dial(ctx context.Context, network, address string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	var dialer net.Dialer
	if !d.open(host) {
		dialer.Control = func(_, to string, _ syscall.RawConn) error {
			if at, err := netip.ParseAddrPort(to); err != nil || inside(at.Addr()) {
				return errInside
			}
			return nil
		}
	}
	return dialer.DialContext(ctx, network, address)
}
