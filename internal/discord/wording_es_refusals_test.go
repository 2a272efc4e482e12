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

	"github.com/google/go-cmp/cmp"

	"pincite/internal/fault"
	"pincite/internal/lexicon"
	"pincite/internal/words"
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
	for _, folder := range []string{"answer", "desk", "discord", "index", "ingest", "lexicon", "library", "quote"} {
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

// TestSpanishLexiconReasons holds the same of what is wrong with an entry of a
// lexicon: each reason that there is, and none that there is not.
func TestSpanishLexiconReasons(t *testing.T) {
	files, err := filepath.Glob("../lexicon/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no sources of the lexicon: %v", err)
	}
	made := map[string]bool{}
	for _, file := range files {
		parsed, err := parser.ParseFile(gotoken.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				if f, ok := call.Fun.(*ast.Ident); ok && f.Name == "wrongf" {
					if format, ok := literal(call.Args[0]); ok {
						made[format] = true
					}
				}
			}
			return true
		})
	}
	if len(made) < 20 {
		t.Fatalf("found %d reasons", len(made))
	}
	verbs := regexp.MustCompile(`%[sdq]`)
	for format := range made {
		wording, ok := spanishLexiconReason(format)
		if !ok {
			t.Errorf("%q has no Spanish wording", format)
		} else if fmt.Sprint(verbs.FindAllString(format, -1)) != fmt.Sprint(verbs.FindAllString(wording, -1)) {
			t.Errorf("%q does not take what %q takes", wording, format)
		}
	}
	for format := range spanishLexiconReasons() {
		if !made[format] {
			t.Errorf("nothing says %q any more", format)
		}
	}
}

// TestLexiconRefusal holds that a faulty lexicon's lines are named in either
// language, the first few, and that no text of it is read as Markdown.
func TestLexiconRefusal(t *testing.T) {
	_, err := lexicon.Parse("*own*.txt", "barge => vessel\n**lighter**\nquay => dock 7.0\n"+strings.Repeat("nonsense\n", 40), words.NewAnalyzer())
	for l, want := range map[locale]string{
		english: `The lexicon was not understood: line 2 (\*\*lighter\*\*): there is no => between everyday words and terms; ` +
			`line 3 (quay => dock 7.0): the weight 7.0 is not a number with a decimal point above 0 and up to 1.0; ` +
			`line 4 (nonsense): there is no => between everyday words and terms; line 5 (nonsense): there is no => between everyday words and terms; ` +
			`line 6 (nonsense): there is no => between everyday words and terms; and 37 more.`,
		spanish: `El léxico no se ha entendido: línea 2 (\*\*lighter\*\*): falta => entre las palabras corrientes y los términos; ` +
			`línea 3 (quay => dock 7.0): el peso 7.0 no es un número con punto decimal, mayor que 0 y hasta 1.0; ` +
			`línea 4 (nonsense): falta => entre las palabras corrientes y los términos; línea 5 (nonsense): falta => entre las palabras corrientes y los términos; ` +
			`línea 6 (nonsense): falta => entre las palabras corrientes y los términos; y 37 más.`,
	} {
		if diff := cmp.Diff(want, errorMessage(fmt.Errorf("within: %w", err), l).Embeds[0].Description); diff != "" {
			t.Errorf("%s (-want +got):\n%s", l, diff)
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
