package importer

import (
	"strings"

	"github.com/replaygen/replaygen/generator/markdown"
)

// A parser finds commands among tokens. It accepts as an argument what has the
// shape of one, and the words that its grammar knows for the command; any other
// word belongs to the sentence, where the command ends.
type parser struct {
	tokens []token
}

// at returns token i, or the empty token where there is none that continues a
// command: at the end, behind punctuation, and where a bracket opens.
func (p parser) at(i int) token {
	if i >= len(p.tokens) || p.tokens[i].led || i > 0 && p.tokens[i-1].ended {
		return token{}
	}
	return p.tokens[i]
}

// program returns the name of the program that a word calls, or "".
func program(word string) string {
	name := word
	if absolutePath.MatchString(word) {
		name = word[strings.LastIndexByte(word, '/')+1:]
	}
	if !markdown.KnownCommand(name) {
		return ""
	}
	return name
}

// maxAssignments is how many assignments may stand before a command.
const maxAssignments = 8

// command returns the end of the command line that begins at token i, or i.
func (p parser) command(i int) int {
	start := i
	for i < start+maxAssignments && assignment.MatchString(p.tokens[i].text) && p.at(i+1).text != "" {
		i++
	}
	end, sure := p.simple(i, false)
	for end > i {
		next, proof := p.continuation(end)
		if next == end {
			break
		}
		end, sure = next, sure || proof
	}
	if !sure {
		return start
	}
	return end
}

// continuation returns the end of "| command" or "> file" at token i, and
// whether that proves that a command stands before it.
func (p parser) continuation(i int) (end int, proof bool) {
	switch p.at(i).text {
	case "|", "||", "&&":
		if end, _ := p.simple(i+1, true); end > i+1 {
			return end, true
		}
	case ">", ">>", "<":
		if absolutePath.MatchString(p.at(i + 1).text) {
			return i + 2, true
		}
	case "2>&1", "2>/dev/null", ">/dev/null", "&>/dev/null":
		return i + 1, true
	}
	return i, false
}

// carriers run the command that follows their own flags. There may be
// maxCarriers of them before it.
var carriers = wordSet(`sudo watch time nohup timeout xargs nice ionice strace`)

const maxCarriers = 3

// simple returns the end of one command without pipes, and whether it is surely
// a command and not a word of the sentence; a pipe before it leaves less doubt.
// Without a command it returns i.
func (p parser) simple(i int, piped bool) (end int, sure bool) {
	return p.carried(i, piped, 0)
}

// carried is simple behind a number of carriers.
func (p parser) carried(i int, piped bool, depth int) (end int, sure bool) {
	if i >= len(p.tokens) || depth > maxCarriers {
		return i, false
	}
	head := program(p.tokens[i].text)
	if head == "" {
		return i, false
	}
	a := arguments{parser: p, head: head, grammar: grammars[head], piped: piped, next: i + 1}
	a.noun = i > 0 && determiners[strings.ToLower(p.tokens[i-1].text)]
	for a.take() {
	}
	if inner := a.at(a.next).text; inner != "" && (a.runs || carriers[head]) {
		if end, sure := p.carried(a.next, a.runs, depth+1); sure || a.runs && end > a.next {
			return end, true
		}
	}
	return a.next, a.sure()
}

// arguments reads the arguments of one command.
type arguments struct {
	parser
	head    string
	grammar grammar
	piped   bool
	noun    bool     // the word before makes a noun of the command
	next    int      // the token to look at
	taken   []string // the arguments so far
	words   int      // those that are neither flags nor their values
	runs    bool     // the last argument is "--", behind which a command stands
}

// take takes the next argument if it is one.
func (a *arguments) take() bool {
	t := a.at(a.next)
	if t.text == "" || a.runs || !a.accepts(t.text) {
		return false
	}
	if !isFlag(t.text) && !a.isFlagValue(t.text) {
		a.words++
	}
	a.taken = append(a.taken, t.text)
	a.next++
	a.runs = t.text == "--"
	return true
}

