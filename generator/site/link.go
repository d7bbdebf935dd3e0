package site

import (
	"html/template"
	"io/fs"
	"net/url"
	"path"
	"strings"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/markdown"
	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/words"
)

const (
	codeDeadLink    diag.Code = "dead-link"
	codeRemoteImage diag.Code = "remote-image"
	codeBadImage    diag.Code = "bad-image"
)

// Content knows where destinations in the content lead on the site. It is safe
// for concurrent use.
type Content struct {
	Directory
	assets *assets
}

// A Directory is what the pages of one replay know of all.
type Directory struct {
	Slugs map[string]string // by the paths of their files in the source
	// Sheets is whether facilitator's sheets are all there is of the replays.
	Sheets bool
	// Reread is whether files that replays link to are read again when they are
	// published, instead of being kept in memory.
	Reread bool
	// Highlighter highlights code; nil does it each time anew.
	Highlighter *markdown.Highlighter
}

// NewContent returns the content in a folder.
func NewContent(d Directory, folder fs.FS) *Content {
	return &Content{Directory: d, assets: newAssets(folder, d.Reread)}
}

// entry returns the name of the page that links to a replay lead to.
func (l *Content) entry() string {
	if l.Sheets {
		return SheetName
	}
	return "index.html"
}

// Assets returns the files of the content that replays link to, as far as
// [Site.Replay] has met them, by path.
func (l *Content) Assets() []File { return l.assets.files() }

// Asset returns the published asset at a path from the site's root.
func (l *Content) Asset(path string) (File, bool) { return l.assets.at(path) }

// texts renders the texts of one replay, with its links as its pages need them.
type texts struct {
	words    *words.Table
	renderer markdown.Renderer
	link     func(dest string) (href string, ok bool)
}

// texts returns the renderer for r, which names regions in the words of a table,
// and reports every destination that leads nowhere.
func (l *Content) texts(r *replay.Replay, table *words.Table, list *diag.List) texts {
	dir := path.Dir(r.Source.Path)
	for _, d := range destinations(r) {
		if markdown.Refused(d.Dest, d.Image) {
			continue // the parser has reported it
		}
		if d.Image {
			l.checkImage(dir, d, list)
		} else if _, ok := l.link(dir, d.Dest); !ok {
			list.Warnf(codeDeadLink, d.Span, "link to a replay or another file in the content folder, or write the full URL",
				"the link %q leads to nothing on this site; its text is shown without it", d.Dest)
		}
	}
	link := func(dest string) (string, bool) { return l.link(dir, dest) }
	return texts{words: table, link: link, renderer: markdown.Renderer{
		Link: link,
		Image: func(dest string) (string, bool) {
			published, problem := l.image(dir, dest)
			return published, problem == ""
		},
		Size:     l.imageSize,
		Headings: 2, Highlighter: l.Highlighter,
	}}
}

func (t texts) inline(in markdown.Inline) passage {
	return passage{render: func() template.HTML {
		return template.HTML(t.renderer.Inline(in)) //nolint:gosec // the renderer escapes
	}}
}

// label renders an inline without its links.
func (t texts) label(in markdown.Inline) passage {
	t.renderer.Link = func(string) (string, bool) { return "", false }
	return t.inline(in)
}

// blocks renders blocks. They are a part of a page, whose name, which may be "",
// tells its regions from those of other parts.
func (t texts) blocks(part string, blocks []markdown.Block) passage {
	t.renderer.Region = func(what string, number int) string { return t.region(what, part, number) }
	return passage{render: func() template.HTML {
		return template.HTML(t.renderer.Blocks(blocks)) //nolint:gosec // the renderer escapes
	}}
}

