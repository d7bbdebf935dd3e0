package watch_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/replaygen/replaygen/generator/watch"
)

// deadline is for what happens within milliseconds unless it never does.
const deadline = 20 * time.Second

// modes are the two ways in which changes are noticed; both keep the same promises.
var modes = []struct {
	name string
	opts watch.Options
}{
	{"notifications", watch.Options{}},
	{"polling", watch.Options{Poll: 5 * time.Millisecond, Most: deadline}},
}

// inBothModes runs a test in a new current directory, once for each mode.
func inBothModes(t *testing.T, test func(t *testing.T, opts watch.Options)) {
	for _, mode := range modes {
		t.Run(mode.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			test(t, mode.opts)
		})
	}
}

// start watches roots until the test ends.
func start(t testing.TB, opts watch.Options, roots ...string) <-chan watch.Batch {
	t.Helper()
	opts.Roots = roots
	batches, err := watch.Start(t.Context(), opts)
	if err != nil {
		t.Fatal(err)
	}
	return batches
}

func receive(t testing.TB, batches <-chan watch.Batch) watch.Batch {
	t.Helper()
	select {
	case b, ok := <-batches:
		if !ok {
			t.Fatal("the channel is closed")
		}
		if !slices.IsSorted(b.Paths) || len(slices.Compact(slices.Clone(b.Paths))) != len(b.Paths) {
			t.Fatalf("paths are not sorted, each once: %q", b.Paths)
		}
		if len(b.Paths) == 0 && b.Notice == "" {
			t.Fatal("an empty batch")
		}
		return b
	case <-time.After(deadline):
		t.Fatal("no batch came")
	}
	return watch.Batch{}
}

// reported returns, sorted, what is reported until the path awaited is, without it.
func reported(t testing.TB, batches <-chan watch.Batch, awaited string) []string {
	t.Helper()
	paths := map[string]bool{}
	for !paths[awaited] {
		for _, p := range receive(t, batches).Paths {
			paths[p] = true
		}
	}
	delete(paths, awaited)
	return slices.Sorted(maps.Keys(paths))
}

// expect makes a last change below root and expects that by then exactly the
// wanted paths have been reported.
func expect(t testing.TB, batches <-chan watch.Batch, root string, want ...string) {
	t.Helper()
	last := filepath.Join(root, "last change")
	write(t, last, "")
	got := reported(t, batches, last)
	for i := range want {
		want[i] = filepath.FromSlash(want[i])
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("reported paths (-want +got):\n%s", diff)
	}
	// So that it can be made again:
	remove(t, last)
	reported(t, batches, last)
}