func (a *arguments) accepts(word string) bool {
	switch {
	case word == "--":
		return a.grammar.runs && len(a.taken) > 0 && program(a.at(a.next+1).text) != ""
	case isFlag(word):
		return len(a.taken) > 0 || a.piped || !proseVerbs[a.head]
	case numberFlag.MatchString(word):
		return a.grammar.takes&numbers != 0
	case a.words == 0 && a.grammar.verbs[word]:
		return true
	case a.grammar.pairs[a.last()+"/"+word]:
		return true
	case len(a.taken) > 0 && a.grammar.words[word]:
		return !stopWords[word] || a.continuesAt(a.next+1)
	case stopWords[word]:
		return false
	case a.isFlagValue(word) || a.isPattern(word):
		return true
	case len(a.taken) == 0:
		return a.acceptsFirst(word)
	case a.grammar.named[a.last()] && plainWord.MatchString(word) && a.goesOnAt(a.next+1):
		return true
	case number.MatchString(word):
		return (a.grammar.takes&numbers != 0 || isFlag(a.last())) && a.endsAt(a.next+1)
	case quoted.MatchString(word):
		return a.grammar.takes&quotations != 0 || isFlag(a.last())
	case hyphenated.MatchString(word) && !hasShape(word):
		return a.grammar.named[a.last()] && !compoundStart[word[:strings.IndexByte(word, '-')]]
	case slashed.MatchString(word) && a.grammar.takes&slashes != 0:
		return true
	default:
		return hasShape(word) || a.grammar.takes&units != 0 && serviceUnits[word]
	}
}

// acceptsFirst decides on the first argument, which proves that the command word
// is one. A version or a path behind the name of a program is no proof.
func (a *arguments) acceptsFirst(word string) bool {
	takes := a.grammar.takes
	switch {
	case number.MatchString(word):
		return takes&counts != 0 && a.endsAt(a.next+1)
	case version.MatchString(word), plainWord.MatchString(word), hyphenated.MatchString(word):
		return false
	case quoted.MatchString(word):
		return takes&quotations != 0
	case substitution.MatchString(word):
		return takes != 0
	case absolutePath.MatchString(word), relativePath.MatchString(word):
		return takes&paths != 0
	default:
		return takes&names != 0 && hasShape(word)
	}
}

// isFlagValue reports whether the word is the value of the flag before it.
func (a *arguments) isFlagValue(word string) bool {
	return a.grammar.values[a.last()] && (plainWord.MatchString(word) || hyphenated.MatchString(word) ||
		quoted.MatchString(word) || number.MatchString(word) || hasShape(word))
}

// isPattern reports whether the word is what a command such as grep looks for:
// the first argument besides flags, where it is plain that a command runs.
func (a *arguments) isPattern(word string) bool {
	return a.grammar.takes&patterns != 0 && (a.piped || len(a.taken) > 0) &&
		(plainWord.MatchString(word) || hyphenated.MatchString(word) || quoted.MatchString(word) || hasShape(word)) &&
		a.words == 0
}

func (a *arguments) last() string {
	if len(a.taken) == 0 {
		return ""
	}
	return a.taken[len(a.taken)-1]
}

// goesOnAt reports whether token i can only be a part of the command.
func (a *arguments) goesOnAt(i int) bool {
	word := a.at(i).text
	return isFlag(word) || word == "|"
}

// continuesAt reports whether token i looks like an argument too, so that a word
// before it that could go on with the sentence does not.
func (a *arguments) continuesAt(i int) bool {
	word := a.at(i).text
	return a.grammar.words[word] || a.endsAt(i) && !stopWords[word]
}

// endsAt reports whether what stands before token i stands by itself, unlike the
// number in "30 seconds" and the verb in "docker build cache".
func (a *arguments) endsAt(i int) bool {
	word := a.at(i).text
	return word == "" || word == "-" || stopWords[word] || number.MatchString(word) || isFlag(word) ||
		hasShape(word) || markdown.KnownCommand(word) || strings.ContainsAny(word, "|&>—–")
}

// sure reports whether the arguments prove the command. A verb alone does only
// where it stands by itself.
func (a *arguments) sure() bool {
	switch {
	case len(a.taken) <= a.grammar.more:
		return false
	case len(a.taken) == 1 && a.grammar.verbs[a.last()]:
		return !a.grammar.groups[a.last()] && !a.noun && a.endsAt(a.next)
	default:
		return true
	}
}
