package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// sitesFolder is the part of the folder to work in that is served: both sites.
const sitesFolder = "sites"

// pagesPlan is a comparison of what the readers of two sites wait for.
type pagesPlan struct {
	source     string // directory that holds content/
	replay     string // slug; "" is the replay of median length
	mkdocs     string // program that builds the other site; "" is none
	pictures   string // folder for screenshots; "" is none
	conditions []condition
	runs       int // of each visit, under each condition
	out        io.Writer
}

// benchPages measures in Chromium what a reader waits for: in a site of replaygen
// and in one of MkDocs with the theme Material, both of the same replays, and on the
// smallest page there can be.
func benchPages(ctx context.Context, args []string) error {
	plan := pagesPlan{conditions: conditions(), out: os.Stdout}
	f := flag.NewFlagSet("pages", flag.ContinueOnError)
	f.StringVar(&plan.source, "source", ".", "directory that holds content/")
	f.StringVar(&plan.replay, "replay", "", "slug of the replay to read (default: the one of median length)")
	f.StringVar(&plan.mkdocs, "mkdocs", "mkdocs", "program that builds the other site; empty to measure ours alone")
	f.StringVar(&plan.pictures, "screenshots", "", "keep a picture of every page that is measured in this folder")
	f.IntVar(&plan.runs, "runs", 7, "visits of each kind; medians are printed")
	if err := f.Parse(args); err != nil {
		return err
	}
	if plan.runs < 1 {
		return errors.New("--runs must be 1 or more")
	}
	return plan.run(ctx)
}

// run builds both sites, visits them and prints the tables.
func (plan pagesPlan) run(ctx context.Context) (err error) {
	dir, err := os.MkdirTemp("", "replaybench")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	visits, err := plan.build(ctx, dir)
	if err != nil {
		return err
	}
	pages, err := readHost(os.DirFS(filepath.Join(dir, sitesFolder)))
	if err != nil {
		return err
	}
	sites, err := pages.serve()
	if err != nil {
		return err
	}
	defer sites.close()
	browser, err := startChromium(ctx)
	if err != nil {
		return err
	}
	defer browser.close()
	fmt.Fprintf(plan.out, "%s, median of %d visits each, in turn\n", browser.version, plan.runs)
	for _, c := range plan.conditions {
		fmt.Fprintf(plan.out, "%s: %s\n", c.name, c.means)
	}
	fmt.Fprintln(plan.out)
	if err := plan.visitAll(browser, sites, visits); err != nil {
		return err
	}
	return printPages(plan.out, plan.conditions, visits)
}

// build builds the sites into dir, prints what they are, and returns the visits
// to make.
func (plan pagesPlan) build(ctx context.Context, dir string) ([]*visit, error) {
	ours, err := buildOurs(ctx, plan.source, plan.replay, dir)
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(plan.out, "the replay “%s” (%s), in sites of %d replays\n", ours.machine.Replay.Title, ours.replay.Slug, len(ours.replays))
	floor, err := buildFloor(dir)
	if err != nil {
		return nil, err
	}
	visits := append(ours.visits(), floor)
	if plan.mkdocs == "" {
		return visits, nil
	}
	material, err := buildMaterial(ctx, plan.mkdocs, ours, dir)
	if errors.Is(err, errNoMkDocs) {
		fmt.Fprintln(plan.out, err)
		return visits, nil
	}
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(plan.out, "%s, with the settings in cmd/replaybench/pages_material.yml\n", material.generator)
	return append(visits, material.visits()...), nil
}

// visitAll makes every visit under every condition, again and again. They take
// turns, so that whatever else the machine does meets all alike.
func (plan pagesPlan) visitAll(b *chromium, sites *served, visits []*visit) error {
	for n := range plan.runs {
		for i, c := range plan.conditions {
			for j, v := range visits {
				camera := ""
				if n == 0 && plan.pictures != "" {
					camera = filepath.Join(plan.pictures, fmt.Sprintf("condition-%d-visit-%d", i+1, j+1))
				}
				views, err := b.visit(sites, v, c, camera)
				if err != nil {
					return err
				}
				v.record(i, views)
			}
		}
	}
	return nil
}
