package site_test

import (
	"encoding/xml"
	"fmt"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/site"
)

// lists makes the files that list replays, by path.
func lists(t *testing.T, base string, cards []site.Card) map[string]string {
	t.Helper()
	var list diag.List
	theme, err := site.LoadTheme("default", nil, &list)
	if err != nil {
		t.Fatal(err)
	}
	cfg := site.DefaultConfig()
	cfg.BaseURL = base
	s := site.New(cfg, theme, site.NewContent(site.Directory{}, fstest.MapFS{}), &list)
	files := map[string]string{}
	for _, f := range slices.Concat(s.Static(), s.Lists(cards)) {
		body, err := f.Append(nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, twice := files[f.Path]; twice {
			t.Errorf("%s is made twice", f.Path)
		}
		files[f.Path] = string(body)
	}
	if list.Len() > 0 {
		t.Fatal(said(&list))
	}
	return files
}

func said(list *diag.List) (all []string) {
	for _, d := range list.Sorted() {
		all = append(all, d.Message)
	}
	return all
}

// cards returns n cards, the first one the newest.
func cards(n int) []site.Card {
	all := make([]site.Card, n)
	for i := range all {
		slug := fmt.Sprintf("replay-%d", i)
		all[i] = site.Card{
			Slug: slug, Title: fmt.Sprintf("%c replay %d", 'A'+i%26, i), Description: "A disk.", Path: slug + "/index.html",
			Date: fmt.Sprintf("2026-%02d-%02d", 12-i/28%12, 28-i%28), Decisions: 3, Optimal: 12,
			Tags: []string{"linux"}, Difficulty: []string{"advanced", "beginner"}[i%2],
		}
	}
	return all
}

// links returns where the links of a page lead, by the name of the link, from the
// site's root; one mark stands before the current page of a list.
func links(t *testing.T, name, page string) map[string]string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for n := range doc.Descendants() {
		if n.Data != "a" {
			continue
		}
		var href, mark, label, called string
		for _, a := range n.Attr {
			switch a.Key {
			case "href":
				href = a.Val
			case "aria-current":
				mark = "*"
			case "aria-label":
				called = a.Val
			}
		}
		for c := range n.Descendants() {
			if c.Type == html.TextNode {
				label += c.Data
			}
		}
		u, err := url.Parse(href)
		if err != nil {
			t.Fatal(err)
		}
		to := path.Join(path.Dir(name), u.Path)
		if u.Fragment != "" {
			to = "#" + u.Fragment
		}
		if called != "" {
			if !strings.Contains(called, label) {
				t.Errorf("%s: the link %q is called %q", name, label, called)
			}
			label = called
		}
		found[mark+strings.TrimSpace(label)] = to
	}
	return found
}

// TestIndexPages: fifty replays a page, each on one, newest first.
func TestIndexPages(t *testing.T) {
	for n, pages := range map[int][]int{0: {0}, 1: {1}, 50: {50}, 51: {50, 1}, 120: {50, 50, 20}} {
		files := lists(t, "", cards(n))
		next := 0
		for i, want := range pages {
			name := "index.html"
			if i > 0 {
				name = fmt.Sprintf("page-%d.html", i+1)
			}
			body := files[name]
			if got := strings.Count(body, `class="card"`); got != want {
				t.Errorf("%d replays: %d on %s, want %d", n, got, name, want)
			}
			for range want {
				if !strings.Contains(body, fmt.Sprintf(`href="replay-%d/index.html"`, next)) {
					t.Errorf("%d replays: %s lacks replay-%d", n, name, next)
				}
				next++
			}
			if got := strings.Contains(body, "<nav class=\"pager\""); got != (len(pages) > 1) {
				t.Errorf("%d replays: %s has links to other pages: %v", n, name, got)
			}
		}
		if _, ok := files[fmt.Sprintf("page-%d.html", len(pages)+1)]; ok {
			t.Errorf("%d replays: more pages than %d", n, len(pages))
		}
		if _, ok := files["a-z.html"]; ok != (n > 1) {
			t.Errorf("%d replays: a list from A to Z: %v", n, ok)
		}
	}
}

