// Package parallel spreads work over the processors.
package parallel

import (
	"runtime"
	"sync"
)

// Each calls work for 0 to n-1, on all processors at once, and returns when all
// calls have. Work is begun in order.
func Each(n int, work func(i int)) {
	next := make(chan int)
	var wg sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := range next {
				work(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}
