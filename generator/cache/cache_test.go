package cache_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc64"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/replaygen/replaygen/generator/cache"
)

func open(tb testing.TB, dir string, opts cache.Options) *cache.Store {
	tb.Helper()
	s, err := cache.Open(dir, opts)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func key(i int) cache.Key { return cache.KeyOf(fmt.Append(nil, i)) }

// value is made of its number, so that a wrong one shows.
func value(i, version int) []byte {
	return []byte(strings.Repeat(fmt.Sprintf("%d/%d;", i, version), 1+i*7%40))
}

func TestKeyOf(t *testing.T) {
	a, b, c := cache.KeyOf([]byte("ab"), []byte("c")), cache.KeyOf([]byte("a"), []byte("bc")), cache.KeyOf([]byte("abc"))
	if a == b || b == c || a == c {
		t.Error("keys do not tell where a part ends")
	}
}

// TestNeverWrong: through any number of runs, with packs damaged, cut short and
// removed between them, what is found is what was put; without damage and below the
// limit, all of it is found.
func TestNeverWrong(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		dir, err := os.MkdirTemp(t.TempDir(), "")
		if err != nil {
			r.Fatal(err)
		}
		put := map[int]int{} // versions by number
		whole := true
		for run := range rapid.IntRange(1, 14).Draw(r, "runs") {
			s := open(t, dir, cache.Options{})
			for range rapid.IntRange(0, 30).Draw(r, "steps") {
				i := rapid.IntRange(0, 20).Draw(r, "i")
				if rapid.Bool().Draw(r, "put") {
					put[i] = run
					s.Put(key(i), value(i, run))
				}
				got, ok := s.Get(key(i), []byte("before"))
				version, known := put[i]
				switch {
				case ok && (!known || !bytes.HasPrefix(got, []byte("before")) || !ofNumber(got[len("before"):], i)):
					r.Fatalf("run %d: entry %d is %q", run, i, got)
				case whole && ok && string(got) != "before"+string(value(i, version)):
					r.Fatalf("run %d: entry %d is an older one: %q", run, i, got)
				case whole && ok != known:
					r.Fatalf("run %d: entry %d was put %v and is there %v", run, i, known, ok)
				}
			}
			if err := s.Close(); err != nil {
				r.Fatal(err)
			}
			if damage(r, dir) {
				whole = false
			}
		}
	})
}

// ofNumber reports whether a value is one of a number, of whatever version.
func ofNumber(got []byte, i int) bool {
	for version := range 14 {
		if bytes.Equal(got, value(i, version)) {
			return true
		}
	}
	return false
}

// damage damages one of the files, or none.
func damage(r *rapid.T, dir string) bool {
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) == 0 || rapid.IntRange(0, 5).Draw(r, "damage") > 0 {
		return false
	}
	file := rapid.SampledFrom(files).Draw(r, "file")
	content, err := os.ReadFile(file)
	if err != nil {
		r.Fatal(err)
	}
	switch at := rapid.IntRange(0, max(0, len(content)-1)).Draw(r, "at"); rapid.IntRange(0, 2).Draw(r, "how") {
	case 0:
		err = os.Remove(file)
	case 1:
		err = os.WriteFile(file, content[:at], 0o644)
	case 2:
		if at < len(content) {
			content[at] ^= 1 << rapid.IntRange(0, 7).Draw(r, "bit")
		}
		err = os.WriteFile(file, content, 0o644)
	}
	if err != nil {
		r.Fatal(err)
	}
	return true
}

// TestLimit: a cache stays as small as it has to, and what a run uses goes last.
func TestLimit(t *testing.T) {
	dir := t.TempDir()
	opts := cache.Options{Limit: 20_000}
	big := func(i int) []byte { return bytes.Repeat(value(i, 0), 1000)[:1000] }
	for run := range 10 {
		s := open(t, dir, opts)
		if _, ok := s.Get(key(0), nil); ok != (run > 0) {
			t.Fatalf("run %d: what every run uses is there: %v", run, ok)
		}
		if run == 0 {
			s.Put(key(0), big(0))
		}
		for i := range 5 {
			s.Put(key(1+run*5+i), big(1+run*5+i))
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if size := sizeOf(t, dir); size > opts.Limit+1000 {
			t.Errorf("after run %d the cache has %d bytes", run, size)
		}
	}
	s := open(t, dir, opts)
	if _, ok := s.Get(key(50), nil); !ok {
		t.Error("the newest entry is gone")
	}
	if _, ok := s.Get(key(2), nil); ok {
		t.Error("the oldest entry that nobody used is there")
	}
}

// TestNeverLarger: whatever is put and got, the packs keep to the limit.
func TestNeverLarger(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		dir, err := os.MkdirTemp(t.TempDir(), "")
		if err != nil {
			r.Fatal(err)
		}
		for range rapid.IntRange(1, 8).Draw(r, "runs") {
			limit := rapid.Int64Range(1, 3000).Draw(r, "limit")
			s := open(t, dir, cache.Options{Limit: limit})
			for range rapid.IntRange(0, 20).Draw(r, "steps") {
				i := rapid.IntRange(0, 40).Draw(r, "i")
				if rapid.Bool().Draw(r, "put") {
					s.Put(key(i), value(i, 0))
				} else {
					s.Get(key(i), nil)
				}
			}
			if err := s.Close(); err != nil {
				r.Fatal(err)
			}
			if err := os.Remove(filepath.Join(dir, "CACHEDIR.TAG")); err != nil && !os.IsNotExist(err) {
				r.Fatal(err)
			}
			if size := sizeOf(t, dir); size > limit {
				r.Fatalf("the cache has %d bytes, at most %d are wanted", size, limit)
			}
		}
	})
}

