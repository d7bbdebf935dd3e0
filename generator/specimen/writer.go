package specimen

import (
	"fmt"
	"strings"
)

// A writer writes one replay: first what the format asks for, part by part, and
// then, into the parts that take any Markdown, code blocks and prose until the
// text is as long as wanted.
type writer struct {
	*scene
	title   title
	shape   shape
	related []title // other replays of the library
	ending  string  // title of the ending, if the shape has one

	sights, cues, lessons *deck[string]
	best, misses          *deck[step]

	parts  []*part
	length int // of all parts
}

// A part is a stretch of the text; any Markdown may follow an open one.
type part struct {
	strings.Builder
	open place
}

// place says what may be added to the end of a part.
type place int

const (
	closed place = iota
	prose
	proseAndCode
)

func newWriter(t title, s *scene, shape shape) *writer {
	own := s.subject
	return &writer{
		scene: s, title: t, shape: shape, ending: pick(s.rng, endings[:]),
		sights:  newDeck(s.rng, own.sights, general.sights),
		cues:    newDeck(s.rng, own.cues, general.cues),
		lessons: newDeck(s.rng, own.lessons, general.lessons),
		best:    newDeck(s.rng, own.best, general.best),
		misses:  newDeck(s.rng, own.misses, general.misses),
	}
}

// write returns the whole text.
func (w *writer) write(size, codeBlocks int) []byte {
	w.frontMatter()
	w.setup()
	titles := newDeck(w.rng, roundTitles[:])
	for i, r := range w.shape.rounds {
		w.round(i, titles.deal(), w.options(i, r))
	}
	w.closing()
	w.damageReport()
	w.crossReferences()
	w.addCode(codeBlocks)
	w.addProse(size)
	text := make([]byte, 0, w.length)
	for _, p := range w.parts {
		text = append(text, p.String()...)
	}
	return text
}

// part begins a new part.
func (w *writer) part(open place) { w.parts = append(w.parts, &part{open: open}) }

// printf writes to the last part.
func (w *writer) printf(format string, args ...any) {
	w.add(len(w.parts)-1, fmt.Sprintf(format, args...))
}

// add adds text to a part.
func (w *writer) add(part int, text string) {
	w.parts[part].WriteString(text)
	w.length += len(text)
}

func (w *writer) frontMatter() {
	w.part(prose)
	w.printf("---\ndescription: A failure of %s that takes %d good decisions to end.\n", w.service, len(w.shape.rounds))
	w.printf("tags: [%s, %s]\n", strings.Join(w.subject.tags, ", "), w.area)
	w.printf("difficulty: %s\nseverity: SEV%d\n", pick(w.rng, difficulties[:]), w.between(1, 3))
	w.printf("date: %s\nauthors: [%s]\n", w.start.Format("2006-01-02"), pick(w.rng, authors[:]))
	if w.shape.detail != auto {
		w.printf("detail: %s\n", w.shape.detail)
	}
	w.printf("---\n\n# Incident Replay: %s\n\n", w.title)
}

func (w *writer) setup() {
	w.part(closed)
	w.printf("## Setup\n\n- **System context:** %s\n", w.fill(pick(w.rng, w.subject.contexts)))
	w.printf("- **Time:** %s UTC\n- **Your role:** %s\n\n", w.start.Format("Monday 15:04"), w.fill(pick(w.rng, roles[:])))
}

// An option is a choice with what its outcome's heading says.
type option struct {
	step
	best       bool
	cost       int    // minutes, if the shape's costs are written
	attributes string // besides the cost
}

// options returns the choices of the i-th round, the best one first.
func (w *writer) options(i int, r roundShape) []option {
	var options []option
	for j, e := range r.exits {
		o := option{cost: e.cost, best: j == 0}
		switch {
		case e.ends:
			o.step, o.attributes = w.misses.deal(), fmt.Sprintf("grade=miss next=%q", w.ending)
		case !o.best:
			o.step, o.attributes = w.best.deal(), fmt.Sprintf("grade=good next=%d", i+2)
		default:
			o.step = w.best.deal()
		}
		options = append(options, o)
	}
	for _, cost := range r.retries {
		options = append(options, option{step: w.misses.deal(), cost: cost})
	}
	return options
}

func (w *writer) round(i int, title string, options []option) {
	w.part(proseAndCode)
	w.printf("## Round %d: %s\n\n> *[Pressure cue: \"%s\"]*\n\n**What you see:**\n\n%s\n\n", i+1, title, w.fill(w.cues.deal()), w.fill(w.sights.deal()))
	w.part(closed)
	w.printf("**Choose your action:**\n")
	letters := w.rng.Perm(len(options)) // letters[j] is the letter of option j
	at := make([]int, len(options))
	for j, letter := range letters {
		at[letter] = j
	}
	for letter, j := range at {
		w.printf("- %c) %s\n", 'A'+letter, w.fill(options[j].action))
	}
	w.printf("\n")
	for j, o := range options {
		w.outcome(i, 'A'+letters[j], o)
	}
}

