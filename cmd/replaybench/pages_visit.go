package main

import "time"

// A visit is what a reader does in one sitting: they open a page with a cold
// cache, and from there follow links with what the cache then holds.
type visit struct {
	path   string   // of the page that is opened, on the host
	follow []string // CSS selectors of the links that are clicked, one on each page

	// What is measured of the page that is opened, of every page that is followed,
	// and of all together. A row without a label is not shown.
	opened, followed, whole row
}

// A row is a line of the tables.
type row struct {
	label string
	views [][]view // by condition
}

// A view is what a page took, or several together.
type view struct {
	traffic traffic
	paint   time.Duration // from the click, or the address, to the first contentful paint
}

// record adds what one visit took under a condition, given by its index.
func (v *visit) record(condition int, views []view) {
	v.opened.add(condition, views[0])
	v.followed.add(condition, views[1:]...)
	var all view
	for _, one := range views {
		all.traffic = all.traffic.plus(one.traffic)
		all.paint += one.paint
	}
	v.whole.add(condition, all)
}

func (r *row) add(condition int, views ...view) {
	for len(r.views) <= condition {
		r.views = append(r.views, nil)
	}
	r.views[condition] = append(r.views[condition], views...)
}
