package serve_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/replaygen/replaygen/generator/serve"
)

// inBothModes runs a test with the system's notifications and with polling.
func inBothModes(t *testing.T, test func(t *testing.T, opts serve.Options)) {
	t.Run("notifications", func(t *testing.T) { test(t, serve.Options{}) })
	t.Run("polling", func(t *testing.T) { test(t, serve.Options{Poll: 5 * time.Millisecond}) })
}

// TestPollingIsNotTheSystem: who asks for polling may have notifications that lie.
func TestPollingIsNotTheSystem(t *testing.T) {
	f := newFolder(t, map[string]string{"content/disk.md": disk})
	seldom, notified := f.preview(serve.Options{Poll: time.Hour}), f.preview(serve.Options{})
	for _, p := range []*preview{seldom, notified} {
		p.await("/disk/round-1", 200, "The disk is full.")
	}
	f.replace("content/disk.md", edited(t, "The disk is full.", "An edit."))
	notified.await("/disk/round-1", 200, "An edit.")
	if r := seldom.get("/disk/round-1"); !strings.Contains(r.body, "The disk is full.") {
		t.Error("a poll is due in an hour, and the edit shows already")
	}
}

// TestSaving: however a file gets its new text, the page has it.
func TestSaving(t *testing.T) {
	const name = "content/disk.md"
	inBothModes(t, func(t *testing.T, opts serve.Options) {
		f := newFolder(t, map[string]string{name: disk})
		p := f.preview(opts)
		p.await("/disk/round-1", 200, "The disk is full.")
		for how, save := range map[string]func(text string){
			"in place":          func(text string) { f.write(name, text) },
			"aside and renamed": func(text string) { f.replace(name, text) },
			"appended to": func(text string) {
				f.write(name, text[:100])
				file, err := os.OpenFile(f.at(name), os.O_APPEND|os.O_WRONLY, 0)
				f.must(err)
				_, err = file.WriteString(text[100:])
				f.must(err)
				f.must(file.Close())
			},
			"with a backup beside it": func(text string) { // as Vim does
				f.write("content/4913", "")
				f.remove("content/4913")
				f.rename(name, name+"~")
				f.write(name, text)
				f.remove(name + "~")
			},
			"removed first": func(text string) {
				f.remove(name)
				f.write(name, text)
			},
			"with its folder": func(text string) {
				f.write("new/disk.md", text)
				f.rename("content", "old")
				f.rename("new", "content")
				f.remove("old")
			},
		} {
			f := strings.NewReplacer("The disk is full.", "Saved "+how+".")
			save(f.Replace(disk))
			p.await("/disk/round-1", 200, "Saved "+how+".")
		}
	})
}

// TestComingAndGoing: what comes, goes or moves does so on the index too.
func TestComingAndGoing(t *testing.T) {
	inBothModes(t, func(t *testing.T, opts serve.Options) {
		f := newFolder(t, map[string]string{"content/disk.md": disk})
		p := f.preview(opts)
		p.await("/", 200, "disk/index.html")
		f.write("content/new.md", titled("Brand New"))
		p.await("/", 200, "Brand New")
		p.await("/new/round-1", 200, "The disk is full.")
		f.write("content/team/a/deep.md", titled("Deep Down"))
		p.await("/", 200, "Deep Down")
		f.write("elsewhere/x/moved.md", titled("Moved In"))
		f.rename("elsewhere", "content/came")
		p.await("/", 200, "Moved In")
		f.rename("content/came", "content/went")
		f.rename("content/went/x/moved.md", "content/went/renamed.md")
		p.await("/moved/", 404, "Page not found")
		p.await("/renamed/", 200, "Moved In")
		f.remove("content/team")
		p.await("/deep/round-1", 404, "Page not found")
		f.remove("content/new.md")
		p.await("/new/", 404, "Page not found")
		index := p.await("/", 200, "Moved In").body
		if strings.Contains(index, "Deep Down") || strings.Contains(index, "Brand New") || strings.Contains(p.get("/sitemap.xml").body, "deep") {
			t.Errorf("what is gone is still listed:\n%s", index)
		}
	})
}

// TestLinkedContent: content may lie elsewhere and be linked to.
func TestLinkedContent(t *testing.T) {
	elsewhere := newFolder(t, map[string]string{"replays/one.md": titled("One"), "replays/deep/two.md": titled("Two")})
	f := newFolder(t, map[string]string{"content/disk.md": disk})
	f.symlink(elsewhere.at("replays"), "content/linked")
	f.symlink(elsewhere.at("replays/one.md"), "content/again.md")
	p := f.preview(serve.Options{})
	for _, slug := range []string{"one", "two", "again"} {
		p.await("/"+slug+"/round-1", 200, "The disk is full.")
	}
	elsewhere.replace("replays/one.md", edited(t, "The disk is full.", "An edit behind the link."))
	for _, slug := range []string{"one", "again"} {
		p.await("/"+slug+"/round-1", 200, "An edit behind the link.")
	}
	elsewhere.write("replays/three.md", titled("Three"))
	p.await("/three/", 200, "Three")
}