// expectAtLeast is expect for changes that may be seen half way, such as a
// directory that is away before it is there again.
func expectAtLeast(t testing.TB, batches <-chan watch.Batch, root string, want ...string) {
	t.Helper()
	last := filepath.Join(root, "last change")
	write(t, last, "")
	got := reported(t, batches, last)
	for _, w := range want {
		if !slices.Contains(got, filepath.FromSlash(w)) {
			t.Errorf("%s is not reported, only %q", w, got)
		}
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func write(t testing.TB, path, text string) {
	t.Helper()
	must(t, os.WriteFile(path, []byte(text), 0o666))
}

func mkdir(t testing.TB, path string)         { t.Helper(); must(t, os.MkdirAll(path, 0o777)) }
func rename(t testing.TB, from, to string)    { t.Helper(); must(t, os.Rename(from, to)) }
func remove(t testing.TB, path string)        { t.Helper(); must(t, os.RemoveAll(path)) }
func symlink(t testing.TB, target, at string) { t.Helper(); must(t, os.Symlink(target, at)) }

// writeOld writes files as they are found, not as they are made: minutes old.
func writeOld(t testing.TB, paths ...string) {
	t.Helper()
	for _, path := range paths {
		mkdir(t, filepath.Dir(path))
		write(t, path, "old")
		then := time.Now().Add(-10 * time.Minute)
		must(t, os.Chtimes(path, then, then))
	}
}

// saves are the ways in which programs save content/x.md.
var saves = []struct {
	name string
	save func(t *testing.T)
	want []string
}{
	{"write in place", func(t *testing.T) { write(t, "content/x.md", "new") }, []string{"content/x.md"}},
	{"the same text again", func(t *testing.T) { write(t, "content/x.md", "old") }, []string{"content/x.md"}},
	{"append", func(t *testing.T) {
		f, err := os.OpenFile("content/x.md", os.O_APPEND|os.O_WRONLY, 0)
		must(t, err)
		for range 5 {
			_, err := f.WriteString("more")
			must(t, err)
		}
		must(t, f.Close())
	}, []string{"content/x.md"}},
	{"Vim", func(t *testing.T) {
		write(t, "content/.x.md.swp", "swap")
		write(t, "content/4913", "")
		remove(t, "content/4913")
		rename(t, "content/x.md", "content/x.md~")
		write(t, "content/x.md", "new")
		must(t, os.Chmod("content/x.md", 0o644))
		remove(t, "content/x.md~")
		remove(t, "content/.x.md.swp")
	}, []string{"content/x.md"}},
	{"Vim, backupcopy=yes", func(t *testing.T) {
		write(t, "content/x.md~", "old")
		must(t, os.Truncate("content/x.md", 0))
		write(t, "content/x.md", "new")
		remove(t, "content/x.md~")
	}, []string{"content/x.md"}},
	{"VS Code", func(t *testing.T) {
		must(t, os.Truncate("content/x.md", 0))
		write(t, "content/x.md", "new")
	}, []string{"content/x.md"}},
	{"JetBrains", func(t *testing.T) {
		write(t, "content/x.md___jb_tmp___", "new")
		rename(t, "content/x.md", "content/x.md___jb_old___")
		rename(t, "content/x.md___jb_tmp___", "content/x.md")
		remove(t, "content/x.md___jb_old___")
	}, []string{"content/x.md"}},
	{"Emacs", func(t *testing.T) {
		_ = os.Symlink("someone@somewhere.1234:1", "content/.#x.md") // not everybody may on Windows
		write(t, "content/#x.md#", "ne")
		rename(t, "content/x.md", "content/x.md~")
		write(t, "content/x.md", "new")
		remove(t, "content/#x.md#")
		remove(t, "content/.#x.md")
	}, []string{"content/x.md"}},
	{"GNOME", func(t *testing.T) {
		write(t, "content/.goutputstream-XJ2P82", "new")
		rename(t, "content/.goutputstream-XJ2P82", "content/x.md")
	}, []string{"content/x.md"}},
	{"sed -i", func(t *testing.T) {
		write(t, "content/sedA1b2C3", "new")
		rename(t, "content/sedA1b2C3", "content/x.md")
	}, []string{"content/x.md"}},
	{"mv from elsewhere", func(t *testing.T) {
		write(t, "x.md", "new")
		rename(t, "x.md", "content/x.md")
	}, []string{"content/x.md"}},
	{"mv to elsewhere", func(t *testing.T) { rename(t, "content/x.md", "x.md") }, []string{"content/x.md"}},
	{"mv to another name", func(t *testing.T) { rename(t, "content/x.md", "content/y.md") },
		[]string{"content/x.md", "content/y.md"}},
	{"mv that keeps size and time", func(t *testing.T) {
		writeOld(t, "x.md")
		info, err := os.Stat("content/x.md")
		must(t, err)
		must(t, os.Chtimes("x.md", info.ModTime(), info.ModTime()))
		rename(t, "x.md", "content/x.md")
	}, []string{"content/x.md"}},
	{"touch", func(t *testing.T) { must(t, os.Chtimes("content/x.md", time.Now(), time.Now())) }, []string{"content/x.md"}},
	{"chmod +x", func(t *testing.T) { must(t, os.Chmod("content/x.md", 0o755)) }, nil},
	{"chmod -r", func(t *testing.T) { must(t, os.Chmod("content/x.md", 0o200)) }, []string{"content/x.md"}},
	{"chmod of the directory", func(t *testing.T) { must(t, os.Chmod("content", 0o700)) }, nil},
	{"a file for a moment", func(t *testing.T) {
		write(t, "content/.probe", "")
		write(t, "content/probe.tmp", "")
		remove(t, "content/.probe")
		remove(t, "content/probe.tmp")
	}, nil},
	{"hidden directories", func(t *testing.T) {
		mkdir(t, "content/.git/objects")
		write(t, "content/.git/objects/x.md", "")
		mkdir(t, "content/node_modules/a")
		write(t, "content/node_modules/a/x.md", "")
	}, nil},
}

func TestSavesAreReportedByTheirResult(t *testing.T) {
	inBothModes(t, func(t *testing.T, opts watch.Options) {
		for _, tt := range saves {
			t.Run(tt.name, func(t *testing.T) {
				if runtime.GOOS == "windows" && strings.HasPrefix(tt.name, "chmod -r") {
					t.Skip("everything can be read on Windows")
				}
				t.Chdir(t.TempDir())
				writeOld(t, "content/x.md", "content/other.md", "content/sub/y.md")
				batches := start(t, opts, "content")
				tt.save(t)
				expect(t, batches, "content", tt.want...)
			})
		}
	})
}

// What only notifications can tell: nothing about the file is different.
func TestWriteThatKeepsSizeAndTime(t *testing.T) {
	t.Chdir(t.TempDir())
	writeOld(t, "content/x.md")
	info, err := os.Stat("content/x.md")
	must(t, err)
	batches := start(t, watch.Options{}, "content")
	write(t, "content/x.md", "new")
	must(t, os.Chtimes("content/x.md", info.ModTime(), info.ModTime()))
	expect(t, batches, "content", "content/x.md")
}

// A file system whose times are whole seconds: two versions of the same second
// look the same, and still the later one is read.
func TestCoarseTimes(t *testing.T) {
	t.Chdir(t.TempDir())
	mkdir(t, "content")
	write(t, "content/x.md", "old")
	second := time.Now().Truncate(time.Second)
	must(t, os.Chtimes("content/x.md", second, second))
	batches := start(t, watch.Options{Poll: time.Millisecond}, "content")
	write(t, "content/x.md", "new")
	must(t, os.Chtimes("content/x.md", second, second))
	reported(t, batches, filepath.FromSlash("content/x.md"))
}

func TestCheckoutOfHundredsOfFiles(t *testing.T) {
	inBothModes(t, func(t *testing.T, opts watch.Options) {
		var files []string
		for i := range 300 {
			files = append(files, filepath.Join("content", fmt.Sprint("dir", i%7), fmt.Sprintf("%d.md", i)))
		}
		writeOld(t, files...)
		slices.Sort(files)
		batches := start(t, opts, "content")
		for _, f := range files {
			remove(t, f)
			write(t, f, "new")
		}
		expect(t, batches, "content", files...)
	})
}

// TestTrees changes directories: those that come bring everything in them, those
// that go take it along.
func TestTrees(t *testing.T) {
	tests := []struct {
		name   string
		change func(t *testing.T)
		want   []string
		again  string // then this file, when it is written, is reported
	}{
		{"mkdir -p and files at once", func(t *testing.T) {
			mkdir(t, "content/a/b/c")
			write(t, "content/a/b/c/x.md", "")
			write(t, "content/a/y.md", "")
		}, []string{"content/a", "content/a/b", "content/a/b/c", "content/a/b/c/x.md", "content/a/y.md"}, "content/a/b/c/x.md"},
		{"moved in", func(t *testing.T) {
			writeOld(t, "new/sub/z.md")
			rename(t, "new", "content/new")
		}, []string{"content/new", "content/new/sub", "content/new/sub/z.md"}, "content/new/sub/z.md"},
		{"moved out", func(t *testing.T) {
			rename(t, "content/old", "old")
			write(t, "old/sub/x.md", "new")
		}, []string{"content/old", "content/old/sub", "content/old/sub/x.md"}, "content/x.md"},
		{"renamed", func(t *testing.T) { rename(t, "content/old", "content/new") }, []string{
			"content/new", "content/new/sub", "content/new/sub/x.md",
			"content/old", "content/old/sub", "content/old/sub/x.md"}, "content/new/sub/x.md"},
		{"renamed and made again", func(t *testing.T) {
			rename(t, "content/old", "content/new")
			mkdir(t, "content/old/sub")
			write(t, "content/old/sub/x.md", "new")
		}, []string{"content/new", "content/new/sub", "content/new/sub/x.md", "content/old/sub/x.md"}, "content/old/sub/x.md"},
		{"renamed over an empty one", func(t *testing.T) {
			if err := syscall.Rename("content/old", "content/empty"); err != nil { // os.Rename refuses
				t.Skip(err)
			}
		}, []string{
			"content/empty/sub", "content/empty/sub/x.md",
			"content/old", "content/old/sub", "content/old/sub/x.md"}, "content/empty/sub/x.md"},
		{"removed", func(t *testing.T) { remove(t, "content/old") },
			[]string{"content/old", "content/old/sub", "content/old/sub/x.md"}, "content/x.md"},
		{"removed and made again", func(t *testing.T) {
			remove(t, "content/old")
			mkdir(t, "content/old/sub")
			write(t, "content/old/sub/y.md", "")
		}, []string{"content/old/sub/x.md", "content/old/sub/y.md"}, "content/old/sub/y.md"},
		{"a file in its place", func(t *testing.T) {
			remove(t, "content/old")
			write(t, "content/old", "")
		}, []string{"content/old", "content/old/sub", "content/old/sub/x.md"}, "content/old"},
		{"in place of a file", func(t *testing.T) {
			remove(t, "content/x.md")
			mkdir(t, "content/x.md")
			write(t, "content/x.md/y.md", "")
		}, []string{"content/x.md", "content/x.md/y.md"}, "content/x.md/y.md"},
	}
	inBothModes(t, func(t *testing.T, opts watch.Options) {
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				t.Chdir(t.TempDir())
				writeOld(t, "content/x.md", "content/old/sub/x.md")
				mkdir(t, "content/empty")
				batches := start(t, opts, "content")
				tt.change(t)
				expectAtLeast(t, batches, "content", tt.want...)
				write(t, tt.again, "again")
				reported(t, batches, filepath.FromSlash(tt.again))
			})
		}
	})
}

