package publish

// WithStep returns the options with a function that is called before every
// change in the output and after every staged file.
func (o Options) WithStep(step func(what string)) Options {
	o.step = step
	return o
}
