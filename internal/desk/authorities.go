package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"weak"

	"pincite/internal/authority"
	"pincite/internal/document"
	"pincite/internal/fault"
	"pincite/internal/index"
	"pincite/internal/library"
	"pincite/internal/words"
)

// Bounds of what is kept of authorities, over all servers.
const (
	// maxFound is in passages and found authorities, of some 80 bytes each.
	maxFound = 500_000
	// maxTabled is in passages that tables refer to, of some 50 bytes each.
	maxTabled = 1_000_000
)

// versionKey names a version of a document: of one hash, the text is the same
// word for word.
type versionKey struct {
	corpus   library.CorpusID
	id, hash string
}

// Authority is a law, treaty, case or order that passages name.
type Authority struct {
	Key  string
	Name string // as it is printed
	Kind authority.Kind
	URL  string // opens it; empty where no link is certain
	// Passages name it, in the order of documents' ids, paragraphs first.
	Passages []document.Ref
}

// Authorities are a table of authorities.
type Authorities struct {
	// Authorities are in the order of authority.Kinds, then by key with its
	// numbers in order.
	Authorities []Authority
	// Unresolved are the passages that name something of which it is not
	// certain what it is, such as "Article 51" of an instrument that is not
	// named; see Desk.Unresolved.
	Unresolved []document.Ref
}

// Authorities is the table of what the documents that a server sees name, or
// one of them; an empty id stands for all. It is shared and must not be
// changed. Its fault is NotFound where there is no such document.
func (d *Desk) Authorities(ctx context.Context, who library.CorpusID, id string) (*Authorities, error) {
	s, err := d.see(ctx, who)
	if err != nil {
		return nil, err
	}
	if id = strings.ToLower(strings.TrimSpace(id)); id == "" {
		return d.table(ctx, s)
	}
	entry, ok := s.entries[id]
	if !ok {
		return nil, s.noDocument(id)
	}
	doc, named, err := d.named(ctx, entry)
	if err != nil {
		return nil, err
	}
	t := tableOf(authoritiesOf(doc, named))
	return t, d.linkLaws(ctx, s, t.Authorities)
}

// table is the table of all that a server sees.
func (d *Desk) table(ctx context.Context, s *sight) (*Authorities, error) {
	// A sight never changes, and its table goes by it alone, so that nothing of
	// one server's can be in another's. The key does not keep a sight alive.
	return d.tables.get(weak.Make(s), func() (*Authorities, int, error) {
		// Others may wait for it who have more time.
		list, err := s.view.Authorities(context.WithoutCancel(ctx))
		if err != nil {
			return nil, 0, err
		}
		cost := 0
		for _, a := range list {
			cost += 1 + len(a.Passages)
		}
		t := tableOf(list)
		return t, cost, d.linkLaws(context.WithoutCancel(ctx), s, t.Authorities)
	})
}

// tableOf puts authorities into the order of a table.
func tableOf(list []index.Authority) *Authorities {
	t := &Authorities{}
	order := make(map[authority.Kind]int)
	for i, k := range authority.Kinds() {
		order[k] = i
	}
	for _, a := range list {
		if a.Key == "" {
			t.Unresolved = a.Passages
			continue
		}
		t.Authorities = append(t.Authorities, Authority{
			Key: a.Key, Name: authority.Name(a.Key), Kind: authority.KindOf(a.Key), URL: authority.URL(a.Key), Passages: a.Passages,
		})
	}
	slices.SortFunc(t.Authorities, func(a, b Authority) int {
		return cmp.Or(cmp.Compare(order[a.Kind], order[b.Kind]), compareKeys(a.Key, b.Key))
	})
	return t
}

// linkLaws gives the public laws that have no link of their own the one that a
// document gives them, by citing the Statutes at Large beside. The first
// documents that name one are asked.
func (d *Desk) linkLaws(ctx context.Context, s *sight, list []Authority) error {
	for i := range list {
		a := &list[i]
		if a.URL != "" || !strings.HasPrefix(a.Key, "publ/") {
			continue
		}
		asked := ""
		for n := 0; n < len(a.Passages) && a.URL == ""; n++ {
			id := a.Passages[n].Document
			if id == asked || n > maxLinkPassages {
				continue
			}
			asked = id
			entry, ok := s.entries[id]
			if !ok {
				continue
			}
			_, named, err := d.named(ctx, entry)
			if err != nil {
				return err
			}
			a.URL = linkIn(named, a.Key)
		}
	}
	return nil
}

