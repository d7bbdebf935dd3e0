package main_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// published is a built site, read from its files alone: it knows nothing of the
// program that wrote them. Documents are dropped once a page's own rules have
// been checked, so that a site of many thousand pages fits into memory.
type published struct {
	base  *url.URL // where the site will be served; ends in a slash
	files map[string][]byte
	pages map[string]*page // every .html file, by path
	order []string         // the paths of pages, sorted
}

// page is what the rules about whole sites need to know of one HTML file.
type page struct {
	path      string
	size      int // in bytes
	title     string
	ids       map[string]bool
	noindex   bool
	canonical string
	state     *state // nil for a page that is no state of a replay
	tombstone bool   // stands for a page that is no longer made
	nearest   []ref  // where a tombstone leads on to
	refs      []ref
	steps     []step
}

// state is what a page says on <main> about the reader's position.
type state struct {
	replay, place, clock, score string
}

// kind names the layout of a state page: its place without the round, where an
// outcome that offers choices again is a "miss".
func (p *page) kind() string {
	kind, _, _ := strings.Cut(p.state.place, "-")
	chooses := slices.ContainsFunc(p.steps, func(s step) bool { return s.choice != "" && s.href != "" })
	if kind == "outcome" && chooses {
		return "miss"
	}
	return kind
}

// ref is one reference to another resource, as written.
type ref struct {
	element, attribute, raw string
}

// step is one way onward: a choice, open or closed, or the one next link.
type step struct {
	choice    string // the letter; "" for the next link
	tried     bool
	href      string // "" for a closed choice
	accesskey string
}

// fault is one broken rule. An empty page means the site as a whole.
type fault struct {
	page, rule, detail string
}

func (f fault) String() string { return fmt.Sprintf("%s: [%s] %s", f.page, f.rule, f.detail) }

// checkSite reads the site in fsys, built to be served at base, and returns
// every rule that it breaks.
func checkSite(fsys fs.FS, base string) ([]fault, error) {
	var faults []fault
	rules := pageRules()
	site, err := readSite(fsys, base, func(name string, doc document) {
		for _, r := range rules {
			r.check(doc, func(format string, args ...any) {
				faults = append(faults, fault{name, r.name, fmt.Sprintf(format, args...)})
			})
		}
	})
	if err != nil {
		return nil, err
	}
	for _, r := range siteRules() {
		r.check(site, func(page, format string, args ...any) {
			faults = append(faults, fault{page, r.name, fmt.Sprintf(format, args...)})
		})
	}
	slices.SortFunc(faults, func(a, b fault) int { return strings.Compare(a.String(), b.String()) })
	return faults, nil
}

// readSite reads all files and shows each document to visit, if there is one.
func readSite(fsys fs.FS, base string, visit func(name string, doc document)) (*published, error) {
	baseURL, err := url.Parse(base)
	if err != nil {
		return nil, err
	}
	site := &published{base: baseURL, files: map[string][]byte{}, pages: map[string]*page{}}
	err = fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		if path.Ext(name) != ".html" {
			site.files[name] = text
			return nil
		}
		root, err := html.Parse(bytes.NewReader(text))
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		doc := newDocument(root)
		site.files[name] = nil // only its existence is asked for
		site.pages[name] = readPage(name, doc)
		site.pages[name].size = len(text)
		site.order = append(site.order, name)
		if visit != nil {
			visit(name, doc)
		}
		return nil
	})
	return site, err
}

// readPage takes from a document what rules about whole sites need.
func readPage(name string, doc document) *page {
	p := &page{path: name, ids: map[string]bool{}}
	for _, n := range doc {
		if id, ok := attribute(n, "id"); ok {
			p.ids[id] = true
		}
		p.refs = append(p.refs, references(n)...)
		if _, ok := attribute(n, "data-nearest"); ok {
			p.nearest = append(p.nearest, references(n)...)
		}
		_, choice := attribute(n, "data-choice")
		_, next := attribute(n, "data-next")
		switch {
		case choice || next:
			p.steps = append(p.steps, readStep(n))
		case n.Data == "title" && n.Parent.Data == "head":
			p.title = strings.TrimSpace(text(n))
		case n.Data == "main":
			p.state = readState(n)
			_, p.tombstone = attribute(n, "data-tombstone")
		case n.Data == "meta" && value(n, "name") == "robots":
			p.noindex = strings.Contains(value(n, "content"), "noindex")
		case n.Data == "link" && value(n, "rel") == "canonical":
			p.canonical = value(n, "href")
		}
	}
	return p
}

