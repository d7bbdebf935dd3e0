package scaffold_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/library"
	"github.com/replaygen/replaygen/generator/scaffold"
	"github.com/replaygen/replaygen/generator/site"
	"github.com/replaygen/replaygen/generator/trail"
)

// compiled compiles the text of a replay with the default settings, and returns
// what is said of it.
func compiled(path, text string) (*trail.Machine, string) {
	var list diag.List
	m := library.Inspect(library.Parse(diag.NewSource("content/"+path, []byte(text)), &list), site.DefaultConfig(), &list)
	return m, problems(&list)
}

func TestReplayGivesNoCauseForRemarks(t *testing.T) {
	few := rapid.IntRange(scaffold.MinRounds, 6)
	rounds := rapid.OneOf(few, few, few, few, rapid.IntRange(scaffold.MinRounds, scaffold.MaxRounds)) // many take long
	rapid.Check(t, func(t *rapid.T) {
		want := scaffold.Replay{
			Slug:     rapid.StringMatching(`x[a-z0-9]{0,8}(-[a-z0-9]{1,8}){0,3}`).Draw(t, "slug"),
			Title:    rapid.String().Filter(printable).Draw(t, "title"),
			Rounds:   rounds.Draw(t, "rounds"),
			Choices:  rapid.IntRange(scaffold.MinChoices, scaffold.MaxChoices).Draw(t, "choices"),
			MaxPages: trail.DefaultMaxPages,
		}
		file, err := want.File()
		if err != nil {
			t.Fatal(err)
		}
		m, said := compiled(file.Path, string(file.Text))
		if said != "" {
			t.Fatalf("reading it says:\n%s", said)
		}
		got := m.Replay
		if got.Slug != want.Slug || got.Title != want.FullTitle() {
			t.Errorf("it is called %q, %q; want %q, %q", got.Slug, got.Title, want.Slug, want.FullTitle())
		}
		if len(got.Rounds) != want.Rounds+1 || !got.Rounds[want.Rounds].Closing() {
			t.Errorf("it has %d rounds, want %d and a closing round", len(got.Rounds), want.Rounds)
		}
		for _, round := range got.Rounds[:want.Rounds] {
			if len(round.Choices) != want.Choices {
				t.Errorf("round %s has %d choices, want %d", round.Label, len(round.Choices), want.Choices)
			}
		}
		if len(m.BestPath()) != want.Rounds {
			t.Errorf("the best path has %d steps, want %d", len(m.BestPath()), want.Rounds)
		}
	})
}

func printable(title string) bool {
	return len(title) <= 200 && !regexp.MustCompile(`[\p{Cc}]`).MatchString(title)
}

func TestReplayTitle(t *testing.T) {
	for _, tt := range []struct{ title, want string }{
		{"", "Disk Full"},
		{"  \n ", "Disk Full"},
		{"Incident Replay: Twice", "Twice"},
		{" Two\n\tlines ", "Two lines"},
		{"`a` *b* _c_ [d](e) <f> &amp; ~g~ #", "`a` *b* _c_ [d](e) <f> &amp; ~g~ #"},
		{"<!-- no comment -->", "<!-- no comment -->"},
		{`{cost=8m} \{{.}}`, `{cost=8m} \{{.}}`},
	} {
		file, err := scaffold.Replay{Slug: "disk-full", Title: tt.title, Rounds: 1, Choices: 2, MaxPages: 1000}.File()
		if err != nil {
			t.Errorf("%q: %v", tt.title, err)
			continue
		}
		if m, said := compiled(file.Path, string(file.Text)); said != "" || m.Replay.Title != tt.want {
			t.Errorf("the title %q becomes %q, want %q\n%s", tt.title, m.Replay.Title, tt.want, said)
		}
	}
}

// TestReplaySettingsShowEveryKey takes the # away from all settings: they must
// be valid as shown, and all that the format describes.
func TestReplaySettingsShowEveryKey(t *testing.T) {
	file, err := scaffold.Replay{Slug: "404-everywhere", Rounds: 3, Choices: 3, MaxPages: 1000}.File()
	if err != nil {
		t.Fatal(err)
	}
	text := uncomment(string(file.Text))
	if _, said := compiled(file.Path, text); said != "" {
		t.Errorf("%s\nin\n%s", said, text)
	}
	shown := keys(text, `(?m)^([a-z_]+):`)
	format, err := os.ReadFile("../../content/README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(format), "\n## Front matter\n")
	section, _, _ = strings.Cut(section, "\n## ")
	described := keys(section, "(?m)^\\| `([a-z_]+)` \\|")
	if diff := cmp.Diff(described, shown); diff != "" || len(shown) == 0 {
		t.Errorf("keys (-described +shown):\n%s", diff)
	}
}

func keys(text, pattern string) map[string]bool {
	found := map[string]bool{}
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
		found[m[1]] = true
	}
	return found
}

