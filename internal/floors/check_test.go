package floors

import (
	"fmt"
	"slices"
	"strings"
)

// tree is what the rules are about: the folders at the root and the packages.
type tree struct {
	folders  []string
	packages []pack
}

// pack is one folder of Go files, its test files apart.
type pack struct {
	folder      string   // from the root, with slashes
	imports     []string // import paths of the files that are no tests
	testImports []string // those of the tests
	environment []string // where code outside the tests reads the environment, file:line
	inits       []string // where any file has an init function, file:line
}

// check returns a sentence for each rule that the tree breaks.
func check(rooms map[string]room, t tree) []string {
	var broken []string
	complain := func(format string, args ...any) {
		broken = append(broken, fmt.Sprintf(format, args...))
	}
	for _, folder := range t.folders {
		if !strings.HasPrefix(folder, ".") && !slices.Contains(rootFolders(), folder) {
			complain("%s/ stands at the root; commands go into cmd/, packages into internal/, built-in documents into corpus/, machinery into a folder that starts with a dot.", folder)
		}
	}
	for _, p := range t.packages {
		own, known := rooms[p.folder]
		if !known {
			complain("%s is not in the plan; give it a row in internal/floors/plan_test.go, on floor %d or above.", p.folder, lowest(rooms, p))
			continue
		}
		for _, path := range p.imports {
			if sentence := checkImport(rooms, p.folder, own, path); sentence != "" {
				complain("%s", sentence)
			}
		}
		for _, o := range owners() {
			if path, bad := firstForbidden(o, p.folder, p.imports, false); bad {
				complain("%s imports %s; only %s may, so ask it for what is needed.", p.folder, path, o.importers[0])
			}
			if path, bad := firstForbidden(o, p.folder, p.testImports, true); bad {
				complain("a test of %s imports %s; only those of %s may.", p.folder, path, strings.Join(slices.Concat(o.importers, o.testers), " and "))
			}
		}
		if p.folder != environmentReader && !own.testOnly {
			for _, at := range p.environment {
				complain("%s reads the environment; only %s does, and passes on what it read.", at, environmentReader)
			}
		}
		for _, at := range p.inits {
			complain("%s declares an init function; do the work where it is asked for.", at)
		}
	}
	return broken
}

// checkImport is the sentence for one import of code outside the tests, or "".
func checkImport(rooms map[string]room, folder string, own room, path string) string {
	to, local := strings.CutPrefix(path, module+"/")
	if !local {
		if own.stdOnly && !standard(path) {
			return fmt.Sprintf("%s imports %s; it imports the standard library only.", folder, path)
		}
		return ""
	}
	other, known := rooms[to]
	switch {
	case !known:
		return fmt.Sprintf("%s imports %s, which is not in the plan.", folder, to)
	case other.testOnly:
		return fmt.Sprintf("%s imports %s, which is for tests only.", folder, to)
	case other.floor >= own.floor:
		return fmt.Sprintf("%s on floor %d imports %s on floor %d; a package imports only packages on lower floors.", folder, own.floor, to, other.floor)
	}
	return ""
}

// firstForbidden is the first import that o keeps from the folder's package.
func firstForbidden(o owner, folder string, imports []string, inTest bool) (path string, found bool) {
	if o.allows(folder, inTest) {
		return "", false
	}
	i := slices.IndexFunc(imports, func(path string) bool { return strings.HasPrefix(path, o.library) })
	if i < 0 {
		return "", false
	}
	return imports[i], true
}

// lowest is the lowest floor that a package's imports leave it.
func lowest(rooms map[string]room, p pack) int {
	floor := 0
	for _, path := range p.imports {
		if to, local := strings.CutPrefix(path, module+"/"); local {
			if other, known := rooms[to]; known {
				floor = max(floor, other.floor+1)
			}
		}
	}
	return floor
}

// standard reports whether an import path is the standard library's: no dot in
// its first element, and not this module.
func standard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return first != module && !strings.Contains(first, ".")
}
