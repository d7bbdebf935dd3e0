package main_test

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// served is a command "replaygen serve" that runs.
type served struct {
	cmd    *exec.Cmd
	out    *bufio.Reader
	stderr *strings.Builder
	url    string
}

// runServe starts the command and waits for its address.
func runServe(t *testing.T, args ...string) *served {
	t.Helper()
	s := &served{cmd: exec.CommandContext(t.Context(), "replaygen", append([]string{"serve"}, args...)...), stderr: &strings.Builder{}}
	s.cmd.Stderr = s.stderr
	s.cmd.Env = append(os.Environ(), "GORACE=atexit_sleep_ms=0") // else it takes a second longer to end
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s.out = bufio.NewReader(out)
	first := s.line(t)
	if _, err := fmt.Sscanf(first, "The preview is at %s", &s.url); err != nil {
		t.Fatalf("it begins with %q", first)
	}
	return s
}

func (s *served) line(t *testing.T) string {
	t.Helper()
	line, err := s.out.ReadString('\n')
	if err != nil {
		t.Fatalf("%v after %q; %s", err, line, s.stderr)
	}
	return strings.TrimSuffix(line, "\n")
}

// end interrupts the command, as Ctrl-C does.
func (s *served) end(t *testing.T) {
	t.Helper()
	began := time.Now()
	if err := s.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, s.out); err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Wait(); err != nil {
		t.Errorf("%v: %s", err, s.stderr)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it took %v to end", took)
	}
}

// TestServeCommand runs the command as an author does, twice at once.
func TestServeCommand(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "content"), os.DirFS("../../content")); err != nil {
		t.Fatal(err)
	}
	first := runServe(t, "--port", "0", "--source", dir, "--base-path", "/some/repo")
	if line := first.line(t); !strings.HasSuffix(line, " no problems") {
		t.Errorf("then it says %q", line)
	}
	status := func(url string) int { status, _ := fetch(t, url); return status }
	if !strings.HasSuffix(first.url, "/some/repo/") || status(first.url+"disk-full-of-nothing/round-1") != 200 {
		t.Errorf("%s is no site", first.url)
	}
	port := strings.Split(strings.TrimPrefix(first.url, "http://127.0.0.1:"), "/")[0]
	second := runServe(t, "--port", port, "--source", dir)
	if line := second.line(t); line != "Port "+port+" is taken, so this is the next that is free." {
		t.Errorf("of a port that is taken it says %q", line)
	}
	if second.url == first.url || status(second.url) != 200 {
		t.Errorf("%s is no other site than %s", second.url, first.url)
	}
	second.line(t) // no problems
	if err := os.WriteFile(filepath.Join(dir, "content", "new.md"), []byte("# Incident Replay: New\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, s := range []*served{first, second} {
		if line := s.line(t); !strings.HasSuffix(line, " problems") {
			t.Errorf("of a broken replay it says %q", line)
		}
		s.end(t)
		if n := strings.Count(s.stderr.String(), "rounds-missing"); n != 1 || !strings.Contains(s.stderr.String(), "content/new.md:1:") {
			t.Errorf("the problem is printed %d times: %s", n, s.stderr)
		}
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("the source now holds %v, %v", entries, err)
	}
}

// fetch returns what a URL answers.
func fetch(t *testing.T, url string) (status int, text string) {
	t.Helper()
	answer, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

// fetchUntil fetches until the answer has a status and says something.
func fetchUntil(t *testing.T, url string, status int, says string) {
	t.Helper()
	late := time.After(stepLimit)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		got, text := fetch(t, url)
		if got == status && strings.Contains(text, says) {
			return
		}
		select {
		case <-late:
			t.Fatalf("%s answers %d, not %d with %q: %s", url, got, status, says, text)
		case <-tick.C:
		}
	}
}

// TestNewcomer does what the README tells whoever is new here: a site, a preview
// that runs from then on, a replay, an edit, a mistake, its remedy, and a build.
func TestNewcomer(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "incidents")
	replaygen(t, "new", "site", dir)
	preview := runServe(t, "--port", "0", "--source", dir)
	fetchUntil(t, preview.url, 200, "works-by-hand/index.html")
	if line := preview.line(t); !strings.HasSuffix(line, " no problems") {
		t.Errorf("of the new site it says %q", line)
	}

	replaygen(t, "new", "replay", "disk-full", "--source", dir, "--rounds", "2", "--choices", "3")
	fetchUntil(t, preview.url, 200, "disk-full/index.html")
	fetchUntil(t, preview.url+"disk-full/?trail=1-B", 200, `data-replay="disk-full"`)

	file := filepath.Join(dir, "content", "disk-full.md")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	save := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	heading := regexp.MustCompile(`(?m)^## Round 1.*$`)
	save(heading.ReplaceAllString(string(text), "## Round 1: Nothing Can Be Written"))
	fetchUntil(t, preview.url+"disk-full/round-1", 200, "Nothing Can Be Written")
	save(strings.Replace(string(text), "### If you chose A:", "### If you chose A: {csot=8m}", 1))
	fetchUntil(t, preview.url+"disk-full/round-1", 500, "did you mean")
	if line := preview.line(t); !strings.HasSuffix(line, " 1 problem") {
		t.Errorf("of the mistake it says %q", line)
	}
	fetchUntil(t, preview.url+"works-by-hand/round-1", 200, `data-replay="works-by-hand"`)
	save(string(text))
	fetchUntil(t, preview.url+"disk-full/round-1", 200, `data-replay="disk-full"`)
	preview.end(t)

	replaygen(t, "build", "--quiet", "--source", dir)
	if _, err := os.Stat(filepath.Join(dir, "public", "disk-full", "round-1.html")); err != nil {
		t.Error(err)
	}
}
