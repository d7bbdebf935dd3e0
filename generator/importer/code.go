package importer

import (
	"regexp"
	"slices"
	"strings"
)

// A codeSpan is a stretch of text that surely was code.
type codeSpan struct {
	start, end int
}

// findCode returns what surely was code in text: commands with their arguments,
// paths and file names, long flags and JSON paths. It rather misses code than
// takes a word of the sentence around it. What stands in quotation marks is
// somebody's words and is left alone.
func findCode(text string) []codeSpan {
	if strings.Contains(text, "`") {
		return nil // marks of its own, or a character that code marks cannot hold simply
	}
	p := parser{tokens: tokenize(text)}
	var spans []codeSpan
	for i := 0; i < len(p.tokens); {
		end := p.command(i)
		if end == i {
			end = p.flags(i)
		}
		if end == i && isCodeWord(p.tokens[i].text) {
			end = i + 1
		}
		if end > i {
			spans = append(spans, codeSpan{p.tokens[i].start, p.tokens[end-1].end})
		}
		i = max(end, i+1)
	}
	return spans
}

// flags returns the end of the long flags that begin at token i, or i.
func (p parser) flags(i int) int {
	for i < len(p.tokens) && longFlag.MatchString(p.tokens[i].text) {
		i++
		if p.tokens[i-1].ended {
			break
		}
	}
	return i
}

// isCodeWord reports whether a word alone is code: a path, a file name or a JSON
// path.
func isCodeWord(word string) bool {
	if absolutePath.MatchString(word) {
		first, rest, _ := strings.Cut(word[1:], "/")
		return rest != "" || topFolder[first]
	}
	return fileName.MatchString(word) || jsonPath.MatchString(word)
}

var (
	absolutePath = regexp.MustCompile(`^/[A-Za-z0-9._][\w.@+~%*<>{}$=:-]*(?:/[\w.@+~%*<>{}$=:-]*)*$`)
	relativePath = regexp.MustCompile(`^(?:\.{1,2}|~)(?:/\S*)?$`)
	jsonPath     = regexp.MustCompile(`^\{\.[\w.\[\]\\*'"@?()=/-]+\}$`)
	fileName     = regexp.MustCompile(`^[\w.@<>{}*$~-]+(?:/[\w.@<>{}*$~-]+)*\.(?:ya?ml|json|toml|ini|conf|cfg|cnf|properties|` +
		`xml|csv|sql|sh|bash|py|rb|pl|tf|tfvars|tfstate|hcl|service|timer|socket|mount|rules|repo|list|log|txt|md|` +
		`pem|crt|cer|key|csr|p12|pfx|jks|ko|so|img|iso|qcow2|rpm|deb|jar|war|tar|gz|tgz|xz|zst|zip|db|pid|sock|lock|dump|bak)$`)

	// topFolder has the folders, and addresses of health checks, that need no
	// second part to be paths.
	topFolder = wordSet(`bin boot data dev etc home lib lib64 media mnt opt proc root run sbin srv sys tmp usr var
		health healthz live livez metrics ready readyz status`)

	flag         = regexp.MustCompile(`^--?[A-Za-z][\w.:/-]*(?:=.*)?$`)
	longFlag     = regexp.MustCompile(`^--[a-z][\w-]*(?:=[^\s\[\]]+)?$`)
	numberFlag   = regexp.MustCompile(`^-[0-9]+$`)
	number       = regexp.MustCompile(`^[0-9]+(?:\.[0-9]+)?[A-Za-z%]{0,3}$`)
	version      = regexp.MustCompile(`^v?[0-9]+(?:\.[0-9x]+){1,2}$`)
	plainWord    = regexp.MustCompile(`^[A-Za-z]+$`)
	hyphenated   = regexp.MustCompile(`^[a-z]+(?:-[a-z]+)+$`)
	slashed      = regexp.MustCompile(`^[\w.-]+(?:/[\w.-]+)+$`)
	quoted       = regexp.MustCompile(`^(?:'.*'|".*")$`)
	substitution = regexp.MustCompile(`^\$\(.*\)$`)
	assignment   = regexp.MustCompile(`^[A-Z_][A-Z0-9_]*=\S+$`)

	// shapes are what no English word looks like.
	shapes = []*regexp.Regexp{
		absolutePath, relativePath, fileName, jsonPath, substitution,
		regexp.MustCompile(`^<[^<>]+>$`),                                          // <pod>
		regexp.MustCompile(`^\$\{?\w+\}?$`),                                       // $NODE
		regexp.MustCompile(`^[\w.-]+=.*$`),                                        // key=value
		regexp.MustCompile(`^[a-z]+://\S+$`),                                      // an address
		regexp.MustCompile(`^[\w.-]*@[\w.:-]+$`),                                  // @10.0.0.2, user@host
		regexp.MustCompile(`^[\w-]+(?:\.[\w*-]+)+(?::\d+)?(?:/\S*)?$`),            // a name with dots
		regexp.MustCompile(`^[a-z][\w-]*(?:/[\w.-]+)?:[\w./-]+$`),                 // name:tag, host:port
		regexp.MustCompile(`^(?:[a-z]+-)*[a-z]+-?[0-9][a-z0-9]*(?:-[a-z0-9]+)*$`), // eth0, pv-data-0
		regexp.MustCompile(`^[a-z0-9]+(?:_[a-z0-9]+)+$`),                          // bonding_masters
		regexp.MustCompile(`^(?:[a-z]+-)+x{4,}(?:-x{4,})*$`),                      // web-xxxxx
		regexp.MustCompile(`^[ugoa]*\+[rwxXst]+$`),                                // a mode of chmod
		regexp.MustCompile(`^(?:deploy|deployments?|statefulset|sts|daemonset|ds|pods?|po|svc|services?|nodes?|jobs?|cronjob|` +
			`secret|configmap|cm|pvc?|ingress|ing|hpa|replicaset|rs|namespace|ns)/[a-z0-9<][\w.<>-]*$`),
	}
	noShapes = regexp.MustCompile(`^(?:e\.g|i\.e|a\.m|p\.m|\d{1,2}:\d{2}(?::\d{2})?|\d+/\d+)$`)
)

func isFlag(word string) bool { return flag.MatchString(word) }

// hasShape reports whether a word looks like an argument and not like English.
func hasShape(word string) bool {
	return !noShapes.MatchString(word) && !version.MatchString(word) &&
		slices.ContainsFunc(shapes, func(s *regexp.Regexp) bool { return s.MatchString(word) })
}
