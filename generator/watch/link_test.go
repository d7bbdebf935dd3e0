package watch_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/replaygen/replaygen/generator/watch"
)

// withLinks is inBothModes where links can be made.
func withLinks(t *testing.T, test func(t *testing.T, opts watch.Options)) {
	if err := os.Symlink("target", filepath.Join(t.TempDir(), "link")); err != nil {
		t.Skip(err)
	}
	inBothModes(t, test)
}

func TestLinkedFile(t *testing.T) {
	withLinks(t, func(t *testing.T, opts watch.Options) {
		writeOld(t, "shared/texts/x.md", "shared/texts/y.md", "elsewhere/y.md")
		mkdir(t, "content")
		symlink(t, "../hop.md", "content/x.md")
		symlink(t, "shared/texts/x.md", "hop.md")
		batches := start(t, opts, "content")

		write(t, "shared/texts/x.md", "in place")
		expect(t, batches, "content", "content/x.md")
		write(t, "shared/texts/x.md.tmp", "atomically")
		rename(t, "shared/texts/x.md.tmp", "shared/texts/x.md")
		expect(t, batches, "content", "content/x.md")
		write(t, "shared/texts/y.md", "its neighbour is nobody's")
		expect(t, batches, "content")

		remove(t, "shared") // leads nowhere, and somewhere again
		expect(t, batches, "content", "content/x.md")
		mkdir(t, "shared/texts")
		write(t, "shared/texts/x.md", "again")
		expect(t, batches, "content", "content/x.md")

		symlink(t, "elsewhere/y.md", "next") // leads elsewhere, by the second of two links
		rename(t, "next", "hop.md")
		expect(t, batches, "content", "content/x.md")
		write(t, "shared/texts/x.md", "no longer below the root")
		expect(t, batches, "content")
		write(t, "elsewhere/y.md", "new")
		expect(t, batches, "content", "content/x.md")

		remove(t, "content/x.md")
		expect(t, batches, "content", "content/x.md")
		write(t, "elsewhere/y.md", "newer")
		expect(t, batches, "content")
	})
}

// A link that leads nowhere is read as well, if with an error.
func TestLinkThatLeadsNowhere(t *testing.T) {
	withLinks(t, func(t *testing.T, opts watch.Options) {
		mkdir(t, "content/sub")
		batches := start(t, opts, "content")

		symlink(t, "nowhere.md", "content/x.md")
		expect(t, batches, "content", "content/x.md")
		symlink(t, "y.md", "content/sub/y.md") // to itself
		expect(t, batches, "content", "content/sub/y.md")
		remove(t, "content/x.md")
		expect(t, batches, "content", "content/x.md")
		remove(t, "content/sub")
		expect(t, batches, "content", "content/sub", "content/sub/y.md")
	})
}

func TestLinkedDirectory(t *testing.T) {
	withLinks(t, func(t *testing.T, opts watch.Options) {
		writeOld(t, "library/v1/x.md", "library/v2/x.md", "library/v2/sub/y.md")
		mkdir(t, "content")
		symlink(t, "../library/v1/", "content/a")
		symlink(t, "../library/v1", "content/b")
		batches := start(t, opts, "content")

		write(t, "library/v1/x.md", "new") // below both links
		expect(t, batches, "content", "content/a/x.md", "content/b/x.md")
		mkdir(t, "library/v1/sub")
		write(t, "library/v1/sub/z.md", "")
		expect(t, batches, "content",
			"content/a/sub", "content/a/sub/z.md", "content/b/sub", "content/b/sub/z.md")

		symlink(t, "../library/v2", "content/next.tmp") // another target
		rename(t, "content/next.tmp", "content/a")
		expect(t, batches, "content",
			"content/a/sub", "content/a/sub/y.md", "content/a/sub/z.md", "content/a/x.md")
		write(t, "library/v2/sub/y.md", "new")
		expect(t, batches, "content", "content/a/sub/y.md")

		rename(t, "library/v1", "library/v0") // the target goes
		expect(t, batches, "content", "content/b", "content/b/sub", "content/b/sub/z.md", "content/b/x.md")
		write(t, "library/v0/x.md", "nobody's")
		expect(t, batches, "content")
		mkdir(t, "library/v1")
		expect(t, batches, "content", "content/b")
	})
}

func TestLinksThatGoRound(t *testing.T) {
	withLinks(t, func(t *testing.T, opts watch.Options) {
		writeOld(t, "content/one/x.md", "content/two/y.md")
		symlink(t, ".", "content/here")
		symlink(t, "../..", "content/one/up")
		symlink(t, "/", "content/one/top")
		symlink(t, "self", "content/self")
		symlink(t, "../two", "content/one/other")
		symlink(t, "../one", "content/two/other")
		batches := start(t, opts, "content")
		write(t, "content/one/x.md", "new")
		expect(t, batches, "content", "content/one/x.md", "content/two/other/x.md")
	})
}

// Every directory here has two links to the next one: 2^30 paths lead to the last.
func TestLinksThatMultiply(t *testing.T) {
	withLinks(t, func(t *testing.T, opts watch.Options) {
		mkdir(t, "content")
		symlink(t, "../0", "content/start")
		for i := range 30 {
			here, next := filepath.Join(".", string(rune('0'+i))), filepath.Join("..", string(rune('1'+i)))
			mkdir(t, here)
			symlink(t, next, filepath.Join(here, "left"))
			symlink(t, next, filepath.Join(here, "right"))
		}
		batches := start(t, opts, "content")
		write(t, "content/x.md", "")
		expect(t, batches, "content", "content/x.md")
	})
}

func TestRootIsALink(t *testing.T) {
	withLinks(t, func(t *testing.T, opts watch.Options) {
		writeOld(t, "v1/x.md", "v2/x.md")
		symlink(t, "v1", "content")
		batches := start(t, opts, "content")
		write(t, "v1/x.md", "new")
		expect(t, batches, "content", "content/x.md")

		symlink(t, "v2", "next")
		rename(t, "next", "content")
		expect(t, batches, "content", "content/x.md")
		write(t, "v2/x.md", "new")
		expect(t, batches, "content", "content/x.md")
	})
}
