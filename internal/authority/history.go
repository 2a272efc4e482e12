package authority

import "strings"

// known maps a short form to the key of the one authority that it can mean;
// the key is empty where it can mean several.
type known map[string]string

func (k *known) add(short, key string) {
	if *k == nil {
		*k = known{}
	}
	if old, ok := (*k)[short]; ok && old != key {
		key = ""
	}
	(*k)[short] = key
}

// shortNames are the short forms that must be looked for by their name, few in
// any document.
type shortNames []struct{ short, key string }

func (s *shortNames) add(short, key string) {
	for i := range *s {
		if n := &(*s)[i]; n.short == short {
			if n.key != key {
				n.key = ""
			}
			return
		}
	}
	*s = append(*s, struct{ short, key string }{short, key})
}

// history is what a document has named so far.
type history struct {
	// cases are by reporter and volume, courts by the year of their reports,
	// bills by chamber and number, resolutions by number.
	cases, courts, bills, resolutions known
	// sections are the titles of the Code by section.
	sections known
	// volumes are the pages cited by series and volume.
	volumes known
	// names are the acts' names without their year, and the abbreviations that
	// the document gives in parentheses behind a name.
	names shortNames
	// charters is whose "the Charter" is.
	charters instrument
	// carried is the instrument of the passage before, which articles at the
	// start of the next may still be of.
	carried instrument
	// last is the passage before, which an id. at the start of the next goes
	// back to.
	last *scanner
	// prose counts the passages since that named nothing.
	prose int
	// tables are the same for every text.
	tables *tables
}

func newHistory(t *tables) *history { return &history{tables: t} }

// endPassage keeps what the next passage may refer to.
func (h *history) endPassage(z *scanner) {
	if len(z.found) == 0 && len(z.text) > minProse && !sourceLike(string(z.text)) {
		// A paragraph of plain prose between two notes: an id. in the next note
		// goes back over it.
		if h.prose++; h.prose > 1 {
			h.last = nil
		}
		h.carry(z)
		return
	}
	h.prose = 0
	h.last = z
	h.carry(z)
}

// carry keeps the instrument that a passage named near its end for the next. A
// short passage that names none, as most notes, leaves it.
func (h *history) carry(z *scanner) {
	switch {
	case z.instrument == noInstrument && len(z.text) <= minProse:
	case (z.instrument == unCharter || z.instrument == usConstitution) && len(z.text)-z.named <= maxInstrumentGap:
		h.carried = z.instrument
	default:
		h.carried = noInstrument
	}
}

// minProse is how long a passage without authorities is that is a paragraph
// and not a note.
const minProse = 300

// sourceLike reports whether a text shows that it cites a source that is no
// authority: a book, an article, a page.
func sourceLike(s string) bool {
	for _, sign := range []string{
		"supra", "infra", "http", "L. Rev", "L.J.", " J. ", "www.", "Rev. ", "Times", "Post", " ed. ", " eds. ", " ed.)",
		"(forthcoming", "Press", "Memorandum",
	} {
		if strings.Contains(s, sign) {
			return true
		}
	}
	return false
}

// soleSource is the key of the one authority that a passage cites, where it
// surely cites nothing else.
func (z *scanner) soleSource() string {
	if len(z.found) == 0 || z.found[0].Key == "" {
		return ""
	}
	key, start := z.group(len(z.found) - 1)
	if key == "" || start != 0 || z.found[0].Start > maxCaseName+20 || sourceLike(string(z.text)) {
		return ""
	}
	if strings.Contains(string(z.text[z.found[len(z.found)-1].End:]), ";") || z.inParenthetical(z.found[0].Start) {
		return ""
	}
	return key
}

// group is the one source that the citation at n belongs to: citations that
// only commas or brackets join are of the same law or case. It returns the
// source's key, empty where several are meant, and the first one's index.
func (z *scanner) group(n int) (key string, first int) {
	first = n
	for first > 0 {
		gap := string(z.text[z.found[first-1].End:z.found[first].Start])
		if len(gap) > maxParallelGap || strings.ContainsAny(gap, ";") || strings.Contains(gap, ". ") && !strings.HasPrefix(gap, ", ") {
			break
		}
		if strings.Contains(gap, "citing") || strings.Contains(gap, "quoting") {
			break
		}
		first--
	}
	key = z.found[first].Key
	for _, f := range z.found[first+1 : n+1] {
		if f.Key == key {
			continue
		}
		law := hasFamily(key, "publ") && (hasFamily(f.Key, "stat") || hasFamily(f.Key, "usc"))
		reported := hasFamily(key, "case") && hasFamily(f.Key, "case")
		order := hasFamily(key, "eo") && (hasFamily(f.Key, "cfr") || hasFamily(f.Key, "fr"))
		resolution := hasFamily(key, "unsc") && hasFamily(f.Key, "undoc")
		if !law && !reported && !order && !resolution {
			return "", first
		}
	}
	return key, first
}

// inParenthetical reports whether an offset is within brackets that quote or
// cite another source than the one that is cited.
func (z *scanner) inParenthetical(i int) bool {
	depth := 0
	for j := i - 1; j >= 0 && i-j < 300; j-- {
		switch z.text[j] {
		case ')':
			depth++
		case '(':
			if depth == 0 {
				return z.first(j+1, "citing", "quoting", "discussing", "see", "cf.", "cited in", "quoted in") != none
			}
			depth--
		}
	}
	return false
}