// region names a region: "YAML, situation 2".
func (t texts) region(what, part string, number int) string {
	switch what {
	case markdown.RegionCode:
		what = t.words.Text("region_code")
	case markdown.RegionShell:
		what = t.words.Text("region_shell")
	case markdown.RegionTable:
		what = t.words.Text("region_table")
	}
	if part != "" {
		what = t.words.Text("region_part", words.String("what", what), words.String("part", part))
	}
	if number > 1 {
		what = t.words.Text("region_again", words.String("what", what), words.Int("number", number))
	}
	return what
}

// destinations lists every link and image of a replay.
func destinations(r *replay.Replay) (all []markdown.Destination) {
	all = append(all, markdown.Destinations(r.Intro)...)
	all = append(all, markdown.Destinations(r.ReportMore)...)
	for _, e := range r.Endings {
		all = append(all, markdown.Destinations(e.Text)...)
	}
	for _, facts := range [][]replay.Fact{r.Setup, r.Report} {
		for _, f := range facts {
			all = append(all, f.Text.Destinations()...)
		}
	}
	for _, round := range r.Rounds {
		all = append(all, round.PressureCue.Destinations()...)
		all = append(all, markdown.Destinations(round.Situation)...)
		for _, c := range round.Choices {
			all = append(all, c.Text.Destinations()...)
			all = append(all, c.Outcome.Result.Destinations()...)
			all = append(all, markdown.Destinations(c.Outcome.More)...)
		}
		for _, a := range round.Actions {
			all = append(all, a.Destinations()...)
		}
	}
	for _, ref := range r.CrossReferences {
		if ref.Href != "" {
			all = append(all, markdown.Destination{Dest: ref.Href, Span: ref.Span})
		}
	}
	return all
}

// link returns what a page of a replay in dir links to for dest: other sites as
// they are, replays and other files of the content by their published path.
func (l *Content) link(dir, dest string) (href string, ok bool) {
	if markdown.Refused(dest, false) {
		return "", false
	}
	u, err := url.Parse(dest)
	if err != nil {
		return "", false
	}
	if u.Scheme != "" || u.Host != "" || strings.HasPrefix(u.Path, "/") {
		return dest, true
	}
	name := path.Join(dir, u.Path)
	if slug, isReplay := l.Slugs[name]; isReplay {
		return "../" + slug + "/" + l.entry(), true
	}
	published, err := l.assets.publish(name)
	if err != nil {
		return "", false
	}
	return "../" + published, true
}

// image returns the published path of an image, or what is wrong with it.
func (l *Content) image(dir, dest string) (published, problem string) {
	if markdown.Refused(dest, true) {
		return "", "this kind of address is not allowed"
	}
	u, err := url.Parse(dest)
	switch {
	case err != nil:
		return "", "it is not a path"
	case u.Scheme == "data":
		return dest, ""
	case u.Scheme != "" || u.Host != "":
		return "", remote
	}
	published, err = l.assets.publish(path.Join(dir, u.Path))
	if err != nil {
		return "", err.Error()
	}
	return "../" + published, ""
}

// imageSize returns the size in pixels of an image that pages of replays refer to
// by url; 0 where its file does not say.
func (l *Content) imageSize(url string) (width, height int) {
	f, ok := l.assets.at(strings.TrimPrefix(url, "../"))
	if !ok {
		return 0, 0
	}
	body, err := f.Append(nil)
	if err != nil {
		return 0, 0
	}
	width, height, err = pictureSize(f.Path, body)
	if err != nil {
		return 0, 0
	}
	return width, height
}

const remote = "pages load nothing from other hosts"

func (l *Content) checkImage(dir string, d markdown.Destination, list *diag.List) {
	switch _, problem := l.image(dir, d.Dest); problem {
	case "":
	case remote:
		list.Warnf(codeRemoteImage, d.Span, "put a copy beside the replay and link to that",
			"the image %q is left out: %s", d.Dest, problem)
	default:
		list.Errorf(codeBadImage, d.Span, "images are files in the content folder, by their path from this file",
			"the image %q cannot be shown: %s", d.Dest, problem)
	}
}
