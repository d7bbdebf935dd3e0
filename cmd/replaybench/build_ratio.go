package main

import (
	"fmt"
	"slices"
)

// wall returns what a kind took by the clock, in seconds.
func (l lap) wall(k buildKind) float64 { return l.figures[k].Wall.Seconds() }

// cpu returns what a kind took of all processors together, in seconds. What else the
// machine does hardly shows in it, nor do processors that have to wait.
func (l lap) cpu(k buildKind) float64 { return (l.figures[k].User + l.figures[k].System).Seconds() }

// coldWall and coldCPU return how a cold build compares with what it has to do in any
// case: to render, and to write the same files.
func (l lap) coldWall() float64 { return l.wall(cold) / (l.wall(rawWrite) + l.wall(rendering)) }
func (l lap) coldCPU() float64  { return l.cpu(cold) / (l.cpu(rawWrite) + l.cpu(rendering)) }

// aFile returns how many microseconds so many seconds are for each file of the site.
func (l lap) aFile(seconds float64) float64 { return seconds / float64(l.files) * 1e6 }

// stitching returns how much longer than rendering a cold build has the processors
// work outside of the system, in microseconds a file.
func (l lap) stitching() float64 {
	return l.aFile((l.figures[cold].User - l.figures[rendering].User).Seconds())
}

// memory returns the most memory that a build needs, in MiB.
func (l lap) memory() float64 {
	var most int64
	for k := cold; k < buildKinds; k++ {
		most = max(most, l.figures[k].Memory)
	}
	return float64(most) / (1 << 20)
}

// rate returns how many MB a second it is to get through all files in so many seconds.
func (l lap) rate(seconds float64) float64 { return float64(l.bytes) / 1e6 / seconds }

// beyond returns a lap with what l took more than another, which has made a smaller
// library: what both need once, such as the theme, is in neither.
func (l lap) beyond(start lap) lap {
	l.files, l.bytes = l.files-start.files, l.bytes-start.bytes
	for k := range buildKinds {
		f, s := &l.figures[k], start.figures[k]
		f.Wall, f.User, f.System = f.Wall-s.Wall, f.User-s.User, f.System-s.System
	}
	return l
}

// A target is a number that laps give, and what it should be.
type target struct {
	name string
	of   func(lap) float64
	unit string  // a format of a number
	want float64 // at most; 0 is no target
	more bool    // at least instead
}

// memoryTarget is the most memory that a build of 100,000 pages should need, in MiB.
const memoryTarget = 64.0

// targets returns what builds are held to on a file system, for a site of about so
// many files.
func targets(d disk, files int) []target {
	factor, memory := 1.2, memoryTarget
	if d.memory {
		factor = 1.4
	}
	if files > 110_000 { // a site of 100,000 pages has other files too
		memory = 100
	}
	return []target{
		{name: "cold / (raw write + rendering)", unit: "%.2f", want: factor, of: lap.coldWall},
		{name: "cold / (raw write + rendering), CPU", unit: "%.2f", of: lap.coldCPU},
		{name: "cold / raw write", unit: "%.2f",
			of: func(l lap) float64 { return l.wall(cold) / l.wall(rawWrite) }},
		{name: "user CPU of cold beyond rendering", unit: "%.1f µs a file", want: 6, of: lap.stitching},
		{name: "most memory of a build", unit: "%.0f MiB", want: memory, of: lap.memory},
		{name: "no change", unit: "%.2f s", want: 0.3, of: func(l lap) float64 { return l.wall(noChange) }},
		{name: "replay edited beyond no change", unit: "%.0f ms", want: 50,
			of: func(l lap) float64 { return (l.wall(replayEdited) - l.wall(noChange)) * 1000 }},
		{name: "tar", unit: "%.0f MB/s", want: 500, more: true,
			of: func(l lap) float64 { return l.rate(l.wall(archive)) }},
		{name: "tar beyond rendering", unit: "%.0f MB/s",
			of: func(l lap) float64 { return l.rate(l.wall(archive) - l.wall(rendering)) }},
	}
}

// String says what is wanted.
func (t target) String() string {
	switch {
	case t.want == 0:
		return ""
	case t.more:
		return fmt.Sprintf("≥ "+t.unit, t.want)
	default:
		return fmt.Sprintf("≤ "+t.unit, t.want)
	}
}

// values returns the median of a property of things that were measured, of which
// there is at least one, the least and the most. The median of an even number is the
// mean of the two in the middle.
func values[T any](measured []T, of func(T) float64) (median, least, most float64) {
	sorted := make([]float64, len(measured))
	for i, m := range measured {
		sorted[i] = of(m)
	}
	slices.Sort(sorted)
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2, sorted[0], sorted[n-1]
}
