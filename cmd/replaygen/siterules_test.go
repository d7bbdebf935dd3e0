package main_test

import (
	"encoding/xml"
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// siteRule is a rule that only a whole site keeps or breaks.
type siteRule struct {
	name  string
	check func(s *published, fail func(page, format string, args ...any))
}

// siteRules returns what holds for every site. Every rule has a site that
// breaks it in TestSiteRulesCanFail.
func siteRules() []siteRule {
	return []siteRule{
		{"files", checkFiles},
		{"references", checkReferences},
		{"unique-title", checkUniqueTitles},
		{"contract", checkContract},
		{"steps", checkSteps},
		{"parameters", checkParameters},
		{"reachable", checkReachable},
		{"ends", checkEnds},
		{"indexing", checkIndexing},
		{"sitemap", checkSitemap},
		{"tombstones", checkTombstones},
	}
}

// checkFiles wants the files that hosts look for, and names that mean the same
// on file systems that ignore case.
func checkFiles(s *published, fail func(string, string, ...any)) {
	for _, name := range []string{"index.html", "404.html", ".nojekyll", "sitemap.xml"} {
		if _, ok := s.files[name]; !ok {
			fail("", "no %s", name)
		}
	}
	for name := range s.files {
		if name != strings.ToLower(name) {
			fail(name, "the name has upper-case letters")
		}
	}
}

// checkReferences wants every reference to lead, relatively, to a file of the
// site and to an id on it. Only links may lead out of the site.
func checkReferences(s *published, fail func(string, string, ...any)) {
	for _, name := range s.order {
		for _, r := range s.pages[name].refs {
			if complaint := s.complain(name, r); complaint != "" {
				fail(name, "<%s %s=%q>: %s", r.element, r.attribute, r.raw, complaint)
			}
		}
	}
	for name, css := range s.files {
		if path.Ext(name) != ".css" {
			continue
		}
		for _, r := range styleReferences(css) {
			if complaint := s.complain(name, r); complaint != "" {
				fail(name, "%s: %s", r.raw, complaint)
			}
		}
	}
}

// complain says what is wrong with a reference, or "".
func (s *published) complain(from string, r ref) string {
	u, err := url.Parse(r.raw)
	if err != nil {
		return err.Error()
	}
	file, resolved, err := s.resolve(from, r.raw)
	absolute := u.Scheme != "" || u.Host != ""
	switch {
	case err != nil:
		return err.Error()
	case u.Scheme == "data" && r.element != "a":
		return "" // is part of the file
	case absolute && file == "" && r.element == "a":
		return "" // leads out of the site, on a reader's click
	case absolute && file == "":
		return "loads something from outside the site"
	case file == "":
		return "leads above the site"
	case absolute && !(r.element == "link" && r.attribute == "href" && r.raw == s.pages[from].canonical):
		return "is not relative"
	case from == "404.html" && !absolute && !strings.HasPrefix(r.raw, s.base.Path) && !strings.HasPrefix(r.raw, "#"):
		return "breaks where 404.html is served: write it from the root"
	case from != "404.html" && strings.HasPrefix(r.raw, "/"):
		return "is not relative"
	case !absolute && u.Path != "" && strings.HasSuffix(u.Path, "/") && from != "404.html":
		return "names a folder, which does not open from disk"
	}
	if _, ok := s.files[file]; !ok {
		return "no file " + file
	}
	if p := s.pages[file]; resolved.Fragment != "" && (p == nil || !p.ids[resolved.Fragment]) {
		return "no id " + resolved.Fragment + " on " + file
	}
	return ""
}

func checkUniqueTitles(s *published, fail func(string, string, ...any)) {
	first := map[string]string{}
	for _, name := range s.order {
		title := s.pages[name].title
		if other, taken := first[title]; taken {
			fail(name, "title %q is also that of %s", title, other)
		} else if title == "" {
			fail(name, "no title")
		}
		first[title] = name
	}
}

// place is what data-place may say.
var place = regexp.MustCompile(`^(briefing|debrief|(round|closing)-[0-9A-Za-z._-]+|outcome-[0-9A-Za-z._-]+[A-Z])$`)

// checkContract wants <main> to say where the reader stands, in words that
// tools can rely on.
func checkContract(s *published, fail func(string, string, ...any)) {
	for _, p := range s.states() {
		st := p.state
		if !place.MatchString(st.place) {
			fail(p.path, "data-place is %q", st.place)
		}
		if folder := path.Dir(p.path); st.replay != folder {
			fail(p.path, "data-replay is %q, the folder %q", st.replay, folder)
		}
		if (st.place == "briefing") != (path.Base(p.path) == "index.html") {
			fail(p.path, "the briefing, and nothing else, is index.html; this is %s", st.place)
		}
		if clock, err := strconv.Atoi(st.clock); err != nil || clock < 0 {
			fail(p.path, "data-clock is %q", st.clock)
		}
		if score, err := strconv.Atoi(st.score); err != nil || score < 0 || score > 100 {
			fail(p.path, "data-score is %q", st.score)
		}
	}
	for _, name := range s.order {
		if p := s.pages[name]; p.state == nil && len(p.steps) > 0 {
			fail(name, "offers choices, but <main> does not say which state it is")
		}
	}
}

// checkSteps wants each kind of page to offer what a reader does there.
func checkSteps(s *published, fail func(string, string, ...any)) {
	for _, p := range s.states() {
		next, open := 0, 0
		for _, st := range p.steps {
			switch {
			case st.choice == "":
				next++
			case st.href != "":
				open++
				if !strings.EqualFold(st.accesskey, st.choice) {
					fail(p.path, "choice %s has accesskey %q", st.choice, st.accesskey)
				}
			case !st.tried:
				fail(p.path, "choice %s is closed, yet not tried", st.choice)
			}
		}
		kind, _, _ := strings.Cut(p.state.place, "-")
		fine := map[string]bool{
			"briefing": next == 1 && open == 0,
			"round":    next == 0 && open > 0,
			"outcome":  (next == 1) != (open > 0),
			"closing":  next == 1 && open == 0,
			"debrief":  next == 0 && open == 0,
		}
		if !fine[kind] {
			fail(p.path, "%s offers %d next links and %d open choices", p.state.place, next, open)
		}
	}
}

// checkParameters wants every step to lead to the right place and to carry the
// clock and the score that the page behind it shows.
func checkParameters(s *published, fail func(string, string, ...any)) {
	for _, p := range s.states() {
		for _, st := range p.steps {
			to := s.target(p, st.href)
			if st.href == "" || to == nil {
				continue
			}
			if to.state == nil {
				fail(p.path, "%s leads to a page that is no state", st.href)
				continue
			}
			if want := outcomePlace(p.state.place, st.choice); st.choice != "" && to.state.place != want {
				fail(p.path, "choice %s leads to %s, want %s", st.choice, to.state.place, want)
			}
			u, err := url.Parse(st.href)
			if err != nil {
				continue // a fault of its references
			}
			query := u.Query()
			if !query.Has("trail") || query.Get("clock") != to.state.clock || query.Get("score") != to.state.score {
				fail(p.path, "%s leads to clock %s, score %s", st.href, to.state.clock, to.state.score)
			}
		}
	}
}

// outcomePlace returns where a choice made at a round, or at an outcome that
// offers the round's remaining choices, leads.
func outcomePlace(from, letter string) string {
	if label, ok := strings.CutPrefix(from, "round-"); ok {
		return "outcome-" + label + letter
	}
	if from == "" {
		return ""
	}
	return from[:len(from)-1] + letter
}

// checkReachable wants no page that nobody can find, but for those that links
// from elsewhere still lead to.
func checkReachable(s *published, fail func(string, string, ...any)) {
	seen := map[string]bool{"index.html": true, "404.html": true}
	queue := []string{"index.html"}
	for len(queue) > 0 {
		name := queue[0]
		queue = queue[1:]
		if s.pages[name] == nil {
			continue
		}
		for _, r := range s.pages[name].refs {
			if file, _, err := s.resolve(name, r.raw); err == nil && r.element == "a" && !seen[file] {
				seen[file] = true
				queue = append(queue, file)
			}
		}
	}
	for _, name := range s.order {
		if !seen[name] && !s.pages[name].tombstone {
			fail(name, "no link from index.html leads here")
		}
	}
}

// checkEnds wants a debrief ahead of every state.
func checkEnds(s *published, fail func(string, string, ...any)) {
	before := map[string][]string{}
	seen := map[string]bool{}
	var queue []string
	for _, p := range s.states() {
		if p.state.place == "debrief" {
			seen[p.path] = true
			queue = append(queue, p.path)
		}
		for _, st := range p.steps {
			if to := s.target(p, st.href); st.href != "" && to != nil {
				before[to.path] = append(before[to.path], p.path)
			}
		}
	}
	for len(queue) > 0 {
		name := queue[0]
		queue = queue[1:]
		for _, b := range before[name] {
			if !seen[b] {
				seen[b] = true
				queue = append(queue, b)
			}
		}
	}
	for _, p := range s.states() {
		if !seen[p.path] {
			fail(p.path, "no debrief can be reached from here")
		}
	}
}

// checkIndexing wants search engines to find briefings and nothing behind them.
func checkIndexing(s *published, fail func(string, string, ...any)) {
	for _, p := range s.states() {
		briefing := path.Join(path.Dir(p.path), "index.html")
		canonical, _, err := s.resolve(p.path, p.canonical)
		switch {
		case p.canonical != "" && (err != nil || canonical != briefing):
			fail(p.path, "canonical is %q, want the briefing", p.canonical)
		case p.path == briefing && p.noindex:
			fail(p.path, "the briefing is noindex")
		case p.path != briefing && !p.noindex:
			fail(p.path, "a state is not noindex")
		case p.path != briefing && p.canonical == "":
			fail(p.path, "no canonical link to the briefing")
		}
	}
	if p := s.pages["index.html"]; p != nil && p.noindex {
		fail(p.path, "the index is noindex")
	}
}

// checkTombstones wants pages that stand for retired ones to lead on to a living
// page of their replay, or to the index where the replay is gone, to leave the
// search results to its entry, and to be linked from nowhere.
func checkTombstones(s *published, fail func(string, string, ...any)) {
	for _, name := range s.order {
		p := s.pages[name]
		for _, r := range p.refs {
			if to := s.target(p, r.raw); to != nil && to.tombstone && to != p && r.element == "a" {
				fail(name, "%s leads to a page that is no longer made", r.raw)
			}
		}
		if !p.tombstone {
			continue
		}
		entry := path.Join(path.Dir(name), "index.html")
		if e := s.pages[entry]; e == nil || e.state == nil {
			entry = "index.html"
		}
		if canonical, _, err := s.resolve(name, p.canonical); err != nil || canonical != entry || !p.noindex {
			fail(name, "canonical is %q, want %s and noindex", p.canonical, entry)
		}
		if len(p.nearest) != 1 {
			fail(name, "leads on to %d places, want 1", len(p.nearest))
			continue
		}
		to := s.target(p, p.nearest[0].raw)
		switch {
		case to == nil:
			fail(name, "leads on to %s, which is no page", p.nearest[0].raw)
		case to.path != entry && (to.state == nil || path.Dir(to.path) != path.Dir(name)):
			fail(name, "leads on to %s, which is no living page of its replay", to.path)
		}
	}
}

// checkSitemap wants the sitemap to list exactly the pages that are canonical.
func checkSitemap(s *published, fail func(string, string, ...any)) {
	var sitemap struct {
		XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		URLs    []struct {
			Loc string `xml:"loc"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal(s.files["sitemap.xml"], &sitemap); err != nil {
		fail("sitemap.xml", "%v", err)
		return
	}
	listed := map[string]bool{}
	for _, u := range sitemap.URLs {
		file, _, err := s.resolve("", u.Loc)
		p := s.pages[file]
		switch {
		case err != nil || p == nil || !strings.HasPrefix(u.Loc, s.base.String()):
			fail("sitemap.xml", "%s is no page of the site", u.Loc)
		case p.noindex:
			fail("sitemap.xml", "%s is noindex", u.Loc)
		case p.canonical != "" && p.canonical != u.Loc:
			fail("sitemap.xml", "%s calls itself %s", u.Loc, p.canonical)
		case listed[file]:
			fail("sitemap.xml", "%s is listed twice", u.Loc)
		}
		listed[file] = true
	}
	for _, name := range s.order {
		if !listed[name] && !s.pages[name].noindex && name != "404.html" {
			fail("sitemap.xml", "%s is missing", name)
		}
	}
}
