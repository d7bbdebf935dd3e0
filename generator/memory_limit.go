package generator

import (
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

// frugal is how much memory a build may take before it collects garbage, in bytes,
// besides the program itself: several times what is in use at a time.
const frugal = 44 << 20

// BoundMemory has the garbage collector of a program that only builds keep to little
// memory. What it returns is to be called now and then, from any goroutine: where a
// large replay has more in use, the bound gives way, since collecting without end
// would free nothing.
func BoundMemory() (adjust func()) {
	var mu sync.Mutex
	limit := int64(frugal)
	inUse := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	debug.SetMemoryLimit(limit)
	return func() {
		mu.Lock()
		defer mu.Unlock()
		metrics.Read(inUse)
		if wanted := 2 * int64(inUse[0].Value.Uint64()); wanted > limit {
			limit = wanted
			debug.SetMemoryLimit(limit)
		}
	}
}
