package cache

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"hash/crc64"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"sync/atomic"
)

// A pack is a file of values that does not change:
//
//	values   one behind the other, roughly the newest first
//	index    a record for each: key, sum, offset, length; sorted by key
//	trailer  number of records, generation, mark, sum of index and trailer
//
// Numbers have 8 bytes, the lowest first. Only the index is in memory.
type pack struct {
	file       *os.File
	size       int64         // of the file
	generation uint64        // higher than that of all packs that were there before
	index      []byte        // records
	used       []atomic.Bool // whether somebody got the value of a record
}

const (
	recordSize  = len(Key{}) + 3*8
	trailerSize = 4 * 8
	packSuffix  = ".replaygen-pack"
)

// mark says that a file is a pack, in the format above.
var mark = crc64.Checksum([]byte("replaygen pack 1"), sums)

func isPack(name string) bool { return strings.HasSuffix(name, packSuffix) }

// A record says where a value stands.
type record struct {
	sum            uint64 // of key and value
	offset, length uint64 // in bytes
}

// sums are over CRC-64/ECMA.
var sums = crc64.MakeTable(crc64.ECMA)

func sumOf(key Key, value []byte) uint64 {
	return crc64.Update(crc64.Checksum(key[:], sums), sums, value)
}

// appendIndex appends the index of values and the trailer of a pack.
func appendIndex(buf []byte, records map[Key]record, generation uint64) []byte {
	keys := make([]Key, 0, len(records))
	for key := range records {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b Key) int { return bytes.Compare(a[:], b[:]) })
	from := len(buf)
	for _, key := range keys {
		r := records[key]
		buf = append(buf, key[:]...)
		buf = binary.LittleEndian.AppendUint64(buf, r.sum)
		buf = binary.LittleEndian.AppendUint64(buf, r.offset)
		buf = binary.LittleEndian.AppendUint64(buf, r.length)
	}
	buf = binary.LittleEndian.AppendUint64(buf, uint64(len(keys)))
	buf = binary.LittleEndian.AppendUint64(buf, generation)
	buf = binary.LittleEndian.AppendUint64(buf, mark)
	return binary.LittleEndian.AppendUint64(buf, crc64.Checksum(buf[from:], sums))
}

var errDamaged = errors.New("damaged")

// openPack opens a pack, or removes it if it is damaged. It returns nil if there is
// no pack that can be read: another process may have just absorbed it.
func openPack(dir, name string) *pack {
	file, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		return nil
	}
	p, err := readPack(file)
	if err != nil {
		file.Close()
	}
	if errors.Is(err, errDamaged) {
		os.Remove(file.Name()) // what cannot be removed is passed over each time
	}
	return p
}

// readPack reads the index of a pack.
func readPack(file *os.File) (*pack, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	p := &pack{file: file, size: info.Size()}
	if p.size < trailerSize {
		return nil, errDamaged
	}
	trailer := make([]byte, trailerSize)
	if _, err := file.ReadAt(trailer, p.size-trailerSize); err != nil {
		return nil, err
	}
	count := binary.LittleEndian.Uint64(trailer)
	if binary.LittleEndian.Uint64(trailer[16:]) != mark || count > uint64(p.size-trailerSize)/uint64(recordSize) {
		return nil, errDamaged
	}
	p.generation = binary.LittleEndian.Uint64(trailer[8:])
	p.index = make([]byte, int(count)*recordSize)
	if _, err := file.ReadAt(p.index, p.end()); err != nil && err != io.EOF {
		return nil, err
	}
	sum := crc64.Update(crc64.Checksum(p.index, sums), sums, trailer[:24])
	if sum != binary.LittleEndian.Uint64(trailer[24:]) {
		return nil, errDamaged
	}
	p.used = make([]atomic.Bool, count)
	return p, nil
}

// end returns where the values end.
func (p *pack) end() int64 { return p.size - trailerSize - int64(len(p.index)) }

// key returns the key of a record.
func (p *pack) key(i int) Key { return Key(p.index[i*recordSize:]) }

// find returns the record of a key.
func (p *pack) find(key Key) (i int, ok bool) {
	return sort.Find(len(p.used), func(i int) int { return bytes.Compare(key[:], p.index[i*recordSize:][:len(key)]) })
}

// record returns a record.
func (p *pack) record(i int) record {
	b := p.index[i*recordSize+len(Key{}):]
	return record{
		sum:    binary.LittleEndian.Uint64(b),
		offset: binary.LittleEndian.Uint64(b[8:]),
		length: binary.LittleEndian.Uint64(b[16:]),
	}
}

// inOrder returns the records in the order of their values.
func (p *pack) inOrder() []int {
	order := make([]int, len(p.used))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(p.record(a).offset, p.record(b).offset) })
	return order
}

// read appends the value of a record to buf, or reports that it is damaged.
func (p *pack) read(i int, buf []byte) (value []byte, ok bool) {
	r := p.record(i)
	if end := uint64(p.end()); r.offset > end || r.length > end-r.offset {
		return buf, false
	}
	return readValue(p.file, p.key(i), r, buf)
}

// readValue appends the value of a record to buf, or reports that it is damaged.
func readValue(from io.ReaderAt, key Key, r record, buf []byte) (value []byte, ok bool) {
	n := len(buf)
	value = slices.Grow(buf, int(r.length))[:n+int(r.length)]
	if _, err := from.ReadAt(value[n:], int64(r.offset)); err != nil && err != io.EOF || sumOf(key, value[n:]) != r.sum {
		return buf, false
	}
	return value, true
}

// newestFirst orders packs. Those that processes wrote at the same time come in any
// order, but always in the same.
func newestFirst(a, b *pack) int {
	return cmp.Or(cmp.Compare(b.generation, a.generation), strings.Compare(a.file.Name(), b.file.Name()))
}