func readState(n *html.Node) *state {
	if _, ok := attribute(n, "data-place"); !ok {
		return nil
	}
	return &state{replay: value(n, "data-replay"), place: value(n, "data-place"), clock: value(n, "data-clock"), score: value(n, "data-score")}
}

func readStep(n *html.Node) step {
	_, tried := attribute(n, "data-tried")
	s := step{choice: value(n, "data-choice"), tried: tried, accesskey: value(n, "accesskey")}
	if n.Data == "a" {
		s.href = value(n, "href")
	}
	return s
}

// references returns the URLs that an element holds, whatever they are for.
func references(n *html.Node) []ref {
	var refs []ref
	for _, a := range n.Attr {
		switch a.Key {
		case "href", "src", "poster", "action", "formaction", "data", "cite":
			refs = append(refs, ref{n.Data, a.Key, a.Val})
		case "srcset":
			for candidate := range strings.SplitSeq(a.Val, ",") {
				if fields := strings.Fields(candidate); len(fields) > 0 {
					refs = append(refs, ref{n.Data, a.Key, fields[0]})
				}
			}
		}
	}
	return refs
}

// styleURL finds what a stylesheet loads.
var styleURL = regexp.MustCompile(`(?i)(?:url\(\s*|@import\s+)["']?([^"')\s;]+)`)

// styleReferences returns the URLs in a stylesheet.
func styleReferences(css []byte) []ref {
	var refs []ref
	for _, m := range styleURL.FindAllSubmatch(css, -1) {
		refs = append(refs, ref{"css", "url", string(m[1])})
	}
	return refs
}

// resolve returns the file that a reference on a file of the site leads to,
// and the resolved URL. The file is "" where it leads outside of the site.
func (s *published) resolve(from, raw string) (file string, resolved *url.URL, err error) {
	u, err := url.Parse(raw)
	if err != nil {
		return "", nil, err
	}
	resolved = s.base.ResolveReference(&url.URL{Path: from}).ResolveReference(u)
	inside := resolved.Scheme == s.base.Scheme && resolved.Host == s.base.Host
	file, below := strings.CutPrefix(resolved.Path, s.base.Path)
	if !inside || !below {
		return "", resolved, nil
	}
	if file == "" || strings.HasSuffix(file, "/") {
		file += "index.html"
	}
	return file, resolved, nil
}

// states returns the pages that are states of a replay, in order.
func (s *published) states() []*page {
	var states []*page
	for _, name := range s.order {
		if p := s.pages[name]; p.state != nil {
			states = append(states, p)
		}
	}
	return states
}

// target returns the page that a link on p leads to, or nil.
func (s *published) target(p *page, href string) *page {
	file, _, err := s.resolve(p.path, href)
	if err != nil {
		return nil
	}
	return s.pages[file]
}

// attribute returns an attribute of n and whether it is there.
func attribute(n *html.Node, key string) (string, bool) {
	i := slices.IndexFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
	if i < 0 {
		return "", false
	}
	return n.Attr[i].Val, true
}

// value returns an attribute of n, or "" where it is missing.
func value(n *html.Node, key string) string {
	v, _ := attribute(n, key)
	return v
}

// text returns the text below n.
func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
			b.WriteByte(' ') // elements end words
		}
	}
	return b.String()
}

// document is all elements of a page in their order: many rules walk over them.
type document []*html.Node

func newDocument(root *html.Node) document {
	var doc document
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			doc = append(doc, n)
		}
	}
	return doc
}

// named returns the elements of the given names.
func (d document) named(names ...string) []*html.Node {
	var found []*html.Node
	for _, n := range d {
		if slices.Contains(names, n.Data) {
			found = append(found, n)
		}
	}
	return found
}
