// Package ingest reads bytes into a [document.Document]: it recognises the
// format, decodes the text, counts the paragraphs and footnotes, and connects
// the markers with the footnotes that they call. It trusts nothing it reads.
//
// [File] reads a file within limits, [Read] makes a document of it. The
// formats are rows of one table (format.go): how each is recognised by its
// content, by what names it goes, and what reads it. Content decides first
// and the name second, so that Markdown with front matter is Markdown under
// any name, and a PDF named notes.txt is read as a PDF.
//
// What follows are the rules for counting. Where they leave a doubt that a
// person should look at, [Reading.Doubts] says so; where a line could be a
// paragraph or something else, it is a paragraph, for a wrong number is the
// worst fault.
//
// # Characters
//
// The encoding is what a byte order mark says; else UTF-8, if all of the
// input is valid; else the declared charset; else Windows-1252. White space
// of any width is a plain space. Soft hyphens, zero-width characters and
// direction marks are left out. Quotation marks, dashes and letters are never
// altered, and words never change their order.
//
// # Plain text: paragraphs
//
//  1. Blank lines part paragraphs; the lines of one are joined by a space, or
//     by nothing after a hyphen or dash that ends a line.
//  2. Where no blank lines part the body (a title, the notes and their rule
//     apart), each line is a paragraph, and no line is a heading. Lines that
//     were plainly filled by a program (3 or more, up to 120 characters,
//     each with as many words as fit, most ending within a sentence) are
//     joined, with a doubt.
//  3. In a text with blank lines, a block of several lines that have 300
//     characters on average is a paragraph for each line.
//  4. In a block that begins with a list item, or from a line that ends in a
//     colon on, each item is a paragraph. A bullet is dropped; a number or
//     letter ("2.", "(b)") stays, for the text may refer to it.
//  5. The title is the first block where it is one line of up to 120
//     characters without punctuation at the end (a question mark is allowed
//     from three words on), with prose or a heading below, and is in
//     capitals or title case, or has a byline below, or is the file's name
//     over again, or is underlined. "By" and names, and a date, on lines
//     directly below it are its authors and date. Else the title is the
//     file's name made readable.
//  6. A heading is one line of up to 120 characters and 16 words, in capitals
//     or title case, numbered or not, without punctuation at the end, with a
//     paragraph or a heading that has one below; or a line that is
//     underlined. Neighbours that are numbered alike are list items.
//     Headings are no paragraphs; they name the section below them.
//
// # Plain text: footnotes
//
//  1. Notes are labelled "[1]", "¹", "1.", "1)", "1 Text", "*" or "†".
//  2. They begin below a rule (3 or more of _ - * = ~ or dashes on a line), if
//     text stands above it and a label follows it: one in brackets or
//     superscript always, another if the text above calls it or if notes
//     numbered from 1 fill the rest of the text. A rule that no notes
//     follow parts nothing.
//  3. They begin below a line "Notes", "Footnotes", "Endnotes", "References",
//     "Citations" or "Sources", if a label follows.
//  4. Without either, the last blocks are notes if they are labelled "[1]" or
//     "¹" and so on without a gap, and each is called above.
//  5. A line or block without a label goes on with the note above: within a
//     block after a space, else as a paragraph of the same note, after a line
//     break. The notes end at a rule, or at a heading with prose below.
//  6. Notes are numbered in reading order; Label keeps what is printed where
//     that is not the number. Where printed numbers begin again, a marker
//     means the notes next below it.
//
// # Plain text: markers
//
//  1. "[1]", "¹" and "*" within a paragraph call the note of that label. Where
//     there is none they are text, with a doubt for numbers. A number in
//     brackets at the beginning of a paragraph, or that pinpoints a paragraph
//     of a judgment ("at [34]"), is text.
//  2. In a text without such markers, a plain number directly after closing
//     punctuation ("…abroad.1 That…") calls a note if it is the next one that
//     was not called.
//  3. A note that nothing calls is kept, with a doubt.
//
// # Markdown
//
//  1. Front matter is YAML between lines "---" or TOML between lines "+++", at
//     the very beginning. Its keys are title, author or authors, date, lang
//     or language, canonical, url or source, site or publication, and note.
//     Without a title in it, the first-level heading that is the first block
//     or the only one is the title.
//  2. A paragraph is a paragraph; so is a block of code. A list item is one,
//     and so is a block quote: where they have several paragraphs, these are
//     joined by line breaks. Items of a list within an item are paragraphs of
//     their own. The numbers and bullets of items are not part of the text.
//  3. Text is what is displayed: emphasis, code and links as their text, bare
//     addresses as they are, images as their description, escapes and
//     entities resolved, a line break as a space; tags and comments are left
//     out. Nothing is made typographic. Tables are no special blocks.
//  4. An underlined heading of several lines, or of more than 80 bytes that
//     ends as a sentence does, is a paragraph that "---" came too close to.
//  5. Footnotes "[^x]" are numbered in the order of their first calls, and
//     printed "[n]" where they are called. Those that nothing calls come last,
//     with a doubt; a call without a definition is text, with a doubt. A note
//     that stands where it is called, "^[text]", is one of them.
//  6. A text without such footnotes may have plain ones: below a rule or a
//     heading "Notes" and the like, to the end, paragraphs labelled "[1]" or
//     "¹" or a numbered list, the first of them called above.
//
// # HTML
//
//  1. Scripts, styles, comments, forms, pictures with their captions, deleted
//     text and what is hidden are left out, and so is what sites put around a
//     text: what its element, role, class or id says is navigation, a banner,
//     comments, a byline and so on, unless it holds a third of the page's
//     sentences; lists of links; short lines that sites use.
//  2. The text is in the smallest element that holds what readability finds
//     and all that calls a footnote. The words are the page's own.
//  3. A block of text is a paragraph; two line breaks part them, one is a
//     space (where lines are 300 characters long on average, each is one).
//     List items, quotes and code are read as in Markdown. A row of a table is
//     a paragraph, its cells parted by line breaks; a table that lays out the
//     page, one with headings, lists or paragraphs in its cells or with a
//     single row or column, is read as if it were none.
//  4. h1 to h6 are headings; in a text without them, bold lines are.
//  5. A link calls a footnote if it shows a label (a number, a letter, a sign),
//     leads to a place further down that has no heading, and is marked or
//     raised as a caller is, or the place leads back. That holds for footnotes
//     and endnotes of whatever made the page. Notes within the text
//     (sidenotes) are footnotes too.
//  6. A note is the block that its place is or is in, without its label and
//     the way back; paragraphs between it and the next note go on with it.
//     Notes are numbered in the order in which they stand.
//  7. A marker is printed "[label]". Raised digits that call nothing are
//     printed raised. A page without linked notes may have plain ones, as in
//     Markdown.
//  8. Title, authors, date, language, site and canonical address are what the
//     head declares (meta elements, Dublin Core, Open Graph, JSON-LD), then
//     what elements are marked as, then lines above the text.
//
// # PDF
//
// A PDF holds characters at places and no paragraphs. The program pdftohtml
// of poppler, which has to be installed, lays it out in a process of its own,
// bounded in time, memory and output. What it says of sizes and places is
// read by the habits of typesetting:
//
//  1. Ligatures (U+FB00 to U+FB06) are their letters; a hyphen that ends a
//     line stays if the rest of the document has the word with it, or has its
//     halves as words and not the whole. Text that is printed twice in one
//     place is read once; text that runs up the margin is left out.
//  2. The first and last lines of pages that repeat at one height, numbers
//     alike or counting on, are left out, with a doubt where they have words;
//     so are the numbers of lines down the margin, and tables of contents
//     whose entries dots lead to a page.
//  3. Columns are read one after the other, and what spans them in its place.
//  4. A paragraph begins behind more than 1.22 times the usual distance of
//     lines, at an indented line or an item's sign, and behind a line that
//     ends far from the edge. It goes on in the next column or page where its
//     last line is full or its sentence is open.
//  5. A heading is larger or bold, or is a bookmark of the PDF, or stands by
//     itself in capitals or italics. The title is the largest on the first
//     page; names and a date below it are its authors and its date.
//  6. The bullet of a list item is not part of its text, nor is its number
//     where the item is set in or hangs.
//  7. Footnotes are what stands below the body in smaller type, or behind a
//     raised number at a line's beginning, to the foot of the column; what
//     comes first there without a number goes on with the note of the page
//     before. Endnotes stand below a heading "Notes" or are the last numbered
//     items. They are numbered in the order of the pages.
//  8. A raised number or sign is a marker, printed "[n]", and calls the note
//     of its label on its page or the nearest after it. Notes that none calls
//     are looked for as "[1]", and as digits directly behind a word, in order.
//     A raised number that calls none is printed raised, with a doubt.
//
// # Word documents, OpenDocument texts and EPUBs
//
//  1. An archive is what its media type or content types declare, under any
//     name. Nothing is written to files. What it unpacks to, and the elements,
//     depth and tags of its XML, are bounded; document types that declare
//     entities are refused.
//  2. A style says what a paragraph is, by its name in Word's own English, its
//     outline level, or the style that it is based on: heading, title, author,
//     date, quote, list item. Where no heading has a style, a line that is
//     all bold, or in capitals, is one if it would be in plain text.
//  3. The title is a paragraph of that style (and of the subtitle's); else a
//     first line that repeats the properties' title; else a first-level
//     heading at the beginning that is the only one; else a first line that is
//     bold, centred or in capitals and would be a title in plain text; else
//     that of the properties. Authors and date are those printed below it,
//     else those of the properties. The dates of the file are not that of
//     publication.
//  4. Neighbouring quotes are one, and so are a list item and what goes on
//     with it. The numbers of lists and headings are not part of the text. A
//     row of a table is one paragraph, its cells parted by line breaks, if no
//     cell holds more than one; else each paragraph in it counts. Text boxes
//     come below the paragraph that they are anchored in.
//  5. Left out are: text that was deleted or is hidden, comments, headers and
//     footers, tables of contents, indexes, the code of fields, page numbers,
//     and in books the navigation, cover, title page and imprint.
//  6. Footnotes and endnotes are numbered together in the order of their first
//     calls, however each is numbered where it is printed, and printed "[n]"
//     where they are called. One that prints a mark of its own keeps it, "[*]";
//     those below it are labelled as the word processor counts, without it. In
//     books a link calls a note if it, or what it leads to, says so; or if it
//     is a number or sign and the note links back.
//  7. Where there are no such notes, plain ones are looked for as in Markdown.
package ingest
