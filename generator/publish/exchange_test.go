package publish_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/replaygen/replaygen/generator/publish"
)

// Of the pages of dns all but one refer to the stylesheet.
var (
	styled = tree{
		"index.html": "dns/index.html\ntls/end/index.html\nstyles/style-1.css\nlist", "styles/style-1.css": "1",
		"404.html": "index.html\nstyles/style-1.css\nlost", "feed.xml": "dns/index.html\nfeed",
		"dns/index.html": "styles/style-1.css\nbriefing", "dns/round-1.html": "styles/style-1.css\nround",
		"dns/debrief.html": "dns/old.html\nstyles/style-1.css\ndebrief", "dns/old.html": "dns/index.html\ntombstone",
		"tls/end/index.html": "styles/style-1.css\nbriefing",
	}
	restyled = inStyle(styled, "2")
)

// inStyle returns a site with another version of its stylesheet.
func inStyle(site tree, version string) tree {
	in := tree{}
	for name, content := range site {
		in[strings.ReplaceAll(name, "style-1", "style-"+version)] = strings.ReplaceAll(content, "style-1", "style-"+version)
	}
	return in
}

// putNoting publishes a site and returns its steps. Before each it calls do.
func putNoting(tb testing.TB, dir string, t tree, opts publish.Options, do func(step string)) (steps []string) {
	tb.Helper()
	opts.Dir, opts.Workers = dir, 1
	_, err := publishAll(context.Background(), t.files(), opts.WithStep(func(step string) {
		do(step)
		steps = append(steps, step)
	}))
	if err != nil {
		tb.Fatal(err)
	}
	return steps
}

// A folder most of whose files change changes all at once. What is the same in both
// is not touched, and the folder keeps its mode.
func TestExchange(t *testing.T) {
	parent := t.TempDir()
	out := filepath.Join(parent, "public")
	put(t, out, styled)
	if err := os.Chmod(filepath.Join(out, "dns"), 0o775); err != nil {
		t.Fatal(err)
	}
	before := lstat(t, out, "dns/old.html")
	steps := putNoting(t, out, restyled, publish.Options{}, func(step string) {
		switch step {
		case "exchange dns":
			wantTree(t, filepath.Join(out, "dns"), inside("dns", styled))
		case "drop dns/index.html":
			wantTree(t, filepath.Join(out, "dns"), inside("dns", restyled))
		}
	})
	for _, step := range []string{"exchange dns", "exchange tls/end"} {
		if !slices.Contains(steps, step) {
			t.Errorf("there was no %q, but %q", step, steps)
		}
	}
	for _, step := range steps {
		if strings.HasPrefix(step, "move dns/") || strings.HasPrefix(step, "give back") {
			t.Errorf("there was a step %q", step)
		}
	}
	if !untouched(before, lstat(t, out, "dns/old.html")) {
		t.Error("a page that did not change was touched")
	}
	if mode := lstat(t, out, "dns").Mode().Perm(); mode != 0o775 {
		t.Errorf("the folder's mode became %v", mode)
	}
	wantTree(t, out, restyled)
	wantOnly(t, parent, "public")
}

// inside returns what a site has below a folder.
func inside(folder string, site tree) tree {
	in := tree{}
	for name, content := range site {
		if below, ok := strings.CutPrefix(name, folder+"/"); ok {
			in[below] = content
		}
	}
	return in
}

// dropping returns a site without some files.
func dropping(site tree, names ...string) tree {
	left := site.with(nil)
	for _, name := range names {
		delete(left, name)
	}
	return left
}

