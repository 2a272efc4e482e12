package ingest_test

import (
	"bytes"
	"testing"

	"pincite/internal/ingest"
)

// Where each hostile input is tried:
//
//	zip bomb, deep XML, too many elements    TestRefusesHostilePackages
//	deep nesting                             TestBoundsHostilePages, TestRefuses (deep.md), TestReadersStopWithinBoundedWork
//	a huge table                             TestBoundsHostilePages, TestReadersStopWithinBoundedWork (table.md)
//	memory                                   TestReadersTakeBoundedMemory, TestChildIsBounded
//	truncated, damaged: archives             TestReadsDamagedPackages
//	truncated, damaged: PDF                  TestDamagedPDFs
//	truncated, damaged: text, Markdown, HTML TestReadsDamagedTexts
//	a scan without text                      TestRefusesPDFs
//	password: DOCX, ODT                      TestRefusesHostilePackages
//	password: PDF                            TestRefusesAPassword
//	wrong extension, zero bytes              TestRefuses
//	30 MB declared, stalling, looping,
//	lying about length                       TestFetchRefuses
//	redirects to loopback, 169.254.169.254,
//	private networks, file:                  TestFetchRefuses
//	such addresses themselves                TestFetchGuards
//	others are answered meanwhile            desk: TestAsksAreAnsweredWhileADocumentIsRead

// Every text that is cut short anywhere, within a character too, or has a
// byte changed, is read or refused in a sentence.
func TestReadsDamagedTexts(t *testing.T) {
	for name, raw := range map[string][]byte{
		"case.txt":  sample(3000, false),
		"case.md":   append([]byte("---\ntitle: Berths\nauthors: [Ada North]\n---\n"), sample(3000, true)...),
		"case.html": samplePage(3000),
	} {
		for i := 0; i < len(raw); i += 1 + len(raw)/300 {
			changed := bytes.Clone(raw)
			changed[i] ^= 0x55
			for _, damaged := range [][]byte{raw[:i], changed, append(bytes.Clone(raw[:i]), raw[min(len(raw), i+40):]...)} {
				r, err := ingest.Read(t.Context(), ingest.Source{Name: name, Bytes: damaged}, ingest.Limits{})
				if err != nil {
					checkFault(t, err)
				} else {
					checkReading(t, damaged, r, ingest.DefaultLimits())
				}
			}
		}
	}
}
