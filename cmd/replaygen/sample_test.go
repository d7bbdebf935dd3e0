package main_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"testing/fstest"
)

// sampleBase is the address that the sample site is built for in tests. Only
// its path is served, by a test server.
const sampleBase = "https://example.test/some/repo/"

// buildSample builds a copy of the repository's own site and returns its folder.
func buildSample(t *testing.T) string {
	t.Helper()
	source := t.TempDir() // a build keeps names of pages in its source
	if err := os.CopyFS(filepath.Join(source, "content"), os.DirFS("../../content")); err != nil {
		t.Fatal(err)
	}
	replaygen(t, "build", "--quiet", "--source", source, "--base-url", sampleBase)
	return filepath.Join(source, "public")
}

// writeSite writes a site to disk, where a browser can open it.
func writeSite(t *testing.T, site fstest.MapFS) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "public")
	if err := os.CopyFS(dir, site); err != nil {
		t.Fatal(err)
	}
	return dir
}

// replaygen runs the program, which must succeed, and returns what it printed
// on its standard output. TestMain has put it on the path.
func replaygen(t *testing.T, args ...string) []byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "replaygen", args...)
	out, err := cmd.Output()
	if err != nil {
		complaint := ""
		if exit, ok := err.(*exec.ExitError); ok {
			complaint = string(exit.Stderr)
		}
		t.Fatalf("%s: %v\n%s%s", cmd, err, complaint, out)
	}
	return out
}
