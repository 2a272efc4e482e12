package ingest_test

import (
	"strings"
	"testing"

	"pincite/internal/ingest"
)

func TestTextParagraphs(t *testing.T) {
	long := strings.Repeat("The pilot left the bridge and nobody relieved him until dawn. ", 6) + "So it ended."
	checkOutlines(t, ".txt", []outlineTest{
		{"blank lines part", "One\nruns on.\n\nTwo.\n \t \nThree.", `
p1 One runs on.
p2 Two.
p3 Three.
`},
		{"a line each without blank lines", "One.\nTwo is here.\nThree\n", `
p1 One.
p2 Two is here.
p3 Three
`},
		{"no headings in a line each", "INTRODUCTION\nOne is here.\nThe Law\nTwo is here.", `
p1 INTRODUCTION
p2 One is here.
p3 The Law
p4 Two is here.
`},
		{"a title above a line each", "On the Law of Ferries\n\nOne is here.\nTwo is here.", `
title On the Law of Ferries
p1 One is here.
p2 Two is here.
`},
		{"a line each above blank lines and notes", "One is here.[1]\nTwo is here.\n\n____\n\n[1] A note.\n", `
p1 One is here.[1]→1
p2 Two is here.
n1 A note.
`},
		{"lines that a program filled", `The harbour board met on a Tuesday in order to hear what the
pilots had to say about the new buoys, and adjourned when it
turned out that none of them had seen the buoys at all, let
alone passed them.`, `
p1 The harbour board met on a Tuesday in order to hear what the pilots had to say about the new buoys, and adjourned when it turned out that none of them had seen the buoys at all, let alone passed them.
? layout
`},
		{"long lines within blocks", "One.\n\n" + long + "\n" + long + "\n\nTwo.", "p1 One.\np2 " + long + "\np3 " + long + "\np4 Two.\n"},
		{"hyphens and dashes at the end of a line", "A self-\ngoverning port—\nit was none—and pre-\nand post-war rules -\nmore.\n\nTwo.", `
p1 A self-governing port—it was none—and pre- and post-war rules - more.
p2 Two.
`},
		{"tabs and runs of spaces", "\tOne\tand  two.\n\n   Three.", `
p1 One and  two.
p2 Three.
`},
		{"rules part nothing", "One.\n\n* * *\n\nTwo.\n\n-----\n\nThree.", `
p1 One.
p2 Two.
p3 Three.
`},
	})
}

func TestTextLists(t *testing.T) {
	checkOutlines(t, ".txt", []outlineTest{
		{"after a colon", "There are two:\n- the lock, which\n  leaks; and\n- the keeper.\n\nSo it is.", `
p1 There are two:
p2 the lock, which leaks; and
p3 the keeper.
p4 So it is.
`},
		{"a block of its own", "There are two.\n\n• the lock\n• the keeper\n\nSo it is.", `
p1 There are two.
p2 the lock
p3 the keeper
p4 So it is.
`},
		{"numbers stay", "There are two.\n\n1. the lock\n2. the keeper\n3) no third\n\nSo it is.", `
p1 There are two.
p2 1. the lock
p3 2. the keeper 3) no third
p4 So it is.
`},
		{"letters and roman numerals", "There are:\n(a) the lock,\n  (i) upper and\n  (ii) lower;\n(b) the keeper.\n\nSo it is.", `
p1 There are:
p2 (a) the lock,
p3 (i) upper and
p4 (ii) lower;
p5 (b) the keeper.
p6 So it is.
`},
		{"a wrapped line is no item", "He relied on section\n1. The board did not, nor on\n- as he said - the custom.\n\nSo it is.", `
p1 He relied on section 1. The board did not, nor on - as he said - the custom.
p2 So it is.
`},
		{"a letter that looks like a numeral", "(g) one\n(h) two\n(i) three\n(j) four\n\nSo it is.", `
p1 (g) one
p2 (h) two
p3 (i) three
p4 (j) four
p5 So it is.
`},
		{"numerals that look like letters", "These:\n(i) one\n(ii) two\n(iii) three\n(iv) four\n(v) five\n(vi) six\n\nSo it is.", `
p1 These:
p2 (i) one
p3 (ii) two
p4 (iii) three
p5 (iv) four
p6 (v) five
p7 (vi) six
p8 So it is.
`},
		{"numbered blocks", "1. Locks\n\n2. Keepers\n\nSo it is.", `
p1 1. Locks
p2 2. Keepers
p3 So it is.
`},
	})
}

