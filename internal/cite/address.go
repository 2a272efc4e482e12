package cite

import (
	"net/url"
	"strings"
)

// webAddress is a document's URL as it is printed and linked: as stored, with
// those characters percent-encoded that would end an address in running text
// or in Markdown. It reports false where the URL is not of the web.
func webAddress(stored string) (string, bool) {
	stored = strings.TrimSpace(stored)
	u, err := url.Parse(stored)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return "", false
	}
	// Some readers know an address only by a scheme in lower case.
	stored = u.Scheme + stored[len(u.Scheme):]
	return percentEncode(stored, func(c byte) bool {
		return c > ' ' && c != 0x7f && !strings.ContainsRune("<>\"\\`^{|}", rune(c))
	}), true
}

// percentEncode writes every byte that is not kept as %XX.
func percentEncode(s string, keep func(byte) bool) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; keep(c) {
			b.WriteByte(c)
		} else {
			b.Write([]byte{'%', digits[c>>4], digits[c&15]})
		}
	}
	return b.String()
}
