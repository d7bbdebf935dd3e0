package importer

import "strings"

// A grammar is what is known about the arguments of a command. The zero grammar
// knows only that flags are arguments, and what follows them if it has the shape
// of one.
type grammar struct {
	verbs  map[string]bool // may be the first argument
	groups map[string]bool // verbs that are nothing without a second word
	words  map[string]bool // may stand anywhere behind a verb
	pairs  map[string]bool // "rollout/status": may stand directly behind that verb only
	named  map[string]bool // are followed by the name of something
	values map[string]bool // flags that are followed by a value
	takes  takes           // what else may be an argument
	more   int             // arguments needed besides the first
	runs   bool            // a command may stand behind "--"
}

// takes are kinds of arguments.
type takes int

const (
	paths      takes = 1 << iota // files, as the first argument
	names                        // hosts, devices, settings: what has their shape, as the first argument
	numbers                      // counts and process ids, behind the first argument
	counts                       // numbers as the first argument
	quotations                   // text in quotation marks
	patterns                     // a word to look for
	units                        // names of services
	slashes                      // names with slashes
)

// grammars has the grammar of every command that takes more than flags.
var grammars = readGrammars(grammarRows)

// A grammarRow is a grammar as it is written: every field is a list of words.
type grammarRow struct {
	commands, verbs, groups, pairs, words, named, values string

	takes takes
	more  int
	runs  bool
}

func readGrammars(rows []grammarRow) map[string]grammar {
	grammars := map[string]grammar{}
	for _, row := range rows {
		g := grammar{
			verbs: wordSet(row.verbs + " " + row.groups), groups: wordSet(row.groups), words: wordSet(row.words),
			pairs: wordSet(row.pairs), named: wordSet(row.named), values: wordSet(row.values),
			takes: row.takes, more: row.more, runs: row.runs,
		}
		for command := range strings.FieldsSeq(row.commands) {
			grammars[command] = g
		}
	}
	return grammars
}
