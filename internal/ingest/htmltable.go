package ingest

import "golang.org/x/net/html/atom"

// dataTable reports a table of data; others lay out the page, and their cells
// are read as divisions. A table lays out where it says so, holds a heading, a
// list or another table, has one column or one row, or where its cells hold
// paragraphs.
func (p *htmlPage) dataTable(i int32) bool {
	n := &p.nodes[i]
	if role := htmlAttr(n, "role"); role == "presentation" || role == "none" {
		return false
	}
	rows, cells, headers, long := 0, 0, 0, 0
	for j := i + 1; j < n.end; j++ {
		switch m := &p.nodes[j]; m.tag {
		case atom.Table, atom.Ul, atom.Ol, atom.Blockquote, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Article, atom.Section:
			return false
		case atom.Tr:
			rows++
		case atom.Th:
			headers++
			cells++
		case atom.Td:
			cells++
			if m.size > 400 {
				long++
			}
		}
		if p.nodes[j].note > 0 {
			return false
		}
	}
	switch {
	case rows < 2 || cells <= rows:
		return false
	case headers > 0 || hasHTMLAttr(n, "summary"):
		return true
	}
	return long*4 < cells
}

// table reads a table of data: a paragraph for each row, for what stands in a
// row belongs together, its cells parted by line breaks.
func (g *gatherer) table(i int32) error {
	p := g.p
	for j := i + 1; j < p.nodes[i].end; j++ {
		n := &p.nodes[j]
		switch {
		case n.gone || n.tag == atom.Caption || g.skips(j):
			j = n.end - 1
		case n.call > 0:
			g.marker(n.call)
			j = n.end - 1
		case n.isText:
			g.text(j)
		case n.tag == atom.Tr:
			if err := g.flush(); err != nil {
				return err
			}
			g.item = true
		case n.tag == atom.Td || n.tag == atom.Th:
			g.flow.newPart()
		case n.tag == atom.Sup:
			if g.superscript(j) {
				j = n.end - 1
			}
		case n.tag == atom.Br || blockTags[n.tag]:
			g.flow.space = true
		}
	}
	return g.flush()
}
