package replay_test

import (
	"math/big"
	"strings"
	"testing"

	"github.com/replaygen/replaygen/generator/diag"
)

func minutes(r *big.Rat) string {
	if r == nil {
		return "none"
	}
	return r.RatString()
}

// Times in prose, read as the optimal and as the worst time.
func TestReadingTimes(t *testing.T) {
	tests := map[string][2]string{
		"12 minutes (check -> read 3 logs)":         {"12", "12"},
		"60+ minutes including 20 minutes of drain": {"60", "60"},
		"90+ minutes plus secondary incidents":      {"90", "90"},
		"2+ hours of freezes plus risk of lockup":   {"120", "120"},
		"~3 hours":                         {"180", "180"},
		"about 3 hours":                    {"180", "180"},
		"At least 45 min.":                 {"45", "45"},
		"1h30m":                            {"90", "90"},
		"1 hour 20 minutes":                {"80", "80"},
		"1 hour and 20 minutes, then":      {"80", "80"},
		"2 hours, 5 minutes":               {"125", "125"},
		"90 sec":                           {"3/2", "3/2"},
		"1.5 hours":                        {"90", "90"},
		"2 days":                           {"2880", "2880"},
		"1 week":                           {"10080", "10080"},
		"1,200 minutes":                    {"1200", "1200"},
		"10-15 minutes":                    {"10", "15"},
		"10–15 min":                        {"10", "15"},
		"10 to 15 minutes":                 {"10", "15"},
		"30 minutes to 2 hours":            {"30", "120"},
		"1 - 2 hours":                      {"60", "120"},
		"2 hours - 3 engineers were paged": {"120", "120"},
		"3x ~5 minutes (each retry) + 20 minutes (drain)": {"35", "35"},
		"3 × 5 minutes":    {"15", "15"},
		"2x 10-15 minutes": {"20", "30"},
		"20 minutes of retries + 10 minutes of drain": {"30", "30"},
		"20 minutes of retries plus 1 hour of drain":  {"80", "80"},
		"`15m`":          {"15", "15"},
		"**15 minutes**": {"15", "15"},
		"0 (pods rescheduled; 5 minutes degraded)": {"0", "0"},
		"0":                                  {"0", "0"},
		"25":                                 {"25", "25"},
		"30+":                                {"30", "30"},
		"Varies (30 minutes to 2 hours)":     {"none", "none"},
		"Varies with the 5 minutes of cache": {"none", "none"},
		"35 pods for 5 minutes":              {"none", "none"},
		"12 monkeys":                         {"none", "none"},
		"1.2.3 minutes":                      {"none", "none"},
		"10001 hours":                        {"none", "none"},
		"1234567890123456789012 minutes":     {"none", "none"},
		"":                                   {"none", "none"},
		"(5 minutes":                         {"none", "none"},
		"20) minutes (of 30)":                {"none", "none"},
	}
	for text, want := range tests {
		r, _ := parse("# T\n## Damage Report\n- **Optimal resolution time:** " + text + "\n- **If every wrong choice was made:** " + text + "\n")
		if got := [2]string{minutes(r.Optimal), minutes(r.Worst)}; got != want {
			t.Errorf("%s: got %v, want %v", text, got, want)
		}
	}
}

func TestTimesAndTheirPlaces(t *testing.T) {
	r, _ := parse("# T\n## Damage Report\n- **Worst case:** unclear\n- **Cost of wrong choices:** 2 h\n- **best-case time:** 5 min\n")
	if minutes(r.Optimal) != "5" || minutes(r.Worst) != "120" {
		t.Errorf("optimal %v, worst %v", minutes(r.Optimal), minutes(r.Worst))
	}
	if o, w := r.OptimalSpan.Position(), r.WorstSpan.Position(); o != (diag.Position{Line: 5, Column: 23}) || w != (diag.Position{Line: 4, Column: 30}) {
		t.Errorf("at %v and %v", o, w)
	}
	r, _ = parse("# T\n## Damage Report\n- **Optimal resolution time:** unclear\n")
	if r.OptimalSpan.Text() != "unclear" || r.Optimal != nil {
		t.Errorf("an unreadable time: %v at %q", r.Optimal, r.OptimalSpan.Text())
	}
	if r.WorstSpan.Text() != "Damage Report" {
		t.Errorf("a time that is not there: at %q", r.WorstSpan.Text())
	}
	r, _ = parse("# T\n")
	if r.WorstSpan.Text() != "T" {
		t.Errorf("without a report: %q", r.WorstSpan.Text())
	}
	r, _ = parse("---\nworst: 2h\n---\n# T\n## Damage Report\n- **Worst case:** 5 minutes\n")
	if minutes(r.Worst) != "120" || r.WorstSpan.Text() != "2h" {
		t.Errorf("the front matter does not win: %v", minutes(r.Worst))
	}
}

func TestDurations(t *testing.T) {
	for written, want := range map[string]string{
		"8": "8", "8m": "8", "8 min": "8", "8minutes": "8", "1h30m": "90", "1h 30m": "90", "90s": "3/2", "0": "0", "0.5h": "30", "1d": "1440", "10000h": "600000",
	} {
		r, diagnostics := parse("---\noptimal: \"" + written + "\"\n---\n" + withRound("**Actions:**\n1. x"))
		if minutes(r.Optimal) != want || len(diagnostics) > 0 {
			t.Errorf("%s: got %v, %v", written, minutes(r.Optimal), diagnostics)
		}
	}
	for _, written := range []string{"x", "8x", "8m x", "m", "1h30", "+8", "1e3", "8m-9m", "3x5m", "8 apples", "１２m", "8,5", "1,00 m"} {
		if _, diagnostics := parse("---\noptimal: \"" + written + "\"\n---\n" + withRound("**Actions:**\n1. x")); !strings.Contains(strings.Join(diagnostics, ""), "setting-value") {
			t.Errorf("%s: is accepted", written)
		}
	}
}
