package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pincite/internal/desk"
)

// pincite runs the program in this process, with a data folder of the test's
// own and an environment that is empty otherwise.
func pincite(t *testing.T, data string, args ...string) (stdout string, err error) {
	t.Helper()
	var out, errs bytes.Buffer
	getenv := func(name string) string { return map[string]string{"PINCITE_DATA": data}[name] }
	err = run(t.Context(), args, strings.NewReader(""), &out, &errs, getenv)
	if errs.Len() > 0 {
		t.Logf("standard error: %s", &errs)
	}
	return out.String(), err
}

// TestArticle adds the analysis that Pincite was first built for, where it is
// at hand, and asks for the exact bytes of each of its passages.
func TestArticle(t *testing.T) {
	shared, ok := sharedFolder(t)
	path := filepath.Join(shared, "article", "article.txt")
	raw, err := os.ReadFile(path)
	if !ok || err != nil {
		t.Skipf("needs %s", path)
	}
	paragraphs, notes, ok := strings.Cut(string(raw), "\n___")
	if !ok {
		t.Fatal("no rule before the footnotes")
	}
	lines := strings.Split(strings.TrimSpace(paragraphs), "\n")
	_, note, _ := strings.Cut(notes, "[1]")

	data := t.TempDir()
	if out, err := pincite(t, data, "add", path); err != nil || !strings.HasPrefix(out, "added article: ") {
		t.Fatalf("add: %q, %v", out, err)
	}
	out, err := pincite(t, data, "show", "--json", "article")
	if err != nil {
		t.Fatal(err)
	}
	var shown desk.DocumentJSON
	if err := json.Unmarshal([]byte(out), &shown); err != nil {
		t.Fatal(err)
	}
	want := append(lines, strings.TrimSpace(note))
	if len(shown.Passages) != len(want) {
		t.Fatalf("%d passages, want %d", len(shown.Passages), len(want))
	}
	for i, p := range shown.Passages {
		if p.Text != want[i] {
			t.Errorf("%s differs from the file", p.ID)
		}
	}
	if got := shown.Passages[1].Notes; !slices.Equal(got, []string{"article/n1"}) {
		t.Errorf("p2 calls %q", got)
	}

	out, err = pincite(t, data, "ask", "--json", "--in", "article", "Would Article 51 cover strikes on cartels?")
	if err != nil {
		t.Fatal(err)
	}
	var said answeredJSON
	if err := json.Unmarshal([]byte(out), &said); err != nil {
		t.Fatal(err)
	}
	if len(said.Passages) == 0 {
		t.Fatal("no passages")
	}
	for _, p := range said.Passages {
		i := slices.IndexFunc(shown.Passages, func(q desk.PassageJSON) bool { return q.ID == p.ID })
		if i < 0 || p.Text != want[i] {
			t.Errorf("%s differs from the file", p.ID)
			continue
		}
		for _, e := range p.Evidence {
			if !strings.Contains(string(raw), p.Text[e.Start:e.End]) {
				t.Errorf("the evidence of %s is not in the file", p.ID)
			}
		}
	}
}

// TestManyFiles: adding a folder's worth of files in one call finds each.
func TestManyFiles(t *testing.T) {
	data, dir := t.TempDir(), t.TempDir()
	for _, name := range []string{"alder", "birch", "cedar", "douglas", "elm", "fir", "ginkgo", "hazel", "ivy", "juniper", "larch", "maple"} {
		text := "# The " + name + "\n\nThe " + name + " stands by the mill.\n"
		if err := os.WriteFile(filepath.Join(dir, name+".md"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out, err := pincite(t, data, "add", filepath.Join(dir, "*.md"))
	if err != nil || !strings.HasSuffix(out, "\n12 added.\n") {
		t.Fatalf("add: %q, %v", out, err)
	}
	for _, name := range []string{"alder", "maple"} {
		out, err := pincite(t, data, "ask", "--json", "--limit=1", "Where does the", name, "stand?")
		if err != nil || !strings.Contains(out, `"id":"`+name+`/p1"`) {
			t.Errorf("ask for %s: %q, %v", name, out, err)
		}
	}
}

// BenchmarkAskProcess measures a whole process that answers from the built-in
// documents, from its start to its exit. ms/median is the figure to read: it
// is what a user waits.
func BenchmarkAskProcess(b *testing.B) {
	dir := b.TempDir()
	binary := filepath.Join(dir, "pincite")
	build := exec.CommandContext(b.Context(), "go", "build", "-o", binary, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	var times []time.Duration
	ask := func() {
		cmd := exec.CommandContext(b.Context(), binary, "ask", "Would Article 51 cover strikes on cartels?")
		cmd.Env = []string{"HOME=" + dir}
		began := time.Now()
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		times = append(times, time.Since(began))
	}
	ask() // warms the file cache
	times = nil
	for b.Loop() {
		ask()
	}
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, "ms/median")
	b.ReportMetric(float64(times[len(times)*9/10].Microseconds())/1000, "ms/p90")
}
