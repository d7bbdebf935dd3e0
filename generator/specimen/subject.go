package specimen

// A subject is a kind of incident, with what there is to say about it. Words in
// braces are filled in by the scene, see [scene.word].
type subject struct {
	tags     []string
	failures []string // for titles
	contexts []string // what the system is
	cues     []string // what the pager says
	sights   []string // sentences about what there is to see
	best     []step   // what helps
	misses   []step   // what does not
	lessons  []string // for the closing round
}

// A step is a choice and what it brings.
type step struct{ action, result string }

// subjects lists every kind of incident.
func subjects() []*subject {
	return []*subject{&queueSubject, &databaseSubject, &certificateSubject, &nodeSubject, &networkSubject, &releaseSubject, &cacheSubject}
}
