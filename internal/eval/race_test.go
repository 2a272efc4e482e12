//go:build race

package eval

// raceDetector says whether the test was built with the race detector, under
// which the larger suites take minutes.
const raceDetector = true
