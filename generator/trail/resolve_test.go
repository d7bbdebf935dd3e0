package trail_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/replaygen/replaygen/generator/diag"
	"github.com/replaygen/replaygen/generator/replay"
	"github.com/replaygen/replaygen/generator/trail"
)

// link is the URL of a state as pages link to it.
func link(m *trail.Machine, i int) string {
	text := fmt.Sprintf("https://example.org/some/path/%s/%s.html?trail=%s", m.Replay.Slug, m.Name(i), m.Trail(i))
	if clock, known := m.Clock(i); known {
		score, _ := m.Score(i)
		text += fmt.Sprintf("&clock=%d&score=%d", clock, score)
	}
	return text
}

func parseAddress(t interface{ Fatalf(string, ...any) }, link string) trail.Address {
	a, err := trail.ParseAddress(link)
	if err != nil {
		t.Fatalf("%s: %v", link, err)
	}
	return a
}

// TestResolve follows the link, the name and the trail of every state of
// generated replays back to it, or, for a trail, to a state that carries it.
func TestResolve(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyReplay(t)
		d := rapid.SampledFrom(trail.Details()).Draw(t, "detail")
		m := compile(t, r, d)
		resolver := m.Resolver()
		for i := range m.Len() {
			want := trail.Resolution{State: i, Followed: m.Trail(i)}
			a := parseAddress(t, link(m, i))
			if diff := cmp.Diff(want, resolver.Address(a)); diff != "" {
				t.Fatalf("detail %s: the link %s (-want +got):\n%s", d, link(m, i), diff)
			}
			if j, ok := resolver.Page(strings.ToUpper(m.Name(i))); !ok || j != i {
				t.Fatalf("detail %s: the name %s leads to state %d (%v), want %d", d, m.Name(i), j, ok, i)
			}
			got := resolver.Trail(m.Trail(i))
			if got.Fault != trail.NoFault || m.Trail(got.State) != m.Trail(i) {
				t.Fatalf("detail %s: the trail %s of %s leads to %s, %s", d, m.Trail(i), m.Name(i), m.Name(got.State), got.Problem)
			}
		}
	})
}

// TestResolveAcrossDetails follows trails of picks in machines that keep less:
// they lead to the same clock, and in the same detail to the same trail.
func TestResolveAcrossDetails(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := anyReplay(t)
		old := compile(t, r, trail.ByPicks)
		d := rapid.SampledFrom(trail.Details()[1:]).Draw(t, "detail")
		m := compile(t, r, d)
		resolver := m.Resolver()
		for i := range old.Len() {
			got := resolver.Trail(old.Trail(i))
			if got.Fault != trail.NoFault || got.Followed == "" {
				t.Fatalf("the trail %s of picks leads to %s under detail %s: %s", old.Trail(i), m.Name(got.State), d, got.Problem)
			}
			want, _ := old.ExactClock(i)
			if clock, known := m.ExactClock(got.State); known && clock.Cmp(want) != 0 {
				t.Fatalf("the trail %s of picks leads to %s under detail %s, %s min; want %s", old.Trail(i), m.Name(got.State), d, clock, want)
			}
		}
	})
}

