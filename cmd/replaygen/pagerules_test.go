package main_test

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// pageRule is a rule that one document keeps or breaks by itself.
type pageRule struct {
	name  string
	check func(doc document, fail func(format string, args ...any))
}

// pageRules returns what holds for every page. Every rule has a page that
// breaks it in TestSiteRulesCanFail.
func pageRules() []pageRule {
	return []pageRule{
		{"policy", checkPolicy},
		{"no-script", checkNoScript},
		{"no-inline-style", checkNoInlineStyle},
		{"headings", checkHeadings},
		{"unique-id", checkUniqueIDs},
		{"head", checkHead},
		{"landmarks", checkLandmarks},
		{"shown-score", checkShownScore},
	}
}

// checkPolicy wants the Content-Security-Policy before anything that it could
// govern; only the declaration of the character set may precede it.
func checkPolicy(doc document, fail func(string, ...any)) {
	for _, head := range doc.named("head") {
		for n := range head.ChildNodes() {
			if n.Type != html.ElementNode {
				continue
			}
			if _, charset := attribute(n, "charset"); n.Data == "meta" && charset {
				continue
			}
			if n.Data != "meta" || !strings.EqualFold(value(n, "http-equiv"), "content-security-policy") {
				fail("<%s> stands before the Content-Security-Policy", n.Data)
				return
			}
			for _, directive := range []string{"default-src 'none'", "script-src 'none'", "base-uri 'none'", "form-action 'none'"} {
				if !strings.Contains(value(n, "content"), directive) {
					fail("the Content-Security-Policy lacks %s", directive)
				}
			}
			return
		}
	}
	fail("no Content-Security-Policy")
}

// checkNoScript refuses whatever runs, frames, submits or moves a reader unasked.
func checkNoScript(doc document, fail func(string, ...any)) {
	for _, n := range doc.named("script", "iframe", "object", "embed", "form", "base") {
		fail("<%s>", n.Data)
	}
	for _, n := range doc.named("meta") {
		if strings.EqualFold(value(n, "http-equiv"), "refresh") {
			fail("<meta http-equiv=refresh>")
		}
	}
	for _, n := range doc {
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") {
				fail("event handler %s on <%s>", a.Key, n.Data)
			}
		}
		for _, r := range references(n) {
			if isScriptURL(r.raw) {
				fail("%s of <%s> is %.40q", r.attribute, r.element, r.raw)
			}
		}
	}
}

// isScriptURL reports whether a browser would run the URL, which it reads
// without control characters and regardless of case.
func isScriptURL(raw string) bool {
	scheme, _, found := strings.Cut(strings.Map(func(r rune) rune {
		if r <= ' ' {
			return -1
		}
		return r
	}, strings.ToLower(raw)), ":")
	return found && (scheme == "javascript" || scheme == "vbscript")
}

// checkNoInlineStyle refuses styles that the page's own policy blocks.
func checkNoInlineStyle(doc document, fail func(string, ...any)) {
	policy := ""
	for _, n := range doc.named("meta") {
		if strings.EqualFold(value(n, "http-equiv"), "content-security-policy") {
			policy = value(n, "content")
		}
	}
	for _, n := range doc {
		if _, ok := attribute(n, "style"); ok {
			fail("style attribute on <%s>", n.Data)
		}
		if n.Data == "style" && !strings.Contains(policy, "'sha256-") {
			fail("<style>, which the policy does not allow")
		}
	}
}

// checkHeadings wants one h1, first, and no level skipped on the way down.
func checkHeadings(doc document, fail func(string, ...any)) {
	last, top := 0, 0
	for _, n := range doc.named("h1", "h2", "h3", "h4", "h5", "h6") {
		level := int(n.Data[1] - '0')
		if level == 1 {
			top++
		}
		if level > last+1 {
			fail("<%s> %.40q follows a heading of level %d", n.Data, strings.TrimSpace(text(n)), last)
		}
		if strings.TrimSpace(text(n)) == "" {
			fail("empty <%s>", n.Data)
		}
		last = level
	}
	if top != 1 {
		fail("%d h1, want 1", top)
	}
}

func checkUniqueIDs(doc document, fail func(string, ...any)) {
	seen := map[string]bool{}
	for _, n := range doc {
		id, ok := attribute(n, "id")
		if ok && (seen[id] || id == "") {
			fail("id %q on <%s> is empty or taken", id, n.Data)
		}
		seen[id] = ok || seen[id]
	}
}

// checkHead wants what search engines, chats and phones read.
func checkHead(doc document, fail func(string, ...any)) {
	metas := map[string]string{}
	for _, n := range doc.named("meta") {
		metas[value(n, "name")+value(n, "property")] = value(n, "content")
	}
	for _, name := range []string{"viewport", "description", "og:title", "og:description"} {
		if strings.TrimSpace(metas[name]) == "" {
			fail("no meta %s", name)
		}
	}
	icon := func(n *html.Node) bool { return value(n, "rel") == "icon" }
	if !slices.ContainsFunc(doc.named("link"), icon) {
		fail("no icon, so that browsers ask the host for /favicon.ico")
	}
	for _, n := range doc.named("html") {
		if value(n, "lang") == "" {
			fail("<html> has no lang")
		}
	}
}

// checkLandmarks wants one main and, first of all that can take the focus, a
// link that skips to it.
func checkLandmarks(doc document, fail func(string, ...any)) {
	mains := doc.named("main")
	if len(mains) != 1 {
		fail("%d main, want 1", len(mains))
		return
	}
	focusable := doc.named("a", "button", "summary", "input", "select", "textarea")
	if len(focusable) == 0 {
		fail("no skip link")
		return
	}
	href := value(focusable[0], "href")
	target, ok := strings.CutPrefix(href, "#")
	if !ok || target == "" {
		fail("the first link leads to %q instead of skipping to main", href)
		return
	}
	for n := mains[0]; n != nil; n = n.FirstChild {
		if value(n, "id") == target {
			return
		}
	}
	fail("the skip link leads to #%s, which is not where main starts", target)
}

// checkShownScore wants the clock and the score of a state page in its text:
// what <main> says to tools is what readers see.
func checkShownScore(doc document, fail func(string, ...any)) {
	for _, n := range doc.named("main") {
		s := readState(n)
		if s == nil {
			continue
		}
		numbers := map[string]bool{}
		for _, body := range doc.named("body") {
			for _, number := range strings.FieldsFunc(text(body), func(r rune) bool { return r < '0' || r > '9' }) {
				numbers[number] = true
			}
		}
		if !numbers[s.clock] {
			fail("clock %q is not shown", s.clock)
		}
		if !numbers[s.score] {
			fail("score %q is not shown", s.score)
		}
	}
}
