package main

import (
	"bytes"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator/specimen"
)

// TestMain lets this program be its own child, as replaybench is.
func TestMain(m *testing.M) {
	if len(os.Args) < 2 || os.Args[1] != childBuild {
		os.Exit(m.Run())
	}
	main()
}

// smallPlan is a plan for a library that is soon built.
func smallPlan(t *testing.T) (plan buildPlan, out *bytes.Buffer) {
	out = &bytes.Buffer{}
	return buildPlan{runs: 2, setup: setup{
		library: specimen.Library{Replays: 2, Pages: 60, Bytes: 8000, CodeBlocks: 2},
		dir:     t.TempDir(), processors: 2, out: out, log: io.Discard,
	}}, out
}

// TestBuildMeasuresEveryKind builds a library in every way. Each process says that it
// did what is measured, or there would be no table.
func TestBuildMeasuresEveryKind(t *testing.T) {
	plan, out := smallPlan(t)
	plan.runs = 1
	if err := plan.inFolder(func(dir string) error { return plan.run(t.Context(), dir) }); err != nil {
		t.Fatal(err)
	}
	for k := range buildKinds {
		if !strings.Contains(out.String(), "\n| "+k.String()+" ") {
			t.Errorf("there is no row %q in\n%s", k, out)
		}
	}
	if left, err := os.ReadDir(plan.dir); len(left) > 0 || err != nil {
		t.Errorf("%v is left, error %v", left, err)
	}
}

// TestBuildCheck does not say whether the limits are kept: that is for quiet machines.
func TestBuildCheck(t *testing.T) {
	plan, out := smallPlan(t)
	plan.runs = 1
	err := plan.inFolder(func(dir string) error { return plan.runCheck(t.Context(), dir) })
	if err != nil && !errors.Is(err, errFar) {
		t.Fatal(err)
	}
	for _, l := range limits() {
		if !strings.Contains(out.String(), "\n| "+l.name+" ") {
			t.Errorf("there is no row %q in\n%s", l.name, out)
		}
	}
}

func TestScale(t *testing.T) {
	small, out := smallPlan(t)
	plan := scalePlan{setup: small.setup, largest: 1000}
	plan.library.Pages = 500
	if err := plan.inFolder(func(dir string) error { return plan.run(t.Context(), dir) }); err != nil {
		t.Fatal(err)
	}
	if rows := strings.Count(out.String(), "\n|"); rows != 3 { // heads, a rule, 1,000 pages
		t.Errorf("the table is\n%s", out)
	}
}

func TestSizes(t *testing.T) {
	for largest, want := range map[int][]int{
		999: nil, 1000: {1000}, 3000: {1000, 3000}, 1_000_000: {1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000},
	} {
		if diff := cmp.Diff(want, sizes(largest)); diff != "" {
			t.Errorf("sizes up to %d: want (-), got (+)\n%s", largest, diff)
		}
	}
}

func TestWrongFlags(t *testing.T) {
	for _, args := range [][]string{{"build", "--runs", "0"}, {"scale", "--pages", "0"}, {childBuild, `{"Role":"dance"}`}, {childBuild}} {
		if err := run(t.Context(), args); err == nil || errors.Is(err, flag.ErrHelp) {
			t.Errorf("%v: no error", args)
		}
	}
}

// seconds returns a lap whose kinds took so many seconds of one processor, in their
// order.
func seconds(files int, walls ...float64) (l lap) {
	l.files, l.bytes = files, int64(files)*6000
	for k, wall := range walls {
		took := time.Duration(wall * float64(time.Second))
		l.figures[k] = figure{Wall: took, User: took}
	}
	return l
}

// TestRatiosArePaired: each is of one lap, and the median is of ratios.
func TestRatiosArePaired(t *testing.T) {
	laps := []lap{
		seconds(100_000, 1, 1, 2.2, 0, 0.2, 0.23, 0, 1.2),
		seconds(100_000, 4, 4, 8, 0, 0.3, 0.36, 0, 2),
		seconds(100_000, 2, 2, 6, 0, 0.4, 0.45, 0, 3),
	}
	var out bytes.Buffer
	if err := targetTable(targets(disk{name: "ext4"}, 100_000), laps).print(&out); err != nil {
		t.Fatal(err)
	}
	want := `| cold / (raw write + rendering) | 1.10 | ≤ 1.20 | 1.00 | 1.50 |
| cold / (raw write + rendering), CPU | 1.10 | | 1.00 | 1.50 |
| cold / raw write | 2.20 | | 2.00 | 3.00 |
| user CPU of cold beyond rendering | 40.0 µs a file | ≤ 6.0 µs a file | 12.0 µs a file | 40.0 µs a file |
| most memory of a build | 0 MiB | ≤ 64 MiB | 0 MiB | 0 MiB |
| no change | 0.30 s | ≤ 0.30 s | 0.20 s | 0.40 s |
| replay edited beyond no change | 50 ms | ≤ 50 ms | 30 ms | 60 ms |
| tar | 300 MB/s | ≥ 500 MB/s | 200 MB/s | 500 MB/s |
| tar beyond rendering | 600 MB/s | | -300 MB/s | 3000 MB/s |
`
	if diff := cmp.Diff(want, rows(out.String())); diff != "" {
		t.Errorf("want (-), got (+)\n%s", diff)
	}
}