func TestResolveAsFarAsItGoes(t *testing.T) {
	const changed = ": the replay has changed since"
	picks, rounds, total := compile(t, straight(3, 4), trail.ByPicks), compile(t, straight(3, 4), trail.ByRounds), compile(t, straight(3, 4), trail.ByTotal)
	for _, test := range []struct {
		m                         *trail.Machine
		trail                     string
		name, left, fault, reason string
	}{
		{picks, "", "round-1", "", "none", ""},
		{picks, "start", "round-1", "", "none", ""},
		{picks, "START", "round-1", "", "none", ""},
		{picks, "1-A", "round-2.1-a", "", "none", ""},
		{picks, "1-ac.2-abd.3-a", "debrief-4.1-ac.2-abd.3-a", "", "none", ""},
		{picks, "1-CA", "round-2.1-ac", "", "none", ""},
		{picks, "1-AC.12m", "round-2.1-ac", "12m", "changed", "the times of the replay have changed since"},
		{picks, "1-AC.2-BF", "round-2.1-ac", "2-BF", "unknown", "Round 2 has no choice F: its choices are A to D"},
		{picks, "1-AC.7-A.2-A", "round-2.1-ac", "7-A.2-A", "unknown", "there is no Round 7"},
		{picks, "1-AC.4-A", "round-2.1-ac", "4-A", "unknown", "Round 4 has no choices"},
		{picks, "1-AC.3-A", "round-2.1-ac", "3-A", "changed", "3-A cannot be played after 1-AC" + changed},
		{picks, "1-C.2-A.3-A", "outcome-1c.1-c", "2-A.3-A", "changed", "2-A cannot be played after 1-C" + changed},
		{picks, "2-A", "round-1", "2-A", "changed", "2-A cannot be played" + changed},
		{picks, "1-2x.2-0x.30m", "index", "1-2x.2-0x.30m", "changed", "1-2x is what the detail rounds keeps of a round, but the replay now has the detail picks"},
		{picks, "1-miss", "index", "1-miss", "changed", "1-miss is what the detail grades keeps of a round, but the replay now has the detail picks"},
		{picks, "30m", "index", "30m", "changed", "no page has this time on its clock" + changed},
		{picks, "hello", "round-1", "hello", "malformed", `"hello" is no part of a trail: expected a round and what was picked in it, such as 1-AC`},
		{picks, "1-A.2-?.3-A", "round-2.1-a", "2-?.3-A", "malformed", `"2-?" is no part of a trail: expected a round and what was picked in it, such as 1-AC`},
		{picks, "1-A..2-A", "round-2.1-a", ".2-A", "malformed", `"" is no part of a trail: expected a round and what was picked in it, such as 1-AC`},
		{rounds, "1-2x.2-0x.99m", "round-3.1-2x.2-0x", "99m", "changed", "the times of the replay have changed since"},
		{rounds, "1-2x.2-0x.18m2of3", "round-3.1-2x.2-0x", "", "none", ""}, // names once held such a clock
		{rounds, "1-2x.2-7x.99m", "round-2.1-2x", "2-7x.99m", "changed", "2-7x cannot be played after 1-2x" + changed},
		{rounds, "1-ACD.2-A", "round-3.1-2x.2-0x", "", "none", ""},
		{total, "99m", "index", "99m", "changed", "no page has this time on its clock" + changed},
		{total, "1-ACD.2-A", "round-3.18m2of3", "", "none", ""},
	} {
		got := test.m.Resolver().Trail(test.trail)
		fault := [...]string{"none", "changed", "unknown", "malformed"}[got.Fault]
		if test.m.Name(got.State) != test.name || got.Left != test.left || fault != test.fault || got.Problem != test.reason {
			t.Errorf("detail %s: %q leads to %s, left %q, fault %s, problem %q; want %s, %q, %s, %q", test.m.Detail,
				test.trail, test.m.Name(got.State), got.Left, fault, got.Problem, test.name, test.left, test.fault, test.reason)
		}
	}
}

// TestResolveLoop follows a trail that comes by a round twice.
func TestResolveLoop(t *testing.T) {
	r := newReplay(
		[]choice{{next: 1, grade: replay.Best}, {next: 0}},
		[]choice{{next: 2, grade: replay.Best}, {next: 0}}, // B leads back to round 1
		nil)
	m := compile(t, r, trail.ByTotal)
	for trail, want := range map[string]string{
		"1-AB.2-AB": "debrief-3.60m",
		"1-A.2-AB":  "debrief-3.36m",
		"1-AB.2-B":  m.Name(m.Resolver().Trail(m.Trail(follow(m, "-BA-B-A-"))).State),
	} {
		if got := m.Resolver().Trail(trail); m.Name(got.State) != want || got.Problem != "" {
			t.Errorf("%s leads to %s (%s), want %s", trail, m.Name(got.State), got.Problem, want)
		}
	}
}

