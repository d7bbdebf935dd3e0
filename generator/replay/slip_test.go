package replay_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSlips(t *testing.T) {
	good := "# Incident Replay: T\n## Setup\n- **Time:** now\n## Round 1: R\nSee.\n- A) a\n- B) b\n" +
		"### If you chose A (recommended):\n> *[Result: a.]*\n### If you chose B:\n> *[Result: b.]*\n" +
		"## Damage Report\n- **Optimal resolution time:** 5 minutes\n- **If every wrong choice was made:** 60 minutes\n"
	tests := map[string]struct {
		from, to string
		want     []string // how the diagnostics begin
	}{
		"nothing wrong":               {"", "", nil},
		"words that no heading needs": {"See.", "See.\n#incident-4711 and ##x", nil},
		"a heading without its space": {"### If you chose B:", "###If you chose B:", []string{
			`7:3 warning outcome-missing "B) b"`, `10:1 error marker-space "###": no heading begins here`}},
		"a heading with a no-break space": {"## Damage", "##\u00a0Damage", []string{
			`1:20 warning damage-report-missing`, `12:1 error marker-space "##"`}},
		"an item with a no-break space": {"- **Time", "-\u00a0**Time", []string{`3:1 warning marker-space "-": no list item begins here`}},
		"a fence that takes a round's outcomes with it": {"- A) a", "```\nx\n- A) a", []string{
			`1:20 warning damage-report-missing`, `4:4 warning round-empty`,
			"6:1 error fence-open \"```\": this fence is never closed: \"### If you chose A (recommended):\" and all that follows becomes code"}},
		"a fence at the end":            {"60 minutes\n", "60 minutes\n\n```sh\n# restart\n", []string{"16:1 warning fence-open \"```\": this fence is never closed"}},
		"a comment without its end":     {"See.", "See. <!-- todo", []string{`5:6 warning comment-open "<!--"`}},
		"a byte of another encoding":    {"See.", "S\xe9e. \xe9", []string{`5:2 error not-utf8 "\xe9": the byte 0xe9 is no character`}},
		"a zero byte":                   {"See.", "S\x00e.", []string{`5:2 error not-utf8 "\x00": the byte 0x00 is no character`}},
		"UTF-16":                        {"# Incident", "\xff\xfe# Incident", []string{`1:1 error not-utf8 "": this file is UTF-16`}},
		"settings behind an empty line": {"# Incident", "\n \n---\ntitle: U\ntag: x\n---\n# Incident", []string{`5:1 error unknown-key "tag"`}},
		"a rule at the top":             {"# Incident", "\n---\n\n# Incident", nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, got := parse(strings.Replace(good, test.from, test.to, 1))
			for i, line := range got {
				if i < len(test.want) && strings.HasPrefix(line, test.want[i]) {
					got[i] = test.want[i]
				}
			}
			if d := cmp.Diff(test.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}
