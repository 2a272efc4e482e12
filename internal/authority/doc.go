// Package authority finds the legal authorities that a text names: statutes,
// regulations, constitutional provisions, treaties, cases, orders,
// resolutions, bills and reports, each with its span, key and link.
//
// A key is one string for every spelling of an authority, its family first:
// usc/50/3091, publ/80/253, un-charter/2(4), case/us/343/579.
//
// The text is read once from its start. A scanner stops where a word or a
// number starts that a citation can start with, and a family's reader takes
// over from there (cursor.go has what the readers share, scan.go says who
// reads what). A reader that is not certain finds nothing: a number that is no
// citation is never one. What names an authority without saying which (id., a
// short form, "Article 51") is resolved from what the document named before
// (history.go), or found without a key.
package authority
