package cache

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
)

// Program returns a hash of the running program, for keys of results that another
// program might work out otherwise. Versions would not do: they do not tell one build
// of a developer from the next.
func Program() (string, error) {
	name, err := os.Executable()
	if err != nil {
		return "", err
	}
	file, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer file.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}
