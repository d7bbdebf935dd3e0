package site

import (
	"bytes"
	"html/template"
)

// append stitches the page of state i.
func (p *Replay) append(buf []byte, i int) ([]byte, error) {
	if err := p.prepare(i); err != nil {
		return buf, err
	}
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.stitch(buf, p.shells[p.machine.Place(i)], i), nil
}

func (p *Replay) stitch(buf []byte, sh *shell, i int) []byte {
	for n, h := range sh.holes {
		buf = append(buf, sh.literals[n]...)
		if p.site.theme.slots[h.slot] != nil {
			buf = p.stitch(buf, p.fragments[p.key(h, i)], i)
		} else {
			buf = p.appendValue(buf, h, i)
		}
	}
	return append(buf, sh.literals[len(sh.literals)-1]...)
}

// appendValue appends a value of state i, escaped for HTML text and attributes.
func (p *Replay) appendValue(buf []byte, h hole, i int) []byte {
	switch h.slot {
	case "href":
		return p.appendLink(buf, p.machine.To(i, h.choice))
	case "next":
		if next, ok := p.machine.Next(i); ok {
			return p.appendLink(buf, next)
		}
		return buf
	case "self":
		return p.appendLink(buf, i)
	case "url":
		return p.appendLink(append(buf, p.site.absolute(p.view.Slug+"/")...), i)
	case "facts":
		return p.appendFacts(buf, i)
	case "image":
		return append(buf, p.covers()[p.coverClass(i)].url...)
	case "suggest":
		return p.appendSuggestion(buf, i)
	case "on":
		if picks, _ := p.machine.Picked(i, h.round); picks.Has(h.choice) {
			return append(buf, "on"...)
		}
		return buf
	case "minutes":
		return p.appendMinutes(buf, i)
	case "trail":
		return append(buf, escape(p.machine.Trail(i))...)
	case "title":
		return escapeFrom(p.appendTitle(buf, i), len(buf))
	case "social":
		return escapeFrom(p.appendSocial(buf, i), len(buf))
	default:
		return escapeFrom(p.appendSummary(buf, i), len(buf))
	}
}

// escapeFrom escapes what stands in buf behind an offset. Most texts need none.
func escapeFrom(buf []byte, from int) []byte {
	if !bytes.ContainsAny(buf[from:], "&<>\"'\x00") {
		return buf
	}
	return append(buf[:from], escape(string(buf[from:]))...)
}

// escape escapes text for HTML text and for quoted attribute values.
func escape(text string) string { return template.HTMLEscapeString(text) }