// idem reads "Id." and "Ibid." with the pinpoint behind. It is the source that
// was cited right before: in the same passage, or alone in the passage before.
func (z *scanner) idem(i int) int {
	var j int
	if z.at(i+2) == '.' {
		j = z.match(i, "id.")
	} else if j = z.first(i, "ibid."); j != none && z.at(j-1) != '.' && !isUpper(z.at(i)) {
		return none
	}
	if j == none || z.at(i+1) == 'D' || !z.cites(i) {
		return none
	}
	key, ok := z.prior(i)
	end, pinned := z.pinpoint(j, key, ok)
	if !ok {
		z.emitAs("", "", i, end)
		return end
	}
	z.emit(pinned, i, end)
	return end
}

// cites reports whether an "id." at an offset stands where a citation does: at
// the start of the text or a sentence, behind a signal or a bracket.
func (z *scanner) cites(i int) bool {
	j := i
	for j > 0 && (z.text[j-1] == ' ' || z.text[j-1] == '\n' || z.text[j-1] == 0xA0 || z.text[j-1] == 0xC2) {
		j--
	}
	if j == 0 {
		return true
	}
	switch z.text[j-1] {
	case '.', ';', '(', '[', ')', ']', '"', '?', '!', ':', ',':
		return true
	}
	if z.text[j-1] >= 0x80 {
		return true // closing quotation marks
	}
	switch strings.ToLower(z.wordBefore(i)) {
	case "see", "cf", "also", "accord", "and", "but", "with", "citing", "quoting", "under", "in", "of", "g", "generally", "compare":
		return true
	}
	return isDigit(z.text[j-1]) || isUpper(z.at(i))
}

// prior is the source that an id. at an offset goes back to.
func (z *scanner) prior(i int) (key string, ok bool) {
	if len(z.found) == 0 {
		lead := string(z.text[:i])
		if len(lead) > 60 || strings.ContainsAny(lead, "0123456789;") {
			return "", false
		}
		if z.doc.last == nil {
			return "", false
		}
		key := z.doc.last.soleSource()
		return key, key != ""
	}
	n := len(z.found) - 1
	last := z.found[n]
	if last.Key == "" {
		return "", false
	}
	gap := string(z.text[last.End:i])
	if len(gap) > maxIdemGap || sourceLike(gap) || years(gap) > 1 || z.inParenthetical(last.Start) {
		return "", false
	}
	key, first := z.group(n)
	if key == "" {
		return "", false
	}
	if first > 0 && z.match(z.found[first].Start, "id.") == none {
		// A string of citations of several sources does not say which.
		between := string(z.text[z.found[first-1].End:z.found[first].Start])
		if strings.Contains(between, ";") && !strings.Contains(between, ". ") && !sameSource(z.found[first-1].Key, key) {
			return "", false
		}
	}
	return key, true
}

// sameSource reports whether two keys are parts of one source, which an id.
// with another part goes back to.
func sameSource(a, b string) bool {
	if a == b {
		return true
	}
	for _, family := range []string{"const", "un-charter"} {
		if hasFamily(a, family) && hasFamily(b, family) {
			return true
		}
	}
	return false
}

// maxIdemGap is how many bytes behind a citation an id. still goes back to it.
const maxIdemGap = 400

// years counts the brackets of a text that end in a year: each ends a citation.
func years(s string) int {
	n := 0
	for i := 4; i < len(s); i++ {
		if s[i] == ')' && isDigit(s[i-1]) && isDigit(s[i-2]) && isDigit(s[i-3]) && isDigit(s[i-4]) {
			n++
		}
	}
	return n
}

// pinpoint reads the pinpoint behind an id., and the key that it makes of the
// source's: "Id. § 3093" behind 50 U.S.C. § 3091 is another section.
func (z *scanner) pinpoint(i int, key string, ok bool) (end int, pinned string) {
	if e := z.first(i, " at ", ", at "); e != none {
		if _, end := z.pages(z.skip(e, "p.~", "pp.~", "¶~")); end != none {
			return end, key
		}
		return i, key
	}
	j := z.skip(i, ",")
	if z.at(i) == ',' {
		j = i + 1
	}
	j = z.space(j)
	part := strings.Split(key, "/")
	if signs, e := z.sections(j); signs > 0 {
		e = z.space(e)
		if ok && hasFamily(key, "usc") {
			if n, end := z.codeSection(e, signs > 1); end != none {
				return z.subsections(end, true), "usc/" + part[1] + "/" + n
			}
		}
		if ok && hasFamily(key, "cfr") {
			if n, end := z.regulationSection(part[1], e, signs > 1); end != none {
				return z.subsections(end, true), "cfr/" + part[1] + "/" + n
			}
		}
		if n, end := z.digits(e); end != none && z.closes(end) {
			if ok && hasFamily(key, "const") && (n <= lastAmendmentSection || n <= lastConstitutionSection && strings.HasPrefix(key, "const/article")) {
				return z.clause(end), strings.Join(part[:2], "/") + "/section-" + string(z.text[e:end])
			}
			return z.subsections(end, true), key
		}
		return i, key
	}
	if ok && (hasFamily(key, "un-charter") || hasFamily(key, "const")) {
		if items, end := z.articleList(j); end != none && len(items) == 1 {
			if keys := z.keys(instrument(part[0]), items); keys != nil {
				return end, keys[0]
			}
		}
		if hasFamily(key, "const") {
			probe := z.probe()
			if end := probe.amendmentList(j, j); end != none && len(probe.found) == 1 {
				return end, probe.found[0].Key
			}
		}
	}
	for _, p := range []string{"¶¶~", "¶~", "para.~", "paras.~", "art.~", "arts.~"} {
		if e := z.match(j, p); e != none {
			if _, end := z.pages(e); end != none {
				return z.subsections(end, false), key
			}
		}
	}
	if !ok {
		if _, end := z.articleList(j); end != none {
			return end, key
		}
	}
	return i, key
}
