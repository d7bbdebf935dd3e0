package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
)

// A layout is executed and minified once per place. Where pages of the place
// differ it writes a marker: a word of letters and digits that passes unchanged
// through escaping and minifying in text, attributes, URLs and tags alike. The
// result is cut at the markers into a shell: a text with holes.

// A marker is markerPrefix, a salt that no text of the site can hold, markerNumber,
// the number of its hole and markerSuffix. It is in lower case, since the minifier
// writes names of tags and attributes so.
const (
	markerPrefix = "qzslot"
	markerNumber = "n"
	markerSuffix = "zq"
)

// newSalt returns a salt from a hash of texts: none of them can hold a marker
// made with it, since it would have to hold its own hash.
func newSalt(texts ...string) string {
	hash := sha256.New()
	for _, text := range texts {
		hash.Write([]byte(text + "\x00"))
	}
	return strings.Map(func(r rune) rune {
		if r <= '9' {
			return r - '0' + 'g' // letters only: digits end the salt
		}
		return r
	}, hex.EncodeToString(hash.Sum(nil)[:8]))
}

// A shell is what a template left once its constant parts are known.
type shell struct {
	text  []byte
	holes []hole // in the order of the text
}

// A table holds the shells that may fill a hole, by a number that says which of
// them a state needs; see [stitcher.key].
type table map[uint64]*shell

// shellBuilder hands out markers while a template runs.
type shellBuilder struct {
	salt  string
	holes []hole
	// share, if not nil, returns what a shared partial makes; shared are those asked
	// for, by the round of their holes.
	share  func(name string) (*shell, error)
	shared []shared
	// fill, if not nil, writes what fills a hole in all states into a shell, and
	// holes for the rest.
	fill func(*shell, hole)
}

// mark returns the marker of a new hole.
func (b *shellBuilder) mark(h hole) string {
	b.holes = append(b.holes, h)
	return markerPrefix + b.salt + markerNumber + strconv.Itoa(len(b.holes)-1) + markerSuffix
}

// cut returns output with holes for the builder's markers. It may write into scratch.
func (b *shellBuilder) cut(output, scratch []byte) (*shell, error) {
	prefix := []byte(markerPrefix + b.salt + markerNumber)
	s := &shell{text: scratch[:0], holes: make([]hole, 0, len(b.holes))}
	for {
		before, rest, found := bytes.Cut(output, prefix)
		s.write(before)
		if !found {
			break
		}
		h, length, ok := b.marked(rest)
		output = rest[length:]
		switch {
		case !ok:
			s.write(prefix)
		case h.kind != sharedHole:
			b.put(s, h)
		case !bytes.HasSuffix(before, []byte("<")) || !bytes.HasPrefix(output, []byte(">")):
			return nil, &misplacedError{b.shared[h.round].name}
		default:
			s.text, output = s.text[:len(s.text)-1], output[1:]
			b.spread(s, &b.shared[h.round])
		}
	}
	if i := slices.IndexFunc(b.shared, func(part shared) bool { return !part.placed }); i >= 0 {
		return nil, &misplacedError{b.shared[i].name}
	}
	s.text = bytes.Clone(s.text)
	return s, nil
}

// marked returns the hole whose marker ends at the beginning of rest, and how long
// that end is.
func (b *shellBuilder) marked(rest []byte) (h hole, length int, ok bool) {
	number, _, found := bytes.Cut(rest, []byte(markerSuffix))
	n, err := strconv.ParseUint(string(number), 10, 31)
	if !found || err != nil || int(n) >= len(b.holes) {
		return hole{}, 0, false
	}
	return b.holes[n], len(number) + len(markerSuffix), true
}

func (b *shellBuilder) put(s *shell, h hole) {
	if b.fill == nil {
		s.hole(h)
	} else {
		b.fill(s, h)
	}
}

// write appends text.
func (s *shell) write(text []byte) { s.text = append(s.text, text...) }

// hole appends a hole.
func (s *shell) hole(h hole) {
	h.at = int32(len(s.text))
	s.holes = append(s.holes, h)
}