// maxLinkPassages bounds the passages whose documents are asked for a link.
const maxLinkPassages = 20

// linkIn is the first link that a document gives an authority.
func linkIn(named [][]authority.Found, key string) string {
	for _, found := range named {
		for _, f := range found {
			if f.Key == key && f.URL != "" {
				return f.URL
			}
		}
	}
	return ""
}

// authoritiesOf lists what a document names, as the index does for a corpus.
func authoritiesOf(doc *document.Document, named [][]authority.Found) []index.Authority {
	at := make(map[string]int)
	var list []index.Authority
	for i, found := range named {
		ref := doc.Ref(&doc.Passages[i])
		for _, f := range found {
			n, ok := at[f.Key]
			if !ok {
				n = len(list)
				at[f.Key] = n
				list = append(list, index.Authority{Key: f.Key})
			}
			if refs := list[n].Passages; len(refs) == 0 || refs[len(refs)-1] != ref {
				list[n].Passages = append(refs, ref)
			}
		}
	}
	return list
}

// compareKeys orders keys with the numbers in them as numbers: usc/5/551 is
// before usc/50/3091.
func compareKeys(a, b string) int {
	for a != "" && b != "" {
		x, restA := leadingRun(a)
		y, restB := leadingRun(b)
		if isDigit(x[0]) && isDigit(y[0]) {
			x, y = strings.TrimLeft(x, "0"), strings.TrimLeft(y, "0")
			if len(x) != len(y) {
				return len(x) - len(y)
			}
		}
		if c := strings.Compare(x, y); c != 0 {
			return c
		}
		a, b = restA, restB
	}
	return len(a) - len(b)
}

