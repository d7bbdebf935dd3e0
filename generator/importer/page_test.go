package importer_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/replay"
)

// webPage is a replay as a documentation site shows it.
const webPage = `<!doctype html>
<html lang="en"><head><title>The Quiet Mail Server - Ops</title><script>track()</script><style>p{}</style></head>
<body><nav><ul><li><a href="/">Home</a></li><li>Round 9: not this</li></ul></nav>
<header><a class="logo" href="/">Ops handbook</a></header>
<main><article class="md-content__inner">
<h1 id="t">Incident Replay: The Quiet Mail Server<a class="headerlink" href="#t" title="Permanent link">&para;</a></h1>
<h2 id="setup"><a class="anchor" href="#setup"><svg><path d="M0 0"/></svg></a>Setup</h2>
<ul><li><strong>Time:</strong> Monday 07:40 &amp; raining</li></ul>
<h2 id="r1">Round 1: No Mail<a class="headerlink" href="#r1">#</a></h2>
<blockquote><p><em>[Pressure cue: "Not one mail since Friday."]</em></p></blockquote>
<p><strong>What you see:</strong>
The queue holds <code>4,100</code> messages; <code>kubectl get pod &lt;pod&gt;</code> says nothing.</p>
<div class="language-bash highlight"><pre><span></span><code><span class="nb">df</span> -h /var
mailq <span class="p">|</span> tail -1
</code></pre></div>
<table><thead><tr><th>disk</th><th>used</th></tr></thead><tbody><tr><td>/var</td><td>100 %</td></tr></tbody></table>
<p><strong>Choose your action:</strong>
- A) Restart the mail service
- B) Look for what filled the disk</p>
<h3 id="b">If you chose B (recommended):<a class="headerlink" href="#b">&para;</a></h3>
<blockquote><p><em>[Result: A debug log of 30 GB. Proceed to Round 2.]</em></p></blockquote>
<h3 id="a">If you chose A:<a class="headerlink" href="#a">&para;</a></h3>
<blockquote><p><em>[Result: It stops again at once.]</em></p></blockquote>
<h2 id="r2">Round 2: First Break</h2>
<p><strong>Actions:</strong></p>
<ol><li>Rotate the log daily</li><li>Alert at 80 %</li></ol>
<h2 id="report">Damage Report</h2>
<ul><li><strong>Optimal resolution time:</strong> 6 minutes</li><li><strong>If every wrong choice was made:</strong> 14 minutes</li></ul>
<aside><p>Last update: today</p></aside>
</article></main>
<footer><p>Made with something</p></footer></body></html>
`

const importedPage = "# Incident Replay: The Quiet Mail Server\n\n" +
	"## Setup\n\n- **Time:** Monday 07:40 & raining\n\n" +
	"## Round 1: No Mail\n\n> *[Pressure cue: \"Not one mail since Friday.\"]*\n\n" +
	"**What you see:**\nThe queue holds `4,100` messages; `kubectl get pod <pod>` says nothing.\n\n" +
	"```bash\ndf -h /var\nmailq | tail -1\n```\n\n" +
	"| disk | used  |\n|------|-------|\n| /var | 100 % |\n\n" +
	"**Choose your action:**\n- A) Restart the mail service\n- B) Look for what filled the disk\n\n" +
	"### If you chose B (recommended):\n\n> *[Result: A debug log of 30 GB. Proceed to Round 2.]*\n\n" +
	"### If you chose A:\n\n> *[Result: It stops again at once.]*\n\n" +
	"## Round 2: First Break\n\n**Actions:**\n\n1. Rotate the log daily\n2. Alert at 80 %\n\n" +
	"## Damage Report\n\n- **Optimal resolution time:** 6 minutes\n- **If every wrong choice was made:** 14 minutes\n"

func TestWebPage(t *testing.T) {
	for name, page := range map[string]string{
		"as saved":                             webPage,
		"the article alone":                    webPage[strings.Index(webPage, "<h1"):strings.Index(webPage, "<aside")],
		"windows":                              strings.ReplaceAll(webPage, "\n", "\r\n"),
		"with a byte order mark and a comment": "\ufeff<!-- saved from\nops -->\n" + webPage,
	} {
		got, list := importText(page)
		if d := cmp.Diff(importedPage, got); d != "" || list.Len() > 0 {
			t.Errorf("%s: %s (-want +got):\n%s", name, reports(list), d)
		}
	}
	var list diag.List
	r := replay.Parse(diag.NewSource("mail.md", []byte(importedPage)), &list)
	if list.Len() > 0 || len(r.Rounds) != 2 {
		t.Errorf("%d rounds, %s", len(r.Rounds), reports(&list))
	}
}

// TestNoReplayPage: a page of something else is told to be one.
func TestNoReplayPage(t *testing.T) {
	_, list := importText("<html><body><h1>Runbook</h1><p>Round 1: it begins.</p></body></html>")
	if list.Count(diag.Error) != 1 || list.Sorted()[0].Code != "import-not-a-replay" {
		t.Error(reports(list))
	}
}
