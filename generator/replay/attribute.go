package replay

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/replaygen/replaygen/generator/config"
	"github.com/replaygen/replaygen/generator/diag"
)

// attributes are what the braces of an outcome's heading say.
type attributes struct {
	cost  *big.Rat
	grade *Grade
	next  string // as written, "" if not given
	// Where the values stand.
	gradeSpan, nextSpan diag.Span
}

const (
	outcomeBracesHint = "write for example {cost=8m grade=good next=2b}"
	endingBracesHint  = `write for example {verdict="The data is gone"}`
)

// outcomeAttributes takes over the attributes of an outcome's heading.
func (p *parser) outcomeAttributes(all []attribute) attributes {
	var found attributes
	for _, a := range all {
		switch strings.ToLower(a.name) {
		case "cost":
			found.cost = p.cost(a)
		case "grade":
			found.grade, found.gradeSpan = p.gradeNamed(a), a.valueSpan
		case "next":
			found.next, found.nextSpan = a.value, a.valueSpan
		default:
			p.unknownAttribute(a, "cost", "grade", "next")
		}
	}
	return found
}

// cost returns the minutes of an attribute, or nil.
func (p *parser) cost(a attribute) *big.Rat {
	minutes, err := parseDuration(a.value)
	if err != nil {
		p.Errorf(codeAttributeValue, a.valueSpan, durationHint, "the cost cannot be %q: %v", a.value, err)
		return nil
	}
	return minutes
}

// gradeNamed returns the grade of an attribute, or nil.
func (p *parser) gradeNamed(a attribute) *Grade {
	grades := []string{Best.String(), Good.String(), Miss.String()}
	i := slices.Index(grades, strings.ToLower(a.value))
	if i < 0 {
		p.Errorf(codeAttributeValue, a.valueSpan, oneOfHint(a.value, grades), "the grade cannot be %q", a.value)
		return nil
	}
	return &[]Grade{Best, Good, Miss}[i]
}

// verdict takes over the attribute of an ending's heading.
func (p *parser) verdict(all []attribute) (verdict string) {
	for _, a := range all {
		if strings.EqualFold(a.name, "verdict") {
			verdict = oneLine(a.value)
		} else {
			p.unknownAttribute(a, "verdict")
		}
	}
	return verdict
}

// unknownAttribute reports an attribute that is none of those known.
func (p *parser) unknownAttribute(a attribute, known ...string) {
	hint := "known are " + strings.Join(known, ", ")
	if len(known) == 1 {
		hint = "the only attribute here is " + known[0]
	}
	if near := config.Nearest(a.name, known); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
		if !strings.Contains(a.value, " ") {
			hint = fmt.Sprintf("did you mean \"%s=%s\"?", near, a.value)
		}
	}
	p.Errorf(codeAttributeUnknown, a.nameSpan, hint, "unknown attribute %q", a.name)
}
