package generator

import (
	"encoding/json"
	"slices"

	"github.com/replaygen/replaygen/generator/cache"
	"github.com/replaygen/replaygen/generator/publish"
	"github.com/replaygen/replaygen/generator/site"
)

// A memory is what a build made of a replay.
type memory struct {
	Sum        publish.Sum // of its folder
	Tombstones int         // among its pages
}

// memoryKey identifies all that a replay's folder is made of: its pages, and its
// lock, of which there is a hash and which tells what tombstones there are.
func (b *building) memoryKey(j *job, lock cache.Key) cache.Key {
	pages := b.edition.Digest(j.replay)
	return cache.KeyOf([]byte("folder"), pages[:], lock[:])
}

// recall takes a job's share of the site as the output has it, if nothing has
// changed that it is made of, and reports whether it did.
func (b *building) recall(j *job) bool {
	if b.opts.Cache == nil || b.opts.Sheets || b.opts.Forget || j.replay == nil || b.edition.Twins(j.replay) != nil || !b.edition.Recall(j.replay) {
		return false
	}
	lock, err := b.edition.LockText(j.slug)
	if err != nil {
		return false // whoever makes the replay meets the error again; so below
	}
	var was memory
	text, ok := b.opts.Cache.Get(b.memoryKey(j, cache.KeyOf(lock)), nil)
	if !ok || json.Unmarshal(text, &was) != nil {
		return false
	}
	if kept, err := b.output.Keep(j.slug, was.Sum); !kept || err != nil {
		return false
	}
	j.problems.Append(b.edition.Problems(j.replay))
	j.keeping = keeping{slug: j.slug, names: Names{Tombstones: was.Tombstones}}
	return true
}

// remember keeps what was made for the next build, which finds the locks that this
// one has written.
func (b *building) remember() {
	if b.opts.Cache == nil {
		return
	}
	for _, j := range b.jobs {
		if j.memory == nil || j.replay == nil || b.opts.Sheets {
			continue
		}
		if text, err := json.Marshal(j.memory); err == nil {
			b.opts.Cache.Put(b.memoryKey(j, j.keeping.sum), text)
		}
	}
}

// keepSettled returns files of which those that are settled come from the cache: a
// picture takes 4 ms to draw, and does not change with the pages that refer to it.
func (b *building) keepSettled(files []site.File) []site.File {
	if b.opts.Cache == nil {
		return files
	}
	kept := slices.Clone(files)
	for i, f := range files {
		if !f.Settled {
			continue
		}
		key := cache.KeyOf([]byte("file"), []byte(b.opts.Program), []byte(f.Path))
		kept[i].Append = func(buf []byte) ([]byte, error) {
			if known, ok := b.opts.Cache.Get(key, buf); ok {
				return known, nil
			}
			made, err := f.Append(buf)
			if err == nil {
				b.opts.Cache.Put(key, made[len(buf):])
			}
			return made, err
		}
	}
	return kept
}
