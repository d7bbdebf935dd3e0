//go:build !linux && !darwin

package publish

import "errors"

// exchange fails: this system cannot let directories change places in one step.
func (d *directory) exchange(string, *directory, string) error { return errors.ErrUnsupported }
