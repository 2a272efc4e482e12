package ingest

import (
	"bytes"
	"mime"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"

	"pincite/internal/document"
	"pincite/internal/fault"
)

// decode turns the source's bytes into normalised text: by its byte order
// mark; else as UTF-8 where the whole of it is valid; else by the declared
// charset; else as Windows-1252. A text that is UTF-8 but for a few damaged
// bytes stays UTF-8, with a doubt: read as Windows-1252 all its quotation
// marks would turn into rubbish.
func (in *input) decode() error {
	raw := in.source.Bytes
	declared := in.declaredCharset()
	var text string
	switch enc := byteOrderMark(raw); {
	case enc != nil:
		s, err := decodeWith(enc, raw)
		if err != nil {
			return fault.Wrap(fault.Unreadable, err, "%s is damaged: its bytes are not the Unicode that its first ones announce.", in.name)
		}
		text = s
	case bytes.IndexByte(raw, 0) >= 0 && !wide(declared):
		return in.notText("it holds NUL bytes")
	case utf8.Valid(raw) && !wide(declared):
		text = string(raw)
	case mostlyUTF8(raw):
		text = strings.ToValidUTF8(string(raw), "\ufffd")
	default:
		enc := declared
		if enc == nil || enc == unicode.UTF8 {
			enc = charmap.Windows1252
		}
		s, err := decodeWith(enc, raw)
		if err != nil {
			return fault.Wrap(fault.Unreadable, err, "%s is not in the character set that is declared for it: save it as UTF-8.", in.name)
		}
		text = s
	}
	text, d := normalise(text)
	switch {
	case d.beyond() && d.replacements > d.controls:
		return fault.New(fault.Unreadable, "%s is wrongly encoded: many of its characters were lost before it got here. Save it again as UTF-8.", in.name)
	case d.beyond():
		return in.notText("many of its bytes are control characters")
	case d.replacements > 0:
		in.doubts.add(DoubtEncoding, document.Pincite{}, "%s damaged (shown as \ufffd).", are(d.replacements, "character"))
	}
	in.text = text
	return nil
}

// notText is the fault of binary input.
func (in *input) notText(why string) error {
	if f, ok := byExtension(extensionOf(in.source.Name)); ok && !f.textual {
		return fault.New(fault.Unreadable, "%s is named like %s but is damaged or none: %s. Give it as plain text or Markdown.", in.name, f.what, why)
	}
	return fault.New(fault.Unreadable, "%s is not text: %s. Give the analysis as plain text (UTF-8) or Markdown.", in.name, why)
}

// byteOrderMark finds the encoding that the first bytes announce.
func byteOrderMark(raw []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(raw, []byte("\xef\xbb\xbf")):
		return unicode.UTF8BOM
	case bytes.HasPrefix(raw, []byte("\xff\xfe")):
		return unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
	case bytes.HasPrefix(raw, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM)
	}
	return nil
}

// charset is the encoding that a content type declares, nil where it declares
// none that is known.
func charset(mediaType string) encoding.Encoding {
	_, params, err := mime.ParseMediaType(mediaType)
	if err != nil {
		return nil
	}
	enc, err := htmlindex.Get(params["charset"])
	if err != nil {
		return nil
	}
	return enc
}

// wide reports the encodings whose text holds NUL bytes.
func wide(enc encoding.Encoding) bool {
	if enc == nil {
		return false
	}
	name, err := htmlindex.Name(enc)
	return err == nil && strings.HasPrefix(name, "utf-16")
}

// decodeWith decodes; what the encoding does not define becomes U+FFFD.
func decodeWith(enc encoding.Encoding, raw []byte) (string, error) {
	out, err := enc.NewDecoder().Bytes(raw)
	if err != nil {
		return "", err
	}
	return strings.ToValidUTF8(string(out), "\ufffd"), nil
}

// mostlyUTF8 reports whether bytes that are not valid UTF-8 are so by damage
// alone: at least 20 valid sequences for each invalid byte. In Windows-1252
// prose a valid sequence is an accident.
func mostlyUTF8(raw []byte) bool {
	valid, invalid := 0, 0
	for i := 0; i < len(raw); {
		if raw[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(raw[i:])
		if r == utf8.RuneError && n == 1 {
			invalid++
		} else {
			valid++
		}
		i += n
	}
	return valid > 0 && valid >= 20*invalid
}
