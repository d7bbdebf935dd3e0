package main

import (
	"fmt"
	"net"
	"net/url"
	"path"
	"runtime/debug"
	"strings"
	"time"

	"github.com/cli/browser"
	"github.com/spf13/cobra"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/serve"
	"github.com/replaygen/replaygen/generator/site"
)

type serveFlags struct {
	serve.Options
	bind  string
	port  int
	hosts []string
	open  bool
}

func newServe() *cobra.Command {
	var flags serveFlags
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Preview the site while you write",
		Long: `Serve shows the site as it would be built, on this machine, and reloads open pages
when a file is saved. Nothing is written. A replay with errors shows them in its
pages and works again once they are mended; nothing that stands in the content ends
the preview. Ctrl-C does.

Pages carry an author's bar that published ones do not have: where this page stands
in your files, and shortcuts to any round. --no-reload serves the published bytes.`,
		Example: `  replaygen serve --open
  replaygen serve --source incidents --base-path /replays/ --drafts
  replaygen serve --editor 'vscode://file{path}:{line}:{column}'`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runServe(cmd, flags) },
	}
	f := cmd.Flags()
	f.StringVar(&flags.Source, "source", ".", "directory that holds content/ and, if there are any, themes/")
	f.StringVar(&flags.bind, "bind", "127.0.0.1", "address to listen on; 0.0.0.0 shows the preview to the whole network")
	f.IntVar(&flags.port, "port", 1414, "port to listen on; if it is taken, the next that is free")
	f.BoolVar(&flags.open, "open", false, "open the site in the browser")
	f.StringVar(&flags.BasePath, "base-path", "/", "path of the site on its host, such as /repo/")
	f.BoolVar(&flags.Drafts, "drafts", false, "show drafts too")
	f.DurationVar(&flags.Poll, "poll", 0, "look for changes this often, where the system cannot notify of them (network mounts, some containers)")
	f.BoolVar(&flags.Plain, "no-reload", false, "serve the published pages, without reloading and the author's bar")
	f.StringVar(&flags.Editor, "editor", "", "link to places in files, such as 'vscode://file{path}:{line}:{column}'; overrides site.yaml")
	f.StringSliceVar(&flags.hosts, "allow-host", nil, "answer to this host name too")
	return cmd
}

func runServe(cmd *cobra.Command, flags serveFlags) error {
	if problem := site.CheckEditor(flags.Editor); problem != "" {
		return fmt.Errorf("--editor %q %s", flags.Editor, problem)
	}
	if flags.port < 0 || flags.port > 65535 {
		return fmt.Errorf("--port %d is not a port: use 1 to 65535, or 0 for any", flags.port)
	}
	if flags.Poll < 0 {
		return fmt.Errorf("--poll %s is negative: use for example 500ms", flags.Poll)
	}
	if !isPlainPath(flags.BasePath) {
		return fmt.Errorf("--base-path %q is not a plain path such as /repo/", flags.BasePath)
	}
	stdout, stderr := cmd.OutOrStdout(), cmd.ErrOrStderr()
	flags.Notice = func(text string) { fmt.Fprintln(stderr, "replaygen:", text) }
	healthy := false
	flags.Report = func(all []diag.Diagnostic) {
		all = withoutNotes(all)
		if len(all) == 0 && !healthy {
			fmt.Fprintf(stdout, "%s no problems\n", time.Now().Format(time.TimeOnly))
		} else if len(all) > 0 {
			fmt.Fprintf(stdout, "%s %s\n", time.Now().Format(time.TimeOnly), plural(len(all), "problem"))
			_ = diag.WriteText(stderr, all) // the pages show them too
		}
		healthy = len(all) == 0
	}
	debug.SetMemoryLimit(200 << 20) // bytes: a preview stands beside an editor and a browser
	server, err := serve.New(flags.Options)
	if err != nil {
		return fail(err)
	}
	listener, err := serve.Listen(flags.bind, flags.port)
	if err != nil {
		return fail(err)
	}
	address := siteURL(listener.Addr(), server.Base())
	fmt.Fprintf(stdout, "The preview is at %s (Ctrl-C ends it)\n", address)
	if taken(listener.Addr(), flags.port) {
		fmt.Fprintf(stdout, "Port %d is taken, so this is the next that is free.\n", flags.port)
	}
	if flags.open {
		if err := browser.OpenURL(address); err != nil {
			fmt.Fprintf(stderr, "replaygen: no browser could be opened: %v\n", err)
		}
	}
	return fail(server.Run(cmd.Context(), listener, flags.hosts))
}

// isPlainPath reports whether a request for what is below a path asks for it in the
// same words.
func isPlainPath(name string) bool {
	rooted := "/" + strings.Trim(name, "/")
	return path.Clean(rooted) == rooted && (&url.URL{Path: rooted}).EscapedPath() == rooted
}

func taken(addr net.Addr, wanted int) bool {
	tcp, ok := addr.(*net.TCPAddr)
	return ok && wanted != 0 && tcp.Port != wanted
}

// siteURL is where the preview is for a browser on this machine.
func siteURL(addr net.Addr, base string) string {
	host := addr.String()
	if tcp, ok := addr.(*net.TCPAddr); ok && tcp.IP.IsUnspecified() {
		host = fmt.Sprintf("localhost:%d", tcp.Port)
	}
	return "http://" + host + base
}
