package eval

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pincite/internal/document"
	"pincite/internal/fault"
)

// folder writes files, by their path, into a new folder.
func folder(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// small is a suite with ids of many forms, texts that look like Markdown, and
// a passage and a query for each thing that a suite may leave open.
func small() map[string]string {
	return map[string]string{
		"corpus.jsonl": `{"_id": "a/1", "title": "Bridges", "text": "  # Tolls\n\nA lorry pays four crowns to cross.  "}
{"_id": "a 2", "title": " Bridges ", "text": "Cyclists cross the bridge free of charge."}

{"_id": 3, "title": "", "text": "[1] Ferries sail at noon."}
{"_id": "p4", "title": "", "text": "* Anglers need a licence."}
{"_id": "5", "title": "Bridges", "text": " \n "}
{"_id": "6", "title": "", "text": ""}
`,
		"queries.jsonl": `{"_id": "q1", "text": "what does a lorry pay?"}
{"_id": 2, "text": "when do ferries sail"}
{"_id": "q3", "text": "who may fly a kite"}
{"_id": "q4", "text": "is there a licence for anglers"}
{"_id": "q5", "text": "???"}
`,
		"qrels.tsv":        "query-id\tcorpus-id\tscore\nq1\ta/1\t2\nq1\ta 2\t0\n2\t3\t1\nq4\tp4\t0\n",
		"unanswerable.txt": "q3\nq5\n",
	}
}

func noReader(context.Context, string) (*document.Document, error) {
	return nil, errors.New("nothing is to be read")
}

func TestLoadBEIR(t *testing.T) {
	s, err := Load(t.Context(), folder(t, small()), noReader)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range s.Documents {
		if err := d.Validate(); err != nil {
			t.Error(err)
		}
		got = append(got, "= "+d.Title)
		for i := range d.Passages {
			p := &d.Passages[i]
			got = append(got, s.ID(d.Ref(p))+": "+p.Text)
		}
	}
	want := []string{
		"= Bridges", "a/1: # Tolls\n\nA lorry pays four crowns to cross.", "a 2: Cyclists cross the bridge free of charge.",
		"= —", "3: [1] Ferries sail at noon.", "= —", "p4: * Anglers need a licence.", "= Bridges", "5: Bridges",
	}
	if !slices.Equal(got, want) {
		t.Errorf("corpus:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if s.Left.EmptyPassages != 1 || s.Left.UnknownJudgments != 0 {
		t.Errorf("left out: %+v", s.Left)
	}
	got = nil
	for i := range s.Queries {
		q := &s.Queries[i]
		is := "not judged"
		switch {
		case q.Answerable():
			is = "answered by " + strings.Join(q.relevant(), " ")
		case q.Unanswerable:
			is = "unanswerable"
		}
		got = append(got, q.ID+" "+is)
	}
	want = []string{"q1 answered by a/1", "2 answered by 3", "q3 unanswerable", "q4 not judged", "q5 unanswerable"}
	if !slices.Equal(got, want) {
		t.Errorf("queries %q, want %q", got, want)
	}
}

// TestLoadSurvivesForeignJudgments has judgments of queries and passages that
// were cut away: the passages still count as not found.
func TestLoadSurvivesForeignJudgments(t *testing.T) {
	files := small()
	files["qrels.tsv"] += "q9\ta/1\t1\nq1\tgone\t1\n"
	files["unanswerable.txt"] += "q99\n"
	s, err := Load(t.Context(), folder(t, files), noReader)
	if err != nil {
		t.Fatal(err)
	}
	if s.Left.UnknownJudgments != 3 || s.Left.UnknownFirst != `qrels.tsv:6 "q9"` {
		t.Errorf("left out: %+v", s.Left)
	}
	if got := s.Queries[0].Grades["gone"]; got != 1 {
		t.Errorf("the passage that is gone has grade %d", got)
	}
}

func TestLoadRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(files map[string]string)
		kind  fault.Kind
		says  string // in the sentence for the user
	}{
		"no files":        {func(f map[string]string) { clear(f) }, fault.NotFound, "neither queries.jsonl nor questions.jsonl"},
		"no corpus":       {func(f map[string]string) { delete(f, "corpus.jsonl") }, fault.NotFound, "neither corpus.jsonl nor documents"},
		"no judgments":    {func(f map[string]string) { delete(f, "qrels.tsv") }, fault.NotFound, "no qrels.tsv"},
		"empty corpus":    {func(f map[string]string) { f["corpus.jsonl"] = "\n" }, fault.Unreadable, "corpus.jsonl holds no passages"},
		"no queries":      {func(f map[string]string) { f["queries.jsonl"] = "" }, fault.Unreadable, "queries.jsonl holds no questions"},
		"corpus no JSON":  {func(f map[string]string) { f["corpus.jsonl"] += "{\"_id\":\n" }, fault.Unreadable, "corpus.jsonl:8 "},
		"queries no JSON": {func(f map[string]string) { f["queries.jsonl"] = "\n\nq1" + f["queries.jsonl"] }, fault.Unreadable, "queries.jsonl:3 "},
		"text no string":  {func(f map[string]string) { f["queries.jsonl"] += `{"_id":"q","text":7}` }, fault.Unreadable, "queries.jsonl:6 "},
		"id no string":    {func(f map[string]string) { f["queries.jsonl"] += `{"_id":["q"],"text":""}` }, fault.Unreadable, "a string or a number"},
		"no id":           {func(f map[string]string) { f["corpus.jsonl"] += `{"text":"x"}` }, fault.Unreadable, "corpus.jsonl:8 cannot be used: it has no id"},
		"passage twice":   {func(f map[string]string) { f["corpus.jsonl"] += `{"_id":"a 2","text":"x"}` }, fault.Unreadable, "in line 2 already"},
		"query twice":     {func(f map[string]string) { f["queries.jsonl"] += `{"_id":"q3","text":"x"}` }, fault.Unreadable, "in line 3 already"},
		"two columns":     {func(f map[string]string) { f["qrels.tsv"] += "q1\ta/1\n" }, fault.Unreadable, "qrels.tsv:6 "},
		"spaces for tabs": {func(f map[string]string) { f["qrels.tsv"] = "q1 a/1 1\n" }, fault.Unreadable, "qrels.tsv:1 "},
		"grade no number": {func(f map[string]string) { f["qrels.tsv"] += "q3\tp4\tyes\n" }, fault.Unreadable, `qrels.tsv:6 cannot be used: grade "yes"`},
		"judged twice":    {func(f map[string]string) { f["qrels.tsv"] += "q1\ta/1\t1\n" }, fault.Unreadable, "judged twice"},
		"another set's":   {func(f map[string]string) { f["qrels.tsv"] = "q1\tz1\t1\nq1\tz2\t1\n" }, fault.Invalid, `qrels.tsv:1 "z1"`},
		"answer and none": {func(f map[string]string) { f["unanswerable.txt"] += "q1\n" }, fault.Unreadable, "unanswerable.txt:3 "},
	} {
		files := small()
		c.spoil(files)
		_, err := Load(t.Context(), folder(t, files), noReader)
		if err == nil {
			t.Errorf("%s: loaded", name)
			continue
		}
		if fault.KindOf(err) != c.kind || !strings.Contains(fault.Sentence(err), c.says) {
			t.Errorf("%s: kind %d, %q; want kind %d with %q", name, fault.KindOf(err), fault.Sentence(err), c.kind, c.says)
		}
	}
	for path, kind := range map[string]fault.Kind{
		filepath.Join(t.TempDir(), "gone"):                fault.NotFound,
		filepath.Join(folder(t, small()), "corpus.jsonl"): fault.Invalid,
	} {
		if _, err := Load(t.Context(), path, noReader); fault.KindOf(err) != kind {
			t.Errorf("%s: %v", filepath.Base(path), err)
		}
	}
}

