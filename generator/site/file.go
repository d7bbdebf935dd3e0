package site

import "sync"

// A File is one file of the published site. Its bytes are made when they are
// asked for, so that a site of a million pages needs no memory for them.
type File struct {
	// Path is relative to the site's root, with slashes, in lower case.
	Path string
	// Append appends the file's bytes to buf and returns the extended slice. It
	// is safe for concurrent use and returns the same bytes every time. It fails
	// where a template does, see [Site.Report], and with an [io/fs.PathError] where a
	// file that it copies cannot be read or is not what it was.
	Append func(buf []byte) ([]byte, error)
	// Settled is whether Path holds a hash of all that the bytes depend on, but for
	// the program: what the same program has published there is still right.
	Settled bool
}

// fixedFile is a file whose bytes are known.
func fixedFile(path string, body []byte) File {
	return File{Path: path, Append: func(buf []byte) ([]byte, error) { return append(buf, body...), nil }}
}

// hashedFile is a file whose bytes are known and whose path has a hash of them.
func hashedFile(path string, body []byte) File {
	f := fixedFile(path, body)
	f.Settled = true
	return f
}

// madeFile is a file that render makes whenever it is asked for.
func madeFile(path string, render func() ([]byte, error)) File {
	return File{Path: path, Append: func(buf []byte) ([]byte, error) {
		body, err := render()
		return append(buf, body...), err
	}}
}

// renderedFile is a file that render makes once, when it is first asked for.
func renderedFile(path string, render func() ([]byte, error)) File {
	return madeFile(path, sync.OnceValues(render))
}
