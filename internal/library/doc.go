// Package library keeps the documents: the base corpus, which everybody sees
// and nobody changes, and under the data folder one corpus for each server and
// one for the command line. It is the only writer of the corpora; an index is
// made from it and may be thrown away.
//
// # The data folder
//
//	corpora/<corpus>/<document id>/<version>-<check>/original       the bytes as they were added
//	corpora/<corpus>/<document id>/<version>-<check>/document.json  the document as it was read
//	corpora/<corpus>/<document id>/<version>-<check>/version.json   who, when, name, counts, hashes
//	corpora/<corpus>/.lexicon/<number>-<check>.txt                  the corpus's own lexicon, as it was set
//	drafts/<corpus>/<draft id>-<time>/original                      the bytes that somebody may add
//	drafts/<corpus>/<draft id>-<time>/draft.json                    whose, name, title, hash
//	locks/<corpus>.lock                                             held while a change is committed
//	tmp/<session>/                                                  what is being written or deleted
//
// A version is a number from 1, printed with six digits. The highest is the
// current one; the earlier ones are kept until the document is removed.
// <check> is the beginning of the SHA-256 of version.json, which in turn holds
// the SHA-256 of the other two files, so that the name of the folder vouches
// for all that is in it. A version's folder is never changed once it has its
// name. A copy made of the data folder while it is in use is usable: what is
// half copied is seen as damaged, never as whole.
//
// # Adding and removing
//
// A version is written under tmp/, each file and the folder synced, and gets
// its name by one rename; then the folders above it are synced, and only then
// is the addition reported. A process that is killed leaves the version whole
// or not there at all. Removing is the same backwards: one rename into tmp/,
// then the deletion. An error after the rename undoes it.
//
// Only the commit, which is choosing the version's number and renaming, is done
// under the lock of the corpus, an advisory lock on a file, waited for during
// some seconds. Readers take no lock. Each process works in a session folder of
// its own under tmp/ and holds the lock of the file "lock" in it for as long as
// it lives; the next writer deletes the sessions whose lock is free, which are
// those of dead processes, whatever their age and wherever they ran.
//
// Drafts are written the same way. Purging a corpus is two renames, its drafts
// and its documents, of which either both are done or none, but for a process
// that is killed between them: then the documents are left, whole.
//
// # The lexicon of a corpus
//
// A lexicon is one file, whose number and check are as those of a version: the
// highest number is the current one, and <check> is the beginning of the SHA-256
// of the file itself. It is written and named as a version is; the one before it
// goes afterwards. Clearing it is one rename of its folder. What its text says
// is not looked at here.
//
// # Drafts
//
// A draft is what a moderator has uploaded or pasted and sees previewed: it is
// kept for the button that adds it, which may be pressed after a restart. It is
// no document: it is not listed, not watched and counts nowhere as the same.
// Its id is the beginning of the SHA-256 of draft.json, which in turn holds that
// of the original; the time in the name of its folder, in milliseconds since
// 1970, is when it was last kept and vouched for by nothing. Keeping the same
// again writes a copy with a later time, after which the earlier one goes; of
// several copies, which a killed process leaves, any will do.
//
// Whenever a draft is kept, those of all corpora that are older than
// [DraftLife] are deleted, and the oldest of its corpus beyond 50 or 200 MiB.
// One rename takes a draft away; that needs no lock. Should it fail, the next
// to keep one tries again.
//
// # What counts as the same
//
// The original bytes decide. Bytes that are current in the corpus under any
// id, or in the base corpus, are not added again ([Unchanged]). Other bytes
// under an id that is there make its next version ([Replaced]). The same bytes
// under the same id that are now read differently, because the program or a
// correction by hand has changed the reading, also make a next version
// ([Reread]). An earlier version counts for nothing here: adding its bytes
// again brings it back as the newest.
//
// The ids of a server's corpus and of the base corpus are independent; whoever
// joins the two decides which document an id means.
//
// # Damage
//
// Where the highest version of a document is damaged (a file missing or of the
// wrong length or hash, JSON that does not parse, a format of a later program),
// the document is not listed. There is no silent falling back to the version
// before, which would pass replaced text off as current: the damage is logged
// as an error and reported by [Library.Problems], the other documents stay
// usable, [Library.History] still gives the readable versions, and adding or
// removing the document heals it. Listing checks version.json and the lengths
// of the files; the hash of document.json is checked when it is first loaded.
package library
