package discord

import (
	"fmt"
	"strings"
	"testing"

	"pincite/internal/document"
	"pincite/internal/ingest"
)

// TestDoubts: a preview says of each doubt which passage it is about, once, and
// how many there was no room for.
func TestDoubts(t *testing.T) {
	preview := func(doubts ...ingest.Doubt) string {
		m, err := previewMessage(&ingest.Reading{Document: harbour(), Format: ingest.Text, Doubts: doubts}, nil, "draft", english)
		if err != nil {
			t.Fatal(err)
		}
		return printed(m)
	}
	for _, c := range []struct {
		doubt ingest.Doubt
		want  string
	}{
		{ingest.Doubt{Kind: ingest.DoubtMarker, Text: "“9” calls no footnote.", At: paragraph(3)}, "- ¶ 3: “9” calls no footnote."},
		{ingest.Doubt{Kind: ingest.DoubtMarker, Text: "A marker in ¶ 3 calls nothing.", At: paragraph(3)}, "- A marker in ¶ 3 calls nothing."},
		{ingest.Doubt{Kind: ingest.DoubtNote, Text: "Footnote 2 is called by no passage.", At: footnote(2)}, "- Footnote 2 is called by no passage."},
		{ingest.Doubt{Kind: ingest.DoubtMetadata, Text: "The date is not understood."}, "- The date is not understood."},
		{ingest.Doubt{Kind: ingest.DoubtEncoding, Text: "1 character is damaged."}, "- 1 character is damaged."},
		{ingest.Doubt{Kind: ingest.DoubtLayout, Text: "Hardly any words on page 3 of 4.", At: document.Pincite{}}, "- Hardly any words on page 3 of 4."},
	} {
		if got := preview(c.doubt); !strings.Contains(got, "| "+c.want+"\n") {
			t.Errorf("%+v is shown as\n%s", c.doubt, got)
		}
	}
	var many []ingest.Doubt
	for n := range mostDoubts + 5 {
		many = append(many, ingest.Doubt{Kind: ingest.DoubtLayout, Text: fmt.Sprintf("Doubt number %d.", n+1)})
	}
	got := preview(many...)
	if strings.Count(got, "- Doubt number") != mostDoubts || !strings.Contains(got, "- and 5 more.\n") || !strings.Contains(got, "**13 things to check first:**") {
		t.Errorf("many doubts are shown as\n%s", got)
	}
}
