package main_test

import (
	"io"
	"io/fs"
	"mime"
	"net/http"
	"net/http/httptest"
	"path"
	"strings"
	"testing"
	"testing/fstest"
)

// pagesHost serves a folder below base (such as "/some/repo/") the way GitHub
// Pages does, and unlike http.FileServer: names are case-sensitive whatever the
// file system, /file serves file.html, /file/ does not exist, /folder leads to
// /folder/, the query plays no part in finding the file, and everything else
// is 404.html with status 404.
func pagesHost(fsys fs.FS, base string) (http.Handler, error) {
	files, folders := map[string]bool{}, map[string]bool{}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			folders[name] = true
		} else if err == nil {
			files[name] = true
		}
		return err
	})
	serve := func(w http.ResponseWriter, name string, status int) {
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			http.Error(w, "not found", http.StatusNotFound)
			return
		}
		w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
		w.Header().Set("Cache-Control", "max-age=600")
		w.WriteHeader(status)
		_, _ = w.Write(text) // the reader may have left
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, below := strings.CutPrefix(r.URL.Path, base)
		folder := path.Clean("./" + strings.TrimSuffix(name, "/"))
		switch {
		case r.URL.Path+"/" == base || below && !strings.HasSuffix(name, "/") && name != "" && folders[name]:
			http.Redirect(w, r, r.URL.Path+"/", http.StatusMovedPermanently)
		case !below:
			http.NotFound(w, r)
		case (name == "" || strings.HasSuffix(name, "/")) && files[path.Join(folder, "index.html")]:
			serve(w, path.Join(folder, "index.html"), http.StatusOK)
		case files[name]:
			serve(w, name, http.StatusOK)
		case files[name+".html"]:
			serve(w, name+".html", http.StatusOK)
		default:
			serve(w, "404.html", http.StatusNotFound)
		}
	}), err
}

func TestPagesHostServesLikeGitHubPages(t *testing.T) {
	host, err := pagesHost(fstest.MapFS{
		"index.html":          file("index"),
		"404.html":            file("missing"),
		"demo/index.html":     file("demo"),
		"demo/round-1.html":   file("round"),
		"empty/picture.webp":  file("picture"),
		"site.1a2b.css":       file("style"),
		"demo/deep/page.html": file("deep"),
	}, "/some/repo/")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		url    string
		status int
		want   string // the body, or where a redirect leads
	}{
		{"/some/repo/", 200, "index"},
		{"/some/repo/?trail=1a", 200, "index"},
		{"/some/repo", 301, "/some/repo/"},
		{"/some/repo/index.html", 200, "index"},
		{"/some/repo/demo", 301, "/some/repo/demo/"},
		{"/some/repo/demo/", 200, "demo"},
		{"/some/repo/demo/round-1.html?clock=5", 200, "round"},
		{"/some/repo/demo/round-1", 200, "round"},
		{"/some/repo/demo/round-1/", 404, "missing"},
		{"/some/repo/demo/round-1.html/", 404, "missing"},
		{"/some/repo/demo/Round-1.html", 404, "missing"},
		{"/some/repo/empty/", 404, "missing"},
		{"/some/repo/demo/gone/page.html", 404, "missing"},
		{"/some/repo/demo/round-1.html%3Fclock=5", 404, "missing"},
		{"/other/repo/index.html", 404, "404 page not found\n"},
		{"/", 404, "404 page not found\n"},
	}
	for _, tt := range tests {
		w := httptest.NewRecorder()
		host.ServeHTTP(w, httptest.NewRequest("GET", tt.url, nil))
		got := w.Header().Get("Location")
		if got == "" {
			body, _ := io.ReadAll(w.Body)
			got = string(body)
		}
		if w.Code != tt.status || got != tt.want {
			t.Errorf("%s: %d %q, want %d %q", tt.url, w.Code, got, tt.status, tt.want)
		}
	}
}