// assetLink finds what a page of a replay shows.
var assetLink = regexp.MustCompile(`src="\.\.(/assets/full\.[0-9a-f]+\.svg)"`)

func (p *preview) image(target string) string {
	found := assetLink.FindStringSubmatch(p.get(target).body)
	if found == nil {
		return ""
	}
	return found[1]
}

// TestImages: a page links to an image by what is in it. Pages that were loaded
// before still find theirs.
func TestImages(t *testing.T) {
	inBothModes(t, func(t *testing.T, opts serve.Options) {
		f := newFolder(t, map[string]string{"content/disk.md": edited(t, "The disk is full.", "![a drawing](img/full.svg)"), "content/img/full.svg": drawing(1)})
		p := f.preview(opts)
		first := p.image("/disk/round-1")
		if r := p.get(first); r.status != 200 || r.body != drawing(1) {
			t.Fatalf("%s: status %d %s", first, r.status, r.body)
		}
		before := p.where("/", "/disk/round-1").Key
		f.replace("content/img/full.svg", drawing(2))
		if !within(func() bool { second := p.image("/disk/round-1"); return second != "" && second != first }) {
			t.Fatalf("the page still shows %s", first)
		}
		second := p.image("/disk/round-1")
		if p.where("/", "/disk/round-1").Key == before {
			t.Error("an open page does not learn of its new image")
		}
		for target, want := range map[string]string{first: drawing(1), second: drawing(2)} {
			if r := p.get(target); r.status != 200 || r.body != want {
				t.Errorf("%s: status %d %s", target, r.status, r.body)
			}
		}
		f.remove("content/img/full.svg")
		p.await("/disk/round-1", 500, "there is no such file")
		if r := p.get(second); r.status != 200 {
			t.Errorf("%s, which open pages show, answers %d", second, r.status)
		}
		f.write("content/img/full.svg", drawing(3))
		if !within(func() bool { return p.get("/"+strings.TrimPrefix(p.image("/disk/round-1"), "/")).body == drawing(3) }) {
			t.Errorf("the page shows %s", p.image("/disk/round-1"))
		}
	})
}

// TestLinkedFiles: other files are linked to by what is in them, too, whatever
// they are called.
func TestLinkedFiles(t *testing.T) {
	names := []string{"notes.csv", "_log.txt", "_old/log.txt", "readme.txt", "deep/er/x"}
	links := ""
	files := map[string]string{}
	for _, name := range names {
		files["content/"+name] = "first"
		links += " [x](" + name + ")"
	}
	files["content/disk.md"] = edited(t, "The disk is full.", links)
	f := newFolder(t, files)
	p := f.preview(serve.Options{})
	linked := func() (texts []string) {
		for _, link := range regexp.MustCompile(`href="\.\.(/assets/[^"]*)">x<`).FindAllStringSubmatch(p.get("/disk/round-1").body, -1) {
			texts = append(texts, p.get(link[1]).body)
		}
		return texts
	}
	want := slices.Repeat([]string{"first"}, len(names))
	for i, name := range names {
		if got := linked(); !slices.Equal(got, want) {
			t.Fatalf("the page links to %q, want %q", got, want)
		}
		f.replace("content/"+name, "second")
		want[i] = "second"
		if !within(func() bool { return slices.Equal(linked(), want) }) {
			t.Errorf("%s: the page links to %q", name, linked())
		}
	}
}

// TestAssetBeforeItsPage: a browser that was open before a restart asks for the
// image of a page that this server has not made yet.
func TestAssetBeforeItsPage(t *testing.T) {
	f := newFolder(t, map[string]string{"content/disk.md": edited(t, "The disk is full.", "![a drawing](img/full.svg)"), "content/img/full.svg": drawing(1)})
	first := f.preview(serve.Options{}).image("/disk/round-1")
	if r := f.preview(serve.Options{}).get(first); r.status != 200 || r.body != drawing(1) {
		t.Errorf("%s: status %d %s", first, r.status, r.body)
	}
}

// TestSettings: a change of the site's settings is on every page.
func TestSettings(t *testing.T) {
	inBothModes(t, func(t *testing.T, opts serve.Options) {
		f := newFolder(t, map[string]string{"content/disk.md": disk})
		p := f.preview(opts)
		p.await("/", 200, "Incident replays")
		f.write("content/site.yaml", "title: Our Replays\n")
		for _, target := range []string{"/", "/disk/round-1", "/nowhere"} {
			p.await(target, p.get(target).status, "Our Replays")
		}
		f.write("content/site.yaml", "trail: {detail: none}\n")
		p.await("/disk/outcome-1b.html", 200, "Found it.")
		f.remove("content/site.yaml")
		p.await("/disk/outcome-1b.1-b.html", 200, "Incident replays")
	})
}

