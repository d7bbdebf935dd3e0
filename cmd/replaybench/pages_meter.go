package main

import (
	"fmt"
	"net"
	"strings"
	"sync"
)

// A kind is what bytes on the wire are.
type kind int

const (
	kindHTML kind = iota
	kindCSS
	kindScript
	kindFont
	kindOther // pictures, and what scripts ask for
	kindHeader
	kinds
)

func kindOf(mediaType string) kind {
	for k, prefix := range []string{kindHTML: "text/html", kindCSS: "text/css", kindScript: "text/javascript", kindFont: "font/"} {
		if strings.HasPrefix(mediaType, prefix) {
			return kind(k)
		}
	}
	return kindOther
}

// traffic is what went over the network for a page, or several.
type traffic struct {
	requests int
	bytes    [kinds]int // of responses
}

// A meter counts what a host sends. Nothing of what a page does escapes it, as it
// does the tools of browsers, which see little of workers.
type meter struct {
	mu    sync.Mutex
	sent  int // bytes on all connections
	count traffic
	fault error
}

// answer counts a request and the body of its response.
func (m *meter) answer(k kind, body int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.count.requests++
	m.count.bytes[k] += body
}

// miss counts a request for what is not there.
func (m *meter) miss(path string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fault = fmt.Errorf("the page asks for %s, which is not there", path)
}

// take returns what was counted since it was last called, and what went wrong.
func (m *meter) take() (traffic, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	taken, fault := m.count, m.fault
	taken.bytes[kindHeader] = m.sent - taken.total()
	m.sent, m.count, m.fault = 0, traffic{}, nil
	return taken, fault
}

// total returns the bytes of all kinds.
func (t traffic) total() (bytes int) {
	for _, n := range t.bytes {
		bytes += n
	}
	return bytes
}

func (t traffic) plus(u traffic) traffic {
	t.requests += u.requests
	for k := range kinds {
		t.bytes[k] += u.bytes[k]
	}
	return t
}

// metered is a listener whose connections count what is written to them.
type metered struct {
	net.Listener
	meter *meter
}

func (l metered) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return meteredConn{conn, l.meter}, nil
}

type meteredConn struct {
	net.Conn
	meter *meter
}

func (c meteredConn) Write(b []byte) (int, error) {
	c.meter.mu.Lock()
	c.meter.sent += len(b)
	c.meter.mu.Unlock()
	return c.Conn.Write(b)
}
