package site

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/replaygen/replaygen/generator/config"
	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/language"
	"github.com/replaygen/replaygen/generator/trail"
)

const codeSetting diag.Code = "site-setting"

// Config is content/site.yaml. Every key may be left out.
type Config struct {
	Title       string `yaml:"title"`
	Description string `yaml:"description"`
	// BaseURL is where the site will be published, such as
	// https://example.org/replays/; "" leaves it open.
	BaseURL   string          `yaml:"base_url"`
	Language  string          `yaml:"language"` // BCP 47
	Theme     string          `yaml:"theme"`    // a folder of themes/, or a theme that comes with replaygen
	Trail     TrailConfig     `yaml:"trail"`
	Highlight HighlightConfig `yaml:"highlight"`
	// Accent is the signal colour, as CSS writes it, and AccentDark the same on dark
	// ground; "" leaves the theme's colour, or makes the second of the first.
	Accent     string `yaml:"accent"`
	AccentDark string `yaml:"accent_dark"`
	// Logo is the path of a picture in the content folder, "" for none.
	Logo string `yaml:"logo"`
	// Footer is what every page links to at its foot.
	Footer []FooterLink `yaml:"footer"`
	// Suggest is where readers suggest another choice, with placeholders that say
	// where they are, see [CheckSuggest]; "" is nowhere.
	Suggest string `yaml:"suggest"`
	// Facilitator is whether replays have a facilitator's sheet, with all answers,
	// unless their front matter says otherwise.
	Facilitator bool `yaml:"facilitator"`
	// Editor is what the preview links to for a place in a file, such as
	// vscode://file{path}:{line}:{column}; "" is no link.
	Editor string `yaml:"editor"`

	at config.Positions // where site.yaml sets the keys
}

// A FooterLink is a link at the foot of every page. Its address is in full, or
// from the host's root, or the path of a file in the content folder.
type FooterLink struct {
	Text string `yaml:"text"`
	Href string `yaml:"href"`
}

// At returns where site.yaml sets a key, such as "trail.detail", or the zero span.
func (c Config) At(key string) diag.Span { return c.at.At(key) }

// TrailConfig holds the site's defaults for trails; see [trail.Options].
type TrailConfig struct {
	Detail   string `yaml:"detail"`
	MaxPages int    `yaml:"max_pages"`
	OnMiss   string `yaml:"on_miss"`
}

// HighlightConfig names the chroma styles of commands and code.
type HighlightConfig struct {
	Light string `yaml:"light"`
	Dark  string `yaml:"dark"`
}

// DefaultConfig is the configuration of a site without site.yaml.
func DefaultConfig() Config {
	return Config{
		Title:       "Incident replays",
		Description: "Play real incidents one decision at a time.",
		Language:    "en",
		Theme:       defaultTheme,
		Facilitator: true,
		Trail:       TrailConfig{Detail: "auto", MaxPages: trail.DefaultMaxPages, OnMiss: "retry"},
		Highlight:   HighlightConfig{Light: "github", Dark: "github-dark"},
	}
}

// ParseConfig reads site.yaml over the defaults.
func ParseConfig(src *diag.Source, list *diag.List) Config {
	c := DefaultConfig()
	at := config.Decode(src, 0, len(src.Text), &c, list)
	c.at = at
	c.checkLook(list)
	if err := CheckBaseURL(c.BaseURL); err != "" {
		list.Errorf(codeSetting, at.At("base_url"), "write where the site will be published, such as https://example.org/replays/", "base_url %s", err)
	}
	if _, _, err := trail.ParseDetail(c.Trail.Detail); err != nil {
		list.Errorf(codeSetting, at.At("trail.detail"), "auto takes the finest detail that fits", "%v", err)
	}
	if _, err := trail.ParseOnMiss(c.Trail.OnMiss); err != nil {
		list.Errorf(codeSetting, at.At("trail.on_miss"), "", "%v", err)
	}
	if c.Trail.MaxPages < 1 || c.Trail.MaxPages > trail.CountLimit {
		list.Errorf(codeSetting, at.At("trail.max_pages"), "the default is 1000", "max_pages must be from 1 to %d", trail.CountLimit)
		c.Trail.MaxPages = trail.DefaultMaxPages
	}
	if err := CheckEditor(c.Editor); err != "" {
		list.Errorf(codeSetting, at.At("editor"), `write for example "vscode://file{path}:{line}:{column}"`, "editor %s", err)
		c.Editor = ""
	}
	if tag, err := language.Parse(c.Language); err != nil {
		list.Errorf(codeSetting, at.At("language"), "write a tag such as en, de, pt-BR or ar", "language is %v", err)
		c.Language = DefaultConfig().Language
	} else {
		c.Language = tag.String()
	}
	if strings.TrimSpace(c.Title) == "" {
		list.Errorf(codeSetting, at.At("title"), "leave the key out for the default", "the site's title must not be empty")
	}
	return c
}

// CheckBaseURL says what is wrong with a base URL, or "" if it is empty or right.
func CheckBaseURL(base string) string {
	if base == "" {
		return ""
	}
	u, err := url.Parse(base)
	switch {
	case err != nil:
		return "is not a URL"
	case u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "":
		return "must be an absolute http or https URL"
	case u.User != nil:
		return "must have no user name and no password, which every page would show"
	case !validPort(u.Port()):
		return "must have a port from 1 to 65535, or none"
	case slices.ContainsFunc(strings.FieldsFunc(u.Path, isSlash), isDots):
		return `must have no "." and no ".." in its path`
	case u.RawQuery != "" || u.Fragment != "":
		return "must have no query and no fragment"
	}
	return ""
}

// validPort reports whether a port of a URL, which may be left out, exists.
func validPort(port string) bool {
	n, err := strconv.ParseUint(port, 10, 16)
	return port == "" || err == nil && n > 0
}

// isSlash reports whether browsers take a character for what separates segments.
func isSlash(r rune) bool { return r == '/' || r == '\\' }

// isDots reports whether browsers drop a segment of a path, or go up for it.
func isDots(segment string) bool { return segment == "." || segment == ".." }

// CheckEditor says what is wrong with a link to an editor, or "" if it is empty or right.
func CheckEditor(link string) string {
	if link == "" {
		return ""
	}
	scheme, rest, ok := strings.Cut(link, ":")
	switch {
	case !ok || !schemePattern.MatchString(scheme) || !strings.Contains(rest, "{path}"):
		return "must be a URL with {path} in it"
	case slices.Contains([]string{"javascript", "data", "vbscript"}, strings.ToLower(scheme)):
		return "must not run code"
	}
	return ""
}

var schemePattern = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*$`)
