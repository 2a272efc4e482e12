package library

import (
	"fmt"
	"testing"
)

// benchLibrary holds n documents.
func benchLibrary(b *testing.B, n int) *Library {
	b.Helper()
	l := open(b, b.TempDir())
	l.disk = noSync{}
	for i := range n {
		mustAdd(b, l, Local, addition(fmt.Sprintf("d%d", i), fmt.Sprint("text ", i)))
	}
	l.disk = osDisk{}
	return l
}

func BenchmarkList(b *testing.B) {
	l := benchLibrary(b, 500)
	b.ReportAllocs()
	for b.Loop() {
		mustList(b, l, Local)
	}
}

// BenchmarkListFresh is the first list of a process.
func BenchmarkListFresh(b *testing.B) {
	l := benchLibrary(b, 500)
	b.ReportAllocs()
	for b.Loop() {
		clear(l.heads)
		mustList(b, l, Local)
	}
}

func BenchmarkLoadCached(b *testing.B) {
	l := benchLibrary(b, 1)
	e := mustList(b, l, Local)[0]
	b.ReportAllocs()
	for b.Loop() {
		if _, err := l.Load(b.Context(), e); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAdd includes the syncs of a real disk.
func BenchmarkAdd(b *testing.B) {
	l := benchLibrary(b, 100)
	b.ReportAllocs()
	for n := 0; b.Loop(); n++ {
		mustAdd(b, l, Local, addition("a", fmt.Sprint("version ", n)))
	}
}
