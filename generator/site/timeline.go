package site

import (
	"math/big"
	"slices"
	"strconv"

	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/trail"
)

// The timeline runs from page to resolution; its full width is the worst time, or
// the latest that the clock can be. Its pieces stand in a row, each as wide as what
// it took, so that every one of them is placed by those before it: a page is
// composed of pieces by round that know nothing of the other rounds.

// SpanSlot is what the slot span sees: what a round took, to scale. Without a
// round it is all that has been taken so far.
type SpanSlot struct {
	Replay  *ReplayView
	Round   *RoundView // nil without one
	Current bool       // whether the round is being played
	Pieces  []PieceView
}

// PieceView is a piece of the timeline.
type PieceView struct {
	Grade string // best, good or miss; "" for all that has been taken so far
	Width string // of the timeline, such as "8.33%"
	First bool   // of its round
	Label string // of its round, if it is the first; else ""
}

// BestPieces are the timeline of the best path.
func (v *ReplayView) BestPieces() (pieces []PieceView) {
	for _, round := range v.BestPath {
		if cost := v.machine.Cost(round.index, round.Best.index); cost.Sign() > 0 {
			pieces = append(pieces, PieceView{Grade: round.Best.Grade, Width: v.width(cost), First: true, Label: round.Label})
		}
	}
	return pieces
}

// spanSlot sees a round's record, or the clock where the slot has no round.
func (p *Replay) spanSlot(k slotKey) SpanSlot {
	slot := SpanSlot{Replay: p.view, Current: k.status == "current"}
	if k.kind == spentHole {
		if k.clock > 0 {
			slot.Pieces = []PieceView{{Width: p.view.width(big.NewRat(int64(k.clock), 1)), First: true}}
		}
		return slot
	}
	slot.Round = p.view.Rounds[k.round]
	for _, step := range p.machine.Steps(k.round, k.record) {
		if step.Minutes.Sign() > 0 {
			piece := PieceView{Grade: step.Grade.String(), Width: p.view.width(step.Minutes)}
			if len(slot.Pieces) == 0 {
				piece.First, piece.Label = true, slot.Round.Label
			}
			slot.Pieces = append(slot.Pieces, piece)
		}
	}
	return slot
}

// taken returns what a round took in words, or "" where that is not known or nothing.
func (p *Replay) taken(round int, rec trail.Record) string {
	if !rec.Visited || !rec.Exact() && !p.machine.TellsMinutes() {
		return ""
	}
	sum := new(big.Rat)
	for _, step := range p.machine.Steps(round, rec) {
		sum.Add(sum, step.Minutes)
	}
	return minutesText(p.words, sum)
}

// width writes minutes as a share of the timeline, in hundredths of a percent
// rounded down, so that pieces together are never wider than what they add up to.
func (v *ReplayView) width(minutes *big.Rat) string {
	if v.longest.Sign() == 0 {
		return "0%"
	}
	share := new(big.Rat).Quo(minutes, v.longest)
	share.Mul(share, big.NewRat(100*100, 1))
	hundredths := new(big.Int).Quo(share.Num(), share.Denom()).Int64()
	return strconv.FormatFloat(float64(min(hundredths, 100*100))/100, 'f', -1, 64) + "%"
}

// HasGood reports whether any choice is good, which a legend of the timeline asks.
func (v *ReplayView) HasGood() bool {
	return slices.ContainsFunc(v.Rounds, func(r *RoundView) bool {
		return slices.ContainsFunc(r.Choices, func(c *ChoiceView) bool { return c.Grade == replay.Good.String() })
	})
}
