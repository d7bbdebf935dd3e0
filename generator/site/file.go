package site

// A File is one file of the published site. Its bytes are made when they are
// asked for, so that a site of a million pages needs no memory for them.
type File struct {
	// Path is relative to the site's root, with slashes, in lower case.
	Path string
	// Append appends the file's bytes to buf and returns the extended slice. It
	// is safe for concurrent use and returns the same bytes every time.
	Append func(buf []byte) []byte
}
