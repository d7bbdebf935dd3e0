package markdown_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator/markdown"
)

func TestRenderer(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"text": {
			"a *b* **c** ~~d~~ `x<y` &lt; \"q\"\nnext\n",
			"<p>a <em>b</em> <strong>c</strong> <del>d</del> <code>x&lt;y</code> &lt; &quot;q&quot;\nnext</p>\n",
		},
		"raw HTML is shown": {
			"<b onclick=x>\n\na <i>b</i> <!-- no --> &amp;\n",
			"<p>&lt;b onclick=x&gt;</p>\n<p>a &lt;i&gt;b&lt;/i&gt;  &amp;</p>\n",
		},
		"what HTML cannot hold is replaced": {"a\x00b\xffc\x07d&#1;e\n", "<p>a�b�c�d�e</p>\n"},
		"tasks":                             {"- [x] a\n- [ ] b\n", "<ul>\n<li>☑ a</li>\n<li>☐ b</li>\n</ul>\n"},
		"numbers":                           {"3. a\n4. b\n", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n"},
		"a quote and a rule":                {"> a\n\n---\n", "<blockquote>\n<p>a</p>\n</blockquote>\n<hr>\n"},
		"a table scrolls": {
			"| a |   | c |\n|---|:-:|--:|\n| `x|y` | 2 | 3 |\n| `x\\|y` |\n",
			`<div class="scroll" tabindex="0" role="region" aria-label="Table"><table>
<thead>
<tr>
<th scope="col">a</th>
<td class="center"></td>
<th scope="col" class="right">c</th>
</tr>
</thead>
<tbody>
<tr>
<td>` + "`x</td>\n<td class=\"center\">y`" + `</td>
<td class="right">2</td>
</tr>
<tr>
<td><code>x|y</code></td>
<td></td>
<td></td>
</tr>
</tbody>
</table></div>
`,
		},
		"code": {
			"```yaml\r\na: b\r\n```\n\n```\n<x>\n```\n\n    y\n",
			`<pre class="chroma" tabindex="0" role="region" aria-label="YAML"><code><span class="nt">a</span><span class="p">:</span><span class="w"> </span><span class="l">b</span>` + `<span class="w">
</span></code></pre>
<pre class="chroma" tabindex="0" role="region" aria-label="Code"><code>&lt;x&gt;
</code></pre>
<pre class="chroma" tabindex="0" role="region" aria-label="Code 2"><code>y
</code></pre>
`,
		},
		"a shell session": {
			"```console\n$ ls\nfile\nother\n$ ls <b>\n```\n",
			`<pre class="chroma" tabindex="0" role="region" aria-label="Shell session"><code><span class="typed"><span class="gp">$</span> ls
</span><span class="go">file
</span><span class="go">other
</span><span class="typed"><span class="gp">$</span> ls &lt;b&gt;
</span></code></pre>
`,
		},
		"an empty shell session": {
			"```console\n```\n",
			"<pre class=\"chroma\" tabindex=\"0\" role=\"region\" aria-label=\"Shell session\"><code></code></pre>\n",
		},
		"an unknown language": {
			"```nosuchlanguage title=\"x\"\na <b>\n```\n",
			"<pre class=\"chroma\" tabindex=\"0\" role=\"region\" aria-label=\"Code\"><code>a &lt;b&gt;\n</code></pre>\n",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := string(markdown.Renderer{Headings: 2}.Blocks(parse(test.text)))
			if d := cmp.Diff(test.want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestCommandsAreHighlighted(t *testing.T) {
	got := string(markdown.Renderer{}.Inline(first(t, "run `kubectl get pods -n kube-system | grep calico` or `true`")))
	if !strings.HasPrefix(got, `run <code class="chroma command">`) || !strings.HasSuffix(got, "or <code>true</code>") {
		t.Error(got)
	}
}

func TestHeadingLevels(t *testing.T) {
	tests := []struct {
		text  string
		below int
		want  string
	}{
		{"#### a\n### b\n###### c\n#### d\n##### e\n", 2, "h3 h3 h4 h4 h5"},
		{"# a\n## b\n### c\n", 4, "h5 h6 h6"},
		{"# a\n", 0, "h1"},
		{"##\n### a\n", 1, "h2"},
	}
	for _, test := range tests {
		html := string(markdown.Renderer{Headings: test.below}.Blocks(parse(test.text)))
		var got []string
		for _, part := range strings.Split(html, "<")[1:] {
			if !strings.HasPrefix(part, "/") {
				got = append(got, part[:2])
			}
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%q below %d: got %v, want %s", test.text, test.below, got, test.want)
		}
	}
}

func TestRegionsOfPartsDiffer(t *testing.T) {
	blocks := parse("```go\nx\n```\n\n| a |\n|---|\n\n```go\ny\n```\n")
	region := func(what string, number int) string {
		return fmt.Sprintf("%s of the \"situation\", no. %d", what, number)
	}
	html := string(markdown.Renderer{Region: region}.Blocks(blocks))
	for _, want := range []string{
		`aria-label="Go of the &quot;situation&quot;, no. 1"`, `aria-label="Go of the &quot;situation&quot;, no. 2"`, `aria-label="Table of the &quot;situation&quot;, no. 1"`,
	} {
		if !strings.Contains(html, want) {
			t.Errorf("no %s in %s", want, html)
		}
	}
}

func TestLinksAndImages(t *testing.T) {
	r := markdown.Renderer{
		Link: func(dest string) (string, bool) {
			return "../" + dest, dest != "gone.md"
		},
		Image: func(dest string) (string, bool) {
			return "assets/" + dest, dest != "gone.png"
		},
	}
	tests := map[string]string{
		`[a *b*](x.md "t<q>")`:                `<a href="../x.md" title="t&lt;q&gt;">a <em>b</em></a>`,
		"[a](gone.md)":                        "a",
		"![a *b*](x.png 't')":                 `<img src="assets/x.png" alt="a b" title="t">`,
		"![a *b*](gone.png)":                  "a b",
		"[![a](x.png)](y.md)":                 `<a href="../y.md"><img src="assets/x.png" alt="a"></a>`,
		"[a](<b c&amp;d.md>)":                 `<a href="../b%20c&amp;d.md">a</a>`,
		"[*a*](javascript:alert(1))":          "<em>a</em>",
		"[a](JaVa&#x09;Script:alert)":         "a",
		"[a](vbscript:x) [b](data:text/html)": "a b",
		"![a](data:image/svg+xml,x)":          "a",
		"![a](data:image/png;base64,xx)":      `<img src="assets/data:image/png;base64,xx" alt="a">`,
		"<javascript:alert(1)>":               "&lt;javascript:alert(1)&gt;",
		"https://a.b":                         `<a href="../https://a.b">https://a.b</a>`,
		"<me@a.org>":                          `<a href="../mailto:me@a.org">me@a.org</a>`,
	}
	for text, want := range tests {
		if got := string(r.Inline(first(t, text))); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}

// Everything may be rendered again, at the same time, with the same bytes: the
// nodes stay as they are. The race detector helps here.
func TestRenderingChangesNothing(t *testing.T) {
	blocks := parse("# h\n\n> a `kubectl get pods` *b*\n\n| a |\n|:-:|\n| [x](y) |\n\n```go\nx := 1\n```\n")
	want := markdown.Renderer{Headings: 1}.Blocks(blocks)
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for range 10 {
				if got := (markdown.Renderer{Headings: 1}).Blocks(blocks); !bytes.Equal(got, want) {
					t.Errorf("got %s", got)
				}
				blocks[1].Inline().Cut(1, 5).Unwrap().Plain()
			}
		})
	}
	wait.Wait()
}

func TestStylesheet(t *testing.T) {
	css, err := markdown.Stylesheet("github", "github-dark")
	if err != nil {
		t.Fatal(err)
	}
	// Keywords, as github and github-dark colour them.
	if !regexp.MustCompile(`(?m)^\.chroma \.k\b[^{]*\{color:light-dark\(#cf222e,#ff7b72\)\}$`).Match(css) {
		t.Errorf("no pair of colours for keywords:\n%s", css)
	}
	if strings.Contains(string(css), "@media") {
		t.Errorf("the colours go by the screen, not by the scheme of where the code stands:\n%s", css)
	}
	again, err := markdown.Stylesheet("github", "github-dark")
	if diff := cmp.Diff(string(css), string(again)); err != nil || diff != "" {
		t.Errorf("not the same twice: %v\n%s", err, diff)
	}
	if strings.Count(string(css), "{") != strings.Count(string(css), "}") {
		t.Error("braces do not match")
	}
	if _, err := markdown.Stylesheet("github", "no-such-style"); err == nil || !strings.Contains(err.Error(), "no-such-style") {
		t.Errorf("got %v", err)
	}
	for _, name := range markdown.Styles() {
		if _, err := markdown.Stylesheet(strings.ToUpper(name), name); err != nil {
			t.Error(err)
		}
	}
}

func TestRendererKeepsPlaceForImages(t *testing.T) {
	r := markdown.Renderer{Size: func(url string) (int, int) {
		if url == "known.png" {
			return 640, 480
		}
		return 0, 0
	}}
	got := string(r.Blocks(parse("![a](known.png \"t\") ![b](other.png)")))
	want := `<p><img src="known.png" alt="a" width="640" height="480" title="t"> <img src="other.png" alt="b"></p>` + "\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
