package cache

import (
	"os"
	"path/filepath"
)

// tag tells backup programs that a directory need not be saved, see
// https://bford.info/cachedir/.
const tag = `Signature: 8a477f597d28d172789f06886806bc55
# This is a cache of replaygen. It may be deleted at any time.
`

// writeTag marks an empty directory as a cache. A cache works without.
func writeTag(dir string) {
	_ = os.WriteFile(filepath.Join(dir, "CACHEDIR.TAG"), []byte(tag), 0o644)
}
