package generator

import (
	"runtime/debug"
	"runtime/metrics"
	"sync"
	"time"
)

// frugal is how much memory a build may take before it collects garbage, in bytes,
// besides the program itself: several times what is in use at a time.
const frugal = 44 << 20

// BoundMemory has the garbage collector of a program that only builds keep to little
// memory. Where more is in use, as for a large replay or a site of which everything
// has changed, the bound gives way: collecting without end would free nothing. The
// program calls stop in the end.
func BoundMemory() (stop func()) {
	done := make(chan struct{})
	limit := int64(frugal)
	debug.SetGCPercent(200) // collecting takes a seventh of a build at the usual 100
	debug.SetMemoryLimit(limit)
	go func() {
		inUse := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		for look := time.NewTicker(10 * time.Millisecond); ; {
			select {
			case <-done:
				look.Stop()
				return
			case <-look.C:
			}
			metrics.Read(inUse)
			if wanted := int64(inUse[0].Value.Uint64())*3/2 + frugal/3; wanted > limit {
				limit = wanted
				debug.SetMemoryLimit(limit)
			}
		}
	}()
	return sync.OnceFunc(func() { close(done) })
}
