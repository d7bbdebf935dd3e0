package serve_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/replaygen/replaygen/generator/serve"
)

// TestBurstsEndAsAFreshStart changes files at random, with readers in between,
// and holds that the server ends in the state of one that is started then: the
// same pages, the same reports, the same list of problems.
//
// SEEDS=n tries n other seeds.
func TestBurstsEndAsAFreshStart(t *testing.T) {
	for _, burst := range bursts() {
		t.Run(fmt.Sprintf("seed=%d", burst.seed), func(t *testing.T) {
			f := newFolder(t, map[string]string{"content/a.md": titled("First"), "content/site.yaml": "title: Ours\n"})
			p := f.preview(serve.Options{Plain: true})
			c := changer{folder: f, rand: rand.New(rand.NewPCG(burst.seed, 0))}
			for n := range burst.changes {
				c.change()
				if n%20 == 0 { // what was asked for is kept, and may be out of date
					p.get("/" + c.name() + "/round-1.html")
					p.get("/")
				}
			}
			p.expectFresh()
			c.tidy() // so that there are pages to compare, not only reports
			p.expectFresh()
			if r := p.get("/"); r.status != 200 {
				t.Errorf("at last the index answers %d: %s", r.status, r.body)
			}
		})
	}
}

type burst struct {
	seed    uint64
	changes int
}

func bursts() []burst {
	if text := os.Getenv("SEEDS"); text != "" {
		var n int
		fmt.Sscan(text, &n)
		all := make([]burst, n)
		for i := range all {
			all[i] = burst{uint64(1000 + i), 1000}
		}
		return all
	}
	return []burst{{1, 1000}, {2, 100}, {3, 5}}
}

// expectFresh waits until the server says what one says that is started now.
func (p *preview) expectFresh() {
	p.Helper()
	fresh := p.folder.preview(serve.Options{Plain: true})
	var want, got map[string]string
	if !within(func() bool { return fresh.problems() != "" }) {
		p.Fatal("a fresh start reports nothing")
	}
	want = fresh.state()
	fresh.stop()
	if !within(func() bool {
		if p.problems() != want["problems"] || p.get("/").shown() != want["/"] {
			return false // and there is no need to look at everything
		}
		got = p.state()
		return cmp.Equal(want, got)
	}) {
		p.Errorf("it does not end as a fresh start (-fresh +it):\n%s", cmp.Diff(want, p.state()))
	}
}

// problems is what was reported last; "" is nothing yet.
func (p *preview) problems() string {
	said := p.reports()
	if len(said) == 0 {
		return ""
	}
	return fmt.Sprintf("%q", said[len(said)-1])
}

// shown is a reply without what is chance in it.
func (r reply) shown() string {
	body := r.body
	if nonce := nonceOf(body); nonce != "" {
		body = strings.ReplaceAll(body, nonce, "")
	}
	return fmt.Sprintln(r.status, r.location()) + body
}

// state is everything that can be seen of a server: what was reported last, and
// every page that can be reached.
func (p *preview) state() map[string]string {
	state := map[string]string{"problems": p.problems()}
	todo := []string{"/", "/404.html", "/sitemap.xml"}
	for _, name := range names {
		todo = append(todo, "/"+name+"/", "/"+name+"/round-1.html", "/"+name+"/outcome-1c.1-c.html", "/"+name+"/retired.html")
	}
	for ; len(todo) > 0; todo = todo[1:] {
		target := todo[0]
		if _, known := state[target]; known {
			continue
		}
		r := p.get(target)
		state[target] = r.shown()
		for _, attribute := range []string{` href="`, ` src="`} {
			for _, rest := range strings.Split(r.body, attribute)[1:] {
				link, _, _ := strings.Cut(rest, `"`)
				if r.status == 200 && !strings.HasPrefix(link, "#") && !strings.Contains(link, ":") {
					todo = append(todo, resolve(target, link))
				}
			}
		}
	}
	return state
}

func resolve(target, link string) string {
	if strings.HasPrefix(link, "/") {
		return link
	}
	link, _, _ = strings.Cut(link, "?")
	return path.Join(path.Dir(target), link)
}

// A changer changes the files of a source at random. There are few names, so
// that they meet again; what is not possible is not done.
type changer struct {
	folder
	rand *rand.Rand
	n    int
}

var names = []string{"a", "b", "c", "_d"}

func pick[T any](r *rand.Rand, all ...T) T { return all[r.IntN(len(all))] }

func (c *changer) name() string { return pick(c.rand, names...) }

func (c *changer) dir() string { return pick(c.rand, "content", "content", "content/x", "content/x/y") }

// path returns one of a few places for a file.
func (c *changer) path() string {
	switch c.rand.IntN(12) {
	case 0:
		return "content/site.yaml"
	case 1:
		return "themes/" + pick(c.rand, "default", "ours") + "/" + pick(c.rand, "styles/1.css", "layouts/round.html", "layouts/index.html", "slots/clock.html", "partials/top.html")
	case 2:
		return c.dir() + "/" + pick(c.rand, "full.svg", "_log.txt", "notes.csv")
	case 3:
		return "content/names/" + c.name() + ".names"
	default:
		return c.dir() + "/" + c.name() + pick(c.rand, ".md", ".md", ".md", ".txt")
	}
}

