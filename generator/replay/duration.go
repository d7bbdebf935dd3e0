package replay

import (
	"errors"
	"math/big"
	"strings"
	"unicode"
)

// durationHint shows how durations are written.
const durationHint = `write for example "8m", "90s", "1h30m" or "8 minutes"`

// maxMinutes is 10,000 hours: more is a slip of the keyboard.
const maxMinutes = 10_000 * 60

var (
	errDuration = errors.New("this is not a duration")
	errNegative = errors.New("a duration cannot be negative")
	errHuge     = errors.New("a duration cannot be longer than 10,000 hours")
)

// parseDuration reads a duration such as "8", "8m", "8 min", "1h30m" or "90s"
// and returns its minutes. A number without a unit counts minutes.
func parseDuration(text string) (*big.Rat, error) {
	t := &timeText{rest: strings.TrimSpace(text)}
	if strings.HasPrefix(t.rest, "-") || strings.HasPrefix(t.rest, "−") {
		return nil, errNegative
	}
	minutes, ok := t.bare()
	if !ok {
		minutes, ok = t.compound()
	}
	if !ok || t.rest != "" {
		return nil, errDuration
	}
	if minutes.Cmp(big.NewRat(maxMinutes, 1)) > 0 {
		return nil, errHuge
	}
	return minutes, nil
}

// readTime reads the minutes that the prose of a damage report begins with:
// "60+ minutes", "~3 hours", "3x ~5 minutes (…) + 20 minutes …", "10-15 minutes",
// of which upper chooses the greater. What stands in parentheses is ignored. It
// returns nil if the prose does not begin with a time.
func readTime(text string, upper bool) *big.Rat {
	t := &timeText{rest: strings.TrimSpace(withoutParentheses(strings.ToLower(text))), prose: true, upper: upper}
	t.approximation()
	minutes, ok := t.bare()
	if !ok {
		minutes, ok = t.sum()
	}
	if !ok || minutes.Cmp(big.NewRat(maxMinutes, 1)) > 0 {
		return nil
	}
	return minutes
}

// withoutParentheses drops what stands in parentheses, also in nested ones and
// in one that is never closed.
func withoutParentheses(text string) string {
	depth := 0
	return strings.Map(func(r rune) rune {
		switch {
		case r == '(':
			depth++
			return -1
		case r == ')' && depth > 0:
			depth--
			return ' '
		case depth > 0:
			return -1
		}
		return r
	}, text)
}

// A timeText is what remains of a text that times are read from. Methods that
// return ok == false leave it as it was.
type timeText struct {
	rest  string
	prose bool // approximations, ranges and factors are understood
	upper bool // of a range, its upper end counts
}

// sum reads compounds joined by "+" or "plus", with prose between them.
func (t *timeText) sum() (*big.Rat, bool) {
	total, ok := t.compound()
	if !ok {
		return nil, false
	}
	for t.skipToPlus() {
		if more, ok := t.compound(); ok {
			total.Add(total, more)
		}
	}
	return total, true
}

// skipToPlus moves behind the next "+" or "plus" and reports whether there is one.
func (t *timeText) skipToPlus() bool {
	words := strings.Index(t.rest, " plus ")
	sign := strings.IndexByte(t.rest, '+')
	switch {
	case sign >= 0 && (words < 0 || sign < words):
		t.rest = t.rest[sign+1:]
	case words >= 0:
		t.rest = t.rest[words+len(" plus "):]
	default:
		return false
	}
	t.approximation()
	return true
}

// compound reads amounts that follow each other: "1h30m", "1 hour and 20 minutes".
func (t *timeText) compound() (*big.Rat, bool) {
	total, ok := t.amount()
	for ok {
		before := t.rest
		t.rest = strings.TrimPrefix(strings.TrimLeft(t.rest, " ,"), "and ")
		more, found := t.amount()
		if !found {
			t.rest = before
			break
		}
		total.Add(total, more)
	}
	return total, ok
}