func sizeOf(tb testing.TB, dir string) (size int64) {
	tb.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		tb.Fatal(err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			tb.Fatal(err)
		}
		size += info.Size()
	}
	return size
}

// TestTwoAtOnce: stores over one directory do not disturb each other, even while one
// makes the cache smaller.
func TestTwoAtOnce(t *testing.T) {
	dir := t.TempDir()
	var running sync.WaitGroup
	for worker := range 4 {
		running.Go(func() {
			for run := range 12 {
				s := open(t, dir, cache.Options{Limit: 8000})
				for i := range 20 {
					if got, ok := s.Get(key(i), nil); ok && !bytes.Equal(got, value(i, 0)) {
						t.Errorf("worker %d, run %d: entry %d is %q", worker, run, i, got)
					}
					s.Put(key(i), value(i, 0))
				}
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	running.Wait()
}

// TestOneStore: any number of goroutines share a store, with values that do not fit
// into memory.
func TestOneStore(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, cache.Options{})
	large := func(i int) []byte { return bytes.Repeat(value(i, 0), 2000) }
	var running sync.WaitGroup
	for worker := range 4 {
		running.Go(func() {
			for i := range 30 {
				i = (i + worker*7) % 30
				s.Put(key(i), large(i))
				if got, ok := s.Get(key(i), nil); !ok || !bytes.Equal(got, large(i)) {
					t.Errorf("worker %d: entry %d is not what was put", worker, i)
				}
			}
		})
	}
	running.Wait()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again := open(t, dir, cache.Options{})
	for i := range 30 {
		if got, ok := again.Get(key(i), nil); !ok || !bytes.Equal(got, large(i)) {
			t.Errorf("entry %d is not kept", i)
		}
	}
}

// TestFewPacks: however many stores add a little, there are few files to open.
func TestFewPacks(t *testing.T) {
	dir := t.TempDir()
	for run := range 300 {
		s := open(t, dir, cache.Options{})
		s.Put(key(run), value(run, 0))
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(names(t, dir)); n > 12 {
		t.Errorf("there are %d files", n)
	}
	s := open(t, dir, cache.Options{})
	for i := range 300 {
		if got, ok := s.Get(key(i), nil); !ok || !bytes.Equal(got, value(i, 0)) {
			t.Errorf("entry %d is not kept", i)
		}
	}
}

// TestFolder: what a directory holds besides the cache is left alone, and what
// processes left that died is not.
func TestFolder(t *testing.T) {
	dir := t.TempDir()
	old := time.Now().Add(-48 * time.Hour)
	for _, name := range []string{"notes.txt", "git.pack", "1.replaygen-draft", "2.replaygen-draft", "3.replaygen-pack"} {
		name = filepath.Join(dir, name)
		if err := os.WriteFile(name, []byte("half a pac"), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(name, old, old); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chtimes(filepath.Join(dir, "2.replaygen-draft"), time.Now(), time.Now()); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "4.replaygen-pack"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := open(t, dir, cache.Options{}).Close(); err != nil {
		t.Fatal(err)
	}
	want := []string{"2.replaygen-draft", "4.replaygen-pack", "git.pack", "notes.txt"}
	if diff := cmp.Diff(want, names(t, dir)); diff != "" {
		t.Error("files (-want +got):\n", diff)
	}
	empty := filepath.Join(t.TempDir(), "a", "b")
	if err := open(t, empty, cache.Options{}).Close(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"CACHEDIR.TAG"}, names(t, empty)); diff != "" {
		t.Error("files of an empty cache (-want +got):\n", diff)
	}
}

// names returns the names of the files in a directory, sorted.
func names(tb testing.TB, dir string) (names []string) {
	tb.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		tb.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// TestNowhere: where nothing can be written, a store finds nothing and says so when
// it is closed.
func TestNowhere(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := cache.Open(file, cache.Options{}); err == nil {
		t.Error("a file was opened as a directory")
	}
	gone := filepath.Join(dir, "gone")
	s := open(t, gone, cache.Options{})
	if err := os.RemoveAll(gone); err != nil {
		t.Fatal(err)
	}
	large := make([]byte, 1<<20)
	for i := range 3 {
		s.Put(key(i), large)
		if got, ok := s.Get(key(i), []byte("before")); ok || string(got) != "before" {
			t.Errorf("there is %d bytes of entry %d", len(got), i)
		}
	}
	for range 2 {
		if err := s.Close(); err == nil {
			t.Error("nobody says that nothing was kept")
		}
	}
}

// TestClosed: a store that is closed, or nil, is empty.
func TestClosed(t *testing.T) {
	closed := open(t, t.TempDir(), cache.Options{})
	closed.Put(key(1), value(1, 0))
	for range 2 {
		if err := closed.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range []*cache.Store{closed, nil} {
		s.Put(key(2), value(2, 0))
		for i := range 3 {
			if _, ok := s.Get(key(i), nil); ok {
				t.Errorf("entry %d is there", i)
			}
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// FuzzOpen: whatever stands in a pack, opening it finds nothing that is not whole.
func FuzzOpen(f *testing.F) {
	dir := f.TempDir()
	s := open(f, dir, cache.Options{})
	s.Put(key(1), value(1, 0))
	if err := s.Close(); err != nil {
		f.Fatal(err)
	}
	packs, err := filepath.Glob(filepath.Join(dir, "*.replaygen-pack"))
	if err != nil || len(packs) != 1 {
		f.Fatal(packs, err)
	}
	whole, err := os.ReadFile(packs[0])
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole, false)
	f.Add(whole[:len(whole)-1], false)
	f.Add(whole, true)
	f.Add([]byte{}, false)
	f.Fuzz(func(t *testing.T, content []byte, sign bool) {
		dir := t.TempDir()
		if sign {
			content = signed(content)
		}
		if err := os.WriteFile(filepath.Join(dir, "1.replaygen-pack"), content, 0o644); err != nil {
			t.Fatal(err)
		}
		s := open(t, dir, cache.Options{})
		if got, ok := s.Get(key(1), nil); ok && !bytes.Equal(got, value(1, 0)) {
			t.Errorf("found %q", got)
		}
		s.Put(key(2), value(2, 0))
		if got, ok := s.Get(key(2), nil); !ok || !bytes.Equal(got, value(2, 0)) {
			t.Errorf("what was put is %q", got)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
}

// signed returns a pack with the sum of its index and trailer at its end, so that
// what the index says is believed.
func signed(content []byte) []byte {
	const record, trailer = 40, 32
	if len(content) < trailer {
		return content
	}
	count := binary.LittleEndian.Uint64(content[len(content)-trailer:])
	from := uint64(len(content) - trailer)
	if count > from/record {
		return content
	}
	end := len(content) - 8
	sum := crc64.Checksum(content[from-count*record:end], crc64.MakeTable(crc64.ECMA))
	return binary.LittleEndian.AppendUint64(content[:end:end], sum)
}

// BenchmarkOpen opens a cache of 20,000 entries.
func BenchmarkOpen(b *testing.B) {
	dir := b.TempDir()
	s := open(b, dir, cache.Options{})
	for i := range 20_000 {
		s.Put(key(i), value(i, 0))
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		s := open(b, dir, cache.Options{})
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkGet gets values of 3,200 bytes.
func BenchmarkGet(b *testing.B) {
	dir := b.TempDir()
	s := open(b, dir, cache.Options{})
	keys, content := make([]cache.Key, 1000), bytes.Repeat([]byte("0123456789abcdef"), 200)
	for i := range keys {
		keys[i] = key(i)
		s.Put(keys[i], content)
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	s = open(b, dir, cache.Options{})
	defer s.Close()
	var buf []byte
	b.ReportAllocs()
	b.SetBytes(int64(len(content)))
	for i := 0; b.Loop(); i++ {
		var ok bool
		if buf, ok = s.Get(keys[i%len(keys)], buf[:0]); !ok {
			b.Fatal("nothing there")
		}
	}
}

// BenchmarkPut puts values of 3,200 bytes, and closes the store after each thousand.
func BenchmarkPut(b *testing.B) {
	dir := b.TempDir()
	keys, content := make([]cache.Key, 1000), bytes.Repeat([]byte("0123456789abcdef"), 200)
	for i := range keys {
		keys[i] = key(i)
	}
	s := open(b, dir, cache.Options{})
	b.ReportAllocs()
	b.SetBytes(int64(len(content)))
	for i := 0; b.Loop(); i++ {
		s.Put(keys[i%len(keys)], content)
		if i%len(keys) == len(keys)-1 {
			if err := s.Close(); err != nil {
				b.Fatal(err)
			}
			s = open(b, dir, cache.Options{})
		}
	}
	s.Close()
}
