package discord

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"pincite/internal/fault"
)

// faultFormats are the formats of the faults that the sources of a package
// make, and the file that makes each.
func faultFormats(t *testing.T, folder string) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", folder, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no sources of %s: %v", folder, err)
	}
	formats := map[string]string{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(gotoken.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			f, ok := call.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			from, ok := f.X.(*ast.Ident)
			at := map[string]int{"New": 1, "Wrap": 2}[f.Sel.Name]
			if !ok || from.Name != "fault" || at == 0 || len(call.Args) <= at {
				return true
			}
			if format, ok := literal(call.Args[at]); ok {
				formats[format] = filepath.Base(file)
			}
			return true
		})
	}
	return formats
}

// literal is the value of a string that is written in one piece or several.
func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		return s, err == nil
	case *ast.BinaryExpr:
		x, okX := literal(e.X)
		y, okY := literal(e.Y)
		return x + y, okX && okY
	}
	return "", false
}

var faultVerb = regexp.MustCompile(`%(?:\.0)?([sdq%])`)

// TestSpanishRefusals holds that each Spanish refusal stands for one that a
// package makes, takes the same things in the same order, and that each that
// the replies of this package can hold has one.
func TestSpanishRefusals(t *testing.T) {
	made := map[string]string{fault.Unknown: "fault"}
	for _, folder := range []string{"answer", "desk", "discord", "index", "ingest", "library", "quote"} {
		for format := range faultFormats(t, folder) {
			made[format] = folder
		}
	}
	verbs := func(s string) (list []string) {
		for _, m := range faultVerb.FindAllStringSubmatch(s, -1) {
			list = append(list, m[1])
		}
		return list
	}
	for format, wording := range spanishRefusals() {
		if made[format] == "" {
			t.Errorf("nothing says %q any more", format)
		}
		if fmt.Sprint(verbs(format)) != fmt.Sprint(verbs(wording)) {
			t.Errorf("%q takes %s, not %s", wording, verbs(wording), verbs(format))
		}
	}
	for format, file := range faultFormats(t, "discord") {
		// What stops the bot from running is said to its operator.
		if strings.HasPrefix(file, "gateway") || file == "token.go" {
			continue
		}
		if _, ok := spanishRefusal(format); !ok {
			t.Errorf("%s: %q has no Spanish wording", file, format)
		}
	}
}

func TestErrorMessageInSpanish(t *testing.T) {
	for _, tt := range []struct {
		err  error
		want string
	}{
		{fault.New(fault.NotFound, "%s has no %s: it has %d paragraphs and %d footnotes.", "a_b", paragraph(9), 8, 3), `a\_b no tiene ¶ 9: tiene 8 párrafos y 3 notas.`},
		{fmt.Errorf("within: %w", fault.New(fault.TooLarge, "There is room for %s here, and all of it is taken: remove one first.", "3 documents")), "Aquí ya no caben más documentos: quite antes uno."},
		{errors.New("secret"), "Algo ha fallado aquí; el registro del operador dice qué."},
		{fault.New(fault.Storage, "Only the operator reads this."), "Only the operator reads this."},
		{&fault.Error{Sentence: "Made without a format."}, "Made without a format."},
	} {
		if got := errorMessage(tt.err, spanish).Embeds[0].Description; got != tt.want {
			t.Errorf("%v: %q, want %q", tt.err, got, tt.want)
		}
	}
}
