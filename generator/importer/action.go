package importer

import (
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/replaygen/replaygen/generator/markdown"
)

var (
	actionStart = pattern(`^\d{1,3}[.)](?: |$)`)
	actionMark  = pattern(`(?:^| )(\d{1,3})([.)])`)
)

func isAction(b block) bool {
	return b.kind == bullet || b.kind == paragraph && actionStart.MatchString(b.span.Text())
}

// addActions adds the actions in the text behind "Actions:" and in the blocks
// that follow it: what is numbered, else one action a bullet.
func (r *round) addActions(blocks []block) {
	span := blocks[0].span
	span.End = blocks[len(blocks)-1].span.End
	r.acting = trim(span)
	marks := chooseMarks(actionMarks(r.acting.Text()))
	if len(marks) == 0 {
		r.addBulletActions(blocks)
		return
	}
	if lead := part(r.acting, 0, marks[0].start); lead.Start < lead.End {
		r.situation = append(r.situation, block{kind: paragraph, span: lead})
	}
	for i, m := range marks {
		end := r.acting.End - r.acting.Start
		if i+1 < len(marks) {
			end = marks[i+1].start
		}
		r.actions = append(r.actions, part(r.acting, m.end, end))
		if m.rival != nil {
			r.unclear = append(r.unclear, part(r.acting, m.rival.start, m.rival.end))
		}
	}
}

func (r *round) addBulletActions(blocks []block) {
	for _, b := range blocks {
		switch {
		case b.kind == bullet:
			r.actions = append(r.actions, b.span)
		case b.span.Start < b.span.End:
			r.situation = append(r.situation, block{kind: paragraph, span: b.span})
		}
	}
}

// A mark is a number that may begin an action. In "iostat -x 1 5 3. Verify"
// only one can, in "go to version 2. Then 2. Restart" two can be the second.
type mark struct {
	number     int
	start, end int // of the mark in the text
	score      int // how much it looks like the start of an action
	total      int // the best total of a sequence 1, 2, … that ends here
	before     *mark
	rival      *mark // another mark with the same number that might have been meant
}

// Scores of a mark. One that follows a word that wants a number, or stands in
// brackets, is worth less than nothing: it is taken only where that makes more
// actions of the text behind it.
const (
	scoreMark        = 4
	scoreLineStart   = 3  // on a line of its own
	scoreNotCapital  = -3 // the action would begin in lower case
	scoreNumber      = -3 // the action would begin with a number
	scoreNumberNoun  = -1 // behind "version"
	scoreWantsNumber = -5 // behind "to"
	scoreInBrackets  = -6
)

// actionMarks returns the marks in text that look like its first "1.".
func actionMarks(text string) []*mark {
	balanced := strings.Count(text, "(") == strings.Count(text, ")")
	var marks []*mark
	style, depth, counted := "", 0, 0
	for _, m := range actionMark.FindAllStringSubmatchIndex(text, -1) {
		number, _ := strconv.Atoi(text[m[2]:m[3]])
		if !startsWithSpace(text[m[1]:]) || style != "" && text[m[4]:m[5]] != style || style == "" && number != 1 {
			continue
		}
		style = text[m[4]:m[5]]
		depth += strings.Count(text[counted:m[0]], "(") - strings.Count(text[counted:m[0]], ")")
		counted = m[0]
		c := &mark{number: number, start: m[0], end: m[1], score: scoreMark + scoreBefore(text[:m[0]]) + scoreBehind(text[m[1]:])}
		if m[0] == 0 || text[m[0]] == '\n' {
			c.score += scoreLineStart
		}
		if balanced && depth > 0 {
			c.score += scoreInBrackets
		}
		marks = append(marks, c)
	}
	return marks
}

var (
	wantsNumber = wordSet(`a about an and are at every for from is least most of or per than the to with`)
	numberNoun  = wordSet(`chapter generation kernel level node phase port rack release revision round section sev slot
		step tier v version`)
)

func scoreBefore(text string) int {
	text = text[max(0, len(text)-40):] // longer than any of the words
	word := strings.ToLower(text[lastSpace(text):])
	switch {
	case wantsNumber[word]:
		return scoreWantsNumber
	case numberNoun[word]:
		return scoreNumberNoun
	default:
		return 0
	}
}

// lastSpace returns the offset behind the last white space of text.
func lastSpace(text string) int {
	i := strings.LastIndexFunc(text, isSpace)
	if i < 0 {
		return 0
	}
	_, size := utf8.DecodeRuneInString(text[i:])
	return i + size
}

func scoreBehind(text string) int {
	text = strings.TrimLeftFunc(text, isSpace)
	first, _ := utf8.DecodeRuneInString(text)
	switch {
	case unicode.IsDigit(first):
		return scoreNumber
	case unicode.IsLower(first) && !markdown.KnownCommand(text[:len(text)-len(strings.TrimLeftFunc(text, notSpace))]):
		return scoreNotCapital
	default:
		return 0
	}
}

func notSpace(r rune) bool { return !isSpace(r) }

// chooseMarks returns the sequence 1, 2, … with the highest total, and of
// several such the one whose marks come first. It takes linear time.
func chooseMarks(marks []*mark) []*mark {
	byNumber := map[int][]*mark{}
	for _, m := range marks {
		byNumber[m.number] = append(byNumber[m.number], m)
	}
	if len(byNumber[1]) == 0 {
		return nil
	}
	first := byNumber[1][0]
	first.total = first.score
	best := first
	ends := []*mark{first} // marks with the number before, of sequences that begin at first
	for number := 2; len(ends) > 0; number++ {
		ends = extend(ends, byNumber[number])
		for _, m := range ends {
			if m.total > best.total {
				best = m
			}
		}
	}
	return sequence(best, byNumber)
}

// extend returns those of next that continue a sequence which ends in ends.
// Both are in the order of the text.
func extend(ends, next []*mark) []*mark {
	var extended []*mark
	var before *mark
	i := 0
	for _, m := range next {
		for ; i < len(ends) && ends[i].end < m.start; i++ {
			if before == nil || ends[i].total > before.total {
				before = ends[i]
			}
		}
		if before != nil {
			m.before, m.total = before, before.total+m.score
			extended = append(extended, m)
		}
	}
	return extended
}

// sequence returns the marks that lead to last, with their rivals.
func sequence(last *mark, byNumber map[int][]*mark) []*mark {
	marks := make([]*mark, last.number)
	end := math.MaxInt
	for m := last; m != nil; m = m.before {
		marks[m.number-1] = m
		for _, other := range byNumber[m.number] {
			if m.before != nil && other != m && other.start > m.before.end && other.end < end && other.score > 0 {
				m.rival = other
			}
		}
		end = m.start
	}
	return marks
}

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}
