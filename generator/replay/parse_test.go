package replay_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/markdown"
	"github.com/replaygen/replaygen/generator/replay"
)

// whole is a replay in the house format that uses most of it.
const whole = `# Incident Replay: Queue Backs Up After Failover

## Setup

- **System context:** Three brokers; one was replaced at 02:00.
- **Time:** Tuesday 02:40 UTC
- **Your role:** On-call engineer

## Round 1: Alert Fires

> *[Pressure cue: "Orders are delayed by nine minutes. The shop's owner is on the bridge."]*

**What you see:**
The queue ` + "`orders`" + ` grows by 400 messages a second. Consumers [are up] and idle.

**Choose your action:**
- A) Restart the consumers
- B) Look at the broker's log: ` + "`journalctl -u broker -n 50`" + `
- C) Add a consumer, then B) is next
- D) Fail back to the old broker

### If you chose B (recommended):

> *[Result: The log repeats "no route to b3 [peer 3]". Consumers hold sessions to a broker that is gone. Proceed to Round 2.]*

### If you chose A:

> *[Result: They reconnect to the same dead address. The queue grows on.]*

### If you chose C:

> *[Result: It gets its address from the same cache. Eventually leads to Round 2 after 8 minutes.]*

### If you chose D:

> *[Result: The old broker takes over with an empty disk. Proceed to Ending: Orders Lost.]*

## Round 2: Root Cause

> *[Pressure cue: "Twelve minutes now."]*

**What you see:**
The resolver's cache keeps an address for an hour.

**Choose your action:**
- A) Flush the cache: ` + "`resolvectl flush-caches`" + `
- B) Wait for the hour to pass

### If you chose B:

> *[Result: The owner does not agree. Proceed cautiously.]*

### If you chose A (recommended):

> *[Result: Consumers find the new broker within seconds. Proceed to Round 3.]*

## Round 3: Remediation

> *[Pressure cue: "Delivered. Make it last."]*

**Actions:**
1. Watch the queue drain: ` + "`brokerctl queue orders 1 5`" + `
2. Lower the record's time to live to 60 s (1) at the provider (2) in the module
3. Write the step into the failover guide

## Ending: Orders Lost {verdict="The queue is empty, and so is the till"}

- Four thousand orders were on the disk that is gone.

## Damage Report

- **Total downtime:** 14 minutes (orders delayed, none lost)
- **Blast radius:** One queue
- **Optimal resolution time:** 9 minutes (log -> cache -> flush)
- **If every wrong choice was made:** 75+ minutes including a failback that cannot work

## Cross-References

- Primer: [Queues](../../topics/queues/primer.md)
- Primer: [Name Resolution](../../topics/dns/primer.md)
- Footguns: [Queues](../../topics/queues/footguns.md)
`

// summary is what a replay says, one thing a line.
func summary(r *replay.Replay) []string {
	lines := append([]string{r.Title}, describeFacts(r.Setup)...)
	for _, round := range r.Rounds {
		lines = append(lines, describe(r, round)...)
	}
	lines = append(lines, describeEndings(r)...)
	lines = append(lines, describeFacts(r.Report)...)
	for _, x := range r.CrossReferences {
		lines = append(lines, x.Kind+" "+x.Text+" "+x.Href)
	}
	return lines
}

