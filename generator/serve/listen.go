package serve

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/net/netutil"
)

// What a client may take of the machine.
const (
	headerTimeout  = 5 * time.Second
	pageTimeout    = 30 * time.Second
	idleTimeout    = 2 * time.Minute
	headerLimit    = 16 << 10 // bytes
	maxConnections = 1024
	// farewell is how long requests may go on once the server shall end.
	farewell = 500 * time.Millisecond
)

// triedPorts is how many ports are tried before giving up.
const triedPorts = 100

// windowsInUse is what Windows says of a port that is taken, where
// [syscall.EADDRINUSE] is a number of Go's own. No other system has it.
const windowsInUse = syscall.Errno(10048) // WSAEADDRINUSE

// Listen listens on an address of this machine, at port or, if that is taken, at
// the next that is free. Port 0 is any.
func Listen(bind string, port int) (net.Listener, error) {
	for tried := range triedPorts {
		listener, err := net.Listen("tcp", net.JoinHostPort(bind, strconv.Itoa(port+tried)))
		if err == nil {
			return netutil.LimitListener(listener, maxConnections), nil
		}
		taken := errors.Is(err, syscall.EADDRINUSE) || errors.Is(err, windowsInUse)
		if !taken || port+tried >= 65535 {
			return nil, err
		}
	}
	return nil, fmt.Errorf("the ports %d to %d of %s are all taken", port, port+triedPorts-1, bind)
}

// Run watches the source and answers requests until the context ends, and then
// returns within a second, whatever is still open. Requests that name a host
// which is neither this machine nor one of hosts are refused: a page from
// elsewhere must not read the preview by having its name lead here.
func (s *Server) Run(ctx context.Context, listener net.Listener, hosts []string) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	server := &http.Server{
		Handler:           CheckHost(limitTime(s), hosts),
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       pageTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    headerLimit,
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	served, watched := make(chan error, 1), make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	go func() { watched <- s.Watch(ctx) }()
	select {
	case err := <-served:
		stop()
		return errors.Join(err, <-watched)
	case err := <-watched:
		watched <- err // for below
	case <-ctx.Done(): // watching may be in the middle of a text that takes long
	}
	stop()
	ending, done := context.WithTimeout(context.Background(), farewell)
	defer done()
	if server.Shutdown(ending) != nil {
		_ = server.Close() // it ends anyway
	}
	<-served
	select {
	case err := <-watched:
		return err
	case <-time.After(farewell / 2):
		return nil // it reads, or waits for a file; nothing is lost with it
	}
}

// limitTime lets no page take longer than [pageTimeout]; streams set their own.
func limitTime(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(pageTimeout)) // not every writer has one
		next.ServeHTTP(w, r)
	})
}

// CheckHost refuses requests for hosts other than this machine and those named:
// with DNS rebinding, a foreign page has its own name lead to this server and so
// counts as being of one origin with it. Addresses are no names, so they pass.
func CheckHost(next http.Handler, hosts []string) http.Handler {
	own, _ := os.Hostname() // without it, one name less passes
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := strings.ToLower(strings.TrimSuffix(hostname(r.Host), "."))
		named := func(h string) bool { return strings.EqualFold(h, host) }
		_, err := netip.ParseAddr(host)
		if err == nil || host == "localhost" || strings.HasSuffix(host, ".localhost") ||
			own != "" && named(own) || slices.ContainsFunc(hosts, named) {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Cache-Control", "no-store")
		http.Error(w, fmt.Sprintf("This preview does not answer to the name %q. If it should, start it with --allow-host %s.", host, host), http.StatusForbidden)
	})
}

// hostname cuts the port off a Host header.
func hostname(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		return name
	}
	return strings.Trim(host, "[]")
}
