package replay

import (
	"bytes"
	"fmt"
	"math/big"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/replaygen/replaygen/generator/config"
	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/language"
)

// settings are the keys of the front matter.
type settings struct {
	Title       string    `yaml:"title"`
	Description string    `yaml:"description"`
	Tags        []string  `yaml:"tags"`
	Difficulty  string    `yaml:"difficulty"`
	Severity    string    `yaml:"severity"`
	Date        time.Time `yaml:"date"`
	Authors     []string  `yaml:"authors"`
	Language    string    `yaml:"language"`
	Draft       bool      `yaml:"draft"`
	Slug        string    `yaml:"slug"`
	Detail      string    `yaml:"detail"`
	Optimal     string    `yaml:"optimal"`
	Worst       string    `yaml:"worst"`
	OnMiss      string    `yaml:"on_miss"`
	Facilitator string    `yaml:"facilitator"`
}

// A setting is a duration of the front matter; its minutes are nil if not given.
type setting struct {
	minutes *big.Rat
	span    diag.Span
}

// frontMatter reads the settings at the top of the source and returns the
// offset at which the Markdown begins.
func (p *parser) frontMatter() (start int) {
	from, to, start := frontMatterExtent(p.src.Text)
	if start < 0 {
		opening := bytes.Index(p.src.Text, []byte("---"))
		p.Errorf(codeFrontMatterOpen, p.src.Span(opening, opening+len("---")), "end the front matter with a line of three dashes",
			"the front matter begins here and never ends")
		start, to = from, from
	}
	var s settings
	at := config.Decode(p.src, from, to, &s, p.List)
	r := p.replay
	r.Title, r.TitleSpan = oneLine(s.Title), at.At("title")
	r.Description = oneLine(s.Description)
	r.Tags, r.Authors = words(s.Tags), words(s.Authors)
	r.Difficulty, r.Severity = oneLine(s.Difficulty), oneLine(s.Severity)
	r.Date, r.Draft = s.Date, s.Draft
	r.Language, r.LanguageSpan = p.language(s.Language, at), at.At("language")
	r.Detail = p.oneOf("detail", s.Detail, at, "auto", "picks", "rounds", "grades", "total", "none")
	r.OnMiss = p.oneOf("on_miss", s.OnMiss, at, "retry", "continue")
	r.Facilitator = p.oneOf("facilitator", s.Facilitator, at, "true", "false")
	p.optimal = p.durationSetting("optimal", s.Optimal, at)
	p.worst = p.durationSetting("worst", s.Worst, at)
	p.slug(s.Slug, at.At("slug"))
	return start
}

// Peek returns what has to be known of a replay before it is parsed: the slug
// that [Parse] gives it, and whether it is a draft.
func Peek(src *diag.Source) (slug string, draft bool) {
	from, to, _ := frontMatterExtent(src.Text)
	p := &parser{List: &diag.List{}, src: src, replay: &Replay{}}
	settings := src.Text[from:to]
	named := func(key string) bool { return bytes.Contains(settings, []byte(key)) }
	if !named("slug") && !named("draft") && !bytes.ContainsAny(settings, "\\&*") { // which may spell or stand for them
		p.slug("", diag.Span{}) // most have neither, and YAML takes its time
	} else {
		p.frontMatter()
	}
	return p.replay.Slug, p.replay.Draft
}

// PeekTags returns the tags and the date that [Parse] gives a replay, zero if it
// has none. It takes longer than [Peek], and far less than parsing.
func PeekTags(src *diag.Source) (tags []string, date time.Time) {
	if from, to, _ := frontMatterExtent(src.Text); from == to {
		return nil, time.Time{}
	}
	p := &parser{List: &diag.List{}, src: src, replay: &Replay{}}
	p.frontMatter()
	return p.replay.Tags, p.replay.Date
}

// Head returns the beginning of a text in the house format. Nothing behind it
// has a part in the replay's settings and title. It is all of the text where only
// a reader of Markdown can tell what the title is.
func Head(text []byte) []byte {
	_, _, start := frontMatterExtent(text)
	titled := false
	for at := max(0, start); at < len(text); {
		line, next := lineAt(text, at)
		switch {
		case titled:
			if strings.HasPrefix(line, "## ") {
				return text[:at]
			}
		case mayHide.MatchString(line):
			return text
		case strings.HasPrefix(line, "# "):
			if titled = plainTitle.MatchString(line); !titled {
				return text
			}
		}
		at = next
	}
	return text
}

var (
	// mayHide matches a line that may make text of a heading below it: by a comment,
	// or by a fence, also within lists and quotes.
	mayHide = regexp.MustCompile("<!--|`{3}|~{3}")
	// plainTitle matches a heading that is a title whatever stands around it: a link
	// in it might depend on an address that is written further down.
	plainTitle = regexp.MustCompile(`(?i)^# +incident replay *[:–—-] *[^\s#[][^[]*$`)
)

// settingLine matches a line of front matter.
var settingLine = regexp.MustCompile(`^[a-z_]+\s*:`)

