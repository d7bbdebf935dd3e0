package language_test

import (
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/feature/plural"
	xlanguage "golang.org/x/text/language"
	"pgregory.net/rapid"

	"github.com/replaygen/replaygen/generator/language"
)

func parse(t *testing.T, text string) language.Tag {
	t.Helper()
	tag, err := language.Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return tag
}

func TestParse(t *testing.T) {
	for text, want := range map[string]string{
		"en": "en", "de-at": "de-AT", "AR": "ar", "sr-latn": "sr-Latn", "iw": "he", "en_US": "en-US",
		"de-DE-1996": "de-DE-1996", "mul": "mul",
		"": "", "english": "", "xx": "", "und": "", "a": "", "../x": "", "de at": "", "de\x00": "",
	} {
		tag, err := language.Parse(text)
		if tag.String() != want || (err == nil) != (want != "") {
			t.Errorf("Parse(%q) = %q, %v, want %q", text, tag, err, want)
		}
	}
}

func TestDir(t *testing.T) {
	for text, want := range map[string]string{
		"en": "ltr", "de": "ltr", "ar": "rtl", "ar-EG": "rtl", "he": "rtl", "fa": "rtl", "ur": "rtl", "yi": "rtl",
		"dv": "rtl", "ckb": "rtl", "az": "ltr", "az-Arab": "rtl", "ar-Latn": "ltr", "ja": "ltr", "mn-Mong": "ltr",
	} {
		if got := parse(t, text).Dir(); got != want {
			t.Errorf("%s runs %s, want %s", text, got, want)
		}
	}
}

func TestChain(t *testing.T) {
	for text, want := range map[string][]string{
		"de": {"de"}, "de-AT": {"de-AT", "de"}, "en-GB": {"en-GB", "en-001", "en"}, "zh-Hant-HK": {"zh-Hant-HK", "zh-Hant"},
	} {
		var got []string
		for _, tag := range parse(t, text).Chain() {
			got = append(got, tag.String())
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("chain of %s (-want +got):\n%s", text, diff)
		}
	}
	if got := (language.Tag{}).Chain(); len(got) > 0 {
		t.Errorf("no language has the chain %v", got)
	}
}

func TestNearest(t *testing.T) {
	have := []language.Tag{parse(t, "en"), parse(t, "ar"), parse(t, "de-CH"), parse(t, "de"), parse(t, "pt")}
	for text, want := range map[string]string{
		"en-GB": "en", "de-AT": "de", "de-CH": "de-CH", "gsw": "de-CH", "ar-EG": "ar", "pt-BR": "pt", "fr": "", "fa": "", "he": "",
	} {
		got := ""
		if i, ok := parse(t, text).Nearest(have); ok {
			got = have[i].String()
		}
		if got != want {
			t.Errorf("nearest to %s is %q, want %q", text, got, want)
		}
	}
	if _, ok := parse(t, "en").Nearest(nil); ok {
		t.Error("there is a language among none")
	}
}

// TestForm compares the forms with the library's own.
func TestForm(t *testing.T) {
	forms := map[plural.Form]language.Form{
		plural.Zero: language.Zero, plural.One: language.One, plural.Two: language.Two,
		plural.Few: language.Few, plural.Many: language.Many, plural.Other: language.Other,
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SampledFrom([]string{"en", "de", "ar", "fr", "pl", "ru", "ja", "cy", "he"}).Draw(t, "language")
		n := rapid.IntRange(0, 2_000_000).Draw(t, "number")
		tag, err := language.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := tag.Form(n), forms[plural.Cardinal.MatchPlural(xlanguage.MustParse(text), n, 0, 0, 0, 0)]; got != want {
			t.Errorf("%d takes the form %s in %s, want %s", n, got, text, want)
		}
	})
}

func TestUses(t *testing.T) {
	for text, want := range map[string]string{
		"en": "one 1/1 other 199/0 ",
		"fr": "one 2/0 other 198/2 ",
		"ja": "other 200/0 ",
		"ar": "zero 1/0 one 1/1 two 1/2 few 16/3 many 178/11 other 3/100 ",
		"pl": "one 1/1 few 54/2 many 145/0 ",
	} {
		got := ""
		for i, use := range parse(t, text).Uses() {
			if use.Numbers > 0 {
				got += language.Form(i).String() + " " + strconv.Itoa(use.Numbers) + "/" + strconv.Itoa(use.Least) + " "
			}
		}
		if got != want {
			t.Errorf("%s uses %s, want %s", text, got, want)
		}
	}
}
