package ingest_test

import (
	"bytes"
	"crypto/md5"
	"crypto/rc4"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strings"
)

// assemble makes a PDF of the contents of its pages. With encrypt, streams
// are encrypted with RC4 for a user's password, as PDF 1.3 has it.
func assemble[B interface{ Bytes() []byte }](pages []B, width, height float64, encrypt []byte) []byte {
	var out bytes.Buffer
	var offsets []int
	obj := func(s string) {
		offsets = append(offsets, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", len(offsets), s)
	}
	out.WriteString("%PDF-1.4\n")
	var kids strings.Builder
	for i := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", 6+2*i)
	}
	obj("<< /Type /Catalog /Pages 2 0 R >>")
	obj(fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", len(pages), kids.String()))
	widths := strings.Trim(fmt.Sprint(charWidths), "[]")
	wide := strings.TrimSpace(strings.Repeat("500 ", 255-126))
	for _, name := range []string{"Times-Roman", "Times-Bold", "Times-Italic"} {
		obj(fmt.Sprintf("<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding /FirstChar 32 /LastChar 255 /Widths [%s %s] >>", name, widths, wide))
	}
	id := []byte("0123456789abcdef")
	var key, owner, user []byte
	if encrypt != nil {
		key, owner, user = encryption(encrypt, id)
	}
	for i, p := range pages {
		obj(fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %g %g] /Contents %d 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R >> >> >>", width, height, 7+2*i))
		content := p.Bytes()
		if encrypt != nil {
			content = encrypted(content, key, 7+2*i)
		}
		obj(fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content))
	}
	trailer := fmt.Sprintf("/Root 1 0 R /ID [<%x> <%x>]", id, id)
	if encrypt != nil {
		obj(fmt.Sprintf("<< /Filter /Standard /V 1 /R 2 /P -4 /O <%x> /U <%x> >>", owner, user))
		trailer += fmt.Sprintf(" /Encrypt %d 0 R", len(offsets))
	}
	at := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&out, "trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, trailer, at)
	return out.Bytes()
}

// passwordPadding is the string that PDF 32000-1, 7.6.3.3, pads passwords with.
const passwordPadding = "\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A"

// encryption computes the key and the two password entries of revision 2.
func encryption(password, id []byte) (key, owner, user []byte) {
	padded := append(append([]byte{}, password...), passwordPadding...)[:32]
	digest := md5.Sum(padded)
	owner = crypt(digest[:5], padded)
	h := md5.New()
	h.Write(padded)
	h.Write(owner)
	permissions := int32(-4)
	_ = binary.Write(h, binary.LittleEndian, permissions)
	h.Write(id)
	key = h.Sum(nil)[:5]
	return key, owner, crypt(key, []byte(passwordPadding))
}

// encrypted is a stream as object n has it.
func encrypted(content, key []byte, n int) []byte {
	digest := md5.Sum(append(append([]byte{}, key...), byte(n), byte(n>>8), byte(n>>16), 0, 0))
	return crypt(digest[:10], content)
}

func crypt(key, s []byte) []byte {
	c, err := rc4.NewCipher(key)
	if err != nil {
		panic(err)
	}
	out := make([]byte, len(s))
	c.XORKeyStream(out, s)
	return out
}

// invented makes a document of n paragraphs, with headings, a quotation, a
// list and notes, from a fixed vocabulary.
func invented(n int, seed uint64) set {
	r := rand.New(rand.NewPCG(seed, 7))
	vocabulary := strings.Fields(`harbour board pilot relief bridge weather tug members keel berth vessel lantern customs inspector
		navigation obligation jurisdiction authorization notwithstanding the the the a of of in to and that which was were had been
		considered determination representative acknowledgement proportionality dredging channel tide quay warden licence appeal
		commissioners subsequently extraordinarily maintained pilotage responsibility any every some under between before after`)
	word := func() string { return vocabulary[r.IntN(len(vocabulary))] }
	sentence := func(least int) string {
		k := least + r.IntN(14)
		words := make([]string, k)
		for i := range words {
			words[i] = word()
			if i > 3 && i < k-2 && r.IntN(9) == 0 {
				words[i] += ","
			}
		}
		s := strings.Join(words, " ")
		return strings.ToUpper(s[:1]) + s[1:] + "."
	}
	doc := set{title: "Berths and Their Holders: An Inquiry", authors: []string{"Ada North", "Tom B. Quay"}, date: "3 March 2019"}
	headings := strings.Fields("Berths Pilots Relief Tides Wardens Lanterns Dredging Customs Appeals Licences")
	for p := 0; p < n; p++ {
		if p%5 == 0 {
			doc.blocks = append(doc.blocks, setBlock{setHeading, "The Law of " + headings[p/5%len(headings)]})
		}
		var b strings.Builder
		for range 3 + r.IntN(4) {
			b.WriteString(sentence(6))
			if r.IntN(4) == 0 {
				note := fmt.Sprintf("Harbour Board Minutes, vol. %d, at %d. ", len(doc.notes)+3, 10+r.IntN(800)) + sentence(5)
				for r.IntN(3) == 0 {
					note += " " + sentence(8)
				}
				if r.IntN(8) == 0 {
					note += "\n" + sentence(9)
				}
				doc.notes = append(doc.notes, note)
				fmt.Fprintf(&b, "{%d}", len(doc.notes))
			}
			b.WriteByte(' ')
		}
		doc.blocks = append(doc.blocks, setBlock{setParagraph, strings.TrimSpace(b.String())})
		switch p % 7 {
		case 3:
			doc.blocks = append(doc.blocks, setBlock{setQuote, sentence(16) + " " + sentence(12)})
		case 5:
			for range 3 {
				doc.blocks = append(doc.blocks, setBlock{setItem, sentence(9)})
			}
		}
	}
	return doc
}