func TestRootsComeAndGo(t *testing.T) {
	inBothModes(t, func(t *testing.T, opts watch.Options) {
		mkdir(t, "site")
		batches := start(t, opts, "site/content", "site/themes/own/layouts")
		content, layout := filepath.FromSlash("site/content/x.md"), filepath.FromSlash("site/themes/own/layouts/round.html")

		mkdir(t, "site/content")
		write(t, content, "")
		reported(t, batches, content)
		mkdir(t, "site/themes/own/layouts")
		write(t, layout, "")
		reported(t, batches, layout)

		// Another directory takes the place of a root.
		mkdir(t, "site/other")
		write(t, "site/other/x.md", "other")
		rename(t, "site/content", "site/old")
		rename(t, "site/other", "site/content")
		expectAtLeast(t, batches, "site/content", "site/content/x.md")
		write(t, "site/old/x.md", "nobody's") // is no longer below a root
		expect(t, batches, "site/content")

		// Everything goes, and comes again.
		remove(t, "site")
		if got := reported(t, batches, layout); !slices.Contains(got, content) {
			reported(t, batches, content)
		}
		mkdir(t, "site/content")
		write(t, content, "again")
		reported(t, batches, content)
		write(t, content, "and again")
		reported(t, batches, content)
	})
}

func TestPathsAreThoseOfTheRoots(t *testing.T) {
	inBothModes(t, func(t *testing.T, opts watch.Options) {
		here, err := os.Getwd()
		must(t, err)
		mkdir(t, "content/sub")
		absolute := filepath.Join(here, "content")
		batches := start(t, opts, "./content/", absolute, "content/sub", "content/sub/file.md")
		write(t, "content/sub/file.md", "")
		want := []string{filepath.FromSlash("content/sub/file.md"), filepath.Join(absolute, "sub", "file.md")}
		slices.Sort(want)
		var got []string
		for len(got) < 2 {
			got = append(got, receive(t, batches).Paths...)
		}
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("reported paths (-want +got):\n%s", diff)
		}
	})
}

