package site

import (
	"encoding/xml"
	"fmt"
	"time"

	"golang.org/x/tools/blog/atom"
)

// feedLength is how many replays the feed holds, the newest.
const feedLength = 50

// feedPath returns where the feed is published, or "" for a site without one: its
// links must be absolute, and its entries dated.
func (s *Site) feedPath(cards []Card) string {
	if s.base == nil || len(dated(cards)) == 0 {
		return ""
	}
	return "feed.xml"
}

// dated returns the cards with a date. Of the others, no reader could be told
// when they were new.
func dated(newest []Card) (cards []Card) {
	for _, c := range newest {
		if c.Date != "" && len(cards) < feedLength {
			cards = append(cards, c)
		}
	}
	return cards
}

// A feed says which languages its texts are in, as RFC 4287, 2 asks for.
type feed struct {
	Lang string `xml:"xml:lang,attr"`
	atom.Feed
	Entries []feedEntry `xml:"entry"`
}

type feedEntry struct {
	Lang string `xml:"xml:lang,attr,omitempty"` // if it is not that of the feed
	atom.Entry
}

// feed returns the newest replays as Atom (RFC 4287). It is dated by the replays
// alone, so that a build makes the same feed at any time.
func (s *Site) feed(newest []Card) ([]byte, error) {
	base := s.base.String()
	f := feed{Lang: s.locale.lang, Feed: atom.Feed{
		Title: s.view.Title, ID: base, Author: &atom.Person{Name: s.view.Title},
		Link: []atom.Link{
			{Rel: "self", Href: base + "feed.xml", Type: "application/atom+xml"},
			{Rel: "alternate", Href: base, Type: "text/html"},
		},
	}}
	for _, c := range dated(newest) {
		f.Entries = append(f.Entries, s.feedEntry(c))
	}
	f.Updated = f.Entries[0].Updated
	body, err := xml.Marshal(f)
	if err != nil {
		return nil, fmt.Errorf("feed: %w", err)
	}
	return append([]byte(xml.Header), body...), nil
}

// feedEntry is dated at midnight UTC, since replays know no time of day.
func (s *Site) feedEntry(c Card) feedEntry {
	day, _ := time.Parse(time.DateOnly, c.Date) // it was written in this form
	briefing := s.base.String() + c.Slug + "/"
	entry := feedEntry{Entry: atom.Entry{
		Title: c.Title, ID: briefing, Published: atom.Time(day), Updated: atom.Time(day),
		Link:    []atom.Link{{Rel: "alternate", Href: briefing, Type: "text/html"}},
		Summary: &atom.Text{Type: "text", Body: c.Description},
	}}
	if c.Language != s.locale.lang {
		entry.Lang = c.Language
	}
	if len(c.Authors) > 0 {
		entry.Author = &atom.Person{Name: join(s.theme.locale(c.Language).table, c.Authors)}
	}
	return entry
}
