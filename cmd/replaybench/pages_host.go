package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io/fs"
	"mime"
	"net"
	"net/http"
	"path"
	"strconv"
	"strings"

	"github.com/replaygen/replaygen/generator/parallel"
)

// A host answers as GitHub Pages does, as far as it matters to what a reader
// waits for: texts are compressed with gzip, and everything may be kept for ten
// minutes. Files are compressed beforehand, so that no page waits for that.
type host struct {
	files map[string]hosted // by URL path
	meter meter
}

// hosted is a file as it is sent.
type hosted struct {
	mediaType string
	gzipped   bool
	body      []byte
}

// readHost reads all files of a folder. The index.html of a folder also answers
// for the folder.
func readHost(fsys fs.FS) (*host, error) {
	var names []string
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, name)
		}
		return err
	})
	files, errs := make([]hosted, len(names)), make([]error, len(names))
	parallel.Each(len(names), func(i int) { files[i], errs[i] = readHosted(fsys, names[i]) })
	h := &host{files: map[string]hosted{}}
	for i, name := range names {
		h.files["/"+name] = files[i]
		if folder, file := path.Split(name); file == "index.html" {
			h.files["/"+folder] = files[i]
		}
	}
	return h, errors.Join(append(errs, err)...)
}

func readHosted(fsys fs.FS, name string) (hosted, error) {
	body, err := fs.ReadFile(fsys, name)
	if err != nil {
		return hosted{}, err
	}
	file := hosted{mediaType: mediaType(name), body: body}
	if !compressible(file.mediaType) {
		return file, nil
	}
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err = w.Write(body); err == nil {
		err = w.Close()
	}
	file.body, file.gzipped = packed.Bytes(), true
	return file, err
}

// mediaType returns what a file holds, by its name. What sites are made of does
// not depend on what the system's tables say.
func mediaType(name string) string {
	switch ext := path.Ext(name); ext {
	case ".html":
		return "text/html; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".json":
		return "application/json"
	case ".woff2":
		return "font/woff2"
	default:
		return mime.TypeByExtension(ext)
	}
}

// compressible reports whether GitHub Pages compresses what is of a media type:
// all texts, but not pictures and fonts, which are compressed already.
func compressible(mediaType string) bool {
	return strings.HasPrefix(mediaType, "text/") || mediaType == "application/json" || strings.Contains(mediaType, "xml")
}

// ServeHTTP implements [http.Handler]. It takes for granted that whoever asks
// reads gzip.
func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	file, ok := h.files[r.URL.Path]
	if !ok {
		h.meter.miss(r.URL.Path)
		http.NotFound(w, r)
		return
	}
	h.meter.answer(kindOf(file.mediaType), len(file.body))
	header := w.Header()
	header.Set("Content-Type", file.mediaType)
	header.Set("Content-Length", strconv.Itoa(len(file.body)))
	header.Set("Cache-Control", "max-age=600")
	if file.gzipped {
		header.Set("Content-Encoding", "gzip")
		header.Set("Vary", "Accept-Encoding")
	}
	_, _ = w.Write(file.body) // the reader may have left
}

// served is a host that answers on this machine.
type served struct {
	host   *host
	url    string // without a slash at its end
	server *http.Server
}

// serve lets the host answer on a free port until close.
func (h *host) serve() (*served, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &served{host: h, url: "http://" + listener.Addr().String(), server: &http.Server{Handler: h}}
	go func() { _ = s.server.Serve(metered{listener, &h.meter}) }() // ends when it is closed
	return s, nil
}

func (s *served) close() { _ = s.server.Close() } // nobody waits for an answer any more