// FuzzLoadCorpus: whatever stands in corpus.jsonl is refused with its line, or
// each line is a passage of a document that can be quoted, or counted as empty.
func FuzzLoadCorpus(f *testing.F) {
	f.Add("Bridges", "# Tolls\n", []byte(small()["corpus.jsonl"]))
	f.Add(" \u2028", "\u00a0a\x00\xff", []byte("{\"_id\":1,\"text\":\"\\ud800\"}\r\n{\"_id\":\"1 \",\"title\":\"\\t\"}"))
	f.Fuzz(func(t *testing.T, title, text string, tail []byte) {
		first, err := json.Marshal(map[string]string{"_id": "first", "title": title, "text": text})
		if err != nil {
			t.Fatal(err)
		}
		raw := slices.Concat(first, []byte("\n"), tail)
		s := &Suite{}
		err = s.loadCorpus(folder(t, map[string]string{corpusFile: string(raw)}))
		if err != nil {
			if fault.KindOf(err) != fault.Unreadable || !strings.HasPrefix(fault.Sentence(err), corpusFile) {
				t.Fatalf("%v", err)
			}
			return
		}
		for _, d := range s.Documents {
			if err := d.Validate(); err != nil {
				t.Fatal(err)
			}
		}
		lines := 0
		for line := range strings.Lines(string(raw)) {
			if strings.TrimSpace(line) != "" {
				lines++
			}
		}
		if got := len(s.names()) + s.Left.EmptyPassages; got != lines {
			t.Fatalf("%d passages of %d lines", got, lines)
		}
	})
}

