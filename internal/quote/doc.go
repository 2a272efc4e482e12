// Package quote says whether a quotation is in the documents, word for word.
//
// There are three verdicts. A quotation is [Exact] where a passage has it: the
// same words and signs in the same order, whole words at both ends. It is
// [Altered] where a passage clearly was its source and has other words; what
// differs is listed. Otherwise it is [Absent]. A sentence and its negation are
// nearly the same text, so that likeness never makes a quotation exact; it only
// chooses between altered and absent.
//
// What is folded before comparing is set, not meant: kinds of quotation marks
// and apostrophes among each other, hyphens and dashes, the ways of setting an
// ellipsis, white space, and whether the first letter is a capital. Code points
// that make the same letters (composed or not, ligatures, soft hyphens) are the
// same letters. All else counts, punctuation included.
//
// What a careful writer marks in a quotation is exact, and is named: words
// left out behind an ellipsis, within one passage; words in square brackets; a
// final comma or period inside the quotation marks that the source does not
// have there; footnote markers, which call a note from the source's page and are
// no words of its text; and what is plainly no part of the quotation behind it,
// a citation, a link or a remark such as (emphasis added). An ellipsis hides
// nothing: what it stands for is shown.
//
// From the bottom up: token.go folds a text into tokens that keep their byte
// offsets; pattern.go reads a quotation as what its source may look like;
// match.go finds it in a passage; paragraph.go does so across paragraphs;
// align.go compares it word by word with a passage that does not have it;
// difference.go says what differs; check.go puts it together, on the candidates
// that the index gives.
package quote
