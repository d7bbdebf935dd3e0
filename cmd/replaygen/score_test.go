package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestScoreSample follows links on pages of the sample site, picked by a fixed
// seed, and compares what score says of them with the pages that they lead to.
func TestScoreSample(t *testing.T) {
	source := t.TempDir() // a build keeps names of pages in its source
	if err := os.CopyFS(filepath.Join(source, "content"), os.DirFS("../../content")); err != nil {
		t.Fatal(err)
	}
	output := buildSite(t, source)
	var pages []string
	err := fs.WalkDir(os.DirFS(output), ".", func(name string, _ fs.DirEntry, err error) error {
		if path.Ext(name) == ".html" && strings.Contains(name, "/") {
			pages = append(pages, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for checked := 0; checked < 20; {
		name := pages[random.IntN(len(pages))]
		links := linksOn(t, filepath.Join(output, filepath.FromSlash(name)))
		if len(links) == 0 {
			continue
		}
		checked++
		compareScore(t, source, output, path.Dir(name), links[random.IntN(len(links))])
	}
}

// linksOn returns the links of a page that lead through the replay.
func linksOn(t *testing.T, file string) (links []string) {
	page := readPage(t, file)
	for _, c := range page.choices {
		if c.href != "" {
			links = append(links, c.href)
		}
	}
	if page.next != "" {
		links = append(links, page.next)
	}
	return links
}

func compareScore(t *testing.T, source, output, folder, href string) {
	t.Helper()
	u, err := url.Parse(href)
	if err != nil {
		t.Fatal(err)
	}
	page := readPage(t, filepath.Join(output, folder, u.Path))
	link := "https://example.test/some/repo/" + folder + "/" + href
	var out, errs bytes.Buffer
	if code := run([]string{"score", "--json", "--source", source, link}, strings.NewReader(""), &out, &errs); code != 0 {
		t.Fatalf("score %s exits with %d: %s", link, code, errs.String())
	}
	var got struct {
		Replay, Place, State, Trail, Problem string
		Clock                                *int `json:"clock_minutes"`
		Score                                *int
		Notes                                []string
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	said := fmt.Sprint(got.Replay, " ", got.Place, " ", number(got.Clock), " ", number(got.Score), " ", got.State+".html", " ", got.Trail, got.Problem, got.Notes)
	shown := fmt.Sprint(page.replay, " ", page.place, " ", page.clock, " ", page.score, " ", u.Path, " ", u.Query().Get("trail"), []string{})
	if said != shown {
		t.Errorf("score %s\nsays %s\nwant %s", link, said, shown)
	}
}

// number writes what pages leave out if it is not known.
func number(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}
