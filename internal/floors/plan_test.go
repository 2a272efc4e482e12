package floors

import "slices"

// module is the path in go.mod.
const module = "pincite"

// room is a package's place in the house.
type room struct {
	floor int
	// stdOnly: it imports nothing but the standard library.
	stdOnly bool
	// testOnly: only tests import it, and its code counts as test code.
	testOnly bool
}

// plan is every package of the module by its folder, those to come included.
//
// Packages on one floor do not know each other. index is below answer and
// quote, which search with it, and above nothing but the ground floor.
func plan() map[string]room {
	return map[string]room{
		"cmd/pincite": {floor: 5},

		"internal/discord":             {floor: 4},
		"internal/discord/discordtest": {floor: 4, testOnly: true},
		"internal/eval":                {floor: 4},

		"internal/desk": {floor: 3},

		"internal/answer": {floor: 2},
		"internal/quote":  {floor: 2},

		"internal/cite":    {floor: 1},
		"internal/index":   {floor: 1},
		"internal/ingest":  {floor: 1},
		"internal/lexicon": {floor: 1},
		"internal/library": {floor: 1},

		"corpus":             {floor: 0},
		"internal/authority": {floor: 0, stdOnly: true},
		"internal/document":  {floor: 0, stdOnly: true},
		"internal/fault":     {floor: 0},
		"internal/floors":    {floor: 0, testOnly: true},
		"internal/words":     {floor: 0},
	}
}

// environmentReader is the one package that reads environment variables; the
// others are told what they need to know.
const environmentReader = "cmd/pincite"

// rootFolders are the folders at the root, beside those whose name starts with
// a dot.
func rootFolders() []string { return []string{"cmd", "corpus", "internal"} }

// owner says who may import a library.
type owner struct {
	// library is how the import paths start.
	library string
	// importers may import it anywhere, testers in their tests.
	importers, testers []string
	// anyTest: every package's tests may.
	anyTest bool
}

// owners are the libraries that one package hides from all others.
func owners() []owner {
	return []owner{
		// Tests may measure against bare bleve.
		{library: "github.com/blevesearch/bleve", importers: []string{"internal/index"}, anyTest: true},
		// The fake Discord knows the protocol and not the client.
		{
			library:   "github.com/bwmarrin/discordgo",
			importers: []string{"internal/discord"},
			testers:   []string{"internal/discord/discordtest"},
		},
	}
}

// allows reports whether a folder's package may import the library.
func (o owner) allows(folder string, inTest bool) bool {
	return slices.Contains(o.importers, folder) || inTest && (o.anyTest || slices.Contains(o.testers, folder))
}
