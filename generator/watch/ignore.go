package watch

import "strings"

// Ignored reports whether a file or directory of this name, which is without
// directories, is none of the author's: hidden, or what an editor or tool leaves
// for a moment beside the file it saves.
func Ignored(name string) bool {
	switch {
	case strings.HasPrefix(name, "."): // .git, .DS_Store, Emacs' .#x, Vim's .x.swp, GNOME's .goutputstream-…
		return true
	case strings.HasSuffix(name, "~"), strings.HasSuffix(name, ".tmp"),
		strings.HasSuffix(name, ".swp"), strings.HasSuffix(name, ".swo"), strings.HasSuffix(name, ".swx"):
		return true
	case len(name) > 1 && strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#"): // Emacs saves by itself
		return true
	case strings.Contains(name, "___jb_"): // JetBrains: x___jb_tmp___, x___jb_old___
		return true
	case name == "4913": // Vim tries whether it may write here
		return true
	}
	return name == "node_modules" || fromSed(name)
}

// fromSed recognizes the file that sed -i writes before it renames it: sed and
// six random letters or digits. Only letters in lower case could be a word such
// as sediments; sed makes such a name once in 180 times.
func fromSed(name string) bool {
	random, ok := strings.CutPrefix(name, "sed")
	if !ok || len(random) != 6 {
		return false
	}
	word := true
	for _, c := range []byte(random) {
		switch {
		case 'a' <= c && c <= 'z':
		case 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
			word = false
		default:
			return false
		}
	}
	return !word
}
