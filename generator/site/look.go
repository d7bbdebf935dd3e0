package site

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/replaygen/replaygen/generator/colour"
	"github.com/replaygen/replaygen/generator/config"
	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/markdown"
)

// checkLook reports mistakes in the settings that change what every page looks
// like, and drops the mistaken ones. Whether files exist is seen by [New].
func (c *Config) checkLook(list *diag.List) {
	fail := func(key, hint, format string, args ...any) {
		list.Errorf(codeSetting, c.At(key), hint, format, args...)
	}
	for key, value := range map[string]*string{"accent": &c.Accent, "accent_dark": &c.AccentDark} {
		if _, err := colour.Parse(*value); *value != "" && err != nil {
			fail(key, `write for example "#1f4fd1"`, "%s cannot be %q: %v", key, *value, err)
			*value = ""
		}
	}
	if c.AccentDark != "" && !c.at.Has("accent") {
		fail("accent_dark", "set accent, the colour on light ground", "accent_dark goes with accent, which is not set")
		c.AccentDark = ""
	}
	if err := CheckSuggest(c.Suggest); err != "" {
		fail("suggest", `write for example "https://github.com/OWNER/REPO/issues/new?title={title}&body={file}:{line}%20{state}"`, "suggest %s", err)
		c.Suggest = ""
	}
	c.checkFooter(fail)
	c.checkHighlight(fail)
}

// checkFooter reports links that every page cannot have. A mistaken one becomes
// empty, so that the others keep the places that site.yaml has them at.
func (c *Config) checkFooter(fail func(key, hint, format string, args ...any)) {
	c.Footer = slices.Clone(c.Footer)
	for i, link := range c.Footer {
		switch problem := checkFooterLink(link); {
		case link.Text == "" || link.Href == "":
			fail(fmt.Sprintf("footer.%d", i), `write for example "{text: Handbook, href: https://example.org/handbook}"`, "a link of the footer needs text and href")
		case problem != "":
			fail(fmt.Sprintf("footer.%d.href", i), "write the full URL, or the path of a file in the content folder", "the address %q %s", link.Href, problem)
		default:
			continue
		}
		c.Footer[i] = FooterLink{}
	}
}

// checkHighlight reports styles that do not exist, for which the default holds.
func (c *Config) checkHighlight(fail func(key, hint, format string, args ...any)) {
	known, standard := markdown.Styles(), DefaultConfig().Highlight
	check := func(key string, name *string, standard string) {
		if slices.Contains(known, strings.ToLower(*name)) {
			return
		}
		hint := "there are " + strings.Join(known, ", ")
		if near := config.Nearest(*name, known); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		fail(key, hint, "there is no highlighting style %q", *name)
		*name = standard
	}
	check("highlight.light", &c.Highlight.Light, standard.Light)
	check("highlight.dark", &c.Highlight.Dark, standard.Dark)
}

// checkFooterLink says what is wrong with the address of a link.
func checkFooterLink(link FooterLink) string {
	u, err := url.Parse(link.Href)
	switch {
	case err != nil:
		return "is not a URL"
	case u.Scheme == "" && u.Host != "":
		return "lacks http: or https:"
	case !slices.Contains([]string{"", "http", "https", "mailto"}, u.Scheme):
		return fmt.Sprintf("begins with %s:; only http, https and mailto are allowed", u.Scheme)
	case u.Scheme != "" && u.Scheme != "mailto" && u.Host == "":
		return "names no host"
	}
	return ""
}

// placeholder is what stands for a value in the address of a suggestion.
var placeholder = regexp.MustCompile(`\{([^{}]*)\}`)

// suggestValues are the values that the address of a suggestion can hold.
var suggestValues = []string{"file", "line", "state", "title", "slug"}

// CheckSuggest says what is wrong with the address that choices are suggested at,
// or "" if it is empty or right. It may hold {file}, {line}, {state}, {title} and
// {slug} anywhere behind its host.
func CheckSuggest(address string) string {
	if address == "" {
		return ""
	}
	for _, found := range placeholder.FindAllStringSubmatch(address, -1) {
		if !slices.Contains(suggestValues, found[1]) {
			return fmt.Sprintf("has no value for %s; %s", found[0], choose(found[1], suggestValues, "there are "))
		}
	}
	u, err := url.Parse(placeholder.ReplaceAllString(address, "x"))
	prefix, _, _ := strings.Cut(address, "{")
	switch {
	case err != nil || strings.ContainsAny(address, " \t\r\n"):
		return "is not a URL"
	case u.Scheme == "mailto" && strings.HasPrefix(prefix, "mailto:"):
		return ""
	case u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		return "must be an http, https or mailto URL"
	case !strings.HasPrefix(prefix, u.Scheme+"://"+u.Host):
		return "must name its host without placeholders"
	}
	return ""
}
