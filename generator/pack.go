package generator

import (
	"bytes"
	"compress/flate"
	"io"
	"sync"
)

// A packer keeps texts small that have to wait: the names of a million pages are
// much alike. It is safe for concurrent use.
type packer struct {
	mu  sync.Mutex
	out bytes.Buffer
	fl  *flate.Writer // nil until the first text
}

// pack returns a text as [unpack] reads it.
func (p *packer) pack(text []byte) []byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.out.Reset()
	if p.fl == nil {
		p.fl, _ = flate.NewWriter(&p.out, flate.BestSpeed) // there is such a level
	}
	p.fl.Reset(&p.out)
	p.fl.Write(text) // writing to memory does not fail
	p.fl.Close()
	return bytes.Clone(p.out.Bytes())
}

// unpack returns a packed text.
func unpack(packed []byte) ([]byte, error) {
	return io.ReadAll(flate.NewReader(bytes.NewReader(packed)))
}
