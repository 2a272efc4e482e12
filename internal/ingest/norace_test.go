//go:build !race

package ingest_test

// raceDetector says whether the test was built with the race detector, under
// which XML is read twenty times slower.
const raceDetector = false