func TestResolveAddress(t *testing.T) {
	m := compile(t, straight(3, 4), trail.ByPicks)
	for _, test := range []struct {
		link                string
		name, left, problem string
	}{
		{"test/", "index", "", ""},
		{"test/index.html?trail=start&clock=0&score=100", "index", "", ""},
		{"test/?trail=1-AC", "round-2.1-ac", "", ""},
		{"?trail=1-AC", "round-2.1-ac", "", ""},
		{"outcome-1c.1-bc", "outcome-1c.1-bc", "", ""},
		{"test/outcome-1c.1-bc?trail=1-BC", "outcome-1c.1-bc", "", ""},
		{"test/outcome-1c.1-bc?trail=1-AB", "outcome-1c.1-bc", "1-AB", "the page that the link leads to has the trail 1-BC, not 1-AB"},
		{"test/round-2.1-abcd", "round-2.1-abcd", "", ""},
		{"test/round-2.1-cx", "round-1", "1-cx", `the replay has no page "round-2.1-cx"; Round 1 has no choice X: its choices are A to D`},
		{"test/round-2.1-b.2-a", "outcome-1b.1-b", "2-a", `the replay has no page "round-2.1-b.2-a"; 2-a cannot be played after 1-b: the replay has changed since`},
		{"test/round-3.1-ab?trail=1-AB", "round-2.1-ab", "", `the replay has no page "round-3.1-ab"; its trail leads to round-2.1-ab`},
		{"test/round-9.1-ab?trail=1-AB", "round-2.1-ab", "", `the replay has no page "round-9.1-ab"; its trail leads to round-2.1-ab`},
		{"test/round-2.h00112233445566778899", "index", "h00112233445566778899", `the replay has no page "round-2.h00112233445566778899"`},
		{"test/style.css", "index", "", `the replay has no page "style.css"`},
	} {
		got := m.Resolver().Address(parseAddress(t, test.link))
		if m.Name(got.State) != test.name || got.Left != test.left || got.Problem != test.problem {
			t.Errorf("%s leads to %s, left %q, problem %q; want %s, %q, %q",
				test.link, m.Name(got.State), got.Left, got.Problem, test.name, test.left, test.problem)
		}
	}
}

// TestResolveLettersThatSpellAGrade tells the picks B, E, S and T of a round from
// the record best of a round.
func TestResolveLettersThatSpellAGrade(t *testing.T) {
	r := straight(1, 20)
	for i, c := range r.Rounds[0].Choices {
		if i > 0 && !strings.ContainsRune("BEST", rune(c.Letter)) {
			c.Outcome.Next = 1 // leads on at once, so that the round stays small
		}
	}
	m := compile(t, r, trail.ByGrades)
	for trail, want := range map[string]string{
		"1-BEST.10m2of19": "outcome-1b.1-best.10m2of19",
		"1-best.12m":      "debrief-2.1-best.12m",
	} {
		if got := m.Resolver().Trail(trail); m.Name(got.State) != want || got.Problem != "" {
			t.Errorf("%s leads to %s (%s), want %s", trail, m.Name(got.State), got.Problem, want)
		}
	}
}

// FuzzResolve resolves whatever a link can be: nothing panics, the state exists,
// and a link without a fault is one whose trail was followed whole.
func FuzzResolve(f *testing.F) {
	for _, seed := range []string{
		"1-AC.2-ABD", "1-2x.2-0x1g.3-0xn.18m2of3", "1-miss.2-best.30m", "5m", "start", "", "1-.2-", "-A", "1-AC..", "..", "?", "x/",
		"https://example.org/test/round-2.1-ac.html?trail=1-AC&amp;clock=12&score=92", "test/?trail=1-AB.2-B.3-Z", "test/debrief-4.h00112233445566778899",
	} {
		f.Add(seed)
	}
	loop := newReplay(
		[]choice{{next: 1, grade: replay.Best}, {next: 0}, {next: 2, grade: replay.Good}},
		[]choice{{next: 2, grade: replay.Best}, {next: 0}},
		[]choice{{next: 3, grade: replay.Best}, {next: 1, cost: 5}, {next: replay.Debrief}},
		nil)
	var machines []*trail.Machine
	var resolvers []*trail.Resolver
	for _, d := range trail.Details() {
		var list diag.List
		m := trail.Compile(loop, trail.Options{Detail: d.String(), MaxPages: trail.CountLimit}, &list)
		machines, resolvers = append(machines, m), append(resolvers, m.Resolver())
	}
	f.Fuzz(func(t *testing.T, link string) {
		a, err := trail.ParseAddress(link)
		for i, m := range machines {
			check := func(got trail.Resolution) {
				if got.State < 0 || got.State >= m.Len() {
					t.Fatalf("%q leads to state %d of %d", link, got.State, m.Len())
				}
				if (got.Fault == trail.NoFault) != (got.Problem == "") || got.Fault == trail.NoFault && got.Left != "" {
					t.Fatalf("%q: %+v", link, got)
				}
			}
			check(resolvers[i].Trail(link))
			if err == nil {
				check(resolvers[i].Address(a))
			}
		}
	})
}
