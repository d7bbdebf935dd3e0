package publish

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/cespare/xxhash/v2"
)

// ManifestName is the file in the output that lists what was published.
const ManifestName = ".replaygen-manifest"

// manifestFormat begins a manifest; it is followed by the number of folders. Then
// comes a line a folder, by path, and behind them, in the same order, the folders'
// sections. A folder's line holds the hash and the length of its section, how many
// files it lists, how many bytes these have, and the folder's path. A section holds
// a line a file, by name: hash, size, name.
//
// So a manifest says what was published and nothing of when and where: the same
// site has the same one.
const manifestFormat = "replaygen manifest 2"

// A Sum is a hash of bytes (XXH64). It tells what was changed by hand or by
// accident, not what somebody forged.
type Sum uint64

func sumOf(content []byte) Sum { return Sum(xxhash.Sum64(content)) }

// A file is a published file, as its folder's section lists it. A section holds
// two for a name while a build replaces the file.
type file struct {
	name string
	size int64
	sum  Sum
}

func compareFiles(a, b file) int {
	return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.size, b.size), cmp.Compare(a.sum, b.sum))
}

// A listed folder is one line of a manifest.
type listed struct {
	path   string
	files  int
	bytes  int64
	sum    Sum   // of the section
	at     int64 // where the section begins in its file
	length int64 // of the section
}

// A source is a file with sections. Reading from it is safe for concurrent use.
type source struct{ file *os.File }

