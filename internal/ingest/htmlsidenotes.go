package ingest

import (
	"regexp"
	"strings"
)

// sidenoteClass matches the classes of notes that stand within the text, as
// Tufte's style, LaTeXML and a plugin of WordPress write them.
var sidenoteClass = regexp.MustCompile(`(^|\s)(sidenote|ltx_note_content|modern-footnotes-footnote__note|inline-footnote|footnote-inline)(\s|$)`)

// findSidenotes finds the notes that stand where they are called. What shows
// their number before them is not text.
func (p *htmlPage) findSidenotes() {
	for i := int32(0); i < int32(len(p.nodes)); i++ {
		n := &p.nodes[i]
		if !sidenoteClass.MatchString(htmlAttr(n, "class")) || n.size == 0 || n.parent < 0 {
			continue
		}
		caller := i
		for p.nodes[caller].parent >= 0 && strings.Contains(htmlAttr(&p.nodes[p.nodes[caller].parent], "class"), "ltx_note") {
			caller = p.nodes[caller].parent
		}
		label := ""
		if before := p.previousBlock(caller); caller == i && before >= 0 && p.nodes[before].size <= 4 {
			if s := strings.Trim(p.plainText(before, p.nodes[before].end, 20), "[]() "); s == "" || isLabel(s) {
				label = s
				p.remove(before)
			}
		}
		for j := i + 1; j < n.end; j++ {
			class := htmlAttr(&p.nodes[j], "class")
			if strings.Contains(class, "ltx_note_mark") || strings.Contains(class, "ltx_tag") {
				label = strings.Trim(p.plainText(j, p.nodes[j].end, 20), "[]() ")
				p.remove(j)
				j = p.nodes[j].end - 1
			}
		}
		p.notes = append(p.notes, htmlNote{target: i, from: i + 1, to: n.end, label: label, calls: []int32{caller}})
		i = n.end - 1
	}
}

// remove takes i and what is within it out of the text.
func (p *htmlPage) remove(i int32) {
	for j := i; j < p.nodes[i].end; j++ {
		p.nodes[j].gone = true
	}
}
