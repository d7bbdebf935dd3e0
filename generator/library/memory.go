package library

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/replaygen/replaygen/generator/cache"
	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/site"
)

// Facts are what can be said of a replay without its machine.
type Facts struct {
	File   string // its path in the source
	Card   site.Card
	Detail string // that pages remember, see [trail.Detail]
	Why    string // it is that
}

// A memory is what an earlier build found out about a replay.
type memory struct {
	Facts
	TitleFrom, TitleTo int
	Remarks, Dead      []remark // about the text, and about where it links to
	Links              []site.Link
	Leads              []byte // where they led
}

// A remark is a diagnostic about a replay's own text.
type remark struct {
	Code          diag.Code
	Severity      diag.Severity
	From, To      int
	Message, Hint string
	Related       []remark
}

// Recall takes what an earlier build found out about a replay from the cache, if
// nothing has changed that it depends on, and reports whether it did: then nobody
// has to compile the replay to know its card and its problems.
func (e *Edition) Recall(r *Replay) bool {
	if e.opts.Cache == nil || e.site == nil || r.err != nil {
		return false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.compiled {
		return r.content == e.content
	}
	var m memory
	text, ok := e.opts.Cache.Get(e.memoryKey(r), nil)
	if !ok || json.Unmarshal(text, &m) != nil || !bytes.Equal(m.Leads, e.content.Leads(r.Path, m.Links)) {
		return false
	}
	list, err := r.said(m.Remarks)
	links, more := r.said(m.Dead)
	if err != nil || more != nil {
		return false
	}
	r.facts, r.title, r.place = m.Facts, m.Card.Title, place{from: m.TitleFrom, to: m.TitleTo}
	r.list, r.links, r.targets, r.content = list, links, m.Links, e.content
	r.compiled = true
	r.read.Store(true)
	return true
}

// Remember keeps what was found out about a compiled replay for [Edition.Recall].
// Replays with errors, and such whose text had to be imported, are not remembered.
func (e *Edition) Remember(r *Replay) {
	if e.opts.Cache == nil || e.site == nil {
		return
	}
	if e.Problems(r).HasErrors() { // which also finds them
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	m := memory{Facts: r.facts, TitleFrom: r.place.from, TitleTo: r.place.to, Links: r.targets, Leads: e.content.Leads(r.Path, r.targets)}
	source, err := r.text.open()
	var own, dead bool
	m.Remarks, own = newRemarks(&r.list, source)
	m.Dead, dead = newRemarks(&r.links, source)
	if err != nil || !own || !dead || r.text.imported() || !r.place.span.IsZero() {
		return
	}
	if text, err := json.Marshal(m); err == nil {
		e.opts.Cache.Put(e.memoryKey(r), text)
	}
}

// newRemarks returns the diagnostics of a list as remarks about a text; ok is false
// if any is about another.
func newRemarks(list *diag.List, about *diag.Source) (remarks []remark, ok bool) {
	for _, d := range list.Sorted() {
		r := remark{Code: d.Code, Severity: d.Severity, From: d.Span.Start, To: d.Span.End, Message: d.Message, Hint: d.Hint}
		for _, other := range d.Related {
			if other.Span.Source != about {
				return nil, false
			}
			r.Related = append(r.Related, remark{From: other.Span.Start, To: other.Span.End, Message: other.Message})
		}
		if d.Span.Source != about {
			return nil, false
		}
		remarks = append(remarks, r)
	}
	return remarks, true
}

// said returns remarks as diagnostics.
func (r *Replay) said(remarks []remark) (list diag.List, err error) {
	if len(remarks) == 0 {
		return list, nil
	}
	source, err := r.text.open()
	for _, remark := range remarks {
		list.Add(remark.diagnostic(source))
	}
	return list, err
}

// memoryKey identifies all that a memory depends on, but for where links lead.
func (e *Edition) memoryKey(r *Replay) cache.Key {
	shared := e.shared()
	return cache.KeyOf([]byte("replay"), shared[:], []byte(r.Path), r.text.sum[:])
}

// sharedKey identifies what all replays share: the program, the settings and the theme.
func (e *Edition) sharedKey() cache.Key {
	options := fmt.Sprintf("%q %t %t", e.opts.BaseURL, e.opts.Drafts, e.opts.Sheets)
	return cache.KeyOf([]byte(e.opts.Program), []byte(options), e.settingsText, e.site.Sum())
}

// Digest identifies all that the pages of a replay are made of. What it says of a
// replay has to be known: it was compiled, or there was something to [Edition.Recall].
func (e *Edition) Digest(r *Replay) cache.Key {
	r.mu.Lock()
	targets := r.targets
	r.mu.Unlock()
	memory := e.memoryKey(r)
	return cache.KeyOf([]byte("pages"), memory[:], e.content.Leads(r.Path, targets), fmt.Appendf(nil, "%+v", e.leading(r.Slug)))
}

func (r remark) diagnostic(src *diag.Source) diag.Diagnostic {
	d := diag.Diagnostic{Code: r.Code, Severity: r.Severity, Span: src.Span(r.From, r.To), Message: r.Message, Hint: r.Hint}
	for _, other := range r.Related {
		d.Related = append(d.Related, diag.Related{Span: src.Span(other.From, other.To), Message: other.Message})
	}
	return d
}