func (w *writer) outcome(round, letter int, o option) {
	w.part(prose)
	attributes := o.attributes
	if w.shape.written {
		attributes = strings.TrimSpace(fmt.Sprintf("cost=%dm %s", o.cost, attributes))
	}
	if attributes != "" {
		attributes = " {" + attributes + "}"
	}
	result, recommended := w.fill(o.result), ""
	if o.best {
		w.parts[len(w.parts)-1].open = proseAndCode
		recommended = " (recommended)"
		if w.rng.IntN(2) == 0 {
			result += fmt.Sprintf(" Proceed to Round %d.", round+2)
		}
	}
	w.printf("### If you chose %c%s:%s\n\n> *[Result: %s]*\n\n", letter, recommended, attributes, result)
}

// closing writes the closing round and, behind it, the ending.
func (w *writer) closing() {
	w.part(prose)
	w.printf("## Round %d: %s\n\n> *[Pressure cue: \"%s\"]*\n\n", len(w.shape.rounds)+1, pick(w.rng, closingTitles[:]), w.fill(w.cues.deal()))
	w.part(closed)
	w.printf("**Actions:**\n")
	for i := range w.between(3, 6) {
		w.printf("%d. %s\n", i+1, w.fill(w.lessons.deal()))
	}
	w.printf("\n")
	if w.shape.ended() {
		w.part(prose)
		w.printf("## Ending: %s {verdict=\"It ended, and not as it should have\"}\n\n%s\n\n", w.ending, w.fill(w.sights.deal()))
	}
}

func (w *writer) damageReport() {
	w.part(closed)
	optimal, worst := w.times()
	w.printf("## Damage Report\n\n- **Total downtime:** %d minutes of %s, and of %s in parts\n", (optimal+worst)/2, w.service, w.caller)
	w.printf("- **Blast radius:** %s\n", w.fill("{Percent} % of requests, and everything that reads from `{queue}`"))
	w.printf("- **Optimal resolution time:** %d minutes (look -> understand -> mend)\n", optimal)
	w.printf("- **If every wrong choice was made:** %d minutes, and a longer night\n\n", worst)
}

// times returns the times of the damage report. Written costs have to add up to
// them; otherwise any will do.
func (w *writer) times() (optimal, worst int) {
	misses := 0
	for _, r := range w.shape.rounds {
		optimal += r.exits[0].cost
		for _, cost := range r.retries {
			misses, worst = misses+1, worst+cost
		}
		for _, e := range r.exits {
			if e.ends {
				misses, worst = misses+1, worst+e.cost
			}
		}
	}
	if w.shape.written {
		return optimal, optimal + worst
	}
	optimal = 2*len(w.shape.rounds) + w.between(4, 20)
	return optimal, optimal + misses*w.between(4, 9)
}

func (w *writer) crossReferences() {
	w.part(closed)
	primer := pick(w.rng, primers[:])
	w.printf("## Cross-References\n\n- Primer: [%s](https://handbook.example.org/%s)\n", primer, strings.ReplaceAll(strings.ToLower(primer), " ", "-"))
	for _, t := range w.related {
		w.printf("- Replay: [%s](%s.md)\n", t, t.slug())
	}
}

// placesOf returns the parts that take a kind of text, in a random order.
func (w *writer) placesOf(open place) *deck[int] {
	var parts []int
	for i, p := range w.parts {
		if p.open >= open {
			parts = append(parts, i)
		}
	}
	return newDeck(w.rng, parts)
}

// addCode deals code blocks out to the parts, from every family in turn.
func (w *writer) addCode(blocks int) {
	places, families := w.placesOf(proseAndCode), newDeck(w.rng, snippetFamilies())
	for range blocks {
		family := families.deal()
		w.add(places.deal(), w.code(family[w.rng.IntN(len(family))])+"\n")
	}
}

// addProse adds paragraphs, lists and tables until the text has about size bytes.
func (w *writer) addProse(size int) {
	const long, short = 600, 60 // bytes of a long paragraph or table, and half a sentence
	places := w.placesOf(prose)
	for w.length < size-short {
		text := w.fill(w.sights.deal())
		if w.length < size-long {
			text = w.passage(text)
		}
		w.add(places.deal(), text+"\n\n")
	}
}

// passage returns a longer text that begins with a sentence.
func (w *writer) passage(sentence string) string {
	switch w.rng.IntN(8) {
	case 0:
		return w.list(sentence)
	case 1:
		return w.table(sentence)
	}
	for range w.between(1, 3) {
		sentence += " " + w.fill(w.sights.deal())
	}
	return sentence
}

func (w *writer) list(sentence string) string {
	marker := pick(w.rng, []string{"- ", "1. "})
	sentence += "\n"
	for range w.between(2, 4) {
		sentence += "\n" + marker + w.fill(w.sights.deal())
	}
	return sentence
}

func (w *writer) table(sentence string) string {
	sentence += w.fill("\n\n| Time | p99 of {service} | Errors | Waiting |\n|---|---:|---:|---:|\n")
	for range w.between(2, 5) {
		sentence += w.fill("| {clock} | {ms} ms | {percent} % | {many} |\n")
	}
	return strings.TrimSuffix(sentence, "\n")
}