func TestParseWhole(t *testing.T) {
	r, diagnostics := parse(whole)
	want := strings.Split(`Queue Backs Up After Failover
System context = Three brokers; one was replaced at 02:00.
Time = Tuesday 02:40 UTC
Your role = On-call engineer
round 1: Alert Fires
cue: Orders are delayed by nine minutes. The shop's owner is on the bridge.
see: The queue orders grows by 400 messages a second. Consumers [are up] and idle.
A) Restart the consumers
A: miss to 1: They reconnect to the same dead address. The queue grows on.
B) Look at the broker's log: journalctl -u broker -n 50
B: best to 2: The log repeats "no route to b3 [peer 3]". Consumers hold sessions to a broker that is gone. Proceed to Round 2.
C) Add a consumer, then B) is next
C: good to 2: It gets its address from the same cache. Eventually leads to Round 2 after 8 minutes.
D) Fail back to the old broker
D: good to ending Orders Lost: The old broker takes over with an empty disk. Proceed to Ending: Orders Lost.
round 2: Root Cause
cue: Twelve minutes now.
see: The resolver's cache keeps an address for an hour.
A) Flush the cache: resolvectl flush-caches
A: best to 3: Consumers find the new broker within seconds. Proceed to Round 3.
B) Wait for the hour to pass
B: miss to 2: The owner does not agree. Proceed cautiously.
round 3: Remediation
cue: Delivered. Make it last.
1. Watch the queue drain: brokerctl queue orders 1 5
2. Lower the record's time to live to 60 s (1) at the provider (2) in the module
3. Write the step into the failover guide
ending Orders Lost: The queue is empty, and so is the till
text: Four thousand orders were on the disk that is gone.
Total downtime = 14 minutes (orders delayed, none lost)
Blast radius = One queue
Optimal resolution time = 9 minutes (log -> cache -> flush)
If every wrong choice was made = 75+ minutes including a failback that cannot work
Primer Queues ../../topics/queues/primer.md
Primer Name Resolution ../../topics/dns/primer.md
Footguns Queues ../../topics/queues/footguns.md`, "\n")
	if d := cmp.Diff(want, summary(r)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{
		`32:65 note next-read "leads to Round 2": this is read as leading to round 2`,
	}, diagnostics); d != "" {
		t.Errorf("diagnostics (-want +got):\n%s", d)
	}
	if r.Slug != "disk-full" || r.Optimal.RatString() != "9" || r.Worst.RatString() != "75" {
		t.Errorf("slug %q, optimal %v, worst %v", r.Slug, r.Optimal, r.Worst)
	}
	if got := r.OptimalSpan.Position(); got != (diag.Position{Line: 74, Column: 32}) {
		t.Errorf("optimal time at %v", got)
	}
	if got := r.Rounds[1].Span; got.Text() != "Round 2: Root Cause" || got.Position().Line != 38 {
		t.Errorf("round 2 at %v: %q", got.Position(), got.Text())
	}
}

// The same replay, written with any two irregularities at once, says the same.
func TestRewritesSayTheSame(t *testing.T) {
	want, _ := parse(whole)
	for i, a := range rewrites {
		if i > 0 && a.rewrite(whole) == whole {
			t.Errorf("%s: changes nothing", a.name)
		}
		for _, b := range rewrites {
			if unlike(a.name, b.name) {
				continue
			}
			text := b.rewrite(a.rewrite(whole))
			r, diagnostics := parse(text)
			if d := cmp.Diff(summary(want), summary(r)); d != "" {
				t.Errorf("%s, %s (-want +got):\n%s\n%s", a.name, b.name, d, text)
			}
			for _, line := range diagnostics {
				if strings.Contains(line, " error ") || strings.Contains(line, " warning ") {
					t.Errorf("%s, %s: %s", a.name, b.name, line)
				}
			}
		}
	}
}