// TestReplayExamplesWork puts what stands in notes where the notes say.
func TestReplayExamplesWork(t *testing.T) {
	file, err := scaffold.Replay{Slug: "x", Rounds: 2, Choices: 3, MaxPages: 1000}.File()
	if err != nil {
		t.Fatal(err)
	}
	text := string(file.Text)
	_, ending, _ := strings.Cut(text, "\n## Ending")
	ending, _, _ = strings.Cut(ending, "-->")
	for _, change := range []struct{ old, new string }{
		{"\n## Damage", "\n## Ending" + ending + "\n## Damage"},
		{"### If you chose A:\n", "### If you chose A: {grade=miss next=\"Data lost\"}\n"},
		{"### If you chose C:\n", "### If you chose C: {grade=good next=3}\n"},
	} {
		holds(t, text, change.old)
		text = strings.Replace(text, change.old, change.new, 1)
	}
	m, said := compiled(file.Path, text)
	if said != "" {
		t.Fatalf("%s\nin\n%s", said, text)
	}
	if len(m.Replay.Endings) != 1 || m.Replay.Endings[0].Verdict == "" {
		t.Errorf("endings: %+v", m.Replay.Endings)
	}
	for _, example := range []string{`{grade=miss next="Data lost"}`, `{grade=good next=3}`} {
		holds(t, string(file.Text), example)
	}
}

// TestReplayRetriesIfPagesFit compares the pages that the text speaks of with
// the machine's own count.
func TestReplayRetriesIfPagesFit(t *testing.T) {
	for _, tt := range []struct {
		rounds, choices int
		retries         bool
	}{
		{50, 2, true}, {50, 4, true}, {29, 5, true}, {30, 5, false}, {2, 8, true}, {3, 8, false}, {1, 9, false}, {1, 10, false}, {50, 10, false},
	} {
		t.Run(fmt.Sprintf("%d rounds of %d choices", tt.rounds, tt.choices), func(t *testing.T) {
			file, err := scaffold.Replay{Slug: "x", Rounds: tt.rounds, Choices: tt.choices, MaxPages: trail.DefaultMaxPages}.File()
			if err != nil {
				t.Fatal(err)
			}
			text := string(file.Text)
			m, said := compiled(file.Path, text)
			if said != "" || (m.OnMiss == trail.Retry) != tt.retries {
				t.Fatalf("after a miss it goes on with %v; it says:\n%s", m.OnMiss, said)
			}
			if tt.retries {
				return
			}
			retrying, _ := compiled(file.Path, strings.Replace(text, "\non_miss: continue\n", "\n", 1))
			pages, ok := retrying.Count(trail.ByNone)
			if !ok || pages <= trail.DefaultMaxPages {
				t.Errorf("it would fit: %d pages", pages)
			}
			holds(t, text, fmt.Sprintf("at least\n# %d pages", pages))
		})
	}
}

func TestReplayRefuses(t *testing.T) {
	fine := scaffold.Replay{Slug: "disk-full", Rounds: 4, Choices: 4, MaxPages: 1000}
	if _, err := fine.File(); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		change func(*scaffold.Replay)
		want   string
	}{
		{func(r *scaffold.Replay) { r.Slug = "" }, "it may hold a to z"},
		{func(r *scaffold.Replay) { r.Slug = "Disk Full" }, "try disk-full"},
		{func(r *scaffold.Replay) { r.Slug = "../disk" }, "try disk"},
		{func(r *scaffold.Replay) { r.Slug = "über" }, "try ber"},
		{func(r *scaffold.Replay) { r.Slug = "disk-" }, "try disk"},
		{func(r *scaffold.Replay) { r.Slug = "aux" }, "reserved"},
		{func(r *scaffold.Replay) { r.Slug = "sitemap" }, "reserved"},
		{func(r *scaffold.Replay) { r.Slug = "readme" }, "never read as a replay"},
		{func(r *scaffold.Replay) { r.Slug = strings.Repeat("a", 101) }, "longer than 100"},
		{func(r *scaffold.Replay) { r.Rounds = 0 }, "from 1 to 50 rounds, not 0"},
		{func(r *scaffold.Replay) { r.Rounds = 51 }, "from 1 to 50 rounds, not 51"},
		{func(r *scaffold.Replay) { r.Choices = 1 }, "from 2 to 10 choices, not 1"},
		{func(r *scaffold.Replay) { r.Choices = 11 }, "from 2 to 10 choices, not 11"},
		{func(r *scaffold.Replay) { r.Title = "a\x00b" }, "cannot be printed"},
		{func(r *scaffold.Replay) { r.Title = "a\xffb" }, "cannot be printed"},
		{func(r *scaffold.Replay) { r.Title = strings.Repeat("ä", 201) }, "longer than 200"},
	} {
		r := fine
		tt.change(&r)
		if _, err := r.File(); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%+v: got %v, want %q", r, err, tt.want)
		}
	}
}
