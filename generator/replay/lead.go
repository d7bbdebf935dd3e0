package replay

import (
	"regexp"
	"strings"

	"github.com/replaygen/replaygen/generator/markdown"
)

// debriefName is how authors write that an outcome ends the replay.
const debriefName = "debrief"

// A lead is where the words of a result say that it leads.
type lead struct {
	to       string // the label of a round, the title of an ending, or debriefName
	softly   bool   // not in the words of the format, "Proceed to Round 2"
	from, at int    // the place of the words in the result, and that of to
}

// leadTarget matches a place and captures its name. The title of an ending
// stands in quotation marks or goes on to the end of its sentence.
const leadTarget = `(?:round\s+#?([0-9A-Za-z]+(?:[._-][0-9A-Za-z]+)*)\b|(?:the\s+)?(debrief)\b|` +
	`(?:the\s+)?ending:?\s*["“„]([^"“”„]+)["“”]|(?:the\s+)?ending:\s*(.*[^\s.!?]))`

var (
	proceedPattern = regexp.MustCompile(`(?i)\bproceeds?\s+(?:(?:directly|straight|on|now)\s+)?to\s+` + leadTarget)
	softPattern    = regexp.MustCompile(`(?i)(?:→|[-=]>|\bon\s+to|\bcontinues?\s+with|\b(?:leads?|leading|gets?|brings?|takes?|moves?|continues?|advances?|skips?|jumps?|goes|go|returns?)\s+` +
		`(?:(?:you|us|them|everyone|the team|on|back|directly|straight|eventually)\s+)*to)\s*` + leadTarget)
	sentenceEnd = regexp.MustCompile(`[.!?]["”’')\]]*\s+`)
	// Words that take back what follows them, within the same clause.
	denialPattern = regexp.MustCompile(`(?i)(?:\b(?:not|never|cannot|without|nor|neither|no longer|fails?|failed|instead|rather|unable|hardly|would|before|until|if|prevents?|stops?)\b|n[’']t\b)`)
	clausePattern = regexp.MustCompile(`(?i)[;:–—]|\s-\s|,?\s\b(?:but|yet|however|and then)\b`)
)

// leadOf reads where a result leads from its last sentence. A sentence that
// begins with the words of the format counts wherever it stands.
func leadOf(result markdown.Inline) (lead, bool) {
	plain := result.Plain()
	if !mayLead(plain) {
		return lead{}, false
	}
	sentences := sentencesOf(plain)
	for i := len(sentences) - 1; i >= 0; i-- {
		s := sentences[i]
		text := plain[s[0]:s[1]]
		isLast := i == len(sentences)-1
		if l, ok := findLead(text, proceedPattern, isLast); ok {
			return l.moved(s[0]), true
		}
		if !isLast {
			continue
		}
		if l, ok := findLead(text, softPattern, true); ok {
			l.softly = true
			return l.moved(s[0]), true
		}
	}
	return lead{}, false
}

func (l lead) moved(by int) lead {
	l.from, l.at = l.from+by, l.at+by
	return l
}

// sentencesOf returns where the sentences of a text begin and end.
func sentencesOf(text string) [][2]int {
	var sentences [][2]int
	from := 0
	for _, end := range sentenceEnd.FindAllStringIndex(text, -1) {
		sentences = append(sentences, [2]int{from, end[1]})
		from = end[1]
	}
	if strings.TrimSpace(text[from:]) != "" {
		sentences = append(sentences, [2]int{from, len(text)})
	}
	return sentences
}

// findLead finds words that lead somewhere in a sentence and are not taken back
// by what stands before them in the same clause. If anywhere is false, the
// sentence must begin with them. It takes linear time.
func findLead(sentence string, pattern *regexp.Regexp, anywhere bool) (lead, bool) {
	if !mayLead(sentence) {
		return lead{}, false
	}
	matches := pattern.FindAllStringSubmatchIndex(sentence, -1)
	if len(matches) == 0 {
		return lead{}, false
	}
	clauses := clausePattern.FindAllStringIndex(sentence, -1)
	clause, denied := 0, false // where the clause begins, and whether it takes back what follows
	for _, m := range matches {
		if !anywhere && m[0] > 0 {
			break
		}
		for ; len(clauses) > 0 && clauses[0][1] <= m[0]; clauses = clauses[1:] {
			clause, denied = clauses[0][1], false
		}
		if denied = denied || denialPattern.MatchString(sentence[clause:m[0]]); denied {
			continue
		}
		from, to := captured(m)
		return lead{to: sentence[from:to], from: m[0], at: from}, true
	}
	return lead{}, false
}

// mayLead rules out most texts without a pattern, see leadTarget.
func mayLead(text string) bool {
	return containsFold(text, "round") || containsFold(text, "ending") || containsFold(text, "debrief")
}

// captured returns the place of the one group that took part in a match.
func captured(match []int) (from, to int) {
	group := match[2:]
	for group[0] < 0 {
		group = group[2:]
	}
	return group[0], group[1]
}