func TestTextTitlesAndHeadings(t *testing.T) {
	const body = "One is a sentence.\n\nTwo is another."
	checkOutlines(t, ".txt", []outlineTest{
		{"title case", "On the Law of Ferries\n\n" + body, `
title On the Law of Ferries
p1 One is a sentence.
p2 Two is another.
`},
		{"capitals, authors, date", "FERRIES\nBy Ada North, Bo de South and C. D. West\n\nPublished: March 3rd, 2019\n\n" + body, `
title FERRIES
by Ada North; Bo de South; C. D. West
date 2019-03-03
p1 One is a sentence.
p2 Two is another.
`},
		{"sentence case with an author", "Ferries and their keepers: a study\n\nBy Ada North\n\n" + body, `
title Ferries and their keepers: a study
by Ada North
p1 One is a sentence.
p2 Two is another.
`},
		{"a question", "May a Ferry Wait for Nobody?\n\n" + body, `
title May a Ferry Wait for Nobody?
p1 One is a sentence.
p2 Two is another.
`},
		{"sentence case alone is a paragraph", "Ferries and their keepers: a study\n\n" + body, `
p1 Ferries and their keepers: a study
p2 One is a sentence.
p3 Two is another.
`},
		{"underlined", "Ferries and their keepers\n=========================\n\n" + body, `
title Ferries and their keepers
p1 One is a sentence.
p2 Two is another.
`},
		{"a full stop makes a paragraph", "On the Law of Ferries.\n\n" + body, `
p1 On the Law of Ferries.
p2 One is a sentence.
p3 Two is another.
`},
		{"by, but no byline", "On the Law of Ferries\n\nBy Monday the Ferry was late.\n\nTwo is another.", `
title On the Law of Ferries
p1 By Monday the Ferry was late.
p2 Two is another.
`},
		{"nothing below", "On the Law of Ferries", "p1 On the Law of Ferries\n"},
		{"headings", "Before any.\n\nI. BACKGROUND\n\nA. The Lock\n\nOne is a sentence.\n\nThe Keeper\n\nTwo is another.\n\nAn Ending", `
p1 Before any.
p2 [A. The Lock] One is a sentence.
p3 [The Keeper] Two is another.
p4 [The Keeper] An Ending
`},
		{"numbered items of which one is a sentence", "Before any.\n\n1. Locks\n\n2. The keeper slept.\n\nTwo is another.", `
p1 Before any.
p2 1. Locks
p3 2. The keeper slept.
p4 Two is another.
`},
		{"underlined heading", "Before any.\n\nthe lock\n--------\nOne is a sentence.\n\nTwo is another.", `
p1 Before any.
p2 [the lock] One is a sentence.
p3 [the lock] Two is another.
`},
		{"headings keep across a rule", "Before any.\n\nThe Lock\n\n***\n\nOne is a sentence.\n\nTwo is another.", `
p1 Before any.
p2 The Lock
p3 One is a sentence.
p4 Two is another.
`},
		{"short sentences are no headings", "Before any.\n\nhe said no\n\nOne is a sentence.\n\nHe Said No.\n\nTwo is another.", `
p1 Before any.
p2 he said no
p3 One is a sentence.
p4 He Said No.
p5 Two is another.
`},
	})
}

