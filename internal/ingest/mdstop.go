package ingest

import (
	"context"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// goldmark has no way to be stopped. Two parsers that parse nothing are asked
// before all others, the one at each line that may open a block and the other
// at each character that may begin markup, and leave it by a panic when the
// context has ended; markdown.parse recovers that one alone.

// parserStop is what goldmark is left with.
type parserStop struct{ err error }

// stopAtEnd leaves goldmark if ctx has ended.
func stopAtEnd(ctx context.Context) {
	if err := ctx.Err(); err != nil {
		panic(parserStop{err})
	}
}

// blockStop looks at the context at lines.
type blockStop struct{ ctx context.Context }

// Trigger implements parser.BlockParser: any line.
func (b *blockStop) Trigger() []byte { return nil }

// Open implements parser.BlockParser; it opens nothing.
func (b *blockStop) Open(ast.Node, text.Reader, parser.Context) (ast.Node, parser.State) {
	stopAtEnd(b.ctx)
	return nil, parser.NoChildren
}

// Continue implements parser.BlockParser; nothing was opened.
func (b *blockStop) Continue(ast.Node, text.Reader, parser.Context) parser.State { return parser.Close }

// Close implements parser.BlockParser; nothing was opened.
func (b *blockStop) Close(ast.Node, text.Reader, parser.Context) {}

// CanInterruptParagraph implements parser.BlockParser, so that it is asked
// within paragraphs too.
func (b *blockStop) CanInterruptParagraph() bool { return true }

// CanAcceptIndentedLine implements parser.BlockParser, so that it is asked at
// lines that are set in too.
func (b *blockStop) CanAcceptIndentedLine() bool { return true }

// inlineStop looks at the context at characters that may begin markup.
type inlineStop struct{ ctx context.Context }

// Trigger implements parser.InlineParser: what countMarkup counts.
func (i *inlineStop) Trigger() []byte { return []byte("[]*_`<!") }

// Parse implements parser.InlineParser; it parses nothing.
func (i *inlineStop) Parse(ast.Node, text.Reader, parser.Context) ast.Node {
	stopAtEnd(i.ctx)
	return nil
}
