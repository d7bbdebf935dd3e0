package replay

import "github.com/replaygen/replaygen/generator/diag"

// What [Parse] reports.
const (
	codeNotUTF8     diag.Code = "not-utf8"
	codeFenceOpen   diag.Code = "fence-open"
	codeCommentOpen diag.Code = "comment-open"
	codeMarkerSpace diag.Code = "marker-space"

	codeFrontMatterOpen diag.Code = "front-matter-open"
	codeSettingValue    diag.Code = "setting-value"
	codeSlug            diag.Code = "slug-unusable"

	codeTitleMissing   diag.Code = "title-missing"
	codeSetupMissing   diag.Code = "setup-missing"
	codeReportMissing  diag.Code = "damage-report-missing"
	codeRoundsMissing  diag.Code = "rounds-missing"
	codeSectionUnknown diag.Code = "section-unknown"
	codeSectionTwice   diag.Code = "section-repeated"
	codeIgnored        diag.Code = "content-ignored"
	codeLinkRefused    diag.Code = "link-refused"
	codeImageAlt       diag.Code = "image-alt"
	codeReferenceTwice diag.Code = "reference-repeated"

	codeRoundLabel diag.Code = "round-label"
	codeRoundTwice diag.Code = "round-repeated"
	codeRoundEmpty diag.Code = "round-empty"

	codeEndingTitle diag.Code = "ending-title"
	codeEndingTwice diag.Code = "ending-repeated"

	codeChoiceLetter diag.Code = "choice-letter"
	codeChoiceEmpty  diag.Code = "choice-empty"

	codeOutcomeHeading diag.Code = "outcome-heading"
	codeOutcomeUnknown diag.Code = "outcome-unknown"
	codeOutcomeTwice   diag.Code = "outcome-repeated"
	codeTooLarge       diag.Code = "too-large"
	codeOutcomeMissing diag.Code = "outcome-missing"
	codeResultEmpty    diag.Code = "result-empty"
	codeResultStray    diag.Code = "result-stray"
	codeResultAssigned diag.Code = "result-assigned"

	codeBestMissing diag.Code = "best-missing"
	codeBestTwice   diag.Code = "best-repeated"

	codeAttributeSyntax  diag.Code = "attribute-syntax"
	codeAttributeUnknown diag.Code = "attribute-unknown"
	codeAttributeTwice   diag.Code = "attribute-repeated"
	codeAttributeValue   diag.Code = "attribute-value"

	codeNextUnknown diag.Code = "next-unknown"
	codeNextRead    diag.Code = "next-read"
)
