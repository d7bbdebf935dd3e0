package main_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"
)

// marionette is a connection to Firefox by its own protocol, which needs no
// driver beside it: messages of the form length:[0,number,command,parameters].
// See https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html.
type marionette struct {
	conn net.Conn
	in   *bufio.Reader
	sent int // messages
}

type (
	nothing struct{}

	// element is Firefox's name for an element of the open page.
	element string

	// keys of the keyboard as WebDriver names them.
	key string
)

const (
	tabKey   key = "\uE004"
	enterKey key = "\uE007"
)

// dialMarionette starts Firefox and connects to the port that it writes into
// portFile. Firefox ends with the test.
func dialMarionette(t *testing.T, cmd *exec.Cmd, portFile string) *marionette {
	t.Helper()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	exited := make(chan error, 1)
	go func() { exited <- cmd.Wait() }()
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // it may have ended
		<-exited
	})
	ticker := time.NewTicker(20 * time.Millisecond)
	defer ticker.Stop()
	for limit := time.After(30 * time.Second); ; {
		select {
		case err := <-exited:
			exited <- err
			t.Fatalf("Firefox has ended: %v", err)
		case <-limit:
			t.Fatal("Firefox does not answer")
		case <-ticker.C:
		}
		port, err := os.ReadFile(portFile)
		if err != nil {
			continue
		}
		if conn, err := net.Dial("tcp", "127.0.0.1:"+strings.TrimSpace(string(port))); err == nil {
			return newSession(t, conn)
		}
	}
}

func newSession(t *testing.T, conn net.Conn) *marionette {
	t.Helper()
	m := &marionette{conn: conn, in: bufio.NewReader(conn)}
	t.Cleanup(func() { _ = m.conn.Close() })
	if _, err := m.receive(); err != nil { // its greeting
		t.Fatal(err)
	}
	call[nothing](t, m, "WebDriver:NewSession", nothing{})
	// An element is looked for until the page that is being loaded has it.
	call[nothing](t, m, "WebDriver:SetTimeouts", struct {
		Implicit int64 `json:"implicit"`
	}{stepLimit.Milliseconds() / 2})
	return m
}

// call sends a command and returns its answer.
func call[T any](t *testing.T, m *marionette, command string, parameters any) T {
	t.Helper()
	var result T
	m.sent++
	message, err := json.Marshal([]any{0, m.sent, command, parameters})
	if err != nil {
		t.Fatal(err)
	}
	if err := m.conn.SetDeadline(time.Now().Add(stepLimit)); err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Fprintf(m.conn, "%d:%s", len(message), message); err != nil {
		t.Fatalf("%s: %v", command, err)
	}
	answer, err := m.receive()
	if err != nil {
		t.Fatalf("%s: %v", command, err)
	}
	var parts [4]json.RawMessage // 1, the number, the error, the result
	if err := json.Unmarshal(answer, &parts); err != nil {
		t.Fatalf("%s: %v in %.200s", command, err, answer)
	}
	if string(parts[2]) != "null" {
		t.Fatalf("%s: %.500s", command, parts[2])
	}
	if err := json.Unmarshal(parts[3], &result); err != nil {
		t.Fatalf("%s: %v in %.200s", command, err, parts[3])
	}
	return result
}

// receive reads one message.
func (m *marionette) receive() ([]byte, error) {
	head, err := m.in.ReadString(':')
	if err != nil {
		return nil, err
	}
	size, err := strconv.Atoi(strings.TrimSuffix(head, ":"))
	if err != nil {
		return nil, err
	}
	message := make([]byte, size)
	_, err = io.ReadFull(m.in, message)
	return message, err
}

// ask returns the answer to a command whose result is one value.
func ask[T any](t *testing.T, m *marionette, command string, parameters any) T {
	t.Helper()
	return call[struct{ Value T }](t, m, command, parameters).Value
}

func (m *marionette) address(t *testing.T) string {
	t.Helper()
	return ask[string](t, m, "WebDriver:GetCurrentURL", nothing{})
}

func (m *marionette) title(t *testing.T) string {
	t.Helper()
	return ask[string](t, m, "WebDriver:GetTitle", nothing{})
}

// find returns the first element that a CSS selector matches.
func (m *marionette) find(t *testing.T, selector string) element {
	t.Helper()
	return named(ask[map[string]element](t, m, "WebDriver:FindElement", struct {
		Using string `json:"using"`
		Value string `json:"value"`
	}{"css selector", selector}))
}

// focused returns the element that has the focus.
func (m *marionette) focused(t *testing.T) element {
	t.Helper()
	return named(ask[map[string]element](t, m, "WebDriver:GetActiveElement", nothing{}))
}

// named unwraps an element: its one key is a constant of the protocol.
func named(wrapped map[string]element) element {
	for _, e := range wrapped {
		return e
	}
	return ""
}

// about is the parameters of a question about an element.
type about struct {
	ID       element `json:"id"`
	Name     string  `json:"name,omitempty"`
	Property string  `json:"propertyName,omitempty"`
}

// attribute returns an attribute of an element, or "" where it has none.
func (m *marionette) attribute(t *testing.T, e element, name string) string {
	t.Helper()
	if v := ask[*string](t, m, "WebDriver:GetElementAttribute", about{ID: e, Name: name}); v != nil {
		return *v
	}
	return ""
}

// style returns a computed style of an element.
func (m *marionette) style(t *testing.T, e element, property string) string {
	t.Helper()
	return ask[string](t, m, "WebDriver:GetElementCSSValue", about{ID: e, Property: property})
}

func (m *marionette) clickOn(t *testing.T, e element) {
	t.Helper()
	call[nothing](t, m, "WebDriver:ElementClick", about{ID: e})
}

// key presses a key and lets go of it.
func (m *marionette) key(t *testing.T, k key) {
	t.Helper()
	type action struct {
		Type  string `json:"type"`
		Value key    `json:"value"`
	}
	type device struct {
		Type    string   `json:"type"`
		ID      string   `json:"id"`
		Actions []action `json:"actions"`
	}
	call[nothing](t, m, "WebDriver:PerformActions", struct {
		Actions []device `json:"actions"`
	}{[]device{{"key", "keyboard", []action{{"keyDown", k}, {"keyUp", k}}}}})
}

// await waits until something has come true.
func (m *marionette) await(t *testing.T, what string, reached func() bool) {
	t.Helper()
	ticker := time.NewTicker(5 * time.Millisecond)
	defer ticker.Stop()
	for limit := time.After(stepLimit); !reached(); {
		select {
		case <-limit:
			t.Fatalf("waited in vain for %s", what)
		case <-ticker.C:
		}
	}
}