func TestPager(t *testing.T) {
	files := lists(t, "", cards(500))
	want := map[string]string{
		"Skip to content": "#main", "Incident replays": "index.html", "All replays": "index.html",
		"Previous page": "page-4.html", "Next page": "page-6.html",
		"Page 1": "index.html", "Page 3": "page-3.html", "Page 4": "page-4.html", "*Page 5": "page-5.html",
		"Page 6": "page-6.html", "Page 7": "page-7.html", "Page 10": "page-10.html",
		"A to Z": "a-z.html", "By difficulty": "difficulty.html", "All tags": "tags/index.html",
	}
	got := links(t, "page-5.html", files["page-5.html"])
	maps.DeleteFunc(got, func(label, href string) bool { return strings.Contains(label, "replay ") || label == "linux" })
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("links of page 5 (-want +got):\n%s", diff)
	}
	if got := links(t, "tags/linux.2.html", files["tags/linux.2.html"]); got["*Page 2"] != "tags/linux.2.html" || got["Next page"] != "tags/linux.3.html" || got["Incident replays"] != "index.html" {
		t.Errorf("links of the second page of a tag: %v", got)
	}
}

// TestTagPages: what is spelled alike shares a page, what is not has its own,
// whatever letters it is written in.
func TestTagPages(t *testing.T) {
	all := cards(7)
	for i, tags := range [][]string{{"CI CD", "linux"}, {"ci-cd", "c"}, {"ci-cd", "C++"}, {"c#", "сеть"}, {"网络"}, {"index"}, {"网络", "Page 2"}} {
		all[i].Tags = tags
	}
	files := lists(t, "", all)
	got := map[string]string{}
	for name, body := range files {
		if strings.HasPrefix(name, "tags/") && name != "tags/index.html" {
			got[name] = fmt.Sprintf("%s, %d", text(t, body, "h1"), strings.Count(body, `class="card"`))
		}
	}
	want := map[string]string{
		"tags/ci-cd.html": "Replays about ci-cd, 3", "tags/linux.html": "Replays about linux, 1", "tags/c.html": "Replays about c, 1",
		"tags/page-2.html": "Replays about Page 2, 1",
	}
	for name, said := range want {
		if got[name] != said {
			t.Errorf("%s says %q, want %q", name, got[name], said)
		}
		delete(got, name)
	}
	others := slices.Sorted(maps.Values(got))
	if diff := cmp.Diff([]string{"Replays about C++, 1", "Replays about c#, 1", "Replays about index, 1", "Replays about сеть, 1", "Replays about 网络, 2"}, others); diff != "" {
		t.Errorf("pages of tags with a hash (-want +got):\n%s", diff)
	}
	overview := links(t, "tags/index.html", files["tags/index.html"])
	for _, name := range []string{"ci-cd", "C++", "сеть", "index"} {
		if _, ok := files[overview[name]]; !ok {
			t.Errorf("the overview leads for %s to %q", name, overview[name])
		}
	}
}