// rows returns a table without its heads and without what aligns its cells.
func rows(table string) string {
	var lines []string
	for line := range strings.Lines(strings.TrimSpace(table)) {
		lines = append(lines, strings.Join(strings.Fields(line), " ")+"\n")
	}
	return strings.Join(lines[2:], "")
}

func TestTargetsGoByFileSystemAndSize(t *testing.T) {
	for _, c := range []struct {
		disk   disk
		files  int
		ratio  string
		memory string
	}{
		{disk{name: "ext4"}, 100_300, "≤ 1.20", "≤ 64 MiB"},
		{disk{name: "tmpfs", memory: true}, 1_000_000, "≤ 1.40", "≤ 100 MiB"},
	} {
		all := targets(c.disk, c.files)
		if all[0].String() != c.ratio || all[4].String() != c.memory {
			t.Errorf("%+v: the targets are %q and %q", c, all[0], all[4])
		}
	}
}

// TestCheckNamesWhatIsFar: one good lap is enough, since nothing makes a machine faster.
func TestCheckNamesWhatIsFar(t *testing.T) {
	good := seconds(6000, 0.1, 0.2, 0.35, 0, 0.02, 0.02, 0, 0.3)
	slow := seconds(6000, 0.1, 0.2, 1.2, 0, 0.7, 0.9, 0, 2)
	if err := check(limits(), []lap{slow, good, slow}); err != nil {
		t.Errorf("with a good run: %v", err)
	}
	err := check(limits(), []lap{slow, slow})
	if !errors.Is(err, errFar) {
		t.Fatalf("without a good run: %v", err)
	}
	for i, l := range limits() {
		if far := i < 5; strings.Contains(err.Error(), l.name) != far {
			t.Errorf("%q is far above target: %t, want %t", l.name, !far, far)
		}
	}
	slow.figures[archive].Memory = 200 << 20
	if err := check(limits()[5:], []lap{slow}); err == nil {
		t.Error("200 MiB are not too much")
	}
}

// TestStartUpIsTakenAway: what a library of one replay takes too is none of the others'.
func TestStartUpIsTakenAway(t *testing.T) {
	start := seconds(500, 0.1, 0.3, 0.5)
	all := beyond([]lap{seconds(6000, 0.2, 0.8, 1.25)}, []lap{start})
	if all[0].files != 5500 || all[0].bytes != 5500*6000 {
		t.Errorf("there are %d files of %d bytes", all[0].files, all[0].bytes)
	}
	if got, _, _ := values(all, limits()[0].of); got != 1.25 {
		t.Errorf("cold / (raw write + rendering) is %g", got)
	}
}

func TestLapsGoBackAndForth(t *testing.T) {
	if diff := cmp.Diff([]buildKind{rawWrite, rendering, cold, coldWarm, noChange, replayEdited, archive}, order(0, false)); diff != "" {
		t.Errorf("the first lap: want (-), got (+)\n%s", diff)
	}
	if diff := cmp.Diff([]buildKind{cold, rendering, rawWrite, coldWarm, noChange, replayEdited, styleEdited, archive}, order(1, true)); diff != "" {
		t.Errorf("the second lap: want (-), got (+)\n%s", diff)
	}
}

// TestRawFilesHaveTheNamesAndSizes of those that were listed.
func TestRawFilesHaveTheNamesAndSizes(t *testing.T) {
	dir := t.TempDir()
	site, raw, listing := filepath.Join(dir, "site"), filepath.Join(dir, "raw"), filepath.Join(dir, "files")
	for name, size := range map[string]int{"index.html": 10, "empty": 0, "a/with space.html": 4096, "a/b/c.html": 5000} {
		if err := os.MkdirAll(filepath.Join(site, filepath.Dir(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(site, name), make([]byte, size), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := list(site)
	if err == nil {
		err = want.save(listing)
	}
	if err != nil {
		t.Fatal(err)
	}
	if r, err := writeRaw(listing, raw); err != nil || r.Written != 4 || r.Wall == 0 {
		t.Fatalf("%+v, %v", r, err)
	}
	got, err := list(raw)
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(listed{})); diff != "" || err != nil {
		t.Errorf("%v; want (-), got (+)\n%s", err, diff)
	}
	if want.bytes() != 9106 || want.stored() != 4096+4096+8192 {
		t.Errorf("%d bytes take %d", want.bytes(), want.stored())
	}
}

func TestRoom(t *testing.T) {
	for _, c := range []struct {
		free, need room
		want       int
	}{
		{room{1000, 1000}, room{300, 10}, 3},
		{room{1000, 1000}, room{10, 300}, 3},
		{room{1000, 1000}, room{901, 1}, 0},
	} {
		if got := c.free.holds(c.need); got != c.want {
			t.Errorf("%+v holds %+v %d times, want %d", c.free, c.need, got, c.want)
		}
	}
}

func TestParagraphIsAdded(t *testing.T) {
	got, err := addParagraph([]byte("# R\n\n## Round 1: It Fails\n\n> Now.\n"), "More.")
	if want := "# R\n\n## Round 1: It Fails\n\nMore.\n\n> Now.\n"; string(got) != want || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := addParagraph([]byte("# R\n"), "More."); err == nil {
		t.Error("no error without a round")
	}
}
