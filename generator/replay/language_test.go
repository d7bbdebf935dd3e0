package replay_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLanguage(t *testing.T) {
	for written, want := range map[string]string{
		"de": "de", "de-at": "de-AT", "AR": "ar", "'pt-BR'": "pt-BR", "iw": "he", "": "",
	} {
		r, said := parse("---\nlanguage: " + written + "\n---\n" + withRound("**Actions:**\n1. x"))
		if r.Language != want || len(said) > 0 {
			t.Errorf("language: %s is %q, want %q; said %q", written, r.Language, want, said)
		}
		if got := r.LanguageSpan.Text(); got != written {
			t.Errorf("the language stands at %q, want %q", got, written)
		}
	}
	r, said := parse("---\nlanguage: german\n---\n" + withRound("**Actions:**\n1. x"))
	want := []string{`2:11 error setting-value "german": "language" cannot be "german": it is not a BCP 47 tag of a language`}
	if diff := cmp.Diff(want, said); diff != "" || r.Language != "" {
		t.Errorf("language %q, said (-want +got):\n%s", r.Language, diff)
	}
}