// amount reads a number or range with its unit, and how often it counts: "3x
// ~5 minutes", "10-15 minutes", "30 minutes to 2 hours".
func (t *timeText) amount() (*big.Rat, bool) {
	saved := t.rest
	times := t.times()
	t.approximation()
	low, ok := t.number()
	t.orMore()
	lowUnit := t.unit()
	t.orMore()
	high, highUnit := low, lowUnit
	if behindLow := t.rest; ok && t.through() {
		h, isNumber := t.number()
		t.orMore()
		if unit := t.unit(); isNumber && unit != nil {
			high, highUnit = h, unit
		} else {
			t.rest = behindLow
		}
	}
	if lowUnit == nil {
		lowUnit = highUnit
	}
	if !ok || lowUnit == nil {
		t.rest = saved
		return nil, false
	}
	if t.upper {
		low, lowUnit = high, highUnit
	}
	minutes := new(big.Rat).Mul(low, lowUnit)
	return minutes.Mul(minutes, times), true
}

// times reads "3x" and returns 1 if there is no such thing.
func (t *timeText) times() *big.Rat {
	saved := t.rest
	if n, ok := t.number(); ok && t.prose && (t.skip("x") || t.skip("×")) {
		return n
	}
	t.rest = saved
	return big.NewRat(1, 1)
}

// through reads what stands between the ends of a range.
func (t *timeText) through() bool {
	return t.prose && (t.skip("-") || t.skip("–") || t.skip("—") || t.skip("to ") || t.skip("or "))
}

// bare reads a number that is all there is.
func (t *timeText) bare() (*big.Rat, bool) {
	saved := t.rest
	n, ok := t.number()
	if !ok || strings.TrimLeft(t.rest, " +.,;") != "" {
		t.rest = saved
		return nil, false
	}
	t.rest = strings.TrimLeft(t.rest, " +.,;")
	return n, true
}

// skip moves behind a mark, and white space before it, if it comes next.
func (t *timeText) skip(mark string) bool {
	rest, found := strings.CutPrefix(strings.TrimLeft(t.rest, " "), mark)
	if found {
		t.rest = rest
	}
	return found
}

// orMore moves behind the plus sign of "60+ minutes", but not behind one that
// adds something.
func (t *timeText) orMore() {
	if t.prose && strings.HasPrefix(t.rest, "+") {
		t.rest = t.rest[1:]
	}
}

// approximation moves behind words and signs that make a time less certain.
func (t *timeText) approximation() {
	for t.prose && (t.skip("~") || t.skip("≈") || t.skip("<") || t.skip(">") || t.skip("about ") || t.skip("around ") ||
		t.skip("approx. ") || t.skip("approximately ") || t.skip("roughly ") || t.skip("at least ") ||
		t.skip("up to ") || t.skip("over ") || t.skip("under ") || t.skip("more than ") || t.skip("less than ")) {
	}
}

// maxDigits bounds numbers, so that no text can make arithmetic slow.
const maxDigits = 18

// number reads "12", "1.5" or "1,200".
func (t *timeText) number() (*big.Rat, bool) {
	text := strings.TrimLeft(t.rest, " ")
	digits := 0
	for digits < len(text) && (isDigit(text[digits]) || digits > 0 && (text[digits] == '.' || text[digits] == ',') &&
		digits+1 < len(text) && isDigit(text[digits+1])) {
		digits++
	}
	if digits > maxDigits {
		return nil, false
	}
	whole, fraction, _ := strings.Cut(text[:digits], ".")
	if groups := strings.Split(whole, ","); len(groups) > 1 {
		for _, g := range groups[1:] {
			if len(g) != 3 {
				return nil, false
			}
		}
	}
	n, ok := new(big.Rat).SetString(strings.ReplaceAll(whole, ",", "") + "." + fraction + "0")
	if ok && digits > 0 {
		t.rest = text[digits:]
		return n, true
	}
	return nil, false
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// unit reads a unit of time and returns its minutes, or nil. Letters directly
// behind it make it another word; digits, as in "1h30m", do not.
func (t *timeText) unit() *big.Rat {
	text := strings.TrimLeft(t.rest, " ")
	end := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
	if end < 0 {
		end = len(text)
	}
	var minutes *big.Rat
	switch strings.ToLower(text[:end]) {
	case "s", "sec", "secs", "second", "seconds":
		minutes = big.NewRat(1, 60)
	case "m", "min", "mins", "minute", "minutes":
		minutes = big.NewRat(1, 1)
	case "h", "hr", "hrs", "hour", "hours":
		minutes = big.NewRat(60, 1)
	case "d", "day", "days":
		minutes = big.NewRat(24*60, 1)
	case "w", "week", "weeks":
		minutes = big.NewRat(7*24*60, 1)
	default:
		return nil
	}
	t.rest = text[end:]
	return minutes
}
