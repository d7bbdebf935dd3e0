package publish_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cespare/xxhash/v2"

	"github.com/replaygen/replaygen/generator/publish"
)

// manifestListing returns a manifest of folders, each of which lists an empty file
// victim.html.
func manifestListing(folders ...string) string {
	const section = "ef46db3751d8e999 0 victim.html\n" // the hash and the size of no bytes
	text := fmt.Sprintf("replaygen manifest 2 %d\n", len(folders))
	for _, folder := range folders {
		text += fmt.Sprintf("%016x %d 1 0 %s\n", xxhash.Sum64String(section), len(section), folder)
	}
	return text + strings.Repeat(section, len(folders))
}

// victims are files that may be ours, if the manifest says so and can be trusted.
var victims = tree{"a/victim.html": "", "b/victim.html": "", "c/victim.html": ""}

// TestManifestDoubtful: a manifest with any mistake removes nothing, as one without
// would.
func TestManifestDoubtful(t *testing.T) {
	good := manifestListing("a", "b", "c")
	for name, test := range map[string]struct {
		manifest string
		left     tree
	}{
		"good":             {good, nil},
		"bytes at the end": {good + "x", victims},
		"not sorted":       {manifestListing("a", "c", "b"), victims},
		"less than nothing": {
			"replaygen manifest 2 2\nef46db3751d8e999 -5 -5 0 a\nef46db3751d8e999 5 0 0 b\n", victims,
		},
	} {
		t.Run(name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "public")
			victims.with(tree{publish.ManifestName: test.manifest}).write(t, out)
			put(t, out, small)
			wantTree(t, out, small.with(test.left))
		})
	}
}

// FuzzManifest publishes over any manifest. Whatever it says, the site is published,
// and only what it names may go.
func FuzzManifest(f *testing.F) {
	f.Add(manifestListing("a", "b", "c"))
	f.Add(manifestListing("", "a"))
	f.Add(manifestListing("c", "a"))
	f.Add("replaygen manifest 2 2\nef46db3751d8e999 -5 -5 0 a\nef46db3751d8e999 5 0 0 b\n")
	f.Add("replaygen manifest 2 1\nef46db3751d8e999 1000000000 0 0 a\n")
	f.Fuzz(func(t *testing.T, manifest string) {
		parent := t.TempDir()
		out := filepath.Join(parent, "public")
		tree{"victim.html": ""}.write(t, parent)
		victims.with(tree{publish.ManifestName: manifest}).write(t, out)
		put(t, out, small)
		got := read(t, parent)
		for name, content := range under("public", small).with(tree{"victim.html": ""}) {
			if now, there := got[name]; !there || now != content {
				t.Errorf("%s is %q (%v), want %q", name, now, there, content)
			}
		}
		for name := range victims {
			if _, there := got["public/"+name]; !there && !strings.Contains(manifest, " "+filepath.Dir(name)+"\n") {
				t.Errorf("%s was removed, though the manifest does not list its folder", name)
			}
		}
	})
}
