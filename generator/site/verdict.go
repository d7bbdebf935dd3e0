package site

import "slices"

// A verdict is a band of scores, from its lowest on.
type verdict struct {
	from       int
	class, key string // the key is that of its words
}

// verdicts are all bands, best first.
var verdicts = []verdict{
	{90, "great", "verdict_great"},
	{70, "good", "verdict_good"},
	{40, "fair", "verdict_fair"},
	{0, "poor", "verdict_poor"},
}

// verdictOf returns the band of a score, which is not negative.
func verdictOf(score int) verdict {
	return verdicts[slices.IndexFunc(verdicts, func(v verdict) bool { return score >= v.from })]
}
