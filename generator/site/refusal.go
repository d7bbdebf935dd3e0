package site

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/replay"
)

// A refusal is why a destination leads nowhere on the site, in words for authors.
type refusal struct {
	why  string
	hint string // what helps; "" if that is what always does
}

func (r *refusal) Error() string { return r.why }

// hintFor returns what helps against an error, or what always does.
func hintFor(err error, always string) string {
	if r := (*refusal)(nil); errors.As(err, &r) && r.hint != "" {
		return r.hint
	}
	return always
}

var (
	errOutside = &refusal{"it lies outside the content folder", "put a copy into the content folder"}
	errLeaving = &refusal{"it is a symbolic link that leads out of the content folder", "put a copy into the content folder"}
	errHidden  = &refusal{`what has a name that begins with "." is never published`, "put a copy beside the replay, under another name, if everybody may read it"}
	errOwn     = &refusal{"the settings of the site are not published", "put a copy beside the replay, under another name, if everybody may read it"}
	errFolder  = &refusal{"it is a folder", "link to a file in it"}
	errDraft   = &refusal{"it is a draft", `build with --drafts, or take "draft: true" out of that file`}
	errScript  = &refusal{"pages with scripts of their own are not published", "publish it elsewhere and write the full URL"}
	errLocal   = &refusal{"other computers do not have this path", "put a copy beside the replay and write its path from this file"}
	errRemote  = &refusal{"pages load nothing from other hosts", "put a copy beside the replay and link to that"}
	errReplay  = &refusal{"it is a replay, not a picture", ""}
	errMissing = &refusal{"there is no such file", ""}
	errNoFile  = &refusal{"it names no file", ""}
	errNoPath  = &refusal{"it is not a path", ""}
	errKind    = &refusal{"this kind of address is not allowed", ""}
)

// errFromRoot refuses a path from the root in a replay in dir: under a base path
// and on a disk the root is not the site's.
func errFromRoot(dir, name string) *refusal {
	hint := "write the path relative to this file"
	if relative, err := filepath.Rel(dir, path.Join("content", name)); err == nil {
		hint = fmt.Sprintf("write the path relative to this file, such as %q, or the full URL", filepath.ToSlash(relative))
	}
	return &refusal{"a path from the root leads elsewhere, wherever the site is not at the root of its host", hint}
}

// checkName returns the path in the content folder of a file that is named from
// the source, or why what is called so is not published.
func checkName(name string) (inContent string, err error) {
	inContent, ok := strings.CutPrefix(name, contentFolder)
	switch {
	case !ok || !fs.ValidPath(name):
		return "", errOutside
	case strings.HasPrefix(inContent, ".") || strings.Contains(inContent, "/."):
		return "", errHidden
	case strings.EqualFold(inContent, "site.yaml"): // where the disk takes upper and lower case for the same
		return "", errOwn
	}
	return inContent, nil
}

// unreadable returns why a file of the content could not be read.
func (a *assets) unreadable(inContent string, err error) error {
	if info, err := fs.Stat(a.content, inContent); err == nil && info.IsDir() {
		return errFolder
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errMissing
	case strings.Contains(err.Error(), "path escapes from parent"): // package os has no name for this error of a Root
		return errLeaving
	}
	return fmt.Errorf("it could not be read (%w)", err)
}

// checkNoReplay refuses the file of a replay, which is not published as it is.
// Text that is no draft may be anything.
func checkNoReplay(name string, body []byte) error {
	ext := strings.ToLower(path.Ext(name))
	if ext != ".md" && ext != ".txt" {
		return nil
	}
	if _, draft := replay.Peek(diag.NewSource(name, body)); draft {
		return errDraft
	}
	if ext == ".md" {
		return &refusal{"it is not a replay of this site", ""}
	}
	return nil
}

// checkAsset refuses files that could run a script when opened on their own.
func checkAsset(name string, body []byte) error {
	switch strings.ToLower(path.Ext(name)) {
	case ".svg":
		if err := checkSVG(body); err != nil {
			return &refusal{err.Error(), "take that out of the drawing, or save it as .png"}
		}
	case ".xml", ".xsl", ".xslt", ".rdf", ".rss", ".atom":
		if err := checkXML(body, "XML document", checkForeign); err != nil {
			return &refusal{err.Error(), "publish it elsewhere and write the full URL, or save it as .txt"}
		}
	case ".html", ".htm", ".xhtml", ".xht", ".shtml", ".mht", ".mhtml", ".js", ".mjs", ".cjs":
		return errScript
	}
	return nil
}

// checkSVG refuses drawings that could run a script when opened on their own.
func checkSVG(body []byte) error { return checkXML(body, "SVG drawing", checkElement) }

// checkXML refuses documents that a browser would not read as this checks them, and
// those with an element that check refuses.
func checkXML(body []byte, kind string, check func(xml.StartElement) error) error {
	d := xml.NewDecoder(bytes.NewReader(body))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("it is not a valid %s (%w)", kind, err)
		}
		switch token := token.(type) {
		case xml.Directive:
			if bytes.IndexByte(token, '[') >= 0 {
				return errors.New("it declares attributes or entities of its own")
			}
		case xml.ProcInst:
			if token.Target != "xml" {
				return fmt.Errorf("it holds a <?%s?> instruction", token.Target)
			}
		case xml.StartElement:
			if err := check(token); err != nil {
				return err
			}
		}
	}
}

// checkElement refuses what would run in an element of a drawing. Browsers drop
// white space in a scheme, and an animation may set an address later.
func checkElement(e xml.StartElement) error {
	if name := strings.ToLower(e.Name.Local); name == "script" || name == "foreignobject" || e.Name.Space == xhtml {
		return fmt.Errorf("it holds a <%s> element", e.Name.Local)
	}
	for _, attr := range e.Attr {
		value := strings.ToLower(strings.Map(func(r rune) rune {
			if r <= ' ' {
				return -1
			}
			return r
		}, attr.Value))
		if strings.HasPrefix(strings.ToLower(attr.Name.Local), "on") || strings.Contains(value, "javascript:") {
			return fmt.Errorf("it holds a script in the attribute %s", attr.Name.Local)
		}
	}
	return nil
}

// Elements of these namespaces do in any document what they do on a page.
const (
	xhtml = "http://www.w3.org/1999/xhtml"
	svg   = "http://www.w3.org/2000/svg"
)

// checkForeign refuses elements that a browser would act on.
func checkForeign(e xml.StartElement) error {
	if e.Name.Space == xhtml || e.Name.Space == svg {
		return fmt.Errorf("it holds <%s>, an element of web pages", e.Name.Local)
	}
	return nil
}