func TestContinuousChangesAreReportedInTime(t *testing.T) {
	inBothModes(t, func(t *testing.T, opts watch.Options) {
		mkdir(t, "content")
		opts.Quiet, opts.Most = time.Hour, 30*time.Millisecond
		batches := start(t, opts, "content")
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() {
			defer close(done)
			for i := 0; ctx.Err() == nil; i++ {
				write(t, "content/x.md", fmt.Sprint(i))
			}
		}()
		for range 5 {
			receive(t, batches)
		}
		cancel()
		<-done
	})
}

func TestQuietChangesAreOneBatch(t *testing.T) {
	t.Chdir(t.TempDir())
	mkdir(t, "content")
	batches := start(t, watch.Options{Quiet: 500 * time.Millisecond, Most: time.Hour}, "content")
	var want []string
	for i := range 50 {
		path := filepath.Join("content", fmt.Sprintf("%02d.md", i))
		write(t, path, "")
		want = append(want, path)
	}
	if diff := cmp.Diff(want, receive(t, batches).Paths); diff != "" {
		t.Errorf("first batch (-want +got):\n%s", diff)
	}
}

func TestSlowReceiverGetsOneBatch(t *testing.T) {
	inBothModes(t, func(t *testing.T, opts watch.Options) {
		mkdir(t, "signal")
		slow := start(t, opts, "signal")
		fast := start(t, opts, "signal")
		const changes = 20
		for i := range changes {
			// By the time another watcher has sent this, a batch was due.
			signal := filepath.Join("signal", fmt.Sprint(i))
			write(t, signal, "")
			reported(t, fast, signal)
		}
		if first := receive(t, slow).Paths; len(first) < changes/2 {
			t.Errorf("the first batch has %d paths, want about %d: %q", len(first), changes, first)
		}
	})
}

