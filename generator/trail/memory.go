package trail

// A memory is what a state remembers about rounds: a number of [memories].
type memory int32

// remembered is the last round of a memory and the memory without it. A live
// round's value is its [Picks], another's its packed [Record]; which of the two
// it is follows from the place.
type remembered struct {
	rest  memory
	round int32
	value uint32
}

// memories are all memories of a machine. Each is a list by ascending round,
// without rounds of which nothing is remembered, and shares its beginning with
// all others that begin so. Number 0, which remembers nothing, stands for
// itself before every round.
type memories []remembered

// nothing is what number 0 holds.
var nothing = remembered{round: -1}

// get returns the value of a round, or 0.
func (a memories) get(m memory, round int) uint32 {
	for int(a[m].round) > round {
		m = a[m].rest
	}
	if int(a[m].round) == round {
		return a[m].value
	}
	return 0
}

// A memoryPool makes memories, equal ones once.
type memoryPool struct{ pool[remembered] }

func newMemoryPool() *memoryPool {
	p := &memoryPool{*newPool[remembered](0)}
	p.number(nothing)
	return p
}

func (p *memoryPool) get(m memory, round int) uint32 { return memories(p.all).get(m, round) }

// with returns a memory like m in which round has value; 0 forgets the round.
func (p *memoryPool) with(m memory, round int, value uint32) memory {
	last := p.all[m]
	if int(last.round) > round {
		return p.extend(p.with(last.rest, round, value), last.round, last.value)
	}
	if int(last.round) == round {
		m = last.rest
	}
	return p.extend(m, int32(round), value)
}

// extend returns m with a round behind its last; a value of 0 adds nothing.
func (p *memoryPool) extend(m memory, round int32, value uint32) memory {
	if value == 0 {
		return m
	}
	n, _ := p.number(remembered{m, round, value})
	return memory(n)
}
