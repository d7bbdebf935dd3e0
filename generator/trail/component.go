package trail

// components are the strongly connected components of a chain, each before
// those that lead to it, and by state the number of its own.
type components struct {
	all [][]int32
	of  []int32
}

// components finds the components (Tarjan's algorithm, without recursion).
func (c *chain) components() components {
	n := len(c.chances)
	numbers := make([]int32, 3*n)
	s := componentSearch{
		index: numbers[:n], low: numbers[n : 2*n], flat: make([]int32, 0, n),
		components: components{of: numbers[2*n:]},
	}
	for i := range s.of {
		s.of[i] = incomplete
	}
	for root := range int32(n) {
		if s.index[root] == 0 {
			s.enter(root)
		}
		for len(s.path) > 0 {
			at := &s.path[len(s.path)-1]
			if next := c.next(int(at.state)); at.step < len(next) {
				at.step++
				s.follow(at.state, next[at.step-1])
			} else {
				s.leave()
			}
		}
	}
	return s.components
}

// incomplete is the component of a state whose component is not complete.
const incomplete = -1

// A componentSearch is a walk down one path at a time.
type componentSearch struct {
	components
	entered int32
	index   []int32 // by state, from 1 in the order of entering; 0 is not entered
	low     []int32 // by state: the least index that is known to be in its component
	path    []frame // from a root to the state in hand
	stack   []int32 // states that were entered and whose component is incomplete
	flat    []int32 // the states of all components, one's after another's
}

// A frame is a state on the path and how many of its steps were followed.
type frame struct {
	state int32
	step  int
}

func (s *componentSearch) enter(state int32) {
	s.entered++
	s.index[state], s.low[state] = s.entered, s.entered
	s.stack = append(s.stack, state)
	s.path = append(s.path, frame{state: state})
}

func (s *componentSearch) follow(from, to int32) {
	if s.index[to] == 0 {
		s.enter(to)
	} else if s.of[to] == incomplete {
		s.low[from] = min(s.low[from], s.index[to])
	}
}

// leave goes back from a state whose steps were all followed. Where nothing on
// the path before it is in its component, that is complete: all that is on the
// stack since.
func (s *componentSearch) leave() {
	state := s.path[len(s.path)-1].state
	s.path = s.path[:len(s.path)-1]
	if len(s.path) > 0 {
		before := s.path[len(s.path)-1].state
		s.low[before] = min(s.low[before], s.low[state])
	}
	if s.low[state] != s.index[state] {
		return
	}
	from := len(s.stack) - 1
	for s.stack[from] != state {
		from--
	}
	component := s.members(s.stack[from:])
	for _, i := range component {
		s.of[i] = int32(len(s.all))
	}
	s.all = append(s.all, component)
	s.stack = s.stack[:from]
}

// members copies states behind those of the components before.
func (s *componentSearch) members(states []int32) []int32 {
	from := len(s.flat)
	s.flat = append(s.flat, states...)
	return s.flat[from:]
}