func TestEverythingIsReleased(t *testing.T) {
	inBothModes(t, func(t *testing.T, opts watch.Options) {
		for i := range 50 {
			mkdir(t, filepath.Join("content", fmt.Sprint(i), "sub"))
		}
		opts.Roots = []string{"content", "themes/missing"}
		goroutines, descriptors := runtime.NumGoroutine(), countDescriptors()
		for range 20 {
			ctx, cancel := context.WithCancel(t.Context())
			batches, err := watch.Start(ctx, opts)
			must(t, err)
			write(t, "content/1/x.md", "nobody receives it")
			cancel()
			released := time.After(deadline)
			for open := true; open; {
				select {
				case _, open = <-batches:
				case <-released:
					t.Fatal("the channel is not closed")
				}
			}
			if now := countDescriptors(); now > descriptors {
				t.Fatalf("%d descriptors are open after closing, %d were before", now, descriptors)
			}
		}
		// A goroutine counts for a moment after its last statement.
		for end := time.Now().Add(deadline); runtime.NumGoroutine() > goroutines; runtime.Gosched() {
			if time.Now().After(end) {
				t.Fatalf("%d goroutines run after closing, %d ran before", runtime.NumGoroutine(), goroutines)
			}
		}
	})
}

// countDescriptors returns how many files this process has open, or 0 where it
// is not known.
func countDescriptors() int {
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0
	}
	return len(entries)
}

func TestNoRootsIsQuiet(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	batches, err := watch.Start(ctx, watch.Options{})
	must(t, err)
	cancel()
	if b, ok := <-batches; ok {
		t.Errorf("batch %+v", b)
	}
}

// BenchmarkAtomicSave measures from before a file's rename to its batch, in a
// library of 1,000 files.
func BenchmarkAtomicSave(b *testing.B) {
	dir := b.TempDir()
	for i := range 1000 {
		writeOld(b, filepath.Join(dir, fmt.Sprint(i%40), fmt.Sprintf("%d.md", i)))
	}
	batches := start(b, watch.Options{}, dir)
	path := filepath.Join(dir, "7", "7.md")
	var took []time.Duration
	for b.Loop() {
		write(b, path+".tmp", "new")
		began := time.Now()
		rename(b, path+".tmp", path)
		reported(b, batches, path)
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "median-ms")
	b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "worst-ms")
}

// BenchmarkStart measures how long a start takes with 1,000 files; its end does not count.
func BenchmarkStart(b *testing.B) {
	dir := b.TempDir()
	for i := range 1000 {
		writeOld(b, filepath.Join(dir, fmt.Sprint(i%40), fmt.Sprintf("%d.md", i)))
	}
	for b.Loop() {
		ctx, cancel := context.WithCancel(b.Context())
		batches, err := watch.Start(ctx, watch.Options{Roots: []string{dir}})
		b.StopTimer()
		must(b, err)
		cancel()
		<-batches
		b.StartTimer()
	}
}