func TestSections(t *testing.T) {
	tests := map[string]struct {
		text string
		want []string
	}{
		"nothing": {"", []string{
			`1:1 error rounds-missing "": the replay has no rounds`,
			`1:1 error title-missing "": the replay has no title`,
			`1:1 warning damage-report-missing "": the replay has no damage report`,
			`1:1 warning setup-missing "": the replay has no setup`,
		}},
		"only front matter": {"---\ntitle: T\n---\n", []string{
			`2:8 warning damage-report-missing "T": the replay has no damage report`,
			`2:8 warning setup-missing "T": the replay has no setup`,
			`4:1 error rounds-missing "": the replay has no rounds`,
		}},
		"any order and spelling": {
			"## CROSS REFERENCES\n- x\n## damage report\n- **Optimal resolution time:** 1 minute\n# A Title\n## Round 1\n**Actions:**\n1. x\n## Setup:\n- **Time:** now\n",
			nil,
		},
		"an empty title": {strings.Replace(withRound("**Actions:**\n1. x"), "Replay: T", "Replay:", 1), []string{
			`1:1 error title-missing "# Incident Replay:": the replay has no title`,
		}},
		"unknown sections": {withRound("**Actions:**\n1. x\n## Damage Reprot\n- x\n## Rond 4: X\n# Appendix\ntext\n\nTwo\n---\n"), []string{
			`5:4 warning section-unknown "Damage Reprot": unknown section "Damage Reprot": it is left out`,
			`7:4 warning section-unknown "Rond 4: X": unknown section "Rond 4: X": it is left out`,
			`8:3 warning section-unknown "Appendix": unknown section "Appendix": it is left out`,
			`11:1 warning section-unknown "Two": unknown section "Two": it is left out`,
		}},
		"a section twice": {withRound("**Actions:**\n1. x\n## Setup\n- **Your role:** me\n"), []string{
			`16:4 warning section-repeated "Setup": this section stands in the text twice; the contents of both are used`,
		}},
		"what has no place": {withRound("**Actions:**\n1. x\n\n   more\n## Cross-References\n```\nx\n```\n"), []string{
			`6:4 warning content-ignored "more": this is left out: only the first paragraph of a list item is used here`,
			"8:1 warning content-ignored \"```\\nx\": this is left out: the cross-references are a list of links",
		}},
		"links that run code": {withRound("[x](javascript:alert(1)) ![y](data:text/html,z)\n\n**Actions:**\n1. x\n"), []string{
			`3:5 error link-refused "javascript:alert(1)": a link must not begin with "javascript:": it could run code on the reader's page`,
			`3:31 error link-refused "data:text/html,z": a link must not begin with "data:": it could run code on the reader's page`,
		}},
		"a scheme over two lines": {withRound("[x](<java&#10;script:alert(1)>)\n\n**Actions:**\n1. x\n"), []string{
			`3:6 error link-refused "java&#10;script:alert(1)": a link must not begin with "javascript:": it could run code on the reader's page`,
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, got := parse(test.text)
			if d := cmp.Diff(test.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestSectionHints(t *testing.T) {
	for heading, want := range map[string]string{
		"## Damage Reprot":   `did you mean "## Damage Report"?`,
		"## Rond 4: X":       `did you mean "## Round 4: X"?`,
		"## Ending Lost it":  `did you mean "## Ending: Lost it"?`,
		"## Endnig: Lost it": `did you mean "## Ending: Lost it"?`,
		"## Something else":  `headings inside them begin with "###"`,
		"Text above it\n---": "put an empty line between them",
	} {
		mustHold(t, hints(withRound("**Actions:**\n1. x\n\n"+heading+"\n")), want)
	}
}

func TestTitle(t *testing.T) {
	for text, want := range map[string]string{
		"# Incident Replay: Disk `full`":            "Disk full",
		"# incident replay — Disk full":             "Disk full",
		"# Disk full":                               "Disk full",
		"## Incident Replay: Disk full":             "Disk full",
		"# Incident Replays of 2026":                "Incident Replays of 2026",
		"Disk full\n===":                            "Disk full",
		"---\ntitle: Disk\n  full\n---\n# Other":    "Disk full",
		"\ufeff---\r\ntitle: Disk full\r\n---\r\nx": "Disk full",
		"## Round 1: X\n# Disk full":                "Disk full",
	} {
		r, _ := parse(text)
		if r.Title != want {
			t.Errorf("%q: got %q", text, r.Title)
		}
		if r.TitleSpan.IsZero() {
			t.Errorf("%q: no place", text)
		}
	}
}

func TestIntro(t *testing.T) {
	r, _ := parse("before\n# T\nintro *text*\n\n---\n## Setup\n- **Time:** now\n\nwithout label\n\n## Round 1\n")
	if d := cmp.Diff([]string{"before", "intro text", "without label"}, describeBlocks("", r.Intro)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestFacts(t *testing.T) {
	tests := map[string][]string{
		"- **Time:** now\n- Your role: **me**\n- **Load**: high\n- **Owner** – ops\n": {"Time = now", "Your role = me", "Load = high", "Owner = ops"},
		"- no label here\n- at 06:30 UTC\n- Yes. But: no\n":                           {" = no label here", " = at 06:30 UTC", " = Yes. But: no"},
		"**Time:** now\n**Your role:** me,\nas ever\n":                                {"Time = now", "Your role = me, as ever"},
		"System context: a - b cluster • Time: 06:30 UTC • Your role: me":             {"System context = a - b cluster", "Time = 06:30 UTC", "Your role = me"},
		"- **Time:** now - **Your role:** me\n":                                       {"Time = now", "Your role = me"},
		"- **Time:**\n":                                                               {"Time = "},
		"- **Total downtime:** 0 (`x: y` - Note: z)\n- a\n":                           {"Total downtime = 0 (x: y - Note: z)", " = a"},
	}
	for text, want := range tests {
		r, _ := parse("# T\n## Setup\n" + text)
		if d := cmp.Diff(want, describeFacts(r.Setup)); d != "" {
			t.Errorf("%q (-want +got):\n%s", text, d)
		}
	}
	r, _ := parse("# T\n## Damage Report\n- **A:** b\n\n| x |\n|---|\n")
	if len(r.Report) != 1 || len(r.ReportMore) != 1 || r.ReportMore[0].Kind() != markdown.Table {
		t.Errorf("report: %v and %v", describeFacts(r.Report), r.ReportMore)
	}
}

func TestCrossReferences(t *testing.T) {
	tests := map[string][]string{
		"- Primer: [Kubernetes Ops](../k8s/primer.md)\n- **Footguns:** [`x` y](z)\n": {"Primer|Kubernetes Ops|../k8s/primer.md", "Footguns|x y|z"},
		"- [No kind](x)\n- [Primer: Disks](y)\n- Just text\n- Primer: text\n":        {"|No kind|x", "Primer|Disks|y", "|Just text|", "Primer|text|"},
		"- Primer: [A](a), [B](b)\n":                             {"Primer|A|a", "Primer|B|b"},
		"• Primer: [A](a) • Footguns: [B](b)\n":                  {"Primer|A|a", "Footguns|B|b"},
		"- Primer: [A](a)\n- Primer: [A](a)\n- Primer: [A](b)\n": {"Primer|A|a", "Primer|A|b"},
		"- Primer: [A](javascript:x)\n":                          {"Primer|A|"},
		"- Primer: https://a.b/c\n":                              {"Primer|https://a.b/c|https://a.b/c"},
	}
	for text, want := range tests {
		r, _ := parse("# T\n## Cross-References\n" + text)
		var got []string
		for _, x := range r.CrossReferences {
			got = append(got, x.Kind+"|"+x.Text+"|"+x.Href)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%q (-want +got):\n%s", text, d)
		}
	}
	_, diagnostics := parse(withRound("**Actions:**\n1. x\n## Cross-References\n- [A](a)\n- [A](a)"))
	if d := cmp.Diff([]string{`7:7 note reference-repeated "a": the reference "A" is repeated and shown once`}, diagnostics); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestFrontMatter(t *testing.T) {
	r, diagnostics := parse(`---
title: "Disk  full"
description: A sentence.
tags: [linux, Linux, " disk "]
difficulty: hard
severity: SEV-2
date: 2026-03-14
authors: Ada
draft: true
slug: full-disk
detail: Rounds
optimal: 8
worst: 1h30m
on_miss: continue
---
# Incident Replay: Other
` + strings.TrimPrefix(withRound("**Actions:**\n1. x"), "# Incident Replay: T\n"))
	if len(diagnostics) > 0 {
		t.Error(diagnostics)
	}
	got := []any{r.Title, r.Description, r.Tags, r.Difficulty, r.Severity, r.Date, r.Authors, r.Draft, r.Slug, r.Detail,
		r.Optimal.RatString(), r.Worst.RatString(), r.OnMiss}
	want := []any{"Disk full", "A sentence.", []string{"linux", "disk"}, "hard", "SEV-2", time.Date(2026, 3, 14, 0, 0, 0, 0, time.UTC),
		[]string{"Ada"}, true, "full-disk", "rounds", "8", "90", "continue"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if p := r.OptimalSpan.Position(); p.Line != 12 {
		t.Errorf("optimal at %v", p)
	}
}

func TestFrontMatterMistakes(t *testing.T) {
	tests := map[string]string{
		"detail: round":      `2:9 error setting-value "round": "detail" cannot be "round"`,
		"on_miss: again":     `2:10 error setting-value "again": "on_miss" cannot be "again"`,
		"optimal: soon":      `2:10 error setting-value "soon": "optimal" cannot be "soon": this is not a duration`,
		"worst: -5m":         `2:8 error setting-value "-5m": "worst" cannot be "-5m": a duration cannot be negative`,
		"slug: Disk Full!":   `2:7 error slug-unusable "Disk Full!": "Disk Full!" cannot be the name of the replay's folder: it may hold a to z, 0 to 9 and hyphens between them`,
		"slug: com7":         `2:7 error slug-unusable "com7": the name "com7" is reserved`,
		"slug: a-z":          `2:7 error slug-unusable "a-z": the name "a-z" is reserved`,
		"slug: page-12":      `2:7 error slug-unusable "page-12": the name "page-12" is reserved`,
		"facilitator: maybe": `2:14 error setting-value "maybe": "facilitator" cannot be "maybe"`,
		"slug: tags":         `2:7 error slug-unusable "tags": the name "tags" is reserved`,
		"titel: x":           `2:1 error unknown-key "titel": unknown key "titel"`,
		"slug: " + long(101): `2:7 error slug-unusable "` + long(101) + `": the name "` + long(101) + `" is longer than 100 characters`,
	}
	for line, want := range tests {
		_, got := parse("---\n" + line + "\n---\n" + withRound("**Actions:**\n1. x"))
		if d := cmp.Diff([]string{want}, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", line, d)
		}
	}
	for _, opening := range []string{"---\n", "---\r\n", "---  \n"} {
		_, got := parse(opening + "title: T\n" + withRound("**Actions:**\n1. x"))
		if d := cmp.Diff(`1:1 error front-matter-open "---": the front matter begins here and never ends`, got[0]); d != "" {
			t.Errorf("%q (-want +got):\n%s", opening, d)
		}
	}
	if _, got := parse("---\n" + withRound("**Actions:**\n1. x")); len(got) > 0 {
		t.Errorf("a rule at the top: %v", got)
	}
	mustHold(t, hints("---\ndetail: round\n---\n"), `did you mean "rounds"?`)
	mustHold(t, hints("---\nslug: Disk Full!\n---\n"), `write "slug: disk-full"`)
}

func long(n int) string { return strings.Repeat("a", n) }

func TestSlugFromPath(t *testing.T) {
	for path, want := range map[string]string{
		"content/Disk Full.md": "disk-full", "a/b/BGP_leak.v2.md": "bgp-leak-v2", "x.txt": "x",
	} {
		var list diag.List
		r := replay.Parse(diag.NewSource(path, []byte(withRound("**Actions:**\n1. x"))), &list)
		if r.Slug != want || list.Len() > 0 {
			t.Errorf("%s: %q, %d diagnostics", path, r.Slug, list.Len())
		}
	}
	for _, path := range []string{"content/index.md", "ディスク.md", "404.md", ""} {
		var list diag.List
		replay.Parse(diag.NewSource(path, []byte(withRound("**Actions:**\n1. x"))), &list)
		if list.Count(diag.Error) != 1 || list.Sorted()[0].Code != "slug-unusable" {
			t.Errorf("%q: %v", path, list.Sorted())
		} else if message := list.Sorted()[0].Message; path == "ディスク.md" && !strings.Contains(message, path) {
			t.Errorf("%q: %s", path, message)
		}
	}
}

// TestNesting: a line of quotes and lists within each other is refused before the
// parser, whose time grows with the square, gets to see it; a rule is not one.
func TestNesting(t *testing.T) {
	for line, want := range map[string]int{
		strings.Repeat("- ", 20000) + "x":       1,
		strings.Repeat("> 1. * ", 9000) + "x":   1,
		strings.Repeat("> - ", 20) + "x":        0,
		strings.Repeat("-", 200):                0,
		"1. 2) x":                               0,
		strings.Repeat("2026.11 and so on ", 9): 0,
	} {
		var list diag.List
		text := "# Incident Replay: X\n## Setup\n- **Time:** now\n## Round 1: A\n" + line + "\n\n- A) a\n- B) b\n"
		replay.Parse(diag.NewSource("content/x.md", []byte(text)), &list)
		found := 0
		for _, d := range list.Sorted() {
			if d.Code == "too-large" {
				found++
			}
		}
		if found != want {
			t.Errorf("%.20q…: %d times too-large, want %d", line, found, want)
		}
	}
}