// readLines is a reader of files whose lines are paragraphs.
func readLines(_ context.Context, path string) (*document.Document, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	d := &document.Document{ID: document.Slug(name), Title: name}
	for line := range strings.Lines(string(raw)) {
		d.Passages = append(d.Passages, document.Passage{
			Kind: document.Paragraph, Number: len(d.Passages) + 1, Text: strings.TrimSpace(line),
		})
	}
	if len(d.Passages) == 0 {
		return nil, fault.New(fault.Unreadable, "%s holds no text.", name)
	}
	return d, nil
}

func TestLoadDocuments(t *testing.T) {
	files := map[string]string{
		"documents/Tolls.txt":     "A lorry pays four crowns.\nCyclists pay nothing.\n",
		"documents/sub/ferry.txt": "Ferries sail at noon.\n",
		"documents/blank.pdf":     "",
		"documents/README.md":     "About this folder.\n",
		"documents/.hidden.txt":   "Not this.\n",
		"documents/.git/config":   "Nor this.\n",
		"queries.jsonl":           `{"_id": "q", "text": "who pays nothing"}`,
		"qrels.tsv":               "q\ttolls/p2\t1\n",
	}
	s, err := Load(t.Context(), folder(t, files), readLines)
	if err != nil {
		t.Fatal(err)
	}
	got := slices.Sorted(maps.Keys(s.names()))
	if want := []string{"ferry/p1", "tolls/p1", "tolls/p2"}; !slices.Equal(got, want) {
		t.Errorf("passages %q, want %q", got, want)
	}
	if !slices.Equal(s.Left.UnreadDocuments, []string{"blank.pdf"}) || s.Left.UnknownJudgments != 0 {
		t.Errorf("left out: %+v", s.Left)
	}

	files["documents/sub/tolls.md"] = "Again.\n"
	if _, err := Load(t.Context(), folder(t, files), readLines); fault.KindOf(err) != fault.Invalid {
		t.Errorf("two documents of one id: %v", err)
	}
	broken := func(context.Context, string) (*document.Document, error) { return nil, errors.New("disk on fire") }
	if _, err := Load(t.Context(), folder(t, files), broken); err == nil || !strings.Contains(err.Error(), "disk on fire") {
		t.Errorf("a reader that fails: %v", err)
	}
}