// frontMatterExtent returns where the settings at the top of a text begin and
// end, and where the text behind them begins. Without front matter all three are
// the same; start is -1 if it has no end. Behind empty lines three dashes may be a
// rule as well: settings have to follow them.
func frontMatterExtent(text []byte) (from, to, start int) {
	if bytes.HasPrefix(text, []byte("\ufeff")) {
		start = len("\ufeff")
	}
	blank := len(text[start:]) - len(bytes.TrimLeft(text[start:], " \t\r\n"))
	line, next := lineAt(text, start+blank)
	if line != "---" {
		return start, start, start
	}
	from = next
	if first, _ := lineAt(text, from); blank > 0 && !settingLine.MatchString(first) {
		return start, start, start
	}
	for to = from; to < len(text); to = next {
		if line, next = lineAt(text, to); line == "---" || line == "..." {
			return from, to, next
		}
	}
	if first, _ := lineAt(text, from); !settingLine.MatchString(first) {
		return start, start, start // a rule, not front matter
	}
	return from, from, -1
}

// lineAt returns the line at an offset without white space behind it, and the
// offset of the next line.
func lineAt(text []byte, at int) (line string, next int) {
	next = len(text)
	if i := bytes.IndexByte(text[at:], '\n'); i >= 0 {
		next = at + i + 1
	}
	return strings.TrimRight(string(text[at:next]), " \t\r\n"), next
}

// oneOf returns a setting that must be one of a few words.
func (p *parser) oneOf(key, value string, at config.Positions, allowed ...string) string {
	word := strings.ToLower(value)
	if value == "" || slices.Contains(allowed, word) {
		return word
	}
	p.Errorf(codeSettingValue, at.At(key), oneOfHint(word, allowed), "%q cannot be %q", key, value)
	return ""
}

// oneOfHint names the word that was probably meant, and else all that could be.
func oneOfHint(word string, allowed []string) string {
	if near := config.Nearest(word, allowed); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "write one of: " + strings.Join(allowed, ", ")
}

// language returns the tag of the replay's language, or "" if it is not given.
func (p *parser) language(value string, at config.Positions) string {
	if value == "" {
		return ""
	}
	tag, err := language.Parse(value)
	if err != nil {
		p.Errorf(codeSettingValue, at.At("language"), languageHint, "%q cannot be %q: it is %v", "language", value, err)
	}
	return tag.String()
}

const languageHint = "write a tag such as en, de, pt-BR or ar"

func (p *parser) durationSetting(key, value string, at config.Positions) setting {
	if value == "" {
		return setting{}
	}
	minutes, err := parseDuration(value)
	if err != nil {
		p.Errorf(codeSettingValue, at.At(key), durationHint, "%q cannot be %q: %v", key, value, err)
		return setting{}
	}
	return setting{minutes: minutes, span: at.At(key)}
}

// oneLine makes white space single spaces.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// words returns texts without empty and repeated ones.
func words(texts []string) []string {
	var kept []string
	for _, t := range texts {
		t = oneLine(t)
		same := func(k string) bool { return strings.EqualFold(k, t) }
		if t != "" && !slices.ContainsFunc(kept, same) {
			kept = append(kept, t)
		}
	}
	return kept
}

// maxSlug is how many characters a slug may have: with what the site puts
// around it, a file's name must stay below 255.
const maxSlug = 100

// reserved are slugs that the site needs itself, or that some file systems refuse.
var reserved = []string{
	"404", "a-z", "assets", "difficulty", "feed", "index", "robots", "sitemap", "tags", "themes",
	"aux", "con", "nul", "prn",
	"com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
	"lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
}

// listPage matches the names of further pages of the index.
var listPage = regexp.MustCompile(`^page-[0-9]+$`)

// slug sets the replay's slug from the front matter, else from the file's name.
func (p *parser) slug(written string, span diag.Span) {
	name := written
	if span.IsZero() {
		span = p.point(0)
		written = path.Base(p.src.Path)
		name = Slugify(strings.TrimSuffix(written, path.Ext(written)))
	}
	p.replay.Slug = Slugify(name)
	switch {
	case name != p.replay.Slug || name == "":
		hint := "write for example \"slug: disk-full\" in the front matter"
		if p.replay.Slug != "" {
			hint = fmt.Sprintf("write \"slug: %s\"", p.replay.Slug)
		}
		p.Errorf(codeSlug, span, hint, "%q cannot be the name of the replay's folder: it may hold a to z, 0 to 9 and hyphens between them", written)
	case slices.Contains(reserved, name), listPage.MatchString(name):
		p.Errorf(codeSlug, span, fmt.Sprintf("choose another name, for example \"slug: %s-replay\" in the front matter", name),
			"the name %q is reserved", name)
	case len(name) > maxSlug:
		p.Errorf(codeSlug, span, "choose a shorter slug in the front matter", "the name %q is longer than %d characters", name, maxSlug)
	}
}

// Slugify returns name in lower case with a hyphen for everything that is not an
// ASCII letter or digit.
func Slugify(name string) string {
	parts := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	return strings.Join(parts, "-")
}
