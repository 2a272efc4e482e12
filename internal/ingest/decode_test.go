package ingest_test

import (
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"pincite/internal/ingest"
)

// utf16Bytes encodes s with the given byte order.
func utf16Bytes(order binary.AppendByteOrder, s string) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = order.AppendUint16(b, u)
	}
	return string(b)
}

func TestDecodes(t *testing.T) {
	// Longer than the 1,024 bytes that HTML's detection looks at.
	long := strings.Repeat("A plain sentence of the harbour board. ", 60)
	for _, tt := range []struct{ name, give, media, want string }{
		{"UTF-8", "He said “no” – twice…", "", "He said “no” – twice…"},
		{"UTF-8 with mark", "\xef\xbb\xbfHe said “no”.", "", "He said “no”."},
		{"UTF-16 little-endian", utf16Bytes(binary.LittleEndian, "\ufeffHe said “no”."), "", "He said “no”."},
		{"UTF-16 big-endian", utf16Bytes(binary.BigEndian, "\ufeffHe said “no”."), "", "He said “no”."},
		{"UTF-16 declared, without a mark", utf16Bytes(binary.LittleEndian, "He said “no”."), "text/plain; charset=utf-16le", "He said “no”."},
		{"Windows-1252", "He said \x93no\x94 \x96 twice\x85", "", "He said “no” – twice…"},
		{"Windows-1252, late", long + "\x93no\x94.", "", long + "“no”."},
		{"UTF-8, late", long + "“no”.", "", long + "“no”."},
		{"UTF-8 beats a wrong declaration", "He said “no”.", "text/plain; charset=iso-8859-1", "He said “no”."},
		{"declared", "\xce\xe5\xf2.", "text/plain; charset=windows-1251", "Оет."},
		{"declared as UTF-8 but not", "caf\xe9 noir.", "text/plain; charset=utf-8", "café noir."},
		{"unknown declaration", "caf\xe9 noir.", "text/plain; charset=klingon", "café noir."},
		{"UTF-8 with a damaged byte", strings.Repeat("“no” ", 20) + "and\xe2 so.", "", strings.Repeat("“no” ", 20) + "and\ufffd so."},
		{"line ends", "One\r\nand\rtwo.", "", "One and two."},
		{"spaces of all widths", "§\u00a0102\u2009(d)\u202f(5),\u2003and\u3000on.", "", "§ 102 (d) (5), and on."},
		{"invisible characters", "co\u00adop\u200bera\u2060tion\u200e of\ufeff all.", "", "cooperation of all."},
		{"direction overrides", "pay \u202e001\u202c now.", "", "pay 001 now."},
		{"joiners where they spell", "می\u200cخواهم.", "", "می\u200cخواهم."},
		{"letters keep their form", "cafe\u0301 and café.", "", "cafe\u0301 and café."},
		{"a stray control", strings.Repeat("words and more. ", 20) + "\x07end.", "", strings.Repeat("words and more. ", 20) + "end."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			// Two paragraphs, so that the lines of the first are joined.
			end := "\n\nEnd."
			switch {
			case strings.HasPrefix(tt.name, "UTF-16 little"), strings.Contains(tt.name, "declared, without"):
				end = utf16Bytes(binary.LittleEndian, end)
			case strings.HasPrefix(tt.name, "UTF-16 big"):
				end = utf16Bytes(binary.BigEndian, end)
			}
			r := read(t, ingest.Source{Name: "a.txt", Bytes: []byte(tt.give + end), MediaType: tt.media})
			if got := r.Document.Passages[0].Text; got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if doubted := len(r.Doubts) == 1 && r.Doubts[0].Kind == ingest.DoubtEncoding; doubted != strings.Contains(tt.want, "\ufffd") {
				t.Errorf("doubts %v", r.Doubts)
			}
		})
	}
}

func TestRecognisesTextualFormats(t *testing.T) {
	for _, tt := range []struct {
		name, media, give string
		want              ingest.Format
	}{
		{"a.txt", "", "*One.*", ingest.Text},
		{"a.md", "", "One.", ingest.Markdown},
		{"A.MARKDOWN", "", "One.", ingest.Markdown},
		{"a", "", "One.", ingest.Text},
		{"", "text/markdown; charset=utf-8", "One.", ingest.Markdown},
		{"a.txt", "text/markdown", "One.", ingest.Text},
		{"a.html", "", "No tags at all, 1 < 2.", ingest.Text},
		{"a.docx", "", "Text under the wrong name.", ingest.Text},
		{"a.txt", "", "---\ntitle: T\n---\nOne.", ingest.Markdown},
		{"a.txt", "", "+++\ntitle = \"T\"\n+++\nOne.", ingest.Markdown},
		{"a.txt", "", "---\n\nOne.\n\n---\n\nTwo.", ingest.Text},
		{"a.txt", "", "-----\nNote: a rule, no front matter.\n", ingest.Text},
		{"a.txt", "", "# On Ferries\n\nOne.", ingest.Markdown},
		{"a.txt", "", "#1 on the list.\n\nOne.", ingest.Text},
		{"a.txt", "", "One.[^a]\n\n[^a]: Note.", ingest.Markdown},
		{"a.txt", "", "One.\n\n[^a]: not called.", ingest.Text},
		{"a.txt", "", "BM is how a bitmap begins, too.", ingest.Text},
		{"a.txt", "", "MZ begins a program, and this sentence.", ingest.Text},
		{"a.md", "", "<div>One.</div>", ingest.Markdown},
	} {
		r := read(t, ingest.Source{Name: tt.name, MediaType: tt.media, Bytes: []byte(tt.give)})
		if r.Format != tt.want {
			t.Errorf("%s %s %q: read as %s, want %s", tt.name, tt.media, tt.give, r.Format, tt.want)
		}
	}
}
