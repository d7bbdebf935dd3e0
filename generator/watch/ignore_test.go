package watch_test

import (
	"testing"

	"github.com/replaygen/replaygen/generator/watch"
)

func TestIgnored(t *testing.T) {
	for _, name := range []string{
		"x.md~", ".x.md.swp", "x.swp", "x.swo", "x.swx", "x.tmp", ".DS_Store", ".git", "node_modules", "4913",
		".goutputstream-A1B2C3", "x.md___jb_tmp___", "x.md___jb_old___", ".#x.md", "#x.md#", "sedA1b2C3", "sed000000",
	} {
		if !watch.Ignored(name) {
			t.Errorf("%q is not ignored", name)
		}
	}
	for _, name := range []string{
		"x.md", "_partial.html", "site.yaml", "x~y.md", "tmp", "x.tmp.md", "#", "#1.md", "c#", "4913.md", "49130",
		"sediments", "sed-A1b2", "sedA1b2C34", "sedA1b2C", "used12345", "jb_tmp", "node_modules.md", "",
	} {
		if watch.Ignored(name) {
			t.Errorf("%q is ignored", name)
		}
	}
}
