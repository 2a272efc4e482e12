package authority

// tables are the reporters and the named instruments by the letter that they
// start with. They are filled as letters are met, once for a document.
type tables struct {
	reporters map[byte][]reporter
	names     map[byte][]namePattern
}

// namePattern is one name of a named instrument.
type namePattern struct {
	key, pattern string
	articles     bool
}

func newTables() *tables {
	t := &tables{reporters: map[byte][]reporter{}, names: map[byte][]namePattern{}}
	for _, r := range reporters() {
		c := lower(r.printed[0])
		t.reporters[c] = append(t.reporters[c], r)
	}
	for _, n := range namedInstruments() {
		for _, p := range n.patterns {
			t.names[p[0]] = append(t.names[p[0]], namePattern{n.key, p, n.articles})
		}
	}
	return t
}

func (t *tables) reportersOn(c byte) []reporter { return t.reporters[c] }

func (t *tables) namesOn(c byte) []namePattern { return t.names[c] }
