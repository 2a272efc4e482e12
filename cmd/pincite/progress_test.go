package main

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

func TestProgress(t *testing.T) {
	var b bytes.Buffer
	p := &progress{stderr: &b, shows: true, began: make(map[string]time.Time)}
	p.set("adding", 0, 3)
	if b.Len() > 0 {
		t.Errorf("shown at once: %q", &b)
	}
	p.set("adding", 1, 3)
	if got := b.String(); !strings.Contains(got, "adding") || !strings.Contains(got, "1/3") {
		t.Errorf("after one of three: %q", got)
	}
	p.set("indexing", 1, 900)
	p.set("indexing", 300, 900)
	if got := b.String(); !strings.Contains(got, "300/900") {
		t.Errorf("in the next stage: %q", got)
	}
	p.set("indexing", 900, 900)
	b.Reset()
	p.clear()
	if b.Len() > 0 {
		t.Errorf("not cleared by the end of the stage: %q", &b)
	}

	b.Reset()
	silent := &progress{stderr: &b, began: make(map[string]time.Time)}
	patient := &progress{stderr: &b, shows: true, patience: time.Hour, began: make(map[string]time.Time)}
	for i := range 3 {
		silent.set("adding", i, 9)
		patient.set("adding", i, 9)
	}
	if b.Len() > 0 {
		t.Errorf("shown all the same: %q", &b)
	}
}
