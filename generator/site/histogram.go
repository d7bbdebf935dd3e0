package site

import (
	"cmp"
	"math/big"
	"slices"

	"github.com/replaygen/replaygen/generator/trail"
)

// BandView is a bar of the histogram of scores: how many of the paths that a
// random responder takes score so.
type BandView struct {
	Number       int  // from 0, lowest scores first
	From, To     int  // scores
	Percent      int  // of the paths; all bands add up to 100
	Rare         bool // whether some paths score so, but less than one percent
	X, Y, Height int  // of its bar in a drawing of 100 by 100, whose highest bar is as high as the drawing
}

// leastBar is the height of a bar for any score that can be had, so that it shows.
const leastBar = 3

// Histogram shows what random paths score; it is empty where that is not known, or
// where all score alike.
func (v *ReplayView) Histogram() []BandView { return v.histogram() }

func (p *Replay) newHistogram() []BandView {
	if !p.view.KnowsClock {
		return nil
	}
	stats := p.stats()
	if stats == nil {
		return nil
	}
	tenths := stats.Tenths()
	if !areAll(tenths[:]) {
		return nil // some paths never end; the author is told
	}
	most := slices.MaxFunc(tenths[:], (*big.Rat).Cmp)
	if most.Cmp(big.NewRat(1, 1)) == 0 {
		return nil
	}
	percents := wholePercents(tenths[:])
	bands := make([]BandView, len(tenths))
	for i, share := range tenths {
		band := BandView{Number: i, From: 10 * i, To: 10*i + 9, Percent: percents[i], X: 10 * i, Y: 100}
		if i == len(tenths)-1 {
			band.To = 100
		}
		if share.Sign() > 0 {
			band.Rare = band.Percent == 0
			band.Height = max(leastBar, roundMinutes(new(big.Rat).Quo(new(big.Rat).Mul(share, big.NewRat(100, 1)), most)))
			band.Y -= band.Height
		}
		bands[i] = band
	}
	return bands
}

// areAll reports whether shares add up to 1.
func areAll(shares []*big.Rat) bool {
	sum := new(big.Rat)
	for _, share := range shares {
		sum.Add(sum, share)
	}
	return sum.Cmp(big.NewRat(1, 1)) == 0
}

// band returns the bar that a score belongs to, or nil without a histogram.
func (v *ReplayView) band(score int) *BandView {
	if all := v.Histogram(); all != nil {
		return &all[trail.Tenth(score)]
	}
	return nil
}

// wholePercents rounds shares that add up to 1 to whole percents that add up to
// 100: those with the largest remainders are rounded up.
func wholePercents(shares []*big.Rat) []int {
	percents, left := make([]int, len(shares)), 100
	remainders := make([]*big.Rat, len(shares))
	order := make([]int, len(shares))
	for i, share := range shares {
		exact := new(big.Rat).Mul(share, big.NewRat(100, 1))
		whole := new(big.Int).Quo(exact.Num(), exact.Denom())
		percents[i], order[i] = int(whole.Int64()), i
		remainders[i] = exact.Sub(exact, new(big.Rat).SetInt(whole))
		left -= percents[i]
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(0, remainders[a].Cmp(remainders[b])) })
	for _, i := range order[:left] {
		percents[i]++
	}
	return percents
}
