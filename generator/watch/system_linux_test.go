package watch_test

import (
	"bufio"
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/replaygen/replaygen/generator/watch"
)

// The limits of the system are met by a program of its own, which this test
// program becomes when it is called with a root in this variable.
const (
	followRoot  = "REPLAYGEN_TEST_FOLLOW"
	followLimit = "REPLAYGEN_TEST_LIMIT" // such as max_inotify_watches=3
)

func TestMain(m *testing.M) {
	if root := os.Getenv(followRoot); root != "" {
		follow(root)
		return
	}
	os.Exit(m.Run())
}

// follow reads what is reported below root and prints, line by line, notices and
// what it knows after each batch.
func follow(root string) {
	if name, value, ok := strings.Cut(os.Getenv(followLimit), "="); ok {
		if err := os.WriteFile("/proc/sys/user/"+name, []byte(value), 0); err != nil {
			fmt.Println("skip", err)
			return
		}
	}
	batches, err := watch.Start(context.Background(), watch.Options{Roots: []string{root}})
	if err != nil {
		fmt.Println("failed", err)
		return
	}
	known := readAll(root)
	fmt.Println("knows", known.digest())
	for b := range batches {
		if b.Notice != "" {
			fmt.Println("notice", b.Notice)
		}
		for _, p := range b.Paths {
			known.read(p)
		}
		fmt.Println("knows", known.digest())
	}
}

func (r reader) digest() string { return fmt.Sprintf("%x", sha256.Sum256([]byte(fmt.Sprint(r)))) }

// A follower is the program that follows a root.
type follower struct {
	root    string
	process *os.Process
	lines   *bufio.Scanner
	notices []string
}

// startFollower starts a follower of a new root with a few directories in it. A
// limit of the system is set for it alone, in a user namespace of its own.
func startFollower(t *testing.T, limit string) *follower {
	t.Helper()
	root := filepath.Join(t.TempDir(), "content")
	for i := range 5 {
		writeOld(t, filepath.Join(root, fmt.Sprint(i), "x.md"))
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*deadline)
	cmd := exec.CommandContext(ctx, os.Args[0])
	cmd.Env = append(os.Environ(), followRoot+"="+root, followLimit+"="+limit)
	cmd.Stderr = os.Stderr
	if limit != "" {
		cmd.SysProcAttr = &syscall.SysProcAttr{
			Cloneflags:  syscall.CLONE_NEWUSER,
			UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}},
			GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}},
		}
	}
	out, err := cmd.StdoutPipe()
	must(t, err)
	if err := cmd.Start(); err != nil {
		cancel()
		t.Skip("cannot start a program with limits of its own: ", err)
	}
	t.Cleanup(func() {
		cancel()
		_ = cmd.Wait() // it was killed
	})
	return &follower{root: root, process: cmd.Process, lines: bufio.NewScanner(out)}
}

// catchUp waits until the follower knows what is on disk.
func (f *follower) catchUp(t *testing.T) {
	t.Helper()
	want := readAll(f.root).digest()
	for f.lines.Scan() {
		word, text, _ := strings.Cut(f.lines.Text(), " ")
		switch word {
		case "skip":
			t.Skip(text)
		case "notice":
			f.notices = append(f.notices, text)
		case "knows":
			if text == want {
				return
			}
		default:
			t.Fatal(f.lines.Text())
		}
	}
	t.Fatal("the follower ended and never knew what is on disk; notices: ", f.notices)
}

// TestLostEvents stops the follower while more happens than the system remembers
// for it.
func TestLostEvents(t *testing.T) {
	limit, err := os.ReadFile("/proc/sys/fs/inotify/max_queued_events")
	must(t, err)
	events, err := strconv.Atoi(strings.TrimSpace(string(limit)))
	must(t, err)
	if events > 50_000 {
		t.Skipf("the system remembers %d events", events)
	}
	f := startFollower(t, "")
	f.catchUp(t)
	must(t, f.process.Signal(syscall.SIGSTOP))
	for i := range events { // each file is at least one event
		write(t, filepath.Join(f.root, fmt.Sprint(i%5), fmt.Sprint(i)), "new")
	}
	remove(t, filepath.Join(f.root, "0"))
	rename(t, filepath.Join(f.root, "1"), filepath.Join(f.root, "0"))
	mkdir(t, filepath.Join(f.root, "1", "sub"))
	write(t, filepath.Join(f.root, "2", "x.md"), "new")
	must(t, f.process.Signal(syscall.SIGCONT))
	f.catchUp(t)
	for _, path := range []string{"0/x.md", "1/sub/x.md", "2/x.md"} {
		write(t, filepath.Join(f.root, path), "newer")
		f.catchUp(t)
	}
	if len(f.notices) > 0 {
		t.Errorf("notices %q; nothing was wrong", f.notices)
	}
}

func TestTooFewNotifications(t *testing.T) {
	tests := []struct{ name, limit, hint string }{
		{"no instance", "max_inotify_instances=0", "sysctl fs.inotify.max_user_instances="},
		{"too few watches for a start", "max_inotify_watches=3", "sysctl fs.inotify.max_user_watches="},
		{"too few watches later", "max_inotify_watches=8", "sysctl fs.inotify.max_user_watches="},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel() // it looks once a second
			f := startFollower(t, tt.limit)
			f.catchUp(t)
			for i := range 5 {
				path := filepath.Join(f.root, "new", fmt.Sprint(i), "x.md")
				mkdir(t, filepath.Dir(path))
				write(t, path, "new")
			}
			f.catchUp(t)
			write(t, filepath.Join(f.root, "1", "x.md"), "new")
			remove(t, filepath.Join(f.root, "new", "3"))
			f.catchUp(t)
			if len(f.notices) != 1 || !strings.Contains(f.notices[0], tt.hint) {
				t.Errorf("notices %q, want one that says %s", f.notices, tt.hint)
			}
		})
	}
}

func TestWatchesAreGivenBack(t *testing.T) {
	t.Chdir(t.TempDir())
	for i := range 20 {
		writeOld(t, filepath.Join("linked", fmt.Sprint(i), "x.md"), filepath.Join("content", "a", fmt.Sprint(i), "x.md"))
	}
	batches := start(t, watch.Options{}, "content")
	before := countWatches(t)
	for range 5 {
		symlink(t, "../linked", "content/link")
		reported(t, batches, "content/link/0/x.md")
		rename(t, "content/a", "content/b")
		reported(t, batches, "content/b/0/x.md")
		if now := countWatches(t); now < before+20 {
			t.Fatalf("%d watches, %d before there was a link to 21 directories", now, before)
		}
		remove(t, "content/link")
		rename(t, "content/b", "content/a")
		reported(t, batches, "content/a/0/x.md")
	}
	if now := countWatches(t); now != before {
		t.Errorf("%d watches, %d before", now, before)
	}
}

// countWatches returns how many watches this process has.
func countWatches(t *testing.T) int {
	t.Helper()
	files, err := filepath.Glob("/proc/self/fdinfo/*")
	must(t, err)
	n := 0
	for _, f := range files {
		text, _ := os.ReadFile(f) // may be closed by now
		n += strings.Count(string(text), "\ninotify ")
	}
	return n
}
