package generator_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// floors names every package of the module and the floor it stands on. A
// package may import only packages of lower floors; a new package is added here
// and in the table of ARCHITECTURE.md.
var floors = map[string]int{
	"generator/cache":    0,
	"generator/colour":   0,
	"generator/diag":     0,
	"generator/language": 0,
	"generator/parallel": 0,
	"generator/specimen": 0,
	"themes":             0,

	"generator/config":   1,
	"generator/markdown": 1,
	"generator/pathmap":  1,
	"generator/picture":  1,
	"generator/watch":    1,
	"generator/words":    2,

	"generator/importer": 2,
	"generator/replay":   2,

	"generator/lock":     3,
	"generator/scaffold": 3,
	"generator/trail":    3,

	"generator/check": 4,
	"generator/site":  4,

	"generator/library": 5,
	"generator/publish": 5,

	"generator":       6,
	"generator/serve": 6,

	"cmd/replaybench": 7,
	"cmd/replaygen":   7,
}

// topLevel is all that may stand at the top of the repository, besides dot files.
var topLevel = []string{"LICENSE", "README.md", "cmd", "content", "generator", "go.mod", "go.sum", "public", "themes"}

// vagueNames say nothing about what a package holds, so anything ends up in it.
var vagueNames = []string{"base", "common", "helper", "helpers", "misc", "shared", "util", "utils"}

func TestPackagesKeepTheirFloors(t *testing.T) {
	root := os.DirFS("..")
	packages, err := readPackages(root)
	if err != nil {
		t.Fatal(err)
	}
	if len(packages) == 0 {
		t.Fatal("found no package: is this test run in generator/?")
	}
	module, err := readModule("..")
	if err != nil {
		t.Fatal(err)
	}
	report(t, floorFaults(module, floors, packages))
	report(t, importerFaults(module, packages))
	for _, p := range packages {
		report(t, packageFaults(p))
	}
}

func TestTopLevelHoldsOnlyWhatItsReaderExpects(t *testing.T) {
	if _, err := os.Stat("../.git"); err != nil {
		t.Skip("not in a checkout of the repository")
	}
	entries, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !slices.Contains(topLevel, e.Name()) {
			t.Errorf("the top level holds %s; it may hold only %s and dot files", e.Name(), strings.Join(topLevel, ", "))
		}
	}
}

func report(t *testing.T, faults []string) {
	t.Helper()
	for _, f := range faults {
		t.Error(f)
	}
}

// TestLayeringRulesCanFail shows every rule a small module that breaks it.
func TestLayeringRulesCanFail(t *testing.T) {
	module := goModule{Path: "example.test/m", Requires: []string{"github.com/a/b", "github.com/a/b/v2", "golang.org/x/net"}}
	floors := map[string]int{"low": 0, "mid": 1, "high": 2, "util": 0}
	tests := []struct {
		name  string
		files map[string]string
		want  []string // what the faults must say, in order; none for a sound module
	}{
		{"downward imports are sound", map[string]string{
			"high/a.go": `package high; import _ "example.test/m/mid"; import _ "golang.org/x/net/html"`,
			"mid/a.go":  `package mid; import _ "example.test/m/low"; import _ "strings"`,
			"low/a.go":  `package low; var order = []string{"a"}`,
		}, nil},
		{"tests and test data may import what they like", map[string]string{
			"low/a.go":            `package low`,
			"low/a_test.go":       `package low_test; import _ "example.test/m/high"`,
			"low/testdata/x/x.go": `package x; import _ "example.test/m/high"`,
			".hidden/x/x.go":      `package x`,
		}, nil},
		{"upward import", map[string]string{"low/a.go": `package low; import _ "example.test/m/mid"`},
			[]string{"low/a.go:1:21: low (floor 0) imports mid (floor 1)"}},
		{"import on the same floor", map[string]string{"low/a.go": `package low; import _ "example.test/m/util"`},
			[]string{"low (floor 0) imports util (floor 0)"}},
		{"package without a floor", map[string]string{"new/a.go": `package new`},
			[]string{"package new has no floor"}},
		{"two importers of one module", map[string]string{
			"low/a.go": `package low; import _ "golang.org/x/net/html"`,
			"mid/a.go": `package mid; import _ "golang.org/x/net/html/atom"`,
		}, []string{"module golang.org/x/net is imported by low and mid"}},
		{"two major versions are two modules", map[string]string{
			"low/a.go": `package low; import _ "github.com/a/b/c"`,
			"mid/a.go": `package mid; import _ "github.com/a/b/v2/c"`,
		}, nil},
		{"two importers of a module that go.mod does not name", map[string]string{
			"low/a.go": `package low; import _ "other.test/x"`,
			"mid/a.go": `package mid; import _ "other.test/x"`,
		}, []string{"module other.test/x is imported by low and mid"}},
		{"vague name", map[string]string{"util/a.go": `package util`},
			[]string{"package util: name it after what it holds"}},
		{"init", map[string]string{"low/a.go": `package low; func init() {}`},
			[]string{"func init runs unseen"}},
		{"a method named init is none", map[string]string{"low/a.go": `package low; type t int; func (t) init() {}`}, nil},
		{"package state", map[string]string{"low/a.go": `package low
			import ("sync"; "sync/atomic")
			var a = map[string]int{}
			var b = make(chan int)
			var c sync.Mutex
			var d = &sync.Pool{}
			var e atomic.Pointer[int]
			var f, g = 1, make(map[int]int)`},
			[]string{"variable a (map)", "variable b (channel)", "variable c (sync.Mutex)", "variable d (sync.Pool)",
				"variable e (atomic.Pointer)", "variable g (map)"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			fsys := fstest.MapFS{}
			for name, text := range tt.files {
				fsys[name] = &fstest.MapFile{Data: []byte(text)}
			}
			packages, err := readPackages(fsys)
			if err != nil {
				t.Fatal(err)
			}
			faults := slices.Concat(floorFaults(module, floors, packages), importerFaults(module, packages))
			for _, p := range packages {
				faults = append(faults, packageFaults(p)...)
			}
			if len(faults) != len(tt.want) {
				t.Fatalf("faults:\n%s\nwant %d: %q", strings.Join(faults, "\n"), len(tt.want), tt.want)
			}
			for i, want := range tt.want {
				if !strings.Contains(faults[i], want) {
					t.Errorf("fault %q does not say %q", faults[i], want)
				}
			}
		})
	}
}

func TestReadModuleReadsRequires(t *testing.T) {
	dir := t.TempDir()
	text := []byte("module example.test/m\n\ngo 1.26\n\nrequire github.com/a/b v1.0.0\n")
	if err := os.WriteFile(dir+"/go.mod", text, 0o666); err != nil {
		t.Fatal(err)
	}
	got, err := readModule(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := goModule{Path: "example.test/m", Requires: []string{"github.com/a/b"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("module (-want +got):\n%s", diff)
	}
}