// text returns what a file may hold, right or wrong.
func (c *changer) text(path string) string {
	switch filepath.Ext(path) {
	case ".yaml":
		return pick(c.rand, "title: Ours\n", "title: Theirs\n", "theme: ours\n", "titel: x\n", "title: [\n", "highlight: {light: nosuch}\n", "trail: {detail: none}\n",
			"highlight: {light: monokai}\n", "trail: {max_pages: 5}\n", "base_url: https://example.org/x/\n", "")
	case ".css":
		return fmt.Sprintf("body { --n: %d }", c.rand.IntN(4))
	case ".html":
		return pick(c.rand, "{{if}}", "{{.Nonsense}}", "<p>Own</p>", "")
	case ".svg":
		return pick(c.rand, drawing(c.rand.IntN(4)), "<svg><script/></svg>")
	case ".names":
		return pick(c.rand, "index\nretired\n", "retired\n", "<<<<\n")
	case ".csv":
		return fmt.Sprint(c.rand.IntN(4))
	}
	if strings.HasSuffix(path, "_log.txt") {
		return fmt.Sprint(c.rand.IntN(4))
	}
	return c.replay()
}

// replay returns the text of a replay, which may link to others and be broken.
func (c *changer) replay() string {
	c.n++
	front := pick(c.rand, "", "", "", "---\nslug: "+pick(c.rand, "a", "e")+"\n---\n", "---\ndraft: true\n---\n", "---\ndetail: total\n---\n", "---\ndetial: x\n---\n")
	words := pick(c.rand, "The disk is full.", "![drawing](full.svg)", "[a](a.md) [b](x/b.md) [c](../c.md)", "[log](_log.txt) [notes](notes.csv)", fmt.Sprintf("Edit %d.", c.n), "- A) One")
	text := strings.Replace(titled(pick(c.rand, "First", "Second", fmt.Sprintf("Edit %d", c.n))), "The disk is full.", words, 1)
	switch c.rand.IntN(8) {
	case 0:
		text = strings.Replace(text, "### If you chose C:\n", "", 1)
	case 1:
		text = strings.Replace(text, "- C) Reboot\n", "", 1)
	case 2:
		text = text[:c.rand.IntN(len(text))]
	}
	return front + text
}

// change makes one change.
func (c *changer) change() {
	path, other := c.at(c.path()), c.at(c.path())
	switch c.rand.IntN(20) {
	default:
		_ = os.MkdirAll(filepath.Dir(path), 0o777)
		_ = os.WriteFile(path, []byte(c.text(path)), 0o666)
	case 6, 7, 8, 9:
		_ = os.MkdirAll(filepath.Dir(path), 0o777)
		_ = os.WriteFile(path+".tmp", []byte(c.text(path)), 0o666)
		_ = os.Rename(path+".tmp", path)
	case 10, 11:
		_ = os.Remove(path)
	case 12:
		_ = os.Rename(path, filepath.Join(filepath.Dir(other), filepath.Base(path)))
	case 13:
		if filepath.Ext(path) == filepath.Ext(other) {
			_ = os.Rename(path, other)
		}
	case 14:
		_ = os.MkdirAll(pick(c.rand, path, c.at("content/x/y"), c.at("themes/ours")), 0o777) // a folder may be called x.md
	case 15:
		_ = os.Rename(c.at(c.dir()), c.at(pick(c.rand, "content/x", "content/_x", "elsewhere", "content/x/y")))
		_ = os.Rename(c.at("elsewhere"), c.at("content"))
	case 16:
		_ = os.RemoveAll(pick(c.rand, filepath.Dir(path), c.at("content/x"), c.at("themes")))
	case 17:
		_ = os.Symlink(pick(c.rand, filepath.Base(other), filepath.Base(path), c.at("content/a.md"), "/etc/hostname", "x"), path)
	case 18:
		_ = os.Remove(c.at("content/site.yaml"))
	case 19:
		_ = os.RemoveAll(c.at("themes/default"))
	}
}

// tidy leaves nothing that breaks the whole site.
func (c *changer) tidy() {
	for _, name := range []string{"themes", "content/site.yaml", "content/x", "content/_x"} {
		c.remove(name)
	}
	c.must(os.MkdirAll(c.at("content"), 0o777))
	entries, err := os.ReadDir(c.at("content"))
	c.must(err)
	for _, e := range entries {
		if !e.Type().IsRegular() {
			c.remove("content/" + e.Name())
		}
	}
	slugs := slices.Clone(names[:3])
	c.rand.Shuffle(len(slugs), func(i, j int) { slugs[i], slugs[j] = slugs[j], slugs[i] })
	c.write("content/"+slugs[0]+".md", titled("Last"))
	c.write("content/"+slugs[1]+".md", strings.Replace(titled("Last but One"), "The disk is full.", "![drawing](full.svg)", 1))
	c.write("content/full.svg", drawing(9))
}
