package publish

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// ManifestName is the file in the output that lists what was published.
const ManifestName = ".replaygen-manifest"

// manifestFormat begins a manifest. It is followed by the number of entries, so
// that a manifest cut short shows; then come the entries, one a line, by path:
// hash, size, path.
const manifestFormat = "replaygen manifest 1"

// A sum identifies a file's bytes: the first half of their SHA-256.
type sum [16]byte

func sumOf(content []byte) sum {
	full := sha256.Sum256(content)
	return sum(full[:len(sum{})])
}

// An entry is a published file. A manifest holds two for a path while a build
// replaces its file.
type entry struct {
	path string
	size int64
	sum  sum
}

// A manifest is sorted by [compareEntries]. It is nil if there is none.
type manifest []entry

// compareEntries orders by path without regard to case, so that paths that fall
// together on some file systems are neighbours.
func compareEntries(a, b entry) int {
	return cmp.Or(comparePaths(a.path, b.path), cmp.Compare(a.size, b.size), bytes.Compare(a.sum[:], b.sum[:]))
}

func comparePaths(a, b string) int {
	return cmp.Or(cmp.Compare(strings.ToLower(a), strings.ToLower(b)), cmp.Compare(a, b))
}

// at returns the entries for a path.
func (m manifest) at(path string) []entry {
	from, found := slices.BinarySearchFunc(m, path, func(e entry, p string) int { return comparePaths(e.path, p) })
	to := from
	for found && to < len(m) && m[to].path == path {
		to++
	}
	return m[from:to]
}

// reaches reports whether any path is below dir.
func (m manifest) reaches(dir string) bool {
	at, _ := slices.BinarySearchFunc(m, dir+"/", func(e entry, p string) int { return comparePaths(e.path, p) })
	return at < len(m) && strings.HasPrefix(m[at].path, dir+"/")
}

// union returns the entries of both manifests, each once.
func union(a, b manifest) manifest {
	all := append(append(make(manifest, 0, len(a)+len(b)), a...), b...)
	slices.SortFunc(all, compareEntries)
	return slices.Compact(all)
}

// readManifest reads the output's manifest. One that is missing or damaged is
// nil; what is damaged about it is returned too.
func readManifest(shop *workshop) (m manifest, damage error) {
	if !shop.existed {
		return nil, nil
	}
	// Not through a link: a manifest is a plain file that we wrote.
	info, err := shop.base.Lstat(shop.published(ManifestName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("it is not a file")
	}
	if err != nil {
		return nil, err
	}
	file, err := shop.base.Open(shop.published(ManifestName))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return parseManifest(bufio.NewScanner(file))
}

func parseManifest(lines *bufio.Scanner) (manifest, error) {
	lines.Scan()
	count, err := strconv.Atoi(strings.TrimPrefix(lines.Text(), manifestFormat+" "))
	if err != nil {
		return nil, fmt.Errorf("it does not begin with %q", manifestFormat)
	}
	m := manifest{}
	for lines.Scan() {
		e, err := parseEntry(lines.Text())
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", len(m)+2, err)
		}
		m = append(m, e)
	}
	switch {
	case lines.Err() != nil:
		return nil, lines.Err()
	case len(m) != count:
		return nil, fmt.Errorf("it lists %d files instead of %d", len(m), count)
	case !slices.IsSortedFunc(m, compareEntries):
		return nil, errors.New("it is not sorted")
	}
	return m, nil
}

func parseEntry(line string) (e entry, err error) {
	hash, rest, _ := strings.Cut(line, " ")
	size, name, _ := strings.Cut(rest, " ")
	if len(hash) != hex.EncodedLen(len(e.sum)) {
		return entry{}, errors.New("it does not begin with a hash")
	}
	if _, err := hex.Decode(e.sum[:], []byte(hash)); err != nil {
		return entry{}, err
	}
	if e.size, err = strconv.ParseInt(size, 10, 64); err != nil {
		return entry{}, err
	}
	e.path = name
	return e, validPath(name)
}

// writeManifest puts a manifest into place, in base.
func writeManifest(shop *workshop, m manifest, place string) error {
	file, err := shop.base.OpenFile(shop.draft(), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(file, 64<<10)
	fmt.Fprintf(w, "%s %d\n", manifestFormat, len(m))
	var line []byte
	for _, e := range m {
		line = hex.AppendEncode(line[:0], e.sum[:])
		line = append(line, ' ')
		line = strconv.AppendInt(line, e.size, 10)
		line = append(line, ' ')
		line = append(line, e.path...)
		w.Write(append(line, '\n')) // Flush returns the first error
	}
	if err := errors.Join(w.Flush(), file.Close()); err != nil {
		return err
	}
	return shop.base.Rename(shop.draft(), place)
}

// validPath fails if a path is not one that a site may publish to.
func validPath(path string) error {
	_, err := filepath.Localize(path)
	switch {
	case err != nil || path == "." || strings.ContainsFunc(path, unicode.IsControl):
		return fmt.Errorf("%q is not a path inside the output", path)
	case strings.HasPrefix(strings.ToLower(path), ".replaygen"):
		return fmt.Errorf("%q is a name that publishing needs for itself", path)
	}
	return nil
}
