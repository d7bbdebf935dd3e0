// Package language knows languages by their BCP 47 tags: whether a text is one,
// which of several languages comes closest to another, in which direction its
// script runs, and which plural form a number takes. The knowledge is that of
// Unicode's CLDR; the package is the only importer of the library that holds it.
package language

import (
	"errors"
	"slices"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// A Tag names a language, such as German, Austrian German or Arabic. The zero Tag
// is no language.
type Tag struct {
	tag language.Tag
}

// ErrNotATag is returned by [Parse] for what is not the tag of a language.
var ErrNotATag = errors.New("not a BCP 47 tag of a language")

// English is the language of texts that do not say theirs.
func English() Tag { return Tag{language.English} }

// Parse reads a BCP 47 tag such as "de", "de-AT" or "sr-Latn". Case makes no
// difference, and deprecated tags are replaced by their successors.
func Parse(text string) (Tag, error) {
	tag, err := language.Parse(text)
	if err != nil || tag == language.Und {
		return Tag{}, ErrNotATag
	}
	return Tag{tag}, nil
}

// String returns the tag in its canonical form.
func (t Tag) String() string {
	if t == (Tag{}) {
		return ""
	}
	return t.tag.String()
}

// Dir returns the direction of the language's script as HTML writes it: "ltr" or "rtl".
func (t Tag) Dir() string {
	script, _ := t.tag.Script()
	switch script.String() {
	// The scripts that Unicode gives the bidirectional classes R and AL and that
	// a language of today may be written in.
	case "Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi":
		return "rtl"
	default:
		return "ltr"
	}
}

// Chain returns the language and those that it is a variant of, nearest first:
// de-AT, de.
func (t Tag) Chain() []Tag {
	var chain []Tag
	for tag := t.tag; !tag.IsRoot(); tag = tag.Parent() {
		chain = append(chain, Tag{tag})
	}
	return chain
}

// Nearest returns the index of the language that speakers of t understand best;
// ok is false if they understand none of them.
func (t Tag) Nearest(languages []Tag) (i int, ok bool) {
	for _, l := range t.Chain() {
		if i = slices.Index(languages, l); i >= 0 {
			return i, true
		}
	}
	if len(languages) == 0 {
		return 0, false
	}
	tags := make([]language.Tag, len(languages))
	for i, l := range languages {
		tags[i] = l.tag
	}
	_, i, confidence := language.NewMatcher(tags).Match(t.tag)
	return i, confidence != language.No
}

// A Form is a form of a word that depends on a number, one of CLDR's plural categories.
type Form int

// The forms, in the order in which CLDR lists them.
const (
	Zero Form = iota
	One
	Two
	Few
	Many
	Other
)

// Forms lists every form.
func Forms() []Form { return []Form{Zero, One, Two, Few, Many, Other} }

// String returns CLDR's name of the form, which is also what tables of words use.
func (f Form) String() string { return [...]string{"zero", "one", "two", "few", "many", "other"}[f] }

// Form returns the form that a word takes with a number of things, which is not negative.
func (t Tag) Form(n int) Form {
	switch plural.Cardinal.MatchPlural(t.tag, n, 0, 0, 0, 0) {
	case plural.Zero:
		return Zero
	case plural.One:
		return One
	case plural.Two:
		return Two
	case plural.Few:
		return Few
	case plural.Many:
		return Many
	default:
		return Other
	}
}

// counted is how far numbers are tried to find a language's forms: every form
// that whole numbers take in any language shows up below it, but for the "many"
// that some languages keep for millions.
const counted = 200

// A Use says which numbers take a form: how many below 200, and the least of them.
type Use struct {
	Numbers, Least int
}

// Uses are those of every form, by the form. A language lacks a form without numbers.
type Uses [Other + 1]Use

// Uses returns how the language counts.
func (t Tag) Uses() (uses Uses) {
	for n := range counted {
		u := &uses[t.Form(n)]
		if u.Numbers == 0 {
			u.Least = n
		}
		u.Numbers++
	}
	return uses
}

// Compose returns text with letters and their marks as single characters, where
// there are such (Unicode's form NFC).
func Compose(text string) string { return norm.NFC.String(text) }

// Decompose returns text with letters and their marks apart, and with characters
// that are others in disguise replaced by those (Unicode's form NFKD).
func Decompose(text string) string { return norm.NFKD.String(text) }