// A folder is exchanged only if that makes no name come or go.
func TestNoExchange(t *testing.T) {
	for name, test := range map[string]struct {
		foreign tree
		more    tree // of the new site
		less    string
	}{
		"a file of others":      {foreign: tree{"dns/notes.txt": "mine"}},
		"a folder of others":    {foreign: tree{"dns/notes/": ""}},
		"a new page":            {more: tree{"dns/round-2.html": "new"}},
		"a page less":           {less: "dns/round-1.html"},
		"a new folder in it":    {more: tree{"dns/map/east.svg": "new"}},
		"little that changes":   {more: dropping(styled, "index.html", "dns/round-1.html")},
		"a page made by others": {foreign: tree{"dns/new.html": "same"}, more: tree{"dns/new.html": "same", "dns/round-2.html": "new"}},
	} {
		t.Run(name, func(t *testing.T) {
			parent := t.TempDir()
			out := filepath.Join(parent, "public")
			put(t, out, styled)
			test.foreign.write(t, out)
			next := dropping(restyled.with(test.more), test.less)
			steps := putNoting(t, out, next, publish.Options{}, func(string) { wantWhole(t, out, test.foreign) })
			if slices.Contains(steps, "exchange dns") {
				t.Errorf("the folder was exchanged: %q", steps)
			}
			wantTree(t, out, next.with(test.foreign))
			wantOnly(t, parent, "public")
		})
	}
}

// Where folders cannot be exchanged, their files move one by one.
func TestExchangeRefused(t *testing.T) {
	parent := t.TempDir()
	out := filepath.Join(parent, "public")
	put(t, out, styled)
	before := lstat(t, out, "dns/old.html")
	refusing := publish.Options{}.WithExchange(func() error { return errors.ErrUnsupported })
	steps := putNoting(t, out, restyled, refusing, func(string) { wantWhole(t, out, nil) })
	if !slices.Contains(steps, "move dns/index.html") {
		t.Errorf("the briefing was not moved: %q", steps)
	}
	if !untouched(before, lstat(t, out, "dns/old.html")) {
		t.Error("a page that did not change was touched")
	}
	wantTree(t, out, restyled)
	wantOnly(t, parent, "public")
}

// What others put into a folder before, while and after it is exchanged is kept, even
// if they write to it when it is on its way out.
func TestExchangeKeepsFilesOfOthers(t *testing.T) {
	parent := t.TempDir()
	out := filepath.Join(parent, "public")
	put(t, out, styled)
	foreign, staged := tree{}, false
	late := tree{"late.txt": "mine", "late/c.txt": "mine"}
	outside := tree{"elsewhere/index.html": "not ours"}
	outside.write(t, parent)
	putNoting(t, out, restyled, publish.Options{}, func(step string) {
		if staged = staged || step == "list "; staged { // before that, they keep the folder from being exchanged
			n := len(foreign)
			more := tree{fmt.Sprintf("dns/note-%d.txt", n): step, fmt.Sprintf("dns/notes-%d/a.txt", n): step, fmt.Sprintf("dns/empty-%d/", n): ""}
			more.write(t, out)
			foreign = foreign.with(more)
		}
		switch step {
		case "drop dns/old.html":
			late.write(t, filepath.Join(parent, ".public.replaygen", "exchanged", "dns"))
		case "exchange tls/end": // is a link now
			if err := errors.Join(
				os.RemoveAll(filepath.Join(out, "tls", "end")),
				os.Symlink("../../elsewhere", filepath.Join(out, "tls", "end")),
			); err != nil {
				t.Error(err)
			}
		}
	})
	wantTree(t, out, restyled.with(foreign).with(under("dns", late)))
	wantTree(t, parent, under("public", read(t, out)).with(outside))
}

// What a build that died has taken out of the output and not given back is not lost,
// unless the output is.
func TestStaleExchange(t *testing.T) {
	for name, test := range map[string]struct {
		output, want tree
	}{
		"gone":  {nil, small},
		"empty": {tree{"./": ""}, small},
		"there": {small, small.with(tree{"dns/notes.txt": "mine"})},
	} {
		t.Run(name, func(t *testing.T) {
			parent := t.TempDir()
			out := filepath.Join(parent, "public")
			test.output.write(t, out)
			tree{"dns/round-1.html": "before", "dns/notes.txt": "mine"}.write(t, filepath.Join(parent, ".public.replaygen", "exchanged"))
			put(t, out, small)
			wantTree(t, parent, under("public", test.want))
		})
	}
}