// TestStyles: an open page of a replay swaps its stylesheet and stays.
func TestStyles(t *testing.T) {
	inBothModes(t, func(t *testing.T, opts serve.Options) {
		f := newFolder(t, map[string]string{"content/disk.md": disk})
		p := f.preview(opts)
		first := p.where("/", "/disk/round-1")
		f.write("themes/default/styles/99-own.css", "body { --mine: 1px }")
		if !within(func() bool { return p.where("/", "/disk/round-1").Style != first.Style }) {
			t.Fatal("the stylesheet is still the old one")
		}
		second := p.where("/", "/disk/round-1")
		if second.Key != first.Key || second.To != first.To {
			t.Errorf("a style makes a page load: %+v, then %+v", first, second)
		}
		if r := p.get(second.Style); r.status != 200 || !strings.Contains(r.body, "--mine") {
			t.Errorf("%s: status %d", second.Style, r.status)
		}
		if body := p.get("/disk/round-1").body; !strings.Contains(body, `href="..`+second.Style+`"`) || !strings.Contains(body, `data-sheet="`+second.Style+`"`) {
			t.Errorf("the page does not have the stylesheet %s:\n%s", second.Style, body)
		}
		// What is no style makes it load.
		f.write("themes/default/layouts/round.html", `<!doctype html><html lang=en><head><title>{{.Slot "title"}}</title></head><body>my own layout</body></html>`)
		p.await("/disk/round-1", 200, "my own layout")
		third := p.where("/", "/disk/round-1")
		if third.Key == second.Key {
			t.Error("an open page does not learn of its new layout")
		}
		f.remove("themes")
		p.await("/disk/round-1", 200, "Choose your action")
		if last := p.where("/", "/disk/round-1"); last.Style != first.Style || last.Key == third.Key {
			t.Errorf("without the theme: %+v", last)
		}
	})
}

// TestThemeThatIsNamed: a theme may come after the settings that name it.
func TestThemeThatIsNamed(t *testing.T) {
	f := newFolder(t, map[string]string{"content/disk.md": disk, "content/site.yaml": "theme: ours\n"})
	p := f.preview(serve.Options{})
	p.await("/", 500, "there is no theme themes/ours")
	f.write("themes/ours/styles/own.css", "body { --ours: 1px }")
	p.await("/", 200, "disk/index.html")
	if r := p.get(p.where("/", "/disk/").Style); !strings.Contains(r.body, "--ours") {
		t.Errorf("the style is not the theme's:\n%s", r.body)
	}
	f.write("themes/default/styles/own.css", "body { --unused: 1px }")
	f.rename("themes", "away")
	p.await("/", 500, "there is no theme themes/ours")
	f.rename("away", "themes")
	p.await("/", 200, "disk/index.html")
}

// TestSourceIsRelative: the source stays the same when the program's directory
// changes, and is told to the editor in full.
func TestSourceIsRelative(t *testing.T) {
	f := newFolder(t, map[string]string{"site #1/content/disk.md": disk})
	t.Chdir(f.dir)
	sub := folder{t, "site #1"}
	p := sub.preview(serve.Options{Editor: "editor://open?file={path}&line={line}&column={column}"})
	t.Chdir(t.TempDir())
	full := (folder{t, filepath.Join(f.dir, "site #1")})
	full.replace("content/disk.md", edited(t, "The disk is full.", "An edit."))
	body := p.await("/disk/round-1", 200, "An edit.").body
	want := `<a href="editor://open?file=` + strings.ReplaceAll(full.at("content/disk.md"), " #", "%20%23") + `&amp;line=4&amp;column=4"><code>content/disk.md:4:4</code></a>`
	if !strings.Contains(body, want) {
		t.Errorf("the page lacks %s:\n%s", want, body)
	}
}

// TestNewestTextWins: while a text is written again and again, what is served
// is never older than what was served before, and at last the last.
func TestNewestTextWins(t *testing.T) {
	f := newFolder(t, map[string]string{"content/disk.md": disk})
	p := f.preview(serve.Options{})
	number := regexp.MustCompile(`Edit (\d{4})\.`)
	seen := ""
	for i := range 300 {
		f.replace("content/disk.md", strings.Replace(disk, "The disk is full.", "Edit "+string([]byte{'0', byte('0' + i/100), byte('0' + i/10%10), byte('0' + i%10)})+".", 1))
		if found := number.FindStringSubmatch(p.get("/disk/round-1").body); found != nil {
			if found[1] < seen {
				t.Fatalf("after edit %s, edit %s is served", seen, found[1])
			}
			seen = found[1]
		}
	}
	p.await("/disk/round-1", 200, "Edit 0299.")
}