// section reads the section of a folder.
func (s source) section(l listed) ([]file, error) {
	text := make([]byte, l.length)
	if _, err := s.file.ReadAt(text, l.at); err != nil {
		return nil, fmt.Errorf("the list of %q is cut short: %w", l.path, err)
	}
	if sumOf(text) != l.sum {
		return nil, fmt.Errorf("the list of %q is damaged", l.path)
	}
	files := make([]file, 0, l.files)
	for line := range strings.Lines(string(text)) {
		f, err := parseFile(strings.TrimSuffix(line, "\n"))
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	if len(files) != l.files || !slices.IsSortedFunc(files, compareFiles) {
		return nil, fmt.Errorf("the list of %q is damaged", l.path)
	}
	return files, nil
}

func (s source) close() error {
	if s.file == nil {
		return nil
	}
	return s.file.Close()
}

// appendSection appends the section of files, which are sorted.
func appendSection(text []byte, files []file) []byte {
	for _, f := range files {
		text = appendSum(text, f.sum)
		text = append(text, ' ')
		text = strconv.AppendInt(text, f.size, 10)
		text = append(text, ' ')
		text = append(text, f.name...)
		text = append(text, '\n')
	}
	return text
}

// sumLength is the length of a written sum.
const sumLength = 16

func appendSum(text []byte, s Sum) []byte {
	const digits = "0123456789abcdef"
	for shift := 60; shift >= 0; shift -= 4 {
		text = append(text, digits[s>>shift&15])
	}
	return text
}

func parseSum(text string) (Sum, error) {
	if len(text) != sumLength {
		return 0, errors.New("it does not begin with a hash")
	}
	sum, err := strconv.ParseUint(text, 16, 64)
	return Sum(sum), err
}

func parseFile(line string) (f file, err error) {
	hash, rest, _ := strings.Cut(line, " ")
	size, name, _ := strings.Cut(rest, " ")
	if f.sum, err = parseSum(hash); err != nil {
		return file{}, err
	}
	if f.size, err = strconv.ParseInt(size, 10, 64); err != nil {
		return file{}, err
	}
	f.name = name
	return f, validName(name)
}

// A manifest says what an output holds, by path. Only its folders are in memory.
// A nil manifest is one that is not there.
type manifest struct {
	source
	folders []listed
}

func (m *manifest) close() error {
	if m == nil {
		return nil
	}
	return m.source.close()
}

// find returns the folder at a path.
func (m *manifest) find(folder string) (listed, bool) {
	if m == nil {
		return listed{}, false
	}
	return findFolder(m.folders, folder)
}

func findFolder(folders []listed, folder string) (listed, bool) {
	i, found := slices.BinarySearchFunc(folders, folder, func(l listed, p string) int { return cmp.Compare(l.path, p) })
	if !found {
		return listed{}, false
	}
	return folders[i], true
}

// files returns the files of a folder, sorted; none if its list is damaged or there
// is no such folder.
func (m *manifest) files(folder string) []file {
	l, ok := m.find(folder)
	if !ok {
		return nil
	}
	files, err := m.section(l)
	if err != nil {
		return nil // as if it had been deleted
	}
	return files
}

// find returns the first of sorted files that has a name.
func find(files []file, name string) (i int, found bool) {
	return slices.BinarySearchFunc(files, name, func(f file, n string) int { return cmp.Compare(f.name, n) })
}

// readManifest reads the output's manifest. One that is missing or damaged is nil;
// what is damaged about it is returned too.
func readManifest(shop *workshop) (*manifest, error) {
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
	opened, err := shop.base.Open(shop.published(ManifestName))
	if err != nil {
		return nil, err
	}
	m := &manifest{source: source{opened}}
	if err := m.readFolders(info.Size()); err != nil {
		return nil, errors.Join(err, m.close())
	}
	return m, nil
}

// readFolders reads the lines of the folders of a manifest of a size.
func (m *manifest) readFolders(size int64) error {
	lines := bufio.NewScanner(m.file)
	lines.Scan()
	count, err := strconv.Atoi(strings.TrimPrefix(lines.Text(), manifestFormat+" "))
	if err != nil {
		return fmt.Errorf("it does not begin with %q", manifestFormat)
	}
	at := int64(len(lines.Bytes()) + 1)
	for len(m.folders) < count && lines.Scan() {
		l, err := parseFolder(lines.Text())
		if err != nil {
			return fmt.Errorf("line %d: %w", len(m.folders)+2, err)
		}
		at += int64(len(lines.Bytes()) + 1)
		m.folders = append(m.folders, l)
	}
	for i := range m.folders {
		m.folders[i].at = at
		at += m.folders[i].length
	}
	switch {
	case lines.Err() != nil:
		return lines.Err()
	case len(m.folders) != count:
		return fmt.Errorf("it lists %d folders instead of %d", len(m.folders), count)
	case at != size:
		return fmt.Errorf("it has %d bytes instead of %d", size, at)
	case !slices.IsSortedFunc(m.folders, func(a, b listed) int { return cmp.Compare(a.path, b.path) }):
		return errors.New("it is not sorted")
	}
	return nil
}

func parseFolder(line string) (l listed, err error) {
	fields := strings.SplitN(line, " ", 5)
	if len(fields) != 5 {
		return listed{}, errors.New("it is no line of a folder")
	}
	if l.sum, err = parseSum(fields[0]); err != nil {
		return listed{}, err
	}
	var files int64
	for i, number := range []*int64{&l.length, &files, &l.bytes} {
		if *number, err = strconv.ParseInt(fields[i+1], 10, 64); err != nil {
			return listed{}, err
		}
		if *number < 0 || i < 2 && *number > maxSection {
			return listed{}, errors.New("it holds an impossible number")
		}
	}
	if files > l.length {
		return listed{}, errors.New("it lists more files than there is room for")
	}
	l.files, l.path = int(files), fields[4]
	if l.path == "" {
		return l, nil
	}
	return l, validPath(l.path)
}

// maxSection bounds the length of a section, in bytes: a damaged manifest must not
// ask for all the memory there is.
const maxSection = 1 << 30

// A part is a folder of a manifest and where its section stands.
type part struct {
	listed
	from source
}

func samePart(a, b part) bool { return a.path == b.path && a.sum == b.sum }

// sameParts reports whether a manifest lists exactly these parts.
func (m *manifest) sameParts(parts []part) bool {
	return m != nil && slices.EqualFunc(m.folders, parts, func(l listed, p part) bool { return samePart(part{listed: l}, p) })
}

// writeManifest puts a manifest of parts, which are sorted, into place, in base.
func writeManifest(shop *workshop, parts []part, place string) error {
	file, err := shop.base.OpenFile(shop.draft(), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(file, 64<<10)
	fmt.Fprintf(w, "%s %d\n", manifestFormat, len(parts)) // Flush returns the first error
	for _, p := range parts {
		line := appendSum(nil, p.sum)
		line = fmt.Appendf(line, " %d %d %d %s\n", p.length, p.files, p.bytes, p.path)
		w.Write(line)
	}
	for _, p := range parts {
		if _, err = io.Copy(w, io.NewSectionReader(p.from.file, p.at, p.length)); err != nil {
			break
		}
	}
	if err := errors.Join(err, w.Flush(), file.Close()); err != nil {
		return err
	}
	return shop.base.Rename(shop.draft(), place)
}

// A draft gathers sections for a manifest to come in a file of the workshop.
type draft struct {
	source
	size int64
	text []byte // reused
}

func newDraft(shop *workshop) (*draft, error) {
	file, err := shop.base.OpenFile(shop.sections(), os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o644)
	return &draft{source: source{file}}, err
}

// add adds the section of a folder with files, which are sorted.
func (d *draft) add(folder string, files []file) (listed, error) {
	d.text = appendSection(d.text[:0], files)
	l := listed{path: folder, files: len(files), sum: sumOf(d.text), at: d.size, length: int64(len(d.text))}
	for _, f := range files {
		l.bytes += f.size
	}
	n, err := d.file.WriteAt(d.text, d.size)
	d.size += int64(n)
	return l, err
}

// merge adds the section of a folder with the files of two others.
func (d *draft) merge(folder string, a, b []file) (listed, error) {
	both := slices.Concat(a, b)
	slices.SortFunc(both, compareFiles)
	return d.add(folder, slices.Compact(both))
}

// validPath fails if a path is not one that a site may publish to.
func validPath(name string) error {
	_, err := filepath.Localize(name)
	switch {
	case err != nil || name == "." || strings.ContainsFunc(name, unicode.IsControl):
		return fmt.Errorf("%q is not a path inside the output", name)
	case len(name) >= len(ownPrefix) && strings.EqualFold(name[:len(ownPrefix)], ownPrefix):
		return fmt.Errorf("%q is a name that publishing needs for itself", name)
	case len(name) > maxName && tooLong(name):
		return fmt.Errorf("%q is longer than file systems allow", name)
	}
	return nil
}

func tooLong(name string) bool {
	long := func(part string) bool { return len(part) > maxName }
	return len(name) > maxPath || slices.ContainsFunc(strings.Split(name, "/"), long)
}

// The most bytes that a name and a path may have everywhere.
const (
	maxName = 255
	maxPath = 1000
)

// ownPrefix begins the names that publishing needs for itself.
const ownPrefix = ".replaygen"

// validName fails if a name is not one that a site may give to a file.
func validName(name string) error {
	if strings.Contains(name, "/") {
		return fmt.Errorf("%q is not the name of a file", name)
	}
	return validPath(name)
}

// within reports whether name is dir or a path below it.
func within(name, dir string) bool {
	return name == dir || strings.HasPrefix(name, dir+"/")
}
