package trail_test

import (
	"fmt"
	"math/big"
	"runtime"
	"strings"
	"testing"

	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/trail"
)

// A shape is a replay to measure with, and a detail.
type shape struct {
	name   string
	replay *replay.Replay
	detail trail.Detail
}

// shapes lists replays of 355 to 502,438 pages.
func shapes() []shape {
	return []shape{
		{"straight-5x4", straight(5, 4), trail.ByTotal},
		{"straight-3x4", straight(3, 4), trail.ByRounds},
		{"straight-5x4", straight(5, 4), trail.ByRounds},
		{"straight-8x4", straight(8, 4), trail.ByRounds},
		{"straight-8x4", straight(8, 4), trail.ByGrades},
		{"straight-5x4", straight(5, 4), trail.ByPicks},
		{"unequal-8x4", unequal(straight(8, 4)), trail.ByTotal},
		{"unequal-6x5", unequal(straight(6, 5)), trail.ByGrades},
		{"loop-3x3", looping(3, 3), trail.ByTotal},
		{"loop-3x4", looping(3, 4), trail.ByTotal},
		{"loop-4x4", looping(4, 4), trail.ByPicks},
		{"loop-6x3", looping(6, 3), trail.ByRounds},
		{"loop-5x4", looping(5, 4), trail.ByRounds},
	}
}

func (s shape) String() string { return fmt.Sprint(s.name, "/", s.detail) }

// unequal gives every choice of a replay a cost of its own.
func unequal(r *replay.Replay) *replay.Replay {
	for i, round := range r.Rounds {
		for j, c := range round.Choices {
			c.Outcome.Cost = big.NewRat(int64(3+(i*7+j*5)%11), 1)
		}
	}
	return r
}

// looping is straight, but for the last choice of every round, which leads back
// to the round before.
func looping(rounds, choices int) *replay.Replay {
	r := straight(rounds, choices)
	for i := 1; i < rounds; i++ {
		r.Rounds[i].Choices[choices-1].Outcome.Next = i - 1
	}
	return r
}

// measure runs a benchmark for every shape and reports what it takes a state.
func measure(b *testing.B, run func(s shape, m *trail.Machine)) {
	for _, s := range shapes() {
		b.Run(s.String(), func(b *testing.B) {
			m := compile(b, s.replay, s.detail)
			b.ReportAllocs()
			for b.Loop() {
				run(s, m)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(m.Len()), "ns/state")
		})
	}
}

func BenchmarkCompile(b *testing.B) {
	measure(b, func(s shape, _ *trail.Machine) { compile(b, s.replay, s.detail) })
}

// BenchmarkRetained reports how many bytes a machine holds on to.
func BenchmarkRetained(b *testing.B) {
	for _, s := range shapes() {
		b.Run(s.String(), func(b *testing.B) {
			for b.Loop() {
				before := inUse()
				m := compile(b, s.replay, s.detail)
				b.ReportMetric(float64(inUse()-before)/float64(m.Len()), "B/state")
			}
		})
	}
}

// inUse returns how many bytes of the heap are reachable.
func inUse() uint64 {
	var stats runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}

func BenchmarkNames(b *testing.B) {
	var buf []byte
	measure(b, func(_ shape, m *trail.Machine) {
		for i := range m.Len() {
			buf = m.AppendName(buf[:0], i)
		}
	})
}

func BenchmarkRegrets(b *testing.B) {
	measure(b, func(_ shape, m *trail.Machine) { m.Regrets() })
}

func BenchmarkStats(b *testing.B) {
	for _, s := range []shape{
		{name: "straight-5x4", replay: straight(5, 4)}, {name: "unequal-5x4", replay: unequal(straight(5, 4))},
		{name: "unequal-8x5", replay: unequal(straight(8, 5))}, {name: "loop-3x3", replay: looping(3, 3)}, {name: "loop-4x4", replay: looping(4, 4)},
	} {
		b.Run(s.name, func(b *testing.B) {
			m := compile(b, s.replay, trail.ByNone)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := m.Stats(nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestNothingIsAllocated holds of all that the pages of states are put together from.
func TestNothingIsAllocated(t *testing.T) {
	hashed := shape{"hashed", straight(2, 3), trail.ByPicks}
	hashed.replay.Rounds[0].Label = strings.Repeat("long", 40)
	for _, s := range append(shapes()[:3], shapes()[7], shapes()[9], hashed) {
		m := compile(t, s.replay, s.detail)
		stats, err := m.Stats(nil)
		if err != nil {
			t.Fatal(err)
		}
		var i int
		buf := make([]byte, 0, 1000)
		for name, look := range map[string]func(){
			"AppendName":    func() { buf = m.AppendName(buf[:0], i) },
			"AppendTrail":   func() { buf = m.AppendTrail(buf[:0], i) },
			"Place":         func() { m.Place(i) },
			"Clock":         func() { m.Clock(i) },
			"Score":         func() { m.Score(i) },
			"Units":         func() { m.Units(i) },
			"Misses":        func() { m.Misses(i) },
			"Tried":         func() { m.Tried(i) },
			"Record":        func() { m.Record(i, 0) },
			"Remembered":    func() { m.Remembered(i, 0) },
			"Picked":        func() { m.Picked(i, 0) },
			"BeatenPercent": func() { stats.BeatenPercent(m, i) },
			"Next or To": func() {
				if _, ok := m.Next(i); !ok && m.Place(i).Kind != trail.Debrief {
					m.To(i, 0)
				}
			},
		} {
			i = 0
			states := min(m.Len(), 1000)
			if n := testing.AllocsPerRun(states, func() { look(); i = (i + 1) % states }); n > 0 {
				t.Errorf("%s: %s allocates %v times", s, name, n)
			}
		}
	}
}
