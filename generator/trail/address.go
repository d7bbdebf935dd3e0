package trail

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
)

// An Address is what a link to a page of a replay says by itself, before any
// replay is looked at.
type Address struct {
	Folder string // the folder of the page, which is the replay's slug; "" if the link names none
	Page   string // the page's name without extension; "" if the link names none
	Trail  string // "" if the link carries none
	Clock  int    // minutes, or -1 if the link carries none
	Score  int    // 0 to 100, or -1 if the link carries none
}

// indexPage is the page that a host serves for a folder: the briefing.
const indexPage = "index"

// ParseAddress reads a link to a page in any of the forms in which people come
// by one: a full URL, a path, a file: URL, only the parameters, or only a trail.
// The extension .html may be missing, and "&" may be written as "&amp;". A host
// and the folders above the replay's mean nothing; neither does a fragment.
func ParseAddress(link string) (Address, error) {
	a := Address{Clock: -1, Score: -1}
	link = strings.TrimSpace(link)
	if link == "" {
		return a, errors.New("it is empty: expected a URL of a page, or a trail such as 1-AC.2-B")
	}
	if !strings.ContainsAny(link, "/?") && !strings.HasSuffix(link, ".html") {
		a.Trail = link
		return a, nil
	}
	u, err := url.Parse(strings.ReplaceAll(link, "&amp;", "&"))
	if err != nil {
		return a, errors.New("it is not a URL")
	}
	a.Folder, a.Page = splitPath(u.Path)
	values, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return a, errors.New("its parameters cannot be read: expected trail=…&clock=…&score=…")
	}
	return a, a.setParameters(values)
}

// splitPath returns the last folder of a path and the page in it.
func splitPath(p string) (folder, page string) {
	dir, file := path.Split(p)
	if folder = path.Base(dir); strings.Trim(folder, "./") == "" {
		folder = "" // of "/page", "./page" and "../page"
	}
	if page = strings.TrimSuffix(file, ".html"); page == "" && folder != "" {
		page = indexPage
	}
	return folder, page
}

func (a *Address) setParameters(values url.Values) error {
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if n := len(values[name]); n > 1 {
			return fmt.Errorf("its parameter %q is given %d times", name, n)
		}
		var err error
		switch value := values.Get(name); name {
		case "trail":
			a.Trail = strings.TrimSpace(value)
		case "clock":
			if a.Clock, err = number(value, math.MaxInt32); err != nil {
				return fmt.Errorf("its clock %q is not a number of minutes", value)
			}
		case "score":
			if a.Score, err = number(value, maxScore); err != nil {
				return fmt.Errorf("its score %q is not a number from 0 to %d", value, maxScore)
			}
		default:
			return fmt.Errorf("its parameter %q is unknown: links carry trail, clock and score", name)
		}
	}
	return nil
}

const maxScore = 100

// number reads digits, and nothing else, up to limit.
func number(text string, limit int) (int, error) {
	n, err := strconv.ParseUint(text, 10, 63)
	if err != nil || n > uint64(limit) {
		return 0, strconv.ErrRange
	}
	return int(n), nil
}
