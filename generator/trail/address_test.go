package trail_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator/trail"
)

func TestParseAddress(t *testing.T) {
	played := trail.Address{Folder: "disk-full", Page: "outcome-1c.1-ac", Trail: "1-AC", Clock: 12, Score: 92}
	for link, want := range map[string]trail.Address{
		"https://example.org/a/b/disk-full/outcome-1c.1-ac.html?trail=1-AC&clock=12&score=92":    played,
		"https://example.org/disk-full/outcome-1c.1-ac?trail=1-AC&clock=12&score=92#main":        played,
		"file:///srv/public/disk-full/outcome-1c.1-ac.html?trail=1-AC&amp;clock=12&amp;score=92": played,
		" disk-full/outcome-1c.1-ac.html?score=92&clock=12&trail=1-AC\n":                         played,
		"../disk-full/outcome-1c.1-ac.html?trail=1%2DAC&clock=12&score=92":                       played,
		"https://example.org/replays/disk-full/":                                                 {Folder: "disk-full", Page: "index", Clock: -1, Score: -1},
		"https://example.org/replays/disk-full/?trail=1-AC":                                      {Folder: "disk-full", Page: "index", Trail: "1-AC", Clock: -1, Score: -1},
		"https://example.org/replays/disk-full":                                                  {Folder: "replays", Page: "disk-full", Clock: -1, Score: -1},
		"https://example.org/":                                                                   {Clock: -1, Score: -1},
		"round-1.html":                                                                           {Page: "round-1", Clock: -1, Score: -1},
		"../round-1.html?trail=start&clock=0&score=100":                                          {Page: "round-1", Trail: "start", Clock: 0, Score: 100},
		"?trail=1-AC&clock=12&score=92":                                                          {Trail: "1-AC", Clock: 12, Score: 92},
		"1-AC.2-B":                                                                               {Trail: "1-AC.2-B", Clock: -1, Score: -1},
	} {
		got, err := trail.ParseAddress(link)
		if err != nil {
			t.Errorf("%q: %v", link, err)
		} else if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", link, diff)
		}
	}
}

func TestParseAddressRefuses(t *testing.T) {
	for link, want := range map[string]string{
		"":                                    "it is empty: expected a URL of a page, or a trail such as 1-AC.2-B",
		"http://[::1/a/b.html":                "it is not a URL",
		"a/b.html?trail=1-A&utm_source=mail":  `its parameter "utm_source" is unknown: links carry trail, clock and score`,
		"a/b.html?trail=1-A&trail=1-B":        `its parameter "trail" is given 2 times`,
		"a/b.html?trail=%zz":                  "its parameters cannot be read: expected trail=…&clock=…&score=…",
		"a/b.html?clock=":                     `its clock "" is not a number of minutes`,
		"a/b.html?clock=-1":                   `its clock "-1" is not a number of minutes`,
		"a/b.html?clock=12.5":                 `its clock "12.5" is not a number of minutes`,
		"a/b.html?clock=99999999999999999999": `its clock "99999999999999999999" is not a number of minutes`,
		"a/b.html?score=101":                  `its score "101" is not a number from 0 to 100`,
		"a/b.html?score=ten":                  `its score "ten" is not a number from 0 to 100`,
	} {
		if got, err := trail.ParseAddress(link); err == nil || err.Error() != want {
			t.Errorf("%q gives %+v and the error %v, want %q", link, got, err, want)
		}
	}
}
