package library

import (
	"strconv"
	"strings"

	"pincite/internal/fault"
)

// CorpusID names a corpus, and the folder that holds it.
type CorpusID string

// The corpora that are no server's.
const (
	// Base is the corpus that everybody sees; it cannot be changed.
	Base CorpusID = "base"
	// Local is what the command line adds where it names no server.
	Local CorpusID = "local"
)

// serverPrefix stands before a server's snowflake in its CorpusID, so that no
// server can be taken for one of the named corpora.
const serverPrefix = "server-"

// Server is the corpus of a Discord server. Its id is a snowflake: a decimal
// number from 1 to 2⁶⁴−1 without leading zeros.
func Server(id string) (CorpusID, error) {
	n, err := strconv.ParseUint(id, 10, 64)
	if err != nil || n == 0 || strconv.FormatUint(n, 10) != id {
		return "", fault.New(fault.Invalid, "A server's id is a number such as 81384788765712384.")
	}
	return CorpusID(serverPrefix + id), nil
}

// check refuses what none of the constants and Server makes.
func (c CorpusID) check() error {
	if c == Base || c == Local {
		return nil
	}
	if id, ok := strings.CutPrefix(string(c), serverPrefix); ok {
		if _, err := Server(id); err == nil {
			return nil
		}
	}
	return fault.New(fault.Invalid, "There is no such corpus.")
}

// checkWritable refuses the base corpus too.
func (c CorpusID) checkWritable() error {
	if c == Base {
		return fault.New(fault.Forbidden, "The base corpus cannot be changed; it comes with the program.")
	}
	return c.check()
}
