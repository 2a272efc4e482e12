package authority

// tables are the reporters and the named instruments by the letter that they
// start with. They are filled as letters are met, once for a document.
type tables struct {
	reporters [26][]reporter
	names     [26][]namePattern
	bills     []billForm
	papers    []paperForm
	ordinals  []string
}

// namePattern is one name of a named instrument.
type namePattern struct {
	key, pattern string
	articles     bool
}

func newTables() *tables {
	t := &tables{bills: billForms(), papers: paperForms(), ordinals: ordinals()}
	for _, r := range reporters() {
		c := lower(r.printed[0]) - 'a'
		t.reporters[c] = append(t.reporters[c], r)
	}
	for _, n := range namedInstruments() {
		for _, p := range n.patterns {
			t.names[p[0]-'a'] = append(t.names[p[0]-'a'], namePattern{n.key, p, n.articles})
		}
	}
	return t
}

// reportersOn and namesOn are those that start with a letter in lower case.
func (t *tables) reportersOn(c byte) []reporter { return t.reporters[c-'a'] }

func (t *tables) namesOn(c byte) []namePattern { return t.names[c-'a'] }
