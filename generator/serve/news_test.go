package serve_test

import (
	"fmt"
	"testing"

	"github.com/replaygen/replaygen/generator/serve"
)

// TestNewSettingsAreNews: open pages learn of a site's new title.
func TestNewSettingsAreNews(t *testing.T) {
	f := newFolder(t, map[string]string{"content/disk.md": disk, "content/site.yaml": "title: Ours\n"})
	p := f.preview(serve.Options{})
	p.await("/disk/round-1", 200, "Ours")
	before := p.expectKey("/", "/disk/round-1")
	f.replace("content/site.yaml", "title: Theirs\n")
	p.await("/disk/round-1", 200, "Theirs")
	if now := p.expectKey("/", "/disk/round-1"); now == before {
		t.Errorf("the page has another title, but its key is still %s", now)
	}
}

// TestOneMistakeForAnother: the preview shows the mistake that is there.
func TestOneMistakeForAnother(t *testing.T) {
	f := newFolder(t, map[string]string{"content/disk.md": disk, "content/site.yaml": "titel: Ours\n"})
	p := f.preview(serve.Options{})
	p.await("/disk/round-1", 500, "titel")
	f.replace("content/site.yaml", "tilte: Ours\n")
	p.await("/disk/round-1", 500, "tilte")
}

// TestMistakesMove: the terminal says where a mistake is, also if only that is new.
func TestMistakesMove(t *testing.T) {
	f := newFolder(t, map[string]string{"content/disk.md": edited(t, "A) Empty it", "A) Empty [it](gone.md)")})
	p := f.preview(serve.Options{})
	p.awaitReport("content/disk.md:16:17 warning dead-link")
	f.replace("content/disk.md", "\n\n"+edited(t, "A) Empty it", "A) Empty [it](gone.md)"))
	p.awaitReport("content/disk.md:18:17 warning dead-link")
}

// TestNoNews: what is saved but shows nowhere makes no list load again. Whether a
// preview has seen a draft be saved, another one tells that shows it.
func TestNoNews(t *testing.T) {
	draft := func(words string) string {
		return "---\ndraft: true\n---\n" + edited(t, "The disk is full.", words)
	}
	f := newFolder(t, map[string]string{"content/disk.md": disk, "content/draft.md": draft("A draft.")})
	shows, hides := f.preview(serve.Options{Drafts: true}), f.preview(serve.Options{})
	hides.await("/", 200, "Disk Full")
	before := hides.where("/", "/")
	for i := range 5 {
		words := fmt.Sprintf("Draft %d.", i)
		f.replace("content/draft.md", draft(words))
		shows.await("/draft/round-1", 200, words)
	}
	if now := hides.where("/", "/"); now != before {
		t.Errorf("the list stands at %+v, then, with another draft that it does not show, at %+v", before, now)
	}
}

// TestPicturesAreForgotten: pages that are open find the pictures they show for some
// edits to come, but a preview does not keep all there ever were.
func TestPicturesAreForgotten(t *testing.T) {
	f := newFolder(t, map[string]string{"content/disk.md": edited(t, "The disk is full.", "![a drawing](full.svg)"), "content/full.svg": drawing(1)})
	p := f.preview(serve.Options{})
	all := []string{p.image("/disk/round-1")}
	for size := range 10 {
		f.replace("content/full.svg", drawing(2+size))
		last := all[len(all)-1]
		if !within(func() bool { now := p.image("/disk/round-1"); return now != "" && now != last }) {
			t.Fatalf("the page still shows %s", last)
		}
		all = append(all, p.image("/disk/round-1"))
	}
	for back, status := range map[int]int{0: 200, 1: 200, 10: 404} {
		if r := p.get(all[len(all)-1-back]); r.status != status {
			t.Errorf("the picture of %d edits ago: status %d, want %d", back, r.status, status)
		}
	}
}
