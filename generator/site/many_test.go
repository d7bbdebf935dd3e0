package site_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestPagerGaps: where pages are left out between two links stands one mark.
func TestPagerGaps(t *testing.T) {
	files := lists(t, "", cards(600)) // twelve pages
	for name, want := range map[string]string{
		"index.html": "1 2 3 … 12", "page-4.html": "1 2 3 4 5 6 … 12", "page-6.html": "1 … 4 5 6 7 8 … 12", "page-12.html": "1 … 10 11 12",
	} {
		_, list, _ := strings.Cut(files[name], `<nav class="pager"`)
		_, list, _ = strings.Cut(list, "<ol>")
		list, _, _ = strings.Cut(list, "</ol>")
		if got := strings.Join(strings.Fields(text(t, "<ol>"+strings.ReplaceAll(list, "</li>", " </li>"), "ol")), " "); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// TestTagsOnTheFirstPage: the index names the most used tags, its other pages do not.
func TestTagsOnTheFirstPage(t *testing.T) {
	all := cards(51)
	all[0].Tags = []string{"linux", "dns"} // the other page has no card with it
	files := lists(t, "", all)
	for name, want := range map[string]bool{"index.html": true, "page-2.html": false} {
		if got := strings.Contains(files[name], `href="tags/dns.html"`); got != want {
			t.Errorf("%s has a link to the tag: %v, want %v", name, got, want)
		}
	}
}

// TestUnknownDifficulties stand in the order of the alphabet, whatever replays they
// are of.
func TestUnknownDifficulties(t *testing.T) {
	all := cards(3)
	for i, difficulty := range []string{"quaint", "mad", "awkward"} {
		all[i].Difficulty = difficulty
	}
	page := lists(t, "", all)["difficulty.html"]
	var got []string
	for _, part := range strings.Split(page, `<h2 id="level-`)[1:] {
		got = append(got, text(t, `<h2 id="`+part, "h2"))
	}
	if diff := cmp.Diff([]string{"awkward", "mad", "quaint"}, got); diff != "" {
		t.Errorf("groups (-want +got):\n%s", diff)
	}
}

// TestTagSpelledTwoWays: of two spellings that are as frequent a tag has the same one
// in every build.
func TestTagSpelledTwoWays(t *testing.T) {
	all := cards(4)
	for i, tag := range []string{"ci-cd", "CI CD", "Ci-Cd", "ci cd"} {
		all[i].Tags = []string{tag}
	}
	for range 4 {
		if got := text(t, lists(t, "", all)["tags/ci-cd.html"], "h1"); got != "Replays about CI CD" {
			t.Fatalf("the page says %q", got)
		}
	}
}
