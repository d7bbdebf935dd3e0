package config

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// Nearest returns the candidate closest to word if it is close enough to be a
// likely slip (about one letter in three missing, added or wrong, letters
// swapped, a word cut short), else "". Upper and lower case are the same. Of
// equally close candidates the first wins.
func Nearest(word string, candidates []string) string {
	word = strings.ToLower(word)
	nearest, least := "", math.MaxInt
	for _, c := range candidates {
		if distance, likely := slip(word, strings.ToLower(c)); likely && distance < least {
			nearest, least = c, distance
		}
	}
	return nearest
}

// minShortened is how many letters a word needs to count as the beginning of a
// longer one: "desc" for "description", but not "d".
const minShortened = 3

// slip returns how far word is from candidate, and whether that is a likely slip.
func slip(word, candidate string) (distance int, likely bool) {
	length := utf8.RuneCountInString(word)
	limit := max(1, utf8.RuneCountInString(candidate)/3)
	switch {
	case word == candidate:
		return 0, word != ""
	case length < 2 || length > utf8.RuneCountInString(candidate)+limit:
		return 0, false
	case length >= minShortened && strings.HasPrefix(candidate, word), sameLetters(word, candidate):
		return 1, true
	}
	distance = levenshtein.ComputeDistance(word, candidate)
	return distance, distance <= limit
}

// sameLetters reports whether the two differ only in the order of their
// letters, which is one slip of the fingers however far apart the letters are.
func sameLetters(a, b string) bool {
	x, y := []rune(a), []rune(b)
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}
