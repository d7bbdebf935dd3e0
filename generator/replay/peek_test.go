package replay_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

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
