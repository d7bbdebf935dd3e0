package site

import (
	"bytes"
	"html/template"

	"github.com/replaygen/replaygen/generator/trail"
)

// AppendPage appends the page of state i to buf; see [File]. Where all that it is
// stitched from has been rendered and buf has room, that allocates nothing.
func (p *Replay) AppendPage(buf []byte, i int) ([]byte, error) {
	if page, ok := p.stitch(buf, i); ok {
		return page, nil
	}
	p.mu.Lock()
	err := p.prepare(buf, i)
	p.mu.Unlock()
	if err != nil {
		return buf, err
	}
	page, _ := p.stitch(buf, i)
	return page, nil
}

// stitch appends the page of state i; ok is false if something that it needs has
// not been rendered.
func (p *Replay) stitch(buf []byte, i int) (page []byte, ok bool) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	s := stitcher{Replay: p, state: i, scene: p.scenes[p.machine.Place(i)], now: p.moments[p.momentKey(i)]}
	if s.scene == nil || s.scene.shell == nil || s.now == nil || s.now.standings[s.scene.told] == nil {
		return buf, false
	}
	return s.append(buf, s.scene.shell)
}

// A stitcher puts the page of one state together.
type stitcher struct {
	*Replay
	state int
	scene *scene
	now   *moment

	picks  trail.Picks // of the round of the last pick that was asked for
	picked int32       // that round and one more; 0 before the first
}

// append appends a shell with its holes filled; ok is false if one of those that
// may fill them is not there.
func (s *stitcher) append(buf []byte, sh *shell) (page []byte, ok bool) {
	from := int32(0)
	for n := range sh.holes {
		h := &sh.holes[n]
		buf = append(buf, sh.text[from:h.at]...)
		from = h.at
		if !h.kind.isShell() {
			buf = s.appendValue(buf, h)
			continue
		}
		inner := h.table[s.key(buf, h)]
		if inner == nil {
			return buf, false
		}
		if buf, ok = s.append(buf, inner); !ok {
			return buf, false
		}
	}
	return append(buf, sh.text[from:]...), true
}

// key says which of the shells in a hole's table the state needs. States of a place
// with the same key see the same there. What is behind the end of buf may be used.
func (s *stitcher) key(buf []byte, h *hole) uint64 {
	switch h.kind {
	case choicesHole:
		return uint64(s.machine.Tried(s.state))
	case markHole, stepHole, spanHole:
		return uint64(s.machine.Remembered(s.state, int(h.round)))
	case regretHole:
		return uint64(s.regret(s.state))
	case titleHole:
		if trail := s.machine.AppendTrail(buf, s.state)[len(buf):]; string(trail) != "start" {
			return filledText
		}
		return plainText
	case socialHole, descriptionHole:
		if s.now.standings[s.scene.told].apart {
			return filledText
		}
		return plainText
	default:
		return s.now.id
	}
}

// appendValue appends a value of the state, escaped for HTML text and attributes.
func (s *stitcher) appendValue(buf []byte, h *hole) []byte {
	switch h.kind {
	case linkHole:
		return s.appendLink(buf, s.machine.To(s.state, int(h.choice)))
	case nextHole:
		if next, ok := s.machine.Next(s.state); ok {
			return s.appendLink(buf, next)
		}
		return buf
	case selfHole:
		return s.appendLink(buf, s.state)
	case nameHole:
		return s.machine.AppendName(buf, s.state)
	case trailHole:
		return s.machine.AppendTrail(buf, s.state)
	case factsHole:
		return s.appendFacts(buf, s.state)
	case standingHole:
		return append(buf, s.now.standings[s.scene.told].text...)
	case imageHole:
		return append(buf, s.covers()[s.coverClass(s.state)].url...)
	case minutesHole:
		return s.appendMinutes(buf, s.state)
	default:
		return s.appendPick(buf, h)
	}
}

// appendPick appends "on" if a choice is known to have been picked.
func (s *stitcher) appendPick(buf []byte, h *hole) []byte {
	if s.picked != h.round+1 {
		s.picks, _ = s.machine.Picked(s.state, int(h.round))
		s.picked = h.round + 1
	}
	if s.picks.Has(int(h.choice)) {
		return append(buf, "on"...)
	}
	return buf
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