// leadingRun parts a text that is not empty after its leading digits, or after
// what stands before the first digit.
func leadingRun(s string) (run, rest string) {
	end := 1
	for end < len(s) && isDigit(s[end]) == isDigit(s[0]) {
		end++
	}
	return s[:end], s[end:]
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// named finds what a version of a document names, by passage.
func (d *Desk) named(ctx context.Context, entry library.Entry) (*document.Document, [][]authority.Found, error) {
	doc, err := d.cfg.Library.Load(ctx, entry)
	if err != nil {
		return nil, nil, err
	}
	named, err := d.found.get(versionKey{entry.Corpus, entry.ID, entry.Hash}, func() ([][]authority.Found, int, error) {
		named := index.Named(doc)
		cost := len(named)
		for _, found := range named {
			cost += len(found)
		}
		return named, cost, nil
	})
	return doc, named, err
}

// NamedBy lists the authorities that a passage of p's document names, p's own or
// that of a footnote of it, in the order of the text, each once. What is not
// resolved is left out.
func (p *Passage) NamedBy(passage *document.Passage) []Authority {
	at, ok := p.Document.Index(passage.Pincite())
	if !ok {
		return nil
	}
	var named [][]authority.Found
	if p.named != nil {
		named = p.named()
	} else {
		named = index.Named(p.Document)
	}
	if at >= len(named) {
		return nil
	}
	var list []Authority
	for _, f := range named[at] {
		if f.Key != "" && !slices.ContainsFunc(list, func(a Authority) bool { return a.Key == f.Key }) {
			list = append(list, Authority{
				Key: f.Key, Name: authority.Name(f.Key), Kind: f.Kind, URL: f.URL,
				Passages: []document.Ref{p.Document.Ref(passage)},
			})
		}
	}
	return list
}

// Mention is a place in a passage that names an authority.
type Mention struct {
	Ref  document.Ref
	Span words.Span // bytes of the passage's text
	Text string     // those bytes
}

// Unresolved lists the places in passages that a server sees which name
// something of which it is not certain what it is.
func (d *Desk) Unresolved(ctx context.Context, who library.CorpusID, passages []document.Ref) ([]Mention, error) {
	s, err := d.see(ctx, who)
	if err != nil {
		return nil, err
	}
	var list []Mention
	for _, ref := range passages {
		entry, ok := s.entries[ref.Document]
		if !ok {
			return nil, s.noDocument(ref.Document)
		}
		doc, named, err := d.named(ctx, entry)
		if err != nil {
			return nil, err
		}
		at, ok := doc.Index(ref.Pincite)
		if !ok {
			return nil, noPassage(doc, ref.Pincite)
		}
		for _, f := range named[at] {
			if f.Key == "" {
				list = append(list, Mention{ref, words.Span{Start: f.Start, End: f.End}, doc.Passages[at].Text[f.Start:f.End]})
			}
		}
	}
	return list, nil
}

// Citing are the passages that name an authority.
type Citing struct {
	// Authority is what was asked for. Its Passages are left empty.
	Authority
	// Hits are a page of the passages that name it; the evidence is where.
	Hits []CitingPassage
	// Total is how many there are on all pages.
	Total int
}

// CitingPassage is a passage that names an authority.
type CitingPassage struct {
	Passage
	// As says under what other names it does so: a range of sections that the
	// asked one is in, or a part of what was asked. Empty where the passage
	// names it as such.
	As []Authority
}

// Citing finds the passages that name an authority, in any spelling, those from
// offset on, at most limit. A passage that names a range of sections names each
// of them, and one that names a part of an article names the article; such
// passages come after those that name it as such. Else they are in the order of
// documents' ids, paragraphs first. Its fault is Invalid for what is no
// authority.
func (d *Desk) Citing(ctx context.Context, who library.CorpusID, spelling string, offset, limit int) (*Citing, error) {
	key, ok := authority.Parse(spelling)
	if !ok {
		return nil, fault.New(fault.Invalid, "%q is no law, treaty, case or order that this program can read; write it as it is cited, such as 50 U.S.C. § 3091, U.N. Charter art. 51 or Exec. Order No. 12333.", spelling)
	}
	s, err := d.see(ctx, who)
	if err != nil {
		return nil, err
	}
	hits, err := s.view.Find(ctx, index.Keywords{Cites: []index.Cites{{Key: key}}}, offset, limit)
	if err != nil {
		return nil, err
	}
	out := &Citing{Authority: Authority{Key: key, Name: authority.Name(key), Kind: authority.KindOf(key), URL: authority.URL(key)}, Total: hits.Total}
	for _, h := range hits.Hits {
		p := CitingPassage{Passage: Passage{Document: h.Document, Passage: h.Passage}}
		found, err := d.mark(ctx, s, &p.Passage, key)
		if err != nil {
			return nil, err
		}
		if err := d.handOut(ctx, s, &p.Passage); err != nil {
			return nil, err
		}
		if out.URL == "" {
			out.URL = linkIn([][]authority.Found{found}, key)
		}
		if !slices.ContainsFunc(found, func(f authority.Found) bool { return f.Key == key }) {
			for _, a := range p.NamedBy(h.Passage) {
				if index.Covers(a.Key, key) {
					p.As = append(p.As, a)
				}
			}
		}
		out.Hits = append(out.Hits, p)
	}
	return out, nil
}

// mark adds to a passage's evidence the places that name an authority, and
// returns them.
func (d *Desk) mark(ctx context.Context, s *sight, p *Passage, key string) ([]authority.Found, error) {
	_, named, err := d.named(ctx, s.entries[p.Document.ID])
	if err != nil {
		return nil, err
	}
	at, ok := p.Document.Index(p.Passage.Pincite())
	if !ok {
		return nil, noPassage(p.Document, p.Passage.Pincite())
	}
	var found []authority.Found
	for _, f := range named[at] {
		if f.Key != "" && index.Covers(f.Key, key) {
			found = append(found, f)
			p.Evidence = append(p.Evidence, words.Span{Start: f.Start, End: f.End})
		}
	}
	p.Evidence = joined(p.Evidence)
	return found, nil
}

// joined sorts spans and joins those that overlap.
func joined(spans []words.Span) []words.Span {
	slices.SortFunc(spans, func(a, b words.Span) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	out := spans[:0]
	for _, s := range spans {
		if last := len(out) - 1; last >= 0 && s.Start < out[last].End {
			out[last].End = max(out[last].End, s.End)
			continue
		}
		out = append(out, s)
	}
	return out
}
