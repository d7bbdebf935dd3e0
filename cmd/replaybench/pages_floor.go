package main

import (
	"os"
	"path/filepath"
)

// floorFolder is where the host has the site that no other can be faster than.
const floorFolder = "floor"

// floorPages returns a page of one line with a stylesheet of one rule, and another
// that it links to: what is waited for there is the network and the browser.
func floorPages() map[string]string {
	return map[string]string{
		"index.html": floorPage(`<a href="next.html">A line of text</a>`),
		"next.html":  floorPage("Another line of text"),
		"style.css":  "body{margin:1em}",
	}
}

func floorPage(body string) string {
	return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
		`<link rel="icon" href="data:,"><link rel="stylesheet" href="style.css"><title>A line of text</title><p>` + body
}

// buildFloor writes that site into a folder of dir and returns a visit to it.
func buildFloor(dir string) (*visit, error) {
	site := filepath.Join(dir, sitesFolder, floorFolder)
	if err := os.MkdirAll(site, 0o755); err != nil {
		return nil, err
	}
	for name, body := range floorPages() {
		if err := os.WriteFile(filepath.Join(site, name), []byte(body), 0o644); err != nil {
			return nil, err
		}
	}
	v := &visit{path: "/" + floorFolder + "/", follow: []string{"a"}}
	v.opened.label = "the least there is: a line of text and a stylesheet of one rule"
	v.followed.label = "the least there is: another line"
	return v, nil
}
