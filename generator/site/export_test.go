package site

// Shells counts the replay's scenes and slots that are not among those known, and
// adds them to these.
func (p *Replay) Shells(known map[any]bool) (n int) {
	count := func(sh *shell) {
		if sh != nil && !known[sh] {
			known[sh] = true
			n++
		}
	}
	for _, sc := range p.scenes {
		count(sc.shell)
	}
	for _, sh := range p.fragments {
		count(sh)
	}
	return n
}

// Cutter returns markers, and a function that cuts what a template wrote at them
// and says how many holes that leaves.
func Cutter(markers int) (marked []string, cut func(written []byte) (holes int)) {
	b := &shellBuilder{salt: newSalt("salt")}
	for range markers {
		marked = append(marked, b.mark(hole{kind: nameHole}))
	}
	var scratch []byte
	return marked, func(written []byte) int {
		if cap(scratch) < len(written) {
			scratch = make([]byte, len(written))
		}
		sh, _ := b.cut(written, scratch)
		return len(sh.holes)
	}
}
