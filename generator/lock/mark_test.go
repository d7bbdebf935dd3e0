package lock_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestByteOrderMark: a mark that some editors write at the beginning is no part of a
// name, and what is said of the lock stands where it is meant.
func TestByteOrderMark(t *testing.T) {
	got, said := parse("\ufeffindex\nround-1 gone\n")
	if names, _ := got.Retired(nil); !cmp.Equal(names, []string{"index"}) {
		t.Errorf("the names are %q", names)
	}
	if diff := cmp.Diff([]string{`2:9 error lock-mark "gone"`}, said); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
