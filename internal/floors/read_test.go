package floors

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// read parses every Go file below the root, whatever its build constraints,
// and leaves out what the go command leaves out: names that start with a dot
// or an underscore, and testdata. Of the root's folders it leaves out those
// that .gitignore names, such as a data folder of a local run.
func read(root fs.FS) (tree, error) {
	ignored, err := ignoredFolders(root)
	if err != nil {
		return tree{}, err
	}
	var t tree
	packs := map[string]*pack{}
	files := token.NewFileSet()
	err = fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := path.Base(name)
		skip := name != "." && (base[0] == '.' || base[0] == '_' || base == "testdata")
		if entry.IsDir() {
			if slices.Contains(ignored, name) {
				return fs.SkipDir
			}
			if name != "." && !strings.Contains(name, "/") {
				t.folders = append(t.folders, name)
			}
			if skip {
				return fs.SkipDir
			}
			return nil
		}
		if skip || path.Ext(name) != ".go" {
			return nil
		}
		folder := path.Dir(name)
		if packs[folder] == nil {
			packs[folder] = &pack{folder: folder}
		}
		return packs[folder].readFile(root, files, name)
	})
	if err != nil {
		return tree{}, fmt.Errorf("read the tree: %w", err)
	}
	for _, p := range packs {
		t.packages = append(t.packages, *p)
	}
	slices.SortFunc(t.packages, func(a, b pack) int { return strings.Compare(a.folder, b.folder) })
	return t, nil
}

// readFile adds a file to its package.
func (p *pack) readFile(root fs.FS, files *token.FileSet, name string) error {
	source, err := fs.ReadFile(root, name)
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	file, err := parser.ParseFile(files, name, source, parser.SkipObjectResolution)
	if err != nil {
		return fmt.Errorf("parse: %w", err)
	}
	isTest := strings.HasSuffix(name, "_test.go")
	for _, spec := range file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return fmt.Errorf("%s: import %s: %w", name, spec.Path.Value, err)
		}
		if isTest {
			p.testImports = append(p.testImports, imported)
		} else {
			p.imports = append(p.imports, imported)
		}
	}
	at := func(n ast.Node) string {
		return fmt.Sprintf("%s:%d", name, files.Position(n.Pos()).Line)
	}
	for _, decl := range file.Decls {
		if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
			p.inits = append(p.inits, at(f))
		}
	}
	if !isTest {
		for _, n := range environmentReads(file) {
			p.environment = append(p.environment, at(n))
		}
	}
	return nil
}

// environmentReads are the places where a file names a function that reads the
// environment, the lookups of the user's own folders among them. A dot import
// of their package is one too, because it hides them.
func environmentReads(file *ast.File) []ast.Node {
	readers := map[string][]string{
		"os":      {"Getenv", "LookupEnv", "Environ", "ExpandEnv", "UserHomeDir", "UserCacheDir", "UserConfigDir"},
		"syscall": {"Getenv", "Environ"},
	}
	var found []ast.Node
	named := map[string][]string{} // by the name that the file gives the package
	for _, spec := range file.Imports {
		imported, _ := strconv.Unquote(spec.Path.Value)
		functions, watched := readers[imported]
		switch {
		case !watched:
		case spec.Name == nil:
			named[imported] = functions
		case spec.Name.Name == ".":
			found = append(found, spec)
		default:
			named[spec.Name.Name] = functions
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if selector, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := selector.X.(*ast.Ident); ok && slices.Contains(named[x.Name], selector.Sel.Name) {
				found = append(found, selector)
			}
		}
		return true
	})
	return found
}

// ignoredFolders are the root's folders that .gitignore names in full, as
// /name/.
func ignoredFolders(root fs.FS) ([]string, error) {
	text, err := fs.ReadFile(root, ".gitignore")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read .gitignore: %w", err)
	}
	var names []string
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if len(line) > 2 && strings.HasPrefix(line, "/") && strings.HasSuffix(line, "/") {
			names = append(names, strings.Trim(line, "/"))
		}
	}
	return names, nil
}
