package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/replaygen/replaygen/generator/library"
)

// materialConfig is the project's mkdocs.yml, without its navigation.
//
//go:embed pages_material.yml
var materialConfig string

// materialFolder is where the host has the site of MkDocs.
const materialFolder = "mkdocs"

// errNoMkDocs is returned where there is no MkDocs to build with.
var errNoMkDocs = errors.New("no mkdocs on the path, so ours is measured alone: apt-get install mkdocs-material")

// materialSite is a site that MkDocs has built with the theme Material.
type materialSite struct {
	page      string // the page of the replay to visit, in the site
	next      bool   // whether that links to a page of another replay
	generator string // names and versions, as the pages tell them
}

// buildMaterial builds with program, from the same Markdown as ours, a site in
// which a replay is a page, answers and all, as people do today.
func buildMaterial(ctx context.Context, program string, ours *ourSite, dir string) (*materialSite, error) {
	program, err := exec.LookPath(program)
	if err != nil {
		return nil, errNoMkDocs
	}
	if program, err = filepath.Abs(program); err != nil { // it runs in another folder
		return nil, err
	}
	project, output := filepath.Join(dir, "project"), filepath.Join(dir, sitesFolder, materialFolder)
	if err := writeProject(project, ours); err != nil {
		return nil, err
	}
	command := exec.CommandContext(ctx, program, "build", "--quiet", "--site-dir", output)
	command.Dir = project
	if said, err := command.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("mkdocs build: %w (is Material there? apt-get install mkdocs-material)\n%s", err, said)
	}
	s := &materialSite{page: strings.TrimSuffix(documentOf(ours.replay), ".md") + "/", next: len(ours.replays) > 1}
	text, err := os.ReadFile(filepath.Join(output, filepath.FromSlash(s.page), "index.html"))
	if err != nil {
		return nil, err
	}
	s.generator = generatorOf(text)
	return s, nil
}

// writeProject writes the sources of the site: the replays, what lies beside
// them, a home page, and the settings. The replay to visit comes first, so that
// its page has a link to a next one.
func writeProject(dir string, ours *ourSite) error {
	docs := filepath.Join(dir, "docs")
	if err := os.CopyFS(docs, os.DirFS(filepath.Join(ours.source, library.ContentDir))); err != nil {
		return err
	}
	for _, name := range []string{"README.md", "site.yaml", "names"} { // mean nothing to MkDocs
		if err := os.RemoveAll(filepath.Join(docs, name)); err != nil {
			return err
		}
	}
	home, nav := &strings.Builder{}, &strings.Builder{}
	fmt.Fprint(home, "# Incident replays\n\n")
	fmt.Fprintf(nav, "nav:\n  - index.md\n  - %q\n", documentOf(ours.replay))
	for _, r := range ours.replays {
		fmt.Fprintf(home, "- [%s](<%s>)\n", r.Slug, documentOf(r))
		if r != ours.replay {
			fmt.Fprintf(nav, "  - %q\n", documentOf(r))
		}
	}
	if err := os.WriteFile(filepath.Join(docs, "index.md"), []byte(home.String()), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "mkdocs.yml"), []byte(materialConfig+nav.String()), 0o644)
}

// documentOf returns the path of a replay's text in the folder of documents.
func documentOf(r *library.Replay) string {
	return strings.TrimPrefix(r.Path, library.ContentDir+"/")
}

// generatorOf returns what a page says that it was made with.
func generatorOf(page []byte) string {
	match := regexp.MustCompile(`<meta name="generator" content="([^"]*)"`).FindSubmatch(page)
	if match == nil {
		return "MkDocs, which does not tell its version"
	}
	return string(match[1])
}

// visits is one: from the page of the replay to the page of the next.
func (s *materialSite) visits() []*visit {
	v := &visit{path: "/" + materialFolder + "/" + s.page}
	v.opened.label = "Material: the whole replay on one page"
	if s.next {
		v.follow = []string{"a.md-footer__link--next"}
		v.followed.label = "Material: the next replay’s page"
	}
	return []*visit{v}
}