func TestLoadQuestions(t *testing.T) {
	files := map[string]string{
		"README.md":  "What this is.\n",
		"tolls.txt":  "A lorry pays four crowns.\nCyclists pay nothing.\n",
		"other.json": "{}",
		"questions.jsonl": `{"id": "1", "style": "natural", "question": "who pays nothing", "gold": ["p2", "p1"]}
{"id": "2", "style": "unanswerable", "question": "who flies a kite", "gold": []}
{"id": "3", "question": "what does a lorry pay", "gold": ["tolls/p1"]}
`,
	}
	s, err := Load(t.Context(), folder(t, files), readLines)
	if err != nil {
		t.Fatal(err)
	}
	if q := s.Queries[0]; q.Style != "natural" || !maps.Equal(q.Grades, map[string]int{"tolls/p1": 1, "tolls/p2": 1}) {
		t.Errorf("%+v", q)
	}
	if q := s.Queries[1]; !q.Unanswerable || q.Answerable() {
		t.Errorf("%+v", q)
	}
	if q := s.Queries[2]; !maps.Equal(q.Grades, map[string]int{"tolls/p1": 1}) {
		t.Errorf("%+v", q)
	}

	document := func(id string, passages int) *document.Document {
		raw := folder(t, map[string]string{id + ".txt": strings.Repeat("Some text.\n", passages)})
		d, err := readLines(t.Context(), filepath.Join(raw, id+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	files["questions.jsonl"] = `{"id": "1", "question": "who pays nothing", "gold": ["p2", "p1"], "grades": [3, 1]}`
	graded, err := Load(t.Context(), folder(t, files), readLines)
	if err != nil {
		t.Fatal(err)
	}
	if q := graded.Queries[0]; !maps.Equal(q.Grades, map[string]int{"tolls/p2": 3, "tolls/p1": 1}) {
		t.Errorf("%+v", q)
	}

	other, err := s.On("edition", "dues", document("ferry", 1), document("dues", 2))
	if err != nil {
		t.Fatal(err)
	}
	if q := other.Queries[0]; other.Name != "edition" || !maps.Equal(q.Grades, map[string]int{"dues/p1": 1, "dues/p2": 1}) {
		t.Errorf("%+v", q)
	}
	if _, ok := s.Queries[0].Grades["tolls/p1"]; !ok {
		t.Error("the suite itself was changed")
	}
	if _, err := s.On("edition", "dues", document("dues", 1)); err == nil {
		t.Error("a document without the passage that answers is accepted")
	}
	if _, err := s.On("edition", "dues", document("dues", 2), document("dues", 2)); err == nil {
		t.Error("two documents of one id are accepted")
	}

	for name, gold := range map[string]string{
		"no pincite": `["q7"]`, "no ref": `["Tolls/p1"]`, "grade missing": `["p1", "p2"], "grades": [1]`, "grade 0": `["p1"], "grades": [0]`,
	} {
		bad := maps.Clone(files)
		bad["questions.jsonl"] += "\n" + `{"id": "4", "question": "x", "gold": ` + gold + `}`
		_, err := Load(t.Context(), folder(t, bad), readLines)
		if fault.KindOf(err) != fault.Unreadable || !strings.Contains(err.Error(), "questions.jsonl:2") {
			t.Errorf("%s: %v", name, err)
		}
	}
	files["ferry.md"] = "Ferries sail at noon.\n"
	if _, err := Load(t.Context(), folder(t, files), readLines); err == nil || !strings.Contains(err.Error(), "questions.jsonl:1") {
		t.Errorf("pincites beside two documents: %v", err)
	}
	delete(files, "ferry.md")
	delete(files, "tolls.txt")
	if _, err := Load(t.Context(), folder(t, files), readLines); fault.KindOf(err) != fault.NotFound {
		t.Errorf("no document: %v", err)
	}
}

func TestLoadListedDocuments(t *testing.T) {
	files := map[string]string{
		"corpus/tolls.txt":    "A lorry pays four crowns.\nCyclists pay nothing.\n",
		"corpus/ferry.txt":    "Ferries sail at noon.\n",
		"corpus/kites.txt":    "Kites fly on Sundays.\n",
		"set/documents.list":  "../corpus/tolls.txt\n\n../corpus/ferry.txt\n",
		"set/questions.jsonl": `{"id": "1", "question": "who pays nothing", "gold": ["tolls/p2"]}`,
	}
	dir := folder(t, files)
	s, err := Load(t.Context(), filepath.Join(dir, "set"), readLines)
	if err != nil {
		t.Fatal(err)
	}
	got := slices.Sorted(maps.Keys(s.names()))
	if want := []string{"ferry/p1", "tolls/p1", "tolls/p2"}; !slices.Equal(got, want) {
		t.Errorf("passages %q, want %q", got, want)
	}
	for name, line := range map[string]string{"a file that is not there": "../corpus/gone.txt", "a document twice": "../corpus/tolls.txt"} {
		bad := maps.Clone(files)
		bad["set/documents.list"] += line + "\n"
		_, err := Load(t.Context(), filepath.Join(folder(t, bad), "set"), readLines)
		if err == nil || !strings.Contains(err.Error(), "documents.list:4") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
