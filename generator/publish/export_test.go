package publish

// WithStep returns the options with a function that is called before every
// change in the output and after every staged file.
func (o Options) WithStep(step func(what string)) Options {
	o.step = step
	return o
}

// WithExchange returns the options with a function in the place of the system call
// that exchanges two folders.
func (o Options) WithExchange(exchange func() error) Options {
	o.exchange = func(*directory, string, *directory, string) error { return exchange() }
	return o
}
