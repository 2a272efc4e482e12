package document

import (
	"strings"
	"unicode"
)

// MaxID bounds a document's id, in bytes: with a pincite and a command's name
// it must fit into the 100 characters of a Discord button's custom_id.
const MaxID = 60

// ValidID reports whether s can be a document's id: lower-case ASCII letters
// and digits in words joined by single hyphens, of at most MaxID bytes.
func ValidID(s string) bool {
	if s == "" || len(s) > MaxID || s[0] == '-' || s[len(s)-1] == '-' || strings.Contains(s, "--") {
		return false
	}
	for _, c := range []byte(s) {
		if c != '-' && (c < '0' || c > '9') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

// folded writes letters beyond ASCII in ASCII, for Slug alone: the Latin
// letters that European languages use.
var folded = strings.NewReplacer(
	"á", "a", "à", "a", "â", "a", "ä", "a", "ã", "a", "å", "a", "ā", "a", "ą", "a", "æ", "ae",
	"ç", "c", "ć", "c", "č", "c", "ď", "d", "đ", "d", "ð", "d",
	"é", "e", "è", "e", "ê", "e", "ë", "e", "ē", "e", "ę", "e", "ě", "e", "ğ", "g",
	"í", "i", "ì", "i", "î", "i", "ï", "i", "ī", "i", "ı", "i", "ł", "l", "ñ", "n", "ń", "n", "ň", "n",
	"ó", "o", "ò", "o", "ô", "o", "ö", "o", "õ", "o", "ø", "o", "ő", "o", "œ", "oe", "ř", "r",
	"ś", "s", "š", "s", "ş", "s", "ß", "ss", "ť", "t", "þ", "th",
	"ú", "u", "ù", "u", "û", "u", "ü", "u", "ū", "u", "ů", "u", "ű", "u", "ý", "y", "ÿ", "y",
	"ź", "z", "ż", "z", "ž", "z", "'", "", "’", "",
)

// Slug makes an id of a file's name or a title. What it cannot write in ASCII
// becomes a hyphen; the result is empty where nothing is left.
func Slug(name string) string {
	var b strings.Builder
	gap := false
	for _, r := range folded.Replace(strings.ToLower(name)) {
		if r > unicode.MaxASCII || (!unicode.IsLower(r) && !unicode.IsDigit(r)) {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte('-')
			gap = false
		}
		b.WriteRune(r)
	}
	s := b.String()
	if len(s) <= MaxID {
		return s
	}
	// A long title is cut between words where it can be.
	cut := s[:MaxID]
	if i := strings.LastIndexByte(cut, '-'); i > MaxID/2 && s[MaxID] != '-' {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, "-")
}