func TestGroups(t *testing.T) {
	all := cards(6)
	for i, c := range []struct{ title, difficulty string }{
		{"zebra", "Expert"}, {"Über", ""}, {"“Qat”", "beginner"}, {"3 disks", "quaint"}, {"Zoo", "hard"}, {"quick", "Beginner"},
	} {
		all[i].Title, all[i].Difficulty = c.title, c.difficulty
	}
	files := lists(t, "", all)
	for name, want := range map[string]string{
		"a-z.html":        "#: 3 disks. Q: “Qat”, quick. Z: zebra, Zoo. Ü: Über. ",
		"difficulty.html": "beginner: “Qat”, quick. hard: Zoo. Expert: zebra. quaint: 3 disks. Not rated: Über. ",
	} {
		doc, err := html.Parse(strings.NewReader(files[name]))
		if err != nil {
			t.Fatal(err)
		}
		got, targets := "", links(t, name, files[name])
		for n := range doc.Descendants() {
			if n.Data != "section" {
				continue
			}
			var parts []string
			for c := range n.Descendants() {
				if c.Data == "h2" || c.Data == "a" {
					parts = append(parts, c.FirstChild.Data)
				}
			}
			got += parts[0] + ": " + strings.Join(parts[1:], ", ") + ". "
			if target := targets[parts[0]]; !strings.Contains(files[name], `<h2 id="`+strings.TrimPrefix(target, "#")+`"`) {
				t.Errorf("%s: the link to %s leads to %s", name, parts[0], target)
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestFeed(t *testing.T) {
	type link struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	}
	var feed struct {
		XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
		Lang    string   `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
		ID      string   `xml:"id"`
		Updated string   `xml:"updated"`
		Links   []link   `xml:"link"`
		Entries []struct {
			Lang    string `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
			ID      string `xml:"id"`
			Title   string `xml:"title"`
			Updated string `xml:"updated"`
			Link    link   `xml:"link"`
			Author  string `xml:"author>name"`
		} `xml:"entry"`
	}
	all := cards(60)
	all[0].Title, all[0].Authors, all[1].Date = `<b> & "quotes"`, []string{"Ada", "Max"}, ""
	all[2].Language, all[2].Authors = "ar", []string{"Ada", "Max"}
	files := lists(t, "https://example.org/some/repo", all)
	if err := xml.Unmarshal([]byte(files["feed.xml"]), &feed); err != nil {
		t.Fatal(err)
	}
	if feed.ID != "https://example.org/some/repo/" || feed.Updated != "2026-12-28T00:00:00+00:00" ||
		!slices.Contains(feed.Links, link{"self", "https://example.org/some/repo/feed.xml"}) {
		t.Errorf("the feed says %+v", feed)
	}
	first := feed.Entries[0]
	if first.Title != `<b> & "quotes"` || first.Author != "Ada, Max" || first.Link.Href != "https://example.org/some/repo/replay-0/" || first.Updated != feed.Updated {
		t.Errorf("the first entry says %+v", first)
	}
	if second := feed.Entries[1]; feed.Lang != "en" || first.Lang != "" || second.Lang != "ar" || second.Author != "\u2068Ada\u2069، \u2068Max\u2069" {
		t.Errorf("the feed is in %q, its entries in %q and %q, the second one by %q", feed.Lang, first.Lang, second.Lang, second.Author)
	}
	ids := map[string]bool{}
	for _, e := range feed.Entries {
		ids[e.ID] = true
	}
	if len(ids) != 50 || len(feed.Entries) != 50 || ids["https://example.org/some/repo/replay-1/"] {
		t.Errorf("%d entries with %d ids, want the 50 newest that have a date", len(feed.Entries), len(ids))
	}
	if !strings.Contains(files["index.html"], `<link rel="alternate" type="application/atom+xml" title="Incident replays" href="feed.xml">`) {
		t.Errorf("the index does not name the feed:\n%s", files["index.html"])
	}
	all[0].Date = ""
	for what, files := range map[string]map[string]string{"no base URL": lists(t, "", cards(2)), "no dates": lists(t, "https://example.org/", all[:2])} {
		if _, ok := files["feed.xml"]; ok || strings.Contains(files["index.html"], "atom+xml") {
			t.Errorf("%s: there is a feed", what)
		}
	}
}

func TestRobots(t *testing.T) {
	for base, want := range map[string]string{
		"": "", "https://example.org/repo/": "", "https://example.org": "User-agent: *\nAllow: /\n\nSitemap: https://example.org/sitemap.xml\n",
	} {
		if got := lists(t, base, cards(1))["robots.txt"]; got != want {
			t.Errorf("base URL %q: %q, want %q", base, got, want)
		}
	}
}
