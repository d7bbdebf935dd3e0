package serve_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"

	"github.com/replaygen/replaygen/generator/serve"
)

// A company's portal shows the replays that lie beside it, and needs no build:
// what is saved is shown. Here the portal's source is this repository.
func Example() {
	replays, err := serve.New(serve.Options{Source: "../..", BasePath: "/replays/", Plain: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	go replays.Watch(ctx) // until then, requests wait

	portal := http.NewServeMux()
	portal.Handle(replays.Base(), replays)
	portal.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(w, "Our portal. Bored? Play /replays/")
	})
	handler := serve.CheckHost(portal, []string{"docs.example.org"})

	title := regexp.MustCompile("<title>(.*)</title>")
	for _, path := range []string{"/", "/replays/disk-full-of-nothing/", "/replays/disk-full-of-nothing/?trail=1-A", "/replays/nowhere"} {
		answer := httptest.NewRecorder()
		request := httptest.NewRequest("GET", path, nil)
		request.Host = "docs.example.org"
		handler.ServeHTTP(answer, request)
		switch found := title.FindStringSubmatch(answer.Body.String()); {
		case answer.Code == http.StatusFound:
			fmt.Println(path, "leads to", answer.Header().Get("Location"))
		case found != nil:
			fmt.Println(path, "is called", found[1])
		default:
			fmt.Print(path, " says ", answer.Body)
		}
	}
	// Output:
	// / says Our portal. Bored? Play /replays/
	// /replays/disk-full-of-nothing/ is called Full of Nothing
	// /replays/disk-full-of-nothing/?trail=1-A leads to /replays/disk-full-of-nothing/outcome-1a.1-a.html?trail=1-A&clock=5&score=100
	// /replays/nowhere is called Page not found – Incident replays
}
