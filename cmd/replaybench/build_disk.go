package main

// A disk is a file system.
type disk struct {
	name   string // such as "ext4"
	memory bool   // whether it keeps files in memory
	free   room
}

// room is what a file system can take.
type room struct{ bytes, files int64 }

// holds returns how many times there is room for need, which is more than nothing.
// A tenth is left to others.
func (r room) holds(need room) int {
	return int(min(r.bytes/10*9/need.bytes, r.files/10*9/need.files))
}
