package replay_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/replay"
)

// TestPeekTags: what is read ahead is what parsing gives.
func TestPeekTags(t *testing.T) {
	for _, text := range []string{
		"# Incident Replay: Bare\n",
		"---\ntags: [dns, DNS, \" a  b \"]\ndate: 2026-10-29\n---\n# Incident Replay: Tagged\n",
		"\ufeff---\r\ntags: [dns]\r\n---\r\n# Incident Replay: Windows\r\n",
		"---\ntags: dns\n---\n# Incident Replay: Wrong\n",
		"---\ntags: [dns]\n# Incident Replay: Open\n",
		"---\n---\n# Incident Replay: Empty\n",
	} {
		src := diag.NewSource("content/a.md", []byte(text))
		tags, date := replay.PeekTags(src)
		r := replay.Parse(src, &diag.List{})
		if diff := cmp.Diff(r.Tags, tags); diff != "" || !date.Equal(r.Date) {
			t.Errorf("%q: date %v, want %v; tags (-parsed +peeked):\n%s", text, date.Format(time.DateOnly), r.Date.Format(time.DateOnly), diff)
		}
	}
}

// TestPeek: what is known before parsing is what parsing gives, however the
// settings are spelt.
func TestPeek(t *testing.T) {
	for settings, want := range map[string]string{
		"":                       "a false",
		"title: T\n":             "a false",
		"draft: true\nslug: b\n": "b true",
		"\"\\x64raft\": true\n\"sl\\u0075g\": c\n": "c true",
	} {
		src := diag.NewSource("content/a.md", []byte("---\n"+settings+"---\n# Incident Replay: T\n"))
		slug, draft := replay.Peek(src)
		r := replay.Parse(src, &diag.List{})
		if got := fmt.Sprint(slug, " ", draft); got != want || r.Slug != slug || r.Draft != draft {
			t.Errorf("%q: peeked %q, parsed %q %v, want %q", settings, got, r.Slug, r.Draft, want)
		}
	}
}

// TestHead: nothing behind the head has a part in title and settings, and an edit
// behind it does not change the head.
func TestHead(t *testing.T) {
	const body = "## Setup\n- **Time:** now\n\n## Round 1: Start\n# Not a title\n- A) One\n- B) Two\n"
	for text, want := range map[string]string{
		"# Incident Replay: T\n\nAn introduction.\n" + body:                           "# Incident Replay: T\n\nAn introduction.\n",
		"---\ntags: [a]\n---\n# Incident Replay: T\n" + body:                          "---\ntags: [a]\n---\n# Incident Replay: T\n",
		"---\n## title: x\ntitle: T\n# y\n## z\n---\n# Incident Replay: U\n" + body:   "---\n## title: x\ntitle: T\n# y\n## z\n---\n# Incident Replay: U\n",
		"Incident Replay: T\n==================\n\n" + strings.TrimSuffix(body, "\n"): "Incident Replay: T\n==================\n\n" + strings.TrimSuffix(body, "\n"),
		"": "",
		// What is not sure to be the title is left to whoever reads Markdown.
		"<!-- old:\n# Incident Replay: Draft\n## to do\n-->\n# Incident Replay: T\n" + body: "<!-- old:\n# Incident Replay: Draft\n## to do\n-->\n# Incident Replay: T\n" + body,
		"> ~~~\n# Incident Replay: T\n## x\n" + body:                                        "> ~~~\n# Incident Replay: T\n## x\n" + body,
		"# Setup\n## x\n# T\n" + body:                                                       "# Setup\n## x\n# T\n" + body,
		"# Incident Replay: [T]\n" + body + "\n[T]: x.md\n":                                 "# Incident Replay: [T]\n" + body + "\n[T]: x.md\n",
	} {
		head := string(replay.Head([]byte(text)))
		if head != want {
			t.Errorf("%q: the head is %q, want %q", text, head, want)
		}
		before := replay.Parse(diag.NewSource("content/a.md", []byte(text)), &diag.List{})
		after := replay.Parse(diag.NewSource("content/a.md", []byte(head+"## Round 9: Other\n")), &diag.List{})
		if before.Title != after.Title && head != text {
			t.Errorf("%q: the title is %q, and %q with another body", text, before.Title, after.Title)
		}
	}
}

// TestHeadAlways puts texts together from lines that may hide others: the title is
// that of the head, whatever else follows.
func TestHeadAlways(t *testing.T) {
	line := rapid.SampledFrom([]string{
		"# Incident Replay: One", "# Incident Replay: `two`", "# Incident Replay: [three]", "# Four", "# Round 1: Five", "## Setup", "## Incident Replay: Six",
		"# Incident Replay:", "# Incident Replay: # #", "# Incident Replay - *seven", "#", "Incident Replay: Eight", "===", "---", "```", "~~~~", "- ```", "> ~~~", "    ```", "<!--", "-->",
		"a <!-- b", "`` <!-- ``", "text `", "*", "", "[three]: x.md", "- item", "\t# Incident Replay: Nine", "title: Ten", "+++", "***",
	})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(line, 0, 12).Draw(t, "lines"), "\n") + "\n"
		title := func(text string) string {
			return replay.Parse(diag.NewSource("content/a.md", []byte(text)), &diag.List{}).Title
		}
		head := string(replay.Head([]byte(text)))
		if got, want := title(head), title(text); got != want {
			t.Fatalf("%q: the title is %q, that of the head %q is %q", text, want, head, got)
		}
	})
}
