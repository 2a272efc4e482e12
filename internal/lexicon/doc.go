// Package lexicon turns everyday words into the terms of art that laws and
// analyses use for them ("blow up" into strike and destroy), and Spanish words
// into English ones, so that a question and its answer meet that do not share
// a word.
//
// A lexicon is a plain text that a moderator can write:
//
//	# Words of our reading group.
//	bomb, bombing, blow up => strike 0.8, airstrike, "use of force" 0.6
//	FTO                    <=> foreign terrorist organization
//	house                  =>
//
//	[es]
//	bombardear, bombardeo  => bomb, strike 0.8
//
// Each line is an entry. On the left stand words and phrases as people ask
// them, parted by commas; on the right the terms that are searched for as
// well. A word and its inflections are one (strike, strikes, striking), upper
// and lower case and accents do not matter, but a word that would be a
// function word in lower case (US, WHO) has to stand in capitals.
//
//   - A number with a decimal point after a term is its weight, above 0 and at
//     most 1.0: how near the term comes to what was asked. 0.9 suits another
//     name of the same thing, 0.6 a near one, 0.4 a related one. Without a
//     number it is 0.5, and 0.9 in an entry with <=>.
//   - A phrase is found with an article or a pronoun within it, too (freeze
//     their accounts, for "freeze accounts"), with the verb's past (threw out, for
//     "throw out"), and with up to three words between a verb and its adverb
//     (kick a visitor out) or the rest of a longer phrase (get a group off the
//     list).
//   - <=> expands both ways: each side's words into all of the other side's.
//   - An entry with nothing on the right expands into nothing. In a server's
//     own file it takes back what the built-in lexicon has for those words.
//   - A # at the start of a line, or after white space, begins a comment.
//   - [en] and [es] say in which language the left side of the entries below
//     is written; the right side is English always, and <=> is for [en] only.
//     Before the first such line it is [en].
//   - Quotation marks around a word or phrase keep what would otherwise be
//     read as part of the format: "article 51", "yes, minister".
//
// # Kin
//
// Entries are written from what is asked to what documents say, but a document may
// use one everyday word where the question has another. What an entry says is
// therefore read backwards too, with less weight: [Lexicon.Kin] are the words that
// expand into a word, and those that expand into what it expands into.
//
// # The built-in lexicon
//
// The built-in lexicon is written in this format in the files data/en-*.txt
// and data/es-*.txt, by subject and by kind of word. The program does not read them at
// its start: they are compiled to builtin.tsv, a sorted table that is searched
// as it lies in the binary. After a change of the data, or of how package
// words makes stems, write it anew:
//
//	go test ./internal/lexicon -run TestBuiltin -update
package lexicon
