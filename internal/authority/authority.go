package authority

import "strings"

// Found is one authority where a text names it.
type Found struct {
	// Key is empty where the text names an authority that could not be
	// resolved: an id. or a short form whose full form is not in the document,
	// or "Article 51" with no instrument named just before.
	Key string
	// Start and End are byte offsets into the text; the span lies on the
	// bounds of its runes.
	Start, End int
	// URL is empty where there is no link or it would be doubtful.
	URL string
	// Kind is empty where an unresolved reference does not show it.
	Kind Kind
}

// Find lists the authorities that a text names, in the order of the text. No
// two spans overlap. Each section of a list is one, and a range is one.
func Find(text string) []Found {
	return FindAll([]string{text})[0]
}

// FindAll lists the authorities that each passage of a document names. The
// passages are in reading order: a paragraph, then the notes that it calls.
// Short forms and id. are resolved from the passages before, where certain.
func FindAll(texts []string) [][]Found {
	doc := newHistory(newTables())
	all := make([][]Found, len(texts))
	for i, t := range texts {
		z := &scanner{text: text(t), doc: doc}
		z.run()
		z.linkLaws()
		doc.endPassage(z)
		all[i] = z.found
	}
	return all
}

// Parse reads a string that is one authority, in any spelling or as its key.
// What does not change the key may follow (a pinpoint, a year in parentheses),
// and the name of the case or the act may stand before.
func Parse(spelling string) (key string, ok bool) {
	s := strings.Trim(strings.TrimFunc(spelling, isSpace), ".,;")
	if name := Name(s); name != "" {
		if found := Find(name); len(found) == 1 && found[0].Key == s {
			return s, true
		}
	}
	z := scanner{text: text(s), doc: newHistory(newTables()), lenient: true}
	z.run()
	if len(z.found) == 0 {
		return "", false
	}
	key = z.found[0].Key
	before, end := z.found[0].Start, z.found[0].End
	for _, f := range z.found {
		// The same law by name and by number is one authority.
		if f.Key != key || key == "" {
			return "", false
		}
		end = f.End
	}
	if !leads(s[:before]) || !follows(s[end:]) {
		return "", false
	}
	return key, true
}

// leads reports whether what stands before a citation is part of it: nothing,
// an article, or a name that a comma ends.
func leads(s string) bool {
	s = strings.TrimFunc(s, isSpace)
	switch strings.ToLower(s) {
	case "", "the", "(", "[", "see", "title":
		return true
	}
	return strings.HasSuffix(s, ",") && !strings.Contains(s, ";") && len(s) < 200
}

// follows reports whether what stands behind a citation is part of it: a
// pinpoint or a year, no words of their own.
func follows(s string) bool {
	depth, letters := 0, 0
	for _, r := range s {
		switch {
		case r == '(' || r == '[':
			depth++
		case r == ')' || r == ']':
			depth--
		case r == ';':
			return false
		case depth > 0:
		case isWord(r) && r > '9':
			if letters++; letters > 4 {
				return false
			}
		default:
			if !isWord(r) {
				letters = 0
			}
		}
	}
	return true
}