func TestTextNotes(t *testing.T) {
	checkOutlines(t, ".txt", []outlineTest{
		{"brackets below a rule", "One is here.[1] And more.[2]\n\nTwo is here [1].\n\n____\n\n[1] First.\n[2] Second,\nwrapped.\n\n    Its second paragraph.", `
p1 One is here.[1]→1 And more.[2]→2
p2 Two is here [1]→1.
n1 First.
n2 Second, wrapped.⏎Its second paragraph.
`},
		{"superscripts", "One is here.¹ And 10 km² more.²\n\nTwo is here.\n\n---\n¹ First.\n² Second.", `
p1 One is here.¹→1 And 10 km² more.²→2
p2 Two is here.
n1 First.
n2 Second.
`},
		{"a heading", "One is here.[1]\n\nTwo is here.\n\nENDNOTES:\n\n[1] First.\n\nunindented and unnumbered.", `
p1 One is here.[1]→1
p2 Two is here.
n1 First.⏎unindented and unnumbered.
`},
		{"a heading above a rule", "One is here.[1]\n\nTwo is here.\n\nNotes\n________\n\n[1] First.", `
p1 One is here.[1]→1
p2 Two is here.
n1 First.
`},
		{"a heading in a line each", "One is here.[1]\nTwo is here.\nNotes\n1. First.\n", `
p1 One is here.[1]→1
p2 Two is here.
n1 First.
`},
		{"neither rule nor heading", "One is here.[1]\n\nTwo is here.[2]\n\n[1] First.\n\n[2] Second.", `
p1 One is here.[1]→1
p2 Two is here.[2]→2
n1 First.
n2 Second.
`},
		{"numbered paragraphs of a judgment", "The facts are simple.\n\n[1] The ferry was late.\n\n[2] Nobody minded, as held at [1].", `
p1 The facts are simple.
p2 [1] The ferry was late.
p3 [2] Nobody minded, as held at [1].
`},
		{"numbered paragraphs below a rule", "A Ferry\n\n____\n\n[1] The ferry was late.\n\n[2] Nobody minded.", `
title A Ferry
p1 [1] The ferry was late.
p2 [2] Nobody minded.
`},
		{"points, called by plain digits", "One is here.1 And “more.”2\n\nTwo is sec.2 of the Act, 3.2 knots, and said,3 at last.\n\n____\n\n1. First.\n2. Second.\n3. Third.", `
p1 One is here.1→1 And “more.”2→2
p2 Two is sec.2 of the Act, 3.2 knots, and said,3→3 at last.
n1 First.
n2 Second.
n3 Third.
`},
		{"plain digits out of sequence are text", "One is here.2 And more.\n\nTwo is here.\n\n____\n\n1. First.\n\n2. Second.", `
p1 One is here.2 And more.
p2 Two is here.
n1 First.
n2 Second.
? note n1
? note n2
`},
		{"bare numbers", "One is here.1\n\nTwo is here.2\n\n____\n\n1 First.\n2 Second, to be found on page\n9 The end.", `
p1 One is here.1→1
p2 Two is here.2→2
n1 First.
n2 Second, to be found on page 9 The end.
`},
		{"signs", "On Ferries*\n\nOne is here.† So be it.\n\nTwo is here.\n\n____\n\n* Ada North wrote this.\n\n† First.", `
title On Ferries
p1 One is here.†→2 So be it.
p2 Two is here.
n1 (*) Ada North wrote this.
n2 (†) First.
? note n1
`},
		{"a rule above a list of bullets", "One is here.\n\n---\n\n* a lock\n* a keeper\n\nTwo is here.", `
p1 One is here.
p2 a lock
p3 a keeper
p4 Two is here.
`},
		{"a rule above numbered points in the middle", "One is here.\n\n---\n\n1. A lock.\n\n2. A keeper.\n\n---\n\nTwo is here.", `
p1 One is here.
p2 1. A lock.
p3 2. A keeper.
p4 Two is here.
`},
		{"numbers that are skipped", "One is here.[5]\n\nTwo is here.[7]\n\n____\n\n[5] First.\n\n[7] Second.", `
p1 One is here.[5]→1
p2 Two is here.[7]→2
n1 (5) First.
n2 (7) Second.
`},
		{"numbers that begin again", "One.[1] And.[2]\n\n____\n\n[1] First.\n[2] Second.\n\n____\n\nTwo.[1] See above.[2]\n\n____\n\n[1] Third.\n[2] Fourth.", `
p1 One.[1]→1 And.[2]→2
p2 Two.[1]→3 See above.[2]→4
n1 First.
n2 Second.
n3 (1) Third.
n4 (2) Fourth.
`},
		{"numbers that begin again among endnotes", "One.[1] And.[2] Again.[1]\n\nTwo.[2]\n\nThree.[1] And.[2]\n\nNotes\n\n[1] First.\n[2] Second.\n[1] Third.\n[2] Fourth.", `
p1 One.[1]→1 And.[2]→2 Again.[1]→3
p2 Two.[2]→4
p3 Three.[1]→3 And.[2]→4
n1 First.
n2 Second.
n3 (1) Third.
n4 (2) Fourth.
`},
		{"a marker without a note, a note without a marker", "One is here.[1] And.[3]\n\nTwo is here, since [2024] UKSC 41, [12] and [1999] AC 3 [44] at [9].\n\n____\n\n[1] First.\n\n[2] Second.", `
p1 One is here.[1]→1 And.[3]
p2 Two is here, since [2024] UKSC 41, [12] and [1999] AC 3 [44] at [9].
n1 First.
n2 Second.
? marker p1
? note n2
`},
		{"brackets that alter a quotation", "One “[i]s here” and [a] lock.[i]\n\nTwo is here.\n\n____\n\n[i] First.", `
p1 One “[i]s here” and [a] lock.[i]→1
p2 Two is here.
n1 (i) First.
`},
		{"notes that call notes", "One is here.[1] And.[2]\n\nTwo is here.\n\n____\n\n[1] First.\n\n[2] See note [1] and, for the rest, [9].", `
p1 One is here.[1]→1 And.[2]→2
p2 Two is here.
n1 First.
n2 See note [1]→1 and, for the rest, [9].
`},
		{"text below the notes", "One is here.[1]\n\nTwo is here.\n\n____\n\n[1] First.\n\nAbout the Author\n\nAda North lives by a canal.", `
p1 One is here.[1]→1
p2 Two is here.
p3 [About the Author] Ada North lives by a canal.
n1 First.
`},
		{"arrows back", "One is here.[1]\n\nTwo is here.\n\n____\n\n[1] First. ↩︎", `
p1 One is here.[1]→1
p2 Two is here.
n1 First.
`},
		{"a label without a text", "One is here.[1] And.[2]\n\nTwo is here.\n\n____\n\n[1]\nFirst.\n\n[2]\n", `
p1 One is here.[1]→1 And.[2]
p2 Two is here.
n1 First.
? marker p1
`},
	})
}

// What is not a note's label stays as it is, byte for byte.
func TestTextKeepsItsBytes(t *testing.T) {
	give := "“It’s  5–6 o’clock” — he said…\n\nnaïve café ﬁre 10² ½ §§ 3091–94"
	r := read(t, ingest.Source{Name: "a.txt", Bytes: []byte(give)})
	for i, want := range strings.Split(give, "\n\n") {
		if got := r.Document.Passages[i].Text; got != want {
			t.Errorf("¶ %d is %q, want %q", i+1, got, want)
		}
	}
}
