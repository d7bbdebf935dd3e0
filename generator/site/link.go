package site

import (
	"errors"
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
	codeImageLarge  diag.Code = "image-large"
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

// Sharing returns the content, not asked for anything yet, such that it keeps no
// second copy of a file that another, which may be nil, has in memory.
func (l *Content) Sharing(other *Content) *Content {
	if other != nil {
		l.assets.earlier = other.assets.bodies()
	}
	return l
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
		switch {
		case markdown.Refused(d.Dest, d.Image): // the parser has reported it
		case d.Image:
			l.checkImage(dir, d, list)
		default:
			l.checkLink(dir, d, list)
		}
	}
	link := func(dest string) (string, bool) {
		href, err := l.link(dir, dest)
		return href, err == nil
	}
	return texts{words: table, link: link, renderer: markdown.Renderer{
		Link: link,
		Image: func(dest string) (string, bool) {
			src, _, err := l.image(dir, dest)
			return src, err == nil
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
func (l *Content) link(dir, dest string) (href string, err error) {
	if markdown.Refused(dest, false) {
		return "", errKind
	}
	u, err := url.Parse(dest)
	switch {
	case err != nil:
		return "", errNoPath
	case onDisk(u):
		return "", errLocal
	case u.Scheme != "" || u.Host != "":
		return dest, nil
	case u.Path == "":
		return "", errNoFile
	case strings.HasPrefix(u.Path, "/"):
		return "", errFromRoot(dir, u.Path)
	}
	name := path.Join(dir, u.Path)
	if slug, isReplay := l.Slugs[name]; isReplay {
		return "../" + slug + "/" + l.entry(), nil
	}
	found, err := l.assets.publish(name)
	if err != nil {
		return "", err
	}
	return "../" + found.path, nil
}

// onDisk reports whether an address is that of a file on somebody's disk; one
// letter before a colon is a drive of Windows.
func onDisk(u *url.URL) bool { return u.Scheme == "file" || len(u.Scheme) == 1 }

// image returns what a page of a replay in dir shows for dest, and its file, which
// is zero for a picture that is written in full.
func (l *Content) image(dir, dest string) (src string, file asset, err error) {
	if markdown.Refused(dest, true) {
		return "", asset{}, errKind
	}
	u, err := url.Parse(dest)
	switch {
	case err != nil:
		return "", asset{}, errNoPath
	case u.Scheme == "data":
		return dest, asset{}, nil
	case onDisk(u):
		return "", asset{}, errLocal
	case u.Scheme != "" || u.Host != "":
		return "", asset{}, errRemote
	case u.Path == "":
		return "", asset{}, errNoFile
	}
	file, err = l.picture(path.Join(dir, u.Path))
	if err != nil {
		return "", asset{}, err
	}
	return "../" + file.path, file, nil
}

// picture publishes a picture of the content.
func (l *Content) picture(name string) (asset, error) {
	if _, isReplay := l.Slugs[name]; isReplay {
		return asset{}, errReplay
	}
	found, err := l.assets.publish(name)
	if err == nil {
		err = found.look.err
	}
	if err != nil {
		return asset{}, err
	}
	return found, nil
}

// imageSize returns the size in pixels of an image that pages of replays refer to
// by url; 0 where its file does not say.
func (l *Content) imageSize(url string) (width, height int) {
	seen := l.assets.lookAt(strings.TrimPrefix(url, "../"))
	return seen.width, seen.height
}

func (l *Content) checkLink(dir string, d markdown.Destination, list *diag.List) {
	_, err := l.link(dir, d.Dest)
	if err == nil {
		return
	}
	why := ": " + err.Error()
	if errors.Is(err, errMissing) {
		why = "" // that is what the message says
	}
	list.Warnf(codeDeadLink, d.Span, hintFor(err, "link to a replay or another file in the content folder, or write the full URL"),
		"the link %q leads to nothing on this site%s; its text is shown without it", d.Dest, why)
}

func (l *Content) checkImage(dir string, d markdown.Destination, list *diag.List) {
	_, file, err := l.image(dir, d.Dest)
	switch {
	case errors.Is(err, errRemote), errors.Is(err, errLocal):
		list.Warnf(codeRemoteImage, d.Span, hintFor(err, ""), "the image %q is left out: %v", d.Dest, err)
	case err != nil:
		list.Errorf(codeBadImage, d.Span, hintFor(err, "images are files in the content folder, by their path from this file"),
			"the image %q cannot be shown: %v", d.Dest, err)
	case file.tooLarge() != "":
		list.Warnf(codeImageLarge, d.Span, "make it smaller: save it with fewer pixels, or as .webp",
			"the image %q has %s, which takes many readers long to load", d.Dest, file.tooLarge())
	}
}
